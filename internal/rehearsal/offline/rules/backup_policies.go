package rules

import (
	"encoding/json"
	"regexp"
	"slices"
	"strconv"
	"strings"
)

const backupPolicyKind = "BACKUP_POLICY"

// leastColdDays is how long AWS Backup keeps what it has moved to cold storage.
const leastColdDays = 90

var (
	backupName     = regexp.MustCompile(`^[A-Za-z0-9_.-]{1,50}$`)
	backupRoleARN  = regexp.MustCompile(`^arn:aws:iam::(\$account|[0-9]{12}):role/.+$`)
	backupVaultARN = regexp.MustCompile(`^arn:aws:backup:[a-z0-9-]+:(\$account|[0-9]{12}):backup-vault:[A-Za-z0-9_-]{2,50}$`)
)

// backupPolicy checks a backup policy for what makes AWS refuse it, or back up
// nothing: a plan needs regions, rules and a selection.
func backupPolicy(s *scope, text string) {
	var policy struct {
		Plans map[string]map[string]any `json:"plans"`
	}
	if err := json.Unmarshal([]byte(text), &policy); err != nil || len(policy.Plans) == 0 {
		s.fail("content", malformed, "a backup policy is an object of plans, each an object; write plans")
		return
	}
	for name, plan := range ordered(policy.Plans) {
		p := backupPlan{scope: s, at: name, plan: Resource{Inputs: plan}}
		p.named("plan", name)
		if !slices.ContainsFunc(p.list("regions"), func(region string) bool { return region != "" }) {
			p.refuse("has no regions")
		}
		p.rules()
		p.selections()
	}
}

// backupPlan is one plan of a backup policy under examination.
type backupPlan struct {
	*scope
	at   string
	plan Resource
}

func (p backupPlan) refuse(format string, args ...any) {
	p.fail("content", malformed, "plan "+p.at+" "+format, args...)
}

func (p backupPlan) named(what, name string) {
	if !backupName.MatchString(name) {
		p.refuse("has a %s named %q; use 1 to 50 letters, digits, hyphens, underscores and dots", what, shorten(name))
	}
}

// children returns the named objects at path.
func (p backupPlan) children(path string) map[string]Resource {
	found := map[string]Resource{}
	for _, m := range typed[map[string]any](p.plan.Inputs, path) {
		for name, v := range m {
			if child, ok := v.(map[string]any); ok {
				found[name] = Resource{Inputs: child}
			}
		}
	}
	return found
}

func (p backupPlan) list(path string) []string {
	var all []string
	for _, text := range p.plan.texts(path + ".@@assign[]") {
		all = append(all, text)
	}
	return all
}

func (p backupPlan) rules() {
	rules := p.children("rules")
	if len(rules) == 0 {
		p.refuse("has no rules")
	}
	for name, rule := range ordered(rules) {
		p.named("rule", name)
		if !strings.HasPrefix(assigned(rule, "schedule_expression"), "cron(") {
			p.refuse("has the rule %s without a cron expression", name)
		}
		if assigned(rule, "target_backup_vault_name") == "" {
			p.refuse("has the rule %s without a vault", name)
		}
		start, complete := assignedNumber(rule, "start_backup_window_minutes"), assignedNumber(rule, "complete_backup_window_minutes")
		if start != 0 && start < 60 {
			p.refuse("has the rule %s with %d minutes to start in; it must be at least 60", name, start)
		}
		if complete != 0 && complete <= start {
			p.refuse("has the rule %s with %d minutes to complete in, not more than the %d to start in", name, complete, start)
		}
		p.lifecycle(name, rule)
		copies := backupPlan{p.scope, p.at, rule}.children("copy_actions")
		for vault, action := range ordered(copies) {
			if !backupVaultARN.MatchString(vault) || assigned(action, "target_backup_vault_arn") != vault {
				p.refuse("has the rule %s with a copy to %q, which is not the ARN of its vault", name, shorten(vault))
			}
			p.lifecycle(name, action)
		}
	}
}

func (p backupPlan) lifecycle(name string, rule Resource) {
	for _, lifecycle := range rule.objects("lifecycle") {
		cold, gone := assignedNumber(lifecycle, "move_to_cold_storage_after_days"), assignedNumber(lifecycle, "delete_after_days")
		if gone < 0 || gone > maxBackupDays {
			p.refuse("has the rule %s that deletes after %d days; it must be 1 to %d", name, gone, maxBackupDays)
		}
		if cold > 0 && gone > 0 && gone < cold+leastColdDays {
			p.refuse("has the rule %s that deletes after %d days, less than %d after the move to cold storage", name, gone, leastColdDays)
		}
	}
}

func (p backupPlan) selections() {
	tags, resources := p.children("selections.tags"), p.children("selections.resources")
	switch {
	case len(tags)+len(resources) == 0:
		p.refuse("selects nothing")
	case len(tags) > 0 && len(resources) > 0:
		p.refuse("selects by tags and by resources; keep one")
	}
	for name, selection := range ordered(tags) {
		p.selection(name, selection, "tag_key", "tag_value")
	}
	for name, selection := range ordered(resources) {
		p.selection(name, selection, "resource_types")
	}
}

func (p backupPlan) selection(name string, selection Resource, needed ...string) {
	p.named("selection", name)
	if !backupRoleARN.MatchString(assigned(selection, "iam_role_arn")) {
		p.refuse("has the selection %s without the ARN of a role", name)
	}
	for _, property := range needed {
		if selection.presence(property+".@@assign") == absent {
			p.refuse("has the selection %s without %s", name, property)
		}
	}
}

// assigned returns the text that a setting is given.
func assigned(r Resource, setting string) string { return r.text(setting + ".@@assign") }

// assignedNumber returns the number that a setting is given, which AWS takes as
// text; 0 without one, -1 for what is no number.
func assignedNumber(r Resource, setting string) int {
	text := assigned(r, setting)
	if text == "" {
		return 0
	}
	n, err := strconv.Atoi(text)
	if err != nil {
		return -1
	}
	return n
}
