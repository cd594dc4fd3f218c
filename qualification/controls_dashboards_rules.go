package qualification

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
)

// quickViewing are the actions that let somebody look at a dashboard or a data
// set.
var quickViewing = []string{
	"quicksight:DescribeDashboard", "quicksight:ListDashboardVersions", "quicksight:QueryDashboard",
	"quicksight:DescribeDataSet", "quicksight:DescribeDataSetPermissions", "quicksight:DescribeIngestion",
	"quicksight:ListIngestions", "quicksight:PassDataSet",
}

// seenByGroupAlone holds for an asset that is shared with a group of this stack,
// for its members to look at.
func seenByGroupAlone(g *Graph, r *Resource) []Finding {
	const at = "permissions"
	permissions := r.Get(at)
	if permissions.Unknown() {
		return []Finding{open(r, at)}
	}
	if len(permissions.Items()) == 0 {
		return []Finding{{
			Resource: r.URN, Property: at, Problem: "is for nobody to see", Fix: "give the group of auditors the actions of a viewer",
		}}
	}
	var findings []Finding
	for i := range permissions.Items() {
		one := fmt.Sprintf("%s[%d].", at, i)
		findings = append(findings, property(one+"principal").refersTo(quickGroupType)(g, r)...)
		findings = append(findings, property(one+"actions").satisfies(looksOnly, "must be the actions of a viewer")(g, r)...)
	}
	return findings
}

func looksOnly(v Value) bool {
	actions := v.Items()
	return len(actions) > 0 && !slices.ContainsFunc(actions, func(action Value) bool {
		name, _ := action.Text()
		return !slices.Contains(quickViewing, name)
	})
}

// dashboardsRole is the role that QuickSight reads the archive under.
const dashboardsRole = auditRolePrefix + "-dashboards"

// readsInAuditWorkgroup holds for a template of which every data source asks in
// the workgroup of the auditors, under the role for it.
func readsInAuditWorkgroup(t cfnTemplate) []flaw {
	sources := t.ofType("AWS::QuickSight::DataSource")
	if len(sources) == 0 {
		return []flaw{{"has no data source", "add one of type ATHENA"}}
	}
	var flaws []flaw
	for _, source := range sources {
		if source.at("DataSourceParameters", "AthenaParameters", "WorkGroup") != "gxp-audit" {
			flaws = append(flaws, flaw{"lets " + source.name + " ask outside of the workgroup gxp-audit", "set its WorkGroup to gxp-audit"})
		}
		role := source.at("DataSourceParameters", "AthenaParameters", "RoleArn")
		if computed, ok := role.(map[string]any); ok {
			role = computed["Fn::Sub"]
		}
		if text, _ := role.(string); !strings.HasSuffix(text, ":role/"+dashboardsRole) {
			flaws = append(flaws, flaw{"lets " + source.name + " ask under the role of the whole of QuickSight", "set its RoleArn to " + dashboardsRole})
		}
	}
	return flaws
}

// givesNobodyRights holds for a template whose assets are nobody's to change.
func givesNobodyRights(t cfnTemplate) []flaw {
	var flaws []flaw
	for _, typ := range []string{"AWS::QuickSight::DataSource", "AWS::QuickSight::Template"} {
		for _, asset := range t.ofType(typ) {
			if asset.at("Permissions") != nil {
				flaws = append(flaws, flaw{"gives rights to " + asset.name, "remove its Permissions"})
			}
		}
	}
	return flaws
}

func isAuditSource(v Value) bool {
	arn, _ := v.Text()
	return strings.HasPrefix(arn, "arn:aws:quicksight:") && strings.HasSuffix(arn, ":datasource/gxp-audit")
}

func isOne(v Value) bool { return len(v.Items()) == 1 }

// searchDocument is an element of a policy of OpenSearch Serverless, of any kind.
type searchDocument struct {
	Rules []struct {
		ResourceType         string
		Resource, Permission []string
	}
	AWSOwnedKey, AllowFromPublic *bool
	KmsARN                       string
	Principal, SourceServices    []string
}

// searchDocuments reads a policy: one element, or a list of them.
func searchDocuments(v Value) []searchDocument {
	text, _ := v.Text()
	var list []searchDocument
	if json.Unmarshal([]byte(text), &list) == nil {
		return list
	}
	var one searchDocument
	if json.Unmarshal([]byte(text), &one) != nil {
		return nil
	}
	return []searchDocument{one}
}

// governedBy holds for a collection of which at least one policy of a kind is,
// and the rules hold for each that may be.
func governedBy(policyType, kind string, rules ...rule) rule {
	return func(g *Graph, r *Resource) []Finding {
		name, _ := r.Get("name").Text()
		var findings []Finding
		found := false
		for _, p := range g.OfType(policyType) {
			if !p.Get("type").Is(kind) || !mayCover(p.Get("policy"), name) {
				continue
			}
			found = true
			findings = append(findings, all(rules...)(g, p)...)
		}
		if !found {
			findings = append(findings, Finding{
				Resource: r.URN, Problem: "has no policy of the kind " + kind, Fix: "add one whose rules name collection/" + name,
			})
		}
		return findings
	}
}

// mayCover reports that a policy is about the collection, or cannot be read.
func mayCover(policy Value, name string) bool {
	documents := searchDocuments(policy)
	if len(documents) == 0 {
		return true
	}
	return slices.ContainsFunc(documents, func(d searchDocument) bool {
		for _, rule := range d.Rules {
			for _, resource := range rule.Resource {
				_, pattern, _ := strings.Cut(resource, "/")
				pattern, _, _ = strings.Cut(pattern, "/")
				prefix, wild := strings.CutSuffix(pattern, "*")
				if pattern == name || wild && strings.HasPrefix(name, prefix) {
					return true
				}
			}
		}
		return false
	})
}

func namesKey(v Value) bool {
	documents := searchDocuments(v)
	return len(documents) == 1 && documents[0].KmsARN != "" && (documents[0].AWSOwnedKey == nil || !*documents[0].AWSOwnedKey)
}

func isPrivate(v Value) bool {
	documents := searchDocuments(v)
	return len(documents) > 0 && !slices.ContainsFunc(documents, func(d searchDocument) bool {
		return d.AllowFromPublic == nil || *d.AllowFromPublic || slices.ContainsFunc(d.SourceServices, func(service string) bool {
			return service != "application.opensearchservice.amazonaws.com"
		})
	})
}

// searchRights are what each of the roles may be given.
var searchRights = map[string][]string{
	"gxp-log-search-read": {"aoss:DescribeCollectionItems", "aoss:DescribeIndex", "aoss:ReadDocument"},
	"gxp-log-search-feed": {"aoss:CreateIndex", "aoss:DescribeIndex", "aoss:UpdateIndex", "aoss:WriteDocument"},
}

func namesTwoRoles(v Value) bool {
	documents := searchDocuments(v)
	return len(documents) > 0 && !slices.ContainsFunc(documents, func(d searchDocument) bool {
		if len(d.Principal) != 1 {
			return true
		}
		_, role, _ := strings.Cut(d.Principal[0], ":role/")
		return !strings.HasPrefix(d.Principal[0], "arn:aws:iam::") || slices.ContainsFunc(d.permissions(), func(permission string) bool {
			return !slices.Contains(searchRights[role], permission)
		})
	})
}

func (d searchDocument) permissions() []string {
	var all []string
	for _, rule := range d.Rules {
		all = append(all, rule.Permission...)
	}
	return all
}
