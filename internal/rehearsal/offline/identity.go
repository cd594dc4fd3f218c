package offline

import (
	"crypto/sha256"
	"encoding/hex"
	"math/big"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// epoch is the moment at which everything in the offline AWS was made. One
// fixed moment keeps answers a pure function of their question.
const epoch = "2026-01-01T00:00:00Z"

// subject is one resource while its answer is being composed.
type subject struct {
	typ, name, urn string
	id             string
	inputs         resource.PropertyMap
	provider       Provider
	seed           string
	others         Others
}

// find is another resource of AWS, by type and id.
func (s subject) find(typ, id string) (resource.PropertyMap, bool) {
	if s.others == nil || id == "" {
		return nil, false
	}
	return s.others(typ, id)
}

// other is the resource that an input names by its id.
func (s subject) other(typ string, input resource.PropertyKey) (resource.PropertyMap, bool) {
	return s.find(typ, textOr(s.inputs[input], ""))
}

// expand fills the placeholders of a pattern:
//
//	{account} {region}      of the provider
//	{name}                  the logical name
//	{id}                    what the id pattern gave, or the id of an import
//	{org} {root} {rootsuffix} of the organization that the account manages
//	{in:path}               an input, such as {in:bucket} or {in:rule.id}
//	{lower:path}            the same in lower case
//	{hex:n} {alnum:n} {ALNUM:n} {digits:n} {uuid}
//	                        drawn from a hash of the URN
//	{ssoins}                the account's instance of IAM Identity Center
//	{epoch}                 a fixed point in time
//
// A placeholder with a default, {in:path|/}, uses it when the input is absent;
// the default account is the provider's.
// known is false when an input is not known yet.
func (s subject) expand(pattern string) (text string, known bool) {
	var out strings.Builder
	for {
		before, rest, found := strings.Cut(pattern, "{")
		out.WriteString(before)
		if !found {
			return out.String(), true
		}
		placeholder, after, closed := strings.Cut(rest, "}")
		if !closed {
			out.WriteString("{" + rest)
			return out.String(), true
		}
		value, known := s.fill(placeholder)
		if !known {
			return "", false
		}
		out.WriteString(value)
		pattern = after
	}
}

func (s subject) fill(placeholder string) (string, bool) {
	kind, argument, _ := strings.Cut(placeholder, ":")
	switch kind {
	case "account":
		return s.provider.AccountID, true
	case "region":
		return s.provider.Region, true
	case "name":
		return s.name, true
	case "id":
		return s.id, true
	case "org":
		return OrganizationID(s.provider.AccountID), true
	case "root":
		return RootID(s.provider.AccountID), true
	case "rootsuffix":
		return rootSuffix(s.provider.AccountID), true
	case "ssoins":
		return identityCenter(s.provider.AccountID), true
	case "epoch":
		return epoch, true
	case "in":
		path, fallback, _ := strings.Cut(argument, "|")
		return s.input(path, s.fallback(fallback))
	case "lower":
		text, known := s.input(argument, "")
		return strings.ToLower(text), known
	case "uuid":
		h := draw(s.seed, "uuid", 32, hexDigits)
		return h[:8] + "-" + h[8:12] + "-4" + h[13:16] + "-8" + h[17:20] + "-" + h[20:], true
	}
	length, err := strconv.Atoi(argument)
	if err != nil {
		return "", true
	}
	switch kind {
	case "hex":
		return draw(s.seed, kind, length, hexDigits), true
	case "alnum":
		return draw(s.seed, kind, length, hexDigits+"ghijklmnopqrstuvwxyz"), true
	case "ALNUM":
		return draw(s.seed, kind, length, "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"), true
	case "digits":
		return draw(s.seed, kind, length, "123456789"), true
	}
	return "", true
}

// fallback is the default of a placeholder.
func (s subject) fallback(text string) string {
	if text == "account" {
		return s.provider.AccountID
	}
	return text
}

// input returns an input as text. Numbers have no decimal point unless they
// need one.
func (s subject) input(path, fallback string) (string, bool) {
	value := resource.NewProperty(s.inputs)
	for key := range strings.SplitSeq(path, ".") {
		if !value.IsObject() {
			return fallback, !value.ContainsUnknowns()
		}
		value = plain(value.ObjectValue()[resource.PropertyKey(key)])
	}
	switch {
	case value.ContainsUnknowns():
		return "", false
	case value.IsString():
		if value.StringValue() == "" {
			return fallback, true
		}
		return value.StringValue(), true
	case value.IsNumber():
		return strconv.FormatFloat(value.NumberValue(), 'f', -1, 64), true
	case value.IsBool():
		return strconv.FormatBool(value.BoolValue()), true
	}
	return fallback, true
}

// plain takes off what wraps a value: secrecy and dependencies.
func plain(v resource.PropertyValue) resource.PropertyValue {
	for {
		switch {
		case v.IsSecret():
			v = v.SecretValue().Element
		case v.IsOutput() && v.OutputValue().Known:
			v = v.OutputValue().Element
		default:
			return v
		}
	}
}

const hexDigits = "0123456789abcdef"

// draw returns length characters of the alphabet, the same for the same seed
// and purpose. Different purposes are independent of each other.
func draw(seed, purpose string, length int, alphabet string) string {
	base := big.NewInt(int64(len(alphabet)))
	digit := new(big.Int)
	out := make([]byte, 0, length)
	for block := 0; len(out) < length; block++ {
		sum := sha256.Sum256([]byte(seed + "\x00" + purpose + "\x00" + strconv.Itoa(block)))
		number := new(big.Int).SetBytes(sum[:])
		// One SHA-256 holds 40 characters of the largest alphabet used here.
		for range min(40, length-len(out)) {
			number.DivMod(number, base, digit)
			out = append(out, alphabet[digit.Int64()])
		}
	}
	return string(out)
}

// suffix is the part that makes the automatic name of a resource unique.
func suffix(urn string) string {
	sum := sha256.Sum256([]byte(urn))
	return hex.EncodeToString(sum[:])[:7]
}

// OrganizationID returns the id of the organization that the account manages.
func OrganizationID(managementAccountID string) string {
	return "o-" + draw(managementAccountID, "organization", 10, hexDigits+"ghijklmnopqrstuvwxyz")
}

// RootID returns the id of the root of the organization that the account
// manages.
func RootID(managementAccountID string) string {
	return "r-" + rootSuffix(managementAccountID)
}

func rootSuffix(managementAccountID string) string {
	return draw(managementAccountID, "root", 4, hexDigits+"ghijklmnopqrstuvwxyz")
}
