package rules

import (
	"fmt"
	"reflect"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/account"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudformation"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudtrail"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cloudwatch"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/iam"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/kms"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/organizations"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/s3"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/servicecatalog"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
)

// arguments are the SDK's own types, whose tags are the names that the provider
// receives.
var arguments = map[string]interface{ ElementType() reflect.Type }{
	organizationType:       organizations.OrganizationArgs{},
	accountType:            organizations.AccountArgs{},
	unitType:               organizations.OrganizationalUnitArgs{},
	delegationType:         organizations.DelegatedAdministratorArgs{},
	contactType:            account.AlternativeContactArgs{},
	organizationPolicyType: organizations.PolicyArgs{},
	policyAttachmentType:   organizations.PolicyAttachmentArgs{},
	organizationGrantType:  organizations.ResourcePolicyArgs{},
	bucketType:             s3.BucketV2Args{},
	bucketPolicyType:       s3.BucketPolicyArgs{},
	versioningType:         s3.BucketVersioningV2Args{},
	encryptionType:         s3.BucketServerSideEncryptionConfigurationV2Args{},
	publicAccessType:       s3.BucketPublicAccessBlockArgs{},
	ownershipType:          s3.BucketOwnershipControlsArgs{},
	objectLockType:         s3.BucketObjectLockConfigurationV2Args{},
	replicationType:        s3.BucketReplicationConfigArgs{},
	loggingType:            s3.BucketLoggingV2Args{},
	lifecycleType:          s3.BucketLifecycleConfigurationV2Args{},
	objectType:             s3.BucketObjectv2Args{},
	trailType:              cloudtrail.TrailArgs{},
	keyType:                kms.KeyArgs{},
	keyPolicyType:          kms.KeyPolicyArgs{},
	keyAliasType:           kms.AliasArgs{},
	logGroupType:           cloudwatch.LogGroupArgs{},
	metricFilterType:       cloudwatch.LogMetricFilterArgs{},
	alarmType:              cloudwatch.MetricAlarmArgs{},
	roleType:               iam.RoleArgs{},
	inlinePolicyType:       iam.RolePolicyArgs{},
	managedPolicyType:      iam.PolicyArgs{},
	roleAttachmentType:     iam.RolePolicyAttachmentArgs{},
	stackType:              cloudformation.StackArgs{},
	stackSetType:           cloudformation.StackSetArgs{},
	stackSetInstanceType:   cloudformation.StackSetInstanceArgs{},
	eventBusType:           cloudwatch.EventBusArgs{},
	eventBusPolicyType:     cloudwatch.EventBusPolicyArgs{},
	topicType:              sns.TopicArgs{},
	topicPolicyType:        sns.TopicPolicyArgs{},
	subscriptionType:       sns.TopicSubscriptionArgs{},
	aggregatorType:         cfg.ConfigurationAggregatorArgs{},
	organizationPackType:   cfg.OrganizationConformancePackArgs{},
	packType:               cfg.ConformancePackArgs{},
	portfolioType:          servicecatalog.PortfolioArgs{},
	productType:            servicecatalog.ProductArgs{},
	artifactType:           servicecatalog.ProvisioningArtifactArgs{},
	productAssociationType: servicecatalog.ProductPortfolioAssociationArgs{},
	constraintType:         servicecatalog.ConstraintArgs{},
	shareType:              servicecatalog.PortfolioShareArgs{},
	principalAccessType:    servicecatalog.PrincipalPortfolioAssociationArgs{},
}

// strangers returns the inputs that the SDK has no property for.
func strangers(r Resource) []string {
	args, ok := arguments[r.Type]
	if !ok {
		return []string{r.Type + " is missing in arguments"}
	}
	return unnamed(map[string]any(r.Inputs), args.ElementType(), "")
}

func unnamed(v any, t reflect.Type, at string) []string {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	var out []string
	switch v := v.(type) {
	case []any:
		for i, item := range v {
			if t.Kind() == reflect.Slice {
				out = append(out, unnamed(item, t.Elem(), fmt.Sprintf("%s[%d]", at, i))...)
			}
		}
	case map[string]any:
		if t.Kind() != reflect.Struct {
			return nil
		}
		fields := map[string]reflect.Type{}
		for i := range t.NumField() {
			fields[t.Field(i).Tag.Get("pulumi")] = t.Field(i).Type
		}
		for key, item := range v {
			at := strings.TrimPrefix(at+"."+key, ".")
			if field, ok := fields[key]; ok {
				out = append(out, unnamed(item, field, at)...)
			} else {
				out = append(out, at)
			}
		}
	}
	return out
}

func TestRules_NamePropertiesAsTheSDKDoes(t *testing.T) {
	for typ := range table {
		if got := strangers(valid(typ)); len(got) > 0 {
			t.Errorf("%s: the SDK has no property %v", typ, got)
		}
	}
	odd := valid(encryptionType)
	odd.Inputs["rules"] = []any{object{"applyServerSideEncryptionByDefault": object{"kmsMasterKeyID": keyARN}}}
	const want = "[rules[0].applyServerSideEncryptionByDefault.kmsMasterKeyID]"
	if got := fmt.Sprint(strangers(odd)); got != want {
		t.Errorf("strangers() = %s, want %s", got, want)
	}
}
