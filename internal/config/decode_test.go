package config

import (
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func TestDecode_ReportsEverythingAtOnceInTheOrderOfTheFile(t *testing.T) {
	text := prod(t)
	for _, change := range [][2]string{
		{"home: eu-central-1", "home: eu-central-9"},
		{"{email: aws+audit@example.com}", "{email: aws+network@example.com}"},
		{"    - name: mes-prod\n", "    - name: MES\n"},
		{"      owner: Supply Chain\n", "      ownr: Supply Chain\n"},
		{"    accounts: 50", "    accounts: many"},
		{"retentionYears: 25", "retentionYears: 7"},
		{"    - soc@example.com", "    - soc"},
	} {
		text = replace(t, text, change[0], change[1])
	}
	_, err := Decode("p", []byte(text))
	found, ok := err.(Problems)
	if !ok {
		t.Fatalf("Decode: %v", err)
	}
	var paths []string
	for _, p := range found {
		paths = append(paths, p.Path)
	}
	want := []string{
		"landingzone:regions.home",
		"landingzone:coreAccounts.network.email",
		"landingzone:accounts[0].name",
		"landingzone:accounts[8].ownr",
		"landingzone:quotas.accounts",
		"logging:archive.retentionYears",
		"monitoring:notificationEmails[1]",
	}
	if !slices.Equal(paths, want) {
		t.Errorf("problems at %q, want %q", paths, want)
	}
}

func TestProblem_SaysFileLineColumnPathAndValue(t *testing.T) {
	text := replace(t, prod(t), "aws+mes-validation@example.com", "x@")
	_, err := Decode("Pulumi.prod.yaml", []byte(text))
	line := number10(strings.Count(text[:strings.Index(text, "email: x@")], "\n") + 1)
	want := `Pulumi.prod.yaml:` + line + `:14: landingzone:accounts[1].email: "x@": is not an e-mail address; want name@domain, 6 to 64 characters`
	if err == nil || err.Error() != want {
		t.Errorf("got  %v\nwant %s", err, want)
	}
}

func TestProblems_PrintTheFirstTwoHundred(t *testing.T) {
	ps := make(Problems, 250)
	for i := range ps {
		ps[i] = Problem{Message: "is wrong"}
	}
	lines := strings.Split(ps.Error(), "\n")
	if len(lines) != 201 || lines[200] != "and 50 more" {
		t.Errorf("%d lines, the last %q", len(lines), lines[len(lines)-1])
	}
}

func TestDecode_CountsCharactersAndNotBytesInColumns(t *testing.T) {
	text := replace(t, prod(t), "{email: aws+audit@example.com}", `{name: "Ü", email: aws}`)
	got := problems(t, text)
	if len(got) != 2 || !strings.HasPrefix(got[1], "p:23:31: landingzone:coreAccounts.audit.email:") {
		t.Errorf("got %q", got)
	}
}

func TestDecode_IgnoresWhatBelongsToPulumi(t *testing.T) {
	text := "encryptionsalt: v1:abc\nsecretsprovider: passphrase\nencryptedkey: abc\nenvironment: [base]\n" +
		replace(t, prod(t), "  landingzone:platform:\n", "  aws:region: eu-central-1\n  awsx:x: y\n  pulumi:tags: {a: b}\n  landingzone:platform:\n")
	if got, want := decodeOK(t, text), decodeOK(t, prod(t)); !reflect.DeepEqual(got, want) {
		t.Error("the configuration differs")
	}
}

func TestDecode_ExpandsAliasesAndMergedMaps(t *testing.T) {
	text := replace(t, prod(t), "    - name: mes-prod\n", "    - &mes\n      name: mes-prod\n")
	text = replace(t, text, `    - name: mes-validation
      email: aws+mes-validation@example.com
      owner: Manufacturing IT
      environment: validation
      gxp: GMP
      recordClass: gmp-batch
      dataClassification: internal
      costCentre: CC-4100
`, `    - <<: *mes
      name: mes-validation
      email: aws+mes-validation@example.com
      environment: validation
      dataClassification: internal
`)
	text = replace(t, text, "home: eu-central-1\n    governed:\n      - eu-central-1\n", "home: &home eu-central-1\n    governed:\n      - *home\n")
	if got, want := decodeOK(t, text), decodeOK(t, prod(t)); !reflect.DeepEqual(got, want) {
		t.Errorf("got %+v, want %+v", got.LandingZone.Accounts[1], want.LandingZone.Accounts[1])
	}
}

func TestDecode_SurvivesHostileAliases(t *testing.T) {
	var laughs strings.Builder
	laughs.WriteString("config:\n  a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n")
	for i := 1; i < 20; i++ {
		prev := "*a" + number10(i-1)
		laughs.WriteString("  a" + number10(i) + ": &a" + number10(i) + " [" + strings.Repeat(prev+", ", 9) + prev + "]\n")
	}
	for name, tt := range map[string]struct{ text, want string }{
		"a billion laughs":         {laughs.String(), "aliases stand for more than 100000 values; write the values out"},
		"a list within itself":     {"config: &a [*a]\n", "is nested more than 64 levels deep, or refers to itself"},
		"a map merged into itself": {"config: &a\n  <<: *a\n", "is nested more than 64 levels deep, or refers to itself"},
		"merging text":             {"config:\n  <<: text\n", "<< merges maps, and this is text"},
	} {
		t.Run(name, func(t *testing.T) {
			got := problems(t, tt.text)
			if !slices.ContainsFunc(got, func(line string) bool { return strings.HasSuffix(line, tt.want) }) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestFromStack_ReadsWhatPulumiHandsTheProgram(t *testing.T) {
	for _, file := range []string{prodFile, emulatorFile} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		values, err := Values(data)
		if err != nil {
			t.Fatal(err)
		}
		got, err := FromStack(values, file)
		if err != nil {
			t.Fatalf("%s:\n%v", file, err)
		}
		want, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: FromStack gives\n%+v\nand Load\n%+v", file, got, want)
		}
	}
}

func TestFromStack_PointsIntoTheStackFile(t *testing.T) {
	text := replace(t, prod(t), "aws+mes-validation@example.com", "x@")
	text = replace(t, text, "    accounts: 50", "    acounts: 50")
	text = replace(t, text, "  catalog:supportEmail: cloud-platform@example.com", "  catalog:enabled: perhaps")
	file := filepath.Join(t.TempDir(), "Pulumi.prod.yaml")
	if err := os.WriteFile(file, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	values, err := Values([]byte(text))
	if err != nil {
		t.Fatal(err)
	}
	_, fromFile := Load(file)
	_, fromStack := FromStack(values, file)
	if fromFile == nil || fromStack == nil || fromFile.Error() != fromStack.Error() {
		t.Errorf("FromStack:\n%v\nLoad:\n%v", fromStack, fromFile)
	}

	_, err = FromStack(values, filepath.Join(t.TempDir(), "gone.yaml"))
	if err == nil || !strings.Contains(err.Error(), `gone.yaml: landingzone:accounts[1].email: "x@": is not an e-mail address`) {
		t.Errorf("without the file: %v", err)
	}
	if err != nil && strings.Count(err.Error(), "\n") != strings.Count(fromFile.Error(), "\n") {
		t.Errorf("without the file some problems are missing:\n%v", err)
	}
}

func TestFromStack_RefusesTextThatIsNotWhatTheSettingWants(t *testing.T) {
	for name, tt := range map[string]struct{ key, value, want string }{
		"text for a list":     {"landingzone:accounts", "none", `landingzone:accounts: "none": is not a list: `},
		"text for a map":      {"landingzone:regions", "eu", `landingzone:regions: "eu": is not a map: `},
		"a list for a map":    {"landingzone:regions", "[]", "landingzone:regions: is a list, want a map"},
		"text for a boolean":  {"monitoring:aggregator", "yes", `monitoring:aggregator: "yes": is text, want a boolean`},
		"two values":          {"landingzone:accounts", "[] []", `landingzone:accounts: "[] []": is not a list: more than one value`},
		"providers of others": {"pulumi:disable-default-providers", `["awsx"]`, `pulumi:disable-default-providers: "[\"awsx\"]": must be a list that contains aws`},
	} {
		t.Run(name, func(t *testing.T) {
			values, err := Values([]byte(prod(t)))
			if err != nil {
				t.Fatal(err)
			}
			values[tt.key] = tt.value
			_, err = FromStack(values, "")
			if err == nil || !strings.Contains("\n"+err.Error(), "\n"+tt.want) {
				t.Errorf("got %v, want %s", err, tt.want)
			}
		})
	}
}

func TestFromStack_TakesAnEmptyValueForAnEmptyList(t *testing.T) {
	values, err := Values([]byte(prod(t)))
	if err != nil {
		t.Fatal(err)
	}
	values["monitoring:notificationEmails"] = ""
	cfg, err := FromStack(values, "")
	if err != nil || len(cfg.Monitoring.NotificationEmails) != 0 {
		t.Errorf("FromStack() = %v", err)
	}
}

func TestValues_RefusesSecrets(t *testing.T) {
	_, err := Values([]byte("config:\n  catalog:supportEmail:\n    secure: v1:abc\n"))
	if err == nil || !strings.Contains(err.Error(), "catalog:supportEmail is a secret") {
		t.Errorf("Values() = %v", err)
	}
}

func TestConfigValues_GiveTheSameConfigurationBack(t *testing.T) {
	for _, file := range []string{prodFile, emulatorFile} {
		want, err := Load(file)
		if err != nil {
			t.Fatal(err)
		}
		values, err := want.Values()
		if err != nil {
			t.Fatal(err)
		}
		got, err := FromStack(values, "")
		if err != nil {
			t.Fatalf("%s:\n%v", file, err)
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%s: got\n%+v\nwant\n%+v", file, got, want)
		}
	}
}
