package landingzone

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"

// allow is a statement of a permission set.
func allow(sid string, actions policy.Strings, resources ...string) policy.Statement {
	return policy.Statement{Sid: sid, Effect: policy.Allow, Action: actions, Resource: resources}
}

// under narrows a statement by a condition.
func under(s policy.Statement, condition policy.Condition) policy.Statement {
	s.Condition = condition
	return s
}

// ownOrganization is met by resources of the caller's organization alone.
var ownOrganization = policy.Condition{"StringEquals": {"aws:ResourceOrgID": {"${aws:PrincipalOrgID}"}}}

// anyRegion is the ARN of a resource in whatever region and account.
func anyRegion(service, resource string) string { return "arn:aws:" + service + ":*:*:" + resource }

// readsLogs lets people search logs, which tell of every system.
func readsLogs() policy.Statement {
	return allow("SearchesLogs", policy.Strings{
		"logs:FilterLogEvents", "logs:GetLogEvents", "logs:GetLogRecord", "logs:GetQueryResults",
		"logs:StartQuery", "logs:StopQuery",
	}, "*")
}

// asksAuditTrail lets people query the archive in the way that is provided for
// it, and only so: the archive's own policies admit no other reader.
func asksAuditTrail() policy.Statement {
	return under(allow("AsksAuditTrail", policy.Strings{"sts:AssumeRole"}, "arn:aws:iam::*:role/gxp-audit-query*"), ownOrganization)
}

func platformStatements(scope) []policy.Statement {
	return []policy.Statement{
		allow("RunsPipelines", policy.Strings{
			"codepipeline:GetPipeline*", "codepipeline:ListActionExecutions", "codepipeline:ListPipelineExecutions",
			"codepipeline:RetryStageExecution", "codepipeline:StartPipelineExecution", "codepipeline:StopPipelineExecution",
			"codebuild:BatchGetBuilds", "codebuild:BatchGetProjects", "codebuild:RetryBuild", "codebuild:StopBuild",
		}, anyRegion("codepipeline", "gxp-*"), anyRegion("codebuild", "project/gxp-*")),
		allow("RepairsStacks", policy.Strings{
			"cloudformation:CancelUpdateStack", "cloudformation:ContinueUpdateRollback", "cloudformation:DetectStackDrift",
			"cloudformation:DetectStackResourceDrift", "cloudformation:DetectStackSetDrift",
		}, "*"),
		allow("ReadsStacks", policy.Strings{
			"cloudformation:BatchDescribeTypeConfigurations", "cloudformation:Describe*", "cloudformation:Get*",
			"cloudformation:List*",
		}, "*"),
		allow("TracesNetworkPaths", policy.Strings{
			"ec2:CreateNetworkInsightsPath", "ec2:DeleteNetworkInsightsAnalysis", "ec2:DeleteNetworkInsightsPath",
			"ec2:DescribeNetworkInsights*", "ec2:GetTransitGatewayRouteTable*", "ec2:SearchTransitGatewayRoutes",
			"ec2:StartNetworkInsightsAnalysis",
		}, "*"),
		allow("AsksForLimits", policy.Strings{
			"servicequotas:Get*", "servicequotas:List*", "servicequotas:RequestServiceQuotaIncrease",
			"support:AddCommunicationToCase", "support:CreateCase", "support:Describe*", "support:ResolveCase",
		}, "*"),
		readsLogs(),
	}
}

func securityStatements(scope) []policy.Statement {
	return []policy.Statement{
		allow("HandlesFindings", policy.Strings{
			"access-analyzer:CreateArchiveRule", "access-analyzer:DeleteArchiveRule", "access-analyzer:StartResourceScan",
			"access-analyzer:UpdateArchiveRule", "access-analyzer:UpdateFindings",
			"detective:GetInvestigation", "detective:ListInvestigations", "detective:SearchGraph",
			"detective:StartInvestigation", "detective:UpdateInvestigationState",
			"guardduty:ArchiveFindings", "guardduty:CreateFilter", "guardduty:UnarchiveFindings",
			"guardduty:UpdateFilter", "guardduty:UpdateFindingsFeedback",
			"inspector2:CreateFilter", "inspector2:UpdateFilter",
			"macie2:CreateFindingsFilter", "macie2:UpdateFindingsFilter",
			"securityhub:BatchUpdateFindings", "securityhub:CreateInsight", "securityhub:UpdateInsight",
		}, "*"),
		// Its own role is not among what it may take credentials from: keys
		// belong to users, and sessions of Identity Center have none.
		allow("WithdrawsCredentials", policy.Strings{
			"iam:DeleteAccessKey", "iam:DeleteLoginProfile", "iam:UpdateAccessKey",
		}, "arn:aws:iam::*:user/*"),
		allow("SearchesTrail", policy.Strings{"cloudtrail:LookupEvents"}, "*"),
		readsLogs(),
	}
}

func auditorStatements(scope) []policy.Statement {
	return []policy.Statement{
		asksAuditTrail(),
		allow("ReadsCompliance", policy.Strings{
			"config:SelectAggregateResourceConfig", "config:SelectResourceConfig",
			"artifact:GetReport", "artifact:GetReportMetadata", "artifact:GetTermForReport", "artifact:ListReports",
			"cloudtrail:LookupEvents",
			"identitystore:DescribeGroup", "identitystore:DescribeUser", "identitystore:ListGroupMemberships",
			"identitystore:ListGroups", "identitystore:ListUsers",
		}, "*"),
	}
}

func approverStatements(scope) []policy.Statement {
	return []policy.Statement{
		allow("Approves", policy.Strings{"codepipeline:PutApprovalResult"}, anyRegion("codepipeline", "gxp-*")),
		allow("ReadsReleases", policy.Strings{
			"codepipeline:GetPipeline*", "codepipeline:ListActionExecutions", "codepipeline:ListPipelineExecutions",
		}, anyRegion("codepipeline", "gxp-*")),
		allow("ReviewsChanges", policy.Strings{
			"codecommit:BatchGet*", "codecommit:EvaluatePullRequestApprovalRules", "codecommit:Get*",
			"codecommit:GitPull", "codecommit:ListBranches", "codecommit:ListPullRequests",
			"codecommit:PostCommentForPullRequest", "codecommit:PostCommentReply",
			"codecommit:UpdatePullRequestApprovalState",
		}, anyRegion("codecommit", "gxp-*")),
		under(allow("VerifiesEvidence", policy.Strings{"kms:GetPublicKey", "kms:Verify"}, anyRegion("kms", "key/*")),
			policy.Condition{"ForAnyValue:StringLike": {"kms:ResourceAliases": {"alias/gxp-*"}}}),
		allow("ReadsProducts", policy.Strings{
			"servicecatalog:Describe*", "servicecatalog:List*", "servicecatalog:SearchProducts*",
			"servicecatalog:SearchProvisionedProducts",
		}, "*"),
		asksAuditTrail(),
	}
}

func operatorStatements(scope) []policy.Statement {
	return []policy.Statement{
		// What the landing zone or its catalog has made carries an owner.
		under(allow("Restarts", policy.Strings{
			"ec2:RebootInstances", "ec2:StartInstances", "ec2:StopInstances",
			"rds:RebootDBCluster", "rds:RebootDBInstance", "rds:StartDBCluster", "rds:StartDBInstance",
			"rds:StopDBCluster", "rds:StopDBInstance",
		}, "*"), policy.Condition{"Null": {"aws:ResourceTag/gxp:owner": {"false"}}}),
		allow("RunsRunbooks", policy.Strings{"ssm:StartAutomationExecution"},
			anyRegion("ssm", "automation-definition/gxp-*:*")),
		allow("FollowsRunbooks", policy.Strings{
			"ssm:DescribeAutomationExecutions", "ssm:DescribeAutomationStepExecutions", "ssm:GetAutomationExecution",
			"ssm:SendAutomationSignal", "ssm:StopAutomationExecution",
		}, "*"),
		allow("BacksUpAndRestores", policy.Strings{
			"backup:Describe*", "backup:Get*", "backup:List*", "backup:StartBackupJob", "backup:StartRestoreJob",
		}, "*"),
		under(allow("PassesBackupRole", policy.Strings{"iam:PassRole"}, "arn:aws:iam::*:role/gxp-backup"),
			policy.Condition{"StringEquals": {"iam:PassedToService": {"backup.amazonaws.com"}}}),
		allow("AsksForSupport", policy.Strings{
			"support:AddCommunicationToCase", "support:CreateCase", "support:Describe*", "support:ResolveCase",
		}, "*"),
		readsLogs(),
	}
}
