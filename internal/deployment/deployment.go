// Package deployment knows what the last deployment of a stack left behind. It
// is how the program finds out, before anything is touched, that a configuration
// would take back what must stay.
package deployment

import (
	"encoding/json"
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// Last is the last deployment of the stack that the program runs for.
type Last struct {
	self *pulumi.StackReference
}

// Read reads the last deployment of this stack. A program does so once: the
// engine refuses to read the same stack twice.
func Read(ctx *pulumi.Context) (*Last, error) {
	name := fmt.Sprintf("%s/%s/%s", ctx.Organization(), ctx.Project(), ctx.Stack())
	self, err := pulumi.NewStackReference(ctx, name, nil)
	if err != nil {
		return nil, fmt.Errorf("read the last deployment of this stack: %w", err)
	}
	return &Last{self}, nil
}

// Output decodes an output of the last deployment. Before the first deployment,
// and before the first with this output, into stays as it is. An output that
// cannot be read is an error: nobody knows then what was deployed.
func (l *Last) Output(name string, into any) error {
	output, err := l.self.GetOutputDetails(name)
	if err != nil {
		return fmt.Errorf("read the output %s of the last deployment: %w", name, err)
	}
	value := output.Value
	if value == nil {
		value = output.SecretValue
	}
	if value == nil {
		return nil
	}
	text, err := json.Marshal(value)
	if err != nil {
		return fmt.Errorf("read the output %s of the last deployment: %w", name, err)
	}
	if err := json.Unmarshal(text, into); err != nil {
		return fmt.Errorf("the output %s of the last deployment is not what this program writes: %w", name, err)
	}
	return nil
}
