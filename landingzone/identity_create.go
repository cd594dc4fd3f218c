package landingzone

import (
	"fmt"
	"path"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/identitystore"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/ssoadmin"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

const (
	// managedPolicies begins the ARN of every policy that AWS manages.
	managedPolicies = "arn:aws:iam::aws:policy/"

	// lanes is how many assignments are in flight at once. Identity Center
	// takes about ten asynchronous operations; beyond, it answers with
	// conflicts until the retries are used up.
	lanes = 10

	// provisioningDeadline suits an assignment that waits for its turn.
	provisioningDeadline = "20m"
)

// createSet creates a permission set with all that is attached to it.
func (id *Identity) createSet(
	ctx *pulumi.Context, name string, center instance, set permissionSet, args *IdentityArgs, child pulumi.ResourceOption,
) error {
	created, err := ssoadmin.NewPermissionSet(ctx, name, &ssoadmin.PermissionSetArgs{
		Name:            pulumi.String(set.name),
		Description:     pulumi.String(set.description),
		InstanceArn:     pulumi.String(center.arn),
		SessionDuration: pulumi.Sprintf("PT%dH", set.hours),
	}, child)
	if err != nil {
		return err
	}
	id.PermissionSetARNs[set.name] = created.Arn
	attached := []pulumi.Resource{}
	for _, managed := range set.managed {
		// Two attachments to one set at a time conflict with each other.
		a, err := ssoadmin.NewManagedPolicyAttachment(ctx, name+"-"+path.Base(managed), &ssoadmin.ManagedPolicyAttachmentArgs{
			InstanceArn:      pulumi.String(center.arn),
			ManagedPolicyArn: pulumi.String(managedPolicies + managed),
			PermissionSetArn: created.Arn,
		}, child, pulumi.DependsOn(last(attached)))
		if err != nil {
			return fmt.Errorf("%s: %w", managed, err)
		}
		attached = append(attached, a)
	}
	if statements := set.statements(scope{args.NamePrefix}, args.Config.MFAClaim); len(statements) > 0 {
		document, err := policy.JSON(statements...)
		if err != nil {
			return err
		}
		inline, err := ssoadmin.NewPermissionSetInlinePolicy(ctx, name, &ssoadmin.PermissionSetInlinePolicyArgs{
			InstanceArn:      pulumi.String(center.arn),
			PermissionSetArn: created.Arn,
			InlinePolicy:     pulumi.String(document),
		}, child, pulumi.DependsOn(last(attached)))
		if err != nil {
			return fmt.Errorf("inline policy: %w", err)
		}
		attached = append(attached, inline)
	}
	if set.bounded && args.Config.PermissionsBoundary {
		boundary, err := ssoadmin.NewPermissionsBoundaryAttachment(ctx, name, &ssoadmin.PermissionsBoundaryAttachmentArgs{
			InstanceArn:      pulumi.String(center.arn),
			PermissionSetArn: created.Arn,
			PermissionsBoundary: ssoadmin.PermissionsBoundaryAttachmentPermissionsBoundaryArgs{
				CustomerManagedPolicyReference: ssoadmin.PermissionsBoundaryAttachmentPermissionsBoundaryCustomerManagedPolicyReferenceArgs{
					Name: pulumi.String(duty.Boundary),
					Path: pulumi.String("/"),
				},
			},
		}, child, pulumi.DependsOn(last(attached)))
		if err != nil {
			return fmt.Errorf("boundary: %w", err)
		}
		attached = append(attached, boundary)
	}
	id.attachments[set.name] = attached
	return nil
}

// last returns the last of the resources, in a list that DependsOn takes.
func last(resources []pulumi.Resource) []pulumi.Resource {
	return resources[max(len(resources)-1, 0):]
}

// findGroups creates the groups, or looks up those that an identity provider
// has made.
func (id *Identity) findGroups(
	ctx *pulumi.Context, name string, center instance, args *IdentityArgs, child pulumi.ResourceOption,
) error {
	for _, g := range args.Config.Groups {
		if args.Config.ExternalIdentities {
			found, err := identitystore.LookupGroup(ctx, &identitystore.LookupGroupArgs{
				IdentityStoreId: center.store,
				AlternateIdentifier: &identitystore.GetGroupAlternateIdentifier{
					UniqueAttribute: &identitystore.GetGroupAlternateIdentifierUniqueAttribute{
						AttributePath: "DisplayName", AttributeValue: g.Name,
					},
				},
			}, pulumi.Provider(args.Account.Provider))
			if err != nil {
				return fmt.Errorf("group %s: look it up: %w; let the identity provider provision it first (SCIM), "+
					"under this very name", g.Name, err)
			}
			id.groups[g.Name] = pulumi.String(found.GroupId)
			continue
		}
		described := &identitystore.GroupArgs{
			DisplayName:     pulumi.String(g.Name),
			IdentityStoreId: pulumi.String(center.store),
		}
		// Identity Center takes no empty description.
		if g.Description != "" {
			described.Description = pulumi.String(g.Description)
		}
		created, err := identitystore.NewGroup(ctx, name+"-"+g.Name, described, child)
		if err != nil {
			return fmt.Errorf("group %s: %w", g.Name, err)
		}
		id.groups[g.Name] = created.GroupId
	}
	return nil
}

// assign gives the rights, so many at a time. Nobody is let in before the
// permission set is complete: a policy that comes later is provisioned to every
// account once more.
func (id *Identity) assign(
	ctx *pulumi.Context, name string, center instance, args *IdentityArgs, child pulumi.ResourceOption,
) error {
	flight := make([]pulumi.Resource, lanes)
	for i, right := range args.Rights {
		set, known := id.PermissionSetARNs[right.PermissionSet]
		group, grouped := id.groups[right.Group]
		target, exists := args.AccountIDs[right.Account]
		if !known || !grouped || !exists {
			return fmt.Errorf("right %d: permission set %q, group %q or account %q does not exist",
				i, right.PermissionSet, right.Group, right.Account)
		}
		after := append([]pulumi.Resource{}, args.After...)
		after = append(after, id.attachments[right.PermissionSet]...)
		if before := flight[i%lanes]; before != nil {
			after = append(after, before)
		}
		logical := fmt.Sprintf("%s-%s-%s-%s", name, right.Group, right.PermissionSet, right.Account)
		assignment, err := ssoadmin.NewAccountAssignment(ctx, logical, &ssoadmin.AccountAssignmentArgs{
			InstanceArn:      pulumi.String(center.arn),
			PermissionSetArn: set,
			PrincipalId:      group,
			PrincipalType:    pulumi.String("GROUP"),
			TargetId:         target,
			TargetType:       pulumi.String("AWS_ACCOUNT"),
		}, child, pulumi.DependsOn(after), pulumi.Timeouts(&pulumi.CustomTimeouts{
			Create: provisioningDeadline, Delete: provisioningDeadline,
		}))
		if err != nil {
			return fmt.Errorf("%s of %s in %s: %w", right.PermissionSet, right.Group, right.Account, err)
		}
		flight[i%lanes] = assignment
	}
	return nil
}
