package rules

import "testing"

func TestSearches_Refuse(t *testing.T) {
	encryption := func(policy string) func(*Resource) {
		return func(r *Resource) { r.Inputs = object{"name": "logs-new", "type": "encryption", "policy": policy} }
	}
	refuses(t, map[string]refusal{
		"a collection in capitals": {collectionType, set("name", "Logs"), nil,
			`name | ValidationException: name is "Logs"; it must be 3 to 32 small letters, digits and hyphens, a letter first`},
		"a collection that nothing encrypts": {collectionType, set("name", "other"), nil,
			"name | ValidationException: no matching security policy of encryption type found for collection name: other; create one for it, and let the collection depend on it"},
		"a collection twice": {collectionType, set("name", "logs"), nil,
			`name | ConflictException: the collection "logs" exists already; choose another name`},
		"an encryption policy": {searchSecurityType, encryption(`{"Rules":[{"ResourceType":"collection","Resource":["collection/a"]}],"AWSOwnedKey":true}`), nil, ""},
		"an encryption policy without key": {searchSecurityType, encryption(`{"Rules":[{"ResourceType":"collection","Resource":["collection/a"]}]}`), nil,
			"policy | ValidationException: an encryption policy has either AWSOwnedKey true or a KmsARN; keep one"},
		"an encryption policy with a signing key": {searchSecurityType, encryption(`{"Rules":[{"ResourceType":"collection","Resource":["collection/a"]}],"KmsARN":"` + signerARN + `"}`), nil,
			"policy | InvalidKeyUsageException: the key arn:aws:kms:eu-test-1:111122223333:key/44444444 is of spec RSA_4096 for SIGN_VERIFY; name a symmetric key that encrypts"},
		"an encryption policy of dashboards": {searchSecurityType, encryption(`{"Rules":[{"ResourceType":"dashboard","Resource":["collection/a"]}],"AWSOwnedKey":true}`), nil,
			`policy | ValidationException: ResourceType is "dashboard"; it must be collection`},
		"an encryption policy without rules": {searchSecurityType, encryption(`{"Rules":[],"AWSOwnedKey":true}`), nil,
			"policy | ValidationException: the policy has no rules; add one"},
		"a network policy that is no list": {searchSecurityType, set("policy", `{"Rules":[]}`), nil,
			"policy | ValidationException: the policy does not have the form of its type: cannot unmarshal object"},
		"a network policy for nobody": {searchSecurityType, text("policy", `"SourceVPCEs":["vpce-1"]`, `"SourceVPCEs":[]`), nil,
			"policy | ValidationException: a policy without AllowFromPublic lets nobody in; name SourceVPCEs or SourceServices"},
		"a network policy for everybody": {searchSecurityType, text("policy", `"AllowFromPublic":false`, `"AllowFromPublic":true`), nil,
			"policy | ValidationException: a policy with AllowFromPublic names no sources; drop SourceVPCEs and SourceServices"},
		"a network policy that leaves it open": {searchSecurityType, text("policy", `"AllowFromPublic":false,`, ``), nil,
			"policy | ValidationException: a network policy says whether AllowFromPublic"},
		"a network policy with an unknown word": {searchSecurityType, text("policy", "SourceVPCEs", "SourceVPCs"), nil,
			`policy | ValidationException: the policy does not have the form of its type: unknown field "SourceVPCs"`},
		"a network policy of no endpoint": {searchSecurityType, text("policy", "vpce-1", "vpce-2"), nil,
			`policy | ValidationException: the endpoint "vpce-2" does not exist; create it first and pass its output, so that it is created before this`},
		"a policy twice": {searchSecurityType, nil, has(searchSecurityType),
			`name | ConflictException: a policy named "logs-net" of that type exists already; choose another name`},
		"access for nobody": {searchAccessType, text("policy", `["`+delivererARN+`"]`, "[]"), nil,
			"policy | ValidationException: an access policy names no principal; name a role"},
		"access for a service": {searchAccessType, text("policy", delivererARN, "firehose.amazonaws.com"), nil,
			`policy | ValidationException: "firehose.amazonaws.com" is no principal; name the ARN of a role or user, or a SAML or Identity Center identity`},
		"access to an index of nothing": {searchAccessType, text("policy", "index/logs/*", "index/logs"), nil,
			`policy | ValidationException: "index/logs" is no resource of type index; write such as collection/logs* or index/logs/*`},
		"a permission of another type": {searchAccessType, text("policy", "aoss:WriteDocument", "aoss:CreateCollectionItems"), nil,
			`policy | ValidationException: "aoss:CreateCollectionItems" is no permission on type index; it has aoss:*, aoss:ReadDocument, aoss:WriteDocument, aoss:CreateIndex, aoss:DeleteIndex, aoss:UpdateIndex, aoss:DescribeIndex`},
		"access without permission": {searchAccessType, text("policy", `["aoss:DescribeCollectionItems"]`, "[]"), nil,
			"policy | ValidationException: a rule of type collection grants no permission"},
		"a lifecycle without an end": {searchLifecycleType, text("policy", `,"MinIndexRetention":"30d"`, ""), nil,
			"policy | ValidationException: a rule has either MinIndexRetention or NoMinIndexRetention; keep one"},
		"a lifecycle in weeks": {searchLifecycleType, text("policy", "30d", "4w"), nil,
			`policy | ValidationException: MinIndexRetention is "4w"; write such as 30d`},
		"a pipeline in capitals": {pipelineType, set("pipelineName", "Feed"), nil,
			`pipelineName | ValidationException: pipelineName is "Feed"; it must be 3 to 28 small letters, digits and hyphens, a letter first`},
		"a pipeline without capacity": {pipelineType, set("minUnits", 0.0), nil,
			"minUnits | ValidationException: minUnits is 0; it must be 1 to 96"},
		"a pipeline twice": {pipelineType, nil, has(pipelineType),
			`pipelineName | ConflictException: the pipeline "feed" exists already; choose another name`},
		"an endpoint in no subnet": {searchEndpointType, set("subnetIds", []any{}), nil,
			"subnetIds | ValidationException: subnetIds has 0 elements; it must have 1 to 6"},
		"an endpoint in no VPC": {searchEndpointType, set("vpcId", "vpc-9"), nil,
			`vpcId | InvalidVpcID.NotFound: the VPC "vpc-9" does not exist; create it first and pass its output, so that it is created before this`},
		"an endpoint twice": {searchEndpointType, nil, has(searchEndpointType),
			`name | ConflictException: the endpoint "logs" exists already; choose another name`},
	})
}

func TestDashboards_Refuse(t *testing.T) {
	permission := func(actions ...any) func(*Resource) {
		return set("permissions", []any{object{"principal": quickARN + "group/default/auditors", "actions": actions}})
	}
	transforms := func(list ...any) func(*Resource) {
		return set("logicalTableMaps", []any{object{
			"logicalTableMapId": "shown", "alias": "Shown", "source": object{"physicalTableId": "raw"}, "dataTransforms": list,
		}})
	}
	refuses(t, map[string]refusal{
		"an account of fiction": {quickAccountType, set("edition", "PREMIUM"), nil,
			"edition | InvalidParameterValueException: edition is PREMIUM; it must be one of STANDARD, ENTERPRISE, ENTERPRISE_AND_Q"},
		"an account of Identity Center without administrators": {quickAccountType, set("authenticationMethod", "IAM_IDENTITY_CENTER"), nil,
			"adminGroups | InvalidParameterValueException: adminGroups is missing; an account of type IAM_IDENTITY_CENTER has its administrators in groups"},
		"an account twice": {quickAccountType, set("accountName", "other"), has(quickAccountType),
			"awsAccountId | ResourceExistsException: the account has QuickSight already; keep one subscription"},
		"a source of another kind": {quickSourceType, set("type", "S3"), nil,
			"parameters.athena | InvalidParameterValueException: a data source of type S3 has no parameters athena"},
		"a source without parameters": {quickSourceType, set("parameters", object{}), nil,
			"parameters | InvalidParameterValueException: a data source of type ATHENA needs its parameters"},
		"a source of no workgroup": {quickSourceType, set("parameters", object{"athena": object{"workGroup": "nothing"}}), nil,
			`parameters.athena.workGroup | InvalidRequestException: the workgroup "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"half a viewer": {quickSourceType, permission("quicksight:DescribeDataSource"), nil,
			"permissions[0].actions | InvalidParameterValueException: QuickSight takes the actions of a viewer or of an owner as a whole; add quicksight:DescribeDataSourcePermissions, quicksight:PassDataSource"},
		"half an owner": {quickSourceType, permission("quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource", "quicksight:UpdateDataSource"), nil,
			"permissions[0].actions | InvalidParameterValueException: QuickSight takes the actions of a viewer or of an owner as a whole; add quicksight:DeleteDataSource, quicksight:UpdateDataSourcePermissions"},
		"an action on something else": {quickSourceType, permission("quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource", "quicksight:QueryDashboard"), nil,
			`permissions[0].actions[3] | InvalidParameterValueException: "quicksight:QueryDashboard" is no action on such an asset`},
		"no action": {quickSourceType, permission(), nil,
			"permissions[0].actions | InvalidParameterValueException: a permission has no actions; name those of a viewer or of an owner"},
		"a permission for a role": {quickSourceType, set("permissions", []any{object{"principal": roleARN, "actions": []any{"quicksight:DescribeDataSource", "quicksight:DescribeDataSourcePermissions", "quicksight:PassDataSource"}}}), nil,
			`permissions[0].principal | InvalidParameterValueException: "arn:aws:iam::111122223333:role/worker" is no principal; name the ARN of a user, group or namespace of QuickSight`},
		"a permission for no group": {quickSourceType, nil, lacks(quickGroupType),
			`permissions[0].principal | ResourceNotFoundException: the group "arn:aws:quicksight:eu-test-1:111122223333:group/default/auditors" does not exist; create it first and pass its output, so that it is created before this`},
		"a set without tables": {quickSetType, set("physicalTableMaps", []any{}), nil,
			"physicalTableMaps | InvalidParameterValueException: physicalTableMaps has 0 elements; it must have 1 to 32\nlogicalTableMaps[0].source.physicalTableId | InvalidParameterValueException: \"raw\" is no physical table of the data set"},
		"a set of no source": {quickSetType, nil, lacks(quickSourceType),
			`physicalTableMaps[0].customSql.dataSourceArn | ResourceNotFoundException: the data source "arn:aws:quicksight:eu-test-1:111122223333:datasource/archive" does not exist; create it first and pass its output, so that it is created before this`},
		"a table of two kinds": {quickSetType, set("physicalTableMaps", []any{object{"physicalTableMapId": "raw",
			"customSql": object{"dataSourceArn": quickARN + "datasource/archive", "name": "raw", "sqlQuery": "SELECT 1", "columns": []any{object{"name": "day", "type": "STRING"}, object{"name": "n", "type": "INTEGER"}}},
			"s3Source":  object{"dataSourceArn": quickARN + "datasource/archive", "inputColumns": []any{object{"name": "a", "type": "STRING"}}, "uploadSettings": object{}}}}), nil, "physicalTableMaps[0].s3Source | InvalidParameterValueException: customSql and s3Source exclude each other; keep one"},
		"a logical table of no table": {quickSetType, set("logicalTableMaps", []any{object{"logicalTableMapId": "shown", "alias": "Shown", "source": object{"physicalTableId": "cooked"}}}), nil,
			`logicalTableMaps[0].source.physicalTableId | InvalidParameterValueException: "cooked" is no physical table of the data set`},
		"a join with nothing": {quickSetType, set("logicalTableMaps", []any{object{"logicalTableMapId": "shown", "alias": "Shown", "source": object{"joinInstruction": object{"leftOperand": "shown", "rightOperand": "other", "onClause": "{a} = {b}", "type": "INNER"}}}}), nil,
			`logicalTableMaps[0].source.joinInstruction.rightOperand | InvalidParameterValueException: "other" is no logical table of the data set`},
		"a step about no column": {quickSetType, transforms(object{"renameColumnOperation": object{"columnName": "m", "newColumnName": "M"}}), nil,
			`logicalTableMaps[0].dataTransforms[0].renameColumnOperation.columnName | InvalidParameterValueException: there is no column "m" at this step`},
		"a step about a column that is gone": {quickSetType, transforms(object{"projectOperation": object{"projectedColumns": []any{"day"}}}, object{"castColumnTypeOperation": object{"columnName": "n", "newColumnType": "STRING"}}), nil,
			`logicalTableMaps[0].dataTransforms[1].castColumnTypeOperation.columnName | InvalidParameterValueException: there is no column "n" at this step`},
		"a step about a column that was made": {quickSetType, transforms(object{"createColumnsOperation": object{"columns": []any{object{"columnId": "x", "columnName": "twice", "expression": "{n}*2"}}}}, object{"projectOperation": object{"projectedColumns": []any{"twice"}}}), nil, ""},
		"a step of two kinds": {quickSetType, transforms(object{"filterOperation": object{"conditionExpression": "{n} > 1"}, "projectOperation": object{"projectedColumns": []any{"day"}}}), nil,
			"logicalTableMaps[0].dataTransforms[0].filterOperation | InvalidParameterValueException: projectOperation and filterOperation exclude each other; keep one"},
		"increments of what is not kept": {quickSetType, set("importMode", "DIRECT_QUERY"), nil,
			"refreshProperties | InvalidParameterValueException: a data set that queries its source directly is never refreshed; drop refreshProperties"},
		"an analysis of no template": {quickAnalysisType, nil, lacks(quickTemplateType),
			`sourceEntity.sourceTemplate.arn | ResourceNotFoundException: the template "arn:aws:quicksight:eu-test-1:111122223333:template/audit" does not exist; create it first and pass its output, so that it is created before this`},
		"an analysis recovered for three days": {quickAnalysisType, set("recoveryWindowInDays", 3.0), nil,
			"recoveryWindowInDays | InvalidParameterValueException: recoveryWindowInDays is 3; it must be 0 or 7 to 30"},
		"a dashboard without data": {quickDashboardType, set("sourceEntity", object{"sourceTemplate": object{"arn": quickARN + "template/audit", "dataSetReferences": []any{}}}), nil,
			"sourceEntity.sourceTemplate.dataSetReferences | InvalidParameterValueException: sourceEntity.sourceTemplate.dataSetReferences is missing; each placeholder of the template stands for a data set"},
		"a dashboard of no data set": {quickDashboardType, nil, lacks(quickSetType),
			`sourceEntity.sourceTemplate.dataSetReferences[0].dataSetArn | ResourceNotFoundException: the data set "arn:aws:quicksight:eu-test-1:111122223333:dataset/logins" does not exist; create it first and pass its output, so that it is created before this`},
		"a template of two things": {quickTemplateType, set("sourceEntity", object{"sourceTemplate": object{"arn": quickARN + "template/audit"}, "sourceAnalysis": object{"arn": quickARN + "analysis/a", "dataSetReferences": []any{}}}), nil,
			"sourceEntity.sourceTemplate | InvalidParameterValueException: sourceEntity.sourceAnalysis and sourceEntity.sourceTemplate exclude each other; keep one"},
		"a theme from nothing": {quickThemeType, set("baseThemeId", nil), nil,
			"baseThemeId | InvalidParameterValueException: baseThemeId is missing; a theme starts from another, such as MIDNIGHT"},
		"a folder in no folder": {quickFolderType, set("parentFolderArn", quickARN+"folder/nothing"), nil,
			`parentFolderArn | ResourceNotFoundException: the folder "arn:aws:quicksight:eu-test-1:111122223333:folder/nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"something missing in a folder": {quickMembershipType, set("memberId", "nothing"), nil,
			`memberId | ResourceNotFoundException: the data set "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"something in no folder": {quickMembershipType, set("folderId", "nothing"), nil,
			`folderId | ResourceNotFoundException: the folder "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a group twice": {quickGroupType, set("groupName", "auditors"), nil,
			`groupName | ResourceExistsException: the group "auditors" exists already; choose another name`},
		"a member of no group": {quickMemberType, set("groupName", "nothing"), nil,
			`groupName | ResourceNotFoundException: the group "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a refresh of what is not kept": {quickRefreshType, set("dataSetId", "direct"), nil,
			"dataSetId | InvalidParameterValueException: the data set direct queries its source directly; refresh one whose importMode is SPICE"},
		"an increment that nothing defines": {quickIngestionType, set("ingestionType", "INCREMENTAL_REFRESH"), nil,
			"ingestionType | InvalidParameterValueException: the data set logins does not say what an incremental refresh is; set its refreshProperties"},
		"a refresh of nothing": {quickRefreshType, set("dataSetId", "nothing"), nil,
			`dataSetId | ResourceNotFoundException: the data set "nothing" does not exist; create it first and pass its output, so that it is created before this`},
		"a refresh at no time": {quickRefreshType, set(frequency+"timeOfTheDay", nil), nil,
			"schedule.scheduleFrequency.timeOfTheDay | InvalidParameterValueException: a refresh that is WEEKLY has a time of the day"},
		"a refresh at 5": {quickRefreshType, set(frequency+"timeOfTheDay", "5:00"), nil,
			`schedule.scheduleFrequency.timeOfTheDay | InvalidParameterValueException: schedule.scheduleFrequency.timeOfTheDay is "5:00"; it must be an hour and a minute such as 05:00`},
		"a full refresh each quarter of an hour": {quickRefreshType, set("schedule.scheduleFrequency", object{"interval": "MINUTE15"}), nil,
			"schedule.scheduleFrequency.interval | InvalidParameterValueException: a full refresh is at most HOURLY; MINUTE15 is for incremental ones"},
		"a daily refresh on Mondays": {quickRefreshType, set(frequency+"interval", "DAILY"), nil,
			"schedule.scheduleFrequency.refreshOnDay.dayOfWeek | InvalidParameterValueException: a day of the week and the interval WEEKLY go together"},
		"a monthly refresh on no day": {quickRefreshType, set("schedule.scheduleFrequency", object{"interval": "MONTHLY", "timeOfTheDay": "05:00"}), nil,
			"schedule.scheduleFrequency.refreshOnDay.dayOfMonth | InvalidParameterValueException: a day of the month and the interval MONTHLY go together"},
		"a start that is a day": {quickRefreshType, set("schedule.startAfterDateTime", "2026-01-01"), nil,
			`schedule.startAfterDateTime | InvalidParameterValueException: schedule.startAfterDateTime is "2026-01-01"; write it as 2026-01-01T00:00:00`},
	})
}

func TestDashboards_MayComeFromWhatAStackMakes(t *testing.T) {
	stack := valid(quickDashboardType)
	stack.Type = plainStackType
	stack.Inputs = object{"name": "dashboards",
		"templateBody": `{"Resources":{"T":{"Type":"AWS::QuickSight::Template","Properties":{"TemplateId":"audit-1"}}}}`}
	for id, want := range map[string]int{"audit-1": 0, "audit-2": 1} {
		dashboard := valid(quickDashboardType)
		set("sourceEntity.sourceTemplate.arn", quickARN+"template/"+id)(&dashboard)
		world := append(landingZone(), stack)
		if got := Against(dashboard, world); len(got) != want {
			t.Errorf("from %s: %v, want %d failures", id, got, want)
		}
	}
}
