package main

import (
	"encoding/json"
	"encoding/xml"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// decode reads a JSON object that is printed alone.
func decode(t *testing.T, text string) map[string]any {
	t.Helper()
	var object map[string]any
	require.NoError(t, json.Unmarshal([]byte(text), &object), text)
	return object
}

func keys(object any) []string { return slices.Sorted(maps.Keys(object.(map[string]any))) }

// sharingSwitch is a resource that takes nothing: it is there or it is not.
const sharingSwitch = "aws:ram/sharingWithOrganization:SharingWithOrganization"

func TestGxpRender_PrintsADeployment(t *testing.T) {
	got := gxp(t, projectFolder(t), "render")
	require.Equal(t, exitDone, got.code, got.err)
	printed := decode(t, got.out)
	assert.EqualValues(t, 3, printed["version"])
	resources := printed["deployment"].(map[string]any)["resources"].([]any)
	require.NotEmpty(t, resources)
	providers := 0
	for _, r := range resources {
		resource := r.(map[string]any)
		assert.Contains(t, resource["urn"], "urn:pulumi:prod::")
		if strings.HasPrefix(resource["type"].(string), "aws:") {
			providers++
			assert.NotEmpty(t, resource["provider"], resource["urn"])
			if resource["type"] != sharingSwitch {
				assert.NotEmpty(t, resource["inputs"], resource["urn"])
			}
		}
	}
	assert.NotZero(t, providers)
	assert.Equal(t, got.out, gxp(t, projectFolder(t), "render").out, "the same configuration gives the same graph")
}

func TestGxpRender_SurvivesAReaderThatHasSeenEnough(t *testing.T) {
	cmd := command(t, projectFolder(t), "render")
	reader, writer, err := os.Pipe()
	require.NoError(t, err)
	require.NoError(t, reader.Close())
	defer writer.Close()
	var errs strings.Builder
	cmd.Stdout, cmd.Stderr = writer, &errs
	require.NoError(t, cmd.Run(), "a closed pipe is no failure")
	assert.Empty(t, errs.String())
}

func TestGxpCheck_KeepsItsJSONContract(t *testing.T) {
	got := gxp(t, projectFolder(t), "check", "--json")
	require.Equal(t, exitDone, got.code, got.err+got.out)
	printed := decode(t, got.out)
	assert.Equal(t, []string{"configRules", "controls", "cost", "evaluations", "ok", "requirements"}, keys(printed))
	assert.Equal(t, true, printed["ok"])
	evaluations := printed["evaluations"].(map[string]any)
	assert.Subset(t, keys(evaluations), []string{"cases", "evaluated", "failed"})
	assert.EqualValues(t, 0, evaluations["failed"])
	if evaluations["evaluated"] == true {
		assert.GreaterOrEqual(t, evaluations["cases"], 250.0)
	} else {
		assert.EqualValues(t, 0, evaluations["cases"])
		assert.Contains(t, evaluations["reason"], "not installed")
	}
	assert.Equal(t, []string{"covered", "missing", "required"}, keys(printed["configRules"]))

	cost := printed["cost"].(map[string]any)
	assert.Equal(t, []string{
		"currency", "lines", "outdated", "packages", "priceDate", "region", "total", "uncounted", "usage",
	}, keys(cost))
	assert.Equal(t, "USD", cost["currency"])
	assert.Regexp(t, `^\d{4}-\d\d-\d\d$`, cost["priceDate"])
	assert.Empty(t, cost["uncounted"], "a render knows how many there are of everything")
	sum := 0.0
	for _, l := range cost["lines"].([]any) {
		line := l.(map[string]any)
		assert.Subset(t, keys(line), []string{"count", "monthly", "package", "unitPrice", "what"})
		sum += line["monthly"].(float64)
	}
	assert.Positive(t, sum)
	assert.InDelta(t, sum, cost["total"], 0.001)
	assert.NotEmpty(t, cost["usage"])

	controls := printed["controls"].([]any)
	require.GreaterOrEqual(t, len(controls), 15)
	for _, c := range controls {
		control := c.(map[string]any)
		assert.Subset(t, keys(control), []string{"findings", "id", "kind", "requirements", "verdict"})
		assert.Contains(t, []any{"pass", "not applicable"}, control["verdict"], control["id"])
		assert.NotNil(t, control["findings"], "no findings are an empty list")
		assert.NotEmpty(t, control["requirements"], control["id"])
	}
	requirements := printed["requirements"].([]any)
	require.GreaterOrEqual(t, len(requirements), 60)
	for _, r := range requirements {
		requirement := r.(map[string]any)
		assert.Equal(t, []string{"controls", "id", "nature"}, keys(requirement))
		assert.NotNil(t, requirement["controls"], "no controls are an empty list")
	}
}

func TestGxpCheck_EndsWithWhatTheStackCosts(t *testing.T) {
	got := gxp(t, projectFolder(t), "check", "--evaluation", "off")
	require.Equal(t, exitDone, got.code, got.err+got.out)
	assert.Regexp(t, `(?m)^cost: \$[\d,]+\.\d\d a month while nothing happens \(list prices of us-east-1, \d{4}-\d\d-\d\d\)$`, got.out)
	assert.Regexp(t, `(?m)^ +\$[\d.]+  \d+ x NAT gateway \(landingzone\)$`, got.out)
	assert.Regexp(t, `\nusage comes on top: .*S3 storage.*\n$`, got.out)
}

func TestGxpCheck_SpeaksToCodeScanners(t *testing.T) {
	got := gxp(t, projectFolder(t), "check", "--evaluation", "off", "--format", "sarif")
	require.Equal(t, exitDone, got.code, got.err)
	report, err := sarif.FromString(got.out)
	require.NoError(t, err)
	require.NoError(t, report.Validate())
	require.Len(t, report.Runs, 1)
	assert.GreaterOrEqual(t, len(report.Runs[0].Tool.Driver.Rules), 15)
}

func TestGxpCheck_SpeaksToTestReporters(t *testing.T) {
	got := gxp(t, projectFolder(t), "check", "--evaluation", "off", "--format", "junit")
	require.Equal(t, exitDone, got.code, got.err)
	var suites junit.Testsuites
	require.NoError(t, xml.Unmarshal([]byte(got.out), &suites))
	assert.GreaterOrEqual(t, suites.Tests, 15)
	assert.Zero(t, suites.Failures)
}

func TestGxpCheck_TurnsRed(t *testing.T) {
	rendered := gxp(t, projectFolder(t), "render")
	require.Equal(t, exitDone, rendered.code, rendered.err)
	broken := strings.ReplaceAll(rendered.out, `"enableKeyRotation": true`, `"enableKeyRotation": false`)
	require.NotEqual(t, rendered.out, broken)

	for format, want := range map[string]string{
		"text":  "FAIL GXP-",
		"json":  `"verdict": "fail"`,
		"sarif": `"level": "error"`,
		"junit": "<failure ",
	} {
		t.Run(format, func(t *testing.T) {
			cmd := command(t, projectFolder(t), "check", "--evaluation", "off", "--state", "-", "--format", format)
			cmd.Stdin = strings.NewReader(broken)
			got := finish(t, cmd)
			assert.Equal(t, exitFindings, got.code)
			assert.Contains(t, got.out, want)
			assert.Contains(t, got.out, "enableKeyRotation", "the finding names the property")
			assert.Contains(t, got.out, "aws:kms/key:Key", "the finding names the resource")
			assert.Empty(t, got.err)
		})
	}
	t.Run("not when the state is whole", func(t *testing.T) {
		cmd := command(t, projectFolder(t), "check", "--evaluation", "off", "--state", "-")
		cmd.Stdin = strings.NewReader(rendered.out)
		got := finish(t, cmd)
		assert.Equal(t, exitDone, got.code, got.out)
	})
}

func TestGxpCheck_RefusesWhatIsNoState(t *testing.T) {
	for name, input := range map[string]string{
		"nothing": "", "no JSON": "resources", "another object": `{"a": 1}`, "a list": "[]",
	} {
		t.Run(name, func(t *testing.T) {
			cmd := command(t, projectFolder(t), "check", "--state", "-")
			cmd.Stdin = strings.NewReader(input)
			got := finish(t, cmd)
			assert.Equal(t, exitUse, got.code)
			assert.NotEmpty(t, got.err)
			assert.Empty(t, got.out)
		})
	}
}
