package subnet

import (
	"fmt"
	"net/netip"
	"slices"
	"strings"
	"testing"
)

func TestParse_TakesAlignedIPv4BlocksAlone(t *testing.T) {
	for text, want := range map[string]string{
		"10.64.0.0/16":        "",
		"0.0.0.0/0":           "",
		"192.0.2.1/32":        "",
		"10.64.0.1/16":        "begins in the middle of its block: write 10.64.0.0/16",
		"10.68.0.0/12":        "begins in the middle of its block: write 10.64.0.0/12",
		"10.64.0.0":           "is not an IPv4 block such as 10.64.0.0/16",
		"10.64.0.0/33":        "is not an IPv4 block such as 10.64.0.0/16",
		"2001:db8::/32":       "is not an IPv4 block such as 10.64.0.0/16",
		"::ffff:10.0.0.0/104": "is not an IPv4 block such as 10.64.0.0/16",
		"":                    "is not an IPv4 block such as 10.64.0.0/16",
	} {
		block, err := Parse(text)
		if want == "" {
			if err != nil || block.String() != text {
				t.Errorf("Parse(%q) = %s, %v", text, block, err)
			}
			continue
		}
		if err == nil || err.Error() != want {
			t.Errorf("Parse(%q) = %s, %v, want %s", text, block, err, want)
		}
	}
}

func TestContains_IsAboutWholeBlocks(t *testing.T) {
	for pair, want := range map[[2]string]bool{
		{"10.64.0.0/12", "10.64.0.0/12"}: true,
		{"10.64.0.0/12", "10.79.0.0/16"}: true,
		{"10.64.0.0/12", "10.80.0.0/16"}: false,
		{"10.64.0.0/16", "10.64.0.0/12"}: false,
	} {
		if got := Contains(netip.MustParsePrefix(pair[0]), netip.MustParsePrefix(pair[1])); got != want {
			t.Errorf("Contains(%s, %s) = %t", pair[0], pair[1], got)
		}
	}
}

// The subnets of blocks that are deployed never move: whoever changes these
// lines replaces networks.
func TestSubnets_NeverMove(t *testing.T) {
	segment, err := OfSegment(netip.MustParsePrefix("10.64.0.0/17"), 3)
	if err != nil {
		t.Fatal(err)
	}
	wantSegment := "{[10.64.0.0/20 10.64.32.0/20 10.64.64.0/20] " +
		"[10.64.16.0/21 10.64.48.0/21 10.64.80.0/21] " +
		"[10.64.31.240/28 10.64.63.240/28 10.64.95.240/28]}"
	if got := fmt.Sprint(segment); got != wantSegment {
		t.Errorf("a segment is\n%s, want\n%s", got, wantSegment)
	}
	perimeter, err := OfPerimeter(netip.MustParsePrefix("10.67.0.0/22"), 2)
	if err != nil {
		t.Fatal(err)
	}
	wantPerimeter := "{[10.67.0.208/28 10.67.1.208/28] [10.67.0.224/28 10.67.1.224/28] " +
		"[10.67.0.240/28 10.67.1.240/28] [10.67.0.0/25 10.67.1.0/25]}"
	if got := fmt.Sprint(perimeter); got != wantPerimeter {
		t.Errorf("a perimeter is\n%s, want\n%s", got, wantPerimeter)
	}
}

func TestSubnets_RefuseBlocksThatAreTooSmall(t *testing.T) {
	for _, tt := range []struct {
		length, zones      int
		segment, perimeter string
	}{
		{23, 4, "", ""},
		{24, 2, "want /23 or larger", "want /23 or larger"},
		{32, 4, "want /23 or larger", "want /23 or larger"},
		{23, 5, "want /22 or larger", "want /22 or larger"},
		{22, 8, "", ""},
	} {
		block := netip.PrefixFrom(netip.MustParseAddr("10.64.0.0"), tt.length)
		_, err := OfSegment(block, tt.zones)
		refuses(t, fmt.Sprintf("a segment of /%d in %d zones", tt.length, tt.zones), err, tt.segment)
		_, err = OfPerimeter(block, tt.zones)
		refuses(t, fmt.Sprintf("a perimeter of /%d in %d zones", tt.length, tt.zones), err, tt.perimeter)
	}
}

func refuses(t *testing.T, what string, err error, want string) {
	t.Helper()
	if (err == nil) != (want == "") || err != nil && !strings.HasSuffix(err.Error(), want) {
		t.Errorf("%s: %v, want %q", what, err, want)
	}
}

func TestSubnets_StayWhereTheyAreWhenZonesAreAdded(t *testing.T) {
	for length := 16; length <= 23; length++ {
		block := netip.PrefixFrom(netip.MustParseAddr("10.64.0.0"), length)
		least, most := kinds(t, block, 2), kinds(t, block, 4)
		for i := range least {
			if !slices.Equal(least[i], most[i][:2]) {
				t.Errorf("in %s the subnets %s of kind %d become %s", block, least[i], i, most[i][:2])
			}
		}
	}
}

// kinds returns the subnets of each kind that a segment and a perimeter have.
func kinds(t testing.TB, block netip.Prefix, zones int) [][]netip.Prefix {
	t.Helper()
	s, err := OfSegment(block, zones)
	if err != nil {
		t.Fatal(err)
	}
	p, err := OfPerimeter(block, zones)
	if err != nil {
		t.Fatal(err)
	}
	return [][]netip.Prefix{s.Private, s.Isolated, s.Transit, p.Public, p.Firewall, p.Transit, p.Endpoints}
}

func FuzzSubnets(f *testing.F) {
	for _, seed := range []struct {
		address       uint32
		length, zones uint8
	}{{0x0A400000, 17, 3}, {0x0A430000, 22, 2}, {0, 0, 1}, {0xFFFFFE00, 23, 4}, {0x0A000000, 24, 2}, {0xC0000200, 32, 255}} {
		f.Add(seed.address, seed.length, seed.zones)
	}
	f.Fuzz(func(t *testing.T, address uint32, length, count uint8) {
		zones := int(count%8) + 1
		first := netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)})
		block := netip.PrefixFrom(first, int(length%33)).Masked()
		if s, err := OfSegment(block, zones); err == nil {
			divided(t, block, zones, s.Private, s.Isolated, s.Transit)
		}
		if p, err := OfPerimeter(block, zones); err == nil {
			divided(t, block, zones, p.Public, p.Firewall, p.Transit, p.Endpoints)
		}
	})
}

// divided fails unless there is one subnet of each kind for each zone, each of a
// size that AWS takes, all of them in the block and none over another.
func divided(t *testing.T, block netip.Prefix, zones int, kinds ...[]netip.Prefix) {
	t.Helper()
	var all []netip.Prefix
	for _, subnets := range kinds {
		if len(subnets) != zones {
			t.Fatalf("%s in %d zones has %s", block, zones, subnets)
		}
		for _, s := range subnets {
			if s != s.Masked() || !Contains(block, s) || s.Bits() > smallest {
				t.Fatalf("%s in %d zones has %s", block, zones, s)
			}
			for _, other := range all {
				if other.Overlaps(s) {
					t.Fatalf("%s in %d zones has %s over %s", block, zones, s, other)
				}
			}
			all = append(all, s)
		}
	}
}

func TestAfter_IsTheNextBlockOfTheSameSize(t *testing.T) {
	for text, want := range map[string]string{
		"10.64.0.0/23":       "10.64.2.0/23",
		"10.64.254.0/23":     "10.65.0.0/23",
		"10.255.255.255/32":  "11.0.0.0/32",
		"127.0.0.0/8":        "128.0.0.0/8",
		"0.0.0.0/1":          "128.0.0.0/1",
		"128.0.0.0/1":        "invalid Prefix",
		"255.255.254.0/23":   "invalid Prefix",
		"255.255.255.255/32": "invalid Prefix",
	} {
		if got := After(netip.MustParsePrefix(text)).String(); got != want {
			t.Errorf("after %s comes %s, want %s", text, got, want)
		}
	}
}

func FuzzAfter(f *testing.F) {
	f.Add(uint32(0x0A400000), uint8(23))
	f.Add(uint32(0xFFFFFFFF), uint8(32))
	f.Add(uint32(0x80000000), uint8(1))
	f.Fuzz(func(t *testing.T, address uint32, length uint8) {
		first := netip.AddrFrom4([4]byte{byte(address >> 24), byte(address >> 16), byte(address >> 8), byte(address)})
		block := netip.PrefixFrom(first, int(length%32)+1).Masked()
		next := After(block)
		if !next.IsValid() {
			if !block.Contains(netip.MustParseAddr("255.255.255.255")) {
				t.Fatalf("nothing comes after %s", block)
			}
			return
		}
		if next != next.Masked() || next.Bits() != block.Bits() || !block.Contains(next.Addr().Prev()) || block.Contains(next.Addr()) {
			t.Fatalf("after %s comes %s", block, next)
		}
	})
}
