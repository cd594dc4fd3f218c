package config

import (
	"regexp"
	"slices"
	"strings"
)

// validator reports what is wrong with values that could be read.
type validator struct {
	*report
	cfg   *Config
	found map[string]position
}

// run makes every check; none stops another.
func (v *validator) run() {
	v.endpoint()
	v.organization()
	v.adoption()
	v.trustedAccess()
	v.regions()
	v.coreAccounts()
	v.accounts()
	v.identities()
	v.identity()
	v.contacts()
	v.platform()
	v.quotas()
	v.policyQuotas()
	v.guardrails()
	v.recordClasses()
	v.archive()
	v.trail()
	v.sources()
	v.analytics()
	v.dashboards()
	v.search()
	v.protection()
	v.certificates()
	v.backup()
	v.network()
	v.baseline()
	v.monitoring()
	v.catalog()
}

// has says whether the stack file holds the setting.
func (v *validator) has(path string) bool { _, ok := v.found[path]; return ok }

// problem reports the value of a setting, at its place or at that of the
// nearest setting that contains it.
func (v *validator) problem(path, value, format string, args ...any) {
	v.add(v.place(path), path, value, format, args...)
}

func (v *validator) place(path string) position {
	for path != "" {
		if at, ok := v.found[path]; ok {
			return at
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	return v.found[""]
}

// known reports whether value is one of those allowed.
func (v *validator) known(path, value string, allowed []string) bool {
	if slices.Contains(allowed, value) {
		return true
	}
	v.problem(path, quoted(value), "is unknown; %s", oneOf(value, allowed))
	return false
}

// each checks the elements of a list: each one known, none twice.
func (v *validator) each(path string, values, allowed []string) {
	for i, value := range values {
		if v.known(index(path, i), value, allowed) {
			v.first(path, values, i)
		}
	}
}

// first reports an element that an earlier one repeats.
func (v *validator) first(path string, values []string, i int) {
	if j := slices.Index(values, values[i]); j < i {
		v.problem(index(path, i), quoted(values[i]), "is a duplicate of %s; remove one", index(path, j))
	}
}

// matches checks the syntax of a setting; want says it in words.
func (v *validator) matches(path, value string, syntax *regexp.Regexp, want string) bool {
	if syntax.MatchString(value) {
		return true
	}
	v.problem(path, quoted(value), "want %s", want)
	return false
}

// email checks an e-mail address of at most limit characters.
func (v *validator) email(path, value string, limit int) {
	if !emailSyntax.MatchString(value) || length(value) > limit || length(value) < minRootEmail {
		v.problem(path, quoted(value), "is not an e-mail address; want name@domain, %d to %d characters", minRootEmail, limit)
	}
}

// tag checks a value that resources are tagged with.
func (v *validator) tag(path, value string) {
	v.matches(path, value, tagSyntax, "what a tag can hold: 1 to 256 letters, digits, spaces and _ . : / = + - @")
}

func (v *validator) endpoint() {
	if e := v.cfg.GxP.Endpoint; e != "" && !isEndpoint(e) {
		v.problem("gxp:endpoint", quoted(e), "is not the URL of an emulator; want http://host:port or https://host:port")
	}
}

func (v *validator) contacts() {
	contacts := v.cfg.LandingZone.Contacts
	for _, c := range []struct {
		role    string
		contact Contact
	}{{"billing", contacts.Billing}, {"operations", contacts.Operations}, {"security", contacts.Security}} {
		path := "landingzone:contacts." + c.role
		if n := length(c.contact.Name); n > maxContactName {
			v.problem(path+".name", quoted(c.contact.Name), "has %d characters, and AWS takes %d", n, maxContactName)
		}
		if n := length(c.contact.Title); n > maxContactTitle {
			v.problem(path+".title", quoted(c.contact.Title), "has %d characters, and AWS takes %d", n, maxContactTitle)
		}
		v.email(path+".email", c.contact.Email, maxEmail)
		v.matches(path+".phone", c.contact.Phone, phoneSyntax,
			"a telephone number of digits, spaces, hyphens, parentheses and plus signs, at most 25 characters")
	}
}

func (v *validator) platform() {
	v.tag("landingzone:platform.owner", v.cfg.LandingZone.Platform.Owner)
	v.tag("landingzone:platform.costCentre", v.cfg.LandingZone.Platform.CostCentre)
}

func (v *validator) quotas() {
	q := v.cfg.LandingZone.Quotas
	const path = "landingzone:quotas"
	total := len(v.cfg.LandingZone.Accounts) + len(v.cfg.LandingZone.CoreAccounts.All()) + 1
	if total > q.Accounts {
		v.problem(path+".accounts", number10(q.Accounts),
			"the configuration has %d accounts with management and the core accounts, more than AWS has granted; "+
				"request an increase of the organization's accounts in Service Quotas, then raise this value", total)
	}
	if q.AccountCreations < 1 || q.AccountCreations > 5 {
		v.problem(path+".accountCreations", number10(q.AccountCreations), "want 1 to 5: AWS refuses a sixth account in creation")
	}
}
