package analytics

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
)

// Directory is the accounts of an organization: ids by name, where they have
// names.
type Directory struct {
	ids   []string
	names map[string]string
}

// outputKey is the output of the stack that has the ids of the accounts.
const outputKey = "accountIds"

// ReadDirectory reads a list of accounts: the output accountIds of the stack, or
// all its outputs, as Pulumi prints them with --json; what "aws organizations
// list-accounts" prints; or lines, each with an id and optionally a name.
func ReadDirectory(data []byte) (*Directory, error) {
	d := &Directory{names: map[string]string{}}
	data = bytes.TrimSpace(bytes.TrimPrefix(data, []byte("\ufeff")))
	var err error
	if len(data) > 0 && data[0] == '{' {
		err = d.readJSON(data)
	} else {
		err = d.readLines(string(data))
	}
	if err != nil {
		return nil, err
	}
	if len(d.ids) == 0 {
		return nil, errors.New("no accounts in it")
	}
	slices.Sort(d.ids)
	d.ids = slices.Compact(d.ids)
	return d, nil
}

func (d *Directory) readJSON(data []byte) error {
	var listing struct {
		Accounts []struct{ ID, Name string }
	}
	var members map[string]json.RawMessage
	if err := json.Unmarshal(data, &members); err != nil {
		return fmt.Errorf("neither a list of accounts nor JSON: %w", err)
	}
	if _, is := members["Accounts"]; is {
		if err := json.Unmarshal(data, &listing); err != nil {
			return err
		}
		for _, a := range listing.Accounts {
			if err := d.add(a.ID, a.Name); err != nil {
				return err
			}
		}
		return nil
	}
	if inner, is := members[outputKey]; is {
		data = inner
	}
	ids := map[string]string{}
	if err := json.Unmarshal(data, &ids); err != nil {
		return fmt.Errorf("want ids of accounts by name: %w", err)
	}
	for name, id := range ids {
		if err := d.add(id, name); err != nil {
			return err
		}
	}
	return nil
}

func (d *Directory) readLines(text string) error {
	for line := range strings.Lines(text) {
		fields := strings.Fields(line)
		if len(fields) == 0 || strings.HasPrefix(fields[0], "#") {
			continue
		}
		if err := d.add(fields[0], strings.Join(fields[1:], " ")); err != nil {
			return err
		}
	}
	return nil
}

func (d *Directory) add(id, name string) error {
	if kinds["accounts"].test(id) != nil {
		return fmt.Errorf("%q is not the id of an account", shorten(id))
	}
	if known, taken := d.names[name]; taken && known != id {
		return fmt.Errorf("two accounts have the name %q", shorten(name))
	}
	d.ids = append(d.ids, id)
	if name != "" {
		d.names[name] = id
	}
	return nil
}

// Resolve returns the ids of accounts that are given by id, by name, or as all
// of them.
func (d *Directory) Resolve(given []string) ([]string, error) {
	var ids []string
	for _, account := range given {
		id, named := d.names[account]
		switch {
		case account == All:
			ids = append(ids, d.ids...)
		case named:
			ids = append(ids, id)
		case slices.Contains(d.ids, account):
			ids = append(ids, account)
		default:
			names := make([]string, 0, len(d.names))
			for name := range d.names {
				names = append(names, name)
			}
			slices.Sort(names)
			message := fmt.Sprintf("account %q is not one of the organization's %d", shorten(account), len(d.ids))
			if near := nearest(account, names); near != "" {
				message += "; did you mean " + near + "?"
			}
			return nil, errors.New(message)
		}
	}
	slices.Sort(ids)
	return slices.Compact(ids), nil
}
