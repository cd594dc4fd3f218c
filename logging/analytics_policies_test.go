package logging

import (
	"slices"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	rolePolicyType = "aws:iam/rolePolicy:RolePolicy"
	resultsARN     = "arn:aws:s3:::acme-audit-results-eu-test-1"
)

func TestAnalytics_GrantsWhatItSays(t *testing.T) {
	graph := renderAnalytics(t, nil)
	for name, document := range map[string]any{
		"query-role":    pulumitest.Find(t, graph, rolePolicyType, "analytics").Inputs["policy"],
		"query-trust":   pulumitest.Find(t, graph, "aws:iam/role:Role", "analytics").Inputs["assumeRolePolicy"],
		"exports-role":  pulumitest.Find(t, graph, rolePolicyType, "analytics-exports").Inputs["policy"],
		"exports-trust": pulumitest.Find(t, graph, "aws:iam/role:Role", "analytics-exports").Inputs["assumeRolePolicy"],
		"copies-role":   pulumitest.Find(t, graph, rolePolicyType, "analytics-copies").Inputs["policy"],
		"results":       pulumitest.Find(t, graph, policyType, "analytics-results").Inputs["policy"],
		"key":           pulumitest.Find(t, graph, "aws:kms/key:Key", "analytics").Inputs["policy"],
		"queue":         pulumitest.Find(t, graph, "aws:sqs/queuePolicy:QueuePolicy", "analytics").Inputs["policy"],
	} {
		t.Run(name, func(t *testing.T) {
			pulumitest.Golden(t, "analytics-"+name+".json", pulumitest.Indented(t, document.(string)))
		})
	}
}

func TestAnalytics_LetsEachRoleDoItsPartAlone(t *testing.T) {
	graph := renderAnalytics(t, nil)
	const athena, own, reviews = "arn:aws:athena:eu-test-1:333344445555:workgroup/", "gxp-audit", "gxp-audit-exports"
	const archive, evidence = "arn:aws:s3:::acme-archive-eu-test-1/AWSLogs/file", "arn:aws:s3:::acme-evidence-eu-test-1/iq/file"
	person := pulumitest.Find(t, graph, rolePolicyType, "analytics").Inputs["policy"].(string)
	schedule := pulumitest.Find(t, graph, rolePolicyType, "analytics-exports").Inputs["policy"].(string)
	tests := []struct {
		action, resource string
		person, schedule bool
	}{
		{"athena:StartQueryExecution", athena + own, true, false},
		{"athena:StartQueryExecution", athena + reviews, false, true},
		{"athena:GetQueryExecution", athena + reviews, true, false},
		{"athena:UpdateWorkGroup", athena + own, false, false},
		{"athena:DeleteNamedQuery", athena + own, false, false},
		{"athena:StartQueryExecution", athena + "primary", false, false},
		{"glue:GetTable", "arn:aws:glue:eu-test-1:333344445555:table/gxp_audit/cloudtrail", true, true},
		{"glue:GetTable", "arn:aws:glue:eu-test-1:333344445555:table/other/one", false, false},
		{"glue:UpdateTable", "arn:aws:glue:eu-test-1:333344445555:table/gxp_audit/cloudtrail", false, false},
		{"s3:PutObject", resultsARN + "/queries/1.csv", true, false},
		{"s3:PutObject", resultsARN + "/exports/root-use/1.csv", false, true},
		{"s3:GetObject", resultsARN + "/exports/root-use/1.csv", true, true},
		{"s3:GetObject", resultsARN + "/queries/1.csv", true, false},
		{"s3:DeleteObject", resultsARN + "/queries/1.csv", false, false},
		{"sqs:SendMessage", "arn:aws:sqs:eu-test-1:333344445555:gxp-audit-reviews-failed", false, true},
	}
	for _, tt := range tests {
		assert.Equal(t, tt.person, allows(t, person, tt.action, tt.resource), "auditor: %s on %s", tt.action, tt.resource)
		assert.Equal(t, tt.schedule, allows(t, schedule, tt.action, tt.resource), "schedule: %s on %s", tt.action, tt.resource)
	}
	for _, write := range []string{"s3:PutObject", "s3:DeleteObjectVersion", "s3:PutObjectRetention", "kms:ScheduleKeyDeletion", "iam:PassRole"} {
		for _, resource := range []string{archive, evidence} {
			assert.False(t, allows(t, person, write, resource), "auditor: %s", write)
			assert.False(t, allows(t, schedule, write, resource), "schedule: %s", write)
		}
	}
}

// allows says whether a statement of a role's policy allows the action, its
// conditions aside. The role's policies deny nothing.
func allows(t *testing.T, document, action, resource string) bool {
	t.Helper()
	parsed, err := qualification.ParseDocument(document)
	require.NoError(t, err)
	return slices.ContainsFunc(parsed.Statements, func(s qualification.Statement) bool {
		require.True(t, s.Allows())
		return s.Covers(action) && s.On(resource)
	})
}

func TestAnalytics_CopiesNothingButTheReviews(t *testing.T) {
	role := pulumitest.Find(t, renderAnalytics(t, nil), rolePolicyType, "analytics-copies").Inputs["policy"].(string)
	document, err := qualification.ParseDocument(role)
	require.NoError(t, err)
	written := 0
	for _, s := range document.Statements {
		assert.False(t, s.Covers("s3:ReplicateDelete"), s.Sid)
		if s.Covers("s3:ReplicateObject") || s.Covers("s3:GetObjectVersionForReplication") {
			for _, resource := range s.Resources {
				written++
				assert.Regexp(t, `/exports/\*$`, resource, "no other evidence can be forged under the role")
			}
		}
	}
	assert.Equal(t, 3, written, "one source and two destinations")
}

func TestAnalytics_ClosesTheAnswersToAllOthers(t *testing.T) {
	graph := renderAnalytics(t, nil)
	document, err := qualification.ParseDocument(pulumitest.Find(t, graph, policyType, "analytics-results").Inputs["policy"].(string))
	require.NoError(t, err)
	for _, s := range document.Statements {
		assert.True(t, s.Denies(), "%s: rights are the roles' own", s.Sid)
	}
	for _, action := range []string{
		"s3:GetObject", "s3:GetObjectVersion", "s3:PutObject", "s3:PutObjectTagging", "s3:DeleteObject", "s3:DeleteObjectVersion",
	} {
		i := slices.IndexFunc(document.Statements, func(s qualification.Statement) bool {
			_, exempt := s.Condition("aws:PrincipalArn", "ArnNotLike")
			return exempt && s.Everyone() && s.Covers(action) && s.On(resultsARN+"/queries/1.csv")
		})
		require.GreaterOrEqual(t, i, 0, action)
		exempt, _ := document.Statements[i].Condition("aws:PrincipalArn", "ArnNotLike")
		assert.Equal(t, []string{
			"arn:aws:iam::333344445555:role/gxp-audit-query*", "arn:aws:iam::333344445555:role/gxp-audit-exports-replication",
		}, exempt.Values)
	}
	lifecycle := pulumitest.Find(t, graph, "aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2", "analytics-results")
	rule := lifecycle.Inputs["rules"].([]any)[0].(map[string]any)
	assert.Equal(t, map[string]any{"days": 30.0}, rule["expiration"])
}
