package logging

import (
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/asset"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	functionType = "aws:lambda/function:Function"
	roleType     = "aws:iam/role:Role"
	inlineType   = "aws:iam/rolePolicy:RolePolicy"
)

func TestIntegrityCheck_RunsThePublishedCodeOnce(t *testing.T) {
	graph := renderIntegrityCheck(t)
	function := pulumitest.Find(t, graph, functionType, "integrity")
	code, err := asset.Find(IntegrityFunction)
	require.NoError(t, err)
	assert.Equal(t, "acme-assets-eu-test-1", function.Inputs["s3Bucket"])
	assert.Equal(t, code.Key(), function.Inputs["s3Key"])
	sum, err := base64.StdEncoding.DecodeString(function.Inputs["sourceCodeHash"].(string))
	require.NoError(t, err)
	assert.Equal(t, code.Digest, hex.EncodeToString(sum), "what Lambda reports of the code can be compared with the lock")
	assert.Equal(t, []any{"arm64"}, function.Inputs["architectures"])
	assert.Equal(t, "provided.al2023", function.Inputs["runtime"])
	assert.Equal(t, 900.0, function.Inputs["timeout"])
	assert.Equal(t, map[string]any{"logFormat": "Text", "logGroup": "/gxp/log-integrity"}, function.Inputs["loggingConfig"])
	once := pulumitest.Find(t, graph, "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig", "integrity")
	assert.Equal(t, 0.0, once.Inputs["maximumRetryAttempts"])
	group := pulumitest.Find(t, graph, "aws:cloudwatch/logGroup:LogGroup", "integrity")
	assert.True(t, group.Protect && group.RetainOnDelete)
	assert.Equal(t, 365.0, group.Inputs["retentionInDays"])
}

func TestIntegrityCheck_TellsTheFunctionWhatMustBeThere(t *testing.T) {
	variables := func(g *qualification.Graph) map[string]any {
		return pulumitest.Find(t, g, functionType, "integrity").Inputs["environment"].(map[string]any)["variables"].(map[string]any)
	}
	got := variables(renderIntegrityCheck(t))
	for name, want := range map[string]string{
		"ARCHIVE_BUCKET": "acme-archive-eu-test-1", "EVIDENCE_BUCKET": "acme-evidence-eu-test-1",
		"REPLICA_BUCKET": "acme-archive-eu-test-2", "ORGANIZATION_ID": "o-exampleorgid", "MANAGEMENT_ACCOUNT_ID": "111122223333",
		"TRAIL_NAME": "acme-organization-trail", "EXPECTED_REGIONS": "eu-test-1,eu-test-2", "LOCK_MODE": "COMPLIANCE",
		"RETENTION_YEARS": "7", "SIGNING_ALGORITHM": "ECDSA_SHA_256", "METRIC_NAMESPACE": "GxP/LogIntegrity",
	} {
		assert.Equal(t, want, got[name], name)
	}
	assert.Contains(t, got["SIGNING_KEY_ID"], "arn:aws:kms:")
	content, err := json.Marshal(got)
	require.NoError(t, err)
	assert.Less(t, len(content), 4096, "Lambda allows four kilobytes")
	without := variables(renderIntegrityCheckWith(t, func(a *IntegrityCheckArgs) { a.Replica = nil }))
	assert.NotContains(t, without, "REPLICA_BUCKET", "an archive may have no second copy")
}

func TestIntegrityCheck_RunsDailyForEveryAccount(t *testing.T) {
	schedule := pulumitest.Find(t, renderIntegrityCheck(t), scheduleType, "integrity")
	assert.Equal(t, "cron(15 4 * * ? *)", schedule.Inputs["scheduleExpression"])
	assert.Equal(t, "ENABLED", schedule.Inputs["state"])
	assert.Equal(t, "gxp-integrity", schedule.Inputs["groupName"])
	target := schedule.Inputs["target"].(map[string]any)
	assert.Equal(t, 0.0, target["retryPolicy"].(map[string]any)["maximumRetryAttempts"])
	assert.JSONEq(t, `{"hours":25,"accounts":["111122223333","222233334444"],"retired":["444455556666"]}`, target["input"].(string))
}

func TestIntegrityEvent_NamesAThousandAccountsWithinWhatAScheduleCarries(t *testing.T) {
	var accounts pulumi.StringArray
	for i := range 1000 {
		accounts = append(accounts, pulumi.Sprintf("%012d", 999999999999-i))
	}
	graph := renderIntegrityCheckWith(t, func(a *IntegrityCheckArgs) { a.Accounts, a.Retired = accounts, nil })
	input := pulumitest.Find(t, graph, scheduleType, "integrity").Inputs["target"].(map[string]any)["input"].(string)
	assert.Less(t, len(input), 64*1024, "a schedule carries 256 kilobytes")
	assert.True(t, strings.HasPrefix(input, `{"hours":25,"accounts":["999999999000",`), "the order of the configuration means nothing")
	assert.True(t, strings.HasSuffix(input, `"999999999999"],"retired":[]}`), input[len(input)-40:])
}

func TestIntegrityCheck_MayReadTheTrailAndAddResultsAlone(t *testing.T) {
	graph := renderIntegrityCheck(t)
	for name, document := range map[string]any{
		"role":            pulumitest.Find(t, graph, inlineType, "integrity").Inputs["policy"],
		"trust":           pulumitest.Find(t, graph, roleType, "integrity").Inputs["assumeRolePolicy"],
		"key":             pulumitest.Find(t, graph, "aws:kms/key:Key", "integrity").Inputs["policy"],
		"scheduler-role":  pulumitest.Find(t, graph, inlineType, "integrity-scheduler").Inputs["policy"],
		"scheduler-trust": pulumitest.Find(t, graph, roleType, "integrity-scheduler").Inputs["assumeRolePolicy"],
	} {
		t.Run(name, func(t *testing.T) {
			pulumitest.Golden(t, "integrity-"+name+".json", pulumitest.Indented(t, document.(string)))
		})
	}
}

func TestIntegrityCheck_SignsWithAKeyThatOutlivesIt(t *testing.T) {
	graph := renderIntegrityCheck(t)
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "integrity")
	assert.Equal(t, "SIGN_VERIFY", key.Inputs["keyUsage"])
	assert.Equal(t, "ECC_NIST_P256", key.Inputs["customerMasterKeySpec"])
	assert.NotContains(t, key.Inputs, "enableKeyRotation", "KMS rotates no key that signs")
	assert.True(t, key.Protect && key.RetainOnDelete)
	alias := pulumitest.Find(t, graph, "aws:kms/alias:Alias", "integrity")
	assert.Equal(t, "alias/gxp-integrity", alias.Inputs["name"])
}

func TestIntegrityCheck_TellsOfFailureFindingsAndSilence(t *testing.T) {
	graph := renderIntegrityCheck(t)
	for name, want := range map[string]struct {
		metric, namespace, missing, comparison string
		seconds, periods, threshold            float64
	}{
		"integrity-failed":   {"Errors", "AWS/Lambda", "notBreaching", "GreaterThanThreshold", 300, 1, 0},
		"integrity-findings": {"IntegrityFindings", "GxP/LogIntegrity", "notBreaching", "GreaterThanThreshold", 300, 1, 0},
		"integrity-silent":   {"IntegrityVerified", "GxP/LogIntegrity", "breaching", "LessThanThreshold", 3600, 26, 1},
	} {
		alarm := pulumitest.Find(t, graph, "aws:cloudwatch/metricAlarm:MetricAlarm", name).Inputs
		assert.Equal(t, want.metric, alarm["metricName"], name)
		assert.Equal(t, want.namespace, alarm["namespace"], name)
		assert.Equal(t, want.missing, alarm["treatMissingData"], name)
		assert.Equal(t, want.comparison, alarm["comparisonOperator"], name)
		assert.Equal(t, want.seconds, alarm["period"], name)
		assert.Equal(t, want.periods, alarm["evaluationPeriods"], name)
		assert.Equal(t, want.threshold, alarm["threshold"], name)
		assert.Equal(t, "Sum", alarm["statistic"], name)
		assert.Equal(t, []any{"arn:aws:sns:eu-test-1:222233334444:gxp-notifications"}, alarm["alarmActions"], name)
		dimensions, has := alarm["dimensions"]
		assert.Equal(t, want.namespace == "AWS/Lambda", has, "%s: the function's own metrics have no dimensions", name)
		if has {
			assert.Equal(t, map[string]any{"FunctionName": "gxp-log-integrity"}, dimensions)
		}
	}
}

func TestIntegrityCheck_IsInItsAccountAlone(t *testing.T) {
	seen := 0
	for _, r := range renderIntegrityCheck(t).Resources {
		if strings.HasPrefix(r.Type, "aws:") && r.Component() == integrityCheckType {
			seen++
			assert.Contains(t, r.Provider, "::log-archive-"+pulumitest.Region+"::", r.URN)
		}
	}
	assert.Positive(t, seen)
}

func TestIntegrityCheck_KeepsResultsWhereTheAuditorsReadThem(t *testing.T) {
	assert.Equal(t, analytics.IntegrityRecords, integrity.Reports, "the table of reports reads what is written")
	assert.NotContains(t, integrity.Manifests, analytics.IntegrityRecords, "a manifest is no report")
}

func TestIntegrityCheckArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*IntegrityCheckArgs)
		want   string
	}{
		"no provider":           {func(a *IntegrityCheckArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no archive":            {func(a *IntegrityCheckArgs) { a.Archive = nil }, "archive is required"},
		"another region":        {func(a *IntegrityCheckArgs) { a.Account.Region = "eu-test-2" }, `archive is in "eu-test-1", must be in "eu-test-2" like the function`},
		"no lock":               {func(a *IntegrityCheckArgs) { a.Lock = bucket.Lock{} }, "lock is required"},
		"no organization":       {func(a *IntegrityCheckArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no management account": {func(a *IntegrityCheckArgs) { a.ManagementAccountID = "" }, "managementAccountID is required"},
		"no trail":              {func(a *IntegrityCheckArgs) { a.TrailName = "" }, "trailName is required"},
		"no regions":            {func(a *IntegrityCheckArgs) { a.Regions = nil }, "regions are required"},
		"no code":               {func(a *IntegrityCheckArgs) { a.Code = asset.Function{} }, "code is required"},
		"no bucket of code":     {func(a *IntegrityCheckArgs) { a.CodeBucket = "" }, "codeBucket is required"},
		"no topic":              {func(a *IntegrityCheckArgs) { a.TopicARN = nil }, "topicARN is required"},
		"no retention":          {func(a *IntegrityCheckArgs) { a.RetentionDays = 0 }, "retentionDays is 0, must be at least 1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			in := account.Account{Provider: &aws.Provider{}, Region: pulumitest.Region}
			args := integrityCheckArgs(t, &Archive{account: in}, nil)
			assert.NoError(t, args.validate())
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*IntegrityCheckArgs)(nil).validate(), "args are required")
}

func renderIntegrityCheck(t *testing.T) *qualification.Graph {
	t.Helper()
	return renderIntegrityCheckWith(t, func(*IntegrityCheckArgs) {})
}

// renderIntegrityCheckWith registers a check that is valid except for change.
func renderIntegrityCheckWith(t *testing.T, change func(*IntegrityCheckArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		home, err := createArchive(ctx, "archive", pulumitest.Region)
		if err != nil {
			return err
		}
		replica, err := createArchive(ctx, "archive-replica", "eu-test-2")
		if err != nil {
			return err
		}
		args := integrityCheckArgs(t, home, replica)
		change(args)
		_, err = NewIntegrityCheck(ctx, "integrity", args)
		return err
	})
}

func integrityCheckArgs(t *testing.T, home, replica *Archive) *IntegrityCheckArgs {
	t.Helper()
	code, err := asset.Find(IntegrityFunction)
	require.NoError(t, err)
	return &IntegrityCheckArgs{
		Account:             home.account,
		Archive:             home,
		Replica:             replica,
		Lock:                bucket.Lock{Mode: "COMPLIANCE", Years: 7},
		OrganizationID:      pulumi.String("o-exampleorgid"),
		ManagementAccountID: "111122223333",
		TrailName:           TrailName("acme"),
		Accounts:            pulumi.StringArray{pulumi.String("222233334444"), pulumi.String("111122223333")},
		Retired:             pulumi.StringArray{pulumi.String("444455556666")},
		Regions:             []string{pulumitest.Region, "eu-test-2"},
		Code:                code,
		CodeBucket:          "acme-assets-" + pulumitest.Region,
		TopicARN:            pulumi.String("arn:aws:sns:" + pulumitest.Region + ":222233334444:gxp-notifications"),
		RetentionDays:       365,
	}
}
