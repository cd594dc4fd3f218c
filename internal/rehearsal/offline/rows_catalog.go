package offline

import "time"

var catalogRows = map[string]row{
	"aws:servicecatalog/organizationsAccess:OrganizationsAccess": {
		id:      "{account}",
		replace: []string{"enabled"},
		global:  true,
		takes:   3 * time.Second,
	},
	"aws:servicecatalog/portfolio:Portfolio": {
		id:       "port-{alnum:13}",
		arn:      "arn:aws:catalog:{region}:{account}:portfolio/{id}",
		autoname: "name",
		outputs:  map[string]any{"createdTime": "{epoch}", "description": "Managed by Pulumi"},
		tagged:   true,
		takes:    2 * time.Second,
	},
	"aws:servicecatalog/product:Product": {
		id:       "prod-{alnum:13}",
		arn:      "arn:aws:catalog:{region}:{account}:product/{id}",
		autoname: "name",
		outputs: map[string]any{
			"createdTime":        "{epoch}",
			"description":        "",
			"distributor":        "",
			"hasDefaultPath":     false,
			"status":             "AVAILABLE",
			"supportDescription": "",
			"supportEmail":       "",
			"supportUrl":         "",
		},
		replace: []string{"type", "provisioningArtifactParameters"},
		tagged:  true,
		takes:   5 * time.Second,
	},
	"aws:servicecatalog/provisioningArtifact:ProvisioningArtifact": {
		id:       "pa-{alnum:13}:{in:productId}",
		autoname: "name",
		outputs: map[string]any{
			"active":                 true,
			"createdTime":            "{epoch}",
			"description":            "",
			"guidance":               "DEFAULT",
			"provisioningArtifactId": "pa-{alnum:13}",
		},
		replace: []string{"productId", "disableTemplateValidation", "templatePhysicalId", "templateUrl", "type"},
		takes:   3 * time.Second,
	},
	"aws:servicecatalog/productPortfolioAssociation:ProductPortfolioAssociation": {
		id:      "{in:acceptLanguage|en}:{in:portfolioId}:{in:productId}",
		replace: []string{"acceptLanguage", "portfolioId", "productId", "sourcePortfolioId"},
		takes:   2 * time.Second,
	},
	"aws:servicecatalog/portfolioShare:PortfolioShare": {
		id:      "{in:portfolioId}:{in:type}:{in:principalId}",
		outputs: map[string]any{"accepted": true},
		replace: []string{"portfolioId", "principalId", "type"},
		takes:   20 * time.Second,
	},
	"aws:servicecatalog/principalPortfolioAssociation:PrincipalPortfolioAssociation": {
		id:      "{in:acceptLanguage|en},{in:principalArn},{in:portfolioId},{in:principalType|IAM}",
		replace: []string{"acceptLanguage", "portfolioId", "principalArn", "principalType"},
		takes:   2 * time.Second,
	},
	"aws:servicecatalog/constraint:Constraint": {
		id:      "cons-{alnum:13}",
		outputs: map[string]any{"description": "", "owner": "{account}", "status": "AVAILABLE"},
		replace: []string{"portfolioId", "productId", "type"},
		takes:   3 * time.Second,
	},
}
