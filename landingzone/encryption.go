package landingzone

import (
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// purpose is what a key of a core account encrypts, and who uses it. One key
// serves one purpose in one account and region, so that whoever may decrypt the
// one cannot decrypt the other. The keys of the archive, the trail and the
// notifications are made where these are, and that of each account's own vault by
// the baseline.
type purpose struct {
	// alias is the name of the key in AWS.
	alias string

	// description says what the key encrypts, and the highest classification
	// of data that it may.
	description string

	// use are the statements that let somebody use the key.
	use func(keyholder) []policy.Statement
}

// keyholder is where a key is, and whom it may serve.
type keyholder struct {
	account, region, organization string
}

var (
	// volumesPurpose is used by whoever starts an instance in the account,
	// through EC2 alone.
	volumesPurpose = purpose{
		alias:       "gxp-volumes",
		description: "Encrypts the EBS volumes of this account. Confidential.",
		use:         volumesUse,
	}

	// vaultPurpose is used by AWS Backup, on behalf of any account of the
	// organization.
	vaultPurpose = purpose{
		alias:       "gxp-central-backup",
		description: "Encrypts the central copies of backups. Restricted.",
		use:         vaultUse,
	}
)

// encrypts are the calls that encrypt and decrypt data.
var encrypts = policy.Strings{"kms:Decrypt", "kms:DescribeKey", "kms:Encrypt", "kms:GenerateDataKey*", "kms:ReEncrypt*"}

func volumesUse(h keyholder) []policy.Statement {
	throughEC2 := map[string]policy.Strings{
		"aws:PrincipalAccount": {h.account},
		"kms:ViaService":       {"ec2." + h.region + ".amazonaws.com"},
	}
	return []policy.Statement{
		{
			Sid:       "InstancesUse",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    encrypts,
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": throughEC2},
		},
		grants("InstancesKeepGrants", policy.Condition{"StringEquals": throughEC2}),
	}
}

// backupRoles are the roles that AWS Backup works under, in any account: the one
// of the baseline and its own. It reaches a key through the service whose data
// it copies, whichever that is.
var backupRoles = policy.Strings{
	"arn:aws:iam::*:role/" + BackupRole,
	"arn:aws:iam::*:role/aws-service-role/backup.amazonaws.com/AWSServiceRoleForBackup",
}

func vaultUse(h keyholder) []policy.Statement {
	byBackup := func() policy.Condition {
		return policy.Condition{
			"StringEquals": {"aws:PrincipalOrgID": {h.organization}},
			"ArnLike":      {"aws:PrincipalArn": backupRoles},
		}
	}
	return []policy.Statement{
		{
			Sid:       "BackupUses",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    encrypts,
			Resource:  policy.Strings{"*"},
			Condition: byBackup(),
		},
		grants("BackupKeepsGrants", byBackup()),
		{
			// Whoever creates the vault uses the key, through AWS Backup alone.
			Sid:       "VaultIsCreated",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action: policy.Strings{
				"kms:CreateGrant", "kms:Decrypt", "kms:DescribeKey", "kms:GenerateDataKey*", "kms:RetireGrant",
			},
			Resource: policy.Strings{"*"},
			Condition: policy.Condition{"StringEquals": {
				"aws:PrincipalOrgID":   {h.organization},
				"aws:PrincipalAccount": {h.account},
				"kms:ViaService":       {"backup." + h.region + ".amazonaws.com"},
			}},
		},
	}
}

// grants lets AWS services keep the use of a key for as long as what it encrypts
// is in use.
func grants(sid string, by policy.Condition) policy.Statement {
	by["Bool"] = map[string]policy.Strings{"kms:GrantIsForAWSResource": {"true"}}
	return policy.Statement{
		Sid:       sid,
		Effect:    policy.Allow,
		Principal: policy.AWS("*"),
		Action:    policy.Strings{"kms:CreateGrant"},
		Resource:  policy.Strings{"*"},
		Condition: by,
	}
}

// newKey registers the key of a purpose in an account and region.
func (p purpose) newKey(
	ctx *pulumi.Context, name string, in account.Account, organizationID pulumi.StringInput, child pulumi.ResourceOption,
) (*kms.Key, error) {
	region := in.Region
	document := pulumi.All(in.ID, organizationID).ApplyT(func(ids []any) (string, error) {
		holder := keyholder{account: ids[0].(string), region: region, organization: ids[1].(string)}
		return policy.JSON(append([]policy.Statement{key.Administration(holder.account)}, p.use(holder)...)...)
	}).(pulumi.StringOutput)
	return key.New(ctx, name, key.Args{Alias: p.alias, Description: p.description, Policy: document}, child)
}
