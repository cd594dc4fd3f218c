package main

import "github.com/spf13/cobra"

func newAudit(a *app) *cobra.Command {
	cmd := &cobra.Command{
		Use:   "audit",
		Short: "Ask the audit trail, and prove that it is unaltered",
		Long: `Works with the archive of audit records. Unlike the other commands these need access
to AWS, unless they are given a copy on disk.`,
		Example: `  gxp audit list
  gxp audit failed-sign-ins --from 2026-11-01 --to 2026-11-30 --account 111122223333
  gxp audit verify --help`,
		SuggestionsMinimumDistance: 2,
	}
	cmd.AddCommand(newAuditVerify(a), newAuditVerifyReport(a))
	addAuditQueries(a, cmd)
	return cmd
}
