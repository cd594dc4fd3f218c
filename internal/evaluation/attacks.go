package evaluation

import "slices"

// attack is what an administrator of an account must not be able to do.
type attack struct {
	id, proves, action, on string
	with                   map[string]string
}

// Where attacks are tried: in the units of workloads and in core accounts.
var (
	workloadPlaces = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/NonGxP", "Sandbox", "PolicyStaging"}
	corePlaces     = []string{"log-archive", "network"}

	everyPlace     = slices.Concat(workloadPlaces, corePlaces)
	outsideSandbox = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "PolicyStaging", "log-archive", "network"}
	workloadUnits  = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/NonGxP", "PolicyStaging"}
	gxpUnits       = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/GxP-Validation", "PolicyStaging"}
	gxpProduction  = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "PolicyStaging"}
)

// denied turns attacks into rows that must be denied to every kind of
// administrator, the access role included. Places that inherit the very same
// policies need not all be tried by everybody.
func denied(attacks []attack, places ...string) []row {
	var rows []row
	for i, place := range places {
		who := administrators
		switch {
		case (place == "Workloads/NonGxP" || place == "Workloads/Sensitive") && i > 0:
			who = administrators[:1]
		case slices.Contains(corePlaces, place) || place == "Sandbox":
			who = administrators[:2]
		}
		rows = append(rows, rowsOf(attacks, who, []string{place})...)
	}
	return rows
}

// deniedToPeople leaves the access role out in core accounts, where it is the
// role that the program itself works under.
func deniedToPeople(attacks []attack, places ...string) []row {
	var rows []row
	for _, place := range places {
		if slices.Contains(corePlaces, place) {
			rows = append(rows, rowsOf(attacks, []string{administrator, identityCenter}, []string{place})...)
		} else {
			rows = append(rows, denied(attacks, place)...)
		}
	}
	return rows
}

func rowsOf(attacks []attack, who, places []string) []row {
	var rows []row
	for _, a := range attacks {
		rows = append(rows, row{id: a.id, proves: a.proves, action: a.action, on: a.on, with: a.with, who: who, in: places})
	}
	return rows
}
