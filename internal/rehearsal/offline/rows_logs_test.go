package offline

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestRows_OfLogsAnswerAsTheProviderDoes(t *testing.T) {
	type inputs = map[string]any
	for _, tt := range []struct {
		typ      string
		inputs   inputs
		id       string
		property resource.PropertyKey
		want     string
	}{
		{"aws:glue/catalogTable:CatalogTable", inputs{"databaseName": "audit", "name": "trail"}, "{account}:audit:trail", "arn",
			"arn:aws:glue:{region}:{account}:table/audit/trail"},
		{"aws:glue/catalogDatabase:CatalogDatabase", inputs{"catalogId": "333333333333", "name": "audit"}, "333333333333:audit", "catalogId", "333333333333"},
		{"aws:athena/workgroup:Workgroup", inputs{"name": "audit"}, "audit", "arn", "arn:aws:athena:{region}:{account}:workgroup/audit"},
		{"aws:scheduler/schedule:Schedule", inputs{"name": "a"}, "default/a", "arn", "arn:aws:scheduler:{region}:{account}:schedule/default/a"},
		{"aws:scheduler/schedule:Schedule", inputs{"name": "a", "groupName": "g"}, "g/a", "arn", "arn:aws:scheduler:{region}:{account}:schedule/g/a"},
		{"aws:lambda/function:Function", inputs{"name": "f"}, "f", "qualifiedArn", "arn:aws:lambda:{region}:{account}:function:f:$LATEST"},
		{"aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream", inputs{"name": "s"}, "arn:aws:firehose:{region}:{account}:deliverystream/s", "arn",
			"arn:aws:firehose:{region}:{account}:deliverystream/s"},
		{"aws:sqs/queue:Queue", inputs{"name": "q"}, "https://sqs.{region}.amazonaws.com/{account}/q", "arn", "arn:aws:sqs:{region}:{account}:q"},
		{"aws:cloudwatch/eventRule:EventRule", inputs{"name": "r"}, "r", "arn", "arn:aws:events:{region}:{account}:rule/r"},
		{"aws:cloudwatch/eventRule:EventRule", inputs{"name": "r", "eventBusName": "hub"}, "r", "arn", "arn:aws:events:{region}:{account}:rule/hub/r"},
		{"aws:quicksight/dataSet:DataSet", inputs{"dataSetId": "d"}, "{account},d", "arn", "arn:aws:quicksight:{region}:{account}:dataset/d"},
		{"aws:quicksight/group:Group", inputs{"groupName": "g"}, "{account}/default/g", "arn", "arn:aws:quicksight:{region}:{account}:group/default/g"},
		{"aws:cloudwatch/logDestination:LogDestination", inputs{"name": "d"}, "d", "arn", "arn:aws:logs:{region}:{account}:destination:d"},
	} {
		q := ask(tt.typ, "it", tt.inputs)
		fill := func(pattern string) string {
			filled, _ := subject{provider: q.Provider}.expand(pattern)
			return filled
		}
		id, outputs, err := Answer(q)
		if err != nil {
			t.Fatal(err)
		}
		if id != fill(tt.id) {
			t.Errorf("%s: id %s, want %s", tt.typ, id, fill(tt.id))
		}
		if got := outputs[tt.property].String(); outputs[tt.property].StringValue() != fill(tt.want) {
			t.Errorf("%s: %s is %s, want %s", tt.typ, tt.property, got, fill(tt.want))
		}
	}
}

func TestRows_OfSearchesGiveAnEndpointInTheRegion(t *testing.T) {
	q := ask("aws:opensearch/serverlessCollection:ServerlessCollection", "logs", map[string]any{"name": "logs"})
	id, outputs, err := Answer(q)
	if err != nil {
		t.Fatal(err)
	}
	if want := "https://" + id + "." + q.Provider.Region + ".aoss.amazonaws.com"; outputs["collectionEndpoint"].StringValue() != want {
		t.Errorf("collectionEndpoint is %v, want %s", outputs["collectionEndpoint"], want)
	}
}
