package render_test

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
)

func TestRender_NeedsNoFileThatIsReadWhenItIsDeployed(t *testing.T) {
	graph, err := render.Render(t.Context(), "sample", "test", in(func(ctx *pulumi.Context, provider *aws.Provider) error {
		_, err := s3.NewBucketObjectv2(ctx, "code", &s3.BucketObjectv2Args{
			Bucket: pulumi.String("assets"), Key: pulumi.String("code.zip"), Source: pulumi.NewFileAsset("dist/nowhere.zip"),
		}, pulumi.Provider(provider))
		return err
	}))
	if err != nil {
		t.Fatal(err)
	}
	for _, r := range graph.Resources {
		if r.Type != "aws:s3/bucketObjectv2:BucketObjectv2" {
			continue
		}
		source := r.Inputs["source"].(map[string]any)
		if source["path"] != "dist/nowhere.zip" {
			t.Errorf("source is %v, want the file's path", source)
		}
		return
	}
	t.Error("the object is not in the graph")
}
