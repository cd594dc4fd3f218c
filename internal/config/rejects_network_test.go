package config

import (
	"fmt"
	"strings"
	"testing"
)

// The lines of the example that the tests change.
const (
	exampleRange    = "    range: 10.64.0.0/12\n"
	exampleHome     = "        perimeterRange: 10.67.0.0/22\n"
	exampleSecond   = "        range: 10.68.0.0/14\n"
	exampleProd     = "        ranges: {eu-central-1: 10.64.0.0/17, eu-west-1: 10.68.0.0/17}\n"
	exampleReserve  = "        dedicatedRanges: {eu-central-1: 10.66.0.0/17}\n"
	exampleRule     = "      - pass tcp gxp-prod -> 203.0.113.40/32 22\n"
	exampleVPN      = "        - {name: headquarters, region: eu-central-1, address: 198.51.100.10}\n"
	exampleOnSite   = "      ranges: [172.20.0.0/14]\n"
	exampleSegments = "    segments:\n"
)

func before(line, added string) []string { return []string{line, added + line} }

func after(line, added string) []string { return []string{line, line + added} }

func TestDecode_RejectsNetworks(t *testing.T) {
	everySegment := section(t, "    segments:\n", "    # AWS itself")
	everyRegion := section(t, "    regions:\n      - region", "    segments:\n")
	long := strings.Repeat(strings.Repeat("a", 63)+".", 4) + "com"
	rejects(t, map[string]rejection{
		"a network without a range": {
			[]string{exampleRange, "    enabled: true\n"},
			[]string{
				"landingzone:network.range: is required for a network: the private block that all its addresses come from, such as 10.64.0.0/12",
			},
		},
		"a profile that there is not": {
			[]string{"    profile: full\n", "    profile: ful\n", "        profile: standard\n", "        profile: cheap\n"},
			[]string{
				`landingzone:network.profile: "ful": is unknown; did you mean full? allowed: full, standard, minimal`,
				`landingzone:network.regions[1].profile: "cheap": is unknown; allowed: full, standard, minimal`,
			},
		},
		"a region that is not governed": {
			[]string{"      - region: eu-west-1\n", "      - region: eu-west-2\n"},
			[]string{`landingzone:network.regions[1].region: "eu-west-2": is not governed; did you mean eu-west-1? allowed: eu-central-1, eu-west-1`},
		},
		"a region twice": {
			[]string{"      - region: eu-west-1\n", "      - region: eu-central-1\n"},
			[]string{`landingzone:network.regions[1].region: "eu-central-1": is a duplicate of landingzone:network.regions[0].region; remove one`},
		},
		"no region and no segment": {
			[]string{everyRegion, "    regions: []\n", everySegment, "    segments: []\n", exampleRule, "      - drop ip any -> any\n"},
			[]string{
				"landingzone:network.regions: must list at least one governed region",
				"landingzone:network.segments: must have at least one segment",
			},
		},
		"zones that are few, foreign, malformed or repeated": {
			append(after(exampleHome, "        zones: [eu-central-1a]\n"),
				after(exampleSecond, "        zones: [eu-west-1a, eu-west-1a, eu-central-1a, eu-west-1, eu-west-1B]\n")...),
			[]string{
				"landingzone:network.regions[0].zones: has 1 zones, want 2 to 4",
				"landingzone:network.regions[1].zones: has 5 zones, want 2 to 4",
			},
		},
		"zones of another region": {
			after(exampleSecond, "        zones: [eu-west-1a, eu-west-1a, eu-central-1a, eu-west-1B]\n"),
			[]string{
				`landingzone:network.regions[1].zones[1]: "eu-west-1a": is a duplicate of landingzone:network.regions[1].zones[0]; remove one`,
				`landingzone:network.regions[1].zones[2]: "eu-central-1a": is no zone of eu-west-1; want a name such as eu-west-1a`,
				`landingzone:network.regions[1].zones[3]: "eu-west-1B": is no zone of eu-west-1; want a name such as eu-west-1a`,
			},
		},
		"a region in which accounts differ in their zones": {
			[]string{"      - eu-central-1\n      - eu-west-1\n", "      - eu-central-1\n      - eu-west-1\n      - us-west-1\n",
				exampleSegments, "      - region: us-west-1\n        range: 10.72.0.0/14\n        perimeterRange: 10.75.0.0/22\n" + exampleSegments},
			[]string{
				"landingzone:network.regions[2].zones: is required in us-west-1, where accounts differ in the zones that they have; aws ec2 describe-availability-zones prints them",
			},
		},
		"domains that are too long": {
			before("      - .amazonaws.com\n", "      - "+long+"\n      - ."+long+"\n"),
			[]string{
				`landingzone:network.allowedDomains[0]: "` + long[:60] + `…": has 259 characters, and DNS takes 253`,
				`landingzone:network.allowedDomains[1]: ".` + long[:59] + `…": has 259 characters, and DNS takes 253`,
			},
		},
		"more domains than the firewall has room for": {
			before("      - .amazonaws.com\n", strings.Repeat("      - .example.com\n", MaxAllowedDomains)),
			[]string{"landingzone:network.allowedDomains: has 1006 domains, and the firewall has room for 1000"},
		},
		"more NAT gateways than there are places for": {
			append(after(exampleHome, "        natGateways: 3\n"), after(exampleSecond, "        natGateways: 0\n")...),
			[]string{
				"landingzone:network.regions[0].natGateways: 3: want 1 to 2: one, or one in each zone of the perimeter",
				"landingzone:network.regions[1].natGateways: 0: want 1 to 2: one, or one in each zone of the perimeter",
			},
		},
		"endpoints of services that there are not": {
			after(exampleHome, "        interfaceEndpoints: [kms, kms, ecr.drk]\n"),
			[]string{
				`landingzone:network.regions[0].interfaceEndpoints[1]: "kms": is a duplicate of landingzone:network.regions[0].interfaceEndpoints[0]; remove one`,
				`landingzone:network.regions[0].interfaceEndpoints[2]: "ecr.drk": is unknown; did you mean ecr.dkr? allowed: ` + strings.Join(endpointNames(), ", "),
			},
		},
		"domains that no list takes": {
			before("      - .amazonaws.com\n", "      - .com\n      - '*.example.com'\n      - Example.com\n      - .amazonlinux.com\n"),
			[]string{
				`landingzone:network.allowedDomains[0]: ".com": want a domain in lower case, such as host.example.com, or .example.com for all names below it`,
				`landingzone:network.allowedDomains[1]: "*.example.com": want a domain in lower case, such as host.example.com, or .example.com for all names below it`,
				`landingzone:network.allowedDomains[2]: "Example.com": want a domain in lower case, such as host.example.com, or .example.com for all names below it`,
				`landingzone:network.allowedDomains[5]: ".amazonlinux.com": is a duplicate of landingzone:network.allowedDomains[3]; remove one`,
			},
		},
		"a way to the internet that leads nowhere": {
			[]string{section(t, "    allowedDomains:\n", "    dns:\n"), ""},
			[]string{
				"landingzone:network.allowedDomains: must name at least one domain: landingzone:network.segments[0].internet is set, and nothing could be reached",
			},
		},
		"ports that are none or repeated": {
			before(exampleSegments, "    closedPorts: [22, 0, 65536, 22]\n"),
			[]string{
				"landingzone:network.closedPorts[1]: 0: want 1 to 65535",
				"landingzone:network.closedPorts[2]: 65536: want 1 to 65535",
				"landingzone:network.closedPorts[3]: 22: is a duplicate of landingzone:network.closedPorts[0]; remove one",
			},
		},
		"more ports than a list has room for": {
			before(exampleSegments, "    closedPorts: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16]\n"),
			[]string{"landingzone:network.closedPorts: has 16 ports, and a network access list has room for 15"},
		},
	})
}

// section returns the part of the production example from one text to the next
// occurrence of another.
func section(t *testing.T, from, to string) string {
	t.Helper()
	_, rest, found := strings.Cut(prod(t), from)
	inside, _, ends := strings.Cut(rest, to)
	if !found || !ends {
		t.Fatalf("the example has nothing between %q and %q", from, to)
	}
	return from + inside
}

func TestDecode_RejectsRanges(t *testing.T) {
	const noCompany = "is no network of a company; want a block in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10, " +
		"or public addresses of /8 or smaller, outside of 0.0.0.0/8, 127.0.0.0/8, 169.254.0.0/16 and 224.0.0.0/3"
	blocks := ""
	for i := range 25 {
		blocks += fmt.Sprintf(", 192.168.%d.0/24", i)
	}
	rejects(t, map[string]rejection{
		"a range that is not private": {
			[]string{exampleRange, "    range: 11.0.0.0/8\n"},
			[]string{
				`landingzone:network.range: "11.0.0.0/8": is not private; want a block in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
			},
		},
		"a range that is larger than what is private": {
			[]string{exampleRange, "    range: 172.0.0.0/8\n"},
			[]string{
				`landingzone:network.range: "172.0.0.0/8": is not private; want a block in 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16 or 100.64.0.0/10`,
			},
		},
		"a range that begins in the middle": {
			[]string{exampleRange, "    range: 10.68.0.0/12\n"},
			[]string{`landingzone:network.range: "10.68.0.0/12": begins in the middle of its block: write 10.64.0.0/12`},
		},
		"a range that is none": {
			[]string{exampleRange, "    range: 10.64.0.0\n"},
			[]string{`landingzone:network.range: "10.64.0.0": is not an IPv4 block such as 10.64.0.0/16`},
		},
		"a region outside the range": {
			[]string{exampleSecond, "        range: 10.80.0.0/14\n"},
			[]string{`landingzone:network.regions[1].range: "10.80.0.0/14": lies outside landingzone:network.range (10.64.0.0/12)`},
		},
		"regions that overlap": {
			[]string{"        range: 10.64.0.0/14\n", "        range: 10.64.0.0/13\n"},
			[]string{`landingzone:network.regions[1].range: "10.68.0.0/14": overlaps landingzone:network.regions[0].range (10.64.0.0/13)`},
		},
		"a perimeter that is too large, and one that is too small": {
			[]string{exampleHome, "        perimeterRange: 10.67.0.0/19\n", "10.71.0.0/22", "10.71.0.0/24"},
			[]string{
				`landingzone:network.regions[0].perimeterRange: "10.67.0.0/19": is too large: want /20 or smaller`,
				`landingzone:network.regions[1].perimeterRange: "10.71.0.0/24": has no room for public, firewall, transit and endpoint subnets in 3 zones: want /23 or larger`,
			},
		},
		"a perimeter in another region": {
			[]string{exampleHome, "        perimeterRange: 10.71.4.0/22\n"},
			[]string{`landingzone:network.regions[0].perimeterRange: "10.71.4.0/22": lies outside landingzone:network.regions[0].range (10.64.0.0/14)`},
		},
		"a segment over the perimeter": {
			[]string{"eu-central-1: 10.64.128.0/17", "eu-central-1: 10.67.0.0/17"},
			[]string{
				`landingzone:network.segments[1].ranges.eu-central-1: "10.67.0.0/17": overlaps landingzone:network.regions[0].perimeterRange (10.67.0.0/22)`,
			},
		},
		"a segment over another": {
			[]string{"eu-central-1: 10.64.128.0/17", "eu-central-1: 10.64.0.0/16"},
			[]string{
				`landingzone:network.segments[1].ranges.eu-central-1: "10.64.0.0/16": overlaps landingzone:network.segments[0].ranges.eu-central-1 (10.64.0.0/17)`,
			},
		},
		"a segment in another region": {
			[]string{"eu-west-1: 10.68.128.0/17", "eu-west-1: 10.65.192.0/18"},
			[]string{
				`landingzone:network.segments[1].ranges.eu-west-1: "10.65.192.0/18": lies outside landingzone:network.regions[1].range (10.68.0.0/14)`,
			},
		},
		"segments that are too large and too small": {
			[]string{exampleProd, "        ranges: {eu-central-1: 10.64.0.0/15, eu-west-1: 10.68.0.0/24}\n"},
			[]string{
				`landingzone:network.segments[0].ranges.eu-central-1: "10.64.0.0/15": is too large: want /16 or smaller`,
				`landingzone:network.segments[0].ranges.eu-west-1: "10.68.0.0/24": has no room for private, isolated and transit subnets in 3 zones: want /23 or larger`,
			},
		},
		"a segment without a block": {
			[]string{exampleProd, "        ranges: {}\n"},
			[]string{"landingzone:network.segments[0].ranges: must have a block in at least one region; allowed: eu-central-1, eu-west-1"},
		},
		"a block for a region without a network": {
			[]string{exampleProd, "        ranges: {eu-central-1: 10.64.0.0/17, eu-north-1: 10.68.0.0/17}\n"},
			[]string{
				`landingzone:network.segments[0].ranges.eu-north-1: "10.68.0.0/17": is no region of landingzone:network.regions; allowed: eu-central-1, eu-west-1`,
			},
		},
		"blocks for dedicated VPCs that overlap, are too large, too small or none": {
			[]string{exampleReserve, "        dedicatedRanges: {eu-central-1: 10.65.0.0/19, eu-west-1: 10.64.0.0/11}\n",
				"        dedicatedRanges: {eu-central-1: 10.66.128.0/17}\n", "        dedicatedRanges: {eu-central-1: 10.66.128.0/24, eu-west-1: all}\n"},
			[]string{
				`landingzone:network.segments[0].dedicatedRanges.eu-west-1: "10.64.0.0/11": is too large: want /12 or smaller`,
				`landingzone:network.segments[2].ranges.eu-central-1: "10.65.0.0/18": overlaps landingzone:network.segments[0].dedicatedRanges.eu-central-1 (10.65.0.0/19)`,
				`landingzone:network.segments[2].dedicatedRanges.eu-central-1: "10.66.128.0/24": is too small: want /23 or larger`,
				`landingzone:network.segments[2].dedicatedRanges.eu-west-1: "all": is not an IPv4 block such as 10.64.0.0/16`,
			},
		},
		"blocks for dedicated VPCs where the segment is not": {
			[]string{"eu-central-1: 10.65.0.0/18, eu-west-1: 10.69.0.0/18", "eu-west-1: 10.69.0.0/18"},
			[]string{
				`landingzone:network.segments[2].dedicatedRanges.eu-central-1: "10.66.128.0/17": is used by nothing: sensitive has no range in eu-central-1; allowed: eu-west-1`,
			},
		},
		"addresses that no company has": {
			[]string{exampleOnSite, "      ranges: [172.20.0.0/14, 192.168.0.0/16, 16.0.0.0/8, 12.0.0.0/7, 0.0.0.0/8, 127.0.0.0/16, 169.254.0.0/16, 224.0.0.0/8, 240.0.0.0/4]\n"},
			[]string{
				`landingzone:network.onPremises.ranges[3]: "12.0.0.0/7": ` + noCompany,
				`landingzone:network.onPremises.ranges[4]: "0.0.0.0/8": ` + noCompany,
				`landingzone:network.onPremises.ranges[5]: "127.0.0.0/16": ` + noCompany,
				`landingzone:network.onPremises.ranges[6]: "169.254.0.0/16": ` + noCompany,
				`landingzone:network.onPremises.ranges[7]: "224.0.0.0/8": ` + noCompany,
				`landingzone:network.onPremises.ranges[8]: "240.0.0.0/4": ` + noCompany,
			},
		},
		"more blocks of the company than a security group has room for": {
			[]string{exampleOnSite, "      ranges: [172.20.0.0/14" + blocks + "]\n"},
			[]string{"landingzone:network.onPremises.ranges: has 26 blocks, and the security group of the resolver has room for 25; put neighbours together"},
		},
		"addresses that are here and there": {
			[]string{exampleOnSite, "      ranges: [172.20.0.0/14, 10.0.0.0/8, 172.21.0.0/16, 0.0.0.0/0]\n"},
			[]string{
				`landingzone:network.onPremises.ranges[1]: "10.0.0.0/8": overlaps landingzone:network.range (10.64.0.0/12)`,
				`landingzone:network.onPremises.ranges[2]: "172.21.0.0/16": overlaps landingzone:network.onPremises.ranges[0] (172.20.0.0/14)`,
				`landingzone:network.onPremises.ranges[3]: "0.0.0.0/0": overlaps landingzone:network.range (10.64.0.0/12)`,
			},
		},
	})
}

func TestDecode_RejectsSegments(t *testing.T) {
	units := strings.Join(segmentUnits(), ", ")
	rejects(t, map[string]rejection{
		"names that are malformed": {
			[]string{"      - name: gxp-prod\n", "      - name: GxP\n", exampleRule, "      - drop ip any -> any\n"},
			[]string{
				`landingzone:network.segments[0].name: "GxP": want 1 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last`,
			},
		},
		"a name that means something else": {
			[]string{"      - name: nongxp\n", "      - name: internet\n"},
			[]string{
				`landingzone:network.segments[3].name: "internet": is taken; it means something else than a segment, as perimeter, peering, on-premises, internet, any, none, own, itself do`,
			},
		},
		"names that the names of routes are made with": {
			[]string{"      - name: nongxp\n", "      - name: own\n", "      - name: sensitive\n", "      - name: back-from-qa\n"},
			[]string{
				`landingzone:network.segments[2].name: "back-from-qa": has the word "from", which the names of routes are made with; use another`,
				`landingzone:network.segments[3].name: "own": is taken; it means something else than a segment, as perimeter, peering, on-premises, internet, any, none, own, itself do`,
			},
		},
		"reaching a segment that is nowhere near": {
			[]string{"        ranges: {eu-central-1: 10.65.0.0/18, eu-west-1: 10.69.0.0/18}\n        dedicatedRanges: {eu-central-1: 10.66.128.0/17}\n", "        ranges: {eu-west-1: 10.69.0.0/18}\n",
				"        ranges: {eu-central-1: 10.65.64.0/18, eu-west-1: 10.69.64.0/18}\n", "        ranges: {eu-central-1: 10.65.64.0/18}\n"},
			[]string{
				`landingzone:network.segments[2].reaches[0]: "shared": is in no region that sensitive is in, and segments reach each other within a region alone; allowed: segments with a range in eu-west-1`,
			},
		},
		"a name twice": {
			[]string{"      - name: nongxp\n", "      - name: gxp-prod\n"},
			[]string{`landingzone:network.segments[3].name: "gxp-prod": is a duplicate of landingzone:network.segments[0].name; remove one`},
		},
		"a classification that there is not": {
			[]string{"        classification: nongxp\n", "        classification: non-gxp\n"},
			[]string{`landingzone:network.segments[3].classification: "non-gxp": is unknown; did you mean nongxp? allowed: gxp, nongxp, shared`},
		},
		"units that do not exist, have no use for it or have another": {
			[]string{"        units: [Workloads/NonGxP]\n        reaches", "        units: [Workloads/NonGXP, Workloads, Security, Suspended, Infrastructure, Sandbox]\n        reaches"},
			[]string{
				`landingzone:network.segments[3].units[0]: "Workloads/NonGXP": is unknown; did you mean Workloads/NonGxP? allowed: ` + units,
				`landingzone:network.segments[3].units[1]: "Workloads": has no use for a segment; allowed: ` + units,
				`landingzone:network.segments[3].units[2]: "Security": has no use for a segment; allowed: ` + units,
				`landingzone:network.segments[3].units[3]: "Suspended": has no use for a segment; allowed: ` + units,
				`landingzone:network.segments[4].units[0]: "Infrastructure": has a segment already, by landingzone:network.segments[3].units[4]; a unit has one`,
			},
		},
		"a segment without units": {
			[]string{"        units: [Workloads/NonGxP]\n        reaches", "        units: []\n        reaches"},
			[]string{`landingzone:network.segments[3].units: must name at least one unit: nobody else uses a segment; allowed: ` + units},
		},
		"units with and without records in one segment": {
			[]string{"        units: [Workloads/NonGxP]\n        reaches", "        units: [Workloads/GxP-Prod]\n        reaches",
				"        units: [Workloads/GxP-Prod]\n        reaches: [shared]\n        internet: true\n        onPremises: true\n",
				"        units: [Workloads/NonGxP]\n        reaches: [shared]\n        internet: true\n        onPremises: true\n"},
			[]string{
				`landingzone:network.segments[0].units[0]: "Workloads/NonGxP": has accounts that belong in a segment classified nongxp, and gxp-prod is classified gxp`,
				`landingzone:network.segments[3].units[0]: "Workloads/GxP-Prod": has accounts that belong in a segment classified gxp, and nongxp is classified nongxp`,
			},
		},
		"a shared segment with systems in it": {
			[]string{"        units: [Infrastructure]\n", "        units: [Infrastructure, Sandbox]\n"},
			[]string{
				`landingzone:network.segments[4].units[1]: "Sandbox": has accounts that belong in a segment classified nongxp, and shared is classified shared`,
			},
		},
		"reaching what there is not, itself and twice": {
			[]string{"        units: [Workloads/NonGxP]\n        reaches: [shared]\n", "        units: [Workloads/NonGxP]\n        reaches: [shard, nongxp, shared, shared]\n"},
			[]string{
				`landingzone:network.segments[3].reaches[0]: "shard": is unknown; did you mean shared? allowed: gxp-prod, gxp-validation, sensitive, shared`,
				`landingzone:network.segments[3].reaches[1]: "nongxp": is the segment itself, which always reaches itself; remove it`,
				`landingzone:network.segments[3].reaches[3]: "shared": is a duplicate of landingzone:network.segments[3].reaches[2]; remove one`,
			},
		},
		"GxP reaching what is not": {
			[]string{"        units: [Workloads/Sensitive]\n        reaches: [shared]\n", "        units: [Workloads/Sensitive]\n        reaches: [shared, nongxp]\n"},
			[]string{
				`landingzone:network.segments[2].reaches[1]: "nongxp": is classified nongxp, and sensitive is gxp: GxP systems and others reach each other nowhere; put what both need into a segment that is classified shared`,
			},
		},
		"what is not GxP reaching what is": {
			[]string{"        units: [Workloads/NonGxP]\n        reaches: [shared]\n", "        units: [Workloads/NonGxP]\n        reaches: [gxp-validation]\n"},
			[]string{
				`landingzone:network.segments[3].reaches[0]: "gxp-validation": is classified gxp, and nongxp is nongxp: GxP systems and others reach each other nowhere; put what both need into a segment that is classified shared`,
			},
		},
		"an account in a segment that there is not": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      segment: gxp-pord\n"},
			[]string{
				`landingzone:accounts[8].segment: "gxp-pord": is unknown; did you mean gxp-prod? allowed: gxp-prod, gxp-validation, sensitive, nongxp, shared`,
			},
		},
		"an account in the segment of others": {
			[]string{"      owner: Supply Chain\n", "      owner: Supply Chain\n      segment: shared\n"},
			[]string{
				`landingzone:accounts[8].segment: "shared": is not shared with Workloads/GxP-Prod, the account's unit, which has gxp-prod; write that, or remove this`,
			},
		},
		"an account that has none in the segment of others": {
			[]string{"      costCentre: CC-3100\n", "      costCentre: CC-3100\n      segment: nongxp\n"},
			[]string{
				`landingzone:accounts[13].segment: "nongxp": is not shared with Sandbox, the account's unit, and no other is; add the unit to the segment, or remove this`,
			},
		},
	})
}

func TestDecode_RejectsASegmentWithoutANetwork(t *testing.T) {
	text := replace(t, withoutNetwork(t, prod(t)), "      owner: Supply Chain\n", "      owner: Supply Chain\n      segment: gxp-prod\n")
	got := problems(t, text)
	const want = `landingzone:accounts[8].segment: "gxp-prod": is unknown; list it under landingzone:network.segments`
	if len(got) != 1 || !strings.HasSuffix(got[0], want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestDecode_RejectsFirewallRules(t *testing.T) {
	rejects(t, map[string]rejection{
		"rules that cannot be read": {
			[]string{exampleRule, "      - allow tcp gxp-prod -> shared 22\n      - pass ip any -> any\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "allow tcp gxp-prod -> shared 22": word 1 ("allow"): want pass, drop, alert`,
				`landingzone:network.firewallRules[1]: "pass ip any -> any": would let through what the inspection is there to stop; name from where or to where`,
			},
		},
		"rules about places that there are not": {
			[]string{exampleRule, "      - pass tcp gxp-pord -> 203.0.113.40/32 22\n      - drop ip any -> internet\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp gxp-pord -> 203.0.113.40/32 22": names gxp-pord, which is no segment; did you mean gxp-prod? allowed: gxp-prod, gxp-validation, sensitive, nongxp, shared`,
				`landingzone:network.firewallRules[1]: "drop ip any -> internet": names internet, which is no segment; allowed: gxp-prod, gxp-validation, sensitive, nongxp, shared`,
			},
		},
		"a rule for which there is no route": {
			[]string{exampleRule, "      - pass tcp gxp-prod -> nongxp 443\n      - pass tcp shared -> nongxp 443\n      - drop ip gxp-prod -> nongxp\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp gxp-prod -> nongxp 443": lets through what has no route: gxp-prod and nongxp do not reach each other by landingzone:network.segments`,
			},
		},
		"rules that let everything through by blocks": {
			[]string{exampleRule, "      - pass tcp 0.0.0.0/1 -> shared 443\n      - pass ip gxp-prod -> 8.0.0.0/7\n" +
				"      - pass ip 10.0.0.0/8 -> any\n      - pass ip any -> 10.64.0.0/12\n      - pass ip 10.64.0.0/12 -> 10.0.0.0/8\n      - drop ip 0.0.0.0/1 -> any\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp 0.0.0.0/1 -> shared 443": would let through what the inspection is there to stop: 0.0.0.0/1 is wider than /8`,
				`landingzone:network.firewallRules[1]: "pass ip gxp-prod -> 8.0.0.0/7": would let through what the inspection is there to stop: 8.0.0.0/7 is wider than /8`,
				`landingzone:network.firewallRules[2]: "pass ip 10.0.0.0/8 -> any": would let through what the inspection is there to stop: 10.0.0.0/8 and any are all of landingzone:network.range or more; want a segment, on-premises or a smaller block at one end`,
				`landingzone:network.firewallRules[3]: "pass ip any -> 10.64.0.0/12": would let through what the inspection is there to stop: any and 10.64.0.0/12 are all of landingzone:network.range or more; want a segment, on-premises or a smaller block at one end`,
				`landingzone:network.firewallRules[4]: "pass ip 10.64.0.0/12 -> 10.0.0.0/8": would let through what the inspection is there to stop: 10.64.0.0/12 and 10.0.0.0/8 are all of landingzone:network.range or more; want a segment, on-premises or a smaller block at one end`,
			},
		},
		"rules by block for which there is no route": {
			[]string{exampleRule, "      - pass tcp 10.64.0.0/24 -> 10.65.128.0/17 443\n      - pass tcp nongxp -> 10.66.0.0/28 443\n" +
				"      - pass tcp gxp-prod -> 10.0.0.0/8 443\n      - pass tcp 10.64.0.0/24 -> 10.65.64.0/24 443\n      - drop ip 10.64.0.0/24 -> nongxp\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp 10.64.0.0/24 -> 10.65.128.0/17 443": lets through what has no route: gxp-prod and nongxp do not reach each other by landingzone:network.segments`,
				`landingzone:network.firewallRules[1]: "pass tcp nongxp -> 10.66.0.0/28 443": lets through what has no route: nongxp and gxp-prod do not reach each other by landingzone:network.segments`,
				`landingzone:network.firewallRules[2]: "pass tcp gxp-prod -> 10.0.0.0/8 443": lets through what has no route: gxp-prod and gxp-validation do not reach each other by landingzone:network.segments`,
			},
		},
		"rules about what stays in a segment": {
			[]string{exampleRule, "      - pass tcp shared -> shared 443\n      - drop ip 10.64.0.0/24 -> 10.66.0.0/24\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp shared -> shared 443": has no effect: what stays within shared passes no firewall; security groups decide there`,
				`landingzone:network.firewallRules[1]: "drop ip 10.64.0.0/24 -> 10.66.0.0/24": has no effect: what stays within gxp-prod passes no firewall; security groups decide there`,
			},
		},
		"rules for ways that there are not": {
			[]string{exampleRule, "      - pass tcp sensitive -> 203.0.113.40/32 22\n      - pass tcp nongxp -> on-premises 22\n      - pass tcp 172.20.0.0/24 -> sensitive 22\n" +
				"      - pass tcp 203.0.113.0/24 -> gxp-prod 22\n      - pass tcp on-premises -> 203.0.113.40/32 22\n      - pass tcp on-premises -> 172.20.0.0/24 22\n      - drop tcp sensitive -> on-premises 22\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp sensitive -> 203.0.113.40/32 22": lets through what has no route: sensitive has no internet`,
				`landingzone:network.firewallRules[1]: "pass tcp nongxp -> on-premises 22": lets through what has no route: nongxp has no onPremises`,
				`landingzone:network.firewallRules[2]: "pass tcp 172.20.0.0/24 -> sensitive 22": lets through what has no route: sensitive has no onPremises`,
				`landingzone:network.firewallRules[3]: "pass tcp 203.0.113.0/24 -> gxp-prod 22": lets through what has no route: from the internet nothing comes in but answers`,
				`landingzone:network.firewallRules[4]: "pass tcp on-premises -> 203.0.113.40/32 22": lets through what has no route: the company's own network does not reach the internet through this one`,
				`landingzone:network.firewallRules[5]: "pass tcp on-premises -> 172.20.0.0/24 22": lets through what has no route: what stays in the company's own network does not come here`,
			},
		},
		"rules about what is in regions without inspection": {
			[]string{"        ranges: {eu-central-1: 10.65.0.0/18, eu-west-1: 10.69.0.0/18}\n        dedicatedRanges: {eu-central-1: 10.66.128.0/17}\n",
				"        ranges: {eu-west-1: 10.69.0.0/18}\n",
				exampleRule, "      - pass tcp sensitive -> shared 443\n      - drop ip 10.68.0.0/17 -> any\n      - drop ip 10.64.0.0/17 -> 10.69.64.0/18\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp sensitive -> shared 443": has no effect: no region with inspection has both sensitive and shared; those with inspection: eu-central-1`,
				`landingzone:network.firewallRules[1]: "drop ip 10.68.0.0/17 -> any": has no effect: no region with inspection has both 10.68.0.0/17 and any; those with inspection: eu-central-1`,
				`landingzone:network.firewallRules[2]: "drop ip 10.64.0.0/17 -> 10.69.64.0/18": has no effect: no region with inspection has both 10.64.0.0/17 and 10.69.64.0/18; those with inspection: eu-central-1`,
			},
		},
		"a connection in a region without inspection": {
			[]string{exampleVPN, strings.Replace(exampleVPN, "eu-central-1", "eu-west-1", 1), "      inbound: [eu-central-1]\n", "",
				exampleRule, "      - pass tcp on-premises -> shared 443\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp on-premises -> shared 443": has no effect: no region with inspection has both on-premises and shared; those with inspection: eu-central-1`,
			},
		},
		"a rule twice, written in another way": {
			[]string{exampleRule, exampleRule + "      - pass  tcp gxp-prod  -> 203.0.113.40/32 22-22\n"},
			[]string{
				`landingzone:network.firewallRules[1]: "pass  tcp gxp-prod  -> 203.0.113.40/32 22-22": is a duplicate of landingzone:network.firewallRules[0]; remove one`,
			},
		},
		"more rules than the firewall has room for": {
			[]string{exampleRule, strings.Repeat(exampleRule, MaxFirewallRules+1)},
			[]string{"landingzone:network.firewallRules: has 1001 rules, and the firewall has room for 1000"},
		},
		"a rule twice": {
			[]string{exampleRule, exampleRule + exampleRule},
			[]string{
				`landingzone:network.firewallRules[1]: "pass tcp gxp-prod -> 203.0.113.40/32 22": is a duplicate of landingzone:network.firewallRules[0]; remove one`,
			},
		},
		"rules that nothing enforces": {
			after(exampleHome, "        inspection: false\n"),
			[]string{"landingzone:network.firewallRules: is enforced by nothing: no region of landingzone:network.regions has inspection"},
		},
	})
}

func TestDecode_RejectsNames(t *testing.T) {
	long := strings.Repeat(strings.Repeat("a", 63)+".", 4) + "com"
	servers := ""
	for i := range 4 {
		servers += fmt.Sprintf("        - {domain: d%d.example.com, servers: [172.20.%d.1, 172.20.%d.2, 172.20.%d.3, 172.20.%d.4, 172.20.%d.5, 172.20.%d.6]}\n",
			i, i, i, i, i, i, i)
	}
	rejects(t, map[string]rejection{
		"lists of bad names that are malformed, repeated or elsewhere": {
			[]string{"        eu-west-1: [rslvr-fdl-fedcba9876543210]\n",
				"        eu-west-1: [rslvr-fdl-fedcba9876543210, rslvr-fdl-fedcba9876543210, malware]\n        eu-west-2: [rslvr-fdl-fedcba9876543210]\n"},
			[]string{
				`landingzone:network.dns.managedLists.eu-west-1[1]: "rslvr-fdl-fedcba9876543210": is a duplicate of landingzone:network.dns.managedLists.eu-west-1[0]; remove one`,
				`landingzone:network.dns.managedLists.eu-west-1[2]: "malware": want the id of a list of domains: rslvr-fdl- and 8 to 32 characters of a-z and 0-9`,
				`landingzone:network.dns.managedLists.eu-west-2: is no region of landingzone:network.regions; did you mean eu-west-1? allowed: eu-central-1, eu-west-1`,
			},
		},
		"names that cannot be blocked": {
			before("      inbound: [eu-central-1]\n", "      blockedDomains: ['*.example.net', .example.net, '*.example.net']\n"),
			[]string{
				`landingzone:network.dns.blockedDomains[1]: ".example.net": want a domain such as example.com or *.example.com, in lower case, at most 253 characters`,
				`landingzone:network.dns.blockedDomains[2]: "*.example.net": is a duplicate of landingzone:network.dns.blockedDomains[0]; remove one`,
			},
		},
		"names of AWS, of addresses, and those that are wanted": {
			before("      inbound: [eu-central-1]\n", "      blockedDomains: [amazonaws.com, '*.s3.amazonaws.com', '*.api.aws', eu-west-1.compute.internal, '*.10.in-addr.arpa', "+
				"'*.europa.eu', '*.fda.gov', ema.europa.eu, bad.ema.europa.eu, corp.example.com, '*.example.com', bad.corp.example.com]\n"),
			[]string{
				`landingzone:network.dns.blockedDomains[0]: "amazonaws.com": would block names of AWS, which are in amazonaws.com; allowed are other domains`,
				`landingzone:network.dns.blockedDomains[1]: "*.s3.amazonaws.com": would block names of AWS, which are in amazonaws.com; allowed are other domains`,
				`landingzone:network.dns.blockedDomains[2]: "*.api.aws": would block names of AWS, which are in aws; allowed are other domains`,
				`landingzone:network.dns.blockedDomains[3]: "eu-west-1.compute.internal": would block names of AWS, which are in compute.internal; allowed are other domains`,
				`landingzone:network.dns.blockedDomains[4]: "*.10.in-addr.arpa": would block the names of addresses, which are in in-addr.arpa; allowed are other domains`,
				`landingzone:network.dns.blockedDomains[5]: "*.europa.eu": blocks .ema.europa.eu, which is landingzone:network.allowedDomains[5]; remove one`,
				`landingzone:network.dns.blockedDomains[6]: "*.fda.gov": blocks .fda.gov, which is landingzone:network.allowedDomains[4]; remove one`,
				`landingzone:network.dns.blockedDomains[9]: "corp.example.com": blocks corp.example.com, which is landingzone:network.dns.forward[0].domain; remove one`,
				`landingzone:network.dns.blockedDomains[10]: "*.example.com": blocks corp.example.com, which is landingzone:network.dns.forward[0].domain; remove one`,
			},
		},
		"domains that are not the company's, too long, or resolved from nowhere": {
			after("          servers: [172.20.0.53, 172.21.0.53]\n",
				"        - {domain: eu-central-1.amazonaws.com, servers: [172.20.0.53]}\n"+
					"        - {domain: api.aws, servers: [172.20.0.53]}\n"+
					"        - {domain: eu-west-1.compute.internal, servers: [172.20.0.53]}\n"+
					"        - {domain: in-addr.arpa, servers: [172.20.0.53]}\n"+
					"        - {domain: 20.172.in-addr.arpa, servers: [172.20.0.53, 10.65.64.53]}\n"+
					"        - {domain: "+long+", servers: [172.20.0.53]}\n"+
					"        - {domain: other.example.com, servers: [10.67.0.10, 10.72.0.10]}\n"),
			[]string{
				`landingzone:network.dns.forward[1].domain: "eu-central-1.amazonaws.com": would take names of AWS from it, which are in amazonaws.com; allowed are domains of the company`,
				`landingzone:network.dns.forward[2].domain: "api.aws": would take names of AWS from it, which are in aws; allowed are domains of the company`,
				`landingzone:network.dns.forward[3].domain: "eu-west-1.compute.internal": would take names of AWS from it, which are in compute.internal; allowed are domains of the company`,
				`landingzone:network.dns.forward[4].domain: "in-addr.arpa": would take the names of all addresses, those in AWS too; forward the company's own, such as 20.172.in-addr.arpa`,
				`landingzone:network.dns.forward[6].domain: "` + long[:60] + `…": has 259 characters, and DNS takes 253`,
				`landingzone:network.dns.forward[7].servers[0]: "10.67.0.10": is in no range of landingzone:network.segments and of no dedicated VPC, so that no route leads there`,
				`landingzone:network.dns.forward[7].servers[1]: "10.72.0.10": is in no range of landingzone:network.segments and of no dedicated VPC, so that no route leads there`,
			},
		},
		"more name servers than a security group has room for": {
			after("          servers: [172.20.0.53, 172.21.0.53]\n", servers),
			[]string{"landingzone:network.dns.forward: has 26 name servers, and the security group of the resolver has room for 25"},
		},
		"questions that come in where there is no network": {
			[]string{"      inbound: [eu-central-1]\n", "      inbound: [eu-central-1, eu-central-1, eu-north-1]\n"},
			[]string{
				`landingzone:network.dns.inbound[1]: "eu-central-1": is a duplicate of landingzone:network.dns.inbound[0]; remove one`,
				`landingzone:network.dns.inbound[2]: "eu-north-1": is no region of landingzone:network.regions; allowed: eu-central-1, eu-west-1`,
			},
		},
		"domains of the company that nobody resolves": {
			after("          servers: [172.20.0.53, 172.21.0.53]\n",
				"        - {domain: corp.example.com, servers: []}\n"+
					"        - {domain: '*.corp.example.com', servers: [192.0.2.53, ns1, 10.64.0.2, 10.64.0.2]}\n"),
			[]string{
				`landingzone:network.dns.forward[1].domain: "corp.example.com": is a duplicate of landingzone:network.dns.forward[0].domain; remove one`,
				"landingzone:network.dns.forward[1].servers: has 0 addresses, want 1 to 6",
				`landingzone:network.dns.forward[2].domain: "*.corp.example.com": want a domain in lower case, such as corp.example.com`,
				`landingzone:network.dns.forward[2].servers[0]: "192.0.2.53": is neither in landingzone:network.onPremises.ranges nor in landingzone:network.range, so that no route leads there`,
				`landingzone:network.dns.forward[2].servers[1]: "ns1": want an IPv4 address, such as 172.20.0.53`,
				`landingzone:network.dns.forward[2].servers[3]: "10.64.0.2": is a duplicate of landingzone:network.dns.forward[2].servers[2]; remove one`,
			},
		},
	})
}

func TestDecode_RejectsConnections(t *testing.T) {
	const gateway = "0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0"
	connect := func(lines string) []string { return after(exampleVPN, lines) }
	rejects(t, map[string]rejection{
		"a company's own network that nothing joins": {
			[]string{"      vpns:\n" + exampleVPN, ""},
			[]string{
				"landingzone:network.segments[0].onPremises: true: leads nowhere: landingzone:network.onPremises has no connection",
				"landingzone:network.segments[4].onPremises: true: leads nowhere: landingzone:network.onPremises has no connection",
				`landingzone:network.dns.inbound[0]: "eu-central-1": is reached by nobody: landingzone:network.onPremises has no connection there`,
				"landingzone:network.onPremises.ranges: is joined by nothing; add vpns or directConnects, or remove it",
			},
		},
		"a rule about a network that nothing joins": {
			[]string{section(t, "    onPremises:\n", "\n  landingzone:certificates"), "",
				"        internet: true\n        onPremises: true\n        ranges: {eu-central-1: 10.64", "        internet: true\n        ranges: {eu-central-1: 10.64",
				"        internet: true\n        onPremises: true\n        ranges: {eu-central-1: 10.65", "        internet: true\n        ranges: {eu-central-1: 10.65",
				section(t, "      forward:\n", "    onPremises:\n"), "",
				exampleRule, "      - pass tcp on-premises -> shared 443\n"},
			[]string{
				`landingzone:network.firewallRules[0]: "pass tcp on-premises -> shared 443": names on-premises, and landingzone:network.onPremises has no connection`,
				`landingzone:network.dns.inbound[0]: "eu-central-1": is reached by nobody: landingzone:network.onPremises has no connection there`,
			},
		},
		"connections to nothing": {
			[]string{exampleOnSite, "", "          servers: [172.20.0.53, 172.21.0.53]\n", "          servers: [10.65.64.10]\n"},
			[]string{"landingzone:network.onPremises.ranges: must hold what is used there: no route leads through the connections otherwise"},
		},
		"connections with the wrong name, region, address or number": {
			connect("        - {name: headquarters, region: eu-west-2, address: 10.0.0.1, asn: 0}\n" +
				"        - {name: Plant, region: eu-west-1, address: router, asn: 64513}\n" +
				"        - {name: plant, region: eu-west-1, address: 198.51.100.10, asn: 9059}\n" +
				"        - {name: plant-2, region: eu-central-1, address: 198.51.100.10, asn: 9059}\n" +
				"        - {name: plant-3, region: eu-central-1, address: 198.51.100.11, asn: 7224}\n" +
				"        - {name: plant-4, region: eu-central-1, address: 198.51.100.12, asn: 4294967295}\n"),
			[]string{
				`landingzone:network.onPremises.vpns[1].name: "headquarters": is a duplicate of landingzone:network.onPremises.vpns[0].name; remove one`,
				`landingzone:network.onPremises.vpns[1].region: "eu-west-2": is no region of landingzone:network.regions; did you mean eu-west-1? allowed: eu-central-1, eu-west-1`,
				`landingzone:network.onPremises.vpns[1].address: "10.0.0.1": want the public IPv4 address of a router, such as 198.51.100.10`,
				`landingzone:network.onPremises.vpns[1].asn: 0: want 1 to 4294967294, an autonomous system number`,
				`landingzone:network.onPremises.vpns[2].name: "Plant": want 1 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last`,
				`landingzone:network.onPremises.vpns[2].address: "router": want the public IPv4 address of a router, such as 198.51.100.10`,
				`landingzone:network.onPremises.vpns[2].asn: 64513: is the number of a transit gateway, which are 64512 to 64513; a router has its own`,
				`landingzone:network.onPremises.vpns[3].region: "eu-west-1": is joined to the company's own network already, by landingzone:network.onPremises.vpns[2]; a region has one connection, and a vpn two tunnels`,
				`landingzone:network.onPremises.vpns[3].asn: 9059: is reserved in eu-west-1; want the router's own number, or a private one from 64512 to 65534`,
				`landingzone:network.onPremises.vpns[4].region: "eu-central-1": is joined to the company's own network already, by landingzone:network.onPremises.vpns[0]; a region has one connection, and a vpn two tunnels`,
				`landingzone:network.onPremises.vpns[5].region: "eu-central-1": is joined to the company's own network already, by landingzone:network.onPremises.vpns[0]; a region has one connection, and a vpn two tunnels`,
				`landingzone:network.onPremises.vpns[5].asn: 7224: is reserved in eu-central-1; want the router's own number, or a private one from 64512 to 65534`,
				`landingzone:network.onPremises.vpns[6].region: "eu-central-1": is joined to the company's own network already, by landingzone:network.onPremises.vpns[0]; a region has one connection, and a vpn two tunnels`,
				`landingzone:network.onPremises.vpns[6].asn: 4294967295: want 1 to 4294967294, an autonomous system number`,
			},
		},
		"routers that are not in the internet": {
			[]string{exampleVPN, "        - {name: headquarters, region: eu-central-1, address: 0.1.2.3}\n" +
				"        - {name: plant, region: eu-west-1, address: 198.19.0.1}\n"},
			[]string{
				`landingzone:network.onPremises.vpns[0].address: "0.1.2.3": want the public IPv4 address of a router, such as 198.51.100.10`,
				`landingzone:network.onPremises.vpns[1].address: "198.19.0.1": want the public IPv4 address of a router, such as 198.51.100.10`,
			},
		},
		"gateways that are malformed, repeated or elsewhere": {
			connect("      directConnects:\n" +
				"        - {gatewayId: " + gateway + ", region: eu-central-1}\n" +
				"        - {gatewayId: " + gateway + ", region: eu-central-1}\n" +
				"        - {gatewayId: dxgw-1, region: eu-north-1}\n"),
			[]string{
				`landingzone:network.onPremises.directConnects[0].region: "eu-central-1": is joined to the company's own network already, by landingzone:network.onPremises.vpns[0]; a region has one connection, and a vpn two tunnels`,
				`landingzone:network.onPremises.directConnects[1].region: "eu-central-1": is joined to the company's own network already, by landingzone:network.onPremises.vpns[0]; a region has one connection, and a vpn two tunnels`,
				`landingzone:network.onPremises.directConnects[2].gatewayId: "dxgw-1": want the id of a Direct Connect gateway: 32 hexadecimal digits in five groups, as the console shows it`,
				`landingzone:network.onPremises.directConnects[2].region: "eu-north-1": is no region of landingzone:network.regions; allowed: eu-central-1, eu-west-1`,
			},
		},
	})
}

func TestDecode_RejectsDedicatedVPCs(t *testing.T) {
	admit := func(lines ...string) []string {
		return before(exampleSegments, "    dedicatedVpcs:\n      - "+strings.Join(lines, "\n      - ")+"\n")
	}
	const good = "{name: mes, account: mes-prod, segment: gxp-prod, region: eu-central-1, range: 10.66.0.0/24, attachmentId: tgw-attach-0123456789abcdef0}"
	change := func(old, new string) string { return strings.Replace(good, old, new, 1) }
	decodeOK(t, replace(t, prod(t), exampleSegments, admit(good)[1]))
	rejects(t, map[string]rejection{
		"one that is admitted twice": {
			admit(good, good),
			[]string{
				`landingzone:network.dedicatedVpcs[1].name: "mes": is a duplicate of landingzone:network.dedicatedVpcs[0].name; remove one`,
				`landingzone:network.dedicatedVpcs[1].range: "10.66.0.0/24": overlaps landingzone:network.dedicatedVpcs[0].range (10.66.0.0/24)`,
				`landingzone:network.dedicatedVpcs[1].attachmentId: "tgw-attach-0123456789abcdef0": is a duplicate of landingzone:network.dedicatedVpcs[0].attachmentId; remove one`,
			},
		},
		"names and ids that are malformed": {
			admit(change("tgw-attach-0123456789abcdef0", "vpc-0123"), change("name: mes", "name: MES_1")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].attachmentId: "vpc-0123": want the id of a transit gateway attachment: tgw-attach- and 8 to 17 hexadecimal digits`,
				`landingzone:network.dedicatedVpcs[1].name: "MES_1": want 1 to 20 characters of a-z, 0-9 and hyphen, with a letter first and no hyphen last`,
				`landingzone:network.dedicatedVpcs[1].range: "10.66.0.0/24": overlaps landingzone:network.dedicatedVpcs[0].range (10.66.0.0/24)`,
			},
		},
		"names that the names of routes are made with": {
			admit(change("name: mes", "name: to"), change("name: mes", "name: mes-eu-west-1")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].name: "to": has the word "to", which the names of routes are made with; use another`,
				`landingzone:network.dedicatedVpcs[1].name: "mes-eu-west-1": ends with a region, as the name of a segment in eu-west-1 does; leave it out`,
				`landingzone:network.dedicatedVpcs[1].range: "10.66.0.0/24": overlaps landingzone:network.dedicatedVpcs[0].range (10.66.0.0/24)`,
				`landingzone:network.dedicatedVpcs[1].attachmentId: "tgw-attach-0123456789abcdef0": is a duplicate of landingzone:network.dedicatedVpcs[0].attachmentId; remove one`,
			},
		},
		"one that AWS takes for no VPC": {
			admit(change("10.66.0.0/24", "10.66.0.0/29")),
			[]string{`landingzone:network.dedicatedVpcs[0].range: "10.66.0.0/29": is too small: want /28 or larger`},
		},
		"one that is larger than AWS takes": {
			admit(change("10.66.0.0/24", "10.64.0.0/15")),
			[]string{`landingzone:network.dedicatedVpcs[0].range: "10.64.0.0/15": is too large: want /16 or smaller`},
		},
		"one of a retired account": {
			admit(change("mes-prod", "lims-legacy")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].account: "lims-legacy": is retired, and nothing works in it any more; remove the VPC`,
			},
		},
		"one of an account in another segment": {
			admit(change("mes-prod", "website-prod"), change("name: mes, account: mes-prod", "name: other, account: research-sandbox")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].segment: "gxp-prod": is not the segment of account website-prod, which has nongxp`,
				`landingzone:network.dedicatedVpcs[1].segment: "gxp-prod": is not the segment of account research-sandbox, which has none`,
				`landingzone:network.dedicatedVpcs[1].range: "10.66.0.0/24": overlaps landingzone:network.dedicatedVpcs[0].range (10.66.0.0/24)`,
				`landingzone:network.dedicatedVpcs[1].attachmentId: "tgw-attach-0123456789abcdef0": is a duplicate of landingzone:network.dedicatedVpcs[0].attachmentId; remove one`,
			},
		},
		"one of an unknown segment": {
			admit(change("segment: gxp-prod", "segment: gxp")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].segment: "gxp": is unknown; allowed: gxp-prod, gxp-validation, sensitive, nongxp, shared`,
			},
		},
		"one where its segment has no block": {
			admit(change("eu-central-1", "eu-west-1")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].region: "eu-west-1": is a region in which gxp-prod has no block for dedicated VPCs; add landingzone:network.segments[0].dedicatedRanges.eu-west-1`,
			},
		},
		"one whose addresses come from elsewhere": {
			admit(change("10.66.0.0/24", "10.66.128.0/24")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].range: "10.66.128.0/24": lies outside landingzone:network.segments[0].dedicatedRanges.eu-central-1 (10.66.0.0/17)`,
			},
		},
		"one where there is no network": {
			admit(change("eu-central-1", "eu-north-1")),
			[]string{
				`landingzone:network.dedicatedVpcs[0].region: "eu-north-1": is no region of landingzone:network.regions; allowed: eu-central-1, eu-west-1`,
			},
		},
	})
}

func TestDecode_RejectsADedicatedVPCOfNobody(t *testing.T) {
	text := replace(t, prod(t), exampleSegments, "    dedicatedVpcs:\n"+
		"      - {name: mes, account: mes-pord, segment: gxp-prod, region: eu-central-1, range: 10.66.0.0/24, attachmentId: tgw-attach-0123456789abcdef0}\n"+
		exampleSegments)
	got := problems(t, text)
	const want = `landingzone:network.dedicatedVpcs[0].account: "mes-pord": is no account of landingzone:accounts; did you mean mes-prod? allowed: `
	if len(got) != 1 || !strings.Contains(got[0], want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
