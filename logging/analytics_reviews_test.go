package logging

import (
	"encoding/json"
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

const (
	scheduleType = "aws:scheduler/schedule:Schedule"
	alarmType    = "aws:cloudwatch/metricAlarm:MetricAlarm"
)

func TestAnalytics_CanDoWithoutReviews(t *testing.T) {
	graph := renderAnalytics(t, func(a *AnalyticsArgs) { a.Reviews, a.Accounts, a.TopicARN = false, nil, nil })
	assert.Len(t, pulumitest.OfType(t, graph, groupType), 1)
	for _, r := range graph.Resources {
		for _, typ := range []string{"aws:scheduler/", "aws:sqs/", copiesType, alarmType} {
			assert.False(t, strings.HasPrefix(r.Type, typ), r.URN)
		}
	}
}

func TestAnalytics_RunsEveryReviewOnceAWeek(t *testing.T) {
	graph := renderAnalytics(t, nil)
	assert.Len(t, pulumitest.OfType(t, graph, scheduleType), len(analytics.Reviews()))
	times := map[any]bool{}
	for _, review := range analytics.Reviews() {
		schedule := pulumitest.Find(t, graph, scheduleType, "analytics-"+review.Query.Name).Inputs
		assert.Equal(t, "ENABLED", schedule["state"])
		assert.Regexp(t, `^cron\([0-5]?[0-9] [34] \? \* MON \*\)$`, schedule["scheduleExpression"])
		assert.False(t, times[schedule["scheduleExpression"]], "two reviews at %s", schedule["scheduleExpression"])
		times[schedule["scheduleExpression"]] = true

		target := schedule["target"].(map[string]any)
		assert.Equal(t, "arn:aws:scheduler:::aws-sdk:athena:startQueryExecution", target["arn"])
		assert.NotEmpty(t, target["deadLetterConfig"])
		assertInput(t, review, target["input"].(string))
	}
}

// assertInput looks at what a schedule asks Athena.
func assertInput(t *testing.T, review analytics.Review, text string) {
	t.Helper()
	var input struct {
		QueryString, WorkGroup, ClientRequestToken string
		QueryExecutionContext                      struct{ Database string }
		ResultConfiguration                        struct {
			OutputLocation, ExpectedBucketOwner string
			EncryptionConfiguration             struct{ EncryptionOption, KmsKey string }
		}
	}
	require.NoError(t, json.Unmarshal([]byte(text), &input))
	sql, err := review.SQL([]string{"111122223333", "222233334444"})
	require.NoError(t, err)
	assert.Equal(t, sql, input.QueryString, "the accounts are sorted and named once")
	assert.Equal(t, "gxp-audit-exports", input.WorkGroup)
	assert.Equal(t, "gxp_audit", input.QueryExecutionContext.Database)
	assert.Equal(t, "s3://acme-audit-results-eu-test-1/exports/"+review.Query.Name+"/", input.ResultConfiguration.OutputLocation)
	assert.Equal(t, auditID, input.ResultConfiguration.ExpectedBucketOwner)
	assert.Equal(t, "SSE_KMS", input.ResultConfiguration.EncryptionConfiguration.EncryptionOption)
	assert.NotEmpty(t, input.ResultConfiguration.EncryptionConfiguration.KmsKey)

	const keyword = "<aws.scheduler.scheduled-time>"
	assert.Contains(t, text, keyword, "the scheduler recognizes the keyword as it is")
	token := strings.ReplaceAll(input.ClientRequestToken, keyword, "2026-11-23T03:00:00Z")
	assert.GreaterOrEqual(t, len(token), 32, "Athena refuses a shorter one")
	assert.LessOrEqual(t, len(token), 128)
}

func accountNumbers(count int) []string {
	ids := make([]string, count)
	for i := range ids {
		ids[i] = fmt.Sprintf("%012d", i)
	}
	return ids
}

func TestReviews_FitAThousandAccountsAndSayWhenThereAreMore(t *testing.T) {
	const key = "arn:aws:kms:eu-test-1:333344445555:key/0a1b2c3d-0000-4000-8000-000000000001"
	for _, review := range analytics.Reviews() {
		input, err := reviewInput(review, accountNumbers(1000), auditID, "acme-audit-results-eu-test-1", key)
		require.NoError(t, err, review.Query.Name)
		assert.Less(t, len(input), longestInput)
		if _, has := review.Query.Parameter("account"); !has {
			continue
		}
		assert.Contains(t, input, "'000000000999'")
		_, err = reviewInput(review, accountNumbers(1001), auditID, "acme-audit-results-eu-test-1", key)
		assert.ErrorContains(t, err, "more than 1000", review.Query.Name)
	}
}

func TestAnalytics_AddsNoResourceForAnAccount(t *testing.T) {
	few := len(renderAnalytics(t, nil).Resources)
	many := renderAnalytics(t, func(a *AnalyticsArgs) { a.Accounts = pulumi.ToStringArray(accountNumbers(1000)) })
	assert.Len(t, many.Resources, few)
}

func TestAnalytics_CopiesTheReviewsIntoEveryEvidence(t *testing.T) {
	graph := renderAnalytics(t, nil)
	copies := pulumitest.Find(t, graph, copiesType, "analytics")
	assert.True(t, copies.Protect)
	rules := copies.Inputs["rules"].([]any)
	require.Len(t, rules, 2)
	for i, region := range []string{"eu-test-1", "eu-test-2"} {
		rule := rules[i].(map[string]any)
		assert.Equal(t, "Enabled", rule["status"])
		assert.Equal(t, map[string]any{"prefix": "exports/"}, rule["filter"])
		assert.Equal(t, map[string]any{"status": "Disabled"}, rule["deleteMarkerReplication"])
		destination := rule["destination"].(map[string]any)
		assert.Contains(t, destination["bucket"], "acme-evidence-"+region)
		assert.Equal(t, "Enabled", destination["metrics"].(map[string]any)["status"])
		alarm := pulumitest.Find(t, graph, alarmType, "analytics-review-not-copied-"+region).Inputs
		assert.Equal(t, map[string]any{
			"SourceBucket": "acme-audit-results-eu-test-1", "DestinationBucket": "acme-evidence-" + region, "RuleId": rule["id"],
		}, alarm["dimensions"])
	}
	for _, review := range analytics.Reviews() {
		schedule := pulumitest.Find(t, graph, scheduleType, "analytics-"+review.Query.Name)
		assert.Contains(t, schedule.Dependencies, copies.URN, "S3 does not copy what was there before")
	}
}

func TestAnalytics_TellsOfReviewsThatFailed(t *testing.T) {
	var told []string
	for _, r := range pulumitest.OfType(t, renderAnalytics(t, nil), alarmType) {
		told = append(told, r.Name())
		assert.Equal(t, []any{"arn:aws:sns:eu-test-1:333344445555:gxp-notifications"}, r.Inputs["alarmActions"], r.URN)
		assert.Equal(t, 1.0, r.Inputs["threshold"], r.URN)
	}
	assert.Subset(t, told, []string{"analytics-review-failed", "analytics-review-canceled", "analytics-review-not-started"})
}
