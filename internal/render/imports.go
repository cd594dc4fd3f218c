package render

import (
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// Existing returns what a program imports, as it describes it: what an offline
// AWS must hold before the program can be rehearsed.
func Existing(graph *qualification.Graph) ([]offline.Existing, error) {
	providers := map[string]offline.Provider{}
	var existing []offline.Existing
	for _, r := range graph.Resources {
		if r.Type == awsProviderType {
			where, err := offline.ParseProvider(resource.NewPropertyMapFromMap(r.Inputs))
			if err != nil {
				return nil, err
			}
			providers[r.URN] = where
		}
	}
	for _, r := range graph.Resources {
		if r.ImportID == "" {
			continue
		}
		end := max(0, strings.LastIndex(r.Provider, "::"))
		existing = append(existing, offline.Existing{
			Type: r.Type, URN: r.URN, ID: r.ImportID, Inputs: r.Inputs, Provider: providers[r.Provider[:end]],
		})
	}
	return existing, nil
}
