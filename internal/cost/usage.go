package cost

import "github.com/gxp-landing-zone/gxp-landing-zone/qualification"

// usageRow is something that is charged by use.
type usageRow struct {
	price string
	types []string
	where func(*qualification.Resource) bool // nil: all of them
}

var usageRows = []usageRow{
	{"nat-data", []string{natType}, nil},
	{"tgw-data", []string{vpcAttachmentType, vpnType}, nil},
	{"firewall-data", []string{firewallType}, nil},
	{"endpoint-data", []string{endpointType}, func(r *qualification.Resource) bool { return r.Get("vpcEndpointType").Is("Interface") }},
	{"endpoint-data", []string{searchEndpointType}, nil},
	{"dns-firewall", []string{"aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup"}, nil},
	{"query-logs", []string{"aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", "aws:route53/queryLog:QueryLog"}, nil},
	{"flow-logs", []string{"aws:ec2/flowLog:FlowLog"}, func(r *qualification.Resource) bool { return r.Get("logDestinationType").Is("s3") }},
	{"ipam-address", []string{"aws:ec2/vpcIpam:VpcIpam"}, func(r *qualification.Resource) bool { return !r.Get("tier").Is("free") }},
	{"trail-data", []string{"aws:cloudtrail/trail:Trail"}, recordsData},
	{"trail-insights", []string{"aws:cloudtrail/trail:Trail"}, func(r *qualification.Resource) bool { return !r.Get("insightSelectors").Absent() }},
	{"log-group", []string{"aws:cloudwatch/logGroup:LogGroup"}, nil},
	{"config-items", []string{"aws:cfg/recorder:Recorder"}, nil},
	{"config-evaluations", []string{
		"aws:cfg/rule:Rule", "aws:cfg/conformancePack:ConformancePack", "aws:cfg/organizationConformancePack:OrganizationConformancePack",
		"aws:cfg/organizationManagedRule:OrganizationManagedRule", "aws:cfg/organizationCustomPolicyRule:OrganizationCustomPolicyRule",
	}, nil},
	{"guardduty", []string{"aws:guardduty/detector:Detector"}, nil},
	{"security-hub", []string{"aws:securityhub/account:Account", "aws:securityhub/configurationPolicy:ConfigurationPolicy"}, nil},
	{"inspector", []string{"aws:inspector2/enabler:Enabler"}, nil},
	{"macie", []string{"aws:macie2/account:Account"}, nil},
	{"unused-access", []string{"aws:accessanalyzer/analyzer:Analyzer"}, findsUnused},
	{"s3-standard", []string{"aws:s3/bucket:Bucket", "aws:s3/bucketV2:BucketV2"}, nil},
	{"backup-storage", []string{"aws:backup/vault:Vault"}, nil},
	{"kms-requests", []string{keyType, replicaKeyType}, nil},
	{"custom-events", []string{"aws:cloudwatch/eventBus:EventBus"}, nil},
	{"athena", []string{"aws:athena/workgroup:Workgroup"}, nil},
	{"scheduler", []string{"aws:scheduler/schedule:Schedule"}, nil},
	{"function-calls", []string{"aws:lambda/function:Function"}, nil},
	{"firehose", []string{"aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"}, nil},
	{"queue-requests", []string{"aws:sqs/queue:Queue"}, nil},
	{"crawler", []string{"aws:glue/crawler:Crawler"}, nil},
	{"catalog-calls", []string{"aws:servicecatalog/product:Product"}, nil},
	{"pipeline-v2", []string{pipelineType}, func(r *qualification.Resource) bool { return r.Get("pipelineType").Is("V2") }},
	{"build", []string{"aws:codebuild/project:Project"}, nil},
	// The subscription may be another stack's; its users are charged all the same.
	{"quicksight", []string{"aws:quicksight/accountSubscription:AccountSubscription", "aws:quicksight/dataSource:DataSource"}, nil},
}

// recordsData holds for a trail that records more than management events.
func recordsData(r *qualification.Resource) bool {
	for _, selector := range r.Get("advancedEventSelectors").Items() {
		for _, field := range selector.Get("fieldSelectors").Items() {
			if field.Get("field").Is("eventCategory") && !field.Get("equals[0]").Is("Management") {
				return true
			}
		}
	}
	for _, selector := range r.Get("eventSelectors").Items() {
		if len(selector.Get("dataResources").Items()) > 0 {
			return true
		}
	}
	return false
}

// findsUnused holds for an analyzer of unused access; one of external access is
// free.
func findsUnused(r *qualification.Resource) bool {
	kind := r.Get("type")
	return kind.Is("ACCOUNT_UNUSED_ACCESS") || kind.Is("ORGANIZATION_UNUSED_ACCESS")
}
