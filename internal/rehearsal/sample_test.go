package rehearsal

import (
	"bytes"
	"errors"
	"fmt"
	"path/filepath"
	"runtime"
	"slices"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/deployment"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
	"github.com/gxp-landing-zone/gxp-landing-zone/landingzone"
)

// zone is a landing zone in small, with a switch for each thing that may be
// wrong with one.
type zone struct {
	unprotected bool // nothing refuses to be deleted
	impatient   bool // accounts are not waited for
	restless    bool // a property differs in each run
	forgetful   bool // removed accounts and lost years go unnoticed
	costly      int  // topics beside each account
	joined      bool // a segment is written into the others
	spilling    bool // a segment costs the others a topic
	segmentless bool // added segments are not made

	runs int
}

func sampleConfig() *config.Config {
	cfg := &config.Config{}
	cfg.LandingZone.Organization.ManagementAccountID = "111122223333"
	cfg.Logging.Archive.RetentionYears = 10
	cfg.LandingZone.Accounts = []config.Account{
		{Name: "batch-records", Email: "batch-records@example.com", Environment: "production", GxP: "GMP"},
		{Name: "old-trial", Email: "old-trial@example.com", Retired: true},
		{Name: "research", Email: "research@example.com", Environment: "development", GxP: "none"},
	}
	return cfg
}

var sampleValues = map[string]string{"pulumi:disable-default-providers": `["aws"]`}

func (z *zone) program(cfg *config.Config, operations landingzone.Operations) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		z.runs++
		if err := z.refuseLoss(ctx, cfg); err != nil {
			return err
		}
		organization := &component{}
		if err := ctx.RegisterComponentResource("gxp:landingzone:Organization", "organization", organization); err != nil {
			return err
		}
		management, err := aws.NewProvider(ctx, "management", &aws.ProviderArgs{
			Region:            pulumi.String("eu-central-1"),
			AllowedAccountIds: pulumi.StringArray{pulumi.String("111122223333")},
		})
		if err != nil {
			return err
		}
		child := []pulumi.ResourceOption{pulumi.Parent(organization), pulumi.Provider(management)}
		aws, err := organizations.NewOrganization(ctx, "organization", &organizations.OrganizationArgs{
			FeatureSet: pulumi.String("ALL"),
		}, child...)
		if err != nil {
			return err
		}
		ids, err := z.accounts(ctx, cfg, operations, append(child, pulumi.DependsOn([]pulumi.Resource{aws})))
		if err != nil {
			return err
		}
		archive := &component{}
		if err := ctx.RegisterComponentResource("gxp:logging:Archive", "archive", archive); err != nil {
			return err
		}
		child = []pulumi.ResourceOption{pulumi.Parent(archive), pulumi.Provider(management)}
		suffix := ""
		if z.restless {
			suffix = fmt.Sprint(z.runs)
		}
		if _, err := s3.NewBucketV2(ctx, "archive", &s3.BucketV2Args{
			Bucket: pulumi.String("example-archive"),
			Tags:   pulumi.StringMap{"Run": pulumi.String("run" + suffix)},
		}, append(child, pulumi.Protect(!z.unprotected))...); err != nil {
			return err
		}
		for _, name := range []string{"first", "second", "third"} {
			if _, err := sns.NewTopic(ctx, name, &sns.TopicArgs{Name: pulumi.String(name)}, child...); err != nil {
				return err
			}
		}
		if err := z.segments(ctx, cfg, child); err != nil {
			return err
		}
		ctx.Export("accounts", ids)
		ctx.Export("years", pulumi.Int(cfg.Logging.Archive.RetentionYears))
		return nil
	}
}

// component groups resources and has no outputs.
type component struct{ pulumi.ResourceState }

func (z *zone) accounts(
	ctx *pulumi.Context, cfg *config.Config, operations landingzone.Operations, child []pulumi.ResourceOption,
) (pulumi.Map, error) {
	ready, err := ctx.RegisterResourceHook("account-ready", func(a *pulumi.ResourceHookArgs) error {
		return operations.AccountReady(ctx.Context(), string(a.ID), "OrganizationAccountAccessRole")
	}, nil)
	if err != nil {
		return nil, err
	}
	ids := pulumi.Map{}
	var before pulumi.Resource
	for _, account := range cfg.LandingZone.Accounts {
		opts := append(slices.Clone(child), pulumi.Protect(!z.unprotected))
		if before != nil {
			opts = append(opts, pulumi.DependsOn([]pulumi.Resource{before}))
		}
		if !z.impatient {
			opts = append(opts, pulumi.ResourceHooks(&pulumi.ResourceHookBinding{AfterCreate: []*pulumi.ResourceHook{ready}}))
		}
		if account.ID != "" {
			opts = append(opts, pulumi.Import(pulumi.ID(account.ID)))
		}
		created, err := organizations.NewAccount(ctx, account.Name, &organizations.AccountArgs{
			Name: pulumi.String(account.Name), Email: pulumi.String(account.Email),
		}, opts...)
		if err != nil {
			return nil, err
		}
		for i := range z.costly {
			name := fmt.Sprintf("%s-%d", account.Name, i)
			if _, err := sns.NewTopic(ctx, name, &sns.TopicArgs{Name: pulumi.String(name)}, child...); err != nil {
				return nil, err
			}
		}
		ids[account.Name] = created.ID()
		before = created
	}
	return ids, nil
}

// segments makes a topic for each segment.
func (z *zone) segments(ctx *pulumi.Context, cfg *config.Config, child []pulumi.ResourceOption) error {
	all := cfg.LandingZone.Network.Segments
	for i, segment := range all {
		if z.segmentless && i > 0 {
			continue
		}
		names := []string{"segment-" + segment.Name}
		if z.spilling && i == 0 && len(all) > 1 {
			names = append(names, fmt.Sprintf("segment-%s-%d", segment.Name, len(all)))
		}
		tags := pulumi.StringMap{}
		if z.joined {
			tags["Segments"] = pulumi.Sprintf("%d", len(all))
		}
		for _, name := range names {
			if _, err := sns.NewTopic(ctx, name, &sns.TopicArgs{Name: pulumi.String(name), Tags: tags}, child...); err != nil {
				return err
			}
		}
	}
	return nil
}

func (z *zone) refuseLoss(ctx *pulumi.Context, cfg *config.Config) error {
	last, err := deployment.Read(ctx)
	if err != nil || z.forgetful {
		return err
	}
	var deployed map[string]any
	var years int
	if err := errors.Join(last.Output("accounts", &deployed), last.Output("years", &years)); err != nil {
		return err
	}
	for name := range deployed {
		if !slices.ContainsFunc(cfg.LandingZone.Accounts, func(a config.Account) bool { return a.Name == name }) {
			return fmt.Errorf("account %s is missing from the configuration: retire it instead", name)
		}
	}
	if cfg.Logging.Archive.RetentionYears < years {
		return fmt.Errorf("logging:archive.retentionYears: %d years are deployed", years)
	}
	return nil
}

// testCLI returns the Pulumi CLI, or skips the test where there is none.
func testCLI(t *testing.T) string {
	t.Helper()
	_, file, _, _ := runtime.Caller(0)
	root := filepath.Join(filepath.Dir(file), "..", "..")
	var notes bytes.Buffer
	cli, err := FindCLI(t.Context(), root, &notes)
	if err != nil {
		testtool.Missing(t, "engine tests are skipped: %v %s", err, notes.String())
	}
	return cli
}

// sampleOptions rehearses z in a temporary folder of the test's own.
func sampleOptions(t *testing.T, z *zone) (o Options, temporary string) {
	t.Helper()
	cli := testCLI(t)
	temporary = t.TempDir()
	t.Setenv("TMPDIR", temporary)
	return Options{
		CLI: cli, Project: "sample", Stack: "test", Config: sampleConfig(), Values: sampleValues, Program: z.program,
	}, temporary
}
