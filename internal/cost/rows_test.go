package cost

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// counts are what one resource stands for, by price.
type counts = map[string]int

// unknown is a value that only a deployment decides.
var unknown = qualification.Unknown{}

// fixedCases say of each type what is counted. nil means that it is not known.
var fixedCases = []struct {
	name, typ string
	inputs    object
	want      counts
}{
	{"a NAT gateway", natType, nil, counts{"nat-gateway": 1}},
	{"an address", "aws:ec2/eip:Eip", nil, counts{"public-ipv4": 1}},
	{"a VPN at a transit gateway", vpnType, object{"transitGatewayId": "tgw-1"}, counts{"vpn-connection": 1, "tgw-attachment": 1, "public-ipv4": 2}},
	{"a VPN at one to come", vpnType, object{"transitGatewayId": unknown}, counts{"vpn-connection": 1, "tgw-attachment": 1, "public-ipv4": 2}},
	{"a VPN elsewhere", vpnType, object{"vpnGatewayId": "vgw-1"}, counts{"vpn-connection": 1, "public-ipv4": 2}},
	{"an attached VPC", vpcAttachmentType, nil, counts{"tgw-attachment": 1}},
	{"one side of a peering", "aws:ec2transitgateway/peeringAttachment:PeeringAttachment", nil, counts{"tgw-attachment": 1}},
	{"the other side", "aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter", nil, counts{"tgw-attachment": 1}},
	{"an admitted VPC", "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter", object{"transitGatewayAttachmentId": "tgw-attach-9"}, counts{"tgw-attachment": 1}},
	{"Direct Connect", "aws:directconnect/gatewayAssociation:GatewayAssociation", object{"associatedGatewayId": "tgw-1"}, counts{"tgw-attachment": 1}},
	{"Direct Connect elsewhere", "aws:directconnect/gatewayAssociation:GatewayAssociation", object{"associatedGatewayId": "vgw-1"}, counts{}},
	{"Direct Connect to come", "aws:directconnect/gatewayAssociation:GatewayAssociation", object{"associatedGatewayId": unknown}, nil},
	{"a firewall", firewallType, object{"subnetMappings": list{object{}, object{}, object{}}}, counts{"firewall-endpoint": 3}},
	{"a firewall to come", firewallType, object{"subnetMappings": unknown}, nil},
	{"a firewall without subnets", firewallType, nil, nil},
	{"an interface endpoint", endpointType, object{"vpcEndpointType": "Interface", "subnetIds": list{"a", "b"}}, counts{"interface-endpoint": 2}},
	{"an endpoint in subnets to come", endpointType, object{"vpcEndpointType": "Interface", "subnetIds": list{unknown, unknown}}, counts{"interface-endpoint": 2}},
	{"a gateway endpoint", endpointType, object{"vpcEndpointType": "Gateway"}, counts{}},
	{"an endpoint of the default type", endpointType, nil, counts{}},
	{"an endpoint of a type to come", endpointType, object{"vpcEndpointType": unknown}, nil},
	{"an endpoint of a search", searchEndpointType, object{"subnetIds": list{"a", "b"}}, counts{"interface-endpoint": 2}},
	{"a collection", collectionType, nil, counts{"search-capacity": 2}},
	{"a collection in one zone", collectionType, object{"standbyReplicas": "DISABLED"}, counts{"search-capacity": 1}},
	{"a collection to come", collectionType, object{"standbyReplicas": unknown}, nil},
	{"a resolver endpoint", "aws:route53/resolverEndpoint:ResolverEndpoint", object{"ipAddresses": list{object{}, object{}}}, counts{"resolver-endpoint": 2}},
	{"a zone", "aws:route53/zone:Zone", nil, counts{"hosted-zone": 1}},
	{"a key", keyType, nil, counts{"kms-key": 1}},
	{"a copy of a key", replicaKeyType, nil, counts{"kms-key": 1}},
	{"a key from outside", "aws:kms/externalKey:ExternalKey", nil, counts{"kms-key": 1}},
	{"a copy of a key from outside", "aws:kms/replicaExternalKey:ReplicaExternalKey", nil, counts{"kms-key": 1}},
	{"an alarm", "aws:cloudwatch/metricAlarm:MetricAlarm", nil, counts{"metric-alarm": 1}},
	{"an alarm on a formula", "aws:cloudwatch/metricAlarm:MetricAlarm", object{"metricQueries": list{
		object{"metric": object{}}, object{"metric": object{}}, object{"expression": "a+b"},
	}}, counts{"metric-alarm": 2}},
	{"an alarm on alarms", "aws:cloudwatch/compositeAlarm:CompositeAlarm", nil, counts{"composite-alarm": 1}},
	{"a metric filter", "aws:cloudwatch/logMetricFilter:LogMetricFilter", nil, counts{"custom-metric": 1}},
	{"the first dashboard", "aws:cloudwatch/dashboard:Dashboard", nil, counts{}},
	{"a small directory", directoryType, object{"type": "MicrosoftAD", "edition": "Standard"}, counts{"directory-standard": 1}},
	{"a large directory", directoryType, object{"type": "MicrosoftAD", "edition": "Enterprise"}, counts{"directory-enterprise": 1}},
	{"a directory of the default edition", directoryType, object{"type": "MicrosoftAD"}, counts{"directory-enterprise": 1}},
	{"a directory to come", directoryType, object{"type": "MicrosoftAD", "edition": unknown}, nil},
	{"a connector", directoryType, object{"type": "ADConnector"}, counts{}},
	{"a secret", "aws:secretsmanager/secret:Secret", nil, counts{"secret": 1}},
	{"a secret with a copy", "aws:secretsmanager/secret:Secret", object{"replicas": list{object{}}}, counts{"secret": 2}},
	{"a web ACL", webACLType, object{"rules": list{object{}, object{}}}, counts{"web-acl": 1, "web-acl-rule": 2}},
	{"a web ACL without rules", webACLType, nil, counts{"web-acl": 1}},
	{"Shield", "aws:shield/subscription:Subscription", nil, counts{"shield-advanced": 1}},
	{"an authority", "aws:acmpca/certificateAuthority:CertificateAuthority", nil, counts{"private-ca": 1}},
	{"an authority of another mode", "aws:acmpca/certificateAuthority:CertificateAuthority", object{"usageMode": "SHORT_LIVED_CERTIFICATE"}, counts{}},
	{"a pipeline", pipelineType, nil, counts{"pipeline-v1": 1}},
	{"a pipeline by the minute", pipelineType, object{"pipelineType": "V2"}, counts{}},
	{"something free", "aws:iam/role:Role", nil, counts{}},
}

func TestFixedRows(t *testing.T) {
	tested := map[string]bool{}
	for _, tt := range fixedCases {
		tested[tt.typ] = true
		t.Run(tt.name, func(t *testing.T) {
			e := estimate(made(tt.typ, "it", tt.inputs))
			if tt.want == nil {
				assert.Len(t, e.Uncounted, 1)
				assert.Empty(t, e.Lines)
				return
			}
			assert.Empty(t, e.Uncounted)
			got, want := map[string]int{}, map[string]int{}
			for _, l := range e.Lines {
				got[l.What] += l.Count
			}
			for price, n := range tt.want {
				want[prices()[price].Service] = n
			}
			assert.Equal(t, want, got)
		})
	}
	for _, row := range fixedRows {
		for _, typ := range row.types {
			assert.True(t, tested[typ], "%s has no case", typ)
		}
	}
}

// total is what resources cost together.
func total(resources ...*qualification.Resource) string { return estimate(resources...).Total.String() }

func TestFixedRows_CountAnAcceptedAttachmentOfThisStackOnce(t *testing.T) {
	const accepter = "aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter"
	assert.Equal(t, "$36.50", total(
		made(vpcAttachmentType, "tgw-attach-1", nil), made(accepter, "accepted", object{"transitGatewayAttachmentId": "tgw-attach-1"})))
}

func TestFixedRows_FindTheTransitGatewayOfDirectConnect(t *testing.T) {
	association := made("aws:directconnect/gatewayAssociation:GatewayAssociation", "dx", object{"associatedGatewayId": unknown})
	gateway := made(transitGatewayType, "hub", nil)
	association.PropertyDependencies = map[string][]string{"associatedGatewayId": {gateway.URN}}
	assert.Equal(t, "$36.50", total(gateway, association))
}

func TestFixedRows_CountAMetricOnceByAccountAndRegion(t *testing.T) {
	filter := func(name, metric string) *qualification.Resource {
		return made("aws:cloudwatch/logMetricFilter:LogMetricFilter", name,
			object{"metricTransformation": object{"namespace": "GxP", "name": metric}})
	}
	assert.Equal(t, "$0.90", total(filter("a", "logins"), filter("b", "logins"), filter("c", "roots"), elsewhere(filter("d", "logins"))))
}

func TestFixedRows_LeaveOutTheFreeDashboardsOfAnAccount(t *testing.T) {
	dashboard := func(name string) *qualification.Resource {
		return made("aws:cloudwatch/dashboard:Dashboard", name, nil)
	}
	assert.Equal(t, "$6.00", total(
		dashboard("1"), dashboard("2"), dashboard("3"), elsewhere(dashboard("4")), dashboard("5"), dashboard("6")))
}

var usageCases = []struct {
	name, typ string
	inputs    object
	want      string // "" where nothing is charged by use
}{
	{"a NAT gateway", natType, nil, "nat-data"},
	{"an attached VPC", vpcAttachmentType, nil, "tgw-data"},
	{"a VPN", vpnType, nil, "tgw-data"},
	{"a firewall", firewallType, object{"subnetMappings": list{}}, "firewall-data"},
	{"an interface endpoint", endpointType, object{"vpcEndpointType": "Interface", "subnetIds": list{}}, "endpoint-data"},
	{"a gateway endpoint", endpointType, nil, ""},
	{"an endpoint of a search", searchEndpointType, object{"subnetIds": list{}}, "endpoint-data"},
	{"DNS Firewall", "aws:route53/resolverFirewallRuleGroup:ResolverFirewallRuleGroup", nil, "dns-firewall"},
	{"query logs", "aws:route53/resolverQueryLogConfig:ResolverQueryLogConfig", nil, "query-logs"},
	{"query logs of a zone", "aws:route53/queryLog:QueryLog", nil, "query-logs"},
	{"flow logs", "aws:ec2/flowLog:FlowLog", object{"logDestinationType": "s3"}, "flow-logs"},
	{"IPAM", "aws:ec2/vpcIpam:VpcIpam", nil, "ipam-address"},
	{"free IPAM", "aws:ec2/vpcIpam:VpcIpam", object{"tier": "free"}, ""},
	{"a trail of management events", "aws:cloudtrail/trail:Trail", object{"advancedEventSelectors": list{
		object{"fieldSelectors": list{object{"field": "eventCategory", "equals": list{"Management"}}}},
	}}, ""},
	{"a trail of data events", "aws:cloudtrail/trail:Trail", object{"advancedEventSelectors": list{
		object{"fieldSelectors": list{object{"field": "eventCategory", "equals": list{"Data"}}}},
	}}, "trail-data"},
	{"a trail with simple selectors", "aws:cloudtrail/trail:Trail", object{"eventSelectors": list{
		object{"dataResources": list{object{}}},
	}}, "trail-data"},
	{"a trail with insights", "aws:cloudtrail/trail:Trail", object{"insightSelectors": list{object{}}}, "trail-insights"},
	{"a log group", "aws:cloudwatch/logGroup:LogGroup", nil, "log-group"},
	{"a recorder", "aws:cfg/recorder:Recorder", nil, "config-items"},
	{"a rule", "aws:cfg/rule:Rule", nil, "config-evaluations"},
	{"a pack", "aws:cfg/conformancePack:ConformancePack", nil, "config-evaluations"},
	{"a pack for all", "aws:cfg/organizationConformancePack:OrganizationConformancePack", nil, "config-evaluations"},
	{"a rule for all", "aws:cfg/organizationManagedRule:OrganizationManagedRule", nil, "config-evaluations"},
	{"a rule of one's own", "aws:cfg/organizationCustomPolicyRule:OrganizationCustomPolicyRule", nil, "config-evaluations"},
	{"GuardDuty", "aws:guardduty/detector:Detector", nil, "guardduty"},
	{"Security Hub", "aws:securityhub/account:Account", nil, "security-hub"},
	{"Security Hub for all", "aws:securityhub/configurationPolicy:ConfigurationPolicy", nil, "security-hub"},
	{"Inspector", "aws:inspector2/enabler:Enabler", nil, "inspector"},
	{"Macie", "aws:macie2/account:Account", nil, "macie"},
	{"an analyzer of unused access", "aws:accessanalyzer/analyzer:Analyzer", object{"type": "ORGANIZATION_UNUSED_ACCESS"}, "unused-access"},
	{"an analyzer of outside access", "aws:accessanalyzer/analyzer:Analyzer", object{"type": "ORGANIZATION"}, ""},
	{"a bucket", "aws:s3/bucketV2:BucketV2", nil, "s3-standard"},
	{"a bucket of the first kind", "aws:s3/bucket:Bucket", nil, "s3-standard"},
	{"a vault", "aws:backup/vault:Vault", nil, "backup-storage"},
	{"a key", keyType, nil, "kms-requests"},
	{"a copy of a key", replicaKeyType, nil, "kms-requests"},
	{"an event bus", "aws:cloudwatch/eventBus:EventBus", nil, "custom-events"},
	{"a workgroup", "aws:athena/workgroup:Workgroup", nil, "athena"},
	{"a crawler", "aws:glue/crawler:Crawler", nil, "crawler"},
	{"a product", "aws:servicecatalog/product:Product", nil, "catalog-calls"},
	{"a pipeline", pipelineType, object{"pipelineType": "V2"}, "pipeline-v2"},
	{"a build project", "aws:codebuild/project:Project", nil, "build"},
	{"a schedule", "aws:scheduler/schedule:Schedule", nil, "scheduler"},
	{"a function", "aws:lambda/function:Function", nil, "function-calls"},
	{"a delivery stream", "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", nil, "firehose"},
	{"a queue", "aws:sqs/queue:Queue", nil, "queue-requests"},
	{"a source of QuickSight", "aws:quicksight/dataSource:DataSource", nil, "quicksight"},
	{"QuickSight", "aws:quicksight/accountSubscription:AccountSubscription", nil, "quicksight"},
}

func TestUsageRows(t *testing.T) {
	tested := map[string]bool{}
	for _, tt := range usageCases {
		tested[tt.typ] = true
		t.Run(tt.name, func(t *testing.T) {
			e := estimate(made(tt.typ, "it", tt.inputs))
			if tt.want == "" {
				assert.Empty(t, e.Usage)
				return
			}
			require.Len(t, e.Usage, 1)
			p := prices()[tt.want]
			assert.Equal(t, Usage{p.Service, p.Unit, p.USD, p.Confidence, p.Note}, e.Usage[0])
		})
	}
	for _, row := range usageRows {
		for _, typ := range row.types {
			assert.True(t, tested[typ], "%s has no case", typ)
		}
	}
}
