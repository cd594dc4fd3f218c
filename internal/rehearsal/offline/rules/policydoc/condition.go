package policydoc

import (
	"maps"
	"net/netip"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// operator is a condition operator without its quantifier and IfExists.
type operator struct {
	quantifier string // ForAllValues, ForAnyValue or empty
	name       string
	ifExists   bool
}

var operators = []string{
	"StringEquals", "StringNotEquals", "StringEqualsIgnoreCase", "StringNotEqualsIgnoreCase", "StringLike",
	"StringNotLike", "NumericEquals", "NumericNotEquals", "NumericLessThan", "NumericLessThanEquals",
	"NumericGreaterThan", "NumericGreaterThanEquals", "DateEquals", "DateNotEquals", "DateLessThan",
	"DateLessThanEquals", "DateGreaterThan", "DateGreaterThanEquals", "Bool", "BinaryEquals", "IpAddress",
	"NotIpAddress", "ArnEquals", "ArnLike", "ArnNotEquals", "ArnNotLike", "Null",
}

// parseOperator reports false for an operator that AWS does not know.
func parseOperator(text string) (operator, bool) {
	op := operator{name: text}
	if quantifier, rest, ok := strings.Cut(text, ":"); ok {
		if quantifier != "ForAllValues" && quantifier != "ForAnyValue" {
			return op, false
		}
		op.quantifier, op.name = quantifier, rest
	}
	// Null asks whether a key exists; "if it exists" would make no sense.
	if name, ok := strings.CutSuffix(op.name, "IfExists"); ok && name != "Null" {
		op.name, op.ifExists = name, true
	}
	return op, slices.Contains(operators, op.name)
}

// globalKeys are the names after aws: that every service knows, in lower case;
// a name that ends in a slash takes a tag key after it:
// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
var globalKeys = []string{
	"assumedroot", "calledvia", "calledviafirst", "calledvialast", "chatbotsourcearn", "currenttime",
	"ec2instancesourceprivateipv4", "ec2instancesourcevpc", "epochtime", "federatedprovider", "multifactorauthage",
	"multifactorauthpresent", "principalaccount", "principalarn", "principalisawsservice", "principalorgid",
	"principalorgpaths", "principalservicename", "principalservicenameslist", "principaltag/", "principaltype",
	"referer", "requestedregion", "requesttag/", "resourceaccount", "resourceorgid", "resourceorgpaths",
	"resourcetag/", "securetransport", "signinsessionarn", "sourceaccount", "sourcearn", "sourceidentity", "sourceip",
	"sourceorgid", "sourceorgpaths", "sourcevpc", "sourcevpcarn", "sourcevpce", "tagkeys", "tokenissuetime",
	"useragent", "userid", "username", "viaawsservice", "vpceaccount", "vpceorgid", "vpceorgpaths", "vpcsourceip",
}

var conditionKey = regexp.MustCompile(`^([A-Za-z0-9][A-Za-z0-9._/-]*):([^\s:][^\n\t]*)$`)

func checkCondition(kind Kind, condition map[string]map[string][]string, at string, found *problems) {
	for _, text := range slices.Sorted(maps.Keys(condition)) {
		at := at + "." + text
		op, ok := parseOperator(text)
		if !ok {
			found.add(at, "is not a condition operator; AWS knows StringEquals, StringLike, ArnLike, Bool, Null and so on, "+
				"with ForAllValues: or ForAnyValue: before and IfExists after it")
			continue
		}
		for _, key := range slices.Sorted(maps.Keys(condition[text])) {
			checkKey(kind, key, at, found)
			for _, value := range condition[text][key] {
				if want := op.wants(value); want != "" {
					found.add(at+"."+key, "%q is not %s", value, want)
				}
			}
		}
	}
}

func checkKey(kind Kind, key, at string, found *problems) {
	m := conditionKey.FindStringSubmatch(key)
	if m == nil {
		found.add(at, "%q is not a condition key; write prefix:name, such as aws:SourceArn", key)
		return
	}
	prefix, name := strings.ToLower(m[1]), strings.ToLower(m[2])
	switch {
	case prefix == "aws":
		if !knownGlobal(name) {
			found.add(at, "%q is not a global condition key; check its spelling", key)
		}
	case prefix == "saml" || strings.Contains(prefix, "."):
		// The claims of an identity provider, whose host name is the prefix.
	case !KnownService(prefix):
		found.add(at, "%q is a key of no service that AWS knows; check the prefix", key)
	}
}

func knownGlobal(name string) bool {
	if i := strings.Index(name, "/"); i >= 0 {
		return i < len(name)-1 && slices.Contains(globalKeys, name[:i+1])
	}
	return slices.Contains(globalKeys, name)
}

// wants says what a value of the operator must be when value is not, else "".
func (op operator) wants(value string) string {
	if variable.MatchString(value) {
		return ""
	}
	switch {
	case op.name == "Bool" || op.name == "Null":
		if !strings.EqualFold(value, "true") && !strings.EqualFold(value, "false") {
			return "true or false"
		}
	case strings.HasPrefix(op.name, "Numeric"):
		if _, err := strconv.ParseFloat(value, 64); err != nil {
			return "a number"
		}
	case strings.HasPrefix(op.name, "Date"):
		if _, err := strconv.ParseInt(value, 10, 64); err != nil && !isDate(value) {
			return "a date such as 2030-01-31T00:00:00Z"
		}
	case strings.HasSuffix(op.name, "IpAddress"):
		if _, err := netip.ParsePrefix(value); err != nil {
			if _, err := netip.ParseAddr(value); err != nil {
				return "an IP address or a range such as 203.0.113.0/24"
			}
		}
	case strings.HasPrefix(op.name, "Arn"):
		if value != "*" && !looksLikeARN(value) {
			return "an ARN of the partition aws; ARN operators compare the six parts between colons"
		}
	}
	return ""
}

func isDate(text string) bool {
	for _, layout := range []string{time.RFC3339, "2006-01-02", "2006-01-02T15:04Z07:00"} {
		if _, err := time.Parse(layout, text); err == nil {
			return true
		}
	}
	return false
}

// looksLikeARN is looser than badARN: in a condition every part may hold
// wildcards.
func looksLikeARN(text string) bool {
	parts := strings.SplitN(text, ":", 6)
	return len(parts) == 6 && parts[0] == "arn" && (parts[1] == "aws" || parts[1] == "*") && parts[5] != ""
}
