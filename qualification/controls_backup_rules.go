package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// withHere is [with] for what has the same name in every region: it counts what
// is in the same account and region alone.
func withHere(linkedType, by string, rules ...rule) rule {
	return func(g *Graph, r *Resource) []Finding {
		var findings []Finding
		found := false
		for _, l := range g.Linked(r, linkedType, by) {
			if g.Provider(l) == g.Provider(r) {
				found = true
				findings = append(findings, all(rules...)(g, l)...)
			}
		}
		if !found {
			return []Finding{unattached(g, r, linkedType, by)}
		}
		return findings
	}
}

// forbidsDeletion holds where nobody may delete what is in a vault before its
// time, on no condition.
func forbidsDeletion(_ *Graph, _ *Resource, d *Document) []flaw {
	for _, action := range []string{"backup:DeleteRecoveryPoint", "backup:UpdateRecoveryPointLifecycle"} {
		if !slices.ContainsFunc(d.Statements, func(s Statement) bool {
			return s.Denies() && s.Everyone() && s.Covers(action) && len(s.Conditions) == 0
		}) {
			return []flaw{{"leaves open who may call " + action, "deny " + action + " to everyone, on no condition"}}
		}
	}
	return nil
}

// restoredRegularly holds for a vault whose copies a restore testing plan of the
// same account and region tests, with a selection of what.
func restoredRegularly(g *Graph, vault *Resource) []Finding {
	const included = "recoveryPointSelection.includeVaults"
	for _, plan := range g.OfType(restorePlanType) {
		if g.Provider(plan) != g.Provider(vault) {
			continue
		}
		list := plan.Get(included)
		if list.Unknown() || slices.ContainsFunc(list.Items(), Value.Unknown) {
			return []Finding{open(plan, included)}
		}
		arn := vault.Output("arn")
		if !slices.ContainsFunc(list.Items(), func(v Value) bool { return v.Is("*") || arn.Known() && v.raw == arn.raw }) {
			continue
		}
		return all(property("scheduleExpression").isSet(),
			withHere(restoreSelectionType, "restoreTestingPlanName", property("protectedResourceType").isSet()))(g, plan)
	}
	return []Finding{{
		Resource: vault.URN, Problem: "has copies that are never restored",
		Fix: "switch landingzone:backup.restoreTesting on",
	}}
}

// plan is one plan of a backup policy.
type plan struct {
	name    string
	regions []string
	rules   map[string]planRule
}

type planRule struct {
	recordClass string
	days        float64
	copies      []copyTarget
}

// copyTarget is where a copy goes.
type copyTarget struct{ arn, region, account string }

// plansOf holds where a backup policy can be read and the rule holds for each of
// its plans.
func plansOf(judge func(*Graph, plan) (problem, fix string)) rule {
	const at = "content"
	return func(g *Graph, r *Resource) []Finding {
		content := r.Get(at)
		if content.Unknown() {
			return []Finding{open(r, at)}
		}
		text, _ := content.Text()
		plans, err := readPlans(text)
		if err != nil {
			return []Finding{{Resource: r.URN, Property: at, Problem: "cannot be read: " + err.Error(), Fix: "correct the backup policy"}}
		}
		var findings []Finding
		for _, p := range plans {
			if problem, fix := judge(g, p); problem != "" {
				findings = append(findings, Finding{Resource: r.URN, Property: at, Problem: "has the plan " + p.name + " that " + problem, Fix: fix})
			}
		}
		return findings
	}
}

// assigned is a value in the language of an organization's policies.
type assigned[T any] struct {
	Value T `json:"@@assign"`
}

func readPlans(text string) ([]plan, error) {
	type lifecycle struct {
		Days assigned[string] `json:"delete_after_days"`
	}
	var policy struct {
		Plans map[string]struct {
			Regions assigned[[]string] `json:"regions"`
			Rules   map[string]struct {
				Lifecycle lifecycle `json:"lifecycle"`
				Tags      map[string]struct {
					Key   assigned[string] `json:"tag_key"`
					Value assigned[string] `json:"tag_value"`
				} `json:"recovery_point_tags"`
				Copies map[string]struct{} `json:"copy_actions"`
			} `json:"rules"`
		} `json:"plans"`
	}
	if err := json.Unmarshal([]byte(text), &policy); err != nil {
		return nil, err
	}
	if len(policy.Plans) == 0 {
		return nil, fmt.Errorf("it has no plans")
	}
	var plans []plan
	for name, p := range policy.Plans {
		read := plan{name: name, regions: p.Regions.Value, rules: map[string]planRule{}}
		for key, r := range p.Rules {
			rule := planRule{}
			rule.days, _ = strconv.ParseFloat(r.Lifecycle.Days.Value, 64)
			for _, tag := range r.Tags {
				if tag.Key.Value == "gxp:record-class" {
					rule.recordClass = tag.Value.Value
				}
			}
			for arn := range r.Copies {
				// arn:aws:backup:region:account:backup-vault:name
				if parts := strings.Split(arn, ":"); len(parts) == 7 {
					rule.copies = append(rule.copies, copyTarget{arn, parts[3], parts[4]})
				}
			}
			read.rules[key] = rule
		}
		plans = append(plans, read)
	}
	slices.SortFunc(plans, func(a, b plan) int { return strings.Compare(a.name, b.name) })
	return plans, nil
}

// copiesElsewhere holds for a plan of which some rule copies into a central
// vault of this stack, and to another region where there is one.
func copiesElsewhere(g *Graph, p plan) (problem, fix string) {
	account, region := false, oneRegion(g)
	for _, r := range p.rules {
		for _, c := range r.copies {
			account = account || slices.ContainsFunc(g.OfType(vaultType), func(v *Resource) bool { return v.Output("arn").Is(c.arn) })
			region = region || !slices.Contains(p.regions, c.region)
		}
	}
	switch {
	case !account:
		return "copies into no central vault of this stack", "switch landingzone:backup.crossAccount on, and localOnly of a schedule off"
	case !region:
		return "copies to no other region", "set landingzone:backup.replicaRegion"
	}
	return "", ""
}

// keepsAsLongAsRecords holds for a plan of which some rule keeps backups for the
// shortest retention of its record class. Records without a rule of their own are
// those of a year or less.
func keepsAsLongAsRecords(_ *Graph, p plan) (problem, fix string) {
	longest, class := 0.0, ""
	for _, r := range p.rules {
		longest, class = max(longest, r.days), r.recordClass
	}
	if class == "" {
		return "does not say of which record class its backups are", "tag recovery points with gxp:record-class"
	}
	years, _ := MinimumYears(class)
	if years > leastYears && longest < years*daysOfYear {
		return fmt.Sprintf("keeps backups for %v days, and records of the class %s are kept %v years", longest, class, years),
			"give the plan a schedule without retentionDays of its own"
	}
	return "", ""
}
