package rules

import (
	"fmt"
	"net/netip"
	"slices"
)

const (
	customerGatewayType = "aws:ec2/customerGateway:CustomerGateway"
	vpnType             = "aws:ec2/vpnConnection:VpnConnection"
	directType          = "aws:directconnect/gatewayAssociation:GatewayAssociation"

	// directPrefixQuota is how many prefixes AWS announces over Direct Connect.
	directPrefixQuota = 200
)

var customerGateways = target{
	typ: customerGatewayType, word: "customer gateway", code: "InvalidCustomerGatewayID.NotFound", reach: inRegion,
}

var onPremisesRows = map[string]row{
	customerGatewayType: {
		static: []check{
			oneOf("type", "ipsec.1"), ipv4Address("ipAddress"), exactlyOne("bgpAsn", "bgpAsnExtended"), routerASN,
			length("deviceName", 1, 255),
		},
		against: []check{
			free(inRegion, "InvalidParameterValue", "there is a customer gateway of the address %q and the same number already, and "+
				"AWS would hand out that one; keep one", "ipAddress", "bgpAsn"),
		},
	},
	vpnType: {
		static: append([]check{
			oneOf("type", "ipsec.1"), atMostOne("transitGatewayId", "vpnGatewayId"), oneOf("tunnelInsideIpVersion", "ipv4", "ipv6"),
			ipv4Block("localIpv4NetworkCidr", 0, 32), ipv4Block("remoteIpv4NetworkCidr", 0, 32), insideDisjoint,
		}, slices.Concat(tunnel(1), tunnel(2))...),
		against: []check{
			refers("customerGatewayId", customerGateways), refers("transitGatewayId", transitGateways),
			free(inRegion, "InvalidParameterValue", "the customer gateway %q is connected to the transit gateway already; keep one "+
				"connection, which has two tunnels", "customerGatewayId", "transitGatewayId"),
		},
	},
	directType: {
		static: []check{
			pattern("dxGatewayId", `[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}`, "the id of a Direct Connect gateway, a UUID"),
			ipv4Block("allowedPrefixes[]", 0, 32), count("allowedPrefixes", 0, directPrefixQuota), unique("allowedPrefixes[]"),
			directPrefixes,
		},
		against: []check{
			refers("associatedGatewayId", anyTransit),
			free(everywhere, "DirectConnectClientException", "the gateway %q is associated already; keep one association",
				"associatedGatewayId", "dxGatewayId"),
		},
	},
}

// routerASN: AWS keeps the numbers of its own side, and has another argument for
// the larger half.
func routerASN(s *scope) {
	for property, bounds := range ordered(map[string][2]float64{
		"bgpAsn": {1, 2147483647}, "bgpAsnExtended": {2147483648, 4294967294},
	}) {
		text := s.text(property)
		if text == "" {
			continue
		}
		var n float64
		if _, err := fmt.Sscanf(text, "%g", &n); err != nil || n < bounds[0] || n > bounds[1] {
			s.reject(property, "%s is %q; it must be %.0f to %.0f", property, shorten(text), bounds[0], bounds[1])
		}
		if taken, ok := map[string]string{"7224": "us-east-1", "9059": "eu-west-1", "10124": "ap-northeast-1", "17943": "ap-southeast-1"}[text]; ok &&
			taken == s.Region {
			s.reject(property, "%s is reserved by AWS in %s; use another number", text, taken)
		}
	}
}

// tunnel are the checks of one of the two tunnels.
func tunnel(n int) []check {
	name := func(setting string) string { return fmt.Sprintf("tunnel%d%s", n, setting) }
	return []check{
		pattern(name("PresharedKey"), `[A-Za-z1-9._][A-Za-z0-9._]{7,63}`, "8 to 64 letters, digits, dots and underscores that do not begin with 0"),
		oneOf(name("StartupAction"), "add", "start"), oneOf(name("DpdTimeoutAction"), "clear", "none", "restart"),
		oneOf(name("IkeVersions")+"[]", "ikev1", "ikev2"), between(name("Phase1LifetimeSeconds"), 900, 28800),
		between(name("Phase2LifetimeSeconds"), 900, 3600), between(name("DpdTimeoutSeconds"), 30, 1e9),
		oneOf(name("Phase1EncryptionAlgorithms")+"[]", "AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"),
		oneOf(name("Phase2EncryptionAlgorithms")+"[]", "AES128", "AES256", "AES128-GCM-16", "AES256-GCM-16"),
		oneOf(name("Phase1IntegrityAlgorithms")+"[]", "SHA1", "SHA2-256", "SHA2-384", "SHA2-512"),
		oneOf(name("Phase2IntegrityAlgorithms")+"[]", "SHA1", "SHA2-256", "SHA2-384", "SHA2-512"),
		oneOf(name("Phase1DhGroupNumbers")+"[]", 2, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24),
		oneOf(name("Phase2DhGroupNumbers")+"[]", 2, 5, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24),
		insideBlock(name("InsideCidr")),
	}
}

// reservedInside are the link-local blocks that AWS uses itself.
var reservedInside = []string{
	"169.254.0.0/30", "169.254.1.0/30", "169.254.2.0/30", "169.254.3.0/30", "169.254.4.0/30", "169.254.5.0/30", "169.254.169.252/30",
}

func insideBlock(property string) check {
	whole := netip.MustParsePrefix("169.254.0.0/16")
	return func(s *scope) {
		for at, text := range s.texts(property) {
			block, ok := parseBlock(text)
			if !ok || block.Bits() != 30 || block != block.Masked() || !contains(whole, block) || slices.Contains(reservedInside, text) {
				s.reject(at, "%s is %q; it must be a /30 of 169.254.0.0/16 that AWS does not use itself", at, shorten(text))
			}
		}
	}
}

func insideDisjoint(s *scope) {
	if first := s.text("tunnel1InsideCidr"); first != "" && first == s.text("tunnel2InsideCidr") {
		s.reject("tunnel2InsideCidr", "both tunnels have %s inside; give each a block of its own", first)
	}
}

// directPrefixes: over a transit gateway, AWS announces what it is told to and
// nothing else.
func directPrefixes(s *scope) {
	if s.presence("associatedGatewayId") != absent && s.presence("proposalId") == absent {
		needs("allowedPrefixes", "the prefixes that the transit gateway announces to the company")(s)
	}
}
