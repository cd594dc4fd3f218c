package main

import (
	"encoding/xml"
	"fmt"
	"io"
	"strings"

	"github.com/jstemmer/go-junit-report/v2/junit"
	"github.com/owenrumney/go-sarif/v3/pkg/report/v210/sarif"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/cost"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

// checkResult is what "gxp check" found. Its JSON form is a contract.
type checkResult struct {
	// Controls are the design controls and what they concluded.
	Controls    []qualification.Result `json:"controls"`
	Evaluations evaluations            `json:"evaluations"`
	ConfigRules configRules            `json:"configRules"`
	// Requirements name the controls of every kind that answer them.
	Requirements []checkedRequirement `json:"requirements"`
	// Cost concludes nothing: no cost makes a check fail.
	Cost *cost.Estimate `json:"cost"`
	OK   bool           `json:"ok"`
}

// configRules compares the AWS Config rules that the controls rely on with
// those that conformance packs of the graph deploy.
type configRules struct {
	Required int      `json:"required"`
	Covered  int      `json:"covered"`
	Missing  []string `json:"missing"`
}

// checkedRequirement is one requirement and the ids of the controls that answer
// it.
type checkedRequirement struct {
	ID       string               `json:"id"`
	Nature   qualification.Nature `json:"nature"`
	Controls []string             `json:"controls"`
}

// sentence is a finding in one line.
func sentence(f qualification.Finding) string {
	where := shortResource(f.Resource)
	if f.Property != "" {
		where += ": " + f.Property
	}
	line := strings.TrimPrefix(where+": "+f.Problem, ": ")
	if f.Fix != "" {
		line += "; " + f.Fix
	}
	return line
}

// shortResource is a URN without what all URNs of a stack share.
func shortResource(urn string) string {
	parts := strings.SplitN(urn, "::", 3)
	if len(parts) < 3 {
		return urn
	}
	return parts[2]
}

func (r *checkResult) writeText(w io.Writer) error {
	var b strings.Builder
	counts := map[qualification.Verdict]int{}
	for _, c := range r.Controls {
		counts[c.Verdict]++
		if c.Verdict == qualification.Pass || c.Verdict == qualification.NotApplicable {
			continue
		}
		fmt.Fprintf(&b, "%s %s: %s (%s)\n", strings.ToUpper(string(c.Verdict)), c.ID, c.Title, strings.Join(c.Requirements, ", "))
		for _, f := range c.Findings {
			fmt.Fprintf(&b, "  %s\n", sentence(f))
		}
	}
	answered := 0
	for _, requirement := range r.Requirements {
		if len(requirement.Controls) > 0 {
			answered++
		}
	}
	fmt.Fprintf(&b, "%d controls: %d passed, %d failed, %d unknown, %d not applicable; %d of %d requirements have controls\n",
		len(r.Controls), counts[qualification.Pass], counts[qualification.Fail], counts[qualification.NotYetKnown], counts[qualification.NotApplicable],
		answered, len(r.Requirements))
	r.Evaluations.writeText(&b)
	b.WriteString(r.Cost.Text())
	_, err := io.WriteString(w, b.String())
	return err
}

// informationURI identifies the tool in reports that ask for a page about it.
const informationURI = "https://github.com/gxp-landing-zone/gxp-landing-zone"

// writeSARIF writes findings as SARIF 2.1.0, each located by the resource's URN
// in the file that configures the stack.
func (r *checkResult) writeSARIF(w io.Writer, stackFile string) error {
	run := sarif.NewRunWithInformationURI("gxp check", informationURI)
	for _, c := range r.Controls {
		properties := sarif.NewPropertyBag().
			Add("kind", string(c.Kind)).Add("verification", string(c.Verification)).Add("verdict", string(c.Verdict))
		properties.WithTags(c.Requirements)
		run.AddRule(c.ID).WithDescription(c.Title).
			WithFullDescription(sarif.NewMultiformatMessageString().WithText(c.Rationale)).
			WithProperties(properties)
		level := "error"
		if c.Verdict == qualification.NotYetKnown {
			level = "warning"
		}
		for _, f := range c.Findings {
			place := sarif.NewPhysicalLocation().WithArtifactLocation(sarif.NewSimpleArtifactLocation(stackFile))
			logical := sarif.NewLogicalLocation().WithFullyQualifiedName(f.Resource).WithKind("resource")
			run.CreateResultForRule(c.ID).WithLevel(level).
				WithMessage(sarif.NewTextMessage(sentence(f))).
				AddLocation(sarif.NewLocationWithPhysicalLocation(place).AddLogicalLocation(logical))
		}
	}
	r.Evaluations.addSARIF(run, stackFile)
	return sarif.NewReport().AddRun(run).PrettyWrite(w)
}

// writeJUnit writes one test case for each control.
func (r *checkResult) writeJUnit(w io.Writer) error {
	suite := junit.Testsuite{Name: "gxp check", Time: "0"}
	for _, c := range r.Controls {
		test := junit.Testcase{Name: c.ID + " " + c.Title, Classname: string(c.Kind)}
		var lines []string
		for _, f := range c.Findings {
			lines = append(lines, sentence(f))
		}
		found := &junit.Result{Message: string(c.Verdict), Type: c.ID, Data: strings.Join(lines, "\n")}
		switch c.Verdict {
		case qualification.Fail:
			test.Failure = found
		case qualification.NotYetKnown:
			test.Error = found
		case qualification.NotApplicable:
			test.Skipped = &junit.Result{Message: "nothing of its subject is in the graph"}
		}
		suite.AddTestcase(test)
	}
	var suites junit.Testsuites
	suites.Name = suite.Name
	suites.AddSuite(suite)
	suites.AddSuite(r.Evaluations.suite())
	if _, err := io.WriteString(w, xml.Header); err != nil {
		return err
	}
	return suites.WriteXML(w)
}
