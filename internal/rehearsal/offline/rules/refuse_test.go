package rules

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// refusal is one change to a valid resource, or to the world around it, that
// makes AWS refuse the resource.
type refusal struct {
	typ    string
	change func(*Resource)
	world  func(memory) memory

	// want is property and message of every failure, one a line.
	want string
}

func refuses(t *testing.T, tests map[string]refusal) {
	t.Helper()
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			r := valid(tt.typ)
			if tt.change != nil {
				tt.change(&r)
			}
			if names := strangers(r); len(names) > 0 {
				t.Fatalf("the SDK has no property %v, so the refusal would never be met", names)
			}
			world := landingZone()
			if tt.typ == organizationType {
				world = nil
			}
			if tt.world != nil {
				world = tt.world(world)
			}
			failures := Static(r)
			if len(failures) == 0 {
				// The engine creates nothing whose inputs did not pass.
				failures = Against(r, world)
			}
			var lines []string
			for _, f := range failures {
				lines = append(lines, f.Property+" | "+f.Message)
			}
			got := strings.Join(lines, "\n")
			if diff := cmp.Diff(tt.want, got); diff != "" {
				t.Errorf("refusal (-want +got):\n%s", diff)
			}
		})
	}
}

// both applies two changes.
func both(a, b func(*Resource)) func(*Resource) {
	return func(r *Resource) { a(r); b(r) }
}
