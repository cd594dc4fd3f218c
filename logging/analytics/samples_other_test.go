package analytics_test

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

func writeConfig(t *testing.T, folder string) {
	t.Helper()
	item := func(at, kind, id, arn, status string, configuration object) object {
		return object{
			"configurationItemVersion": "1.3", "configurationItemCaptureTime": at, "configurationStateId": 1762675200000, "awsAccountId": workload,
			"configurationItemStatus": status, "resourceType": kind, "resourceId": id, "resourceName": id, "ARN": arn, "awsRegion": "eu-central-1",
			"availabilityZone": "Regional", "configurationStateMd5Hash": "", "configuration": configuration,
			"supplementaryConfiguration": object{"BucketVersioningConfiguration": `{"status":"Enabled"}`}, "tags": object{"gxp:class": "gxp"},
			"resourceCreationTime": "2026-10-01T08:00:00.000Z",
		}
	}
	bucket := func(at, id, status, versioning string) object {
		return item(at, "AWS::S3::Bucket", id, "arn:aws:s3:::"+id, status, object{"name": id, "versioning": versioning})
	}
	verdict := func(at, id, all string, rules ...string) object {
		var list []object
		for i := 0; i < len(rules); i += 2 {
			list = append(list, object{"configRuleName": rules[i], "complianceType": rules[i+1]})
		}
		return item(at, "AWS::Config::ResourceCompliance", "AWS::S3::Bucket/"+id,
			"arn:aws:config:eu-central-1:333333333333:resource-compliance/AWS::S3::Bucket/"+id, "OK",
			object{"targetResourceType": "AWS::S3::Bucket", "targetResourceId": id, "complianceType": all, "configRuleList": list})
	}
	// Keys of Config do not pad months and days: 9 November is 2026/11/9, and as
	// text it comes after 10 November.
	file := func(day, kind, about string, items ...object) {
		at := "20261109T060000Z"
		write(t, folder, place.RecordsBucket, fmt.Sprintf("AWSLogs/%s/Config/eu-central-1/%s/%s/%s_Config_eu-central-1_%s_%s_%s_1.json.gz",
			workload, day, kind, workload, kind, about, at),
			object{"fileVersion": "1.0", "configSnapshotId": "snapshot-1", "configurationItems": items})
	}
	file("2026/11/9", "ConfigHistory", "AWS::S3::Bucket",
		bucket("2026-11-09T05:00:00.000Z", "acme-batch-records", "OK", "Suspended"),
		bucket("2026-11-09T05:10:00.000Z", "acme-other", "OK", "Enabled"),
		bucket("2026-11-11T23:00:00.000Z", "acme-batch-records", "OK", "Late"),
		bucket("2026-11-08T23:00:00.000Z", "acme-batch-records", "OK", "Enabled"))
	file("2026/11/11", "ConfigHistory", "AWS::S3::Bucket",
		bucket("2026-11-10T22:00:00.000Z", "acme-batch-records", "OK", "Enabled"))
	file("2026/11/10", "ConfigSnapshot", "snapshot-1",
		bucket("2026-11-10T06:00:00.000Z", "acme-batch-records", "OK", "Snapshotted"))
	file("2026/11/9", "ConfigHistory", "AWS::Config::ResourceCompliance",
		verdict("2026-11-09T05:05:00.000Z", "acme-batch-records", "NON_COMPLIANT", "gxp-versioned", "NON_COMPLIANT", "gxp-encrypted", "COMPLIANT"),
		verdict("2026-11-08T05:06:00.000Z", "acme-batch-records", "COMPLIANT", "gxp-early", "COMPLIANT"),
		verdict("2026-11-11T05:06:00.000Z", "acme-batch-records", "COMPLIANT", "gxp-late", "COMPLIANT"),
		verdict("2026-11-09T05:06:00.000Z", "acme-other", "COMPLIANT", "gxp-versioned", "COMPLIANT"))
	file("2026/11/10", "ConfigHistory", "AWS::Config::ResourceCompliance",
		verdict("2026-11-10T22:05:00.000Z", "acme-batch-records", "COMPLIANT", "gxp-versioned", "COMPLIANT", "gxp-encrypted", "COMPLIANT"))
	file("2026/11/10", "ConfigHistory", "AWS::EC2::Volume")
}

func unix(at string) int64 {
	moment, err := time.Parse(time.RFC3339, at)
	if err != nil {
		panic(err)
	}
	return moment.Unix()
}

func writeNetwork(t *testing.T, folder string) {
	t.Helper()
	const header = "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status " +
		"vpc-id subnet-id instance-id tcp-flags type pkt-srcaddr pkt-dstaddr region az-id sublocation-type sublocation-id " +
		"pkt-src-aws-service pkt-dst-aws-service flow-direction traffic-path reject-reason"
	flow := func(at, instance, from, to, ports, action, direction string) string {
		start := unix(at)
		return fmt.Sprintf("5 %s eni-%s %s %s %s 6 10 2000 %d %d %s OK vpc-0a1b2c3d subnet-1 i-%s 19 IPv4 %s %s eu-central-1 euc1-az1 - - - S3 %s 8 -",
			network, instance, from, to, ports, start, start+59, action, instance, from, to, direction)
	}
	flows := func(day string, lines ...any) {
		write(t, folder, place.RecordsBucket, fmt.Sprintf("AWSLogs/%s/vpcflowlogs/eu-central-1/%s/%s_vpcflowlogs_eu-central-1_fl-1_20261109T0800Z_0a1b2c3d.log.gz",
			network, day, network), append([]any{header}, lines...)...)
	}
	flows("2026/11/09",
		flow("2026-11-09T08:00:00Z", "0aaa", "10.0.1.10", "10.0.2.20", "50000 5432", "ACCEPT", "egress"),
		flow("2026-11-09T08:01:00Z", "0aaa", "10.0.1.10", "10.0.2.20", "50001 5432", "ACCEPT", "egress"),
		flow("2026-11-08T23:59:50Z", "0aaa", "10.0.1.10", "10.0.2.21", "50000 5432", "ACCEPT", "egress"),
		flow("2026-11-08T23:59:51Z", "0bbb", "10.0.9.92", "10.0.2.20", "50002 22", "REJECT", "ingress"),
		flow("2026-11-09T08:02:00Z", "0bbb", "10.0.9.90", "10.0.2.20", "50002 22", "REJECT", "ingress"),
		strings.TrimSuffix(flow("2026-11-09T08:02:30Z", "0bbb", "10.0.9.90", "10.0.2.20", "50002 22", "REJECT", "ingress"), "-")+"BPA",
		flow("2026-11-09T08:03:00Z", "0aaa", "10.0.1.10", "203.0.113.9", "50003 443", "REJECT", "egress"),
		fmt.Sprintf("5 %s eni-0aaa - - - - - - - %d %d - NODATA vpc-0a1b2c3d subnet-1 i-0aaa - - - - eu-central-1 euc1-az1 - - - - - - -",
			network, unix("2026-11-09T09:00:00Z"), unix("2026-11-09T09:01:00Z")))
	flows("2026/11/11",
		flow("2026-11-11T00:01:00Z", "0bbb", "10.0.9.91", "10.0.2.20", "50002 22", "REJECT", "ingress"),
		flow("2026-11-10T23:59:00Z", "0aaa", "10.0.2.20", "10.0.1.10", "5432 50000", "ACCEPT", "ingress"),
		flow("2026-11-11T00:00:00Z", "0aaa", "10.0.1.10", "10.0.2.20", "50009 5432", "ACCEPT", "egress"))

	lookup := func(at, instance, name, firewall string) object {
		q := object{
			"version": "1.1", "account_id": network, "region": "eu-central-1", "vpc_id": "vpc-0a1b2c3d", "query_timestamp": at, "query_name": name,
			"query_type": "A", "query_class": "IN", "rcode": "NOERROR", "answers": []object{{"Rdata": "203.0.113.9", "Type": "A", "Class": "IN"}},
			"srcaddr": "10.0.1.10", "srcport": "40000", "transport": "UDP", "srcids": object{"instance": instance},
		}
		if firewall != "" {
			q["firewall_rule_action"], q["firewall_rule_group_id"], q["firewall_domain_list_id"] = firewall, "rslvr-frg-1", "rslvr-fdl-1"
		}
		return q
	}
	resolver := func(vpc, day string, lines ...any) {
		write(t, folder, place.RecordsBucket, fmt.Sprintf("AWSLogs/%s/vpcdnsquerylogs/%s/%s/%s_vpcdnsquerylogs_%s_20261109T0800Z_0a1b.log.gz",
			network, vpc, day, vpc, network), lines...)
	}
	other := lookup("2026-11-09T08:00:00Z", "i-0ccc", "elsewhere.example.com.", "")
	other["vpc_id"], other["srcids"] = "vpc-0e0e0e0e", object{"resolver_endpoint": "rslvr-in-1"}
	resolver("vpc-0a1b2c3d", "2026/11/09",
		lookup("2026-11-09T08:00:00Z", "i-0aaa", "db.example.com.", ""),
		lookup("2026-11-09T08:30:00Z", "i-0aaa", "db.example.com.", ""),
		lookup("2026-11-09T09:00:00Z", "i-0aaa", "notexample.com.", "BLOCK"))
	resolver("vpc-0a1b2c3d", "2026/11/11", lookup("2026-11-11T00:00:00Z", "i-0aaa", "late.example.com.", ""))
	resolver("vpc-0a1b2c3d", "2026/11/10", lookup("2026-11-08T23:59:00Z", "i-0aaa", "early.example.com.", ""))
	resolver("vpc-0e0e0e0e", "2026/11/09", other)

	alert := func(at, from, to string, port int, extra object) object {
		e := object{"timestamp": at, "flow_id": 1, "event_type": "alert", "src_ip": from, "src_port": 50000, "dest_ip": to, "dest_port": port, "proto": "TCP",
			"alert": object{"action": "blocked", "signature_id": 100, "rev": 1, "signature": "not on the list", "category": "policy", "severity": 1}}
		for k, v := range extra {
			e[k] = v
		}
		return object{"firewall_name": "gxp-hub-eu-central-1", "availability_zone": "eu-central-1a", "event_timestamp": fmt.Sprint(unix(at)), "event": e}
	}
	write(t, folder, place.RecordsBucket, fmt.Sprintf("AWSLogs/%s/network-firewall/alert/eu-central-1/gxp-hub-eu-central-1/2026/11/09/08/"+
		"%s_network-firewall_alert_eu-central-1_gxp-hub-eu-central-1_202611090800_0a1b.log.gz", network, network),
		alert("2026-11-08T23:59:59Z", "10.0.1.11", "203.0.113.8", 80, nil),
		alert("2026-11-11T00:00:00Z", "10.0.1.11", "203.0.113.8", 80, nil),
		alert("2026-11-09T08:00:10Z", "10.0.1.10", "203.0.113.9", 443, object{"app_proto": "tls", "tls": object{"sni": "files.example.net", "version": "TLS 1.3"}}),
		alert("2026-11-09T08:00:20Z", "10.0.1.11", "203.0.113.8", 80, object{"app_proto": "http",
			"http": object{"hostname": "up.example.net", "url": "/", "http_user_agent": "curl"}}))
}

func writeEvidence(t *testing.T, folder string) {
	t.Helper()
	qualified := func(id, at, product, verdict string, failed int) object {
		return object{
			"schema": "gxp/iq-record/v1", "id": id, "time": at, "account": workload, "region": "eu-central-1",
			"stackId": "arn:aws:cloudformation:eu-central-1:333333333333:stack/SC-1/1", "stackName": "SC-333333333333-pp-" + id, "product": product,
			"productId": "prod-s3", "version": "1.2.0", "verdict": verdict, "counts": object{"passed": 41, "failed": failed, "unread": 0},
			"launchedBy": "alice@example.com", "approvedBy": "bob@example.com", "approvedAt": "2026-10-01T09:00:00Z", "templateSha256": "ab12",
			"manifestSha256": "cd34", "report": "iq/reports/" + id + "/report.html",
		}
	}
	write(t, folder, place.EvidenceBucket, "iq/records/333333333333/eu-central-1/2026/11/09/iq-1.json", qualified("iq-1", "2026-11-09T08:20:00Z", "s3-bucket", "pass", 0))
	write(t, folder, place.EvidenceBucket, "iq/records/333333333333/eu-central-1/2026/11/09/iq-0.json", qualified("iq-0", "2026-11-08T23:59:00Z", "s3-bucket", "pass", 0))
	write(t, folder, place.EvidenceBucket, "iq/records/333333333333/eu-central-1/2026/11/10/iq-2.json", qualified("iq-2", "2026-11-10T08:20:00Z", "database", "fail", 2))
	write(t, folder, place.EvidenceBucket, "iq/records/333333333333/eu-central-1/2026/11/11/iq-3.json", qualified("iq-3", "2026-11-11T08:20:00Z", "database", "pass", 0))

	verified := func(id, at, verdict string, findings ...object) object {
		return object{
			"schema": "gxp/log-integrity/v1", "id": id, "tool": "gxp", "verdict": verdict, "bucket": place.RecordsBucket, "organization": place.OrganizationID,
			"from": "2026-11-08T00:00:00Z", "to": "2026-11-09T00:00:00Z", "startedAt": at, "finishedAt": at,
			"summary": object{"accounts": 5, "chains": 10, "digests": 240, "digestsVerified": 240, "logFiles": 900, "logFilesVerified": 900,
				"logBytes": 123456, "findings": len(findings), "findingsByKind": object{"digest-missing": len(findings)}},
			"findings": findings, "findingsOmitted": 0,
		}
	}
	write(t, folder, place.EvidenceBucket, "integrity/records/2026/11/09/v1.json", verified("v1", "2026-11-09T01:00:00Z", "pass"))
	write(t, folder, place.EvidenceBucket, "integrity/records/2026/11/09/v0.json", verified("v0", "2026-11-08T23:59:00Z", "pass"))
	write(t, folder, place.EvidenceBucket, "integrity/records/2026/11/11/v4.json", verified("v4", "2026-11-11T00:00:00Z", "pass"))
	write(t, folder, place.EvidenceBucket, "integrity/records/2026/11/10/v2.json", verified("v2", "2026-11-10T01:00:00Z", "fail",
		object{"kind": "digest-missing", "severity": "error", "account": workload, "region": "us-east-1", "key": "AWSLogs/digest", "from": "2026-11-09T03:00:00Z",
			"to": "2026-11-09T04:00:00Z", "detail": "no digest for an hour", "meaning": "The hour is not proven."},
		object{"kind": "file-changed", "severity": "error", "account": archive, "region": "eu-central-1", "key": "AWSLogs/file", "detail": "another digest",
			"meaning": "The file is not what was delivered."}))
	write(t, folder, place.EvidenceBucket, "integrity/records/2026/11/12/v3.json", verified("v3", "2026-11-12T01:00:00Z", "pass"))

	finding := func(id, updated, account, status string) object {
		return object{"Id": id, "ProductName": "Security Hub", "AwsAccountId": account, "Region": "eu-central-1", "Title": "Bucket is not encrypted",
			"Description": "A bucket has no default encryption.", "CreatedAt": "2026-11-09T06:00:00Z", "UpdatedAt": updated, "RecordState": "ACTIVE",
			"Severity": object{"Label": "HIGH"}, "Workflow": object{"Status": status}, "Compliance": object{"Status": "FAILED", "SecurityControlId": "S3.17"},
			"Resources": []object{{"Type": "AwsS3Bucket", "Id": "arn:aws:s3:::acme-other"}}}
	}
	imported := func(id, at string, findings ...object) object {
		return object{"id": id, "detail-type": "Security Hub Findings - Imported", "account": workload, "time": at, "region": "eu-central-1",
			"detail": object{"findings": findings}}
	}
	write(t, folder, place.RecordsBucket, "findings/eu-central-1/2026/11/09/findings-1-2026-11-09-06-00-00-0a1b.gz",
		imported("f0", "2026-11-08T23:59:00Z", finding("finding-0", "2026-11-08T23:59:00Z", workload, "NEW")),
		imported("f1", "2026-11-09T06:00:00Z", finding("finding-1", "2026-11-09T06:00:00Z", workload, "NEW"), finding("finding-2", "2026-11-09T06:00:00Z", shared, "NEW")),
		imported("f2", "2026-11-09T07:00:00Z", finding("finding-1", "2026-11-09T07:00:00Z", workload, "NOTIFIED")))
	write(t, folder, place.RecordsBucket, "findings/eu-central-1/2026/11/11/findings-1-2026-11-11-06-00-00-0a1b.gz",
		imported("f3", "2026-11-11T06:00:00Z", finding("finding-1", "2026-11-11T06:00:00Z", workload, "RESOLVED")))

	messages := func(owner, group, kind string, entries ...object) object {
		return object{"messageType": kind, "owner": owner, "logGroup": group, "logStream": "alice-0a1b", "subscriptionFilters": []string{"gxp"}, "logEvents": entries}
	}
	said := func(id, at, message string) object {
		return object{"id": id, "timestamp": unix(at)*1000 + 250, "message": message}
	}
	write(t, folder, place.RecordsBucket, "log-events/eu-central-1/2026/11/09/log-events-1-2026-11-09-18-05-00-0a1b.gz",
		messages(workload, "/gxp/sessions", "DATA_MESSAGE", said("0", "2026-11-08T23:59:59Z", "$ rm -r 'lots'"), said("1", "2026-11-09T18:05:10Z", "$ ls"), said("2", "2026-11-09T18:05:20Z", "$ rm -r 'lots'")),
		messages(shared, "/gxp/sessions", "DATA_MESSAGE", said("3", "2026-11-09T18:05:30Z", "$ rm other")),
		messages(workload, "/gxp/application", "DATA_MESSAGE", said("4", "2026-11-09T18:05:40Z", "rm of nothing")),
		messages(workload, "/gxp/sessions", "CONTROL_MESSAGE", said("6", "2026-11-09T18:00:00Z", "CONTROL of 'lots'")),
		messages("CloudwatchLogs", "", "CONTROL_MESSAGE", said("", "2026-11-09T18:00:00Z", "CWL CONTROL MESSAGE: Checking health of destination Firehose.")))
	write(t, folder, place.RecordsBucket, "log-events/eu-central-1/2026/11/11/log-events-1-2026-11-11-00-05-00-0a1b.gz",
		messages(workload, "/gxp/sessions", "DATA_MESSAGE", said("5", "2026-11-11T00:00:01Z", "$ rm -r 'lots'")))
}
