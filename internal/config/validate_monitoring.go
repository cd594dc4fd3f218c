package config

import (
	"slices"
	"strings"
)

func (v *validator) monitoring() {
	m := v.cfg.Monitoring
	lower := make([]string, len(m.NotificationEmails))
	for i, email := range m.NotificationEmails {
		lower[i] = strings.ToLower(email)
		v.email(index("monitoring:notificationEmails", i), email, maxEmail)
		if j := slices.Index(lower, lower[i]); j < i {
			v.problem(index("monitoring:notificationEmails", i), quoted(email),
				"is a duplicate of %s; remove one", index("monitoring:notificationEmails", j))
		}
	}
	v.matches("monitoring:trailLogGroup", m.TrailLogGroup, logGroupSyntax,
		"the name of a log group: 1 to 512 characters of a-z, A-Z, 0-9 and _ - / . #")
}

func (v *validator) catalog() {
	c := v.cfg.Catalog
	switch {
	case c.SupportEmail != "":
		v.email("catalog:supportEmail", c.SupportEmail, maxEmail)
	case c.Enabled:
		v.problem("catalog:supportEmail", "", "is required where the catalog is enabled: people who use a product need somebody to turn to")
	}
}
