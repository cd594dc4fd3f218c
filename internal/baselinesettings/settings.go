// Package baselinesettings makes the settings of an account that CloudFormation
// has no resource for. Making them again changes nothing, and nothing is unmade:
// an account that leaves the landing zone keeps its protections.
package baselinesettings

import (
	"context"
	"errors"
	"fmt"
)

// PasswordPolicy is what passwords of IAM users must be like. The characters
// they must contain are not a choice: all kinds.
type PasswordPolicy struct {
	MinimumLength int
	MaximumAge    int // days
	Remembered    int // earlier passwords that cannot be used again
}

// Contact is one of the three alternate contacts of an account.
type Contact struct {
	// Kind is BILLING, OPERATIONS or SECURITY.
	Kind string `json:"kind"`

	Name  string `json:"name"`
	Title string `json:"title"`
	Email string `json:"email"`
	Phone string `json:"phone"`
}

// VPC is a default VPC and what is in it.
type VPC struct {
	ID       string
	Subnets  []string
	Gateways []string

	// Interfaces is how many network interfaces there are: something uses the
	// VPC as long as there is one.
	Interfaces int
}

// LogGroup is a log group and how long it is kept.
type LogGroup struct {
	Name string

	// RetentionDays is 0 for a group that is kept for ever, because nobody
	// decided.
	RetentionDays int
}

// Account is what the settings of a whole account need of AWS.
type Account interface {
	SetPasswordPolicy(context.Context, PasswordPolicy) error
	BlockPublicBuckets(context.Context) error
	SetContact(context.Context, Contact) error
}

// Region is what the settings of an account in one region need of AWS.
type Region interface {
	EncryptVolumes(context.Context) error
	DefaultVPCs(context.Context) ([]VPC, error)

	// RemoveVPC removes the VPC with its subnets and gateways. It returns
	// [ErrInUse] where AWS finds something else in it.
	RemoveVPC(context.Context, VPC) error
}

// Logs is what the retention of log groups needs of AWS.
type Logs interface {
	Groups(context.Context) ([]LogGroup, error)
	Keep(ctx context.Context, group string, days int) error
}

// ErrInUse says that something is left alone because it is in use.
var ErrInUse = errors.New("in use")

// Settings makes the settings.
type Settings struct {
	Account Account
	Region  Region
	Logs    Logs
}

// applyAccount makes the settings that an account has once. It goes on after a
// failure and reports all of them: each setting protects by itself.
func (s *Settings) applyAccount(ctx context.Context, r request) error {
	var problems []error
	if err := s.Account.BlockPublicBuckets(ctx); err != nil {
		problems = append(problems, fmt.Errorf("block public buckets: %w", err))
	}
	if err := s.Account.SetPasswordPolicy(ctx, r.passwords); err != nil {
		problems = append(problems, fmt.Errorf("password policy: %w", err))
	}
	for _, c := range r.contacts {
		if err := s.Account.SetContact(ctx, c); err != nil {
			problems = append(problems, fmt.Errorf("%s contact: %w", c.Kind, err))
		}
	}
	return errors.Join(problems...)
}

// applyRegion makes the settings of one region and returns what it found.
func (s *Settings) applyRegion(ctx context.Context, r request) (map[string]any, error) {
	found := map[string]any{}
	var problems []error
	if err := s.Region.EncryptVolumes(ctx); err != nil {
		problems = append(problems, fmt.Errorf("encrypt volumes by default: %w", err))
	}
	if r.removeDefaultVPC {
		state, err := s.removeDefaultVPC(ctx)
		found["DefaultVpc"] = state
		if err != nil {
			problems = append(problems, fmt.Errorf("remove the default VPC: %w", err))
		}
	}
	kept, err := s.KeepLogs(ctx, r.logRetentionDays)
	found["LogGroupsChanged"] = kept
	// The daily run tries again. One log group must not undo the baseline of an
	// account.
	found["LogGroupsFailed"] = err != nil
	return found, errors.Join(problems...)
}

// removeDefaultVPC removes default VPCs that nothing uses. One in use is not a
// failure: it would undo the whole baseline of the account.
func (s *Settings) removeDefaultVPC(ctx context.Context) (string, error) {
	vpcs, err := s.Region.DefaultVPCs(ctx)
	if err != nil {
		return "unknown", err
	}
	state := "none"
	for _, vpc := range vpcs {
		if vpc.Interfaces > 0 {
			return fmt.Sprintf("%s kept: it has %d network interfaces", vpc.ID, vpc.Interfaces), nil
		}
		switch err := s.Region.RemoveVPC(ctx, vpc); {
		case errors.Is(err, ErrInUse):
			return fmt.Sprintf("%s kept: %v", vpc.ID, err), nil
		case err != nil:
			return vpc.ID, err
		}
		state = vpc.ID + " removed"
	}
	return state, nil
}

// KeepLogs gives each log group that has no retention one of the given number
// of days, and returns how many there were. A retention that somebody chose is
// left alone.
func (s *Settings) KeepLogs(ctx context.Context, days int) (int, error) {
	groups, err := s.Logs.Groups(ctx)
	if err != nil {
		return 0, fmt.Errorf("list log groups: %w", err)
	}
	changed := 0
	var problems []error
	for _, g := range groups {
		if g.RetentionDays != 0 {
			continue
		}
		if err := s.Logs.Keep(ctx, g.Name, days); err != nil {
			problems = append(problems, fmt.Errorf("retention of log group %s: %w", g.Name, err))
			continue
		}
		changed++
	}
	return changed, errors.Join(problems...)
}
