package analytics

// trailTable is what CloudTrail delivers. An organization trail writes below
// the organization's id, and may write the management account's own events
// without it. The enumerated key layout stands for both prefixes, so one table
// finds them and a query need not know: an account has files under one of them,
// and looking under the other costs a listing of nothing.
//
// The input format takes the Records of a file apart and keeps parameters and
// responses as text, which differ by event.
// Sources: CloudTrail user guide, "Finding your CloudTrail log files" and
// "CloudTrail record contents"; Athena user guide, "Create a table for
// CloudTrail logs in Athena using partition projection".
var trailTable = Table{
	Name:        "cloudtrail",
	Description: "API calls and sign-ins of every account, as CloudTrail recorded them.",
	Format:      Format{SerDe: hiveSerDe, Input: trailInput, Output: plainOutput},
	Path:        "${layout}/${account}/CloudTrail/${region}/${day}/",
	Partitions: []Partition{
		{Name: "layout", Comment: "Prefix of the key; queries need not name it", Projection: Enumerated,
			Values: func(p Place) []string { return []string{"AWSLogs/" + p.OrganizationID, "AWSLogs"} }},
		byAccount, byRegion, byDay,
	},
	Columns: columns(`
		eventVersion string Version of the record's form
		userIdentity struct<type:string,principalId:string,arn:string,accountId:string,invokedBy:string,accessKeyId:string,userName:string,onBehalfOf:struct<userId:string,identityStoreArn:string>,sessionContext:struct<attributes:struct<mfaAuthenticated:string,creationDate:string>,sessionIssuer:struct<type:string,principalId:string,arn:string,accountId:string,userName:string>,ec2RoleDelivery:string,webIdFederationData:struct<federatedProvider:string,attributes:map<string,string>>>> Who called
		eventTime string When, in UTC
		eventSource string Service that was called
		eventName string Action that was called
		awsRegion string Region that was called
		sourceIPAddress string Address that the call came from
		userAgent string Program that called
		errorCode string Code of the error; null where the call succeeded
		errorMessage string Text of the error
		requestParameters string Parameters of the call, as JSON
		responseElements string Answer to the call, as JSON
		additionalEventData string Further data, as JSON
		requestID string Id of the call
		eventID string Id of the record
		readOnly string Whether the call changes nothing: true or false
		resources array<struct<ARN:string,accountId:string,type:string>> Resources that were touched
		eventType string Kind of event
		apiVersion string Version of the service's API
		recipientAccountId string Account that received the event
		serviceEventDetails string Data of an event of the service itself, as JSON
		sharedEventID string Id that the records of one event in several accounts share
		vpcEndpointId string Interface endpoint that the call came through
		vpcEndpointAccountId string Account of that endpoint
		eventCategory string Management, Data, NetworkActivity or Insight
		addendum struct<reason:string,updatedFields:string,originalRequestID:string,originalEventID:string> Why the record is late or was amended
		sessionCredentialFromConsole string Whether the session began in the console
		edgeDeviceDetails string Device that was called
		tlsDetails struct<tlsVersion:string,cipherSuite:string,clientProvidedHostHeader:string> Encryption of the call
	`),
}
