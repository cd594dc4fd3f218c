package evaluation

import (
	"fmt"
	"regexp"
	"strings"
)

// row is one line of a table: the same request by each of several principals
// from each of several places.
type row struct {
	id     string
	proves string
	action string
	on     string // the resource; empty where AWS knows none for the action

	// with are condition keys and their values, in addition to those that AWS
	// sends with every request. Values with a bar between or after them are a list.
	with map[string]string

	who []string
	in  []string

	// of is the place of the account that holds the resource. Default: the one
	// that asks.
	of string

	// alone leaves the organization's policies out, so that the resource's own
	// must do.
	alone bool

	// needs is the alias of a key, or the ARN of a bucket or role, without which
	// there is nothing to prove: configuration leaves it out. Optional.
	needs string

	// opened gives the resource a policy of its own that lets everybody do
	// everything. A key that is not in the graph always has such a policy:
	// without one it would be out of reach for all.
	opened bool

	allowed bool
}

// expand turns rows into one case for each principal and place.
func (w *world) expand(rows []row) []Case {
	var cases []Case
	for _, r := range rows {
		for _, in := range r.in {
			if !w.applies(r, in) {
				continue
			}
			for _, who := range r.who {
				cases = append(cases, w.caseOf(r, in, who))
			}
		}
	}
	return cases
}

func (w *world) caseOf(r row, in, who string) Case {
	c := Case{
		ID: r.id + "/" + slug(who) + "/" + slug(in), Proves: r.proves, Place: in, Principal: who,
		Action: r.action, Allowed: r.allowed,
	}
	if !r.allowed {
		c.by = enforcers[guardrailKind(r.proves)]
	}
	from, known := w.places[in]
	if !known {
		c.problem = "there is no unit or account " + in
	}
	c.request = request{ID: c.ID, Action: r.action, Context: map[string]any{
		"aws:SecureTransport": "true",
		"aws:RequestedRegion": w.home,
	}}
	if !w.fill(&c.request, who, from) && c.problem == "" {
		c.problem = "there is no principal " + who
	}
	if err := w.target(&c.request, r, from); err != nil && c.problem == "" {
		c.problem = err.Error()
	}
	if r.alone {
		c.request.ServiceControl, c.request.ResourceControl = nil, nil
	}
	c.Resource = c.request.Resource
	return c
}

// target adds to a request what it is about: the resource, whose it is, what
// protects it, and the row's conditions.
func (w *world) target(r *request, line row, from place) error {
	owner := from
	if line.of != "" {
		owner = w.places[line.of]
	}
	resource, err := w.text(line.on, from, owner)
	if err != nil {
		return err
	}
	if resource == "" {
		resource = "*"
	}
	r.Resource = resource
	own, found := w.policyOf(resource, line.action)
	switch {
	case line.opened, !found && strings.HasPrefix(resource, "arn:aws:kms:") && strings.Contains(resource, ":key/"):
		r.ResourcePolicy = opened
	case found:
		r.ResourcePolicy = own.policy
		owner = w.owner(own.account, owner)
	}
	r.ResourceAccount = owner.account
	r.Context["aws:ResourceAccount"] = owner.account
	r.Context["aws:ResourceOrgID"] = w.organization
	r.Context["aws:ResourceOrgPaths"] = []string{owner.path}
	if owner.account != w.places[managementPlace].account {
		r.ResourceControl = w.levels(resourceControl, owner)
	}
	return w.conditions(r, line.with, from, owner)
}

// owner is the place of an account.
func (w *world) owner(account string, otherwise place) place {
	for _, p := range w.places {
		if p.account == account {
			return p
		}
	}
	return otherwise
}

// conditions sets the row's condition keys. An empty value takes away one that
// AWS would send.
func (w *world) conditions(r *request, with map[string]string, from, owner place) error {
	for key, value := range with {
		if value == "" {
			delete(r.Context, key)
			continue
		}
		value, err := w.text(value, from, owner)
		if err != nil {
			return err
		}
		r.stated = append(r.stated, strings.ToLower(key))
		if strings.Contains(value, "|") {
			r.Context[key] = strings.FieldsFunc(value, func(c rune) bool { return c == '|' })
		} else {
			r.Context[key] = value
		}
	}
	return nil
}

var placeholders = regexp.MustCompile(`\{[^}]*\}`)

// text replaces what stands in braces: {account} and {owner} for the ids of the
// account that asks and the one that holds the resource, {region}, {replica} for
// the region of the second copy, {elsewhere}, {prefix}, {org}, {access} for the role that reaches new accounts, {account
// NAME} for another account and {key NAME} for the ARN of a key by its alias.
func (w *world) text(template string, from, owner place) (string, error) {
	var unknown error
	text := placeholders.ReplaceAllStringFunc(template, func(name string) string {
		words := strings.Fields(strings.Trim(name, "{}"))
		value := w.word(words, from, owner)
		if value == "" {
			unknown = fmt.Errorf("nothing in the graph is %s", name)
		}
		return value
	})
	return text, unknown
}

func (w *world) word(words []string, from, owner place) string {
	switch strings.Join(words, " ") {
	case "account":
		return from.account
	case "owner":
		return owner.account
	case "region":
		return w.home
	case "elsewhere":
		return w.elsewhere
	case "prefix":
		return w.prefix
	case "org":
		return w.organization
	case "replica":
		return w.replica
	case "access":
		return w.accessRole
	}
	switch {
	case len(words) == 2 && words[0] == "account":
		return w.places[words[1]].account
	case len(words) == 2 && words[0] == "key":
		return w.key(words[1], owner.account)
	}
	return ""
}

// key is the ARN of the key with an alias in the home region of an account.
func (w *world) key(alias, account string) string {
	for _, a := range w.graph.OfType(aliasType) {
		name, _ := a.Get("name").Text()
		region, _ := w.graph.Region(a).Text()
		if in, _ := w.graph.AccountID(a).Text(); name != "alias/"+alias || region != w.home || in != account {
			continue
		}
		if key := w.graph.Target(a, "targetKeyId", keyType); key != nil {
			arn, _ := key.Output("arn").Text()
			return arn
		}
	}
	return ""
}

var notSlug = regexp.MustCompile(`[^a-z0-9]+`)

// slug is a name as a part of an id.
func slug(name string) string {
	return strings.Trim(notSlug.ReplaceAllString(strings.ToLower(name), "-"), "-")
}
