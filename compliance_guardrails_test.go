package main

import (
	"fmt"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func init() { sabotages = append(sabotages, guardrailSabotages...) }

const (
	unitType       = "aws:organizations/organizationalUnit:OrganizationalUnit"
	guardrailType  = "aws:organizations/policy:Policy"
	attachmentType = "aws:organizations/policyAttachment:PolicyAttachment"
)

func guardrail(key string) mutation.Where { return mutation.Named(guardrailType, "guardrails-"+key) }

func unit(key string) mutation.Where { return mutation.Named(unitType, "organization-"+key) }

// long makes a policy as long as AWS does not take it.
func long(s mutation.Statement) { s["Sid"] = strings.Repeat("A", 10240) }

// optIn turns the opt-out round.
func optIn(r *qualification.Resource) error {
	text, ok := r.Get("content").Text()
	if !ok || !strings.Contains(text, "optOut") {
		return fmt.Errorf("%s does not opt out", r.URN)
	}
	return mutation.Set("content", strings.ReplaceAll(text, "optOut", "optIn"))(r)
}

// allowExclusions lets accounts exclude networks of theirs from a block.
func allowExclusions(r *qualification.Resource) error {
	text, ok := r.Get("content").Text()
	changed := strings.Replace(text, `"exclusions_allowed":{"@@assign":"disabled"}`, `"exclusions_allowed":{"@@assign":"enabled"}`, 1)
	if !ok || changed == text {
		return fmt.Errorf("%s allows exclusions, or blocks nothing", r.URN)
	}
	return mutation.Set("content", changed)(r)
}

var guardrailSabotages = []sabotage{
	{"GXP-GRD-001", "the guardrails of Security detached", mutation.Named(attachmentType, "guardrails-security-scp-001"), nil, unit("security")},
	{"GXP-GRD-001", "a sandbox that can leave", guardrail("sandbox-scp-001"),
		mutation.WithoutStatement("content", "MembersStay"), unit("sandbox")},
	{"GXP-GRD-001", "records that can be unlocked", guardrail("workloads-scp-001"),
		mutation.WithoutStatement("content", "RecordsStay"), unit("workloads-gxp-prod")},
	{"GXP-GRD-002", "workloads without the second half of their guardrails",
		mutation.Named(attachmentType, "guardrails-workloads-scp-090"), nil, unit("workloads-nongxp")},
	{"GXP-GRD-002", "workloads that resolve names as they like", guardrail("workloads-scp-090"),
		mutation.WithoutStatement("content", "NamesAreResolvedCentrally"), unit("workloads-sensitive")},
	{"GXP-GRD-002", "workloads that make networks of their own", guardrail("workloads-scp-090"),
		mutation.WithoutStatement("content", "NetworksComeFromProducts"), unit("workloads-gxp-validation")},
	{"GXP-GRD-003", "restricted data without guardrails of its own",
		mutation.Named(attachmentType, "guardrails-workloads-sensitive-scp-108"), nil, unit("workloads-sensitive")},
	{"GXP-GRD-003", "GxP systems before production without guardrails of their own",
		mutation.Named(attachmentType, "guardrails-workloads-gxp-validation-scp-108"), nil, unit("workloads-gxp-validation")},
	{"GXP-GRD-004", "production beside the catalog", guardrail("workloads-gxp-prod-scp-108"),
		mutation.WithoutStatement("content", "ProductsOnly"), unit("workloads-gxp-prod")},
	{"GXP-GRD-004", "restricted data in production beside the catalog", guardrail("workloads-sensitive-scp-108"),
		mutation.WithoutStatement("content", "ProductsOnly"), unit("workloads-sensitive")},
	{"GXP-GRD-005", "a retired account in which people work", guardrail("suspended-scp-003"),
		mutation.EditStatement("content", "SuspendedIsShut", func(s mutation.Statement) { s["Action"] = "ec2:*" }), unit("suspended")},
	{"GXP-GRD-006", "a quarantine that every Identity Center role is exempt from", guardrail("workloads-quarantine-scp-004"),
		mutation.EditStatement("content", "QuarantineUntilBaseline", func(s mutation.Statement) {
			s["Condition"] = map[string]any{"ArnNotLike": map[string]any{"aws:PrincipalArn": "arn:aws:iam::*:role/aws*"}}
		}), unit("workloads-quarantine")},
	{"GXP-GRD-007", "a root ARN that never matches", guardrail("sandbox-scp-001"),
		mutation.EditStatement("content", "RootIsNotUsed", func(s mutation.Statement) {
			s["Condition"] = map[string]any{"ArnLike": map[string]any{"aws:PrincipalArn": "arn:aws:aws:iam::*:root"}}
		}), unit("sandbox")},
	{"GXP-GRD-008", "resources open to strangers", guardrail("infrastructure-rcp-001"),
		mutation.WithoutStatement("content", "OrganizationOnly"), unit("infrastructure")},
	{"GXP-GRD-008", "resources of another organization", guardrail("workloads-rcp-001"),
		mutation.EditStatement("content", "OrganizationOnly", func(s mutation.Statement) {
			s["Condition"] = map[string]any{"StringNotEqualsIfExists": map[string]any{"aws:PrincipalOrgID": "o-zzzzzzzzzz"}}
		}), unit("workloads")},
	{"GXP-GRD-009", "a policy that is attached to nothing",
		mutation.Named(attachmentType, "guardrails-policystaging-rcp-001"), nil, guardrail("policystaging-rcp-001")},
	{"GXP-GRD-010", "a policy that AWS refuses", guardrail("security-scp-001"),
		mutation.EditStatement("content", "MembersStay", long), nil},
	{"GXP-GRD-011", "public snapshots", guardrail("workloads-ec2"), mutation.Set("content", `{"ec2_attributes":{}}`), nil},
	{"GXP-GRD-012", "content that trains models", guardrail("root-ai"), optIn, nil},
	{"GXP-GRD-013", "tags of any spelling", guardrail("root-tags"), mutation.Set("content", `{"tags":{}}`), nil},
	{"GXP-GRD-014", "a network that people change", guardrail("infrastructure-scp-061"),
		mutation.WithoutStatement("content", "NetworkIsProgrammed"), unit("infrastructure")},
	{"GXP-GRD-014", "a firewall that people change", guardrail("infrastructure-scp-061"),
		mutation.WithoutStatement("content", "NetworkServicesAreProgrammed"), unit("infrastructure")},
	{"GXP-GRD-015", "gateways of their own for restricted data",
		mutation.Named(attachmentType, "guardrails-workloads-sensitive-vpc"), nil, unit("workloads-sensitive")},
	{"GXP-GRD-015", "exclusions that a workload makes", guardrail("workloads-nongxp-vpc"),
		allowExclusions, unit("workloads-nongxp")},
}
