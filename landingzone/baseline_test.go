package landingzone

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	stackSetType         = "aws:cloudformation/stackSet:StackSet"
	stackSetInstanceType = "aws:cloudformation/stackSetInstance:StackSetInstance"
	stackType            = "aws:cloudformation/stack:Stack"
	objectType           = "aws:s3/bucketObjectv2:BucketObjectv2"
)

func TestBaseline_TakesInNewAccountsByItself(t *testing.T) {
	sets := pulumitest.OfType(t, renderBaseline(t, nil), stackSetType)
	require.Len(t, sets, 2)
	for _, set := range sets {
		assert.Equal(t, "SERVICE_MANAGED", set.Inputs["permissionModel"], set.URN)
		assert.Equal(t, map[string]any{"enabled": true, "retainStacksOnAccountRemoval": true}, set.Inputs["autoDeployment"], set.URN)
		assert.Equal(t, map[string]any{"active": true}, set.Inputs["managedExecution"], set.URN)
		assert.True(t, set.Protect && set.RetainOnDelete, set.URN)
	}
}

func TestBaseline_IsInEveryRegionAndUnit(t *testing.T) {
	var where []string
	for _, r := range pulumitest.OfType(t, renderBaseline(t, nil), stackSetInstanceType) {
		where = append(where, fmt.Sprint(r.Inputs["stackSetName"], " ", r.Inputs["region"]))
		targets := r.Inputs["deploymentTargets"].(map[string]any)["organizationalUnitIds"]
		assert.Equal(t, []any{"ou-abcd-workloads", "ou-abcd-sandbox00"}, targets, r.URN)
		preferences := r.Inputs["operationPreferences"].(map[string]any)
		assert.Equal(t, "SOFT_FAILURE_TOLERANCE", preferences["concurrencyMode"], r.URN)
		assert.Equal(t, 5.0, preferences["failureToleranceCount"], r.URN)
		assert.Equal(t, true, r.Inputs["retainStack"], r.URN)
	}
	slices.Sort(where)
	assert.Equal(t, []string{
		"gxp-baseline-global eu-test-1", "gxp-baseline-regional eu-test-1", "gxp-baseline-regional eu-test-2",
	}, where, "what is global is in the home region alone")
}

func TestBaseline_IsPutIntoManagementAndCoreAccounts(t *testing.T) {
	stacks := map[string]string{}
	for _, r := range pulumitest.OfType(t, renderBaseline(t, nil), stackType) {
		provider := r.Provider[:strings.LastIndex(r.Provider, "::")]
		name := r.URN[strings.LastIndex(r.URN, "::")+2:]
		stacks[name] = provider[strings.LastIndex(provider, "::")+2:]
		assert.True(t, r.Protect && r.RetainOnDelete, r.URN)
	}
	assert.Equal(t, map[string]string{
		"baseline-management-global": "management-eu-test-1", "baseline-management-regional": "management-eu-test-1",
		"baseline-audit-global": "audit-eu-test-1", "baseline-audit-regional": "audit-eu-test-1",
		"baseline-audit-eu-test-2-regional": "audit-eu-test-2",
	}, stacks)
}

func TestBaseline_TellsEachTemplateAllThatItAsks(t *testing.T) {
	graph := renderBaseline(t, nil)
	for name, template := range map[string]string{"baseline-global": globalTemplate, "baseline-regional": regionalTemplate} {
		want, err := templateParameters(template)
		require.NoError(t, err)
		require.NotEmpty(t, want)
		given := pulumitest.Find(t, graph, stackSetType, name).Inputs["parameters"].(map[string]any)
		assert.Equal(t, want, slices.Sorted(maps.Keys(given)), name)
		given = pulumitest.Find(t, graph, stackType, strings.Replace(name, "baseline-", "baseline-audit-", 1)).Inputs["parameters"].(map[string]any)
		assert.Equal(t, want, slices.Sorted(maps.Keys(given)), name)
	}
}

func TestBaseline_HandsContactsToWorkloadAccountsAlone(t *testing.T) {
	graph := renderBaseline(t, nil)
	text := pulumitest.Find(t, graph, stackSetType, "baseline-regional").Inputs["parameters"].(map[string]any)["Contacts"].(string)
	var contacts []map[string]string
	require.NoError(t, json.Unmarshal([]byte(text), &contacts))
	require.Len(t, contacts, 3)
	assert.Equal(t, map[string]string{
		"kind": "SECURITY", "name": "SOC", "title": "Desk", "email": "soc@example.com", "phone": "+41 1",
	}, contacts[2])
	core := pulumitest.Find(t, graph, stackType, "baseline-audit-regional").Inputs["parameters"].(map[string]any)
	assert.Equal(t, "", core["Contacts"])
}

func TestBaseline_ChangesWithEverySetting(t *testing.T) {
	for name, tt := range map[string]struct {
		change          func(*BaselineArgs)
		parameter, want string
	}{
		"recorder":       {func(a *BaselineArgs) { a.Settings.Recorder = false }, "Recorder", "false"},
		"default VPC":    {func(a *BaselineArgs) { a.Settings.RemoveDefaultVPC = false }, "RemoveDefaultVpc", "false"},
		"log retention":  {func(a *BaselineArgs) { a.Settings.LogRetentionDays = 731 }, "LogRetentionDays", "731"},
		"password":       {func(a *BaselineArgs) { a.Settings.Passwords.MinimumLength = 20 }, "PasswordMinimumLength", "20"},
		"vault lock":     {func(a *BaselineArgs) { a.Settings.VaultLockGraceDays = 30 }, "VaultLockGraceDays", "30"},
		"vault minimum":  {func(a *BaselineArgs) { a.Settings.VaultMinimumDays = 9 }, "VaultMinimumDays", "9"},
		"no log groups":  {func(a *BaselineArgs) { a.Settings.LogDestination = "" }, "LogDestination", ""},
		"no inventories": {func(a *BaselineArgs) { a.Settings.InventoryPrefix = "" }, "InventoryBucket", ""},
		"no sessions":    {func(a *BaselineArgs) { a.Settings.Sessions = false }, "Sessions", "false"},
		"another trail":  {func(a *BaselineArgs) { a.Settings.TrailLogGroup = "trail" }, "TrailLogGroup", "trail"},
		"new code":       {func(a *BaselineArgs) { a.Settings.Code = "settings/2.zip" }, "SettingsCode", "settings/2.zip"},
	} {
		t.Run(name, func(t *testing.T) {
			set := pulumitest.Find(t, renderBaseline(t, tt.change), stackSetType, "baseline-regional")
			assert.Equal(t, tt.want, set.Inputs["parameters"].(map[string]any)[tt.parameter])
		})
	}
}

func TestBaselineArgs_Rejects(t *testing.T) {
	for name, tt := range map[string]struct {
		change func(*BaselineArgs)
		want   string
	}{
		"no provider":         {func(a *BaselineArgs) { a.Management.Provider = nil }, "management has no provider"},
		"no regions":          {func(a *BaselineArgs) { a.Regions = nil }, "regions are required"},
		"no units":            {func(a *BaselineArgs) { a.Units = nil }, "units are required"},
		"a unit without id":   {func(a *BaselineArgs) { a.Units[0].ID = nil }, "a unit lacks its key or id"},
		"no tolerance":        {func(a *BaselineArgs) { a.FailureTolerance = 0 }, "failureTolerance is 0, must be at least 1"},
		"an unconnected core": {func(a *BaselineArgs) { a.Core[0].Provider = nil }, "core account management in eu-test-1 has no provider"},
		"no organization":     {func(a *BaselineArgs) { a.Settings.OrganizationID = nil }, "organizationID is required"},
		"no log archive":      {func(a *BaselineArgs) { a.Settings.LogArchiveID = nil }, "logArchiveID is required"},
		"no trail":            {func(a *BaselineArgs) { a.Settings.TrailLogGroup = "" }, "trailLogGroup is required"},
		"no code":             {func(a *BaselineArgs) { a.Settings.Code = "" }, "assetsPrefix and code are required"},
		"a vault upside down": {func(a *BaselineArgs) { a.Settings.VaultMaximumDays = 1 }, "vaultMinimumDays must be at least 1 and at most vaultMaximumDays"},
	} {
		t.Run(name, func(t *testing.T) {
			connected := account.Account{Key: "management", Region: pulumitest.Region, Provider: &aws.Provider{}}
			args := baselineArgs(connected, []account.Account{connected})
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*BaselineArgs)(nil).validate(), "args are required")
}

func TestOrganization_LeavesTheContactsOfWorkloadAccountsToTheBaseline(t *testing.T) {
	graph := renderOrganization(t, func(c *config.LandingZone) { c.Baseline.Enabled = true })
	assert.Len(t, pulumitest.OfType(t, graph, contactType), 3*6, "management and five core accounts")
}

func TestOrganization_ConnectsCoreAccountsInEveryRegionForTheBaseline(t *testing.T) {
	graph := renderOrganization(t, func(c *config.LandingZone) { c.Baseline.Enabled = true })
	assert.Len(t, pulumitest.OfType(t, graph, "pulumi:providers:aws"), 2*6)
}

func TestAssets_ArePublishedUnderTheirDigestForTheOrganization(t *testing.T) {
	f := asset.Function{Name: "sample", Digest: strings.Repeat("ab", 32)}
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "shared-services", "333344445555", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewAssets(ctx, "assets", &AssetsArgs{
			Account: in, NamePrefix: "acme", OrganizationID: pulumi.String("o-exampleorgid"), Functions: []asset.Function{f},
		})
		return err
	})
	object := pulumitest.Find(t, graph, objectType, "assets-sample")
	assert.Equal(t, f.Key(), object.Inputs["key"])
	assert.Equal(t, f.Digest, object.Inputs["sourceHash"])
	assert.True(t, object.RetainOnDelete, "an older version may still be in use")
	document := pulumitest.Find(t, graph, "aws:s3/bucketPolicy:BucketPolicy", "assets").Inputs["policy"].(string)
	pulumitest.Golden(t, "assets.json", pulumitest.Indented(t, document))
	assert.NotContains(t, document, "s3:Put")
	assert.EqualError(t, (*AssetsArgs)(nil).validate(), "args are required")
	assert.EqualError(t, (&AssetsArgs{}).validate(), "account has no provider")
}

// renderBaseline registers a baseline that is valid except for change, in two
// regions and two core accounts.
func renderBaseline(t *testing.T, change func(*BaselineArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		var core []account.Account
		for _, c := range []struct{ key, id, region string }{
			{"management", "111122223333", pulumitest.Region}, {"audit", "333344445555", pulumitest.Region},
			{"audit", "333344445555", "eu-test-2"},
		} {
			connected, err := pulumitest.Account(ctx, c.key, c.id, c.region)
			if err != nil {
				return err
			}
			core = append(core, connected)
		}
		args := baselineArgs(core[0], core)
		if change != nil {
			change(args)
		}
		_, err := NewBaseline(ctx, "baseline", args)
		return err
	})
}

func baselineArgs(management account.Account, core []account.Account) *BaselineArgs {
	contact := config.Contact{Name: "SOC", Title: "Desk", Email: "soc@example.com", Phone: "+41 1"}
	return &BaselineArgs{
		Management: management,
		Core:       core,
		Regions:    []string{pulumitest.Region, "eu-test-2"},
		Units: []BaselineUnit{
			{Key: "workloads", ID: pulumi.String("ou-abcd-workloads")}, {Key: "sandbox", ID: pulumi.String("ou-abcd-sandbox00")},
		},
		FailureTolerance: 5,
		Settings: BaselineSettings{
			OrganizationID: pulumi.String("o-exampleorgid"), AuditAccountID: pulumi.String("333344445555"),
			AccessRole: "OrganizationAccountAccessRole", ExternalID: "acme-qualification", Home: pulumitest.Region,
			LandingBucket: pulumi.String("acme-config-eu-test-1"), LandingKeyARN: pulumi.String("arn:aws:kms:eu-test-1:222233334444:key/1"),
			LogArchiveID: pulumi.String("222233334444"), LogDestination: "gxp-log-events", TrailLogGroup: "/gxp/acme-organization-trail",
			InventoryPrefix: "acme-service-logs", Sessions: true,
			EventBusARN:  pulumi.String("arn:aws:events:eu-test-1:333344445555:event-bus/gxp-events"),
			AssetsPrefix: "acme-assets", Code: "baseline-settings/1.zip", Recorder: true, RemoveDefaultVPC: true, LogRetentionDays: 365,
			Passwords: config.PasswordPolicy{MinimumLength: 14, MaxAgeDays: 90, ReusePrevention: 24},
			Contacts:  config.Contacts{Billing: contact, Operations: contact, Security: contact},

			VaultMinimumDays: 7, VaultMaximumDays: 36500,
		},
	}
}
