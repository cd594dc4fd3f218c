package rehearsal

import (
	"fmt"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// syntheticPrefix begins the names of added accounts.
const syntheticPrefix = "rehearsal-"

// WithAccounts returns a copy of cfg with n synthetic workload accounts more,
// named rehearsal-0001 and so on. Each takes after one of the workload
// accounts in turn, so that they spread over its organizational units,
// environments and record classes and change nothing that depends on which of
// these are in use. The account quota is raised where they need it. n below 1
// adds none.
func WithAccounts(cfg *config.Config, n int) *config.Config {
	added := *cfg
	models := slices.DeleteFunc(slices.Clone(cfg.LandingZone.Accounts), func(a config.Account) bool { return a.Retired })
	if len(models) == 0 {
		models = []config.Account{{
			Owner: "rehearsal", Environment: "development", GxP: "none", RecordClass: "operational",
			DataClassification: "internal", CostCentre: "rehearsal",
		}}
	}
	accounts := slices.Clone(cfg.LandingZone.Accounts)
	for i := range max(n, 0) {
		account := models[i%len(models)]
		account.Name = fmt.Sprintf("%s%04d", syntheticPrefix, i+1)
		account.Email = account.Name + "@example.com"
		account.ID = ""
		accounts = append(accounts, account)
	}
	added.LandingZone.Accounts = accounts
	// Management and the five core accounts count against the quota too.
	added.LandingZone.Quotas.Accounts = max(cfg.LandingZone.Quotas.Accounts, len(accounts)+6)
	return &added
}

// withoutAccount returns a copy of cfg without its first workload account that
// is in use, and that account's name. Without any the name is empty.
func withoutAccount(cfg *config.Config) (*config.Config, string) {
	accounts := cfg.LandingZone.Accounts
	i := slices.IndexFunc(accounts, func(a config.Account) bool {
		return !a.Retired && !strings.HasPrefix(a.Name, syntheticPrefix)
	})
	if i < 0 {
		return cfg, ""
	}
	fewer := *cfg
	fewer.LandingZone.Accounts = slices.Delete(slices.Clone(accounts), i, i+1)
	return &fewer, accounts[i].Name
}

// addedAccount returns the name of the synthetic account that a resource
// belongs to, by the resource's logical name, or an empty string.
func addedAccount(urn string) string {
	name := urn[strings.LastIndex(urn, "::")+len("::"):]
	i := strings.Index(name, syntheticPrefix)
	if !strings.Contains(urn, "::") || i < 0 {
		return ""
	}
	digits := i + len(syntheticPrefix)
	end := digits
	for end < len(name) && name[end] >= '0' && name[end] <= '9' {
		end++
	}
	if end == digits {
		return ""
	}
	return name[i:end]
}
