package analytics

import (
	"errors"
	"fmt"
	"io/fs"
	"regexp"
	"slices"
	"strings"
	"sync"

	"github.com/texttheater/golang-levenshtein/levenshtein"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/queries"
)

// Query is one question that an auditor asks, and the SQL that answers it.
type Query struct {
	// Name is that of the file, such as failed-sign-ins.
	Name string

	// Title says it in a few words, Question as an auditor would ask.
	Title, Question string

	// Requirements are the ids of the requirements that the answer is evidence
	// for.
	Requirements []string

	// Explanation says what the answer shows and how to read it.
	Explanation string

	// Columns are the names of the answer's columns, in their order.
	Columns []string

	// Parameters are those that the asker gives, without the period, which every
	// query has.
	Parameters []Parameter

	// Source is the whole file, header included.
	Source string

	// SQL has a reference such as ${account} where a value goes.
	SQL string

	pieces []piece
}

// Parameter is a value that the asker gives.
type Parameter struct {
	Name string
	Kind Kind

	// Required parameters have no default.
	Required bool
	Default  string

	// Meaning says what it does.
	Meaning string
}

// Queries returns all queries, by name.
var Queries = sync.OnceValue(func() []*Query {
	all, err := load(queries.Files)
	if err != nil {
		panic(err) // a mistake in a file that this program was built with
	}
	return all
})

func load(files fs.FS) ([]*Query, error) {
	names, err := fs.Glob(files, "*.sql")
	if err != nil {
		return nil, err
	}
	var all []*Query
	var problems []error
	for _, file := range names {
		data, err := fs.ReadFile(files, file)
		if err != nil {
			return nil, err
		}
		query, err := Parse(strings.TrimSuffix(file, ".sql"), string(data))
		if err != nil {
			problems = append(problems, fmt.Errorf("query %s: %w", file, err))
			continue
		}
		all = append(all, query)
	}
	return all, errors.Join(problems...)
}

// UnknownQueryError says that there is no query of a name.
type UnknownQueryError struct {
	Name string

	// Near is the name that was probably meant. It may be empty.
	Near string
}

func (e *UnknownQueryError) Error() string {
	message := fmt.Sprintf("there is no query %q", e.Name)
	if e.Near != "" {
		message += fmt.Sprintf("; did you mean %s?", e.Near)
	}
	return message
}

// Find returns the query of a name, or an [UnknownQueryError].
func Find(name string) (*Query, error) {
	names := make([]string, 0, len(Queries()))
	for _, q := range Queries() {
		if q.Name == name {
			return q, nil
		}
		names = append(names, q.Name)
	}
	return nil, &UnknownQueryError{Name: name, Near: nearest(name, names)}
}

// farthest is the edit distance up to which a name is taken for a misspelling.
const farthest = 4

func nearest(name string, names []string) string {
	best, distance := "", farthest+1
	for _, n := range names {
		if len(name) > 2*len(n) {
			continue
		}
		d := levenshtein.DistanceForStrings([]rune(name), []rune(n), levenshtein.DefaultOptions)
		if d < distance && d < len(n) {
			best, distance = n, d
		}
	}
	return best
}

var (
	nameSyntax  = regexp.MustCompile(`^[a-z][a-z0-9]*(-[a-z0-9]+)*$`)
	headSyntax  = regexp.MustCompile(`^-- ([a-z]+): (\S.*)$`)
	paramSyntax = regexp.MustCompile(`^([a-z][a-z_]*) \(([a-z]+), (required|default '([^']*)')\): (\S.*)$`)
)

// headings are the entries of a header, in their order. All are required but
// the parameters, of which there may be several.
var headings = []string{"title", "question", "requirements", "explanation", "columns", "parameter"}

// Parse reads a query from its file. The header is strict: known entries in
// their order, each parameter used, each reference declared.
func Parse(name, text string) (*Query, error) {
	if !nameSyntax.MatchString(name) {
		return nil, fmt.Errorf("name %q: want words of small letters with hyphens between them", name)
	}
	q := &Query{Name: name, Source: text}
	var body []string
	reached := 0 // index into headings
	seen := map[string]bool{}
	lines := strings.Split(strings.TrimRight(text, "\n"), "\n")
	i := 0
	for ; i < len(lines) && strings.HasPrefix(lines[i], "--"); i++ {
		entry := lines[i]
		for i+1 < len(lines) && strings.HasPrefix(lines[i+1], "--   ") {
			i++
			entry += " " + strings.TrimSpace(lines[i][2:])
		}
		key, value, err := heading(entry)
		if err != nil {
			return nil, err
		}
		at := slices.Index(headings, key)
		if at < reached || seen[key] && key != "parameter" {
			return nil, fmt.Errorf("header entry %s: out of order or twice", key)
		}
		reached, seen[key] = at, true
		if err := q.set(key, value); err != nil {
			return nil, err
		}
	}
	for _, key := range headings[:len(headings)-1] {
		if !seen[key] {
			return nil, fmt.Errorf("header has no %s", key)
		}
	}
	body = lines[i:]
	q.SQL = strings.TrimSpace(strings.Join(body, "\n"))
	return q, q.split()
}

func heading(entry string) (key, value string, err error) {
	m := headSyntax.FindStringSubmatch(entry)
	if m == nil || !slices.Contains(headings, m[1]) {
		return "", "", fmt.Errorf("header line %q: want one of %s, a colon and text", entry, strings.Join(headings, ", "))
	}
	return m[1], strings.TrimSpace(m[2]), nil
}

func (q *Query) set(key, value string) error {
	switch key {
	case "title":
		q.Title = value
	case "question":
		q.Question = value
	case "requirements":
		q.Requirements = strings.Split(value, ", ")
	case "explanation":
		q.Explanation = value
	case "columns":
		q.Columns = strings.Split(value, ", ")
	case "parameter":
		return q.addParameter(value)
	}
	return nil
}

func (q *Query) addParameter(text string) error {
	m := paramSyntax.FindStringSubmatch(text)
	if m == nil {
		return fmt.Errorf("parameter %q: want name (kind, required): meaning, or name (kind, default 'value'): meaning", text)
	}
	p := Parameter{Name: m[1], Kind: Kind(m[2]), Required: m[3] == "required", Default: m[4], Meaning: m[5]}
	check, known := kinds[p.Kind]
	switch {
	case !known:
		return fmt.Errorf("parameter %s: there is no kind %q", p.Name, p.Kind)
	case slices.ContainsFunc(q.Parameters, func(o Parameter) bool { return o.Name == p.Name }):
		return fmt.Errorf("parameter %s: declared twice", p.Name)
	case slices.Contains(periodNames, p.Name):
		return fmt.Errorf("parameter %s: is the period's", p.Name)
	}
	// Text may be empty, which then stands for any; a number may not.
	if stands := p.Default == All && check.list || p.Default == "" && !check.number; !p.Required && !stands {
		if err := check.test(p.Default); err != nil {
			return fmt.Errorf("parameter %s: default: %w", p.Name, err)
		}
	}
	q.Parameters = append(q.Parameters, p)
	return nil
}

// Parameter returns the parameter of a name.
func (q *Query) Parameter(name string) (Parameter, bool) {
	i := slices.IndexFunc(q.Parameters, func(p Parameter) bool { return p.Name == name })
	if i < 0 {
		return Parameter{}, false
	}
	return q.Parameters[i], true
}

// piece is a part of the SQL: text, or a reference to a value.
type piece struct{ text, reference string }

var reference = regexp.MustCompile(`\$\{([a-z_]+)\}`)

// split takes the SQL apart at its references, and refuses one inside a
// literal, a quoted name or a comment: a value there would not be a value.
func (q *Query) split() error {
	plain, err := plainParts(q.SQL)
	if err != nil {
		return err
	}
	used := map[string]bool{}
	end := 0
	for _, m := range reference.FindAllStringSubmatchIndex(q.SQL, -1) {
		name := q.SQL[m[2]:m[3]]
		if !plain[m[0]] {
			return fmt.Errorf("${%s} is inside quotes", name)
		}
		if _, declared := q.Parameter(name); !declared && !slices.Contains(periodNames, name) {
			return fmt.Errorf("${%s} is not declared", name)
		}
		used[name] = true
		q.pieces = append(q.pieces, piece{text: q.SQL[end:m[0]]}, piece{reference: name})
		end = m[1]
	}
	q.pieces = append(q.pieces, piece{text: q.SQL[end:]})
	for _, p := range q.pieces {
		if !one(p.text) {
			return errors.New("the SQL is one statement without semicolons, comments or stray references")
		}
	}
	if !strings.Contains(q.SQL, orderBy) {
		return errors.New("the rows have no order: want a last line that begins with ORDER BY")
	}
	for _, p := range q.Parameters {
		if !used[p.Name] {
			return fmt.Errorf("parameter %s is not used", p.Name)
		}
	}
	if !slices.ContainsFunc(periodNames, func(n string) bool { return used[n] }) {
		return errors.New("the query has no period")
	}
	return nil
}

// one says whether a part of the SQL has nothing that ends a statement, begins a
// comment or looks like a reference, except inside literals, as $ is in a path.
func one(sql string) bool {
	plain, err := plainParts(sql)
	if err != nil {
		return false
	}
	for i := range len(sql) {
		mark := strings.HasPrefix(sql[i:], "--") || strings.HasPrefix(sql[i:], "/*") || sql[i] == ';' || sql[i] == '$'
		if plain[i] && mark {
			return false
		}
	}
	return true
}

// plainParts says of each byte whether it is outside of literals and quoted
// names.
func plainParts(sql string) ([]bool, error) {
	plain := make([]bool, len(sql))
	var quote byte
	for i := range len(sql) {
		switch {
		case quote != 0 && sql[i] == quote:
			quote = 0
		case quote != 0:
		case sql[i] == '\'' || sql[i] == '"':
			quote = sql[i]
		default:
			plain[i] = true
		}
	}
	if quote != 0 {
		return nil, errors.New("a quote is not closed")
	}
	return plain, nil
}
