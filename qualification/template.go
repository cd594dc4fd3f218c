package qualification

import (
	"fmt"
	"maps"
	"slices"
	"strings"
	"sync"

	"github.com/goccy/go-yaml"
)

// cfnTemplate is a CloudFormation template, read for what it makes. What a
// function such as !Sub computes is its text.
type cfnTemplate struct {
	Resources map[string]cfnResource `yaml:"Resources"`
}

type cfnResource struct {
	Type       string         `yaml:"Type"`
	Properties map[string]any `yaml:"Properties"`
}

// templates are those that were read, by their text: the baseline is the same in
// every account and region, and reading it takes longer than all that is asked
// of it. Nobody changes what was read.
var templates sync.Map

type readTemplate struct {
	cfnTemplate
	ok bool
}

// template reads the template in an input.
func (r *Resource) template(path string) (cfnTemplate, bool) {
	text, ok := r.Get(path).Text()
	if !ok {
		return cfnTemplate{}, false
	}
	if known, found := templates.Load(text); found {
		read := known.(readTemplate)
		return read.cfnTemplate, read.ok
	}
	var t cfnTemplate
	ok = yaml.Unmarshal([]byte(text), &t) == nil
	templates.Store(text, readTemplate{t, ok})
	return t, ok
}

func (t cfnTemplate) has(typ string) bool { return len(t.ofType(typ)) > 0 }

// ofType returns the resources of a type, in the order of their names.
func (t cfnTemplate) ofType(typ string) []namedResource {
	var found []namedResource
	for _, name := range slices.Sorted(maps.Keys(t.Resources)) {
		if t.Resources[name].Type == typ {
			found = append(found, namedResource{name, t.Resources[name].Properties})
		}
	}
	return found
}

type namedResource struct {
	name       string
	properties map[string]any
}

// at returns what is at a path of fields, or nil.
func (n namedResource) at(path ...string) any { return below(n.properties, path...) }

func below(v any, path ...string) any {
	for _, field := range path {
		object, _ := v.(map[string]any)
		v = object[field]
	}
	return v
}

// templateAt begins a rule about the template in an input.
func templateAt(path string) templateRule { return templateRule{path} }

type templateRule struct{ path string }

// satisfies holds where the template can be read and the rules hold for it.
func (p templateRule) satisfies(rules ...func(cfnTemplate) []flaw) rule {
	return func(_ *Graph, r *Resource) []Finding {
		if r.Get(p.path).Unknown() {
			return []Finding{open(r, p.path)}
		}
		t, ok := r.template(p.path)
		if !ok {
			return []Finding{{
				Resource: r.URN, Property: p.path, Problem: "is no template that can be read", Fix: "set it to a CloudFormation template",
			}}
		}
		var findings []Finding
		for _, judge := range rules {
			for _, f := range judge(t) {
				findings = append(findings, Finding{Resource: r.URN, Property: p.path, Problem: f.problem, Fix: f.fix})
			}
		}
		return findings
	}
}

// recordsEverything holds for a template with a recorder of all types and a
// channel that delivers.
func recordsEverything(t cfnTemplate) []flaw {
	for _, recorder := range t.ofType("AWS::Config::ConfigurationRecorder") {
		if recorder.at("RecordingGroup", "AllSupported") == true && t.has("AWS::Config::DeliveryChannel") {
			return nil
		}
	}
	return []flaw{{"does not record all supported types and deliver them", "add a ConfigurationRecorder with AllSupported, and a DeliveryChannel"}}
}

// locksVault holds for a template with a vault that has a lock.
func locksVault(t cfnTemplate) []flaw {
	for _, vault := range t.ofType("AWS::Backup::BackupVault") {
		if vault.at("LockConfiguration", "MinRetentionDays") != nil {
			return nil
		}
	}
	return []flaw{{"has no backup vault with a lock", "add a BackupVault with a LockConfiguration"}}
}

// bindsRoles holds where every role of the template says for whom a service may
// use it, or which role of which organization may. A function runs in its own
// account, and AWS Backup does not say for whom it takes up the role of a job:
// these two need no condition. CloudWatch Logs does not promise to say for whom it
// takes up the role of a subscription: if it does, that has to be bound.
func bindsRoles(t cfnTemplate) []flaw {
	var flaws []flaw
	for _, role := range t.ofType("AWS::IAM::Role") {
		statements, _ := role.at("AssumeRolePolicyDocument", "Statement").([]any)
		if len(statements) == 0 {
			flaws = append(flaws, flaw{role.name + " trusts nobody that can be read", "give it a trust policy with statements"})
		}
		for _, s := range statements {
			service, _ := below(s, "Principal", "Service").(string)
			if service == "lambda.amazonaws.com" || service == "backup.amazonaws.com" {
				continue
			}
			needs := []string{"aws:PrincipalOrgID", "aws:PrincipalArn"}
			if service != "" {
				needs = []string{"aws:SourceAccount"}
			}
			for _, key := range needs {
				if service == "logs.amazonaws.com" && below(s, "Condition", "StringEqualsIfExists", key) != nil {
					continue
				}
				if !conditioned(s, key) {
					flaws = append(flaws, flaw{
						fmt.Sprintf("%s can be assumed without a condition on %s", role.name, key), "add the condition to its trust policy",
					})
				}
			}
		}
	}
	return flaws
}

// conditioned reports that a statement has a condition on a key that is not one
// that passes when the key is absent.
func conditioned(statement any, key string) bool {
	operators, _ := below(statement, "Condition").(map[string]any)
	for operator, keys := range operators {
		if !strings.HasSuffix(operator, "IfExists") && !strings.Contains(operator, "Not") && below(keys, key) != nil {
			return true
		}
	}
	return false
}
