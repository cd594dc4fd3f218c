package landingzone

import (
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// assign is how an organization policy sets a value.
func assign(value any) map[string]any { return map[string]any{"@@assign": value} }

// setting is an organization policy that declares settings instead of denying
// requests.
type setting struct {
	// key is the setting's part of logical names.
	key, typ, description string

	// on says whether configuration asks for it.
	on func(config.Guardrails) bool

	// units are the paths of the units that it is attached to.
	units []string

	// content builds the document.
	content func(recordClasses []string) map[string]any
}

// Every account has its tags and its content in the same way, management
// included, so two of these are attached to the root. Staging attaches them to
// PolicyStaging alone.
var settings = []setting{
	{
		key: "ec2", typ: "DECLARATIVE_POLICY_EC2",
		description: "Instance metadata of version 2, no public images or snapshots, no serial console.",
		on:          func(g config.Guardrails) bool { return g.DeclarativePolicies },
		units:       everywhere, content: ec2Settings,
	},
	{
		key: "vpc", typ: "DECLARATIVE_POLICY_EC2",
		description: "No traffic between a network of these accounts' own and the internet.",
		on:          func(g config.Guardrails) bool { return g.DeclarativePolicies },
		units:       withoutGateway, content: vpcSettings,
	},
	{
		key: "perimeter", typ: "DECLARATIVE_POLICY_EC2",
		description: "No traffic between a network and the internet but through the perimeter.",
		on:          func(g config.Guardrails) bool { return g.DeclarativePolicies },
		units:       []string{config.UnitInfrastructure}, content: perimeterSettings,
	},
	{
		key: "tags", typ: "TAG_POLICY", description: "Spelling and values of the landing zone's tags.",
		on:    func(g config.Guardrails) bool { return g.TagPolicies },
		units: []string{RootUnit}, content: tagSettings,
	},
	{
		key: "ai", typ: "AISERVICES_OPT_OUT_POLICY",
		description: "AWS's artificial-intelligence services may not keep or learn from the organization's content.",
		on:          func(g config.Guardrails) bool { return g.AIOptOut },
		units:       []string{RootUnit}, content: func([]string) map[string]any { return aiSettings() },
	},
}

// withoutGateway are the units whose accounts reach the internet through the shared
// network or not at all. Those of NonGxP have no gateway of their own either,
// see NetworksAreShared; experiments in Sandbox may.
var withoutGateway = []string{
	config.UnitSecurity, config.UnitGxPProd, config.UnitSensitive, config.UnitGxPValidation, config.UnitNonGxP,
	config.UnitPolicyStaging,
}

// settingPolicies renders the settings that configuration asks for.
func settingPolicies(c config.Guardrails, recordClasses []string) ([]planned, error) {
	keys := map[string]string{}
	for _, node := range nodes() {
		keys[node.Path] = node.Key
	}
	var all []planned
	for _, s := range settings {
		if !s.on(c) {
			continue
		}
		content, err := json.Marshal(s.content(recordClasses))
		if err != nil {
			return nil, fmt.Errorf("render %s: %w", s.key, err)
		}
		units := s.units
		if c.Staged && units[0] == RootUnit {
			units = []string{config.UnitPolicyStaging}
		}
		for _, unit := range units {
			all = append(all, planned{
				key: keys[unit] + "-" + s.key, unit: unit, typ: s.typ, description: s.description,
				content: pulumi.String(content),
			})
		}
	}
	return all, nil
}

func ec2Settings([]string) map[string]any {
	return map[string]any{"ec2_attributes": map[string]any{
		"exception_message": assign("A setting of the landing zone. Ask the platform team."),
		"image_block_public_access": map[string]any{
			"state": assign("block_new_sharing"),
		},
		"instance_metadata_defaults": map[string]any{
			"http_endpoint": assign("no_preference"),
			// Containers are one hop further from the metadata service.
			"http_put_response_hop_limit": assign("2"),
			"http_tokens":                 assign("required"),
			"instance_metadata_tags":      assign("no_preference"),
		},
		"serial_console_access":        map[string]any{"status": assign("disabled")},
		"snapshot_block_public_access": map[string]any{"state": assign("block_all_sharing")},
	}}
}

// vpcSettings cut networks of the accounts' own off. Shared networks belong to
// the network account, which has settings of its own.
func vpcSettings([]string) map[string]any { return blockPublicAccess("disabled") }

// perimeterSettings do so for the accounts of Infrastructure, of which one has
// the perimeter: the one network with a way out. It needs an exclusion, which
// the program alone can make, see NetworkIsProgrammed.
func perimeterSettings([]string) map[string]any { return blockPublicAccess("enabled") }

// blockPublicAccess blocks internet gateways in both directions, but for
// exclusions where these are enabled.
func blockPublicAccess(exclusions string) map[string]any {
	return map[string]any{"ec2_attributes": map[string]any{
		"vpc_block_public_access": map[string]any{
			"internet_gateway_block": map[string]any{
				"exclusions_allowed": assign(exclusions),
				"mode":               assign("block_bidirectional"),
			},
		},
	}}
}

// tagValues are the tags whose values are few, with these values.
func tagValues(recordClasses []string) map[string][]string {
	return map[string][]string{
		"gxp:classification":      {"GCP", "GDP", "GLP", "GMP", "GVP", "none", "platform"},
		"gxp:data-classification": {"confidential", "internal", "public", "restricted"},
		"gxp:environment":         {"development", "production", "sandbox", "validation"},
		"gxp:record-class":        recordClasses,
	}
}

// enforcedFor are the resources whose creation or tagging AWS refuses when a
// value is none of those allowed; of all others non-compliance is reported.
var enforcedFor = []string{
	"dynamodb:table", "ec2:instance", "ec2:snapshot", "ec2:volume", "lambda:function", "s3:bucket",
}

func tagSettings(recordClasses []string) map[string]any {
	tags := map[string]any{}
	for key, values := range tagValues(recordClasses) {
		tags[key] = map[string]any{
			"tag_key": assign(key), "tag_value": assign(values), "enforced_for": assign(enforcedFor),
		}
	}
	return map[string]any{"tags": tags}
}

// aiSettings opt out for good: no policy further down can opt in again.
func aiSettings() map[string]any {
	const children = "@@operators_allowed_for_child_policies"
	locked := []string{"@@none"}
	return map[string]any{"services": map[string]any{
		children: locked,
		"default": map[string]any{
			children:         locked,
			"opt_out_policy": map[string]any{children: locked, "@@assign": "optOut"},
		},
	}}
}
