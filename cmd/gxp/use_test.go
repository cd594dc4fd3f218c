package main

import (
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGxp_RefusesWrongUse(t *testing.T) {
	tests := map[string]struct {
		args []string
		want string
	}{
		"nothing at all":           {nil, "name a command"},
		"a misspelled command":     {[]string{"rehears"}, "did you mean rehearse?"},
		"a command of nobody's":    {[]string{"frobnicate"}, `unknown command "frobnicate"`},
		"a misspelled flag":        {[]string{"rehearse", "--accuonts", "3"}, "did you mean --accounts?"},
		"a flag of nobody's":       {[]string{"render", "--frobnicate"}, "unknown flag: --frobnicate"},
		"an argument too many":     {[]string{"render", "prod"}, `takes no arguments, got "prod"`},
		"a number that is none":    {[]string{"rehearse", "--accounts", "many"}, `invalid argument "many"`},
		"fewer accounts than none": {[]string{"rehearse", "--accounts", "-1"}, "--accounts is -1, must be 0 to"},
		"too many accounts":        {[]string{"bench", "--accounts", "0,99999"}, "--accounts has 99999, must be 0 to"},
		"an unknown latency":       {[]string{"rehearse", "--latency", "azure"}, `"azure"`},
		"an unknown format":        {[]string{"check", "--format", "yaml"}, `--format "yaml" is not one of text, json, sarif, junit`},
		"a matrix of no format":    {[]string{"segmentation", "--format", "png"}, `--format "png" is not one of markdown, svg, json`},
		"two formats":              {[]string{"check", "--json", "--format", "sarif"}, "json"},
		"a stack that is a path":   {[]string{"render", "--stack", "../prod"}, `--stack "../prod" is not a stack name`},
		"a stack that is not":      {[]string{"render", "--stack", "nowhere"}, "Pulumi.nowhere.yaml"},
		"a state that is not":      {[]string{"check", "--state", "nowhere.json"}, "nowhere.json"},
		"an unwritable state":      {[]string{"rehearse", "--state", "nowhere/state.json"}, "--state nowhere/state.json cannot be written"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := gxp(t, projectFolder(t), tt.args...)
			assert.Equal(t, exitUse, got.code)
			assert.Contains(t, got.err, tt.want)
			assert.Empty(t, got.out, "results alone go to standard output")
			assert.NotContains(t, got.err, "goroutine")
		})
	}
}

func TestGxp_ExplainsItselfWithExamples(t *testing.T) {
	for _, command := range []string{"", "rehearse", "render", "check", "segmentation", "bench", "version"} {
		t.Run("gxp "+command, func(t *testing.T) {
			got := gxp(t, t.TempDir(), append(strings.Fields(command), "--help")...)
			assert.Equal(t, exitDone, got.code)
			assert.Contains(t, got.out, "Usage:")
			assert.Contains(t, got.out, "Examples:\n  gxp "+command)
			assert.Contains(t, got.out, "--stack")
			assert.Empty(t, got.err)
		})
	}
}

func TestGxp_NeedsAProject(t *testing.T) {
	got := gxp(t, t.TempDir(), "render")
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, "run gxp inside the project folder")
}

func TestGxp_FindsTheProjectFromBelow(t *testing.T) {
	got := gxp(t, filepath.Join(projectFolder(t), "cmd", "gxp"), "render", "--stack", "nowhere")
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, filepath.Join("..", "..", "Pulumi.nowhere.yaml"))
}

func TestGxp_NamesEveryProblemOfAConfigurationWithItsPlace(t *testing.T) {
	email := regexp.MustCompile(`(?m)^(\s+email: ).*$`)
	folder := copyProject(t, func(s string) string {
		return email.ReplaceAllString(s, "${1}nobody")
	})
	for _, command := range []string{"render", "check", "rehearse", "bench"} {
		t.Run(command, func(t *testing.T) {
			got := gxp(t, folder, command)
			assert.Equal(t, exitUse, got.code)
			assert.Empty(t, got.out)
			lines := strings.Split(strings.TrimSpace(got.err), "\n")
			require.Greater(t, len(lines), 10, "each account's address is wrong")
			for _, line := range lines {
				assert.Regexp(t, `^Pulumi\.prod\.yaml:\d+:\d+: \S+: `, line)
			}
		})
	}
}

func TestGxp_SaysWhatIsWrongWithBrokenYAML(t *testing.T) {
	folder := copyProject(t, func(s string) string { return s + "\n  ]: [\n" })
	got := gxp(t, folder, "check")
	assert.Equal(t, exitUse, got.code)
	assert.Regexp(t, `^Pulumi\.prod\.yaml:\d+:\d+: `, got.err)
}

func TestGxpVersion_NamesPulumi(t *testing.T) {
	got := gxp(t, t.TempDir(), "version")
	assert.Equal(t, exitDone, got.code)
	assert.Regexp(t, `(?m)^pulumi 3\.\d+\.\d+$`, got.out)
}
