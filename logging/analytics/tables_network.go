package analytics

import "strings"

// flowTable is the flow logs in the format that every flow log of the network
// has. A hyphen stands for a value that there is not; as a number it is null.
// Sources: Amazon VPC user guide, "Flow log records" and "Publish flow logs to
// Amazon S3".
var flowTable = Table{
	Name:        "vpc_flow",
	Description: "Connections in the network, as often as once a minute.",
	Format: Format{SerDe: lazySerDe, Input: textInput, Output: plainOutput, Skip: 1,
		Parameters: map[string]string{"field.delim": " ", "serialization.format": " "}},
	Path:       "AWSLogs/${account}/vpcflowlogs/${region_key}/${day}/",
	Partitions: []Partition{byAccount, flowRegion, byDay},
	Columns:    flowColumns(),
}

// flowRegion is not called region: the records themselves have such a field.
var flowRegion = Partition{Name: "region_key", Comment: "Region that the record is about", Projection: Enumerated,
	Values: func(p Place) []string { return p.Regions }}

func flowColumns() []Column {
	all := columns(`
		version int Version of the record's form
		account-id string Account of the network interface
		interface-id string Network interface
		srcaddr string Source address of the packets at the interface
		dstaddr string Destination address of the packets at the interface
		srcport int Source port
		dstport int Destination port
		protocol int Protocol, by its IANA number
		packets bigint Number of packets
		bytes bigint Number of bytes
		start bigint First packet, in seconds since 1970
		end bigint Last packet, in seconds since 1970
		action string ACCEPT or REJECT
		log-status string OK, NODATA or SKIPDATA
		vpc-id string VPC
		subnet-id string Subnet
		instance-id string Instance of the interface
		tcp-flags int TCP flags that were seen, added up
		type string IPv4, IPv6 or EFA
		pkt-srcaddr string Original source address
		pkt-dstaddr string Original destination address
		region string Region of the interface
		az-id string Availability zone of the interface
		sublocation-type string Kind of sublocation
		sublocation-id string Sublocation
		pkt-src-aws-service string AWS service of the source address
		pkt-dst-aws-service string AWS service of the destination address
		flow-direction string ingress or egress
		traffic-path int Way that egress traffic took
		reject-reason string Why traffic was rejected, where AWS says so: BPA or EC
	`)
	for i, c := range all {
		all[i].Source = ""
		all[i].Name = strings.ReplaceAll(c.Name, "-", "_")
	}
	return all
}

// resolverTable is the names that were looked up. A file is about a VPC, and
// the key has no region, so the query names the VPC.
// Source: Route 53 developer guide, "Resolver query logging".
var resolverTable = Table{
	Name:        "resolver_queries",
	Description: "Names that were looked up in the network.",
	Format:      jsonLines,
	Path:        "AWSLogs/${account}/vpcdnsquerylogs/${vpc}/${day}/",
	Partitions: []Partition{
		byAccount,
		{Name: "vpc", Comment: "VPC that the question came from", Projection: Injected},
		byDay,
	},
	Columns: columns(`
		version string Version of the record's form
		account_id string Account of the VPC
		region string Region of the VPC
		vpc_id string VPC that the question came from
		query_timestamp string When, in UTC
		query_name string Name that was looked up
		query_type string Type of record that was looked up
		query_class string Class of record that was looked up
		rcode string Code of the answer
		answers array<struct<Rdata:string,Type:string,Class:string>> Answers
		srcaddr string Address that asked
		srcport string Port that asked
		transport string Protocol of the question
		srcids struct<instance:string,resolver_endpoint:string> Instance or endpoint that asked
		firewall_rule_action string What the DNS firewall did
		firewall_rule_group_id string Rule group of the DNS firewall
		firewall_domain_list_id string List of names of the DNS firewall
	`),
}

// firewallTable is the alerts of the network firewalls, and what they dropped.
// Source: Network Firewall developer guide, "Contents of a firewall log".
var firewallTable = Table{
	Name:        "firewall_alerts",
	Description: "Connections that a network firewall dropped or reported.",
	Format:      jsonLines,
	Path:        "AWSLogs/${account}/network-firewall/alert/${region}/${firewall}/${day}/",
	Partitions: []Partition{
		byAccount, byRegion,
		{Name: "firewall", Comment: "Firewall", Projection: Enumerated, Values: func(p Place) []string { return p.Firewalls }},
		byDay,
	},
	Columns: columns(`
		firewall_name string Firewall
		availability_zone string Availability zone of the firewall's endpoint
		event_timestamp string When, in seconds since 1970
		event struct<timestamp:string,flow_id:bigint,event_type:string,src_ip:string,src_port:int,dest_ip:string,dest_port:int,proto:string,app_proto:string,alert:struct<action:string,signature_id:int,rev:int,signature:string,category:string,severity:int>,tls:struct<sni:string,version:string>,http:struct<hostname:string,url:string,http_user_agent:string>> What happened
	`),
}
