package landingzone

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/deployment"
)

// AccountIDsOutput is the stack output that holds the ids of the accounts by
// name. It is also the memory of which accounts were ever deployed.
const AccountIDsOutput = "accountIds"

// RefuseRemoval fails when an account of the last deployment is missing from
// the configuration. Accounts are protected in any case; this tells the reader
// what to do instead, before anything is touched.
func RefuseRemoval(last *deployment.Last, c *config.LandingZone) error {
	var deployed map[string]any
	if err := last.Output(AccountIDsOutput, &deployed); err != nil {
		return err
	}
	return missing(deployed, c)
}

// missing reports every deployed account that the configuration no longer has.
func missing(deployed map[string]any, c *config.LandingZone) error {
	configured := []string{config.KeyManagement}
	for _, core := range c.CoreAccounts.All() {
		configured = append(configured, core.Key)
	}
	for _, workload := range c.Accounts {
		configured = append(configured, workload.Name)
	}
	var problems []error
	for _, name := range slices.Sorted(maps.Keys(deployed)) {
		if !slices.Contains(configured, name) {
			problems = append(problems, fmt.Errorf("landingzone:accounts: account %s (%v) was deployed and is missing "+
				"from the configuration. Accounts hold records and are never removed: put its entry back and set "+
				"`retired: true`, which moves it to the Suspended organizational unit", name, deployed[name]))
		}
	}
	return errors.Join(problems...)
}
