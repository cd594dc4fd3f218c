package logging

import (
	"slices"
	"strings"
	"time"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// notYetSeen are the errors with which CloudTrail answers while a policy or
// role that exists has not reached it yet.
var notYetSeen = []string{
	"InsufficientS3BucketPolicyException",
	"InsufficientEncryptionPolicyException",
	"InvalidCloudWatchLogsRoleArnException",
	"CloudWatchLogsDeliveryUnavailableException",
}

const (
	propagationPause    = 10 * time.Second
	propagationAttempts = 12
)

// retryUntilPropagated retries the creation of the trail while it fails for
// what was created just before it, two minutes at most.
func retryUntilPropagated(ctx *pulumi.Context, name string) (pulumi.ResourceOption, error) {
	hook, err := ctx.RegisterErrorHook(name+"-propagation", func(a *pulumi.ErrorHookArgs) (bool, error) {
		if !worthRetrying(a) {
			return false, nil
		}
		select {
		case <-time.After(propagationPause):
			return true, nil
		case <-ctx.Context().Done():
			return false, ctx.Context().Err()
		}
	})
	if err != nil {
		return nil, err
	}
	return pulumi.ResourceHooks(&pulumi.ResourceHookBinding{OnError: []*pulumi.ErrorHook{hook}}), nil
}

func worthRetrying(a *pulumi.ErrorHookArgs) bool {
	return a.FailedOperation == "create" && len(a.Errors) > 0 && len(a.Errors) <= propagationAttempts &&
		slices.ContainsFunc(notYetSeen, func(code string) bool { return strings.Contains(a.Errors[0], code) })
}
