package segmentation

import (
	"cmp"
	"encoding/xml"
	"fmt"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

// Measures of the picture, in pixels.
const (
	margin     = 24
	panelWidth = 420 // a region
	panelGap   = 56
	barHeight  = 44 // the internet, on-premises
	headHeight = 46 // of a panel, with its name
	rowHeight  = 92
	boxWidth   = 200
	boxHeight  = 66
	boxLeft    = 84  // from the panel's left edge
	railLeft   = 36  // where the way to the internet runs
	railRight  = 384 // where the way to on-premises runs

	barTop   = 60
	panelTop = barTop + barHeight + 36
	rowsTop  = panelTop + headHeight

	// Where lines meet a box, from its top: ways to the internet, between
	// regions, and to on-premises do not lie upon each other.
	internetPort = 18
	premisesPort = 42
	regionPort   = 56
)

// style is readable on light and dark ground. Classifications differ by border
// as well as by colour.
const style = `
text { font-family: system-ui, -apple-system, "Segoe UI", Roboto, Helvetica, Arial, sans-serif; font-size: 13px; fill: #1f2937; }
.title { font-size: 18px; font-weight: 600; }
.name { font-size: 14px; font-weight: 600; }
.ground { fill: #ffffff; }
.panel { fill: #f8fafc; stroke: #94a3b8; stroke-width: 1; }
.gxp { fill: #dbeafe; stroke: #1d4ed8; stroke-width: 3; }
.nongxp { fill: #fef3c7; stroke: #b45309; stroke-width: 2; stroke-dasharray: 7 4; }
.shared { fill: #ede9fe; stroke: #6d28d9; stroke-width: 3; stroke-dasharray: 2 3; }
.outside { fill: #e5e7eb; stroke: #374151; stroke-width: 1.5; }
.way { fill: none; stroke: #334155; stroke-width: 1.6; }
.inspected { stroke-width: 2.6; }
.mark { fill: #334155; stroke: none; }
@media (prefers-color-scheme: dark) {
text { fill: #f3f4f6; }
.ground { fill: #0d1117; }
.panel { fill: #161b22; stroke: #6b7280; }
.gxp { fill: #1e3a8a; stroke: #93c5fd; }
.nongxp { fill: #713f12; stroke: #fcd34d; }
.shared { fill: #4c1d95; stroke: #c4b5fd; }
.outside { fill: #374151; stroke: #d1d5db; }
.way { stroke: #cbd5e1; }
.mark { fill: #cbd5e1; }
}
`

// SVG returns the matrix as a picture: regions as panels, segments as boxes,
// what is allowed as lines. The picture needs nothing from elsewhere.
func (m Matrix) SVG(title string) string {
	d := &drawing{m: m, regions: m.regions(), segments: m.segments()}
	width := 2*margin + max(1, len(d.regions))*(panelWidth+panelGap) - panelGap
	d.panelBottom = rowsTop + len(d.segments)*rowHeight
	legendTop := d.panelBottom + margin
	if m.find(netplan.OnPremises, "") >= 0 {
		d.premisesTop = d.panelBottom + 36
		legendTop = d.premisesTop + barHeight + margin
	}
	height := legendTop + 2*26 + margin

	d.printf(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %d %d" width="%d" height="%d" role="img" aria-labelledby="title desc">`+"\n",
		width, height, width, height)
	d.printf("<title id=\"title\">%s</title>\n<desc id=\"desc\">%s</desc>\n<style>%s</style>\n", text(title), text(m.description()), style)
	d.printf(`<defs><marker id="arrow" viewBox="0 0 10 10" refX="9" refY="5" markerWidth="9" markerHeight="9" markerUnits="userSpaceOnUse" ` +
		`orient="auto-start-reverse"><path class="mark" d="M0 0L10 5L0 10z"/></marker></defs>` + "\n")
	d.printf(`<rect class="ground" width="%d" height="%d"/>`+"\n", width, height)
	d.text("title", margin, 36, title)
	d.bar(netplan.Internet, barTop, width)
	if d.premisesTop > 0 {
		d.bar(netplan.OnPremises, d.premisesTop, width)
	}
	for i, region := range d.regions {
		d.printf(`<rect class="panel" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", panelLeft(i), panelTop, panelWidth, d.panelBottom-panelTop)
		d.text("name", panelLeft(i)+boxLeft, panelTop+28, region)
	}
	d.ways()
	for _, p := range m.Places {
		if p.Segment() {
			d.box(p)
		}
	}
	d.legend(legendTop)
	d.printf("</svg>\n")
	return d.b.String()
}

// description says in sentences what the picture shows.
func (m Matrix) description() string {
	var sentences []string
	for i, from := range m.Places {
		var reached []string
		for j, to := range m.Places {
			switch {
			case i == j:
			case m.inspected(i, j):
				reached = append(reached, to.String()+" (inspected)")
			case m.allowed(i, j):
				reached = append(reached, to.String())
			}
		}
		sentences = append(sentences, fmt.Sprintf("%s (%s) may reach %s.", from, from.word(), cmp.Or(strings.Join(reached, ", "), "nothing")))
	}
	return strings.Join(sentences, " ")
}

// drawing is a picture that is being drawn.
type drawing struct {
	b        strings.Builder
	m        Matrix
	regions  []string
	segments []string

	panelBottom, premisesTop int
}

func (d *drawing) printf(format string, values ...any) { fmt.Fprintf(&d.b, format, values...) }

// text makes text harmless in XML.
func text(s string) string {
	var b strings.Builder
	// Writing to a strings.Builder does not fail.
	_ = xml.EscapeText(&b, []byte(s))
	return b.String()
}

func (d *drawing) text(class string, x, y int, content string) {
	d.printf(`<text class="%s" x="%d" y="%d">%s</text>`+"\n", class, x, y, text(content))
}

func panelLeft(i int) int { return margin + i*(panelWidth+panelGap) }

// corner is the upper left corner of a segment's box. A segment is in the same
// row in every region.
func (d *drawing) corner(p Place) (x, y int) {
	return panelLeft(slices.Index(d.regions, p.Region)) + boxLeft, rowsTop + slices.Index(d.segments, p.Name)*rowHeight
}

// bar draws a place outside over the whole width.
func (d *drawing) bar(name string, top, width int) {
	i := d.m.find(name, "")
	if i < 0 {
		return
	}
	d.printf(`<rect class="outside" x="%d" y="%d" width="%d" height="%d" rx="8"/>`+"\n", margin, top, width-2*margin, barHeight)
	d.text("name", margin+boxLeft, top+27, strings.TrimSpace(name+"   "+abridged(d.m.Places[i].Range, 4)))
}

// box draws a segment.
func (d *drawing) box(p Place) {
	x, y := d.corner(p)
	class := p.Classification
	if classWords[class] == "" {
		class = "outside"
	}
	d.printf(`<rect class="%s" x="%d" y="%d" width="%d" height="%d" rx="6"/>`+"\n", class, x, y, boxWidth, boxHeight)
	d.text("name", x+12, y+20, p.Name)
	d.text("", x+12, y+38, p.word())
	d.text("", x+12, y+56, abridged(p.Range, 1))
}

// abridged is the first of several ranges and how many more there are.
func abridged(ranges string, most int) string {
	all := strings.Fields(ranges)
	if len(all) <= most {
		return strings.Join(all, " ")
	}
	return fmt.Sprintf("%s and %d more", strings.Join(all[:most], " "), len(all)-most)
}

// legend explains borders and lines.
func (d *drawing) legend(top int) {
	x := margin
	for _, class := range []string{"gxp", "nongxp", "shared"} {
		d.printf(`<rect class="%s" x="%d" y="%d" width="28" height="16" rx="3"/>`+"\n", class, x, top)
		d.text("", x+36, top+13, classWords[class])
		x += 110
	}
	top += 26
	d.printf(`<path class="way" d="M%d %dh36"/>`+"\n", margin, top+8)
	d.text("", margin+44, top+13, "allowed")
	d.printf(`<path class="way inspected" d="M%d %dh36"/>`+"\n", margin+110, top+8)
	d.diamond(margin+128, top+8)
	d.text("", margin+154, top+13, "inspected")
	d.printf(`<path class="way" d="M%d %dh36" marker-end="url(#arrow)"/>`+"\n", margin+230, top+8)
	d.text("", margin+274, top+13, "in this direction alone")
}
