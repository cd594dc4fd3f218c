// Package cost estimates what a graph costs in a month in which nothing happens
// in it: what AWS charges for being there. What it charges for use is named
// with its price, and never guessed.
package cost

import (
	"cmp"
	"maps"
	"slices"
	"time"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// goodFor is how long a price list is relied on: AWS changes some price in most
// years.
const goodFor = 365 * 24 * time.Hour

// outside is the package of resources outside of all components.
const outside = "outside of components"

// Estimate is the cost of a graph.
type Estimate struct {
	// Currency is that of all amounts.
	Currency string `json:"currency"`

	// Region is that of the price list. Other regions differ, mostly upwards and
	// by less than a third.
	Region string `json:"region"`

	// PriceDate is the day of the oldest price, such as 2026-11-23.
	PriceDate string `json:"priceDate"`

	// Outdated says that the oldest price is older than a year.
	Outdated bool `json:"outdated"`

	// Total is the sum of the lines, by the month.
	Total Dollars `json:"total"`

	// Packages are the sums of the packages of the program, the largest first.
	Packages []Package `json:"packages"`

	// Lines are what the total consists of, the largest first.
	Lines []Line `json:"lines"`

	// Usage is what comes on top by use.
	Usage []Usage `json:"usage"`

	// Uncounted are URNs of resources that cost something, of which it is not
	// known yet how much.
	Uncounted []string `json:"uncounted"`
}

// Package is the sum of what one package of the program registers.
type Package struct {
	Package string  `json:"package"`
	Monthly Dollars `json:"monthly"`
}

// Line is what one package of the program costs for one kind of thing.
type Line struct {
	What       string     `json:"what"`
	Package    string     `json:"package"`
	Count      int        `json:"count"`
	Unit       string     `json:"unit"`
	UnitPrice  Dollars    `json:"unitPrice"`
	Monthly    Dollars    `json:"monthly"`
	Confidence Confidence `json:"confidence"`
	Note       string     `json:"note,omitempty"`
}

// Usage is something of the graph that is charged by use.
type Usage struct {
	What       string     `json:"what"`
	Unit       string     `json:"unit"`
	UnitPrice  Dollars    `json:"unitPrice"`
	Confidence Confidence `json:"confidence"`
	Note       string     `json:"note,omitempty"`
}

// tally is what was counted in a graph.
type tally struct {
	graph     *qualification.Graph
	fixed     map[item]int
	usage     map[string]bool // by price
	uncounted map[string]bool // by URN
}

// item is what a line is about.
type item struct{ price, pkg string }

// Of estimates what a graph costs. now decides whether the prices are outdated.
func Of(g *qualification.Graph, now time.Time) *Estimate {
	t := &tally{graph: g, fixed: map[item]int{}, usage: map[string]bool{}, uncounted: map[string]bool{}}
	for _, r := range g.Resources {
		// What is only read belongs to, and is paid by, another stack.
		if r.Custom && !r.External {
			t.count(r)
			t.countTemplates(r)
		}
	}
	return t.estimate(now)
}

func (t *tally) count(r *qualification.Resource) {
	for _, row := range fixedRows {
		if !slices.Contains(row.types, r.Type) {
			continue
		}
		n, known := row.count(t.graph, r)
		t.add(r, row.price, n, known)
	}
	for _, row := range usageRows {
		if slices.Contains(row.types, r.Type) && (row.where == nil || row.where(r)) {
			t.usage[row.price] = true
		}
	}
}

// add counts n of something that r stands for.
func (t *tally) add(r *qualification.Resource, price string, n int, known bool) {
	if !known {
		t.uncounted[r.URN] = true
		return
	}
	if n > 0 {
		t.fixed[item{price, cmp.Or(r.Package(), outside)}] += n
	}
}

func (t *tally) estimate(now time.Time) *Estimate {
	e := &Estimate{
		Currency: "USD", Packages: []Package{}, Lines: []Line{}, Usage: []Usage{},
		Uncounted: slices.AppendSeq([]string{}, maps.Keys(t.uncounted)),
	}
	slices.Sort(e.Uncounted)
	used := map[string]bool{}
	sums := map[string]Dollars{}
	for counted, n := range t.fixed {
		p := prices()[counted.price]
		used[p.ID] = true
		line := Line{
			What: p.Service, Package: counted.pkg, Count: n, Unit: p.Unit, UnitPrice: p.USD, Monthly: p.Monthly() * Dollars(n),
			Confidence: p.Confidence, Note: p.Note,
		}
		e.Lines = append(e.Lines, line)
		e.Total += line.Monthly
		sums[line.Package] += line.Monthly
	}
	slices.SortFunc(e.Lines, func(a, b Line) int {
		return cmp.Or(cmp.Compare(b.Monthly, a.Monthly), cmp.Compare(a.What, b.What), cmp.Compare(a.Package, b.Package))
	})
	for name, sum := range sums {
		e.Packages = append(e.Packages, Package{name, sum})
	}
	slices.SortFunc(e.Packages, func(a, b Package) int {
		return cmp.Or(cmp.Compare(b.Monthly, a.Monthly), cmp.Compare(a.Package, b.Package))
	})
	for id := range t.usage {
		p := prices()[id]
		used[id] = true
		e.Usage = append(e.Usage, Usage{p.Service, p.Unit, p.USD, p.Confidence, p.Note})
	}
	slices.SortFunc(e.Usage, func(a, b Usage) int { return cmp.Compare(a.What, b.What) })
	e.dated(used, now)
	return e
}

// dated sets what is true of the prices that were used; of all where none was.
func (e *Estimate) dated(used map[string]bool, now time.Time) {
	var oldest Price
	for _, id := range slices.Sorted(maps.Keys(prices())) {
		p := prices()[id]
		if len(used) > 0 && !used[id] {
			continue
		}
		if oldest.ID == "" || p.Date.Before(oldest.Date) {
			oldest = p
		}
	}
	e.Region, e.PriceDate = oldest.Region, oldest.Date.Format(time.DateOnly)
	e.Outdated = now.Sub(oldest.Date) > goodFor
}
