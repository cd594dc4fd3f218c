package bootstrap

import (
	"context"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fakeAWS answers the query protocol of STS, IAM, EC2 and CloudFormation and
// refuses each action as often as told.
type fakeAWS struct {
	mu      sync.Mutex
	refuse  map[string]int
	actions []string
}

func (f *fakeAWS) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	body, _ := io.ReadAll(r.Body)
	form, _ := url.ParseQuery(string(body))
	action := form.Get("Action")
	f.mu.Lock()
	defer f.mu.Unlock()
	f.actions = append(f.actions, action)
	if f.refuse[action] > 0 {
		f.refuse[action]--
		w.WriteHeader(http.StatusForbidden)
		fmt.Fprint(w, `<ErrorResponse><Error><Code>AccessDenied</Code><Message>not yet</Message></Error></ErrorResponse>`)
		return
	}
	fmt.Fprintf(w, `<%[1]sResponse><%[1]sResult><Credentials><AccessKeyId>A</AccessKeyId><SecretAccessKey>S</SecretAccessKey>`+
		`<SessionToken>T</SessionToken><Expiration>2099-01-01T00:00:00Z</Expiration></Credentials></%[1]sResult></%[1]sResponse>`, action)
}

// operationsOn returns operations that talk to fake and never really wait.
func operationsOn(t *testing.T, fake *fakeAWS) *Operations {
	server := httptest.NewServer(fake)
	t.Cleanup(server.Close)
	o := New("eu-test-1", server.URL)
	o.pause = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	return o
}

func TestAccountReady_WaitsForEveryService(t *testing.T) {
	for _, action := range []string{"AssumeRole", "ListRoles", "DescribeVpcs"} {
		t.Run(action+" is refused at first", func(t *testing.T) {
			fake := &fakeAWS{refuse: map[string]int{action: 2}}
			require.NoError(t, operationsOn(t, fake).AccountReady(t.Context(), "111122223333", "Access"))
			assert.Equal(t, []string{"AssumeRole", "ListRoles", "DescribeVpcs"}, fake.actions[len(fake.actions)-3:],
				"the last attempt asks every service")
		})
	}
}

func TestAccountReady_SaysWhatRefusedWhenTimeIsUp(t *testing.T) {
	fake := &fakeAWS{refuse: map[string]int{"ListRoles": 1 << 30}}
	o := operationsOn(t, fake)
	ctx, cancel := context.WithCancel(t.Context())
	attempts := 0
	o.pause = func(context.Context, time.Duration) error {
		if attempts++; attempts == 3 {
			cancel()
		}
		return ctx.Err()
	}
	err := o.AccountReady(ctx, "111122223333", "Access")
	require.ErrorIs(t, err, context.Canceled)
	assert.ErrorContains(t, err, "account 111122223333 exists but cannot be worked in yet: IAM:")
	assert.ErrorContains(t, err, "AccessDenied")
}

func TestActivateStackSets_RetriesAndNamesTheCommand(t *testing.T) {
	fake := &fakeAWS{refuse: map[string]int{"ActivateOrganizationsAccess": 1}}
	require.NoError(t, operationsOn(t, fake).ActivateStackSets(t.Context()))
	assert.Equal(t, []string{"ActivateOrganizationsAccess", "ActivateOrganizationsAccess"}, fake.actions)

	fake.refuse["ActivateOrganizationsAccess"] = 1 << 30
	o := operationsOn(t, fake)
	o.pause = func(context.Context, time.Duration) error { return context.DeadlineExceeded }
	assert.ErrorContains(t, o.ActivateStackSets(t.Context()), "aws cloudformation activate-organizations-access")
}

func TestSleep_EndsWithTheContext(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	require.ErrorIs(t, sleep(ctx, time.Hour), context.Canceled)
	require.NoError(t, sleep(t.Context(), time.Nanosecond))
}
