package evaluation

import "slices"

// requiredTags are the tags without which nothing that holds data is created,
// and the guardrail on each.
var requiredTags = []struct{ key, proves string }{
	{"gxp:classification", "GXP-SCP-150"}, {"gxp:cost-centre", "GXP-SCP-151"}, {"gxp:data-classification", "GXP-SCP-152"},
	{"gxp:environment", "GXP-SCP-153"}, {"gxp:owner", "GXP-SCP-154"}, {"gxp:record-class", "GXP-SCP-155"},
	{"gxp:requirement-set", "GXP-SCP-156"},
}

// taggedUnits demand tags; PolicyStaging does not.
var taggedUnits = []string{"Workloads/GxP-Prod", "Workloads/Sensitive", "Workloads/GxP-Validation"}

// tagged are all tags in a request but one.
func tagged(without string, more map[string]string) map[string]string {
	with := map[string]string{}
	for _, tag := range requiredTags {
		if tag.key != without {
			with["aws:RequestTag/"+tag.key] = "any"
		}
	}
	for key, value := range more {
		with[key] = value
	}
	return with
}

// tagRows are about what is created without one of the tags. A published
// landing zone denies a request only when all tags are missing at once. Launch
// roles are bound too.
func tagRows() []row {
	const function, table = "arn:aws:lambda:{region}:{account}:function:any", "arn:aws:dynamodb:{region}:{account}:table/any"
	launch := []string{"role:gxp-launch-product"}
	var rows []row
	for _, tag := range requiredTags {
		name := slug(tag.key)
		attacks := []attack{
			{id: "function-without-" + name, proves: tag.proves, action: "lambda:CreateFunction", on: function, with: tagged(tag.key, nil)},
			{id: "table-without-" + name, proves: tag.proves, action: "dynamodb:CreateTable", on: table, with: tagged(tag.key, nil)},
		}
		rows = append(rows, rowsOf(attacks, append(launch, administrators...), taggedUnits)...)
	}
	complete := []attack{
		{id: "function-with-tags", proves: "GXP-SCP-154", action: "lambda:CreateFunction", on: function, with: tagged("", nil)},
		{id: "table-with-tags", proves: "GXP-SCP-154", action: "dynamodb:CreateTable", on: table, with: tagged("", nil)},
	}
	return append(rows, allowed(rowsOf(complete, launch, gxpUnits))...)
}

// catalogRows are about making resources in production past the catalog.
func catalogRows() []row {
	const stack = "arn:aws:cloudformation:{region}:{account}:stack/mine/0123"
	attacks := []attack{
		{id: "production-stack", proves: "GXP-SCP-140", action: "cloudformation:CreateStack", on: stack},
		{id: "production-stack-update", proves: "GXP-SCP-140", action: "cloudformation:UpdateStack", on: stack},
		{id: "production-bucket", proves: "GXP-SCP-140", action: "s3:CreateBucket", on: "arn:aws:s3:::mine"},
		{id: "production-function", proves: "GXP-SCP-140", action: "lambda:CreateFunction", on: "arn:aws:lambda:{region}:{account}:function:mine", with: tagged("", nil)},
		{id: "production-code", proves: "GXP-SCP-140", action: "lambda:UpdateFunctionCode", on: "arn:aws:lambda:{region}:{account}:function:mine"},
		{id: "production-table", proves: "GXP-SCP-140", action: "dynamodb:CreateTable", on: "arn:aws:dynamodb:{region}:{account}:table/mine", with: tagged("", nil)},
		{id: "production-instance", proves: "GXP-SCP-140", action: "ec2:RunInstances", on: "arn:aws:ec2:{region}:{account}:instance/i-0123",
			with: tagged("", map[string]string{"ec2:MetadataHttpTokens": "required"})},
		{id: "production-queue", proves: "GXP-SCP-140", action: "sqs:CreateQueue", on: "arn:aws:sqs:{region}:{account}:mine", with: tagged("", nil)},
	}
	own := []attack{
		{id: "own-portfolio", proves: "GXP-SCP-141", action: "servicecatalog:CreatePortfolio", on: "arn:aws:catalog:{region}:{account}:portfolio/port-0123456789abc"},
		{id: "own-product", proves: "GXP-SCP-141", action: "servicecatalog:CreateProduct", on: "arn:aws:catalog:{region}:{account}:product/prod-0123456789abc"},
	}
	return slices.Concat(
		denied(own, workloadUnits...),
		denied(attacks, gxpProduction...),
		allowed(rowsOf(attacks, []string{"role:gxp-launch-product"}, gxpProduction)),
		// Elsewhere there are no records, so builders build.
		allowed(rowsOf(attacks[:4], []string{administrator, identityCenter}, []string{"Workloads/GxP-Validation", "Workloads/NonGxP", "Sandbox"})))
}
