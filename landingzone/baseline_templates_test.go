package landingzone

import (
	"fmt"
	"os/exec"
	"slices"
	"strings"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
	"github.com/goccy/go-yaml"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

var templates = map[string]string{globalStack: globalTemplate, regionalStack: regionalTemplate}

func TestBaselineTemplates_PassCfnLint(t *testing.T) {
	lint := testtool.Path(t, "cfn-lint")
	for _, file := range []string{"baseline/global.yaml", "baseline/regional.yaml"} {
		out, err := exec.CommandContext(t.Context(), lint, file).CombinedOutput()
		assert.NoError(t, err, "%s: %s", file, out)
	}
}

// parsed is a template as far as the tests look at it.
type parsed struct {
	Transform any `yaml:"Transform"`
	Resources map[string]struct {
		Type           string         `yaml:"Type"`
		DeletionPolicy string         `yaml:"DeletionPolicy"`
		DependsOn      any            `yaml:"DependsOn"`
		Properties     map[string]any `yaml:"Properties"`
	} `yaml:"Resources"`
}

func parse(t *testing.T, template string) parsed {
	t.Helper()
	var p parsed
	require.NoError(t, yaml.Unmarshal([]byte(template), &p))
	require.NotEmpty(t, p.Resources)
	return p
}

func TestBaselineTemplates_AreWhatStackSetsTake(t *testing.T) {
	for name, template := range templates {
		p := parse(t, template)
		assert.LessOrEqual(t, len(template), mostTemplate, name)
		assert.Nil(t, p.Transform, name)
		for _, r := range p.Resources {
			assert.NotEqual(t, "AWS::CloudFormation::Stack", r.Type, name)
			if !strings.HasPrefix(r.Type, "AWS::") {
				assert.True(t, strings.HasPrefix(r.Type, "Custom::Gxp"), "%s: %s", name, r.Type)
			}
		}
	}
}

func TestBaselineTemplates_NameRolesSoThatRegionsDoNotCollide(t *testing.T) {
	roles := 0
	for id, r := range parse(t, regionalTemplate).Resources {
		if r.Type == "AWS::IAM::Role" {
			roles++
			assert.Contains(t, r.Properties["RoleName"], "${AWS::Region}", id)
		}
	}
	assert.Equal(t, 4, roles)
	for id, r := range parse(t, globalTemplate).Resources {
		assert.True(t, strings.HasPrefix(r.Type, "AWS::IAM::"), "%s is not global", id)
	}
}

func TestBaselineTemplates_MakeTheVaultAfterWhatAWSMayRefuse(t *testing.T) {
	p := parse(t, regionalTemplate)
	tried := []string{
		"AWS::Config::ConfigurationRecorder", "AWS::Config::DeliveryChannel", "AWS::Logs::AccountPolicy",
		"AWS::SSM::Document", "AWS::SSM::ResourceDataSync",
	}
	assert.Contains(t, p.Resources["Vault"].DependsOn, "RegionSettings")
	seen := 0
	for id, r := range p.Resources {
		if slices.Contains(tried, r.Type) {
			seen++
			assert.Contains(t, fmt.Sprint(p.Resources["RegionSettings"].Properties["After"]), id,
				"the vault stays where the stack fails, and is in the way of the next")
		}
	}
	assert.Equal(t, len(tried), seen)
}

func TestBaselineTemplates_KeepWhatHoldsRecords(t *testing.T) {
	for id, r := range parse(t, regionalTemplate).Resources {
		switch r.Type {
		case "AWS::Backup::BackupVault", "AWS::KMS::Key", "AWS::Logs::LogGroup":
			assert.Contains(t, []string{"Retain", "RetainExceptOnCreate"}, r.DeletionPolicy, id)
		}
	}
}

func TestBaselineTemplates_HaveTheNamesThatOthersRelyOn(t *testing.T) {
	for template, names := range map[string][]string{
		globalTemplate: {
			"ManagedPolicyName: gxp-boundary", "RoleName: gxp-qualification-read", "RoleName: gxp-backup", "RoleName: gxp-support",
		},
		regionalTemplate: {
			"gxp-config-${AWS::Region}", "gxp-event-forward-${AWS::Region}", "gxp-baseline-settings-${AWS::Region}",
			"BackupVaultName: gxp-vault", "LogGroupName: /gxp/baseline-settings",
			"Name: SSM-SessionManagerRunShell", "PolicyName: gxp-archive", "SyncName: gxp-archive", "BucketPrefix: inventory",
		},
	} {
		for _, name := range names {
			assert.Contains(t, template, name)
		}
	}
}

func TestBaselineTemplates_SendWhatTheyAreToldTo(t *testing.T) {
	var conditioned struct {
		Conditions map[string]any `yaml:"Conditions"`
		Resources  map[string]struct {
			Condition string `yaml:"Condition"`
		} `yaml:"Resources"`
	}
	require.NoError(t, yaml.Unmarshal([]byte(regionalTemplate), &conditioned))
	for id, condition := range map[string]string{
		"LogSubscription": "SendsLogs", "SessionLog": "RecordsSessions", "SessionSettings": "RecordsSessions", "Inventory": "SendsInventory",
	} {
		assert.Equal(t, condition, conditioned.Resources[id].Condition, id)
		assert.Contains(t, conditioned.Conditions, condition)
	}
	for id, r := range parse(t, regionalTemplate).Resources {
		if group, ok := r.Properties["LogGroupName"].(string); ok && id == "SessionLog" {
			inputs := parse(t, regionalTemplate).Resources["SessionSettings"].Properties["Content"].(map[string]any)["inputs"]
			assert.Equal(t, group, inputs.(map[string]any)["cloudWatchLogGroupName"], "sessions are recorded where nobody made a log group")
		}
	}
}

// accounts are two accounts of the emulator.
var accounts = []string{"222233334444", "333344445555"}

// given are parameters for the emulator. It has no Lambda without Docker, and a
// custom resource would wait for its answer: the settings are tried by the
// function's own tests.
var given = map[string]map[string]string{
	globalStack: {
		"OrganizationId": "o-exampleorgid", "AuditAccountId": "333344445555", "QualificationExternalId": "acme-qualification",
		"AccessRole": "OrganizationAccountAccessRole",
	},
	regionalStack: {
		"OrganizationId": "o-exampleorgid", "HomeRegion": "eu-central-1", "Recorder": "true", "LandingBucket": "acme-config-eu-central-1",
		"LandingKeyArn": "arn:aws:kms:eu-central-1:111122223333:key/1",
		"EventBusArn":   "arn:aws:events:eu-central-1:333344445555:event-bus/gxp-events",
		"AssetsBucket":  "acme-assets", "SettingsCode": "baseline-settings/1.zip", "LogRetentionDays": "365", "RemoveDefaultVpc": "true",
		"PasswordMinimumLength": "14", "PasswordMaximumAge": "90", "PasswordsRemembered": "24", "Contacts": "",
		"VaultMinimumDays": "7", "VaultMaximumDays": "36500", "VaultLockGraceDays": "0",
		// The emulator has neither account policies nor data syncs.
		"LogArchiveAccountId": "222233334444", "LogDestination": "", "InventoryBucket": "", "Sessions": "false",
		"TrailLogGroup": "/gxp/acme-organization-trail",
	},
}

// withoutFunction is the template without what the emulator cannot run.
func withoutFunction(t *testing.T, template string) string {
	t.Helper()
	head, _, found := strings.Cut(template, "  SettingsFunction:\n")
	require.Equal(t, template == regionalTemplate, found, "the function comes last in its template")
	return head
}

func TestBaselineTemplates_AreMadeUpdatedAndRemovedInTwoAccounts(t *testing.T) {
	endpoint := testtool.Emulator(t)
	for _, id := range accounts {
		for _, region := range []string{"eu-central-1", "eu-west-1"} {
			for name, template := range templates {
				if name == globalStack && region != "eu-central-1" {
					continue
				}
				t.Run(id+" "+region+" "+name, func(t *testing.T) {
					launch(t, clients(t, endpoint, id, region), name, withoutFunction(t, template))
				})
			}
		}
	}
}

type emulated struct {
	stacks *cloudformation.Client
	roles  *iam.Client
}

// clients work in an account of the emulator, which a role in it leads to.
func clients(t *testing.T, endpoint, id, region string) emulated {
	t.Helper()
	c := aws.Config{
		Region: region, BaseEndpoint: aws.String(endpoint),
		Credentials: credentials.NewStaticCredentialsProvider("emulator", "emulator", ""),
	}
	role := "arn:aws:iam::" + id + ":role/OrganizationAccountAccessRole"
	member := c.Copy()
	member.Credentials = aws.NewCredentialsCache(stscreds.NewAssumeRoleProvider(sts.NewFromConfig(c), role))
	return emulated{cloudformation.NewFromConfig(member), iam.NewFromConfig(member)}
}

func launch(t *testing.T, c emulated, name, template string) {
	t.Helper()
	var parameters []types.Parameter
	for key, value := range given[name] {
		parameters = append(parameters, types.Parameter{ParameterKey: aws.String(key), ParameterValue: aws.String(value)})
	}
	named := []types.Capability{types.CapabilityCapabilityNamedIam}
	_, err := c.stacks.CreateStack(t.Context(), &cloudformation.CreateStackInput{
		StackName: aws.String(name), TemplateBody: aws.String(template), Parameters: parameters, Capabilities: named,
	})
	require.NoError(t, err)
	assert.Equal(t, types.StackStatusCreateComplete, status(t, c.stacks, name))
	made, err := c.stacks.DescribeStackResources(t.Context(), &cloudformation.DescribeStackResourcesInput{StackName: aws.String(name)})
	require.NoError(t, err)
	var roles []string
	for _, r := range made.StackResources {
		if aws.ToString(r.ResourceType) == "AWS::IAM::Role" {
			roles = append(roles, aws.ToString(r.PhysicalResourceId))
		}
	}
	require.NotEmpty(t, roles)
	for _, role := range roles {
		found, err := c.roles.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String(role)})
		require.NoError(t, err)
		assert.True(t, strings.HasPrefix(aws.ToString(found.Role.RoleName), "gxp-"), role)
	}

	changed := strings.Replace(template, "MaxSessionDuration: 3600", "MaxSessionDuration: 7200", 1)
	changed = strings.Replace(changed, "Forwards the end of every", "Hands on the end of every", 1)
	require.NotEqual(t, template, changed)
	_, err = c.stacks.UpdateStack(t.Context(), &cloudformation.UpdateStackInput{
		StackName: aws.String(name), TemplateBody: aws.String(changed), Parameters: parameters, Capabilities: named,
	})
	require.NoError(t, err)
	assert.Equal(t, types.StackStatusUpdateComplete, status(t, c.stacks, name))

	_, err = c.stacks.DeleteStack(t.Context(), &cloudformation.DeleteStackInput{StackName: aws.String(name)})
	require.NoError(t, err)
	for _, role := range roles {
		_, err := c.roles.GetRole(t.Context(), &iam.GetRoleInput{RoleName: aws.String(role)})
		assert.ErrorContains(t, err, "NoSuchEntity", role)
	}
}

func status(t *testing.T, client *cloudformation.Client, name string) types.StackStatus {
	t.Helper()
	stacks, err := client.DescribeStacks(t.Context(), &cloudformation.DescribeStacksInput{StackName: aws.String(name)})
	require.NoError(t, err)
	require.Len(t, stacks.Stacks, 1)
	return stacks.Stacks[0].StackStatus
}
