package rules

import "strings"

const (
	ipamType         = "aws:ec2/vpcIpam:VpcIpam"
	poolType         = "aws:ec2/vpcIpamPool:VpcIpamPool"
	poolCidrType     = "aws:ec2/vpcIpamPoolCidr:VpcIpamPoolCidr"
	ipamDelegateType = "aws:ec2/vpcIpamOrganizationAdminAccount:VpcIpamOrganizationAdminAccount"
)

// Pools are used in every region, and live in that of their IPAM.
var pools = target{typ: poolType, word: "IPAM pool", code: "InvalidIpamPoolId.NotFound", tail: "ipam-pool/"}

var addressRows = map[string]row{
	ipamType: {
		static: []check{
			needs("operatingRegions", "an IPAM works in named regions"), unique("operatingRegions[].regionName"),
			oneOf("tier", "free", "advanced"), length("description", 0, 255), homeRegion,
		},
	},
	poolType: {
		static: []check{
			oneOf("addressFamily", "ipv4", "ipv6"), between("allocationMinNetmaskLength", 0, 128),
			between("allocationMaxNetmaskLength", 0, 128), between("allocationDefaultNetmaskLength", 0, 128), netmasks,
			length("description", 0, 255),
		},
		against: []check{refers("sourceIpamPoolId", pools), scopeExists, localeOperates, localeOfSource},
	},
	poolCidrType: {
		static: []check{exactlyOne("cidr", "netmaskLength"), blockOfPool},
		against: []check{
			refers("ipamPoolId", pools), insideSource, poolsDisjoint,
			free(everywhere, "InvalidParameterValue", "the pool has %q already; provision it once", "cidr", "ipamPoolId"),
		},
	},
	ipamDelegateType: {
		static:  []check{pattern("delegatedAdminAccountId", digits, "an account id of 12 digits")},
		against: []check{delegatedByManagement, oncePerOrganization},
	},
}

// homeRegion: an IPAM works at least where it is.
func homeRegion(s *scope) {
	if s.presence("operatingRegions") != present || s.Region == "" {
		return
	}
	for name := range s.operatingRegions() {
		if name == s.Region {
			return
		}
	}
	for _, list := range typed[[]any](s.Inputs, "operatingRegions") {
		if !settled(list) {
			return
		}
	}
	s.reject("operatingRegions", "the operating regions lack %s, where the IPAM is; add it", s.Region)
}

func netmasks(s *scope) {
	least, ok := s.number("allocationMinNetmaskLength")
	most, set := s.number("allocationMaxNetmaskLength")
	if ok && set && least > most {
		s.reject("allocationMinNetmaskLength", "the shortest netmask, %v, is longer than the longest, %v; exchange them", least, most)
	}
	if usual, has := s.number("allocationDefaultNetmaskLength"); has && (ok && usual < least || set && usual > most) {
		s.reject("allocationDefaultNetmaskLength", "the default netmask %v is not within the bounds; change one", usual)
	}
}

// blockOfPool looks at blocks of IPv4 alone.
func blockOfPool(s *scope) {
	if !strings.Contains(s.text("cidr"), ":") {
		ipv4Block("cidr", 0, 32)(s)
	}
}

// ipamOf is the IPAM whose scope a pool is in.
func (s *scope) ipamOf(scope string) (Resource, bool) {
	for r := range s.world.All(ipamType) {
		if r.text("privateDefaultScopeId") == scope || r.text("publicDefaultScopeId") == scope {
			return r, true
		}
	}
	return Resource{}, false
}

func scopeExists(s *scope) {
	if scope := s.text("ipamScopeId"); scope != "" {
		if _, ok := s.ipamOf(scope); !ok {
			s.fail("ipamScopeId", "InvalidIpamScopeId.NotFound", "the IPAM scope %q does not exist; pass an IPAM's "+
				"privateDefaultScopeId", shorten(scope))
		}
	}
}

func localeOperates(s *scope) {
	locale := s.text("locale")
	ipam, ok := s.ipamOf(s.text("ipamScopeId"))
	if locale == "" || locale == "None" || !ok {
		return
	}
	for region := range ipam.operatingRegions() {
		if region == locale {
			return
		}
	}
	s.reject("locale", "the IPAM does not operate in %s; add it to operatingRegions", locale)
}

func (r Resource) operatingRegions() func(func(string) bool) {
	return func(yield func(string) bool) {
		for _, name := range r.texts("operatingRegions[].regionName") {
			if !yield(name) {
				return
			}
		}
	}
}

// localeOfSource: below a pool of one region are pools of that region.
func localeOfSource(s *scope) {
	above, ok := s.find(s.text("sourceIpamPoolId"), pools)
	if !ok || s.presence("locale") == unknown {
		return
	}
	if locale := above.text("locale"); locale != "" && locale != "None" && locale != s.text("locale") {
		s.reject("locale", "the pool above is for %s; write the same locale", locale)
	}
}

// insideSource: a pool below another takes its block from it.
func insideSource(s *scope) {
	pool, ok := s.find(s.text("ipamPoolId"), pools)
	block, valid := parseBlock(s.text("cidr"))
	if !ok || !valid || pool.text("sourceIpamPoolId") == "" {
		return
	}
	for r := range s.world.All(poolCidrType) {
		outer, ok := parseBlock(r.text("cidr"))
		if ok && r.text("ipamPoolId") == pool.text("sourceIpamPoolId") && contains(outer, block) {
			return
		}
	}
	s.reject("cidr", "%s does not lie in a block of the pool above; provision that one first, and let this depend on it", block)
}

// poolsDisjoint: two pools never have an address in common, unless one lies
// below the other.
func poolsDisjoint(s *scope) {
	pool, ok := s.find(s.text("ipamPoolId"), pools)
	block, valid := parseBlock(s.text("cidr"))
	if !ok || !valid {
		return
	}
	for r := range s.others(poolCidrType) {
		other, found := s.find(r.text("ipamPoolId"), pools)
		taken, valid := parseBlock(r.text("cidr"))
		if found && valid && taken.Overlaps(block) && other.text("sourceIpamPoolId") == pool.text("sourceIpamPoolId") &&
			other.text("ipamScopeId") == pool.text("ipamScopeId") {
			s.reject("cidr", "%s overlaps with %s, which a pool beside this one has; choose a block that is free", block, taken)
			return
		}
	}
}

// delegatedByManagement: the management account delegates, and never to itself.
func delegatedByManagement(s *scope) {
	delegate := s.text("delegatedAdminAccountId")
	o, ok := s.organization()
	if !ok || delegate == "" {
		return
	}
	owner := o.text("masterAccountId")
	switch {
	case owner != "" && owner == delegate:
		s.reject("delegatedAdminAccountId", "%s is the management account, which cannot administer IPAM; name a member", delegate)
	case owner != "" && s.AccountID != "" && owner != s.AccountID:
		s.fail("", "AccessDenied", "account %s does not own the organization; delegate in the management account", s.AccountID)
	case !s.isMember(delegate):
		s.fail("delegatedAdminAccountId", "AccountNotFoundException", "account %s is not in the organization; let this depend on "+
			"the account", delegate)
	}
}

func oncePerOrganization(s *scope) {
	for range s.others(s.Type) {
		s.fail("delegatedAdminAccountId", "IpamOrganizationAccountAlreadyExists", "the organization has an IPAM administrator from "+
			"another resource; keep one")
		return
	}
}
