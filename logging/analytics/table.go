// Package analytics says how auditors read the archive: which tables Athena sees
// in it, and which questions are asked of them. It knows nothing of Pulumi; a
// component turns its tables and queries into resources, and gxp audit asks the
// questions by hand.
package analytics

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"time"
)

// Names in the audit account that the component and gxp audit agree on.
const (
	// Database is the Glue database of the tables.
	Database = "gxp_audit"

	// Workgroup is the Athena workgroup that auditors query in.
	Workgroup = "gxp-audit"
)

// Place is where an organization keeps its records.
type Place struct {
	// RecordsBucket and EvidenceBucket are the locked buckets of the archive in
	// the region that Athena runs in.
	RecordsBucket, EvidenceBucket string

	// OrganizationID is the id of the organization, such as o-a1b2c3d4e5.
	OrganizationID string

	// Regions are those that records come from. us-east-1 is one of them, because
	// services without a region record there.
	Regions []string

	// Firewalls are the names of the network firewalls. Optional: without any
	// there is no table of their alerts.
	Firewalls []string

	// Since is the first day of which there are records.
	Since time.Time
}

var (
	organizationSyntax = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)
	bucketSyntax       = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$`)
	firewallSyntax     = regexp.MustCompile(`^[A-Za-z0-9-]{1,128}$`)
)

// Validate says everything that is wrong with the place.
func (p Place) Validate() error {
	var problems []error
	complain := func(format string, args ...any) { problems = append(problems, fmt.Errorf(format, args...)) }
	for _, b := range []string{p.RecordsBucket, p.EvidenceBucket} {
		if !bucketSyntax.MatchString(b) {
			complain("bucket %q: not the name of a bucket", b)
		}
	}
	if !organizationSyntax.MatchString(p.OrganizationID) {
		complain("organization %q: not the id of an organization", p.OrganizationID)
	}
	if len(p.Regions) == 0 {
		complain("regions: at least one is required")
	}
	if len(p.Regions) > 0 && !slices.Contains(p.Regions, globalRegion) && !slices.ContainsFunc(p.Regions, otherPartition) {
		complain("regions: %s is missing: IAM, Organizations and sign-ins are recorded there", globalRegion)
	}
	for _, r := range p.Regions {
		if !regionSyntax.MatchString(r) {
			complain("region %q: not a region", r)
		}
	}
	for _, f := range p.Firewalls {
		if !firewallSyntax.MatchString(f) {
			complain("firewall %q: not the name of a firewall", f)
		}
	}
	if p.Since.IsZero() {
		complain("since: a day is required")
	}
	return errors.Join(problems...)
}

// globalRegion is where services without a region record their calls.
const globalRegion = "us-east-1"

// otherPartition says whether a region is not one of the partition aws, whose
// services without a region record elsewhere.
func otherPartition(region string) bool {
	return strings.HasPrefix(region, "cn-") || strings.HasPrefix(region, "us-gov-")
}

// Column is a column of a table.
type Column struct {
	// Name is how queries call it, in small letters.
	Name string

	// Source is what the record calls it. Empty: the same.
	Source string

	Type    Type
	Comment string
}

// Projection is how Athena finds the values of a partition key.
type Projection string

// The projections.
const (
	// Injected: the query names the values. Accounts are injected, because an
	// enumeration in the table would have to change with every new account.
	Injected Projection = "injected"

	// Enumerated: the table lists the values.
	Enumerated Projection = "enum"

	// Daily: one value per day, from the first day with records until now.
	Daily Projection = "date"
)

// Formats of days in keys, as Java writes them.
const (
	PaddedDay   = "yyyy/MM/dd"
	UnpaddedDay = "yyyy/M/d" // AWS Config
)

// Partition is a partition key, whose value is part of every object's key.
type Partition struct {
	Name       string
	Comment    string
	Projection Projection

	// Values are those of an enumerated partition.
	Values func(Place) []string

	// Format is that of a daily partition: PaddedDay or UnpaddedDay.
	Format string
}

// Format is how Hive reads the files of a table.
type Format struct {
	SerDe, Input, Output string

	// Parameters are those of the SerDe.
	Parameters map[string]string

	// Skip is how many lines begin a file before the first record.
	Skip int
}

// The formats that Athena names for these logs.
const (
	openxSerDe  = "org.openx.data.jsonserde.JsonSerDe"
	hiveSerDe   = "org.apache.hive.hcatalog.data.JsonSerDe"
	lazySerDe   = "org.apache.hadoop.hive.serde2.lazy.LazySimpleSerDe"
	textInput   = "org.apache.hadoop.mapred.TextInputFormat"
	trailInput  = "com.amazon.emr.cloudtrail.CloudTrailInputFormat"
	plainOutput = "org.apache.hadoop.hive.ql.io.HiveIgnoreKeyTextOutputFormat"
)

// Table is one kind of record of the archive.
type Table struct {
	Name        string
	Description string
	Columns     []Column
	Partitions  []Partition
	Format      Format

	// Evidence is true where the records are in the evidence bucket.
	Evidence bool

	// Path is the prefix of the records' keys, with a reference such as
	// ${account} for each partition.
	Path string
}

// TableType is the type of every table in Glue.
const TableType = "EXTERNAL_TABLE"

// Applies says whether the place has such records: an enumeration of nothing is
// no table.
func (t Table) Applies(p Place) bool {
	return !slices.ContainsFunc(t.Partitions, func(k Partition) bool {
		return k.Projection == Enumerated && len(k.Values(p)) == 0
	})
}

func (t Table) bucket(p Place) string {
	if t.Evidence {
		return p.EvidenceBucket
	}
	return p.RecordsBucket
}

// Location is what Glue calls the location. Athena looks at the template
// instead, but wants one: the longest prefix without a reference.
func (t Table) Location(p Place) string {
	fixed, _, _ := strings.Cut(t.Path, "${")
	return "s3://" + t.bucket(p) + "/" + fixed
}

// Template is where the records of a partition are.
func (t Table) Template(p Place) string { return "s3://" + t.bucket(p) + "/" + t.Path }

// Parameters are the table parameters in Glue: everything that partition
// projection needs.
func (t Table) Parameters(p Place) map[string]string {
	parameters := map[string]string{
		"EXTERNAL":                  "TRUE",
		"projection.enabled":        "true",
		"storage.location.template": t.Template(p),
	}
	if t.Format.Skip > 0 {
		parameters["skip.header.line.count"] = fmt.Sprint(t.Format.Skip)
	}
	for _, k := range t.Partitions {
		prefix := "projection." + k.Name + "."
		parameters[prefix+"type"] = string(k.Projection)
		switch k.Projection {
		case Enumerated:
			parameters[prefix+"values"] = strings.Join(k.Values(p), ",")
		case Daily:
			parameters[prefix+"format"] = k.Format
			parameters[prefix+"range"] = p.Since.UTC().Format(goLayout(k.Format)) + ",NOW"
			parameters[prefix+"interval"] = "1"
			parameters[prefix+"interval.unit"] = "DAYS"
		}
	}
	return parameters
}

// SerDeParameters are those of the table's SerDe. The OpenX SerDe tells small
// letters from capitals here, because a record may have keys that differ only in
// them; so it is told how each name is really written.
func (t Table) SerDeParameters() map[string]string {
	parameters := map[string]string{"serialization.format": "1"}
	for name, value := range t.Format.Parameters {
		parameters[name] = value
	}
	if t.Format.SerDe != openxSerDe {
		return parameters
	}
	parameters["case.insensitive"] = "false"
	for _, c := range t.Columns {
		if c.source() != c.Name {
			parameters["mapping."+c.Name] = c.source()
		}
		for _, name := range c.Type.names() {
			if small := strings.ToLower(name); small != name {
				parameters["mapping."+small] = name
			}
		}
	}
	return parameters
}

func (c Column) source() string {
	if c.Source != "" {
		return c.Source
	}
	return c.Name
}

// goLayout is a format of days as Go writes it.
func goLayout(format string) string {
	if format == UnpaddedDay {
		return "2006/1/2"
	}
	return "2006/01/02"
}
