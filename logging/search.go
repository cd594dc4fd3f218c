package logging

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/opensearch"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const searchType = "gxp:logging:Search"

// The roles that the collection knows. The policies of the landing and its key
// name the first.
const (
	// SearchFeedRole is what log events are read from the landing under, and
	// written to the collection.
	SearchFeedRole = "gxp-log-search-feed"

	// SearchReadRole is what auditors search under.
	SearchReadRole = "gxp-log-search-read"
)

const (
	// searchFeed is the name of the pipeline, and of the network policy that it
	// makes for itself.
	searchFeed = "gxp-log-search-feed"

	// searchDays is how many days can be searched. The archive keeps the record.
	searchDays = 30

	// searchConsole is OpenSearch UI, the one service that may come to the
	// collection from outside of its network.
	searchConsole = "application.opensearchservice.amazonaws.com"
)

// SearchArgs configures a [Search]. Every field is required unless it says
// otherwise.
type SearchArgs struct {
	// Account is the log archive account in the home region.
	Account account.Account

	// OrganizationID is the organization whose auditors search.
	OrganizationID pulumi.StringInput

	// From is the landing of the same region, which the log events come from. Its
	// Search must be set.
	From *ServiceLanding

	// Name is the name of the collection: 3 to 32 of a-z, 0-9 and hyphen, with a
	// letter first. Another name is another, empty collection.
	Name string

	// Standby keeps replicas in a second zone. Optional.
	Standby bool
}

// Search keeps the log events of the last days where words in them are found at
// once. It is an aid: nothing in it is a record, and whatever befalls it, the
// archive has everything.
//
// It is fed from what the stream of the log groups has landed, by a pipeline of
// OpenSearch Ingestion that S3 tells of each new file. The way to the archive is
// not touched: the stream neither waits for the collection nor knows of it. A
// destination of CloudWatch Logs has one target and an account one subscription
// for all of its log groups, so a second stream would have to stand before the
// archive's; and Amazon Data Firehose reaches a collection that is not public
// only from a VPC, which the log archive account does not have. The pipeline
// makes its own private connection to the collection.
//
// The network lets two in: that connection, and OpenSearch UI, in which auditors
// search without a network of their own. Neither gets further than the roles
// that the access policy names, which are two.
type Search struct {
	pulumi.ResourceState

	// Endpoint is where the collection is asked.
	Endpoint pulumi.StringOutput `pulumi:"endpoint"`

	// ReadRoleARN is the role that auditors assume.
	ReadRoleARN pulumi.StringOutput `pulumi:"readRoleArn"`

	collection *opensearch.ServerlessCollection
}

// NewSearch creates a Search in args.Account.
func NewSearch(
	ctx *pulumi.Context, name string, args *SearchArgs, opts ...pulumi.ResourceOption,
) (*Search, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("search %s: %w", name, err)
	}
	s := &Search{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(searchType, name, s, opts...); err != nil {
		return nil, err
	}
	own := *args // what the caller does with its args later must not show
	for _, step := range []func(*pulumi.Context, string, *SearchArgs, pulumi.ResourceOption) error{
		s.createCollection, s.createReading, s.createFeed,
	} {
		if err := step(ctx, name, &own, pulumi.Parent(s)); err != nil {
			return nil, fmt.Errorf("search %s: %w", name, err)
		}
	}
	return s, ctx.RegisterResourceOutputs(s, pulumi.Map{"endpoint": s.Endpoint, "readRoleArn": s.ReadRoleARN})
}

var searchSyntax = regexp.MustCompile(`^[a-z][a-z0-9-]{2,31}$`)

func (a *SearchArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	case a.OrganizationID == nil:
		return errors.New("organizationID is required")
	case a.From == nil:
		return errors.New("from is required")
	case !searchSyntax.MatchString(a.Name):
		return fmt.Errorf("name is %q, must be 3 to 32 of a-z, 0-9 and hyphen, with a letter first", a.Name)
	}
	return nil
}

// createCollection creates the collection, after its key and its policies: AWS
// makes none before it knows how to encrypt it.
func (s *Search) createCollection(ctx *pulumi.Context, name string, args *SearchArgs, child pulumi.ResourceOption) error {
	encryption, err := key.New(ctx, name, key.Args{
		Alias:       "gxp-log-search",
		Description: "Encrypts log events while they can be searched.",
		Policy: pulumi.All(args.OrganizationID, args.Account.ID).ApplyT(func(ids []any) (string, error) {
			return policy.JSON(searchKeyStatements(args.Account.Region, parties{
				organization: ids[0].(string), archive: ids[1].(string),
			})...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return err
	}
	policies, err := createSearchPolicies(ctx, name, args, encryption, child)
	if err != nil {
		return fmt.Errorf("policies: %w", err)
	}
	standby := "DISABLED"
	if args.Standby {
		standby = "ENABLED"
	}
	s.collection, err = opensearch.NewServerlessCollection(ctx, name, &opensearch.ServerlessCollectionArgs{
		Name:            pulumi.String(args.Name),
		Description:     pulumi.String("Log events of the last days. The archive keeps the record."),
		Type:            pulumi.String("TIMESERIES"),
		StandbyReplicas: pulumi.String(standby),
	}, child, pulumi.DependsOn(policies))
	if err != nil {
		return fmt.Errorf("collection: %w", err)
	}
	s.Endpoint = s.collection.CollectionEndpoint
	return nil
}

// searchKeyStatements let OpenSearch Serverless, and nothing else, be given the
// use of the key, by whoever makes a collection.
func searchKeyStatements(region string, ids parties) []policy.Statement {
	return []policy.Statement{
		key.Administration(ids.archive),
		{
			Sid:       "CollectionEncrypts",
			Effect:    policy.Allow,
			Principal: policy.AWS("*"),
			Action:    policy.Strings{"kms:CreateGrant"},
			Resource:  policy.Strings{"*"},
			Condition: policy.Condition{
				"StringEquals": {
					"aws:PrincipalOrgID":   {ids.organization},
					"aws:PrincipalAccount": {ids.archive},
					"kms:ViaService":       {"aoss." + region + ".amazonaws.com"},
				},
				"Bool": {"kms:GrantIsForAWSResource": {"true"}},
			},
		},
	}
}

// searchRule is a rule in a policy of OpenSearch Serverless.
type searchRule struct {
	ResourceType      string
	Resource          []string
	Permission        []string `json:",omitempty"`
	MinIndexRetention string   `json:",omitempty"`
}

func createSearchPolicies(
	ctx *pulumi.Context, name string, args *SearchArgs, encryption *kms.Key, child pulumi.ResourceOption,
) ([]pulumi.Resource, error) {
	collection := []searchRule{{ResourceType: "collection", Resource: []string{"collection/" + args.Name}}}
	encrypted, err := opensearch.NewServerlessSecurityPolicy(ctx, name+"-encryption", &opensearch.ServerlessSecurityPolicyArgs{
		Name: pulumi.String(args.Name), Type: pulumi.String("encryption"),
		Description: pulumi.String("The collection is encrypted with a key of its own."),
		Policy: encryption.Arn.ApplyT(func(arn string) (string, error) {
			return marshalled(object{"Rules": collection, "AWSOwnedKey": false, "KmsARN": arn})
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, err
	}
	admitted, err := marshalled([]any{object{
		"Description": "OpenSearch UI. The pipeline adds a policy for its own connection.",
		"Rules":       collection, "AllowFromPublic": false, "SourceServices": []string{searchConsole},
	}})
	if err != nil {
		return nil, err
	}
	network, err := opensearch.NewServerlessSecurityPolicy(ctx, name+"-network", &opensearch.ServerlessSecurityPolicyArgs{
		Name: pulumi.String(args.Name), Type: pulumi.String("network"),
		Description: pulumi.String("The collection is not public."),
		Policy:      pulumi.String(admitted),
	}, child)
	if err != nil {
		return nil, err
	}
	kept, err := marshalled(object{"Rules": []searchRule{{
		ResourceType: "index", Resource: []string{"index/" + args.Name + "/*"}, MinIndexRetention: fmt.Sprintf("%dd", searchDays),
	}}})
	if err != nil {
		return nil, err
	}
	lifecycle, err := opensearch.NewServerlessLifecyclePolicy(ctx, name, &opensearch.ServerlessLifecyclePolicyArgs{
		Name: pulumi.String(args.Name), Type: pulumi.String("retention"),
		Description: pulumi.String("What is older is found in the archive."),
		Policy:      pulumi.String(kept),
	}, child)
	return []pulumi.Resource{encrypted, network, lifecycle}, err
}

func marshalled(v any) (string, error) {
	text, err := json.Marshal(v)
	return string(text), err
}
