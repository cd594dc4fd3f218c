package monitoring

import (
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestNotifications_AreEncryptedAndReachTheirReaders(t *testing.T) {
	graph := render(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewNotifications(ctx, "notifications", &NotificationsArgs{
			Account: in, Emails: []string{"security@example.com"}})
		return err
	})
	topic := pulumitest.Find(t, graph, "aws:sns/topic:Topic", "notifications")
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "notifications")
	assert.Contains(t, topic.Inputs["kmsMasterKeyId"], key.ID)
	subscription := pulumitest.Find(t, graph, "aws:sns/topicSubscription:TopicSubscription", "notifications-security@example.com")
	assert.Equal(t, "email", subscription.Inputs["protocol"])

	policy := pulumitest.Find(t, graph, "aws:sns/topicPolicy:TopicPolicy", "notifications")
	pulumitest.Golden(t, "topic.json", pulumitest.Indented(t, policy.Inputs["policy"].(string)))
	pulumitest.Golden(t, "topic-key.json", pulumitest.Indented(t, key.Inputs["policy"].(string)))
}

func TestAlarms_TurnEveryRowIntoAFilterAndAnAlarmThatTellsSomebody(t *testing.T) {
	const topic = "arn:aws:sns:eu-test-1:111122223333:gxp-notifications"
	graph := render(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewAlarms(ctx, "alarms", &AlarmsArgs{
			Account: in, LogGroup: pulumi.String("/gxp/trail"), TopicARN: pulumi.String(topic)})
		return err
	})
	require.NotEmpty(t, alarms)
	for _, row := range alarms {
		filter := pulumitest.Find(t, graph, "aws:cloudwatch/logMetricFilter:LogMetricFilter", "alarms-"+row.key)
		alarm := pulumitest.Find(t, graph, "aws:cloudwatch/metricAlarm:MetricAlarm", "alarms-"+row.key)
		metric := filter.Inputs["metricTransformation"].(map[string]any)
		assert.Equal(t, row.pattern, filter.Inputs["pattern"])
		assert.Equal(t, metric["name"], alarm.Inputs["metricName"])
		assert.Equal(t, metric["namespace"], alarm.Inputs["namespace"])
		assert.Equal(t, []any{topic}, alarm.Inputs["alarmActions"])
		assert.Equal(t, "notBreaching", alarm.Inputs["treatMissingData"])
	}
}

func TestAggregator_CoversEveryRegion(t *testing.T) {
	graph := render(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewAggregator(ctx, "aggregator", &AggregatorArgs{Account: in})
		return err
	})
	aggregator := pulumitest.Find(t, graph, "aws:cfg/configurationAggregator:ConfigurationAggregator", "aggregator")
	assert.Equal(t, true, aggregator.Inputs["organizationAggregationSource"].(map[string]any)["allRegions"])
}

func TestConformance_EvaluatesEveryRuleOfTheTable(t *testing.T) {
	graph := render(t, func(ctx *pulumi.Context, in account.Account) error {
		_, err := NewConformance(ctx, "conformance", &ConformanceArgs{Account: in})
		return err
	})
	pack := pulumitest.OfType(t, graph, "aws:cfg/organizationConformancePack:OrganizationConformancePack")[0]
	body := pack.Inputs["templateBody"].(string)
	assert.LessOrEqual(t, len(body), 51200, "AWS takes no larger template inline")
	for _, identifier := range RuleIdentifiers() {
		assert.Contains(t, body, `"SourceIdentifier":"`+identifier+`"`)
	}
	var template struct{ Resources map[string]any }
	require.NoError(t, json.Unmarshal([]byte(body), &template))
	assert.Len(t, template.Resources, len(rules))
	assert.LessOrEqual(t, len(rules), 130, "AWS takes no more rules in a pack")
	for id := range template.Resources {
		assert.Regexp(t, `^[A-Za-z0-9]+$`, id)
	}
}

func TestControls_AreCompleteAndUnique(t *testing.T) {
	seen := map[string]bool{}
	require.NotEmpty(t, Controls())
	for _, c := range Controls() {
		assert.False(t, seen[c.ID], "%s is used twice", c.ID)
		seen[c.ID] = true
		assert.Regexp(t, regexp.MustCompile(`^GXP-[A-Z]{3}-\d{3}$`), c.ID)
		assert.NotEmpty(t, c.Title, c.ID)
		assert.False(t, strings.HasPrefix(c.Title, "Ensure"), "%s: a title states a fact", c.ID)
		assert.NotEmpty(t, c.Rationale, c.ID)
		assert.NotEmpty(t, c.Requirements, c.ID)
		assert.NotEmpty(t, c.Kind, c.ID)
		assert.NotEmpty(t, c.Verification, c.ID)
	}
}

func TestArgs_RejectWhatIsMissing(t *testing.T) {
	in := account.Account{Provider: &aws.Provider{}}
	tests := map[string]struct {
		got  error
		want string
	}{
		"no notifications args":        {(*NotificationsArgs)(nil).validate(), "args are required"},
		"notifications without a home": {(&NotificationsArgs{}).validate(), "account has no provider"},
		"no alarms args":               {(*AlarmsArgs)(nil).validate(), "args are required"},
		"alarms without a home":        {(&AlarmsArgs{}).validate(), "account has no provider"},
		"alarms without a log group":   {(&AlarmsArgs{Account: in}).validate(), "logGroup is required"},
		"alarms that tell nobody":      {(&AlarmsArgs{Account: in, LogGroup: pulumi.String("x")}).validate(), "topicARN is required"},
		"no aggregator args":           {(*AggregatorArgs)(nil).validate(), "args are required"},
		"aggregator without a home":    {(&AggregatorArgs{}).validate(), "account has no provider"},
		"no conformance args":          {(*ConformanceArgs)(nil).validate(), "args are required"},
		"conformance without a home":   {(&ConformanceArgs{}).validate(), "account has no provider"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.EqualError(t, tt.got, tt.want) })
	}
}

// render runs what registers into one test account.
func render(t *testing.T, register func(*pulumi.Context, account.Account) error) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "management", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		return register(ctx, in)
	})
}
