package evaluation

import "slices"

// peopleRows are about credentials, role boundaries and account settings.
func peopleRows() []row {
	const user, role = "arn:aws:iam::{account}:user/someone", "arn:aws:iam::{account}:role/application"
	const boundary = "arn:aws:iam::{account}:policy/gxp-boundary"
	users := []attack{
		{id: "user-create", proves: "GXP-SCP-090", action: "iam:CreateUser", on: user},
		{id: "access-key-create", proves: "GXP-SCP-090", action: "iam:CreateAccessKey", on: user},
		{id: "password-create", proves: "GXP-SCP-090", action: "iam:CreateLoginProfile", on: user},
	}
	federation := []attack{
		{id: "identity-provider-create", proves: "GXP-SCP-091", action: "iam:CreateSAMLProvider", on: "arn:aws:iam::{account}:saml-provider/mine"},
		{id: "identity-center-instance-create", proves: "GXP-SCP-091", action: "sso:CreateInstance", on: "arn:aws:sso:::instance/ssoins-0123456789abcdef"},
	}
	roles := []attack{
		{id: "role-without-boundary", proves: "GXP-SCP-092", action: "iam:CreateRole", on: role},
		{id: "role-with-another-boundary", proves: "GXP-SCP-092", action: "iam:CreateRole", on: role,
			with: map[string]string{"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess"}},
		{id: "boundary-exchange", proves: "GXP-SCP-092", action: "iam:PutRolePermissionsBoundary", on: role,
			with: map[string]string{"iam:PermissionsBoundary": "arn:aws:iam::aws:policy/AdministratorAccess"}},
		{id: "boundary-take-off", proves: "GXP-SCP-093", action: "iam:DeleteRolePermissionsBoundary", on: role},
	}
	settings := []attack{
		{id: "ebs-encryption-off", proves: "GXP-SCP-094", action: "ec2:DisableEbsEncryptionByDefault"},
		{id: "public-access-on", proves: "GXP-SCP-094", action: "s3:PutAccountPublicAccessBlock"},
		{id: "password-policy-weaken", proves: "GXP-SCP-094", action: "iam:UpdateAccountPasswordPolicy"},
		{id: "serial-console-on", proves: "GXP-SCP-094", action: "ec2:EnableSerialConsoleAccess"},
	}
	bounded := []attack{
		{id: "role-with-boundary", proves: "GXP-SCP-092", action: "iam:CreateRole", on: role,
			with: map[string]string{"iam:PermissionsBoundary": boundary}},
	}
	return slices.Concat(denied(users, everyPlace...), deniedToPeople(federation, everyPlace...),
		denied(roles, workloadUnits...), deniedToPeople(settings, everyPlace...),
		allowed(rowsOf(bounded, []string{administrator, identityCenter}, workloadUnits)))
}

// allowed makes rows of what must be allowed.
func allowed(rows []row) []row {
	for i := range rows {
		rows[i].allowed = true
	}
	return rows
}

// creationRows are about what must not come into being.
func creationRows() []row {
	const instance, volume = "arn:aws:ec2:{region}:{account}:instance/i-0123", "arn:aws:ec2:{region}:{account}:volume/vol-0123"
	const database, cluster = "arn:aws:rds:{region}:{account}:db:one", "arn:aws:rds:{region}:{account}:cluster:one"
	const object, bucket = "arn:aws:s3:::meridian-data/file", "arn:aws:s3:::meridian-data"
	const snapshot = "arn:aws:ec2:{region}::snapshot/snap-0123"
	const function = "arn:aws:lambda:{region}:{account}:function:any"
	is := func(key, value string) map[string]string { return map[string]string{key: value} }
	everywhere := []attack{
		{id: "imds-v1-at-start", proves: "GXP-SCP-100", action: "ec2:RunInstances", on: instance, with: is("ec2:MetadataHttpTokens", "optional")},
		{id: "imds-unsaid-at-start", proves: "GXP-SCP-100", action: "ec2:RunInstances", on: instance},
		{id: "imds-v1-afterwards", proves: "GXP-SCP-101", action: "ec2:ModifyInstanceMetadataOptions", on: instance, with: is("ec2:Attribute/HttpTokens", "optional")},
		{id: "imds-v1-credentials", proves: "GXP-SCP-102", action: "s3:ListAllMyBuckets", with: is("ec2:RoleDelivery", "1.0")},
		{id: "volume-unencrypted", proves: "GXP-SCP-103", action: "ec2:CreateVolume", on: volume, with: is("ec2:Encrypted", "false")},
		{id: "instance-volume-unencrypted", proves: "GXP-SCP-103", action: "ec2:RunInstances", on: volume, with: is("ec2:Encrypted", "false")},
		{id: "file-system-unencrypted", proves: "GXP-SCP-104", action: "elasticfilesystem:CreateFileSystem", with: is("elasticfilesystem:Encrypted", "false")},
		{id: "file-system-encryption-unsaid", proves: "GXP-SCP-104", action: "elasticfilesystem:CreateFileSystem"},
		{id: "database-unencrypted", proves: "GXP-SCP-105", action: "rds:CreateDBInstance", on: database,
			with: map[string]string{"rds:StorageEncrypted": "false", "rds:DatabaseEngine": "postgres"}},
		{id: "database-cluster-unencrypted", proves: "GXP-SCP-106", action: "rds:CreateDBCluster", on: cluster, with: is("rds:StorageEncrypted", "false")},
		{id: "object-under-own-key", proves: "GXP-SCP-107", action: "s3:PutObject", on: object, with: is("s3:x-amz-server-side-encryption-customer-algorithm", "AES256")},
		{id: "snapshot-public", proves: "GXP-SCP-110", action: "ec2:ModifySnapshotAttribute", on: snapshot, with: is("ec2:Add/group", "all")},
		{id: "database-snapshot-share", proves: "GXP-SCP-111", action: "rds:ModifyDBSnapshotAttribute", on: "arn:aws:rds:{region}:{account}:snapshot:one"},
		{id: "database-public", proves: "GXP-SCP-112", action: "rds:CreateDBInstance", on: database,
			with: map[string]string{"rds:PubliclyAccessible": "true", "rds:StorageEncrypted": "true", "rds:DatabaseEngine": "postgres"}},
		{id: "database-restored-public", proves: "GXP-SCP-112", action: "rds:RestoreDBInstanceFromDBSnapshot", on: database, with: is("rds:PubliclyAccessible", "true")},
		{id: "spot-request", proves: "GXP-SCP-116", action: "ec2:RequestSpotInstances", on: "arn:aws:ec2:{region}::image/ami-0123"},
		{id: "bucket-public", proves: "GXP-SCP-113", action: "s3:PutBucketAcl", on: bucket, with: is("s3:x-amz-acl", "public-read")},
		{id: "object-public", proves: "GXP-SCP-113", action: "s3:PutObjectAcl", on: object, with: is("s3:x-amz-acl", "public-read-write")},
		{id: "object-for-every-customer", proves: "GXP-SCP-113", action: "s3:PutObjectAcl", on: object, with: is("s3:x-amz-acl", "authenticated-read")},
		{id: "function-address-public", proves: "GXP-SCP-114", action: "lambda:CreateFunctionUrlConfig", on: function, with: is("lambda:FunctionUrlAuthType", "NONE")},
	}
	inGxP := []attack{
		{id: "object-under-key-of-s3", proves: "GXP-SCP-108", action: "s3:PutObject", on: object, with: is("s3:x-amz-server-side-encryption", "AES256")},
	}
	images := []attack{
		{id: "image-share", proves: "GXP-SCP-115", action: "ec2:ModifyImageAttribute", on: "arn:aws:ec2:{region}::image/ami-0123"},
	}
	// In production others may create nothing, so the launch role must be bound
	// by each of these too.
	launched := slices.Clone(everywhere)
	for i := range launched {
		launched[i].with = tagged("", launched[i].with)
		launched[i].id = "launched-" + launched[i].id
	}
	return slices.Concat(denied(everywhere, everyPlace...), denied(inGxP, gxpUnits...), deniedToPeople(images, everyPlace...),
		rowsOf(takingTags(launched), []string{launchRole}, gxpProduction))
}

// takingTags are the attacks that create something, whose requests carry tags.
func takingTags(attacks []attack) []attack {
	return slices.DeleteFunc(attacks, func(a attack) bool {
		return !slices.Contains([]string{
			"ec2:RunInstances", "ec2:CreateVolume", "elasticfilesystem:CreateFileSystem", "rds:CreateDBInstance", "rds:CreateDBCluster",
		}, a.action)
	})
}

// placeRows are about regions and services.
func placeRows() []row {
	away := map[string]string{"aws:RequestedRegion": "{elsewhere}"}
	instance := map[string]string{"aws:RequestedRegion": "{elsewhere}", "ec2:MetadataHttpTokens": "required"}
	outside := []attack{
		{id: "instance-elsewhere", proves: "GXP-SCP-080", action: "ec2:RunInstances", on: "arn:aws:ec2:{elsewhere}:{account}:instance/i-0123", with: instance},
		{id: "bucket-elsewhere", proves: "GXP-SCP-080", action: "s3:CreateBucket", on: "arn:aws:s3:::elsewhere", with: away},
		{id: "function-elsewhere", proves: "GXP-SCP-080", action: "lambda:CreateFunction", on: "arn:aws:lambda:{elsewhere}:{account}:function:any", with: away},
		{id: "table-elsewhere", proves: "GXP-SCP-080", action: "dynamodb:PutItem", on: "arn:aws:dynamodb:{elsewhere}:{account}:table/any", with: away},
	}
	global := map[string]string{"aws:RequestedRegion": "us-east-1"}
	regionless := []attack{
		{id: "global-role-read", proves: "GXP-SCP-080", action: "iam:GetRole", on: "arn:aws:iam::{account}:role/any", with: global},
		{id: "global-zone-read", proves: "GXP-SCP-080", action: "route53:ListHostedZones", with: global},
		{id: "global-organization-read", proves: "GXP-SCP-080", action: "organizations:DescribeOrganization", with: global},
		{id: "global-support-case", proves: "GXP-SCP-080", action: "support:CreateCase", with: global},
		{id: "global-session", proves: "GXP-SCP-080", action: "sts:GetCallerIdentity", with: global},
		{id: "global-trail-lookup", proves: "GXP-SCP-080", action: "cloudtrail:LookupEvents", with: global},
	}
	return slices.Concat(denied(outside, everyPlace...),
		allowed(rowsOf(regionless, administrators, []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/NonGxP", "Sandbox", "log-archive"})))
}
