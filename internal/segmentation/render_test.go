package segmentation

import (
	"encoding/xml"
	"io"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

const title = "Network segmentation"

func TestMatrix_LooksAsReviewed(t *testing.T) {
	m := sample(t, network())
	pulumitest.Golden(t, "network.md", m.Markdown())
	pulumitest.Golden(t, "network.svg", m.SVG(title))
}

// page is the page about the production network: generated, as its text says.
func page(m Matrix) string {
	return "# " + title + `

![Segments by region, and who may reach whom; the tables below say the same](network-segmentation.svg)

What the network of [the production stack](../Pulumi.prod.yaml) lets through. This page and its picture are generated
from the configuration (` + "`go test ./internal/segmentation -update`" + `); ` + "`gxp segmentation`" + ` prints them for any stack.

` + m.Markdown()
}

func TestDocuments_AreThoseOfTheProductionNetwork(t *testing.T) {
	docs := filepath.Join("..", "..", "docs")
	c, err := config.Load(filepath.Join("..", "..", "Pulumi.prod.yaml"))
	require.NoError(t, err)
	if !c.LandingZone.Network.Enabled {
		assert.NoFileExists(t, filepath.Join(docs, "network-segmentation.md"), "there is no network to describe")
		assert.NoFileExists(t, filepath.Join(docs, "network-segmentation.svg"), "there is no network to draw")
		return
	}
	m := sample(t, c.LandingZone.Network)
	// Golden files are in testdata; these are where people read them.
	pulumitest.Golden(t, filepath.Join("..", docs, "network-segmentation.md"), page(m))
	pulumitest.Golden(t, filepath.Join("..", docs, "network-segmentation.svg"), m.SVG(title))
}

func TestMarkdown_SaysWhenGxPIsNotApart(t *testing.T) {
	m := sample(t, network())
	assert.Contains(t, m.Markdown(), "No GxP segment exchanges traffic with one that is not GxP.")
	m.Allowed[m.find("nongxp", "eu-test-1")][m.find("gxp-prod", "eu-test-1")] = true
	assert.Contains(t, m.Markdown(), "**GxP is not apart from the rest.**")
	assert.Contains(t, m.Markdown(), "- gxp-prod in eu-test-1 and nongxp in eu-test-1\n")
	assert.NotContains(t, m.Markdown(), "No GxP segment")
}

func TestMarkdown_HasACellForEveryPair(t *testing.T) {
	m := sample(t, network())
	rows := 0
	for line := range strings.Lines(m.Markdown()) {
		if strings.HasPrefix(line, "| **") {
			rows++
			assert.Equal(t, len(m.Places)+2, strings.Count(line, "|"), line)
		}
	}
	assert.Equal(t, len(m.Places), rows)
}

// elements counts the elements of a picture by name and class, and fails where
// it is not well-formed.
func elements(t *testing.T, picture string) map[string]int {
	t.Helper()
	found := map[string]int{}
	decoder := xml.NewDecoder(strings.NewReader(picture))
	for {
		token, err := decoder.Token()
		if err == io.EOF {
			return found
		}
		require.NoError(t, err)
		if start, ok := token.(xml.StartElement); ok {
			name := start.Name.Local
			for _, a := range start.Attr {
				if a.Name.Local == "class" {
					name += "." + a.Value
				}
			}
			found[name]++
		}
	}
}

func TestSVG_DrawsEveryPlaceAndEveryWay(t *testing.T) {
	m := sample(t, network())
	drawn := elements(t, m.SVG(title))
	// Each classification and each kind of line is in the legend once more.
	assert.Equal(t, 3+1, drawn["rect.gxp"])
	assert.Equal(t, 2+1, drawn["rect.nongxp"])
	assert.Equal(t, 2+1, drawn["rect.shared"])
	assert.Equal(t, 2, drawn["rect.outside"])
	assert.Equal(t, 2, drawn["rect.panel"])
	ways := map[way]int{}
	for i := range m.Places {
		for j := i + 1; j < len(m.Places); j++ {
			ways[max(m.way(i, j), m.way(j, i))]++
		}
	}
	require.NotZero(t, ways[direct])
	require.NotZero(t, ways[inspected])
	assert.Equal(t, ways[inspected]+1, drawn["path.way inspected"])
	assert.Equal(t, ways[direct]+2, drawn["path.way"])
}

func TestSVG_CanBeReadByEverybody(t *testing.T) {
	picture := sample(t, network()).SVG(title)
	assert.Contains(t, picture, `role="img" aria-labelledby="title desc"`)
	assert.Contains(t, picture, `<title id="title">Network segmentation</title>`)
	assert.Contains(t, picture, "gxp-prod in eu-test-1 (GxP) may reach shared in eu-test-1 (inspected), gxp-prod in eu-test-2, internet (inspected), on-premises (inspected).")
	assert.Contains(t, picture, "internet (outside) may reach nothing.")
	assert.Contains(t, picture, "prefers-color-scheme: dark")
	assert.Empty(t, regexp.MustCompile(`https?://\S+`).FindAllString(strings.Replace(picture, `xmlns="http://www.w3.org/2000/svg"`, "", 1), -1),
		"nothing is fetched from elsewhere")
}

func TestSVG_ShowsWhatShouldNotBe(t *testing.T) {
	m := sample(t, network())
	before := elements(t, m.SVG(title))["path.way"]
	m.Allowed[m.find("nongxp", "eu-test-1")][m.find("gxp-prod", "eu-test-2")] = true
	m.Allowed[m.find("internet", "")][m.find("sensitive", "eu-test-1")] = true
	assert.Equal(t, before+2, elements(t, m.SVG(title))["path.way"])
}

func TestRendering_HoldsWhateverTheNamesAre(t *testing.T) {
	for name, m := range map[string]Matrix{
		"nothing at all":         {},
		"one place":              {Places: []Place{{Name: "alone", Region: "eu-test-1", Classification: "gxp"}}},
		"a name with characters": {Places: []Place{{Name: `<a&b|"c">`, Region: "eu-test-1", Classification: "else"}, {Name: "internet"}}},
		"rows that are missing":  {Places: sample(t, network()).Places},
	} {
		t.Run(name, func(t *testing.T) {
			assert.NotEmpty(t, elements(t, m.SVG(`"<&>`)))
			assert.Contains(t, m.Markdown(), "## Places")
		})
	}
}
