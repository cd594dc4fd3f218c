package analytics

import (
	"errors"
	"fmt"
	"net/netip"
	"regexp"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Kind is what a parameter's value may be.
type Kind string

// All stands for every account or region in a list of them.
const All = "all"

// kind checks a single value, and says how it becomes SQL.
type kind struct {
	// want says what a value looks like.
	want string
	test func(string) error

	// list kinds take several values; number kinds need no quotes.
	list, number bool
}

var regionSyntax = regexp.MustCompile(`^[a-z]{2,3}(-[a-z]{2,12}){1,2}-[0-9]{1,2}$`)

// kinds are all kinds. Each admits as little as its values need: even a value
// that were not escaped could not end a literal, except free text, which is.
var kinds = map[Kind]kind{
	"accounts":  {want: "ids of 12 digits", test: syntax(`[0-9]{12}`), list: true},
	"regions":   {want: "regions, such as eu-central-1", test: matches(regionSyntax), list: true},
	"vpcs":      {want: "ids of VPCs, such as vpc-0a1b2c3d4e5f60718", test: syntax(`vpc-[0-9a-f]{8,17}`), list: true},
	"arn":       {want: "an ARN", test: syntax(`arn:aws[a-z-]{0,10}:[A-Za-z0-9-]{1,63}:[a-z0-9-]{0,25}:([0-9]{12}|aws)?:[A-Za-z0-9_+=,.@:/*-]{1,512}`)},
	"resource":  {want: "an ARN, an id or a name: letters, digits and _+=,.@:/-", test: syntax(`[A-Za-z0-9_+=,.@:/-]{1,512}`)},
	"principal": {want: "a person, role or ARN: letters, digits and _+=,.@:/-", test: syntax(`[A-Za-z0-9_+=,.@:/-]{1,256}`)},
	"bucket":    {want: "the name of a bucket", test: matches(bucketSyntax)},
	"domain":    {want: "a name such as example.com", test: syntax(`[A-Za-z0-9_-]{1,63}(\.[A-Za-z0-9_-]{1,63}){0,15}\.?`)},
	"ip":        {want: "an IPv4 or IPv6 address", test: address},
	"port":      {want: "a number from 0 to 65535", test: number(0, 65535), number: true},
	"hours":     {want: "a whole number from 0 to 168", test: number(0, 24*lead), number: true},
	"text":      {want: "text of at most 256 characters without control characters", test: text},
}

func syntax(pattern string) func(string) error {
	return matches(regexp.MustCompile(`^(?:` + pattern + `)$`))
}

var errSyntax = errors.New("not of this form")

func matches(pattern *regexp.Regexp) func(string) error {
	return func(value string) error {
		// $ matches before a newline at the end in no dialect that Go has, but a
		// value is written by a person and read by another engine.
		if !pattern.MatchString(value) || strings.ContainsAny(value, "\r\n") {
			return errSyntax
		}
		return nil
	}
}

func number(least, most int) func(string) error {
	return func(value string) error {
		n, err := strconv.Atoi(value)
		if err != nil || n < least || n > most || strconv.Itoa(n) != value {
			return errSyntax
		}
		return nil
	}
}

func address(value string) error {
	a, err := netip.ParseAddr(value)
	if err != nil || a.Zone() != "" {
		return errSyntax
	}
	return nil
}

// longestText is how many characters free text may have.
const longestText = 256

func text(value string) error {
	switch {
	case !utf8.ValidString(value):
		return errors.New("not valid UTF-8")
	case utf8.RuneCountInString(value) > longestText:
		return fmt.Errorf("longer than %d characters", longestText)
	case strings.ContainsFunc(value, func(r rune) bool { return unicode.IsControl(r) || unicode.In(r, unicode.Cf, unicode.Zl, unicode.Zp) }):
		return errors.New("has control characters")
	}
	return nil
}

// List says whether a parameter of this kind takes several values, separated by
// commas.
func (k Kind) List() bool { return kinds[k].list }

// Want says what a value of this kind looks like.
func (k Kind) Want() string { return kinds[k].want }

// literal is a value as SQL.
func (k kind) literal(value string) string {
	if k.number {
		return value
	}
	return quote(value)
}

// quote is text as an SQL literal. The standard knows no other escape than the
// doubled quote, and neither does Athena.
func quote(value string) string { return "'" + strings.ReplaceAll(value, "'", "''") + "'" }
