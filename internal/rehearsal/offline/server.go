package offline

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
	"sync"

	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/stats"
)

// messageLimit is what the engine accepts, too.
const messageLimit = 400 << 20

// servers are the two listening providers.
type servers struct {
	grpc []*grpc.Server
	done sync.WaitGroup
	stop func() bool
}

// Serve lets engines attach until ctx ends or Close is called. It returns the
// value of PULUMI_DEBUG_PROVIDERS that an engine needs for that, such as
// aws:41000,awsx:41001. It listens on the loopback interface only, on free
// ports. It must be called once. Options that cannot be met are an error here.
func (a *AWS) Serve(ctx context.Context) (debugProviders string, err error) {
	if a.server != nil {
		return "", errors.New("the offline AWS is being served already")
	}
	if a.broken != nil {
		return "", a.broken
	}
	a.server = &servers{}
	aws, err := a.listen(&provider{aws: a})
	if err != nil {
		return "", err
	}
	awsx, err := a.listen(&components{aws: a})
	if err != nil {
		return "", errors.Join(err, a.Close())
	}
	a.server.stop = context.AfterFunc(ctx, a.server.shut)
	return fmt.Sprintf("aws:%d,awsx:%d", aws, awsx), nil
}

func (a *AWS) listen(implementation pulumirpc.ResourceProviderServer) (port int, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, fmt.Errorf("listen on the loopback interface: %w", err)
	}
	server := grpc.NewServer(
		grpc.StatsHandler(connections{}),
		grpc.MaxRecvMsgSize(messageLimit),
		grpc.WaitForHandlers(true),
	)
	pulumirpc.RegisterResourceProviderServer(server, implementation)
	a.server.grpc = append(a.server.grpc, server)
	a.server.done.Go(func() {
		// Serve ends when the server is stopped; there is nobody to tell.
		_ = server.Serve(listener)
	})
	_, text, err := net.SplitHostPort(listener.Addr().String())
	if err != nil {
		return 0, err
	}
	return strconv.Atoi(text)
}

// Close ends all connections and the operations on them, and returns when
// nothing runs any more. What exists stays, and further calls do nothing.
func (a *AWS) Close() error {
	if a.server == nil {
		return nil
	}
	if a.server.stop != nil {
		a.server.stop()
	}
	a.server.shut()
	a.server.done.Wait()
	return nil
}

func (s *servers) shut() {
	for _, server := range s.grpc {
		server.Stop()
	}
}

// connections gives each connection its instance, see NOTE(instances).
type connections struct{}

func (connections) TagConn(ctx context.Context, _ *stats.ConnTagInfo) context.Context {
	in := &instance{}
	in.cancelled, in.cancel = context.WithCancel(context.WithoutCancel(ctx))
	return context.WithValue(ctx, instanceKey{}, in)
}

func (connections) HandleConn(ctx context.Context, s stats.ConnStats) {
	if _, ended := s.(*stats.ConnEnd); ended {
		if in, err := instanceOf(ctx); err == nil {
			in.cancel()
		}
	}
}

func (connections) TagRPC(ctx context.Context, _ *stats.RPCTagInfo) context.Context { return ctx }

func (connections) HandleRPC(context.Context, stats.RPCStats) {}
