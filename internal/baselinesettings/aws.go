package baselinesettings

import (
	"context"

	"github.com/aws/aws-sdk-go-v2/aws"
	"github.com/aws/aws-sdk-go-v2/service/account"
	accounttypes "github.com/aws/aws-sdk-go-v2/service/account/types"
	"github.com/aws/aws-sdk-go-v2/service/cloudwatchlogs"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/s3control"
	s3types "github.com/aws/aws-sdk-go-v2/service/s3control/types"
)

// New returns the settings of the account with the given id, in the region of
// the configuration.
func New(c aws.Config, accountID string) *Settings {
	return &Settings{
		Account: &ownAccount{
			id: accountID, iam: iam.NewFromConfig(c), buckets: s3control.NewFromConfig(c),
			contacts: account.NewFromConfig(c),
		},
		Region: &ec2{config: c},
		Logs:   &logs{client: cloudwatchlogs.NewFromConfig(c)},
	}
}

// ownAccount is the account that the function runs in.
type ownAccount struct {
	id       string
	iam      *iam.Client
	buckets  *s3control.Client
	contacts *account.Client
}

func (a *ownAccount) SetPasswordPolicy(ctx context.Context, p PasswordPolicy) error {
	_, err := a.iam.UpdateAccountPasswordPolicy(ctx, &iam.UpdateAccountPasswordPolicyInput{
		AllowUsersToChangePassword: true,
		MaxPasswordAge:             aws.Int32(int32(p.MaximumAge)),
		MinimumPasswordLength:      aws.Int32(int32(p.MinimumLength)),
		PasswordReusePrevention:    aws.Int32(int32(p.Remembered)),
		RequireLowercaseCharacters: true,
		RequireNumbers:             true,
		RequireSymbols:             true,
		RequireUppercaseCharacters: true,
	})
	return err
}

func (a *ownAccount) BlockPublicBuckets(ctx context.Context) error {
	_, err := a.buckets.PutPublicAccessBlock(ctx, &s3control.PutPublicAccessBlockInput{
		AccountId: aws.String(a.id),
		PublicAccessBlockConfiguration: &s3types.PublicAccessBlockConfiguration{
			BlockPublicAcls: aws.Bool(true), BlockPublicPolicy: aws.Bool(true),
			IgnorePublicAcls: aws.Bool(true), RestrictPublicBuckets: aws.Bool(true),
		},
	})
	return err
}

func (a *ownAccount) SetContact(ctx context.Context, c Contact) error {
	// The API takes no id for the account that calls it.
	_, err := a.contacts.PutAlternateContact(ctx, &account.PutAlternateContactInput{
		AlternateContactType: accounttypes.AlternateContactType(c.Kind),
		EmailAddress:         aws.String(c.Email),
		Name:                 aws.String(c.Name),
		PhoneNumber:          aws.String(c.Phone),
		Title:                aws.String(c.Title),
	})
	return err
}

// logs is CloudWatch Logs in one region.
type logs struct {
	client *cloudwatchlogs.Client
}

func (l *logs) Groups(ctx context.Context) ([]LogGroup, error) {
	var groups []LogGroup
	pages := cloudwatchlogs.NewDescribeLogGroupsPaginator(l.client, &cloudwatchlogs.DescribeLogGroupsInput{})
	for pages.HasMorePages() {
		page, err := pages.NextPage(ctx)
		if err != nil {
			return nil, err
		}
		for _, g := range page.LogGroups {
			groups = append(groups, LogGroup{
				Name: aws.ToString(g.LogGroupName), RetentionDays: int(aws.ToInt32(g.RetentionInDays)),
			})
		}
	}
	return groups, nil
}

func (l *logs) Keep(ctx context.Context, group string, days int) error {
	_, err := l.client.PutRetentionPolicy(ctx, &cloudwatchlogs.PutRetentionPolicyInput{
		LogGroupName: aws.String(group), RetentionInDays: aws.Int32(int32(days)),
	})
	return err
}
