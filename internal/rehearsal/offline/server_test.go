package offline

import (
	"runtime"
	"strings"
	"testing"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	pulumirpc "github.com/pulumi/pulumi/sdk/v3/proto/go"
)

func invoke(t *testing.T, client pulumirpc.ResourceProviderClient, token string) (resource.PropertyMap, error) {
	t.Helper()
	response, err := client.Invoke(t.Context(), &pulumirpc.InvokeRequest{Tok: token})
	if err != nil {
		return nil, err
	}
	props, err := properties(response.GetReturn())
	if err != nil {
		t.Fatal(err)
	}
	return props, nil
}

func TestServe_TellsProvidersApartByTheirConnection(t *testing.T) {
	address := serve(t, New(Options{}))
	first := dial(t, address, map[string]any{"region": "eu-test-1", "allowedAccountIds": `["111122223333"]`})
	second := dial(t, address, map[string]any{
		"region": "eu-test-2", "assumeRole": `{"roleArn":"arn:aws:iam::444455556666:role/Access"}`,
	})
	for range 3 {
		for client, want := range map[pulumirpc.ResourceProviderClient][2]string{
			first: {"111122223333", "eu-test-1"}, second: {"444455556666", "eu-test-2"},
		} {
			identity, err := invoke(t, client, "aws:index/getCallerIdentity:getCallerIdentity")
			if err != nil || identity["accountId"].StringValue() != want[0] {
				t.Errorf("account = %v, %v, want %s", identity["accountId"], err, want[0])
			}
			region, err := invoke(t, client, "aws:index/getRegion:getRegion")
			if err != nil || region["name"].StringValue() != want[1] {
				t.Errorf("region = %v, %v, want %s", region["name"], err, want[1])
			}
		}
	}
}

func TestServe_RefusesARequestBeforeTheProviderIsConfigured(t *testing.T) {
	_, err := invoke(t, dial(t, serve(t, New(Options{})), nil), "aws:index/getRegion:getRegion")
	contains(t, err, "not configured")
}

func TestServe_ListensOnce(t *testing.T) {
	aws := New(Options{})
	serve(t, aws)
	_, err := aws.Serve(t.Context())
	contains(t, err, "served already")
}

func TestInvoke_RefusesAFunctionThatItDoesNotKnow(t *testing.T) {
	client := dial(t, serve(t, New(Options{})), map[string]any{"region": "eu-test-1"})
	_, err := invoke(t, client, "aws:ec2/getVpc:getVpc")
	contains(t, err, "does not answer aws:ec2/getVpc:getVpc")
}

func TestCheckConfig_SaysWhatIsWrongWithAProvider(t *testing.T) {
	tests := map[string]struct {
		inputs map[string]any
		want   string
	}{
		"no region":           {map[string]any{}, "region is missing"},
		"a role that is none": {map[string]any{"region": "eu-test-1", "assumeRole": `{"roleArn":"arn:aws:s3:::a"}`}, "is not the ARN of a role"},
		"an account that is none": {
			map[string]any{"region": "eu-test-1", "allowedAccountIds": `["12"]`}, `"12" is not an account id`,
		},
		"JSON that is none": {map[string]any{"region": "eu-test-1", "defaultTags": `{`}, "defaultTags is not JSON"},
		"all is well":       {map[string]any{"region": "eu-test-1"}, ""},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			got := strings.Join(CheckProvider(resource.NewPropertyMapFromMap(tt.inputs)), "\n")
			if !strings.Contains(got, tt.want) || (got == "") != (tt.want == "") {
				t.Errorf("CheckProvider() = %q, want %q", got, tt.want)
			}
		})
	}
	unknownRegion := resource.PropertyMap{"region": unknown}
	if got := CheckProvider(unknownRegion); got != nil {
		t.Errorf("an unknown region: %v", got)
	}
}

func TestCreate_ChangesNothingInAPreview(t *testing.T) {
	aws := New(Options{})
	client := dial(t, serve(t, aws), map[string]any{"region": "eu-test-1"})
	q := ask(bucketType, "archive", map[string]any{"bucket": "acme-archive"})
	inputs, err := wire(q.Inputs)
	if err != nil {
		t.Fatal(err)
	}
	response, err := client.Create(t.Context(), &pulumirpc.CreateRequest{
		Urn: q.URN, Name: q.Name, Type: q.Type, Properties: inputs, Preview: true,
	})
	if err != nil || response.GetId() != "" {
		t.Fatalf("Create() = %v, %v, want no id", response, err)
	}
	outputs, err := properties(response.GetProperties())
	if err != nil || outputs["bucket"].StringValue() != "acme-archive" || !outputs["arn"].IsComputed() {
		t.Errorf("outputs = %v, %v, want the inputs and unknowns", outputs, err)
	}
	if n := aws.Statistics().Resources; n != 0 {
		t.Errorf("%d resources exist after a preview", n)
	}
}

func TestClose_LeavesNothingRunning(t *testing.T) {
	// Loading and warming up whatever starts goroutines for good.
	one := func(t *testing.T) {
		aws := New(Options{Latency: Typical, Scale: 1})
		client := dial(t, serve(t, aws), map[string]any{"region": "eu-test-1"})
		q := ask("aws:cfg/organizationConformancePack:OrganizationConformancePack", "part-11", map[string]any{"name": "part-11"})
		inputs, err := wire(q.Inputs)
		if err != nil {
			t.Fatal(err)
		}
		ended := make(chan error)
		go func() {
			_, err := client.Create(t.Context(), &pulumirpc.CreateRequest{Urn: q.URN, Name: q.Name, Type: q.Type, Properties: inputs})
			ended <- err
		}()
		for aws.Statistics().Calls[Call{Type: q.Type, Operation: Create}] == 0 {
			time.Sleep(time.Millisecond)
		}
		start := time.Now()
		if err := aws.Close(); err != nil {
			t.Error(err)
		}
		if err := <-ended; err == nil {
			t.Error("an operation of four minutes succeeded")
		}
		if took := time.Since(start); took > 5*time.Second {
			t.Errorf("closing took %v", took)
		}
	}
	t.Run("first", one)
	before := runtime.NumGoroutine()
	t.Run("second", one)
	deadline := time.Now().Add(5 * time.Second)
	for runtime.NumGoroutine() > before && time.Now().Before(deadline) {
		time.Sleep(10 * time.Millisecond)
	}
	if after := runtime.NumGoroutine(); after > before {
		stacks := make([]byte, 1<<20)
		t.Errorf("%d goroutines before, %d after\n%s", before, after, stacks[:runtime.Stack(stacks, true)])
	}
}
