package policydoc

import (
	"regexp"
	"strings"
)

var (
	variable    = regexp.MustCompile(`\$\{[^{}]*\}`)
	arnService  = regexp.MustCompile(`^[a-z0-9-]+$`)
	arnRegion   = regexp.MustCompile(`^[a-z0-9*?-]*$`)
	arnAccount  = regexp.MustCompile(`^([0-9*?]*|aws|cloudfront)$`)
	wholeNumber = regexp.MustCompile(`^[0-9]{12}$`)
)

func checkResources(kind Kind, resources []string, at string, found *problems) {
	for _, resource := range resources {
		if resource == "*" {
			continue
		}
		if why := badARN(resource); why != "" {
			found.add(at, "%q is not a resource: %s", resource, why)
			continue
		}
		if want := kind.ownARN(); want != "" && !strings.HasPrefix(resource, want) {
			found.add(at, "%q has no place in %s; its resources begin with %s", resource, kind.article(), want)
		}
	}
}

// ownARN is how the ARN of what the policy is attached to begins.
func (k Kind) ownARN() string {
	switch k {
	case Bucket:
		return "arn:aws:s3:::"
	case Key:
		return "arn:aws:kms:"
	case Topic:
		return "arn:aws:sns:"
	default:
		return ""
	}
}

// badARN says why text is not the ARN of a resource or a pattern of such, or
// returns "".
func badARN(text string) string {
	// A policy variable holds colons of its own and stands for any text.
	plain := variable.ReplaceAllString(text, "x")
	if strings.Contains(plain, "${") {
		return "a policy variable ${...} is not closed"
	}
	parts := strings.SplitN(plain, ":", 6)
	if len(parts) < 6 || parts[0] != "arn" {
		return "write * or an ARN arn:aws:service:region:account:resource"
	}
	partition, service, region, account, name := parts[1], parts[2], parts[3], parts[4], parts[5]
	switch {
	case partition != "aws" && partition != "*":
		return "the partition is " + quote(partition) + ", it must be aws"
	case !arnService.MatchString(service):
		return "the service is " + quote(service) + ", it must be named without wildcards"
	case !arnRegion.MatchString(region):
		return quote(region) + " is not a region"
	case region == "x" || account == "x":
		// A variable stood there.
	case !arnAccount.MatchString(account),
		account != "" && !strings.ContainsAny(account, "*?") && account != "aws" && account != "cloudfront" &&
			!wholeNumber.MatchString(account):
		return quote(account) + " is not an account id of 12 digits"
	}
	switch {
	case name == "":
		return "the resource part after the fifth colon is empty"
	case strings.ContainsAny(name, "\n\t"):
		return "it has a line break or tab"
	}
	return ""
}

func quote(s string) string { return `"` + s + `"` }
