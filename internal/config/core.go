package config

// NamedCoreAccount is a core account together with the place it has in the
// design.
type NamedCoreAccount struct {
	CoreAccount

	// Key is the account's role and its part of logical names, such as
	// log-archive. It never changes, whatever the account is called.
	Key string

	// Unit is the path of the organizational unit that holds the account.
	Unit string

	// setting is the account's key under landingzone:coreAccounts.
	setting string
}

// The keys of the accounts that the landing zone itself lives in.
const (
	KeyManagement     = "management"
	KeyLogArchive     = "log-archive"
	KeyAudit          = "audit"
	KeyNetwork        = "network"
	KeySharedServices = "shared-services"
	KeyBackup         = "backup"
)

// All returns the core accounts in the order in which they are made. The
// management account is not among them: nobody creates it.
func (c CoreAccounts) All() []NamedCoreAccount {
	return []NamedCoreAccount{
		{c.LogArchive, KeyLogArchive, UnitSecurity, "logArchive"},
		{c.Audit, KeyAudit, UnitSecurity, "audit"},
		{c.Network, KeyNetwork, UnitInfrastructure, "network"},
		{c.SharedServices, KeySharedServices, UnitInfrastructure, "sharedServices"},
		{c.Backup, KeyBackup, UnitInfrastructure, "backup"},
	}
}

// RoleIn returns the role that the program assumes in a core account.
func (o Organization) RoleIn(a CoreAccount) string {
	if a.AccessRole != "" {
		return a.AccessRole
	}
	return o.AccessRole
}
