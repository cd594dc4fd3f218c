package catalog

import (
	"os/exec"
	"path/filepath"
	"testing"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation/types"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/testtool"
)

func TestTemplates_PassCfnLint(t *testing.T) {
	lint := testtool.Path(t, "cfn-lint")
	files, err := filepath.Glob("products/*/template.yaml")
	require.NoError(t, err)
	require.GreaterOrEqual(t, len(files), len(products))
	for _, file := range files {
		out, err := exec.CommandContext(t.Context(), lint, file).CombinedOutput()
		assert.NoError(t, err, "%s: %s", file, out)
	}
}

// parameters are what a developer would enter, per product.
var parameters = map[string]map[string]string{
	"encrypted-data-bucket": {
		"Name": "hplc-raw-data", "GxP": "GMP", "RecordClass": "gmp-batch", "Environment": "production",
		"Owner": "QC laboratory", "CostCentre": "CC-1", "RetentionMode": "GOVERNANCE", "RetentionYears": "11",
	},
}

func TestTemplates_CanBeLaunchedAndDeletedInAnEmulator(t *testing.T) {
	client := cloudformation.New(cloudformation.Options{
		Region:       "eu-central-1",
		BaseEndpoint: aws.String(testtool.Emulator(t)),
		Credentials:  credentials.NewStaticCredentialsProvider("emulator", "emulator", ""),
	})
	for _, p := range products {
		t.Run(p.key, func(t *testing.T) {
			template, err := p.template()
			require.NoError(t, err)
			require.Contains(t, parameters, p.key, "every product has an example launch")
			var given []types.Parameter
			for key, value := range parameters[p.key] {
				given = append(given, types.Parameter{ParameterKey: aws.String(key), ParameterValue: aws.String(value)})
			}
			_, err = client.CreateStack(t.Context(), &cloudformation.CreateStackInput{
				StackName: aws.String(p.key), TemplateBody: aws.String(template), Parameters: given,
			})
			require.NoError(t, err)
			stack := describe(t, client, p.key)
			assert.Equal(t, types.StackStatusCreateComplete, stack.StackStatus)
			outputs := map[string]string{}
			for _, o := range stack.Outputs {
				outputs[aws.ToString(o.OutputKey)] = aws.ToString(o.OutputValue)
			}
			assert.Equal(t, "gxp-data-123456789012-hplc-raw-data", outputs["BucketName"])
			assert.Contains(t, outputs["KeyArn"], ":key/")

			_, err = client.DeleteStack(t.Context(), &cloudformation.DeleteStackInput{StackName: aws.String(p.key)})
			require.NoError(t, err)
		})
	}
}

func describe(t *testing.T, client *cloudformation.Client, name string) types.Stack {
	t.Helper()
	stacks, err := client.DescribeStacks(t.Context(), &cloudformation.DescribeStacksInput{StackName: aws.String(name)})
	require.NoError(t, err)
	require.Len(t, stacks.Stacks, 1)
	return stacks.Stacks[0]
}
