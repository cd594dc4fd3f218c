//go:build unix

package rehearsal

import (
	"os"
	"os/exec"
	"runtime"
	"syscall"
)

// ownGroup starts the command in a process group of its own, so that signals
// reach it and its children through us alone.
func ownGroup(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// interrupt asks the engine to stop. Only the engine itself is asked: its
// plugins are told by it.
func interrupt(process *os.Process) error { return process.Signal(os.Interrupt) }

// killGroup ends a process and all its descendants at once. A group that has
// ended already is no error.
func killGroup(process *os.Process) {
	// ESRCH is the ordinary case: everything has ended by itself.
	_ = syscall.Kill(-process.Pid, syscall.SIGKILL)
}

// peakOf returns the largest resident memory of an ended process, in bytes.
func peakOf(state *os.ProcessState) int64 {
	if state == nil {
		return 0
	}
	used, ok := state.SysUsage().(*syscall.Rusage)
	if !ok {
		return 0
	}
	return maxRSS(used)
}

// ownPeak returns the largest resident memory of this process, in bytes.
func ownPeak() int64 {
	var used syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &used); err != nil {
		return 0
	}
	return maxRSS(&used)
}

// maxRSS converts to bytes: Linux and the BSDs count kibibytes, Apple bytes.
func maxRSS(used *syscall.Rusage) int64 {
	if runtime.GOOS == "darwin" || runtime.GOOS == "ios" {
		return int64(used.Maxrss)
	}
	return int64(used.Maxrss) * 1024
}
