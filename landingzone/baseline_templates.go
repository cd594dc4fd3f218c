package landingzone

import (
	_ "embed"
	"fmt"
	"maps"
	"slices"

	"github.com/goccy/go-yaml"
)

// globalTemplate is what an account has once; regionalTemplate what it has in
// every governed region. Each is complete in itself: StackSets are deployed to
// a new account in no particular order.
var (
	//go:embed baseline/global.yaml
	globalTemplate string

	//go:embed baseline/regional.yaml
	regionalTemplate string
)

// mostTemplate is the size in bytes of the largest template that CloudFormation
// takes without a bucket.
const mostTemplate = 51200

// templateParameters returns the names of a template's parameters, sorted.
func templateParameters(template string) ([]string, error) {
	var t struct {
		Parameters map[string]any `yaml:"Parameters"`
	}
	if err := yaml.Unmarshal([]byte(template), &t); err != nil {
		return nil, fmt.Errorf("read template: %w", err)
	}
	return slices.Sorted(maps.Keys(t.Parameters)), nil
}
