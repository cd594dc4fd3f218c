package qualification_test

import (
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestNetworkControls_ConfineEndpoints(t *testing.T) {
	const own = `"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij","aws:ResourceOrgID":"o-abcdefghij"}}`
	tests := map[string]struct {
		statement             string
		principals, resources qualification.Verdict
	}{
		"the organization's own": {`"Action":"*","Resource":"*",` + own, qualification.Pass, qualification.Pass},
		"another organization": {`"Action":"*","Resource":"*",` + strings.ReplaceAll(own, "o-abcdefghij", "o-zzzzzzzzzz"),
			qualification.Fail, qualification.Fail},
		"if there is an organization at all": {`"Action":"*","Resource":"*",` + strings.Replace(own, "StringEquals", "StringEqualsIfExists", 1),
			qualification.Fail, qualification.Fail},
		"reading a bucket of AWS": {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::al2023-repos-eu-test-1-de612dc2/*"`,
			qualification.Pass, qualification.Pass},
		"reading a bucket of AWS elsewhere": {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::al2023-repos-eu-test-2-de612dc2/*"`,
			qualification.Fail, qualification.Fail},
		"writing to a bucket of AWS": {`"Action":"s3:PutObject","Resource":"arn:aws:s3:::aws-ssm-eu-test-1/*"`,
			qualification.Fail, qualification.Fail},
		"reading what is named alike": {`"Action":"s3:GetObject","Resource":"arn:aws:s3:::aws-ssm-*/*"`,
			qualification.Fail, qualification.Fail},
		"proving an identity": {`"Action":"sts:AssumeRoleWithWebIdentity","Resource":"*"`, qualification.Pass, qualification.Pass},
		"proving one, and more": {`"Action":["sts:AssumeRoleWithSAML","sts:AssumeRole"],"Resource":"*"`,
			qualification.Fail, qualification.Fail},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			g := changing(onS3, mutation.Set("policy", `{"Statement":{"Effect":"Allow","Principal":"*",`+tt.statement+`}}`))(t, sample())
			report := check(g)
			for id, want := range map[string]qualification.Verdict{"GXP-NET-012": tt.principals, "GXP-NET-013": tt.resources} {
				if result, _ := report.Result(id); result.Verdict != want {
					t.Errorf("%s: %s, want %s: %+v", id, result.Verdict, want, result.Findings)
				}
			}
		})
	}
}

func TestNetworkControls_DoNotApplyToWhatIsNotThere(t *testing.T) {
	regions := sampleRegions()[1:]
	want := map[string]bool{
		"GXP-NET-006": true, "GXP-NET-007": true, "GXP-NET-008": true, "GXP-NET-009": true, // no firewall
		"GXP-NET-023": true, "GXP-NET-024": true,
		"GXP-NET-018": true,                      // no perimeter
		"GXP-NET-021": true, "GXP-NET-022": true, // no VPN and no second region
	}
	tried := 0
	for _, result := range check(networkOf(regions)).Results {
		if !strings.HasPrefix(result.ID, "GXP-NET-") {
			continue
		}
		tried++
		verdict := qualification.Pass
		if want[result.ID] {
			verdict = qualification.NotApplicable
		}
		if result.Verdict != verdict {
			t.Errorf("%s: %s, want %s: %+v", result.ID, result.Verdict, verdict, result.Findings)
		}
	}
	if tried < 20 {
		t.Errorf("only %d controls were tried", tried)
	}
}

func TestNetworkControls_NameTheResourceThatIsWrong(t *testing.T) {
	tests := map[string]struct {
		control string
		change  change
		about   string
	}{
		"a route that nobody declared": {"GXP-NET-001",
			with(func(b *builder, r testRegion) { b.hubRoute(r, "shared-eu-test-1", anywhere, perimeterJoint) }), "shared-eu-test-1-0.0.0.0/0"},
		"a route without an answer": {"GXP-NET-001",
			with(func(b *builder, r testRegion) { b.hubRoute(r, "shared-eu-test-1", "10.65.16.0/20", peeringID) }),
			"shared-eu-test-1-10.65.16.0/20"},
		"a route that is missing": {"GXP-NET-001", without(hubRouteNamed(prodToShared)), "prod-eu-test-1"},
		"a VPC that no table speaks for": {"GXP-NET-001",
			changing(onShared, mutation.Set(`tags["gxp:segment"]`, "another")), "shared-eu-test-1"},
		"a VPC with other addresses": {"GXP-NET-001",
			changing(onShared, mutation.Set("assignGeneratedIpv6CidrBlock", true)), "shared-eu-test-1"},
		"a declaration against the class": {"GXP-NET-002", func(t *testing.T, g *qualification.Graph) *qualification.Graph {
			regions := sampleRegions()
			regions[0].segments[1] = testSegment{"shared", "nongxp", "prod"}
			return without(hubRouteNamed(prodToShared))(t, networkOf(regions))
		}, "prod-eu-test-1"},
		"a second table": {"GXP-NET-004", with(func(b *builder, r testRegion) {
			b.hubTable(r, "second", tagsOf("prod", "gxp", "none"), "vpcattachment/prod-eu-test-1")
		}), "prod-eu-test-1"},
		"a table by default": {"GXP-NET-004", with(func(b *builder, r testRegion) {
			b.net("DefaultRouteTableAssociation", "ec2transitgateway/defaultRouteTableAssociation", "default", r, object{})
		}), "default"},
		"an internet gateway in a segment": {"GXP-NET-005", with(ownGateway), "own"},
		"refusals that are alerts": {"GXP-NET-023", changing(onPolicy, mutation.Set("firewallPolicy.statefulRuleGroupReferences[0].override",
			object{"action": "DROP_TO_ALERT"})), "perimeter-eu-test-1"},
		"a route of IPv6": {"GXP-NET-025", changing(routeNamed("prod-eu-test-1-private-"+anywhere),
			mutation.Set("destinationIpv6CidrBlock", "::/0")), "prod-eu-test-1-private-0.0.0.0/0"},
		"a route to it": {"GXP-NET-005", with(ownGateway), "shared-eu-test-1-isolated-8.0.0.0/8"},
		"a way past the firewall": {"GXP-NET-006",
			with(func(b *builder, r testRegion) { b.hubRoute(r, "prod-eu-test-1", "10.64.40.0/22", sharedJoint) }),
			"prod-eu-test-1-10.64.40.0/22"},
		"a perimeter that leaves the firewall out": {"GXP-NET-006",
			changing(routeNamed("perimeter-eu-test-1-transit-"+anywhere), mutation.Remove("vpcEndpointId"),
				mutation.Set("natGatewayId", "natgateway/perimeter-eu-test-1")),
			"perimeter-eu-test-1-transit-0.0.0.0/0"},
		"a rule of a default group": {"GXP-NET-011", with(func(b *builder, r testRegion) {
			b.net("SecurityGroupIngressRule", "vpc/securityGroupIngressRule", "opened", r,
				object{"securityGroupId": "defaultsecuritygroup/prod-eu-test-1"})
		}), "opened"},
		"an exclusion of a segment": {"GXP-NET-018", with(func(b *builder, r testRegion) {
			b.net("VpcBlockPublicAccessExclusion", "ec2/vpcBlockPublicAccessExclusion", "more", r,
				object{"vpcId": "vpc/prod-eu-test-1", "internetGatewayExclusionMode": "allow-egress"})
		}), "more"},
		"an exclusion of a subnet": {"GXP-NET-018", changing(onExclusion, mutation.Set("subnetId", "subnet/prod-eu-test-1-private")),
			"perimeter-eu-test-1"},
		"a peering without accepter": {"GXP-NET-022",
			without(mutation.OfType("aws:ec2transitgateway/peeringAttachmentAccepter:PeeringAttachmentAccepter")), "peering"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			result, _ := check(tt.change(t, networkOf(sampleRegions()))).Result(tt.control)
			named := slices.ContainsFunc(result.Findings, func(f qualification.Finding) bool {
				return strings.HasSuffix(f.Resource, "::"+tt.about) && !f.Open && f.Problem != "" && f.Fix != ""
			})
			if result.Verdict != qualification.Fail || !named {
				t.Errorf("%s, want a finding about %s: %+v", result.Verdict, tt.about, result.Findings)
			}
		})
	}
}
