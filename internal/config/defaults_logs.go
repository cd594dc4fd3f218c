package config

import "slices"

func defaultLogging() Logging {
	return Logging{
		// A record that nobody collected cannot be found later.
		Sources: slices.Clone(sources),
		Archive: Archive{
			// Records that an administrator can delete are not protected in the
			// sense of 21 CFR 11.10(c).
			Mode: "COMPLIANCE",
			// Most questions are about the last quarter; what is older is read
			// less than once a month, which is where cheaper storage pays.
			ColdAfterDays: 90,
		},
		Trail: Trail{
			// Buckets of the catalog's data product begin so. Recording all
			// buckets costs a multiple and buries the GxP ones.
			DataEventBuckets: []string{"gxp-data-"},
			// Both are charged by use, and each sees what the other does not:
			// calls that are unusually many, and unusually refused.
			Insights: slices.Clone(insights),
			// Where data, its keys and its passwords are: whoever brings the
			// credentials of another company into a network is refused there.
			NetworkEvents: []string{"kms.amazonaws.com", "secretsmanager.amazonaws.com"},
			// A year of searching, which is one cycle of periodic review; the
			// archive keeps the rest.
			LogGroupRetentionDays: 365,
		},
		// EU GMP Annex 11, 7.1: stored data is checked for accessibility,
		// readability and accuracy.
		Integrity: Integrity{Enabled: true},
		Analytics: Analytics{
			// EU GMP Annex 11, 9: audit trails are reviewed regularly, for which
			// they must be convertible to a form that people can read.
			Enabled: true,
			// Half a dollar: room for a wide question, and a stop for a careless
			// one.
			ScanLimitGB: 100,
			Reviews:     true,
			// Older than the first release, so that no record is left out.
			Since: "2026-01-01",
		},
		// What a dashboard and a search engine cost is the company's decision;
		// neither holds a record.
		Dashboards: Dashboards{
			// The group that permission sets give auditors' rights to.
			Group: "gxp-auditors",
			// The one that every QuickSight account has.
			Namespace: "default",
			// After the night's exports and before the day's work in Europe.
			RefreshTime: "05:00",
		},
		Search: Search{
			Name: "gxp-logs",
			// A zone that fails takes no search with it.
			Standby: true,
		},
	}
}
