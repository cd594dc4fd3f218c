package logging

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestTrail_RecordsEverythingAndIsVerifiable(t *testing.T) {
	trail := pulumitest.Find(t, renderTrail(t), "aws:cloudtrail/trail:Trail", "trail")
	for _, property := range []string{
		"isOrganizationTrail", "isMultiRegionTrail", "includeGlobalServiceEvents", "enableLogFileValidation", "enableLogging",
	} {
		assert.Equal(t, true, trail.Inputs[property], property)
	}
	assert.True(t, trail.Protect)
	assert.Regexp(t, `:\*$`, trail.Inputs["cloudWatchLogsGroupArn"])
	assert.Equal(t, []any{
		map[string]any{"insightType": "ApiCallRateInsight"}, map[string]any{"insightType": "ApiErrorRateInsight"},
	}, trail.Inputs["insightSelectors"])
}

func TestTrail_RecordsReadsOfEvidenceAndGxPBucketsButNotOfItself(t *testing.T) {
	trail := pulumitest.Find(t, renderTrail(t), "aws:cloudtrail/trail:Trail", "trail")
	data := trail.Inputs["advancedEventSelectors"].([]any)[1].(map[string]any)["fieldSelectors"].([]any)
	assert.Contains(t, data, map[string]any{
		"field":       "resources.ARN",
		"startsWiths": []any{"arn:aws:s3:::acme-evidence-eu-test-1/", "arn:aws:s3:::gxp-data-"},
	})
}

func TestTrail_RecordsCallsThroughEndpointsServiceByService(t *testing.T) {
	trail := pulumitest.Find(t, renderTrail(t), "aws:cloudtrail/trail:Trail", "trail")
	selectors := trail.Inputs["advancedEventSelectors"].([]any)
	if assert.Len(t, selectors, 4) {
		for i, service := range []string{"kms.amazonaws.com", "secretsmanager.amazonaws.com"} {
			assert.Equal(t, []any{
				map[string]any{"field": "eventCategory", "equals": []any{"NetworkActivity"}},
				map[string]any{"field": "eventSource", "equals": []any{service}},
			}, selectors[2+i].(map[string]any)["fieldSelectors"])
		}
	}
}

func TestTrail_WritesItsLogGroupAndNothingElse(t *testing.T) {
	graph := renderTrail(t)
	for name, document := range map[string]any{
		"trail-logs-role":  pulumitest.Find(t, graph, "aws:iam/rolePolicy:RolePolicy", "trail").Inputs["policy"],
		"trail-logs-trust": pulumitest.Find(t, graph, "aws:iam/role:Role", "trail").Inputs["assumeRolePolicy"],
		"trail-logs-key":   pulumitest.Find(t, graph, "aws:kms/key:Key", "trail").Inputs["policy"],
	} {
		t.Run(name, func(t *testing.T) {
			pulumitest.Golden(t, name+".json", pulumitest.Indented(t, document.(string)))
		})
	}
}

func TestTrail_IsRetriedOnlyForWhatPassesByItself(t *testing.T) {
	tests := map[string]struct {
		args pulumi.ErrorHookArgs
		want bool
	}{
		"a policy that has not arrived": {
			pulumi.ErrorHookArgs{FailedOperation: "create", Errors: []string{"InsufficientS3BucketPolicyException: no"}}, true},
		"a name that is taken": {
			pulumi.ErrorHookArgs{FailedOperation: "create", Errors: []string{"TrailAlreadyExistsException"}}, false},
		"an update": {
			pulumi.ErrorHookArgs{FailedOperation: "update", Errors: []string{"InsufficientS3BucketPolicyException"}}, false},
		"nothing known": {pulumi.ErrorHookArgs{FailedOperation: "create"}, false},
		"too many attempts": {pulumi.ErrorHookArgs{FailedOperation: "create",
			Errors: make13("InsufficientS3BucketPolicyException")}, false},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.Equal(t, tt.want, worthRetrying(&tt.args)) })
	}
}

func make13(message string) []string {
	errors := make([]string, propagationAttempts+1)
	for i := range errors {
		errors[i] = message
	}
	return errors
}

func TestTrailArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*TrailArgs)
		want   string
	}{
		"no provider":           {func(a *TrailArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no name prefix":        {func(a *TrailArgs) { a.NamePrefix = "" }, "namePrefix is required"},
		"no management account": {func(a *TrailArgs) { a.ManagementAccountID = "" }, "managementAccountID is required"},
		"no organization":       {func(a *TrailArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no archive":            {func(a *TrailArgs) { a.Archive = nil }, "archive is required"},
		"no retention":          {func(a *TrailArgs) { a.RetentionDays = 0 }, "retentionDays is 0, must be at least 1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := trailArgs(account.Account{Provider: &aws.Provider{}}, &Archive{})
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*TrailArgs)(nil).validate(), "args are required")
}

func renderTrail(t *testing.T) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		management, err := pulumitest.Account(ctx, "management", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		archive, err := createArchive(ctx, "archive", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewTrail(ctx, "trail", trailArgs(management, archive))
		return err
	})
}

func trailArgs(in account.Account, archive *Archive) *TrailArgs {
	return &TrailArgs{
		Account:             in,
		NamePrefix:          "acme",
		ManagementAccountID: "111122223333",
		OrganizationID:      pulumi.String("o-exampleorgid"),
		Archive:             archive,
		DataEventBuckets:    []string{"gxp-data-"},
		NetworkEvents:       []string{"secretsmanager.amazonaws.com", "kms.amazonaws.com"},
		Insights:            []string{"ApiErrorRateInsight", "ApiCallRateInsight"},
		RetentionDays:       365,
	}
}
