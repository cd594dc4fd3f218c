package rules

import "strings"

const (
	zoneType            = "aws:route53/zone:Zone"
	zoneAssociationType = "aws:route53/zoneAssociation:ZoneAssociation"

	zoneName = `([a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.)*[a-z0-9_]([a-z0-9_-]{0,61}[a-z0-9])?\.?`
)

// Route 53 is in no region.
var (
	zones   = target{typ: zoneType, word: "hosted zone", code: "NoSuchHostedZone", reach: inAccount}
	anyVPCs = target{typ: vpcType, word: "VPC", code: "InvalidVPCId"}
)

var zoneRows = map[string]row{
	zoneType: {
		static: []check{
			length("name", 1, 255), pattern("name", zoneName, "a domain in lower case"), length("comment", 0, 256),
			unique("vpcs[].vpcId"), atMostOne("vpcs", "delegationSetId"),
		},
		against: []check{refers("vpcs[].vpcId", anyVPCs), oneZoneOfName},
	},
	zoneAssociationType: {
		against: []check{
			refers("zoneId", zones), refers("vpcId", anyVPCs), zoneIsPrivate, oneZoneOfName,
			free(everywhere, "ConflictingDomainExists", "the VPC %q is associated with the zone already; keep one association", "vpcId", "zoneId"),
		},
	},
}

// zoneIsPrivate: only a zone that was made for a VPC can be given to another.
func zoneIsPrivate(s *scope) {
	zone, ok := s.find(s.text("zoneId"), zones)
	if ok && zone.presence("vpcs") == absent {
		s.fail("zoneId", "PublicZoneVPCAssociation", "the zone %s is public; give it a VPC when it is made", zone.text("name"))
	}
	for _, id := range zone.texts("vpcs[].vpcId") {
		if id == s.text("vpcId") {
			s.fail("vpcId", "ConflictingDomainExists", "the VPC %s is among the zone's own vpcs; leave the association out", id)
		}
	}
}

// oneZoneOfName: in a VPC, a name is found in one zone.
func oneZoneOfName(s *scope) {
	mine := s.Resource
	wanted := map[string]bool{}
	if s.Type == zoneAssociationType {
		mine, _ = s.find(s.text("zoneId"), zones)
		wanted[s.text("vpcId")] = true
	}
	for _, id := range mine.texts("vpcs[].vpcId") {
		wanted[id] = wanted[id] || s.Type == zoneType
	}
	name := strings.TrimSuffix(mine.text("name"), ".")
	if name == "" {
		return
	}
	for zone := range s.world.All(zoneType) {
		if zone.URN == mine.URN || strings.TrimSuffix(zone.text("name"), ".") != name {
			continue
		}
		for _, id := range s.vpcsOf(zone) {
			if wanted[id] {
				s.fail("", "ConflictingDomainExists", "the VPC %s has another zone of the name %s; keep one", id, name)
				return
			}
		}
	}
}

func (s *scope) vpcsOf(zone Resource) []string {
	var ids []string
	for _, id := range zone.texts("vpcs[].vpcId") {
		ids = append(ids, id)
	}
	for r := range s.world.All(zoneAssociationType) {
		if id := r.text("vpcId"); id != "" && r.text("zoneId") != "" && r.text("zoneId") == zone.text("id") {
			ids = append(ids, id)
		}
	}
	return ids
}

// recordInZone: a zone holds its own name and names below it.
func recordInZone(s *scope) {
	zone, ok := s.find(s.text("zoneId"), zones)
	name := strings.TrimSuffix(s.text("name"), ".")
	of := strings.TrimSuffix(zone.text("name"), ".")
	if ok && name != "" && of != "" && name != of && !strings.HasSuffix(name, "."+of) {
		s.fail("name", "InvalidChangeBatch", "RRSet with DNS name %s is not permitted in zone %s", name, of)
	}
}

// aliasRecord: an alias stands for addresses and takes its time to live from
// what it names.
func aliasRecord(s *scope) {
	if s.presence("aliases") != present {
		return
	}
	count("aliases", 1, 1)(s)
	pattern("aliases[].zoneId", `Z[A-Z0-9]{1,31}`, "the id of a hosted zone")(s)
	length("aliases[].name", 1, 1024)(s)
	if kind := s.text("type"); kind == "NS" || kind == "SOA" {
		s.fail("type", "InvalidInput", "an alias cannot be of type %s", kind)
	}
}
