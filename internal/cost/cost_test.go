package cost

import (
	"encoding/json"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// object and list are values of inputs.
type (
	object = map[string]any
	list   = []any
)

const urnStart = "urn:pulumi:test::sample::"

// today is a month after the prices were looked up.
var today = time.Date(2026, 12, 23, 0, 0, 0, 0, time.UTC)

// made is a resource of a component of package landingzone, in account one.
func made(typ, name string, inputs object) *qualification.Resource {
	return &qualification.Resource{
		URN: urnStart + "gxp:landingzone:Hub$" + typ + "::" + name, Type: typ, Custom: true, ID: name, Inputs: inputs,
		Provider: urnStart + "pulumi:providers:aws::one::id",
	}
}

// elsewhere moves a resource to another account and region.
func elsewhere(r *qualification.Resource) *qualification.Resource {
	r.Provider = urnStart + "pulumi:providers:aws::two::id"
	return r
}

func providers() []*qualification.Resource {
	provider := func(name, account string) *qualification.Resource {
		return &qualification.Resource{
			URN: urnStart + "pulumi:providers:aws::" + name, Type: "pulumi:providers:aws", Custom: true, ID: "id",
			Inputs: object{"region": "eu-test-1", "allowedAccountIds": `["` + account + `"]`},
		}
	}
	return []*qualification.Resource{provider("one", "111122223333"), provider("two", "444455556666")}
}

func estimate(resources ...*qualification.Resource) *Estimate {
	return Of(qualification.NewGraph(append(providers(), resources...)), today)
}

func TestOf_AddsUpASmallNetwork(t *testing.T) {
	key := made(keyType, "key", nil)
	key.URN = strings.Replace(key.URN, "gxp:landingzone:Hub", "gxp:logging:Trail", 1)
	e := estimate(
		made(natType, "nat-1", nil), made(natType, "nat-2", nil),
		made("aws:ec2/eip:Eip", "nat-1", nil), made("aws:ec2/eip:Eip", "nat-2", nil),
		made(vpcAttachmentType, "perimeter", nil), made(vpcAttachmentType, "gxp", nil),
		made(firewallType, "firewall", object{"subnetMappings": list{object{"subnetId": "a"}, object{"subnetId": "b"}}}),
		made(endpointType, "kms", object{"vpcEndpointType": "Interface", "subnetIds": list{"a", "b"}}),
		made(endpointType, "s3", object{"vpcEndpointType": "Gateway"}),
		key,
	)

	assert.Equal(t, []Line{
		line("firewall-endpoint", "landingzone", 2, 576_700_000),
		line("tgw-attachment", "landingzone", 2, 73_000_000),
		line("nat-gateway", "landingzone", 2, 65_700_000),
		line("interface-endpoint", "landingzone", 2, 14_600_000),
		line("public-ipv4", "landingzone", 2, 7_300_000),
		line("kms-key", "logging", 1, 1_000_000),
	}, e.Lines)
	assert.Equal(t, "$738.30", e.Total.String())
	assert.Equal(t, []Package{{"landingzone", 737_300_000}, {"logging", 1_000_000}}, e.Packages)
	assert.Equal(t, "2026-11-23", e.PriceDate)
	assert.Equal(t, "us-east-1", e.Region)
	assert.Equal(t, "USD", e.Currency)
	assert.False(t, e.Outdated)
	assert.Empty(t, e.Uncounted)

	var usage []string
	for _, u := range e.Usage {
		usage = append(usage, u.What)
	}
	assert.Equal(t, []string{
		"Interface endpoint traffic", "KMS requests", "NAT gateway traffic", "Network Firewall traffic", "Transit gateway traffic",
	}, usage)
}

// line is a line with what the price list says of it.
func line(price, pkg string, count int, monthly Dollars) Line {
	p := prices()[price]
	return Line{p.Service, pkg, count, p.Unit, p.USD, monthly, p.Confidence, p.Note}
}

func TestOf_CountsNothingInAnEmptyGraph(t *testing.T) {
	e := estimate()
	assert.Zero(t, e.Total)
	assert.Equal(t, "2026-11-23", e.PriceDate)
	data, err := json.Marshal(e)
	require.NoError(t, err)
	assert.JSONEq(t, `{"currency": "USD", "region": "us-east-1", "priceDate": "2026-11-23", "outdated": false, "total": 0,
		"packages": [], "lines": [], "usage": [], "uncounted": []}`, string(data), "no lines are an empty list")
}

func TestOf_LeavesOutWhatBelongsToAnotherStack(t *testing.T) {
	read := made("aws:route53/zone:Zone", "zone", nil)
	read.External = true
	component := made(natType, "component", nil)
	component.Custom = false
	assert.Zero(t, estimate(read, component).Total)
}

func TestOf_NamesWhatIsNotKnownYet(t *testing.T) {
	endpoint := made(endpointType, "kms", object{"vpcEndpointType": "Interface", "subnetIds": qualification.Unknown{}})
	e := estimate(endpoint, made(keyType, "key", nil))
	assert.Equal(t, []string{endpoint.URN}, e.Uncounted)
	assert.Equal(t, "$1.00", e.Total.String())
	assert.Contains(t, e.Text(), "not known yet how many: gxp:landingzone:Hub$aws:ec2/vpcEndpoint:VpcEndpoint::kms\n")
}

func TestOf_SaysWhenThePricesAreOld(t *testing.T) {
	g := qualification.NewGraph([]*qualification.Resource{made(keyType, "key", nil)})
	looked := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	for name, tt := range map[string]struct {
		now      time.Time
		outdated bool
	}{
		"the same day":      {looked, false},
		"a year later":      {looked.AddDate(0, 0, 365), false},
		"a year and a day":  {looked.AddDate(0, 0, 366), true},
		"a clock that lags": {looked.AddDate(-1, 0, 0), false},
	} {
		t.Run(name, func(t *testing.T) {
			e := Of(g, tt.now)
			assert.Equal(t, tt.outdated, e.Outdated)
			assert.Equal(t, tt.outdated, strings.Contains(e.Text(), "older than a year"))
		})
	}
}

func TestText_ShowsTheLargestLines(t *testing.T) {
	e := estimate(
		made(natType, "nat", nil), made("aws:ec2/eip:Eip", "nat", nil), made(vpcAttachmentType, "a", nil),
		made(keyType, "key", nil), made("aws:route53/zone:Zone", "zone", nil), made("aws:cloudwatch/metricAlarm:MetricAlarm", "alarm", nil),
		made("aws:shield/subscription:Subscription", "shield", nil),
	)
	assert.Equal(t, `cost: $3,074.60 a month while nothing happens (list prices of us-east-1, 2026-11-23)
     $3,000.00  1 x Shield Advanced (landingzone)
        $36.50  1 x Transit gateway attachment (landingzone)
        $32.85  1 x NAT gateway (landingzone)
         $3.65  1 x Public IPv4 address (landingzone)
         $1.00  1 x KMS key (landingzone)
         $0.60  everything else
usage comes on top: KMS requests, NAT gateway traffic, Transit gateway traffic
`, e.Text())
}
