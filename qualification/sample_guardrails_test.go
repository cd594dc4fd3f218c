package qualification_test

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	bindsAll = `{"Statement":[
		{"Sid":"Common","Effect":"Deny","Resource":"*","Action":[
			"organizations:LeaveOrganization","cloudtrail:*","config:*","guardduty:*","securityhub:*","macie2:*",
			"access-analyzer:*","s3:PutObjectRetention","s3:PutBucketPolicy","s3:PutAccountPublicAccessBlock","kms:*","logs:*",
			"events:*","cloudwatch:*","iam:*","cloudformation:DeleteStack","backup:*","ec2:*","ram:*","elasticfilesystem:*","rds:*",
			"network-firewall:*","route53:*","route53resolver:*","directconnect:*"]},
		{"Sid":"Root","Effect":"Deny","Action":"*","Resource":"*","Condition":{
			"ArnLike":{"aws:PrincipalArn":"arn:aws:iam::*:root"},"Null":{"aws:AssumedRoot":"true"}}}]}`
	bindsGxP = `{"Statement":{"Effect":"Deny","Resource":"*","Action":["dynamodb:CreateTable","secretsmanager:CreateSecret",
		"s3:PutObject","cloudformation:CreateStack","s3:CreateBucket","lambda:CreateFunction"]}}`
	bindsSuspended  = `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*"}}`
	bindsQuarantine = `{"Statement":{"Effect":"Deny","Action":"*","Resource":"*",
		"Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/stacksets-exec-*"}}}}`
	bindsResources = `{"Statement":[
		{"Effect":"Deny","Principal":"*","Action":["s3:*","kms:*"],"Resource":"*","Condition":{
			"StringNotEqualsIfExists":{"aws:PrincipalOrgID":"o-abcdefghij"},"BoolIfExists":{"aws:PrincipalIsAWSService":"false"}}},
		{"Effect":"Deny","Principal":"*","Action":["s3:*","kms:*"],"Resource":"*","Condition":{
			"StringNotEqualsIfExists":{"aws:SourceOrgID":"o-abcdefghij"},"Bool":{"aws:PrincipalIsAWSService":"true"}}},
		{"Effect":"Deny","Principal":"*","Action":["s3:*","kms:*"],"Resource":"*","Condition":{
			"BoolIfExists":{"aws:SecureTransport":"false"}}}]}`

	// closed and perimeter are declared settings on internet gateways.
	closed = `{"ec2_attributes":{"vpc_block_public_access":{"internet_gateway_block":{
		"mode":{"@@assign":"block_bidirectional"},"exclusions_allowed":{"@@assign":"disabled"}}}}}`
	perimeter = `{"ec2_attributes":{"vpc_block_public_access":{"internet_gateway_block":{
		"mode":{"@@assign":"block_bidirectional"},"exclusions_allowed":{"@@assign":"enabled"}}}}}`

	// bindsNothing is a policy that no control is content with.
	bindsNothing = `{"Statement":{"Effect":"Deny","Action":"freetier:GetFreeTierUsage","Resource":"*"}}`
)

// guardrails adds units for workloads and the policies that bind all units.
func (b *builder) guardrails() {
	const unit = "aws:organizations/organizationalUnit:OrganizationalUnit"
	ids := map[string]string{"security": "ou-abcd-11111111"}
	for _, u := range []struct{ key, name, parent, id string }{
		{"workloads", "Workloads", "r-abcd", "ou-abcd-33333331"},
		{"gxp-prod", "GxP-Prod", "ou-abcd-33333331", "ou-abcd-33333332"},
		{"quarantine", "Quarantine", "ou-abcd-33333331", "ou-abcd-33333333"},
		{"suspended", "Suspended", "r-abcd", "ou-abcd-33333334"},
		{"infrastructure", "Infrastructure", "r-abcd", "ou-abcd-33333335"},
	} {
		b.add("landingzone:Organization", unit, u.key, "management", u.id, object{"name": u.name, "parentId": u.parent})
		b.resources[len(b.resources)-1].Outputs = object{"arn": ouARN + u.id}
		ids[u.key] = u.id
	}
	ids["root"] = "r-abcd"
	for _, p := range []struct{ unit, kind, typ, content string }{
		{"security", "scp", "SERVICE_CONTROL_POLICY", bindsAll},
		{"workloads", "scp", "SERVICE_CONTROL_POLICY", bindsAll},
		{"gxp-prod", "scp", "SERVICE_CONTROL_POLICY", bindsGxP},
		{"infrastructure", "scp", "SERVICE_CONTROL_POLICY", bindsAll},
		{"suspended", "scp", "SERVICE_CONTROL_POLICY", bindsSuspended},
		{"quarantine", "scp", "SERVICE_CONTROL_POLICY", bindsQuarantine},
		{"security", "rcp", "RESOURCE_CONTROL_POLICY", bindsResources},
		{"workloads", "rcp", "RESOURCE_CONTROL_POLICY", bindsResources},
		{"infrastructure", "rcp", "RESOURCE_CONTROL_POLICY", bindsResources},
		{"suspended", "rcp", "RESOURCE_CONTROL_POLICY", bindsResources},
		{"security", "ec2", "DECLARATIVE_POLICY_EC2",
			`{"ec2_attributes":{"http_tokens":1,"image_block_public_access":1,"snapshot_block_public_access":1}}`},
		{"security", "vpc", "DECLARATIVE_POLICY_EC2", closed},
		{"gxp-prod", "vpc", "DECLARATIVE_POLICY_EC2", closed},
		{"infrastructure", "perimeter", "DECLARATIVE_POLICY_EC2", perimeter},
		{"root", "ai", "AISERVICES_OPT_OUT_POLICY", `{"services":{"default":"optOut","children":"@@none"}}`},
		{"root", "tags", "TAG_POLICY", `{"tags":{"gxp:classification":{},"gxp:record-class":{}}}`},
	} {
		name := "guardrails-" + p.unit + "-" + p.kind
		b.add("landingzone:GuardrailPolicies", "aws:organizations/policy:Policy", name, "management", "p-"+name,
			object{"name": name, "type": p.typ, "content": p.content})
		b.add("landingzone:GuardrailPolicies", "aws:organizations/policyAttachment:PolicyAttachment", name, "management", name,
			object{"policyId": "p-" + name, "targetId": ids[p.unit]})
	}
}

func onGuardrail(name string) mutation.Where {
	return mutation.Named("aws:organizations/policy:Policy", "guardrails-"+name)
}

var guardrailSettings = []setting{
	{"GXP-GRD-001", onGuardrail("security-scp"), "content", bindsNothing, ""},
	{"GXP-GRD-002", onGuardrail("workloads-scp"), "content", bindsNothing, ""},
	{"GXP-GRD-003", onGuardrail("gxp-prod-scp"), "content", bindsNothing, ""},
	{"GXP-GRD-004", onGuardrail("gxp-prod-scp"), "content", bindsNothing, ""},
	{"GXP-GRD-005", onGuardrail("suspended-scp"), "content", bindsQuarantine, ""},
	{"GXP-GRD-006", onGuardrail("quarantine-scp"), "content",
		`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*",
		"Condition":{"ArnNotLike":{"aws:PrincipalArn":"arn:aws:iam::*:role/aws*"}}}}`, ""},
	{"GXP-GRD-007", onGuardrail("workloads-scp"), "content",
		`{"Statement":{"Effect":"Deny","Action":"*","Resource":"*",
		"Condition":{"ArnLike":{"aws:PrincipalArn":"arn:aws:aws:iam::*:root"}}}}`, ""},
	{"GXP-GRD-008", onGuardrail("workloads-rcp"), "content", bindsNothing, ""},
	{"GXP-GRD-009", mutation.Named("aws:organizations/policyAttachment:PolicyAttachment", "guardrails-gxp-prod-scp"), "targetId", "", ""},
	{"GXP-GRD-010", onGuardrail("security-scp"), "content", string(make([]byte, 10241)), ""},
	{"GXP-GRD-011", onGuardrail("security-ec2"), "content", `{"ec2_attributes":{}}`, ""},
	{"GXP-GRD-012", onGuardrail("root-ai"), "content", `{"services":{"default":"optIn"}}`, ""},
	{"GXP-GRD-013", onGuardrail("root-tags"), "content", `{"tags":{"CostCentre":{}}}`, qualification.Fail},
	{"GXP-GRD-014", onGuardrail("infrastructure-scp"), "content", bindsNothing, ""},
	{"GXP-GRD-015", onGuardrail("gxp-prod-vpc"), "content", perimeter, ""},
	{"GXP-GRD-015", onGuardrail("infrastructure-perimeter"), "content", bindsNothing, ""},
}
