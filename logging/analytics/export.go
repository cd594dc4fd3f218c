package analytics

import (
	"fmt"
	"slices"
	"strings"
)

// Review is a query of the periodic review of the audit trail, which a schedule
// runs and whose answer goes to the evidence bucket. It needs no values but the
// accounts.
type Review struct {
	Query *Query

	// Days is how many days before the run it looks at. Reviews run as often.
	Days int
}

// reviewDays is how many days a review looks at: a week, so that what somebody
// has to look into is not older.
const reviewDays = 7

// reviewed are the names of the queries that a periodic review consists of.
var reviewed = []string{
	"account-changes", "archive-verification", "break-glass-use", "credential-changes", "denied-calls", "failed-sign-ins",
	"guardrail-changes", "key-changes", "logging-changes", "logging-gaps", "permission-changes", "product-qualification",
	"record-deletions", "release-approvals", "root-use",
}

// Reviews returns the queries of the periodic review.
func Reviews() []Review {
	var all []Review
	for _, q := range Queries() {
		if slices.Contains(reviewed, q.Name) {
			all = append(all, Review{Query: q, Days: reviewDays})
		}
	}
	return all
}

// SQL returns what Athena runs for the accounts, whenever it runs. Athena writes
// the answer as CSV itself: with a header, also where there are no rows. It knows
// nothing of spreadsheets, so the SQL makes each cell safe for them.
func (r Review) SQL(accounts []string) (string, error) {
	period, err := LastDays(r.Days)
	if err != nil {
		return "", err
	}
	values := Values{}
	if _, has := r.Query.Parameter("account"); has {
		values["account"] = accounts
	}
	return r.Query.Export(values, period)
}

// Export returns the SQL of [Query.Render], with each cell made safe for
// spreadsheets as the package csvexport does it.
func (q *Query) Export(values Values, period Period) (string, error) {
	sql, err := q.Render(values, period)
	if err != nil {
		return "", err
	}
	at := strings.LastIndex(sql, orderBy)
	var cells []string
	for _, c := range q.Columns {
		cells = append(cells, fmt.Sprintf("  %s AS %s", safeCell("CAST(answer."+c+" AS varchar)"), c))
	}
	return "SELECT\n" + strings.Join(cells, ",\n") + "\nFROM (\n" + sql[:at] + "\n) AS answer" + q.exportOrder(sql[at+len(orderBy):]), nil
}

const orderBy = "\nORDER BY "

// exportOrder keeps of the order what the answer's columns say of it: a query
// may order by more than it shows.
func (q *Query) exportOrder(order string) string {
	var kept []string
	for _, term := range strings.Split(order, ", ") {
		column, _, _ := strings.Cut(term, " ")
		if slices.Contains(q.Columns, column) {
			kept = append(kept, "answer."+term)
		}
	}
	return orderBy + strings.Join(kept, ", ")
}

// safeCell is an expression for a cell that no spreadsheet takes for a formula.
func safeCell(value string) string {
	return fmt.Sprintf(`CASE WHEN regexp_like(%[1]s, '^[=+\-@\t\r]') AND NOT regexp_like(%[1]s, '^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?\z') `+
		`THEN '''' || %[1]s ELSE %[1]s END`, value)
}
