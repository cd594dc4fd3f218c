package config

// defaults returns what holds where the stack file says nothing. Values that
// follow from others are added by complete, once the file is read.
func defaults() *Config {
	return &Config{
		LandingZone: LandingZone{
			Organization: Organization{
				// The name that account creation gives the role unless told
				// otherwise, and that AWS's own documentation uses.
				AccessRole: "OrganizationAccountAccessRole",
				// The list is authoritative, so it names all that the design
				// uses; a service that is enabled later is not disabled again.
				TrustedAccess: principalNames(func(p principal) bool { return p.used }),
				// What guardrails, tagging, backup and data protection need.
				// Chat and Security Hub policies govern services that the
				// design configures in another way.
				PolicyTypes: []string{
					"SERVICE_CONTROL_POLICY",
					"RESOURCE_CONTROL_POLICY",
					"TAG_POLICY",
					"BACKUP_POLICY",
					"AISERVICES_OPT_OUT_POLICY",
					"DECLARATIVE_POLICY_EC2",
				},
				// Administration belongs out of the management account
				// wherever AWS lets it.
				DelegatedAdministrators: delegable(),
				// Without it every baseline StackSet is refused.
				ActivateStackSets: true,
			},
			CoreAccounts: CoreAccounts{
				// The keys themselves: one name less to know.
				LogArchive:     CoreAccount{Name: KeyLogArchive},
				Audit:          CoreAccount{Name: KeyAudit},
				Network:        CoreAccount{Name: KeyNetwork},
				SharedServices: CoreAccount{Name: KeySharedServices},
				Backup:         CoreAccount{Name: KeyBackup},
			},
			Protection: defaultProtection(),
			Backup:     defaultBackup(),
			Network:    defaultNetwork(),
			Identity:   identityDefaults(),
			Baseline:   defaultBaseline(),
			Guardrails: defaultGuardrails(),
			Quotas: Quotas{
				// What AWS grants a new organization.
				Accounts: 10,
				// AWS refuses a sixth; one is left to people at the console.
				AccountCreations: 4,
				VPCs:             5,
				// What AWS grants every organization since May 2026.
				PoliciesPerTarget: defaultPolicies,
				PolicyCharacters:  defaultPolicyLength,
				// Resource control policies have not been raised.
				ResourcePoliciesPerTarget: minPolicies,
				ResourcePolicyCharacters:  minPolicyLength,
			},
		},
		Logging: defaultLogging(),
		Monitoring: Monitoring{
			// Continuous evaluation is what keeps a qualified state proven.
			Aggregator:       true,
			ConformancePacks: true,
			// The name that Control Tower gives its trail's log group.
			TrailLogGroup: "aws-controltower/CloudTrailLogs",
		},
		Catalog: Catalog{
			// Approved products are the only way that is qualified.
			Enabled: true,
		},
	}
}

// complete adds the defaults that follow from other settings. has says whether
// the stack file holds a setting.
func (c *Config) complete(has func(path string) bool) {
	c.Logging.fillClasses(has)
	c.LandingZone.Identity.complete(has)
	c.completeBackup(has)
	c.completeGuardrails(has)
	c.completeBaseline(has)
	c.completeNetwork(has)

	// An audit trail is kept at least as long as the records it concerns.
	if !has("logging:archive.retentionYears") {
		c.Logging.Archive.RetentionYears, _ = c.LongestRetention()
	}

	// A second copy wherever the company works in a second region at all.
	if !has("logging:archive.replicaRegion") {
		for _, region := range c.LandingZone.Regions.Governed {
			if region != c.LandingZone.Regions.Home {
				c.Logging.Archive.ReplicaRegion = region
				break
			}
		}
	}

	// Control Tower has enabled itself; a list without it would disable it.
	org := &c.LandingZone.Organization
	if org.ControlTower && !has("landingzone:organization.trustedAccess") {
		org.TrustedAccess = append(org.TrustedAccess, principalControlTower)
	}
}
