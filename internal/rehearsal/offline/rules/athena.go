package rules

import "strings"

const (
	workgroupType  = "aws:athena/workgroup:Workgroup"
	namedQueryType = "aws:athena/namedQuery:NamedQuery"
)

var workgroups = target{
	typ: workgroupType, word: "workgroup", code: "InvalidRequestException", reach: inRegion, tail: ":workgroup/",
	given: func(ref string) bool { return ref == "primary" },
}

const (
	results          = "configuration.resultConfiguration."
	resultEncryption = results + "encryptionConfiguration."

	// querySize is the longest query that Athena takes, in bytes.
	querySize = 262144

	workgroupName = `[a-zA-Z0-9._-]{1,128}`
)

var athenaRows = map[string]row{
	workgroupType: {
		static: []check{
			pattern("name", workgroupName, "1 to 128 letters, digits, dots, hyphens and underscores"),
			length("description", 0, 1024), oneOf("state", "ENABLED", "DISABLED"),
			// The API's floor; the provider's unit is the same.
			between("configuration.bytesScannedCutoffPerQuery", 10485760, 1<<53),
			oneOf("configuration.engineVersion.selectedEngineVersion", "AUTO", "Athena engine version 3", "PySpark engine version 3"),
			pattern(results+"outputLocation", `s3://[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]/.*`, "s3://, a bucket, a slash and a prefix"),
			pattern(results+"expectedBucketOwner", `[0-9]{12}`, "an account id"),
			oneOf(results+"aclConfiguration.s3AclOption", "BUCKET_OWNER_FULL_CONTROL"),
			oneOf(resultEncryption+"encryptionOption", "SSE_S3", "SSE_KMS", "CSE_KMS"), resultKey,
		},
		against: []check{
			encrypts(resultEncryption + "kmsKeyArn"), resultBucket,
			free(inRegion, "InvalidRequestException", "the workgroup %q exists already; choose another name", "name"),
		},
	},
	namedQueryType: {
		static: []check{
			length("name", 1, 128), length("description", 1, 1024), length("database", 1, 255), bytes("query", 1, querySize),
			pattern("workgroup", workgroupName, "the name of a workgroup"),
		},
		against: []check{refers("workgroup", workgroups), refers("database", databases)},
	},
}

// bytes checks the size of the strings at path.
func bytes(path string, least, most int) check {
	return func(s *scope) {
		for at, text := range s.texts(path) {
			if n := len(text); n < least || n > most {
				s.reject(at, "%s is %d bytes long; it must have %d to %d", at, n, least, most)
			}
		}
	}
}

func resultKey(s *scope) {
	option, key := s.text(resultEncryption+"encryptionOption"), s.presence(resultEncryption+"kmsKeyArn")
	switch {
	case strings.HasSuffix(option, "_KMS") && key == absent:
		s.reject(resultEncryption+"kmsKeyArn", "%s needs the ARN of a key; set kmsKeyArn", option)
	case option == "SSE_S3" && key == present:
		s.reject(resultEncryption+"kmsKeyArn", "SSE_S3 takes no key; drop it, or set the option to SSE_KMS")
	}
}

// resultBucket: Athena writes into the bucket at the first query, and expects it
// where the workgroup is.
func resultBucket(s *scope) {
	path, ok := strings.CutPrefix(s.text(results+"outputLocation"), "s3://")
	if !ok {
		return
	}
	name, _, _ := strings.Cut(path, "/")
	at := results + "outputLocation"
	bucket, ok := s.exists(at, name, buckets)
	if !ok {
		return
	}
	owner := s.text(results + "expectedBucketOwner")
	switch {
	case s.Region != "" && bucket.Region != "" && bucket.Region != s.Region:
		s.reject(at, "the bucket %s is in %s and the workgroup in %s; write results into a bucket of the workgroup's region", name,
			bucket.Region, s.Region)
	case owner != "" && bucket.AccountID != "" && bucket.AccountID != owner:
		s.reject(results+"expectedBucketOwner", "the bucket %s belongs to account %s, not to %s", name, bucket.AccountID, owner)
	}
}
