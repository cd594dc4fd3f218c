package rules

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	collectionType      = "aws:opensearch/serverlessCollection:ServerlessCollection"
	searchSecurityType  = "aws:opensearch/serverlessSecurityPolicy:ServerlessSecurityPolicy"
	searchAccessType    = "aws:opensearch/serverlessAccessPolicy:ServerlessAccessPolicy"
	searchLifecycleType = "aws:opensearch/serverlessLifecyclePolicy:ServerlessLifecyclePolicy"
	pipelineType        = "aws:opensearchingest/pipeline:Pipeline"
	searchEndpointType  = "aws:opensearch/serverlessVpcEndpoint:ServerlessVpcEndpoint"

	// searchPolicySize is in bytes.
	searchPolicySize = 20480
)

var searchEndpoints = target{typ: searchEndpointType, word: "endpoint", code: "ValidationException", reach: inRegion}

// searchName is how collections, policies and endpoints are named.
var searchName = pattern("name", `[a-z][a-z0-9-]{2,31}`, "3 to 32 small letters, digits and hyphens, a letter first")

var searchRows = map[string]row{
	collectionType: {
		static: []check{
			searchName, length("description", 0, 1000), oneOf("type", "SEARCH", "TIMESERIES", "VECTORSEARCH"),
			oneOf("standbyReplicas", "ENABLED", "DISABLED"),
		},
		against: []check{
			encryptedCollection,
			free(inRegion, "ConflictException", "the collection %q exists already; choose another name", "name"),
		},
	},
	searchSecurityType: {
		static: []check{
			searchName, length("description", 1, 1000), oneOf("type", "encryption", "network"), bytes("policy", 1, searchPolicySize),
			encryptionPolicy, networkPolicy,
		},
		against: []check{searchPolicyKey, networkEndpoints, searchPolicyIsNew},
	},
	searchAccessType: {
		static: []check{
			searchName, length("description", 1, 1000), oneOf("type", "data"), bytes("policy", 1, searchPolicySize), accessPolicy,
		},
		against: []check{searchPolicyIsNew},
	},
	searchLifecycleType: {
		static: []check{
			searchName, length("description", 1, 1000), oneOf("type", "retention"), bytes("policy", 1, searchPolicySize), lifecyclePolicy,
		},
		against: []check{searchPolicyIsNew},
	},
	pipelineType: {
		static: []check{
			pattern("pipelineName", `[a-z][a-z0-9-]{2,27}`, "3 to 28 small letters, digits and hyphens, a letter first"),
			between("minUnits", 1, 96), between("maxUnits", 1, 384), bytes("pipelineConfigurationBody", 1, 24000),
			pattern("logPublishingOptions.cloudwatchLogDestination.logGroup", `/aws/vendedlogs/.+`, "a name that begins with /aws/vendedlogs/"),
		},
		against: []check{
			refers("logPublishingOptions.cloudwatchLogDestination.logGroup", logGroups),
			free(inRegion, "ConflictException", "the pipeline %q exists already; choose another name", "pipelineName"),
		},
	},
	searchEndpointType: {
		static: []check{searchName, count("subnetIds", 1, 6), count("securityGroupIds", 1, 5)},
		against: []check{
			refers("vpcId", vpcs), refers("subnetIds[]", subnets), refers("securityGroupIds[]", securityGroups),
			free(inRegion, "ConflictException", "the endpoint %q exists already; choose another name", "name"),
		},
	},
}

var searchPolicyIsNew = free(inRegion, "ConflictException", "a policy named %q of that type exists already; choose another name", "name", "type")

// searchRule is a rule of any policy of OpenSearch Serverless.
type searchRule struct {
	ResourceType         string
	Resource, Permission []string
}

type encryptionDocument struct {
	Rules       []searchRule
	AWSOwnedKey *bool
	KmsARN      string
}

type networkDocument struct {
	Description                 string
	Rules                       []searchRule
	AllowFromPublic             *bool
	SourceVPCEs, SourceServices []string
}

type accessDocument struct {
	Description string
	Rules       []searchRule
	Principal   []string
}

// searchDocument reads a policy into doc, and is strict about what it may hold.
func (s *scope) searchDocument(doc any) bool {
	text, ok := s.document("policy")
	if !ok {
		return false
	}
	decoder := json.NewDecoder(strings.NewReader(text))
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(doc); err != nil {
		why, _, _ := strings.Cut(strings.TrimPrefix(err.Error(), "json: "), " into Go ")
		s.reject("policy", "the policy does not have the form of its type: %s", why)
		return false
	}
	return true
}

// resourceOf is, by type of resource, what a rule can name.
var resourceOf = map[string]*regexp.Regexp{
	"collection": regexp.MustCompile(`^collection/(\*|[a-z][a-z0-9-]{0,31}\*?)$`),
	"dashboard":  regexp.MustCompile(`^collection/(\*|[a-z][a-z0-9-]{0,31}\*?)$`),
	"index":      regexp.MustCompile(`^index/(\*|[a-z][a-z0-9-]{0,31}\*?)/.+$`),
}

// searchPermissions are what an access policy can grant, by type of resource.
var searchPermissions = map[string][]string{
	"collection": {"aoss:*", "aoss:CreateCollectionItems", "aoss:DeleteCollectionItems", "aoss:UpdateCollectionItems", "aoss:DescribeCollectionItems"},
	"index": {
		"aoss:*", "aoss:ReadDocument", "aoss:WriteDocument", "aoss:CreateIndex", "aoss:DeleteIndex", "aoss:UpdateIndex", "aoss:DescribeIndex",
	},
}

func (s *scope) searchRules(rules []searchRule, types ...string) {
	if len(rules) == 0 {
		s.reject("policy", "the policy has no rules; add one")
	}
	for _, rule := range rules {
		if !slices.Contains(types, rule.ResourceType) {
			s.reject("policy", "ResourceType is %q; it must be %s", shorten(rule.ResourceType), strings.Join(types, " or "))
			continue
		}
		if len(rule.Resource) == 0 {
			s.reject("policy", "a rule of type %s names no resource", rule.ResourceType)
		}
		for _, resource := range rule.Resource {
			if !resourceOf[rule.ResourceType].MatchString(resource) {
				s.reject("policy", "%q is no resource of type %s; write such as collection/logs* or index/logs/*", shorten(resource), rule.ResourceType)
			}
		}
	}
}

func encryptionPolicy(s *scope) {
	var doc encryptionDocument
	if s.text("type") != "encryption" || !s.searchDocument(&doc) {
		return
	}
	s.searchRules(doc.Rules, "collection")
	owned := doc.AWSOwnedKey != nil && *doc.AWSOwnedKey
	if owned == (doc.KmsARN != "") {
		s.reject("policy", "an encryption policy has either AWSOwnedKey true or a KmsARN; keep one")
	}
}

func networkPolicy(s *scope) {
	var docs []networkDocument
	if s.text("type") != "network" || !s.searchDocument(&docs) {
		return
	}
	for _, doc := range docs {
		s.searchRules(doc.Rules, "collection", "dashboard")
		inside := len(doc.SourceVPCEs)+len(doc.SourceServices) > 0
		switch {
		case doc.AllowFromPublic == nil:
			s.reject("policy", "a network policy says whether AllowFromPublic")
		case *doc.AllowFromPublic && inside:
			s.reject("policy", "a policy with AllowFromPublic names no sources; drop SourceVPCEs and SourceServices")
		case !*doc.AllowFromPublic && !inside:
			s.reject("policy", "a policy without AllowFromPublic lets nobody in; name SourceVPCEs or SourceServices")
		}
	}
}

var searchPrincipal = regexp.MustCompile(`^(arn:aws:(iam|sts)::[0-9]{12}:.+|saml/[0-9]{12}/.+|iamidentitycenter/.+)$`)

func accessPolicy(s *scope) {
	var docs []accessDocument
	if !s.searchDocument(&docs) {
		return
	}
	for _, doc := range docs {
		s.searchRules(doc.Rules, "collection", "index")
		if len(doc.Principal) == 0 {
			s.reject("policy", "an access policy names no principal; name a role")
		}
		for _, who := range doc.Principal {
			if !searchPrincipal.MatchString(who) {
				s.reject("policy", "%q is no principal; name the ARN of a role or user, or a SAML or Identity Center identity", shorten(who))
			}
		}
		for _, rule := range doc.Rules {
			s.permissions(rule)
		}
	}
}

func (s *scope) permissions(rule searchRule) {
	allowed, ok := searchPermissions[rule.ResourceType]
	if !ok {
		return
	}
	if len(rule.Permission) == 0 {
		s.reject("policy", "a rule of type %s grants no permission", rule.ResourceType)
	}
	for _, permission := range rule.Permission {
		if !slices.Contains(allowed, permission) {
			s.reject("policy", "%q is no permission on type %s; it has %s", shorten(permission), rule.ResourceType, strings.Join(allowed, ", "))
		}
	}
}

type lifecycleDocument struct {
	Rules []struct {
		ResourceType, MinIndexRetention string
		Resource                        []string
		NoMinIndexRetention             bool
	}
}

var retentionPeriod = regexp.MustCompile(`^[1-9][0-9]*[dh]$`)

func lifecyclePolicy(s *scope) {
	var doc lifecycleDocument
	if !s.searchDocument(&doc) {
		return
	}
	var rules []searchRule
	for _, rule := range doc.Rules {
		rules = append(rules, searchRule{ResourceType: rule.ResourceType, Resource: rule.Resource})
		if rule.NoMinIndexRetention == (rule.MinIndexRetention != "") {
			s.reject("policy", "a rule has either MinIndexRetention or NoMinIndexRetention; keep one")
		}
		if rule.MinIndexRetention != "" && !retentionPeriod.MatchString(rule.MinIndexRetention) {
			s.reject("policy", "MinIndexRetention is %q; write such as 30d", shorten(rule.MinIndexRetention))
		}
	}
	s.searchRules(rules, "index")
}

// readPolicy reads the policy of another resource, or of this one once its form
// is known to be right.
func readPolicy[T any](r Resource) (doc T, ok bool) {
	text, ok := r.document("policy")
	return doc, ok && json.Unmarshal([]byte(text), &doc) == nil
}

func searchPolicyKey(s *scope) {
	if s.text("type") != "encryption" {
		return
	}
	if doc, ok := readPolicy[encryptionDocument](s.Resource); ok && doc.KmsARN != "" {
		inner := &scope{Resource: Resource{Type: s.Type, Region: s.Region, AccountID: s.AccountID, Inputs: map[string]any{"policy": doc.KmsARN}}, world: s.world}
		encrypts("policy")(inner)
		s.failures = append(s.failures, inner.failures...)
	}
}

func networkEndpoints(s *scope) {
	if s.text("type") != "network" {
		return
	}
	docs, _ := readPolicy[[]networkDocument](s.Resource)
	for _, doc := range docs {
		for _, id := range doc.SourceVPCEs {
			s.exists("policy", id, searchEndpoints)
		}
	}
}

// encryptedCollection: AWS creates no collection before it knows by which policy
// to encrypt it.
func encryptedCollection(s *scope) {
	name := s.text("name")
	if name == "" {
		return
	}
	for r := range s.world.All(searchSecurityType) {
		if r.text("type") != "encryption" || !s.near(r, inRegion) {
			continue
		}
		doc, ok := readPolicy[encryptionDocument](r)
		if !ok && r.presence("policy") == unknown {
			return
		}
		for _, rule := range doc.Rules {
			for _, resource := range rule.Resource {
				if policydoc.Match(resource, "collection/"+name) {
					return
				}
			}
		}
	}
	s.reject("name", "no matching security policy of encryption type found for collection name: %s; create one for it, and let the "+
		"collection depend on it", name)
}
