package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// writes reports that the statement covers more than looking: whatever does not
// only read or list adds to what landed, takes from it, or opens the bucket.
func (s Statement) writes() bool {
	return len(s.NotActions) > 0 || slices.ContainsFunc(s.Actions, func(action string) bool {
		action = strings.ToLower(action)
		return !strings.HasPrefix(action, "s3:get") && !strings.HasPrefix(action, "s3:list")
	})
}

// hasNoDefaultRetention holds for a bucket on which no lock was set afterwards.
var hasNoDefaultRetention = that(func(g *Graph, r *Resource) bool { return len(g.Linked(r, lockType, "bucket")) == 0 },
	"has a default retention, which services refuse to deliver into", "leave the lock to the archive")

// admitsDeliveriesAlone holds where each statement that allows to write lets one
// of the services that deliver do so on behalf of the organization, or certain
// roles of the organization, and nowhere but in the folders for it.
func admitsDeliveriesAlone(g *Graph, r *Resource, d *Document) []flaw {
	landing, arn := landingOf(g, r), bucketARN(g, r)
	var flaws []flaw
	for _, s := range d.Statements {
		if !s.Allows() || !s.writes() {
			continue
		}
		if !s.staysIn(arn, landing.folders) {
			flaws = append(flaws, flaw{
				"lets records be written beside those that are delivered (" + s.name() + ")",
				"allow objects below " + strings.Join(landing.folders, " and ") + " alone",
			})
		}
		if !s.delivers(g, landing) {
			flaws = append(flaws, flaw{
				"lets others than those that deliver write (" + s.name() + ")",
				"allow " + strings.Join(landing.deliverers, " and ") + " with aws:SourceOrgID, or roles with aws:PrincipalOrgID and aws:PrincipalArn",
			})
		}
	}
	return flaws
}

// staysIn reports that the statement is about nothing but what is in certain
// folders of a bucket.
func (s Statement) staysIn(bucket string, folders []string) bool {
	return len(s.NotResources) == 0 && len(s.Resources) > 0 && !slices.ContainsFunc(s.Resources, func(arn string) bool {
		return !slices.ContainsFunc(folders, func(folder string) bool { return strings.HasPrefix(arn, bucket+folder) })
	})
}

// delivers reports that a statement is for a service that delivers on behalf of
// the organization or one of its accounts, or for named roles of the
// organization.
func (s Statement) delivers(g *Graph, landing landingKind) bool {
	services := s.Principals["Service"]
	if len(services) > 0 {
		return landing.deliversFrom(services) && len(s.Principals) == 1 && (s.isOwn(g, "aws:SourceOrgID") || s.isForOwnAccount(g))
	}
	roles, named := s.Condition("aws:PrincipalArn", "ArnLike", "ArnEquals", "StringLike", "StringEquals")
	return named && s.isOwn(g, "aws:PrincipalOrgID") && len(roles.Values) > 0 && !slices.ContainsFunc(roles.Values, isAnyRole)
}

// isForOwnAccount reports that the statement is confined to accounts that the
// graph works in or makes.
func (s Statement) isForOwnAccount(g *Graph) bool {
	c, ok := s.Condition("aws:SourceAccount", "StringEquals")
	return ok && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, func(id string) bool { return !isOwnAccount(g, id) })
}

func isOwnAccount(g *Graph, id string) bool {
	return slices.ContainsFunc(g.OfType(accountType), func(a *Resource) bool { return a.ID == id }) ||
		slices.ContainsFunc(g.OfType(awsProviderType), func(p *Resource) bool { return p.Get("allowedAccountIds[0]").Is(id) })
}

// isAnyRole reports that a pattern fits roles of any name.
func isAnyRole(pattern string) bool {
	parts := strings.SplitN(pattern, ":", 6)
	if len(parts) < 6 {
		return true
	}
	kind, name, _ := strings.Cut(parts[5], "/")
	return kind != "role" || name == "" || strings.ContainsAny(name[:1], "*?")
}

// eachCopy judges every rule of a replication, of which there is at least one,
// by the path at which it begins.
func eachCopy(judged func(at string) rule) rule {
	return func(g *Graph, r *Resource) []Finding {
		rules := r.Get("rules")
		if rules.Unknown() {
			return []Finding{open(r, "rules")}
		}
		findings := property("rules").check(func(v Value) bool { return len(v.Items()) > 0 }, "must have a rule")(g, r)
		for i := range rules.Items() {
			findings = append(findings, judged(fmt.Sprintf("rules[%d].", i))(g, r)...)
		}
		return findings
	}
}

// copiesIntoLocked holds for a rule that is in force, leaves nothing out, and
// copies into a locked bucket, under a key of this stack, within a time that is
// measured.
func copiesIntoLocked(at string) rule {
	return all(
		property(at+"status").is("Enabled"),
		leavesNothingOut(at),
		property(at+"sourceSelectionCriteria.sseKmsEncryptedObjects.status").is("Enabled"),
		property(at+"destination.metrics.status").is("Enabled"),
		property(at+"destination.encryptionConfiguration.replicaKmsKeyId").refersTo(keyType),
		property(at+"destination.bucket").refersTo(bucketType, property("objectLockEnabled").is(true)),
	)
}

// leavesNothingOut holds for a rule with a filter that every object passes. With
// none, AWS takes the rule for one of the old kind, which has a prefix.
func leavesNothingOut(at string) rule {
	return all(
		property(at+"filter").check(func(v Value) bool { return !v.Absent() }, "must be set, and empty"),
		property(at+"prefix").check(isEmpty, "must not be set"),
		property(at+"filter.prefix").check(isEmpty, "must be empty"),
		property(at+"filter.tag").check(Value.Absent, "must not be set"),
		property(at+"filter.and").check(Value.Absent, "must not be set"),
	)
}

func keepsWhatIsDeleted(at string) rule {
	return property(at + "deleteMarkerReplication.status").is("Disabled")
}

// copiesIntoRegions holds for a replication that reaches two regions, where there
// are two: S3 does not copy copies, so the second archive gets nothing from the
// first.
func copiesIntoRegions(g *Graph, r *Resource) []Finding {
	if oneRegion(g) {
		return nil
	}
	var regions []string
	for i := range r.Get("rules").Items() {
		to := g.Target(r, fmt.Sprintf("rules[%d].destination.bucket", i), bucketType)
		if to == nil {
			return nil // told by the rule about each copy
		}
		region, known := g.Region(to).Text()
		if !known {
			return []Finding{open(r, "rules")}
		}
		if !slices.Contains(regions, region) {
			regions = append(regions, region)
		}
	}
	if len(regions) > 1 {
		return nil
	}
	return []Finding{{
		Resource: r.URN, Property: "rules",
		Problem: "copies into one region alone", Fix: "add a rule for the archive in the other region",
	}}
}

// ageing are what says what becomes of records as they age, wherever it was
// registered: lifecycles of their buckets, and the buckets, which can hold one.
func ageing(g *Graph) []*Resource {
	var found []*Resource
	for _, r := range g.OfType(lifecycleType, legacyLifecycleType, bucketType) {
		b := r
		if r.Type != bucketType {
			b = g.Target(r, "bucket", bucketType)
		}
		if r.Package() == "logging" || b != nil && b.Package() == "logging" {
			found = append(found, r)
		}
	}
	return found
}

// expiresCopiesAlone holds for a lifecycle that removes nothing, and for that of
// a landing bucket from which something is copied. A bucket has none of its own.
func expiresCopiesAlone(g *Graph, r *Resource) []Finding {
	if r.Type == bucketType {
		return all(
			property("lifecycleRules").check(holdsNothing, "must not be set: a lifecycle is a resource of its own"),
			property("replicationConfigurations").check(holdsNothing, "must not be set: a replication is a resource of its own"))(g, r)
	}
	landed := g.Target(r, "bucket", bucketType)
	switch {
	case r.Get("rules").Unknown():
		return []Finding{open(r, "rules")}
	case landed == nil && r.Get("bucket").Unknown():
		return []Finding{open(r, "bucket")}
	}
	if landed != nil && holdsAnswers(landed) {
		return nil // who asked can ask again; what is evidence is copied, see GXP-ANA-006
	}
	archived := r.Type == lifecycleType && landed != nil && isLanding(landed) && len(g.Linked(landed, replicationType, "bucket")) > 0
	var findings []Finding
	for i, aged := range r.Get("rules").Items() {
		for _, at := range []string{"expiration", "noncurrentVersionExpiration"} {
			path := fmt.Sprintf("rules[%d].%s", i, at)
			switch {
			case archived, aged.Get(at).Absent():
			case aged.Get(at).Unknown():
				findings = append(findings, open(r, path))
			default:
				findings = append(findings, Finding{
					Resource: r.URN, Property: path, Problem: "removes records of which there is no archived copy",
					Fix: "remove the expiry, or copy the bucket into the archive with logging.NewCollection",
				})
			}
		}
	}
	return findings
}
