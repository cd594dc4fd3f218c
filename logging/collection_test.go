package logging

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const copiesType = "aws:s3/bucketReplicationConfig:BucketReplicationConfig"

func TestCollection_CopiesWhatLandsIntoEveryArchive(t *testing.T) {
	graph := renderCollection(t)
	for _, name := range []string{"landing", "network-logs"} {
		copies := pulumitest.Find(t, graph, copiesType, name)
		assert.True(t, copies.Protect, name)
		rules := copies.Inputs["rules"].([]any)
		require.Len(t, rules, 2, name)
		for i, region := range []string{pulumitest.Region, "eu-test-2"} {
			rule := rules[i].(map[string]any)
			assert.Equal(t, "archive-"+region, rule["id"])
			assert.Equal(t, float64(i+1), rule["priority"])
			assert.Equal(t, map[string]any{"status": "Disabled"}, rule["deleteMarkerReplication"])
			destination := rule["destination"].(map[string]any)
			assert.Equal(t, "arn:aws:s3:::acme-archive-"+region, destination["bucket"])
			assert.Contains(t, destination["encryptionConfiguration"].(map[string]any)["replicaKmsKeyId"], region)
			assert.Equal(t, "Enabled", destination["metrics"].(map[string]any)["status"])
			assert.Equal(t, "Enabled", destination["replicationTime"].(map[string]any)["status"])
		}
	}
}

func TestCollection_CopiesUnderARoleOfItsOwn(t *testing.T) {
	graph := renderCollection(t)
	role := pulumitest.Find(t, graph, "aws:iam/role:Role", "collection")
	assert.Equal(t, "gxp-landing-replication-eu-test-1", role.Inputs["name"])
	pulumitest.Golden(t, "collection-trust.json", pulumitest.Indented(t, role.Inputs["assumeRolePolicy"].(string)))
	permissions := pulumitest.Find(t, graph, "aws:iam/rolePolicy:RolePolicy", "collection")
	pulumitest.Golden(t, "collection-role.json", pulumitest.Indented(t, permissions.Inputs["policy"].(string)))
}

func TestCollection_IsWhatADeliveryWaitsFor(t *testing.T) {
	pulumitest.Render(t, func(ctx *pulumi.Context) error {
		collection, err := createCollection(ctx)
		if err == nil {
			assert.Len(t, collection.Ready, 2)
		}
		return err
	})
}

func TestCollectionArgs_Rejects(t *testing.T) {
	connected := account.Account{Provider: &aws.Provider{}}
	for want, args := range map[string]*CollectionArgs{
		"args are required":       nil,
		"account has no provider": {},
		"from is required":        {Account: connected},
		"to is required":          {Account: connected, From: []Source{&Landing{}}},
	} {
		assert.EqualError(t, args.validate(), want)
	}
}

// renderCollection registers both landings of a region, collected into two
// archives.
func renderCollection(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		_, err := createCollection(ctx)
		return err
	})
}

func createCollection(ctx *pulumi.Context) (*Collection, error) {
	home, err := createArchive(ctx, "archive", pulumitest.Region)
	if err != nil {
		return nil, err
	}
	replica, err := createArchive(ctx, "archive-replica", "eu-test-2")
	if err != nil {
		return nil, err
	}
	organization, audit := pulumi.String("o-exampleorgid"), pulumi.String("333344445555")
	landing, err := NewLanding(ctx, "landing", &LandingArgs{
		Account: home.account, NamePrefix: "acme", OrganizationID: organization, AuditAccountID: audit,
	})
	if err != nil {
		return nil, err
	}
	network, err := NewNetworkLanding(ctx, "network-logs", &LandingArgs{
		Account: home.account, NamePrefix: "acme", OrganizationID: organization, AuditAccountID: audit, AccessLogs: home.AccessLogs,
	})
	if err != nil {
		return nil, err
	}
	return NewCollection(ctx, "collection", &CollectionArgs{
		Account: home.account, From: []Source{landing, network}, To: []*Archive{home, replica},
	})
}
