package offline

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// row is what the offline AWS knows about one resource type. What AWS rejects
// is not here but in package rules.
type row struct {
	// id is the pattern of the resource's id, in the placeholders of
	// subject.expand. The same URN gives the same id until a property of
	// replace changes.
	id string

	// arn is the pattern of the output of that name; empty where the type has
	// none.
	arn string

	// autoname is the property that the provider names when the program does
	// not.
	autoname string

	// outputs are computed outputs by name: a string is a pattern, an answer
	// is a function, anything else a constant. An input of the same name wins.
	outputs map[string]any

	// replace lists the properties whose change makes a new resource: what the
	// provider's schema marks ForceNew.
	replace []string

	// tagged says that the type takes tags, and so tagsAll comes out.
	tagged bool

	// global says that AWS keeps the resource once per account, not per
	// region.
	global bool

	// within is the property inside whose value the id is unique, where AWS
	// allows the same id elsewhere in the account.
	within string

	// takes is how long AWS typically needs to create one. The rehearsal
	// divides it.
	takes time.Duration
}

// answer computes an output that no pattern can express.
type answer func(subject) resource.PropertyValue

// table is every type that the offline AWS knows.
var table = func() map[string]row {
	all := map[string]row{}
	for _, part := range []map[string]row{
		organizationRows, keyRows, bucketRows, identityRows, ssoRows, recordRows,
		notificationRows, catalogRows, stackRows, networkRows, eventRows, protectionRows, backupRows,
		addressRows, perimeterRows, transitRows, onPremisesRows, firewallRows, sharingRows, nameRows,
		analyticsRows, functionRows, streamRows, searchRows, dashboardRows,
	} {
		maps.Copy(all, part)
	}
	return all
}()

// Types returns the resource types that the offline AWS knows, sorted.
func Types() []string { return slices.Sorted(maps.Keys(table)) }

func lookup(typ string) (row, error) {
	r, ok := table[typ]
	if !ok {
		return row{}, fmt.Errorf("the offline AWS does not know %s: add a row to the rows_*.go files of internal/rehearsal/offline", typ)
	}
	return r, nil
}
