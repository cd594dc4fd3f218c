package landingzone

import (
	"fmt"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/networkfirewall"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// Capacities of the rule groups. A group's capacity can never change, so each
// leaves room; a policy may hold 30,000 in all.
const (
	companyCapacity  = config.MaxFirewallRules
	segmentsCapacity = 1000
	domainsCapacity  = 2 * config.MaxAllowedDomains // for TLS and for HTTP
	floorCapacity    = 10
)

// createFirewall creates the firewall with its rules. They are evaluated in
// their order, and what none of them lets through is dropped.
func (h *Hub) createFirewall(ctx *pulumi.Context, child pulumi.ResourceOption) (*networkfirewall.Firewall, error) {
	groups, err := h.createRuleGroups(ctx, child)
	if err != nil {
		return nil, err
	}
	forward := pulumi.StringArray{pulumi.String("aws:forward_to_sfe")}
	rules, err := networkfirewall.NewFirewallPolicy(ctx, h.name, &networkfirewall.FirewallPolicyArgs{
		Name:        pulumi.String("gxp-" + h.name),
		Description: pulumi.String("What may leave a segment."),
		FirewallPolicy: networkfirewall.FirewallPolicyFirewallPolicyArgs{
			StatelessDefaultActions:         forward,
			StatelessFragmentDefaultActions: forward,
			StatefulEngineOptions: networkfirewall.FirewallPolicyFirewallPolicyStatefulEngineOptionsArgs{
				RuleOrder:             pulumi.String("STRICT_ORDER"),
				StreamExceptionPolicy: pulumi.String("DROP"),
			},
			// Of a connection whose beginning was let through for its name to be
			// seen, nothing more passes unless a rule says so.
			StatefulDefaultActions: pulumi.StringArray{
				pulumi.String("aws:drop_established_app_layer_to_server"),
				pulumi.String("aws:alert_established_app_layer_to_server"),
			},
			StatefulRuleGroupReferences: groups,
		},
	}, child)
	if err != nil {
		return nil, fmt.Errorf("policy: %w", err)
	}
	var subnets networkfirewall.FirewallSubnetMappingArray
	for _, id := range h.perimeter.subnets[tierFirewall] {
		subnets = append(subnets, networkfirewall.FirewallSubnetMappingArgs{SubnetId: id})
	}
	wall, err := networkfirewall.NewFirewall(ctx, h.name, &networkfirewall.FirewallArgs{
		Name:                   pulumi.String("gxp-" + h.name),
		Description:            pulumi.String("Inspects what leaves a segment."),
		FirewallPolicyArn:      rules.Arn,
		VpcId:                  h.perimeter.id,
		SubnetMappings:         subnets,
		DeleteProtection:       pulumi.Bool(true),
		SubnetChangeProtection: pulumi.Bool(true),
	}, child, pulumi.Protect(true), pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "60m", Update: "60m", Delete: "60m"}))
	if err != nil {
		return nil, err
	}
	return wall, h.logFirewall(ctx, wall, child)
}

// logFirewall records every connection and every alert.
func (h *Hub) logFirewall(ctx *pulumi.Context, wall *networkfirewall.Firewall, child pulumi.ResourceOption) error {
	var destinations networkfirewall.LoggingConfigurationLoggingConfigurationLogDestinationConfigArray
	for _, kind := range []string{"ALERT", "FLOW"} {
		destinations = append(destinations, networkfirewall.LoggingConfigurationLoggingConfigurationLogDestinationConfigArgs{
			LogType:            pulumi.String(kind),
			LogDestinationType: pulumi.String("S3"),
			LogDestination:     pulumi.StringMap{"bucketName": h.args.Logs.Bucket},
		})
	}
	_, err := networkfirewall.NewLoggingConfiguration(ctx, h.name, &networkfirewall.LoggingConfigurationArgs{
		FirewallArn: wall.Arn,
		LoggingConfiguration: networkfirewall.LoggingConfigurationLoggingConfigurationArgs{
			LogDestinationConfigs: destinations,
		},
	}, child, pulumi.DependsOn(h.args.Logs.Ready))
	return err
}

// ruleGroup is a part of the rules, in its place among the others.
type ruleGroup struct {
	key, description string
	capacity         int
	rules            []string

	// sets are addresses that the rules name, beside HOME_NET.
	sets networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArray
}

// createRuleGroups creates the rule groups in their order: what the company
// decided, which segments reach each other, which names may be reached in the
// internet, and that nothing else than TCP passes.
func (h *Hub) createRuleGroups(
	ctx *pulumi.Context, child pulumi.ResourceOption,
) (networkfirewall.FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArray, error) {
	company, err := h.companyRules()
	if err != nil {
		return nil, err
	}
	var references networkfirewall.FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArray
	for place, group := range []ruleGroup{
		{key: "company", description: "Rules of the company.", capacity: companyCapacity, rules: company},
		{key: "segments", description: "Segments that reach each other.", capacity: segmentsCapacity, rules: h.segmentRules()},
		{key: "domains", description: "Names that may be reached in the internet.", capacity: domainsCapacity,
			rules: h.domainRules(), sets: internetUsers(h.args.Region)},
		{key: "floor", description: "Nothing else passes, whatever its protocol.", capacity: floorCapacity, rules: floorRules()},
	} {
		if len(group.rules) == 0 {
			continue
		}
		made, err := h.createRuleGroup(ctx, group, child)
		if err != nil {
			return nil, fmt.Errorf("rule group %s: %w", group.key, err)
		}
		references = append(references, networkfirewall.FirewallPolicyFirewallPolicyStatefulRuleGroupReferenceArgs{
			ResourceArn: made.Arn,
			// A later group fits in between.
			Priority: pulumi.Int((place + 1) * 100),
		})
	}
	return references, nil
}

func (h *Hub) createRuleGroup(
	ctx *pulumi.Context, group ruleGroup, child pulumi.ResourceOption,
) (*networkfirewall.RuleGroup, error) {
	return networkfirewall.NewRuleGroup(ctx, h.name+"-"+group.key, &networkfirewall.RuleGroupArgs{
		Name:        pulumi.String("gxp-" + h.name + "-" + group.key),
		Description: pulumi.String(group.description),
		Type:        pulumi.String("STATEFUL"),
		Capacity:    pulumi.Int(group.capacity),
		RuleGroup: networkfirewall.RuleGroupRuleGroupArgs{
			RuleVariables: networkfirewall.RuleGroupRuleGroupRuleVariablesArgs{
				// Without it AWS takes the firewall's own VPC for the home network,
				// and no rule would match a segment.
				IpSets: append(networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArray{
					ipSet("HOME_NET", h.args.Range.String()),
				}, group.sets...),
			},
			RulesSource: networkfirewall.RuleGroupRuleGroupRulesSourceArgs{
				RulesString: pulumi.String(lines(group.rules)),
			},
			StatefulRuleOptions: networkfirewall.RuleGroupRuleGroupStatefulRuleOptionsArgs{
				RuleOrder: pulumi.String("STRICT_ORDER"),
			},
		},
	}, child)
}

func ipSet(key string, blocks ...string) networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArgs {
	return networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetArgs{
		Key: pulumi.String(key),
		IpSet: networkfirewall.RuleGroupRuleGroupRuleVariablesIpSetIpSetArgs{
			Definitions: pulumi.ToStringArray(blocks),
		},
	}
}
