package qualification

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// These and the versions between them are those of Pulumi's deployment format
// whose resources have the form that this package reads.
const minDeploymentVersion, maxDeploymentVersion = 3, 4

// maxProblems keeps the error about a file that is no deployment readable.
const maxProblems = 20

// LoadDeployment reads a graph from the JSON of a deployment, as `pulumi stack
// export` and `gxp render` print it. Resources that await deletion are left out.
// Unknown values, secrets and assets keep Pulumi's form; [Resource.Get]
// understands it. Malformed input is an error that says what is wrong and where.
func LoadDeployment(data []byte) (*Graph, error) {
	var file struct {
		Version    int              `json:"version"`
		Deployment *json.RawMessage `json:"deployment"`
	}
	if err := decodeJSON(data, &file); err != nil {
		return nil, fmt.Errorf("read deployment: %w; expected the JSON that `pulumi stack export` or `gxp render` prints", err)
	}
	if file.Deployment == nil {
		return nil, errors.New(
			"read deployment: there is no deployment in it; expected the JSON that `pulumi stack export` or `gxp render` prints")
	}
	if file.Version < minDeploymentVersion || file.Version > maxDeploymentVersion {
		return nil, fmt.Errorf("read deployment: version %d is not supported, only %d to %d; export the stack with a current Pulumi CLI",
			file.Version, minDeploymentVersion, maxDeploymentVersion)
	}
	var deployment struct {
		Resources []*loadedResource `json:"resources"`
	}
	if err := decodeJSON(*file.Deployment, &deployment); err != nil {
		return nil, fmt.Errorf("read deployment: %w", err)
	}
	resources, err := admitted(deployment.Resources)
	if err != nil {
		return nil, fmt.Errorf("read deployment: %w", err)
	}
	return NewGraph(resources), nil
}

// loadedResource is a resource with what decides whether it is loaded at all.
type loadedResource struct {
	Resource
	Delete bool `json:"delete"`
}

// admitted returns the resources that are not about to be deleted, once all of
// them are well-formed.
func admitted(loaded []*loadedResource) ([]*Resource, error) {
	var resources []*Resource
	var problems []error
	seen := map[string]bool{}
	for i, l := range loaded {
		if l == nil {
			problems = append(problems, fmt.Errorf("resources[%d] is null", i))
			continue
		}
		if l.Delete {
			continue
		}
		if err := l.wellFormed(); err != nil {
			problems = append(problems, fmt.Errorf("resources[%d]: %w", i, err))
			continue
		}
		if seen[l.URN] {
			problems = append(problems, fmt.Errorf("resources[%d]: %s is there twice", i, l.URN))
			continue
		}
		seen[l.URN] = true
		resources = append(resources, &l.Resource)
	}
	if more := len(problems) - maxProblems; more > 0 {
		problems = append(problems[:maxProblems], fmt.Errorf("and %d more", more))
	}
	return resources, errors.Join(problems...)
}

func (r *Resource) wellFormed() error {
	parts, ok := parseURN(r.URN)
	if !ok {
		return fmt.Errorf("urn %q is not of the form urn:pulumi:stack::project::type::name", r.URN)
	}
	types := parts.types()
	if own := types[len(types)-1]; r.Type != own {
		return fmt.Errorf("type %q differs from that of its URN, %s", r.Type, own)
	}
	return nil
}

// decodeJSON decodes exactly one JSON value.
func decodeJSON(data []byte, into any) error {
	decoder := json.NewDecoder(bytes.NewReader(data))
	if err := decoder.Decode(into); err != nil {
		if errors.Is(err, io.EOF) {
			return errors.New("it is empty")
		}
		return err
	}
	if _, err := decoder.Token(); !errors.Is(err, io.EOF) {
		return errors.New("there is more after its end")
	}
	return nil
}

// WriteDeployment writes the graph as the JSON of a deployment, which
// [LoadDeployment] reads.
func (g *Graph) WriteDeployment(w io.Writer) error {
	type deployment struct {
		Resources []*Resource `json:"resources"`
	}
	resources := g.Resources
	if resources == nil {
		resources = []*Resource{}
	}
	encoder := json.NewEncoder(w)
	encoder.SetIndent("", "  ")
	encoder.SetEscapeHTML(false)
	return encoder.Encode(struct {
		Version    int        `json:"version"`
		Deployment deployment `json:"deployment"`
	}{minDeploymentVersion, deployment{resources}})
}
