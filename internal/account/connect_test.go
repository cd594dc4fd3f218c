package account

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestConnection_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*Connection)
		want   string
	}{
		"no key":    {func(c *Connection) { c.Key = "" }, "key is required"},
		"no region": {func(c *Connection) { c.Region = "" }, "region is required"},
		"no id":     {func(c *Connection) { c.ID = nil }, "id is required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			c := Connection{Key: "audit", Region: "eu-test-1", ID: pulumi.String("111122223333")}
			require.NoError(t, c.validate())
			tt.change(&c)
			assert.EqualError(t, c.validate(), tt.want)
		})
	}
}

func TestUseEmulator_SendsNoRealCredentials(t *testing.T) {
	args := &aws.ProviderArgs{}
	useEmulator(args, "http://127.0.0.1:5555")
	assert.Equal(t, pulumi.String("emulator"), args.AccessKey)
	assert.Equal(t, pulumi.String("emulator"), args.SecretKey)
	assert.Equal(t, pulumi.Bool(true), args.S3UsePathStyle)
	endpoints := args.Endpoints.(aws.ProviderEndpointArray)
	require.Len(t, endpoints, 1)
	assert.Equal(t, pulumi.StringPtr("http://127.0.0.1:5555"), endpoints[0].(aws.ProviderEndpointArgs).Sts)
}

func TestTags_HaveOneKeyForEachField(t *testing.T) {
	tags := Tags{"o", "e", "g", "d", "r", "c", "s"}
	assert.Len(t, tags.Map(), 7)
	assert.Len(t, Keys(), 7)
	seen := map[string]bool{}
	for _, value := range tags.Map() {
		assert.NotEmpty(t, value)
		assert.False(t, seen[value], "two keys carry %q", value)
		seen[value] = true
	}
}
