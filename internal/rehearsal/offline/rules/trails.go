package rules

import (
	"fmt"
	"maps"
	"strings"
)

const trailType = "aws:cloudtrail/trail:Trail"

const trailService = "cloudtrail.amazonaws.com"

var trailRows = map[string]row{
	trailType: {
		static: []check{
			length("name", 3, 128),
			pattern("name", `[A-Za-z0-9]([._-]?[A-Za-z0-9])*`, "letters and digits, with single dots, hyphens or underscores between"),
			length("s3KeyPrefix", 0, 200),
			together("cloudWatchLogsGroupArn", "cloudWatchLogsRoleArn"),
			pattern("cloudWatchLogsGroupArn", `arn:aws:logs:[a-z0-9-]+:[0-9]{12}:log-group:[^:]+:\*`, "the ARN of a log group followed by :*"),
			atMostOne("eventSelectors", "advancedEventSelectors"),
			oneOf("insightSelectors[].insightType", "ApiCallRateInsight", "ApiErrorRateInsight"),
			oneOf("eventSelectors[].readWriteType", "All", "ReadOnly", "WriteOnly"),
			count("eventSelectors", 0, 5), advancedSelectors, multiRegionIsGlobal,
		},
		against: []check{
			organizationTrail, refers("s3BucketName", buckets), refers("cloudWatchLogsRoleArn", roles),
			assumable("cloudWatchLogsRoleArn", trailService, "InvalidCloudWatchLogsRoleArnException"),
			refers("cloudWatchLogsGroupArn", logGroups), refersKey("kmsKeyId"), trailCanWrite, trailCanEncrypt,
			free(inRegion, "TrailAlreadyExistsException", "a trail named %q exists already; choose another name", "name"),
		},
	},
}

func multiRegionIsGlobal(s *scope) {
	if s.flag("isMultiRegionTrail") && s.Inputs["includeGlobalServiceEvents"] == false {
		s.fail("includeGlobalServiceEvents", "InvalidParameterCombinationException", "a multi-Region trail must include global "+
			"service events; set includeGlobalServiceEvents")
	}
}

// advancedSelectors checks that each selector says which category it selects,
// and that data events name the type of resource.
func advancedSelectors(s *scope) {
	for at, selector := range s.objects("advancedEventSelectors[]") {
		if !settled(selector.Inputs) {
			continue
		}
		equals := map[string][]string{}
		for _, field := range selector.objects("fieldSelectors[]") {
			for _, v := range field.texts("equals[]") {
				equals[field.text("field")] = append(equals[field.text("field")], v)
			}
		}
		category := strings.Join(equals["eventCategory"], ",")
		switch {
		case category != "Management" && category != "Data" && category != "NetworkActivity":
			s.fail(at, "InvalidEventSelectorsException", "the selector's eventCategory is %q; it must equal Management, Data or "+
				"NetworkActivity", category)
		case category == "Data" && len(equals["resources.type"]) != 1:
			s.fail(at, "InvalidEventSelectorsException", "a selector of data events needs one resources.type; add it, such as "+
				"AWS::S3::Object")
		}
	}
}

func organizationTrail(s *scope) {
	if !s.flag("isOrganizationTrail") {
		return
	}
	o, ok := s.organization()
	if !ok {
		s.fail("isOrganizationTrail", "OrganizationsNotInUseException", "an organization trail needs an organization; let the "+
			"trail depend on it")
		return
	}
	if o.text("featureSet") == "CONSOLIDATED_BILLING" {
		s.fail("isOrganizationTrail", "OrganizationNotInAllFeaturesModeException", "an organization trail needs an organization "+
			"with all features; set its featureSet to ALL")
	}
	s.trusted("isOrganizationTrail", trailService)
}

// trailCanWrite asks the bucket's policy what CloudTrail asks before it accepts
// a trail: may it read the ACL and write below AWSLogs, as this very trail?
func trailCanWrite(s *scope) {
	bucket, name := s.text("s3BucketName"), s.text("name")
	prefix := s.presence("s3KeyPrefix")
	if bucket == "" || name == "" || s.AccountID == "" || s.Region == "" || prefix == unknown || buckets.given(bucket) {
		return
	}
	if _, ok := s.find(bucket, buckets); !ok {
		return
	}
	doc, known := s.policyOf(bucket)
	if !known {
		return
	}
	key, open := s.keyARN("kmsKeyId")
	if open {
		return
	}
	root := "arn:aws:s3:::" + bucket
	logs := root + "/"
	if prefix == present {
		logs += s.text("s3KeyPrefix") + "/"
	}
	context := s.trailContext()
	refuse := func(action, resource string) {
		s.fail("s3BucketName", "InsufficientS3BucketPolicyException", "incorrect S3 bucket policy is detected for bucket %q: it "+
			"does not let %s %s on %s for the trail %s; add the statement, and let the trail depend on the bucket policy",
			bucket, trailService, action, resource, context["aws:SourceArn"])
	}
	if !letsService(doc, trailService, "s3:GetBucketAcl", root, context) {
		refuse("s3:GetBucketAcl", root)
	}
	context = maps.Clone(context)
	context["s3:x-amz-acl"] = "bucket-owner-full-control"
	if key != "" {
		context["s3:x-amz-server-side-encryption"] = "aws:kms"
		context["s3:x-amz-server-side-encryption-aws-kms-key-id"] = key
	}
	for _, owner := range s.logOwners() {
		object := fmt.Sprintf("%sAWSLogs/%s/", logs, owner)
		if !letsService(doc, trailService, "s3:PutObject", object+"CloudTrail/log.json.gz", context) {
			refuse("s3:PutObject", object+"*")
		}
	}
}

// logOwners are the folders below AWSLogs: the trail's own account, and the
// organization for the trail of an organization.
func (s *scope) logOwners() []string {
	owners := []string{s.AccountID}
	if o, ok := s.organization(); ok && s.flag("isOrganizationTrail") {
		if id := o.text("id"); id != "" {
			owners = append(owners, id)
		}
	}
	return owners
}

func (s *scope) trailContext() map[string]string {
	context := map[string]string{
		"aws:SourceArn":             fmt.Sprintf("arn:aws:cloudtrail:%s:%s:trail/%s", s.Region, s.AccountID, s.text("name")),
		"aws:SourceAccount":         s.AccountID,
		"aws:SecureTransport":       "true",
		"aws:PrincipalIsAWSService": "true",
		"aws:PrincipalServiceName":  trailService,
	}
	if o, ok := s.organization(); ok {
		if id := o.text("id"); id != "" {
			context["aws:SourceOrgID"] = id
			context["aws:ResourceOrgID"] = id
		}
	}
	return context
}

func trailCanEncrypt(s *scope) {
	key, ok := s.key(s.text("kmsKeyId"))
	if !ok || s.text("name") == "" || s.AccountID == "" || s.Region == "" {
		return
	}
	if bucket, ok := s.find(s.text("s3BucketName"), buckets); ok && bucket.Region != key.Region {
		s.fail("kmsKeyId", "S3BucketDoesNotExistException", "the key is in %s and the bucket in %s; use a key in the bucket's "+
			"region", key.Region, bucket.Region)
	}
	doc, known := s.keyPolicyOf(key)
	if !known {
		return
	}
	plain, encrypting := s.trailContext(), s.trailContext()
	encrypting["kms:EncryptionContext:aws:cloudtrail:arn"] = plain["aws:SourceArn"]
	encrypting["kms:EncryptionContextKeys"] = "aws:cloudtrail:arn"
	for action, context := range ordered(map[string]map[string]string{
		"kms:DescribeKey": plain, "kms:GenerateDataKey": encrypting,
	}) {
		if !letsService(doc, trailService, action, key.text("arn"), context) {
			s.fail("kmsKeyId", "InsufficientEncryptionPolicyException", "insufficient permissions to access the KMS key %s: its "+
				"policy does not let %s %s for the trail %s; add the statement, and let the trail depend on the key policy",
				key.text("arn"), trailService, action, context["aws:SourceArn"])
		}
	}
}
