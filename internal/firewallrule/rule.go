// Package firewallrule reads the rules that a company adds to the inspection of
// its network, and writes them as the firewall takes them.
//
// A rule is a line of words: what to do, with which protocol, from where, an
// arrow, to where, and for tcp and udp to which ports:
//
//	pass tcp gxp-prod -> 198.51.100.7/32 22
//	drop udp any -> 10.64.0.0/17 1024-2048
//	alert icmp on-premises -> shared
package firewallrule

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

// Places that are no segment.
const (
	// Any is every address.
	Any = "any"

	// OnPremises is the company's own network.
	OnPremises = "on-premises"
)

// What a rule can do, and what with.
var (
	Actions   = []string{"pass", "drop", "alert"}
	Protocols = []string{"tcp", "udp", "icmp", "ip"}
)

const maxPort = 65535

// widestPass is the length of the shortest prefix that a pass can have: what is
// wider is half of the internet and more.
const widestPass = 8

// A place that is neither of those above nor a block is the name of a segment.
var nameSyntax = regexp.MustCompile(`^[a-z]([a-z0-9-]{0,18}[a-z0-9])?$`)

// Ports is a range of ports. The zero value is every port.
type Ports struct{ Low, High int }

// String returns the ports as a rule has them: any, 22 or 1024-2048.
func (p Ports) String() string {
	switch {
	case p == Ports{}:
		return Any
	case p.Low == p.High:
		return strconv.Itoa(p.Low)
	default:
		return strconv.Itoa(p.Low) + "-" + strconv.Itoa(p.High)
	}
}

// Rule is one rule.
type Rule struct {
	// Action is one of [Actions].
	Action string

	// Protocol is one of [Protocols].
	Protocol string

	// From and To are the name of a segment, [OnPremises], an IPv4 block, or
	// [Any]. From opens the connection.
	From, To string

	// Ports are those of To; every port where the protocol has none.
	Ports Ports
}

// String returns the rule as it is configured.
func (r Rule) String() string {
	text := strings.Join([]string{r.Action, r.Protocol, r.From, "->", r.To}, " ")
	if r.hasPorts() {
		text += " " + r.Ports.String()
	}
	return text
}

func (r Rule) hasPorts() bool { return r.Protocol == "tcp" || r.Protocol == "udp" }

// Names returns the places of the rule that have to be looked up: segments and
// the company's own network.
func (r Rule) Names() []string {
	var names []string
	for _, place := range []string{r.From, r.To} {
		if _, isBlock := Block(place); place != Any && !isBlock {
			names = append(names, place)
		}
	}
	return names
}

// Parse reads a rule. Its error says what was expected, and at which word.
func Parse(text string) (Rule, error) {
	words := strings.Fields(text)
	p := parser{words: words}
	r := Rule{
		Action:   p.oneOf(Actions),
		Protocol: p.oneOf(Protocols),
		From:     p.place(),
	}
	p.oneOf([]string{"->"})
	r.To = p.place()
	if r.hasPorts() {
		r.Ports = p.ports()
	}
	p.end(r.Protocol)
	if p.err != nil {
		return Rule{}, p.err
	}
	if err := r.narrow(); err != nil {
		return Rule{}, err
	}
	return r, nil
}

// narrow refuses a rule that is too wide to let anything through.
func (r Rule) narrow() error {
	if r.Action != "pass" {
		return nil
	}
	if r.From == Any && r.To == Any {
		return fmt.Errorf("would let through what the inspection is there to stop; name from where or to where")
	}
	for _, place := range []string{r.From, r.To} {
		if parsed, isBlock := Block(place); isBlock && parsed.Bits() < widestPass {
			return fmt.Errorf("would let through what the inspection is there to stop: %s is wider than /%d", place, widestPass)
		}
	}
	return nil
}

// parser takes one word after the other, and keeps the first error.
type parser struct {
	words []string
	next  int
	err   error
}

// word returns the next word; want says what it should be.
func (p *parser) word(want string) (string, bool) {
	if p.err != nil {
		return "", false
	}
	p.next++
	if p.next > len(p.words) {
		p.err = fmt.Errorf("ends before word %d: want %s", p.next, want)
		return "", false
	}
	return p.words[p.next-1], true
}

func (p *parser) fail(format string, args ...any) {
	p.err = fmt.Errorf("word %d (%q): %s", p.next, p.words[p.next-1], fmt.Sprintf(format, args...))
}

func (p *parser) oneOf(allowed []string) string {
	want := strings.Join(allowed, ", ")
	word, ok := p.word(want)
	if ok && !slices.Contains(allowed, word) {
		p.fail("want %s", want)
	}
	return word
}

const wantPlace = "a segment, on-premises, an IPv4 block such as 198.51.100.0/24, or any"

func (p *parser) place() string {
	word, ok := p.word(wantPlace)
	if !ok || nameSyntax.MatchString(word) {
		return word
	}
	if address, err := netip.ParseAddr(word); err == nil && address.Is4() {
		p.fail("is one address: write %s/32", word)
		return word
	}
	parsed, err := netip.ParsePrefix(word)
	switch {
	case err != nil || !parsed.Addr().Is4():
		p.fail("want %s", wantPlace)
	case parsed != parsed.Masked():
		p.fail("begins in the middle of its block: write %s", parsed.Masked())
	case parsed.Bits() == 0:
		p.fail("is every address: write any")
	}
	return word
}

const wantPorts = "a port from 1 to 65535, a range such as 1024-2048, or any"

func (p *parser) ports() Ports {
	word, ok := p.word(wantPorts)
	if !ok || word == Any {
		return Ports{}
	}
	low, high, isRange := strings.Cut(word, "-")
	if !isRange {
		high = low
	}
	ports := Ports{port(low), port(high)}
	switch {
	case ports.Low == 0 || ports.High == 0:
		p.fail("want %s", wantPorts)
	case ports.Low > ports.High:
		p.fail("ends before it begins: write %d-%d", ports.High, ports.Low)
	}
	return ports
}

// port returns the number of a port, or 0.
func port(text string) int {
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > maxPort || strconv.Itoa(n) != text {
		return 0
	}
	return n
}

// end fails where words are left.
func (p *parser) end(protocol string) {
	if p.err != nil || p.next >= len(p.words) {
		return
	}
	p.next++
	if protocol == "icmp" || protocol == "ip" {
		p.fail("want nothing more: %s has no ports", protocol)
		return
	}
	p.fail("want nothing more")
}

// Block returns the IPv4 block that a place is, and whether it is one.
func Block(place string) (netip.Prefix, bool) {
	parsed, err := netip.ParsePrefix(place)
	return parsed, err == nil
}

// Suricata returns the rule in the language of the firewall, with its signature
// id. address returns the addresses of a place that has a name, as the firewall
// takes them, such as [10.64.0.0/17,10.66.0.0/17]; it says false for one that is
// not in this network, and so does Suricata then. An answer needs no rule of its
// own: the firewall keeps to what it decided for a connection.
func (r Rule) Suricata(sid int, address func(place string) (string, bool)) (string, bool) {
	from, known := resolve(r.From, address)
	to, alsoKnown := resolve(r.To, address)
	if !known || !alsoKnown {
		return "", false
	}
	ports, direction := Any, ""
	if r.hasPorts() {
		ports = strings.ReplaceAll(r.Ports.String(), "-", ":")
		direction = "flow:to_server; "
	}
	return fmt.Sprintf(`%s %s %s any -> %s %s (msg:"%s"; %ssid:%d; rev:1;)`,
		r.Action, r.Protocol, from, to, ports, r, direction, sid), true
}

func resolve(place string, address func(string) (string, bool)) (string, bool) {
	if _, isBlock := Block(place); isBlock || place == Any {
		return place, true
	}
	return address(place)
}
