package offline

import (
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
)

// Question is a resource as the engine, or a render under mocks, hands it over.
type Question struct {
	// Type, Name and URN identify the resource.
	Type, Name, URN string

	// ID is set when the resource has an id already: it is updated or imported.
	ID string

	// Inputs are its inputs, after Check.
	Inputs resource.PropertyMap

	// Provider says where it is.
	Provider Provider

	// Others finds what exists besides. Without it, an output that AWS takes
	// from another resource is empty.
	Others Others
}

// Others finds a resource by its type and id, and returns its outputs.
type Others func(typ, id string) (resource.PropertyMap, bool)

// unknown is a value that only a deployment will tell.
var unknown = resource.MakeComputed(resource.NewProperty(""))

// Checked returns the inputs with the name that the provider gives a resource
// whose program gives none: the logical name, a hyphen and seven digits that
// depend on the URN. The failures say what AWS would refuse in the inputs
// alone. The error is about a type that the offline AWS does not know.
func Checked(q Question, limits rules.Rules) (resource.PropertyMap, []rules.Failure, error) {
	r, err := lookup(q.Type)
	if err != nil {
		return nil, nil, err
	}
	inputs := q.Inputs.Copy()
	if key := resource.PropertyKey(r.autoname); key != "" && !inputs.HasValue(key) {
		inputs[key] = resource.NewProperty(autoname(q, inputs))
	}
	q.Inputs = inputs
	return inputs, limits.Static(q.rule()), nil
}

// autoname is the name of a resource that the program does not name.
func autoname(q Question, inputs resource.PropertyMap) string {
	name := q.Name + "-" + suffix(q.URN)
	switch q.Type {
	case "aws:s3/bucketV2:BucketV2":
		return strings.ToLower(name)
	case "aws:kms/alias:Alias":
		return "alias/" + name
	case "aws:sns/topic:Topic":
		if fifo := plain(inputs["fifoTopic"]); fifo.IsBool() && fifo.BoolValue() {
			return name + ".fifo"
		}
	case "aws:sqs/queue:Queue":
		if fifo := plain(inputs["fifoQueue"]); fifo.IsBool() && fifo.BoolValue() {
			return name + ".fifo"
		}
	}
	return name
}

// Answer returns the id and the outputs that the offline AWS gives a resource.
// It depends on the question alone and what that lets it look up, so that a render and a rehearsal agree. An
// id or output that follows from an unknown input is unknown: the id is then
// empty.
func Answer(q Question) (id string, outputs resource.PropertyMap, err error) {
	r, err := lookup(q.Type)
	if err != nil {
		return "", nil, err
	}
	s := subject{typ: q.Type, name: q.Name, urn: q.URN, id: q.ID, inputs: q.Inputs, provider: q.Provider, others: q.Others}
	var known bool
	if s.seed, known = r.seed(s); known && s.id == "" {
		s.id, known = s.expand(r.id)
	}
	outputs = q.Inputs.Copy()
	for _, name := range slices.Sorted(maps.Keys(r.outputs)) {
		if key := resource.PropertyKey(name); !outputs.HasValue(key) {
			outputs[key] = s.output(r.outputs[name], known)
		}
	}
	if r.arn != "" {
		outputs["arn"] = s.output(r.arn, known)
	}
	if r.tagged {
		outputs["tagsAll"] = allTags(q.Inputs["tags"], q.Provider.DefaultTags)
	}
	return s.id, outputs, nil
}

// seed is what the id is drawn from: the URN and the properties whose change
// makes another resource. It is unknown when one of them is.
func (r row) seed(s subject) (string, bool) {
	var seed strings.Builder
	seed.WriteString(s.urn)
	for _, name := range r.replace {
		value := plain(s.inputs[resource.PropertyKey(name)])
		if value.ContainsUnknowns() {
			return "", false
		}
		if !value.IsNull() {
			fmt.Fprintf(&seed, "\x00%s=%v", name, value.Mappable())
		}
	}
	return seed.String(), true
}

// output is one computed output. Without an id only constants are known.
func (s subject) output(spec any, known bool) resource.PropertyValue {
	switch spec := spec.(type) {
	case answer:
		if !known {
			return unknown
		}
		return spec(s)
	case string:
		if !known && strings.Contains(spec, "{") {
			return unknown
		}
		if text, known := s.expand(spec); known {
			return resource.NewProperty(text)
		}
		return unknown
	}
	return resource.NewPropertyValue(spec)
}

func allTags(tags resource.PropertyValue, defaults map[string]string) resource.PropertyValue {
	all := resource.PropertyMap{}
	for key, value := range defaults {
		all[resource.PropertyKey(key)] = resource.NewProperty(value)
	}
	switch own := plain(tags); {
	case own.IsComputed():
		return unknown
	case own.IsObject():
		maps.Copy(all, own.ObjectValue())
	}
	return resource.NewProperty(all)
}
