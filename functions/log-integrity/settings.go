package main

import (
	"errors"
	"fmt"
	"runtime/debug"
	"strconv"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

// settings are the function's, from its environment.
type settings struct {
	archive, evidence     string
	signingKey, algorithm string
	namespace             string
	options               integrity.Options
}

// environment reads variables and remembers what is wrong with them, so that
// everything is said at once.
type environment struct {
	get      func(string) string
	problems []error
}

// readSettings reads the environment:
//
//	ARCHIVE_BUCKET           the locked bucket of audit records
//	ORGANIZATION_ID          whose trail it is
//	MANAGEMENT_ACCOUNT_ID    the account that owns the trail
//	TRAIL_NAME               its name; digests of others are foreign; optional
//	TRAIL_PREFIX             the trail's prefix of keys; optional
//	EXPECTED_ACCOUNTS        further accounts that must log, beside the event's; optional
//	EXPECTED_REGIONS         regions that every account must log in; optional
//	RETIRED_ACCOUNTS         accounts, or accounts/regions, that need not log any more, beside the event's; optional
//	LOCK_MODE                COMPLIANCE, the default, or GOVERNANCE
//	RETENTION_YEARS          how long every object must be kept
//	REPLICA_BUCKET           the bucket of the second copy; empty for none
//	REPLICATION_LAG_MINUTES  when a copy is overdue; 60 by default
//	EVIDENCE_BUCKET          where results are kept
//	SIGNING_KEY_ID           the ARN of the KMS key that signs them
//	SIGNING_ALGORITHM        ECDSA_SHA_256, the default, or RSASSA_PSS_SHA_256
//	METRIC_NAMESPACE         of the metrics; GxP/LogIntegrity by default
//	CONCURRENCY              accounts and regions at a time; 32 by default
//	CODE_DIGEST              the digest of this code, for the report; optional
//
// Lists are separated by commas.
func readSettings(get func(string) string) (settings, error) {
	e := &environment{get: get}
	s := settings{
		archive: e.required("ARCHIVE_BUCKET"), evidence: e.required("EVIDENCE_BUCKET"),
		signingKey: e.required("SIGNING_KEY_ID"),
		algorithm:  e.choice("SIGNING_ALGORITHM", integrity.ECDSA, integrity.PSS),
		namespace:  e.text("METRIC_NAMESPACE", "GxP/LogIntegrity"),
		options: integrity.Options{
			Organization: e.required("ORGANIZATION_ID"), ManagementAccount: e.required("MANAGEMENT_ACCOUNT_ID"),
			Prefix: e.get("TRAIL_PREFIX"), Trail: e.get("TRAIL_NAME"),
			Accounts: e.list("EXPECTED_ACCOUNTS"), Regions: e.list("EXPECTED_REGIONS"), Retired: e.list("RETIRED_ACCOUNTS"),
			Lock: &integrity.Lock{
				Mode: e.choice("LOCK_MODE", "COMPLIANCE", "GOVERNANCE"), Years: e.number("RETENTION_YEARS", 0),
			},
			Concurrency: e.number("CONCURRENCY", 32),
			Tool:        "log-integrity " + e.text("CODE_DIGEST", version()),
		},
	}
	if replica := e.get("REPLICA_BUCKET"); replica != "" {
		s.options.Replication = &integrity.Replication{Destination: replica, Lag: e.number("REPLICATION_LAG_MINUTES", 60)}
	}
	return s, errors.Join(e.problems...)
}

// version is that of the module, where the build knows it.
func version() string {
	if info, ok := debug.ReadBuildInfo(); ok && info.Main.Version != "" {
		return info.Main.Version
	}
	return "unknown"
}

func (e *environment) required(name string) string {
	value := e.get(name)
	if value == "" {
		e.problems = append(e.problems, fmt.Errorf("%s is not set", name))
	}
	return value
}

func (e *environment) text(name, otherwise string) string {
	if value := e.get(name); value != "" {
		return value
	}
	return otherwise
}

// choice is one of two values; the first by default.
func (e *environment) choice(name, first, second string) string {
	value := e.text(name, first)
	if value != first && value != second {
		e.problems = append(e.problems, fmt.Errorf("%s is %q, must be %s or %s", name, value, first, second))
	}
	return value
}

// number is a whole number above zero; without a default it must be set.
func (e *environment) number(name string, otherwise int) int {
	value := e.get(name)
	if value == "" && otherwise > 0 {
		return otherwise
	}
	n, err := strconv.Atoi(value)
	if err != nil || n < 1 {
		e.problems = append(e.problems, fmt.Errorf("%s is %q, must be a number from 1", name, value))
	}
	return n
}

func (e *environment) list(name string) []string {
	return strings.FieldsFunc(e.get(name), func(r rune) bool { return r == ',' || r == ' ' })
}
