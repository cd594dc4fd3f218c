package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

func developerStatements(scope) []policy.Statement {
	return []policy.Statement{
		// The launch role of the product creates what is in it; the developer
		// needs no right to anything of that.
		allow("LaunchesProducts", policy.Strings{
			"servicecatalog:CreateProvisionedProductPlan", "servicecatalog:DeleteProvisionedProductPlan",
			"servicecatalog:Describe*", "servicecatalog:ExecuteProvisionedProductPlan",
			"servicecatalog:ExecuteProvisionedProductServiceAction", "servicecatalog:GetProvisionedProductOutputs",
			"servicecatalog:List*", "servicecatalog:ProvisionProduct", "servicecatalog:ScanProvisionedProducts",
			"servicecatalog:SearchProducts", "servicecatalog:SearchProvisionedProducts",
		}, "*"),
		// People end what they have launched, not what others have.
		under(allow("ChangesOwnProducts", policy.Strings{
			"servicecatalog:TerminateProvisionedProduct", "servicecatalog:UpdateProvisionedProduct",
		}, "*"), policy.Condition{"StringEquals": {"servicecatalog:userLevel": {"self"}}}),
		allow("Develops", policy.Strings{
			"codecommit:BatchGet*", "codecommit:CreateBranch", "codecommit:CreatePullRequest", "codecommit:Get*",
			"codecommit:GitPull", "codecommit:GitPush", "codecommit:ListBranches", "codecommit:ListPullRequests",
			"codecommit:PostCommentForPullRequest", "codecommit:PostCommentReply",
			"codecommit:UpdatePullRequestDescription", "codecommit:UpdatePullRequestStatus",
			"codecommit:UpdatePullRequestTitle",
		}, anyRegion("codecommit", "gxp-*")),
		allow("FollowsStacks", policy.Strings{
			"cloudformation:Describe*", "cloudformation:Get*", "cloudformation:List*", "cloudformation:ValidateTemplate",
			"codepipeline:GetPipeline*", "codepipeline:ListActionExecutions", "codepipeline:ListPipelineExecutions",
			"codebuild:BatchGetBuilds",
		}, "*"),
		readsLogs(),
	}
}

// stewardStatements reach the buckets of the catalog's data product and those
// of the company that are named alike; never the archive.
func stewardStatements(in scope) []policy.Statement {
	buckets := []string{"arn:aws:s3:::gxp-data-*", "arn:aws:s3:::" + in.prefix + "-data-*"}
	var objects []string
	for _, bucket := range buckets {
		objects = append(objects, bucket+"/*")
	}
	return []policy.Statement{
		under(allow("FindsData", policy.Strings{
			"s3:GetBucketTagging", "s3:ListBucket", "s3:ListBucketVersions",
		}, buckets...), ownOrganization),
		under(allow("ReadsAndLabelsData", policy.Strings{
			"s3:GetObject", "s3:GetObjectLegalHold", "s3:GetObjectRetention", "s3:GetObjectTagging",
			"s3:GetObjectVersion", "s3:GetObjectVersionTagging", "s3:PutObjectLegalHold", "s3:PutObjectTagging",
			"s3:PutObjectVersionTagging",
		}, objects...), ownOrganization),
		under(allow("DecryptsDataThroughS3", policy.Strings{"kms:Decrypt"}, anyRegion("kms", "key/*")), policy.Condition{
			"StringLike":   {"kms:ViaService": {"s3.*.amazonaws.com"}},
			"StringEquals": {"aws:ResourceOrgID": {"${aws:PrincipalOrgID}"}},
		}),
		under(allow("ManagesRecords", policy.Strings{"sts:AssumeRole"}, "arn:aws:iam::*:role/"+duty.RecordsManagerRole),
			ownOrganization),
		allow("DescribesData", policy.Strings{
			"glue:GetDatabase", "glue:GetDatabases", "glue:GetTable", "glue:GetTables", "glue:GetTags",
			"glue:SearchTables", "glue:TagResource", "glue:UpdateTable",
			"lakeformation:AddLFTagsToResource", "lakeformation:GetResourceLFTags", "lakeformation:ListLFTags",
			"lakeformation:RemoveLFTagsFromResource", "lakeformation:SearchTablesByLFTags",
		}, "*"),
		allow("ReadsClassification", policy.Strings{
			"macie2:DescribeBuckets", "macie2:DescribeClassificationJob", "macie2:GetFindings", "macie2:ListFindings",
			"macie2:ListClassificationJobs",
		}, "*"),
	}
}

func billingStatements(scope) []policy.Statement {
	return []policy.Statement{
		allow("SetsBudgets", policy.Strings{"budgets:ModifyBudget", "budgets:ViewBudget"}, "*"),
		allow("ReadsCosts", policy.Strings{
			"ce:Describe*", "ce:Get*", "ce:List*", "cur:DescribeReportDefinitions", "pricing:GetProducts",
		}, "*"),
	}
}
