package offline

import (
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// bucketSetting is a resource that is one setting of a bucket: it has the
// bucket's name for an id and moves with the bucket.
func bucketSetting(outputs map[string]any) row {
	return row{
		id:      "{in:bucket}",
		outputs: outputs,
		replace: []string{"bucket", "expectedBucketOwner"},
		global:  true,
		takes:   time.Second,
	}
}

var bucketRows = map[string]row{
	"aws:s3/bucketV2:BucketV2": {
		id:       "{in:bucket}",
		arn:      "arn:aws:s3:::{in:bucket}",
		autoname: "bucket",
		outputs: map[string]any{
			"bucketDomainName":         "{in:bucket}.s3.amazonaws.com",
			"bucketPrefix":             "",
			"bucketRegionalDomainName": "{in:bucket}.s3.{region}.amazonaws.com",
			"forceDestroy":             false,
			"hostedZoneId":             "Z0{ALNUM:12}",
			"objectLockEnabled":        false,
			"region":                   "{region}",
			"requestPayer":             "BucketOwner",
		},
		replace: []string{"bucket", "bucketPrefix", "objectLockEnabled"},
		tagged:  true,
		global:  true,
		takes:   3 * time.Second,
	},
	"aws:s3/bucketVersioningV2:BucketVersioningV2": bucketSetting(nil),
	"aws:s3/bucketObjectLockConfigurationV2:BucketObjectLockConfigurationV2": bucketSetting(
		map[string]any{"objectLockEnabled": "Enabled"}),
	"aws:s3/bucketServerSideEncryptionConfigurationV2:BucketServerSideEncryptionConfigurationV2": bucketSetting(nil),
	"aws:s3/bucketPublicAccessBlock:BucketPublicAccessBlock":                                     bucketSetting(nil),
	"aws:s3/bucketOwnershipControls:BucketOwnershipControls":                                     bucketSetting(nil),
	"aws:s3/bucketPolicy:BucketPolicy":                                                           bucketSetting(nil),
	"aws:s3/bucketLoggingV2:BucketLoggingV2":                                                     bucketSetting(nil),
	"aws:s3/bucketLifecycleConfigurationV2:BucketLifecycleConfigurationV2": bucketSetting(
		map[string]any{"transitionDefaultMinimumObjectSize": "all_storage_classes_128K"}),
	"aws:s3/bucketReplicationConfig:BucketReplicationConfig": bucketSetting(nil),
	"aws:s3/bucketNotification:BucketNotification":           bucketSetting(nil),
	"aws:s3/bucketObjectv2:BucketObjectv2": {
		id:       "{in:key}",
		arn:      "arn:aws:s3:::{in:bucket}/{in:key}",
		autoname: "key",
		outputs: map[string]any{
			"contentType":          "application/octet-stream",
			"etag":                 answer(objectDigest),
			"serverSideEncryption": "AES256",
			"storageClass":         "STANDARD",
			"versionId":            "{alnum:32}",
		},
		within:  "bucket",
		replace: []string{"bucket", "key"},
		tagged:  true,
		global:  true,
		takes:   time.Second,
	},
}

// objectDigest changes when the content of an object does.
func objectDigest(s subject) resource.PropertyValue {
	content := ""
	for _, key := range []resource.PropertyKey{"source", "content", "contentBase64", "sourceHash"} {
		v := plain(s.inputs[key])
		switch {
		case v.ContainsUnknowns():
			return unknown
		case v.IsAsset():
			content += v.AssetValue().Hash
		case v.IsArchive():
			content += v.ArchiveValue().Hash
		case v.IsString():
			content += v.StringValue()
		}
	}
	return resource.NewProperty(draw(content, "etag", 32, hexDigits))
}
