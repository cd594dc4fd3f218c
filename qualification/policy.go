package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// Document is a policy document, read for what it means.
type Document struct {
	Statements []Statement
}

// Statement is one statement of a policy document. Lists hold one element where
// the document has a bare string.
type Statement struct {
	Sid    string
	Effect string // Allow or Deny

	// Principals are the principals by kind: AWS, Service, Federated,
	// CanonicalUser. The principal "*" is AWS "*", which means the same.
	Principals    map[string][]string
	NotPrincipals map[string][]string
	Actions       []string
	NotActions    []string
	Resources     []string
	NotResources  []string
	Conditions    []Condition
}

// Condition is one condition of a statement: any of the values may match.
type Condition struct {
	Operator, Key string
	Values        []string
}

// ParseDocument reads a policy document. It returns an error for what AWS would
// not accept as one.
func ParseDocument(text string) (*Document, error) {
	var document struct {
		Statement json.RawMessage
	}
	if err := decodeJSON([]byte(text), &document); err != nil {
		return nil, fmt.Errorf("read policy: %w", err)
	}
	statements, err := oneOrMany[rawStatement](document.Statement)
	if err != nil {
		return nil, fmt.Errorf("read policy: statements: %w", err)
	}
	parsed := &Document{}
	for i, raw := range statements {
		statement, err := raw.parse()
		if err != nil {
			return nil, fmt.Errorf("read policy: statement %d: %w", i+1, err)
		}
		parsed.Statements = append(parsed.Statements, statement)
	}
	return parsed, nil
}

type rawStatement struct {
	Sid, Effect             string
	Principal, NotPrincipal json.RawMessage
	Action, NotAction       json.RawMessage
	Resource, NotResource   json.RawMessage
	Condition               map[string]map[string]json.RawMessage
}

func (raw rawStatement) parse() (Statement, error) {
	s := Statement{Sid: raw.Sid, Effect: raw.Effect}
	if s.Effect != "Allow" && s.Effect != "Deny" {
		return s, fmt.Errorf("effect %q must be Allow or Deny", s.Effect)
	}
	var err error
	for _, list := range []struct {
		into *[]string
		from json.RawMessage
	}{
		{&s.Actions, raw.Action}, {&s.NotActions, raw.NotAction},
		{&s.Resources, raw.Resource}, {&s.NotResources, raw.NotResource},
	} {
		if *list.into, err = oneOrMany[string](list.from); err != nil {
			return s, err
		}
	}
	if s.Principals, err = parsePrincipals(raw.Principal); err != nil {
		return s, err
	}
	if s.NotPrincipals, err = parsePrincipals(raw.NotPrincipal); err != nil {
		return s, err
	}
	s.Conditions, err = parseConditions(raw.Condition)
	return s, err
}

func parsePrincipals(raw json.RawMessage) (map[string][]string, error) {
	if len(raw) == 0 {
		return nil, nil
	}
	if string(raw) == `"*"` {
		return map[string][]string{"AWS": {"*"}}, nil
	}
	var kinds map[string]json.RawMessage
	if err := json.Unmarshal(raw, &kinds); err != nil {
		return nil, fmt.Errorf("principal: %w", err)
	}
	principals := map[string][]string{}
	for kind, raw := range kinds {
		names, err := oneOrMany[string](raw)
		if err != nil {
			return nil, fmt.Errorf("principal: %s: %w", kind, err)
		}
		principals[kind] = names
	}
	return principals, nil
}

func parseConditions(raw map[string]map[string]json.RawMessage) ([]Condition, error) {
	var conditions []Condition
	for operator, keys := range raw {
		for key, raw := range keys {
			values, err := oneOrMany[any](raw)
			if err != nil {
				return nil, fmt.Errorf("condition: %s: %s: %w", operator, key, err)
			}
			condition := Condition{Operator: operator, Key: key}
			for _, value := range values {
				condition.Values = append(condition.Values, fmt.Sprint(value))
			}
			conditions = append(conditions, condition)
		}
	}
	slices.SortFunc(conditions, func(a, b Condition) int {
		return strings.Compare(a.Operator+" "+a.Key, b.Operator+" "+b.Key)
	})
	return conditions, nil
}

// oneOrMany reads a list, or the only element of one that was written without
// the list around it.
func oneOrMany[T any](raw json.RawMessage) ([]T, error) {
	if len(raw) == 0 || string(raw) == "null" {
		return nil, nil
	}
	if raw[0] == '[' {
		var many []T
		err := json.Unmarshal(raw, &many)
		return many, err
	}
	var one T
	if err := json.Unmarshal(raw, &one); err != nil {
		return nil, err
	}
	return []T{one}, nil
}
