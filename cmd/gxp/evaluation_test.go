package main

import (
	"encoding/xml"
	"strings"
	"testing"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/evaluation"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

func TestGxpCheck_SaysThatNothingWasEvaluatedWithoutTheTool(t *testing.T) {
	folder := copyProject(t, nil)
	got := gxp(t, folder, "check")
	assert.Equal(t, exitDone, got.code, got.err+got.out)
	assert.Contains(t, got.out, "nothing was evaluated")

	got = gxp(t, folder, "check", "--json")
	evaluations := decode(t, got.out)["evaluations"].(map[string]any)
	assert.Equal(t, false, evaluations["evaluated"])
	assert.EqualValues(t, 0, evaluations["cases"])
	assert.NotEmpty(t, evaluations["reason"])

	got = gxp(t, folder, "check", "--evaluation", "require")
	assert.Equal(t, exitFindings, got.code, "what was not evaluated has not passed")

	got = gxp(t, folder, "check", "--format", "junit")
	var suites junit.Testsuites
	require.NoError(t, xml.Unmarshal([]byte(got.out), &suites))
	assert.Equal(t, 1, suites.Suites[1].Skipped)
}

func TestGxpCheck_RefusesAnUnknownWayToEvaluate(t *testing.T) {
	got := gxp(t, projectFolder(t), "check", "--evaluation", "maybe")
	assert.Equal(t, exitUse, got.code)
	assert.Contains(t, got.err, "auto, require, off")
}

func TestGxpCheck_TurnsRedWhenAPolicyDoesNotHold(t *testing.T) {
	if _, err := evaluation.FindTool(projectFolder(t)); err != nil {
		testtool.Missing(t, "policies are not evaluated: %v", err)
	}
	rendered := gxp(t, projectFolder(t), "render")
	require.Equal(t, exitDone, rendered.code, rendered.err)
	weaker := strings.ReplaceAll(rendered.out, "cloudtrail:StopLogging", "cloudtrail:LookupEvent")
	require.NotEqual(t, rendered.out, weaker)

	cmd := command(t, projectFolder(t), "check", "--state", "-")
	cmd.Stdin = strings.NewReader(weaker)
	got := finish(t, cmd)
	assert.Equal(t, exitFindings, got.code)
	assert.Contains(t, got.out, "FAIL trail-stop/")
	assert.Contains(t, got.out, "it is allowed (GXP-SCP-010)")
	assert.Contains(t, got.out, "TrailsKeepRecording (attached to Workloads): AWS has no action cloudtrail:LookupEvent")
}
