package qualification

import "strings"

// awsResources are the resources that a provider of aws manages.
var awsResources selector = func(g *Graph) []*Resource {
	var managed []*Resource
	for _, r := range g.Resources {
		if r.Custom && strings.HasPrefix(r.Type, "aws:") {
			managed = append(managed, r)
		}
	}
	return managed
}

var (
	awsProviders = every(awsProviderType)

	noProviders = mandatory("there is no provider of aws",
		"connect to the core accounts, landingzone.NewOrganization")
)

var placementControls = []DesignControl{
	{
		Control: preventive("GXP-PRV-001", "Every resource is in the account and region that the design chose for it",
			"A resource without an explicit provider lands wherever the credentials of the day point.",
			"ARCH-P1", "ARCH-P7", "ARCH-S1", "A11-10"),
		Judge: judge(awsResources, mandatory("there is no resource of aws", "check that the program ran to its end"),
			that(hasExplicitProvider, "has no explicit provider of aws",
				"pass pulumi.Provider(account.Provider), or make it a child of a component that has one")),
	},
	{
		Control: preventive("GXP-PRV-002", "Every connection reaches one account alone",
			"With the wrong credentials, a connection that takes any account would change one that was not meant.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.10(h)", "A11-10"),
		Judge: judge(awsProviders, noProviders,
			property("region").isSet(),
			property("allowedAccountIds").check(func(v Value) bool { return len(v.Items()) == 1 }, "must be one account"),
			property("allowedAccountIds[0]").isSet()),
	},
	{
		Control: preventive("GXP-PRV-003", "Every taggable resource says who answers for it and what rules it is under",
			"What carries no owner and no classification cannot be assigned to a requirement, an inventory or a cost.",
			"ARCH-P7", "A11-1", "A11-4"),
		Judge: judge(awsProviders, noProviders, hasTags("defaultTags.tags")),
	},
}

// hasExplicitProvider reports that the program chose the resource's provider:
// one of aws that is in the graph and that Pulumi did not make by itself.
func hasExplicitProvider(g *Graph, r *Resource) bool {
	p := g.Provider(r)
	return p != nil && p.Type == awsProviderType && p.Name() != "default" && !strings.HasPrefix(p.Name(), "default_")
}
