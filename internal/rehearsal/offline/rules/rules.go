// Package rules is what AWS would refuse and Go's types cannot see: names and
// sizes out of bounds, malformed policies, references to what does not exist,
// quotas. Its functions are pure; they know a resource as its inputs and the
// rest of AWS as a [World].
//
// The rules are a table by resource type. A new type is one row of small checks.
package rules

import (
	"fmt"
	"iter"
)

// Resource is a resource as the provider receives it.
type Resource struct {
	// Type is the type token, such as aws:s3/bucketV2:BucketV2.
	Type string

	// Name is the logical name, URN the identity in the stack.
	Name, URN string

	// Inputs are plain Go values: string, float64, bool, []any, map[string]any
	// and Unknown. For what exists already its outputs (id, arn, ...) are
	// merged in.
	Inputs map[string]any

	// Region and AccountID are those of the provider. Empty means not known.
	Region, AccountID string
}

// Unknown stands for a value that is not yet known. Rules are silent about it.
type Unknown struct{}

// World is what exists already. Its resources are only read.
type World interface {
	// Find returns the resource of a type by the id that Pulumi knows it by.
	Find(typ, id string) (Resource, bool)

	// All yields the resources of a type. It is called often: it should not
	// copy them.
	All(typ string) iter.Seq[Resource]
}

// Failure is one reason why AWS would refuse a resource.
type Failure struct {
	// Property is the path of the input that is to blame, such as
	// rules[0].status. It is empty when the resource as a whole is refused.
	Property string

	// Message is AWS's error code, what is wrong, and the remedy.
	Message string
}

// Rules are the rules under certain quotas.
type Rules struct {
	quotas Quotas
}

// New returns the rules under the quotas. A field that is zero takes its default.
func New(quotas Quotas) Rules {
	return Rules{quotas: quotas.orDefault()}
}

var standard = New(Quotas{})

// Static returns what AWS would refuse about the inputs alone, under the
// default quotas.
func Static(r Resource) []Failure { return standard.Static(r) }

// Against returns what AWS would refuse in view of what exists already, under
// the default quotas. The resource itself may be in the world, as it is while
// it is updated.
func Against(r Resource, w World) []Failure { return standard.Against(r, w) }

// Known reports whether there are rules for the type at all.
func Known(typ string) bool {
	_, ok := table[typ]
	return ok
}

// Static returns what AWS would refuse about the inputs alone.
func (rules Rules) Static(r Resource) []Failure {
	s := &scope{Resource: r, quotas: rules.quotas}
	s.run(table[r.Type].static)
	return s.failures
}

// Against returns what AWS would refuse in view of what exists already.
func (rules Rules) Against(r Resource, w World) []Failure {
	s := &scope{Resource: r, quotas: rules.quotas, world: w}
	s.run([]check{accountCanBeEntered})
	if len(s.failures) > 0 {
		// Whoever cannot enter the account learns nothing more about it.
		return s.failures
	}
	s.run(table[r.Type].against)
	return s.failures
}

// check reports through the scope what it finds.
type check func(*scope)

// row holds the checks of one resource type.
type row struct {
	// static checks see the inputs alone; their scope has no world.
	static []check

	// against checks see what exists already.
	against []check
}

// scope is one resource under examination.
type scope struct {
	Resource
	quotas   Quotas
	world    World
	failures []Failure
}

func (s *scope) run(checks []check) {
	for _, c := range checks {
		c(s)
	}
}

// fail records that AWS answers with code.
func (s *scope) fail(property, code, format string, args ...any) {
	s.failures = append(s.failures, Failure{Property: property, Message: code + ": " + fmt.Sprintf(format, args...)})
}

// reject records that AWS answers with the code that the service gives to plain
// input errors.
func (s *scope) reject(property, format string, args ...any) {
	s.fail(property, inputError(s.Type), format, args...)
}
