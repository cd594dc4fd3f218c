package logging

import (
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
)

const (
	firehoseType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"
)

func TestDeliveries_WriteCompressedLinesBelowADay(t *testing.T) {
	graph := renderStreams(t)
	tests := map[string]struct {
		folder     string
		processors []any
	}{
		"log-stream": {"log-events", []any{
			map[string]any{"type": "Decompression", "parameters": []any{
				map[string]any{"parameterName": "CompressionFormat", "parameterValue": "GZIP"},
			}},
			map[string]any{"type": "AppendDelimiterToRecord"},
		}},
		"findings": {"findings", []any{map[string]any{"type": "AppendDelimiterToRecord"}}},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			stream := pulumitest.Find(t, graph, firehoseType, name)
			assert.Equal(t, map[string]any{"enabled": true}, stream.Inputs["serverSideEncryption"])
			to := stream.Inputs["extendedS3Configuration"].(map[string]any)
			assert.Equal(t, tt.folder+"/eu-test-1/!{timestamp:yyyy/MM/dd}/", to["prefix"])
			assert.Equal(t, tt.folder+"-failed/eu-test-1/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/", to["errorOutputPrefix"])
			assert.Equal(t, "GZIP", to["compressionFormat"])
			assert.Equal(t, map[string]any{"enabled": true, "processors": tt.processors}, to["processingConfiguration"])
			assert.Equal(t, true, to["cloudwatchLoggingOptions"].(map[string]any)["enabled"])
		})
	}
}

func TestDeliveries_MayDoNothingElse(t *testing.T) {
	graph := renderStreams(t)
	for name, document := range map[string]any{
		"log-stream-role":            pulumitest.Find(t, graph, rolePolicyType, "log-stream").Inputs["policy"],
		"log-stream-trust":           pulumitest.Find(t, graph, roleType, "log-stream").Inputs["assumeRolePolicy"],
		"log-stream-sender-trust":    pulumitest.Find(t, graph, roleType, "log-stream-destination").Inputs["assumeRolePolicy"],
		"log-stream-sender-role":     pulumitest.Find(t, graph, rolePolicyType, "log-stream-destination").Inputs["policy"],
		"log-stream-destination":     pulumitest.Find(t, graph, "aws:cloudwatch/logDestinationPolicy:LogDestinationPolicy", "log-stream").Inputs["accessPolicy"],
		"findings-role":              pulumitest.Find(t, graph, rolePolicyType, "findings").Inputs["policy"],
		"findings-sender-trust":      pulumitest.Find(t, graph, roleType, "findings-rule").Inputs["assumeRolePolicy"],
		"records-manager-role":       pulumitest.Find(t, graph, rolePolicyType, "records-manager").Inputs["policy"],
		"records-manager-role-trust": pulumitest.Find(t, graph, roleType, "records-manager").Inputs["assumeRolePolicy"],
	} {
		t.Run(name, func(t *testing.T) {
			pulumitest.Golden(t, name+".json", pulumitest.Indented(t, document.(string)))
		})
	}
}

func TestLogStream_IsNamedAsTheBaselineKnowsIt(t *testing.T) {
	graph := renderStreams(t)
	destination := pulumitest.Find(t, graph, "aws:cloudwatch/logDestination:LogDestination", "log-stream")
	assert.Equal(t, LogDestination, destination.Inputs["name"])
	assert.Contains(t, LogDestinationARN("eu-test-1", "222233334444"), ":222233334444:destination:"+LogDestination)
	role := pulumitest.Find(t, graph, roleType, "log-stream")
	assert.Equal(t, StreamRole("eu-test-1"), role.Inputs["name"])
}

func TestFindings_AreSentEachTimeTheyChange(t *testing.T) {
	graph := renderStreams(t)
	rule := pulumitest.Find(t, graph, "aws:cloudwatch/eventRule:EventRule", "findings")
	assert.JSONEq(t, `{"source":["aws.securityhub"],"detail-type":["Security Hub Findings - Imported"]}`, rule.Inputs["eventPattern"].(string))
	target := pulumitest.Find(t, graph, "aws:cloudwatch/eventTarget:EventTarget", "findings")
	assert.Equal(t, rule.Inputs["name"], target.Inputs["rule"])
	assert.NotContains(t, target.Inputs, "inputPath")
	assert.Contains(t, target.Provider, "::audit-")
	role := pulumitest.Find(t, graph, roleType, "findings")
	assert.Equal(t, findingsRole, role.Inputs["name"])
}

func TestStreamArgs_Reject(t *testing.T) {
	connected, organization := account.Account{Provider: &aws.Provider{}}, pulumi.String("o-exampleorgid")
	for want, args := range map[string]*LogStreamArgs{
		"args are required":          nil,
		"account has no provider":    {},
		"organizationID is required": {Account: connected},
		"to is required":             {Account: connected, OrganizationID: organization},
	} {
		assert.EqualError(t, args.validate(), want)
	}
	for want, args := range map[string]*FindingsArgs{
		"args are required": nil, "account has no provider": {}, "to is required": {Account: connected},
	} {
		assert.EqualError(t, args.validate(), want)
	}
	for want, args := range map[string]*RecordsManagerArgs{
		"args are required":          nil,
		"account has no provider":    {},
		"organizationID is required": {Account: connected},
		"namePrefix is required":     {Account: connected, OrganizationID: organization},
	} {
		assert.EqualError(t, args.validate(), want)
	}
}
