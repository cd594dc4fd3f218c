package qualification

import (
	"slices"
	"strings"
)

// eventSelectors are the advanced event selectors of a trail, and whether all
// of them can be read.
func eventSelectors(trail *Resource) (selectors []eventSelector, known bool) {
	list := trail.Get("advancedEventSelectors")
	known = !list.Unknown()
	for _, item := range list.Items() {
		selector := eventSelector{}
		for _, field := range item.Get("fieldSelectors").Items() {
			name, ok := field.Get("field").Text()
			known = known && ok
			for _, key := range field.Keys() {
				for _, value := range field.Get(key).Items() {
					text, ok := value.Text()
					known = known && ok
					selector[name] = append(selector[name], condition{key, text})
				}
			}
		}
		selectors = append(selectors, selector)
	}
	return selectors, known
}

// eventSelector holds the conditions on the fields of an event. All fields must
// match; of the conditions on one field any may.
type eventSelector map[string][]condition

// condition is an operator, such as equals or startsWiths, and a value.
type condition struct{ operator, value string }

func (s eventSelector) is(field, value string) bool {
	return slices.Equal(s[field], []condition{{"equals", value}})
}

// recordsManagementEvents holds for a trail without selectors, which records
// all of them, and for one with a selector that leaves none out.
func recordsManagementEvents(_ *Graph, trail *Resource) []Finding {
	const at = "advancedEventSelectors"
	selectors, known := eventSelectors(trail)
	basic := trail.Get("eventSelectors")
	all := slices.ContainsFunc(selectors, func(s eventSelector) bool {
		return len(s) == 1 && s.is("eventCategory", "Management")
	})
	switch {
	case all:
		return nil
	case !known:
		return []Finding{open(trail, at)}
	case len(selectors) == 0:
		return recordsBasicManagementEvents(trail, basic)
	}
	return []Finding{{
		Resource: trail.URN, Property: at,
		Problem: "leaves management events out",
		Fix:     "add a selector whose only condition is that eventCategory equals Management",
	}}
}

func recordsBasicManagementEvents(trail *Resource, basic Value) []Finding {
	switch {
	case basic.Unknown():
		return []Finding{open(trail, basic.Path())}
	case len(basic.Items()) == 0, slices.ContainsFunc(basic.Items(), func(v Value) bool {
		write := v.Get("readWriteType")
		return !v.Get("includeManagementEvents").Is(false) && (write.Absent() || write.Is("All")) &&
			len(v.Get("excludeManagementEventSources").Items()) == 0
	}):
		return nil
	}
	return []Finding{{
		Resource: trail.URN, Property: basic.Path(),
		Problem: "leaves management events out", Fix: "record all management events, reads and writes",
	}}
}

// recordsEvidence holds for a trail that records the object events of each
// bucket of records other than its own, which it fills itself.
func recordsEvidence(g *Graph, trail *Resource) []Finding {
	const at = "advancedEventSelectors"
	selectors, known := eventSelectors(trail)
	var findings []Finding
	for _, b := range recordBuckets(g) {
		if g.Target(trail, "s3BucketName", bucketType) == b || isReplica(g, b) {
			continue
		}
		name, ok := b.Get("bucket").Text()
		objects := "arn:aws:s3:::" + name + "/"
		recorded := slices.ContainsFunc(selectors, func(s eventSelector) bool { return s.recordsObjects(objects) })
		switch {
		case ok && recorded:
		case !ok || !known:
			findings = append(findings, open(trail, at))
		default:
			findings = append(findings, Finding{
				Resource: trail.URN, Property: at,
				Problem: "does not record who reads and writes the objects of " + name,
				Fix:     "add a selector of data events of AWS::S3::Object whose resources.ARN starts with " + objects,
			})
		}
	}
	return findings
}

// recordsObjects reports that all object events below an ARN are recorded.
func (s eventSelector) recordsObjects(arn string) bool {
	if !s.is("eventCategory", "Data") || !s.is("resources.type", "AWS::S3::Object") {
		return false
	}
	arns, narrowed := s["resources.ARN"]
	if !narrowed {
		return len(s) == 2
	}
	return len(s) == 3 && slices.ContainsFunc(arns, func(c condition) bool {
		return c.operator == "startsWiths" && strings.HasPrefix(arn, c.value)
	})
}

// isReplica reports that a replication fills the bucket from another archive.
// What is collected from where it landed, or from answers to queries, has its
// original in the archive.
func isReplica(g *Graph, b *Resource) bool {
	return slices.ContainsFunc(g.Linked(b, replicationType, replicaBucket), func(r *Resource) bool {
		from := g.Target(r, "bucket", bucketType)
		return from == nil || !isLanding(from) && !holdsAnswers(from)
	})
}

// inAnotherAccount holds for a trail whose bucket is not in the trail's account.
func inAnotherAccount(g *Graph, trail *Resource) []Finding {
	const at = "s3BucketName"
	bucket := g.Target(trail, at, bucketType)
	if bucket == nil {
		return nil // told by the rule about the bucket
	}
	if p := g.Provider(bucket); p != nil && p != g.Provider(trail) {
		here, there := g.AccountID(trail), g.AccountID(bucket)
		if !here.Known() || !there.Known() {
			return []Finding{open(p, "allowedAccountIds")}
		}
		if !here.Is(there.raw) {
			return nil
		}
	}
	return []Finding{{
		Resource: trail.URN, Property: at,
		Problem: "is in the account of the trail itself", Fix: "deliver to the archive in the log archive account",
	}}
}
