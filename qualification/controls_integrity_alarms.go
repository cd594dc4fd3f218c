package qualification

import (
	"fmt"
	"slices"
)

// silence is the longest, in seconds, that nobody needs to notice that there is
// no result: two days.
const silence = 2 * 24 * 3600

// alarmsOnFailure: the function fails unless the verdict is a pass.
func alarmsOnFailure(g *Graph, function *Resource) []Finding {
	return watched(g, function, metric{"AWS/Lambda", "Errors", true}, all(reachedByOneEvent, property("evaluationPeriods").is(1)))
}

func alarmsOnFindings(g *Graph, function *Resource) []Finding {
	own, findings := ownMetric(function, "IntegrityFindings")
	if findings != nil {
		return findings
	}
	return watched(g, function, own, all(reachedByOneEvent, property("evaluationPeriods").is(1)))
}

// alarmsOnSilence: where nothing is verified, nothing fails either.
func alarmsOnSilence(g *Graph, function *Resource) []Finding {
	own, findings := ownMetric(function, "IntegrityVerified")
	if findings != nil {
		return findings
	}
	return watched(g, function, own, all(
		property("treatMissingData").is("breaching"),
		property("comparisonOperator").isOne("LessThanThreshold", "LessThanOrEqualToThreshold"),
		noticesInTime,
	))
}

// noticesInTime holds for an alarm that looks back two days at most.
func noticesInTime(_ *Graph, alarm *Resource) []Finding {
	period, periods := alarm.Get("period"), alarm.Get("evaluationPeriods")
	if period.Unknown() || periods.Unknown() {
		return []Finding{open(alarm, "evaluationPeriods")}
	}
	seconds, _ := period.Number()
	n, _ := periods.Number()
	if seconds*n > 0 && seconds*n <= silence {
		return nil
	}
	return []Finding{{
		Resource: alarm.URN, Property: "evaluationPeriods",
		Problem: fmt.Sprintf("is %s periods of %s seconds, must be two days at most", periods, period), Fix: "look back for a day and some hours",
	}}
}

// metric is what an alarm watches.
type metric struct {
	namespace, name string

	// byFunction says that the metric has the function's name as a dimension.
	byFunction bool
}

// ownMetric is a metric that the function writes.
func ownMetric(function *Resource, name string) (metric, []Finding) {
	namespace := function.Get(ofMetrics)
	if namespace.Unknown() {
		return metric{}, []Finding{open(function, ofMetrics)}
	}
	text, ok := namespace.Text()
	if !ok || text == "" {
		text = "GxP/LogIntegrity"
	}
	return metric{text, name, false}, nil
}

// watched holds where an alarm of the same account and region watches the
// metric, tells a topic, and the rules hold for it.
func watched(g *Graph, function *Resource, m metric, rules rule) []Finding {
	var unread []Finding
	for _, alarm := range g.OfType(metricAlarmType) {
		if g.Provider(alarm) != g.Provider(function) {
			continue
		}
		name, namespace, of := alarm.Get("metricName"), alarm.Get("namespace"), alarm.Get("dimensions.FunctionName")
		if name.Unknown() || namespace.Unknown() || m.byFunction && of.Unknown() {
			unread = append(unread, open(alarm, slices.MaxFunc([]Value{name, namespace, of}, byUnknown).Path()))
			continue
		}
		own := function.Get("name")
		if name.Is(m.name) && namespace.Is(m.namespace) && (!m.byFunction || own.Known() && of.Is(own.raw)) {
			return all(property("actionsEnabled").isNot(false), property("alarmActions[0]").refersTo(topicType), rules)(g, alarm)
		}
	}
	if len(unread) > 0 {
		return unread[:1]
	}
	return []Finding{{
		Resource: function.URN,
		Problem:  fmt.Sprintf("writes the metric %s of %s, which no alarm watches", m.name, m.namespace),
		Fix:      "add a MetricAlarm on this metric, in the same account and region",
	}}
}

// byUnknown sorts values that cannot be read last.
func byUnknown(a, b Value) int {
	switch {
	case a.Unknown() == b.Unknown():
		return 0
	case a.Unknown():
		return 1
	}
	return -1
}
