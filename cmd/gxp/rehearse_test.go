package main

import (
	"bufio"
	"encoding/json"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestGxpRehearse_DeploysWhatIsRendered(t *testing.T) {
	t.Parallel()
	needCLI(t)
	state := filepath.Join(t.TempDir(), "state.json")
	cmd := command(t, projectFolder(t), "rehearse", "--accounts", "4", "--segment", "--fault", "--json", "--state", state)
	got := finish(t, cmd)
	require.Equal(t, exitDone, got.code, got.err+got.out)
	assert.Empty(t, leftBehind(t, cmd))

	printed := decode(t, got.out)
	assert.Equal(t, []string{
		"accounts", "controls", "ok", "peakMemoryMB", "phases", "providers", "resources", "resourcesByPackage",
		"secondPreviewChanges",
	}, keys(printed))
	assert.Equal(t, []string{"failed", "passed", "unknown"}, keys(printed["controls"]))
	assert.Equal(t, true, printed["ok"])
	assert.Zero(t, printed["secondPreviewChanges"])
	assert.Zero(t, printed["controls"].(map[string]any)["failed"])
	assert.Contains(t, got.err, "offline test double")
	assert.Contains(t, got.err, "second preview   ok")
	assert.Equal(t, true, phaseOf(t, printed, "segment added")["ok"])
	assert.Equal(t, []string{"create", "same"}, slices.DeleteFunc(keys(phaseOf(t, printed, "segment added")["operations"]), isRead),
		"adding a segment changes nothing else")
	assert.NotContains(t, got.err+got.out, "\x1b", "no colour away from a terminal")

	data, err := os.ReadFile(state)
	require.NoError(t, err)
	deployed, err := qualification.LoadDeployment(data)
	require.NoError(t, err)
	assert.EqualValues(t, len(deployed.Resources), printed["resources"])
	assert.Equal(t, exitDone, gxp(t, t.TempDir(), "check", "--state", state).code, "the controls pass on the state alone")

	rendered, err := qualification.LoadDeployment([]byte(gxp(t, projectFolder(t), "render").out))
	require.NoError(t, err)
	require.NotEmpty(t, rendered.Resources)
	accounts, added := accountIDs(rendered), accountIDs(deployed)
	maps.DeleteFunc(added, func(name, _ string) bool { return accounts[name] != "" })
	require.Len(t, added, 4)
	for _, r := range rendered.Resources {
		same := deployed.Resource(r.URN)
		if !assert.NotNil(t, same, r.URN) {
			continue
		}
		forgetContent(r.Inputs)
		forgetContent(same.Inputs)
		if r.Type == "aws:scheduler/schedule:Schedule" {
			forgetAccounts(t, same, added, lists(t, r, accounts["organization-network"]))
		}
		assert.Equal(t, asJSON(t, r.Inputs), asJSON(t, same.Inputs), r.URN)
		assert.Equal(t, r.Parent, same.Parent, r.URN)
		assert.Equal(t, r.Protect, same.Protect, r.URN)
	}
	for _, r := range deployed.Resources {
		if rendered.Resource(r.URN) == nil {
			assert.Contains(t, r.URN, "rehearsal-", "only the added accounts and the added segment are not in the render")
		}
	}
}

// phaseOf is a phase of a summary that was printed.
func phaseOf(t *testing.T, printed map[string]any, name string) map[string]any {
	t.Helper()
	for _, p := range printed["phases"].([]any) {
		if phase := p.(map[string]any); phase["name"] == name {
			return phase
		}
	}
	require.Failf(t, "no such phase", "%s is not among %v", name, printed["phases"])
	return nil
}

// isRead says whether an operation of the engine looks alone.
func isRead(operation string) bool { return operation == "read" || operation == "refresh" }

// forgetContent takes the digest off a file: a render does not read it, and a
// rehearsal has a placeholder in its place.
func forgetContent(inputs map[string]any) {
	if source, ok := inputs["source"].(map[string]any); ok && source["path"] != nil {
		delete(source, "hash")
	}
}

// accountIDs are the ids of the accounts that the resources make, by their names.
func accountIDs(g *qualification.Graph) map[string]string {
	ids := map[string]string{}
	for _, account := range g.OfType("aws:organizations/account:Account") {
		ids[account.Name()] = account.ID
	}
	return ids
}

// lists is how many of the lists that a schedule passes on name an account.
func lists(t *testing.T, schedule *qualification.Resource, account string) int {
	t.Helper()
	input, known := schedule.Get("target.input").Text()
	require.True(t, known, schedule.URN)
	return len(quoted(account).FindAllString(input, -1))
}

// forgetAccounts takes accounts off the lists that a schedule passes on, and
// demands that each was in all of them.
func forgetAccounts(t *testing.T, schedule *qualification.Resource, accounts map[string]string, all int) {
	t.Helper()
	target := schedule.Inputs["target"].(map[string]any)
	for name, account := range accounts {
		assert.Equal(t, all, lists(t, schedule, account), "%s: lists with %s", schedule.URN, name)
		target["input"] = quoted(account).ReplaceAllString(target["input"].(string), "")
	}
}

// quoted finds an account in a list of several, with the comma on one side.
func quoted(account string) *regexp.Regexp {
	id := `["']` + account + `["']`
	return regexp.MustCompile(", ?" + id + "|" + id + ", ?")
}

func asJSON(t *testing.T, inputs map[string]any) string {
	t.Helper()
	data, err := json.Marshal(inputs)
	require.NoError(t, err)
	return string(data)
}

// leftBehind lists the temporary folder that command gave the process.
func leftBehind(t *testing.T, cmd *exec.Cmd) []string {
	t.Helper()
	i := slices.IndexFunc(cmd.Env, func(e string) bool { return strings.HasPrefix(e, asCommand) })
	folder := strings.TrimPrefix(cmd.Env[i+1], "TMPDIR=")
	entries, err := os.ReadDir(folder)
	require.NoError(t, err)
	var names []string
	for _, entry := range entries {
		names = append(names, entry.Name())
	}
	return names
}

func TestGxpRehearse_EndsCleanlyWhenInterrupted(t *testing.T) {
	t.Parallel()
	needCLI(t)
	for name, signal := range map[string]os.Signal{"by Ctrl-C": os.Interrupt, "by SIGTERM": syscall.SIGTERM} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			cmd := command(t, projectFolder(t), "rehearse", "--latency", "aws")
			output, err := cmd.StderrPipe()
			require.NoError(t, err)
			var out strings.Builder
			cmd.Stdout = &out
			require.NoError(t, cmd.Start())
			said := bufio.NewScanner(output)
			for said.Scan() && !strings.HasPrefix(said.Text(), "preview") {
			}
			// The deployment that follows the preview takes much longer than this.
			time.Sleep(time.Second)
			require.NoError(t, cmd.Process.Signal(signal))
			rest := ""
			for said.Scan() {
				rest += said.Text() + "\n"
			}
			require.Error(t, cmd.Wait())
			assert.Equal(t, exitInterrupted, cmd.ProcessState.ExitCode())
			assert.Contains(t, rest, "rehearsal interrupted; its processes have ended and its temporary folder is removed")
			assert.Empty(t, out.String())
			assert.Empty(t, leftBehind(t, cmd))
		})
	}
}

func TestGxpRehearse_SaysHowToGetTheEngine(t *testing.T) {
	folder := copyProject(t, nil)
	for _, name := range []string{"rehearse", "bench"} {
		cmd := command(t, folder, name)
		cmd.Env = append(cmd.Env, "PATH="+t.TempDir(), "GXP_PULUMI=")
		got := finish(t, cmd)
		assert.Equal(t, exitUse, got.code)
		assert.Contains(t, got.err, `run "make tools" in the project folder`)
		assert.Empty(t, got.out)
	}
}

func TestGxpBench_MeasuresEachSizeInItsOwnProcess(t *testing.T) {
	t.Parallel()
	needCLI(t)
	cmd := command(t, projectFolder(t), "bench", "--accounts", "0", "--json")
	got := finish(t, cmd)
	// A busy machine may exceed a budget, and that is no fault of the command.
	require.Contains(t, []int{exitDone, exitFindings}, got.code, got.err)
	var result benchResult
	require.NoError(t, json.NewDecoder(strings.NewReader(got.out)).Decode(&result))
	require.Len(t, result.Rows, 1)
	row := result.Rows[0]
	assert.Positive(t, row.Resources)
	assert.Equal(t, row.Resources, row.Engine.Resources+references, "the engine registers what is rendered")
	for name, figure := range map[string]float64{
		"render": row.RenderSeconds, "process": row.RenderWallSeconds, "preview": row.Engine.PreviewSeconds,
		"up": row.Engine.UpSeconds, "plain": row.Engine.PlainPreviewSeconds, "ratio": row.Ratio,
		"memory": float64(row.PeakMemoryMB), "engine memory": float64(row.Engine.PeakMemoryMB),
	} {
		assert.Positive(t, figure, name)
	}
	assert.Len(t, result.Budgets, 3)
	assert.Empty(t, leftBehind(t, cmd))
}

// references are what the engine does not count among what it creates: the
// stack's reference to that of the bootstrap, and the providers that it makes by
// itself, for that reference and for the VPCs of awsx.
const references = 3
