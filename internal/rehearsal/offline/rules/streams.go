package rules

import (
	"regexp"
	"slices"
	"strings"
)

const (
	streamType = "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream"

	streamService = "firehose.amazonaws.com"
)

var streams = target{
	typ: streamType, word: "delivery stream", code: "ResourceNotFoundException", reach: inRegion, tail: ":deliverystream/",
}

const (
	toBucket     = "extendedS3Configuration."
	toCollection = "opensearchserverlessConfiguration."
	undelivered  = toCollection + "s3Configuration."
	partitioning = toBucket + "dynamicPartitioningConfiguration."
	conversion   = toBucket + "dataFormatConversionConfiguration."
)

// streamConfigurations are where a stream can go, and the property with its
// settings.
var streamConfigurations = map[string]string{
	"extended_s3": "extendedS3Configuration", "opensearchserverless": "opensearchserverlessConfiguration",
	"opensearch": "opensearchConfiguration", "elasticsearch": "elasticsearchConfiguration", "redshift": "redshiftConfiguration",
	"splunk": "splunkConfiguration", "http_endpoint": "httpEndpointConfiguration", "snowflake": "snowflakeConfiguration",
	"iceberg": "icebergConfiguration",
}

var streamRows = map[string]row{
	streamType: {
		static: append(append([]check{
			pattern("name", `[a-zA-Z0-9._-]{1,64}`, "1 to 64 letters, digits, dots, hyphens and underscores"),
			oneOf("destination", "extended_s3", "opensearchserverless", "opensearch", "elasticsearch", "redshift", "splunk",
				"http_endpoint", "snowflake", "iceberg"),
			streamDestination, oneOf("serverSideEncryption.keyType", "AWS_OWNED_CMK", "CUSTOMER_MANAGED_CMK"), streamKey,
			oneOf(toBucket+"s3BackupMode", "Disabled", "Enabled"), backedUp,
			pattern(toBucket+"fileExtension", `\.[0-9a-z!\-_.*'()]{1,127}`, "a dot and an extension"),
			timezone(toBucket + "customTimeZone"),
			between(partitioning+"retryDuration", 0, 7200), bigBuffers, partitionKeys,
			between(toCollection+"bufferingSize", 1, 100), between(toCollection+"bufferingInterval", 0, 900),
			between(toCollection+"retryDuration", 0, 7200), length(toCollection+"indexName", 1, 80),
			pattern(toCollection+"collectionEndpoint", `https://.+`, "the URL of a collection"),
			oneOf(toCollection+"s3BackupMode", "FailedDocumentsOnly", "AllDocuments"),
			processors(toBucket), processors(toCollection),
		}, bucketChecks(toBucket)...), bucketChecks(undelivered)...),
		against: append(append([]check{
			refers("kinesisSourceConfiguration.roleArn", roles), encrypts("serverSideEncryption.keyArn"),
			refers(toCollection+"roleArn", roles), assumable(toCollection+"roleArn", streamService, "InvalidArgumentException"),
			toExistingCollection,
			refers(conversion+"schemaConfiguration.databaseName", databases),
			refers(conversion+"schemaConfiguration.tableName", tables),
			free(inRegion, "ResourceInUseException", "the delivery stream %q exists already; choose another name", "name"),
		}, bucketReferences(toBucket)...), bucketReferences(undelivered)...),
	},
}

var tables = target{typ: tableType, word: "table", code: "EntityNotFoundException", reach: inRegion, tail: "/"}

// bucketChecks are what holds of every bucket that a stream writes to.
func bucketChecks(at string) []check {
	return []check{
		pattern(at+"bucketArn", `arn:aws:s3:::[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]`, "the ARN of a bucket"),
		pattern(at+"roleArn", `arn:aws:iam::[0-9]{12}:role/.+`, "the ARN of a role"),
		between(at+"bufferingSize", 1, 128), between(at+"bufferingInterval", 0, 900),
		oneOf(at+"compressionFormat", "UNCOMPRESSED", "GZIP", "ZIP", "Snappy", "HADOOP_SNAPPY"),
		length(at+"prefix", 0, 1024), length(at+"errorOutputPrefix", 0, 1024), prefixes(at), loggingOptions(at),
	}
}

func bucketReferences(at string) []check {
	return []check{
		refers(at+"bucketArn", buckets), refers(at+"roleArn", roles), assumable(at+"roleArn", streamService, "InvalidArgumentException"),
		encrypts(at + "kmsKeyArn"), refers(at+"cloudwatchLoggingOptions.logGroupName", logGroups), streamLog(at),
	}
}

// streamDestination: the settings are those of the destination.
func streamDestination(s *scope) {
	destination := s.text("destination")
	wanted, ok := streamConfigurations[destination]
	if !ok {
		return
	}
	needs(wanted, "it says how to deliver to "+destination)(s)
	for _, property := range ordered(streamConfigurations) {
		if property != wanted && s.presence(property) == present {
			s.reject(property, "the stream goes to %s; drop %s", destination, property)
		}
	}
}

func streamKey(s *scope) {
	kind, key := s.text("serverSideEncryption.keyType"), s.presence("serverSideEncryption.keyArn")
	switch {
	case kind == "CUSTOMER_MANAGED_CMK" && key == absent:
		s.reject("serverSideEncryption.keyArn", "CUSTOMER_MANAGED_CMK needs the ARN of the key")
	case kind != "CUSTOMER_MANAGED_CMK" && key == present && s.presence("serverSideEncryption.keyType") != unknown:
		s.reject("serverSideEncryption.keyType", "a key of one's own is CUSTOMER_MANAGED_CMK; set keyType")
	case s.flag("serverSideEncryption.enabled") && s.presence("kinesisSourceConfiguration") == present:
		s.reject("serverSideEncryption", "a stream that reads from Kinesis is encrypted there; drop serverSideEncryption")
	}
}

func backedUp(s *scope) {
	if s.text(toBucket+"s3BackupMode") == "Enabled" {
		needs(toBucket+"s3BackupConfiguration", "the backup has a bucket")(s)
	}
}

// bigBuffers: what is partitioned or converted is collected first.
func bigBuffers(s *scope) {
	size, said := s.number(toBucket + "bufferingSize")
	if !said {
		// 5 MB is the provider's default; a size to come is none.
		size, said = 5, s.presence(toBucket+"bufferingSize") == absent
	}
	converts := s.presence(conversion+"schemaConfiguration") == present && s.Inputs["extendedS3Configuration"] != nil &&
		s.presence(conversion+"enabled") != unknown && !s.says(conversion+"enabled", false)
	if said && size < 64 && (s.flag(partitioning+"enabled") || converts) {
		s.reject(toBucket+"bufferingSize", "bufferingSize is %v; it must be at least 64 where records are partitioned or converted", size)
	}
	if format := s.text(toBucket + "compressionFormat"); converts && format != "" && format != "UNCOMPRESSED" {
		s.reject(toBucket+"compressionFormat", "converted records are compressed by their format; set compressionFormat to UNCOMPRESSED")
	}
}

// says reports whether the property is that value.
func (s *scope) says(path string, value any) bool {
	for _, v := range values(s.Inputs, path) {
		switch v.(type) {
		case bool, string, float64:
			return v == value
		}
	}
	return false
}

var prefixExpression = regexp.MustCompile(`!\{([A-Za-z]+):([^{}]*)\}`)

// prefixes checks the expressions in the keys that a stream writes.
func prefixes(at string) check {
	return func(s *scope) {
		prefix, failed := s.text(at+"prefix"), s.text(at+"errorOutputPrefix")
		s.expressions(at+"prefix", prefix, false)
		s.expressions(at+"errorOutputPrefix", failed, true)
		switch {
		case strings.Contains(prefix, "!{") && s.presence(at+"errorOutputPrefix") == absent:
			s.reject(at+"errorOutputPrefix", "a prefix with expressions needs errorOutputPrefix too")
		case strings.Contains(failed, "!{") && !strings.Contains(failed, "!{firehose:error-output-type}"):
			s.reject(at+"errorOutputPrefix", "an error prefix with expressions must have !{firehose:error-output-type} among them")
		}
	}
}

func (s *scope) expressions(at, text string, failed bool) {
	if left := prefixExpression.ReplaceAllString(text, ""); strings.Contains(left, "!{") {
		s.reject(at, "%q has an expression that is not closed or has no namespace; write such as !{timestamp:yyyy/MM/dd}", shorten(text))
	}
	for _, match := range prefixExpression.FindAllStringSubmatch(text, -1) {
		namespace, value := match[1], match[2]
		switch {
		case namespace == "timestamp" && value != "", namespace == "firehose" && value == "random-string":
		case namespace == "firehose" && value == "error-output-type" && failed:
		case strings.HasPrefix(namespace, "partitionKeyFrom") && !failed:
		default:
			s.reject(at, "the expression %s has no place here", match[0])
		}
	}
}

// metadataKey finds the keys that a query of MetadataExtraction computes.
var metadataKey = regexp.MustCompile(`([A-Za-z_][A-Za-z0-9_]*)\s*:`)

// partitionKeys: dynamic partitioning and the keys in the prefix go together.
func partitionKeys(s *scope) {
	var computed []string
	kinds := map[string]bool{}
	for _, processor := range s.objects(toBucket + "processingConfiguration.processors[]") {
		kinds[processor.text("type")] = true
		if query := parametersOf(processor)["MetadataExtractionQuery"]; query != "" {
			for _, match := range metadataKey.FindAllStringSubmatch(query, -1) {
				computed = append(computed, match[1])
			}
		}
	}
	if !settled(s.Inputs["extendedS3Configuration"]) {
		return
	}
	prefix, enabled := s.text(toBucket+"prefix"), s.flag(partitioning+"enabled")
	var used bool
	for _, match := range prefixExpression.FindAllStringSubmatch(prefix, -1) {
		switch source, key := match[1], match[2]; {
		case !strings.HasPrefix(source, "partitionKeyFrom"):
			continue
		case !enabled:
			s.reject(toBucket+"prefix", "%s needs dynamic partitioning; enable it", match[0])
		case source == "partitionKeyFromLambda" && !kinds["Lambda"]:
			s.reject(toBucket+"prefix", "%s needs a processor of type Lambda", match[0])
		case source == "partitionKeyFromQuery" && !slices.Contains(computed, key):
			s.reject(toBucket+"prefix", "%s is not among the keys of the processor MetadataExtraction", match[0])
		}
		used = true
	}
	if enabled && !used {
		s.reject(toBucket+"prefix", "dynamic partitioning needs a key in the prefix, such as !{partitionKeyFromQuery:account}")
	}
}

// processorParameters are, by type, what a processor can be told and, marked
// with an exclamation mark, must be told.
var processorParameters = map[string][]string{
	"RecordDeAggregation":     {"SubRecordType!", "Delimiter"},
	"Decompression":           {"CompressionFormat!"},
	"CloudWatchLogProcessing": {"DataMessageExtraction!"},
	"Lambda":                  {"LambdaArn!", "NumberOfRetries", "RoleArn", "BufferSizeInMBs", "BufferIntervalInSeconds"},
	"MetadataExtraction":      {"MetadataExtractionQuery!", "JsonParsingEngine!"},
	"AppendDelimiterToRecord": {"Delimiter"},
}

// parameterValues are what a parameter may say, where that is known.
var parameterValues = map[string]*regexp.Regexp{
	"SubRecordType":           regexp.MustCompile(`^(JSON|DELIMITED)$`),
	"CompressionFormat":       regexp.MustCompile(`^GZIP$`),
	"DataMessageExtraction":   regexp.MustCompile(`^(true|false)$`),
	"JsonParsingEngine":       regexp.MustCompile(`^JQ-1\.6$`),
	"LambdaArn":               regexp.MustCompile(`^arn:aws:lambda:[a-z0-9-]+:[0-9]{12}:function:.+$`),
	"NumberOfRetries":         regexp.MustCompile(`^([0-9]|[1-9][0-9]|[12][0-9]{2}|300)$`),
	"BufferIntervalInSeconds": regexp.MustCompile(`^([0-9]|[1-9][0-9]|[1-8][0-9]{2}|900)$`),
}

func parametersOf(processor Resource) map[string]string {
	parameters := map[string]string{}
	for _, parameter := range processor.objects("parameters[]") {
		parameters[parameter.text("parameterName")] = parameter.text("parameterValue")
	}
	return parameters
}

// processors checks what a stream does to records before it delivers them.
func processors(at string) check {
	return func(s *scope) {
		decompressed := false
		list := at + "processingConfiguration.processors"
		for at, processor := range s.objects(list + "[]") {
			kind := processor.text("type")
			known, ok := processorParameters[kind]
			switch {
			case kind == "":
			case !ok:
				s.reject(at+".type", "%s.type is %q; it must be one of RecordDeAggregation, Decompression, CloudWatchLogProcessing, Lambda, "+
					"MetadataExtraction, AppendDelimiterToRecord", at, kind)
			case kind == "CloudWatchLogProcessing" && !decompressed:
				s.reject(at+".type", "CloudWatchLogProcessing reads what Decompression has unpacked; put that processor before it")
			}
			decompressed = decompressed || kind == "Decompression"
			if ok && settled(processor.Inputs) {
				s.processor(at, kind, known, parametersOf(processor))
			}
		}
		if s.says(at+"processingConfiguration.enabled", true) && s.presence(list) == absent {
			s.reject(list, "processing is enabled without a processor; add one or switch it off")
		}
	}
}

func (s *scope) processor(at, kind string, known []string, parameters map[string]string) {
	var names []string
	for _, name := range known {
		name, required := strings.CutSuffix(name, "!")
		names = append(names, name)
		if _, said := parameters[name]; required && !said {
			s.reject(at+".parameters", "the processor %s needs the parameter %s", kind, name)
		}
	}
	for name, value := range ordered(parameters) {
		form := parameterValues[name]
		switch {
		case !slices.Contains(names, name):
			s.reject(at+".parameters", "the processor %s has no parameter %s", kind, name)
		case form != nil && !form.MatchString(value):
			s.reject(at+".parameters", "%s is %q, which the processor %s does not take", name, shorten(value), kind)
		}
	}
}

func loggingOptions(at string) check {
	return func(s *scope) {
		options := at + "cloudwatchLoggingOptions."
		if s.flag(options + "enabled") {
			needs(options+"logGroupName", "errors are logged somewhere")(s)
			needs(options+"logStreamName", "errors are logged somewhere")(s)
		}
	}
}

// streamLog: Firehose makes no log stream of its own.
func streamLog(at string) check {
	return func(s *scope) {
		options := at + "cloudwatchLoggingOptions."
		group, name := s.text(options+"logGroupName"), s.text(options+"logStreamName")
		if _, ok := s.find(group, logGroups); !ok || name == "" {
			return
		}
		for r := range s.world.All(logStreamType) {
			if r.text("name") == name && r.text("logGroupName") == group && s.near(r, inRegion) {
				return
			}
		}
		s.reject(options+"logStreamName", "the log stream %q does not exist in %s; create it first, and let this depend on it", name, group)
	}
}

func toExistingCollection(s *scope) {
	endpoint := s.text(toCollection + "collectionEndpoint")
	if endpoint == "" {
		return
	}
	for r := range s.world.All(collectionType) {
		if r.text("collectionEndpoint") == endpoint && s.near(r, inRegion) {
			return
		}
	}
	s.reject(toCollection+"collectionEndpoint", "there is no collection with the endpoint %s; pass the output of one in this region",
		shorten(endpoint))
}
