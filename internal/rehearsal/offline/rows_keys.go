package offline

import "time"

var keyRows = map[string]row{
	"aws:kms/key:Key": {
		id:  "{uuid}",
		arn: "arn:aws:kms:{region}:{account}:key/{id}",
		outputs: map[string]any{
			"keyId":                 "{id}",
			"customerMasterKeySpec": "SYMMETRIC_DEFAULT",
			"description":           "",
			"isEnabled":             true,
			"keyUsage":              "ENCRYPT_DECRYPT",
			"multiRegion":           false,
			"policy":                `{"Statement":[{"Action":"kms:*","Effect":"Allow","Principal":{"AWS":"arn:aws:iam::` + "{account}" + `:root"},"Resource":"*","Sid":"Enable IAM User Permissions"}],"Version":"2012-10-17"}`,
			"rotationPeriodInDays":  365,
		},
		replace: []string{"customKeyStoreId", "customerMasterKeySpec", "keyUsage", "multiRegion", "xksKeyId"},
		tagged:  true,
		takes:   5 * time.Second,
	},
	"aws:kms/replicaKey:ReplicaKey": {
		id:  "{uuid}",
		arn: "arn:aws:kms:{region}:{account}:key/{id}",
		outputs: map[string]any{
			"keyId":              "{id}",
			"enabled":            true,
			"keyRotationEnabled": true,
			"keySpec":            "SYMMETRIC_DEFAULT",
			"keyUsage":           "ENCRYPT_DECRYPT",
			"policy":             "",
		},
		replace: []string{"primaryKeyArn"},
		tagged:  true,
		takes:   15 * time.Second,
	},
	"aws:kms/alias:Alias": {
		id:       "{in:name}",
		arn:      "arn:aws:kms:{region}:{account}:{in:name}",
		autoname: "name",
		outputs: map[string]any{
			"namePrefix":   "",
			"targetKeyArn": answer(aliasTarget),
		},
		replace: []string{"name", "namePrefix"},
		takes:   time.Second,
	},
	"aws:kms/keyPolicy:KeyPolicy": {
		id:      "{in:keyId}",
		replace: []string{"keyId"},
		takes:   2 * time.Second,
	},
}
