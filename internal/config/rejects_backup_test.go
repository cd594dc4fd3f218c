package config

import (
	"slices"
	"strings"
	"testing"
)

var allowedBackupTypes = strings.Join(backupTypes, ", ")

// backupStart is where the production example says what backups are.
const backupStart = "    changeableForDays: 30\n"

func TestDecode_RejectsBackup(t *testing.T) {
	rejects(t, map[string]rejection{
		"a lock that cannot be undone": {
			[]string{backupStart, "    changeableForDays: 2\n"},
			[]string{"landingzone:backup.changeableForDays: 2: want 3 to 36500 days: AWS gives a lock at least three days to be undone in"},
		},
		"a second copy at home": {
			[]string{backupStart, backupStart + "    replicaRegion: eu-central-1\n"},
			[]string{`landingzone:backup.replicaRegion: "eu-central-1": is the home region, which holds the first copy; want another governed region`},
		},
		"a second copy in a region that is not governed": {
			[]string{backupStart, backupStart + "    replicaRegion: us-east-1\n"},
			[]string{`landingzone:backup.replicaRegion: "us-east-1": is not governed; allowed: eu-west-1`},
		},
		"a service that AWS Backup does not know": {
			[]string{backupStart, backupStart + "    services: [EBS, Lambda]\n"},
			[]string{`landingzone:backup.services[1]: "Lambda": is unknown; allowed: Aurora, CloudFormation, DocumentDB, DynamoDB, EBS, EC2, EFS, FSx, Neptune, RDS, Redshift, S3, SAP HANA on Amazon EC2, Storage Gateway, Timestream, VirtualMachine`},
		},
		"a lock that refuses the shortest copies": {
			[]string{backupStart, backupStart + "    minRetentionDays: 36\n"},
			[]string{"landingzone:backup.minRetentionDays: 36: is longer than the 35 days that some copies are kept, so that their jobs would fail"},
		},
		"a lock that refuses the longest copies": {
			[]string{backupStart, backupStart + "    maxRetentionDays: 9131\n"},
			[]string{"landingzone:backup.maxRetentionDays: 9131: is shorter than the 9132 days that some copies are kept, so that their jobs would fail"},
		},
		"a lock of no days": {
			[]string{backupStart, backupStart + "    minRetentionDays: 0\n    maxRetentionDays: 36501\n"},
			[]string{
				"landingzone:backup.minRetentionDays: 0: want 1 to 36500 days",
				"landingzone:backup.maxRetentionDays: 36501: want 1 to 36500 days",
			},
		},
		"schedules that AWS would refuse": {
			[]string{backupStart, backupStart + `    schedules:
      - {name: daily, schedule: "cron(* 1 * * ? *)", retentionDays: 35, startWindowMinutes: 59}
      - {name: weekly, schedule: rate(7 days), retentionDays: 35, completionWindowMinutes: 60}
      - {name: daily, schedule: "cron(0 1 * * * *)", retentionDays: 36501}
      - {name: monthly, schedule: "cron(0 25 1 * ? *)", retentionDays: 100, coldStorageAfterDays: 11}
`},
			[]string{
				`landingzone:backup.schedules[0].schedule: "cron(* 1 * * ? *)": has "*" for the minute; want cron(minute hour day month weekday year) in UTC, such as cron(0 1 * * ? *)`,
				"landingzone:backup.schedules[0].startWindowMinutes: 59: want 60 to 100800 minutes",
				`landingzone:backup.schedules[1].schedule: "rate(7 days)": is not an expression of six fields; want cron(minute hour day month weekday year) in UTC, such as cron(0 1 * * ? *)`,
				"landingzone:backup.schedules[1].completionWindowMinutes: 60: must be longer than the 60 minutes to start in",
				`landingzone:backup.schedules[2].name: "daily": is the name of landingzone:backup.schedules[0] too; choose another`,
				`landingzone:backup.schedules[2].schedule: "cron(0 1 * * * *)": must have ? for the day or for the weekday, and not for both; want cron(minute hour day month weekday year) in UTC, such as cron(0 1 * * ? *)`,
				"landingzone:backup.schedules[2].retentionDays: 36501: want 1 to 36500 days, the most that AWS Backup takes, or nothing for that of the record class",
				`landingzone:backup.schedules[3].schedule: "cron(0 25 1 * ? *)": has "25" for the hour; want cron(minute hour day month weekday year) in UTC, such as cron(0 1 * * ? *)`,
				"landingzone:backup.schedules[3].coldStorageAfterDays: 11: leaves less than 90 days in cold storage of the 100 that backups are kept; AWS refuses that",
			},
		},
		"a plan of nothing": {
			[]string{"        schedules: [daily, weekly]\n", "        schedules: []\n"},
			[]string{"landingzone:backup.plans[5].schedules: is empty, so that the plan would back up nothing; name one or remove the plan"},
		},
		"plans of what there is not": {
			[]string{
				"{name: gmp-batch, recordClass: gmp-batch, units: [Workloads/GxP-Prod]}",
				"{name: gmp-batch, recordClass: batch, units: [Workloads/Prod], schedules: [hourly], resourceTypes: ['arn:aws:sqs:*:*:*']}",
			},
			[]string{
				`landingzone:backup.plans[0].recordClass: "batch": is unknown; allowed: gcp-essential, gdp-distribution, glp-study, gmp-batch, gvp-safety, operational, validation-evidence`,
				`landingzone:backup.plans[0].units[0]: "Workloads/Prod": is unknown; did you mean Workloads/GxP-Prod? allowed: Infrastructure, Workloads, Workloads/GxP-Prod, Workloads/GxP-Validation, Workloads/Sensitive, Workloads/NonGxP, Sandbox, PolicyStaging`,
				`landingzone:backup.plans[0].schedules[0]: "hourly": is unknown; allowed: daily, weekly, monthly`,
				`landingzone:backup.plans[0].resourceTypes[0]: "arn:aws:sqs:*:*:*": is unknown; did you mean arn:aws:s3:::*? allowed: ` + allowedBackupTypes,
			},
		},
		"two plans of one name": {
			[]string{"{name: gvp-safety, recordClass: gvp-safety,", "{name: glp-study, recordClass: gvp-safety,"},
			[]string{`landingzone:backup.plans[4].name: "glp-study": is the name of landingzone:backup.plans[2] too; choose another`},
		},
		"a class that is kept too short for cold storage": {
			[]string{backupStart, backupStart + `    schedules:
      - {name: daily, schedule: "cron(0 1 * * ? *)", retentionDays: 35}
      - {name: weekly, schedule: "cron(0 2 ? * SUN *)", coldStorageAfterDays: 277}
`},
			[]string{
				`landingzone:backup.plans[5].recordClass: "operational": is kept 366 days, of which the schedule weekly leaves less than 90 in cold storage; AWS refuses that`,
				`landingzone:backup.plans[6].recordClass: "operational": is kept 366 days, of which the schedule weekly leaves less than 90 in cold storage; AWS refuses that`,
			},
		},
		"restore tests that AWS would refuse": {
			[]string{backupStart, backupStart + "    restoreTesting:\n      schedule: monthly\n      startWindowHours: 0\n      selectionWindowDays: 366\n      validationWindowHours: 169\n      resourceTypes: []\n"},
			[]string{
				`landingzone:backup.restoreTesting.schedule: "monthly": is not an expression of six fields; want cron(minute hour day month weekday year) in UTC, such as cron(0 1 * * ? *)`,
				"landingzone:backup.restoreTesting.startWindowHours: 0: want 1 to 168 hours",
				"landingzone:backup.restoreTesting.selectionWindowDays: 366: want 1 to 365 days",
				"landingzone:backup.restoreTesting.validationWindowHours: 169: want 1 to 168 hours",
				"landingzone:backup.restoreTesting.resourceTypes: is empty, so that nothing would be tested; name a type or set enabled to false",
			},
		},
		"no backup policies": {
			[]string{"    namePrefix: meridian-gxp\n", "    namePrefix: meridian-gxp\n    policyTypes: [SERVICE_CONTROL_POLICY, RESOURCE_CONTROL_POLICY, TAG_POLICY, AISERVICES_OPT_OUT_POLICY, DECLARATIVE_POLICY_EC2]\n"},
			[]string{"landingzone:organization.policyTypes: must contain BACKUP_POLICY for the plans of landingzone:backup; add it, or set landingzone:backup.policies to false"},
		},
	})
}

func TestDecode_RejectsProtection(t *testing.T) {
	at := "  landingzone:certificates:\n    # What people"
	rejects(t, map[string]rejection{
		"a key in an account that is no core account": {
			[]string{at, "  landingzone:protection:\n    volumeKeys: [network, network, mes-prod]\n" + at},
			[]string{
				`landingzone:protection.volumeKeys[1]: "network": is a duplicate of landingzone:protection.volumeKeys[0]; remove one`,
				`landingzone:protection.volumeKeys[2]: "mes-prod": is unknown; allowed: management, log-archive, audit, network, shared-services, backup`,
			},
		},
		"certificates that AWS would refuse": {
			[]string{at, `  landingzone:certificates:
    - {domain: Example.com, hostedZoneId: zone, account: dns}
    - {domain: example.com, hostedZoneId: Z0123456789, account: network, alternativeNames: [example.com, www, a.example.com, a.example.com]}
    - {domain: "*.example.com", hostedZoneId: Z0123456789, account: network}
    # What people`},
			[]string{
				`landingzone:certificates[0].domain: "Example.com": want a domain such as example.com or *.example.com, in lower case, at most 253 characters`,
				`landingzone:certificates[0].hostedZoneId: "zone": want the id of a hosted zone: Z and 8 to 31 capital letters and digits`,
				`landingzone:certificates[0].account: "dns": is unknown; allowed: management, log-archive, audit, network, shared-services, backup`,
				`landingzone:certificates[1].alternativeNames[0]: "example.com": is the domain itself; remove it`,
				`landingzone:certificates[1].alternativeNames[1]: "www": want a domain such as example.com or *.example.com, in lower case, at most 253 characters`,
				`landingzone:certificates[1].alternativeNames[3]: "a.example.com": is a duplicate of landingzone:certificates[1].alternativeNames[2]; remove one`,
				`landingzone:certificates[2].domain: "*.example.com": has the same account and validation record as landingzone:certificates[1]; make one certificate of the two`,
			},
		},
	})
}

func TestBadCron_AcceptsWhatAWSBackupAccepts(t *testing.T) {
	for _, good := range []string{
		"cron(0 1 * * ? *)", "cron(30 0/6 * * ? *)", "cron(0 1-5 ? * MON-FRI *)", "cron(59 23 L * ? 2030)",
		"cron(0 1 15W 1,7 ? *)", "cron(0 1 ? JAN-MAR 6#1 2026-2030)", "cron(0 1 ? * 6L *)", "cron(0 */12 LW * ? *)",
	} {
		if why := badCron(good); why != "" {
			t.Errorf("%s %s", good, why)
		}
	}
	for _, bad := range []string{
		"", "cron()", "cron(0 1 * * ?)", "0 1 * * ? *", "cron(0 1 * * ? *", "cron(60 1 * * ? *)", "cron(0 1 32 * ? *)",
		"cron(0 1 * 13 ? *)", "cron(0 1 ? * 8 *)", "cron(0 1 ? * ? *)", "cron(0 1 * * ? 1969)", "cron(0 1 ? * 6#6 *)",
		"cron(0 ? * * ? *)", "cron(00 1 * * ? *)", "cron(0 1/0 * * ? *)", "cron(0 -1 * * ? *)", "cron(0 1, * * ? *)",
	} {
		if badCron(bad) == "" {
			t.Errorf("%q is accepted", bad)
		}
	}
}

func TestBackup_FollowsFromTheRecordClassesInUse(t *testing.T) {
	text := prod(t)
	from, to := strings.Index(text, "    plans:\n"), strings.Index(text, "  landingzone:quotas:\n")
	if from < 0 || to < from {
		t.Fatal("the example has no plans before its quotas")
	}
	cfg := decodeOK(t, text[:from]+text[to:])
	var names []string
	for _, p := range cfg.LandingZone.Backup.Plans {
		names = append(names, p.Name)
		if p.RecordClass != p.Name || !slices.Equal(p.Schedules, []string{"daily", "weekly", "monthly"}) ||
			!slices.Equal(p.Units, []string{UnitWorkloads}) {
			t.Errorf("the plan %+v", p)
		}
	}
	if want := []string{"gcp-essential", "gdp-distribution", "glp-study", "gmp-batch", "gvp-safety", "operational"}; !slices.Equal(names, want) {
		t.Errorf("plans %q, want %q", names, want)
	}
	b := cfg.LandingZone.Backup
	if b.ReplicaRegion != "eu-west-1" || b.MinRetentionDays != 35 || b.MaxRetentionDays != 36500 {
		t.Errorf("replica in %q, retention %d to %d days", b.ReplicaRegion, b.MinRetentionDays, b.MaxRetentionDays)
	}
	if shortest, longest := cfg.BackupRetention(); shortest != 35 || longest != 9132 {
		t.Errorf("backups are kept %d to %d days, want 35 to the 9132 of 25 years", shortest, longest)
	}
}

func TestBackup_DoesNotCountWhatStaysLocal(t *testing.T) {
	cfg := decodeOK(t, replace(t, prod(t), backupStart, backupStart+`    schedules:
      - {name: daily, schedule: "cron(0 1 * * ? *)", retentionDays: 7, localOnly: true}
      - {name: weekly, schedule: "cron(0 2 ? * SUN *)", retentionDays: 60}
`))
	if got := cfg.LandingZone.Backup.MinRetentionDays; got != 60 {
		t.Errorf("the central vaults demand %d days, want the 60 of what is copied", got)
	}
	if shortest, _ := cfg.BackupRetention(); shortest != 7 {
		t.Errorf("the shortest backup is kept %d days, want 7", shortest)
	}
}
