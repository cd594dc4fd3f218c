package evaluation

import (
	"strings"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// protected is a resource with a policy of its own.
type protected struct{ policy, account string }

// readResources finds the resources that have policies of their own.
func (w *world) readResources() {
	for name, document := range w.policies {
		if document.source == nil {
			continue
		}
		account, _ := w.graph.AccountID(document.source).Text()
		if arn := w.protects(document.source); arn != "" {
			w.resources[arn] = protected{name, account}
		}
	}
}

// protects returns the ARN of the resource that the policy of r is for.
func (w *world) protects(r *qualification.Resource) string {
	var arn string
	switch r.Type {
	case "aws:s3/bucketPolicy:BucketPolicy":
		if bucket, ok := r.Get("bucket").Text(); ok {
			arn = "arn:aws:s3:::" + bucket
		}
	case keyType, "aws:iam/role:Role":
		arn, _ = r.Output("arn").Text()
	case "aws:sns/topicPolicy:TopicPolicy":
		arn, _ = r.Get("arn").Text()
	}
	return arn
}

// policyOf returns the policy of a resource, that of the bucket for an object.
func (w *world) policyOf(arn, action string) (protected, bool) {
	if strings.Contains(arn, ":role/") && action != "sts:AssumeRole" {
		return protected{}, false // a trust policy is about nothing else
	}
	if strings.HasPrefix(arn, "arn:aws:s3:::") {
		arn, _, _ = strings.Cut(arn, "/")
	}
	found, ok := w.resources[arn]
	return found, ok
}

// levels are the names of the policies of a kind that bind a place, for each
// level from the root down. AWS attaches one that allows all everywhere; of the
// resource control policies the evaluator knows that itself.
func (w *world) levels(kind string, p place) [][]string {
	var all [][]string
	for _, target := range p.chain {
		names := []string{}
		if kind == serviceControl {
			names = append(names, everything)
		}
		all = append(all, append(names, w.attached[kind][target]...))
	}
	return all
}
