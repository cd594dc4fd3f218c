package render_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ec2"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/simpledb"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssm"
	awsxec2 "github.com/pulumi/pulumi-awsx/sdk/v2/go/awsx/ec2"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// in runs a program with a provider.
func in(program func(*pulumi.Context, *aws.Provider) error) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		provider, err := aws.NewProvider(ctx, "home", &aws.ProviderArgs{Region: pulumi.String("eu-central-1")})
		if err != nil {
			return err
		}
		return program(ctx, provider)
	}
}

func TestRender_GivesTheSameGraphEachTime(t *testing.T) {
	var first string
	for range 5 {
		graph, err := render.Render(t.Context(), "sample", "test", sample)
		if err != nil {
			t.Fatal(err)
		}
		data, err := json.MarshalIndent(graph, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		if first == "" {
			first = string(data)
		}
		if diff := cmp.Diff(first, string(data)); diff != "" {
			t.Fatalf("two renders differ:\n%s", diff)
		}
	}
}

func TestRender_PutsEachResourceAfterWhatItNeeds(t *testing.T) {
	graph, err := render.Render(t.Context(), "sample", "test", sample)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for _, r := range graph.Resources {
		needs := append([]string{r.Parent}, r.Dependencies...)
		if end := strings.LastIndex(r.Provider, "::"); end > 0 {
			needs = append(needs, r.Provider[:end])
		}
		for _, need := range needs {
			if need != "" && !seen[need] {
				t.Errorf("%s comes before %s", r.URN, need)
			}
		}
		seen[r.URN] = true
	}
	if first := graph.Resources[0].Type; first != "pulumi:pulumi:Stack" {
		t.Errorf("the first resource is a %s, want the stack", first)
	}
}

func TestRender_Refuses(t *testing.T) {
	tests := map[string]struct {
		program pulumi.RunFunc
		want    []string
	}{
		"two resources of one URN": {
			in(func(ctx *pulumi.Context, p *aws.Provider) error {
				for range 2 {
					if _, err := s3.NewBucketV2(ctx, "records", nil, pulumi.Provider(p)); err != nil {
						return err
					}
				}
				return nil
			}),
			[]string{"duplicate resource URN urn:pulumi:test::sample::aws:s3/bucketV2:BucketV2::records"},
		},
		"a resource without a provider": {
			func(ctx *pulumi.Context) error {
				_, err := s3.NewBucketV2(ctx, "records", nil)
				return err
			},
			[]string{"aws:s3/bucketV2:BucketV2 records has no explicit provider of aws"},
		},
		"a provider without a region": {
			func(ctx *pulumi.Context) error {
				_, err := aws.NewProvider(ctx, "home", nil)
				return err
			},
			[]string{"provider home: region is missing"},
		},
		"a type without a row": {
			in(func(ctx *pulumi.Context, p *aws.Provider) error {
				_, err := simpledb.NewDomain(ctx, "jobs", nil, pulumi.Provider(p))
				return err
			}),
			[]string{"jobs: the offline AWS does not know aws:simpledb/domain:Domain: add a row"},
		},
		"a lookup that nobody answers": {
			in(func(ctx *pulumi.Context, p *aws.Provider) error {
				_, err := ec2.LookupVpc(ctx, &ec2.LookupVpcArgs{}, pulumi.Provider(p))
				return err
			}),
			[]string{"the offline AWS does not answer aws:ec2/getVpc:getVpc"},
		},
		"a lookup without a provider": {
			func(ctx *pulumi.Context) error {
				_, err := aws.GetCallerIdentity(ctx, nil)
				return err
			},
			[]string{"getCallerIdentity is called without an explicit provider of aws"},
		},
		"a read of what exists": {
			in(func(ctx *pulumi.Context, p *aws.Provider) error {
				_, err := s3.GetBucketV2(ctx, "records", pulumi.ID("records"), nil, pulumi.Provider(p))
				return err
			}),
			[]string{"aws:s3/bucketV2:BucketV2 records is read, and a render knows nothing that exists"},
		},
		"what AWS would refuse, all at once and by name": {
			in(func(ctx *pulumi.Context, p *aws.Provider) error {
				for _, name := range []string{"UPPER", "under_score"} {
					if _, err := s3.NewBucketV2(ctx, "bucket-"+strings.ToLower(name), &s3.BucketV2Args{
						Bucket: pulumi.String(name)}, pulumi.Provider(p)); err != nil {
						return err
					}
				}
				return nil
			}),
			[]string{"aws:s3/bucketV2:BucketV2 bucket-upper: bucket: ", "aws:s3/bucketV2:BucketV2 bucket-under_score: bucket: "},
		},
		"a remote component without a provider of aws": {
			func(ctx *pulumi.Context) error {
				_, err := awsxec2.NewVpc(ctx, "hub", &awsxec2.VpcArgs{AvailabilityZoneNames: []string{"eu-central-1a"}})
				return err
			},
			[]string{"awsx:ec2:Vpc hub: no provider of aws was passed"},
		},
		"a remote VPC without zones": {
			in(func(ctx *pulumi.Context, p *aws.Provider) error {
				_, err := awsxec2.NewVpc(ctx, "hub", nil, pulumi.Providers(p))
				return err
			}),
			[]string{"awsx:ec2:Vpc hub: availabilityZoneNames is empty"},
		},
		"a program that panics": {
			func(*pulumi.Context) error { panic("out of cheese") },
			[]string{"program panicked: out of cheese"},
		},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			graph, err := render.Render(t.Context(), "sample", "test", tt.program)
			if graph != nil || err == nil {
				t.Fatalf("Render() = %v, %v, want no graph and an error", graph, err)
			}
			for _, want := range tt.want {
				if !strings.Contains(err.Error(), want) {
					t.Errorf("error %q does not contain %q", err, want)
				}
			}
		})
	}
}

func TestRender_ReturnsTheProgramsOwnError(t *testing.T) {
	want := errors.New("account log-archive has no email")
	_, err := render.Render(t.Context(), "sample", "test", func(*pulumi.Context) error { return want })
	if !errors.Is(err, want) {
		t.Errorf("Render() = %v, want %v", err, want)
	}
}

func TestRender_AnswersLookupsFromTheProvider(t *testing.T) {
	var account, region string
	_, err := render.Render(t.Context(), "sample", "test", func(ctx *pulumi.Context) error {
		provider, err := aws.NewProvider(ctx, "audit", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"),
			AssumeRole: aws.ProviderAssumeRoleArgs{
				RoleArn: pulumi.String("arn:aws:iam::444455556666:role/OrganizationAccountAccessRole"),
			},
		})
		if err != nil {
			return err
		}
		identity, err := aws.GetCallerIdentity(ctx, nil, pulumi.Provider(provider))
		if err != nil {
			return err
		}
		here, err := aws.GetRegion(ctx, nil, pulumi.Provider(provider))
		if err != nil {
			return err
		}
		account, region = identity.AccountId, here.Name
		return nil
	})
	if err != nil || account != "444455556666" || region != "eu-west-1" {
		t.Errorf("lookups say account %s in %s, %v", account, region, err)
	}
}

func TestRender_KeepsSecretsOutOfTheGraph(t *testing.T) {
	graph, err := render.Render(t.Context(), "sample", "test", in(func(ctx *pulumi.Context, p *aws.Provider) error {
		_, err := ssm.NewParameter(ctx, "token", &ssm.ParameterArgs{
			Name: pulumi.String("/token"), Type: pulumi.String("SecureString"),
			Value: pulumi.ToSecret(pulumi.String("hunter2")).(pulumi.StringOutput),
		}, pulumi.Provider(p))
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	data, err := json.Marshal(graph)
	if err != nil || strings.Contains(string(data), "hunter2") {
		t.Errorf("the graph holds the secret, %v", err)
	}
}

func TestRender_GrowsWithTheNumberOfResourcesOnly(t *testing.T) {
	program := func(count int) pulumi.RunFunc {
		return in(func(ctx *pulumi.Context, p *aws.Provider) error {
			for i := range count {
				if _, err := cloudwatch.NewLogGroup(ctx, fmt.Sprintf("group-%d", i), nil, pulumi.Provider(p)); err != nil {
					return err
				}
			}
			return nil
		})
	}
	seconds := func(count int) float64 {
		start := time.Now()
		graph, err := render.Render(t.Context(), "sample", "test", program(count))
		if err != nil || len(graph.Resources) != count+2 {
			t.Fatalf("Render() of %d resources: %v", count, err)
		}
		return time.Since(start).Seconds()
	}
	seconds(500) // warms up
	few, many := seconds(500), seconds(5000)
	t.Logf("500 resources %.2f s, 5000 resources %.2f s", few, many)
	// Ten times as many may take ten times as long; a square would take a
	// hundred times. Other work on the machine is allowed for.
	if many > 40*few+1 {
		t.Errorf("5000 resources took %.2f s, 500 took %.2f s", many, few)
	}
}

func TestRender_IsSafeInParallel(t *testing.T) {
	graphs := make(chan *qualification.Graph, 4)
	for range cap(graphs) {
		go func() {
			graph, err := render.Render(t.Context(), "sample", "test", sample)
			if err != nil {
				t.Error(err)
			}
			graphs <- graph
		}()
	}
	first := <-graphs
	for range cap(graphs) - 1 {
		if diff := cmp.Diff(first.Resources, (<-graphs).Resources); diff != "" {
			t.Errorf("parallel renders differ:\n%s", diff)
		}
	}
}
