package config

import (
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const guardrailsPath = "landingzone:guardrails"

// What AWS has granted at least and at most, over time, by policy type and node
// of the organization.
const (
	minPolicies, maxPolicies             = 5, 10
	minPolicyLength, maxPolicyLength     = 5120, 10240
	defaultPolicies, defaultPolicyLength = 10, 10240
)

// indispensable are the services without which nobody could sign in, deploy or
// see what happened.
var indispensable = []string{
	"cloudformation", "cloudtrail", "cloudwatch", "config", "ec2", "events", "iam", "kms", "logs", "s3", "servicecatalog", "sts", "tag",
}

// resourceControlServices are the services that resource control policies
// cover, sts apart, of which the guardrails know which actions to name.
var resourceControlServices = []string{
	"aoss", "cognito-identity", "cognito-idp", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs",
}

func (v *validator) guardrails() {
	g := v.cfg.LandingZone.Guardrails
	v.policyTypesFor(g)
	v.services("gxpServices", g.GxPServices)
	v.services("nonGxpServices", g.NonGxPServices)
	v.each(guardrailsPath+".requiredTags", g.RequiredTags, account.Keys())
	v.each(guardrailsPath+".resourceServices", g.ResourceServices, resourceControlServices)
	if g.ResourceControlPolicies && len(g.ResourceServices) == 0 {
		v.problem(guardrailsPath+".resourceServices", "", "must name at least one service with resourceControlPolicies")
	}
	for i, id := range g.TrustedAccounts {
		path := index(guardrailsPath+".trustedAccounts", i)
		if v.matches(path, id, accountIDSyntax, "an account id: twelve digits, in quotes") {
			v.first(guardrailsPath+".trustedAccounts", g.TrustedAccounts, i)
		}
	}
}

// policyTypesFor checks that every kind of guardrail that is switched on is
// enabled in the root. That of service control policies always has to be.
func (v *validator) policyTypesFor(g Guardrails) {
	enabled, path := v.cfg.LandingZone.Organization.PolicyTypes, orgPath+".policyTypes"
	for i := range enabled {
		if v.isBad(index(path, i)) {
			return // it may be the one that is missing
		}
	}
	var missing []string
	for _, kind := range []struct {
		on           bool
		typ, setting string
	}{
		{g.ResourceControlPolicies, "RESOURCE_CONTROL_POLICY", "resourceControlPolicies"},
		{g.DeclarativePolicies, "DECLARATIVE_POLICY_EC2", "declarativePolicies"},
		{g.TagPolicies, "TAG_POLICY", "tagPolicies"},
		{g.AIOptOut, "AISERVICES_OPT_OUT_POLICY", "aiOptOut"},
	} {
		if kind.on && !slices.Contains(enabled, kind.typ) {
			missing = append(missing, kind.typ+" ("+guardrailsPath+"."+kind.setting+" needs it)")
		}
	}
	if len(missing) > 0 {
		v.problem(path, "", "lacks %s; add what is missing, or switch off what needs it", strings.Join(missing, ", "))
	}
}

// services checks a list of services that are the only ones allowed.
func (v *validator) services(setting string, names []string) {
	path := guardrailsPath + "." + setting
	for i, name := range names {
		if !policydoc.KnownService(name) {
			v.problem(index(path, i), quoted(name),
				"is the prefix of no AWS service; want one of the service authorization reference, such as s3")
			continue
		}
		v.first(path, names, i)
	}
	if len(names) == 0 {
		return
	}
	var missing []string
	for _, name := range indispensable {
		if !slices.Contains(names, name) {
			missing = append(missing, name)
		}
	}
	if len(missing) > 0 {
		v.problem(path, "", "lacks %s, without which accounts can be neither used nor watched; add what is missing",
			strings.Join(missing, ", "))
	}
}

func (v *validator) policyQuotas() {
	q := v.cfg.LandingZone.Quotas
	const path = "landingzone:quotas"
	for _, limit := range []struct {
		setting  string
		value    int
		min, max int
	}{
		{"policiesPerTarget", q.PoliciesPerTarget, minPolicies, maxPolicies},
		{"policyCharacters", q.PolicyCharacters, minPolicyLength, maxPolicyLength},
		{"resourcePoliciesPerTarget", q.ResourcePoliciesPerTarget, minPolicies, maxPolicies},
		{"resourcePolicyCharacters", q.ResourcePolicyCharacters, minPolicyLength, maxPolicyLength},
	} {
		if limit.value < limit.min || limit.value > limit.max {
			v.problem(path+"."+limit.setting, number10(limit.value), "want %d to %d, what AWS grants", limit.min, limit.max)
		}
	}
}
