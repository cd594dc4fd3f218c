package qualification

import (
	"fmt"
	"slices"
)

// minimumYears are the shortest retentions of the record classes that the
// program knows. Classes of the company's own are not among them: their
// retention is checked when the configuration is read.
var minimumYears = map[string]float64{
	"gmp-batch":        6,
	"gcp-essential":    25,
	"glp-study":        5,
	"gdp-distribution": 5,
	"gvp-safety":       10,
	"operational":      1,
}

// MinimumYears returns the shortest retention of a record class, in years, and
// whether the class is one that controls know.
func MinimumYears(class string) (years float64, known bool) {
	years, known = minimumYears[class]
	return years, known
}

// leastYears is what the lock must reach whatever the accounts are.
const leastYears = 1

const daysOfYear = 365

// outlastsAccounts holds for a lock that lasts as long as the longest-kept
// records of any account must be kept.
func outlastsAccounts(g *Graph, lock *Resource) []Finding {
	const at = "rule.defaultRetention"
	retention := lock.Get(at)
	years, days := retention.Get("years"), retention.Get("days")
	if retention.Unknown() || years.Unknown() || days.Unknown() {
		return []Finding{open(lock, at)}
	}
	kept, ok := years.Number()
	if inDays, given := days.Number(); !ok && given {
		kept, ok = inDays/daysOfYear, true
	}
	needed, because := neededYears(g)
	if ok && kept >= needed {
		return nil
	}
	return []Finding{{
		Resource: lock.URN, Property: at + ".years",
		Problem: fmt.Sprintf("keeps records for %s years, %v are needed%s", years, needed, because),
		Fix:     fmt.Sprintf("set logging:archive.retentionYears to at least %v", needed),
	}}
}

func neededYears(g *Graph) (years float64, because string) {
	years = leastYears
	for _, a := range g.OfType(accountType) {
		class, _ := a.Get(`tags["gxp:record-class"]`).Text()
		if minimum := minimumYears[class]; minimum > years {
			years, because = minimum, fmt.Sprintf(": account %s holds %s records", a.Name(), class)
		}
	}
	return years, because
}

// encryptsWithOwnKey holds for default encryption under a key of this stack or
// one that is named by its ARN.
func encryptsWithOwnKey(g *Graph, r *Resource) []Finding {
	const settings = "rules[0].applyServerSideEncryptionByDefault."
	return all(
		property(settings+"sseAlgorithm").isOne("aws:kms", "aws:kms:dsse"),
		property(settings+"kmsMasterKeyId").refersTo(keyType),
	)(g, r)
}

// elsewhere holds for a bucket that does not log into itself: each delivery
// would cause the next.
func elsewhere(g *Graph, target *Resource) []Finding {
	for _, logging := range g.Linked(target, bucketLogType, "bucket") {
		if slices.Contains(g.targets(logging, "targetBucket"), target) {
			return []Finding{{
				Resource: logging.URN, Property: "targetBucket",
				Problem: "is the bucket itself", Fix: "log into another bucket",
			}}
		}
	}
	return nil
}

// replicatesEverything holds for a replication whose only rule is in force, has
// no filter that leaves anything out, and takes encrypted objects too.
func replicatesEverything(g *Graph, r *Resource) []Finding {
	return all(
		property("rules").check(func(v Value) bool { return len(v.Items()) == 1 }, "must be one rule for everything"),
		property("rules[0].status").is("Enabled"),
		property("role").refersTo(roleType),
		leavesNothingOut("rules[0]."),
		property("rules[0].sourceSelectionCriteria.sseKmsEncryptedObjects.status").is("Enabled"),
	)(g, r)
}

func isEmpty(v Value) bool { return v.Absent() || v.Is("") }

// replicaBucket is where a replication says what it copies to.
const replicaBucket = "rules[0].destination.bucket"

// copiesToAnotherRegion holds for a replication whose destination is in another
// region than its source.
func copiesToAnotherRegion(g *Graph, r *Resource) []Finding {
	from, to := g.Target(r, "bucket", bucketType), g.Target(r, replicaBucket, bucketType)
	if from == nil || to == nil {
		return nil // told by the rules about the two
	}
	here, there := g.Region(from), g.Region(to)
	switch {
	case here.Unknown() || there.Unknown():
		return []Finding{open(r, replicaBucket)}
	case here.Known() && there.Known() && !here.Is(there.raw):
		return nil
	}
	return []Finding{{
		Resource: r.URN, Property: replicaBucket,
		Problem: fmt.Sprintf("is in %s like the original", there), Fix: "replicate to a bucket in another governed region",
	}}
}
