package segmentation

import (
	"cmp"
	"fmt"
	"strings"
)

// classWords are classifications as people read them.
var classWords = map[string]string{"gxp": "GxP", "nongxp": "not GxP", "shared": "shared", "": "outside"}

// word is the classification as people read it.
func (p Place) word() string { return cmp.Or(classWords[p.Classification], p.Classification) }

// cells are what a table shows for a way.
var cells = map[way]string{closed: "✘ no", direct: "✔ yes", inspected: "◆ inspected"}

// own is what a table shows for a place and itself.
const own = "– own"

// Markdown returns the matrix as the sections of a page: who may reach whom, a
// legend, and what the places are. The page's heading is the caller's.
func (m Matrix) Markdown() string {
	var b strings.Builder
	b.WriteString("## Who may reach whom\n\nA row begins to talk, a column is talked to; answers always come back.\n\n")
	m.writeTable(&b)
	b.WriteString(`
| cell | meaning |
|---|---|
| ` + cells[direct] + ` | allowed |
| ` + cells[inspected] + ` | allowed, and a firewall inspects it |
| ` + cells[closed] + ` | there is no route |
| ` + own + ` | the place itself: security groups decide |

`)
	if pairs := m.mixed(); len(pairs) > 0 {
		b.WriteString("**GxP is not apart from the rest.** These exchange traffic:\n\n")
		for _, pair := range pairs {
			b.WriteString("- " + pair + "\n")
		}
	} else {
		b.WriteString("No GxP segment exchanges traffic with one that is not GxP.\n")
	}
	b.WriteString("\n## Places\n")
	for _, region := range append(m.regions(), "") {
		m.writePlaces(&b, region)
	}
	return b.String()
}

func (m Matrix) writeTable(b *strings.Builder) {
	b.WriteString("| from \\ to |")
	for _, to := range m.Places {
		b.WriteString(" " + heading(to) + " |")
	}
	b.WriteString("\n|---|" + strings.Repeat(":---:|", len(m.Places)) + "\n")
	for i, from := range m.Places {
		b.WriteString("| **" + escaped(from.String()) + "** |")
		for j := range m.Places {
			shown := cells[m.way(i, j)]
			if i == j {
				shown = own
			}
			b.WriteString(" " + shown + " |")
		}
		b.WriteString("\n")
	}
}

// writePlaces writes what the places of a region are; those without one for "".
func (m Matrix) writePlaces(b *strings.Builder, region string) {
	var rows strings.Builder
	for _, p := range m.Places {
		if p.Region == region {
			fmt.Fprintf(&rows, "| %s | %s | %s |\n", escaped(p.Name), p.word(), escaped(cmp.Or(p.Range, "–")))
		}
	}
	if rows.Len() > 0 {
		fmt.Fprintf(b, "\n### %s\n\n| place | classification | range |\n|---|---|---|\n%s", cmp.Or(region, "Outside"), rows.String())
	}
}

// heading is a place on top of a column, in two lines.
func heading(p Place) string {
	if !p.Segment() {
		return escaped(p.Name)
	}
	return escaped(p.Name) + "<br>" + escaped(p.Region)
}

// escaped keeps text from ending its cell.
func escaped(text string) string { return strings.ReplaceAll(text, "|", `\|`) }
