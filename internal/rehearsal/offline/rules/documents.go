package rules

import (
	"encoding/json"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

const (
	ssmDocumentType = "aws:ssm/document:Document"
	dataSyncType    = "aws:ssm/resourceDataSync:ResourceDataSync"

	ssmService = "ssm.amazonaws.com"

	// documentSize is in bytes.
	documentSize = 64 << 10

	// syncsPerRegion is how many syncs of inventory an account may have.
	syncsPerRegion = 5
)

var documentRows = map[string]row{
	ssmDocumentType: {
		static: []check{
			pattern("name", `[a-zA-Z0-9_.-]{3,128}`, "3 to 128 letters, digits, dots, hyphens and underscores"), ownDocument,
			oneOf("documentType", "Command", "Policy", "Automation", "Session", "Package", "ApplicationConfiguration",
				"ApplicationConfigurationSchema", "DeploymentStrategy", "ChangeCalendar", "Automation.ChangeTemplate", "ProblemAnalysis",
				"ProblemAnalysisTemplate", "CloudFormation", "ConformancePackTemplate", "QuickSetup"),
			oneOf("documentFormat", "JSON", "YAML", "TEXT"), length("targetType", 0, 200),
			pattern("targetType", `/[\w.:/-]*`, "a type such as /AWS::EC2::Instance"),
			pattern("versionName", `[a-zA-Z0-9_.-]{1,128}`, "1 to 128 letters, digits, dots, hyphens and underscores"),
			bytes("content", 1, documentSize), ssmContent,
		},
		against: []check{free(inRegion, "DocumentAlreadyExists", "the document %q exists already; choose another name", "name")},
	},
	dataSyncType: {
		static: []check{
			length("name", 1, 64), length("s3Destination.prefix", 1, 256),
			oneOf("s3Destination.syncFormat", "JsonSerDe"),
			pattern("s3Destination.bucketName", `[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]`, "the name of a bucket"),
			pattern("s3Destination.kmsKeyArn", `arn:aws:kms:[a-z0-9-]+:[0-9]{12}:key/.+`, "the ARN of a key"),
		},
		against: []check{
			refersKey("s3Destination.kmsKeyArn"), syncBucket, syncsLeft,
			free(inRegion, "ResourceDataSyncAlreadyExistsException", "a sync named %q exists already; choose another name", "name"),
		},
	},
}

// awsDocuments are the names that AWS keeps for its own documents.
var awsDocuments = regexp.MustCompile(`(?i)^(aws|amazon|amzn|awsec2|awsconfigremediation|awssupport)[-.]`)

func ownDocument(s *scope) {
	for at, name := range s.texts("name") {
		if awsDocuments.MatchString(name) {
			s.reject(at, "the name %q begins as AWS's own documents do; choose another", name)
		}
	}
}

// ssmContent reads the document in its format.
func ssmContent(s *scope) {
	text, format := s.text("content"), s.text("documentFormat")
	if text == "" || s.presence("documentFormat") == unknown || format == "TEXT" {
		return
	}
	var content map[string]any
	var err error
	if format == "YAML" {
		err = yaml.Unmarshal([]byte(text), &content)
	} else {
		err = json.Unmarshal([]byte(text), &content)
	}
	if err != nil {
		s.fail("content", "InvalidDocumentContent", "the document cannot be read as %s: %s", formatOf(format), firstLine(err.Error()))
		return
	}
	switch s.text("documentType") {
	case "Session":
		s.sessionDocument(content)
	case "Command":
		s.needsSchema(content, "2.2", "2.0", "1.2")
	case "Automation":
		s.needsSchema(content, "0.3")
	}
}

func formatOf(format string) string {
	if format == "" {
		return "JSON"
	}
	return format
}

func firstLine(text string) string {
	line, _, _ := strings.Cut(text, "\n")
	return line
}

func (s *scope) needsSchema(content map[string]any, allowed ...string) bool {
	version, _ := content["schemaVersion"].(string)
	if !slices.Contains(allowed, version) {
		s.fail("content", "InvalidDocumentSchemaVersion", "schemaVersion is %q; a document of this type has %s", shorten(version),
			strings.Join(allowed, " or "))
		return false
	}
	return true
}

// sessionInputs are what a session can be told, each with the form of its value:
// https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager-schema.html
var sessionInputs = map[string]func(any) string{
	"s3BucketName": textOf(`.*`), "s3KeyPrefix": textOf(`.*`), "s3EncryptionEnabled": yesOrNo,
	"cloudWatchLogGroupName": textOf(`[.\-_/#A-Za-z0-9]{0,512}`), "cloudWatchEncryptionEnabled": yesOrNo,
	"cloudWatchStreamingEnabled": yesOrNo, "kmsKeyId": textOf(`.*`), "runAsEnabled": yesOrNo, "runAsDefaultUser": textOf(`.*`),
	"idleSessionTimeout": textOf(`|[1-9]|[1-5][0-9]|60`), "maxSessionDuration": textOf(`|[1-9][0-9]{0,2}|1[0-3][0-9]{2}|14[0-3][0-9]|1440`),
	"shellProfile": shells,
}

func textOf(expression string) func(any) string {
	form := regexp.MustCompile(`^(?:` + expression + `)$`)
	return func(v any) string {
		if text, ok := v.(string); !ok || !form.MatchString(text) {
			return "a text that matches " + expression
		}
		return ""
	}
}

func yesOrNo(v any) string {
	if _, ok := v.(bool); !ok {
		return "true or false"
	}
	return ""
}

func shells(v any) string {
	profile, ok := v.(map[string]any)
	for name, commands := range profile {
		_, text := commands.(string)
		ok = ok && text && (name == "linux" || name == "windows")
	}
	if !ok {
		return "commands for linux and windows"
	}
	return ""
}

func (s *scope) sessionDocument(content map[string]any) {
	const code = "InvalidDocumentContent"
	if !s.needsSchema(content, "1.0") {
		return
	}
	kind, _ := content["sessionType"].(string)
	if kinds := []string{"Standard_Stream", "InteractiveCommands", "NonInteractiveCommands", "Port"}; !slices.Contains(kinds, kind) {
		s.fail("content", code, "sessionType is %q; it must be one of %s", shorten(kind), strings.Join(kinds, ", "))
		return
	}
	inputs, _ := content["inputs"].(map[string]any)
	if kind == "Standard_Stream" && inputs == nil {
		s.fail("content", code, "a document of type Standard_Stream needs inputs")
	}
	for name, value := range ordered(inputs) {
		form, ok := sessionInputs[name]
		if !ok {
			s.fail("content", code, "inputs.%s is nothing that a session can be told", shorten(name))
		} else if want := form(value); want != "" {
			s.fail("content", code, "inputs.%s must be %s", name, want)
		}
	}
	if group, _ := inputs["cloudWatchLogGroupName"].(string); inputs["cloudWatchStreamingEnabled"] == true && group == "" {
		s.fail("content", code, "inputs.cloudWatchStreamingEnabled needs inputs.cloudWatchLogGroupName")
	}
}

// syncBucket asks what Systems Manager asks before it accepts a sync: may it read
// the ACL of the bucket and write the account's inventory into it?
func syncBucket(s *scope) {
	const at = "s3Destination.bucketName"
	name := s.text(at)
	bucket, ok := s.exists(at, name, buckets)
	if !ok {
		return
	}
	if region := s.text("s3Destination.region"); region != "" && bucket.Region != "" && region != bucket.Region {
		s.reject("s3Destination.region", "the bucket %s is in %s, not in %s", name, bucket.Region, region)
	}
	doc, known := s.policyOf(name)
	if !known || s.AccountID == "" || s.Region == "" || s.presence("s3Destination.prefix") == unknown {
		return
	}
	context := map[string]string{
		"aws:SourceAccount": s.AccountID, "aws:SecureTransport": "true", "aws:PrincipalIsAWSService": "true",
		"aws:PrincipalServiceName": ssmService,
		"aws:SourceArn":            "arn:aws:ssm:" + s.Region + ":" + s.AccountID + ":resource-data-sync/" + s.text("name"),
	}
	if o, ok := s.organization(); ok && o.text("id") != "" {
		context["aws:SourceOrgID"], context["aws:ResourceOrgID"] = o.text("id"), o.text("id")
	}
	written := map[string]string{"s3:x-amz-acl": "bucket-owner-full-control"}
	if key, open := s.keyARN("s3Destination.kmsKeyArn"); open {
		return
	} else if key != "" {
		written["s3:x-amz-server-side-encryption"] = "aws:kms"
		written["s3:x-amz-server-side-encryption-aws-kms-key-id"] = key
	}
	for key, value := range context {
		written[key] = value
	}
	root := "arn:aws:s3:::" + name
	object := root + "/"
	if prefix := strings.Trim(s.text("s3Destination.prefix"), "/"); prefix != "" {
		object += prefix + "/"
	}
	object += "AWS:InstanceInformation/accountid=" + s.AccountID + "/region=" + s.Region + "/resourcetype=ManagedInstanceInventory/i-1.json"
	for _, ask := range []struct {
		action, resource string
		context          map[string]string
	}{{"s3:GetBucketAcl", root, context}, {"s3:PutObject", object, written}} {
		if !letsService(doc, ssmService, ask.action, ask.resource, ask.context) {
			s.fail(at, "ResourceDataSyncInvalidConfigurationException", "the policy of bucket %s does not let %s %s on %s for account %s; "+
				"add the statement, and let this depend on the bucket policy", name, ssmService, ask.action, ask.resource, s.AccountID)
		}
	}
}

func syncsLeft(s *scope) {
	n := 1
	for r := range s.others(dataSyncType) {
		if s.near(r, inRegion) {
			n++
		}
	}
	if n > syncsPerRegion {
		s.fail("", "ResourceDataSyncCountExceededException", "the account would have %d syncs in %s, the limit is %d; drop one", n, s.Region,
			syncsPerRegion)
	}
}
