package baselinesettings

import "context"

// Unavailable returns settings that fail for the given reason. A deletion, which
// does nothing, succeeds with them all the same.
func Unavailable(reason error) *Settings {
	u := unavailable{reason}
	return &Settings{Account: u, Region: u, Logs: u}
}

type unavailable struct{ reason error }

func (u unavailable) SetPasswordPolicy(context.Context, PasswordPolicy) error { return u.reason }
func (u unavailable) BlockPublicBuckets(context.Context) error                { return u.reason }
func (u unavailable) SetContact(context.Context, Contact) error               { return u.reason }
func (u unavailable) EncryptVolumes(context.Context) error                    { return u.reason }
func (u unavailable) DefaultVPCs(context.Context) ([]VPC, error)              { return nil, u.reason }
func (u unavailable) RemoveVPC(context.Context, VPC) error                    { return u.reason }
func (u unavailable) Groups(context.Context) ([]LogGroup, error)              { return nil, u.reason }
func (u unavailable) Keep(context.Context, string, int) error                 { return u.reason }
