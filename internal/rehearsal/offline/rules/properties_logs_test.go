package rules

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/athena"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/glue"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kinesis"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearchingest"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/quicksight"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/scheduler"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sqs"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
)

func init() {
	arguments[databaseType] = glue.CatalogDatabaseArgs{}
	arguments[tableType] = glue.CatalogTableArgs{}
	arguments[catalogSettingType] = glue.DataCatalogEncryptionSettingsArgs{}
	arguments[catalogPolicyType] = glue.ResourcePolicyArgs{}
	arguments[workgroupType] = athena.WorkgroupArgs{}
	arguments[namedQueryType] = athena.NamedQueryArgs{}
	arguments[scheduleGroupType] = scheduler.ScheduleGroupArgs{}
	arguments[scheduleType] = scheduler.ScheduleArgs{}
	arguments[functionType] = lambda.FunctionArgs{}
	arguments[permissionType] = lambda.PermissionArgs{}
	arguments[invokeConfigType] = lambda.FunctionEventInvokeConfigArgs{}
	arguments[logStreamType] = cloudwatch.LogStreamArgs{}
	arguments[logDestinationType] = cloudwatch.LogDestinationArgs{}
	arguments[destinationPolicyType] = cloudwatch.LogDestinationPolicyArgs{}
	arguments[subscriptionFilterType] = cloudwatch.LogSubscriptionFilterArgs{}
	arguments[logAccountPolicyType] = cloudwatch.LogAccountPolicyArgs{}
	arguments[eventRuleType] = cloudwatch.EventRuleArgs{}
	arguments[eventTargetType] = cloudwatch.EventTargetArgs{}
	arguments[streamType] = kinesis.FirehoseDeliveryStreamArgs{}
	arguments[queueType] = sqs.QueueArgs{}
	arguments[queuePolicyType] = sqs.QueuePolicyArgs{}
	arguments[ssmDocumentType] = ssm.DocumentArgs{}
	arguments[dataSyncType] = ssm.ResourceDataSyncArgs{}
	arguments[collectionType] = opensearch.ServerlessCollectionArgs{}
	arguments[searchSecurityType] = opensearch.ServerlessSecurityPolicyArgs{}
	arguments[searchLifecycleType] = opensearch.ServerlessLifecyclePolicyArgs{}
	arguments[pipelineType] = opensearchingest.PipelineArgs{}
	arguments[searchAccessType] = opensearch.ServerlessAccessPolicyArgs{}
	arguments[searchEndpointType] = opensearch.ServerlessVpcEndpointArgs{}
	arguments[quickAccountType] = quicksight.AccountSubscriptionArgs{}
	arguments[quickSourceType] = quicksight.DataSourceArgs{}
	arguments[quickSetType] = quicksight.DataSetArgs{}
	arguments[quickAnalysisType] = quicksight.AnalysisArgs{}
	arguments[quickDashboardType] = quicksight.DashboardArgs{}
	arguments[quickTemplateType] = quicksight.TemplateArgs{}
	arguments[quickThemeType] = quicksight.ThemeArgs{}
	arguments[quickFolderType] = quicksight.FolderArgs{}
	arguments[quickMembershipType] = quicksight.FolderMembershipArgs{}
	arguments[quickGroupType] = quicksight.GroupArgs{}
	arguments[quickMemberType] = quicksight.GroupMembershipArgs{}
	arguments[quickIngestionType] = quicksight.IngestionArgs{}
	arguments[quickRefreshType] = quicksight.RefreshScheduleArgs{}
}
