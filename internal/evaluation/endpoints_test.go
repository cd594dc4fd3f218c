package evaluation

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/mutation"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const vpcEndpointType = "aws:ec2/vpcEndpoint:VpcEndpoint"

// through is a request through an endpoint of the home region.
type through struct {
	service, action, resource string

	// by is the organization of the principal, of that of the resource. Empty:
	// AWS does not send the key.
	by, of string

	allowed bool
}

const (
	ours    = "o-ours"
	theirs  = outsideOrganization
	account = "222233334444" // of a workload
)

// throughEndpoints are what the policies of endpoints have to decide: data goes
// to resources of the organization alone, by principals of the organization
// alone, and what AWS itself owns can be used and not filled.
var throughEndpoints = map[string]through{
	"a bucket of ours":                        {"s3", "s3:PutObject", "arn:aws:s3:::meridian-data/key", ours, ours, true},
	"a bucket of theirs":                      {"s3", "s3:PutObject", "arn:aws:s3:::stolen-data/key", ours, theirs, false},
	"a bucket of theirs is not read":          {"s3", "s3:GetObject", "arn:aws:s3:::tools/key", ours, theirs, false},
	"a bucket of nobody knows whom":           {"s3", "s3:PutObject", "arn:aws:s3:::stolen-data/key", ours, "", false},
	"a key of nobody knows whom":              {"kms", "kms:Encrypt", "arn:aws:kms:eu-central-1:333344445555:key/0123", ours, "", false},
	"a bucket of ours by them":                {"s3", "s3:PutObject", "arn:aws:s3:::meridian-data/key", theirs, ours, false},
	"a bucket of ours by nobody":              {"s3", "s3:GetObject", "arn:aws:s3:::meridian-data/key", "", ours, false},
	"a package of AWS":                        {"s3", "s3:GetObject", "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/core/mirror.list", "", theirs, true},
	"a layer of an image":                     {"s3", "s3:GetObject", "arn:aws:s3:::prod-eu-central-1-starport-layer-bucket/layer", ours, theirs, true},
	"a bucket of AWS is not written":          {"s3", "s3:PutObject", "arn:aws:s3:::al2023-repos-eu-central-1-de612dc2/core/mirror.list", ours, theirs, false},
	"a bucket of AWS is not listed":           {"s3", "s3:ListBucket", "arn:aws:s3:::amazon-ssm-eu-central-1", ours, theirs, false},
	"a bucket named like one of AWS":          {"s3", "s3:GetObject", "arn:aws:s3:::amazon-ssm-eu-central-1-copy/key", ours, theirs, false},
	"a bucket of AWS in another region":       {"s3", "s3:GetObject", "arn:aws:s3:::amazon-ssm-us-east-1/key", ours, theirs, false},
	"a table of ours":                         {"dynamodb", "dynamodb:PutItem", "arn:aws:dynamodb:eu-central-1:333344445555:table/batches", ours, ours, true},
	"a table of theirs":                       {"dynamodb", "dynamodb:PutItem", "arn:aws:dynamodb:eu-central-1:333344445555:table/batches", ours, theirs, false},
	"a table of ours by them":                 {"dynamodb", "dynamodb:GetItem", "arn:aws:dynamodb:eu-central-1:333344445555:table/batches", theirs, ours, false},
	"a key of ours":                           {"kms", "kms:Encrypt", "arn:aws:kms:eu-central-1:333344445555:key/0123", ours, ours, true},
	"a key of theirs":                         {"kms", "kms:Encrypt", "arn:aws:kms:eu-central-1:333344445555:key/0123", ours, theirs, false},
	"a log group of ours":                     {"logs", "logs:PutLogEvents", "arn:aws:logs:eu-central-1:333344445555:log-group:a:log-stream:b", ours, ours, true},
	"a log group of theirs":                   {"logs", "logs:PutLogEvents", "arn:aws:logs:eu-central-1:333344445555:log-group:a:log-stream:b", ours, theirs, false},
	"a secret of ours":                        {"secretsmanager", "secretsmanager:PutSecretValue", "arn:aws:secretsmanager:eu-central-1:333344445555:secret:a-012345", ours, ours, true},
	"a secret of theirs":                      {"secretsmanager", "secretsmanager:PutSecretValue", "arn:aws:secretsmanager:eu-central-1:333344445555:secret:a-012345", ours, theirs, false},
	"a bus of theirs":                         {"events", "events:PutEvents", "arn:aws:events:eu-central-1:333344445555:event-bus/default", ours, theirs, false},
	"a bus of ours":                           {"events", "events:PutEvents", "arn:aws:events:eu-central-1:333344445555:event-bus/default", ours, ours, true},
	"a message, whose owner AWS does not say": {"sts", "sts:DecodeAuthorizationMessage", "*", ours, "", true},
	"a message by them":                       {"sts", "sts:DecodeAuthorizationMessage", "*", theirs, "", false},
	"a document of AWS":                       {"ssm", "ssm:GetDocument", "arn:aws:ssm:eu-central-1:333344445555:document/AWS-RunShellScript", ours, theirs, true},
	"a document of AWS by them":               {"ssm", "ssm:GetDocument", "arn:aws:ssm:eu-central-1:333344445555:document/AWS-RunShellScript", theirs, theirs, false},
	"a session of a server":                   {"ssmmessages", "ssmmessages:OpenDataChannel", "*", ours, "", true},
	"a session of a server of theirs":         {"ssmmessages", "ssmmessages:OpenDataChannel", "*", theirs, "", false},
	"an image of AWS":                         {"ecr.api", "ecr:BatchGetImage", "arn:aws:ecr:eu-central-1:333344445555:repository/pause", ours, theirs, true},
	"an image by them":                        {"ecr.api", "ecr:BatchGetImage", "arn:aws:ecr:eu-central-1:333344445555:repository/pause", theirs, ours, false},
	"a role of ours":                          {"sts", "sts:AssumeRole", "arn:aws:iam::333344445555:role/reader", ours, ours, true},
	"a role of theirs":                        {"sts", "sts:AssumeRole", "arn:aws:iam::333344445555:role/reader", ours, theirs, false},
	"a role of ours by them":                  {"sts", "sts:AssumeRole", "arn:aws:iam::333344445555:role/reader", theirs, ours, false},
	"who am I":                                {"sts", "sts:GetCallerIdentity", "*", ours, "", true},
	"a sign-in to a role of ours":             {"sts", "sts:AssumeRoleWithSAML", "arn:aws:iam::333344445555:role/reader", "", ours, true},
	"a sign-in to a role of theirs":           {"sts", "sts:AssumeRoleWithSAML", "arn:aws:iam::333344445555:role/reader", "", theirs, false},
	"a token for a role of ours":              {"sts", "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::333344445555:role/reader", "", ours, true},
	"a token for a role of theirs":            {"sts", "sts:AssumeRoleWithWebIdentity", "arn:aws:iam::333344445555:role/reader", "", theirs, false},
}

func TestEndpoints_LeadDataToTheOrganizationAlone(t *testing.T) {
	w, err := newWorld(production(t))
	if err != nil {
		t.Fatal(err)
	}
	q := query{Policies: map[string]json.RawMessage{everything: w.policies[everything].text}}
	for name, r := range throughEndpoints {
		policies := endpointPolicies(t, w.graph, r.service)
		for endpoint, policy := range policies {
			q.Policies[endpoint] = policy
			q.Cases = append(q.Cases, w.through(name+" by "+endpoint, endpoint, r))
		}
	}
	q.Actions = endpointActions(t, q.Policies)
	answer, err := tool(t).ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for i, v := range answer.Verdicts {
		name, _, _ := strings.Cut(q.Cases[i].ID, " by VpcEndpoint")
		if allowed := v.Result == "Allowed"; v.Error != "" || allowed != throughEndpoints[name].allowed {
			t.Errorf("%s: %s %s, want it allowed: %t", v.ID, v.Result, v.Error, throughEndpoints[name].allowed)
		}
		for _, key := range v.Ignored {
			if slices.Contains(q.Cases[i].stated, strings.ToLower(key)) {
				t.Errorf("%s: AWS does not send %s with this request", v.ID, key)
			}
		}
	}
	for _, action := range answer.UnknownActions {
		t.Errorf("AWS has no action %s", action)
	}
}

// endpointPolicies are the policies of all endpoints of a service in the home
// region, by name.
func endpointPolicies(t *testing.T, g *qualification.Graph, service string) map[string]json.RawMessage {
	t.Helper()
	found := map[string]json.RawMessage{}
	for _, r := range g.OfType(vpcEndpointType) {
		if !r.Get("serviceName").Is("com.amazonaws.eu-central-1." + service) {
			continue
		}
		text, known := r.Get("policy").Text()
		if !known {
			t.Fatalf("%s has no policy", r.URN)
		}
		found[nameOf(r)] = json.RawMessage(text)
	}
	if len(found) == 0 {
		t.Fatalf("there is no endpoint of %s", service)
	}
	return found
}

// endpointActions are the actions and patterns of some policies.
func endpointActions(t *testing.T, policies map[string]json.RawMessage) []string {
	t.Helper()
	var actions []string
	for name, text := range policies {
		document, err := qualification.ParseDocument(string(text))
		if err != nil {
			t.Fatalf("%s: %v", name, err)
		}
		for _, s := range document.Statements {
			actions = append(actions, s.Actions...)
		}
	}
	slices.Sort(actions)
	return slices.Compact(actions)
}

// through puts a request to the policy of an endpoint. The resource is in
// another account, so that what the principal may do does not suffice: the
// policy of the endpoint has to let it through.
func (w *world) through(id, endpoint string, r through) request {
	organization := func(of string) string { return strings.Replace(of, ours, w.organization, 1) }
	q := request{
		ID: id, Action: r.action, Resource: r.resource, ResourceAccount: "333344445555", ResourcePolicy: endpoint,
		Principal: "arn:aws:sts::" + account + ":assumed-role/worker/session", Identity: []string{everything},
		Context: map[string]any{"aws:SecureTransport": "true", "aws:RequestedRegion": w.home},
	}
	for key, of := range map[string]string{"aws:PrincipalOrgID": r.by, "aws:ResourceOrgID": r.of} {
		if of != "" {
			q.Context[key] = organization(of)
			q.stated = append(q.stated, strings.ToLower(key))
		}
	}
	return q
}

// A proof that holds whatever the policy says proves nothing.
func TestEndpoints_AreProvedByTheirPolicies(t *testing.T) {
	open, _, err := mutation.Apply(production(t), mutation.OfType(vpcEndpointType),
		mutation.Set("policy", `{"Version":"2012-10-17","Statement":{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}}`))
	if err != nil {
		t.Fatal(err)
	}
	w, err := newWorld(open)
	if err != nil {
		t.Fatal(err)
	}
	q := query{Policies: map[string]json.RawMessage{everything: w.policies[everything].text}}
	for name, r := range throughEndpoints {
		for endpoint, policy := range endpointPolicies(t, w.graph, r.service) {
			q.Policies[endpoint] = policy
			q.Cases = append(q.Cases, w.through(name, endpoint, r))
			break
		}
	}
	answer, err := tool(t).ask(t.Context(), q)
	if err != nil {
		t.Fatal(err)
	}
	for _, v := range answer.Verdicts {
		if v.Result != "Allowed" {
			t.Errorf("%s is %s %s by a policy that allows all", v.ID, v.Result, v.Error)
		}
	}
}
