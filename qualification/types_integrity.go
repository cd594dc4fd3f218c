package qualification

// The types of resources that verify the archive.
const (
	functionType       = "aws:lambda/function:Function"
	inlinePolicyType   = "aws:iam/rolePolicy:RolePolicy"
	attachedPolicyType = "aws:iam/rolePolicyAttachment:RolePolicyAttachment"
)
