package logging

import (
	"encoding/base64"
	"encoding/hex"
	"fmt"
	"strconv"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/lambda"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/integrity"
)

const (
	integrityFunctionName = "gxp-log-integrity"
	integrityLogGroup     = "/gxp/log-integrity"

	// integrityNamespace holds the metrics that the function writes.
	integrityNamespace = "GxP/LogIntegrity"

	// integritySeconds is the longest that Lambda lets a function run, and
	// integrityMegabytes gives it a whole processor: it hashes what it reads.
	integritySeconds   = 900
	integrityMegabytes = 2048

	// integrityWaitSeconds is how late Lambda may begin. One that began much
	// later would verify another interval than it was meant to.
	integrityWaitSeconds = 3600
)

// createFunction creates the function with its role and its log. It has no
// concurrency of its own: an account so new that its quota is the smallest could
// reserve none.
func (a *IntegrityCheckArgs) createFunction(
	ctx *pulumi.Context, name string, signing *kms.Key, child pulumi.ResourceOption,
) (*lambda.Function, error) {
	group, err := cloudwatch.NewLogGroup(ctx, name, &cloudwatch.LogGroupArgs{
		Name:            pulumi.String(integrityLogGroup),
		RetentionInDays: pulumi.Int(a.RetentionDays),
	}, child, pulumi.Protect(true), pulumi.RetainOnDelete(true))
	if err != nil {
		return nil, fmt.Errorf("log group: %w", err)
	}
	role, permissions, err := a.createRole(ctx, name, signing, group, child)
	if err != nil {
		return nil, fmt.Errorf("role: %w", err)
	}
	digest, err := hex.DecodeString(a.Code.Digest)
	if err != nil {
		return nil, fmt.Errorf("digest of the code: %w", err)
	}
	function, err := lambda.NewFunction(ctx, name, &lambda.FunctionArgs{
		Name:           pulumi.String(integrityFunctionName),
		Description:    pulumi.String("Verifies the audit trail in the archive and keeps the signed result."),
		Runtime:        pulumi.String("provided.al2023"),
		Architectures:  pulumi.StringArray{pulumi.String("arm64")},
		Handler:        pulumi.String("bootstrap"),
		S3Bucket:       pulumi.String(a.CodeBucket),
		S3Key:          pulumi.String(a.Code.Key()),
		SourceCodeHash: pulumi.String(base64.StdEncoding.EncodeToString(digest)),
		Role:           role.Arn,
		Timeout:        pulumi.Int(integritySeconds),
		MemorySize:     pulumi.Int(integrityMegabytes),
		LoggingConfig: &lambda.FunctionLoggingConfigArgs{
			// Metrics are lines of the log in a form of their own.
			LogFormat: pulumi.String("Text"),
			LogGroup:  group.Name,
		},
		Environment: &lambda.FunctionEnvironmentArgs{Variables: a.environment(signing)},
	}, child, pulumi.DependsOn(append([]pulumi.Resource{permissions}, a.Published...)))
	if err != nil {
		return nil, err
	}
	// Each further attempt would make a further result.
	_, err = lambda.NewFunctionEventInvokeConfig(ctx, name, &lambda.FunctionEventInvokeConfigArgs{
		FunctionName:             function.Name,
		MaximumRetryAttempts:     pulumi.Int(0),
		MaximumEventAgeInSeconds: pulumi.Int(integrityWaitSeconds),
	}, child)
	return function, err
}

// environment is what the function reads of its environment. The accounts are
// not in it: Lambda allows four kilobytes.
func (a *IntegrityCheckArgs) environment(signing *kms.Key) pulumi.StringMap {
	variables := pulumi.StringMap{
		"ARCHIVE_BUCKET":        a.Archive.RecordsBucket,
		"EVIDENCE_BUCKET":       a.Archive.EvidenceBucket,
		"ORGANIZATION_ID":       a.OrganizationID,
		"MANAGEMENT_ACCOUNT_ID": pulumi.String(a.ManagementAccountID),
		"TRAIL_NAME":            pulumi.String(a.TrailName),
		"EXPECTED_REGIONS":      pulumi.String(strings.Join(a.Regions, ",")),
		"LOCK_MODE":             pulumi.String(a.Lock.Mode),
		"RETENTION_YEARS":       pulumi.String(strconv.Itoa(a.Lock.Years)),
		"SIGNING_KEY_ID":        signing.Arn,
		"SIGNING_ALGORITHM":     pulumi.String(integrity.ECDSA),
		"METRIC_NAMESPACE":      pulumi.String(integrityNamespace),
		"CODE_DIGEST":           pulumi.String(a.Code.Digest),
	}
	if a.Replica != nil {
		variables["REPLICA_BUCKET"] = a.Replica.RecordsBucket
	}
	return variables
}

func (a *IntegrityCheckArgs) createRole(
	ctx *pulumi.Context, name string, signing *kms.Key, group *cloudwatch.LogGroup, child pulumi.ResourceOption,
) (*iam.Role, *iam.RolePolicy, error) {
	trust, err := policy.JSON(policy.Statement{
		Sid:       "FunctionRuns",
		Effect:    policy.Allow,
		Principal: policy.Service("lambda.amazonaws.com"),
		Action:    policy.Strings{"sts:AssumeRole"},
	})
	if err != nil {
		return nil, nil, err
	}
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(IntegrityRole),
		Description:      pulumi.String("Lets the verification of the audit trail read the archive, sign results and add them to the evidence."),
		AssumeRolePolicy: pulumi.String(trust),
	}, child)
	if err != nil {
		return nil, nil, err
	}
	// Evaluated later, so on values that the caller cannot change by then.
	region, management := a.Account.Region, a.ManagementAccountID
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("verify"),
		Role: role.Name,
		Policy: pulumi.All(
			a.Archive.Records.Arn, a.Archive.Evidence.Arn, a.Archive.KeyARN, signing.Arn, group.Arn, a.OrganizationID,
		).ApplyT(func(v []any) (string, error) {
			return policy.JSON(verifierStatements(verifier{
				records: v[0].(string), evidence: v[1].(string), archiveKey: v[2].(string), signingKey: v[3].(string),
				group: v[4].(string), organization: v[5].(string), management: management, region: region,
			})...)
		}).(pulumi.StringOutput),
	}, child)
	return role, permissions, err
}
