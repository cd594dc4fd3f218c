package rules

import (
	"regexp"
	"slices"
	"strings"
	"time"
)

const (
	quickAccountType    = "aws:quicksight/accountSubscription:AccountSubscription"
	quickSourceType     = "aws:quicksight/dataSource:DataSource"
	quickSetType        = "aws:quicksight/dataSet:DataSet"
	quickAnalysisType   = "aws:quicksight/analysis:Analysis"
	quickDashboardType  = "aws:quicksight/dashboard:Dashboard"
	quickTemplateType   = "aws:quicksight/template:Template"
	quickThemeType      = "aws:quicksight/theme:Theme"
	quickFolderType     = "aws:quicksight/folder:Folder"
	quickMembershipType = "aws:quicksight/folderMembership:FolderMembership"
	quickGroupType      = "aws:quicksight/group:Group"
	quickMemberType     = "aws:quicksight/groupMembership:GroupMembership"
	quickIngestionType  = "aws:quicksight/ingestion:Ingestion"
	quickRefreshType    = "aws:quicksight/refreshSchedule:RefreshSchedule"
)

// quickTarget is something of QuickSight that others refer to by ARN or by id.
func quickTarget(typ, word string) target {
	return target{typ: typ, word: word, code: "ResourceNotFoundException", reach: inRegion}
}

var (
	quickSources    = quickTarget(quickSourceType, "data source")
	quickSets       = quickTarget(quickSetType, "data set")
	quickAnalyses   = quickTarget(quickAnalysisType, "analysis")
	quickDashboards = quickTarget(quickDashboardType, "dashboard")
	quickTemplates  = quickTarget(quickTemplateType, "template")
	quickThemes     = func() target {
		t := quickTarget(quickThemeType, "theme")
		t.given = func(ref string) bool { return strings.Contains(ref, "::aws:theme/") }
		return t
	}()
	quickFolders = quickTarget(quickFolderType, "folder")
	quickGroups  = func() target {
		t := quickTarget(quickGroupType, "group")
		// Users come from outside, and a namespace is everybody in it.
		t.given = func(ref string) bool { return !strings.Contains(ref, ":group/") }
		return t
	}()
)

const (
	quickID      = `[\w-]{1,512}`
	quickIDWords = "1 to 512 letters, digits, hyphens and underscores"
)

// quickAsset are the checks of everything that has an id and a name.
func quickAsset(idProperty string, nameLength int, more ...check) []check {
	return append([]check{
		pattern("awsAccountId", `[0-9]{12}`, "an account id"), pattern(idProperty, quickID, quickIDWords), length("name", 1, nameLength),
		count("permissions", 0, 64), grants,
	}, more...)
}

// quickIsNew: an id is used once in an account and region.
func quickIsNew(word, idProperty string) check {
	return free(inRegion, "ResourceExistsException", "the "+word+" %q exists already; choose another id", idProperty)
}

var quickRows = map[string]row{
	quickAccountType: {
		static: []check{
			pattern("accountName", `[\w-]{1,62}`, "1 to 62 letters, digits, hyphens and underscores"),
			oneOf("authenticationMethod", "IAM_AND_QUICKSIGHT", "IAM_ONLY", "IAM_IDENTITY_CENTER", "ACTIVE_DIRECTORY"),
			oneOf("edition", "STANDARD", "ENTERPRISE", "ENTERPRISE_AND_Q"), pattern("notificationEmail", `[^@\s]+@[^@\s]+\.[^@\s]+`, "an email address"),
			quickAdministrators,
		},
		against: []check{
			free(everywhere, "ResourceExistsException", "an account of the name %q exists, and the name is one for all of AWS; choose another",
				"accountName"),
			onlyQuickAccount,
		},
	},
	quickSourceType: {
		static: quickAsset("dataSourceId", 128, oneOf("type", quickSourceTypes...), quickParameters,
			pattern("parameters.athena.workGroup", workgroupName, "the name of a workgroup")),
		against: []check{
			refers("parameters.athena.workGroup", workgroups), refers("permissions[].principal", quickGroups),
			quickIsNew("data source", "dataSourceId"),
		},
	},
	quickSetType: {
		static: quickAsset("dataSetId", 128, oneOf("importMode", "SPICE", "DIRECT_QUERY"), count("physicalTableMaps", 1, 32),
			count("logicalTableMaps", 0, 64), physicalTables, logicalTables, incremental),
		against: []check{
			refersStacked("physicalTableMaps[].customSql.dataSourceArn", quickSources, "DataSource"),
			refersStacked("physicalTableMaps[].relationalTable.dataSourceArn", quickSources, "DataSource"),
			refersStacked("physicalTableMaps[].s3Source.dataSourceArn", quickSources, "DataSource"), refers("logicalTableMaps[].source.dataSetArn", quickSets),
			refers("rowLevelPermissionDataSet.arn", quickSets), refers("permissions[].principal", quickGroups),
			quickIsNew("data set", "dataSetId"),
		},
	},
	quickAnalysisType: {
		static: quickAsset("analysisId", 2048, between("recoveryWindowInDays", 0, 30), recoveryWindow, fromTemplate),
		against: []check{
			refersStacked("sourceEntity.sourceTemplate.arn", quickTemplates, "Template"),
			refers("sourceEntity.sourceTemplate.dataSetReferences[].dataSetArn", quickSets), refers("themeArn", quickThemes),
			refers("permissions[].principal", quickGroups), quickIsNew("analysis", "analysisId"),
		},
	},
	quickDashboardType: {
		static: quickAsset("dashboardId", 2048, length("versionDescription", 1, 512), fromTemplate),
		against: []check{
			refersStacked("sourceEntity.sourceTemplate.arn", quickTemplates, "Template"),
			refers("sourceEntity.sourceTemplate.dataSetReferences[].dataSetArn", quickSets), refers("themeArn", quickThemes),
			refers("permissions[].principal", quickGroups), quickIsNew("dashboard", "dashboardId"),
		},
	},
	quickTemplateType: {
		static: quickAsset("templateId", 2048, length("versionDescription", 1, 512), templateSource),
		against: []check{
			refers("sourceEntity.sourceAnalysis.arn", quickAnalyses), refersStacked("sourceEntity.sourceTemplate.arn", quickTemplates, "Template"),
			refers("sourceEntity.sourceAnalysis.dataSetReferences[].dataSetArn", quickSets),
			refers("permissions[].principal", quickGroups), quickIsNew("template", "templateId"),
		},
	},
	quickThemeType: {
		static: quickAsset("themeId", 2048, length("versionDescription", 1, 512), needs("baseThemeId", "a theme starts from another, such as MIDNIGHT"),
			pattern("configuration.dataColorPalette.colors[]", `#[0-9A-Fa-f]{6}`, "a colour such as #1F77B4")),
		against: []check{refers("permissions[].principal", quickGroups), quickIsNew("theme", "themeId")},
	},
	quickFolderType: {
		static: quickAsset("folderId", 200, oneOf("folderType", "SHARED", "RESTRICTED")),
		against: []check{
			refers("parentFolderArn", quickFolders), refers("permissions[].principal", quickGroups), quickIsNew("folder", "folderId"),
		},
	},
	quickMembershipType: {
		static:  []check{oneOf("memberType", "DASHBOARD", "ANALYSIS", "DATASET", "DATASOURCE", "TOPIC"), pattern("folderId", quickID, quickIDWords)},
		against: []check{quickNamed("folderId", quickFolders, "folderId"), quickMember},
	},
	quickGroupType: {
		static: []check{
			pattern("groupName", `[ -ÿ]{1,256}`, "1 to 256 printable characters"), length("description", 1, 512),
			pattern("namespace", `[a-zA-Z0-9._-]{1,64}`, "the name of a namespace"),
		},
		against: []check{free(inRegion, "ResourceExistsException", "the group %q exists already; choose another name", "groupName")},
	},
	quickMemberType: {
		static: []check{length("memberName", 1, 256), length("groupName", 1, 256)},
		against: []check{
			quickNamed("groupName", quickGroups, "groupName"),
			free(inRegion, "ResourceExistsException", "%q is in the group already; keep one membership", "memberName", "groupName"),
		},
	},
	quickIngestionType: {
		static: []check{
			pattern("ingestionId", `[a-zA-Z0-9_-]{1,128}`, "1 to 128 letters, digits, hyphens and underscores"),
			oneOf("ingestionType", "INCREMENTAL_REFRESH", "FULL_REFRESH"),
		},
		against: []check{refreshes("ingestionType")},
	},
	quickRefreshType: {
		static: []check{
			pattern("scheduleId", `[a-zA-Z0-9_-]{1,128}`, "1 to 128 letters, digits, hyphens and underscores"),
			oneOf("schedule.refreshType", "INCREMENTAL_REFRESH", "FULL_REFRESH"),
			oneOf(frequency+"interval", "MINUTE15", "MINUTE30", "HOURLY", "DAILY", "WEEKLY", "MONTHLY"),
			pattern(frequency+"timeOfTheDay", `([01][0-9]|2[0-3]):[0-5][0-9]`, "an hour and a minute such as 05:00"), timezone(frequency + "timezone"),
			oneOf(frequency+"refreshOnDay.dayOfWeek", "SUNDAY", "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY"),
			pattern(frequency+"refreshOnDay.dayOfMonth", `LAST_DAY_OF_MONTH|[1-9]|1[0-9]|2[0-8]`, "1 to 28 or LAST_DAY_OF_MONTH"),
			refreshTime, refreshStart,
		},
		against: []check{
			refreshes("schedule.refreshType"),
			free(inRegion, "ResourceExistsException", "the schedule %q of the data set exists already; choose another id", "scheduleId", "dataSetId"),
		},
	},
}

const frequency = "schedule.scheduleFrequency."

func quickAdministrators(s *scope) {
	method := s.text("authenticationMethod")
	if method != "IAM_IDENTITY_CENTER" && method != "ACTIVE_DIRECTORY" {
		return
	}
	needs("adminGroups", "an account of type "+method+" has its administrators in groups")(s)
	if method == "ACTIVE_DIRECTORY" {
		needs("activeDirectoryName", "users come from a directory")(s)
		needs("directoryId", "users come from a directory")(s)
	}
}

func onlyQuickAccount(s *scope) {
	for r := range s.others(quickAccountType) {
		if s.near(r, inAccount) {
			s.fail("awsAccountId", "ResourceExistsException", "the account has QuickSight already; keep one subscription")
			return
		}
	}
}

// quickSourceTypes are what QuickSight reads from, as far as the provider knows.
var quickSourceTypes = []any{
	"ADOBE_ANALYTICS", "AMAZON_ELASTICSEARCH", "AMAZON_OPENSEARCH", "ATHENA", "AURORA", "AURORA_POSTGRESQL", "AWS_IOT_ANALYTICS",
	"BIGQUERY", "DATABRICKS", "EXASOL", "GITHUB", "JIRA", "MARIADB", "MYSQL", "ORACLE", "POSTGRESQL", "PRESTO", "REDSHIFT", "S3",
	"SALESFORCE", "SERVICENOW", "SNOWFLAKE", "SPARK", "SQLSERVER", "STARBURST", "TERADATA", "TIMESTREAM", "TRINO", "TWITTER",
}

// quickParameters: a source has the parameters of one kind, its own.
func quickParameters(s *scope) {
	parameters, ok := s.Inputs["parameters"].(map[string]any)
	kind := s.text("type")
	if !ok || !settled(parameters) || kind == "" {
		return
	}
	own := strings.ReplaceAll(strings.ToLower(kind), "_", "")
	found := 0
	for name := range ordered(parameters) {
		found++
		if strings.ToLower(name) != own {
			s.reject("parameters."+name, "a data source of type %s has no parameters %s", kind, name)
		}
	}
	if found == 0 {
		s.reject("parameters", "a data source of type %s needs its parameters", kind)
	}
}

// The actions that a viewer has on an asset, and those that an owner has besides:
// QuickSight takes these sets and no others.
var quickActions = map[string]struct{ viewer, owner, more []string }{
	quickSourceType: {
		viewer: []string{"DescribeDataSource", "DescribeDataSourcePermissions", "PassDataSource"},
		owner:  []string{"UpdateDataSource", "DeleteDataSource", "UpdateDataSourcePermissions"},
	},
	quickSetType: {
		viewer: []string{"DescribeDataSet", "DescribeDataSetPermissions", "PassDataSet", "DescribeIngestion", "ListIngestions"},
		owner:  []string{"UpdateDataSet", "DeleteDataSet", "CreateIngestion", "CancelIngestion", "UpdateDataSetPermissions"},
		more: []string{
			"PutDataSetRefreshProperties", "DescribeDataSetRefreshProperties", "DeleteDataSetRefreshProperties", "CreateRefreshSchedule",
			"DescribeRefreshSchedule", "ListRefreshSchedules", "UpdateRefreshSchedule", "DeleteRefreshSchedule",
		},
	},
	quickDashboardType: {
		viewer: []string{"DescribeDashboard", "ListDashboardVersions", "QueryDashboard"},
		owner: []string{
			"UpdateDashboard", "DeleteDashboard", "DescribeDashboardPermissions", "UpdateDashboardPermissions", "UpdateDashboardPublishedVersion",
		},
		more: []string{"UpdateDashboardLinks"},
	},
	quickAnalysisType: {
		more: []string{
			"DescribeAnalysis", "QueryAnalysis", "RestoreAnalysis", "UpdateAnalysis", "DeleteAnalysis", "DescribeAnalysisPermissions",
			"UpdateAnalysisPermissions",
		},
	},
	quickTemplateType: {
		more: []string{
			"DescribeTemplate", "DescribeTemplateAlias", "DescribeTemplatePermissions", "DescribeTemplateDefinition", "ListTemplateAliases",
			"ListTemplateVersions", "UpdateTemplate", "UpdateTemplateAlias", "UpdateTemplatePermissions", "CreateTemplateAlias",
			"DeleteTemplate", "DeleteTemplateAlias",
		},
	},
	quickThemeType: {
		more: []string{
			"DescribeTheme", "DescribeThemeAlias", "DescribeThemePermissions", "ListThemeAliases", "ListThemeVersions", "UpdateTheme",
			"UpdateThemeAlias", "UpdateThemePermissions", "CreateThemeAlias", "DeleteTheme", "DeleteThemeAlias",
		},
	},
	quickFolderType: {
		more: []string{
			"DescribeFolder", "DescribeFolderPermissions", "CreateFolder", "UpdateFolder", "DeleteFolder", "UpdateFolderPermissions",
			"CreateFolderMembership", "DeleteFolderMembership",
		},
	},
}

var quickPrincipal = regexp.MustCompile(`^arn:aws:(quicksight:[a-z0-9-]+:[0-9]{12}:(user|group|namespace)/.+|iam::[0-9]{12}:root)$`)

// grants checks who may do what with an asset.
func grants(s *scope) {
	known := quickActions[s.Type]
	for at, permission := range s.objects("permissions[]") {
		if who := permission.text("principal"); who != "" && !quickPrincipal.MatchString(who) {
			s.reject(at+".principal", "%q is no principal; name the ARN of a user, group or namespace of QuickSight", shorten(who))
		}
		if !settled(permission.Inputs["actions"]) {
			continue
		}
		var actions []string
		owns := false
		for inside, action := range permission.texts("actions[]") {
			name, _ := strings.CutPrefix(action, "quicksight:")
			actions = append(actions, name)
			owns = owns || slices.Contains(known.owner, name) || slices.Contains(known.more, name)
			if !strings.HasPrefix(action, "quicksight:") || !slices.Contains(slices.Concat(known.viewer, known.owner, known.more), name) {
				s.reject(at+"."+inside, "%q is no action on such an asset", shorten(action))
			}
		}
		wanted := known.viewer
		if owns {
			wanted = slices.Concat(known.viewer, known.owner)
		}
		s.wholeSet(at, actions, wanted)
	}
}

func (s *scope) wholeSet(at string, actions, wanted []string) {
	if len(actions) == 0 {
		s.reject(at+".actions", "a permission has no actions; name those of a viewer or of an owner")
		return
	}
	var missing []string
	for _, action := range wanted {
		if !slices.Contains(actions, action) {
			missing = append(missing, "quicksight:"+action)
		}
	}
	if len(missing) > 0 {
		s.reject(at+".actions", "QuickSight takes the actions of a viewer or of an owner as a whole; add %s", strings.Join(missing, ", "))
	}
}

func recoveryWindow(s *scope) {
	if n, ok := s.number("recoveryWindowInDays"); ok && n > 0 && n < 7 {
		s.reject("recoveryWindowInDays", "recoveryWindowInDays is %v; it must be 0 or 7 to 30", n)
	}
}

func fromTemplate(s *scope) {
	needs("sourceEntity.sourceTemplate", "it is made from a template")(s)
	const references = "sourceEntity.sourceTemplate.dataSetReferences"
	if s.presence("sourceEntity.sourceTemplate") == present {
		needs(references, "each placeholder of the template stands for a data set")(s)
		unique(references + "[].dataSetPlaceholder")(s)
	}
}

func templateSource(s *scope) {
	if s.presence("sourceEntity") != unknown {
		exactlyOne("sourceEntity.sourceAnalysis", "sourceEntity.sourceTemplate")(s)
	}
}

// quickNamed checks a reference by the id that a program gives, which is only
// part of the id that the provider knows.
func quickNamed(path string, t target, property string) check {
	return func(s *scope) {
		id := s.text(path)
		if id == "" {
			return
		}
		if _, ok := s.quick(id, t.typ, property); !ok {
			s.fail(path, t.code, "the %s %q does not exist; create it first and pass its output, so that it is created before this", t.word, id)
		}
	}
}

func (s *scope) quick(id, typ, property string) (Resource, bool) {
	for r := range s.world.All(typ) {
		if r.text(property) == id && s.near(r, inRegion) {
			return r, true
		}
	}
	return Resource{}, false
}

func quickMember(s *scope) {
	members := map[string]struct {
		target   target
		property string
	}{
		"DASHBOARD": {quickDashboards, "dashboardId"}, "ANALYSIS": {quickAnalyses, "analysisId"}, "DATASET": {quickSets, "dataSetId"},
		"DATASOURCE": {quickSources, "dataSourceId"},
	}
	if member, ok := members[s.text("memberType")]; ok {
		quickNamed("memberId", member.target, member.property)(s)
	}
}

// refreshes: only what SPICE holds can be refreshed, and part of it only where
// the data set says which.
func refreshes(kind string) check {
	return func(s *scope) {
		id := s.text("dataSetId")
		quickNamed("dataSetId", quickSets, "dataSetId")(s)
		set, ok := s.quick(id, quickSetType, "dataSetId")
		switch {
		case !ok:
		case set.text("importMode") == "DIRECT_QUERY":
			s.reject("dataSetId", "the data set %s queries its source directly; refresh one whose importMode is SPICE", id)
		case s.text(kind) == "INCREMENTAL_REFRESH" && set.presence("refreshProperties") == absent:
			s.reject(kind, "the data set %s does not say what an incremental refresh is; set its refreshProperties", id)
		}
	}
}

func refreshTime(s *scope) {
	interval := s.text(frequency + "interval")
	day, week, month := s.presence(frequency+"timeOfTheDay"), s.presence(frequency+"refreshOnDay.dayOfWeek"), s.presence(frequency+"refreshOnDay.dayOfMonth")
	onDay := s.presence(frequency+"refreshOnDay") != unknown
	switch interval {
	case "MINUTE15", "MINUTE30":
		if s.text("schedule.refreshType") == "FULL_REFRESH" {
			s.reject(frequency+"interval", "a full refresh is at most HOURLY; %s is for incremental ones", interval)
		}
	case "DAILY", "WEEKLY", "MONTHLY":
		if day == absent {
			s.reject(frequency+"timeOfTheDay", "a refresh that is %s has a time of the day", interval)
		}
	}
	if onDay && (week == present && interval != "WEEKLY" || week == absent && interval == "WEEKLY") {
		s.reject(frequency+"refreshOnDay.dayOfWeek", "a day of the week and the interval WEEKLY go together")
	}
	if onDay && (month == present && interval != "MONTHLY" || month == absent && interval == "MONTHLY") {
		s.reject(frequency+"refreshOnDay.dayOfMonth", "a day of the month and the interval MONTHLY go together")
	}
}

func refreshStart(s *scope) {
	for at, text := range s.texts("schedule.startAfterDateTime") {
		if _, err := time.Parse("2006-01-02T15:04:05", text); err != nil {
			s.reject(at, "%s is %q; write it as 2026-01-01T00:00:00", at, shorten(text))
		}
	}
}
