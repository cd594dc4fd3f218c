package config

import "slices"

// EndpointService is an AWS service that an interface endpoint leads to.
type EndpointService struct {
	// Name is the service's name in endpoints, such as ecr.dkr:
	// com.amazonaws.<region>.ecr.dkr is the whole of it.
	Name string

	// Zone is what the name that programs use begins with, such as dkr.ecr.
	Zone string

	// Wildcard is true where programs use names below that one too.
	Wildcard bool
}

// PrivateName returns the domain that leads to the endpoint in a region, such
// as dkr.ecr.eu-central-1.amazonaws.com.
func (e EndpointService) PrivateName(region string) string {
	return e.Zone + "." + region + ".amazonaws.com"
}

// ServiceName returns the name by which AWS knows the endpoint in a region, such
// as com.amazonaws.eu-central-1.ecr.dkr.
func (e EndpointService) ServiceName(region string) string {
	return "com.amazonaws." + region + "." + e.Name
}

// endpointServices are the services that the network has endpoints for. One
// whose names lie in another domain, or which has public names of its customers
// below its own, such as execute-api, eks or fsx, is not among them.
var endpointServices = []EndpointService{
	{Name: "access-analyzer", Zone: "access-analyzer"},
	{Name: "application-autoscaling", Zone: "application-autoscaling"},
	{Name: "athena", Zone: "athena"},
	{Name: "autoscaling", Zone: "autoscaling"},
	{Name: "backup", Zone: "backup"},
	{Name: "cloudformation", Zone: "cloudformation"},
	{Name: "cloudtrail", Zone: "cloudtrail"},
	{Name: "config", Zone: "config"},
	{Name: "dms", Zone: "dms"},
	{Name: "ebs", Zone: "ebs"},
	{Name: "ec2", Zone: "ec2"},
	{Name: "ec2messages", Zone: "ec2messages"},
	{Name: "ecr.api", Zone: "api.ecr"},
	// Every registry has a name of its own below it.
	{Name: "ecr.dkr", Zone: "dkr.ecr", Wildcard: true},
	{Name: "ecs", Zone: "ecs"},
	{Name: "ecs-agent", Zone: "ecs-a"},
	{Name: "ecs-telemetry", Zone: "ecs-t"},
	{Name: "elasticfilesystem", Zone: "elasticfilesystem"},
	{Name: "elasticloadbalancing", Zone: "elasticloadbalancing"},
	{Name: "events", Zone: "events"},
	{Name: "glue", Zone: "glue"},
	{Name: "guardduty-data", Zone: "guardduty-data"},
	{Name: "inspector2", Zone: "inspector2"},
	{Name: "kinesis-firehose", Zone: "firehose"},
	{Name: "kms", Zone: "kms"},
	{Name: "lambda", Zone: "lambda"},
	{Name: "logs", Zone: "logs"},
	{Name: "monitoring", Zone: "monitoring"},
	{Name: "rds", Zone: "rds"},
	{Name: "redshift-data", Zone: "redshift-data"},
	{Name: "secretsmanager", Zone: "secretsmanager"},
	{Name: "securityhub", Zone: "securityhub"},
	{Name: "servicecatalog", Zone: "servicecatalog"},
	{Name: "sns", Zone: "sns"},
	{Name: "sqs", Zone: "sqs"},
	{Name: "ssm", Zone: "ssm"},
	{Name: "ssmmessages", Zone: "ssmmessages"},
	{Name: "states", Zone: "states"},
	{Name: "sts", Zone: "sts"},
	{Name: "xray", Zone: "xray"},
}

// EndpointServiceNamed returns the service of a name, and whether there is one.
func EndpointServiceNamed(name string) (EndpointService, bool) {
	i := slices.IndexFunc(endpointServices, func(e EndpointService) bool { return e.Name == name })
	if i < 0 {
		return EndpointService{}, false
	}
	return endpointServices[i], true
}

func endpointNames() []string {
	var names []string
	for _, e := range endpointServices {
		names = append(names, e.Name)
	}
	return names
}
