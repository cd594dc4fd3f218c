package rehearsal

import (
	"errors"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// accountRemoved previews the configuration without one of its accounts. It
// must be refused, with the explanation how an account is retired.
func (r *run) accountRemoved(p *Phase, cfg *config.Config, name string) error {
	o := r.engine.preview(r.ctx, r.Program(cfg, r.recorder), r.watch())
	p.note(o)
	said := o.reason()
	switch {
	case o.err == nil:
		return fmt.Errorf("account %s was removed from the configuration and the preview did not refuse it", name)
	case !strings.Contains(strings.ToLower(said), "retire") || !strings.Contains(said, name):
		return fmt.Errorf("the removal of account %s was refused without saying how to retire it: %s", name, said)
	}
	p.Refused, p.Reason = true, said
	return nil
}

// withShorterRetention returns a copy of cfg whose archive is locked a year less,
// or nil where it is locked for no time at all.
func withShorterRetention(cfg *config.Config) *config.Config {
	if cfg.Logging.Archive.RetentionYears < 1 {
		return nil
	}
	shorter := *cfg
	shorter.Logging.Archive.RetentionYears--
	return &shorter
}

// retentionShortened deploys the configuration with a shorter retention. It must
// be refused with the retention that is deployed, before anything changes, and
// the second time too: a refusal must not make the stack forget what it refused.
func (r *run) retentionShortened(p *Phase, cfg *config.Config) error {
	deployed := fmt.Sprintf("%d years", cfg.Logging.Archive.RetentionYears+1)
	for range 2 {
		o := r.engine.up(r.ctx, r.Program(cfg, r.recorder), r.watch())
		p.note(o)
		said := o.reason()
		switch {
		case o.err == nil:
			return fmt.Errorf("the retention of the archive was shortened, from %s, and the deployment did not refuse it", deployed)
		case !strings.Contains(said, "logging:archive.retentionYears") || !strings.Contains(said, deployed):
			return fmt.Errorf("a shorter retention was refused without saying that %s are deployed: %s", deployed, said)
		case o.count() > 0:
			return listed("a shorter retention was refused too late", o.changed())
		}
		p.Refused, p.Reason = true, said
	}
	return nil
}

// destroyRefused runs what a person would run, a destruction that begins with a
// preview. It must be refused because of protected records, and touch nothing.
func (r *run) destroyRefused(p *Phase) error {
	before := r.graph
	o := r.engine.previewDestroy(r.ctx, r.watch())
	p.note(o)
	switch {
	case o.err == nil:
		return errors.New("the destruction of the stack was not refused: no resource of it is protected")
	case !strings.Contains(o.reason(), "protect"):
		return fmt.Errorf("the destruction was refused for another reason than protection: %s", o.reason())
	}
	_, after, err := r.engine.state(r.ctx)
	if err != nil {
		return err
	}
	urns := make([]string, 0, len(before.Resources))
	for _, resource := range before.Resources {
		urns = append(urns, resource.URN)
	}
	if err := missing(after, urns, "is gone from the state"); err != nil {
		return err
	}
	p.Refused, p.Reason = true, firstLine(o.reason())
	return nil
}

// destroyForced destroys without a preview, as nobody should. Whatever is
// protected must survive even that.
func (r *run) destroyForced(p *Phase) error {
	var protected []string
	for _, resource := range r.graph.Resources {
		if resource.Protect {
			protected = append(protected, resource.URN)
		}
	}
	o := r.engine.destroy(r.ctx, r.watch())
	p.note(o)
	if o.err == nil {
		return errors.New("a forced destruction of the stack succeeded: no resource of it is protected")
	}
	_, after, err := r.engine.state(r.ctx)
	if err != nil {
		return err
	}
	if err := missing(after, protected, "is protected and was destroyed"); err != nil {
		return err
	}
	p.Refused = true
	p.Reason = fmt.Sprintf("all %d protected resources survive; %d others were deleted",
		len(protected), len(o.steps[apitype.OpDelete]))
	return nil
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}
