package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// isDaily reports that a schedule runs at least once on every day.
func isDaily(v Value) bool {
	text, _ := v.Text()
	kind, inner, _ := strings.Cut(strings.TrimSuffix(text, ")"), "(")
	fields := strings.Fields(inner)
	switch {
	case kind == "cron" && len(fields) == 6:
		// Days of the month, months, days of the week and years.
		return !slices.ContainsFunc(fields[2:], func(field string) bool { return field != "*" && field != "?" })
	case kind == "rate" && len(fields) == 2:
		n, err := strconv.Atoi(fields[0])
		minutes := map[string]int{"minute": 1, "hour": 60, "day": 24 * 60}[strings.TrimSuffix(fields[1], "s")]
		return err == nil && n > 0 && minutes > 0 && n <= 24*60/minutes
	}
	return false
}

// call is what a schedule calls a verification with.
type call struct {
	Hours             *float64
	Accounts, Retired []string
}

// readCall reads the input of a schedule; one without input calls for the
// defaults.
func readCall(v Value) (call, bool) {
	c := call{}
	text, ok := v.Text()
	if v.Absent() {
		return c, true
	}
	return c, ok && json.Unmarshal([]byte(text), &c) == nil
}

func coversDay(v Value) bool {
	c, ok := readCall(v)
	return ok && (c.Hours == nil || *c.Hours >= 24)
}

// verifiesItsTrail holds where the function knows which trail delivers into the
// archive: digests of another would hide that it was stopped.
func verifiesItsTrail(g *Graph, function *Resource) []Finding {
	archive := g.Target(function, ofArchive, bucketType)
	if archive == nil {
		return nil // told by the rule about the bucket
	}
	var findings []Finding
	for _, trail := range g.Linked(archive, trailType, "s3BucketName") {
		name := trail.Get("name")
		if !name.Known() {
			findings = append(findings, open(trail, "name"))
			continue
		}
		findings = append(findings,
			property(ofTrail).satisfies(func(v Value) bool { return v.Is(name.raw) }, fmt.Sprintf("must be %s", name))(g, function)...)
	}
	return findings
}

// expectsRegions holds where every region that the program works in is expected.
func expectsRegions(g *Graph, function *Resource) []Finding {
	var missing []string
	listed := function.Get(ofRegions)
	text, _ := listed.Text()
	for _, provider := range g.OfType(awsProviderType) {
		region, ok := provider.Get("region").Text()
		if ok && !slices.Contains(strings.Split(text, ","), region) && !slices.Contains(missing, region) {
			missing = append(missing, region)
		}
	}
	return lacking(function, listed, missing)
}

// expectsAccounts holds for a schedule that names every account of the
// organization, as one that logs or as one that is retired.
func expectsAccounts(g *Graph, schedule *Resource) []Finding {
	input := schedule.Get(calledWith)
	c, _ := readCall(input)
	named := map[string]bool{}
	for _, id := range slices.Concat(c.Accounts, c.Retired) {
		named[id] = true
	}
	var missing []string
	for _, account := range g.OfType(accountType) {
		if account.ID != "" && !named[account.ID] {
			missing = append(missing, account.ID)
		}
	}
	for _, organization := range g.OfType(organizationType) {
		if id, ok := g.AccountID(organization).Text(); ok && !named[id] {
			missing = append(missing, id)
		}
	}
	return lacking(schedule, input, missing)
}

// lacking is the finding about a text that leaves something out; openly, where
// it cannot be read.
func lacking(r *Resource, v Value, missing []string) []Finding {
	switch {
	case v.Unknown():
		return []Finding{open(r, v.Path())}
	case len(missing) == 0:
		return nil
	}
	const shown = 5
	list := strings.Join(missing[:min(len(missing), shown)], ", ")
	if len(missing) > shown {
		list += fmt.Sprintf(" and %d more", len(missing)-shown)
	}
	return []Finding{{Resource: r.URN, Property: v.Path(), Problem: "does not expect " + list, Fix: "add " + list}}
}

// roleOf returns the role of a function and its ARN, or what keeps it from being
// judged.
func roleOf(g *Graph, function *Resource) (role *Resource, arn string, findings []Finding) {
	const at = "role"
	role = g.Target(function, at, roleType)
	if role == nil {
		if function.Get(at).Unknown() {
			return nil, "", []Finding{open(function, at)}
		}
		return nil, "", []Finding{{
			Resource: function.URN, Property: at, Problem: "is no role of this stack", Fix: "give the function a role of its own",
		}}
	}
	name, named := role.Get("name").Text()
	account, known := g.AccountID(function).Text()
	if !named || !known {
		return nil, "", []Finding{open(role, "name")}
	}
	return role, "arn:aws:iam::" + account + ":role/" + name, nil
}

// signsAlone holds where nobody but the role of the function may sign with the
// key that it signs with, or hand that right on.
func signsAlone(g *Graph, function *Resource) []Finding {
	key := g.Target(function, ofSigning, keyType)
	if key == nil {
		return nil // told by the rule about the key
	}
	_, arn, findings := roleOf(g, function)
	if findings != nil {
		return findings
	}
	return keyPolicy(func(_ *Graph, _ *Resource, d *Document) []flaw {
		var flaws []flaw
		signs := false
		for _, s := range d.Statements {
			if !s.Allows() || !s.Covers("kms:Sign") && !s.Covers("kms:CreateGrant") {
				continue
			}
			if !slices.Equal(s.who(), []string{arn}) || s.Covers("kms:CreateGrant") {
				flaws = append(flaws, flaw{
					"lets others than " + arn + " sign (" + s.name() + ")", "let that role alone sign, and nobody create grants",
				})
				continue
			}
			signs = true
		}
		if !signs {
			flaws = append(flaws, flaw{"does not let " + arn + " sign", "allow kms:Sign to that role"})
		}
		return flaws
	})(g, key)
}

// lockOf is a property of the lock of a bucket.
func lockOf(g *Graph, bucket *Resource, path string) Value {
	locks := g.Linked(bucket, lockType, "bucket")
	if len(locks) == 0 {
		return Value{}
	}
	return locks[0].Get("rule.defaultRetention." + path)
}

// verifiesLock holds where objects are expected to be locked as the bucket locks
// them.
func verifiesLock(g *Graph, function *Resource) []Finding {
	archive := g.Target(function, ofArchive, bucketType)
	if archive == nil {
		return nil // told by the rule about the bucket
	}
	mode, years := lockOf(g, archive, "mode"), lockOf(g, archive, "years")
	if mode.Unknown() || years.Unknown() {
		return []Finding{open(archive, "rule.defaultRetention")}
	}
	kept, _ := years.Number()
	return all(
		// The function takes the firm mode for granted where it is told nothing.
		property(ofMode).check(func(v Value) bool { return v.Absent() || v.Is(mode.raw) }, fmt.Sprintf("must be %s", mode)),
		property(ofYears).satisfies(func(v Value) bool {
			n, ok := v.Number()
			return ok && n == kept
		}, fmt.Sprintf("must be %v, as long as the archive locks", kept)),
	)(g, function)
}

// verifiesCopy holds where the second copy that the archive makes is expected.
func verifiesCopy(g *Graph, function *Resource) []Finding {
	archive := g.Target(function, ofArchive, bucketType)
	if archive == nil {
		return nil // told by the rule about the bucket
	}
	var findings []Finding
	for _, copies := range g.Linked(archive, replicationType, "bucket") {
		replica := g.Target(copies, replicaBucket, bucketType)
		switch {
		case replica == nil || g.Refers(function, ofReplica, replica):
		case function.Get(ofReplica).Unknown():
			findings = append(findings, open(function, ofReplica))
		default:
			name, _ := replica.Get("bucket").Text()
			findings = append(findings, Finding{
				Resource: function.URN, Property: ofReplica,
				Problem: fmt.Sprintf("is %s, and not %s, which the archive is copied to", function.Get(ofReplica), name), Fix: "set it to " + name,
			})
		}
	}
	return findings
}

// alters are calls that change or remove records, or what protects them.
var alters = []string{
	"s3:BypassGovernanceRetention", "s3:DeleteBucket", "s3:DeleteBucketPolicy", "s3:DeleteObject", "s3:DeleteObjectVersion",
	"s3:PutBucketObjectLockConfiguration", "s3:PutBucketPolicy", "s3:PutBucketVersioning", "s3:PutLifecycleConfiguration",
	"s3:PutObjectLegalHold", "s3:PutObjectRetention", "s3:PutReplicationConfiguration", "s3:ReplicateDelete", "s3:ReplicateObject",
	"kms:PutKeyPolicy", "kms:ScheduleKeyDeletion", "kms:DisableKey", "iam:PassRole", "iam:PutRolePolicy", "sts:AssumeRole",
}

// addsAlone holds where the role of the function may write results below a
// prefix of the evidence, and nothing else anywhere.
func addsAlone(g *Graph, function *Resource) []Finding {
	role, _, findings := roleOf(g, function)
	if findings != nil {
		return findings
	}
	evidence := g.Target(function, ofEvidence, bucketType)
	if evidence == nil {
		return nil // told by the rule about the bucket
	}
	name, ok := evidence.Get("bucket").Text()
	if !ok {
		return []Finding{open(evidence, "bucket")}
	}
	for _, attached := range g.Linked(role, attachedPolicyType, "role") {
		findings = append(findings, Finding{
			Resource: attached.URN, Property: "policyArn",
			Problem: "gives the verification rights that are not written here", Fix: "write what it needs into the policy of its role",
		})
	}
	results := "arn:aws:s3:::" + name + "/integrity/"
	return append(findings, with(inlinePolicyType, "role", policyAt("policy").satisfies(
		func(_ *Graph, _ *Resource, d *Document) []flaw { return excesses(d, results) }))(g, role)...)
}

// excesses are what a document allows beside reading, and writing below a
// prefix.
func excesses(d *Document, results string) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		if !s.Allows() {
			continue
		}
		for _, action := range alters {
			if s.Covers(action) {
				flaws = append(flaws, flaw{"allows " + action + " (" + s.name() + ")", "take it away: the verification reads, and adds results"})
			}
		}
		elsewhere := len(s.Resources) == 0 || slices.ContainsFunc(s.Resources, func(on string) bool { return !strings.HasPrefix(on, results) })
		if s.Covers("s3:PutObject") && elsewhere {
			flaws = append(flaws, flaw{
				"lets the verification write elsewhere than below " + results + " (" + s.name() + ")", "narrow s3:PutObject to " + results + "*",
			})
		}
	}
	return flaws
}
