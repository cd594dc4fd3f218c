package rules

import (
	"maps"
	"strings"
)

// table holds the rules of every type, one file of rows per service.
var table = func() map[string]row {
	all := map[string]row{}
	for _, rows := range []map[string]row{
		organizationRows, organizationPolicyRows, bucketRows, bucketContentRows, trailRows, keyRows, logRows,
		configRows, catalogRows, roleRows, topicRows, stackRows, eventRows, backupRows, protectionRows, ssoRows,
		addressRows, vpcRows, routeRows, securityGroupRows, endpointRows, flowLogRows, transitRows, onPremisesRows,
		inspectionRows, sharingRows, zoneRows, resolverRows,
		lakeRows, athenaRows, scheduleRows, functionRows, logDeliveryRows, streamRows, queueRows, documentRows, searchRows,
		eventRuleRows, quickRows,
	} {
		maps.Copy(all, rows)
	}
	return all
}()

// inputErrors are the codes with which services answer plain input errors.
var inputErrors = map[string]string{
	"account":           "ValidationException",
	"athena":            "InvalidRequestException",
	"directoryservice":  "InvalidParameterException",
	"backup":            "InvalidParameterValueException",
	"cfg":               "InvalidParameterValueException",
	"cloudformation":    "ValidationError",
	"cloudtrail":        "InvalidParameterException",
	"cloudwatch":        "InvalidParameterException",
	"glue":              "InvalidInputException",
	"iam":               "ValidationError",
	"directconnect":     "DirectConnectClientException",
	"ec2":               "InvalidParameterValue",
	"ec2transitgateway": "InvalidParameterValue",
	"kinesis":           "InvalidArgumentException",
	"kms":               "ValidationException",
	"lambda":            "InvalidParameterValueException",
	"networkfirewall":   "InvalidRequestException",
	"ram":               "InvalidParameterException",
	"vpc":               "InvalidParameterValue",
	"organizations":     "InvalidInputException",
	"quicksight":        "InvalidParameterValueException",
	"route53":           "InvalidInput",
	"s3":                "InvalidArgument",
	"servicecatalog":    "InvalidParametersException",
	"sns":               "InvalidParameter",
	"sqs":               "InvalidAttributeValue",
}

func inputError(typ string) string {
	_, rest, _ := strings.Cut(typ, ":")
	service, name, _ := strings.Cut(rest, "/")
	if service == "route53" && strings.HasPrefix(name, "resolver") {
		return "ValidationException" // Route 53 Resolver is a service of its own.
	}
	if service == "cloudwatch" && strings.HasPrefix(name, "event") {
		return "ValidationException" // EventBridge too.
	}
	if code, ok := inputErrors[service]; ok {
		return code
	}
	return "ValidationException"
}
