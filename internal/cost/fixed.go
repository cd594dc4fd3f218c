package cost

import (
	"cmp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// The types of resources that more than one row is about.
const (
	vpcAttachmentType  = "aws:ec2transitgateway/vpcAttachment:VpcAttachment"
	transitGatewayType = "aws:ec2transitgateway/transitGateway:TransitGateway"
	vpnType            = "aws:ec2/vpnConnection:VpnConnection"
	natType            = "aws:ec2/natGateway:NatGateway"
	endpointType       = "aws:ec2/vpcEndpoint:VpcEndpoint"
	firewallType       = "aws:networkfirewall/firewall:Firewall"
	keyType            = "aws:kms/key:Key"
	replicaKeyType     = "aws:kms/replicaKey:ReplicaKey"
	directoryType      = "aws:directoryservice/directory:Directory"
	webACLType         = "aws:wafv2/webAcl:WebAcl"
	collectionType     = "aws:opensearch/serverlessCollection:ServerlessCollection"
	searchEndpointType = "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint"
	pipelineType       = "aws:codepipeline/pipeline:Pipeline"
)

// counter says how many of something a resource stands for. It is false where
// the graph does not know yet.
type counter func(*qualification.Graph, *qualification.Resource) (n int, known bool)

// fixedRow is something that costs money by being there. What is free has no row.
type fixedRow struct {
	price string
	types []string
	count counter
}

var fixedRows = []fixedRow{
	{"nat-gateway", []string{natType}, one},
	{"public-ipv4", []string{"aws:ec2/eip:Eip"}, one},
	// Each of the two tunnels ends at an address of its own.
	{"public-ipv4", []string{vpnType}, times(2)},
	{"vpn-connection", []string{vpnType}, one},
	{"tgw-attachment", []string{
		vpcAttachmentType,
		"aws:ec2transitgateway/peeringAttachment:PeeringAttachment",
		"aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter",
	}, one},
	{"tgw-attachment", []string{vpnType}, oneIf(property("transitGatewayId").set)},
	{"tgw-attachment", []string{"aws:directconnect/gatewayAssociation:GatewayAssociation"}, toTransitGateway},
	{"tgw-attachment", []string{"aws:ec2transitgateway/vpcAttachmentAccepter:VpcAttachmentAccepter"}, ofAnotherStack},
	{"firewall-endpoint", []string{firewallType}, length("subnetMappings")},
	{"interface-endpoint", []string{endpointType}, interfaces},
	{"interface-endpoint", []string{searchEndpointType}, length("subnetIds")},
	{"search-capacity", []string{collectionType}, capacity},
	{"resolver-endpoint", []string{"aws:route53/resolverEndpoint:ResolverEndpoint"}, length("ipAddresses")},
	{"hosted-zone", []string{"aws:route53/zone:Zone"}, one},
	{"kms-key", []string{keyType, replicaKeyType, "aws:kms/externalKey:ExternalKey", "aws:kms/replicaExternalKey:ReplicaExternalKey"}, one},
	{"metric-alarm", []string{"aws:cloudwatch/metricAlarm:MetricAlarm"}, metricsOfAlarm},
	{"composite-alarm", []string{"aws:cloudwatch/compositeAlarm:CompositeAlarm"}, one},
	{"custom-metric", []string{"aws:cloudwatch/logMetricFilter:LogMetricFilter"}, firstOfMetric},
	{"dashboard", []string{"aws:cloudwatch/dashboard:Dashboard"}, beyondFree(3)},
	{"directory-standard", []string{directoryType}, edition("Standard")},
	{"directory-enterprise", []string{directoryType}, edition("Enterprise")},
	{"secret", []string{"aws:secretsmanager/secret:Secret"}, withReplicas},
	{"web-acl", []string{webACLType}, one},
	{"web-acl-rule", []string{webACLType}, items("rules")},
	{"shield-advanced", []string{"aws:shield/subscription:Subscription"}, one},
	{"private-ca", []string{"aws:acmpca/certificateAuthority:CertificateAuthority"}, oneIf(property("usageMode").isNot("SHORT_LIVED_CERTIFICATE"))},
	{"pipeline-v1", []string{pipelineType}, oneIf(property("pipelineType").isNot("V2"))},
}

func one(*qualification.Graph, *qualification.Resource) (int, bool) { return 1, true }

func times(n int) counter {
	return func(*qualification.Graph, *qualification.Resource) (int, bool) { return n, true }
}

// oneIf counts resources of which a condition holds.
func oneIf(holds func(*qualification.Resource) (bool, bool)) counter {
	return func(_ *qualification.Graph, r *qualification.Resource) (int, bool) {
		yes, known := holds(r)
		if yes {
			return 1, known
		}
		return 0, known
	}
}

// property is a path of inputs, to ask conditions of.
type property string

// set holds where the input is there, with whatever value.
func (p property) set(r *qualification.Resource) (yes, known bool) {
	return !r.Get(string(p)).Absent(), true
}

// isNot holds where the input is absent or another value.
func (p property) isNot(value string) func(*qualification.Resource) (yes, known bool) {
	return func(r *qualification.Resource) (bool, bool) {
		v := r.Get(string(p))
		return !v.Is(value), !v.Unknown()
	}
}

// capacity counts what a collection computes with at least: half a unit to index
// and half a unit to search, and the same again in a second zone.
func capacity(_ *qualification.Graph, r *qualification.Resource) (int, bool) {
	standby := r.Get("standbyReplicas")
	if standby.Is("DISABLED") {
		return 1, true
	}
	return 2, !standby.Unknown()
}

// length counts the elements of a list that AWS requires.
func length(path string) counter {
	return func(_ *qualification.Graph, r *qualification.Resource) (int, bool) {
		v := r.Get(path)
		return len(v.Items()), v.Known()
	}
}

// items counts the elements of a list that may be absent.
func items(path string) counter {
	return func(_ *qualification.Graph, r *qualification.Resource) (int, bool) {
		v := r.Get(path)
		return len(v.Items()), !v.Unknown()
	}
}

// interfaces counts the network interfaces of an endpoint. Gateway endpoints,
// the default, have none.
func interfaces(g *qualification.Graph, r *qualification.Resource) (int, bool) {
	kind := r.Get("vpcEndpointType")
	switch {
	case kind.Unknown():
		return 0, false
	case kind.Is("Interface"), kind.Is("GatewayLoadBalancer"), kind.Is("Resource"):
		return length("subnetIds")(g, r)
	}
	return 0, true
}

// toTransitGateway counts associations of a Direct Connect gateway that are
// attachments; those with a virtual private gateway cost nothing.
func toTransitGateway(g *qualification.Graph, r *qualification.Resource) (int, bool) {
	id := r.Get("associatedGatewayId")
	text, _ := id.Text()
	if strings.HasPrefix(text, "tgw-") || g.Target(r, "associatedGatewayId", transitGatewayType) != nil {
		return 1, true
	}
	return 0, !id.Unknown()
}

// ofAnotherStack counts attachments that this stack only accepts.
func ofAnotherStack(g *qualification.Graph, r *qualification.Resource) (int, bool) {
	if g.Target(r, "transitGatewayAttachmentId", vpcAttachmentType) != nil {
		return 0, true
	}
	return 1, true
}

// metricsOfAlarm counts what an alarm is charged by: each metric that it looks
// at.
func metricsOfAlarm(_ *qualification.Graph, r *qualification.Resource) (int, bool) {
	queries := r.Get("metricQueries")
	n := 0
	for _, query := range queries.Items() {
		if !query.Get("metric").Absent() {
			n++
		}
	}
	return max(1, n), !queries.Unknown()
}

// firstOfMetric counts metrics: filters that feed the same one in the same
// account and region make one.
func firstOfMetric(g *qualification.Graph, r *qualification.Resource) (int, bool) {
	metric := func(r *qualification.Resource) string {
		transformation := r.Get("metricTransformation")
		return r.Provider + transformation.Get("namespace").String() + transformation.Get("name").String()
	}
	same := func(other *qualification.Resource) bool { return metric(other) == metric(r) }
	filters := g.OfType(r.Type)
	if filters[slices.IndexFunc(filters, same)] == r {
		return 1, true
	}
	return 0, true
}

// beyondFree counts what is not among the first free ones of its account.
func beyondFree(free int) counter {
	return func(g *qualification.Graph, r *qualification.Resource) (int, bool) {
		account := func(r *qualification.Resource) string {
			id, _ := g.AccountID(r).Text()
			return cmp.Or(id, r.Provider)
		}
		before := 0
		for _, other := range g.OfType(r.Type) {
			if other == r {
				break
			}
			if account(other) == account(r) {
				before++
			}
		}
		if before < free {
			return 0, true
		}
		return 1, true
	}
}

// edition counts Microsoft directories of an edition; Enterprise is AWS's
// default.
func edition(wanted string) counter {
	return func(_ *qualification.Graph, r *qualification.Resource) (int, bool) {
		kind, edition := r.Get("type"), r.Get("edition")
		if kind.Unknown() || edition.Unknown() {
			return 0, false
		}
		text, _ := edition.Text()
		if kind.Is("MicrosoftAD") && cmp.Or(text, "Enterprise") == wanted {
			return 1, true
		}
		return 0, true
	}
}

// withReplicas counts a secret and its copies in other regions.
func withReplicas(g *qualification.Graph, r *qualification.Resource) (int, bool) {
	copies, known := items("replicas")(g, r)
	return 1 + copies, known
}
