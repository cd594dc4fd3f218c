package qualification

import (
	"fmt"
	"slices"
	"strings"
)

const (
	// What puts attachments into a table by default, or announces their routes.
	hubDefaultTableType        = "aws:ec2transitgateway/defaultRouteTableAssociation:DefaultRouteTableAssociation"
	hubDefaultAnnouncementType = "aws:ec2transitgateway/defaultRouteTablePropagation:DefaultRouteTablePropagation"

	groupRuleType        = "aws:ec2/securityGroupRule:SecurityGroupRule"
	groupIngressRuleType = "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule"
	groupEgressRuleType  = "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule"
)

// flowFields are the fields of VPC flow logs, version by version, without those
// that tell of containers. https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
var flowFields = map[int][]string{
	2: {
		"version", "account-id", "interface-id", "srcaddr", "dstaddr", "srcport", "dstport", "protocol", "packets", "bytes",
		"start", "end", "action", "log-status",
	},
	3: {"vpc-id", "subnet-id", "instance-id", "tcp-flags", "type", "pkt-srcaddr", "pkt-dstaddr"},
	4: {"region", "az-id", "sublocation-type", "sublocation-id"},
	5: {"pkt-src-aws-service", "pkt-dst-aws-service", "flow-direction", "traffic-path"},
	8: {"reject-reason"},
}

// hasAllFlowFields holds for a format with every field.
func hasAllFlowFields(v Value) bool {
	format, _ := v.Text()
	have := strings.Fields(format)
	for _, fields := range flowFields {
		for _, field := range fields {
			if !slices.Contains(have, "${"+field+"}") {
				return false
			}
		}
	}
	return true
}

// isSomeText and holdsNothing are about the value of a property.
func isSomeText(v Value) bool {
	text, ok := v.Text()
	return ok && text != ""
}

func holdsNothing(v Value) bool { return v.Absent() || v.Known() && len(v.Items()) == 0 }

// networkLogs is part of the name of the buckets that the records of the network
// are delivered to.
const networkLogs = "network-logs"

// deliversTo holds where a property names a bucket of this stack that is for the
// records of the network of the region, as a whole: of a folder, another service
// may not be let write into it, and nobody looks there.
func deliversTo(path string) rule {
	return func(g *Graph, r *Resource) []Finding {
		v := r.Get(path)
		if v.Unknown() {
			return []Finding{open(r, path)}
		}
		text, _ := v.Text()
		name, folder, _ := strings.Cut(text[strings.LastIndex(text, ":")+1:], "/")
		isBucket := func(b *Resource) bool {
			return b.Type == bucketType && isLanding(b) && g.Region(b).equals(g.Region(r))
		}
		if strings.Contains(name, networkLogs) && folder == "" && slices.ContainsFunc(g.indexed().byName[name], isBucket) {
			return nil
		}
		return []Finding{{
			Resource: r.URN, Property: path, Problem: fmt.Sprintf("is %s, which is no bucket for the records of the network of this region", v),
			Fix: "deliver to the network-logs bucket of the log archive account in the region",
		}}
	}
}

// logsAlertsAndFlows holds for a logging configuration that delivers both.
func logsAlertsAndFlows(g *Graph, r *Resource) []Finding {
	const at = "loggingConfiguration.logDestinationConfigs"
	list := r.Get(at)
	if list.Unknown() || slices.ContainsFunc(list.Items(), func(v Value) bool { return v.Get("logType").Unknown() }) {
		return []Finding{open(r, at)}
	}
	var findings []Finding
	for _, kind := range []string{"ALERT", "FLOW"} {
		i := slices.IndexFunc(list.Items(), func(v Value) bool { return v.Get("logType").Is(kind) })
		if i < 0 {
			findings = append(findings, Finding{
				Resource: r.URN, Property: at, Problem: "delivers no log of type " + kind, Fix: "add a destination for " + kind,
			})
			continue
		}
		entry := list.Items()[i]
		findings = append(findings, all(
			property(entry.Get("logDestinationType").Path()).is("S3"),
			deliversTo(entry.Get("logDestination.bucketName").Path()))(g, r)...)
	}
	return findings
}

// dropsByDefault holds for default actions that end what no rule lets pass.
func dropsByDefault(v Value) bool {
	return slices.ContainsFunc(v.Items(), func(action Value) bool {
		return slices.ContainsFunc([]string{
			"aws:drop_strict", "aws:drop_established", "aws:drop_established_app_layer", "aws:drop_established_app_layer_to_server",
		}, func(drops string) bool { return action.Is(drops) })
	})
}

// passesNothing holds for actions that hand packets on or drop them.
func passesNothing(v Value) bool {
	return len(v.Items()) > 0 && !slices.ContainsFunc(v.Items(), func(action Value) bool {
		return !action.Is("aws:forward_to_sfe") && !action.Is("aws:drop")
	})
}

// hasNoRules holds for a security group to which no rule is added from elsewhere.
func hasNoRules(g *Graph, group *Resource) []Finding {
	var findings []Finding
	for _, t := range []string{groupRuleType, groupIngressRuleType, groupEgressRuleType} {
		for _, r := range g.Linked(group, t, "securityGroupId") {
			findings = append(findings, Finding{
				Resource: r.URN, Problem: "opens a default security group", Fix: "give what needs it a security group of its own",
			})
		}
	}
	return findings
}

// followsOwnTable holds for an attachment that is associated with one table,
// that of its segment. Announcements hold for nothing.
func followsOwnTable(g *Graph, r *Resource) []Finding {
	n := g.network()
	j := n.byJoint[r]
	switch r.Type {
	case hubPropagationType, hubDefaultTableType, hubDefaultAnnouncementType:
		return []Finding{{
			Resource: r.URN, Problem: "lets attachments announce routes, or puts them into a table by default",
			Fix: "take it away, and write the routes down",
		}}
	case vpcAttachmentType, vpcAccepterType:
		return append(isInNoDefault(g, r), n.isInOneTable(r, j, n.segmentAt(j))...)
	}
	if j == nil {
		return nil // ends at a gateway of a VPC, which another control forbids
	}
	return n.isInOneTable(r, j, Value{raw: onPremisesPlace})
}

var isInNoDefault = all(
	property("transitGatewayDefaultRouteTableAssociation").is(false),
	property("transitGatewayDefaultRouteTablePropagation").is(false))

// segmentAt is the tag of the segment that an attachment is of.
func (n *network) segmentAt(j *joint) Value {
	if j.vpc != nil {
		return j.vpc.res.Get(segmentTag)
	}
	return j.res.Get(segmentTag)
}

// isInOneTable holds for an attachment that follows one table, of the segment.
func (n *network) isInOneTable(r *Resource, j *joint, segment Value) []Finding {
	if j.unread != nil && j.vpc == nil {
		return []Finding{*j.unread}
	}
	var tables []*hubTable
	for _, hub := range n.hubs {
		tables = append(tables, j.tables[hub]...)
	}
	switch {
	case len(tables) == 1:
		return property(segmentTag).check(func(v Value) bool { return v.equals(segment) },
			"must be the segment of what is associated with the table")(n.g, tables[0].res)
	case len(tables) == 0 && n.unassociated != nil:
		return []Finding{*n.unassociated}
	}
	return []Finding{{
		Resource: r.URN, Problem: fmt.Sprintf("is associated with %d route tables, must be with one", len(tables)),
		Fix: "associate it with the table of its segment, and no other",
	}}
}

// staysInside holds for what is in the perimeter, and for what gives the rest of
// the network no way out.
func staysInside(g *Graph, r *Resource) []Finding {
	n := g.network()
	switch r.Type {
	case routeTableType, defaultTableType:
		return hasNoExit(n, r)
	case natGatewayType:
		return inPerimeter(g, r, r, "subnetId", subnetType)
	case internetGatewayType:
		// awsx joins one to every VPC that it makes. Where no route leads to it, it
		// is no way out.
		if strings.Contains(r.URN, "awsx:ec2:Vpc$") {
			return nil
		}
	case subnetType:
		switch v := r.Get("mapPublicIpOnLaunch"); {
		case v.Unknown():
			return []Finding{open(r, v.Path())}
		case !v.Is(true):
			return nil
		}
	}
	return inPerimeter(g, r, r, "vpcId", vpcType)
}

// hasNoExit is about the routes of a table outside of the perimeter.
func hasNoExit(n *network, table *Resource) []Finding {
	t := n.byTable[table]
	if t == nil {
		return []Finding{open(table, "vpcId")}
	}
	if t.unread != nil {
		return []Finding{*t.unread}
	}
	var findings []Finding
	for _, w := range t.ways {
		switch {
		case w.hop.kind == toUnread:
			findings = append(findings, w.hop.open)
		case isPerimeter(t.vpc.res):
		case w.hop.kind == toInternet, w.hop.kind == toNAT:
			findings = append(findings, Finding{
				Resource: w.via.URN, Problem: fmt.Sprintf("leads from %s to the internet, past the perimeter", t.vpc.place),
				Fix: "lead it to the transit gateway",
			})
		}
	}
	return findings
}

// inPerimeter follows a property of r, by a subnet if need be, to a VPC, which
// must be a perimeter. The finding is about what.
func inPerimeter(g *Graph, what, r *Resource, property, typ string) []Finding {
	target := g.Target(r, property, typ)
	switch v := r.Get(property); {
	case target == nil && v.Unknown():
		return []Finding{open(r, property)}
	case target == nil && v.Absent() && r.Type == internetGatewayType:
		// It is joined to a VPC by a resource of its own, or to none.
		return nil
	case target == nil:
		return []Finding{{
			Resource: what.URN, Property: property, Problem: fmt.Sprintf("is %s, which is nothing of this stack", v),
			Fix: "put it into the perimeter",
		}}
	case typ == subnetType:
		return inPerimeter(g, what, target, "vpcId", vpcType)
	case target.Get(segmentTag).Unknown():
		return []Finding{open(target, segmentTag)}
	case isPerimeter(target):
		return nil
	}
	return []Finding{{
		Resource: what.URN, Problem: fmt.Sprintf("opens %s, which is no perimeter, to the internet", target.Name()),
		Fix: "take it away: the way to the internet is the perimeter's",
	}}
}

// hasGatewayEndpoints holds for a VPC whose subnets, except those of the transit
// gateway, have both gateway endpoints in their tables.
func hasGatewayEndpoints(g *Graph, vpc *Resource) []Finding {
	var findings []Finding
	for _, service := range []string{"s3", "dynamodb"} {
		findings = append(findings, hasGatewayEndpoint(g, vpc, service)...)
	}
	return findings
}

func hasGatewayEndpoint(g *Graph, vpc *Resource, service string) []Finding {
	n := g.network()
	var tables []*vpcTable
	for _, endpoint := range g.Linked(vpc, vpcEndpointType, "vpcId") {
		if path, unknown := unknownAmong(endpoint, "serviceName", "vpcEndpointType"); unknown {
			return []Finding{open(endpoint, path)}
		}
		isGateway := endpoint.Get("vpcEndpointType").Absent() || endpoint.Get("vpcEndpointType").Is("Gateway")
		if serviceOf(endpoint) != service || !isGateway {
			continue
		}
		reached, known := n.tablesOf(endpoint)
		if !known {
			return []Finding{open(endpoint, "routeTableIds")}
		}
		tables = append(tables, reached...)
	}
	var without []string
	for _, s := range n.byVPC[vpc].subnets {
		if !n.isTransit(s) && !slices.Contains(tables, s.own) {
			without = append(without, s.res.Name())
		}
	}
	if len(without) == 0 {
		return nil
	}
	for _, endpoint := range g.OfType(vpcEndpointType) {
		if endpoint.Get("vpcId").Unknown() && g.Target(endpoint, "vpcId", vpcType) == nil {
			return []Finding{open(endpoint, "vpcId")}
		}
	}
	return []Finding{{
		Resource: vpc.URN,
		Problem:  fmt.Sprintf("has subnets without the gateway endpoint of %s: %s", service, strings.Join(without, ", ")),
		Fix:      "add the route tables of these subnets to the endpoint",
	}}
}

// tablesOf are the route tables that a gateway endpoint is in.
func (n *network) tablesOf(endpoint *Resource) (tables []*vpcTable, known bool) {
	list := endpoint.Get("routeTableIds")
	known = !list.Unknown()
	for _, item := range list.Items() {
		text, ok := item.Text()
		known = known && ok
		for _, r := range n.g.indexed().byName[text] {
			if t := n.byTable[r]; t != nil {
				tables = append(tables, t)
			}
		}
	}
	for _, association := range n.g.Linked(endpoint, endpointTableType, "vpcEndpointId") {
		t := n.byTable[n.g.Target(association, "routeTableId", routeTableType)]
		known = known && t != nil
		tables = append(tables, t)
	}
	return tables, known
}

// isTransit reports that the subnet holds the interfaces of a transit gateway.
func (n *network) isTransit(s *subnetNode) bool {
	return slices.ContainsFunc(n.joints, func(j *joint) bool { return slices.Contains(j.subnets, s) })
}

// sharesWithUnits holds for a share that is closed to strangers, for a principal
// that is a unit, and for what of the network is shared.
func sharesWithUnits(g *Graph, r *Resource) []Finding {
	switch r.Type {
	case shareType:
		return property("allowExternalPrincipals").is(false)(g, r)
	case sharePrincipalType:
		return isOwnUnit(g, r)
	}
	return sharesSubnetOfSegment(g, r)
}

// isExcludedForGoodReason holds for an exclusion of a whole perimeter, for what
// comes from inside, and for a perimeter that has one.
func isExcludedForGoodReason(g *Graph, r *Resource) []Finding {
	if r.Type == vpcType {
		return with(blockExclusionType, "vpcId")(g, r)
	}
	return all(
		property("internetGatewayExclusionMode").is("allow-egress"),
		property("subnetId").check(Value.Absent, "must not be set"),
		func(g *Graph, r *Resource) []Finding { return inPerimeter(g, r, r, "vpcId", vpcType) })(g, r)
}

// followsPeeringTables holds for a peering that is accepted, and that in both
// regions is associated with one table, which is for peerings alone.
func followsPeeringTables(g *Graph, r *Resource) []Finding {
	n := g.network()
	j := n.byJoint[r]
	switch {
	case j.unread != nil:
		return []Finding{*j.unread}
	case !j.accepted:
		return with(peeringAccepterType, "transitGatewayAttachmentId")(g, r)
	}
	var findings []Finding
	for _, hub := range []*Resource{j.hub, j.far} {
		tables := j.tables[hub]
		switch {
		case len(tables) == 1:
			findings = append(findings, property(segmentTag).is(peeringTable)(g, tables[0].res)...)
		case len(tables) == 0 && n.unassociated != nil:
			findings = append(findings, *n.unassociated)
		default:
			findings = append(findings, Finding{
				Resource: r.URN, Problem: fmt.Sprintf("is associated with %d route tables of %s, must be with one", len(tables), hub.Name()),
				Fix: "associate it with the table for peerings in both regions",
			})
		}
	}
	return findings
}
