package logging

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/bucket"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// writtenBy denies writing below a prefix to everybody but the roles, whatever
// rights others have in the account of the bucket. Services pass: each is bound
// by the conditions of its own Allow. So does replication, which S3 knows by
// other actions.
func writtenBy(sid, name, prefix string, roles ...string) policy.Statement {
	condition := policy.Condition{"BoolIfExists": {"aws:PrincipalIsAWSService": {"false"}}}
	if len(roles) > 0 {
		condition["ArnNotLike"] = map[string]policy.Strings{"aws:PrincipalArn": roles}
	}
	return policy.Statement{
		Sid:       sid,
		Effect:    policy.Deny,
		Principal: policy.Everyone,
		Action:    policy.Strings{"s3:PutObject"},
		Resource:  policy.Strings{bucket.ARN(name) + "/" + prefix + "*"},
		Condition: condition,
	}
}

// writtenByServices denies writing to every principal.
func writtenByServices(name string) policy.Statement {
	return writtenBy("ServicesAloneWrite", name, "")
}
