// Package monitoring sees what happens in the organization and tells the people
// who must know.
package monitoring

import (
	"errors"
	"fmt"
	"slices"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/sns"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/key"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const notificationsType = "gxp:monitoring:Notifications"

// NotificationsArgs configures [Notifications]. Every field is required unless
// it says otherwise.
type NotificationsArgs struct {
	// Account raises the notifications.
	Account account.Account

	// Emails are subscribed. AWS asks each to confirm. Optional.
	Emails []string
}

// Notifications is an encrypted topic that alarms and event rules of one
// account and region publish to.
type Notifications struct {
	pulumi.ResourceState

	// TopicARN is the ARN of the topic.
	TopicARN pulumi.StringOutput `pulumi:"topicArn"`
}

// NewNotifications creates Notifications in args.Account.
func NewNotifications(
	ctx *pulumi.Context, name string, args *NotificationsArgs, opts ...pulumi.ResourceOption,
) (*Notifications, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("notifications %s: %w", name, err)
	}
	n := &Notifications{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(notificationsType, name, n, opts...); err != nil {
		return nil, err
	}
	child := pulumi.Parent(n)
	region := args.Account.Region

	// The AWS-managed key for SNS cannot be opened to the services that
	// publish: their messages would be lost without an error.
	encryption, err := key.New(ctx, name, key.Args{
		Alias:       "gxp-notifications",
		Description: "Encrypts security notifications.",
		Policy: args.Account.ID.ApplyT(func(id string) (string, error) {
			return policy.JSON(key.Administration(id), publishersEncrypt(id))
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("notifications %s: %w", name, err)
	}
	topic, err := sns.NewTopic(ctx, name, &sns.TopicArgs{
		Name:           pulumi.String("gxp-notifications"),
		DisplayName:    pulumi.String("GxP landing zone"),
		KmsMasterKeyId: encryption.Arn,
	}, child)
	if err != nil {
		return nil, fmt.Errorf("notifications %s: topic: %w", name, err)
	}
	_, err = sns.NewTopicPolicy(ctx, name, &sns.TopicPolicyArgs{
		Arn: topic.Arn,
		Policy: pulumi.All(topic.Arn, args.Account.ID).ApplyT(func(v []any) (string, error) {
			return policy.JSON(topicStatements(v[0].(string), v[1].(string), region)...)
		}).(pulumi.StringOutput),
	}, child)
	if err != nil {
		return nil, fmt.Errorf("notifications %s: topic policy: %w", name, err)
	}
	for _, email := range args.Emails {
		_, err := sns.NewTopicSubscription(ctx, name+"-"+email, &sns.TopicSubscriptionArgs{
			Topic:    topic.Arn,
			Protocol: pulumi.String("email"),
			Endpoint: pulumi.String(email),
		}, child)
		if err != nil {
			return nil, fmt.Errorf("notifications %s: subscription of %s: %w", name, email, err)
		}
	}

	n.TopicARN = topic.Arn
	return n, ctx.RegisterResourceOutputs(n, pulumi.Map{"topicArn": n.TopicARN})
}

func (a *NotificationsArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	}
	return nil
}

// publishers are the services that publish on behalf of the account.
var publishers = []string{"cloudwatch.amazonaws.com", "events.amazonaws.com"}

func publishersEncrypt(accountID string) policy.Statement {
	return policy.Statement{
		Sid:       "PublishersEncrypt",
		Effect:    policy.Allow,
		Principal: policy.Service(publishers...),
		Action:    policy.Strings{"kms:Decrypt", "kms:GenerateDataKey*"},
		Resource:  policy.Strings{"*"},
		Condition: policy.Condition{"StringEquals": {"aws:SourceAccount": {accountID}}},
	}
}

// topicStatements let the account manage its topic, and its alarms and event
// rules publish to it over TLS.
func topicStatements(topicARN, accountID, region string) []policy.Statement {
	publishes := func(sid, service, source string) policy.Statement {
		return policy.Statement{
			Sid:       sid,
			Effect:    policy.Allow,
			Principal: policy.Service(service),
			Action:    policy.Strings{"sns:Publish"},
			Resource:  policy.Strings{topicARN},
			Condition: policy.Condition{"ArnLike": {"aws:SourceArn": {source}}},
		}
	}
	return []policy.Statement{
		{
			Sid:       "AccountManages",
			Effect:    policy.Allow,
			Principal: policy.AWS(policy.RootARN(accountID)),
			Action: policy.Strings{
				"sns:AddPermission", "sns:DeleteTopic", "sns:GetTopicAttributes", "sns:ListSubscriptionsByTopic",
				"sns:Publish", "sns:RemovePermission", "sns:SetTopicAttributes", "sns:Subscribe",
			},
			Resource: policy.Strings{topicARN},
		},
		publishes("AlarmsPublish", "cloudwatch.amazonaws.com",
			fmt.Sprintf("arn:aws:cloudwatch:%s:%s:alarm:*", region, accountID)),
		publishes("EventRulesPublish", "events.amazonaws.com",
			fmt.Sprintf("arn:aws:events:%s:%s:rule/*", region, accountID)),
		policy.RequireTLS(policy.Strings{"sns:Publish"}, topicARN),
	}
}
