package offline

import (
	"context"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// components is the server of package awsx: remote components whose children
// are ordinary resources of aws.
type components struct {
	pulumirpc.UnimplementedResourceProviderServer
	aws *AWS
}

func (c *components) Handshake(context.Context, *pulumirpc.ProviderHandshakeRequest) (*pulumirpc.ProviderHandshakeResponse, error) {
	// The engine refuses to construct with a plugin that does not take secrets.
	return &pulumirpc.ProviderHandshakeResponse{AcceptSecrets: true}, nil
}

func (c *components) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (c *components) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version}, nil
}

func (c *components) Cancel(context.Context, *emptypb.Empty) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (c *components) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	return &pulumirpc.CheckResponse{Inputs: req.GetNews()}, nil
}

func (c *components) DiffConfig(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	before, err := properties(req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	after, err := properties(req.GetNews())
	if err != nil {
		return nil, err
	}
	never := func(resource.PropertyKey) bool { return false }
	return compare(before, after, req.GetIgnoreChanges(), never).response(), nil
}

func (c *components) Configure(context.Context, *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	return &pulumirpc.ConfigureResponse{SupportsPreview: true, AcceptSecrets: true}, nil
}

func (c *components) Construct(ctx context.Context, req *pulumirpc.ConstructRequest) (*pulumirpc.ConstructResponse, error) {
	if req.GetType() != VPCType {
		return nil, status.Errorf(codes.Unimplemented, "the offline AWS does not construct %s: it knows %s; "+
			"add a plan like that of vpc.go in internal/rehearsal/offline", req.GetType(), VPCType)
	}
	c.aws.calls.count(Call{Type: req.GetType(), Operation: Create, Preview: req.GetDryRun()})
	inputs, err := properties(req.GetInputs())
	if err != nil {
		return nil, err
	}
	connection, err := grpc.NewClient(req.GetMonitorEndpoint(),
		grpc.WithTransportCredentials(insecure.NewCredentials()),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(messageLimit)))
	if err != nil {
		return nil, status.Errorf(codes.Unavailable, "the engine's resource monitor: %v", err)
	}
	defer connection.Close()
	m := monitor{ctx: ctx, client: pulumirpc.NewResourceMonitorClient(connection), provider: req.GetProviders()["aws"]}

	component, err := m.client.RegisterResource(ctx, &pulumirpc.RegisterResourceRequest{
		Type: req.GetType(), Name: req.GetName(), Parent: req.GetParent(), Protect: new(req.GetProtect()),
		Dependencies: req.GetDependencies(), Providers: req.GetProviders(), Aliases: req.GetAliases(), AliasSpecs: true,
	})
	if err != nil {
		return nil, err
	}
	m.parent, m.protect = component.GetUrn(), req.GetProtect()
	outputs, err := ConstructVPC(Construction{
		Name: req.GetName(), Inputs: inputs, InputDependencies: inputDependencies(req), Providers: req.GetProviders(),
		Register: m.register,
	})
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	state, err := wireReferences(outputs)
	if err != nil {
		return nil, err
	}
	if _, err := m.client.RegisterResourceOutputs(ctx, &pulumirpc.RegisterResourceOutputsRequest{
		Urn: component.GetUrn(), Outputs: state,
	}); err != nil {
		return nil, err
	}
	return &pulumirpc.ConstructResponse{Urn: component.GetUrn(), State: state}, nil
}

// monitor registers children with the engine.
type monitor struct {
	ctx      context.Context
	client   pulumirpc.ResourceMonitorClient
	parent   string
	provider string
	protect  bool
}

func (m monitor) register(child Child) (Registered, error) {
	object, err := wire(child.Inputs)
	if err != nil {
		return Registered{}, err
	}
	parent := child.Parent
	if parent == "" {
		parent = m.parent
	}
	response, err := m.client.RegisterResource(m.ctx, &pulumirpc.RegisterResourceRequest{
		Type: child.Type, Name: child.Name, Parent: parent, Custom: true, Object: object, Protect: new(m.protect),
		Provider: m.provider, Dependencies: child.Dependencies(), PropertyDependencies: propertyDependencies(child.DependsOn),
		AcceptSecrets: true, SupportsPartialValues: true,
	})
	if err != nil {
		return Registered{}, err
	}
	outputs, err := properties(response.GetObject())
	if err != nil {
		return Registered{}, err
	}
	id := unknown
	if response.GetId() != "" {
		id = resource.NewProperty(response.GetId())
	}
	// Without a version the program constructs the resource with the SDK it has,
	// as with the references of awsx, and asks the engine about it.
	return Registered{URN: response.GetUrn(), ID: id, Outputs: outputs, Reference: Reference(response.GetUrn(), id, "")}, nil
}

// wireReferences writes outputs of a component, with references to resources
// as such. The engine turns them into ids for a program that takes none.
func wireReferences(props resource.PropertyMap) (*structpb.Struct, error) {
	s, err := plugin.MarshalProperties(props, plugin.MarshalOptions{KeepUnknowns: true, KeepResources: true})
	if err != nil {
		return nil, status.Errorf(codes.Internal, "outputs of the component: %v", err)
	}
	return s, nil
}

// inputDependencies are the URNs that the inputs of a component come from.
func inputDependencies(req *pulumirpc.ConstructRequest) map[string][]string {
	out := map[string][]string{}
	for property, dependencies := range req.GetInputDependencies() {
		if urns := dependencies.GetUrns(); len(urns) > 0 {
			out[property] = urns
		}
	}
	return out
}

func propertyDependencies(dependsOn map[string][]string) map[string]*pulumirpc.RegisterResourceRequest_PropertyDependencies {
	out := map[string]*pulumirpc.RegisterResourceRequest_PropertyDependencies{}
	for _, property := range slices.Sorted(maps.Keys(dependsOn)) {
		out[property] = &pulumirpc.RegisterResourceRequest_PropertyDependencies{Urns: dependsOn[property]}
	}
	return out
}
