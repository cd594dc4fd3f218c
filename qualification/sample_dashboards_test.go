package qualification_test

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	quickGroups      = "aws:quicksight/group:Group"
	quickSets        = "aws:quicksight/dataSet:DataSet"
	quickBoards      = "aws:quicksight/dashboard:Dashboard"
	quickAnalyses    = "aws:quicksight/analysis:Analysis"
	plainStacks      = "aws:cloudformation/stack:Stack"
	searched         = "aws:opensearch/serverlessCollection:ServerlessCollection"
	searchedSecurity = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
	searchedAccess   = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy"
)

const quickTemplate = `{"Resources":{"Source":{"Type":"AWS::QuickSight::DataSource","Properties":{"DataSourceParameters":{"AthenaParameters":{
	"WorkGroup":"gxp-audit","RoleArn":{"Fn::Sub":"arn:aws:iam::${AWS::AccountId}:role/gxp-audit-query-dashboards"}}}}},
	"Template":{"Type":"AWS::QuickSight::Template","Properties":{"Name":"Audit trail"}}}}`

// dashboards are a dashboard and an analysis over one data set, for one group.
func (b *builder) dashboards() {
	const in, provider = "logging:Dashboards", "log-archive"
	const group = "arn:aws:quicksight:eu-test-1:444455556666:group/default/auditors"
	viewed := func(actions ...any) []any { return []any{object{"principal": group, "actions": actions}} }
	b.add(in, quickGroups, "dashboards", provider, group, object{"groupName": "auditors", "namespace": "default"})
	b.add(in, plainStacks, "dashboards", provider, "stack", object{"name": "gxp-audit-dashboards", "templateBody": quickTemplate})
	b.add(in, quickSets, "dashboards-activity", provider, "set", object{
		"dataSetId": "activity", "importMode": "SPICE", "permissions": viewed("quicksight:DescribeDataSet", "quicksight:PassDataSet"),
		"physicalTableMaps": []any{object{"physicalTableMapId": "activity", "customSql": object{
			"dataSourceArn": "arn:aws:quicksight:eu-test-1:444455556666:datasource/gxp-audit", "sqlQuery": "SELECT 1",
		}}},
	})
	b.add(in, quickAnalyses, "dashboards", provider, "analysis", object{"analysisId": "gxp-audit", "permissions": []any{}})
	b.add(in, quickBoards, "dashboards", provider, "board", object{
		"dashboardId": "gxp-audit", "permissions": viewed("quicksight:DescribeDashboard", "quicksight:QueryDashboard"),
	})
}

const (
	searchRule    = `"Rules":[{"ResourceType":"collection","Resource":["collection/gxp-logs"]}]`
	searchNetwork = `[{` + searchRule + `,"AllowFromPublic":false,"SourceServices":["application.opensearchservice.amazonaws.com"]}]`
	searchAccess  = `[{"Rules":[{"ResourceType":"index","Resource":["index/gxp-logs/*"],"Permission":["aoss:ReadDocument"]}],
	"Principal":["arn:aws:iam::444455556666:role/gxp-log-search-read"]}]`
)

// search is a collection with its key and its policies.
func (b *builder) search() {
	const in, provider = "logging:Search", "log-archive"
	key := b.key(in, "search", provider, "444455556666", "eu-test-1", `{"Sid":"Encrypts","Effect":"Allow",
		"Principal":{"AWS":"*"},"Action":"kms:CreateGrant","Resource":"*","Condition":{"StringEquals":{
		"aws:PrincipalOrgID":"o-abcdefghij","aws:PrincipalAccount":"444455556666","kms:ViaService":"aoss.eu-test-1.amazonaws.com"}}}`)
	b.add(in, searched, "search", provider, "collection", object{"name": "gxp-logs", "type": "TIMESERIES"})
	b.add(in, searchedSecurity, "search-encryption", provider, "encryption", object{
		"name": "gxp-logs", "type": "encryption", "policy": `{` + searchRule + `,"AWSOwnedKey":false,"KmsARN":"` + key + `"}`,
	})
	b.resources[len(b.resources)-1].PropertyDependencies = map[string][]string{"policy": {urnOfKey(b, "search")}}
	b.add(in, searchedSecurity, "search-network", provider, "network", object{
		"name": "gxp-logs", "type": "network", "policy": searchNetwork,
	})
	b.add(in, searchedAccess, "search", provider, "access", object{"name": "gxp-logs", "type": "data", "policy": searchAccess})
}

// urnOfKey is the URN of the key of that name.
func urnOfKey(b *builder, name string) string {
	for _, r := range b.resources {
		if mutation.Named("aws:kms/key:Key", name)(r) {
			return r.URN
		}
	}
	return ""
}

var (
	onBoard         = mutation.OfType(quickBoards)
	onQuickSet      = mutation.OfType(quickSets)
	onQuickAnalysis = mutation.OfType(quickAnalyses)
	onQuickStack    = mutation.Named(plainStacks, "dashboards")
	onEncryption    = mutation.Named(searchedSecurity, "search-encryption")
	onNetworkPolicy = mutation.Named(searchedSecurity, "search-network")
	onAccess        = mutation.OfType(searchedAccess)
)

var dashboardSettings = []setting{
	{"GXP-DSH-001", onBoard, "permissions", []any{}, ""},
	{"GXP-DSH-001", onBoard, "permissions[0].principal", "arn:aws:quicksight:eu-test-1:444455556666:namespace/default", ""},
	{"GXP-DSH-001", onQuickSet, "permissions[0].actions", []any{"quicksight:DescribeDataSet", "quicksight:UpdateDataSet"}, ""},
	{"GXP-DSH-002", onQuickAnalysis, "permissions", []any{object{"principal": "someone"}}, qualification.Pass},
	{"GXP-DSH-003", onQuickStack, "templateBody", strings.ReplaceAll(quickTemplate, `"gxp-audit"`, `"primary"`), ""},
	{"GXP-DSH-003", onQuickStack, "templateBody", strings.ReplaceAll(quickTemplate, "gxp-audit-query-dashboards", "aws-quicksight-service-role-v0"), ""},
	{"GXP-DSH-003", onQuickStack, "templateBody", strings.ReplaceAll(quickTemplate, `"Name":`, `"Permissions":`), ""},
	{"GXP-DSH-003", onQuickStack, "templateBody", `{"Resources":{}}`, ""},
	{"GXP-DSH-004", onQuickSet, "physicalTableMaps[0].customSql.dataSourceArn", "arn:aws:quicksight:eu-test-1:444455556666:datasource/other", ""},
	{"GXP-DSH-004", onQuickSet, "physicalTableMaps", []any{}, ""},
	{"GXP-SRH-001", onEncryption, "policy", `{` + searchRule + `,"AWSOwnedKey":true}`, ""},
	{"GXP-SRH-002", onNetworkPolicy, "policy", strings.Replace(searchNetwork, "false", "true", 1), ""},
	{"GXP-SRH-002", onNetworkPolicy, "policy", strings.Replace(searchNetwork, "application.opensearchservice", "bedrock", 1), ""},
	{"GXP-SRH-002", onNetworkPolicy, "policy", strings.Replace(searchNetwork, "gxp-logs", "other", 1), ""},
	{"GXP-SRH-003", onAccess, "policy", strings.Replace(searchAccess, "gxp-log-search-read", "developer", 1), ""},
	{"GXP-SRH-003", onAccess, "policy", strings.Replace(searchAccess, "ReadDocument", "WriteDocument", 1), ""},
	{"GXP-SRH-003", onAccess, "policy", strings.Replace(searchAccess, `gxp-log-search-read"`, `gxp-log-search-read","arn:aws:iam::444455556666:root"`, 1), ""},
}
