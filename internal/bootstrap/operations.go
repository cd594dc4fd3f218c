// Package bootstrap makes, with the AWS SDK, the calls that no Pulumi resource
// makes: it waits for new accounts and activates StackSets.
package bootstrap

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/aws/aws-sdk-go-v2/aws"
	awsconfig "github.com/aws/aws-sdk-go-v2/config"
	"github.com/aws/aws-sdk-go-v2/credentials"
	"github.com/aws/aws-sdk-go-v2/credentials/stscreds"
	"github.com/aws/aws-sdk-go-v2/service/cloudformation"
	"github.com/aws/aws-sdk-go-v2/service/iam"
	"github.com/aws/aws-sdk-go-v2/service/sts"
)

// The pause between two attempts grows from firstPause to longestPause.
const (
	firstPause   = 2 * time.Second
	longestPause = 20 * time.Second
)

// Operations makes the calls with the credentials that the program was started
// with: those of the management account.
type Operations struct {
	region   string
	endpoint string

	// pause waits between attempts. It returns an error when ctx ends first.
	pause func(ctx context.Context, d time.Duration) error
}

// New returns the operations of a landing zone whose home is region. endpoint
// is the URL of an AWS emulator, or empty for AWS itself.
func New(region, endpoint string) *Operations {
	return &Operations{region: region, endpoint: endpoint, pause: sleep}
}

// AccountReady returns when the role can be assumed in the account and IAM and
// EC2 answer there. AWS reports an account as created minutes earlier. It
// returns the last refusal when ctx ends first.
func (o *Operations) AccountReady(ctx context.Context, accountID, accessRole string) error {
	management, err := o.management(ctx)
	if err != nil {
		return fmt.Errorf("wait for account %s: %w", accountID, err)
	}
	role := fmt.Sprintf("arn:aws:iam::%s:role/%s", accountID, accessRole)
	err = o.retry(ctx, func() error { return o.probe(ctx, management, role) })
	if err != nil {
		return fmt.Errorf("account %s exists but cannot be worked in yet: %w (run the update again: it continues here)",
			accountID, err)
	}
	return nil
}

// probe asks each service that has been seen to refuse new accounts.
func (o *Operations) probe(ctx context.Context, management aws.Config, role string) error {
	member := management.Copy()
	// No cache: a refused attempt must not be remembered.
	member.Credentials = stscreds.NewAssumeRoleProvider(sts.NewFromConfig(management), role)
	session, err := member.Credentials.Retrieve(ctx)
	if err != nil {
		return fmt.Errorf("assume %s: %w", role, err)
	}
	member.Credentials = credentials.StaticCredentialsProvider{Value: session}
	if _, err := iam.NewFromConfig(member).ListRoles(ctx, &iam.ListRolesInput{MaxItems: aws.Int32(1)}); err != nil {
		return fmt.Errorf("IAM: %w", err)
	}
	if err := describeVPCs(ctx, member, o.endpoint); err != nil {
		return fmt.Errorf("EC2: %w", err)
	}
	return nil
}

// ActivateStackSets lets service-managed StackSets work across the
// organization. Activating again changes nothing.
func (o *Operations) ActivateStackSets(ctx context.Context) error {
	management, err := o.management(ctx)
	if err != nil {
		return fmt.Errorf("activate StackSets: %w", err)
	}
	client := cloudformation.NewFromConfig(management)
	err = o.retry(ctx, func() error {
		_, err := client.ActivateOrganizationsAccess(ctx, &cloudformation.ActivateOrganizationsAccessInput{})
		return err
	})
	if err != nil {
		return fmt.Errorf("activate StackSets' access to the organization: %w (by hand: "+
			"aws cloudformation activate-organizations-access, in the management account)", err)
	}
	return nil
}

func (o *Operations) management(ctx context.Context) (aws.Config, error) {
	options := []func(*awsconfig.LoadOptions) error{awsconfig.WithRegion(o.region)}
	if o.endpoint != "" {
		// An emulator gets credentials of its own, never the real ones.
		options = append(options, awsconfig.WithBaseEndpoint(o.endpoint),
			awsconfig.WithCredentialsProvider(credentials.NewStaticCredentialsProvider("emulator", "emulator", "")))
	}
	return awsconfig.LoadDefaultConfig(ctx, options...)
}

// retry repeats attempt, with growing pauses, until it succeeds or ctx ends.
func (o *Operations) retry(ctx context.Context, attempt func() error) error {
	for pause := firstPause; ; pause = min(2*pause, longestPause) {
		err := attempt()
		if err == nil {
			return nil
		}
		if waiting := o.pause(ctx, pause); waiting != nil {
			return errors.Join(err, waiting)
		}
	}
}

func sleep(ctx context.Context, d time.Duration) error {
	timer := time.NewTimer(d)
	defer timer.Stop()
	select {
	case <-timer.C:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
