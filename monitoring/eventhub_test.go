package monitoring

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

func TestEventHub_TakesEventsFromAccountsOfTheOrganizationAlone(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		audit, err := pulumitest.Account(ctx, "audit", "333344445555", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewEventHub(ctx, "events", &EventHubArgs{Account: audit, OrganizationID: pulumi.String("o-exampleorgid")})
		return err
	})
	bus := pulumitest.Find(t, graph, "aws:cloudwatch/eventBus:EventBus", "events")
	assert.Equal(t, "gxp-events", bus.Inputs["name"], "rules in every account name it")
	document := pulumitest.Find(t, graph, "aws:cloudwatch/eventBusPolicy:EventBusPolicy", "events").Inputs["policy"].(string)
	pulumitest.Golden(t, "event-bus.json", pulumitest.Indented(t, document))
	assert.Contains(t, document, `"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-exampleorgid"}}`)
}

func TestEventHubArgs_Rejects(t *testing.T) {
	assert.EqualError(t, (*EventHubArgs)(nil).validate(), "args are required")
	assert.EqualError(t, (&EventHubArgs{}).validate(), "account has no provider")
	assert.EqualError(t, (&EventHubArgs{Account: account.Account{Provider: &aws.Provider{}}}).validate(), "organizationID is required")
}
