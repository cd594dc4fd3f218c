package config

import (
	"slices"
	"time"
)

// The sources of records that configuration can switch off. The trail, Config
// and the logs of the network are always collected where they exist.
const (
	// SourceApplicationLogs is CloudWatch Logs of every account.
	SourceApplicationLogs = "application-logs"

	// SourceFindings is the findings of Security Hub.
	SourceFindings = "findings"

	// SourceInventory is what Systems Manager knows of servers.
	SourceInventory = "inventory"

	// SourceLoadBalancers is the access logs of load balancers.
	SourceLoadBalancers = "load-balancers"

	// SourceSessions is what people type in Session Manager.
	SourceSessions = "sessions"
)

// sources are all of them; baselineSources are those that the baseline of an
// account hands over.
var (
	sources         = []string{SourceApplicationLogs, SourceFindings, SourceInventory, SourceLoadBalancers, SourceSessions}
	baselineSources = []string{SourceApplicationLogs, SourceInventory, SourceSessions}
)

// Collects reports whether records of a source are collected.
func (l Logging) Collects(source string) bool { return slices.Contains(l.Sources, source) }

// The core accounts that can hold the second copy of the archive.
var replicaAccounts = []string{KeyLogArchive, KeyBackup}

// dayLayout is how configuration writes a day, clockLayout a time of the day.
const (
	dayLayout   = "2006-01-02"
	clockLayout = "15:04"
)

// firstRecords is when CloudTrail began: no record of it is older.
var firstRecords = time.Date(2013, time.November, 13, 0, 0, 0, 0, time.UTC)

// networkEventSources are the services of which CloudTrail records network
// activity: the event sources that its user guide lists as valid.
var networkEventSources = []string{
	"aco-automation.amazonaws.com",
	"appconfig.amazonaws.com",
	"application-signals.amazonaws.com",
	"appmesh.amazonaws.com",
	"athena.amazonaws.com",
	"b2bi.amazonaws.com",
	"backup-gateway.amazonaws.com",
	"bcm-data-exports.amazonaws.com",
	"bcm-pricing-calculator.amazonaws.com",
	"bedrock-agentcore.amazonaws.com",
	"bedrock.amazonaws.com",
	"billing.amazonaws.com",
	"cassandra.amazonaws.com",
	"ce.amazonaws.com",
	"cloudcontrolapi.amazonaws.com",
	"cloudformation.amazonaws.com",
	"cloudhsm.amazonaws.com",
	"cloudoptimization.amazonaws.com",
	"cloudtrail.amazonaws.com",
	"codedeploy.amazonaws.com",
	"comprehend.amazonaws.com",
	"comprehendmedical.amazonaws.com",
	"config.amazonaws.com",
	"ds.amazonaws.com",
	"dynamodb.amazonaws.com",
	"ec2.amazonaws.com",
	"ecs.amazonaws.com",
	"elasticfilesystem.amazonaws.com",
	"elasticloadbalancing.amazonaws.com",
	"events.amazonaws.com",
	"firehose.amazonaws.com",
	"frauddetector.amazonaws.com",
	"freetier.amazonaws.com",
	"fsx.amazonaws.com",
	"glue.amazonaws.com",
	"healthlake.amazonaws.com",
	"invoicing.amazonaws.com",
	"iot.amazonaws.com",
	"iotfleetwise.amazonaws.com",
	"iotsecuredtunneling.amazonaws.com",
	"kms.amazonaws.com",
	"lakeformation.amazonaws.com",
	"lambda.amazonaws.com",
	"license-manager.amazonaws.com",
	"lookoutequipment.amazonaws.com",
	"lookoutvision.amazonaws.com",
	"monitoring.amazonaws.com",
	"nova-act.amazonaws.com",
	"personalize.amazonaws.com",
	"qbusiness.amazonaws.com",
	"rds.amazonaws.com",
	"rekognition.amazonaws.com",
	"rolesanywhere.amazonaws.com",
	"s3.amazonaws.com",
	"sagemaker.amazonaws.com",
	"scheduler.amazonaws.com",
	"secretsmanager.amazonaws.com",
	"servicediscovery.amazonaws.com",
	"sns.amazonaws.com",
	"sqs.amazonaws.com",
	"ssm-contacts.amazonaws.com",
	"ssm.amazonaws.com",
	"storagegateway.amazonaws.com",
	"swf.amazonaws.com",
	"textract.amazonaws.com",
	"transcribe.amazonaws.com",
	"transcribestreaming.amazonaws.com",
	"transform-agents.amazonaws.com",
	"transform-custom.amazonaws.com",
	"transform.amazonaws.com",
	"translate.amazonaws.com",
	"user-subscriptions.amazonaws.com",
	"verifiedpermissions.amazonaws.com",
	"voiceid.amazonaws.com",
	"workmail.amazonaws.com",
	"workmailmessageflow.amazonaws.com",
}
