package cost

import (
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const template = `
Resources:
  Key:
    Type: AWS::KMS::Key
    Properties: {Description: !Sub "key of ${AWS::AccountId}"}
  Role:
    Type: AWS::IAM::Role
  Recorder:
    Type: AWS::Config::ConfigurationRecorder
`

// organization has three accounts below unit ou-a, one of them in a unit of its
// own, and one in ou-b.
func organization() []*qualification.Resource {
	in := func(typ, name, parent string) *qualification.Resource {
		return made(typ, name, object{"parentId": parent, "name": name})
	}
	return []*qualification.Resource{
		in(unitType, "ou-a", "r-root"), in(unitType, "ou-a1", "ou-a"), in(unitType, "ou-b", "r-root"),
		in(accountType, "111111111111", "ou-a"), in(accountType, "222222222222", "ou-a"), in(accountType, "333333333333", "ou-a1"),
		in(accountType, "444444444444", "ou-b"),
		made(stackSetType, "set", object{"name": "baseline", "templateBody": template}),
	}
}

func instance(inputs object) *qualification.Resource {
	inputs["stackSetName"] = "baseline"
	return made(stackInstanceType, "instance", inputs)
}

func targets(units ...any) object {
	return object{"deploymentTargets": object{"organizationalUnitIds": units}}
}

func TestTemplates_CountWhatAStackDeploys(t *testing.T) {
	e := estimate(made(stackType, "stack", object{"templateBody": template}))
	assert.Equal(t, []Line{line("kms-key", "landingzone", 1, dollar)}, e.Lines)
	var usage []string
	for _, u := range e.Usage {
		usage = append(usage, u.What)
	}
	assert.Equal(t, []string{"AWS Config items", "KMS requests"}, usage)
}

func TestTemplates_CountAStackSetByAccountAndRegion(t *testing.T) {
	for name, tt := range map[string]struct {
		instance *qualification.Resource
		want     string
	}{
		"accounts of units in units": {instance(targets("ou-a")), "$3.00"},
		"several units":              {instance(targets("ou-a", "ou-b")), "$4.00"},
		"a unit inside":              {instance(targets("ou-a1")), "$1.00"},
		"the root":                   {instance(targets("r-root")), "$4.00"},
		"a unit without accounts":    {instance(targets("ou-c")), "$0.00"},
		"one account":                {instance(object{"accountId": "111111111111"}), "$1.00"},
	} {
		t.Run(name, func(t *testing.T) {
			e := estimate(append(organization(), tt.instance)...)
			assert.Empty(t, e.Uncounted)
			assert.Equal(t, tt.want, e.Total.String())
		})
	}
	t.Run("nothing without instances", func(t *testing.T) {
		assert.Equal(t, "$0.00", total(organization()...))
	})
}

func TestTemplates_NameWhatTheyCannotCount(t *testing.T) {
	stranger := made(stackInstanceType, "instance", object{"stackSetName": "another", "accountId": "111111111111"})
	for name, r := range map[string]*qualification.Resource{
		"a template to come":         made(stackType, "stack", object{"templateBody": unknown}),
		"a template that is none":    made(stackType, "stack", object{"templateBody": "- ["}),
		"a template somewhere else":  made(stackType, "stack", object{"templateUrl": "https://example.com/t"}),
		"units to come":              instance(object{"deploymentTargets": object{"organizationalUnitIds": unknown}}),
		"a unit to come":             instance(targets(unknown)),
		"no accounts and no units":   instance(object{}),
		"a stack set of nobody here": stranger,
	} {
		t.Run(name, func(t *testing.T) {
			e := estimate(append(organization(), r)...)
			assert.Equal(t, []string{r.URN}, e.Uncounted)
			assert.Zero(t, e.Total)
		})
	}
}
