package landingzone

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/acm"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/route53"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const certificateType = "gxp:landingzone:Certificate"

// recordSeconds is how long resolvers may keep a validation record. It never
// changes, and a mistake is corrected within a minute.
const recordSeconds = 60

// CertificateArgs configures a [Certificate]. Every field is required unless it
// says otherwise.
type CertificateArgs struct {
	// Account uses the certificate and holds the hosted zone.
	Account account.Account

	// Domain is the name that the certificate is for.
	Domain string

	// AlternativeNames are further names. Optional.
	AlternativeNames []string

	// HostedZoneID is the zone that holds the names.
	HostedZoneID string
}

// Certificate is a certificate that a DNS record validates, once and at every
// renewal.
type Certificate struct {
	pulumi.ResourceState

	// CertificateARN is the ARN of the certificate, once it is valid.
	CertificateARN pulumi.StringOutput `pulumi:"certificateArn"`
}

// NewCertificate creates a Certificate in args.Account.
func NewCertificate(
	ctx *pulumi.Context, name string, args *CertificateArgs, opts ...pulumi.ResourceOption,
) (*Certificate, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("certificate %s: %w", name, err)
	}
	c := &Certificate{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(certificateType, name, c, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(c)

	wanted := &acm.CertificateArgs{
		DomainName:       pulumi.String(args.Domain),
		ValidationMethod: pulumi.String("DNS"),
		KeyAlgorithm:     pulumi.String("RSA_2048"),
	}
	if len(args.AlternativeNames) > 0 {
		wanted.SubjectAlternativeNames = pulumi.ToStringArray(slices.Sorted(slices.Values(args.AlternativeNames)))
	}
	created, err := acm.NewCertificate(ctx, name, wanted, child)
	if err != nil {
		return nil, fmt.Errorf("certificate %s: %w", name, err)
	}
	var proofs pulumi.StringArray
	for _, domain := range args.validated() {
		proof, err := args.prove(ctx, name+"-"+domain, domain, created, child)
		if err != nil {
			return nil, fmt.Errorf("certificate %s: record of %s: %w", name, domain, err)
		}
		proofs = append(proofs, proof.Fqdn)
	}
	valid, err := acm.NewCertificateValidation(ctx, name, &acm.CertificateValidationArgs{
		CertificateArn:        created.Arn,
		ValidationRecordFqdns: proofs,
	}, child)
	if err != nil {
		return nil, fmt.Errorf("certificate %s: validation: %w", name, err)
	}

	c.CertificateARN = valid.CertificateArn
	return c, ctx.RegisterResourceOutputs(c, pulumi.Map{"certificateArn": c.CertificateARN})
}

func (a *CertificateArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.Domain == "":
		return errors.New("domain is required")
	case a.HostedZoneID == "":
		return errors.New("hostedZoneID is required")
	}
	return nil
}

// validated are the names that need a record of their own: a wildcard shares
// that of its domain.
func (a *CertificateArgs) validated() []string {
	var names []string
	for _, name := range append([]string{a.Domain}, a.AlternativeNames...) {
		if name = strings.TrimPrefix(name, "*."); !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// prove publishes the record by which AWS sees that the domain is the company's.
// Another certificate for the domain would ask for the very same record.
func (a *CertificateArgs) prove(
	ctx *pulumi.Context, name, domain string, certificate *acm.Certificate, child pulumi.ResourceOption,
) (*route53.Record, error) {
	option := certificate.DomainValidationOptions.ApplyT(
		func(options []acm.CertificateDomainValidationOption) (acm.CertificateDomainValidationOption, error) {
			return optionFor(domain, options)
		}).(acm.CertificateDomainValidationOptionOutput)
	return route53.NewRecord(ctx, name, &route53.RecordArgs{
		ZoneId:         pulumi.String(a.HostedZoneID),
		Name:           option.ResourceRecordName().Elem(),
		Type:           option.ResourceRecordType().Elem(),
		Records:        pulumi.StringArray{option.ResourceRecordValue().Elem()},
		Ttl:            pulumi.Int(recordSeconds),
		AllowOverwrite: pulumi.Bool(true),
	}, child)
}

// optionFor returns what AWS asks to be published for a domain. AWS lists the
// domains in no certain order.
func optionFor(
	domain string, options []acm.CertificateDomainValidationOption,
) (acm.CertificateDomainValidationOption, error) {
	for _, option := range options {
		if option.DomainName != nil && strings.TrimPrefix(*option.DomainName, "*.") == domain &&
			option.ResourceRecordName != nil && option.ResourceRecordType != nil && option.ResourceRecordValue != nil {
			return option, nil
		}
	}
	return acm.CertificateDomainValidationOption{}, fmt.Errorf("AWS asks for no record to validate %s", domain)
}
