package key

import (
	"strings"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
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

func TestNewSigning_KeepsAKeyThatSigns(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "log-archive", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		document, err := policy.JSON(Administration("222233334444"))
		if err != nil {
			return err
		}
		_, err = NewSigning(ctx, "results", Args{Alias: "results", Description: "Signs.", Policy: pulumi.String(document)}, pulumi.Provider(in.Provider))
		return err
	})
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "results")
	assert.Equal(t, "SIGN_VERIFY", key.Inputs["keyUsage"])
	assert.Equal(t, "ECC_NIST_P256", key.Inputs["customerMasterKeySpec"])
	assert.NotContains(t, key.Inputs, "enableKeyRotation", "KMS refuses to rotate a key that signs")
	assert.Equal(t, 30.0, key.Inputs["deletionWindowInDays"])
	assert.True(t, key.Protect && key.RetainOnDelete)
	assert.Equal(t, "alias/results", pulumitest.Find(t, graph, "aws:kms/alias:Alias", "results").Inputs["name"])
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
