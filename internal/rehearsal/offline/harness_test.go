package offline

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials/insecure"
)

const bucketType = "aws:s3/bucketV2:BucketV2"

// here is a provider that works with its own credentials.
var here = Provider{Region: "eu-test-1", AccountID: "111122223333"}

func urnOf(typ, name string) string { return "urn:pulumi:test::sample::" + typ + "::" + name }

func ask(typ, name string, inputs map[string]any) Question {
	return Question{
		Type: typ, Name: name, URN: urnOf(typ, name), Inputs: resource.NewPropertyMapFromMap(inputs), Provider: here,
	}
}

// create puts a resource into the offline AWS as an engine would.
func create(t *testing.T, aws *AWS, q Question) (string, error) {
	t.Helper()
	checked, failures, err := Checked(q, aws.store.rules)
	if err != nil || len(failures) > 0 {
		t.Fatalf("Checked(%s) = %v, %v", q.Name, failures, err)
	}
	q.Inputs = checked
	id, outputs, err := Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	return id, aws.create(t.Context(), q, id, outputs)
}

// serve serves the offline AWS and returns the address of its aws provider.
func serve(t *testing.T, aws *AWS) string {
	t.Helper()
	providers, err := aws.Serve(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := aws.Close(); err != nil {
			t.Error(err)
		}
	})
	port, _, _ := strings.Cut(strings.TrimPrefix(providers, "aws:"), ",")
	return "127.0.0.1:" + port
}

// dial is one provider instance, configured unless inputs is nil.
func dial(t *testing.T, address string, inputs map[string]any) pulumirpc.ResourceProviderClient {
	t.Helper()
	connection, err := grpc.NewClient(address, grpc.WithTransportCredentials(insecure.NewCredentials()))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { connection.Close() })
	client := pulumirpc.NewResourceProviderClient(connection)
	if inputs == nil {
		return client
	}
	args, err := wire(resource.NewPropertyMapFromMap(inputs))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := client.Configure(t.Context(), &pulumirpc.ConfigureRequest{Args: args}); err != nil {
		t.Fatal(err)
	}
	return client
}

// contains fails unless err says what it should.
func contains(t *testing.T, err error, want string) {
	t.Helper()
	if err == nil || !strings.Contains(err.Error(), want) {
		t.Errorf("error = %v, want one with %q", err, want)
	}
}
