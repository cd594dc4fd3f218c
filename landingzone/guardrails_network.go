package landingzone

import (
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/duty"
	"github.com/gxp-landing-zone/gxp-landing-zone/internal/policy"
)

// networkGuardrails leave networks to the network account.
var networkGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-120", "Workload accounts have no network of their own and no way around the shared one",
			"A gateway of one's own passes every inspection and every record of traffic by.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "NetworksAreShared", units: workloads,
		deny: byBuilders("ec2:AcceptTransitGateway*", "ec2:AcceptVpcPeeringConnection", "ec2:AllocateAddress",
			"ec2:AssociateAddress", "ec2:AssociateVpcCidrBlock", "ec2:Attach*Gateway", "ec2:Create*Gateway",
			"ec2:Create*GatewayConnect*", "ec2:Create*GatewayPeering*", "ec2:CreateClientVpnEndpoint", "ec2:CreateDefault*",
			"ec2:CreateInstanceConnectEndpoint", "ec2:CreateVpcBlock*", "ec2:CreateVpcEndpointS*", "ec2:CreateVpcPeering*",
			"ec2:CreateVpnConnection*"),
	},
	{
		Control: prevents("GXP-SCP-121", "Workload accounts are joined to no network but the shared one, and share no resources on their own",
			"A link or a share that one account makes opens the network of all.",
			"ARCH-P7", "CFR-11.10(d)", "CFR-11.30", "A11-12"),
		sid: "LinksAreCentral", units: workloads,
		deny: byBuilders("directconnect:Accept*", "directconnect:Confirm*", "directconnect:Create*",
			"globalaccelerator:Create*", "networkmanager:Create*", "ram:Accept*", "ram:Associate*", "ram:Create*",
			"ram:Delete*", "ram:Disassociate*", "ram:Update*", "vpc-lattice:CreateServiceNetwork*"),
	},
}

// provisions is everything that brings resources of a GxP system into being or
// replaces their definition.
var provisions = policy.Strings{
	"apigateway:POST", "cloudformation:Create*", "cloudformation:DeleteStack", "cloudformation:ExecuteChangeSet",
	"cloudformation:UpdateStack", "dynamodb:CreateTable", "dynamodb:DeleteTable", "ec2:CreateLaunchTemplate*",
	"ec2:CreateVolume", "ec2:RunInstances", "ecs:CreateCluster", "ecs:CreateService", "ecs:RegisterTaskDefinition",
	"eks:Create*", "elasticache:Create*", "elasticfilesystem:CreateFileSystem", "elasticloadbalancing:CreateLoadBalancer",
	"es:CreateDomain", "firehose:CreateDeliveryStream", "fsx:CreateFileSystem", "glue:CreateJob", "kinesis:CreateStream",
	"kms:CreateKey", "lambda:CreateFunction", "lambda:UpdateFunctionCode", "rds:CreateDBCluster", "rds:CreateDBInstance",
	"rds:DeleteDBCluster", "rds:DeleteDBInstance", "rds:Restore*", "redshift:CreateCluster", "s3:CreateBucket",
	"s3:DeleteBucket", "secretsmanager:CreateSecret", "sns:CreateTopic", "sqs:CreateQueue", "states:CreateStateMachine",
	"states:UpdateStateMachine",
}

// catalogGuardrails leave one way into production: an approved product.
var catalogGuardrails = []guardrail{
	{
		Control: prevents("GXP-SCP-140", "GxP resources in production come from approved products",
			"What was not launched from the catalog was neither reviewed nor qualified.",
			"ARCH-S2", "ARCH-S4", "ARCH-S5", "CFR-11.10(a)", "CFR-11.10(f)", "A11-10"),
		sid: "ProductsOnly", units: gxpProd,
		deny: func(l Limits, unit string) policy.Statement {
			return policy.Statement{
				Action: provisions, Resource: anything,
				// Restoring a backup creates resources, and so may the end of an
				// emergency, of which an alarm tells.
				Condition: except(append(l.setters(unit), anyAccount(launchRoles), anyAccount(backupRole),
					l.permissionSetRole(duty.BreakGlass))),
			}
		},
	},
	{
		Control: prevents("GXP-SCP-141", "Products and portfolios are made by the platform team alone",
			"Whoever can make a product of his own can launch anything under the role of an approved one.",
			"ARCH-S2", "ARCH-S6", "CFR-11.10(f)", "CFR-11.10(g)", "A11-10"),
		sid: "CatalogIsCentral", units: workloads,
		deny: byBuilders("servicecatalog:AcceptPortfolioShare", "servicecatalog:AssociateProductWithPortfolio",
			"servicecatalog:CopyProduct", "servicecatalog:CreateConstraint", "servicecatalog:CreatePortfolio*",
			"servicecatalog:CreateProduct", "servicecatalog:CreateProvisioningArtifact",
			"servicecatalog:CreateServiceAction", "servicecatalog:ImportAsProvisionedProduct",
			"servicecatalog:UpdateConstraint", "servicecatalog:UpdateProduct", "servicecatalog:UpdateProvisioningArtifact"),
	},
}
