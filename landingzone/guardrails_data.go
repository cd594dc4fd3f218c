package landingzone

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"

var (
	anyInstance = policy.Strings{"arn:aws:ec2:*:*:instance/*"}
	anyVolume   = policy.Strings{"arn:aws:ec2:*:*:volume/*"}
)

// encryptionGuardrails let nothing unencrypted and no old metadata service come
// into being.
var encryptionGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-100", "Instances start with version 2 of the metadata service only",
			"Version 1 hands the instance's credentials to anyone who can make it send one request.",
			"ARCH-P8", "CFR-11.10(d)", "CFR-11.300", "A11-12"),
		sid: "InstancesNeedIMDSv2", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"ec2:RunInstances"}, Resource: anyInstance,
				Condition: policy.Condition{"StringNotEquals": {"ec2:MetadataHttpTokens": {"required"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-101", "Instances are not put back to version 1 of the metadata service",
			"What was right at the start can be changed a minute later.",
			"ARCH-P8", "CFR-11.10(d)", "A11-10"),
		sid: "InstancesKeepIMDSv2", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"ec2:ModifyInstanceMetadataOptions"}, Resource: anyInstance,
				Condition: policy.Condition{"StringEquals": {"ec2:Attribute/HttpTokens": {"optional"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-102", "Credentials that version 1 of the metadata service delivered are worth nothing",
			"An instance that was never put right still gives them away.",
			"ARCH-P8", "CFR-11.10(d)", "CFR-11.300"),
		sid: "CredentialsNeedIMDSv2", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: anything, Resource: anything,
				// Absent, and so false, for everybody who is not an instance.
				Condition: policy.Condition{"NumericLessThan": {"ec2:RoleDelivery": {"2.0"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-103", "Volumes are created encrypted",
			"A volume cannot be encrypted afterwards, and a snapshot of it is as readable as it is.",
			"ARCH-P8", "CFR-11.10(c)", "CFR-11.30"),
		sid: "VolumesAreEncrypted", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"ec2:CreateVolume", "ec2:RunInstances"}, Resource: anyVolume,
				Condition: policy.Condition{"Bool": {"ec2:Encrypted": {"false"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-104", "File systems are created encrypted",
			"A file system cannot be encrypted afterwards.",
			"ARCH-P8", "CFR-11.10(c)", "CFR-11.30"),
		sid: "FileSystemsAreEncrypted", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"elasticfilesystem:CreateFileSystem"}, Resource: anything,
				Condition: policy.Condition{"BoolIfExists": {"elasticfilesystem:Encrypted": {"false"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-105", "Databases are created encrypted",
			"A database cannot be encrypted afterwards.",
			"ARCH-P8", "CFR-11.10(c)", "CFR-11.30"),
		sid: "DatabasesAreEncrypted", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"rds:CreateDBInstance"}, Resource: policy.Strings{"arn:aws:rds:*:*:db:*"},
				Condition: policy.Condition{
					"BoolIfExists": {"rds:StorageEncrypted": {"false"}},
					// The storage of these belongs to their cluster.
					"StringNotLikeIfExists": {"rds:DatabaseEngine": {"aurora*", "docdb", "neptune"}},
				},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-106", "Database clusters are created encrypted",
			"A cluster cannot be encrypted afterwards.",
			"ARCH-P8", "CFR-11.10(c)", "CFR-11.30"),
		sid: "DatabaseClustersAreEncrypted", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"rds:CreateDBCluster"}, Resource: policy.Strings{"arn:aws:rds:*:*:cluster:*"},
				Condition: policy.Condition{"BoolIfExists": {"rds:StorageEncrypted": {"false"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-107", "Objects are not encrypted with keys that only the sender has",
			"What AWS cannot decrypt is lost with the key, and is how ransomware takes a bucket.",
			"ARCH-P8", "ARCH-P9", "CFR-11.10(c)", "A11-17"),
		sid: "NoCustomerHeldKeys", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"s3:PutObject"}, Resource: anything,
				Condition: policy.Condition{"Null": {"s3:x-amz-server-side-encryption-customer-algorithm": {"false"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-108", "Objects with GxP records are encrypted with a key of the company's, or as their bucket says",
			"S3's own key opens for everyone who may read the object: nothing separates use from administration.",
			"ARCH-P8", "CFR-11.10(d)", "CFR-11.30"),
		sid: "ObjectsUseCompanyKeys", units: gxp,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"s3:PutObject"}, Resource: anything,
				// Without the header the bucket's default applies.
				Condition: policy.Condition{
					"StringNotEqualsIfExists": {"s3:x-amz-server-side-encryption": {"aws:kms", "aws:kms:dsse"}},
					"Null":                    {"s3:x-amz-server-side-encryption": {"false"}},
				},
			}
		},
	},
}

// exposureGuardrails keep data from the public.
var exposureGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-110", "Snapshots are not shared with the public",
			"A public snapshot is copied within minutes and cannot be called back.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "SnapshotsStayPrivate", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{"ec2:ModifySnapshotAttribute"}, Resource: anything,
				Condition: policy.Condition{"StringEquals": {"ec2:Add/group": {"all"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-111", "Database snapshots are not shared by hand",
			"No condition tells the public from a partner; backups cross accounts by AWS Backup alone.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "DatabaseSnapshotsStayPrivate", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action:   policy.Strings{"rds:ModifyDBClusterSnapshotAttribute", "rds:ModifyDBSnapshotAttribute"},
				Resource: anything, Condition: except([]string{anyAccount(backupRole)}),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-112", "Databases have no address on the internet",
			"Everybody can try passwords on a public database.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "DatabasesStayPrivate", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action: policy.Strings{
					"rds:CreateDBCluster", "rds:CreateDBInstance*", "rds:ModifyDBInstance", "rds:RestoreDBInstance*",
				},
				Resource:  anything,
				Condition: policy.Condition{"Bool": {"rds:PubliclyAccessible": {"true"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-113", "Buckets and objects are not opened to the public",
			"What is public is found by scanners first, not by those it was meant for.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "BucketsStayPrivate", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action:    policy.Strings{"s3:CreateBucket", "s3:PutBucketAcl", "s3:PutObject", "s3:PutObjectAcl", "s3:PutObjectVersionAcl"},
				Resource:  anything,
				Condition: policy.Condition{"StringLike": {"s3:x-amz-acl": {"authenticated-read", "public-*"}}},
			}
		},
	},
	{
		Control: prevents("GXP-SCP-114", "Functions have no public address without authentication",
			"Such an address runs the function for whoever finds it.",
			"ARCH-P7", "CFR-11.10(d)", "A11-12"),
		sid: "FunctionURLsAuthenticate", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action:    policy.Strings{"lambda:CreateFunctionUrlConfig", "lambda:UpdateFunctionUrlConfig"},
				Resource:  policy.Strings{"arn:aws:lambda:*:*:function:*"},
				Condition: policy.Condition{"StringEquals": {"lambda:FunctionUrlAuthType": {"NONE"}}},
			}
		},
	},
	{
		// AWS sends no key that tells the public from a partner here.
		Control: prevents("GXP-SCP-115", "Machine images are shared by the program alone",
			"An image holds whatever was on the disk it was made from.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "ImagesAreSharedByProgram", units: everywhere, deny: byBuilders("ec2:ModifyImageAttribute"),
	},
	{
		Control: prevents("GXP-SCP-116", "Instances are launched by the calls that guardrails look at",
			"A Spot request has its instance launched by a role of AWS that no guardrail binds.",
			"ARCH-P1", "ARCH-P8", "CFR-11.10(h)", "A11-10"),
		sid: "NoSpotRequests", units: everywhere,
		deny: func(Limits, string) policy.Statement {
			return policy.Statement{
				Action:   policy.Strings{"ec2:RequestSpotFleet", "ec2:RequestSpotInstances", "ec2:RunScheduledInstances"},
				Resource: anything,
			}
		},
	},
}
