package analytics_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

func TestTables_ArePartitionedWithoutCrawlers(t *testing.T) {
	name := regexp.MustCompile(`^[a-z][a-z0-9_]*$`)
	seen := map[string]bool{}
	for _, table := range analytics.Tables() {
		t.Run(table.Name, func(t *testing.T) {
			assert.Regexp(t, name, table.Name)
			assert.False(t, seen[table.Name], "twice")
			seen[table.Name] = true
			assert.True(t, table.Applies(place))

			names := map[string]bool{}
			for _, c := range table.Columns {
				assert.Regexp(t, name, c.Name)
				assert.False(t, names[c.Name], "column %s twice", c.Name)
				assert.NotEmpty(t, c.Comment)
				names[c.Name] = true
			}
			parameters := table.Parameters(place)
			assert.Equal(t, "true", parameters["projection.enabled"])
			template := parameters["storage.location.template"]
			days := 0
			for _, k := range table.Partitions {
				assert.False(t, names[k.Name], "partition %s is a column too, which Athena refuses", k.Name)
				assert.Equal(t, 1, strings.Count(template, "${"+k.Name+"}"))
				switch parameters["projection."+k.Name+".type"] {
				case "date":
					days++
					assert.Equal(t, "DAYS", parameters["projection."+k.Name+".interval.unit"])
					assert.True(t, strings.HasSuffix(parameters["projection."+k.Name+".range"], ",NOW"))
				case "enum":
					assert.NotEmpty(t, parameters["projection."+k.Name+".values"])
				case "injected":
				default:
					t.Errorf("partition %s has no projection", k.Name)
				}
			}
			assert.Equal(t, 1, days, "every table can be bounded by days")
			assert.Equal(t, len(table.Partitions), strings.Count(template, "${"))
			assert.True(t, strings.HasSuffix(template, "/"))
			assert.True(t, strings.HasPrefix(template, table.Location(place)))
			assert.NotContains(t, table.Location(place), "$")
		})
	}
}

// Under which names and folders the records are is AWS's to say; these are the
// keys of its documentation.
func TestTables_FindTheKeysThatAWSWrites(t *testing.T) {
	const records, evidence = "acme-archive-eu-central-1/", "acme-evidence-eu-central-1/"
	tests := map[string]struct {
		key   string
		table string
		want  map[string]string
	}{
		"a member's trail": {
			records + "AWSLogs/o-a1b2c3d4e5/333333333333/CloudTrail/us-east-1/2026/11/09/333333333333_CloudTrail_us-east-1_20261109T0805Z_q1W2.json.gz",
			"cloudtrail", map[string]string{"layout": "AWSLogs/o-a1b2c3d4e5", "account": "333333333333", "region": "us-east-1", "day": "2026/11/09"}},
		"the management account's trail": {
			records + "AWSLogs/111111111111/CloudTrail/us-east-1/2026/11/09/111111111111_CloudTrail_us-east-1_20261109T0805Z_q1W2.json.gz",
			"cloudtrail", map[string]string{"layout": "AWSLogs", "account": "111111111111", "region": "us-east-1", "day": "2026/11/09"}},
		"a digest of the trail": {
			records + "AWSLogs/o-a1b2c3d4e5/333333333333/CloudTrail-Digest/us-east-1/2026/11/09/file.json.gz", "", nil},
		"a trail of another organization": {
			records + "AWSLogs/o-zzzzzzzzzz/333333333333/CloudTrail/us-east-1/2026/11/09/file.json.gz", "", nil},
		"Config, which does not pad": {
			records + "AWSLogs/333333333333/Config/eu-central-1/2026/1/9/ConfigHistory/333333333333_Config_eu-central-1_ConfigHistory_AWS::S3::Bucket_20260109T000000Z_20260109T060000Z_1.json.gz",
			"config_history", map[string]string{"account": "333333333333", "region": "eu-central-1", "day": "2026/1/9", "kind": "ConfigHistory"}},
		"a snapshot of Config": {
			records + "AWSLogs/333333333333/Config/eu-central-1/2026/11/19/ConfigSnapshot/333333333333_Config_eu-central-1_ConfigSnapshot_20261119T000000Z_0a1b.json.gz",
			"config_history", map[string]string{"account": "333333333333", "region": "eu-central-1", "day": "2026/11/19", "kind": "ConfigSnapshot"}},
		"the test file of Config": {records + "AWSLogs/333333333333/Config/ConfigWritabilityCheckFile", "", nil},
		"flow logs": {
			records + "AWSLogs/555555555555/vpcflowlogs/eu-central-1/2026/11/09/555555555555_vpcflowlogs_eu-central-1_fl-1_20261109T0800Z_0a1b2c3d.log.gz",
			"vpc_flow", map[string]string{"account": "555555555555", "region_key": "eu-central-1", "day": "2026/11/09"}},
		"names looked up": {
			records + "AWSLogs/555555555555/vpcdnsquerylogs/vpc-0a1b2c3d/2026/11/09/555555555555_vpcdnsquerylogs_vpc-0a1b2c3d_20261109T0800Z_0a1b.log.gz",
			"resolver_queries", map[string]string{"account": "555555555555", "vpc": "vpc-0a1b2c3d", "day": "2026/11/09"}},
		"an alert of the firewall, by the hour": {
			records + "AWSLogs/555555555555/network-firewall/alert/eu-central-1/gxp-hub-eu-central-1/2026/11/09/08/555555555555_network-firewall_alert_eu-central-1_gxp-hub-eu-central-1_202611090800_0a1b.log.gz",
			"firewall_alerts", map[string]string{"account": "555555555555", "region": "eu-central-1", "firewall": "gxp-hub-eu-central-1", "day": "2026/11/09"}},
		"a flow of the firewall": {
			records + "AWSLogs/555555555555/network-firewall/flow/eu-central-1/gxp-hub-eu-central-1/2026/11/09/08/file.log.gz", "", nil},
		"a qualification": {
			evidence + "iq/records/333333333333/eu-central-1/2026/11/09/iq-1.json",
			"iq_reports", map[string]string{"account": "333333333333", "region": "eu-central-1", "day": "2026/11/09"}},
		"the page of a qualification": {evidence + "iq/reports/iq-1/report.html", "", nil},
		"a verification":              {evidence + "integrity/records/2026/11/09/v1.json", "integrity_reports", map[string]string{"day": "2026/11/09"}},
		"a finding":                   {records + "findings/eu-central-1/2026/11/09/findings-1.gz", "findings", map[string]string{"region": "eu-central-1", "day": "2026/11/09"}},
		"a message":                   {records + "log-events/eu-central-1/2026/11/09/log-events-1.gz", "log_events", map[string]string{"region": "eu-central-1", "day": "2026/11/09"}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			var found []string
			for _, table := range analytics.Tables() {
				pattern := regexp.MustCompile(keys(table))
				match := pattern.FindStringSubmatch(tt.key)
				if match == nil {
					continue
				}
				found = append(found, table.Name)
				got := map[string]string{}
				for i, group := range pattern.SubexpNames() {
					if group != "" {
						got[group] = match[i]
					}
				}
				assert.Equal(t, tt.want, got)
			}
			if tt.table == "" {
				assert.Empty(t, found)
			} else {
				assert.Equal(t, []string{tt.table}, found)
			}
		})
	}
}

func TestTable_SaysWhereCloudTrailIs(t *testing.T) {
	i := slices.IndexFunc(analytics.Tables(), func(t analytics.Table) bool { return t.Name == "cloudtrail" })
	table := analytics.Tables()[i]
	assert.Equal(t, map[string]string{
		"EXTERNAL":                     "TRUE",
		"projection.enabled":           "true",
		"projection.layout.type":       "enum",
		"projection.layout.values":     "AWSLogs/o-a1b2c3d4e5,AWSLogs",
		"projection.account.type":      "injected",
		"projection.region.type":       "enum",
		"projection.region.values":     "eu-central-1,us-east-1",
		"projection.day.type":          "date",
		"projection.day.format":        "yyyy/MM/dd",
		"projection.day.range":         "2026/01/01,NOW",
		"projection.day.interval":      "1",
		"projection.day.interval.unit": "DAYS",
		"storage.location.template":    "s3://acme-archive-eu-central-1/${layout}/${account}/CloudTrail/${region}/${day}/",
	}, table.Parameters(place))
	assert.Equal(t, "s3://acme-archive-eu-central-1/", table.Location(place))
	assert.Equal(t, map[string]string{"serialization.format": "1"}, table.SerDeParameters())
}

// The OpenX SerDe maps each name in small letters to the one name that the
// record has, at any depth.
func TestTable_MapsEachNameOnce(t *testing.T) {
	for _, table := range analytics.Tables() {
		if !strings.Contains(table.Format.SerDe, "openx") {
			continue
		}
		parameters := table.SerDeParameters()
		assert.Equal(t, "false", parameters["case.insensitive"])
		for _, c := range table.Columns {
			for _, field := range fieldNames(c.Type) {
				small := strings.ToLower(field)
				mapped, ok := parameters["mapping."+small]
				if !ok {
					mapped = small
				}
				assert.Equal(t, field, mapped, "table %s, column %s", table.Name, c.Name)
			}
			source := c.Source
			if source == "" {
				source = c.Name
			}
			if mapped, ok := parameters["mapping."+c.Name]; ok || source != c.Name {
				assert.Equal(t, source, mapped, "table %s, column %s", table.Name, c.Name)
			}
		}
	}
}

func fieldNames(t analytics.Type) []string {
	var all []string
	for _, f := range t.Fields {
		all = append(append(all, f.Name), fieldNames(f.Type)...)
	}
	if t.Elements != nil {
		all = append(all, fieldNames(*t.Elements)...)
	}
	return all
}

func TestTable_OfNoFirewallIsNone(t *testing.T) {
	without := place
	without.Firewalls = nil
	for _, table := range analytics.Tables() {
		assert.Equal(t, table.Name != "firewall_alerts", table.Applies(without), table.Name)
	}
}

func TestPlace_Validate(t *testing.T) {
	require.NoError(t, place.Validate())
	tests := map[string]struct {
		change func(*analytics.Place)
		want   string
	}{
		"no bucket":               {func(p *analytics.Place) { p.RecordsBucket = "" }, `bucket ""`},
		"a bucket with a comma":   {func(p *analytics.Place) { p.EvidenceBucket = "a,b" }, `bucket "a,b"`},
		"no organization":         {func(p *analytics.Place) { p.OrganizationID = "111111111111" }, `organization "111111111111"`},
		"no region":               {func(p *analytics.Place) { p.Regions = nil }, "regions: at least one is required"},
		"not the global region":   {func(p *analytics.Place) { p.Regions = []string{"eu-central-1"} }, "us-east-1 is missing"},
		"a region that is none":   {func(p *analytics.Place) { p.Regions = []string{"us-east-1", "Frankfurt"} }, `region "Frankfurt"`},
		"a firewall with a comma": {func(p *analytics.Place) { p.Firewalls = []string{"a,b"} }, `firewall "a,b"`},
		"no first day":            {func(p *analytics.Place) { p.Since = time.Time{} }, "since: a day is required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			changed := place
			tt.change(&changed)
			assert.ErrorContains(t, changed.Validate(), tt.want)
		})
	}
}

func TestParseType(t *testing.T) {
	for text, want := range map[string]string{
		"string":          "string",
		"array<string>":   "array<string>",
		"map<string,int>": "map<string,int>",
		"struct<aB:string,c:array<struct<D:int>>>": "struct<ab:string,c:array<struct<d:int>>>",
	} {
		got, err := analytics.ParseType(text)
		require.NoError(t, err)
		assert.Equal(t, want, got.String())
	}
	for _, text := range []string{"", "text", "array", "array<", "array<string", "array<string>>", "map<int,string>", "struct<>", "struct<a>", "struct<a:string,>", "string "} {
		_, err := analytics.ParseType(text)
		assert.Error(t, err, text)
	}
}
