package landingzone

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

func TestAccountProtection_EncryptsVolumesWithAKeyForEC2Alone(t *testing.T) {
	graph := renderProtection(t, func(*AccountProtectionArgs) {})
	encryption := pulumitest.Find(t, graph, "aws:ebs/encryptionByDefault:EncryptionByDefault", "protection")
	assert.Equal(t, true, encryption.Inputs["enabled"])
	assert.True(t, encryption.Protect && encryption.RetainOnDelete)
	key := pulumitest.Find(t, graph, "aws:kms/key:Key", "protection-volumes")
	assert.Equal(t, key.Outputs["arn"],
		pulumitest.Find(t, graph, "aws:ebs/defaultKmsKey:DefaultKmsKey", "protection").Inputs["keyArn"])
	document := key.Inputs["policy"].(string)
	assert.Contains(t, document, `"kms:ViaService":"ec2.eu-test-1.amazonaws.com"`)
	assert.Contains(t, document, `"aws:PrincipalAccount":"222233334444"`)
}

func TestAccountProtection_BlocksEveryWayToAPublicBucket(t *testing.T) {
	graph := renderProtection(t, func(*AccountProtectionArgs) {})
	block := pulumitest.Find(t, graph, "aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock", "protection")
	for _, way := range []string{"blockPublicAcls", "blockPublicPolicy", "ignorePublicAcls", "restrictPublicBuckets"} {
		assert.Equal(t, true, block.Inputs[way], way)
	}
	assert.Equal(t, "222233334444", block.Inputs["accountId"])
}

func TestAccountProtection_SwitchesOffWhatConfigurationSwitchesOff(t *testing.T) {
	graph := renderProtection(t, func(a *AccountProtectionArgs) { a.VolumeKey, a.BlockPublicBuckets = false, false })
	pulumitest.Find(t, graph, "aws:ebs/encryptionByDefault:EncryptionByDefault", "protection")
	assert.Empty(t, graph.OfType("aws:kms/key:Key", "aws:ebs/defaultKmsKey:DefaultKmsKey",
		"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock"))
}

func TestAccountProtectionArgs_Rejects(t *testing.T) {
	provided := account.Account{Provider: &aws.Provider{}}
	assert.EqualError(t, (*AccountProtectionArgs)(nil).validate(), "args are required")
	assert.EqualError(t, (&AccountProtectionArgs{}).validate(), "account has no provider")
	assert.EqualError(t, (&AccountProtectionArgs{Account: provided}).validate(), "organizationID is required")
}

func TestCertificate_PublishesOneRecordForADomainAndItsWildcard(t *testing.T) {
	graph := pulumitest.Render(t, func(ctx *pulumi.Context) error {
		network, err := pulumitest.Account(ctx, "network", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		_, err = NewCertificate(ctx, "certificate", &CertificateArgs{
			Account: network, Domain: "example.com", AlternativeNames: []string{"*.example.com", "b.example.org"},
			HostedZoneID: "Z0123456789",
		})
		return err
	})
	records := pulumitest.OfType(t, graph, "aws:route53/record:Record")
	require.Len(t, records, 2)
	names := map[any]bool{}
	for _, r := range records {
		names[r.Inputs["name"]] = true
		assert.Equal(t, "CNAME", r.Inputs["type"])
		assert.Equal(t, "Z0123456789", r.Inputs["zoneId"])
	}
	assert.Len(t, names, 2, "each record proves another domain")
	proof := pulumitest.Find(t, graph, "aws:acm/certificateValidation:CertificateValidation", "certificate")
	assert.Len(t, proof.Inputs["validationRecordFqdns"], 2)
	assert.Equal(t, "DNS", pulumitest.Find(t, graph, "aws:acm/certificate:Certificate", "certificate").Inputs["validationMethod"])
}

func TestCertificate_DoesNotRelyOnTheOrderOfAWS(t *testing.T) {
	text := func(s string) *string { return &s }
	options := []acm.CertificateDomainValidationOption{
		{DomainName: text("b.example.org"), ResourceRecordName: text("_b"), ResourceRecordType: text("CNAME"), ResourceRecordValue: text("v")},
		{DomainName: text("*.example.com"), ResourceRecordName: text("_a"), ResourceRecordType: text("CNAME"), ResourceRecordValue: text("v")},
	}
	option, err := optionFor("example.com", options)
	require.NoError(t, err)
	assert.Equal(t, "_a", *option.ResourceRecordName)
	_, err = optionFor("example.net", options)
	assert.EqualError(t, err, "AWS asks for no record to validate example.net")
}

func TestCertificateArgs_Rejects(t *testing.T) {
	provided := account.Account{Provider: &aws.Provider{}}
	assert.EqualError(t, (*CertificateArgs)(nil).validate(), "args are required")
	assert.EqualError(t, (&CertificateArgs{}).validate(), "account has no provider")
	assert.EqualError(t, (&CertificateArgs{Account: provided}).validate(), "domain is required")
	assert.EqualError(t, (&CertificateArgs{Account: provided, Domain: "example.com"}).validate(), "hostedZoneID is required")
}

func renderProtection(t *testing.T, change func(*AccountProtectionArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		network, err := pulumitest.Account(ctx, "network", "222233334444", pulumitest.Region)
		if err != nil {
			return err
		}
		args := &AccountProtectionArgs{
			Account: network, OrganizationID: pulumi.String("o-exampleorgid"), VolumeKey: true, BlockPublicBuckets: true,
		}
		change(args)
		_, err = NewAccountProtection(ctx, "protection", args)
		return err
	})
}
