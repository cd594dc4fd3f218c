package evaluation

import (
	"encoding/json"
	"fmt"
	"regexp"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	boundaryType = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
	stackSetType = "aws:cloudformation/stackSet:StackSet"
)

// boundaryOf returns the name of the permissions boundary that the set's
// sessions have in an account; none where the set has no boundary. The policy
// itself is in the template that the baseline puts into every account.
func (w *world) boundaryOf(set *qualification.Resource, account string) ([]string, error) {
	for _, attachment := range w.graph.Linked(set, boundaryType, "permissionSetArn") {
		policy, _ := attachment.Get("permissionsBoundary.customerManagedPolicyReference.name").Text()
		return w.boundary(policy, account)
	}
	return nil, nil
}

// boundary returns the name of a managed policy as it is in an account.
func (w *world) boundary(policy, account string) ([]string, error) {
	name := policy + " in " + account
	if _, done := w.policies[name]; !done {
		text, err := w.managedPolicy(policy, account)
		if err != nil {
			return nil, err
		}
		if err := w.policies.add(name, text, nil); err != nil {
			return nil, err
		}
	}
	return []string{name}, nil
}

// managedPolicy finds a managed policy in the templates of the StackSets and
// renders it for one account.
func (w *world) managedPolicy(name, account string) (string, error) {
	for _, stackSet := range w.graph.OfType(stackSetType) {
		template, _ := stackSet.Get("templateBody").Text()
		file, err := parser.ParseBytes([]byte(template), 0)
		if err != nil || len(file.Docs) == 0 {
			continue
		}
		values := map[string]string{"AWS::AccountId": account, "AWS::Partition": "aws", "AWS::Region": w.home}
		parameters, _ := stackSet.Inputs["parameters"].(map[string]any)
		for key, value := range parameters {
			if text, ok := value.(string); ok {
				values[key] = text
			}
		}
		resources, _ := child(plain(file.Docs[0].Body, values), "Resources").(map[string]any)
		for _, resource := range resources {
			properties := child(resource, "Properties")
			if child(properties, "ManagedPolicyName") != name {
				continue
			}
			text, err := json.Marshal(child(properties, "PolicyDocument"))
			return string(text), err
		}
	}
	return "", fmt.Errorf("no StackSet makes the managed policy %s", name)
}

func child(value any, key string) any {
	object, _ := value.(map[string]any)
	return object[key]
}

var substitutions = regexp.MustCompile(`\$\{[^!}][^}]*\}`)

// plain turns a template into plain values: what is substituted or referred to
// is replaced by its value where that is known, and stays as it is where not.
func plain(node ast.Node, values map[string]string) any {
	switch n := node.(type) {
	case *ast.MappingNode:
		object := map[string]any{}
		for _, pair := range n.Values {
			object[pair.Key.GetToken().Value] = plain(pair.Value, values)
		}
		return object
	case *ast.MappingValueNode:
		return map[string]any{n.Key.GetToken().Value: plain(n.Value, values)}
	case *ast.SequenceNode:
		list := []any{}
		for _, item := range n.Values {
			list = append(list, plain(item, values))
		}
		return list
	case *ast.TagNode:
		content := plain(n.Value, values)
		text, ok := content.(string)
		switch {
		case ok && n.Start.Value == "!Ref" && values[text] != "":
			return values[text]
		case ok && n.Start.Value == "!Sub":
			return substitutions.ReplaceAllStringFunc(text, func(variable string) string {
				if value, known := values[strings.Trim(variable, "${}")]; known {
					return value
				}
				return variable
			})
		}
		return content
	default:
		var value any
		if err := yaml.NodeToValue(node, &value); err != nil {
			return nil
		}
		return value
	}
}
