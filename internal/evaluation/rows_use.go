package evaluation

import "slices"

const (
	settingsRole = "role:gxp-baseline-settings-{region}"
	launchRole   = "role:gxp-launch-product"
	backupRole   = "role:gxp-backup"
	developer    = "set:GxpDeveloper"
)

// useRows are what must go on being possible: the baseline is made and
// changed, the program works, products are launched, people do their duties.
func useRows() []row {
	return slices.Concat(builderRows(), programRows(), dailyRows(), untouchedRows())
}

// builderRows are the baseline as StackSets make it in a new account and change
// it in an old one, and what its function sets.
func builderRows() []row {
	const role = "arn:aws:iam::{account}:role/gxp-config-{region}"
	const function = "arn:aws:lambda:{region}:{account}:function:gxp-baseline-settings"
	const vault = "arn:aws:backup:{region}:{account}:backup-vault:gxp-vault"
	makes := []attack{
		{id: "baseline-recorder", proves: "GXP-SCP-020", action: "config:PutConfigurationRecorder", on: "arn:aws:config:{region}:{account}:configuration-recorder/default/0123456789abcdef"},
		{id: "baseline-channel", proves: "GXP-SCP-020", action: "config:PutDeliveryChannel"},
		{id: "baseline-role", proves: "GXP-SCP-092", action: "iam:CreateRole", on: role},
		{id: "baseline-role-changes", proves: "GXP-SCP-060", action: "iam:PutRolePolicy", on: role},
		{id: "baseline-boundary", proves: "GXP-SCP-060", action: "iam:CreatePolicy", on: "arn:aws:iam::{account}:policy/gxp-boundary"},
		{id: "baseline-boundary-changes", proves: "GXP-SCP-060", action: "iam:CreatePolicyVersion", on: "arn:aws:iam::{account}:policy/gxp-boundary"},
		{id: "baseline-event-rule", proves: "GXP-SCP-051", action: "events:PutRule", on: "arn:aws:events:{region}:{account}:rule/gxp-forward"},
		{id: "baseline-event-target", proves: "GXP-SCP-051", action: "events:PutTargets", on: "arn:aws:events:{region}:{account}:rule/gxp-forward"},
		{id: "baseline-log-retention", proves: "GXP-SCP-050", action: "logs:PutRetentionPolicy", on: "arn:aws:logs:{region}:{account}:log-group:/gxp/settings"},
		{id: "baseline-function", proves: "GXP-SCP-140", action: "lambda:CreateFunction", on: function},
		{id: "baseline-function-changes", proves: "GXP-SCP-052", action: "lambda:UpdateFunctionCode", on: function},
		{id: "baseline-vault", proves: "GXP-SCP-071", action: "backup:CreateBackupVault", on: vault},
		{id: "baseline-vault-lock", proves: "GXP-SCP-072", action: "backup:PutBackupVaultLockConfiguration", on: vault},
	}
	sets := []attack{
		{id: "settings-encryption", proves: "GXP-SCP-094", action: "ec2:EnableEbsEncryptionByDefault"},
		{id: "settings-public-access", proves: "GXP-SCP-094", action: "s3:PutAccountPublicAccessBlock"},
		{id: "settings-passwords", proves: "GXP-SCP-094", action: "iam:UpdateAccountPasswordPolicy"},
		{id: "settings-default-vpc", proves: "GXP-SCP-124", action: "ec2:DeleteVpc", on: "arn:aws:ec2:{region}:{account}:vpc/vpc-0123"},
		{id: "settings-default-gateway", proves: "GXP-SCP-120", action: "ec2:DeleteInternetGateway", on: "arn:aws:ec2:{region}:{account}:internet-gateway/igw-0123"},
		{id: "settings-log-retention", proves: "GXP-SCP-050", action: "logs:PutRetentionPolicy", on: "arn:aws:logs:{region}:{account}:log-group:/gxp/any"},
	}
	places := []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Sandbox", "PolicyStaging", quarantine}
	return allowed(slices.Concat(
		rowsOf(makes, []string{stackSets}, places), rowsOf(sets, []string{settingsRole}, places),
		rowsOf([]attack{{id: "new-account-reached", proves: "GXP-SCP-004", action: "iam:GetRole", on: "arn:aws:iam::{account}:role/any"}},
			[]string{accessRole}, []string{quarantine, rootPlace}),
	))
}

// programRows are what the program itself does in core accounts, and the
// services that deliver and copy records there.
func programRows() []row {
	const archive = "arn:aws:s3:::{prefix}-archive-{region}"
	program := []string{accessRole}
	in := func(place string, attacks ...attack) []row { return rowsOf(attacks, program, []string{place}) }
	return allowed(slices.Concat(
		in("log-archive",
			attack{id: "program-bucket-policy", proves: "GXP-SCP-012", action: "s3:PutBucketPolicy", on: archive},
			attack{id: "program-lifecycle", proves: "GXP-SCP-012", action: "s3:PutLifecycleConfiguration", on: archive},
			attack{id: "program-replication", proves: "GXP-SCP-012", action: "s3:PutReplicationConfiguration", on: archive},
			attack{id: "program-key-policy", proves: "GXP-SCP-041", action: "kms:PutKeyPolicy", on: "{key gxp-archive}", with: ourKey(nil)},
			attack{id: "program-alias", proves: "GXP-SCP-042", action: "kms:CreateAlias", on: "arn:aws:kms:{region}:{account}:alias/gxp-archive"},
			attack{id: "program-role", proves: "GXP-SCP-060", action: "iam:CreateRole", on: "arn:aws:iam::{account}:role/gxp-archive-replication"}),
		in("audit",
			attack{id: "program-event-rule", proves: "GXP-SCP-051", action: "events:PutRule", on: "arn:aws:events:{region}:{account}:rule/gxp-change"},
			attack{id: "program-topic", proves: "GXP-SCP-051", action: "sns:SetTopicAttributes", on: "arn:aws:sns:{region}:{account}:gxp-notifications"},
			attack{id: "program-detector", proves: "GXP-SCP-030", action: "guardduty:UpdateDetector", on: "arn:aws:guardduty:{region}:{account}:detector/0123456789abcdef"},
			attack{id: "program-aggregator", proves: "GXP-SCP-021", action: "config:PutConfigurationAggregator", on: "arn:aws:config:{region}:{account}:config-aggregator/aggregator-0123"}),
		in("network",
			attack{id: "program-network", proves: "GXP-SCP-122", action: "ec2:CreateVpc", on: "arn:aws:ec2:{region}:{account}:vpc/vpc-0123"},
			attack{id: "program-flow-logs", proves: "GXP-SCP-013", action: "ec2:DeleteFlowLogs", on: "arn:aws:ec2:{region}:{account}:vpc-flow-log/fl-0123"}),
		in("backup",
			attack{id: "program-vault-access", proves: "GXP-SCP-072", action: "backup:PutBackupVaultAccessPolicy", on: "arn:aws:backup:{region}:{account}:backup-vault:gxp-central"}),
	))
}

// dailyRows are people and pipelines at work.
func dailyRows() []row {
	const product = "arn:aws:catalog:{region}:{account}:product/prod-0123456789abc"
	gxpPlaces := []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/GxP-Validation"}
	encrypted := map[string]string{"s3:x-amz-server-side-encryption": "aws:kms"}
	rows := slices.Concat(
		rowsOf([]attack{
			{id: "developer-launches", proves: "GXP-SCP-140", action: "servicecatalog:ProvisionProduct", on: product},
			{id: "developer-follows", proves: "GXP-SCP-130", action: "cloudformation:DescribeStacks", on: "arn:aws:cloudformation:{region}:{account}:stack/one/0123"},
		}, []string{developer}, gxpPlaces),
		rowsOf([]attack{
			{id: "pipeline-updates-stack", proves: "GXP-SCP-140", action: "cloudformation:UpdateStack", on: "arn:aws:cloudformation:{region}:{account}:stack/SC-one/0123"},
			{id: "pipeline-stores-object", proves: "GXP-SCP-108", action: "s3:PutObject", on: "arn:aws:s3:::gxp-data-one/file", with: encrypted},
			{id: "pipeline-stores-object-as-bucket-says", proves: "GXP-SCP-108", action: "s3:PutObject", on: "arn:aws:s3:::gxp-data-one/file"},
		}, []string{launchRole}, gxpPlaces),
		rowsOf([]attack{
			{id: "restore-database", proves: "GXP-SCP-140", action: "rds:RestoreDBInstanceFromDBSnapshot", on: "arn:aws:rds:{region}:{account}:db:one"},
			{id: "restore-snapshot-copies", proves: "GXP-SCP-111", action: "rds:ModifyDBSnapshotAttribute", on: "arn:aws:rds:{region}:{account}:snapshot:one"},
		}, []string{backupRole}, gxpPlaces),
		rowsOf([]attack{
			{id: "root-session-unlocks-bucket", proves: "GXP-SCP-002", action: "s3:DeleteBucketPolicy", on: "arn:aws:s3:::locked-out"},
		}, []string{rootSession}, []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/NonGxP", "Sandbox", "log-archive", "network"}),
		rowsOf([]attack{
			{id: "emergency-stack", proves: "GXP-SCP-140", action: "cloudformation:UpdateStack", on: "arn:aws:cloudformation:{region}:{account}:stack/one/0123"},
		}, []string{breakGlass}, gxpProduction),
	)
	return allowed(rows)
}

// untouchedRows are what guardrails on the landing zone must leave alone.
func untouchedRows() []row {
	const key = "arn:aws:kms:{region}:{account}:key/01234567-89ab-cdef-0123-456789abcdef"
	places := []string{"Workloads/GxP-Validation", "Workloads/NonGxP", "Sandbox"}
	return allowed(rowsOf([]attack{
		// A published landing zone blocks keys without any alias.
		{id: "own-key-without-alias", proves: "GXP-SCP-040", action: "kms:ScheduleKeyDeletion", on: key},
		{id: "own-key", proves: "GXP-SCP-040", action: "kms:ScheduleKeyDeletion", on: key, with: map[string]string{"kms:ResourceAliases": "alias/application|alias/other"}},
		{id: "own-key-service-grant", proves: "GXP-SCP-043", action: "kms:CreateGrant", on: key, with: ourKey(map[string]string{"kms:GrantIsForAWSResource": "true"})},
		{id: "own-bucket", proves: "GXP-SCP-012", action: "s3:PutLifecycleConfiguration", on: "arn:aws:s3:::application"},
		{id: "own-log-group", proves: "GXP-SCP-050", action: "logs:DeleteLogGroup", on: "arn:aws:logs:{region}:{account}:log-group:/application/one"},
		{id: "own-alarm", proves: "GXP-SCP-051", action: "cloudwatch:DeleteAlarms", on: "arn:aws:cloudwatch:{region}:{account}:alarm:application"},
		{id: "own-volume", proves: "GXP-SCP-103", action: "ec2:CreateVolume", on: "arn:aws:ec2:{region}:{account}:volume/vol-0123", with: tagged("", map[string]string{"ec2:Encrypted": "true"})},
		{id: "own-instance", proves: "GXP-SCP-100", action: "ec2:RunInstances", on: "arn:aws:ec2:{region}:{account}:instance/i-0123", with: tagged("", map[string]string{"ec2:MetadataHttpTokens": "required"})},
		{id: "instance-credentials", proves: "GXP-SCP-102", action: "s3:ListAllMyBuckets", with: map[string]string{"ec2:RoleDelivery": "2.0"}},
	}, []string{administrator, identityCenter}, places))
}
