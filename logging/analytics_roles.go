package logging

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// askers are the permission sets whose people ask the audit trail.
var askers = []string{duty.Auditor, duty.QAApprover}

// auditPlace is what the roles' statements name: ids and ARNs.
type auditPlace struct {
	region, organization, audit string
	records, evidence           string // buckets of the archive
	archiveKey                  string
	results, resultsKey         string
	failures                    string // queue
}

// audited calls back with the place once it is known, and renders what it gets.
func (a *Analytics) audited(args *AnalyticsArgs, statements func(auditPlace) []policy.Statement) pulumi.StringOutput {
	archive := args.Archives[0]
	return pulumi.All(args.OrganizationID, args.Account.ID, archive.Records.Arn, archive.Evidence.Arn, archive.KeyARN, a.results.Arn, a.KeyARN).
		ApplyT(func(known []any) (string, error) {
			text := func(i int) string { return known[i].(string) }
			return policy.JSON(statements(auditPlace{
				region: args.Account.Region, organization: text(0), audit: text(1),
				records: text(2), evidence: text(3), archiveKey: text(4), results: text(5), resultsKey: text(6),
				failures: fmt.Sprintf("arn:aws:sqs:%s:%s:%s", args.Account.Region, text(1), reviewFailures),
			})...)
		}).(pulumi.StringOutput)
}

// createQueryRole creates the role that auditors ask under.
func (a *Analytics) createQueryRole(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) error {
	role, _, err := a.createRole(ctx, name, args, roleSettings{
		name: AuditQueryRole, description: "Auditors ask the archive under this role, and change nothing.",
		trust: askersTrust, permissions: queryStatements,
	}, child)
	if err != nil {
		return err
	}
	a.QueryRoleARN = role.Arn
	return nil
}

type roleSettings struct {
	name, description  string
	trust, permissions func(auditPlace) []policy.Statement
}

func (a *Analytics) createRole(
	ctx *pulumi.Context, name string, args *AnalyticsArgs, s roleSettings, child pulumi.ResourceOption,
) (*iam.Role, *iam.RolePolicy, error) {
	role, err := iam.NewRole(ctx, name, &iam.RoleArgs{
		Name:             pulumi.String(s.name),
		Description:      pulumi.String(s.description),
		AssumeRolePolicy: a.audited(args, s.trust),
	}, child)
	if err != nil {
		return nil, nil, fmt.Errorf("role %s: %w", s.name, err)
	}
	permissions, err := iam.NewRolePolicy(ctx, name, &iam.RolePolicyArgs{
		Name: pulumi.String("query"), Role: role.Name, Policy: a.audited(args, s.permissions),
	}, child)
	if err != nil {
		return nil, nil, fmt.Errorf("role %s: %w", s.name, err)
	}
	return role, permissions, nil
}

// askersTrust lets people in who have one of the permission sets, in whichever
// account of the organization: quality assurance has none in the audit account.
// Identity Center alone makes roles below its path, so nobody can make one that
// only looks like them.
func askersTrust(p auditPlace) []policy.Statement {
	var roles policy.Strings
	for _, set := range askers {
		// The path has a region, except in us-east-1.
		for _, path := range []string{"", "*/"} {
			roles = append(roles, "arn:aws:iam::*:role/aws-reserved/sso.amazonaws.com/"+path+"AWSReservedSSO_"+set+"_*")
		}
	}
	return []policy.Statement{{
		Sid: "AuditorsAssume", Effect: policy.Allow, Principal: policy.AWS("*"), Action: policy.Strings{"sts:AssumeRole"},
		Condition: policy.Condition{
			"StringEquals": {"aws:PrincipalOrgID": {p.organization}},
			"ArnLike":      {"aws:PrincipalArn": roles},
		},
	}}
}

// queryStatements let auditors ask in their workgroup, see what the reviews
// asked, and read the answers of both.
func queryStatements(p auditPlace) []policy.Statement {
	return append(readStatements(p, auditAnswers),
		policy.Statement{
			Sid: "Asks", Effect: policy.Allow,
			Action:   policy.Strings{"athena:StartQueryExecution", "athena:StopQueryExecution"},
			Resource: policy.Strings{p.workgroup(analytics.Workgroup)},
		},
		policy.Statement{
			Sid: "SeesQueries", Effect: policy.Allow,
			Action: policy.Strings{
				"athena:BatchGetNamedQuery", "athena:BatchGetQueryExecution", "athena:GetNamedQuery", "athena:GetQueryExecution",
				"athena:GetQueryResults", "athena:GetQueryResultsStream", "athena:GetQueryRuntimeStatistics", "athena:GetWorkGroup",
				"athena:ListNamedQueries", "athena:ListQueryExecutions",
			},
			Resource: policy.Strings{p.workgroup(analytics.Workgroup), p.workgroup(AuditExportsWorkgroup)},
		},
		policy.Statement{
			Sid: "UsesConsole", Effect: policy.Allow,
			Action: policy.Strings{
				"athena:GetDatabase", "athena:GetDataCatalog", "athena:GetTableMetadata", "athena:ListDatabases", "athena:ListDataCatalogs",
				"athena:ListEngineVersions", "athena:ListTableMetadata", "athena:ListWorkGroups",
			},
			Resource: policy.Strings{"*"},
		},
		policy.Statement{
			Sid: "ReadsAnswers", Effect: policy.Allow,
			Action: policy.Strings{"s3:GetObject", "s3:GetObjectVersion"}, Resource: policy.Strings{p.results + "/*"},
		},
	)
}

// exportsStatements let the schedules start the reviews, and nothing else: no
// person can assume the role.
func exportsStatements(p auditPlace) []policy.Statement {
	return append(readStatements(p, AuditExports),
		policy.Statement{
			Sid: "StartsReviews", Effect: policy.Allow,
			Action: policy.Strings{"athena:StartQueryExecution"}, Resource: policy.Strings{p.workgroup(AuditExportsWorkgroup)},
		},
		policy.Statement{
			Sid: "NamesCatalog", Effect: policy.Allow,
			Action:   policy.Strings{"athena:GetDataCatalog"},
			Resource: policy.Strings{fmt.Sprintf("arn:aws:athena:%s:%s:datacatalog/AwsDataCatalog", p.region, p.audit)},
		},
		policy.Statement{
			Sid: "ReadsAnswers", Effect: policy.Allow,
			Action: policy.Strings{"s3:GetObject"}, Resource: policy.Strings{p.results + "/" + AuditExports + "*"},
		},
		policy.Statement{
			Sid: "KeepsFailures", Effect: policy.Allow,
			Action: policy.Strings{"sqs:SendMessage"}, Resource: policy.Strings{p.failures},
		},
	)
}

// readStatements are what Athena does in the name of a role that queries: it
// looks up tables, reads the archive, and writes answers below a prefix.
func readStatements(p auditPlace, answers string) []policy.Statement {
	viaS3 := policy.Condition{"StringEquals": {"kms:ViaService": {"s3." + p.region + ".amazonaws.com"}}}
	catalog := func(resource string) string { return fmt.Sprintf("arn:aws:glue:%s:%s:%s", p.region, p.audit, resource) }
	return []policy.Statement{
		{
			Sid: "FindsTables", Effect: policy.Allow,
			Action: policy.Strings{
				"glue:BatchGetPartition", "glue:GetDatabase", "glue:GetDatabases", "glue:GetPartition", "glue:GetPartitions",
				"glue:GetTable", "glue:GetTables",
			},
			Resource: policy.Strings{
				catalog("catalog"), catalog("database/default"), catalog("database/" + analytics.Database),
				catalog("table/" + analytics.Database + "/*"),
			},
		},
		{
			Sid: "ListsArchive", Effect: policy.Allow,
			Action: policy.Strings{"s3:GetBucketLocation", "s3:ListBucket"}, Resource: policy.Strings{p.records, p.evidence},
		},
		{
			Sid: "ReadsArchive", Effect: policy.Allow,
			Action: policy.Strings{"s3:GetObject", "s3:GetObjectVersion"}, Resource: objects([]string{p.records, p.evidence}),
		},
		{
			Sid: "DecryptsArchive", Effect: policy.Allow,
			Action: policy.Strings{"kms:Decrypt"}, Resource: policy.Strings{p.archiveKey}, Condition: viaS3,
		},
		{
			Sid: "LooksForAnswers", Effect: policy.Allow,
			Action:   policy.Strings{"s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"},
			Resource: policy.Strings{p.results},
		},
		{
			Sid: "WritesAnswers", Effect: policy.Allow,
			Action:   policy.Strings{"s3:AbortMultipartUpload", "s3:ListMultipartUploadParts", "s3:PutObject"},
			Resource: policy.Strings{p.results + "/" + answers + "*"},
		},
		{
			Sid: "EncryptsAnswers", Effect: policy.Allow,
			Action: policy.Strings{"kms:Decrypt", "kms:GenerateDataKey"}, Resource: policy.Strings{p.resultsKey}, Condition: viaS3,
		},
	}
}

func (p auditPlace) workgroup(name string) string {
	return fmt.Sprintf("arn:aws:athena:%s:%s:workgroup/%s", p.region, p.audit, name)
}
