package offline

import "time"

// asset is something of QuickSight that has an id, a name and versions.
func asset(kind, idProperty string, outputs map[string]any) row {
	all := map[string]any{
		"awsAccountId": "{account}", "createdTime": "{epoch}", "lastUpdatedTime": "{epoch}", "status": "CREATION_SUCCESSFUL",
	}
	for name, value := range outputs {
		all[name] = value
	}
	return row{
		id:       "{in:awsAccountId|account},{in:" + idProperty + "}",
		arn:      "arn:aws:quicksight:{region}:{in:awsAccountId|account}:" + kind + "/{in:" + idProperty + "}",
		autoname: "name",
		outputs:  all,
		replace:  []string{"awsAccountId", idProperty},
		tagged:   true,
		takes:    10 * time.Second,
	}
}

// dashboardRows are QuickSight.
var dashboardRows = map[string]row{
	"aws:quicksight/accountSubscription:AccountSubscription": {
		id:      "{in:awsAccountId|account}",
		outputs: map[string]any{"accountSubscriptionStatus": "ACCOUNT_CREATED", "awsAccountId": "{account}"},
		replace: []string{
			"accountName", "activeDirectoryName", "adminGroups", "authenticationMethod", "authorGroups", "awsAccountId",
			"contactNumber", "directoryId", "edition", "emailAddress", "firstName", "iamIdentityCenterInstanceArn", "lastName",
			"notificationEmail", "readerGroups", "realm",
		},
		global: true,
		takes:  3 * time.Minute,
	},
	"aws:quicksight/dataSource:DataSource": {
		id:       "{in:awsAccountId|account}/{in:dataSourceId}",
		arn:      "arn:aws:quicksight:{region}:{in:awsAccountId|account}:datasource/{in:dataSourceId}",
		autoname: "name",
		outputs:  map[string]any{"awsAccountId": "{account}"},
		replace:  []string{"awsAccountId", "dataSourceId", "type"},
		tagged:   true,
		takes:    10 * time.Second,
	},
	"aws:quicksight/dataSet:DataSet": {
		id:       "{in:awsAccountId|account},{in:dataSetId}",
		arn:      "arn:aws:quicksight:{region}:{in:awsAccountId|account}:dataset/{in:dataSetId}",
		autoname: "name",
		outputs:  map[string]any{"awsAccountId": "{account}", "outputColumns": []any{}},
		replace:  []string{"awsAccountId", "dataSetId"},
		tagged:   true,
		takes:    10 * time.Second,
	},
	"aws:quicksight/analysis:Analysis": asset("analysis", "analysisId", map[string]any{
		"lastPublishedTime": "", "recoveryWindowInDays": 30,
	}),
	"aws:quicksight/dashboard:Dashboard": asset("dashboard", "dashboardId", map[string]any{
		"lastPublishedTime": "{epoch}", "sourceEntityArn": "", "versionNumber": 1,
	}),
	"aws:quicksight/template:Template": asset("template", "templateId", map[string]any{"sourceEntityArn": "", "versionNumber": 1}),
	"aws:quicksight/theme:Theme":       asset("theme", "themeId", map[string]any{"versionNumber": 1}),
	"aws:quicksight/folder:Folder": {
		id:       "{in:awsAccountId|account},{in:folderId}",
		arn:      "arn:aws:quicksight:{region}:{in:awsAccountId|account}:folder/{in:folderId}",
		autoname: "name",
		outputs: map[string]any{
			"awsAccountId": "{account}", "createdTime": "{epoch}", "folderPaths": []any{}, "folderType": "SHARED",
			"lastUpdatedTime": "{epoch}",
		},
		replace: []string{"awsAccountId", "folderId", "folderType", "parentFolderArn"},
		tagged:  true,
		takes:   5 * time.Second,
	},
	"aws:quicksight/folderMembership:FolderMembership": {
		id:      "{in:awsAccountId|account},{in:folderId},{in:memberType},{in:memberId}",
		outputs: map[string]any{"awsAccountId": "{account}"},
		replace: []string{"awsAccountId", "folderId", "memberId", "memberType"},
		takes:   2 * time.Second,
	},
	"aws:quicksight/group:Group": {
		id:      "{in:awsAccountId|account}/{in:namespace|default}/{in:groupName}",
		arn:     "arn:aws:quicksight:{region}:{in:awsAccountId|account}:group/{in:namespace|default}/{in:groupName}",
		outputs: map[string]any{"awsAccountId": "{account}", "namespace": "default"},
		replace: []string{"awsAccountId", "groupName", "namespace"},
		takes:   2 * time.Second,
	},
	"aws:quicksight/groupMembership:GroupMembership": {
		id:      "{in:awsAccountId|account}/{in:namespace|default}/{in:groupName}/{in:memberName}",
		arn:     "arn:aws:quicksight:{region}:{in:awsAccountId|account}:user/{in:namespace|default}/{in:memberName}",
		outputs: map[string]any{"awsAccountId": "{account}", "namespace": "default"},
		replace: []string{"awsAccountId", "groupName", "memberName", "namespace"},
		takes:   2 * time.Second,
	},
	"aws:quicksight/ingestion:Ingestion": {
		id: "{in:awsAccountId|account},{in:dataSetId},{in:ingestionId}",
		arn: "arn:aws:quicksight:{region}:{in:awsAccountId|account}:dataset/{in:dataSetId}/ingestion/" +
			"{in:ingestionId}",
		outputs: map[string]any{"awsAccountId": "{account}", "ingestionStatus": "COMPLETED"},
		replace: []string{"awsAccountId", "dataSetId", "ingestionId", "ingestionType"},
		takes:   30 * time.Second,
	},
	"aws:quicksight/refreshSchedule:RefreshSchedule": {
		id: "{in:awsAccountId|account},{in:dataSetId},{in:scheduleId}",
		arn: "arn:aws:quicksight:{region}:{in:awsAccountId|account}:dataset/{in:dataSetId}/refresh-schedule/" +
			"{in:scheduleId}",
		outputs: map[string]any{"awsAccountId": "{account}"},
		replace: []string{"awsAccountId", "dataSetId", "scheduleId"},
		takes:   3 * time.Second,
	},
}
