package qualification

import (
	"fmt"
	"slices"
	"strings"
)

// toBucket begins the settings of a delivery to a bucket.
const toBucket = "extendedS3Configuration."

// sending selects the stacks and StackSets of the regional baseline, and what of
// a type they send to, where at least one of them is told to send by a parameter,
// or there is something to send to.
func sending(parameter, to string) selector {
	return func(g *Graph) []*Resource {
		baselines := regionalBaselines(g)
		receives := to != "" && len(g.OfType(to)) > 0
		if !receives && !slices.ContainsFunc(baselines, func(r *Resource) bool { return isTold(r.Get(parameter)) }) {
			return nil
		}
		return baselines
	}
}

// isTold reports that a parameter is set, or may be.
func isTold(v Value) bool { return v.Unknown() || !isEmpty(v) }

// regionalBaselines are the StackSets and stacks that put the regional baseline
// into accounts.
func regionalBaselines(g *Graph) []*Resource {
	all := slices.Concat(g.OfType(stackSetType), g.OfType(stackType))
	return slices.DeleteFunc(all, func(r *Resource) bool { return r.Package() != "landingzone" || !isRegional(g, r) })
}

// regionsOf are the regions that a StackSet, or a stack, is in.
func regionsOf(g *Graph, r *Resource) (regions []string, known bool) {
	if r.Type == stackType {
		region, ok := g.Region(r).Text()
		return []string{region}, ok
	}
	for _, instance := range g.Linked(r, stackSetInstanceType, "stackSetName") {
		region, ok := instance.Get("region").Text()
		if !ok {
			return nil, false
		}
		regions = append(regions, region)
	}
	return regions, true
}

// subscribesEverything holds for a template that sends what every log group of an
// account receives, unfiltered, to the destination of the parameter.
func subscribesEverything(t cfnTemplate) []flaw {
	for _, p := range t.ofType("AWS::Logs::AccountPolicy") {
		sends, _ := p.at("PolicyDocument").(string)
		if p.at("PolicyType") == "SUBSCRIPTION_FILTER_POLICY" && p.at("Scope") == "ALL" &&
			strings.Contains(sends, "${LogDestination}") && strings.Contains(sends, `"FilterPattern":""`) {
			return nil
		}
	}
	return []flaw{{"does not send what every log group receives", "add an AccountPolicy with an empty filter, to LogDestination"}}
}

// leadsToDestinations holds for a baseline that is told the name of a destination
// that is in each of its regions.
func leadsToDestinations(g *Graph, r *Resource) []Finding {
	return leadsTo(g, r, sendsLogs, destinations(g), "name",
		func(name, _ string) string { return name }, "create it, logging.NewLogStream, in each governed region")
}

// leadsToInventories holds for a baseline that is told how the names of the
// landings of services begin that are in each of its regions.
func leadsToInventories(g *Graph, r *Resource) []Finding {
	serviceLandings := landings.where(func(_ *Graph, b *Resource) bool { return b.Component() == "gxp:logging:ServiceLanding" })
	return leadsTo(g, r, sendsInventory, serviceLandings(g), "bucket",
		func(prefix, region string) string { return prefix + "-" + region }, "create it, logging.NewServiceLanding, in each governed region")
}

// leadsTo holds for a baseline with a parameter by which a receiver, or another
// of its name, can be found in each of its regions.
func leadsTo(
	g *Graph, r *Resource, parameter string, receivers []*Resource, by string, named func(name, region string) string, fix string,
) []Finding {
	told, ok := r.Get(parameter).Text()
	if !ok || told == "" {
		return property(parameter).isSet()(g, r)
	}
	regions, known := regionsOf(g, r)
	if !known {
		return []Finding{open(r, parameter)}
	}
	var findings []Finding
	for _, region := range regions {
		here := slices.DeleteFunc(slices.Clone(receivers), func(to *Resource) bool { return !g.Region(to).Is(region) })
		name := named(told, region)
		undecided := slices.IndexFunc(here, func(to *Resource) bool { return to.Get(by).Unknown() })
		switch {
		case slices.ContainsFunc(here, func(to *Resource) bool { return to.Get(by).Is(name) }):
		case undecided >= 0:
			findings = append(findings, open(here[undecided], by))
		default:
			findings = append(findings, Finding{
				Resource: r.URN, Property: parameter,
				Problem: fmt.Sprintf("leads to %s, which is not there in %s", name, region), Fix: fix,
			})
		}
	}
	return findings
}

// recordsSessions holds for a template with the one document that Session
// Manager goes by, which sends every session to a log group as it happens.
func recordsSessions(t cfnTemplate) []flaw {
	for _, d := range t.ofType("AWS::SSM::Document") {
		group, _ := d.at("Content", "inputs", "cloudWatchLogGroupName").(string)
		if d.at("Name") == "SSM-SessionManagerRunShell" && group != "" && d.at("Content", "inputs", "cloudWatchStreamingEnabled") == true {
			return nil
		}
	}
	return []flaw{{"does not record sessions as they happen", "add the document SSM-SessionManagerRunShell, with a log group and streaming"}}
}

// sendsInventories holds for a template that sends inventories to the bucket of
// the parameter.
func sendsInventories(t cfnTemplate) []flaw {
	for _, s := range t.ofType("AWS::SSM::ResourceDataSync") {
		to, _ := s.at("S3Destination", "BucketName").(string)
		if s.at("SyncType") == "SyncToDestination" && strings.HasPrefix(to, "${InventoryBucket}") && s.at("S3Destination", "BucketPrefix") == "inventory" {
			return nil
		}
	}
	return []flaw{{"sends no inventories", "add a ResourceDataSync to the bucket of InventoryBucket, below inventory"}}
}

// admitsSubscriptions holds for a destination of which a policy says that
// principals of the organization may subscribe to it, and nothing else. The
// destinations of all regions have one name.
func admitsSubscriptions(g *Graph, destination *Resource) []Finding {
	const by = "destinationName"
	policies := slices.DeleteFunc(slices.Clone(g.Linked(destination, destinationPolicyType, by)),
		func(p *Resource) bool { return p.Provider != destination.Provider })
	if len(policies) == 0 {
		return []Finding{unattached(g, destination, destinationPolicyType, by)}
	}
	var findings []Finding
	for _, p := range policies {
		findings = append(findings, policyAt("accessPolicy").satisfies(subscribesOrganization)(g, p)...)
	}
	return findings
}

// subscriptions are what one needs a destination for.
var subscriptions = []string{"logs:PutAccountPolicy", "logs:PutSubscriptionFilter"}

func subscribesOrganization(g *Graph, _ *Resource, d *Document) []flaw {
	var flaws []flaw
	admitted := map[string]bool{}
	for _, s := range d.Statements {
		if !s.Allows() {
			continue
		}
		own, named := s.Condition("aws:PrincipalOrgID", "StringEquals")
		if !named || len(own.Values) != 1 || !isOwnOrganization(g, own.Values[0]) {
			flaws = append(flaws, flaw{
				"lets others than the organization send (" + s.name() + ")", "require aws:PrincipalOrgID to be the organization's",
			})
		}
		if len(s.NotActions) > 0 || !isSubset(s.Actions, subscriptions) {
			flaws = append(flaws, flaw{
				"allows more than to subscribe (" + s.name() + ")", "allow " + strings.Join(subscriptions, " and ") + " alone",
			})
		}
		for _, action := range subscriptions {
			admitted[action] = admitted[action] || s.Covers(action)
		}
	}
	if !admitted[subscriptions[0]] {
		flaws = append(flaws, flaw{"lets nobody subscribe an account", "allow " + subscriptions[0] + " to the organization"})
	}
	return flaws
}

func isSubset(some, all []string) bool {
	return !slices.ContainsFunc(some, func(one string) bool {
		return !slices.ContainsFunc(all, func(other string) bool { return strings.EqualFold(one, other) })
	})
}

// decompresses holds for a stream that opens what log groups send, which is
// compressed by itself.
func decompresses(g *Graph, stream *Resource) []Finding {
	return property(toBucket+"processingConfiguration.processors").check(func(v Value) bool {
		return hasProcessor(v, "Decompression")
	}, "must begin with Decompression")(g, stream)
}

func hasProcessor(list Value, kind string) bool {
	return slices.ContainsFunc(list.Items(), func(p Value) bool { return p.Get("type").Is(kind) })
}

// deliversLines holds for a delivery of compressed lines that is encrypted on the
// way and where it lands.
func deliversLines(g *Graph, stream *Resource) []Finding {
	return all(
		property("destination").is("extended_s3"),
		property("serverSideEncryption.enabled").is(true),
		property(toBucket+"compressionFormat").is("GZIP"),
		property(toBucket+"kmsKeyArn").refersTo(keyType),
		property(toBucket+"processingConfiguration.enabled").is(true),
		property(toBucket+"processingConfiguration.processors").satisfies(func(v Value) bool {
			return hasProcessor(v, "AppendDelimiterToRecord")
		}, "must end each record with AppendDelimiterToRecord"),
	)(g, stream)
}

// landsWhereCollected holds for a delivery, under a role of the stack, to a
// landing of its own region that is copied into the archive.
func landsWhereCollected(g *Graph, stream *Resource) []Finding {
	const at = toBucket + "bucketArn"
	return all(
		property(toBucket+"roleArn").refersTo(roleType),
		property(at).refersTo(bucketType,
			that(func(_ *Graph, b *Resource) bool { return isLanding(b) }, "is no bucket that records land in", "deliver to a landing, logging.NewServiceLanding"),
			that(func(g *Graph, b *Resource) bool { return g.sameRegion(b, stream) },
				"is in another region than what is delivered to it", "deliver to the landing of the same region"),
			with(replicationType, "bucket", eachCopy(copiesIntoLocked))),
	)(g, stream)
}

// sameRegion reports that two resources are in one region, as far as that is
// known.
func (g *Graph) sameRegion(a, b *Resource) bool {
	one, ok := g.Region(a).Text()
	return ok && g.Region(b).Is(one)
}

// datedFolder ends the prefix of what is delivered: tables find a day by it.
const datedFolder = "/!{timestamp:yyyy/MM/dd}/"

// landsInFolders holds for a delivery, and its failures, below folders that the
// landing has for it, then the region and the day.
func landsInFolders(g *Graph, stream *Resource) []Finding {
	to := g.Target(stream, toBucket+"bucketArn", bucketType)
	if to == nil {
		return nil // told by the rule about the bucket
	}
	region, _ := g.Region(stream).Text()
	dated := func(v Value) bool {
		prefix, _ := v.Text()
		return strings.HasSuffix(prefix, datedFolder) && slices.ContainsFunc(landingKinds[to.Component()].folders, func(folder string) bool {
			return strings.HasPrefix("/"+prefix, folder+region+"/")
		})
	}
	must := "must be a folder of the landing, then the region and the day"
	return all(property(toBucket+"prefix").check(dated, must), property(toBucket+"errorOutputPrefix").check(dated, must))(g, stream)
}
