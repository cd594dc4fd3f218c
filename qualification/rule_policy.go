package qualification

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// policyAt begins a rule about the policy document in an input.
func policyAt(path string) policyRule { return policyRule{path} }

type policyRule struct{ path string }

// statementRule judges a whole document on behalf of the resource that has it.
// It returns what is wrong, each with its fix.
type statementRule func(g *Graph, r *Resource, d *Document) []flaw

type flaw struct{ problem, fix string }

// satisfies holds where the document can be read and the rules hold for it.
func (p policyRule) satisfies(rules ...statementRule) rule {
	return func(g *Graph, r *Resource) []Finding {
		v := r.Get(p.path)
		if v.Unknown() {
			return []Finding{open(r, p.path)}
		}
		found := func(f flaw) Finding {
			return Finding{Resource: r.URN, Property: p.path, Problem: f.problem, Fix: f.fix}
		}
		text, ok := v.Text()
		if !ok {
			return []Finding{found(flaw{"is " + v.String() + ", must be a policy document", "set " + p.path + " to a policy document"})}
		}
		document, err := ParseDocument(text)
		if err != nil {
			return []Finding{found(flaw{"cannot be read: " + err.Error(), "correct the policy document"})}
		}
		var findings []Finding
		for _, judge := range rules {
			for _, f := range judge(g, r, document) {
				findings = append(findings, found(f))
			}
		}
		return findings
	}
}

// forbidsPlaintext holds where every S3 request to a bucket and to what is in it
// is denied to everybody unless it comes over TLS. The bucket is the one that
// the input bucket of the resource refers to.
func forbidsPlaintext(g *Graph, r *Resource, d *Document) []flaw {
	arn := bucketARN(g, r)
	for _, s := range d.Statements {
		secure, conditioned := s.Condition("aws:SecureTransport", "Bool", "BoolIfExists")
		if s.Denies() && s.Everyone() && s.CoversEvery("s3") && s.OnEvery(arn) &&
			conditioned && len(s.Conditions) == 1 && slices.Equal(secure.Values, []string{"false"}) {
			return nil
		}
	}
	return []flaw{{
		"allows unencrypted connections",
		"deny s3:* to everyone on the bucket and its objects where aws:SecureTransport is false, on no other condition",
	}}
}

// bucketARN is the ARN of the bucket that a resource is attached to.
func bucketARN(g *Graph, r *Resource) string {
	name, _ := r.Get("bucket").Text()
	if target := g.Target(r, "bucket", bucketType); target != nil {
		if own, ok := target.Get("bucket").Text(); ok {
			name = own
		}
	}
	return "arn:aws:s3:::" + name
}

// bindings are the conditions that tie a service's request to whom it acts for.
var bindings = []string{"aws:SourceArn", "aws:SourceAccount", "aws:SourceOrgID", "aws:SourceOrgPaths"}

// bindsServices holds where each statement that allows an AWS service anything
// ties it to a source: without, the service can be made to act for strangers.
func bindsServices(_ *Graph, _ *Resource, d *Document) []flaw { return unboundServices(d, bindings) }

func unboundServices(d *Document, keys []string) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		if s.Allows() && len(s.Principals["Service"]) > 0 && !s.bound(keys) && !s.seesOwner() {
			flaws = append(flaws, flaw{
				fmt.Sprintf("lets %s act for anyone (%s)", strings.Join(s.Principals["Service"], ", "), s.name()),
				"bind the statement with aws:SourceArn, aws:SourceAccount or aws:SourceOrgID",
			})
		}
	}
	return flaws
}

// seesOwner reports that all a statement allows is to look at the access list of
// a bucket. Buckets of this program have none, so that it shows whose they are;
// services look whether they may deliver, some for no account in particular.
func (s Statement) seesOwner() bool {
	return len(s.NotActions) == 0 && slices.Equal(s.Actions, []string{"s3:GetBucketAcl"})
}

// confinesEveryone holds where each statement that allows everyone anything is
// confined to the principals of an organization or of named accounts.
func confinesEveryone(_ *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		switch {
		case !s.Allows():
		case len(s.NotPrincipals) > 0:
			flaws = append(flaws, flaw{
				"allows everyone but some (" + s.name() + ")", "name the principals that are allowed",
			})
		case s.Everyone() && !s.bound([]string{"aws:PrincipalOrgID", "aws:PrincipalOrgPaths", "aws:PrincipalAccount"}):
			flaws = append(flaws, flaw{
				"allows everyone in the world (" + s.name() + ")",
				"name the principals, or bind the statement with aws:PrincipalOrgID",
			})
		}
	}
	return flaws
}

// bound reports that one of the keys confines the statement to values that are
// not open themselves.
func (s Statement) bound(keys []string) bool {
	return slices.ContainsFunc(keys, func(key string) bool {
		c, ok := s.Condition(key, "StringEquals", "StringLike", "ArnEquals", "ArnLike", "StringEqualsIgnoreCase",
			"ForAnyValue:StringEquals", "ForAnyValue:StringLike")
		return ok && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, func(v string) bool { return isOpen(v) || namesOne(key) && strings.ContainsAny(v, "*?") })
	})
}

// namesOne reports that a value of the key is one organization or account: there,
// a pattern fits strangers too, however it begins.
func namesOne(key string) bool {
	return slices.ContainsFunc([]string{"aws:SourceOrgID", "aws:SourceAccount", "aws:PrincipalOrgID", "aws:PrincipalAccount"},
		func(one string) bool { return strings.EqualFold(one, key) })
}

// isOpen reports that a pattern leaves open whose resource or account is meant:
// an ARN by its account or, for buckets, which have none, by its name; anything
// else by beginning with a wildcard.
func isOpen(pattern string) bool {
	named := pattern
	if parts := strings.SplitN(pattern, ":", 6); parts[0] == "arn" {
		if len(parts) < 6 {
			return true
		}
		named = cmp.Or(parts[4], parts[5])
	}
	return named == "" || strings.ContainsAny(named[:1], "*?")
}

// keepsOthersOut holds where every S3 request from outside the organization is
// denied, whoever the bucket policy or an access point may allow.
func keepsOthersOut(g *Graph, r *Resource, d *Document) []flaw {
	arn := bucketARN(g, r)
	for _, s := range d.Statements {
		own, conditioned := s.Condition("aws:PrincipalOrgID", "StringNotEquals", "StringNotEqualsIfExists")
		if s.Denies() && s.Everyone() && s.CoversEvery("s3") && s.OnEvery(arn) &&
			conditioned && len(own.Values) == 1 && isOwnOrganization(g, own.Values[0]) && s.exemptsServicesAlone() {
			return nil
		}
	}
	return []flaw{{
		"admits principals from outside the organization",
		"deny s3:* to everyone on the bucket and its objects where aws:PrincipalOrgID is not the organization's, " +
			"except to AWS services",
	}}
}

// isOwnOrganization compares an id with that of the graph's organization. In a
// graph without one, such as that of a single account, any id will do.
func isOwnOrganization(g *Graph, id string) bool {
	for _, o := range g.OfType(organizationType) {
		if o.ID != "" {
			return o.ID == id
		}
	}
	return strings.HasPrefix(id, "o-")
}

// exemptsServicesAlone reports that a denial of outsiders has no condition but
// the one on the organization and the one that exempts AWS services.
func (s Statement) exemptsServicesAlone() bool {
	for _, c := range s.Conditions {
		switch {
		case strings.EqualFold(c.Key, "aws:PrincipalOrgID"):
		case strings.EqualFold(c.Key, "aws:PrincipalIsAWSService") && strings.HasPrefix(c.Operator, "Bool") &&
			slices.Equal(c.Values, []string{"false"}):
		default:
			return false
		}
	}
	return true
}
