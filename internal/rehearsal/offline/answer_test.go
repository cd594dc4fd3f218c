package offline

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules"
)

var standard = rules.New(rules.Quotas{})

// referenced gives every placeholder {in:...} of a row a value.
func referenced(r row) map[string]any {
	inputs := map[string]any{}
	for _, placeholder := range regexp.MustCompile(`\{in:(\w+)`).FindAllStringSubmatch(r.id+r.arn, -1) {
		if placeholder[1] != r.autoname {
			inputs[placeholder[1]] = "arn:aws:sns:eu-test-1:111122223333:given-" + placeholder[1]
		}
	}
	return inputs
}

func TestAnswer_KnowsEachTypeOfTheTable(t *testing.T) {
	if len(Types()) < 48 {
		t.Fatalf("the table has %d types", len(Types()))
	}
	for _, typ := range Types() {
		t.Run(typ, func(t *testing.T) {
			r := table[typ]
			q := ask(typ, "sample", referenced(r))
			checked, _, err := Checked(q, standard)
			if err != nil {
				t.Fatal(err)
			}
			q.Inputs = checked
			id, outputs, err := Answer(q)
			if err != nil || id == "" || strings.ContainsAny(id, "{}") {
				t.Fatalf("id = %q, %v", id, err)
			}
			if outputs.ContainsUnknowns() {
				t.Errorf("outputs hold unknowns: %v", outputs)
			}
			for key := range q.Inputs {
				if !outputs.HasValue(key) {
					t.Errorf("outputs lack the input %s", key)
				}
			}
			for key, value := range outputs {
				if value.IsString() && strings.Contains(value.StringValue(), "{in:") {
					t.Errorf("%s = %q has an open placeholder", key, value.StringValue())
				}
			}
			if r.arn != "" && !strings.HasPrefix(outputs["arn"].StringValue(), "arn:aws:") {
				t.Errorf("arn = %v", outputs["arn"])
			}
			if r.takes == 0 {
				t.Error("the row does not say how long the creation takes")
			}
			if slices.Contains(r.replace, "tags") {
				t.Error("a change of tags replaces nothing in AWS")
			}
			againID, again, err := Answer(q)
			if err != nil || againID != id || !again.DeepEquals(outputs) {
				t.Errorf("a second answer differs: %s, %v, %v", againID, again, err)
			}
		})
	}
}

func TestAnswer_GivesIDsInTheFormOfAWS(t *testing.T) {
	tests := map[string]struct{ typ, want string }{
		"account":             {accountType, `^\d{12}$`},
		"organization":        {"aws:organizations/organization:Organization", `^o-[a-z0-9]{10}$`},
		"organizational unit": {"aws:organizations/organizationalUnit:OrganizationalUnit", `^ou-[a-z0-9]{4}-[a-z0-9]{8}$`},
		"policy":              {"aws:organizations/policy:Policy", `^p-[a-z0-9]{8}$`},
		"key":                 {"aws:kms/key:Key", `^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$`},
		"bucket":              {bucketType, `^sample-[0-9a-f]{7}$`},
		"alias":               {"aws:kms/alias:Alias", `^alias/sample-[0-9a-f]{7}$`},
		"topic":               {"aws:sns/topic:Topic", `^arn:aws:sns:eu-test-1:111122223333:sample-[0-9a-f]{7}$`},
		"trail":               {"aws:cloudtrail/trail:Trail", `^arn:aws:cloudtrail:eu-test-1:111122223333:trail/sample-[0-9a-f]{7}$`},
		"portfolio":           {"aws:servicecatalog/portfolio:Portfolio", `^port-[a-z0-9]{13}$`},
		"product":             {"aws:servicecatalog/product:Product", `^prod-[a-z0-9]{13}$`},
		"constraint":          {"aws:servicecatalog/constraint:Constraint", `^cons-[a-z0-9]{13}$`},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			q := ask(tt.typ, "sample", nil)
			q.Inputs, _, _ = Checked(q, standard)
			id, _, err := Answer(q)
			if err != nil || !regexp.MustCompile(tt.want).MatchString(id) {
				t.Errorf("id = %q, %v, want %s", id, err, tt.want)
			}
		})
	}
}

func TestAnswer_GivesAnotherIDWhenTheResourceIsReplaced(t *testing.T) {
	before, _, _ := Answer(ask("aws:kms/key:Key", "archive", map[string]any{"description": "a"}))
	updated, _, _ := Answer(ask("aws:kms/key:Key", "archive", map[string]any{"description": "b"}))
	replaced, _, _ := Answer(ask("aws:kms/key:Key", "archive", map[string]any{"multiRegion": true}))
	if before != updated || before == replaced {
		t.Errorf("ids: before %s, updated %s, replaced %s", before, updated, replaced)
	}
}

func TestAnswer_KeepsWhatItOnceDrewInAnUpdate(t *testing.T) {
	q := ask("aws:iam/role:Role", "delivery", map[string]any{"name": "delivery"})
	id, created, err := Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	q.ID, q.Inputs = id, resource.NewPropertyMapFromMap(map[string]any{"name": "delivery", "description": "new"})
	if _, updated, _ := Answer(q); updated["uniqueId"] != created["uniqueId"] {
		t.Errorf("uniqueId changed from %v to %v", created["uniqueId"], updated["uniqueId"])
	}
}

func TestAnswer_KeepsTheIDOfAnImport(t *testing.T) {
	q := ask(accountType, "audit", map[string]any{"name": "audit", "email": "audit@example.com"})
	q.ID = "444455556666"
	id, outputs, err := Answer(q)
	if want := "arn:aws:organizations::111122223333:account/" + OrganizationID(here.AccountID) + "/444455556666"; err != nil ||
		id != q.ID || outputs["arn"].StringValue() != want {
		t.Errorf("Answer() = %s, %v, %v, want %s", id, outputs["arn"], err, want)
	}
}

func TestAnswer_IsUnknownWhereItFollowsFromSomethingUnknown(t *testing.T) {
	q := ask("aws:s3/bucketPolicy:BucketPolicy", "archive", nil)
	q.Inputs = resource.PropertyMap{"bucket": unknown}
	if id, _, err := Answer(q); id != "" || err != nil {
		t.Errorf("id = %q, %v, want none", id, err)
	}
	q = ask(bucketType, "archive", nil)
	q.Inputs = resource.PropertyMap{"bucket": unknown}
	if _, outputs, _ := Answer(q); !outputs["arn"].IsComputed() || !outputs["forceDestroy"].IsBool() {
		t.Errorf("outputs = %v, want an unknown arn and known constants", outputs)
	}
}

func TestAnswer_MergesDefaultTagsUnderTheResourcesOwn(t *testing.T) {
	q := ask(bucketType, "archive", map[string]any{"tags": map[string]any{"owner": "quality"}})
	q.Provider.DefaultTags = map[string]string{"owner": "platform", "costCentre": "42"}
	_, outputs, err := Answer(q)
	want := map[string]any{"owner": "quality", "costCentre": "42"}
	if diff := cmp.Diff(want, outputs["tagsAll"].Mappable()); err != nil || diff != "" {
		t.Errorf("tagsAll differ (-want +got), %v:\n%s", err, diff)
	}
}

func TestChecked_RefusesATypeThatIsNotInTheTable(t *testing.T) {
	_, _, err := Checked(ask("aws:mq/broker:Broker", "jobs", nil), standard)
	contains(t, err, "does not know aws:mq/broker:Broker: add a row to the rows_*.go files")
}

func TestChecked_KeepsANameThatTheProgramGives(t *testing.T) {
	q := ask(bucketType, "archive", map[string]any{"bucket": "acme-archive"})
	checked, failures, err := Checked(q, standard)
	if err != nil || len(failures) > 0 || checked["bucket"].StringValue() != "acme-archive" {
		t.Errorf("Checked() = %v, %v, %v", checked, failures, err)
	}
	if len(q.Inputs) != 1 {
		t.Error("the question was changed")
	}
}

func TestChecked_ReportsWhatAWSWouldRefuse(t *testing.T) {
	_, failures, err := Checked(ask(bucketType, "archive", map[string]any{"bucket": "No_Bucket"}), standard)
	if err != nil || len(failures) == 0 || failures[0].Property != "bucket" {
		t.Errorf("Checked() = %v, %v, want a failure of bucket", failures, err)
	}
}
