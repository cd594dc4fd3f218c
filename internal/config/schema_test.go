package config

import (
	"bytes"
	"encoding/json"
	"flag"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/invopop/jsonschema"
	checker "github.com/santhosh-tekuri/jsonschema/v6"
	"go.yaml.in/yaml/v3"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

var update = flag.Bool("update", false, "write the generated schema and reference")

const schemaFile = "../../docs/configuration.schema.json"

// constraint is what a field allows beyond its type.
type constraint struct {
	enum    []string
	pattern *regexp.Regexp
	min     int
	max     int

	// days lists allowed numbers.
	days []int
}

// constraints takes what the program checks from where it checks it. For a list
// the constraint is that of its elements, for a map that of its values.
func constraints() map[string]constraint {
	email := constraint{pattern: emailSyntax, min: minRootEmail, max: maxEmail}
	rootEmail := constraint{pattern: emailSyntax, min: minRootEmail, max: maxRootEmail}
	region := constraint{enum: regions}
	tag := constraint{pattern: tagSyntax}
	profile, networkName := constraint{enum: networkProfiles}, constraint{pattern: networkNameSyntax}
	block := constraint{pattern: regexp.MustCompile(`^[0-9]{1,3}(\.[0-9]{1,3}){3}/[0-9]{1,2}$`)}
	return map[string]constraint{
		"Organization.ManagementAccountID":     {pattern: accountIDSyntax},
		"Organization.NamePrefix":              {pattern: prefixSyntax},
		"Organization.AccessRole":              {pattern: roleSyntax},
		"Organization.TrustedAccess":           {enum: principalNames(func(principal) bool { return true })},
		"Organization.PolicyTypes":             {enum: policyTypes},
		"Organization.DelegatedAdministrators": {enum: delegable()},
		"Adoption.OrganizationID":              {pattern: organizationIDSyntax},
		"Adoption.OrganizationalUnits":         {pattern: unitIDSyntax},
		"Regions.Home":                         region,
		"Regions.Governed":                     region,
		"CoreAccount.Name":                     {pattern: coreNameSyntax},
		"CoreAccount.Email":                    rootEmail,
		"CoreAccount.ID":                       {pattern: accountIDSyntax},
		"CoreAccount.AccessRole":               {pattern: roleSyntax},
		"Account.Name":                         {pattern: workloadSyntax},
		"Account.Email":                        rootEmail,
		"Account.ID":                           {pattern: accountIDSyntax},
		"Account.Owner":                        tag,
		"Account.Environment":                  {enum: environments},
		"Account.GxP":                          {enum: practices},
		"Account.DataClassification":           {enum: classifications},
		"Account.CostCentre":                   tag,
		"Contact.Name":                         {min: 1, max: maxContactName},
		"Contact.Title":                        {min: 1, max: maxContactTitle},
		"Contact.Email":                        email,
		"Contact.Phone":                        {pattern: phoneSyntax},
		"Platform.Owner":                       tag,
		"Platform.CostCentre":                  tag,
		"Quotas.Accounts":                      {min: 6},
		"Quotas.AccountCreations":              {min: 1, max: 5},
		"Quotas.PoliciesPerTarget":             {min: minPolicies, max: maxPolicies},
		"Quotas.PolicyCharacters":              {min: minPolicyLength, max: maxPolicyLength},
		"Quotas.ResourcePoliciesPerTarget":     {min: minPolicies, max: maxPolicies},
		"Quotas.VPCs":                          {min: 1},
		"Quotas.ResourcePolicyCharacters":      {min: minPolicyLength, max: maxPolicyLength},
		"Guardrails.RequiredTags":              {enum: account.Keys()},
		"Guardrails.ResourceServices":          {enum: resourceControlServices},
		"Guardrails.TrustedAccounts":           {pattern: accountIDSyntax},
		"RecordClass.MinimumYears":             {min: 1, max: maxRetentionYears},
		"RecordClass.RetentionYears":           {min: 1, max: maxRetentionYears},
		"Archive.Mode":                         {enum: archiveModes},
		"Archive.RetentionYears":               {min: 1, max: maxRetentionYears},
		"Archive.ReplicaRegion":                region,
		"Archive.ReplicaAccount":               {enum: replicaAccounts},
		"Archive.ColdAfterDays":                {max: maxColdAfterDays},
		"Logging.Sources":                      {enum: sources},
		"Trail.DataEventBuckets":               {pattern: bucketSyntax},
		"Trail.Insights":                       {enum: insights},
		"Trail.NetworkEvents":                  {enum: networkEventSources},
		"Trail.LogGroupRetentionDays":          {days: logRetentionDays},
		"Analytics.ScanLimitGB":                {min: 1, max: maxScanLimitGB},
		"Analytics.Since":                      {pattern: regexp.MustCompile(`^[0-9]{4}-[0-9]{2}-[0-9]{2}$`)},
		"Dashboards.Group":                     {pattern: quickSightGroupSyntax},
		"Dashboards.Namespace":                 {pattern: namespaceSyntax},
		"Dashboards.RefreshTime":               {pattern: regexp.MustCompile(`^[0-9]{2}:[0-9]{2}$`)},
		"Search.Name":                          {pattern: collectionSyntax},
		"Monitoring.NotificationEmails":        email,
		"Monitoring.TrailLogGroup":             {pattern: logGroupSyntax},
		"Catalog.SupportEmail":                 email,
		"Protection.VolumeKeys":                {enum: coreKeys},
		"Certificate.Domain":                   {pattern: domainSyntax, min: 3, max: maxDomain},
		"Certificate.AlternativeNames":         {pattern: domainSyntax, min: 3, max: maxDomain},
		"Certificate.HostedZoneID":             {pattern: zoneSyntax},
		"Certificate.Account":                  {enum: coreKeys},
		"Backup.ChangeableForDays":             {min: minChangeableDays, max: maxBackupDays},
		"Backup.MinRetentionDays":              {min: 1, max: maxBackupDays},
		"Backup.MaxRetentionDays":              {min: 1, max: maxBackupDays},
		"Backup.ReplicaRegion":                 region,
		"Backup.Services":                      {enum: backupServices},
		"BackupSchedule.Name":                  {pattern: classSyntax},
		"BackupSchedule.Schedule":              {pattern: regexp.MustCompile(`^cron\(.+\)$`)},
		"BackupSchedule.RetentionDays":         {max: maxBackupDays},
		"BackupSchedule.StartWindowMinutes":    {min: minStartWindow, max: maxStartWindow},
		"BackupPlan.Name":                      {pattern: classSyntax},
		"BackupPlan.Units":                     {enum: backupUnits()},
		"BackupPlan.ResourceTypes":             {enum: backupTypes},
		"RestoreTesting.Schedule":              {pattern: regexp.MustCompile(`^cron\(.+\)$`)},
		"RestoreTesting.StartWindowHours":      {min: 1, max: maxTestHours},
		"RestoreTesting.SelectionWindowDays":   {min: 1, max: maxSelectionDays},
		"RestoreTesting.ValidationWindowHours": {min: 1, max: maxTestHours},
		"RestoreTesting.ResourceTypes":         {enum: restorableTypes},
		"Baseline.LogRetentionDays":            {days: logRetentionDays},
		"Baseline.FailureTolerance":            {min: 1, max: maxFailureTolerance},
		"PermissionSet.Name":                   {pattern: permissionSetSyntax},
		"PermissionSet.Description":            {min: 1, max: maxSetDescription},
		"PermissionSet.SessionHours":           {min: 1, max: maxSessionHours},
		"PermissionSet.ManagedPolicies":        {pattern: managedPolicySyntax},
		"PermissionStatement.Sid":              {pattern: sidSyntax},
		"PermissionStatement.Actions":          {pattern: actionSyntax},
		"PermissionStatement.Resources":        {pattern: arnSyntax},
		"Group.Name":                           {pattern: groupSyntax},
		"Group.Description":                    {max: maxGroupDescription},
		"Assignment.Units":                     {enum: unitPaths(func(u Unit) bool { return u.Path != UnitSuspended })},
		"Assignment.Environments":              {enum: environments},
		"Identity.BreakGlassUsers":             {pattern: userSyntax},
		"PasswordPolicy.MinimumLength":         {min: minPasswordLength, max: maxPasswordLength},
		"PasswordPolicy.MaxAgeDays":            {min: 1, max: maxPasswordDays},
		"PasswordPolicy.ReusePrevention":       {min: minReusePrevention, max: maxReusePrevention},
		"AccessAnalyzer.UnusedAfterDays":       {min: 1, max: maxUnusedDays},
		"Directory.Type":                       {enum: directoryTypes},
		"Directory.Domain":                     {pattern: directoryDomain},
		"Directory.ShortName":                  {pattern: shortNameSyntax},
		"Directory.Edition":                    {enum: directoryEditions},
		"Directory.Size":                       {enum: directorySizes},
		"Directory.VPCID":                      {pattern: vpcSyntax},
		"Directory.SubnetIDs":                  {pattern: subnetSyntax},
		"Directory.Username":                   {pattern: directoryUser},
		"Directory.PasswordSecret":             {pattern: secretSyntax},
		"SAMLProvider.Name":                    {pattern: samlSyntax},
		"SAMLProvider.Metadata":                {min: minMetadata, max: maxMetadata},
		"Network.Range":                        block,
		"Network.Profile":                      profile,
		"Network.AllowedDomains":               {pattern: allowedSyntax, max: 1 + maxDomain},
		"Network.ClosedPorts":                  {min: 1, max: maxPort},
		"NetworkRegion.Region":                 region,
		"NetworkRegion.Range":                  block,
		"NetworkRegion.PerimeterRange":         block,
		"NetworkRegion.Profile":                profile,
		"NetworkRegion.NATGateways":            {min: minNATGateways, max: maxNATGateways},
		"NetworkRegion.InterfaceEndpoints":     {enum: endpointNames()},
		"Segment.Name":                         networkName,
		"Segment.Classification":               {enum: segmentClasses},
		"Segment.Units":                        {enum: segmentUnits()},
		"Segment.Ranges":                       block,
		"Segment.DedicatedRanges":              block,
		"NetworkDNS.ManagedLists":              {pattern: domainListSyntax},
		"NetworkDNS.BlockedDomains":            {pattern: domainSyntax, min: 3, max: maxDomain},
		"NetworkDNS.Inbound":                   region,
		"ForwardedDomain.Domain":               {pattern: forwardedSyntax, max: maxDomain},
		"OnPremises.Ranges":                    block,
		"VPN.Name":                             networkName,
		"VPN.Region":                           region,
		"VPN.ASN":                              {min: 1, max: maxASN},
		"DirectConnect.GatewayID":              {pattern: gatewayIDSyntax},
		"DirectConnect.Region":                 region,
		"DedicatedVPC.Name":                    networkName,
		"DedicatedVPC.Region":                  region,
		"DedicatedVPC.Range":                   block,
		"DedicatedVPC.AttachmentID":            {pattern: attachmentSyntax},
		"GxP.Endpoint":                         {pattern: regexp.MustCompile(`^https?://`)},
	}
}

func (c constraint) apply(s *jsonschema.Schema) {
	if s.Type == "object" {
		s = s.AdditionalProperties
	}
	if s.Type == "array" {
		s = s.Items
	}
	for _, e := range c.enum {
		s.Enum = append(s.Enum, e)
	}
	for _, d := range c.days {
		s.Enum = append(s.Enum, d)
	}
	if c.pattern != nil {
		s.Pattern = c.pattern.String()
	}
	low, high := uint64(max(c.min, 0)), uint64(max(c.max, 0))
	if s.Type == "integer" {
		if c.min > 0 {
			s.Minimum = json.Number(number10(c.min))
		}
		if c.max > 0 {
			s.Maximum = json.Number(number10(c.max))
		}
		return
	}
	if low > 0 {
		s.MinLength = &low
	}
	if high > 0 {
		s.MaxLength = &high
	}
}

// schema generates the JSON schema of a whole stack file.
func schema(t testing.TB) []byte {
	t.Helper()
	docs, limits := fieldDocs(t), constraints()
	reflector := &jsonschema.Reflector{
		Anonymous:                  true,
		RequiredFromJSONSchemaTags: true,
		LookupComment: func(typ reflect.Type, field string) string {
			if field == "" {
				return docs[typ.Name()]
			}
			return docs[typ.Name()+"."+field]
		},
	}
	generated := reflector.ReflectFromType(reflect.TypeFor[Config]())
	for _, typ := range configTypes(reflect.TypeFor[Config]()) {
		for _, f := range reflect.VisibleFields(typ) {
			key := typ.Name() + "." + f.Name
			if c, ok := limits[key]; ok {
				property, found := generated.Definitions[typ.Name()].Properties.Get(jsonName(f))
				if !found {
					t.Fatalf("the schema has no property for %s", key)
				}
				c.apply(property)
				delete(limits, key)
			}
		}
	}
	for key := range limits {
		t.Errorf("%s has constraints and is no field", key)
	}
	unitNames := unitPaths(func(Unit) bool { return true })
	units, _ := generated.Definitions["Adoption"].Properties.Get("organizationalUnits")
	units.PropertyNames = &jsonschema.Schema{Enum: anys(unitNames)}
	ou, _ := generated.Definitions["Account"].Properties.Get("ou")
	ou.Enum = anys(unitNames)

	settings := jsonschema.NewProperties()
	section := &jsonschema.Schema{
		Type:                 "object",
		Description:          "The settings of the stack.",
		Properties:           settings,
		PatternProperties:    map[string]*jsonschema.Schema{"^(pulumi|aws|awsx):": {}},
		AdditionalProperties: jsonschema.FalseSchema,
		Required:             []string{"pulumi:disable-default-providers"},
	}
	settings.Set("pulumi:disable-default-providers", &jsonschema.Schema{
		Type:        "array",
		Description: "The packages whose resources need an explicit provider. It must contain aws.",
		Items:       &jsonschema.Schema{Type: "string"},
		Contains:    &jsonschema.Schema{Const: "aws"},
	})
	for _, namespace := range reflect.VisibleFields(reflect.TypeFor[Config]()) {
		definition := generated.Definitions[namespace.Type.Name()]
		for pair := definition.Properties.Oldest(); pair != nil; pair = pair.Next() {
			key := jsonName(namespace) + ":" + pair.Key
			settings.Set(key, pair.Value)
			if slices.Contains(definition.Required, pair.Key) {
				section.Required = append(section.Required, key)
			}
		}
		delete(generated.Definitions, namespace.Type.Name())
	}
	delete(generated.Definitions, "Config")

	top := jsonschema.NewProperties()
	for _, key := range fileKeys {
		top.Set(key, &jsonschema.Schema{Description: "Written by Pulumi."})
	}
	top.Set(configKey, section)
	root := &jsonschema.Schema{
		Version:              jsonschema.Version,
		Title:                "Stack configuration of the GxP landing zone",
		Type:                 "object",
		Properties:           top,
		AdditionalProperties: jsonschema.FalseSchema,
		Required:             []string{configKey},
		Definitions:          generated.Definitions,
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	if err := encoder.Encode(root); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

func anys(list []string) []any {
	out := make([]any, len(list))
	for i, s := range list {
		out[i] = s
	}
	return out
}

// current compares a generated file with the one that is checked in.
func current(t *testing.T, file string, want []byte) {
	t.Helper()
	if *update {
		if err := os.WriteFile(file, want, 0o644); err != nil {
			t.Fatal(err)
		}
	}
	got, err := os.ReadFile(file)
	if err != nil || !bytes.Equal(got, want) {
		t.Errorf("%s is not current (%v); run: go test ./internal/config -update", strings.TrimPrefix(file, "../../"), err)
	}
}

func TestSchema_IsCurrent(t *testing.T) { current(t, schemaFile, schema(t)) }

func compiled(t *testing.T) *checker.Schema {
	t.Helper()
	parsed, err := checker.UnmarshalJSON(bytes.NewReader(schema(t)))
	if err != nil {
		t.Fatal(err)
	}
	compiler := checker.NewCompiler()
	if err := compiler.AddResource("configuration.schema.json", parsed); err != nil {
		t.Fatal(err)
	}
	s, err := compiler.Compile("configuration.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func check(t *testing.T, s *checker.Schema, text string) error {
	t.Helper()
	var document any
	if err := yaml.Unmarshal([]byte(text), &document); err != nil {
		t.Fatal(err)
	}
	return s.Validate(document)
}

func TestSchema_AcceptsTheExamples(t *testing.T) {
	s := compiled(t)
	for _, file := range []string{prodFile, emulatorFile} {
		data, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if err := check(t, s, string(data)); err != nil {
			t.Errorf("%s: %v", file, err)
		}
		if !strings.HasPrefix(string(data), "# yaml-language-server: $schema=docs/configuration.schema.json\n") {
			t.Errorf("%s does not name its schema", file)
		}
	}
}

func TestSchema_RefusesWhatTheDecoderRefuses(t *testing.T) {
	s := compiled(t)
	for name, change := range map[string][2]string{
		"an unknown setting":          {"  landingzone:platform:\n", "  landingzone:platfrom:\n"},
		"an unknown key":              {"    managementAccountId:", "    managementAccount:"},
		"a missing key":               {"      owner: Supply Chain\n", ""},
		"a number for an account id":  {"\"111122223333\"", "111122223333"},
		"an account id of 11 digits":  {"\"111122223333\"", "\"11112222333\""},
		"text for a number":           {"    accounts: 50", "    accounts: many"},
		"an unknown region":           {"home: eu-central-1", "home: eu-central-9"},
		"an unknown environment":      {"environment: sandbox", "environment: test"},
		"an address without a domain": {"    - soc@example.com", "    - soc"},
		"a period CloudWatch lacks":   {"      - meridian-gxp-data-\n", "      - meridian-gxp-data-\n    logGroupRetentionDays: 366\n"},
		"default providers left on":   {"[aws]", "[awsx]"},
	} {
		t.Run(name, func(t *testing.T) {
			text := replace(t, prod(t), change[0], change[1])
			if check(t, s, text) == nil {
				t.Error("the schema accepts it")
			}
			if problems(t, text) == nil {
				t.Error("the decoder accepts it")
			}
		})
	}
}
