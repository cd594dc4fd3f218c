package offline

import (
	"errors"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
)

// rule returns the question in the form that the rules read.
func (q Question) rule() rules.Resource {
	inputs, _ := ruleValue(resource.NewProperty(q.Inputs)).(map[string]any)
	return rules.Resource{
		Type: q.Type, Name: q.Name, URN: q.URN, Inputs: inputs,
		Region: q.Provider.Region, AccountID: q.Provider.AccountID,
	}
}

// ruleValue turns a value into plain Go. The text of an asset stands for the
// asset; an asset whose content is elsewhere is unknown.
func ruleValue(v resource.PropertyValue) any {
	v = plain(v)
	switch {
	case v.IsComputed(), v.IsOutput(), v.IsArchive(), v.IsResourceReference():
		return rules.Unknown{}
	case v.IsAsset():
		if v.AssetValue().IsText() {
			return v.AssetValue().Text
		}
		return rules.Unknown{}
	case v.IsArray():
		items := make([]any, 0, len(v.ArrayValue()))
		for _, item := range v.ArrayValue() {
			items = append(items, ruleValue(item))
		}
		return items
	case v.IsObject():
		object := make(map[string]any, len(v.ObjectValue()))
		for key, value := range v.ObjectValue() {
			if !value.IsNull() {
				object[string(key)] = ruleValue(value)
			}
		}
		return object
	case v.IsNull():
		return nil
	}
	return v.V
}

// refusal is the error of a refused operation; nil without failures.
func refusal(failures []rules.Failure) error {
	if len(failures) == 0 {
		return nil
	}
	lines := make([]string, 0, len(failures))
	for _, f := range failures {
		lines = append(lines, sentence(f))
	}
	return errors.New(strings.Join(lines, "\n"))
}

// sentence is a failure in one line.
func sentence(f rules.Failure) string {
	if f.Property == "" {
		return f.Message
	}
	return f.Property + ": " + f.Message
}
