package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	duties "github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// auditRolePrefix begins the names of the roles that the archive lets in.
const auditRolePrefix = "gxp-audit-query"

func isAuditRole(r *Resource) bool {
	name, _ := r.Get("name").Text()
	return strings.HasPrefix(name, auditRolePrefix)
}

// isScanLimit holds for what Athena takes as a limit and a person as one.
func isScanLimit(v Value) bool {
	const least, most = 10_000_000, 10_000 << 30
	n, ok := v.Number()
	return ok && n >= least && n <= most
}

// exportsTo is where the answers of reviews are, in both buckets.
const exportsTo = "exports/"

// started is what a schedule asks of Athena.
type started struct {
	QueryString, WorkGroup string
	ResultConfiguration    struct {
		OutputLocation, ExpectedBucketOwner string
		EncryptionConfiguration             struct{ EncryptionOption, KmsKey string }
	}
}

// startsQuery reads what a schedule asks of Athena: nothing, if it asks something
// else.
func startsQuery(schedule *Resource) (started, bool) {
	var s started
	text, _ := schedule.Get("target.input").Text()
	if !schedule.Get("target.arn").Is("arn:aws:scheduler:::aws-sdk:athena:startQueryExecution") || json.Unmarshal([]byte(text), &s) != nil {
		return started{}, false
	}
	return s, true
}

// schedulesOf are the schedules that ask in a workgroup, and the first of those
// of which that is not yet known.
func schedulesOf(g *Graph, workgroup *Resource) (asking []*Resource, unread *Resource) {
	name, _ := workgroup.Get("name").Text()
	for _, schedule := range g.OfType(scheduleType) {
		if schedule.Get("target.input").Unknown() || schedule.Get("target.arn").Unknown() {
			unread = schedule
			continue
		}
		if s, ok := startsQuery(schedule); ok && s.WorkGroup == name {
			asking = append(asking, schedule)
		}
	}
	return asking, unread
}

// enforcesSettings holds for a workgroup that overrules its clients, and for one
// in which schedules alone ask, of which each says the same as the workgroup:
// encrypted, and into a bucket of the account.
func enforcesSettings(g *Graph, r *Resource) []Finding {
	const at = workgroupSettings + "enforceWorkgroupConfiguration"
	enforced := r.Get(at)
	switch {
	case enforced.Unknown():
		return []Finding{open(r, at)}
	case !enforced.Is(false): // by default it is
		return nil
	}
	asking, unread := schedulesOf(g, r)
	if unread != nil {
		return []Finding{open(unread, "target.input")}
	}
	if len(asking) == 0 {
		return []Finding{{
			Resource: r.URN, Property: at, Problem: "leaves it to clients where answers go and how they are encrypted", Fix: "set it to true",
		}}
	}
	var findings []Finding
	for _, schedule := range asking {
		s, _ := startsQuery(schedule)
		wanted := s.ResultConfiguration
		if wanted.EncryptionConfiguration.EncryptionOption == "SSE_KMS" && wanted.EncryptionConfiguration.KmsKey != "" &&
			wanted.ExpectedBucketOwner != "" && strings.HasPrefix(wanted.OutputLocation, locationOf(r)) {
			continue
		}
		findings = append(findings, Finding{
			Resource: schedule.URN, Property: "target.input", Problem: "asks where nothing is enforced for an answer elsewhere, or in the clear",
			Fix: "name a location below that of the workgroup, SSE_KMS with a key, and the owner of the bucket",
		})
	}
	return findings
}

// locationOf is where the answers of a workgroup go. One that is not known
// matches nothing.
func locationOf(workgroup *Resource) string {
	location, ok := workgroup.Get(answerSettings + "outputLocation").Text()
	if !ok || location == "" {
		return anything
	}
	return location
}

// projectsEveryPartition holds for a table whose every partition key is found by
// projection, from its place in the keys of objects.
func projectsEveryPartition(_ *Graph, r *Resource) []Finding {
	const templateAt = `parameters["storage.location.template"]`
	keys := r.Get("partitionKeys")
	if keys.Unknown() || r.Get(templateAt).Unknown() {
		return []Finding{open(r, "partitionKeys")}
	}
	template, _ := r.Get(templateAt).Text()
	var findings []Finding
	for _, k := range keys.Items() {
		name, ok := k.Get("name").Text()
		kind := r.Get(fmt.Sprintf("parameters[%q]", "projection."+name+".type"))
		switch {
		case k.Get("name").Unknown() || kind.Unknown():
			findings = append(findings, open(r, k.Path()))
		case !ok || kind.Absent() || !strings.Contains(template, "${"+name+"}"):
			findings = append(findings, Finding{
				Resource: r.URN, Property: k.Path(), Problem: fmt.Sprintf("partition %q is not projected, so its records are not found", name),
				Fix: "give it a projection, and a place in storage.location.template",
			})
		}
	}
	return findings
}

// isNotCrawled holds for a table in whose database no crawler changes tables.
func isNotCrawled(g *Graph, r *Resource) []Finding {
	database, _ := r.Get("databaseName").Text()
	var findings []Finding
	for _, crawler := range g.OfType(crawlerType) {
		crawled := crawler.Get("databaseName")
		switch {
		case crawled.Unknown():
			findings = append(findings, open(crawler, "databaseName"))
		case crawled.Is(database):
			findings = append(findings, Finding{
				Resource: crawler.URN, Property: "databaseName", Problem: "changes the tables of the audit archive", Fix: "remove the crawler",
			})
		}
	}
	return findings
}

// handling is what is done with an answer.
var handling = []string{
	"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:DeleteObject", "s3:DeleteObjectVersion",
}

// admitsAuditRolesAlone holds where everybody but roles for audit queries is
// denied the answers, and S3's role that copies them.
func admitsAuditRolesAlone(g *Graph, r *Resource, d *Document) []flaw {
	object := bucketARN(g, r) + "/" + anything
	denied := func(action string) bool {
		return slices.ContainsFunc(d.Statements, func(s Statement) bool {
			exempt, conditioned := s.Condition("aws:PrincipalArn", "ArnNotLike", "ArnNotEquals", "StringNotLike", "StringNotEquals")
			return s.Denies() && s.Everyone() && s.Covers(action) && s.On(object) && conditioned && len(exempt.Values) > 0 &&
				!slices.ContainsFunc(exempt.Values, func(arn string) bool { return !isAuditPrincipal(arn) }) && s.exemptsAuditRolesAlone()
		})
	}
	var flaws []flaw
	for _, action := range handling {
		if !denied(action) {
			flaws = append(flaws, flaw{
				"leaves " + action + " to everybody whom IAM allows it",
				"deny it to everyone where aws:PrincipalArn is not like the roles " + auditRolePrefix + "* of the account",
			})
		}
	}
	return flaws
}

// isAuditPrincipal reports that a pattern matches roles for audit queries of one
// account, or for copying what they found, and nobody else.
func isAuditPrincipal(arn string) bool {
	_, name, role := strings.Cut(arn, ":role/")
	return role && !isOpen(arn) && (strings.HasPrefix(name, auditRolePrefix) || name == "gxp-audit-exports-replication")
}

// exemptsAuditRolesAlone reports that a denial has no condition but the one on
// the role and the one that exempts AWS services.
func (s Statement) exemptsAuditRolesAlone() bool {
	return !slices.ContainsFunc(s.Conditions, func(c Condition) bool {
		service := strings.EqualFold(c.Key, "aws:PrincipalIsAWSService") && slices.Equal(c.Values, []string{"false"})
		return !service && !strings.EqualFold(c.Key, "aws:PrincipalArn")
	})
}

// refusesOtherKeys holds where a request that names another key than one is
// denied to everybody.
func refusesOtherKeys(g *Graph, r *Resource, d *Document) []flaw {
	object := bucketARN(g, r) + "/" + anything
	for _, s := range d.Statements {
		key, conditioned := s.Condition("s3:x-amz-server-side-encryption-aws-kms-key-id", "StringNotEquals", "ArnNotEquals")
		if s.Denies() && s.Everyone() && s.Covers("s3:PutObject") && s.On(object) && conditioned && len(key.Values) == 1 && key.Values[0] != "" {
			return nil
		}
	}
	return []flaw{{
		"takes answers that are encrypted with any key",
		"deny s3:PutObject where s3:x-amz-server-side-encryption-aws-kms-key-id is there and is not the bucket's key",
	}}
}

// runsReviews reports that a workgroup is the one that the periodic review runs
// in: its answers are copied from there.
func runsReviews(_ *Graph, r *Resource) bool {
	return strings.HasSuffix(locationOf(r), "/"+exportsTo) || strings.HasSuffix(r.Name(), "-exports")
}

// runsEveryReview holds for a workgroup in which each query of the periodic
// review is started by a schedule that is in force, into a place of its own, and
// what cannot be started is kept.
func runsEveryReview(g *Graph, r *Resource) []Finding {
	asking, unread := schedulesOf(g, r)
	var findings []Finding
	for _, schedule := range asking {
		findings = append(findings, all(
			property("state").isNot("DISABLED"), property("endDate").check(Value.Absent, "must not be set"),
			property("scheduleExpression").isSet(), property("target.deadLetterConfig.arn").isSet(), property("target.roleArn").isSet(),
		)(g, schedule)...)
	}
	if unread != nil {
		return append(findings, open(unread, "target.input"))
	}
	for _, review := range analytics.Reviews() {
		place := "/" + exportsTo + review.Query.Name + "/"
		if !slices.ContainsFunc(asking, func(schedule *Resource) bool {
			s, _ := startsQuery(schedule)
			return strings.HasSuffix(s.ResultConfiguration.OutputLocation, place) && s.QueryString != ""
		}) {
			findings = append(findings, Finding{
				Resource: r.URN, Problem: "no schedule runs the query " + review.Query.Name + " of the periodic review",
				Fix: "add a schedule whose answer goes to " + strings.TrimPrefix(place, "/"),
			})
		}
	}
	return findings
}

// copiesReviews holds for a rule that is in force, copies all answers of reviews
// into a locked bucket and nothing else, and is measured.
func copiesReviews(at string) rule {
	return all(
		property(at+"status").is("Enabled"),
		property(at+"filter.prefix").is(exportsTo),
		property(at+"filter.tag").check(Value.Absent, "must not be set"),
		property(at+"filter.and").check(Value.Absent, "must not be set"),
		property(at+"sourceSelectionCriteria.sseKmsEncryptedObjects.status").is("Enabled"),
		property(at+"destination.metrics.status").is("Enabled"),
		property(at+"destination.bucket").refersTo(bucketType, property("objectLockEnabled").is(true)),
	)
}

// auditServices are the services that query in somebody's stead, on a schedule.
var auditServices = []string{"quicksight.amazonaws.com", "scheduler.amazonaws.com"}

// bindsAuditServices is [bindsServices], but for QuickSight, which takes roles of
// its own account alone and does not document that it names the account: there,
// what it names has to be bound, if it does.
func bindsAuditServices(_ *Graph, _ *Resource, d *Document) []flaw {
	others := &Document{}
	for _, s := range d.Statements {
		c, ok := s.Condition("aws:SourceAccount", "StringEqualsIfExists")
		if slices.Equal(s.Principals["Service"], []string{"quicksight.amazonaws.com"}) && ok && len(c.Values) == 1 && !isOpen(c.Values[0]) {
			continue
		}
		others.Statements = append(others.Statements, s)
	}
	return unboundServices(others, bindings)
}

// auditDuties are the permission sets whose people ask the archive.
var auditDuties = []string{duties.Auditor, duties.QAApprover}

// admitsAuditorsAlone holds for a trust policy that lets in people with the
// permission sets for it, and the services that run schedules.
func admitsAuditorsAlone(_ *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	for _, s := range d.Statements {
		if s.Allows() && s.Covers("sts:AssumeRole") && !s.admitsAuditors() {
			flaws = append(flaws, flaw{
				"lets others than auditors query the archive (" + s.name() + ")",
				"allow the permission sets " + strings.Join(auditDuties, " and ") + " by aws:PrincipalArn, or " + strings.Join(auditServices, " or "),
			})
		}
	}
	return flaws
}

func (s Statement) admitsAuditors() bool {
	if services := s.Principals["Service"]; len(services) > 0 {
		return len(s.Principals) == 1 &&
			!slices.ContainsFunc(services, func(name string) bool { return !slices.Contains(auditServices, name) })
	}
	people, named := s.Condition("aws:PrincipalArn", "ArnLike", "ArnEquals", "StringLike", "StringEquals")
	return named && len(people.Values) > 0 && !slices.ContainsFunc(people.Values, func(arn string) bool {
		_, path, reserved := strings.Cut(arn, ":role/aws-reserved/sso.amazonaws.com/")
		return !reserved || !slices.ContainsFunc(auditDuties, func(set string) bool {
			return strings.HasSuffix(path, "AWSReservedSSO_"+set+"_*")
		})
	})
}
