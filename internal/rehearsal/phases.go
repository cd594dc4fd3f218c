package rehearsal

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const accountType = "aws:organizations/account:Account"

// perAccount is how many resources a workload account may cost.
const perAccount = 6

// shown is how many entries of a list an error names.
const shown = 10

// preview must succeed on a stack that does not exist yet.
func (r *run) preview(p *Phase) error {
	o := r.engine.preview(r.ctx, r.Program(r.Config, r.recorder), r.watch())
	p.note(o)
	if o.err != nil {
		return errors.New(o.reason())
	}
	r.planned = o.steps[apitype.OpCreate]
	if len(r.planned) == 0 {
		return errors.New("the program registered no resource")
	}
	return nil
}

// fault lets the creation of one resource fail. What was created before must
// be in the state.
func (r *run) fault(p *Phase) error {
	match, err := r.faultTarget()
	if err != nil {
		return err
	}
	r.cloud.Inject(offline.Fault{
		Match: match, Operation: "create", Times: 1, Message: "InternalFailure: fault injected by the rehearsal",
	})
	o := r.engine.up(r.ctx, r.Program(r.Config, r.recorder), r.watch())
	p.note(o)
	r.remember(o)
	if err := r.readState(); err != nil {
		return err
	}
	switch {
	case o.err == nil:
		return fmt.Errorf("the deployment succeeded although the creation of %s was to fail: "+
			"name part of the URN or type of a resource that is created", match)
	case !strings.Contains(o.reason(), "fault injected by the rehearsal"):
		return fmt.Errorf("the deployment failed for another reason than the fault: %s", o.reason())
	}
	return missing(r.graph, slices.Collect(maps.Keys(r.created)), "was created before the fault but is not in the state")
}

// faultTarget returns what the fault is to hit.
func (r *run) faultTarget() (string, error) {
	custom := slices.DeleteFunc(slices.Clone(r.planned), func(urn string) bool {
		return !strings.HasPrefix(typeOf(urn), "aws:")
	})
	if r.Fault != Middle {
		if !slices.ContainsFunc(custom, func(urn string) bool { return strings.Contains(urn, r.Fault) }) {
			return "", fmt.Errorf("no AWS resource that is created has %q in its URN, so none can fail", r.Fault)
		}
		return r.Fault, nil
	}
	if len(custom) == 0 {
		return "", errors.New("the program creates no AWS resource that could fail")
	}
	return custom[len(custom)/2], nil
}

// up deploys. After a fault it deploys what is left, and creates nothing that
// is there already.
func (r *run) up(p *Phase) error {
	o := r.engine.up(r.ctx, r.Program(r.Config, r.recorder), r.watch())
	p.note(o)
	r.remember(o)
	stateErr := r.readState()
	if o.err != nil {
		return errors.Join(errors.New(o.reason()), stateErr)
	}
	if stateErr != nil {
		return stateErr
	}
	if err := r.onceEach(); err != nil {
		return err
	}
	return missing(r.graph, r.planned, "was to be created but is not in the state")
}

// remember counts creations.
func (r *run) remember(o *outcome) {
	for _, urn := range o.steps[apitype.OpCreate] {
		r.created[urn]++
	}
}

// onceEach complains about resources that were created more than once.
func (r *run) onceEach() error {
	var twice []string
	for _, urn := range slices.Sorted(maps.Keys(r.created)) {
		if n := r.created[urn]; n > 1 {
			twice = append(twice, fmt.Sprintf("%s was created %d times", urn, n))
		}
	}
	return listed("resources were created more than once", twice)
}

// secondPreview must show no change.
func (r *run) secondPreview(p *Phase) error {
	o := r.engine.preview(r.ctx, r.Program(r.Config, r.recorder), r.watch())
	p.note(o)
	if o.err != nil {
		return errors.New(o.reason())
	}
	r.summary.SecondPreviewChanges = o.count()
	return noChange(o)
}

// unchanged is a preview of cfg that must show no change.
func (r *run) unchanged(p *Phase, cfg *config.Config) error {
	o := r.engine.preview(r.ctx, r.Program(cfg, r.recorder), r.watch())
	p.note(o)
	if o.err != nil {
		return errors.New(o.reason())
	}
	return noChange(o)
}

func noChange(o *outcome) error {
	if n := o.count(); n > 0 {
		return listed(fmt.Sprintf("a preview right after the deployment shows %d changes", n), o.changed())
	}
	return nil
}

// controls judges the state.
func (r *run) controls(*Phase) error {
	if r.Controls == nil {
		return nil
	}
	judged := r.Controls(r.graph)
	r.summary.Controls = judged.Verdicts
	if judged.Failed == 0 && judged.Unknown == 0 {
		return nil
	}
	return listed(fmt.Sprintf("%d controls failed and %d are unknown on the deployed state",
		judged.Failed, judged.Unknown), judged.Findings)
}

// readiness checks that the program waited once for each account it created.
func (r *run) readiness(*Phase) error {
	created := map[string]string{}
	for _, resource := range r.graph.Resources {
		if resource.Type == accountType && r.created[resource.URN] > 0 {
			created[resource.ID] = shortName(resource.URN)
		}
	}
	return listed("accounts were used before they were ready", r.recorder.problems(created))
}

// update deploys another configuration on what is deployed.
func (r *run) update(p *Phase, cfg *config.Config) (*outcome, error) {
	o := r.engine.up(r.ctx, r.Program(cfg, r.recorder), r.watch())
	p.note(o)
	r.remember(o)
	stateErr := r.readState()
	if o.err != nil {
		return o, errors.Join(errors.New(o.reason()), stateErr)
	}
	return o, stateErr
}

// accountsAdded deploys the configuration with more accounts: creations only,
// few for each account, and no provider more.
func (r *run) accountsAdded(p *Phase, cfg *config.Config) error {
	providers := Providers(r.graph)
	o, err := r.update(p, cfg)
	if err != nil {
		return err
	}
	var problems []string
	each := map[string]int{}
	for _, urn := range o.steps[apitype.OpCreate] {
		name := addedAccount(urn)
		if name == "" {
			problems = append(problems, "create "+urn+" belongs to no added account")
		}
		each[name]++
	}
	for _, change := range o.changed() {
		if !strings.HasPrefix(change, string(apitype.OpCreate)+" ") && !listsAccounts(change) {
			problems = append(problems, change+" is not a creation")
		}
	}
	delete(each, "")
	for _, name := range slices.Sorted(maps.Keys(each)) {
		if each[name] > perAccount {
			problems = append(problems, fmt.Sprintf("%s costs %d resources, more than %d", name, each[name], perAccount))
		}
	}
	if len(each) != r.Accounts {
		problems = append(problems, fmt.Sprintf("%d accounts were to be added, resources were created for %d",
			r.Accounts, len(each)))
	}
	if now := Providers(r.graph); now != providers {
		problems = append(problems, fmt.Sprintf("the number of provider instances changed from %d to %d", providers, now))
	}
	if err := r.readiness(p); err != nil {
		problems = append(problems, err.Error())
	}
	return listed("adding accounts did more than add accounts", problems)
}

// readState exports the state and takes the summary's figures from it.
func (r *run) readState() error {
	data, graph, err := r.engine.state(r.ctx)
	if err != nil {
		return err
	}
	r.graph = graph
	r.summary.State = data
	r.summary.Resources = len(graph.Resources)
	r.summary.Providers = Providers(graph)
	r.summary.Accounts = 1 // management, which no stack creates
	clear(r.summary.ResourcesByPackage)
	for _, resource := range graph.Resources {
		r.summary.ResourcesByPackage[packageOf(resource.URN)]++
		if resource.Type == accountType {
			r.summary.Accounts++
		}
	}
	return nil
}

// missing complains about URNs that the graph lacks.
func missing(g *qualification.Graph, urns []string, complaint string) error {
	have := map[string]bool{}
	for _, resource := range g.Resources {
		have[resource.URN] = true
	}
	var lacking []string
	for _, urn := range slices.Sorted(slices.Values(urns)) {
		if !have[urn] {
			lacking = append(lacking, urn+" "+complaint)
		}
	}
	return listed("the state is incomplete", lacking)
}

// listed is an error of a headline and the first entries of a list, or nil
// when the list is empty.
func listed(headline string, entries []string) error {
	if len(entries) == 0 {
		return nil
	}
	text := headline + ":\n  " + strings.Join(entries[:min(len(entries), shown)], "\n  ")
	if more := len(entries) - shown; more > 0 {
		text += fmt.Sprintf("\n  and %d more", more)
	}
	return errors.New(text)
}

// listsAccounts reports that a change updates a schedule: what it starts is told
// which accounts there are, and holds nothing else.
func listsAccounts(change string) bool {
	return strings.HasPrefix(change, string(apitype.OpUpdate)+" ") && strings.Contains(change, "$aws:scheduler/schedule:Schedule::")
}
