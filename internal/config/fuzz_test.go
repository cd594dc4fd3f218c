package config

import (
	"errors"
	"os"
	"testing"
)

func FuzzDecode(f *testing.F) {
	for _, file := range []string{prodFile, emulatorFile} {
		data, err := os.ReadFile(file)
		if err != nil {
			f.Fatal(err)
		}
		f.Add(data)
	}
	for _, seed := range []string{
		"", "config:", "config: {}", "config: [", "config: &a [*a]", "config:\n  <<: *a", "config:\n  ? {a: b}\n  : c",
		"config:\n  landingzone:accounts: [{name: a}, null, 3]\n", "config: {landingzone:organization: {adopt: {}}}",
		"config: {landingzone:accounts: [{id: 0123, retired: maybe}], gxp:endpoint: ':'}", "%TAG ! x\n---\nconfig: !x y",
		"config: {logging:recordClasses: {gmp-batch: null, x: {minimumYears: -1}}}", "- - - -\n", "a: |\n b\n", "\xef\xbb\xbfconfig:\n",
		"config: {landingzone:network: {range: 10.0.0.0/8, enabled: true}}",
		"config: {landingzone:network: {range: 10.0.0.0/8, regions: [{region: x, zones: [x]}], segments: [{name: a, reaches: [a, b], ranges: {x: y}, units: [z]}]}}",
		"config: {landingzone:network: {dedicatedVpcs: [{segment: a, account: b}], firewallRules: ['pass tcp a -> b 1'], onPremises: {vpns: [{asn: -1}]}}}",
		"config: {landingzone:network: {regions: [{region: eu-west-1, range: 10.0.0.0/32, perimeterRange: 0.0.0.0/0}], dns: {managedLists: {'a.b[0]': [c]}, forward: [{}]}}}",
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		cfg, err := Decode("fuzz", data)
		if (cfg == nil) == (err == nil) {
			t.Fatalf("Decode() = %v, %v, want one of the two", cfg, err)
		}
		if err != nil {
			var ps Problems
			if !errors.As(err, &ps) || len(ps) == 0 || err.Error() == "" {
				t.Fatalf("the error is %T with %d problems", err, len(ps))
			}
			return
		}
		// What is valid in the file is valid in the program, and is the same.
		values, err := cfg.Values()
		if err != nil {
			t.Fatal(err)
		}
		if _, err := FromStack(values, ""); err != nil {
			t.Fatalf("valid in the file and not in the program:\n%v", err)
		}
	})
}
