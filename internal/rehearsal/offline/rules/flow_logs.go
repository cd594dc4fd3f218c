package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

const (
	flowLogType = "aws:ec2/flowLog:FlowLog"

	// deliveryService writes the logs of several services into buckets.
	deliveryService = "delivery.logs.amazonaws.com"
)

// flowLogFields are what a record of a flow may say.
var flowLogFields = strings.Fields(`version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end
	action log-status vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type
	sublocation-id pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path ecs-cluster-arn ecs-cluster-name
	ecs-container-instance-arn ecs-container-instance-id ecs-container-id ecs-second-container-id ecs-service-name
	ecs-task-definition-arn ecs-task-arn ecs-task-id reject-reason resource-id encryption-status`)

var flowLogRows = map[string]row{
	flowLogType: {
		static: []check{
			exactlyOne("vpcId", "subnetId", "eniId", "transitGatewayId", "transitGatewayAttachmentId"),
			oneOf("logDestinationType", "cloud-watch-logs", "s3", "kinesis-data-firehose"), oneOf("trafficType", "ACCEPT", "REJECT", "ALL"),
			oneOf("maxAggregationInterval", 60, 600), oneOf("destinationOptions.fileFormat", "plain-text", "parquet"),
			flowLogDestination, flowLogFormat, flowLogTraffic,
		},
		against: []check{refers("vpcId", vpcs), refers("subnetId", subnets), flowLogBucket, flowLogIsNew},
	},
}

// flowLogDestination: the destination is of the kind that the type says.
func flowLogDestination(s *scope) {
	if s.presence("logDestinationType") == unknown || s.presence("logDestination") == unknown {
		return
	}
	destination := s.text("logDestination")
	kinds := map[string]string{"s3": "arn:aws:s3:::", "kinesis-data-firehose": "arn:aws:firehose:", "": "arn:aws:logs:", "cloud-watch-logs": "arn:aws:logs:"}
	kind := s.text("logDestinationType")
	prefix, known := kinds[kind]
	switch {
	case !known:
	case destination == "" && kind != "" && kind != "cloud-watch-logs":
		s.fail("logDestination", "MissingParameter", "a flow log to %s needs the ARN of its destination", kind)
	case destination != "" && !strings.HasPrefix(destination, prefix):
		s.fail("logDestination", "InvalidParameter", "log destination %q is invalid for the type %q; it must begin with %s",
			shorten(destination), kind, prefix)
	}
}

var flowLogField = regexp.MustCompile(`^\$\{([a-z0-9-]+)\}$`)

// flowLogFormat looks for fields that AWS does not know. Those of transit
// gateways are others.
func flowLogFormat(s *scope) {
	if s.presence("transitGatewayId") != absent || s.presence("transitGatewayAttachmentId") != absent {
		return
	}
	for at, format := range s.texts("logFormat") {
		seen := map[string]bool{}
		for field := range strings.FieldsSeq(format) {
			name := flowLogField.FindStringSubmatch(field)
			switch {
			case name == nil || !slices.Contains(flowLogFields, name[1]):
				s.fail(at, "InvalidParameter", "unknown fields provided: %s; a format is made of fields such as ${srcaddr}", shorten(field))
			case seen[field]:
				s.fail(at, "InvalidParameter", "the field %s is there twice", field)
			}
			seen[field] = true
		}
	}
}

func flowLogTraffic(s *scope) {
	for _, property := range []string{"transitGatewayId", "transitGatewayAttachmentId"} {
		if s.presence(property) != absent {
			return
		}
	}
	needs("trafficType", "say whether accepted, rejected or all traffic is recorded")(s)
}

func flowLogBucket(s *scope) {
	path, ok := strings.CutPrefix(s.text("logDestination"), "arn:aws:s3:::")
	if !ok {
		return
	}
	bucket, prefix, _ := strings.Cut(path, "/")
	s.canDeliver("logDestination", bucket, prefix, "LogDestinationPermissionIssueException")
}

// flowLogIsNew: the same traffic is not recorded twice in the same place.
func flowLogIsNew(s *scope) {
	if s.text("logDestination") == "" {
		return
	}
	for r := range s.others(flowLogType) {
		for _, property := range []string{"vpcId", "subnetId"} {
			if id := s.text(property); id != "" && r.text(property) == id && r.text("logDestination") == s.text("logDestination") &&
				r.text("trafficType") == s.text("trafficType") {
				s.fail(property, "FlowLogAlreadyExists", "there is a flow log of %s with the same destination already; keep one", id)
				return
			}
		}
	}
}

// canDeliver asks the policy of a bucket in another account what log delivery
// asks before it accepts the destination: may it read the ACL, and write below
// AWSLogs? In its own account AWS would write the policy by itself.
func (s *scope) canDeliver(property, bucket, prefix, code string) {
	found, ok := s.exists(property, bucket, buckets)
	if !ok || s.AccountID == "" || s.Region == "" || found.AccountID == s.AccountID {
		return
	}
	doc, known := s.policyOf(bucket)
	if !known {
		return
	}
	if prefix = strings.Trim(prefix, "/"); prefix != "" {
		prefix += "/"
	}
	source := map[string]string{
		"aws:SourceAccount": s.AccountID, "aws:SourceArn": fmt.Sprintf("arn:aws:logs:%s:%s:delivery", s.Region, s.AccountID),
		"aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true", "aws:PrincipalServiceName": deliveryService,
	}
	if o, ok := s.organization(); ok && o.text("id") != "" {
		source["aws:SourceOrgID"], source["aws:ResourceOrgID"] = o.text("id"), o.text("id")
	}
	root := "arn:aws:s3:::" + bucket
	written := map[string]string{"s3:x-amz-acl": "bucket-owner-full-control"}
	for key, value := range source {
		written[key] = value
	}
	object := root + "/" + prefix + "AWSLogs/" + s.AccountID + "/"
	for _, ask := range []struct {
		action, resource string
		context          map[string]string
	}{{"s3:GetBucketAcl", root, source}, {"s3:PutObject", object + "log.gz", written}} {
		if !letsService(doc, deliveryService, ask.action, ask.resource, ask.context) {
			s.fail(property, code, "access denied for log destination %s: its policy does not let %s %s for account %s; add the "+
				"statement, and let this depend on the bucket policy", bucket, deliveryService, ask.action, s.AccountID)
		}
	}
}
