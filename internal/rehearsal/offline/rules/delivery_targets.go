package rules

import "strings"

// targetsOf are what services deliver to, by the service in the ARN.
var targetsOf = map[string]target{
	"sns": topics, "sqs": queues, "lambda": functions, "firehose": streams, "logs": logGroups,
}

// deliversTo checks that what the ARNs at path name exists and is in the region
// of what delivers to it, wherever the rules know its type.
func deliversTo(path string) check {
	return func(s *scope) {
		for at, arn := range s.texts(path) {
			parts := strings.SplitN(arn, ":", 6)
			if len(parts) < 6 {
				continue
			}
			t, ok := targetsOf[parts[2]]
			switch {
			case !ok:
			case s.Region != "" && parts[3] != s.Region:
				s.reject(at, "the target %s is in %s, not in %s; name one in this region", shorten(arn), parts[3], s.Region)
			default:
				s.exists(at, arn, t)
			}
		}
	}
}

// encrypts checks references to keys with which a service encrypts data: it has
// to be a symmetric key in the same region.
func encrypts(path string) check {
	return func(s *scope) {
		refersKey(path)(s)
		for at, ref := range s.texts(path) {
			key, ok := s.key(ref)
			if !ok {
				continue
			}
			spec, usage := key.text("customerMasterKeySpec"), key.text("keyUsage")
			switch {
			case spec != "" && spec != symmetricSpec || usage != "" && usage != "ENCRYPT_DECRYPT":
				s.fail(at, "InvalidKeyUsageException", "the key %s is of spec %s for %s; name a symmetric key that encrypts",
					shorten(ref), spec, usage)
			case s.Region != "" && key.Region != "" && key.Region != s.Region:
				s.reject(at, "the key %s is in %s; name one in %s", shorten(ref), key.Region, s.Region)
			}
		}
	}
}
