package offline

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"sync"
	"testing"
	"time"
)

func account(name string) Question {
	return ask(accountType, name, map[string]any{"name": name, "email": name + "@example.com"})
}

// organized is an offline AWS whose management account has an organization.
func organized(t *testing.T, options Options) *AWS {
	t.Helper()
	aws := New(options)
	_, err := create(t, aws, ask("aws:organizations/organization:Organization", "organization", map[string]any{"featureSet": "ALL"}))
	if err != nil {
		t.Fatal(err)
	}
	return aws
}

func TestCreate_RefusesMoreAccountsAtOnceThanAWS(t *testing.T) {
	aws := organized(t, Options{Latency: Typical, Scale: 2000})
	errs := make(chan error, 12)
	var all sync.WaitGroup
	for i := range cap(errs) {
		all.Go(func() {
			_, err := create(t, aws, account(fmt.Sprintf("member-%d", i)))
			errs <- err
		})
	}
	all.Wait()
	close(errs)
	refused := 0
	for err := range errs {
		if err != nil {
			contains(t, err, "ConcurrentModificationException")
			refused++
		}
	}
	if made := aws.Statistics().Resources - 1; refused != 7 || made != 5 {
		t.Errorf("%d of 12 accounts were refused and %d exist, want 7 and 5", refused, made)
	}
}

func TestCreate_TakesAccountsOneAfterTheOther(t *testing.T) {
	aws := organized(t, Options{})
	for i := range 8 {
		if _, err := create(t, aws, account(fmt.Sprintf("member-%d", i))); err != nil {
			t.Fatal(err)
		}
	}
	if n := aws.Statistics().AccountsAtOnce; n != 1 {
		t.Errorf("%d accounts were in creation at once, want 1", n)
	}
}

func TestCreate_RefusesTheEmailOfAnotherAccount(t *testing.T) {
	aws := organized(t, Options{})
	first, second := account("one"), account("two")
	second.Inputs["email"] = first.Inputs["email"]
	if _, err := create(t, aws, first); err != nil {
		t.Fatal(err)
	}
	_, err := create(t, aws, second)
	contains(t, err, "EMAIL_ALREADY_EXISTS")
}

func TestCreate_RefusesANameThatIsTaken(t *testing.T) {
	aws := New(Options{})
	role := map[string]any{
		"name":             "delivery",
		"assumeRolePolicy": `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"s3.amazonaws.com"},"Action":"sts:AssumeRole"}]}`,
	}
	if _, err := create(t, aws, ask("aws:iam/role:Role", "first", role)); err != nil {
		t.Fatal(err)
	}
	_, err := create(t, aws, ask("aws:iam/role:Role", "second", role))
	contains(t, err, "EntityAlreadyExists: aws:iam/role:Role delivery exists already in account 111122223333")

	elsewhere := ask("aws:iam/role:Role", "third", role)
	elsewhere.Provider.AccountID = "444455556666"
	if _, err := create(t, aws, elsewhere); err != nil {
		t.Errorf("the same name in another account: %v", err)
	}
}

func TestCreate_RefusesAReferenceToNothing(t *testing.T) {
	aws := New(Options{})
	versioning := ask("aws:s3/bucketVersioningV2:BucketVersioningV2", "archive", map[string]any{
		"bucket": "acme-archive", "versioningConfiguration": map[string]any{"status": "Enabled"},
	})
	_, err := create(t, aws, versioning)
	contains(t, err, `"acme-archive" does not exist`)
	if _, err := create(t, aws, ask(bucketType, "archive", map[string]any{"bucket": "acme-archive"})); err != nil {
		t.Fatal(err)
	}
	if _, err := create(t, aws, versioning); err != nil {
		t.Errorf("with the bucket there: %v", err)
	}
}

func TestOperations_AreRefusedInAnAccountThatDoesNotExist(t *testing.T) {
	aws := organized(t, Options{})
	id, err := create(t, aws, account("audit"))
	if err != nil {
		t.Fatal(err)
	}
	bucket := ask(bucketType, "evidence", map[string]any{"bucket": "acme-evidence"})
	bucket.Provider = Provider{
		Region: "eu-test-1", AccountID: "999988887777", AssumesRole: true, RoleARN: "arn:aws:iam::999988887777:role/Access",
	}
	_, err = create(t, aws, bucket)
	contains(t, err, "AccessDenied: not authorized to perform: sts:AssumeRole on resource: arn:aws:iam::999988887777:role/Access")
	bucket.Provider.AccountID = id
	if _, err := create(t, aws, bucket); err != nil {
		t.Errorf("in an account that exists: %v", err)
	}
}

func TestUpdate_RefusesWhatDoesNotExist(t *testing.T) {
	q := ask(bucketType, "archive", map[string]any{"bucket": "acme-archive"})
	q.ID = "acme-archive"
	contains(t, New(Options{}).update(t.Context(), q, q.Inputs), "acme-archive does not exist in account 111122223333")
}

func TestFault_FailsTheOperationsItMatchesAndNoMore(t *testing.T) {
	aws := New(Options{Faults: []Fault{{Match: "::archive", Operation: Create, Times: 2, Message: "InternalFailure: injected"}}})
	q := ask(bucketType, "archive", map[string]any{"bucket": "acme-archive"})
	if _, err := create(t, aws, ask(bucketType, "evidence", map[string]any{"bucket": "acme-evidence"})); err != nil {
		t.Errorf("another resource: %v", err)
	}
	for range 2 {
		_, err := create(t, aws, q)
		contains(t, err, "InternalFailure: injected")
	}
	if _, err := create(t, aws, q); err != nil {
		t.Errorf("the third time: %v", err)
	}
	aws.Inject(Fault{Match: "bucketV2", Operation: Delete, Times: 1, Message: "not today"})
	q.ID = "acme-archive"
	contains(t, aws.remove(t.Context(), q), "not today")
	if err := aws.remove(t.Context(), q); err != nil || aws.Statistics().Resources != 1 {
		t.Errorf("the second deletion: %v, %d resources are left", err, aws.Statistics().Resources)
	}
}

func TestLatency_TakesTheTypicalTimeDividedByTheScale(t *testing.T) {
	aws := organized(t, Options{Latency: Typical, Scale: 1200})
	start := time.Now()
	if _, err := create(t, aws, account("audit")); err != nil {
		t.Fatal(err)
	}
	if took := time.Since(start); took < 100*time.Millisecond || took > 2*time.Second {
		t.Errorf("two minutes divided by 1200 took %v", took)
	}
}

func TestLatency_EndsWithTheContext(t *testing.T) {
	aws := organized(t, Options{})
	aws.pace = pace{latency: Typical, scale: 1}
	ctx, cancel := context.WithTimeout(t.Context(), 20*time.Millisecond)
	defer cancel()
	q := account("audit")
	id, outputs, err := Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	if err := aws.create(ctx, q, id, outputs); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("create() = %v, want the deadline", err)
	}
	if n := aws.Statistics().Resources - 1; n != 0 {
		t.Errorf("%d accounts exist after a creation that was given up", n)
	}
}

func TestParseLatency_KnowsTheProfiles(t *testing.T) {
	if got, err := ParseLatency("aws"); got != Typical || err != nil {
		t.Errorf("ParseLatency(aws) = %v, %v", got, err)
	}
	_, err := ParseLatency("slow")
	contains(t, err, `"slow" is not a latency profile: use "aws"`)
}

func TestNew_TakesOverWhatExists(t *testing.T) {
	aws := New(Options{Existing: []Existing{{
		Type: accountType, URN: urnOf(accountType, "audit"), ID: "444455556666", Provider: here,
		Inputs: map[string]any{"name": "audit", "email": "audit@example.com"},
	}}})
	if !aws.store.hasAccount("444455556666") {
		t.Error("the account does not exist")
	}
	broken := New(Options{Existing: []Existing{{Type: "aws:mq/broker:Broker", URN: urnOf("aws:mq/broker:Broker", "jobs"), ID: "jobs"}}})
	_, err := broken.Serve(t.Context())
	contains(t, err, "does not know aws:mq/broker:Broker")
}

func TestObjects_MayHaveTheSameKeyInTwoBuckets(t *testing.T) {
	aws := New(Options{})
	for _, bucket := range []string{"acme-a", "acme-b"} {
		if _, err := create(t, aws, ask(bucketType, bucket, map[string]any{"bucket": bucket})); err != nil {
			t.Fatal(err)
		}
		object := ask("aws:s3/bucketObjectv2:BucketObjectv2", bucket+"-readme", map[string]any{
			"bucket": bucket, "key": "README", "content": strings.ToUpper(bucket),
		})
		if _, err := create(t, aws, object); err != nil {
			t.Error(err)
		}
	}
}
