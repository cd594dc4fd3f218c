package evaluation

// boundaryRows are about roles that an account makes for itself: with every
// permission, and under the boundary. They are tried in the sandbox, where
// fewest guardrails would deny the same.
func boundaryRows() []row {
	const role, boundary = "arn:aws:iam::{account}:role/another", "arn:aws:iam::{account}:policy/gxp-boundary"
	bound := map[string]string{"iam:PermissionsBoundary": boundary}
	of := func(id, action, on string, with map[string]string, allowed bool) row {
		return row{id: "bounded-" + id, proves: "GXP-IAM-005", action: action, on: on, with: with,
			who: []string{"bounded:application"}, in: []string{"Sandbox"}, alone: !allowed, allowed: allowed}
	}
	return []row{
		of("works", "sqs:SendMessage", "arn:aws:sqs:{region}:{account}:any", nil, true),
		of("creates-bounded-role", "iam:CreateRole", role, bound, true),
		of("creates-role", "iam:CreateRole", role, nil, false),
		of("takes-boundary-off", "iam:DeleteRolePermissionsBoundary", role, nil, false),
		of("replaces-boundary", "iam:CreatePolicyVersion", boundary, nil, false),
		of("creates-user", "iam:CreateUser", "arn:aws:iam::{account}:user/someone", nil, false),
		of("changes-own-kind", "iam:PutRolePolicy", "arn:aws:iam::{account}:role/gxp-backup", nil, false),
		of("passes-settings-role", "iam:PassRole", "arn:aws:iam::{account}:role/gxp-baseline-settings-{region}", nil, false),
	}
}
