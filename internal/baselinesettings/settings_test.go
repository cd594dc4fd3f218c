package baselinesettings

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"testing"

	"github.com/aws/aws-lambda-go/cfn"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fake remembers what was set and fails where told.
type fake struct {
	done   []string
	fail   map[string]error
	vpcs   []VPC
	groups []LogGroup
}

func (f *fake) do(what string) error {
	if err := f.fail[what]; err != nil {
		return err
	}
	f.done = append(f.done, what)
	return nil
}

func (f *fake) SetPasswordPolicy(_ context.Context, p PasswordPolicy) error { return f.do("passwords") }
func (f *fake) BlockPublicBuckets(context.Context) error                    { return f.do("buckets") }
func (f *fake) SetContact(_ context.Context, c Contact) error               { return f.do("contact " + c.Kind) }
func (f *fake) EncryptVolumes(context.Context) error                        { return f.do("volumes") }
func (f *fake) DefaultVPCs(context.Context) ([]VPC, error)                  { return f.vpcs, f.fail["vpcs"] }
func (f *fake) RemoveVPC(_ context.Context, v VPC) error                    { return f.do("remove " + v.ID) }
func (f *fake) Groups(context.Context) ([]LogGroup, error)                  { return f.groups, f.fail["groups"] }
func (f *fake) Keep(_ context.Context, group string, days int) error        { return f.do("keep " + group) }

func settings(f *fake) *Settings { return &Settings{Account: f, Region: f, Logs: f} }

const contacts = `[{"kind":"SECURITY","name":"SOC","title":"Desk","email":"soc@example.com","phone":"+49 30"}]`

func event(kind cfn.RequestType, scope string) cfn.Event {
	return cfn.Event{RequestType: kind, ResourceProperties: map[string]any{
		"Scope": scope, "PasswordMinimumLength": "14", "PasswordMaximumAge": "90", "PasswordsRemembered": "24",
		"Contacts": contacts, "LogRetentionDays": "365", "RemoveDefaultVpc": "true",
	}}
}

func TestApply_MakesTheSettingsOfAnAccount(t *testing.T) {
	f := &fake{}
	id, _, err := settings(f).Apply(t.Context(), event(cfn.RequestCreate, "account"))
	require.NoError(t, err)
	assert.Equal(t, "gxp-settings-account", id)
	assert.Equal(t, []string{"buckets", "passwords", "contact SECURITY"}, f.done)
}

func TestApply_MakesTheSettingsOfARegion(t *testing.T) {
	f := &fake{
		vpcs:   []VPC{{ID: "vpc-1", Subnets: []string{"subnet-1"}}},
		groups: []LogGroup{{Name: "/forever"}, {Name: "/chosen", RetentionDays: 30}},
	}
	id, found, err := settings(f).Apply(t.Context(), event(cfn.RequestCreate, "region"))
	require.NoError(t, err)
	assert.Equal(t, "gxp-settings-region", id)
	assert.Equal(t, []string{"volumes", "remove vpc-1", "keep /forever"}, f.done, "a chosen retention stays")
	assert.Equal(t, map[string]any{"DefaultVpc": "vpc-1 removed", "LogGroupsChanged": 1, "LogGroupsFailed": false}, found)
}

func TestApply_LeavesAVPCThatIsInUse(t *testing.T) {
	for name, tt := range map[string]struct {
		fake *fake
		want string
	}{
		"with network interfaces": {&fake{vpcs: []VPC{{ID: "vpc-1", Interfaces: 2}}}, "vpc-1 kept: it has 2 network interfaces"},
		"that AWS does not let go": {
			&fake{vpcs: []VPC{{ID: "vpc-1"}}, fail: map[string]error{"remove vpc-1": ErrInUse}}, "vpc-1 kept: in use",
		},
		"that is not there": {&fake{}, "none"},
	} {
		t.Run(name, func(t *testing.T) {
			_, found, err := settings(tt.fake).Apply(t.Context(), event(cfn.RequestCreate, "region"))
			require.NoError(t, err, "the baseline is in place all the same")
			assert.Equal(t, tt.want, found["DefaultVpc"])
			assert.NotContains(t, tt.fake.done, "remove vpc-1")
		})
	}
}

func TestApply_KeepsTheDefaultVPCWhereToldTo(t *testing.T) {
	f := &fake{vpcs: []VPC{{ID: "vpc-1"}}}
	e := event(cfn.RequestUpdate, "region")
	e.ResourceProperties["RemoveDefaultVpc"] = "false"
	_, _, err := settings(f).Apply(t.Context(), e)
	require.NoError(t, err)
	assert.Equal(t, []string{"volumes"}, f.done)
}

func TestApply_UnmakesNothing(t *testing.T) {
	f := &fake{}
	e := event(cfn.RequestDelete, "account")
	e.PhysicalResourceID = "gxp-settings-account"
	id, _, err := settings(f).Apply(t.Context(), e)
	require.NoError(t, err)
	assert.Equal(t, "gxp-settings-account", id)
	assert.Empty(t, f.done)
}

func TestApply_KeepsItsIdentityThroughUpdatesAndFailures(t *testing.T) {
	e := event(cfn.RequestUpdate, "account")
	e.PhysicalResourceID = "made-earlier"
	id, _, err := settings(&fake{fail: map[string]error{"buckets": errors.New("denied")}}).Apply(t.Context(), e)
	assert.Error(t, err)
	assert.Equal(t, "made-earlier", id, "another would make CloudFormation delete this one")
}

func TestApply_GoesOnAfterAFailureAndReportsAll(t *testing.T) {
	f := &fake{fail: map[string]error{"buckets": errors.New("denied"), "contact SECURITY": errors.New("throttled")}}
	_, _, err := settings(f).Apply(t.Context(), event(cfn.RequestCreate, "account"))
	assert.ErrorContains(t, err, "block public buckets: denied")
	assert.ErrorContains(t, err, "SECURITY contact: throttled")
	assert.Equal(t, []string{"passwords"}, f.done)

	f = &fake{
		fail:   map[string]error{"volumes": errors.New("denied"), "keep /a": errors.New("gone")},
		groups: []LogGroup{{Name: "/a"}, {Name: "/b"}},
	}
	_, found, err := settings(f).Apply(t.Context(), event(cfn.RequestCreate, "region"))
	assert.ErrorContains(t, err, "encrypt volumes by default: denied")
	assert.NotContains(t, err.Error(), "/a", "one log group does not undo the baseline of an account")
	assert.Equal(t, 1, found["LogGroupsChanged"])
	assert.Equal(t, true, found["LogGroupsFailed"])
}

func TestApply_RefusesPropertiesThatItCannotRead(t *testing.T) {
	for name, tt := range map[string]struct {
		scope, key string
		value      any
		want       string
	}{
		"another scope":          {"planet", "Scope", "planet", `Scope is "planet", must be account or region`},
		"no retention":           {"region", "LogRetentionDays", nil, `LogRetentionDays is "", must be a number from 1 to 3653`},
		"a retention in words":   {"region", "LogRetentionDays", "a year", `LogRetentionDays is "a year"`},
		"neither true nor false": {"region", "RemoveDefaultVpc", "yes", `RemoveDefaultVpc is "yes", must be true or false`},
		"a short password":       {"account", "PasswordMinimumLength", "5", `PasswordMinimumLength is "5", must be a number from 6 to 128`},
		"contacts in no list":    {"account", "Contacts", "{", "Contacts is not a list of contacts"},
		"a contact of no kind":   {"account", "Contacts", strings.Replace(contacts, "SECURITY", "LEGAL", 1), `Contacts[0].kind is "LEGAL"`},
		"a contact without mail": {"account", "Contacts", strings.Replace(contacts, "soc@example.com", "", 1), "Contacts[0] lacks"},
	} {
		t.Run(name, func(t *testing.T) {
			f := &fake{}
			e := event(cfn.RequestCreate, tt.scope)
			e.ResourceProperties[tt.key] = tt.value
			_, _, err := settings(f).Apply(t.Context(), e)
			assert.ErrorContains(t, err, tt.want)
			assert.Empty(t, f.done, "nothing is set by halves")
		})
	}
}

func TestHandle_GivesNewLogGroupsTheirRetentionEveryDay(t *testing.T) {
	f := &fake{groups: []LogGroup{{Name: "/new"}}}
	h := &Handler{Settings: settings(f), LogRetentionDays: 365}
	answer, err := h.Handle(t.Context(), json.RawMessage(`{"source":"aws.events","detail-type":"Scheduled Event"}`))
	require.NoError(t, err)
	assert.Equal(t, "1 log groups changed", answer)
	assert.Equal(t, []string{"keep /new"}, f.done)
	_, err = h.Handle(t.Context(), json.RawMessage(`[]`))
	assert.ErrorContains(t, err, "read the event")
}

func TestUnavailable_FailsEveryRequestButADeletion(t *testing.T) {
	s := Unavailable(errors.New("no credentials"))
	for _, scope := range []string{"account", "region"} {
		_, _, err := s.Apply(t.Context(), event(cfn.RequestCreate, scope))
		assert.ErrorContains(t, err, "no credentials")
		_, _, err = s.Apply(t.Context(), event(cfn.RequestDelete, scope))
		assert.NoError(t, err)
	}
}
