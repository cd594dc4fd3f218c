package deployment

import (
	"errors"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// earlier answers for a stack that was deployed with these outputs.
type earlier map[string]any

var errUnexpected = errors.New("the package asks for nothing else")

func (e earlier) NewResource(args pulumi.MockResourceArgs) (string, resource.PropertyMap, error) {
	if args.TypeToken != "pulumi:pulumi:StackReference" || args.Name != "organization/project/stack" {
		return "", nil, errUnexpected
	}
	return args.Name, resource.NewPropertyMapFromMap(map[string]any{
		"name": args.Name, "outputs": map[string]any(e), "secretOutputNames": []any{},
	}), nil
}

func (earlier) Call(pulumi.MockCallArgs) (resource.PropertyMap, error) { return nil, errUnexpected }

// read decodes the output "years" of an earlier deployment.
func read(t *testing.T, outputs earlier) (years map[string]int, err error) {
	t.Helper()
	require.NoError(t, pulumi.RunErr(func(ctx *pulumi.Context) error {
		last, failed := Read(ctx)
		if failed != nil {
			return failed
		}
		err = last.Output("years", &years)
		return nil
	}, pulumi.WithMocks("project", "stack", outputs)))
	return years, err
}

func TestOutput_IsWhatWasDeployed(t *testing.T) {
	years, err := read(t, earlier{"years": map[string]any{"gmp-batch": 8}, "other": "text"})
	require.NoError(t, err)
	assert.Equal(t, map[string]int{"gmp-batch": 8}, years)
}

func TestOutput_OfNoDeploymentIsNothing(t *testing.T) {
	years, err := read(t, earlier{"other": "text"})
	require.NoError(t, err)
	assert.Nil(t, years)
}

func TestOutput_ThatCannotBeReadIsAnError(t *testing.T) {
	for name, value := range map[string]any{
		"text": "8", "another kind": map[string]any{"gmp-batch": "eight"}, "half a year": map[string]any{"gmp-batch": 7.5},
	} {
		_, err := read(t, earlier{"years": value})
		require.ErrorContains(t, err, "the output years of the last deployment is not what this program writes", name)
	}
}
