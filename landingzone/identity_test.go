package landingzone

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/account"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/pulumitest"
	"github.com/gxp-landing-zone/gxp-landing-zone/qualification"
)

const (
	setType        = "aws:ssoadmin/permissionSet:PermissionSet"
	inlineType     = "aws:ssoadmin/permissionSetInlinePolicy:PermissionSetInlinePolicy"
	managedType    = "aws:ssoadmin/managedPolicyAttachment:ManagedPolicyAttachment"
	boundaryType   = "aws:ssoadmin/permissionsBoundaryAttachment:PermissionsBoundaryAttachment"
	assignmentType = "aws:ssoadmin/accountAssignment:AccountAssignment"
	groupType      = "aws:identitystore/group:Group"
)

func TestIdentity_HasAPermissionSetForEveryDuty(t *testing.T) {
	graph := renderIdentity(t, nil)
	var names []string
	for _, r := range pulumitest.OfType(t, graph, setType) {
		names = append(names, fmt.Sprint(r.Inputs["name"]))
		assert.Regexp(t, `^PT[1-8]H$`, r.Inputs["sessionDuration"], r.URN)
		assert.NotEmpty(t, r.Inputs["description"], r.URN)
	}
	assert.ElementsMatch(t, append(duty.All(), "Statistician"), names)
	assert.Equal(t, "PT1H", pulumitest.Find(t, graph, setType, "identity-break-glass").Inputs["sessionDuration"])
}

func TestIdentity_AllowsEverythingInEmergenciesAlone(t *testing.T) {
	graph := renderIdentity(t, nil)
	for _, r := range pulumitest.OfType(t, graph, managedType) {
		emergency := strings.HasSuffix(r.URN, "::identity-break-glass-AdministratorAccess")
		assert.Equal(t, emergency, strings.Contains(fmt.Sprint(r.Inputs["managedPolicyArn"]), "Administrator"), r.URN)
	}
	inline := pulumitest.OfType(t, graph, inlineType)
	for _, r := range inline {
		document, err := qualification.ParseDocument(r.Inputs["inlinePolicy"].(string))
		require.NoError(t, err)
		for _, s := range document.Statements {
			assert.NotEmpty(t, s.Sid, r.URN)
			assert.False(t, s.Allows() && (slices.Contains(s.Actions, "*") || len(s.NotActions) > 0), "%s: %s", r.URN, s.Sid)
		}
	}
	assert.Len(t, inline, len(permissionSets), "all but the emergency's, and the company's own")
}

func TestIdentity_WritesNoActionForAWholeService(t *testing.T) {
	checked := 0
	for _, set := range permissionSets {
		for _, s := range set.statements(scope{"acme"}, false) {
			for _, action := range s.Action {
				service, name, _ := strings.Cut(action, ":")
				assert.NotEqual(t, "*", name, "%s: %s", set.name, s.Sid)
				assert.NotEmpty(t, service, "%s: %s", set.name, s.Sid)
				checked++
			}
		}
	}
	assert.Positive(t, checked)
}

func TestIdentity_BoundsTheSetsThatWorkInWorkloadAccounts(t *testing.T) {
	graph := renderIdentity(t, nil)
	var bounded []string
	for _, r := range pulumitest.OfType(t, graph, boundaryType) {
		bounded = append(bounded, r.Name())
		reference := r.Inputs["permissionsBoundary"].(map[string]any)["customerManagedPolicyReference"]
		assert.Equal(t, map[string]any{"name": "gxp-boundary", "path": "/"}, reference)
	}
	assert.ElementsMatch(t, []string{"identity-platform-engineer", "identity-operator", "identity-developer",
		"identity-data-steward", "identity-own-Statistician"}, bounded)

	without := renderIdentity(t, func(a *IdentityArgs) { a.Config.PermissionsBoundary = false })
	assert.Empty(t, without.OfType(boundaryType))
}

func TestIdentity_DemandsTheClaimOfASecondFactorWhereThereIsOne(t *testing.T) {
	graph := renderIdentity(t, func(a *IdentityArgs) { a.Config.MFAClaim = true })
	policies := pulumitest.OfType(t, graph, inlineType)
	assert.Len(t, policies, len(pulumitest.OfType(t, graph, setType)), "the emergency's too")
	for _, r := range policies {
		assert.Contains(t, r.Inputs["inlinePolicy"], `"StringNotEquals":{"aws:PrincipalTag/GxpMfa":"true"}`, r.URN)
	}
	assert.Len(t, pulumitest.OfType(t, graph, "aws:ssoadmin/instanceAccessControlAttributes:InstanceAccessControlAttributes"), 1)
	for _, r := range pulumitest.OfType(t, renderIdentity(t, nil), inlineType) {
		assert.NotContains(t, r.Inputs["inlinePolicy"], "MultiFactor", "no session of Identity Center has this key, so it would lock all out")
	}
}

func TestIdentity_AssignsGroupsToAccounts(t *testing.T) {
	graph := renderIdentity(t, nil)
	a := pulumitest.Find(t, graph, assignmentType, "identity-people-GxpAuditor-account-1")
	group := pulumitest.Find(t, graph, groupType, "identity-people")
	set := pulumitest.Find(t, graph, setType, "identity-auditor")
	assert.Equal(t, group.Outputs["groupId"], a.Inputs["principalId"])
	assert.Equal(t, set.Outputs["arn"], a.Inputs["permissionSetArn"])
	assert.Equal(t, "444455550001", a.Inputs["targetId"])
	assert.Equal(t, "GROUP", a.Inputs["principalType"])
}

func TestIdentity_LetsNobodyInBeforeThePermissionSetIsComplete(t *testing.T) {
	graph := renderIdentity(t, nil)
	for _, a := range pulumitest.OfType(t, graph, assignmentType) {
		for _, typ := range []string{managedType, inlineType} {
			waits := slices.ContainsFunc(a.Dependencies, func(d string) bool { return strings.Contains(d, typ+"::identity-auditor") })
			assert.True(t, waits, "%s waits for the %s", a.URN, typ)
		}
	}
}

func TestIdentity_HasNoMoreThanTenAssignmentsInFlight(t *testing.T) {
	graph := renderIdentity(t, nil)
	width, depth := map[int]int{}, map[string]int{}
	for _, a := range pulumitest.OfType(t, graph, assignmentType) {
		for _, d := range a.Dependencies {
			if strings.Contains(d, assignmentType+"::") {
				depth[a.URN] = depth[d] + 1
			}
		}
		width[depth[a.URN]]++
	}
	assert.Len(t, width, 3)
	for generation, assignments := range width {
		assert.LessOrEqual(t, assignments, 10, "generation %d", generation)
	}
}

func TestIdentity_LooksUpTheGroupsOfAnIdentityProvider(t *testing.T) {
	graph := renderIdentity(t, func(a *IdentityArgs) { a.Config.ExternalIdentities = true })
	assert.Empty(t, graph.OfType(groupType))
	for _, a := range pulumitest.OfType(t, graph, assignmentType) {
		assert.Regexp(t, `^[0-9a-f-]{36}$`, a.Inputs["principalId"], a.URN)
	}
}

func TestOnlyInstance_SaysWhatToDoWhereThereIsNone(t *testing.T) {
	_, err := onlyInstance(nil, nil, "eu-test-1")
	require.ErrorContains(t, err, "IAM Identity Center is not enabled in eu-test-1")
	assert.ErrorContains(t, err, "enable it with AWS Organizations")
	assert.ErrorContains(t, err, "landingzone:identity.enabled: false")
	_, err = onlyInstance([]string{"a", "b"}, []string{"c", "d"}, "eu-test-1")
	require.ErrorContains(t, err, "has 2 instances")
	found, err := onlyInstance([]string{"a"}, []string{"c"}, "eu-test-1")
	require.NoError(t, err)
	assert.Equal(t, instance{"a", "c"}, found)
}

func TestIdentityArgs_Rejects(t *testing.T) {
	in := account.Account{Provider: &aws.Provider{}}
	tests := map[string]struct {
		args *IdentityArgs
		want string
	}{
		"no args":        {nil, "args are required"},
		"no home":        {&IdentityArgs{}, "account has no provider"},
		"no name prefix": {&IdentityArgs{Account: in}, "namePrefix is required"},
		"no accounts":    {&IdentityArgs{Account: in, NamePrefix: "acme"}, "accountIDs are required"},
	}
	for name, tt := range tests {
		t.Run(name, func(t *testing.T) { assert.EqualError(t, tt.args.validate(), tt.want) })
	}
}

// renderIdentity renders one duty of one group in 25 accounts.
func renderIdentity(t *testing.T, change func(*IdentityArgs)) *qualification.Graph {
	t.Helper()
	return pulumitest.Render(t, func(ctx *pulumi.Context) error {
		in, err := pulumitest.Account(ctx, "management", "111122223333", pulumitest.Region)
		if err != nil {
			return err
		}
		args := &IdentityArgs{
			Account: in, NamePrefix: "acme", AccountIDs: map[string]pulumi.StringOutput{},
			Config: config.Identity{
				Enabled: true, PermissionsBoundary: true, Groups: []config.Group{{Name: "people", Description: "Auditors"}},
				PermissionSets: []config.PermissionSet{{
					Name: "Statistician", Description: "Reads results", SessionHours: 4,
					Statements: []config.PermissionStatement{{
						Sid: "Reads", Actions: []string{"s3:GetObject"}, Resources: []string{"arn:aws:s3:::results/*"},
					}},
				}},
			},
		}
		for i := range 25 {
			name := fmt.Sprintf("account-%d", i)
			args.AccountIDs[name] = pulumi.Sprintf("44445555%04d", i)
			args.Rights = append(args.Rights, config.AccessRight{Group: "people", PermissionSet: duty.Auditor, Account: name})
		}
		if change != nil {
			change(args)
		}
		_, err = NewIdentity(ctx, "identity", args)
		return err
	})
}
