package offline

import (
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Child is a resource that a remote component makes.
type Child struct {
	Type, Name string
	Inputs     resource.PropertyMap

	// Parent is the URN of the child above it; empty means the component.
	Parent string

	// After is the URN of what it explicitly depends on; empty is nothing.
	After string

	// DependsOn are, by property, the URNs that its inputs come from.
	DependsOn map[string][]string
}

// Dependencies are all URNs that a child depends on, sorted.
func (c Child) Dependencies() []string {
	var all []string
	for _, urns := range c.DependsOn {
		all = append(all, urns...)
	}
	if c.After != "" {
		all = append(all, c.After)
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// Registered is a child that exists.
type Registered struct {
	URN     string
	ID      resource.PropertyValue
	Outputs resource.PropertyMap

	// Reference is the resource as the component hands it out.
	Reference resource.PropertyValue
}

// Reference returns a reference to a resource. The version decides what a Go
// program makes of it: it constructs the resource with the SDK that is
// registered for that major version, or for any when the version is empty, and
// asks the engine about it; without such an SDK it knows the URN and the id
// alone.
func Reference(urn string, id resource.PropertyValue, version string) resource.PropertyValue {
	return resource.NewProperty(resource.ResourceReference{
		URN: resource.URN(urn), Name: resource.URN(urn).Name(), Type: string(resource.URN(urn).Type()), ID: id,
		PackageVersion: version,
	})
}

// Construction is a component of awsx that is to be made.
type Construction struct {
	// Name is the component's logical name.
	Name string

	// Inputs are its arguments, InputDependencies the URNs that each comes
	// from.
	Inputs            resource.PropertyMap
	InputDependencies map[string][]string

	// Providers is what the caller handed to the component, by package.
	Providers map[string]string

	// Register makes a child.
	Register func(Child) (Registered, error)
}
