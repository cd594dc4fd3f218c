package main

// The contacts of workload accounts are set by the baseline since it exists, in
// the account itself; the settings are the same.
func init() {
	const (
		start  = "urn:pulumi:prod::gxp-landing-zone::gxp:landingzone:Organization$aws:account/alternativeContact:AlternativeContact::organization-"
		reason = "the baseline sets the contacts of workload accounts"
	)
	for _, name := range []string{
		"clinical-data-development", "clinical-data-prod", "cold-chain-prod", "etmf-prod", "lims-legacy", "lims-prod",
		"lims-validation", "market-analytics", "mes-prod", "mes-validation", "research-sandbox", "safety-prod",
		"safety-validation", "toxicology-prod", "website-prod",
	} {
		for _, kind := range []string{"billing", "operations", "security"} {
			retired[start+name+"-"+kind] = reason
		}
	}
}
