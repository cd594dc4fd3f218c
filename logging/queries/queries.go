// Package queries holds the named audit queries as files, one per question, so
// that an auditor can read them as they run.
package queries

import "embed"

// Files are the queries: <name>.sql each.
//
//go:embed *.sql
var Files embed.FS
