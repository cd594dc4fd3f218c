package qualification_test

import (
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	stackSets    = "aws:cloudformation/stackSet:StackSet"
	stackSetInst = "aws:cloudformation/stackSetInstance:StackSetInstance"
	coreStacks   = "aws:cloudformation/stack:Stack"
	busPolicies  = "aws:cloudwatch/eventBusPolicy:EventBusPolicy"
	objects      = "aws:s3/bucketObjectv2:BucketObjectv2"
)

const baselineTemplate = `Resources:
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
    Properties: {RecordingGroup: {AllSupported: true}}
  Channel:
    Type: AWS::Config::DeliveryChannel
  Vault:
    Type: AWS::Backup::BackupVault
    Properties: {LockConfiguration: {MinRetentionDays: 7}}
  Subscription:
    Type: AWS::Logs::AccountPolicy
    Properties:
      PolicyType: SUBSCRIPTION_FILTER_POLICY
      Scope: ALL
      PolicyDocument: !Sub '{"DestinationArn":"arn:aws:logs:${AWS::Region}:444455556666:destination:${LogDestination}","FilterPattern":""}'
  Sessions:
    Type: AWS::SSM::Document
    Properties:
      Name: SSM-SessionManagerRunShell
      Content: {inputs: {cloudWatchLogGroupName: sessions, cloudWatchStreamingEnabled: true}}
  Inventory:
    Type: AWS::SSM::ResourceDataSync
    Properties:
      SyncType: SyncToDestination
      S3Destination: {BucketName: !Sub "${InventoryBucket}-${AWS::Region}", BucketPrefix: inventory}
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: {Service: config.amazonaws.com}
            Condition:
              StringEquals:
                aws:SourceAccount: !Ref AWS::AccountId
          - Effect: Allow
            Principal: {Service: logs.amazonaws.com}
            Condition:
              StringEqualsIfExists:
                aws:SourceAccount: !Ref AWS::AccountId
          - Effect: Allow
            Principal: {AWS: "arn:aws:iam::111122223333:root"}
            Condition:
              StringEquals:
                aws:PrincipalOrgID: o-abcdefghij
              ArnLike:
                aws:PrincipalArn: arn:aws:iam::111122223333:role/reader
`

const handedContacts = `[{"kind":"BILLING"},{"kind":"OPERATIONS"},{"kind":"SECURITY"}]`

var baselineDigest = strings.Repeat("0a", 32)

func (b *builder) baseline() {
	const in = "landingzone:Baseline"
	b.landing()
	b.add(in, stackSets, "baseline-regional", "management", "gxp-baseline-regional", object{
		"name": "gxp-baseline-regional", "permissionModel": "SERVICE_MANAGED", "templateBody": baselineTemplate,
		"autoDeployment":   object{"enabled": true, "retainStacksOnAccountRemoval": true},
		"managedExecution": object{"active": true},
		"parameters": object{
			"Recorder": "true", "LandingBucket": "b-landing", "VaultMinimumDays": "7", "Contacts": handedContacts,
			"LogDestination": "log-events", "InventoryBucket": "b-service", "Sessions": "true",
		},
	})
	// The archive's account is a core account; this one holds a workload.
	labels := tags()
	labels["gxp:record-class"] = "gmp-batch"
	b.add("landingzone:Organization", "aws:organizations/account:Account", "lims", "management", "777788889999", object{
		"name": "lims", "parentId": "ou-abcd-11111111", "closeOnDeletion": false, "tags": labels,
	})
	for _, provider := range []string{"management", "log-archive", "log-archive-replica", "network", "network-replica"} {
		b.add("landingzone:CoreBaseline", coreStacks, "baseline-"+provider, provider, provider, object{
			"templateBody": baselineTemplate,
			"parameters":   object{"LogDestination": "log-events", "InventoryBucket": "b-service", "Sessions": "true"},
		})
	}
	for _, region := range []string{"eu-test-1", "eu-test-2"} {
		b.add(in, stackSetInst, "baseline-regional-"+region, "management", "gxp-baseline-regional,organization,"+region, object{
			"stackSetName": "gxp-baseline-regional", "region": region, "retainStack": true,
			"deploymentTargets":    object{"organizationalUnitIds": []any{"ou-abcd-11111111"}},
			"operationPreferences": object{"failureToleranceCount": 5.0, "concurrencyMode": "SOFT_FAILURE_TOLERANCE"},
		})
	}
	const hub, bus = "monitoring:EventHub", "arn:aws:events:eu-test-1:111122223333:event-bus/gxp-events"
	b.add(hub, "aws:cloudwatch/eventBus:EventBus", "events", "management", "gxp-events", object{"name": "gxp-events"})
	b.add(hub, busPolicies, "events", "management", "gxp-events", object{
		"eventBusName": "gxp-events",
		"policy": `{"Statement":[{"Sid":"Accounts","Effect":"Allow","Principal":{"AWS":"*"},"Action":"events:PutEvents","Resource":"` + bus + `",
			"Condition":{"StringEquals":{"aws:PrincipalOrgID":"o-abcdefghij"}}}]}`,
	})
	b.add("landingzone:Assets", objects, "assets-settings", "management", "settings/"+baselineDigest+".zip", object{
		"bucket": "assets", "key": "settings/" + baselineDigest + ".zip", "sourceHash": baselineDigest, "content": "code",
	})
}

// landing adds the bucket that Config delivers to.
func (b *builder) landing() {
	b.landingBucket("logging:Landing", "landing", "log-archive", "eu-test-1", landingPolicy("", ""))
}

// landingBucket adds a bucket that records land in: like those of the archive,
// without their lock.
func (b *builder) landingBucket(in, name, provider, region, policy string) {
	key := b.key(in, name, provider, "444455556666", region, trailUses)
	first := len(b.resources)
	b.bucket(in, name, provider, key, "archive-access-logs")
	kept := b.resources[:first]
	for _, r := range b.resources[first:] {
		switch r.Type {
		case lock:
			continue
		case "aws:s3/bucketV2:BucketV2":
			r.Inputs["objectLockEnabled"] = false
		case policies:
			r.Inputs["policy"] = policy
		}
		kept = append(kept, r)
	}
	b.resources = kept
	b.collection(in, name)
}

var (
	onSet      = mutation.OfType(stackSets)
	onInstance = mutation.OfType(stackSetInst)
	onAsset    = mutation.Named(objects, "assets-settings")
)

var baselineSettings = []setting{
	{"GXP-BAS-001", onSet, "permissionModel", "SELF_MANAGED", ""},
	{"GXP-BAS-001", onSet, "autoDeployment.enabled", false, ""},
	{"GXP-BAS-001", onSet, "managedExecution.active", false, ""},
	{"GXP-BAS-002", onInstance, "deploymentTargets.organizationalUnitIds", []any{"ou-abcd-22222222"}, ""},
	{"GXP-BAS-003", onInstance, "region", "eu-test-3", ""},
	{"GXP-BAS-004", onSet, "templateBody", "Resources: {}", ""},
	{"GXP-BAS-004", onSet, "templateBody", strings.Replace(baselineTemplate, "AllSupported: true", "AllSupported: false", 1), ""},
	{"GXP-BAS-004", onSet, "parameters.Recorder", "false", ""},
	{"GXP-BAS-004", onSet, "parameters.LandingBucket", "elsewhere", ""},
	{"GXP-BAS-005", onSet, "autoDeployment.retainStacksOnAccountRemoval", false, ""},
	{"GXP-BAS-005", onInstance, "retainStack", false, ""},
	{"GXP-BAS-006", onSet, "templateBody", strings.Replace(baselineTemplate, "aws:SourceAccount", "aws:Other", 1), ""},
	{"GXP-BAS-006", onSet, "templateBody", strings.Replace(baselineTemplate, "aws:PrincipalArn", "aws:Other", 1), ""},
	{"GXP-BAS-006", onSet, "templateBody", strings.Replace(baselineTemplate, "ArnLike", "ArnLikeIfExists", 1), ""},
	{"GXP-BAS-006", onSet, "templateBody", strings.Replace(baselineTemplate, "StringEquals:", "StringEqualsIfExists:", 1), ""},
	{"GXP-BAS-006", onSet, "templateBody", strings.Replace(baselineTemplate, "StringEqualsIfExists", "StringNotEqualsIfExists", 1), ""},
	{"GXP-BAS-007", onSet, "templateBody", strings.Replace(baselineTemplate, "MinRetentionDays: 7", "MaxRetentionDays: 7", 1), ""},
	{"GXP-BAS-007", onSet, "parameters.VaultMinimumDays", "0", ""},
	{"GXP-BAS-008", onInstance, "operationPreferences.failureToleranceCount", 0.0, ""},
	{"GXP-BAS-009", mutation.Named(policies, "landing"), "policy", servesAll, ""},
	{"GXP-BAS-009", mutation.Named("aws:s3/bucketV2:BucketV2", "landing"), "objectLockEnabled", true, qualification.Pass},
	{"GXP-BAS-010", mutation.OfType(busPolicies), "policy", allowsAll, ""},
	{"GXP-BAS-012", mutation.OfType(coreStacks), "templateBody", "Resources: {}", ""},
	{"GXP-BAS-011", onAsset, "key", "settings/latest.zip", ""},
	{"GXP-BAS-011", onAsset, "sourceHash", "latest", ""},
}

func TestBaselineControls_TakeTheContactsThatTheBaselineHandsOut(t *testing.T) {
	for name, tt := range map[string]struct {
		contacts string
		want     qualification.Verdict
	}{
		"all three": {handedContacts, qualification.Pass},
		"one less":  {strings.Replace(handedContacts, "SECURITY", "OTHER", 1), qualification.Fail},
	} {
		t.Run(name, func(t *testing.T) {
			var kept []*qualification.Resource
			for _, r := range sample().Resources {
				if r.Type == "aws:account/alternativeContact:AlternativeContact" {
					continue
				}
				if r.Type == stackSets {
					r.Inputs["parameters"].(object)["Contacts"] = tt.contacts
				}
				kept = append(kept, r)
			}
			result, _ := check(qualification.NewGraph(kept)).Result("GXP-ACC-003")
			if result.Verdict != tt.want {
				t.Errorf("%s, want %s: %+v", result.Verdict, tt.want, result.Findings)
			}
		})
	}
}

func TestBaselineControls_AcceptStacksOfTheirOwnForCoreAccountsAlone(t *testing.T) {
	g := sample()
	for _, r := range g.Resources {
		if r.Type == stackSetInst {
			r.Inputs["deploymentTargets"] = object{"organizationalUnitIds": []any{"ou-abcd-22222222"}}
		}
	}
	result, _ := check(g).Result("GXP-BAS-002")
	if len(result.Findings) != 1 || !strings.HasSuffix(result.Findings[0].Resource, "::lims") {
		t.Errorf("want a finding about the workload account alone: %+v", result.Findings)
	}
}
