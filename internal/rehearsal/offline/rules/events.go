package rules

import "github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"

const (
	eventBusType       = "aws:cloudwatch/eventBus:EventBus"
	eventBusPolicyType = "aws:cloudwatch/eventBusPolicy:EventBusPolicy"
)

var eventBuses = target{
	typ: eventBusType, word: "event bus", code: "ResourceNotFoundException", reach: inRegion, tail: "/",
	given: func(ref string) bool { return ref == "default" },
}

// busPolicySize is in characters.
func busPolicySize(Quotas) int { return 10240 }

var eventRows = map[string]row{
	eventBusType: {
		static: []check{
			length("name", 1, 256), pattern("name", `[.\-_A-Za-z0-9]+`, "letters, digits, dots, hyphens and underscores"),
			length("description", 0, 512),
		},
		against: []check{
			free(inRegion, "ResourceAlreadyExistsException", "an event bus named %q exists; choose another name", "name"),
		},
	},
	eventBusPolicyType: {
		static:  []check{document("policy", policydoc.Resource, "ValidationException", busPolicySize)},
		against: []check{refers("eventBusName", eventBuses)},
	},
}
