package offline

import (
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

var protectionRows = map[string]row{
	"aws:ebs/encryptionByDefault:EncryptionByDefault": {
		id:      "terraform-{digits:14}",
		outputs: map[string]any{"enabled": true},
		takes:   time.Second,
	},
	"aws:ebs/defaultKmsKey:DefaultKmsKey": {
		id:      "{in:keyArn}",
		replace: []string{"keyArn"},
		takes:   time.Second,
	},
	"aws:s3/accountPublicAccessBlock:AccountPublicAccessBlock": {
		id: "{in:accountId|self}",
		outputs: map[string]any{
			"accountId":             "{account}",
			"blockPublicAcls":       false,
			"blockPublicPolicy":     false,
			"ignorePublicAcls":      false,
			"restrictPublicBuckets": false,
		},
		replace: []string{"accountId"},
		global:  true,
		takes:   2 * time.Second,
	},
	certificateType: {
		id:  "arn:aws:acm:{region}:{account}:certificate/{uuid}",
		arn: "{id}",
		outputs: map[string]any{
			"domainValidationOptions": answer(validationOptions),
			"keyAlgorithm":            "RSA_2048",
			"notAfter":                "",
			"notBefore":               "",
			"pendingRenewal":          false,
			"renewalEligibility":      "INELIGIBLE",
			"status":                  "PENDING_VALIDATION",
			"subjectAlternativeNames": []resource.PropertyValue{},
			"type":                    "AMAZON_ISSUED",
			"validationEmails":        []resource.PropertyValue{},
			"renewalSummaries":        []resource.PropertyValue{},
		},
		replace: []string{"domainName", "subjectAlternativeNames", "validationMethod", "keyAlgorithm", "certificateAuthorityArn"},
		tagged:  true,
		takes:   10 * time.Second,
	},
	"aws:acm/certificateValidation:CertificateValidation": {
		id:      "{epoch}",
		replace: []string{"certificateArn", "validationRecordFqdns"},
		// DNS and AWS take their time to agree.
		takes: 3 * time.Minute,
	},
	"aws:route53/record:Record": {
		id:      "{in:zoneId}_{in:name}_{in:type}",
		outputs: map[string]any{"fqdn": "{in:name}"},
		replace: []string{"zoneId", "name"},
		global:  true,
		takes:   30 * time.Second,
	},
}

const certificateType = "aws:acm/certificate:Certificate"

// validationOptions asks for one record for each name; a wildcard is proven by
// that of its domain.
func validationOptions(s subject) resource.PropertyValue {
	names := []resource.PropertyValue{plain(s.inputs["domainName"])}
	if others := plain(s.inputs["subjectAlternativeNames"]); others.IsArray() {
		names = append(names, others.ArrayValue()...)
	}
	var options []resource.PropertyValue
	for _, name := range names {
		name = plain(name)
		if name.ContainsUnknowns() {
			return unknown
		}
		if !name.IsString() {
			continue
		}
		domain := strings.TrimPrefix(name.StringValue(), "*.")
		options = append(options, resource.NewProperty(resource.PropertyMap{
			"domainName":          name,
			"resourceRecordName":  resource.NewProperty("_" + draw(domain, "record", 32, hexDigits) + "." + domain + "."),
			"resourceRecordType":  resource.NewProperty("CNAME"),
			"resourceRecordValue": resource.NewProperty("_" + draw(domain, "value", 32, hexDigits) + ".acm-validations.aws."),
		}))
	}
	return resource.NewProperty(options)
}
