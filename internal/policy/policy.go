// Package policy models IAM policy documents as plain values: written as data,
// compared in tests, rendered once to canonical JSON.
package policy

import (
	"encoding/json"
	"errors"
	"fmt"
)

// version is the only version of the policy language that AWS recommends.
const version = "2012-10-17"

// Effect is what a matching statement does.
type Effect string

// The effects of a statement.
const (
	Allow Effect = "Allow"
	Deny  Effect = "Deny"
)

// Strings is a list that renders as a bare string when it has one element, as
// AWS itself writes policies. It keeps documents under their size limits.
type Strings []string

// MarshalJSON renders one element without a list around it.
func (s Strings) MarshalJSON() ([]byte, error) {
	if len(s) == 1 {
		return json.Marshal(s[0])
	}
	return json.Marshal([]string(s))
}

// Principal is who a statement is about. The zero value is no principal, as in
// identity policies and service control policies.
type Principal struct {
	// Everyone stands for any principal, even an anonymous one; conditions
	// narrow it.
	Everyone bool

	// AWS lists accounts, roles and users by ARN, or "*".
	AWS Strings

	// Service lists service principals, such as cloudtrail.amazonaws.com.
	Service Strings

	// Federated lists identity providers.
	Federated Strings
}

// Everyone is any principal.
var Everyone = Principal{Everyone: true}

// Service is the principal of the named AWS services.
func Service(names ...string) Principal { return Principal{Service: names} }

// AWS is the principal of the given account, role or user ARNs.
func AWS(arns ...string) Principal { return Principal{AWS: arns} }

// IsZero reports that the statement names no principal.
func (p Principal) IsZero() bool {
	return !p.Everyone && len(p.AWS) == 0 && len(p.Service) == 0 && len(p.Federated) == 0
}

// MarshalJSON renders Everyone as "*" and the rest as AWS writes it.
func (p Principal) MarshalJSON() ([]byte, error) {
	if p.Everyone {
		if len(p.AWS)+len(p.Service)+len(p.Federated) > 0 {
			return nil, errors.New("a principal is either everyone or named, not both")
		}
		return json.Marshal("*")
	}
	return json.Marshal(struct {
		AWS       Strings `json:",omitempty"`
		Federated Strings `json:",omitempty"`
		Service   Strings `json:",omitempty"`
	}{p.AWS, p.Federated, p.Service})
}

// Condition maps an operator, then a condition key, to the accepted values.
// Operators, and keys under one operator, must all hold; of the values of one
// key any may match.
type Condition map[string]map[string]Strings

// Statement is one element of a policy document.
type Statement struct {
	Sid       string
	Effect    Effect
	Principal Principal `json:",omitzero"`
	Action    Strings   `json:",omitempty"`
	NotAction Strings   `json:",omitempty"`
	Resource  Strings   `json:",omitempty"`
	Condition Condition `json:",omitempty"`
}

// JSON renders statements as one policy document. Equal statements give equal
// bytes: the order of statements and lists is kept and map keys are sorted. It
// returns an error for a document without statements, which AWS refuses.
func JSON(statements ...Statement) (string, error) {
	if len(statements) == 0 {
		return "", errors.New("render policy document: it has no statements")
	}
	out, err := json.Marshal(struct {
		Version   string
		Statement []Statement
	}{version, statements})
	if err != nil {
		return "", fmt.Errorf("render policy document: %w", err)
	}
	return string(out), nil
}
