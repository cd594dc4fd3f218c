// Package policydoc reads AWS policy documents as strictly as the service that
// would store them: what it accepts is well formed and means what it seems to.
//
// It is a reader for tests and rehearsals. It knows the shape of a document and
// what each kind of policy allows in it; it is not an IAM evaluator, though
// [Document.Allows] answers the simple question whether a service may do
// something.
package policydoc

import "fmt"

// Document is a parsed policy document.
type Document struct {
	// Version is the version of the policy language, 2012-10-17 in anything
	// new.
	Version string

	// ID is the optional Id element.
	ID string

	// Statements are in the order of the document.
	Statements []Statement
}

// Statement is one statement of a document. A list is nil when its element is
// absent; an element written as a single string is a list of one.
type Statement struct {
	Sid, Effect             string
	Principal, NotPrincipal *Principals
	Action, NotAction       []string
	Resource, NotResource   []string

	// Condition maps operator to condition key to values. Numbers and booleans
	// are spelled as JSON spells them.
	Condition map[string]map[string][]string
}

// Principals is the value of a Principal or NotPrincipal element.
type Principals struct {
	// Everyone is true for the bare string *, which AWS reads as {"AWS": "*"}
	// in most places but accepts alone in others.
	Everyone bool

	// Of maps AWS, Service, Federated and CanonicalUser to principals. For
	// Everyone it holds AWS: *.
	Of map[string][]string
}

// Problem is one reason why AWS would refuse a document.
type Problem struct {
	// Path is where the problem is, such as Statement[0].Action. It is empty
	// when the whole document is meant.
	Path string

	// Message says what is wrong and what to write instead.
	Message string
}

// String returns the path and the message.
func (p Problem) String() string {
	if p.Path == "" {
		return p.Message
	}
	return p.Path + ": " + p.Message
}

// problems collects, so that an author sees every problem at once.
type problems []Problem

func (p *problems) add(path, format string, args ...any) {
	*p = append(*p, Problem{Path: path, Message: fmt.Sprintf(format, args...)})
}
