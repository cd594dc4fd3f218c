package evaluation

import (
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	policyType     = "aws:organizations/policy:Policy"
	attachmentType = "aws:organizations/policyAttachment:PolicyAttachment"

	serviceControl  = "SERVICE_CONTROL_POLICY"
	resourceControl = "RESOURCE_CONTROL_POLICY"

	// everything is the name of the document that allows all: AWS attaches it as
	// FullAWSAccess to the root, every unit and every account, and it stands for
	// AdministratorAccess.
	everything = "FullAWSAccess"

	// opened is the name of a resource policy that lets everybody do everything.
	opened = "a policy that is too wide"
)

// holders are the types that hold a policy document of IAM's language, and the
// property that holds it.
var holders = map[string]string{
	policyType:                                                         "content",
	"aws:iam/policy:Policy":                                            "policy",
	"aws:iam/role:Role":                                                "assumeRolePolicy",
	"aws:iam/rolePolicy:RolePolicy":                                    "policy",
	"aws:kms/key:Key":                                                  "policy",
	"aws:kms/replicaKey:ReplicaKey":                                    "policy",
	"aws:s3/bucketPolicy:BucketPolicy":                                 "policy",
	"aws:sns/topicPolicy:TopicPolicy":                                  "policy",
	"aws:sqs/queuePolicy:QueuePolicy":                                  "policy",
	"aws:backup/vaultPolicy:VaultPolicy":                               "policy",
	"aws:cloudwatch/eventBusPolicy:EventBusPolicy":                     "policy",
	"aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy": "inlinePolicy",
	"aws:cloudwatch/logResourcePolicy:LogResourcePolicy":               "policyDocument",
}

// document is one policy of the graph.
type document struct {
	name   string
	text   json.RawMessage
	parsed *qualification.Document
	units  []string // where it is attached, for messages
	source *qualification.Resource
}

// documents are the policies of the graph by the name that requests use.
type documents map[string]*document

// languages are the policy types of Organizations that speak IAM's language;
// the others have languages of their own.
var languages = []string{serviceControl, resourceControl}

// readDocuments collects every policy. One that cannot be read yet, or at all,
// is an error: nothing could be said about what it does.
func readDocuments(g *qualification.Graph) (documents, error) {
	read := documents{}
	for name, principal := range map[string]string{everything: "", opened: `"Principal":"*",`} {
		text := `{"Version":"2012-10-17","Statement":[{"Effect":"Allow",` + principal + `"Action":"*","Resource":"*"}]}`
		if err := read.add(name, text, nil); err != nil {
			return nil, err
		}
	}
	for _, typ := range slices.Sorted(maps.Keys(holders)) {
		for _, r := range g.OfType(typ) {
			if kind, _ := r.Get("type").Text(); typ == policyType && !slices.Contains(languages, kind) {
				continue
			}
			value := r.Get(holders[typ])
			if value.Absent() {
				continue
			}
			text, ok := value.Text()
			if !ok {
				return nil, fmt.Errorf("evaluate policies: %s: %s is not known yet", r.URN, value.Path())
			}
			if err := read.add(nameOf(r), text, r); err != nil {
				return nil, err
			}
		}
	}
	return read, nil
}

func (d documents) add(name, text string, source *qualification.Resource) error {
	parsed, err := qualification.ParseDocument(text)
	if err != nil {
		return fmt.Errorf("evaluate policies: %s: %w", name, err)
	}
	d[name] = &document{name: name, text: json.RawMessage(text), parsed: parsed, source: source}
	return nil
}

// nameOf names a policy in results: its type's last word and its logical name,
// and for the policies of Organizations the name that AWS shows.
func nameOf(r *qualification.Resource) string {
	if name, ok := r.Get("name").Text(); ok && r.Type == policyType {
		return name
	}
	return r.Type[strings.LastIndex(r.Type, ":")+1:] + " " + r.Name()
}

func (d documents) documents() map[string]json.RawMessage {
	texts := map[string]json.RawMessage{}
	for name, document := range d {
		texts[name] = document.text
	}
	return texts
}

// actions are the actions and patterns in all policies, each with where it is
// written.
func (d documents) actions() map[string][]UnknownAction {
	uses := map[string][]UnknownAction{}
	for _, name := range slices.Sorted(maps.Keys(d)) {
		for i, s := range d[name].parsed.Statements {
			for _, action := range slices.Concat(s.Actions, s.NotActions) {
				uses[action] = append(uses[action], UnknownAction{
					Action: action, Policy: name, Statement: statementName(s, i), Units: d[name].units,
				})
			}
		}
	}
	return uses
}

func statementName(s qualification.Statement, i int) string {
	if s.Sid != "" {
		return s.Sid
	}
	return fmt.Sprintf("statement %d", i+1)
}
