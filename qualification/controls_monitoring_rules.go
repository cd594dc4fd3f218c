package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// rootUse selects the events of a root user; the others are what a pattern may
// leave out, since nobody signs in for them.
const rootUse = `$.userIdentity.type="Root"`

var notByAPerson = []string{`$.userIdentity.invokedByNOTEXISTS`, `$.eventType!="AwsServiceEvent"`}

// matchesRootUse reads a filter pattern as terms that must all hold.
func matchesRootUse(v Value) bool {
	pattern, _ := v.Text()
	inner, opened := strings.CutPrefix(strings.TrimSpace(pattern), "{")
	inner, closed := strings.CutSuffix(inner, "}")
	if !opened || !closed {
		return false
	}
	selects := false
	for term := range strings.SplitSeq(inner, "&&") {
		switch term = strings.Join(strings.Fields(strings.Trim(term, " ()")), ""); {
		case term == rootUse:
			selects = true
		case !slices.Contains(notByAPerson, term):
			return false
		}
	}
	return selects
}

// watchesTrail holds for a filter on the log group that a trail writes to. Where
// Control Tower governs, its trail's group is not in the graph.
func watchesTrail(g *Graph, filter *Resource) []Finding {
	const at = "logGroupName"
	if filter.Get(at).Unknown() && len(g.targets(filter, at)) == 0 {
		return []Finding{open(filter, at)}
	}
	group := g.Target(filter, at, logGroupType)
	if group != nil && len(g.Linked(group, trailType, "cloudWatchLogsGroupArn")) > 0 {
		return nil
	}
	if group == nil && governedByControlTower(g) && filter.Get(at).Known() {
		return nil
	}
	return []Finding{{
		Resource: filter.URN, Property: at,
		Problem: fmt.Sprintf("is %s, which no trail writes to", filter.Get(at)),
		Fix:     "set it to the log group of the organization trail",
	}}
}

// raisesAlarm holds for a filter whose metric is watched by an alarm that one
// event is enough for.
func raisesAlarm(g *Graph, filter *Resource) []Finding {
	const at = "metricTransformation"
	metric := filter.Get(at)
	name, namespace := metric.Get("name"), metric.Get("namespace")
	if metric.Unknown() || name.Unknown() || namespace.Unknown() {
		return []Finding{open(filter, at)}
	}
	var findings []Finding
	for _, alarm := range g.OfType(metricAlarmType) {
		if name.Absent() || !alarm.Get("metricName").Is(name.raw) || !alarm.Get("namespace").Is(namespace.raw) {
			continue
		}
		missed := all(
			reachedByOneEvent,
			property("statistic").isOne("Sum", "Maximum", "SampleCount"),
			property("evaluationPeriods").is(1),
		)(g, alarm)
		if len(missed) == 0 {
			return metricCounts(filter)
		}
		findings = append(findings, missed...)
	}
	if len(findings) > 0 {
		return findings
	}
	return []Finding{{
		Resource: filter.URN, Property: at,
		Problem: fmt.Sprintf("is the metric %s of %s, which no alarm watches", name, namespace),
		Fix:     "add a MetricAlarm on this metric",
	}}
}

// reachedByOneEvent holds for an alarm whose threshold a single event reaches.
func reachedByOneEvent(g *Graph, alarm *Resource) []Finding {
	most, must := 1.0, "must be at most 1 for >="
	if alarm.Get("comparisonOperator").Is("GreaterThanThreshold") {
		most, must = 0, "must be 0 for >"
	}
	return all(
		property("comparisonOperator").isOne("GreaterThanOrEqualToThreshold", "GreaterThanThreshold"),
		property("threshold").satisfies(func(v Value) bool {
			n, ok := v.Number()
			return ok && n >= 0 && n <= most
		}, must),
	)(g, alarm)
}

// metricCounts holds for a filter that counts each event once.
func metricCounts(filter *Resource) []Finding {
	return property("metricTransformation.value").is("1")(nil, filter)
}
