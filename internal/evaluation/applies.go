package evaluation

import (
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// optional are the guardrails that configuration may leave out, or has to ask
// for, each with its statement.
var optional = map[string]string{
	"GXP-SCP-005": "UnplacedIsShut",
	"GXP-SCP-130": "ApprovedServicesOnly",
	"GXP-SCP-131": "AllowedServicesOnly",
	"GXP-SCP-150": "CreatedWithClassification",
	"GXP-SCP-151": "CreatedWithCostCentre",
	"GXP-SCP-152": "CreatedWithDataClassification",
	"GXP-SCP-153": "CreatedWithEnvironment",
	"GXP-SCP-154": "CreatedWithOwner",
	"GXP-SCP-155": "CreatedWithRecordClass",
	"GXP-SCP-156": "CreatedWithRequirementSet",
}

// stagingPlace is the unit on which a first roll-out is tried.
const stagingPlace = "PolicyStaging"

// applies reports whether the configuration wants what the row proves in a
// place. What it has switched off, or not yet rolled out, denies nothing; that
// it is off is for the controls to report.
func (w *world) applies(r row, in string) bool {
	if r.needs != "" && !w.there(r.needs) {
		return false
	}
	if r.allowed {
		return w.knowsPrincipals(r)
	}
	kind := guardrailKind(r.proves)
	if r.proves == "GXP-IAM-007" && !w.claims() {
		return false
	}
	if kind == "" {
		return w.knowsPrincipals(r)
	}
	if len(w.attached[kind]) == 0 || w.staged(kind) && in != stagingPlace {
		return false
	}
	if sid, may := optional[r.proves]; may && !w.has(sid) {
		return false
	}
	return kind != resourceControl || w.guards(r.action)
}

// guardrailKind is the kind of organization policy that a guardrail is in.
func guardrailKind(id string) string {
	switch {
	case strings.HasPrefix(id, "GXP-SCP-"):
		return serviceControl
	case strings.HasPrefix(id, "GXP-RCP-"):
		return resourceControl
	}
	return ""
}

// enforcers are the evaluator's names for the kinds of organization policies.
var enforcers = map[string]string{serviceControl: "scp", resourceControl: "rcp"}

// staged reports that policies of the kind are attached to the staging unit
// alone.
func (w *world) staged(kind string) bool {
	chain := w.places[stagingPlace].chain
	if len(chain) < 2 {
		return false
	}
	_, there := w.attached[kind][chain[1]]
	return there && len(w.attached[kind]) == 1
}

// has reports that a policy of the organization holds a statement.
func (w *world) has(sid string) bool { return len(w.find(sid)) > 0 }

// find returns the actions that the statements of a name cover or leave out.
func (w *world) find(sid string) []string {
	var actions []string
	for _, d := range w.policies {
		if d.source == nil || d.source.Type != policyType {
			continue
		}
		for _, s := range d.parsed.Statements {
			if s.Sid == sid {
				actions = append(actions, slices.Concat(s.Actions, s.NotActions)...)
			}
		}
	}
	return actions
}

// there reports that the graph holds a key with the alias, or the bucket or role.
func (w *world) there(needed string) bool {
	if strings.HasPrefix(needed, "arn:") {
		arn, err := w.text(needed, place{}, place{})
		_, found := w.resources[arn]
		return err == nil && found
	}
	return slices.ContainsFunc(w.graph.OfType(aliasType), func(a *qualification.Resource) bool {
		name, _ := a.Get("name").Text()
		return name == "alias/"+needed
	})
}

// claims reports that permission sets demand the claim of a second factor.
func (w *world) claims() bool {
	for _, d := range w.policies {
		for _, s := range d.parsed.Statements {
			if s.Sid == claimed {
				return true
			}
		}
	}
	return false
}

// guards reports that the company has put the action's service under resource
// control policies. Those on roles and on the landing zone's own keys and
// buckets need no such choice.
func (w *world) guards(action string) bool {
	service, _, _ := strings.Cut(action, ":")
	actions := w.find("OrganizationOnly")
	return len(actions) == 0 || service == "sts" || slices.Contains(actions, service+":*")
}

// knowsPrincipals reports that the permission sets and the program's roles that
// a row is about exist: Identity Center, the baseline and the second copy are
// optional.
func (w *world) knowsPrincipals(r row) bool {
	for _, who := range r.who {
		kind, name, _ := strings.Cut(who, ":")
		if kind == "set" && w.set(name) == nil && len(w.graph.OfType(setType)) == 0 {
			return false
		}
		if kind == "bounded" && len(w.graph.OfType(stackSetType)) == 0 {
			return false
		}
		if kind == "own" && name == replicationRole && w.replica == "" {
			return false
		}
	}
	return true
}
