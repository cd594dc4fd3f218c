package evaluation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	organizationType = "aws:organizations/organization:Organization"
	unitType         = "aws:organizations/organizationalUnit:OrganizationalUnit"
	accountType      = "aws:organizations/account:Account"
	bucketType       = "aws:s3/bucketV2:BucketV2"
	keyType          = "aws:kms/key:Key"
	aliasType        = "aws:kms/alias:Alias"

	// managementPlace is the place of the management account.
	managementPlace = "management"

	// rootPlace is the place of an account that is in no unit.
	rootPlace = "Root"
)

// world is what requests are made in: the organization as the graph describes
// it, and its policies.
type world struct {
	graph    *qualification.Graph
	policies documents

	organization, root string
	home, elsewhere    string // a governed region, and one that is not
	replica            string // the region of the second copy, if there is one
	governed           []string
	prefix             string // of the buckets' names
	accessRole         string // that Organizations makes in a new account

	places map[string]place
	units  map[string]string // paths of units by id

	// attached are the names of the service control and resource control
	// policies by target.
	attached map[string]map[string][]string

	// resources are the policies of resources by the ARN that they protect.
	resources map[string]protected
}

// place is an account, and the chain of what is above it.
type place struct {
	account string
	// chain are the root, the units and the account, outermost first.
	chain []string
	// path is the chain without the account, as AWS writes it in
	// aws:PrincipalOrgPaths.
	path string
}

// standIn is the account that a unit without accounts is given: its guardrails
// must hold for the first one that it gets.
const standIn = "000000000000"

func newWorld(g *qualification.Graph) (*world, error) {
	w := &world{
		graph: g, places: map[string]place{}, units: map[string]string{},
		attached:  map[string]map[string][]string{serviceControl: {}, resourceControl: {}},
		resources: map[string]protected{},
	}
	var err error
	if w.policies, err = readDocuments(g); err != nil {
		return nil, err
	}
	for _, read := range []func() error{w.readOrganization, w.readPlaces, w.readAttachments, w.readRegions} {
		if err := read(); err != nil {
			return nil, fmt.Errorf("evaluate policies: %w", err)
		}
	}
	w.readResources()
	return w, nil
}

func (w *world) readOrganization() error {
	all := w.graph.OfType(organizationType)
	if len(all) != 1 {
		return fmt.Errorf("the graph holds %d organizations, want one", len(all))
	}
	organization := all[0]
	id, _ := w.graph.AccountID(organization).Text()
	root, _ := organization.Output("roots[0].id").Text()
	home, _ := w.graph.Region(organization).Text()
	if organization.ID == "" || id == "" || root == "" || home == "" {
		return errors.New("the organization is not known yet")
	}
	w.organization, w.root, w.home = organization.ID, root, home
	w.places[managementPlace] = place{id, []string{root, id}, organization.ID + "/" + root + "/"}
	return nil
}

// readPlaces finds the units and the accounts in them. A unit is a place by its
// path, with the first of its accounts; a core account by its key.
func (w *world) readPlaces() error {
	chains := map[string][]string{w.root: {w.root}}
	w.units[w.root] = rootPlace
	w.places[rootPlace] = w.placeOf(standIn, chains[w.root])
	// Units are registered after their parents.
	for _, unit := range w.graph.OfType(unitType) {
		parent, _ := unit.Get("parentId").Text()
		name, _ := unit.Get("name").Text()
		if unit.ID == "" || chains[parent] == nil {
			return fmt.Errorf("the unit %s, or its parent, is not known yet", name)
		}
		chains[unit.ID] = append(slices.Clone(chains[parent]), unit.ID)
		path := strings.TrimPrefix(w.units[parent]+"/"+name, rootPlace+"/")
		w.units[unit.ID] = path
		w.places[path] = w.placeOf(standIn, chains[unit.ID])
	}
	for _, account := range w.graph.OfType(accountType) {
		parent, _ := account.Get("parentId").Text()
		if account.ID == "" || chains[parent] == nil {
			return fmt.Errorf("the account %s, or its unit, is not known yet", account.Name())
		}
		in := w.placeOf(account.ID, chains[parent])
		w.units[account.ID] = account.Name()
		w.places[strings.TrimPrefix(account.Name(), "organization-")] = in
		if path := w.units[parent]; w.places[path].account == standIn {
			w.places[path] = in
		}
		if w.accessRole == "" {
			w.accessRole, _ = account.Get("roleName").Text()
		}
	}
	return nil
}

func (w *world) placeOf(account string, chain []string) place {
	path := w.organization + "/" + strings.Join(chain, "/") + "/"
	return place{account, append(slices.Clone(chain), account), path}
}

func (w *world) readAttachments() error {
	names := map[string]string{}
	for _, p := range w.graph.OfType(policyType) {
		names[p.ID] = nameOf(p)
	}
	for _, a := range w.graph.OfType(attachmentType) {
		policy, _ := a.Get("policyId").Text()
		target, known := a.Get("targetId").Text()
		document := w.policies[names[policy]]
		switch {
		case !known || names[policy] == "":
			return fmt.Errorf("%s: what it attaches to what is not known yet", a.URN)
		case document == nil:
			continue // a policy of another language
		}
		kind, _ := document.source.Get("type").Text()
		w.attached[kind][target] = append(w.attached[kind][target], names[policy])
		document.units = append(document.units, w.units[target])
	}
	return nil
}

// elsewheres are regions of which at least one is not governed.
var elsewheres = []string{"ap-southeast-2", "sa-east-1", "ca-central-1", "me-south-1", "af-south-1"}

// readRegions finds a region that no guardrail permits, and the prefix that the
// names of the buckets begin with.
func (w *world) readRegions() error {
	for _, candidate := range elsewheres {
		named := slices.ContainsFunc(slices.Collect(maps.Values(w.policies)), func(d *document) bool {
			return d.source != nil && d.source.Type == policyType && strings.Contains(string(d.text), candidate)
		})
		if !named {
			w.elsewhere = candidate
			break
		}
	}
	if w.elsewhere == "" {
		return errors.New("every region that a case can use is governed")
	}
	for _, b := range w.graph.OfType(bucketType) {
		name, _ := b.Get("bucket").Text()
		if prefix, found := strings.CutSuffix(name, "-archive-"+w.home); found {
			w.prefix = prefix
		}
	}
	for _, b := range w.graph.OfType(bucketType) {
		name, _ := b.Get("bucket").Text()
		if region, found := strings.CutPrefix(name, w.prefix+"-archive-"); found && region != w.home {
			w.replica = region
		}
	}
	if w.prefix == "" {
		return errors.New("there is no archive in the home region, whose name tells the prefix of all")
	}
	// Every provider is in a governed region.
	for _, provider := range w.graph.OfType("pulumi:providers:aws") {
		if region, ok := provider.Get("region").Text(); ok && !slices.Contains(w.governed, region) {
			w.governed = append(w.governed, region)
		}
	}
	slices.Sort(w.governed)
	return nil
}
