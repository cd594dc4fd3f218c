package pulumitest

import (
	"testing"

	"github.com/stretchr/testify/assert"
)

func TestOrphans_NamesOnlyWhatWouldBeDeleted(t *testing.T) {
	const released = "\nurn:kept\nurn:aliased\nurn:retired\nurn:gone\n"
	got := orphans(released, map[string]bool{"urn:kept": true, "urn:aliased": true}, map[string]string{"urn:retired": "replaced by a service"})
	assert.Equal(t, []string{
		"urn:gone was released and would now be deleted: give its successor an alias, or retire it with a reason"}, got)
}
