package segmentation

import "fmt"

// Equal says whether two matrices say the same, in whatever order.
func (m Matrix) Equal(other Matrix) bool { return len(m.Differences(other)) == 0 }

// Differences says where another matrix differs from this one, one sentence
// each, from the point of view of this one: what it expects, and what the other
// has instead. Places are told apart by name and region; their order does not
// matter.
func (m Matrix) Differences(other Matrix) []string {
	var found []string
	theirs := make([]int, len(m.Places))
	for i, place := range m.Places {
		theirs[i] = other.find(place.Name, place.Region)
		if theirs[i] < 0 {
			found = append(found, fmt.Sprintf("%s is missing", place))
			continue
		}
		found = append(found, place.differences(other.Places[theirs[i]])...)
	}
	for _, place := range other.Places {
		if m.find(place.Name, place.Region) < 0 {
			found = append(found, fmt.Sprintf("%s is not expected", place))
		}
	}
	for i, from := range m.Places {
		for j, to := range m.Places {
			if theirs[i] < 0 || theirs[j] < 0 {
				continue
			}
			want, got := m.way(i, j), other.way(theirs[i], theirs[j])
			if want != got {
				found = append(found, fmt.Sprintf("%s to %s is %s, want %s", from, to, got, want))
			}
		}
	}
	return found
}

// differences says where another description of the same place differs.
func (p Place) differences(other Place) []string {
	var found []string
	for _, said := range []struct{ what, want, got string }{
		{"classification", p.Classification, other.Classification},
		{"range", p.Range, other.Range},
	} {
		if said.want != said.got {
			found = append(found, fmt.Sprintf("%s: %s is %q, want %q", p, said.what, said.got, said.want))
		}
	}
	return found
}

// way is how a row may reach a column.
func (m Matrix) way(i, j int) way {
	switch {
	case m.inspected(i, j):
		return inspected
	case m.allowed(i, j):
		return direct
	default:
		return closed
	}
}

// way is how one place may reach another.
type way int

const (
	closed    way = iota // not at all
	direct               // without a firewall in between
	inspected            // through a firewall
)

func (w way) String() string {
	return [...]string{"not allowed", "allowed", "allowed with inspection"}[w]
}
