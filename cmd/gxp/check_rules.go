package main

import (
	"regexp"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/monitoring"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// sourceIdentifier finds the managed rules in a conformance pack's template,
// which may be YAML or JSON.
var sourceIdentifier = regexp.MustCompile(`SourceIdentifier"?\s*:\s*"?([A-Z0-9_]+)`)

// rulesOf compares the managed Config rules that the controls rely on with
// those in the graph's organization conformance packs. A stack without packs
// has them switched off, and so covers none.
func rulesOf(g *qualification.Graph) configRules {
	deployed := map[string]bool{}
	for _, pack := range g.OfType("aws:cfg/organizationConformancePack:OrganizationConformancePack") {
		template, _ := pack.Inputs["templateBody"].(string)
		for _, found := range sourceIdentifier.FindAllStringSubmatch(template, -1) {
			deployed[found[1]] = true
		}
	}
	required := monitoring.RuleIdentifiers()
	missing := slices.DeleteFunc(slices.Sorted(slices.Values(required)), func(id string) bool { return deployed[id] })
	return configRules{
		Required: len(required),
		Covered:  len(required) - len(missing),
		Missing:  slices.AppendSeq([]string{}, slices.Values(missing)),
	}
}
