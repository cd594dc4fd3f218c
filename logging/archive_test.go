package logging

import (
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	lockType   = "aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2"
	policyType = "aws:s3/bucketPolicy:BucketPolicy"
)

func TestArchive_LocksRecordsAndEvidenceForTheConfiguredYears(t *testing.T) {
	graph := renderArchive(t, func(a *ArchiveArgs) { a.Lock = bucket.Lock{Mode: "COMPLIANCE", Years: 11} })
	for _, name := range []string{"archive", "archive-evidence"} {
		rule := pulumitest.Find(t, graph, lockType, name).Inputs["rule"].(map[string]any)
		assert.Equal(t, map[string]any{"mode": "COMPLIANCE", "years": 11.0}, rule["defaultRetention"], name)
	}
}

func TestArchive_KeepsWhatHoldsRecords(t *testing.T) {
	graph := renderArchive(t, func(*ArchiveArgs) {})
	for _, typ := range []string{"aws:s3/bucketV2:BucketV2", "aws:kms/key:Key", lockType} {
		for _, r := range pulumitest.OfType(t, graph, typ) {
			assert.True(t, r.Protect, "%s is protected", r.URN)
			assert.True(t, r.RetainOnDelete, "%s is retained", r.URN)
		}
	}
}

func TestArchive_IsInItsAccountAlone(t *testing.T) {
	seen := 0
	for _, r := range renderArchive(t, func(*ArchiveArgs) {}).Resources {
		if strings.HasPrefix(r.Type, "aws:") {
			seen++
			assert.Contains(t, r.Provider, "::log-archive-"+pulumitest.Region+"::", r.URN)
		}
	}
	assert.Positive(t, seen)
}

func TestArchive_RefusesEveryoneButTheTrailAndTheAuditors(t *testing.T) {
	graph := renderArchive(t, func(*ArchiveArgs) {})
	for name, r := range map[string]*qualification.Resource{
		"records":     pulumitest.Find(t, graph, policyType, "archive"),
		"evidence":    pulumitest.Find(t, graph, policyType, "archive-evidence"),
		"access-logs": pulumitest.Find(t, graph, policyType, "archive-access-logs"),
		"key":         pulumitest.Find(t, graph, "aws:kms/key:Key", "archive"),
	} {
		t.Run(name, func(t *testing.T) {
			pulumitest.Golden(t, "archive-"+name+".json", pulumitest.Indented(t, r.Inputs["policy"].(string)))
		})
	}
}

func TestArchive_KeepsItsPoliciesWhenTheCallerReusesItsArgs(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		log, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		args := archiveArgs(log)
		late := pulumi.String("o-exampleorgid").ToStringOutput()
		args.OrganizationID = late.ApplyT(func(id string) string { time.Sleep(20 * time.Millisecond); return id }).(pulumi.StringOutput)
		if _, err := NewArchive(ctx, "archive", args); err != nil {
			return err
		}
		args.NamePrefix, args.Trail = "other", nil
		return nil
	})
	document := pulumitest.Find(t, graph, policyType, "archive").Inputs["policy"]
	assert.Contains(t, document, "arn:aws:s3:::acme-archive-")
	assert.Contains(t, document, "TrailWritesOrganization")
}

func TestArchive_OfAnotherAccountAdmitsTheRolesThatCopy(t *testing.T) {
	graph := renderArchive(t, func(a *ArchiveArgs) {
		a.Trail, a.SourceAccountID = nil, pulumi.String("555566667777")
	})
	for name, bucket := range map[string]string{
		"archive": "acme-archive-copy-eu-test-1", "archive-evidence": "acme-evidence-copy-eu-test-1",
		"archive-access-logs": "acme-access-logs-copy-eu-test-1",
	} {
		assert.Equal(t, bucket, pulumitest.Find(t, graph, "aws:s3/bucketV2:BucketV2", name).Inputs["bucket"])
	}
	for file, r := range map[string]*qualification.Resource{
		"archive-copy-records":  pulumitest.Find(t, graph, policyType, "archive"),
		"archive-copy-evidence": pulumitest.Find(t, graph, policyType, "archive-evidence"),
		"archive-copy-key":      pulumitest.Find(t, graph, "aws:kms/key:Key", "archive"),
	} {
		t.Run(file, func(t *testing.T) {
			document := r.Inputs["policy"].(string)
			assert.Contains(t, document, "arn:aws:iam::555566667777:role/"+ReplicationRole)
			assert.Contains(t, document, "arn:aws:iam::555566667777:role/"+collectionRoles+"*")
			pulumitest.Golden(t, file+".json", pulumitest.Indented(t, document))
		})
	}
}

func TestArchive_MovesRecordsToColdStorageWhenItIsToldTo(t *testing.T) {
	for _, days := range []int{0, 45} {
		graph := renderArchive(t, func(a *ArchiveArgs) { a.ColdAfterDays = days })
		for _, name := range []string{"archive", "archive-evidence", "archive-access-logs"} {
			rule := pulumitest.Find(t, graph, lifecycleType, name).Inputs["rules"].([]any)[0].(map[string]any)
			if days == 0 {
				assert.NotContains(t, rule, "transitions", name)
				continue
			}
			assert.Equal(t, []any{map[string]any{"days": float64(days), "storageClass": "GLACIER_IR"}}, rule["transitions"], name)
		}
	}
}

func TestArchive_ReceivesNothingWithoutATrail(t *testing.T) {
	graph := renderArchive(t, func(a *ArchiveArgs) { a.Trail = nil })
	for _, r := range graph.Resources {
		document, _ := r.Inputs["policy"].(string)
		assert.NotContains(t, document, "cloudtrail.amazonaws.com", r.URN)
	}
}

func TestArchiveArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*ArchiveArgs)
		want   string
	}{
		"no provider":      {func(a *ArchiveArgs) { a.Account.Provider = nil }, "account has no provider"},
		"no name prefix":   {func(a *ArchiveArgs) { a.NamePrefix = "" }, "namePrefix is required"},
		"no organization":  {func(a *ArchiveArgs) { a.OrganizationID = nil }, "organizationID is required"},
		"no audit account": {func(a *ArchiveArgs) { a.AuditAccountID = nil }, "auditAccountID is required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := archiveArgs(account.Account{Provider: &aws.Provider{}})
			tt.change(args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
	assert.EqualError(t, (*ArchiveArgs)(nil).validate(), "args are required")
}

func TestReplication_CopiesEverythingButDeletions(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		home, err := createArchive(ctx, "archive", pulumitest.Region)
		if err != nil {
			return err
		}
		replica, err := createArchive(ctx, "archive-replica", "eu-test-2")
		if err != nil {
			return err
		}
		_, err = NewReplication(ctx, "archive", &ReplicationArgs{From: home, To: replica})
		return err
	})
	configs := pulumitest.OfType(t, graph, "aws:s3/bucketReplicationConfig:BucketReplicationConfig")
	require.Len(t, configs, 2)
	for _, r := range configs {
		rule := r.Inputs["rules"].([]any)[0].(map[string]any)
		assert.Equal(t, map[string]any{"status": "Disabled"}, rule["deleteMarkerReplication"], r.URN)
		assert.Contains(t, rule["destination"].(map[string]any)["bucket"], "eu-test-2", r.URN)
	}
	role := pulumitest.Find(t, graph, "aws:iam/rolePolicy:RolePolicy", "archive")
	document := role.Inputs["policy"].(string)
	assert.NotContains(t, document, "s3:ReplicateDelete")
	assert.NotContains(t, document, `"s3:*"`)
}

func TestReplicationArgs_Rejects(t *testing.T) {
	assert.EqualError(t, (*ReplicationArgs)(nil).validate(), "args are required")
	assert.EqualError(t, (&ReplicationArgs{}).validate(), "from is required")
	assert.EqualError(t, (&ReplicationArgs{From: &Archive{}}).validate(), "to is required")
}

// renderArchive registers an archive that is valid except for change.
func renderArchive(t *testing.T, change func(*ArchiveArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		log, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		args := archiveArgs(log)
		change(args)
		_, err = NewArchive(ctx, "archive", args)
		return err
	})
}

func createArchive(ctx *pulumi.Context, name, region string) (*Archive, error) {
	log, err := pulumitest.Account(ctx, "log-archive", "222233334444", region)
	if err != nil {
		return nil, err
	}
	return NewArchive(ctx, name, archiveArgs(log))
}

func archiveArgs(in account.Account) *ArchiveArgs {
	return &ArchiveArgs{
		Account:        in,
		NamePrefix:     "acme",
		Lock:           bucket.Lock{Mode: "COMPLIANCE", Years: 7},
		OrganizationID: pulumi.String("o-exampleorgid"),
		AuditAccountID: pulumi.String("333344445555"),
		Trail: &TrailSource{
			ARN:                 TrailARN("acme", pulumitest.Region, "111122223333"),
			ManagementAccountID: "111122223333",
		},
	}
}
