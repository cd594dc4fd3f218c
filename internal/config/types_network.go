package config

// Network is what connects the accounts with each other and with the world. It
// belongs to the network account; workload accounts get their subnets by
// sharing, by the unit that they are in.
type Network struct {
	// Enabled builds the network. Default: true where range is set. A network
	// that is switched off is checked all the same.
	Enabled bool `json:"enabled"`

	// Range is all that the organization may use in AWS, in every region: a
	// private IPv4 block (RFC 1918 or 100.64.0.0/10) such as 10.64.0.0/12 that is
	// used nowhere else in the company.
	Range string `json:"range"`

	// Profile decides what the network costs: full inspects traffic and has two
	// NAT gateways and central endpoints, standard has one NAT gateway and
	// central endpoints and filters names alone, minimal has one NAT gateway
	// and gateway endpoints alone. Every setting of a region can differ from
	// its profile.
	Profile string `json:"profile"`

	// Regions are the governed regions that have a network.
	Regions []NetworkRegion `json:"regions"`

	// Segments are the parts of the network that traffic does not leave unless
	// it is allowed to.
	Segments []Segment `json:"segments"`

	// AllowedDomains are the names that may be reached in the internet, and
	// with a leading dot all names below them, such as .example.com. With
	// inspection the firewall enforces the list on TLS and HTTP, whatever the
	// address; without, DNS Firewall refuses to resolve other names, those of
	// private zones of the company too. At most 1000.
	AllowedDomains []string `json:"allowedDomains"`

	// FirewallRules let more through the inspection than segments that reach
	// each other and allowed domains: "pass tcp gxp-prod -> 198.51.100.7/32 22".
	// A rule is pass, drop or alert; tcp, udp, icmp or ip; where from; ->; where
	// to; and for tcp and udp a port, a range such as 1024-2048, or any. From
	// and to are the name of a segment, on-premises, an IPv4 block, or any. A
	// rule cannot pass from any to any, a block wider than /8, nor what has no
	// route, by name or by block. At most 1000.
	FirewallRules []string `json:"firewallRules"`

	// ClosedPorts are TCP ports that the network access list of every segment
	// closes to everybody, 15 at most. Default: 22 and 3389, since Session
	// Manager is the way into a server.
	ClosedPorts []int `json:"closedPorts"`

	// DNS is how names are resolved, filtered and recorded.
	DNS NetworkDNS `json:"dns"`

	// OnPremises is the company's own network, if it is joined.
	OnPremises OnPremises `json:"onPremises"`

	// DedicatedVPCs are VPCs of accounts that must not share, launched from the
	// catalog and then admitted here.
	DedicatedVPCs []DedicatedVPC `json:"dedicatedVpcs"`

	// AddressManagement records all ranges in IPAM, which AWS charges for by
	// address in use.
	AddressManagement bool `json:"addressManagement"`

	// Sharing shares the subnets with the units of their segment.
	Sharing bool `json:"sharing"`
}

// NetworkRegion is the network of one region.
type NetworkRegion struct {
	// Region is a governed region.
	Region string `json:"region" jsonschema:"required"`

	// Range is the region's part of the organization's range. All other ranges
	// of the region lie in it.
	Range string `json:"range" jsonschema:"required"`

	// PerimeterRange is where the way to the internet, inspection and central
	// endpoints are: a block of /20 to /23.
	PerimeterRange string `json:"perimeterRange" jsonschema:"required"`

	// Zones are the names of the availability zones, 2 to 4. Default: three that
	// every account has in the region. Where accounts differ, as in us-west-1,
	// and in the newest regions they are required. A zone can be added at the end
	// and never removed.
	Zones []string `json:"zones"`

	// Profile is full, standard or minimal. Default: that of the network.
	Profile string `json:"profile"`

	// Inspection sends what leaves a segment through AWS Network Firewall.
	// Default: true in the profile full.
	Inspection bool `json:"inspection"`

	// NATGateways is the number of NAT gateways, 1 or 2. Default: 2 in the
	// profile full, otherwise 1.
	NATGateways int `json:"natGateways"`

	// InterfaceEndpoints are the AWS services that are reached without the
	// internet, by their name in endpoints, such as kms or ecr.dkr. Default: in
	// minimal none, otherwise what managed servers and containers need. S3 and
	// DynamoDB have gateway endpoints, which cost nothing, in every profile.
	InterfaceEndpoints []string `json:"interfaceEndpoints"`
}

// Segment is a part of the network: one VPC in each region that it has a range
// in, shared with the accounts of its units.
type Segment struct {
	// Name is 1 to 20 characters of a-z, 0-9 and hyphen, with a letter first,
	// unique. It can never change once deployed. perimeter, peering,
	// on-premises, internet, any, none, own and itself are taken, and so are the
	// words from and to between hyphens.
	Name string `json:"name" jsonschema:"required"`

	// Classification is gxp, nongxp or shared. A gxp segment can reach no
	// nongxp one; shared may be reached by both.
	Classification string `json:"classification" jsonschema:"required"`

	// Units are the paths of the organizational units whose accounts use the
	// segment. A unit has one segment at most, and one of the classification
	// that its accounts have.
	Units []string `json:"units" jsonschema:"required"`

	// Reaches names segments that this one exchanges traffic with in the same
	// region. It is mutual: routes have no direction. Other regions of the same
	// segment are always reached.
	Reaches []string `json:"reaches"`

	// Internet lets the private subnets reach the allowed domains.
	Internet bool `json:"internet"`

	// OnPremises lets the segment reach the company's own network.
	OnPremises bool `json:"onPremises"`

	// Ranges are the segment's blocks by region, /16 to /23.
	Ranges map[string]string `json:"ranges" jsonschema:"required"`

	// DedicatedRanges are blocks by region that dedicated VPCs of the segment
	// take their ranges from, /12 to /23, in regions that the segment is in.
	DedicatedRanges map[string]string `json:"dedicatedRanges"`
}

// NetworkDNS is how names are resolved, filtered and recorded.
type NetworkDNS struct {
	// QueryLogging records every query of every VPC.
	QueryLogging bool `json:"queryLogging"`

	// Firewall refuses to resolve names that are known to be bad.
	Firewall bool `json:"firewall"`

	// ManagedLists are, by region, the ids of lists of bad names that AWS
	// keeps. They differ by region: aws route53resolver
	// list-firewall-domain-lists prints them.
	ManagedLists map[string][]string `json:"managedLists"`

	// BlockedDomains are names that are never resolved, such as *.example.net:
	// none of AWS, and none that is allowed or forwarded.
	BlockedDomains []string `json:"blockedDomains"`

	// Inbound lets the company's name servers ask for names in AWS, in the
	// regions listed.
	Inbound []string `json:"inbound"`

	// Forward are domains of the company that its own name servers resolve.
	Forward []ForwardedDomain `json:"forward"`
}

// ForwardedDomain is a domain that the company's own name servers resolve.
type ForwardedDomain struct {
	// Domain is the domain, such as corp.example.com or 20.172.in-addr.arpa; none
	// of AWS.
	Domain string `json:"domain" jsonschema:"required"`

	// Servers are the IPv4 addresses of the name servers, 1 to 6, in the
	// company's own network or in a segment, and 25 for all domains. A region asks
	// those that it reaches; where all of these are in segments, for every segment,
	// otherwise for those with onPremises.
	Servers []string `json:"servers" jsonschema:"required"`
}

// OnPremises is the company's own network.
type OnPremises struct {
	// Ranges are the IPv4 blocks that are used there, 25 at most: private ones, or
	// public ones of /8 or smaller. Routes are made for them, so that they are
	// required where there is a connection.
	Ranges []string `json:"ranges"`

	// VPNs are site-to-site connections. A region has one connection, over one of
	// these or by Direct Connect.
	VPNs []VPN `json:"vpns"`

	// DirectConnects are associations with a Direct Connect gateway that exists
	// already in the network account.
	DirectConnects []DirectConnect `json:"directConnects"`
}

// VPN is a site-to-site connection with two encrypted tunnels.
type VPN struct {
	// Name is 1 to 20 characters of a-z, 0-9 and hyphen, with a letter first,
	// unique.
	Name string `json:"name" jsonschema:"required"`

	// Region is where the connection ends.
	Region string `json:"region" jsonschema:"required"`

	// Address is the public IPv4 address of the company's router.
	Address string `json:"address" jsonschema:"required"`

	// ASN is the router's autonomous system number, none of those that transit
	// gateways have: 64512 for the first region, and so on. Default: 65000.
	ASN int `json:"asn"`
}

// DirectConnect joins a region to a Direct Connect gateway.
type DirectConnect struct {
	// GatewayID is the id of the Direct Connect gateway.
	GatewayID string `json:"gatewayId" jsonschema:"required"`

	// Region is where it is joined.
	Region string `json:"region" jsonschema:"required"`
}

// DedicatedVPC admits the VPC of an account that must not share to a segment.
type DedicatedVPC struct {
	// Name is 1 to 20 characters of a-z, 0-9 and hyphen, with a letter first,
	// unique, without the words from and to, and with no region last.
	Name string `json:"name" jsonschema:"required"`

	// Account is the name of the workload account that owns the VPC.
	Account string `json:"account" jsonschema:"required"`

	// Segment is the segment that the VPC belongs to: that of the account.
	Segment string `json:"segment" jsonschema:"required"`

	// Region is where the VPC is.
	Region string `json:"region" jsonschema:"required"`

	// Range is what IPAM gave the VPC, an output of the product: /16 to /28.
	Range string `json:"range" jsonschema:"required"`

	// AttachmentID is the transit gateway attachment that waits to be
	// admitted, an output of the product: tgw-attach-....
	AttachmentID string `json:"attachmentId" jsonschema:"required"`
}
