package config

import (
	"net/url"
	"regexp"
	"unicode/utf8"
)

// The syntaxes that AWS checks, or that this program's names depend on. The
// JSON schema is generated with the same expressions.
var (
	accountIDSyntax = regexp.MustCompile(`^[0-9]{12}$`)
	prefixSyntax    = regexp.MustCompile(`^[a-z][a-z0-9-]{1,18}[a-z0-9]$`)
	workloadSyntax  = regexp.MustCompile(`^[a-z0-9-]{1,50}$`)

	// Organizations takes printable ASCII for an account's name.
	coreNameSyntax = regexp.MustCompile(`^[ -~]{1,50}$`)

	organizationIDSyntax = regexp.MustCompile(`^o-[a-z0-9]{10,32}$`)
	unitIDSyntax         = regexp.MustCompile(`^ou-[0-9a-z]{4,32}-[a-z0-9]{8,32}$`)
	roleSyntax           = regexp.MustCompile(`^[A-Za-z0-9+=,.@_-]{1,64}$`)
	phoneSyntax          = regexp.MustCompile(`^[\s0-9()+-]{1,25}$`)
	bucketSyntax         = regexp.MustCompile(`^[a-z0-9][a-z0-9.-]{0,62}$`)
	classSyntax          = regexp.MustCompile(`^[a-z][a-z0-9-]{0,49}$`)
	logGroupSyntax       = regexp.MustCompile(`^[A-Za-z0-9_/.#-]{1,512}$`)

	// Tags take letters, digits, spaces and _.:/=+-@ only, whatever the script.
	tagSyntax = regexp.MustCompile(`^[\p{L}\p{Z}\p{N}_.:/=+\-@]{1,256}$`)

	emailSyntax = regexp.MustCompile(`^[A-Za-z0-9.!#$%&'*+/=?^_{|}~-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$`)
)

// AWS's limits on the length of text, in characters.
const (
	minRootEmail    = 6
	maxRootEmail    = 64
	maxEmail        = 254
	maxContactName  = 64
	maxContactTitle = 50
)

// The values that some settings are limited to.
var (
	environments    = []string{"production", "validation", "development", "sandbox"}
	practices       = []string{"GMP", "GCP", "GLP", "GDP", "GVP", "none"}
	classifications = []string{"public", "internal", "confidential", "restricted"}
	archiveModes    = []string{"COMPLIANCE", "GOVERNANCE"}
	insights        = []string{"ApiCallRateInsight", "ApiErrorRateInsight"}

	// logRetentionDays are the periods that CloudWatch Logs offers.
	logRetentionDays = []int{
		1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731,
		1096, 1827, 2192, 2557, 2922, 3288, 3653,
	}
)

// maxRetentionYears is as far as Object Lock goes.
const maxRetentionYears = 100

func isEndpoint(s string) bool {
	u, err := url.Parse(s)
	return err == nil && (u.Scheme == "http" || u.Scheme == "https") && u.Host != "" && u.User == nil
}

func length(s string) int { return utf8.RuneCountInString(s) }
