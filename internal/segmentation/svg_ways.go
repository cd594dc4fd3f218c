package segmentation

import (
	"fmt"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/netplan"
)

// ways draws everything that is allowed between two different places, each pair
// once.
func (d *drawing) ways() {
	for i, from := range d.m.Places {
		for j := i + 1; j < len(d.m.Places); j++ {
			to := d.m.Places[j]
			if !d.m.allowed(i, j) && !d.m.allowed(j, i) {
				continue
			}
			switch {
			case from.Segment() && to.Segment() && from.Region == to.Region:
				d.arc(i, j)
			case from.Segment() && to.Segment():
				d.across(i, j)
			case from.Segment():
				d.outside(i, j)
			case to.Segment():
				d.outside(j, i)
			}
		}
	}
}

// line draws a way between two places along a path from the first to the
// second. A way in one direction alone has an arrow; an inspected one is
// thicker and has a diamond at x, y.
func (d *drawing) line(i, j int, path string, x, y int) {
	class, arrow := "way", ""
	through := d.m.inspected(i, j) || d.m.inspected(j, i)
	if through {
		class = "way inspected"
	}
	switch {
	case !d.m.allowed(j, i):
		arrow = ` marker-end="url(#arrow)"`
	case !d.m.allowed(i, j):
		arrow = ` marker-start="url(#arrow)"`
	}
	d.printf(`<path class="%s" d="%s"%s/>`+"\n", class, path, arrow)
	if through {
		d.diamond(x, y)
	}
}

func (d *drawing) diamond(x, y int) {
	d.printf(`<path class="mark" d="M%d %dl7 7l-7 7l-7 -7z"/>`+"\n", x, y-7)
}

// arc joins two segments of a region on the right of their boxes. The farther
// apart they are, the wider it is.
func (d *drawing) arc(i, j int) {
	x, top := d.corner(d.m.Places[i])
	_, bottom := d.corner(d.m.Places[j])
	x += boxWidth
	rows := max(1, (bottom-top)/rowHeight)
	// Several arcs that end at one box end beside each other, the widest lowest:
	// so they do not cross.
	top += 14 + 3*min(rows, 6)
	bottom += 10 + 4*min(rows, 6)
	reach := 20 + 14*rows
	path := fmt.Sprintf("M%d %dC%d %d %d %d %d %d", x, top, x+reach, top, x+reach, bottom, x, bottom)
	// The middle of such a curve is at three quarters of its reach.
	d.line(i, j, path, x+reach*3/4, (top+bottom)/2)
}

// across joins segments of two regions.
func (d *drawing) across(i, j int) {
	fromX, fromY := d.corner(d.m.Places[i])
	toX, toY := d.corner(d.m.Places[j])
	fromX += boxWidth
	fromY, toY = fromY+regionPort, toY+regionPort
	path := fmt.Sprintf("M%d %dL%d %d", fromX, fromY, toX, toY)
	d.line(i, j, path, (fromX+toX)/2, (fromY+toY)/2)
}

// outside joins a segment with a place outside, along the rail of its region.
func (d *drawing) outside(segment, place int) {
	p := d.m.Places[segment]
	x, y := d.corner(p)
	left := panelLeft(slices.Index(d.regions, p.Region))
	switch d.m.Places[place].Name {
	case netplan.Internet:
		y += internetPort
		path := fmt.Sprintf("M%d %dH%dV%d", x, y, left+railLeft, barTop+barHeight)
		d.line(segment, place, path, (x+left+railLeft)/2, y)
	case netplan.OnPremises:
		x, y = x+boxWidth, y+premisesPort
		path := fmt.Sprintf("M%d %dH%dV%d", x, y, left+railRight, d.premisesTop)
		d.line(segment, place, path, left+railRight-16, y)
	}
}
