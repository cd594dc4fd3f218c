package baselinesettings

import (
	"context"
	"encoding/json"
	"fmt"

	"github.com/aws/aws-lambda-go/cfn"
)

// Handler answers CloudFormation's requests, and the daily event that gives new
// log groups their retention.
type Handler struct {
	Settings *Settings

	// LogRetentionDays is the retention of the daily event.
	LogRetentionDays int

	// Respond tells CloudFormation the outcome of a request. Optional: without
	// it the answer goes to the URL in the request.
	Respond func(cfn.CustomResourceFunction) cfn.CustomResourceLambdaFunction
}

// Handle takes an event as Lambda delivers it.
func (h *Handler) Handle(ctx context.Context, event json.RawMessage) (string, error) {
	var request cfn.Event
	if err := json.Unmarshal(event, &request); err != nil {
		return "", fmt.Errorf("read the event: %w", err)
	}
	if request.ResponseURL == "" {
		changed, err := h.Settings.KeepLogs(ctx, h.LogRetentionDays)
		return fmt.Sprintf("%d log groups changed", changed), err
	}
	respond := h.Respond
	if respond == nil {
		respond = cfn.LambdaWrap
	}
	return respond(h.Settings.Apply)(ctx, request)
}

// Apply makes the settings that a custom resource asks for. Its identity is its
// scope alone: one that changed would make CloudFormation delete the old, and
// settings have no old.
func (s *Settings) Apply(ctx context.Context, e cfn.Event) (string, map[string]any, error) {
	id := e.PhysicalResourceID
	if id == "" {
		scope, _ := e.ResourceProperties["Scope"].(string)
		id = "gxp-settings-" + scope
	}
	if e.RequestType == cfn.RequestDelete {
		return id, nil, nil
	}
	r, err := parse(e.ResourceProperties)
	if err != nil {
		return id, nil, err
	}
	if r.scope == scopeAccount {
		return id, nil, s.applyAccount(ctx, r)
	}
	found, err := s.applyRegion(ctx, r)
	return id, found, err
}
