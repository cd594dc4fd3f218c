package landingzone

import (
	"encoding/json"
	"errors"
	"strconv"

	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// BaselineSettings are what the templates of the baseline are told. Every field
// is required unless it says otherwise.
type BaselineSettings struct {
	// OrganizationID and AuditAccountID say who may come near.
	OrganizationID, AuditAccountID pulumi.StringInput

	// AccessRole is the role through which the landing zone works in accounts.
	AccessRole string

	// ExternalID is what the qualification function shows when it assumes its
	// role in an account.
	ExternalID string

	// Home is the region in which settings of a whole account are made.
	Home string

	// LandingBucket and LandingKeyARN are where Config delivers.
	LandingBucket, LandingKeyARN pulumi.StringInput

	// LogArchiveID is the account of the log archive.
	LogArchiveID pulumi.StringInput

	// LogDestination is the name of the destination that log groups are sent to;
	// empty for none.
	LogDestination string

	// TrailLogGroup is the log group of the trail, which is not sent.
	TrailLogGroup string

	// InventoryPrefix begins the names of the buckets that inventories are sent
	// to; empty for none.
	InventoryPrefix string

	// Sessions says whether sessions of Session Manager are recorded.
	Sessions bool

	// EventBusARN is the central event bus.
	EventBusARN pulumi.StringInput

	// AssetsPrefix begins the names of the buckets of function code, see
	// [AssetsBucket].
	AssetsPrefix string

	// Code is the object that holds the code of the settings function.
	Code string

	// Recorder, RemoveDefaultVPC and LogRetentionDays are as in the
	// configuration.
	Recorder, RemoveDefaultVPC bool
	LogRetentionDays           int

	// Passwords is the password policy of every account.
	Passwords config.PasswordPolicy

	// Contacts are the alternate contacts of workload accounts.
	Contacts config.Contacts

	// VaultMinimumDays and VaultMaximumDays bound the retention that vaults
	// take.
	VaultMinimumDays, VaultMaximumDays int

	// VaultLockGraceDays is after how many days nobody can lift the lock of a
	// vault any more. Optional: with 0, somebody always can.
	VaultLockGraceDays int
}

func (s BaselineSettings) validate() error {
	switch {
	case s.OrganizationID == nil:
		return errors.New("organizationID is required")
	case s.AuditAccountID == nil:
		return errors.New("auditAccountID is required")
	case s.AccessRole == "":
		return errors.New("accessRole is required")
	case s.ExternalID == "":
		return errors.New("externalID is required")
	case s.Home == "":
		return errors.New("home is required")
	case s.LandingBucket == nil || s.LandingKeyARN == nil:
		return errors.New("landingBucket and landingKeyARN are required")
	case s.LogArchiveID == nil:
		return errors.New("logArchiveID is required")
	case s.TrailLogGroup == "":
		return errors.New("trailLogGroup is required")
	case s.EventBusARN == nil:
		return errors.New("eventBusARN is required")
	case s.AssetsPrefix == "" || s.Code == "":
		return errors.New("assetsPrefix and code are required")
	case s.VaultMinimumDays < 1 || s.VaultMaximumDays < s.VaultMinimumDays:
		return errors.New("vaultMinimumDays must be at least 1 and at most vaultMaximumDays")
	}
	return nil
}

// global are the parameters of the global template: all of them, since AWS
// reports all and a missing one would show as a change.
func (s BaselineSettings) global() pulumi.StringMap {
	return pulumi.StringMap{
		"OrganizationId":          s.OrganizationID,
		"AuditAccountId":          s.AuditAccountID,
		"QualificationExternalId": pulumi.String(s.ExternalID),
		"AccessRole":              pulumi.String(s.AccessRole),
	}
}

// regional are the parameters of the regional template, with the contacts of
// the account or without.
func (s BaselineSettings) regional(contacts bool) pulumi.StringMap {
	number := func(n int) pulumi.StringInput { return pulumi.String(strconv.Itoa(n)) }
	flag := func(b bool) pulumi.StringInput { return pulumi.String(strconv.FormatBool(b)) }
	list := ""
	if contacts {
		list = contactList(s.Contacts)
	}
	return pulumi.StringMap{
		"OrganizationId":        s.OrganizationID,
		"HomeRegion":            pulumi.String(s.Home),
		"Recorder":              flag(s.Recorder),
		"LandingBucket":         s.LandingBucket,
		"LandingKeyArn":         s.LandingKeyARN,
		"LogArchiveAccountId":   s.LogArchiveID,
		"LogDestination":        pulumi.String(s.LogDestination),
		"TrailLogGroup":         pulumi.String(s.TrailLogGroup),
		"InventoryBucket":       pulumi.String(s.InventoryPrefix),
		"Sessions":              flag(s.Sessions),
		"EventBusArn":           s.EventBusARN,
		"AssetsBucket":          pulumi.String(s.AssetsPrefix),
		"SettingsCode":          pulumi.String(s.Code),
		"LogRetentionDays":      number(s.LogRetentionDays),
		"RemoveDefaultVpc":      flag(s.RemoveDefaultVPC),
		"PasswordMinimumLength": number(s.Passwords.MinimumLength),
		"PasswordMaximumAge":    number(s.Passwords.MaxAgeDays),
		"PasswordsRemembered":   number(s.Passwords.ReusePrevention),
		"Contacts":              pulumi.String(list),
		"VaultMinimumDays":      number(s.VaultMinimumDays),
		"VaultMaximumDays":      number(s.VaultMaximumDays),
		"VaultLockGraceDays":    number(s.VaultLockGraceDays),
	}
}

// contactList is how the settings function takes contacts.
func contactList(c config.Contacts) string {
	type contact struct {
		Kind  string `json:"kind"`
		Name  string `json:"name"`
		Title string `json:"title"`
		Email string `json:"email"`
		Phone string `json:"phone"`
	}
	of := func(kind string, p config.Contact) contact { return contact{kind, p.Name, p.Title, p.Email, p.Phone} }
	// Nothing but text: it cannot fail.
	text, _ := json.Marshal([]contact{
		of("BILLING", c.Billing), of("OPERATIONS", c.Operations), of("SECURITY", c.Security),
	})
	return string(text)
}
