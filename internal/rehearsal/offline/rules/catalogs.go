package rules

import (
	"encoding/json"
	"net/url"
	"strings"
)

const (
	portfolioType          = "aws:servicecatalog/portfolio:Portfolio"
	productType            = "aws:servicecatalog/product:Product"
	artifactType           = "aws:servicecatalog/provisioningArtifact:ProvisioningArtifact"
	productAssociationType = "aws:servicecatalog/productPortfolioAssociation:ProductPortfolioAssociation"
	constraintType         = "aws:servicecatalog/constraint:Constraint"
	shareType              = "aws:servicecatalog/portfolioShare:PortfolioShare"
	principalAccessType    = "aws:servicecatalog/principalPortfolioAssociation:PrincipalPortfolioAssociation"
)

var (
	portfolios = target{typ: portfolioType, word: "portfolio", code: "ResourceNotFoundException", reach: inRegion, tail: "/"}
	products   = target{typ: productType, word: "product", code: "ResourceNotFoundException", reach: inRegion, tail: "/"}
)

var catalogRows = map[string]row{
	portfolioType: {
		static: []check{
			length("name", 1, 100), length("description", 0, 2000),
			length("providerName", 1, 50),
		},
	},
	productType: {
		static: []check{
			length("name", 1, 8191), length("owner", 1, 8191),
			oneOf("type", "CLOUD_FORMATION_TEMPLATE", "MARKETPLACE", "TERRAFORM_OPEN_SOURCE", "TERRAFORM_CLOUD", "EXTERNAL"),
			pattern("supportEmail", email, "an email address"),
			exactlyOne("provisioningArtifactParameters.templateUrl", "provisioningArtifactParameters.templatePhysicalId"),
			templateURL("provisioningArtifactParameters.templateUrl"),
		},
		against: []check{templateExists("provisioningArtifactParameters.templateUrl")},
	},
	artifactType: {
		static: []check{
			exactlyOne("templateUrl", "templatePhysicalId"), templateURL("templateUrl"),
			oneOf("guidance", "DEFAULT", "DEPRECATED"),
		},
		against: []check{refers("productId", products), templateExists("templateUrl")},
	},
	productAssociationType: {
		against: []check{
			refers("portfolioId", portfolios), refers("productId", products),
			free(everywhere, "DuplicateResourceException", "product %q is in that portfolio already; associate it once",
				"productId", "portfolioId"),
		},
	},
	constraintType: {
		static: []check{
			oneOf("type", "LAUNCH", "NOTIFICATION", "RESOURCE_UPDATE", "STACKSET", "TEMPLATE"),
			jsonObject("parameters", 100<<10), launchParameters,
		},
		against: []check{
			refers("portfolioId", portfolios), refers("productId", products), associatedBefore, launchRoleExists, oneLaunch,
		},
	},
	shareType: {
		static: []check{
			oneOf("type", "ACCOUNT", "ORGANIZATION", "ORGANIZATIONAL_UNIT", "ORGANIZATION_MEMBER_ACCOUNT"), sharePrincipal,
		},
		against: []check{
			refers("portfolioId", portfolios), shareTargetExists, shareTrusted,
			free(everywhere, "InvalidStateException", "portfolio %q is shared there already; share it once", "portfolioId",
				"principalId", "type"),
		},
	},
	principalAccessType: {
		static: []check{oneOf("principalType", "IAM", "IAM_PATTERN"), accessPrincipal},
		against: []check{
			refers("portfolioId", portfolios),
			free(everywhere, "InvalidParametersException", "principal %q has access to that portfolio already; give it once",
				"principalArn", "portfolioId"),
		},
	},
}

// splitS3URL returns the bucket and key of an S3 URL in either style.
func splitS3URL(text string) (bucket, key string, ok bool) {
	u, err := url.Parse(text)
	if err != nil || u.Scheme != "https" {
		return "", "", false
	}
	path := strings.TrimPrefix(u.Path, "/")
	host, isAWS := strings.CutSuffix(u.Hostname(), ".amazonaws.com")
	switch {
	case !isAWS:
		return "", "", false
	case host == "s3" || strings.HasPrefix(host, "s3.") || strings.HasPrefix(host, "s3-"):
		bucket, key, _ = strings.Cut(path, "/")
	default:
		i := max(strings.LastIndex(host, ".s3."), strings.LastIndex(host, ".s3-"))
		if i < 0 && strings.HasSuffix(host, ".s3") {
			i = len(host) - len(".s3")
		}
		if i < 0 {
			return "", "", false
		}
		bucket, key = host[:i], path
	}
	return bucket, key, bucket != "" && key != ""
}

func templateURL(path string) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			if _, _, ok := splitS3URL(text); !ok && text != "" {
				s.reject(at, "invalid templateUrl %q; it must be the https URL of an object in S3, such as "+
					"https://bucket.s3.eu-central-1.amazonaws.com/key", shorten(text))
			}
		}
	}
}

func templateExists(path string) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			name, key, ok := splitS3URL(text)
			if !ok {
				continue
			}
			bucket, ok := s.exists(at, name, buckets)
			if !ok {
				continue
			}
			found := false
			for object := range s.world.All(objectType) {
				found = found || object.text("bucket") == bucket.text("bucket") && object.text("key") == key
			}
			if !found {
				s.reject(at, "S3 error: the specified key does not exist: %q in bucket %q; upload the template first", key, name)
			}
		}
	}
}

// launch reads a constraint's parameters.
func launch(r Resource) (roleARN, localRole string, ok bool) {
	var p struct{ RoleArn, LocalRoleName string }
	if r.text("type") != "LAUNCH" || json.Unmarshal([]byte(r.text("parameters")), &p) != nil {
		return "", "", false
	}
	return p.RoleArn, p.LocalRoleName, true
}

func launchParameters(s *scope) {
	if arn, local, ok := launch(s.Resource); ok && (arn == "") == (local == "") {
		s.reject("parameters", `a launch constraint names one role; write {"LocalRoleName":"..."} or {"RoleArn":"..."}`)
	}
}

func launchRoleExists(s *scope) {
	arn, local, ok := launch(s.Resource)
	if ok && arn != "" {
		s.exists("parameters", arn, roles)
	}
	if ok && local != "" {
		s.exists("parameters", local, roles)
	}
}

// associatedBefore checks the order that Service Catalog asks for: first the
// product joins the portfolio, then the pair is constrained.
func associatedBefore(s *scope) {
	portfolio, product := s.text("portfolioId"), s.text("productId")
	if portfolio == "" || product == "" {
		return
	}
	for r := range s.world.All(productAssociationType) {
		if r.text("portfolioId") == portfolio && r.text("productId") == product {
			return
		}
	}
	s.fail("productId", "ResourceNotFoundException", "product %s is not associated with portfolio %s; let the constraint depend "+
		"on the ProductPortfolioAssociation", product, portfolio)
}

func oneLaunch(s *scope) {
	kind := s.text("type")
	if kind != "LAUNCH" && kind != "STACKSET" {
		return
	}
	for r := range s.others(constraintType) {
		other := r.text("type")
		if (other == "LAUNCH" || other == "STACKSET") && r.text("portfolioId") == s.text("portfolioId") &&
			r.text("productId") == s.text("productId") {
			s.fail("type", "DuplicateResourceException", "the product has a %s constraint in this portfolio already; LAUNCH and "+
				"STACKSET exclude each other and themselves, keep one", other)
			return
		}
	}
}

// sharePrincipal checks that a share is addressed as its type asks.
func sharePrincipal(s *scope) {
	forms := map[string]struct{ prefix, words string }{
		"ORGANIZATION":        {"arn:aws:organizations::", "the ARN of the organization, not its id"},
		"ORGANIZATIONAL_UNIT": {"arn:aws:organizations::", "the ARN of the organizational unit, not its id"},
	}
	kind, id := s.text("type"), s.text("principalId")
	if form, ok := forms[kind]; ok && id != "" && !strings.HasPrefix(id, form.prefix) {
		s.reject("principalId", "principalId is %q; for a share of type %s it must be %s", id, kind, form.words)
	}
	if strings.HasSuffix(kind, "ACCOUNT") {
		pattern("principalId", digits, "an account id of 12 digits")(s)
	}
}

func shareTargetExists(s *scope) {
	id := s.text("principalId")
	tail := id[strings.LastIndex(id, "/")+1:]
	ok := true
	switch s.text("type") {
	case "ORGANIZATIONAL_UNIT":
		ok = s.isUnit(tail)
	case "ORGANIZATION":
		o, exists := s.organization()
		ok = exists && (o.text("id") == "" || o.text("id") == tail)
	case "ORGANIZATION_MEMBER_ACCOUNT":
		ok = s.isMember(id)
	}
	if id != "" && !ok {
		s.fail("principalId", "ResourceNotFoundException", "%q does not exist in the organization; pass the output of what was "+
			"created before", id)
	}
}

func shareTrusted(s *scope) {
	if strings.HasPrefix(s.text("type"), "ORGANIZATION") {
		s.trusted("principalId", "servicecatalog.amazonaws.com")
	}
}

func accessPrincipal(s *scope) {
	arn := s.text("principalArn")
	if arn == "" || s.presence("principalType") == unknown {
		return
	}
	prefix := "arn:aws:iam::"
	parts := strings.SplitN(arn, ":", 6)
	switch wantsPattern := s.text("principalType") == "IAM_PATTERN"; {
	case !strings.HasPrefix(arn, prefix) || len(parts) < 6 || parts[5] == "":
		s.reject("principalArn", "principalArn is %q; it must be the ARN of a role, user or group", shorten(arn))
	case wantsPattern && parts[4] != "":
		s.reject("principalArn", "%q names an account; with IAM_PATTERN write arn:aws:iam:::role/... without account id", arn)
	case !wantsPattern && (parts[4] == "" || strings.ContainsAny(arn, "*?")):
		s.reject("principalArn", "%q is a pattern; set principalType to IAM_PATTERN or name one principal with its account", arn)
	}
}
