package analytics

import "strings"

// Keys of partitions that several tables share.
var (
	byAccount = Partition{Name: "account", Comment: "Account that the record is about", Projection: Injected}
	byRegion  = Partition{Name: "region", Comment: "Region that the record is about", Projection: Enumerated,
		Values: func(p Place) []string { return p.Regions }}
	byDay = Partition{Name: "day", Comment: "Day of delivery, as yyyy/MM/dd", Projection: Daily, Format: PaddedDay}
)

// jsonLines is one record a line, as JSON.
var jsonLines = Format{SerDe: openxSerDe, Input: textInput, Output: plainOutput}

// Prefixes of what this program itself writes. The JSON that Athena reads is in
// a prefix of its own, one record a line: pages, manifests and signatures beside
// it could not be read as records.
const (
	// QualificationRecords hold the results of installation qualifications, in
	// the evidence bucket.
	QualificationRecords = "iq/records/"

	// IntegrityRecords hold the results of the scheduled verification of the
	// archive, in the evidence bucket.
	IntegrityRecords = "integrity/records/"

	// LogEvents hold what the log groups of all accounts received.
	LogEvents = "log-events/"

	// Findings hold the findings of Security Hub.
	Findings = "findings/"
)

// tables are all tables, by name.
var tables = []Table{
	trailTable, configTable, findingsTable, firewallTable, integrityTable, qualificationTable, logEventsTable,
	resolverTable, flowTable,
}

// Tables returns all tables.
func Tables() []Table { return append([]Table(nil), tables...) }

// columns reads a list of columns: one a line, name, type and comment. The name
// is written as the record writes it; where a query must call it otherwise, as
// in id=report_id, the name for queries follows.
func columns(text string) []Column {
	var all []Column
	for line := range strings.Lines(text) {
		parts := strings.SplitN(strings.TrimSpace(line), " ", 3)
		if parts[0] == "" {
			continue
		}
		source, name, other := strings.Cut(parts[0], "=")
		if !other {
			name = strings.ToLower(source)
		}
		t, err := ParseType(parts[1])
		if err != nil {
			panic(err) // a mistake in a table of this package
		}
		column := Column{Name: name, Type: t, Comment: parts[2]}
		if source != name {
			column.Source = source
		}
		all = append(all, column)
	}
	return all
}
