package config

func defaultGuardrails() Guardrails {
	return Guardrails{
		// What no account can do needs neither detection nor repair.
		ServiceControlPolicies:  true,
		ResourceControlPolicies: true,
		DeclarativePolicies:     true,
		TagPolicies:             true,
		AIOptOut:                true,
		// A new account is nobody's until it is placed.
		QuarantineUnplaced: true,
		// What GxP systems are built from and run with, and what the landing
		// zone itself does in every account. A service that is missing has not
		// been assessed; the company adds it when it has.
		GxPServices: []string{
			"access-analyzer", "account", "acm", "application-autoscaling", "athena", "autoscaling", "backup", "backup-storage",
			"cloudformation", "cloudtrail", "cloudwatch", "config", "detective", "dms", "ds", "dynamodb", "ebs", "ec2",
			"ec2messages", "ecr", "ecs", "eks", "elasticache", "elasticfilesystem", "elasticloadbalancing", "es", "events",
			"firehose", "fsx", "glue", "guardduty", "health", "iam", "inspector2", "kinesis", "kms", "lakeformation", "lambda",
			"logs", "macie2", "organizations", "ram", "rds", "redshift", "route53", "route53resolver", "s3", "scheduler",
			"secretsmanager", "securityhub", "servicecatalog", "servicequotas", "sns", "sqs", "ssm", "ssmmessages", "sso",
			"states", "sts", "support", "tag", "wafv2", "xray",
		},
		// Who answers for it, what rules it is under, how long it is kept.
		RequiredTags: []string{"gxp:classification", "gxp:owner", "gxp:record-class"},
		// All that hold data, except Amazon Cognito: its users are the public.
		ResourceServices: []string{"aoss", "dynamodb", "ecr", "kms", "logs", "s3", "secretsmanager", "sqs"},
	}
}

// completeGuardrails adds the defaults that follow from other settings.
func (c *Config) completeGuardrails(has func(path string) bool) {
	if c.LandingZone.Organization.Adopt != nil && !has(guardrailsPath+".quarantineUnplaced") {
		c.LandingZone.Guardrails.QuarantineUnplaced = false
	}
}
