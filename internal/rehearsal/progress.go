package rehearsal

import (
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"github.com/schollz/progressbar/v3"
)

// Progress is told how a rehearsal gets on. Begin and End alternate; Step may
// come from another goroutine between them.
type Progress interface {
	// Begin starts a phase of about total steps; 0 is an unknown number.
	Begin(phase string, total int)
	// Step says how many steps are done and which resource is at work.
	Step(done int, resource string)
	// End closes the phase.
	End(Phase)
}

// NewProgress returns a live bar when terminal is true and plain lines
// otherwise: one per phase, and one more every few seconds of a long one.
func NewProgress(w io.Writer, terminal bool) Progress {
	if terminal {
		return &bar{w: w}
	}
	return &lines{w: w, now: time.Now}
}

// lineEvery is how often a long phase says where it is. A log that is read
// afterwards needs no more.
const lineEvery = 5 * time.Second

// lines is progress for logs and pipes.
type lines struct {
	w   io.Writer
	now func() time.Time

	mu    sync.Mutex
	phase string
	total int
	last  time.Time
}

func (l *lines) Begin(phase string, total int) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.phase, l.total, l.last = phase, total, l.now()
}

func (l *lines) Step(done int, resource string) {
	l.mu.Lock()
	defer l.mu.Unlock()
	now := l.now()
	if now.Sub(l.last) < lineEvery {
		return
	}
	l.last = now
	of := ""
	if l.total > 0 {
		of = fmt.Sprintf(" of %d", l.total)
	}
	fmt.Fprintf(l.w, "%s: %d%s, %s\n", l.phase, done, of, resource)
}

func (l *lines) End(p Phase) {
	l.mu.Lock()
	defer l.mu.Unlock()
	fmt.Fprintln(l.w, ended(p))
}

// bar is progress for a terminal.
type bar struct {
	w io.Writer

	mu      sync.Mutex
	phase   string
	total   int
	current *progressbar.ProgressBar
}

func (b *bar) Begin(phase string, total int) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.phase, b.total = phase, total
	if total <= 0 {
		// The library draws a spinner for -1.
		total = -1
	}
	b.current = progressbar.NewOptions(total,
		progressbar.OptionSetWriter(b.w),
		progressbar.OptionSetDescription(phase),
		progressbar.OptionSetWidth(24),
		// The library's own clock would go on drawing after the phase.
		progressbar.OptionSetSpinnerChangeInterval(0),
		progressbar.OptionThrottle(80*time.Millisecond),
		progressbar.OptionShowCount(),
		progressbar.OptionSetPredictTime(false),
		progressbar.OptionClearOnFinish(),
		progressbar.OptionSetRenderBlankState(true),
	)
}

func (b *bar) Step(done int, resource string) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.current == nil {
		return
	}
	if b.total > 0 && done >= b.total {
		// A full bar clears itself, and the phase has not ended.
		done = b.total - 1
	}
	b.current.Describe(fmt.Sprintf("%-16s %-36s", b.phase, clip(resource, 36)))
	// The only error is a write to the terminal that failed, and then there
	// is nobody to tell.
	_ = b.current.Set(done)
}

func (b *bar) End(p Phase) {
	b.mu.Lock()
	defer b.mu.Unlock()
	if b.current != nil {
		_ = b.current.Clear()
		b.current = nil
	}
	fmt.Fprintln(b.w, ended(p))
}

// ended is the line that remains of a phase.
func ended(p Phase) string {
	line := strings.TrimRight(fmt.Sprintf("%-16s %-7s %6.1f s  %s", p.Name, p.result(), p.Seconds, p.did()), " ")
	if !p.OK {
		first, _, _ := strings.Cut(p.Reason, "\n")
		line += "\n" + indent(first)
	}
	return line
}

// clip shortens a name to n characters, keeping its end, which tells like
// names apart.
func clip(name string, n int) string {
	runes := []rune(name)
	if len(runes) <= n {
		return name
	}
	return "…" + string(runes[len(runes)-n+1:])
}

// shortName is a resource as progress shows it: its type's last part and its
// logical name.
func shortName(urn string) string {
	parts := strings.Split(urn, "::")
	if len(parts) < 4 {
		return urn
	}
	typ := parts[2]
	typ = typ[strings.LastIndexAny(typ, ":$")+1:]
	return typ + " " + strings.Join(parts[3:], "::")
}
