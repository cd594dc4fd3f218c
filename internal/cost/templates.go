package cost

import (
	"slices"

	"github.com/goccy/go-yaml"

	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// CloudFormation deploys part of the graph: what its templates hold exists once
// for each stack, and for a stack set once for each account and region.
const (
	stackType         = "aws:cloudformation/stack:Stack"
	stackSetType      = "aws:cloudformation/stackSet:StackSet"
	stackInstanceType = "aws:cloudformation/stackSetInstance:StackSetInstance"
	accountType       = "aws:organizations/account:Account"
	unitType          = "aws:organizations/organizationalUnit:OrganizationalUnit"
)

// templateRows are the prices of what templates hold: by existing, or by use.
// Conditions of a template are taken to hold.
var templateRows = []struct{ kind, fixed, usage string }{
	{"AWS::KMS::Key", "kms-key", "kms-requests"},
	{"AWS::CloudWatch::Alarm", "metric-alarm", ""},
	{"AWS::CloudWatch::CompositeAlarm", "composite-alarm", ""},
	{"AWS::SecretsManager::Secret", "secret", ""},
	{"AWS::Config::ConfigurationRecorder", "", "config-items"},
	{"AWS::Config::ConfigRule", "", "config-evaluations"},
	{"AWS::Logs::LogGroup", "", "log-group"},
	{"AWS::Backup::BackupVault", "", "backup-storage"},
	{"AWS::S3::Bucket", "", "s3-standard"},
}

// countTemplates counts what a stack, or an instance of a stack set, deploys.
func (t *tally) countTemplates(r *qualification.Resource) {
	switch r.Type {
	case stackType:
		t.countTemplate(r, r, 1)
	case stackInstanceType:
		set := t.graph.Target(r, "stackSetName", stackSetType)
		accounts, known := t.accountsOf(r)
		if set == nil || !known {
			t.uncounted[r.URN] = true
			return
		}
		t.countTemplate(r, set, accounts)
	}
}

// countTemplate counts the template of holder, deployed copies times because
// of r.
func (t *tally) countTemplate(r, holder *qualification.Resource, copies int) {
	var template struct {
		Resources map[string]struct {
			Type string `yaml:"Type"`
		} `yaml:"Resources"`
	}
	text, ok := holder.Get("templateBody").Text()
	if !ok || yaml.Unmarshal([]byte(text), &template) != nil {
		t.uncounted[r.URN] = true
		return
	}
	for _, made := range template.Resources {
		for _, row := range templateRows {
			if row.kind != made.Type || copies == 0 {
				continue
			}
			if row.fixed != "" {
				t.add(r, row.fixed, copies, true)
			}
			if row.usage != "" {
				t.usage[row.usage] = true
			}
		}
	}
}

// accountsOf is how many accounts of the graph an instance of a stack set
// deploys to: those of its units and of the units in them. The management
// account is never among them.
func (t *tally) accountsOf(instance *qualification.Resource) (n int, known bool) {
	units := instance.Get("deploymentTargets.organizationalUnitIds")
	if units.Absent() {
		// One account, named by accountId.
		return 1, !instance.Get("accountId").Absent()
	}
	if units.Unknown() {
		return 0, false
	}
	var targets []string
	for _, unit := range units.Items() {
		id, ok := unit.Text()
		if !ok {
			return 0, false
		}
		targets = append(targets, id)
	}
	for _, account := range t.graph.OfType(accountType) {
		if t.below(account, targets) {
			n++
		}
	}
	return n, true
}

// below says whether a resource is in one of the units, at any depth.
func (t *tally) below(r *qualification.Resource, units []string) bool {
	for range t.graph.Resources { // no chain is longer
		parent, _ := r.Get("parentId").Text()
		if slices.Contains(units, parent) {
			return true
		}
		if r = t.graph.Target(r, "parentId", unitType); r == nil {
			return false
		}
	}
	return false
}
