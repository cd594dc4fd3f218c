package rehearsal

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
)

// Granted are the quotas that the configuration says AWS has granted. The
// offline AWS holds the program to them.
func Granted(c *config.Config) rules.Quotas {
	q := c.LandingZone.Quotas
	return rules.Quotas{
		Accounts:      q.Accounts,
		SCPsPerTarget: q.PoliciesPerTarget, SCPSize: q.PolicyCharacters,
		RCPsPerTarget: q.ResourcePoliciesPerTarget, RCPSize: q.ResourcePolicyCharacters,
	}
}
