package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/segmentation"
)

// matrix is a small one: a segment that may reach the internet.
var matrix = segmentation.Matrix{
	Places:    []segmentation.Place{{Name: "gxp", Region: "eu-test-1", Classification: "gxp", Range: "10.64.0.0/17"}, {Name: "internet"}},
	Allowed:   [][]bool{{true, true}, {false, false}},
	Inspected: [][]bool{{false, true}, {false, false}},
}

func TestPrintMatrix_InEveryFormat(t *testing.T) {
	for format, want := range map[string]string{
		"markdown": "# The title\n\n## Who may reach whom\n",
		"svg":      "<svg xmlns=",
		"json":     "{\n  \"places\": [\n",
	} {
		t.Run(format, func(t *testing.T) {
			var out bytes.Buffer
			a := &app{streams: streams{out: &out}}
			require.NoError(t, a.printMatrix(matrix, "The title", format, ""))
			assert.Equal(t, want, out.String()[:min(len(want), out.Len())])

			file := filepath.Join(t.TempDir(), "matrix")
			require.NoError(t, os.WriteFile(file, []byte("the old one"), 0o600))
			printed := out.String()
			out.Reset()
			require.NoError(t, a.printMatrix(matrix, "The title", format, file))
			assert.Empty(t, out.String(), "a file is written instead of standard output")
			written, err := os.ReadFile(file)
			require.NoError(t, err)
			assert.Equal(t, printed, string(written))
			left, err := os.ReadDir(filepath.Dir(file))
			require.NoError(t, err)
			assert.Len(t, left, 1, "no draft is left behind")
		})
	}
}

func TestPrintMatrix_JSONCanBeReadAgain(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, (&app{streams: streams{out: &out}}).printMatrix(matrix, "", "json", ""))
	var back segmentation.Matrix
	require.NoError(t, json.Unmarshal(out.Bytes(), &back))
	assert.Empty(t, matrix.Differences(back))
}

func TestPrintMatrix_SaysWhatCannotBeWritten(t *testing.T) {
	a := &app{streams: streams{out: &bytes.Buffer{}}}
	file := filepath.Join(t.TempDir(), "nowhere", "matrix.svg")
	assert.ErrorContains(t, a.printMatrix(matrix, "", "svg", file), "--output "+file+" cannot be written: ")
}

func TestGxpSegmentation_OfAStackWithoutANetwork(t *testing.T) {
	file := filepath.Join(t.TempDir(), "matrix.svg")
	got := gxp(t, projectFolder(t), "segmentation", "--stack", "emulator", "--format", "svg", "--output", file)
	assert.Equal(t, exitDone, got.code)
	assert.Equal(t, "stack emulator has no network: landingzone:network is not enabled\n", got.err)
	assert.Empty(t, got.out)
	assert.NoFileExists(t, file)
}
