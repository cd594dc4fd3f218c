package rehearsal

import (
	"context"
	"fmt"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
)

// existing returns what the offline AWS must have from the start, because the
// configuration adopts it: whatever the program imports, with the properties
// that the program writes, as in an organization that matches its
// configuration.
func existing(ctx context.Context, o Options) ([]offline.Existing, error) {
	if !adopts(o.Config) {
		return nil, nil
	}
	graph, err := render.Render(ctx, o.Project, o.Stack, o.Program(o.Config, &Recorder{}), render.Config(o.Values),
		render.Quotas(Granted(o.Config)))
	if err != nil {
		return nil, fmt.Errorf("render what the configuration adopts: %w", err)
	}
	return render.Existing(graph)
}

// adopts says whether the configuration names anything that exists already.
func adopts(cfg *config.Config) bool {
	zone := cfg.LandingZone
	if zone.Organization.Adopt != nil || zone.Organization.ControlTower {
		return true
	}
	for _, core := range zone.CoreAccounts.All() {
		if core.ID != "" {
			return true
		}
	}
	for _, account := range zone.Accounts {
		if account.ID != "" {
			return true
		}
	}
	return false
}
