package landingzone

import (
	"fmt"

	awsaccount "github.com/pulumi/pulumi-aws/sdk/v6/go/aws/account"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// withContacts are the accounts whose contacts are resources of their own: the
// core accounts. The baseline sets those of workload accounts, without a call
// of this program for each; where it is switched off they are set here.
func withContacts(c *config.LandingZone, accounts []created) []created {
	if !c.Baseline.Enabled {
		return accounts
	}
	return accounts[:len(c.CoreAccounts.All())]
}

// createContacts sets the three alternate contacts of the management account
// and of the given accounts. The Account API allows few calls a second, which
// the provider's adaptive retries live with.
func createContacts(
	ctx *pulumi.Context, name string, contacts config.Contacts, accounts []created, child pulumi.ResourceOption,
) error {
	kinds := []struct {
		key, awsType string
		contact      config.Contact
	}{
		{"billing", "BILLING", contacts.Billing},
		{"operations", "OPERATIONS", contacts.Operations},
		{"security", "SECURITY", contacts.Security},
	}
	// The API takes no id for the account that calls it.
	targets := append([]created{{key: "management"}}, accounts...)
	for _, target := range targets {
		for _, kind := range kinds {
			args := &awsaccount.AlternativeContactArgs{
				AlternateContactType: pulumi.String(kind.awsType),
				Name:                 pulumi.String(kind.contact.Name),
				Title:                pulumi.String(kind.contact.Title),
				EmailAddress:         pulumi.String(kind.contact.Email),
				PhoneNumber:          pulumi.String(kind.contact.Phone),
			}
			if target.resource != nil {
				args.AccountId = target.resource.ID().ToStringOutput()
			}
			_, err := awsaccount.NewAlternativeContact(ctx, name+"-"+target.key+"-"+kind.key, args, child)
			if err != nil {
				return fmt.Errorf("%s of %s: %w", kind.key, target.key, err)
			}
		}
	}
	return nil
}
