package rehearsal

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

func TestWithAccounts_SpreadsOverWhatIsInUse(t *testing.T) {
	cfg := sampleConfig()
	cfg.LandingZone.Quotas.Accounts = 10
	more := WithAccounts(cfg, 5)

	assert.Len(t, cfg.LandingZone.Accounts, 3, "the configuration itself is left alone")
	assert.Equal(t, 10, cfg.LandingZone.Quotas.Accounts)
	added := more.LandingZone.Accounts[3:]
	environments, names, emails := map[string]int{}, map[string]bool{}, map[string]bool{}
	for _, a := range added {
		environments[a.Environment]++
		names[a.Name], emails[a.Email] = true, true
		assert.False(t, a.Retired, "a retired account is no model")
		assert.Empty(t, a.ID, "nothing is adopted")
	}
	assert.Equal(t, map[string]int{"production": 3, "development": 2}, environments)
	assert.Len(t, names, 5)
	assert.Len(t, emails, 5)
	assert.Equal(t, 3+5+6, more.LandingZone.Quotas.Accounts, "the quota makes room")
}

func TestWithAccounts_NeedsNoModel(t *testing.T) {
	more := WithAccounts(&config.Config{}, 1)
	assert.Equal(t, "rehearsal-0001", more.LandingZone.Accounts[0].Name)
	assert.NotEmpty(t, more.LandingZone.Accounts[0].RecordClass)
	assert.Empty(t, WithAccounts(&config.Config{}, -1).LandingZone.Accounts)
}

func TestWithoutAccount_LeavesOutOneInUse(t *testing.T) {
	cfg := sampleConfig()
	fewer, name := withoutAccount(cfg)
	assert.Equal(t, "batch-records", name)
	assert.Len(t, fewer.LandingZone.Accounts, 2)
	assert.Len(t, cfg.LandingZone.Accounts, 3)

	_, name = withoutAccount(&config.Config{})
	assert.Empty(t, name, "without accounts there is none to leave out")
}

func TestAddedAccount_IsFoundInLogicalNames(t *testing.T) {
	const before = "urn:pulumi:prod::p::gxp:landingzone:Organization$aws:organizations/account:Account::"
	for urn, want := range map[string]string{
		before + "rehearsal-0007":                            "rehearsal-0007",
		before + "accounts-rehearsal-0007-billing":           "rehearsal-0007",
		before + "rehearsal-10000":                           "rehearsal-10000",
		before + "rehearsal-":                                "",
		before + "batch-records":                             "",
		"urn:pulumi:rehearsal-0001::p::aws:sns:Topic::alarm": "",
		"rehearsal-0001":                                     "",
	} {
		assert.Equal(t, want, addedAccount(urn), urn)
	}
}
