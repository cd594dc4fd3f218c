package rules

import (
	"regexp"
	"slices"
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal/offline/rules/policydoc"
)

const (
	databaseType       = "aws:glue/catalogDatabase:CatalogDatabase"
	tableType          = "aws:glue/catalogTable:CatalogTable"
	catalogSettingType = "aws:glue/dataCatalogEncryptionSettings:DataCatalogEncryptionSettings"
	catalogPolicyType  = "aws:glue/resourcePolicy:ResourcePolicy"
)

var databases = target{
	typ: databaseType, word: "database", code: "EntityNotFoundException", reach: inRegion, tail: ":database/",
	given: func(ref string) bool { return ref == "default" },
}

// catalogPolicySize is in bytes.
func catalogPolicySize(Quotas) int { return 10 << 10 }

// catalogName is what the Data Catalog keeps: it folds names, and the provider
// refuses what would come back otherwise.
var catalogName = pattern("name", `[^A-Z]*`, "without capital letters")

var lakeRows = map[string]row{
	databaseType: {
		static: []check{
			length("name", 1, 255), catalogName, length("description", 0, 2048), length("locationUri", 1, 1024),
			oneOf("createTableDefaultPermissions[].permissions[]", "ALL", "SELECT", "ALTER", "DROP", "DELETE", "INSERT",
				"CREATE_DATABASE", "CREATE_TABLE", "DATA_LOCATION_ACCESS"),
		},
		against: []check{free(inRegion, "AlreadyExistsException", "the database %q exists already; choose another name", "name")},
	},
	tableType: {
		static: []check{
			length("name", 1, 255), catalogName, length("description", 0, 2048),
			oneOf("tableType", "EXTERNAL_TABLE", "VIRTUAL_VIEW", "GOVERNED", "MANAGED_TABLE"),
			length("storageDescriptor.columns[].name", 1, 255), length("partitionKeys[].name", 1, 255),
			length("storageDescriptor.columns[].comment", 0, 255), length("partitionKeys[].comment", 0, 255),
			pattern("storageDescriptor.location", `s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](/.*)?`, "s3://, a bucket and a prefix"),
			hasTableType, tableParameters, columnsOnce, columnTypes, projected,
		},
		against: []check{
			refers("databaseName", databases),
			free(inRegion, "AlreadyExistsException", "the table %q exists already in that database; choose another name", "name", "databaseName"),
		},
	},
	catalogSettingType: {
		static: []check{
			oneOf(atRest+"catalogEncryptionMode", "DISABLED", "SSE-KMS", "SSE-KMS-WITH-SERVICE-ROLE"),
			catalogKey, connectionKey,
		},
		against: []check{
			encrypts(atRest + "sseAwsKmsKeyId"), encrypts(ofConnections + "awsKmsKeyId"), onlySetting,
		},
	},
	catalogPolicyType: {
		static: []check{
			document("policy", policydoc.Resource, "InvalidInputException", catalogPolicySize),
			oneOf("enableHybrid", "TRUE", "FALSE"), catalogResources,
		},
		against: []check{onlySetting},
	},
}

const (
	atRest        = "dataCatalogEncryptionSettings.encryptionAtRest."
	ofConnections = "dataCatalogEncryptionSettings.connectionPasswordEncryption."
)

func catalogKey(s *scope) {
	mode := s.text(atRest + "catalogEncryptionMode")
	switch has := s.presence(atRest + "sseAwsKmsKeyId"); {
	case strings.HasPrefix(mode, "SSE-KMS") && has == absent:
		s.reject(atRest+"sseAwsKmsKeyId", "the mode %s names no key; name the key that encrypts the catalog", mode)
	case mode == "DISABLED" && has == present:
		s.reject(atRest+"catalogEncryptionMode", "the mode DISABLED has a key; set the mode to SSE-KMS or drop the key")
	}
}

func connectionKey(s *scope) {
	if s.flag(ofConnections+"returnConnectionPasswordEncrypted") && s.presence(ofConnections+"awsKmsKeyId") == absent {
		s.reject(ofConnections+"awsKmsKeyId", "passwords are to be encrypted without a key; name one")
	}
}

// onlySetting: an account has one of them in each region.
func onlySetting(s *scope) {
	for r := range s.others(s.Type) {
		if s.near(r, inRegion) && r.text("catalogId") == s.text("catalogId") {
			s.fail("", "ConditionCheckFailureException", "the account's catalog in %s has this setting from another resource, and each "+
				"would overwrite the other; keep one", s.Region)
			return
		}
	}
}

// catalogResources: the policy of a catalog is about that catalog.
func catalogResources(s *scope) {
	doc := s.parsedPolicy("policy")
	if doc == nil || s.AccountID == "" || s.Region == "" {
		return
	}
	own := "arn:aws:glue:" + s.Region + ":" + s.AccountID + ":"
	for i, statement := range doc.Statements {
		for _, resource := range statement.Resource {
			if !strings.HasPrefix(resource, own) {
				s.fail("policy", "InvalidInputException", "Statement[%d] is about %q, which is not in the catalog; its resources begin "+
					"with %s", i, shorten(resource), own)
			}
		}
	}
}

func hasTableType(s *scope) {
	if s.presence("openTableFormatInput") == absent && s.presence("targetTable") == absent {
		needs("tableType", "Athena reads no table without one; for files in S3 it is EXTERNAL_TABLE")(s)
	}
}

func tableParameters(s *scope) {
	parameters, _ := s.Inputs["parameters"].(map[string]any)
	for name, value := range ordered(parameters) {
		text, ok := value.(string)
		switch {
		case len(name) > 255 || name == "":
			s.reject("parameters", "the parameter %s has a name of %d bytes; it must have 1 to 255", shorten(name), len(name))
		case ok && len(text) > 512000:
			s.reject("parameters."+name, "the parameter %s is %d bytes long; the limit is 512000", name, len(text))
		}
	}
}

// columnsOnce: Hive knows a column by its name, whether it is in the files or in
// their keys.
func columnsOnce(s *scope) {
	seen := map[string]bool{}
	for _, path := range []string{"storageDescriptor.columns[].name", "partitionKeys[].name"} {
		for at, name := range s.texts(path) {
			if folded := strings.ToLower(name); seen[folded] {
				s.reject(at, "there are two columns named %s; a name is used once among columns and partition keys", name)
			} else {
				seen[folded] = true
			}
		}
	}
}

const plainType = `(?:tinyint|smallint|int|integer|bigint|boolean|float|double|string|binary|timestamp|date|interval` +
	`|decimal(?:\([0-9]+(?:,\s*[0-9]+)?\))?|(?:char|varchar)\([0-9]+\))`

var (
	simpleType = regexp.MustCompile(`^` + plainType + `$`)
	nestedType = regexp.MustCompile(`array<` + plainType + `>|map<` + plainType + `,\s*` + plainType + `>` +
		`|struct<[^<>:,]+:\s*` + plainType + `(?:,\s*[^<>:,]+:\s*` + plainType + `)*>`)
)

// columnTypes finds types that Hive cannot read, and with them no query can.
func columnTypes(s *scope) {
	for _, path := range []string{"storageDescriptor.columns[].type", "partitionKeys[].type"} {
		for at, text := range s.texts(path) {
			rest := strings.ToLower(text)
			for nestedType.MatchString(rest) {
				rest = nestedType.ReplaceAllString(rest, "string")
			}
			if !simpleType.MatchString(rest) {
				s.fail(at, "HIVE_INVALID_METADATA", "%q is no type of Hive: %q is left of it; write such as string, bigint, "+
					"array<string> or struct<name:string>", shorten(text), shorten(rest))
			}
		}
	}
}

// projectionNeeds are the parameters that a kind of projection cannot do without.
var projectionNeeds = map[string][]string{
	"enum": {"values"}, "integer": {"range"}, "date": {"range", "format"}, "injected": nil,
}

var reference = regexp.MustCompile(`\$\{([^{}]*)\}`)

// projected checks what Athena computes partitions from. Glue takes anything;
// every query would fail.
func projected(s *scope) {
	parameters, _ := s.Inputs["parameters"].(map[string]any)
	if !settled(s.Inputs["partitionKeys"]) || parameters["projection.enabled"] != "true" {
		return
	}
	var keys []string
	for _, key := range s.texts("partitionKeys[].name") {
		keys = append(keys, key)
		s.projection(key, parameters)
	}
	for name := range ordered(parameters) {
		rest, ok := strings.CutPrefix(name, "projection.")
		column, _, _ := strings.Cut(rest, ".")
		if ok && rest != "enabled" && !slices.Contains(keys, column) {
			s.fail("parameters", invalidTable, "%s is about %s, which is no partition key; drop it or add the key", name, column)
		}
	}
	template, ok := parameters["storage.location.template"].(string)
	if !ok {
		return
	}
	if !strings.HasPrefix(template, "s3://") {
		s.fail("parameters", invalidTable, "storage.location.template is %q; it must begin with s3://", shorten(template))
	}
	var used []string
	for _, match := range reference.FindAllStringSubmatch(template, -1) {
		used = append(used, match[1])
		if !slices.Contains(keys, match[1]) {
			s.fail("parameters", invalidTable, "storage.location.template refers to ${%s}, which is no partition key", match[1])
		}
	}
	for _, key := range keys {
		if !slices.Contains(used, key) {
			s.fail("parameters", invalidTable, "storage.location.template does not say where ${%s} is; every partition key has its "+
				"place in it", key)
		}
	}
}

const invalidTable = "INVALID_TABLE_PROPERTY"

// projection checks the parameters of one partition key.
func (s *scope) projection(key string, parameters map[string]any) {
	prefix := "projection." + key + "."
	kind := parameters[prefix+"type"]
	if !settled(kind) {
		return
	}
	text, _ := kind.(string)
	wanted, known := projectionNeeds[text]
	if !known {
		s.fail("parameters", invalidTable, "%stype is %q; it must be enum, integer, date or injected", prefix, text)
		return
	}
	for _, name := range wanted {
		if value, said := parameters[prefix+name].(string); parameters[prefix+name] == nil || said && value == "" {
			s.fail("parameters", invalidTable, "a projection of type %s needs %s%s", text, prefix, name)
		}
	}
	bounds, ok := parameters[prefix+"range"].(string)
	if ok && (text == "date" || text == "integer") && strings.Count(bounds, ",") != 1 {
		s.fail("parameters", invalidTable, "%srange is %q; it must be two bounds and a comma between", prefix, shorten(bounds))
	}
	unit, ok := parameters[prefix+"interval.unit"].(string)
	if ok && !slices.Contains(intervalUnits, unit) {
		s.fail("parameters", invalidTable, "%sinterval.unit is %q; it must be one of %s", prefix, unit, strings.Join(intervalUnits, ", "))
	}
}

var intervalUnits = []string{"YEARS", "MONTHS", "WEEKS", "DAYS", "HOURS", "MINUTES", "SECONDS", "MILLIS"}
