package offline

import (
	"context"
	"errors"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/types/known/emptypb"
	"google.golang.org/protobuf/types/known/structpb"
)

// asked is what the requests about a resource have in common.
type asked interface {
	GetUrn() string
	GetName() string
	GetType() string
}

func (p *provider) question(ctx context.Context, req asked, id string, inputs *structpb.Struct) (Question, error) {
	where, err := target(ctx)
	if err != nil {
		return Question{}, err
	}
	props, err := properties(inputs)
	if err != nil {
		return Question{}, err
	}
	return Question{
		Type: req.GetType(), Name: req.GetName(), URN: req.GetUrn(), ID: id, Inputs: props, Provider: where,
		Others: p.aws.store.outputs,
	}, nil
}

func (p *provider) Check(ctx context.Context, req *pulumirpc.CheckRequest) (*pulumirpc.CheckResponse, error) {
	q, err := p.question(ctx, req, "", req.GetNews())
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: q.Type, Operation: Check})
	inputs, failures, err := Checked(q, p.aws.store.rules)
	if err != nil {
		return nil, status.Error(codes.Unimplemented, err.Error())
	}
	response := &pulumirpc.CheckResponse{}
	for _, f := range failures {
		response.Failures = append(response.Failures, &pulumirpc.CheckFailure{Property: f.Property, Reason: f.Message})
	}
	response.Inputs, err = wire(inputs)
	return response, err
}

func (p *provider) Diff(ctx context.Context, req *pulumirpc.DiffRequest) (*pulumirpc.DiffResponse, error) {
	q, err := p.question(ctx, req, "", req.GetNews())
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: q.Type, Operation: Diff})
	before, err := properties(req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	outputs, err := properties(req.GetOlds())
	if err != nil {
		return nil, err
	}
	r, err := lookup(q.Type)
	if err != nil {
		return nil, status.Error(codes.Unimplemented, err.Error())
	}
	after := q.Inputs
	if r.tagged {
		// A change of the provider's default tags changes no input.
		before, after = before.Copy(), after.Copy()
		before["tagsAll"] = outputs["tagsAll"]
		after["tagsAll"] = allTags(q.Inputs["tags"], q.Provider.DefaultTags)
	}
	c := compare(before, after, req.GetIgnoreChanges(), r.replaces)
	response := c.response()
	if len(c.replaces) > 0 {
		// The names are a function of the URN: where the new resource would
		// have the id of the old one, the old one has to go first.
		id, _, err := Answer(q)
		response.DeleteBeforeReplace = err == nil && id == req.GetId()
	}
	return response, nil
}

func (p *provider) Create(ctx context.Context, req *pulumirpc.CreateRequest) (*pulumirpc.CreateResponse, error) {
	q, err := p.question(ctx, req, "", req.GetProperties())
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: q.Type, Operation: Create, Preview: req.GetPreview()})
	id, outputs, err := Answer(q)
	if err != nil {
		return nil, status.Error(codes.Unimplemented, err.Error())
	}
	if req.GetPreview() {
		props, err := wire(previewed(q.Inputs, outputs))
		return &pulumirpc.CreateResponse{Properties: props}, err
	}
	if err := p.aws.create(p.bounded(ctx, req.GetTimeout()), q, id, outputs); err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	props, err := wire(outputs)
	return &pulumirpc.CreateResponse{Id: id, Properties: props}, err
}

// previewed keeps what the program says and hides what AWS will say.
func previewed(inputs, outputs resource.PropertyMap) resource.PropertyMap {
	out := inputs.Copy()
	for key := range outputs {
		if _, said := inputs[key]; !said {
			out[key] = unknown
		}
	}
	return out
}

func (p *provider) Update(ctx context.Context, req *pulumirpc.UpdateRequest) (*pulumirpc.UpdateResponse, error) {
	q, err := p.question(ctx, req, req.GetId(), req.GetNews())
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: q.Type, Operation: Update, Preview: req.GetPreview()})
	_, outputs, err := Answer(q)
	if err != nil {
		return nil, status.Error(codes.Unimplemented, err.Error())
	}
	if !req.GetPreview() {
		if err := p.aws.update(p.bounded(ctx, req.GetTimeout()), q, outputs); err != nil {
			return nil, status.Error(codes.Unknown, err.Error())
		}
	}
	props, err := wire(outputs)
	return &pulumirpc.UpdateResponse{Properties: props}, err
}

// Read answers with nothing when the resource does not exist.
func (p *provider) Read(ctx context.Context, req *pulumirpc.ReadRequest) (*pulumirpc.ReadResponse, error) {
	q, err := p.question(ctx, req, req.GetId(), req.GetInputs())
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: q.Type, Operation: Read})
	e, err := p.aws.read(p.bounded(ctx, req.GetTimeout()), q)
	if err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	if e == nil {
		return &pulumirpc.ReadResponse{}, nil
	}
	response := &pulumirpc.ReadResponse{Id: q.ID}
	if response.Inputs, err = wire(e.question.Inputs); err != nil {
		return nil, err
	}
	response.Properties, err = wire(e.outputs)
	return response, err
}

func (p *provider) Delete(ctx context.Context, req *pulumirpc.DeleteRequest) (*emptypb.Empty, error) {
	q, err := p.question(ctx, req, req.GetId(), req.GetOldInputs())
	if err != nil {
		return nil, err
	}
	p.aws.calls.count(Call{Type: q.Type, Operation: Delete})
	if err := p.aws.remove(p.bounded(ctx, req.GetTimeout()), q); err != nil {
		return nil, status.Error(codes.Unknown, err.Error())
	}
	return &emptypb.Empty{}, nil
}

// bounded ends a request's context with the engine's cancellation and, after
// seconds, with the resource's timeout; 0 is none.
func (p *provider) bounded(ctx context.Context, seconds float64) context.Context {
	in, err := instanceOf(ctx)
	if err != nil {
		return ctx
	}
	ctx, cancel := context.WithCancelCause(ctx)
	stop := context.AfterFunc(in.cancelled, func() { cancel(errors.New("cancelled by the engine")) })
	context.AfterFunc(ctx, func() { stop() })
	if seconds > 0 {
		limited, release := context.WithTimeout(ctx, time.Duration(seconds*float64(time.Second)))
		context.AfterFunc(limited, release)
		return limited
	}
	return ctx
}
