package qualification

import "strings"

const urnPrefix = "urn:pulumi:"

// urnParts are the parts of urn:pulumi:stack::project::parent$type::name.
type urnParts struct {
	stack, project, qualifiedType, name string
}

func parseURN(urn string) (urnParts, bool) {
	rest, found := strings.CutPrefix(urn, urnPrefix)
	if !found {
		return urnParts{}, false
	}
	parts := strings.SplitN(rest, "::", 4)
	if len(parts) < 4 || parts[2] == "" || parts[3] == "" {
		return urnParts{}, false
	}
	return urnParts{parts[0], parts[1], parts[2], parts[3]}, true
}

// types are the types of the component that holds the resource, outermost
// first, and last the resource's own.
func (u urnParts) types() []string { return strings.Split(u.qualifiedType, "$") }

// Name is the logical name of the resource: the last part of its URN.
func (r *Resource) Name() string {
	parts, _ := parseURN(r.URN)
	return parts.name
}

// Component is the type of the innermost component of the landing zone that
// holds the resource (or that the resource is), such as gxp:logging:Archive.
// Empty for a resource outside of all components.
func (r *Resource) Component() string {
	parts, _ := parseURN(r.URN)
	component := ""
	for _, t := range parts.types() {
		if strings.HasPrefix(t, componentPrefix) {
			component = t
		}
	}
	return component
}

const componentPrefix = "gxp:"

// Package is the package of the program that registered the resource, such as
// logging. Empty for a resource outside of all components.
func (r *Resource) Package() string {
	pkg, _, _ := strings.Cut(strings.TrimPrefix(r.Component(), componentPrefix), ":")
	return pkg
}

// providerURN is the URN of the provider that the resource names: a provider
// reference is a URN and an id.
func (r *Resource) providerURN() string {
	if i := strings.LastIndex(r.Provider, "::"); i > 0 {
		return r.Provider[:i]
	}
	return ""
}

// IsProvider reports that the resource is a provider.
func (r *Resource) IsProvider() bool { return strings.HasPrefix(r.Type, "pulumi:providers:") }
