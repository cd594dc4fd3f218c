package config

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
)

// The kinds of directory.
const (
	DirectoryNone        = "none"
	DirectoryMicrosoftAD = "microsoftAD"
	DirectoryADConnector = "adConnector"
)

// defaultSessionHours is half a working day.
const defaultSessionHours = 4

func identityDefaults() Identity {
	return Identity{
		// People who sign in anywhere else cannot be told apart by one trail.
		Enabled: true,
		// Whoever may create a role in an account could otherwise create one
		// with more rights than his own.
		PermissionsBoundary: true,
		// Forty root users with forgotten passwords are forty ways in.
		CentralRootAccess: true,
		PasswordPolicy: PasswordPolicy{
			// What CIS AWS Foundations asks.
			MinimumLength: 14,
			// 21 CFR 11.300(b) asks for periodic revision; a quarter is what
			// most companies' procedures say.
			MaxAgeDays: 90,
			// The most that IAM remembers.
			ReusePrevention: 24,
		},
		AccessAnalyzer: AccessAnalyzer{
			// It costs nothing.
			ExternalAccess: true,
			// It costs by role and month, so the company decides.
			UnusedAccess: false,
			// A quarter without use is a right that can go.
			UnusedAfterDays: 90,
		},
		Directory: Directory{
			Type: DirectoryNone,
			// The smaller of each: five thousand people need no more.
			Edition: "Standard",
			Size:    "Small",
		},
	}
}

// complete adds the defaults that follow from other settings.
func (id *Identity) complete(has func(path string) bool) {
	for i := range id.PermissionSets {
		if !has(member(index(identityPath+".permissionSets", i), "sessionHours")) {
			id.PermissionSets[i].SessionHours = defaultSessionHours
		}
	}
	if id.Directory.Domain != "" && !has(identityPath+".directory.shortName") {
		first, _, _ := strings.Cut(id.Directory.Domain, ".")
		id.Directory.ShortName = strings.ToUpper(first)
	}
}

// permissionSetNames returns the names of the permission sets that can be
// assigned.
func (id Identity) permissionSetNames() []string {
	names := duty.All()
	for _, set := range id.PermissionSets {
		names = append(names, set.Name)
	}
	return names
}

func (id Identity) groupNames() []string {
	var names []string
	for _, g := range id.Groups {
		names = append(names, g.Name)
	}
	return names
}
