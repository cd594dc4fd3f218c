package rules

import (
	"strings"

	"github.com/goccy/go-yaml"
)

const (
	aggregatorType       = "aws:cfg/configurationAggregator:ConfigurationAggregator"
	organizationPackType = "aws:cfg/organizationConformancePack:OrganizationConformancePack"
	packType             = "aws:cfg/conformancePack:ConformancePack"
)

const (
	configService      = "config.amazonaws.com"
	packName           = `[a-zA-Z][a-zA-Z0-9-]*`
	packWords          = "a letter followed by letters, digits and hyphens"
	packTemplateS3     = `s3://[a-z0-9][a-z0-9.-]+/.+`
	packTemplateS3Word = "an S3 URI such as s3://bucket/key"
)

var packChecks = []check{
	length("name", 1, 128), pattern("name", packName, packWords),
	exactlyOne("templateBody", "templateS3Uri"), pattern("templateS3Uri", packTemplateS3, packTemplateS3Word),
	count("inputParameters", 0, 60), length("inputParameters[].parameterName", 1, 255), unique("inputParameters[].parameterName"),
	length("inputParameters[].parameterValue", 0, 4096), packTemplate,
}

var configRows = map[string]row{
	aggregatorType: {
		static: []check{
			length("name", 1, 256), pattern("name", `[\w-]+`, "letters, digits, hyphen and underscore"),
			exactlyOne("accountAggregationSource", "organizationAggregationSource"),
			pattern("accountAggregationSource.accountIds[]", digits, "an account id of 12 digits"), aggregatedRegions,
		},
		against: []check{
			refers("organizationAggregationSource.roleArn", roles),
			assumable("organizationAggregationSource.roleArn", configService, "InvalidRoleException"),
			aggregatorTrusted,
		},
	},
	organizationPackType: {
		static: append([]check{
			count("excludedAccounts", 0, 1000), pattern("excludedAccounts[]", digits, "an account id of 12 digits"),
			pattern("deliveryS3Bucket", `awsconfigconforms.*`, "a bucket whose name begins with awsconfigconforms"),
		}, packChecks...),
		against: []check{
			organizationExists, packTrusted, packsLeft, refers("deliveryS3Bucket", buckets),
			free(inRegion, "ResourceInUseException", "an organization conformance pack named %q exists; choose another name", "name"),
		},
	},
	packType: {
		static: packChecks,
		against: []check{
			refers("deliveryS3Bucket", buckets),
			free(inRegion, "ResourceInUseException", "a conformance pack named %q exists; choose another name", "name"),
		},
	},
}

func aggregatedRegions(s *scope) {
	for _, source := range []string{"accountAggregationSource", "organizationAggregationSource"} {
		regions := s.presence(source + ".regions")
		if s.presence(source) != present || regions == unknown || s.presence(source+".allRegions") == unknown {
			continue
		}
		if s.flag(source+".allRegions") == (regions == present) {
			s.reject(source, "%s must either aggregate all regions or list some; set one of allRegions and regions", source)
		}
	}
}

func aggregatorTrusted(s *scope) {
	if s.presence("organizationAggregationSource") == present {
		organizationExists(s)
		s.trusted("organizationAggregationSource", configService)
	}
}

func packTrusted(s *scope) {
	s.trusted("", "config-multiaccountsetup.amazonaws.com")
}

func packsLeft(s *scope) {
	n := 1
	for r := range s.others(organizationPackType) {
		if s.near(r, inRegion) {
			n++
		}
	}
	if limit := s.quotas.OrganizationPacks; n > limit {
		s.fail("", "MaxNumberOfOrganizationConformancePacksExceededException", "there would be %d organization conformance packs, "+
			"the limit is %d; merge packs", n, limit)
	}
}

// packTemplate checks the template as far as Config does before it creates
// anything.
func packTemplate(s *scope) {
	const code = "ConformancePackTemplateValidationException"
	body := s.text("templateBody")
	if body == "" {
		return
	}
	if limit := s.quotas.PackTemplateSize; len(body) > limit {
		s.fail("templateBody", code, "the template is %d bytes long, the limit is %d; shorten it or pass it from S3 with "+
			"templateS3Uri", len(body), limit)
		return
	}
	var template struct {
		Parameters map[string]any `yaml:"Parameters"`
		Resources  map[string]struct {
			Type string `yaml:"Type"`
		} `yaml:"Resources"`
	}
	if err := yaml.Unmarshal([]byte(body), &template); err != nil {
		first, _, _ := strings.Cut(err.Error(), "\n")
		s.fail("templateBody", code, "the template is not valid YAML: %s", first)
		return
	}
	n := 0
	for name, r := range ordered(template.Resources) {
		switch r.Type {
		case "AWS::Config::ConfigRule":
			n++
		case "AWS::Config::RemediationConfiguration":
		default:
			s.fail("templateBody", code, "resource %s is of type %q; a pack holds only AWS::Config::ConfigRule and "+
				"AWS::Config::RemediationConfiguration", name, r.Type)
		}
	}
	switch limit := s.quotas.RulesPerPack; {
	case n > limit:
		s.fail("templateBody", code, "the pack has %d rules, the limit is %d; split it", n, limit)
	case n == 0:
		s.fail("templateBody", code, "the template has no AWS::Config::ConfigRule; a pack has at least one rule")
	}
	for at, name := range s.texts("inputParameters[].parameterName") {
		if _, ok := template.Parameters[name]; !ok {
			s.fail(at, code, "the template has no parameter %q; declare it or leave the input out", name)
		}
	}
}
