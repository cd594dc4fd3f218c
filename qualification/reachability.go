package qualification

import (
	"cmp"
	"net/netip"
	"slices"
)

// Names of places that are no segment.
const (
	// internetPlace is everything outside.
	internetPlace = "internet"

	// onPremisesPlace is the company's own network.
	onPremisesPlace = "on-premises"

	// perimeterPlace is where the way out, inspection and endpoints are.
	perimeterPlace = "perimeter"
)

// Place is where traffic begins and ends: a segment (or the perimeter) in a
// region, the internet, or the company's own network. The last two have no
// region.
type Place struct{ Name, Region string }

// String returns the place as people read it.
func (p Place) String() string {
	if p.Region == "" {
		return p.Name
	}
	return p.Name + " in " + p.Region
}

func comparePlaces(a, b Place) int {
	return cmp.Or(cmp.Compare(a.Name, b.Name), cmp.Compare(a.Region, b.Region))
}

// Path says that packets from one place are delivered in another.
type Path struct {
	From, To Place

	// Answered is true where, from some subnet, the answer comes back.
	Answered bool

	// Inspected is true where every packet, and every answer that comes back,
	// passes a firewall.
	Inspected bool

	// Hops are what a packet passes, in this order: one of the ways that there
	// are, the first uninspected one if any is.
	Hops []string

	// Route is the URN of the route that lets packets out of where they begin.
	Route string

	trail []passage
}

// Reachability is who can exchange traffic, by what the routes of a graph do.
// Security groups, access lists and the rules of a firewall may allow less.
type Reachability struct {
	// Places are all places that the graph knows, sorted.
	Places []Place

	// Paths are the pairs between which packets are delivered, sorted. Traffic
	// within a place is not among them.
	Paths []Path

	// Open are what cannot be read yet, and decides where packets go. While
	// there is any, there may be more paths, or fewer.
	Open []Finding

	stops map[pair]*Resource
}

type pair struct{ from, to Place }

// Between returns the path from one place to another, and whether there is one.
func (r *Reachability) Between(from, to Place) (Path, bool) {
	i, found := slices.BinarySearchFunc(r.Paths, pair{from, to}, func(p Path, of pair) int {
		return cmp.Or(comparePlaces(p.From, of.from), comparePlaces(p.To, of.to))
	})
	if !found {
		return Path{From: from, To: to}, false
	}
	return r.Paths[i], true
}

// Reachability follows a packet from every subnet and every connection of the
// graph to every block of addresses that a route, a VPC or a subnet tells from
// others, and its answer back. It is computed once.
func (g *Graph) Reachability() *Reachability {
	ix := g.indexed()
	ix.reachOnce.Do(func() { ix.reach = survey(g.network()) })
	return ix.reach
}

// network reads what moves packets, once.
func (g *Graph) network() *network {
	ix := g.indexed()
	ix.networkOnce.Do(func() { ix.network = readNetwork(g) })
	return ix.network
}

// source is where packets begin: subnets of one VPC whose routes are the same,
// or a connection to what the graph does not hold.
type source struct {
	place     Place
	vpc       *vpcNode
	table     *vpcTable
	joint     *joint
	addresses []netip.Addr
}

// surveyor gathers paths.
type surveyor struct {
	net     *network
	paths   map[pair]*Path
	stops   map[pair]*stop
	open    map[Finding]bool
	places  map[Place]bool
	walks   map[walkKey][]outcome
	answers map[answerKey]answer
	owners  map[netip.Addr]Place
}

// stop is where the packet that came furthest ended.
type stop struct {
	at    *Resource
	steps int
}

type walkKey struct {
	start any // *vpcTable or *joint
	dst   netip.Addr
}

type answerKey struct {
	from  *source
	start any
	nat   *subnetNode
}

// answer is what becomes of the way back.
type answer struct{ comes, inspected bool }

func survey(n *network) *Reachability {
	s := &surveyor{
		net: n, paths: map[pair]*Path{}, stops: map[pair]*stop{}, open: map[Finding]bool{}, places: map[Place]bool{},
		walks: map[walkKey][]outcome{}, answers: map[answerKey]answer{},
		owners: map[netip.Addr]Place{},
	}
	for _, f := range n.unread {
		s.open[f] = true
	}
	addresses := n.boundaries()
	for _, from := range s.sources(addresses) {
		for _, dst := range addresses {
			if from.vpc == nil || !from.vpc.holds(dst) {
				s.send(from, dst)
			}
		}
	}
	return s.result()
}

// sources are all places that packets begin at. Subnets of a VPC with the same
// routes count as one.
func (s *surveyor) sources(addresses []netip.Addr) []*source {
	var all []*source
	for _, vpc := range s.net.vpcs {
		s.places[vpc.place] = true
		byTable := map[*vpcTable]*source{}
		for _, subnet := range vpc.subnets {
			from := byTable[subnet.table]
			if from == nil {
				from = &source{place: vpc.place, vpc: vpc, table: subnet.table}
				byTable[subnet.table] = from
				all = append(all, from)
			}
			from.addresses = append(from.addresses, inside(addresses, subnet.block)...)
		}
	}
	for _, j := range s.net.joints {
		if !j.isStub() {
			continue
		}
		place, known := s.net.placeOf(j)
		if !known {
			s.open[s.net.unplaced(j)] = true
			continue
		}
		s.places[place] = true
		from := &source{place: place, joint: j}
		for _, block := range s.net.blocksBehind(j) {
			from.addresses = append(from.addresses, inside(addresses, block)...)
		}
		all = append(all, from)
	}
	return all
}

// inside are the addresses that lie in a block.
func inside(addresses []netip.Addr, block netip.Prefix) []netip.Addr {
	var found []netip.Addr
	if !block.IsValid() {
		return nil
	}
	i, _ := slices.BinarySearchFunc(addresses, block.Addr(), netip.Addr.Compare)
	for ; i < len(addresses) && block.Contains(addresses[i]); i++ {
		found = append(found, addresses[i])
	}
	return found
}

// walk is what becomes of a packet, remembered.
func (s *surveyor) walk(vpc *vpcNode, start any, dst netip.Addr) []outcome {
	key := walkKey{start, dst}
	outcomes, done := s.walks[key]
	if !done {
		p := packet{dst: dst, vpc: vpc}
		switch start := start.(type) {
		case *vpcTable:
			outcomes = s.net.inTable(p, start)
		case *joint:
			outcomes = s.net.fromStub(p, start)
		}
		s.walks[key] = outcomes
	}
	return outcomes
}

func (s *surveyor) send(from *source, dst netip.Addr) {
	for _, o := range s.walk(from.vpc, from.start(), dst) {
		switch o.end {
		case unread:
			s.open[o.open] = true
		case stopped:
			s.note(from.place, dst, o)
		case delivered:
			s.deliver(from, o)
		}
	}
}

func (f *source) start() any {
	if f.joint != nil {
		return f.joint
	}
	return f.table
}

// note keeps where a packet to an address of a place ended.
func (s *surveyor) note(from Place, dst netip.Addr, o outcome) {
	to, asked := s.owners[dst]
	if !asked {
		to = s.net.owner(dst)
		s.owners[dst] = to
	}
	key := pair{from, to}
	if known := s.stops[key]; known == nil || known.steps < len(o.trail) {
		s.stops[key] = &stop{o.at, len(o.trail)}
	}
}

func (s *surveyor) deliver(from *source, o outcome) {
	if o.place == from.place {
		return
	}
	s.places[o.place] = true
	back := s.back(from, o)
	s.record(from.place, o.place, back.comes, o.inspected && (back.inspected || !back.comes), o)
	if o.place.Name == internetPlace && len(o.nats) == 0 {
		// What has an address of its own in the internet is reached from there.
		s.record(o.place, from.place, true, o.inspected, o)
	}
}

func (s *surveyor) record(from, to Place, answered, inspected bool, o outcome) {
	key := pair{from, to}
	path := s.paths[key]
	if path == nil {
		path = &Path{From: from, To: to, Inspected: true}
		s.paths[key] = path
	}
	better := len(path.Hops) == 0 || path.Inspected && !inspected || answered && !path.Answered && path.Inspected == inspected
	if better {
		path.Hops, path.Route, path.trail = o.hops(), o.decisive(), o.trail
	}
	path.Answered = path.Answered || answered
	path.Inspected = path.Inspected && inspected
}

// back follows the answer. Network address translation makes it come to the
// gateway first, which sends it on.
func (s *surveyor) back(from *source, o outcome) answer {
	if o.place.Name == internetPlace && len(o.nats) == 0 {
		return answer{true, o.inspected}
	}
	start, vpc := o.from()
	whole := answer{true, true}
	for i := len(o.nats) - 1; i >= 0; i-- {
		if start != nil {
			to := &source{vpc: o.nats[i].vpc, addresses: []netip.Addr{o.nats[i].block.Addr()}}
			whole = whole.and(s.returns(to, start, vpc))
		}
		start, vpc = o.nats[i].table, o.nats[i].vpc
	}
	key := answerKey{from, start, o.lastNAT()}
	last, done := s.answers[key]
	if !done {
		last = s.returns(from, start, vpc)
		s.answers[key] = last
	}
	// An answer through a gateway has passed what it came through on one of
	// its parts.
	return whole.and(last)
}

func (a answer) and(b answer) answer { return answer{a.comes && b.comes, a.inspected && b.inspected} }

// returns follows a packet back to any address of the source.
func (s *surveyor) returns(to *source, start any, vpc *vpcNode) answer {
	a := answer{inspected: true}
	for _, dst := range to.addresses {
		for _, o := range s.walk(vpc, start, dst) {
			switch {
			case o.end == unread:
				s.open[o.open] = true
			case o.end == delivered && (to.vpc != nil && o.vpc == to.vpc || to.joint != nil && o.joint == to.joint):
				a.comes = true
				a.inspected = a.inspected && o.inspected
			}
		}
	}
	return a
}

func (s *surveyor) result() *Reachability {
	r := &Reachability{stops: map[pair]*Resource{}}
	for place := range s.places {
		r.Places = append(r.Places, place)
	}
	slices.SortFunc(r.Places, comparePlaces)
	for _, path := range s.paths {
		r.Paths = append(r.Paths, *path)
	}
	slices.SortFunc(r.Paths, func(a, b Path) int {
		return cmp.Or(comparePlaces(a.From, b.From), comparePlaces(a.To, b.To))
	})
	for f := range s.open {
		r.Open = append(r.Open, f)
	}
	slices.SortFunc(r.Open, func(a, b Finding) int {
		return cmp.Or(cmp.Compare(a.Resource, b.Resource), cmp.Compare(a.Property, b.Property), cmp.Compare(a.Problem, b.Problem))
	})
	for key, stop := range s.stops {
		r.stops[key] = stop.at
	}
	return r
}
