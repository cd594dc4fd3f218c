//go:build !unix

package rehearsal

import (
	"os"
	"os/exec"
	"runtime"
)

// ownGroup does nothing where there are no process groups.
func ownGroup(*exec.Cmd) {}

// interrupt ends the engine: a signal cannot be sent to a single process here.
func interrupt(process *os.Process) error { return process.Kill() }

// killGroup ends the process.
func killGroup(process *os.Process) {
	// It may have ended by itself, which is what we want.
	_ = process.Kill()
}

// peakOf is unknown here.
func peakOf(*os.ProcessState) int64 { return 0 }

// ownPeak returns the memory that the Go runtime has obtained, in bytes.
func ownPeak() int64 {
	var stats runtime.MemStats
	runtime.ReadMemStats(&stats)
	return int64(stats.Sys)
}
