package render

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/tokens"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	stackType          = "pulumi:pulumi:Stack"
	stackReferenceType = "pulumi:pulumi:StackReference"
	providerPrefix     = "pulumi:providers:"
	awsProviderType    = providerPrefix + "aws"

	// providerID is the id of every provider. The engine draws a random one,
	// which no render could foresee.
	providerID = "00000000-0000-4000-8000-000000000000"
)

// recorder is the mock monitor. Unlike the SDK's it refuses what the real engine
// refuses.
type recorder struct {
	project, stack, organization string
	config                       map[string]string
	rules                        rules.Rules

	mu        sync.Mutex
	resources map[string]*qualification.Resource // by URN
	providers map[string]offline.Provider        // by provider reference
	problems  map[string]error                   // by what they are about
}

func newRecorder(project, stack string) *recorder {
	r := &recorder{
		project: project, stack: stack, organization: "organization",
		rules:     rules.New(rules.Quotas{}),
		resources: map[string]*qualification.Resource{},
		providers: map[string]offline.Provider{},
		problems:  map[string]error{},
	}
	root := r.urn("", stackType, project+"-"+stack)
	r.resources[root] = &qualification.Resource{URN: root, Type: stackType}
	return r
}

// urn is what the engine calls a resource: the type of the parent is part of it,
// the parent's name is not.
func (r *recorder) urn(parent, typ, name string) string {
	var parentType tokens.Type
	if p := resource.URN(parent); p != "" && p.QualifiedType() != resource.RootStackType {
		parentType = p.QualifiedType()
	}
	return string(resource.NewURN(tokens.QName(r.stack), tokens.PackageName(r.project), parentType, tokens.Type(typ), name))
}

// NewResource records a registration or a read. What is wrong with it is kept
// and not returned, so that the program runs on and everything is reported.
func (r *recorder) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	if args.ReadRPC != nil {
		return r.read(args)
	}
	rpc := args.RegisterRPC
	recorded := &qualification.Resource{
		URN:            r.urn(rpc.GetParent(), args.TypeToken, args.Name),
		Type:           args.TypeToken,
		Custom:         args.Custom,
		Parent:         rpc.GetParent(),
		Provider:       args.Provider,
		Dependencies:   sorted(rpc.GetDependencies()),
		Protect:        rpc.GetProtect(),
		RetainOnDelete: rpc.GetRetainOnDelete(),
		ImportID:       rpc.GetImportId(),
	}
	for key, dependencies := range rpc.GetPropertyDependencies() {
		if urns := dependencies.GetUrns(); len(urns) > 0 {
			if recorded.PropertyDependencies == nil {
				recorded.PropertyDependencies = map[string][]string{}
			}
			recorded.PropertyDependencies[key] = sorted(urns)
		}
	}
	switch {
	case strings.HasPrefix(args.TypeToken, providerPrefix):
		return r.provider(recorded, args.Inputs, rpc.GetVersion(), rpc.GetPluginDownloadURL())
	case rpc.GetRemote():
		return r.remote(recorded, args.Name, args.Inputs, rpc.GetProviders(), rpc.GetVersion())
	case !args.Custom:
		recorded.Inputs = plainMap(args.Inputs)
		r.add(recorded)
		return "", args.Inputs, nil
	}
	return r.custom(recorded, args.Name, args.Inputs)
}

// custom records a resource of a provider and answers as the offline AWS.
func (r *recorder) custom(
	recorded *qualification.Resource, name string, inputs resource.PropertyMap,
) (string, resource.PropertyMap, error) {
	if err := hashAssets(resource.NewProperty(inputs)); err != nil {
		r.problem(recorded.URN, fmt.Errorf("%s %s: %w", recorded.Type, name, err))
	}
	where, known := r.target(recorded.Provider)
	if !known {
		r.problem(recorded.URN, fmt.Errorf("%s %s has no explicit provider of aws: pass pulumi.Provider(account.Provider), "+
			"or make it a child of a component that has one", recorded.Type, name))
	}
	question := offline.Question{
		Type: recorded.Type, Name: name, URN: recorded.URN, ID: recorded.ImportID, Inputs: inputs, Provider: where,
		Others: r.outputs,
	}
	checked, failures, err := offline.Checked(question, r.rules)
	if err != nil {
		r.problem(recorded.URN, fmt.Errorf("%s: %w", name, err))
		recorded.Inputs = plainMap(inputs)
		r.add(recorded)
		return name, inputs, nil
	}
	for _, f := range failures {
		r.problem(recorded.URN, fmt.Errorf("%s %s: %s", recorded.Type, name, strings.TrimPrefix(f.Property+": "+f.Message, ": ")))
	}
	question.Inputs = checked
	id, outputs, err := offline.Answer(question)
	if err != nil {
		return "", nil, err
	}
	recorded.ID, recorded.Inputs, recorded.Outputs = id, plainMap(checked), plainMap(outputs)
	r.add(recorded)
	return id, outputs, nil
}

// Call answers a lookup as the offline AWS does.
func (r *recorder) Call(args pulumi.MockCallArgs) (resource.PropertyMap, error) {
	where, known := r.target(args.Provider)
	if !known {
		err := fmt.Errorf("%s is called without an explicit provider of aws: pass pulumi.Provider(account.Provider) "+
			"or pulumi.Parent of a component that has one", args.Token)
		r.problem(args.Token, err)
		return nil, err
	}
	answer, err := offline.Lookup(args.Token, args.Args, where)
	if err != nil {
		r.problem(args.Token, err)
	}
	return answer, err
}

// add records a resource. The engine refuses a URN it has seen before, the SDK's
// mocks do not.
func (r *recorder) add(recorded *qualification.Resource) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if _, duplicate := r.resources[recorded.URN]; duplicate {
		r.problems[recorded.URN] = errors.Join(r.problems[recorded.URN], fmt.Errorf(
			"duplicate resource URN %s: give one of the two another logical name", recorded.URN))
		return
	}
	r.resources[recorded.URN] = recorded
}

// outputs are those of a resource that is recorded.
func (r *recorder) outputs(typ, id string) (resource.PropertyMap, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	for _, recorded := range r.resources {
		if recorded.Type == typ && recorded.ID == id {
			return resource.NewPropertyMapFromMap(recorded.Outputs), true
		}
	}
	return nil, false
}

// target returns where a provider reference leads.
func (r *recorder) target(reference string) (offline.Provider, bool) {
	r.mu.Lock()
	defer r.mu.Unlock()
	where, known := r.providers[reference]
	return where, known
}

func (r *recorder) problem(about string, err error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	r.problems[about] = errors.Join(r.problems[about], err)
}

// failures are all problems, in an order that does not depend on timing.
func (r *recorder) failures() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	var all []error
	for _, about := range sortedKeys(r.problems) {
		all = append(all, r.problems[about])
	}
	return errors.Join(all...)
}

// sorted returns the URNs in order and each once; nil when there are none.
func sorted(urns []string) []string {
	if len(urns) == 0 {
		return nil
	}
	return slices.Compact(slices.Sorted(slices.Values(urns)))
}
