package analytics_test

import (
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// Accounts of the samples.
const (
	management = "111111111111"
	archive    = "222222222222"
	workload   = "333333333333"
	shared     = "444444444444"
	network    = "555555555555"
	silent     = "666666666666" // has no record at all
)

// object is a JSON object.
type object = map[string]any

// person is a session that IAM Identity Center opened.
func person(account, set, name string) object {
	role := "AWSReservedSSO_" + set + "_0123456789abcdef"
	return assumed(account, role, name)
}

// assumed is a session of a role.
func assumed(account, role, session string) object {
	return object{
		"type": "AssumedRole", "principalId": "AROAEXAMPLE:" + session, "accountId": account, "accessKeyId": "ASIAEXAMPLE",
		"arn": "arn:aws:sts::" + account + ":assumed-role/" + role + "/" + session,
		"sessionContext": object{
			"sessionIssuer": object{"type": "Role", "principalId": "AROAEXAMPLE", "arn": "arn:aws:iam::" + account + ":role/" + role,
				"accountId": account, "userName": role},
			"attributes": object{"creationDate": "2026-11-09T07:00:00Z", "mfaAuthenticated": "false"},
		},
	}
}

func iamUser(account, name string) object {
	return object{"type": "IAMUser", "principalId": "AIDAEXAMPLE", "accountId": account, "userName": name,
		"arn": "arn:aws:iam::" + account + ":user/" + name}
}

func root(account string) object {
	return object{"type": "Root", "principalId": account, "accountId": account, "arn": "arn:aws:iam::" + account + ":root"}
}

func service(name string) object { return object{"type": "AWSService", "invokedBy": name} }

// event is a CloudTrail record with what differs from an ordinary change.
func event(id, at, account, region, source, name string, who, differs object) object {
	e := object{
		"eventVersion": "1.11", "userIdentity": who, "eventTime": at, "eventSource": source + ".amazonaws.com", "eventName": name,
		"awsRegion": region, "sourceIPAddress": "198.51.100.7", "userAgent": "aws-cli/2", "requestID": "request-" + id, "eventID": id,
		"readOnly": false, "eventType": "AwsApiCall", "recipientAccountId": account, "eventCategory": "Management",
	}
	maps.Copy(e, differs)
	return e
}

func denied(parameters object) object {
	return object{"errorCode": "AccessDenied", "errorMessage": "explicit deny", "requestParameters": parameters}
}

func with(parameters object) object { return object{"requestParameters": parameters} }

// twins are copies of records just outside the period: delivered on its first
// day, or on the day after it. No query may find one.
func twins(events []object) []object {
	var all []object
	for _, e := range events {
		for suffix, at := range map[string]string{"-early": "2026-11-08T23:58:00Z", "-late": "2026-11-11T00:00:30Z"} {
			twin := maps.Clone(e)
			twin["eventID"], twin["eventTime"] = e["eventID"].(string)+suffix, at
			all = append(all, twin)
		}
	}
	return all
}

// delivered says when records are delivered: minutes after the event.
func delivered(e object) time.Time {
	at, err := time.Parse(time.RFC3339, e["eventTime"].(string))
	if err != nil {
		panic(err)
	}
	return at.Add(5 * time.Minute)
}

// writeTrail writes records where CloudTrail delivers them: the management
// account's own without the organization's id.
func writeTrail(t *testing.T, folder string, events []object) {
	t.Helper()
	files := map[string][]object{}
	for _, e := range events {
		account, region := e["recipientAccountId"].(string), e["awsRegion"].(string)
		prefix := "AWSLogs/" + place.OrganizationID
		if account == management {
			prefix = "AWSLogs"
		}
		at := delivered(e)
		key := fmt.Sprintf("%s/%s/CloudTrail/%s/%s/%s_CloudTrail_%s_%s_q1W2e3R4t5Y6u7I8.json.gz",
			prefix, account, region, at.Format("2006/01/02"), account, region, at.Format("20060102T1504Z"))
		files[key] = append(files[key], e)
	}
	for key, records := range files {
		write(t, folder, place.RecordsBucket, key, object{"Records": records})
	}
}

// write writes records to an object, compressed where the key says so: a value,
// several lines, or text as it is.
func write(t *testing.T, folder, bucket, key string, content ...any) {
	t.Helper()
	var lines []string
	for _, c := range content {
		if text, ok := c.(string); ok {
			lines = append(lines, text)
			continue
		}
		line, err := json.Marshal(c)
		require.NoError(t, err)
		lines = append(lines, string(line))
	}
	data := []byte(strings.Join(lines, "\n") + "\n")
	if strings.HasSuffix(key, ".gz") {
		var packed bytes.Buffer
		w := gzip.NewWriter(&packed)
		_, err := w.Write(data)
		require.NoError(t, err)
		require.NoError(t, w.Close())
		data = packed.Bytes()
	}
	path := filepath.Join(folder, bucket, filepath.FromSlash(key))
	require.NoError(t, os.MkdirAll(filepath.Dir(path), 0o750))
	require.NoError(t, os.WriteFile(path, data, 0o600))
}

// writeSamples writes samples of every kind of record, under the keys that AWS
// gives them.
func writeSamples(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	writeTrail(t, folder, append(trailEvents(), twins(trailEvents())...))
	writeConfig(t, folder)
	writeNetwork(t, folder)
	writeEvidence(t, folder)
	return folder
}
