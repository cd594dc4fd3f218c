package main

import (
	"bytes"
	"context"
	"encoding/json"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/google/go-cmp/cmp"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/control"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/rehearsal"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/render"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/stack"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

var renderProduction = sync.OnceValues(func() (*qualification.Graph, error) {
	c, err := config.Load("Pulumi.prod.yaml")
	if err != nil {
		return nil, err
	}
	return render.Render(context.Background(), "gxp-landing-zone", "prod", stack.Program(c, &rehearsal.Recorder{}), render.Quotas(rehearsal.Granted(c)))
})

// production is the graph of the production stack. It is rendered once for all
// tests, which do not change it.
func production(t *testing.T) *qualification.Graph {
	t.Helper()
	g, err := renderProduction()
	if err != nil {
		t.Fatal(err)
	}
	return g
}

func TestProduction_MeetsEveryControl(t *testing.T) {
	report := qualification.Check(production(t), qualification.DesignControls())
	if len(report.Results) < 15 {
		t.Fatalf("only %d controls were run", len(report.Results))
	}
	for _, result := range report.Results {
		if result.Verdict != qualification.Pass && !(isOption(result.ID) && result.Verdict == qualification.NotApplicable) {
			t.Errorf("%s %s: %s: %+v", result.ID, result.Title, result.Verdict, result.Findings)
		}
	}
}

func TestProduction_IsJudgedAlikeAfterItWasWrittenAndRead(t *testing.T) {
	var file bytes.Buffer
	if err := production(t).WriteDeployment(&file); err != nil {
		t.Fatal(err)
	}
	loaded, err := qualification.LoadDeployment(file.Bytes())
	if err != nil {
		t.Fatal(err)
	}
	want := qualification.Check(production(t), qualification.DesignControls())
	if diff := cmp.Diff(want, qualification.Check(loaded, qualification.DesignControls())); diff != "" {
		t.Errorf("another report:\n%s", diff)
	}
}

// allControls are the controls of every kind, from every table.
func allControls() []control.Control {
	return slices.Concat(qualification.Controls(), stack.Controls())
}

// unanswered are the technical and shared requirements that the program does
// not answer yet. The list only ever gets shorter.
var unanswered = []string{
	"ARCH-P3", "ARCH-S3", "ARCH-S7", "ARCH-S15",
	"CFR-11.50", "CFR-11.100",
	"A11-14",
}

func TestTrace_HasNoLooseEnds(t *testing.T) {
	matrix := qualification.Trace(qualification.Requirements(), allControls())
	for _, id := range matrix.Untraced {
		t.Errorf("control %s answers no requirement", id)
	}
	for _, orphan := range matrix.Orphans {
		t.Errorf("control %s names requirement %s, which does not exist", orphan.Control, orphan.Requirement)
	}
	for _, id := range matrix.Repeated {
		t.Errorf("more than one control is called %s", id)
	}
	for _, id := range matrix.Unanswered {
		if !slices.Contains(unanswered, id) {
			t.Errorf("no control answers requirement %s any more", id)
		}
	}
	for _, id := range unanswered {
		if !slices.Contains(matrix.Unanswered, id) {
			t.Errorf("requirement %s is answered now: take it off the list", id)
		}
	}
}

// TestOperatingControls_AreDeployed relates the controls that work in AWS to
// what the graph deploys, in both directions: each is described by the id of its
// control.
func TestOperatingControls_AreDeployed(t *testing.T) {
	deployed := map[control.Verification][]string{
		control.Alarm:      alarmDescriptions(production(t)),
		control.ConfigRule: ruleDescriptions(t, production(t)),
	}
	for verification, descriptions := range deployed {
		if len(descriptions) == 0 {
			t.Errorf("the stack deploys nothing that is verified by %s", verification)
		}
		for _, description := range descriptions {
			id, _, _ := strings.Cut(description, ":")
			if !slices.ContainsFunc(stack.Controls(), func(c control.Control) bool {
				return c.ID == id && c.Verification == verification
			}) {
				t.Errorf("%s %q belongs to no control", verification, description)
			}
		}
		for _, c := range stack.Controls() {
			if c.Verification == verification && c.Withdrawn == "" && !slices.Contains(descriptions, c.ID+": "+c.Title+".") {
				t.Errorf("control %s has no %s in the stack", c.ID, verification)
			}
		}
	}
}

func alarmDescriptions(g *qualification.Graph) []string {
	var descriptions []string
	for _, alarm := range g.OfType("aws:cloudwatch/metricAlarm:MetricAlarm") {
		text, _ := alarm.Get("alarmDescription").Text()
		descriptions = append(descriptions, text)
	}
	return descriptions
}

func ruleDescriptions(t *testing.T, g *qualification.Graph) []string {
	t.Helper()
	var descriptions []string
	for _, pack := range g.OfType("aws:cfg/organizationConformancePack:OrganizationConformancePack") {
		body, _ := pack.Get("templateBody").Text()
		var template struct {
			Resources map[string]struct{ Properties struct{ Description string } }
		}
		if err := json.Unmarshal([]byte(body), &template); err != nil {
			t.Fatalf("%s: %v", pack.URN, err)
		}
		for _, rule := range template.Resources {
			descriptions = append(descriptions, rule.Properties.Description)
		}
	}
	return descriptions
}

// TestMinimumYears_AreThoseOfTheConfiguration compares the retentions that the
// control on the archive demands with those that the configuration knows. The
// emulator's stack has no record classes of its own.
func TestMinimumYears_AreThoseOfTheConfiguration(t *testing.T) {
	c, err := config.Load("Pulumi.emulator.yaml")
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Logging.RecordClasses) == 0 {
		t.Fatal("there are no record classes")
	}
	for name, class := range c.Logging.RecordClasses {
		years, known := qualification.MinimumYears(name)
		if !known || years != float64(class.MinimumYears) {
			t.Errorf("%s: controls demand %v years (known: %v), the configuration %d", name, years, known, class.MinimumYears)
		}
	}
}
