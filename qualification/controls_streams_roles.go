package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	duties "github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

// isFedByFindings holds for a stream that a rule in force sends every finding to,
// under a role of the stack.
func isFedByFindings(g *Graph, stream *Resource) []Finding {
	targets := g.Linked(stream, eventTargetType, "arn")
	if len(targets) == 0 {
		return []Finding{unattached(g, stream, eventTargetType, "arn")}
	}
	var findings []Finding
	for _, target := range targets {
		findings = append(findings, all(
			property("roleArn").refersTo(roleType),
			property("inputPath").check(isEmpty, "must not be set: a part of a finding is none"),
			property("inputTransformer").check(Value.Absent, "must not be set: a part of a finding is none"),
			property("rule").refersTo(eventRuleType,
				property("state").check(func(v Value) bool { return isEmpty(v) || v.Is("ENABLED") }, "must be ENABLED"),
				property("isEnabled").isNot(false),
				property("eventPattern").satisfies(matchesFindings, "must match every finding of Security Hub, and nothing less")),
		)(g, target)...)
	}
	return findings
}

// matchesFindings reports that an event pattern narrows findings down by nothing
// but where they come from.
func matchesFindings(v Value) bool {
	text, ok := v.Text()
	var pattern map[string][]string
	if !ok || json.Unmarshal([]byte(text), &pattern) != nil {
		return false
	}
	for key, values := range pattern {
		switch {
		case key == "source" && slices.Contains(values, "aws.securityhub"):
		case key == "detail-type" && slices.Contains(values, "Security Hub Findings - Imported"):
		default:
			return false
		}
	}
	return len(pattern["source"]) > 0
}

// knowsItsWriters holds for a policy that denies everybody to put objects
// anywhere in the bucket, except services and roles by their names.
func knowsItsWriters(g *Graph, r *Resource, d *Document) []flaw {
	arn := bucketARN(g, r)
	for _, s := range d.Statements {
		if s.Denies() && s.Everyone() && s.Covers("s3:PutObject") && len(s.NotResources) == 0 && s.On(arn+"/"+anything) && s.exemptsWriters() {
			return nil
		}
	}
	return []flaw{{
		"lets whoever has rights in the account put objects beside the records",
		"deny s3:PutObject to everyone on all objects, except to AWS services and to the roles that write",
	}}
}

// exemptsWriters reports that a denial has no condition but the ones that exempt
// AWS services and roles by their names.
func (s Statement) exemptsWriters() bool {
	for _, c := range s.Conditions {
		switch {
		case strings.EqualFold(c.Key, "aws:PrincipalIsAWSService") && strings.HasPrefix(c.Operator, "Bool") &&
			slices.Equal(c.Values, []string{"false"}):
		case strings.EqualFold(c.Key, "aws:PrincipalArn") && slices.Contains([]string{"ArnNotLike", "ArnNotEquals"}, c.Operator) &&
			!slices.ContainsFunc(c.Values, func(role string) bool { return !namesRole(role) }):
		default:
			return false
		}
	}
	return true
}

// namesRole reports that a pattern says how the name of the role begins, whatever
// the account.
func namesRole(pattern string) bool {
	parts := strings.SplitN(pattern, ":", 6)
	if len(parts) < 6 {
		return false
	}
	kind, name, _ := strings.Cut(parts[5], "/")
	return kind == "role" && name != "" && !strings.ContainsAny(name[:1], "*?")
}

// admitsStewardsAlone holds for a trust policy that lets sessions of data
// stewards, of this organization, assume the role, and nobody else.
func admitsStewardsAlone(g *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	admitted := false
	for _, s := range d.Statements {
		if !s.Allows() {
			continue
		}
		admitted = true
		own, ours := s.Condition("aws:PrincipalOrgID", "StringEquals")
		who, named := s.Condition("aws:PrincipalArn", "ArnLike", "StringLike", "ArnEquals", "StringEquals")
		switch {
		case len(s.Principals["Service"])+len(s.Principals["Federated"])+len(s.NotPrincipals) > 0,
			!ours, len(own.Values) != 1, !isOwnOrganization(g, own.Values[0]),
			!named, len(who.Values) == 0, slices.ContainsFunc(who.Values, func(arn string) bool { return !isSteward(arn) }):
			flaws = append(flaws, flaw{
				"lets others than the data stewards of the organization hold and release records (" + s.name() + ")",
				"allow sessions of the permission set " + duties.DataSteward + ", with aws:PrincipalOrgID",
			})
		}
	}
	if !admitted {
		flaws = append(flaws, flaw{"lets nobody hold records", "allow sessions of the permission set " + duties.DataSteward})
	}
	return flaws
}

// isSteward reports that a pattern fits the roles alone that Identity Center
// makes for data stewards: nobody else can make a role below that path.
func isSteward(arn string) bool {
	_, role, found := strings.Cut(arn, ":role/aws-reserved/sso.amazonaws.com/")
	name := role[strings.LastIndex(role, "/")+1:]
	return found && strings.HasPrefix(name, "AWSReservedSSO_"+duties.DataSteward+"_")
}

// holding is what it takes to find a record, and to hold or release it.
var holding = []string{
	"s3:GetBucketLocation", "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:ListBucket", "s3:ListBucketVersions", "s3:PutObjectLegalHold",
}

// holdsAlone holds for permissions to hold records and to find them.
func holdsAlone(_ *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		if s.Allows() && (len(s.NotActions) > 0 || !isSubset(s.Actions, holding)) {
			flaws = append(flaws, flaw{
				fmt.Sprintf("allows more than to hold records (%s)", s.name()), "allow " + strings.Join(holding, ", ") + " alone",
			})
		}
	}
	return flaws
}

// hasNoOtherRights holds for a role without policies beside its own.
func hasNoOtherRights(g *Graph, role *Resource) []Finding {
	findings := all(
		property("managedPolicyArns").check(func(v Value) bool { return len(v.Items()) == 0 }, "must be empty"),
		property("inlinePolicies").check(func(v Value) bool { return len(v.Items()) == 0 }, "must be empty"),
	)(g, role)
	for _, attached := range g.Linked(role, roleAttachmentType, "role") {
		findings = append(findings, Finding{
			Resource: attached.URN, Property: "policyArn", Problem: "adds to what the role may do", Fix: "remove it",
		})
	}
	return findings
}

// observed are the services whose refused calls are recorded: those that hold
// what everything else is locked with.
var observed = []string{"kms", "secretsmanager"}

// observedServices are those of them that the network has an endpoint for.
func observedServices(g *Graph) []string {
	return slices.DeleteFunc(slices.Clone(observed), func(service string) bool {
		return !slices.ContainsFunc(g.OfType(vpcEndpointType), func(e *Resource) bool {
			return serviceOf(e) == service
		})
	})
}

// recordsRefusals holds for a trail that records the network activity of each of
// the observed services, and leaves none of it out.
func recordsRefusals(g *Graph, trail *Resource) []Finding {
	const at = "advancedEventSelectors"
	selectors, known := eventSelectors(trail)
	var findings []Finding
	for _, service := range observedServices(g) {
		source := service + ".amazonaws.com"
		recorded := slices.ContainsFunc(selectors, func(s eventSelector) bool {
			return len(s) == 2 && s.is("eventCategory", "NetworkActivity") && s.is("eventSource", source)
		})
		switch {
		case recorded:
		case !known:
			findings = append(findings, open(trail, at))
		default:
			findings = append(findings, Finding{
				Resource: trail.URN, Property: at,
				Problem: "does not record the calls to " + source + " that an endpoint refuses",
				Fix:     "add " + source + " to logging:trail.networkEvents",
			})
		}
	}
	return findings
}
