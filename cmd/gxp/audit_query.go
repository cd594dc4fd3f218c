package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics/runner"
)

// largestDirectory is the size of the largest list of accounts that is read.
const largestDirectory = 16 << 20

// addAuditQueries gives a command the audit queries: list, show and run, and,
// as the short form of run, the name of a query as an argument of its own.
func addAuditQueries(a *app, audit *cobra.Command) {
	audit.AddCommand(newAuditList(a), newAuditShow(a), newAuditRun(a))
	short := &auditRun{app: a}
	short.flags(audit)
	audit.Use += " [QUERY]"
	audit.Args = cobra.ArbitraryArgs
	audit.RunE = func(cmd *cobra.Command, args []string) error {
		if len(args) == 0 {
			fmt.Fprint(a.err, cmd.UsageString())
			return errors.New("name a command or a query; \"gxp audit list\" lists the queries")
		}
		if misspelledCommand(cmd, args[0]) {
			return unknownCommand(cmd, args[0])
		}
		return short.run(cmd, args)
	}
}

// misspelledCommand reports that a name, in the place of a query, is like that of
// a command and of no query.
func misspelledCommand(cmd *cobra.Command, name string) bool {
	_, err := analytics.Find(name)
	var unknown *analytics.UnknownQueryError
	return errors.As(err, &unknown) && unknown.Near == "" && len(cmd.SuggestionsFor(name)) > 0
}

func newAuditRun(a *app) *cobra.Command {
	r := &auditRun{app: a}
	cmd := &cobra.Command{
		Use:   "run QUERY",
		Short: "Run an audit query in Athena and write its answer as CSV",
		Long: `Runs an audit query in Athena and writes its answer as CSV that spreadsheets open as it
is: UTF-8, RFC 4180, times in UTC, always with a header. A cell that a spreadsheet would
take for a formula gets an apostrophe in front.

Every query asks about a period of days, both included, in UTC, of at most 400 days. Most
ask about accounts too: ids, or with --accounts-file also names and "all". "gxp audit show" says
which parameters a query has. The credentials are those of the environment.`,
		Example: `  gxp audit run root-use --from 2026-11-01 --to 2026-11-30 --account 111122223333
  gxp audit run person-activity --from 2026-11-01 --to 2026-11-02 --account all \
      --accounts-file accounts.json --param person=alice@example.com --output alice.csv
  gxp audit run key-use --from 2026-11-01 --to 2026-11-02 --account 111122223333 \
      --param key=0a1b2c3d-0000-4000-8000-000000000001 --dry-run`,
		RunE: r.run,
	}
	r.flags(cmd)
	return cmd
}

// auditRun is how a query is to be run.
type auditRun struct {
	app *app

	from, to              string
	accounts, regions     []string
	directory             string
	parameters            []string
	workgroup, database   string
	athenaRegion, address string
	output                string
	patience              time.Duration
	dryRun                bool
}

func (r *auditRun) flags(cmd *cobra.Command) {
	f := cmd.Flags()
	f.StringVar(&r.from, "from", "", "first day, YYYY-MM-DD in UTC")
	f.StringVar(&r.to, "to", "", "last day, YYYY-MM-DD in UTC")
	f.StringSliceVar(&r.accounts, "account", nil, "accounts: ids; with --accounts-file also names, or all")
	f.StringVar(&r.directory, "accounts-file", "", "file with the organization's accounts, such as \"pulumi stack output accountIds --json\" writes; - reads standard input")
	f.StringSliceVar(&r.regions, "region", nil, "regions that the records are from (default all)")
	f.StringArrayVar(&r.parameters, "param", nil, "another parameter of the query, as name=value")
	f.StringVar(&r.workgroup, "workgroup", analytics.Workgroup, "workgroup of Athena")
	f.StringVar(&r.database, "database", analytics.Database, "Glue database of the tables")
	f.StringVar(&r.athenaRegion, "athena-region", "", "region of Athena (default that of the environment)")
	f.StringVar(&r.address, "endpoint", "", "address of Athena, for an emulator")
	f.StringVarP(&r.output, "output", "o", "", "file to write, which must not exist (default standard output)")
	f.DurationVar(&r.patience, "timeout", 30*time.Minute, "how long the query may take")
	f.BoolVar(&r.dryRun, "dry-run", false, "print the SQL and run nothing")
}

func (r *auditRun) run(cmd *cobra.Command, args []string) error {
	query, err := oneQuery(cmd, args)
	if err != nil {
		return err
	}
	sql, err := r.sql(query)
	if err != nil {
		return err
	}
	if r.dryRun {
		_, err := fmt.Fprintln(r.app.out, sql)
		return err
	}
	if r.patience <= 0 {
		return fmt.Errorf("--timeout is %s, must be longer than nothing", r.patience)
	}
	target, err := openTarget(r.output, r.app.out)
	if err != nil {
		return err
	}
	defer target.discard()
	statistics, err := r.ask(cmd, sql, target)
	if err != nil {
		return err
	}
	if err := target.keep(); err != nil {
		return err
	}
	r.report(statistics)
	return nil
}

func (r *auditRun) ask(cmd *cobra.Command, sql string, target *target) (runner.Statistics, error) {
	client, err := runner.Client(cmd.Context(), r.athenaRegion, r.address)
	if err != nil {
		return runner.Statistics{}, err
	}
	return runner.Runner{
		API: client, Workgroup: r.workgroup, Database: r.database, Patience: r.patience, Wait: runner.Pause,
	}.Run(cmd.Context(), sql, target)
}

// report says what the query cost, and that nothing was found where that is so:
// an empty file is not a mistake, and should not look like one.
func (r *auditRun) report(s runner.Statistics) {
	rows := fmt.Sprintf("%d rows", s.Rows)
	switch s.Rows {
	case 0:
		rows = "no rows"
	case 1:
		rows = "1 row"
	}
	fmt.Fprintf(r.app.err, "%s; scanned %.1f MB in %.1f s; query execution %s\n", rows, float64(s.Scanned)/1e6, s.Took.Seconds(), s.ID)
}

// sql is the query with the values that the flags give.
func (r *auditRun) sql(query *analytics.Query) (string, error) {
	values, problem := r.values(query)
	period, err := r.period()
	if err := errors.Join(problem, err); err != nil {
		return "", err
	}
	return query.Render(values, period)
}

func (r *auditRun) period() (analytics.Period, error) {
	if r.from == "" || r.to == "" {
		return analytics.Period{}, errors.New("--from and --to are required: days as YYYY-MM-DD, both included")
	}
	return analytics.Days(r.from, r.to)
}

// ownFlags are the parameters that have a flag of their own.
var ownFlags = map[string]string{"account": "--account", "region": "--region"}

func (r *auditRun) values(query *analytics.Query) (analytics.Values, error) {
	values := analytics.Values{}
	for _, given := range r.parameters {
		name, value, ok := strings.Cut(given, "=")
		p, known := query.Parameter(name)
		switch {
		case !ok || name == "":
			return nil, fmt.Errorf("--param %q: want name=value", given)
		case ownFlags[name] != "":
			return nil, fmt.Errorf("--param %s: use %s", name, ownFlags[name])
		case values[name] != nil:
			return nil, fmt.Errorf("--param %s: given twice", name)
		case known && p.Kind.List():
			values[name] = strings.Split(value, ",")
		default:
			values[name] = []string{value}
		}
	}
	accounts, err := r.resolve()
	if err != nil {
		return nil, err
	}
	if len(accounts) > 0 {
		values["account"] = accounts
	}
	if len(r.regions) > 0 {
		values["region"] = r.regions
	}
	return values, nil
}

// resolve turns names of accounts, and all, into ids.
func (r *auditRun) resolve() ([]string, error) {
	if r.directory == "" {
		if slices.Contains(r.accounts, analytics.All) {
			return nil, errors.New("--account all needs --accounts-file: a file with the organization's accounts, " +
				"such as \"pulumi stack output accountIds --json\" writes")
		}
		return r.accounts, nil
	}
	data, err := r.readDirectory()
	if err != nil {
		return nil, fmt.Errorf("--accounts-file: %w", err)
	}
	directory, err := analytics.ReadDirectory(data)
	if err != nil {
		return nil, fmt.Errorf("--accounts-file %s: %w", r.directory, err)
	}
	ids, err := directory.Resolve(r.accounts)
	if err != nil {
		return nil, fmt.Errorf("--account: %w", err)
	}
	return ids, nil
}

func (r *auditRun) readDirectory() ([]byte, error) {
	source := r.app.in
	if r.directory != "-" {
		file, err := os.Open(r.directory)
		if err != nil {
			return nil, err
		}
		defer file.Close()
		source = file
	}
	data, err := io.ReadAll(io.LimitReader(source, largestDirectory+1))
	if err == nil && len(data) > largestDirectory {
		err = fmt.Errorf("%s is larger than %d MiB", r.directory, largestDirectory>>20)
	}
	return data, err
}

// oneQuery finds the query that the arguments name.
func oneQuery(cmd *cobra.Command, args []string) (*analytics.Query, error) {
	switch len(args) {
	case 0:
		return nil, errors.New("name a query; \"gxp audit list\" lists them")
	case 1:
		query, err := analytics.Find(args[0])
		if err != nil {
			return nil, fmt.Errorf("%w; \"gxp audit list\" lists them", err)
		}
		return query, nil
	default:
		return nil, fmt.Errorf("%s takes one query, got %q too", cmd.CommandPath(), args[1])
	}
}

func newAuditShow(a *app) *cobra.Command {
	return &cobra.Command{
		Use:   "show QUERY",
		Short: "Explain an audit query and print its SQL",
		Example: `  gxp audit show failed-sign-ins
  gxp audit show unapproved-changes`,
		RunE: func(cmd *cobra.Command, args []string) error {
			query, err := oneQuery(cmd, args)
			if err != nil {
				return err
			}
			return explain(a.out, query)
		},
	}
}

func explain(w io.Writer, q *analytics.Query) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s: %s\n\n%s\n\n%s\n\nRequirements: %s\nColumns: %s\n", q.Name, q.Title, q.Question, q.Explanation,
		strings.Join(q.Requirements, ", "), strings.Join(q.Columns, ", "))
	fmt.Fprint(&b, "Parameters:\n  --from, --to (required): First and last day, in UTC\n")
	for _, p := range q.Parameters {
		name := cmp.Or(ownFlags[p.Name], "--param "+p.Name+"=")
		needed := "required"
		switch {
		case !p.Required && p.Default == "":
			needed = "optional"
		case !p.Required:
			needed = "default " + p.Default
		}
		fmt.Fprintf(&b, "  %s (%s; %s): %s\n", name, p.Kind.Want(), needed, p.Meaning)
	}
	fmt.Fprintf(&b, "\n%s\n", q.SQL)
	_, err := io.WriteString(w, b.String())
	return err
}

func newAuditList(a *app) *cobra.Command {
	var asJSON bool
	cmd := &cobra.Command{
		Use:   "list",
		Short: "List the audit queries",
		Example: `  gxp audit list
  gxp audit list --json | jq -r '.[].name'`,
		Args: noArguments,
		RunE: func(*cobra.Command, []string) error {
			if asJSON {
				return writeJSON(a.out, listed())
			}
			width := 0
			for _, q := range analytics.Queries() {
				width = max(width, len(q.Name))
			}
			for _, q := range analytics.Queries() {
				if _, err := fmt.Fprintf(a.out, "%-*s  %s\n", width, q.Name, q.Question); err != nil {
					return err
				}
			}
			return nil
		},
	}
	cmd.Flags().BoolVar(&asJSON, "json", false, "print the queries with their parameters as JSON")
	return cmd
}

// listedQuery is the JSON form of a query.
type listedQuery struct {
	Name         string            `json:"name"`
	Title        string            `json:"title"`
	Question     string            `json:"question"`
	Requirements []string          `json:"requirements"`
	Columns      []string          `json:"columns"`
	Parameters   []listedParameter `json:"parameters"`
}

type listedParameter struct {
	Name     string `json:"name"`
	Kind     string `json:"kind"`
	Required bool   `json:"required"`
	Default  string `json:"default"`
	Meaning  string `json:"meaning"`
}

func listed() []listedQuery {
	var all []listedQuery
	for _, q := range analytics.Queries() {
		l := listedQuery{Name: q.Name, Title: q.Title, Question: q.Question, Requirements: q.Requirements, Columns: q.Columns, Parameters: []listedParameter{}}
		for _, p := range q.Parameters {
			l.Parameters = append(l.Parameters, listedParameter{p.Name, string(p.Kind), p.Required, p.Default, p.Meaning})
		}
		all = append(all, l)
	}
	return all
}
