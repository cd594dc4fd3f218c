package stack

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestAuditAnalytics_AsksTheArchiveFromTheAuditAccount(t *testing.T) {
	graph := renderAnalytics(t, withNetwork(t))
	database := pulumitest.Find(t, graph, "aws:glue/catalogDatabase:CatalogDatabase", "analytics")
	assert.Contains(t, database.Provider, "::audit-eu-central-1::")
	copies := pulumitest.Find(t, graph, copiesType, "analytics")
	assert.Len(t, copies.Inputs["rules"], 2, "into the evidence of both regions")
	table := pulumitest.Find(t, graph, "aws:glue/catalogTable:CatalogTable", "analytics-cloudtrail")
	parameters := table.Inputs["parameters"].(map[string]any)
	assert.Equal(t, "eu-central-1,eu-west-1,us-east-1", parameters["projection.region.values"])
	for _, alarm := range pulumitest.OfType(t, graph, "aws:cloudwatch/metricAlarm:MetricAlarm") {
		if alarm.Component() == "gxp:logging:Analytics" {
			assert.Contains(t, alarm.Inputs["alarmActions"].([]any)[0], ":gxp-notifications", alarm.URN)
		}
	}
}

func TestAuditAnalytics_ReviewsEveryAccount(t *testing.T) {
	graph := renderAnalytics(t, withNetwork(t))
	schedule := pulumitest.Find(t, graph, "aws:scheduler/schedule:Schedule", "analytics-root-use")
	input := schedule.Inputs["target"].(map[string]any)["input"].(string)
	assert.Contains(t, input, "'"+withNetwork(t).LandingZone.Organization.ManagementAccountID+"'", "the management account is one, too")
	accounts := pulumitest.OfType(t, graph, "aws:organizations/account:Account")
	for _, account := range accounts {
		assert.Contains(t, input, "'"+account.ID+"'", account.Name())
	}
}

// The tables name firewalls, and the columns of flow logs, as the network does.
func TestAuditAnalytics_AgreesWithTheNetwork(t *testing.T) {
	c := withNetwork(t)
	graph := renderStack(t, c)
	var inspected []string
	for _, r := range pulumitest.OfType(t, graph, "aws:networkfirewall/firewall:Firewall") {
		inspected = append(inspected, r.Inputs["name"].(string))
	}
	require.NotEmpty(t, inspected)
	assert.ElementsMatch(t, inspected, firewalls(c.LandingZone.Network))
	assert.Empty(t, firewalls(config.Network{}))

	written := pulumitest.OfType(t, graph, "aws:ec2/flowLog:FlowLog")[0].Inputs["logFormat"].(string)
	for _, table := range analytics.Tables() {
		if table.Name == "vpc_flow" {
			assert.Len(t, table.Columns, strings.Count(written, "${"))
			assert.Equal(t, "reject_reason", table.Columns[len(table.Columns)-1].Name)
		}
	}
}

// renderAnalytics builds what the analytics stand on, and them.
func renderAnalytics(t *testing.T, c *config.Config) *qualification.Graph {
	t.Helper()
	program := func(ctx *pulumi.Context) error {
		_, recordClass := c.LongestRetention()
		organization, err := landingzone.NewOrganization(ctx, "organization", &landingzone.OrganizationArgs{
			Config: &c.LandingZone, ReplicaRegion: c.Logging.Archive.ReplicaRegion, RecordClass: recordClass,
			RequirementSet: qualification.RequirementSetVersion(), Operations: unreached{},
		})
		if err != nil {
			return err
		}
		archives, err := archives(ctx, c, organization)
		if err != nil {
			return err
		}
		topics, err := detection(ctx, c, organization, pulumi.String("/gxp/trail"))
		if err != nil {
			return err
		}
		_, err = auditAnalytics(ctx, c, organization, archives, topics)
		return err
	}
	graph, err := render.Render(t.Context(), "gxp-landing-zone", "test", program, render.Quotas(rehearsal.Granted(c)))
	require.NoError(t, err)
	return graph
}
