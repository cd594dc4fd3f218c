package mutation

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Statement is a statement of a policy document, as JSON has it.
type Statement = map[string]any

// WithoutStatement takes the statement with a Sid out of the policy document at
// a path of the inputs.
func WithoutStatement(path, sid string) Mutation {
	return editStatements(path, func(statements []Statement) ([]Statement, error) {
		kept := slices.DeleteFunc(slices.Clone(statements), func(s Statement) bool { return s["Sid"] == sid })
		if len(kept) == len(statements) {
			return nil, fmt.Errorf("there is no statement %s", sid)
		}
		return kept, nil
	})
}

// EditStatement changes the statement with a Sid in the policy document at a
// path of the inputs.
func EditStatement(path, sid string, edit func(Statement)) Mutation {
	return editStatements(path, func(statements []Statement) ([]Statement, error) {
		i := slices.IndexFunc(statements, func(s Statement) bool { return s["Sid"] == sid })
		if i < 0 {
			return nil, fmt.Errorf("there is no statement %s", sid)
		}
		edit(statements[i])
		return statements, nil
	})
}

// AddStatement adds a statement to the policy document at a path of the inputs.
func AddStatement(path string, statement Statement) Mutation {
	return editStatements(path, func(statements []Statement) ([]Statement, error) {
		return append(statements, statement), nil
	})
}

func editStatements(path string, edit func([]Statement) ([]Statement, error)) Mutation {
	return func(r *qualification.Resource) error {
		text, ok := r.Get(path).Text()
		if !ok {
			return fmt.Errorf("%s: is not a policy document", path)
		}
		var document map[string]any
		if err := json.Unmarshal([]byte(text), &document); err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		list, _ := document["Statement"].([]any)
		var statements []Statement
		for _, item := range list {
			statement, ok := item.(Statement)
			if !ok {
				return fmt.Errorf("%s: has a statement that is no object", path)
			}
			statements = append(statements, statement)
		}
		statements, err := edit(statements)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		document["Statement"] = statements
		changed, err := json.Marshal(document)
		if err != nil {
			return fmt.Errorf("%s: %w", path, err)
		}
		return Set(path, string(changed))(r)
	}
}
