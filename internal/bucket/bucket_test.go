package bucket

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
)

func TestArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*Args)
		want   string
	}{
		"no name":       {func(a *Args) { a.Bucket = "" }, "bucket name is required"},
		"no policy":     {func(a *Args) { a.Policy = nil }, "policy is required"},
		"unknown mode":  {func(a *Args) { a.Lock.Mode = "compliance" }, `lock mode is "compliance", must be COMPLIANCE or GOVERNANCE`},
		"no retention":  {func(a *Args) { a.Lock.Years = 0 }, "lock years is 0, must be at least 1"},
		"negative days": {func(a *Args) { a.Lock = nil; a.ExpireDays = -1 }, "expire days is -1, must be at least 0"},
		"thawing":       {func(a *Args) { a.ColdAfterDays = -1 }, "cold after days is -1, must be at least 0"},
		"locked expiry": {func(a *Args) { a.ExpireDays = 90 }, "objects of a locked bucket cannot expire"},
		"negative lock": {func(a *Args) { a.Lock.Years = -1 }, "lock years is -1, must be at least 1"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := Args{Bucket: "records", Policy: pulumi.String("{}"), Lock: &Lock{Mode: "COMPLIANCE", Years: 7}}
			assert.NoError(t, args.validate())
			tt.change(&args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
}

func TestResources_AreTheBucketAndItsObjects(t *testing.T) {
	assert.Equal(t, []string{"arn:aws:s3:::records", "arn:aws:s3:::records/*"}, Resources("records"))
}

func TestTier_MovesNothingWithoutDays(t *testing.T) {
	assert.Nil(t, tier(0).Transitions)
	assert.NotNil(t, tier(0).AbortIncompleteMultipartUpload, "a rule has to do something")
	assert.Len(t, tier(30).Transitions, 1)
}
