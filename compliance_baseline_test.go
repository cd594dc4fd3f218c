package main

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"

func init() { sabotages = append(sabotages, baselineSabotages...) }

const (
	stackSetType         = "aws:cloudformation/stackSet:StackSet"
	stackSetInstanceType = "aws:cloudformation/stackSetInstance:StackSetInstance"
	coreStackType        = "aws:cloudformation/stack:Stack"
)

var (
	globalSet   = mutation.Named(stackSetType, "baseline-global")
	regionalSet = mutation.Named(stackSetType, "baseline-regional")
	homeSet     = mutation.Named(stackSetInstanceType, "baseline-regional-eu-central-1")
	landing     = mutation.Named(bucketType, "landing")
)

var baselineSabotages = []sabotage{
	{"GXP-ACC-003", "workload accounts without a contact for security", regionalSet,
		mutation.Set("parameters.Contacts", `[{"kind":"BILLING"},{"kind":"OPERATIONS"}]`), nil},
	{"GXP-BAS-001", "new accounts that somebody has to remember", regionalSet, mutation.Set("autoDeployment.enabled", false), nil},
	{"GXP-BAS-001", "operations that refuse each other", globalSet, mutation.Remove("managedExecution"), nil},
	{"GXP-BAS-002", "workload accounts without boundary and roles",
		mutation.Named(stackSetInstanceType, "baseline-global-eu-central-1"), nil, account},
	{"GXP-BAS-002", "a core account without boundary and roles", mutation.Named(coreStackType, "baseline-audit-global"), nil,
		mutation.Named(accountType, "organization-audit")},
	{"GXP-BAS-003", "a region without baseline", mutation.Named(stackSetInstanceType, "baseline-regional-eu-west-1"), nil, regionalSet},
	{"GXP-BAS-004", "a recorder that is switched off", regionalSet, mutation.Set("parameters.Recorder", "false"), nil},
	{"GXP-BAS-004", "deliveries to a stranger", regionalSet, mutation.Set("parameters.LandingBucket", "elsewhere"), nil},
	{"GXP-BAS-005", "stacks that go with the account", regionalSet, mutation.Set("autoDeployment.retainStacksOnAccountRemoval", false), nil},
	{"GXP-BAS-005", "instances that go with the program", homeSet, mutation.Abandon, nil},
	{"GXP-BAS-006", "a role that anybody may assume", globalSet, mutation.Set("templateBody", `Resources:
  Open:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{Effect: Allow, Principal: {AWS: "*"}, Action: "sts:AssumeRole"}]
`), nil},
	{"GXP-BAS-007", "accounts without a vault", regionalSet, mutation.Set("templateBody", `Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
`), nil},
	{"GXP-BAS-008", "an operation that stops at the first failure", homeSet, mutation.Set("operationPreferences.failureToleranceCount", 0.0), nil},
	{"GXP-BAS-009", "a locked landing bucket, which Config refuses", landing, mutation.Set("objectLockEnabled", true), nil},
	{"GXP-BAS-009", "deliveries for strangers", mutation.Named(bucketPolicyType, "landing"),
		mutation.EditStatement("policy", "ConfigDelivers", unconditional), nil},
	{"GXP-BAS-010", "events from anybody", mutation.Named("aws:cloudwatch/eventBusPolicy:EventBusPolicy", "events"),
		mutation.EditStatement("policy", "AccountsSend", unconditional), nil},
	{"GXP-BAS-011", "code under a name that stays", mutation.Named("aws:s3/bucketObjectv2:BucketObjectv2", "assets-baseline-settings"),
		mutation.Set("key", "baseline-settings/latest.zip"), nil},
	{"GXP-BAS-012", "management without a recorder", mutation.Named(coreStackType, "baseline-management-regional"), nil,
		mutation.Named(providerType, "management-eu-central-1")},
}
