package key

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
)

func TestAdministration_ManagesTheKeyButCannotUseIt(t *testing.T) {
	statement := Administration("111122223333")
	assert.Equal(t, []string{"arn:aws:iam::111122223333:root"}, []string(statement.Principal.AWS))
	assert.NotEmpty(t, statement.Action)
	for _, use := range []string{
		"kms:Decrypt", "kms:Encrypt", "kms:GenerateDataKey", "kms:ReEncryptFrom", "kms:CreateGrant", "kms:Sign",
	} {
		for _, granted := range statement.Action {
			prefix, wild := strings.CutSuffix(granted, "*")
			assert.False(t, granted == use || wild && strings.HasPrefix(use, prefix), "%s grants %s", granted, use)
		}
	}
}

func TestArgs_Rejects(t *testing.T) {
	tests := map[string]struct {
		change func(*Args)
		want   string
	}{
		"no alias":       {func(a *Args) { a.Alias = "" }, "alias is required"},
		"no description": {func(a *Args) { a.Description = "" }, "description is required"},
		"no policy":      {func(a *Args) { a.Policy = nil }, "policy is required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			args := Args{Alias: "a", Description: "d", Policy: pulumi.String("{}")}
			assert.NoError(t, args.validate())
			tt.change(&args)
			assert.EqualError(t, args.validate(), tt.want)
		})
	}
}
