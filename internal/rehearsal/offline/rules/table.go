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
	} {
		maps.Copy(all, rows)
	}
	return all
}()

// inputErrors are the codes with which services answer plain input errors.
var inputErrors = map[string]string{
	"account":          "ValidationException",
	"directoryservice": "InvalidParameterException",
	"backup":           "InvalidParameterValueException",
	"cfg":              "InvalidParameterValueException",
	"cloudformation":   "ValidationError",
	"cloudtrail":       "InvalidParameterException",
	"cloudwatch":       "InvalidParameterException",
	"iam":              "ValidationError",
	"kms":              "ValidationException",
	"organizations":    "InvalidInputException",
	"route53":          "InvalidInput",
	"s3":               "InvalidArgument",
	"servicecatalog":   "InvalidParametersException",
	"sns":              "InvalidParameter",
}

func inputError(typ string) string {
	_, rest, _ := strings.Cut(typ, ":")
	service, _, _ := strings.Cut(rest, "/")
	if code, ok := inputErrors[service]; ok {
		return code
	}
	return "ValidationException"
}
