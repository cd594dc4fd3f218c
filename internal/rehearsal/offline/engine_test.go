package offline_test

import (
	"fmt"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/offlinetest"
)

func oneBucket(ctx *pulumi.Context) error {
	provider, err := aws.NewProvider(ctx, "management", &aws.ProviderArgs{Region: pulumi.String("eu-test-1")})
	if err != nil {
		return err
	}
	bucket, err := s3.NewBucketV2(ctx, "records", nil, pulumi.Provider(provider))
	if err != nil {
		return err
	}
	ctx.Export("arn", bucket.Arn)
	return nil
}

func TestEngine_FindsNoChangeAfterAnUpdate(t *testing.T) {
	engine := offlinetest.NewEngine(t, offline.New(offline.Options{}))
	planned, out, err := engine.Preview(oneBucket)
	if err != nil || planned[apitype.OpCreate] != 3 {
		t.Fatalf("first preview = %v, %v, want 3 creations\n%s", planned, err, out)
	}
	if done := engine.MustUp(oneBucket); done["create"] != 3 {
		t.Fatalf("up = %v, want 3 creations", done)
	}
	again, out, err := engine.Preview(oneBucket)
	if err != nil || again[apitype.OpSame] != 3 || len(again) != 1 {
		t.Errorf("second preview = %v, %v, want 3 unchanged\n%s", again, err, out)
	}
}

// accounts makes count accounts, each of which waits for the one before when
// paced, and a bucket in the first of them.
func accounts(count int, paced bool) pulumi.RunFunc {
	return func(ctx *pulumi.Context) error {
		home, err := aws.NewProvider(ctx, "management", &aws.ProviderArgs{
			Region: pulumi.String("eu-central-1"), AllowedAccountIds: pulumi.StringArray{pulumi.String("111122223333")},
		})
		if err != nil {
			return err
		}
		organization, err := organizations.NewOrganization(ctx, "organization", nil, pulumi.Provider(home))
		if err != nil {
			return err
		}
		var first *organizations.Account
		before := pulumi.Resource(organization)
		for i := range count {
			name := fmt.Sprintf("member-%d", i)
			made, err := organizations.NewAccount(ctx, name, &organizations.AccountArgs{
				Name: pulumi.String(name), Email: pulumi.String(name + "@example.com"),
			}, pulumi.Provider(home), pulumi.DependsOn([]pulumi.Resource{before}))
			if err != nil {
				return err
			}
			if first == nil {
				first = made
			}
			if paced {
				before = made
			}
		}
		member, err := aws.NewProvider(ctx, "member", &aws.ProviderArgs{
			Region: pulumi.String("eu-west-1"),
			AssumeRole: aws.ProviderAssumeRoleArgs{
				RoleArn: pulumi.Sprintf("arn:aws:iam::%s:role/OrganizationAccountAccessRole", first.ID()),
			},
		})
		if err != nil {
			return err
		}
		for name, provider := range map[string]*aws.Provider{"here": home, "there": member} {
			topic, err := sns.NewTopic(ctx, name, nil, pulumi.Provider(provider))
			if err != nil {
				return err
			}
			ctx.Export(name, topic.Arn)
		}
		ctx.Export("account", first.ID())
		return nil
	}
}

func TestEngine_DeploysIntoTheAccountAndRegionOfEachProvider(t *testing.T) {
	cloud := offline.New(offline.Options{})
	engine := offlinetest.NewEngine(t, cloud)
	program := accounts(8, true)
	if _, out, err := engine.Preview(program); err != nil {
		t.Fatalf("preview with an account id that is not known yet: %v\n%s", err, out)
	}
	engine.MustUp(program)
	arns, member := map[string]string{}, ""
	for _, r := range engine.State() {
		switch r.Type {
		case "aws:sns/topic:Topic":
			arns[r.URN.Name()] = string(r.ID)
		case "aws:organizations/account:Account":
			if r.URN.Name() == "member-0" {
				member = string(r.ID)
			}
		}
	}
	for name, prefix := range map[string]string{
		"here": "arn:aws:sns:eu-central-1:111122223333:here-", "there": "arn:aws:sns:eu-west-1:" + member + ":there-",
	} {
		if !strings.HasPrefix(arns[name], prefix) {
			t.Errorf("the topic %s is %q, want one that begins with %q", name, arns[name], prefix)
		}
	}
	if n := cloud.Statistics().AccountsAtOnce; n != 1 {
		t.Errorf("%d accounts were in creation at once, want 1", n)
	}
	again, out, err := engine.Preview(program)
	if err != nil || len(again) != 1 || again[apitype.OpSame] == 0 {
		t.Errorf("second preview = %v, %v, want no change\n%s", again, err, out)
	}
	if err := engine.Destroy(); err != nil || cloud.Statistics().Resources != 0 {
		t.Errorf("destroy: %v, %d resources are left", err, cloud.Statistics().Resources)
	}
}

func TestEngine_RefusesAccountsThatAreNotPaced(t *testing.T) {
	engine := offlinetest.NewEngine(t, offline.New(offline.Options{Latency: offline.Typical, Scale: 200}))
	_, err := engine.Up(accounts(12, false))
	if err == nil || !strings.Contains(err.Error(), "ConcurrentModificationException") {
		t.Errorf("up = %v, want ConcurrentModificationException", err)
	}
}

func TestEngine_ConvergesAfterAFault(t *testing.T) {
	cloud := offline.New(offline.Options{})
	engine := offlinetest.NewEngine(t, cloud)
	cloud.Inject(offline.Fault{Match: "member-2", Operation: offline.Create, Times: 1, Message: "InternalFailure: injected"})
	program := accounts(4, true)
	if _, err := engine.Up(program); err == nil || !strings.Contains(err.Error(), "InternalFailure: injected") {
		t.Fatalf("first up = %v, want the injected fault", err)
	}
	if n := cloud.Statistics().Resources; n == 0 {
		t.Error("nothing survived the fault")
	}
	engine.MustUp(program)
	created := cloud.Statistics().Calls[offline.Call{Type: "aws:organizations/account:Account", Operation: offline.Create}]
	if created != 5 {
		t.Errorf("%d creations were asked for 4 accounts and one fault, want 5", created)
	}
	again, out, err := engine.Preview(program)
	if err != nil || len(again) != 1 {
		t.Errorf("preview = %v, %v, want no change\n%s", again, err, out)
	}
}
