package monitoring

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/cfg"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
)

const conformanceType = "gxp:monitoring:Conformance"

// ConformanceArgs configures [Conformance]. Every field is required unless it
// says otherwise.
type ConformanceArgs struct {
	// Account is the management account. A delegated administrator could create
	// the pack too, but this provider version then never sees it complete.
	Account account.Account

	// After is what the pack waits for. Optional.
	After []pulumi.Resource
}

// Conformance evaluates the regulatory Config rules in every account. Accounts
// need a configuration recorder; one without it fails the whole pack.
type Conformance struct {
	pulumi.ResourceState
}

// NewConformance creates Conformance for the region of args.Account.
func NewConformance(
	ctx *pulumi.Context, name string, args *ConformanceArgs, opts ...pulumi.ResourceOption,
) (*Conformance, error) {
	if err := args.validate(); err != nil {
		return nil, fmt.Errorf("conformance %s: %w", name, err)
	}
	template, err := packTemplate(rules)
	if err != nil {
		return nil, fmt.Errorf("conformance %s: %w", name, err)
	}
	c := &Conformance{}
	opts = append(slices.Clip(opts), pulumi.Provider(args.Account.Provider))
	if err := ctx.RegisterComponentResource(conformanceType, name, c, opts...); err != nil {
		return nil, err
	}
	_, err = cfg.NewOrganizationConformancePack(ctx, name, &cfg.OrganizationConformancePackArgs{
		Name:         pulumi.String("gxp-regulatory"),
		TemplateBody: pulumi.String(template),
		// The management account records no configuration before it has its
		// own baseline.
		ExcludedAccounts: pulumi.StringArray{args.Account.ID},
	}, pulumi.Parent(c), pulumi.DependsOn(args.After),
		pulumi.Timeouts(&pulumi.CustomTimeouts{Create: "120m", Update: "120m", Delete: "60m"}))
	if err != nil {
		return nil, fmt.Errorf("conformance %s: %w", name, err)
	}
	return c, ctx.RegisterResourceOutputs(c, pulumi.Map{})
}

func (a *ConformanceArgs) validate() error {
	switch {
	case a == nil:
		return errors.New("args are required")
	case a.Account.Provider == nil:
		return errors.New("account has no provider")
	}
	return nil
}

// packTemplate renders rules as a conformance pack. JSON is YAML too, and its
// bytes do not depend on the order of maps.
func packTemplate(rules []rule) (string, error) {
	type source struct{ Owner, SourceIdentifier string }
	type properties struct {
		ConfigRuleName  string
		Description     string
		InputParameters map[string]string `json:",omitempty"`
		Source          source
	}
	type resource struct {
		Type       string
		Properties properties
	}
	resources := map[string]resource{}
	for _, r := range rules {
		resources[logicalID(r.identifier)] = resource{"AWS::Config::ConfigRule", properties{
			ConfigRuleName:  strings.ReplaceAll(strings.ToLower(r.identifier), "_", "-"),
			Description:     r.ID + ": " + r.Title + ".",
			InputParameters: r.parameters,
			Source:          source{"AWS", r.identifier},
		}}
	}
	out, err := json.Marshal(map[string]any{"Resources": resources})
	if err != nil {
		return "", fmt.Errorf("render conformance pack: %w", err)
	}
	return string(out), nil
}

// logicalID is the identifier in CamelCase: CloudFormation allows letters and
// digits alone.
func logicalID(identifier string) string {
	var id strings.Builder
	for word := range strings.SplitSeq(strings.ToLower(identifier), "_") {
		id.WriteString(strings.ToUpper(word[:1]) + word[1:])
	}
	return id.String()
}
