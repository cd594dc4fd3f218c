package rules

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// suricataRule is a rule: action, protocol, from where, a direction, to where,
// and options.
var suricataRule = regexp.MustCompile(
	`^(\w+)\s+([\w-]+)\s+(!?\[[^\]]*\]|\S+)\s+(!?\[[^\]]*\]|\S+)\s+(->|<>)\s+(!?\[[^\]]*\]|\S+)\s+(!?\[[^\]]*\]|\S+)\s+\((.*)\)$`)

var (
	suricataSID      = regexp.MustCompile(`(?:^|;)\s*sid\s*:\s*([0-9]+)\s*;`)
	suricataKeyword  = regexp.MustCompile(`(?:^|;)\s*([a-z_.]+)\s*[:;]`)
	suricataVariable = regexp.MustCompile(`\$([A-Z0-9_]+)`)
	suricataSet      = regexp.MustCompile(`@([A-Za-z0-9_]+)`)
)

var suricataActions = []string{"pass", "drop", "reject", "alert"}

// unsupported are keywords that Network Firewall does not take.
var unsupported = []string{
	"dataset", "datarep", "iprep", "filestore", "filemd5", "filesha1", "filesha256", "fileext", "filemagic", "filename",
	"lua", "threshold", "enip_command", "cip_service",
}

// suricata reads the rules of a stateful rule group.
type suricata struct {
	s      *scope
	at     string
	strict bool
	known  []string // variables, nil when they are not known yet
	sets   []string
	sids   map[string]int
	count  int
}

func (p *suricata) refuse(line int, format string, args ...any) {
	p.s.reject(p.at, "stateful rule is invalid, line %d: %s", line, fmt.Sprintf(format, args...))
}

func (p *suricata) read(text string) {
	p.sids = map[string]int{}
	number := 0
	for line := range strings.SplitSeq(text, "\n") {
		number++
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "#") {
			p.count++
			p.rule(number, line)
		}
	}
}

func (p *suricata) rule(number int, line string) {
	parts := suricataRule.FindStringSubmatch(line)
	if parts == nil {
		p.refuse(number, "%s is not: action protocol source port -> destination port (options)", shorten(line))
		return
	}
	if !slices.Contains(suricataActions, parts[1]) {
		p.refuse(number, "the action %s is none of %s", parts[1], strings.Join(suricataActions, ", "))
	}
	options := quoted.ReplaceAllString(strings.TrimSpace(parts[8]), `""`)
	if !strings.HasSuffix(options, ";") {
		p.refuse(number, "the last option lacks its semicolon")
		return
	}
	sid := suricataSID.FindStringSubmatch(options)
	if sid == nil {
		p.refuse(number, "the rule has no sid")
	} else if before, twice := p.sids[sid[1]]; twice {
		p.refuse(number, "the sid %s is that of line %d too; make it unique", sid[1], before)
	} else {
		p.sids[sid[1]] = number
	}
	for _, keyword := range suricataKeyword.FindAllStringSubmatch(options, -1) {
		switch {
		case slices.Contains(unsupported, keyword[1]):
			p.refuse(number, "the keyword %s is not supported", keyword[1])
		case keyword[1] == "priority" && p.strict:
			p.refuse(number, "with STRICT_ORDER the order of the rules is their priority; leave the keyword out")
		}
	}
	p.variables(number, strings.Join(parts[3:8], " "))
}

func (p *suricata) variables(number int, header string) {
	if p.known == nil {
		return
	}
	for _, name := range suricataVariable.FindAllStringSubmatch(header, -1) {
		if !slices.Contains(p.known, name[1]) {
			p.refuse(number, "the variable $%s is not defined; add it to ruleVariables", name[1])
		}
	}
	for _, name := range suricataSet.FindAllStringSubmatch(header, -1) {
		if !slices.Contains(p.sets, name[1]) {
			p.refuse(number, "the set @%s is not defined; add it to referenceSets", name[1])
		}
	}
}

// suricataRules checks the rules of a group that are given as text.
func suricataRules(s *scope) {
	for _, path := range []string{"rules", "ruleGroup.rulesSource.rulesString"} {
		for at, text := range s.texts(path) {
			p := suricata{s: s, at: at, strict: strictGroup(s.Resource), known: []string{"HOME_NET", "EXTERNAL_NET"}}
			for _, kind := range []string{"ipSets", "portSets"} {
				for _, key := range s.texts("ruleGroup.ruleVariables." + kind + "[].key") {
					p.known = append(p.known, key)
				}
			}
			for _, key := range s.texts("ruleGroup.referenceSets.ipSetReferences[].key") {
				p.sets = append(p.sets, key)
			}
			if group, _ := s.Inputs["ruleGroup"].(map[string]any); !settled(group) {
				p.known = nil
			}
			p.read(text)
			if capacity, ok := s.number("capacity"); ok && float64(p.count) > capacity {
				s.fail(at, "InsufficientCapacityException", "the group has %d rules and a capacity of %v; a larger capacity replaces "+
					"the group", p.count, capacity)
			}
			if p.count == 0 {
				s.reject(at, "the group has no rule")
			}
			const most = 2000000
			if len(text) > most {
				s.reject(at, "the rules are %d bytes long; the limit is %d", len(text), most)
			}
		}
	}
}
