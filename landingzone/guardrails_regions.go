package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// regionless are the actions that work outside the governed regions, each for
// its reason. A service with one endpoint answers for all regions in us-east-1.
var regionless = []struct{ action, reason string }{
	{"account:*", "one endpoint; contacts of the account"},
	{"acm:*", "CloudFront takes its certificates from us-east-1 alone"},
	{"artifact:*", "one endpoint; the reports of AWS's auditors"},
	{"billing:*", "one endpoint"},
	{"budgets:*", "one endpoint"},
	{"ce:*", "one endpoint; costs of all regions"},
	{"cloudfront:*", "one endpoint"},
	{"cloudtrail:L*", "only reads: events of services with one endpoint are in us-east-1, and every region has keys that the trail is signed with"},
	{"cloudwatch:GetMetricData", "metrics of services with one endpoint are in us-east-1"},
	{"cur:*", "one endpoint; cost reports"},
	{"ec2:DescribeRegions", "tools ask whichever region they know which regions there are"},
	{"globalaccelerator:*", "one endpoint"},
	{"health:*", "one endpoint; events of all regions"},
	{"iam:*", "one endpoint"},
	{"networkmanager:*", "one endpoint"},
	{"organizations:*", "one endpoint"},
	{"pricing:*", "offered in two regions"},
	{"resource-explorer-2:*", "searches all regions from one"},
	{"route53:*", "one endpoint"},
	{"route53domains:*", "one endpoint"},
	{"s3:GetAccountPublicAccessBlock", "a setting of the account, asked in any region"},
	{"s3:GetBucketLocation", "how clients find out the region of a bucket"},
	{"s3:ListAllMyBuckets", "one list for all regions"},
	{"savingsplans:*", "one endpoint"},
	{"servicequotas:*", "quotas of services with one endpoint are in us-east-1"},
	{"shield:*", "one endpoint"},
	{"sso:*", "Identity Center is where the company enabled it"},
	{"sts:*", "the global endpoint, which old clients use, is in us-east-1"},
	{"support:*", "one endpoint"},
	{"supportplans:*", "one endpoint"},
	{"tag:GetResources", "tags of services with one endpoint are in us-east-1"},
	{"trustedadvisor:*", "one endpoint"},
	{"waf:*", "one endpoint; the classic firewall of CloudFront"},
	{"wafv2:*", "the firewall of CloudFront is set up in us-east-1"},
}

// regionGuardrails keep data in the regions the company has chosen.
var regionGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-080", "Nothing is done outside the governed regions",
			"No recorder, detector or alarm of the landing zone watches any other region, and data there may be under other law.",
			"ARCH-P2", "ARCH-P7", "CFR-11.10(d)", "A11-3"),
		sid: "GovernedRegionsOnly", units: everywhere,
		deny: func(l Limits, _ string) policy.Statement {
			var exempt policy.Strings
			for _, r := range regionless {
				exempt = append(exempt, r.action)
			}
			return policy.Statement{
				NotAction: exempt, Resource: anything,
				Condition: policy.Condition{"StringNotEquals": {"aws:RequestedRegion": l.Regions}},
			}
		},
	},
}

// serviceGuardrails keep accounts to the services that were assessed for them.
var serviceGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-130", "Accounts with GxP systems use the services that were assessed for them",
			"A service whose controls nobody has looked at cannot be part of a validated system.",
			"ARCH-P1", "ARCH-P7", "CFR-11.10(a)", "A11-1", "A11-3"),
		sid: "ApprovedServicesOnly", units: gxp,
		unless: func(l Limits, _ string) bool { return len(l.GxPServices) == 0 },
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				NotAction: everyAction(l.GxPServices), Resource: anything,
				// The recorder of configurations asks every service there is.
				Condition: except(l.baseline(unit)),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-131", "Accounts without GxP systems use the services that the company allows them",
			"Data finds its way into every service that can be used.",
			"ARCH-P7", "CFR-11.10(d)", "A11-3"),
		sid: "AllowedServicesOnly", units: []string{config.UnitNonGxP},
		unless: func(l Limits, _ string) bool { return len(l.NonGxPServices) == 0 },
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				NotAction: everyAction(l.NonGxPServices), Resource: anything, Condition: except(l.baseline(unit)),
			}
		},
	},
}

func everyAction(services []string) policy.Strings {
	var actions policy.Strings
	for _, service := range services {
		actions = append(actions, service+":*")
	}
	return actions
}
