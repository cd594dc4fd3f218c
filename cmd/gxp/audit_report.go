package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/spf13/cobra"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

func newAuditVerifyReport(a *app) *cobra.Command {
	var manifest, publicKey string
	cmd := &cobra.Command{
		Use:   "verify-report REPORT",
		Short: "Check the signature of a result that the log-integrity function kept",
		Long: `Checks a report against its manifest, and the manifest against the public part of the
KMS key that signed it. It needs nothing but the three files, and says what the report
concluded. The manifest is found by itself beside the report, or where the bucket has it
in a copy of the bucket. Exits with 1 when the report is not the one that was signed.`,
		Example: `  aws kms get-public-key --key-id alias/gxp-integrity --output text --query PublicKey |
    base64 -d | openssl pkey -pubin -inform DER > key.pem
  gxp audit verify-report 20261123T010000Z-0123456789abcdef.json --public-key key.pem`,
		Args: func(cmd *cobra.Command, args []string) error {
			if len(args) != 1 {
				return fmt.Errorf("%s takes the file of one report; see %q", cmd.CommandPath(), cmd.CommandPath()+" --help")
			}
			return nil
		},
		RunE: func(_ *cobra.Command, args []string) error {
			if publicKey == "" {
				return fmt.Errorf("--public-key is required: the file of a public key in PEM")
			}
			if manifest == "" {
				manifest = manifestOf(args[0])
			}
			var files [3][]byte
			for i, name := range []string{args[0], manifest, publicKey} {
				data, err := os.ReadFile(name)
				if err != nil {
					return err
				}
				files[i] = data
			}
			r, m, err := integrity.VerifyReport(files[0], files[1], files[2])
			if err != nil {
				fmt.Fprintln(a.err, err)
				return errFindings
			}
			_, err = fmt.Fprintf(a.out, "genuine: %s, signed %s with %s\n", m.Report, m.SignedAt.Format("2006-01-02T15:04:05Z"), m.KeyID)
			if err != nil {
				return err
			}
			return writeIntegrity(a.out, r)
		},
	}
	cmd.Flags().StringVar(&manifest, "manifest", "", "the report's manifest; by default the file of its name beside it, or where the bucket has it")
	cmd.Flags().StringVar(&publicKey, "public-key", "", "file of the public key in PEM (required)")
	return cmd
}

// manifestOf is where the manifest of a report probably is: where the bucket has
// it, in a copy of the bucket, and otherwise beside the report.
func manifestOf(report string) string {
	if copied, ok := integrity.ManifestKey(filepath.ToSlash(report)); ok {
		if _, err := os.Stat(copied); err == nil {
			return copied
		}
	}
	return strings.TrimSuffix(report, integrity.ReportSuffix) + integrity.ManifestSuffix
}
