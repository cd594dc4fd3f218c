package baselinesettings

import (
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
)

// The scopes of a request.
const (
	scopeAccount = "account"
	scopeRegion  = "region"
)

// request is what a template asks for.
type request struct {
	scope            string
	passwords        PasswordPolicy
	contacts         []Contact
	removeDefaultVPC bool
	logRetentionDays int
}

// parse reads the properties of a custom resource, which CloudFormation hands
// over as text. It reports everything that is wrong with them.
func parse(properties map[string]any) (request, error) {
	p := reader{properties: properties}
	r := request{scope: p.text("Scope")}
	switch r.scope {
	case scopeAccount:
		r.passwords = PasswordPolicy{
			MinimumLength: p.number("PasswordMinimumLength", 6, 128),
			MaximumAge:    p.number("PasswordMaximumAge", 1, 1095),
			Remembered:    p.number("PasswordsRemembered", 1, 24),
		}
		r.contacts = p.contacts("Contacts")
	case scopeRegion:
		r.logRetentionDays = p.number("LogRetentionDays", 1, 3653)
		r.removeDefaultVPC = p.flag("RemoveDefaultVpc")
	default:
		p.problem("Scope is %q, must be %s or %s", r.scope, scopeAccount, scopeRegion)
	}
	return r, errors.Join(p.problems...)
}

// reader reads properties and gathers what is wrong with them.
type reader struct {
	properties map[string]any
	problems   []error
}

func (p *reader) problem(format string, args ...any) {
	p.problems = append(p.problems, fmt.Errorf(format, args...))
}

func (p *reader) text(key string) string {
	text, _ := p.properties[key].(string)
	return text
}

func (p *reader) number(key string, least, most int) int {
	n, err := strconv.Atoi(p.text(key))
	if err != nil || n < least || n > most {
		p.problem("%s is %q, must be a number from %d to %d", key, p.text(key), least, most)
	}
	return n
}

func (p *reader) flag(key string) bool {
	switch p.text(key) {
	case "true":
		return true
	case "false":
		return false
	}
	p.problem("%s is %q, must be true or false", key, p.text(key))
	return false
}

// contacts reads a list in JSON; empty text is an empty list.
func (p *reader) contacts(key string) []Contact {
	text := p.text(key)
	if text == "" {
		return nil
	}
	var list []Contact
	if err := json.Unmarshal([]byte(text), &list); err != nil {
		p.problem("%s is not a list of contacts: %w", key, err)
		return nil
	}
	for i, c := range list {
		if c.Kind != "BILLING" && c.Kind != "OPERATIONS" && c.Kind != "SECURITY" {
			p.problem("%s[%d].kind is %q, must be BILLING, OPERATIONS or SECURITY", key, i, c.Kind)
		}
		if c.Name == "" || c.Title == "" || c.Email == "" || c.Phone == "" {
			p.problem("%s[%d] lacks its name, title, email or phone", key, i)
		}
	}
	return list
}
