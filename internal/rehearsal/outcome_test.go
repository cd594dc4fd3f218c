package rehearsal

import (
	"errors"
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/auto/events"
	"github.com/pulumi/pulumi/sdk/v3/go/common/apitype"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestCollect_GathersWhatTheEngineDid(t *testing.T) {
	stream := make(chan events.EngineEvent)
	go func() {
		defer close(stream)
		for _, e := range []apitype.EngineEvent{
			{ResourcePreEvent: &apitype.ResourcePreEvent{Metadata: apitype.StepEventMetadata{Op: "create", URN: "a"}}},
			{ResOutputsEvent: &apitype.ResOutputsEvent{Metadata: apitype.StepEventMetadata{Op: "create", URN: "a"}}},
			{ResOpFailedEvent: &apitype.ResOpFailedEvent{Metadata: apitype.StepEventMetadata{Op: "create", URN: "b"}}},
			{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "error", Message: "<{%fg 1%}>no<{%reset%}>\n"}},
			{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "error", Message: "no\n"}},
			{DiagnosticEvent: &apitype.DiagnosticEvent{Severity: "warning", Message: "beware"}},
			{SummaryEvent: &apitype.SummaryEvent{ResourceChanges: map[apitype.OpType]int{"create": 1, "same": 4, "read": 1}}},
		} {
			stream <- events.EngineEvent{EngineEvent: e}
		}
	}()
	var seen []event
	o := collect(stream, nil, func(e event) { seen = append(seen, e) })
	o.err = errors.New("exit status 1")

	assert.Equal(t, []event{{op: "create", urn: "a"}, {true, "create", "a"}, {true, "create", "b"}}, seen)
	assert.Equal(t, []string{"a"}, o.steps["create"], "what failed was not created")
	assert.Equal(t, []string{"b"}, o.failed)
	assert.Equal(t, "no", o.reason(), "said once, without colours and warnings")
	assert.Equal(t, 1, o.count(), "what stays the same is no change")
	assert.Equal(t, []string{"create a"}, o.changed())
	assert.Equal(t, map[string]int{"create": 1, "same": 4, "read": 1}, o.counts())
}

func TestCollect_EndsWithTheOperationWhenTheEngineNeverSpoke(t *testing.T) {
	ended := make(chan struct{})
	close(ended)
	o := collect(make(chan events.EngineEvent), ended, nil)
	o.err = errors.New("no engine")
	assert.Equal(t, "no engine", o.reason())
}

func TestPlain_LeavesUnfinishedMarksAlone(t *testing.T) {
	for message, want := range map[string]string{
		"":                         "",
		"plain":                    "plain",
		"<{%fg 1%}>red<{%reset%}>": "red",
		"a <{% b":                  "a <{% b",
	} {
		assert.Equal(t, want, plain(message))
	}
}

func TestURNs_AreTakenApart(t *testing.T) {
	const urn = "urn:pulumi:prod::zone::gxp:logging:Archive$aws:s3/bucketV2:BucketV2::archive::odd"
	assert.Equal(t, "aws:s3/bucketV2:BucketV2", typeOf(urn))
	assert.Equal(t, "logging", packageOf(urn))
	assert.Equal(t, "BucketV2 archive::odd", shortName(urn))
	assert.Equal(t, "pulumi", packageOf("urn:pulumi:prod::zone::pulumi:pulumi:Stack::zone-prod"))
	for _, odd := range []string{"", "urn", "a::b", "::::::"} {
		assert.NotPanics(t, func() { typeOf(odd); packageOf(odd); shortName(odd) })
	}
}

func TestRecorder_ComparesWithTheAccountsThatWereCreated(t *testing.T) {
	r := &Recorder{}
	ctx := t.Context()
	for _, id := range []string{"1", "2", "2", "4"} {
		require.NoError(t, r.AccountReady(ctx, id, "role"))
	}
	require.NoError(t, r.ActivateStackSets(ctx))
	assert.Equal(t, 1, r.Activations())
	assert.Equal(t, []string{
		"account 2 (two) was waited for 2 times, not once",
		"account 3 (three) was waited for 0 times, not once",
		"account 4 was waited for, but was not created",
	}, r.problems(map[string]string{"1": "one", "2": "two", "3": "three"}))
	assert.Error(t, r.AccountReady(ctx, "", "role"), "an account without an id cannot be waited for")
}
