package firewallrule

import (
	"slices"
	"strings"
	"testing"
)

func TestParse_ReadsWhatCanBeConfigured(t *testing.T) {
	for text, want := range map[string]Rule{
		"pass tcp gxp-prod -> 198.51.100.7/32 22":    {"pass", "tcp", "gxp-prod", "198.51.100.7/32", Ports{22, 22}},
		"drop udp any -> 10.64.0.0/17 1024-2048":     {"drop", "udp", "any", "10.64.0.0/17", Ports{1024, 2048}},
		"alert icmp on-premises -> shared":           {"alert", "icmp", "on-premises", "shared", Ports{}},
		"pass ip shared -> 10.80.0.0/16":             {"pass", "ip", "shared", "10.80.0.0/16", Ports{}},
		"pass tcp a1 -> any any":                     {"pass", "tcp", "a1", "any", Ports{}},
		"  pass\ttcp any   ->  shared  1-65535\n":    {"pass", "tcp", "any", "shared", Ports{1, 65535}},
		"drop ip any -> any":                         {"drop", "ip", "any", "any", Ports{}},
		"drop ip 0.0.0.0/1 -> any":                   {"drop", "ip", "0.0.0.0/1", "any", Ports{}},
		"pass ip a -> 8.0.0.0/8":                     {"pass", "ip", "a", "8.0.0.0/8", Ports{}},
		"pass udp gxp-prod -> 198.51.100.7/32 53-53": {"pass", "udp", "gxp-prod", "198.51.100.7/32", Ports{53, 53}},
	} {
		got, err := Parse(text)
		if err != nil || got != want {
			t.Errorf("Parse(%q) = %+v, %v, want %+v", text, got, err, want)
		}
		if again, err := Parse(got.String()); err != nil || again != got {
			t.Errorf("%q is written as %q, which reads as %+v, %v", text, got, again, err)
		}
	}
}

func TestParse_SaysWhatItExpectedAndWhere(t *testing.T) {
	const place = "a segment, on-premises, an IPv4 block such as 198.51.100.0/24, or any"
	const ports = "a port from 1 to 65535, a range such as 1024-2048, or any"
	for text, want := range map[string]string{
		"":                                       "ends before word 1: want pass, drop, alert",
		"allow tcp a -> b 22":                    `word 1 ("allow"): want pass, drop, alert`,
		"pass":                                   "ends before word 2: want tcp, udp, icmp, ip",
		"pass http a -> b 80":                    `word 2 ("http"): want tcp, udp, icmp, ip`,
		"pass tcp":                               "ends before word 3: want " + place,
		"pass tcp GxP -> b 80":                   `word 3 ("GxP"): want ` + place,
		"pass tcp 10.0.0.0/33 -> b 80":           `word 3 ("10.0.0.0/33"): want ` + place,
		"pass tcp 2001:db8::/32 -> b 80":         `word 3 ("2001:db8::/32"): want ` + place,
		"pass tcp 10.0.0.1/8 -> b 80":            `word 3 ("10.0.0.1/8"): begins in the middle of its block: write 10.0.0.0/8`,
		"pass tcp a b 80":                        `word 4 ("b"): want ->`,
		"pass tcp a <> b 80":                     `word 4 ("<>"): want ->`,
		"pass tcp a ->":                          "ends before word 5: want " + place,
		"pass tcp a -> 198.51.100.7 22":          `word 5 ("198.51.100.7"): is one address: write 198.51.100.7/32`,
		"pass tcp a -> 0.0.0.0/0 22":             `word 5 ("0.0.0.0/0"): is every address: write any`,
		"pass tcp a -> b":                        "ends before word 6: want " + ports,
		"pass tcp a -> b 0":                      `word 6 ("0"): want ` + ports,
		"pass tcp a -> b 65536":                  `word 6 ("65536"): want ` + ports,
		"pass tcp a -> b 022":                    `word 6 ("022"): want ` + ports,
		"pass tcp a -> b 1-2-3":                  `word 6 ("1-2-3"): want ` + ports,
		"pass tcp a -> b 22,23":                  `word 6 ("22,23"): want ` + ports,
		"pass tcp a -> b 90-80":                  `word 6 ("90-80"): ends before it begins: write 80-90`,
		"pass tcp a -> b 22 log":                 `word 7 ("log"): want nothing more`,
		"pass ip a -> b 22":                      `word 6 ("22"): want nothing more: ip has no ports`,
		"pass ip any -> any":                     "would let through what the inspection is there to stop; name from where or to where",
		"pass tcp any -> any 443":                "would let through what the inspection is there to stop; name from where or to where",
		"pass tcp 0.0.0.0/1 -> b 443":            "would let through what the inspection is there to stop: 0.0.0.0/1 is wider than /8",
		"pass ip a -> 8.0.0.0/7":                 "would let through what the inspection is there to stop: 8.0.0.0/7 is wider than /8",
		`pass tcp a -> b 22 (msg:"x"; sid:1;)`:   `word 7 ("(msg:\"x\";"): want nothing more`,
		"pass tcp a-segment-with-a-long -> b 22": `word 3 ("a-segment-with-a-long"): want ` + place,
	} {
		if got, err := Parse(text); err == nil || err.Error() != want {
			t.Errorf("Parse(%q) = %+v, %v, want %s", text, got, err, want)
		}
	}
}

func TestNames_AreThosePlacesThatHaveToBeLookedUp(t *testing.T) {
	for text, want := range map[string][]string{
		"pass tcp gxp-prod -> 198.51.100.7/32 22": {"gxp-prod"},
		"drop ip any -> any":                      nil,
		"alert icmp on-premises -> shared":        {"on-premises", "shared"},
	} {
		r, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got := r.Names(); !slices.Equal(got, want) {
			t.Errorf("%s: Names() = %q, want %q", text, got, want)
		}
	}
}

func TestSuricata_IsWhatTheFirewallTakes(t *testing.T) {
	address := func(place string) (string, bool) {
		text, ok := map[string]string{"gxp-prod": "[10.64.0.0/17,10.66.0.0/17]", OnPremises: "172.20.0.0/14"}[place]
		return text, ok
	}
	for text, want := range map[string]string{
		"pass tcp gxp-prod -> 198.51.100.7/32 22": `pass tcp [10.64.0.0/17,10.66.0.0/17] any -> 198.51.100.7/32 22 (msg:"pass tcp gxp-prod -> 198.51.100.7/32 22"; flow:to_server; sid:1001; rev:1;)`,
		"drop udp any -> on-premises 1024-2048":   `drop udp any any -> 172.20.0.0/14 1024:2048 (msg:"drop udp any -> on-premises 1024-2048"; flow:to_server; sid:1001; rev:1;)`,
		"alert icmp on-premises -> gxp-prod":      `alert icmp 172.20.0.0/14 any -> [10.64.0.0/17,10.66.0.0/17] any (msg:"alert icmp on-premises -> gxp-prod"; sid:1001; rev:1;)`,
	} {
		r, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := r.Suricata(1001, address); !ok || got != want {
			t.Errorf("%s:\ngot  %s, %t\nwant %s", text, got, ok, want)
		}
	}
}

func TestSuricata_LeavesOutARuleForAPlaceThatIsElsewhere(t *testing.T) {
	nowhere := func(string) (string, bool) { return "", false }
	for _, text := range []string{"pass tcp gxp-prod -> any 22", "pass tcp any -> gxp-prod 22"} {
		r, err := Parse(text)
		if err != nil {
			t.Fatal(err)
		}
		if got, ok := r.Suricata(1, nowhere); ok || got != "" {
			t.Errorf("%s: %q, %t", text, got, ok)
		}
	}
}

func FuzzParse(f *testing.F) {
	for _, seed := range []string{
		"", "pass tcp gxp-prod -> 198.51.100.7/32 22", "drop udp any -> any 1-2", "pass ip any -> any", "alert icmp a -> b",
		"pass tcp \" -> ; 1", "pass tcp a -> b -", "pass tcp a -> b 1-", "pass tcp ::ffff:10.0.0.0/104 -> b 1", "\x00 -> \xff",
	} {
		f.Add(seed)
	}
	address := func(place string) (string, bool) { return "10.0.0.0/8", nameSyntax.MatchString(place) }
	f.Fuzz(func(t *testing.T, text string) {
		r, err := Parse(text)
		if err != nil {
			if r != (Rule{}) {
				t.Fatalf("an error comes with %+v", r)
			}
			return
		}
		if again, err := Parse(r.String()); err != nil || again != r {
			t.Fatalf("%q is written as %q, which reads as %+v, %v", text, r, again, err)
		}
		line, ok := r.Suricata(1, address)
		if !ok || strings.ContainsAny(line, "\n\r\\") || strings.Count(line, `"`) != 2 || strings.Count(line, "(") != 1 {
			t.Fatalf("%q becomes %q", text, line)
		}
	})
}
