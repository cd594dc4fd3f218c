package rules

import (
	"fmt"
	"regexp"
	"strings"
)

const (
	logGroupType     = "aws:cloudwatch/logGroup:LogGroup"
	metricFilterType = "aws:cloudwatch/logMetricFilter:LogMetricFilter"
	alarmType        = "aws:cloudwatch/metricAlarm:MetricAlarm"
)

var logGroups = target{
	typ: logGroupType, word: "log group", code: "ResourceNotFoundException", reach: inRegion, tail: ":log-group:",
	given: func(ref string) bool {
		return strings.HasPrefix(ref, "aws-controltower/") || strings.Contains(ref, ":log-group:aws-controltower/")
	},
}

var logRows = map[string]row{
	logGroupType: {
		static: []check{
			length("name", 1, 512), pattern("name", `[.\-_/#A-Za-z0-9]*`, "letters, digits and ._-/#"),
			oneOf("retentionInDays", 0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557,
				2922, 3288, 3653),
			oneOf("logGroupClass", "STANDARD", "INFREQUENT_ACCESS", "DELIVERY"),
			pattern("kmsKeyId", `arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/.+`, "the ARN of a key, not its id"),
			atMostOne("name", "namePrefix"), awsLogGroup,
		},
		against: []check{
			refersKey("kmsKeyId"), logsCanEncrypt,
			free(inRegion, "ResourceAlreadyExistsException", "the log group %q already exists; choose another name", "name"),
		},
	},
	metricFilterType: {
		static: []check{
			length("name", 1, 512),
			pattern("name", `[^:*]*`, "without colon and asterisk"),
			length("pattern", 0, 1024), balancedPattern,
			length("metricTransformation.name", 1, 255), pattern("metricTransformation.name", `[^:*$]*`, "without :, * and $"),
			length("metricTransformation.namespace", 1, 255), length("metricTransformation.value", 1, 100),
			pattern("metricTransformation.namespace", `[^:*$]*`, "without :, * and $"),
			atMostOne("metricTransformation.defaultValue", "metricTransformation.dimensions"),
		},
		against: []check{
			refers("logGroupName", logGroups), filtersLeft,
			free(inRegion, "OperationAbortedException", "the log group has a filter named %q from another resource, and each "+
				"would overwrite the other; choose another name", "name", "logGroupName"),
		},
	},
	alarmType: {
		static: []check{
			length("name", 1, 255),
			oneOf("comparisonOperator", "GreaterThanOrEqualToThreshold", "GreaterThanThreshold", "LessThanThreshold",
				"LessThanOrEqualToThreshold", "LessThanLowerOrGreaterThanUpperThreshold", "LessThanLowerThreshold",
				"GreaterThanUpperThreshold"),
			oneOf("statistic", "SampleCount", "Average", "Sum", "Minimum", "Maximum"),
			oneOf("treatMissingData", "breaching", "notBreaching", "ignore", "missing"),
			between("evaluationPeriods", 1, 1440), alarmPeriod, alarmStatistic, datapoints,
			exactlyOne("metricName", "metricQueries"),
			count("alarmActions", 0, 5), count("okActions", 0, 5), count("insufficientDataActions", 0, 5),
			pattern("alarmActions[]", `arn:aws:.+`, "the ARN of an action"), pattern("okActions[]", `arn:aws:.+`, "the ARN of an action"),
		},
		against: []check{
			alarmTopics("alarmActions[]"), alarmTopics("okActions[]"), alarmTopics("insufficientDataActions[]"),
			free(inRegion, "ResourceAlreadyExistsException", "an alarm named %q exists from another resource, and each would "+
				"overwrite the other; choose another name", "name"),
		},
	},
}

func awsLogGroup(s *scope) {
	for at, name := range s.texts("name") {
		if strings.HasPrefix(name, "aws/") {
			s.reject(at, "%s is %q; names that begin with aws/ are AWS's own, begin it with /aws/ or otherwise", at, name)
		}
	}
}

// logsCanEncrypt asks what CloudWatch Logs asks before it accepts a key.
func logsCanEncrypt(s *scope) {
	key, ok := s.key(s.text("kmsKeyId"))
	name := s.text("name")
	if !ok || name == "" || s.Region == "" || s.AccountID == "" {
		return
	}
	doc, known := s.keyPolicyOf(key)
	if !known {
		return
	}
	service := "logs." + s.Region + ".amazonaws.com"
	group := fmt.Sprintf("arn:aws:logs:%s:%s:log-group:%s", s.Region, s.AccountID, name)
	context := map[string]string{
		"kms:EncryptionContext:aws:logs:arn": group,
		"kms:EncryptionContextKeys":          "aws:logs:arn",
		"aws:SourceArn":                      group,
		"aws:SourceAccount":                  s.AccountID,
		"aws:PrincipalIsAWSService":          "true",
		"aws:SecureTransport":                "true",
	}
	for _, action := range []string{"kms:Encrypt", "kms:Decrypt", "kms:GenerateDataKey"} {
		if !letsService(doc, service, action, key.text("arn"), context) {
			s.fail("kmsKeyId", "InvalidParameterException", "the specified KMS key does not exist or is not allowed to be used with "+
				"%s: its policy does not let %s %s; add the statement, and let the log group depend on the key policy", group,
				service, action)
		}
	}
}

var quoted = regexp.MustCompile(`"(\\.|[^"\\])*"`)

// balancedPattern finds the mistakes in a filter pattern that no compiler sees.
func balancedPattern(s *scope) {
	for at, text := range s.texts("pattern") {
		plain := quoted.ReplaceAllString(strings.TrimSpace(text), `""`)
		for _, pair := range []string{"{}", "[]", "()"} {
			if strings.Count(plain, pair[:1]) != strings.Count(plain, pair[1:]) {
				s.reject(at, "invalid metric filter pattern: %s and %s do not balance in %s", pair[:1], pair[1:], shorten(text))
			}
		}
		if strings.Contains(plain, "&.") || strings.Contains(strings.ReplaceAll(plain, "&&", ""), "&") && strings.HasPrefix(plain, "{") {
			s.reject(at, "invalid metric filter pattern: a single & in %s; write &&", shorten(text))
		}
	}
}

func filtersLeft(s *scope) {
	group, n := s.text("logGroupName"), 1
	for r := range s.others(metricFilterType) {
		if r.text("logGroupName") == group && s.near(r, inRegion) {
			n++
		}
	}
	if limit := s.quotas.MetricFiltersPerLogGroup; n > limit {
		s.fail("logGroupName", "LimitExceededException", "the log group would have %d metric filters, the limit is %d; drop one "+
			"or merge patterns", n, limit)
	}
}

func alarmPeriod(s *scope) {
	if n, ok := s.number("period"); ok && n != 10 && n != 20 && n != 30 && (n < 60 || int(n)%60 != 0) {
		s.reject("period", "period is %v; it must be 10, 20, 30 or a multiple of 60 seconds", n)
	}
}

func alarmStatistic(s *scope) {
	if s.presence("metricName") == present {
		exactlyOne("statistic", "extendedStatistic")(s)
		needs("period", "a metric is looked at over a period")(s)
		needs("namespace", "a metric lives in a namespace")(s)
	}
}

func datapoints(s *scope) {
	some, ok := s.number("datapointsToAlarm")
	all, set := s.number("evaluationPeriods")
	if ok && set && some > all {
		s.reject("datapointsToAlarm", "datapointsToAlarm is %v, more than the %v evaluation periods; lower it", some, all)
	}
}

// alarmTopics checks the actions of an alarm that are SNS topics. CloudWatch
// takes only those of its own region.
func alarmTopics(path string) check {
	return func(s *scope) {
		for at, arn := range s.texts(path) {
			parts := strings.Split(arn, ":")
			if len(parts) < 6 || parts[2] != "sns" {
				continue
			}
			if s.Region != "" && parts[3] != s.Region {
				s.reject(at, "invalid region %s specified, only %s is supported; alarm to a topic in the alarm's region", parts[3], s.Region)
				continue
			}
			s.exists(at, arn, topics)
		}
	}
}
