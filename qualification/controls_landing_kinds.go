package qualification

import "slices"

// landingKind is what is to be known of the landing buckets that a component
// makes.
type landingKind struct {
	// deliverers are the services that deliver records into them.
	deliverers []string

	// folders are where in a bucket is delivered to.
	folders []string

	// withoutKey says that those who deliver write to no bucket with a key of
	// the company's, so that S3's has to do, in the archive too.
	withoutKey bool
}

const deliveryService = "delivery.logs.amazonaws.com"

// landingKinds are all landings by the component that makes them.
var landingKinds = map[string]landingKind{
	"gxp:logging:Landing":        {deliverers: []string{"config.amazonaws.com"}, folders: []string{"/AWSLogs/"}},
	"gxp:logging:NetworkLanding": {deliverers: []string{deliveryService}, folders: []string{"/AWSLogs/"}},
	"gxp:logging:ServiceLanding": {
		deliverers: []string{"ssm.amazonaws.com"},
		folders:    []string{"/findings-failed/", "/findings/", "/inventory/", "/log-events-failed/", "/log-events/"},
	},
	"gxp:logging:BalancerLanding": {
		deliverers: []string{deliveryService, "logdelivery.elasticloadbalancing.amazonaws.com"},
		folders:    []string{"/AWSLogs/"}, withoutKey: true,
	},
}

// isLanding reports that records land in a bucket before they are archived.
func isLanding(r *Resource) bool {
	_, landing := landingKinds[r.Component()]
	return landing
}

// landingOf is the kind of the bucket that a policy, or another setting, is for.
func landingOf(g *Graph, setting *Resource) landingKind {
	b := g.Target(setting, "bucket", bucketType)
	if b == nil {
		return landingKind{}
	}
	return landingKinds[b.Component()]
}

// encryptsLanding holds for default encryption under a key of this stack, where
// those who deliver can use one.
func encryptsLanding(g *Graph, r *Resource) []Finding {
	if !landingOf(g, r).withoutKey {
		return encryptsWithOwnKey(g, r)
	}
	return property("rules[0].applyServerSideEncryptionByDefault.sseAlgorithm").is("AES256")(g, r)
}

// deliversFrom reports that the services of a statement are among those that
// deliver to the landing.
func (k landingKind) deliversFrom(services []string) bool {
	return !slices.ContainsFunc(services, func(name string) bool { return !slices.Contains(k.deliverers, name) })
}
