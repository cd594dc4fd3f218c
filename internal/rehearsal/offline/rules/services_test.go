package rules

import (
	"fmt"
	"strings"
	"testing"
)

func TestServices_Refuse(t *testing.T) {
	body := func(text string) func(*Resource) { return set("templateBody", text) }
	large := strings.Builder{}
	large.WriteString(pack)
	for i := range 130 {
		fmt.Fprintf(&large, "  Rule%d: {Type: AWS::Config::ConfigRule}\n", i)
	}
	template := func(url string) func(*Resource) { return set("provisioningArtifactParameters.templateUrl", url) }
	share := func(kind, principal string) func(*Resource) {
		return both(set("type", kind), set("principalId", principal))
	}
	refuses(t, map[string]refusal{
		"two sources of an aggregator": {aggregatorType, set("accountAggregationSource", object{"accountIds": []any{archive}, "allRegions": true}), nil,
			"organizationAggregationSource | InvalidParameterValueException: accountAggregationSource and organizationAggregationSource exclude each other; keep one"},
		"no region to aggregate": {aggregatorType, set("organizationAggregationSource.allRegions", nil), nil,
			"organizationAggregationSource | InvalidParameterValueException: organizationAggregationSource must either aggregate all regions or list some; set one of allRegions and regions"},
		"an aggregator's role that is nobody": {aggregatorType, set("organizationAggregationSource.roleArn", roleARN+"2"), nil,
			`organizationAggregationSource.roleArn | NoSuchEntity: the role "arn:aws:iam::111122223333:role/worker2" does not exist; create it first and pass its output, so that it is created before this`},
		"an aggregator's role closed to Config": {aggregatorType, nil, where(roleType, "worker", set("assumeRolePolicy", strings.Replace(trustDocument, "config.", "ec2.", 1))),
			"organizationAggregationSource.roleArn | InvalidRoleException: access denied, the trust policy of role worker does not let config.amazonaws.com assume it; add the service as a principal"},
		"an aggregator without trusted access": {aggregatorType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{trailService})),
			"organizationAggregationSource | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: config.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"an aggregator without organization": {aggregatorType, nil, lacks(organizationType),
			" | AWSOrganizationsNotInUseException: the account is not a member of an organization; let this depend on the organization"},
		"a pack name that begins with a digit": {organizationPackType, set("name", "1pack"), nil,
			`name | InvalidParameterValueException: name is "1pack"; it must be a letter followed by letters, digits and hyphens`},
		"a pack without template": {organizationPackType, both(set("templateBody", nil), set("inputParameters", nil)), nil,
			"templateBody | InvalidParameterValueException: none of templateBody, templateS3Uri is set; set one"},
		"a pack template over the limit": {organizationPackType, body(pack + strings.Repeat("#", 51200)), nil,
			"templateBody | ConformancePackTemplateValidationException: the template is 51341 bytes long, the limit is 51200; shorten it or pass it from S3 with templateS3Uri"},
		"a pack template that is no YAML": {organizationPackType, body("Resources: ["), nil,
			"templateBody | ConformancePackTemplateValidationException: the template is not valid YAML: [1:12] sequence end token ']' not found"},
		"a pack with a bucket inside": {organizationPackType, body(pack + "  Bucket: {Type: AWS::S3::Bucket}\n"), nil,
			`templateBody | ConformancePackTemplateValidationException: resource Bucket is of type "AWS::S3::Bucket"; a pack holds only AWS::Config::ConfigRule and AWS::Config::RemediationConfiguration`},
		"a pack of 131 rules": {organizationPackType, body(large.String()), nil,
			"templateBody | ConformancePackTemplateValidationException: the pack has 131 rules, the limit is 130; split it"},
		"a pack without rules": {organizationPackType, both(body("Resources: {}\n"), set("inputParameters", nil)), nil,
			"templateBody | ConformancePackTemplateValidationException: the template has no AWS::Config::ConfigRule; a pack has at least one rule"},
		"a parameter that no template has": {organizationPackType, set("inputParameters", []any{object{"parameterName": "Weeks"}}), nil,
			`inputParameters[0].parameterName | ConformancePackTemplateValidationException: the template has no parameter "Weeks"; declare it or leave the input out`},
		"a pack's bucket of any name": {organizationPackType, set("deliveryS3Bucket", "records"), nil,
			`deliveryS3Bucket | InvalidParameterValueException: deliveryS3Bucket is "records"; it must be a bucket whose name begins with awsconfigconforms`},
		"a pack's bucket that does not exist": {organizationPackType, set("deliveryS3Bucket", "awsconfigconforms-x"), nil,
			`deliveryS3Bucket | NoSuchBucket: the bucket "awsconfigconforms-x" does not exist; create it first and pass its output, so that it is created before this`},
		"an excluded account that is a name": {organizationPackType, set("excludedAccounts", []any{"lims"}), nil,
			`excludedAccounts[0] | InvalidParameterValueException: excludedAccounts[0] is "lims"; it must be an account id of 12 digits`},
		"a pack without trusted access": {organizationPackType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{configService})),
			" | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: config-multiaccountsetup.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"a pack that exists": {organizationPackType, nil, has(organizationPackType),
			`name | ResourceInUseException: an organization conformance pack named "gxp" exists; choose another name`},
		"a pack from no S3 URI": {packType, set("templateS3Uri", "https://example.com/pack"), nil,
			`templateS3Uri | InvalidParameterValueException: templateS3Uri is "https://example.com/pack"; it must be an S3 URI such as s3://bucket/key`},
		"a portfolio without provider": {portfolioType, set("providerName", ""), nil,
			"providerName | InvalidParametersException: providerName is 0 characters long; it must have 1 to 50"},
		"an unknown type of product": {productType, set("type", "BOX"), nil,
			"type | InvalidParametersException: type is BOX; it must be one of CLOUD_FORMATION_TEMPLATE, MARKETPLACE, TERRAFORM_OPEN_SOURCE, TERRAFORM_CLOUD, EXTERNAL"},
		"a product without template": {productType, template(""), nil,
			"provisioningArtifactParameters.templateUrl | InvalidParametersException: none of provisioningArtifactParameters.templateUrl, provisioningArtifactParameters.templatePhysicalId is set; set one"},
		"a product's template that is no S3 URL": {productType, template("https://example.com/a.yaml"), nil,
			`provisioningArtifactParameters.templateUrl | InvalidParametersException: invalid templateUrl "https://example.com/a.yaml"; it must be the https URL of an object in S3, such as https://bucket.s3.eu-central-1.amazonaws.com/key`},
		"a product's template in no bucket": {productType, template("https://nowhere.s3.amazonaws.com/v1.yaml"), nil,
			`provisioningArtifactParameters.templateUrl | NoSuchBucket: the bucket "nowhere" does not exist; create it first and pass its output, so that it is created before this`},
		"a product's template not uploaded": {productType, template("https://templates.s3.eu-test-1.amazonaws.com/v2.yaml"), nil,
			`provisioningArtifactParameters.templateUrl | InvalidParametersException: S3 error: the specified key does not exist: "v2.yaml" in bucket "templates"; upload the template first`},
		"a version of no product": {artifactType, set("productId", "prod-9"), nil,
			`productId | ResourceNotFoundException: the product "prod-9" does not exist; create it first and pass its output, so that it is created before this`},
		"a version with two templates": {artifactType, set("templatePhysicalId", "arn:aws:cloudformation:a:b:stack/c/d"), nil,
			"templatePhysicalId | InvalidParametersException: templateUrl and templatePhysicalId exclude each other; keep one"},
		"a product in no portfolio": {productAssociationType, set("portfolioId", "port-9"), nil,
			`portfolioId | ResourceNotFoundException: the portfolio "port-9" does not exist; create it first and pass its output, so that it is created before this`},
		"a product twice in a portfolio": {productAssociationType, set("productId", "prod-1"), nil,
			`productId | DuplicateResourceException: product "prod-1" is in that portfolio already; associate it once`},
		"a constraint before the association": {constraintType, set("productId", "prod-2"), nil,
			"productId | ResourceNotFoundException: product prod-2 is not associated with portfolio port-1; let the constraint depend on the ProductPortfolioAssociation"},
		"a constraint of no product": {constraintType, set("productId", "prod-9"), has(productAssociationType, set("productId", "prod-9")),
			`productId | ResourceNotFoundException: the product "prod-9" does not exist; create it first and pass its output, so that it is created before this`},
		"constraint parameters that are no JSON": {constraintType, set("parameters", "worker"), nil,
			"parameters | InvalidParametersException: parameters is not a JSON object: invalid character 'w' looking for beginning of value"},
		"a launch constraint without role": {constraintType, set("parameters", "{}"), nil,
			`parameters | InvalidParametersException: a launch constraint names one role; write {"LocalRoleName":"..."} or {"RoleArn":"..."}`},
		"a launch role that does not exist": {constraintType, set("parameters", `{"LocalRoleName":"nobody"}`), nil,
			`parameters | NoSuchEntity: the role "nobody" does not exist; create it first and pass its output, so that it is created before this`},
		"a launch role's ARN that does not exist": {constraintType, set("parameters", `{"RoleArn":"arn:aws:iam::111122223333:role/nobody"}`), nil,
			`parameters | NoSuchEntity: the role "arn:aws:iam::111122223333:role/nobody" does not exist; create it first and pass its output, so that it is created before this`},
		"a second launch constraint": {constraintType, nil, has(constraintType),
			"type | DuplicateResourceException: the product has a LAUNCH constraint in this portfolio already; LAUNCH and STACKSET exclude each other and themselves, keep one"},
		"a share to an id": {shareType, set("principalId", unit), nil,
			`principalId | InvalidParametersException: principalId is "ou-ex01-workload"; for a share of type ORGANIZATIONAL_UNIT it must be the ARN of the organizational unit, not its id`},
		"a share to no unit": {shareType, set("principalId", "arn:aws:organizations::111122223333:ou/o-exampleorg1/ou-ex01-nowhere1"), nil,
			`principalId | ResourceNotFoundException: "arn:aws:organizations::111122223333:ou/o-exampleorg1/ou-ex01-nowhere1" does not exist in the organization; pass the output of what was created before`},
		"a share to another organization": {shareType, share("ORGANIZATION", "arn:aws:organizations::111122223333:organization/o-otherorg111"), nil,
			`principalId | ResourceNotFoundException: "arn:aws:organizations::111122223333:organization/o-otherorg111" does not exist in the organization; pass the output of what was created before`},
		"a share to no member": {shareType, share("ORGANIZATION_MEMBER_ACCOUNT", "999999999999"), nil,
			`principalId | ResourceNotFoundException: "999999999999" does not exist in the organization; pass the output of what was created before`},
		"a share to a name": {shareType, share("ACCOUNT", "lims"), nil,
			`principalId | InvalidParametersException: principalId is "lims"; it must be an account id of 12 digits`},
		"a share of no portfolio": {shareType, set("portfolioId", "port-9"), nil,
			`portfolioId | ResourceNotFoundException: the portfolio "port-9" does not exist; create it first and pass its output, so that it is created before this`},
		"a share without trusted access": {shareType, nil, where(organizationType, orgID, set("awsServiceAccessPrincipals", []any{configService})),
			"principalId | ConstraintViolationException: SERVICE_ACCESS_NOT_ENABLED: servicecatalog.amazonaws.com has no trusted access; add it to the organization's awsServiceAccessPrincipals"},
		"a share twice": {shareType, nil, has(shareType),
			`portfolioId | InvalidStateException: portfolio "port-1" is shared there already; share it once`},
		"a pattern that names an account": {principalAccessType, set("principalArn", "arn:aws:iam::111122223333:role/a*"), nil,
			`principalArn | InvalidParametersException: "arn:aws:iam::111122223333:role/a*" names an account; with IAM_PATTERN write arn:aws:iam:::role/... without account id`},
		"a pattern without saying so": {principalAccessType, set("principalType", "IAM"), nil,
			`principalArn | InvalidParametersException: "arn:aws:iam:::role/aws-reserved/sso.amazonaws.com/*/User_*" is a pattern; set principalType to IAM_PATTERN or name one principal with its account`},
		"a principal that is a name": {principalAccessType, set("principalArn", "worker"), nil,
			`principalArn | InvalidParametersException: principalArn is "worker"; it must be the ARN of a role, user or group`},
		"a principal twice": {principalAccessType, nil, has(principalAccessType),
			`principalArn | InvalidParametersException: principal "arn:aws:iam:::role/aws-reserved/sso.amazonaws.com/*/User_*" has access to that portfolio already; give it once`},
	})
}

func TestServices_AcceptOnePackMoreUnderAHigherQuota(t *testing.T) {
	world := has(organizationPackType, set("name", "other"))(landingZone())
	r := valid(organizationPackType)
	const want = "MaxNumberOfOrganizationConformancePacksExceededException: there would be 2 organization conformance packs, " +
		"the limit is 1; merge packs"
	if got := New(Quotas{OrganizationPacks: 1}).Against(r, world); len(got) != 1 || got[0].Message != want {
		t.Errorf("Against() = %v, want %q", got, want)
	}
	if got := New(Quotas{OrganizationPacks: 2}).Against(r, world); len(got) > 0 {
		t.Errorf("refused: %v", got)
	}
}

func TestServices_ReadS3URLsOfBothStyles(t *testing.T) {
	tests := map[string]struct{ url, want string }{
		"the bucket in the host":         {"https://a.s3.eu-test-1.amazonaws.com/k/l", "a k/l true"},
		"the bucket in the host, global": {"https://a.s3.amazonaws.com/k", "a k true"},
		"a bucket with dots":             {"https://a.b.s3-eu-test-1.amazonaws.com/k", "a.b k true"},
		"the bucket in the path":         {"https://s3.eu-test-1.amazonaws.com/a/k", "a k true"},
		"the bucket in the path, global": {"https://s3.amazonaws.com/a/k", "a k true"},
		"no key":                         {"https://a.s3.amazonaws.com/", "a  false"},
		"without TLS":                    {"http://a.s3.amazonaws.com/k", "  false"},
		"another host":                   {"https://example.com/k", "  false"},
		"another service":                {"https://a.sqs.eu-test-1.amazonaws.com/k", "  false"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) {
			bucket, key, ok := splitS3URL(tt.url)
			if got := fmt.Sprint(bucket, " ", key, " ", ok); got != tt.want {
				t.Errorf("splitS3URL(%q) = %q, want %q", tt.url, got, tt.want)
			}
		})
	}
}
