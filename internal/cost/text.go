package cost

import (
	"fmt"
	"strings"
)

// largest is how many lines the text shows.
const largest = 5

// Text is the estimate for people: the total, the largest lines, what comes on
// top. It ends with a line break.
func (e *Estimate) Text() string {
	var b strings.Builder
	fmt.Fprintf(&b, "cost: %s a month while nothing happens (list prices of %s, %s)\n", e.Total, e.Region, e.PriceDate)
	shown := e.Lines[:min(largest, len(e.Lines))]
	rest := e.Total
	for _, l := range shown {
		fmt.Fprintf(&b, "  %12s  %d x %s (%s)\n", l.Monthly, l.Count, l.What, l.Package)
		rest -= l.Monthly
	}
	if len(e.Lines) > largest {
		fmt.Fprintf(&b, "  %12s  everything else\n", rest)
	}
	if len(e.Uncounted) > 0 {
		fmt.Fprintf(&b, "  not counted, since it is not known yet how many: %s\n", strings.Join(shortened(e.Uncounted), ", "))
	}
	if e.Outdated {
		fmt.Fprintf(&b, "  the prices are older than a year: compare them with AWS's before relying on them\n")
	}
	if len(e.Usage) > 0 {
		var names []string
		for _, u := range e.Usage {
			names = append(names, u.What)
		}
		fmt.Fprintf(&b, "usage comes on top: %s\n", strings.Join(names, ", "))
	}
	return b.String()
}

// shortened are URNs without what all of a stack share.
func shortened(urns []string) []string {
	short := make([]string, len(urns))
	for i, urn := range urns {
		parts := strings.SplitN(urn, "::", 3)
		short[i] = parts[len(parts)-1]
	}
	return short
}
