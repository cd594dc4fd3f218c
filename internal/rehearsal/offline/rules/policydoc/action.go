package policydoc

import (
	_ "embed"
	"regexp"
	"slices"
	"strings"
)

// servicesText lists the prefixes that AWS's service authorization reference
// knows, one a line, sorted.
//
//go:embed services.txt
var servicesText string

var services = strings.Fields(servicesText)

// KnownService reports whether prefix is the service part of some AWS action,
// such as s3. Case does not matter.
func KnownService(prefix string) bool {
	_, ok := slices.BinarySearch(services, strings.ToLower(prefix))
	return ok
}

// topicActions are all that a topic policy may grant. SNS answers "Policy
// statement action out of service scope" to any other, sns:* included.
var topicActions = []string{
	"sns:addpermission", "sns:deletetopic", "sns:getdataprotectionpolicy", "sns:gettopicattributes",
	"sns:listsubscriptionsbytopic", "sns:listtagsforresource", "sns:publish", "sns:putdataprotectionpolicy",
	"sns:receive", "sns:removepermission", "sns:settopicattributes", "sns:subscribe",
}

var actionName = regexp.MustCompile(`^[A-Za-z0-9*?]+$`)

func checkActions(kind Kind, actions []string, at string, found *problems) {
	traits := kind.traits()
	for _, action := range actions {
		if action == "*" {
			if !traits.alone {
				found.add(at, "* is too wide for %s; name the actions", kind.article())
			}
			continue
		}
		service, name, ok := strings.Cut(action, ":")
		switch {
		case !ok || !actionName.MatchString(name):
			found.add(at, "%q is not an action; write * or service:Action, such as s3:GetObject", action)
		case !KnownService(service):
			found.add(at, "%q is of no service that AWS knows: %q; check the prefix", action, service)
		case len(traits.services) > 0 && !slices.Contains(traits.services, strings.ToLower(service)):
			found.add(at, "%q has no place in %s; its actions are of %s", action, kind.article(), strings.Join(traits.services, ", "))
		case kind == Topic && !slices.Contains(topicActions, strings.ToLower(action)):
			found.add(at, "%q is out of service scope; a topic policy takes sns:Publish, sns:Subscribe and the other "+
				"actions on a topic by their full names, without wildcards", action)
		}
	}
}
