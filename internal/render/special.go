package render

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// provider records a provider. The engine puts the version of the plugin, which
// the SDK sends beside the inputs, among them.
func (r *recorder) provider(
	recorded *qualification.Resource, inputs resource.PropertyMap, version, downloadURL string,
) (string, resource.PropertyMap, error) {
	if recorded.Type == awsProviderType {
		for _, failure := range offline.CheckProvider(inputs) {
			r.problem(recorded.URN, fmt.Errorf("provider %s: %s", resource.URN(recorded.URN).Name(), failure))
		}
		where, err := offline.ParseProvider(inputs)
		if err == nil {
			r.mu.Lock()
			r.providers[recorded.URN+"::"+providerID] = where
			r.mu.Unlock()
		}
	}
	recorded.ID, recorded.Inputs = providerID, plainMap(withVersion(inputs, version, downloadURL))
	recorded.Outputs = recorded.Inputs
	r.add(recorded)
	return providerID, inputs, nil
}

func withVersion(inputs resource.PropertyMap, version, downloadURL string) resource.PropertyMap {
	inputs = inputs.Copy()
	internal := resource.PropertyMap{}
	if downloadURL != "" {
		internal["pluginDownloadURL"] = resource.NewProperty(downloadURL)
	}
	if version != "" {
		inputs["version"] = resource.NewProperty(version)
	}
	if version != "" || downloadURL != "" {
		inputs["__internal"] = resource.NewProperty(internal)
	}
	return inputs
}

// defaultProvider records the provider that the engine makes by itself for a
// package, once, and returns the reference to it.
func (r *recorder) defaultProvider(pkg, version string) string {
	name := "default"
	if version != "" {
		name += "_" + strings.NewReplacer(".", "_", "-", "_", "+", "_").Replace(version)
	}
	urn := r.urn("", providerPrefix+pkg, name)
	inputs := plainMap(withVersion(nil, version, ""))
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, exists := r.resources[urn]; !exists {
		r.resources[urn] = &qualification.Resource{
			URN: urn, Type: providerPrefix + pkg, Custom: true, ID: providerID, Inputs: inputs, Outputs: inputs,
		}
	}
	return urn + "::" + providerID
}

// read answers the program's question for the outputs of a stack, its own
// earlier ones included: nothing is deployed, so there are none. Other reads are
// refused, since a render knows nothing that exists.
func (r *recorder) read(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	rpc := args.ReadRPC
	urn := r.urn(rpc.GetParent(), args.TypeToken, args.Name)
	if args.TypeToken != stackReferenceType {
		r.problem(urn, fmt.Errorf("%s %s is read, and a render knows nothing that exists: "+
			"import it, or pass its properties as configuration", args.TypeToken, args.Name))
		return args.ID, args.Inputs, nil
	}
	inputs := resource.PropertyMap{"name": resource.NewProperty(args.ID)}
	if name := args.Inputs["name"]; name.IsString() {
		inputs["name"] = name
	}
	outputs := inputs.Copy()
	outputs["outputs"] = resource.NewProperty(resource.PropertyMap{})
	outputs["secretOutputNames"] = resource.NewProperty([]resource.PropertyValue{})
	r.add(&qualification.Resource{
		URN: urn, Type: args.TypeToken, Custom: true, External: true, ID: args.ID, Parent: rpc.GetParent(),
		Inputs: plainMap(inputs), Outputs: plainMap(outputs), Dependencies: sorted(rpc.GetDependencies()),
		Provider: r.defaultProvider("pulumi", ""),
	})
	return args.ID, outputs, nil
}

// unregistered is a version of which no program has an SDK. A program that reads
// a resource of that version knows its id, and does not ask the mocks of the
// SDK, which have never heard of the children of a remote component.
const unregistered = "999.0.0"

// remote records a component that a provider constructs, with the children that
// the offline AWS would make of it.
func (r *recorder) remote(
	recorded *qualification.Resource, name string, inputs resource.PropertyMap, providers map[string]string, version string,
) (string, resource.PropertyMap, error) {
	if recorded.Type != offline.VPCType {
		r.problem(recorded.URN, fmt.Errorf("%s %s is a remote component that the offline AWS does not construct: "+
			"it knows %s", recorded.Type, name, offline.VPCType))
		return "", inputs, nil
	}
	pkg, _, _ := strings.Cut(recorded.Type, ":")
	r.defaultProvider(pkg, version)
	// The engine hands a remote component to its provider and keeps of it what
	// the provider registers, which names no provider and no inputs.
	dependencies := recorded.PropertyDependencies
	recorded.Provider, recorded.PropertyDependencies = "", nil
	r.add(recorded)
	outputs, err := offline.ConstructVPC(offline.Construction{
		Name: name, Inputs: inputs, InputDependencies: dependencies, Providers: providers,
		Register: func(child offline.Child) (offline.Registered, error) {
			parent := child.Parent
			if parent == "" {
				parent = recorded.URN
			}
			recordedChild := &qualification.Resource{
				URN: r.urn(parent, child.Type, child.Name), Type: child.Type, Custom: true,
				Parent: parent, Provider: providers["aws"], Protect: recorded.Protect,
				Dependencies: child.Dependencies(), PropertyDependencies: child.DependsOn,
			}
			id, outputs, err := r.custom(recordedChild, child.Name, child.Inputs)
			known := resource.NewProperty(id)
			return offline.Registered{
				URN: recordedChild.URN, ID: known, Outputs: outputs,
				Reference: offline.Reference(recordedChild.URN, known, unregistered),
			}, err
		},
	})
	if err != nil {
		r.problem(recorded.URN, err)
		return "", inputs, nil
	}
	recorded.Outputs = plainMap(outputs)
	return "", outputs, nil
}
