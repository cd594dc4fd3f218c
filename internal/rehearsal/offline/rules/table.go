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
	} {
		maps.Copy(all, rows)
	}
	return all
}()

// inputErrors are the codes with which services answer plain input errors.
var inputErrors = map[string]string{
	"account":           "ValidationException",
	"directoryservice":  "InvalidParameterException",
	"backup":            "InvalidParameterValueException",
	"cfg":               "InvalidParameterValueException",
	"cloudformation":    "ValidationError",
	"cloudtrail":        "InvalidParameterException",
	"cloudwatch":        "InvalidParameterException",
	"iam":               "ValidationError",
	"directconnect":     "DirectConnectClientException",
	"ec2":               "InvalidParameterValue",
	"ec2transitgateway": "InvalidParameterValue",
	"kms":               "ValidationException",
	"networkfirewall":   "InvalidRequestException",
	"ram":               "InvalidParameterException",
	"vpc":               "InvalidParameterValue",
	"organizations":     "InvalidInputException",
	"route53":           "InvalidInput",
	"s3":                "InvalidArgument",
	"servicecatalog":    "InvalidParametersException",
	"sns":               "InvalidParameter",
}

func inputError(typ string) string {
	_, rest, _ := strings.Cut(typ, ":")
	service, name, _ := strings.Cut(rest, "/")
	if service == "route53" && strings.HasPrefix(name, "resolver") {
		return "ValidationException" // Route 53 Resolver is a service of its own.
	}
	if code, ok := inputErrors[service]; ok {
		return code
	}
	return "ValidationException"
}
