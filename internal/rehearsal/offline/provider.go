package offline

import (
	"context"
	"fmt"
	"slices"
	"sync"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/plugin"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// version is above whatever version of a plugin a program asks for, since the
// engine warns about an older one.
const version = "999.0.0-offline"

// provider is the server of package aws. Every provider instance of every stack
// is a connection to it.
type provider struct {
	pulumirpc.UnimplementedResourceProviderServer
	aws *AWS
}

// instance is one configured provider.
//
// NOTE(instances): the engine attaches all instances of a package to one port,
// and its requests do not say which instance they are for. Each instance has a
// connection of its own, so the connection tells. The connection's context
// carries the instance.
type instance struct {
	mu         sync.Mutex
	configured bool
	provider   Provider

	cancelled context.Context
	cancel    context.CancelFunc
}

type instanceKey struct{}

func instanceOf(ctx context.Context) (*instance, error) {
	if in, ok := ctx.Value(instanceKey{}).(*instance); ok {
		return in, nil
	}
	return nil, status.Error(codes.Internal, "the request came over no connection of the offline AWS")
}

// target returns the provider that a request is for.
func target(ctx context.Context) (Provider, error) {
	in, err := instanceOf(ctx)
	if err != nil {
		return Provider{}, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	if !in.configured {
		return Provider{}, status.Error(codes.FailedPrecondition, "the provider of aws is not configured")
	}
	return in.provider, nil
}

func (p *provider) Handshake(context.Context, *pulumirpc.ProviderHandshakeRequest) (*pulumirpc.ProviderHandshakeResponse, error) {
	return &pulumirpc.ProviderHandshakeResponse{}, nil
}

func (p *provider) Attach(context.Context, *pulumirpc.PluginAttach) (*emptypb.Empty, error) {
	return &emptypb.Empty{}, nil
}

func (p *provider) GetPluginInfo(context.Context, *emptypb.Empty) (*pulumirpc.PluginInfo, error) {
	return &pulumirpc.PluginInfo{Version: version}, nil
}

// Cancel ends the operations that are waiting on this connection.
func (p *provider) Cancel(ctx context.Context, _ *emptypb.Empty) (*emptypb.Empty, error) {
	in, err := instanceOf(ctx)
	if err != nil {
		return nil, err
	}
	in.cancel()
	return &emptypb.Empty{}, nil
}

func (p *provider) CheckConfig(_ context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	inputs, err := properties(req.GetNews())
	if err != nil {
		return nil, err
	}
	response := &pulumirpc.CheckResponse{Inputs: req.GetNews()}
	for _, failure := range CheckProvider(inputs) {
		response.Failures = append(response.Failures, &pulumirpc.CheckFailure{Reason: failure})
	}
	return response, nil
}

// CheckProvider returns what is wrong with the inputs of a provider of aws.
func CheckProvider(inputs resource.PropertyMap) []string {
	parsed, err := ParseProvider(inputs)
	switch {
	case err != nil:
		return []string{err.Error()}
	case parsed.Region == "" && !plain(inputs["region"]).ContainsUnknowns():
		return []string{"region is missing: set the region of the provider"}
	case !isAccountID(parsed.AccountID):
		return []string{fmt.Sprintf("allowedAccountIds: %q is not an account id of twelve digits", parsed.AccountID)}
	}
	return nil
}

func (p *provider) DiffConfig(_ context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	before, err := properties(req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	after, err := properties(req.GetNews())
	if err != nil {
		return nil, err
	}
	return compare(before, after, req.GetIgnoreChanges(), func(key resource.PropertyKey) bool {
		return slices.Contains(replacesProvider, key) && !sameTarget(key, before, after)
	}).response(), nil
}

func (p *provider) Configure(ctx context.Context, req *pulumirpc.ConfigureRequest) (*pulumirpc.ConfigureResponse, error) {
	inputs, err := properties(req.GetArgs())
	if err != nil {
		return nil, err
	}
	parsed, err := ParseProvider(inputs)
	if err != nil {
		return nil, status.Error(codes.InvalidArgument, err.Error())
	}
	in, err := instanceOf(ctx)
	if err != nil {
		return nil, err
	}
	in.mu.Lock()
	defer in.mu.Unlock()
	in.provider, in.configured = parsed, true
	p.aws.calls.configured()
	return &pulumirpc.ConfigureResponse{SupportsPreview: true}, nil
}

func (p *provider) Invoke(ctx context.Context, req *pulumirpc.InvokeRequest) (*pulumirpc.InvokeResponse, error) {
	where, err := target(ctx)
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: req.GetTok(), Operation: Invoke})
	args, err := properties(req.GetArgs())
	if err != nil {
		return nil, err
	}
	result, err := Lookup(req.GetTok(), args, where)
	if err != nil {
		return nil, status.Error(codes.Unimplemented, err.Error())
	}
	out, err := wire(result)
	if err != nil {
		return nil, err
	}
	return &pulumirpc.InvokeResponse{Return: out}, nil
}

// properties reads what the engine sends.
func properties(s *structpb.Struct) (resource.PropertyMap, error) {
	props, err := plugin.UnmarshalProperties(s, plugin.MarshalOptions{KeepUnknowns: true})
	if err != nil {
		return nil, status.Errorf(codes.InvalidArgument, "properties of the request: %v", err)
	}
	return props, nil
}

// wire writes what the engine is to read.
func wire(props resource.PropertyMap) (*structpb.Struct, error) {
	s, err := plugin.MarshalProperties(props, plugin.MarshalOptions{KeepUnknowns: true})
	if err != nil {
		return nil, status.Errorf(codes.Internal, "properties of the response: %v", err)
	}
	return s, nil
}
