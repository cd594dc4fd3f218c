package qualification

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

const endpointPolicyType = "aws:ec2/vpcEndpointPolicy:VpcEndpointPolicy"

// endpointsWithPolicy are the endpoints of AWS services, or, where the policy of
// one is a resource of its own, that.
var endpointsWithPolicy = every(vpcEndpointType, endpointPolicyType).where(func(g *Graph, r *Resource) bool {
	if r.Type == endpointPolicyType {
		return true
	}
	isService := !slices.ContainsFunc([]string{"GatewayLoadBalancer", "Resource", "ServiceNetwork"}, func(t string) bool {
		return r.Get("vpcEndpointType").Is(t)
	})
	return isService && len(g.Linked(r, endpointPolicyType, "vpcEndpointId")) == 0
})

// holdData are the services whose resources data can be put into, or lost with.
// All their requests say whose resource they are for.
var holdData = []string{
	"dynamodb", "kinesis-firehose", "kinesis-streams", "kms", "kms-fips", "logs", "s3", "s3express", "secretsmanager", "sns", "sqs",
}

// useAWS are the services whose requests touch what belongs to AWS: images,
// documents, parameters. Through all others, also those that nobody thought of,
// nothing but the organization's own is reached.
var useAWS = []string{"ec2", "ec2messages", "ssm", "ssmmessages"}

// containerReads are the actions by which images of anybody are read.
var containerReads = []string{
	"ecr:BatchCheckLayerAvailability", "ecr:BatchGetImage", "ecr:DescribeImages", "ecr:DescribeRepositories",
	"ecr:GetAuthorizationToken", "ecr:GetDownloadUrlForLayer", "ecr:ListImages",
}

// serviceOf is the service of an endpoint: what follows the region in
// com.amazonaws.eu-central-1.s3.
func serviceOf(endpoint *Resource) string {
	text, _ := endpoint.Get("serviceName").Text()
	parts := strings.SplitN(text, ".", 4)
	if len(parts) < 4 {
		return ""
	}
	return parts[3]
}

// awsBuckets are buckets of AWS that instances and containers read from, with
// {region} for the region. Only whole names are exceptions: a pattern would fit
// a bucket that a stranger makes.
// https://docs.aws.amazon.com/systems-manager/latest/userguide/ssm-agent-minimum-s3-permissions.html
// https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
var awsBuckets = []string{
	"al2023-repos-{region}-de612dc2",
	"amazon-ssm-{region}",
	"amazon-ssm-packages-{region}",
	"amazoncloudwatch-agent",
	"amazoncloudwatch-agent-{region}",
	"amazonlinux-2-repos-{region}",
	"aws-codedeploy-{region}",
	"aws-patch-manager-{region}",
	"aws-ssm-distributor-file-{region}",
	"aws-ssm-document-attachments-{region}",
	"aws-ssm-{region}",
	"aws-windows-downloads-{region}",
	"patch-baseline-snapshot-{region}",
	"prod-{region}-starport-layer-bucket",
	"{region}-birdwatcher-prod",
}

// readsFromAWS reports that the statement lets nothing be done but read objects
// of buckets that belong to AWS.
func (s Statement) readsFromAWS(region string) bool {
	const bucketARN = "arn:aws:s3:::"
	if len(s.Actions) == 0 || len(s.Resources) == 0 || len(s.NotActions)+len(s.NotResources) > 0 {
		return false
	}
	for _, action := range s.Actions {
		if !slices.ContainsFunc([]string{"s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket", "s3:GetBucketLocation"},
			func(reads string) bool { return strings.EqualFold(reads, action) }) {
			return false
		}
	}
	for _, arn := range s.Resources {
		bucket, _, _ := strings.Cut(strings.TrimPrefix(arn, bucketARN), "/")
		if !strings.HasPrefix(arn, bucketARN) || !slices.ContainsFunc(awsBuckets, func(name string) bool {
			return strings.ReplaceAll(name, "{region}", region) == bucket
		}) {
			return false
		}
	}
	return true
}

// proves reports that the statement lets nothing be done but exchange a proof of
// identity for credentials. Whoever does has no principal yet.
func (s Statement) proves() bool {
	return len(s.Actions) > 0 && !slices.ContainsFunc(s.Actions, func(action string) bool {
		return !strings.EqualFold(action, "sts:AssumeRoleWithWebIdentity") && !strings.EqualFold(action, "sts:AssumeRoleWithSAML")
	})
}

// isOwn reports that a key confines the statement to the organization itself.
func (s Statement) isOwn(g *Graph, key string) bool { return s.isOwnBy(g, key, "StringEquals") }

func (s Statement) isOwnBy(g *Graph, key string, operators ...string) bool {
	c, ok := s.Condition(key, operators...)
	return ok && len(c.Values) > 0 && !slices.ContainsFunc(c.Values, func(id string) bool { return !isOwnOrganization(g, id) })
}

// admitsOwnPrincipals holds where every statement that allows anything allows it
// to the organization.
func admitsOwnPrincipals(g *Graph, r *Resource, d *Document) []flaw {
	return unless(g, r, d, "aws:PrincipalOrgID", "lets principals of any account act",
		func(s Statement) bool { return s.isOwn(g, "aws:PrincipalOrgID") || s.proves() })
}

// unless are the flaws of statements that allow something and neither are
// confined nor only read what belongs to AWS.
func unless(g *Graph, r *Resource, d *Document, key, problem string, confined func(Statement) bool) []flaw {
	region, _ := g.Region(r).Text()
	var flaws []flaw
	for _, s := range d.Statements {
		if s.Allows() && !confined(s) && !s.readsFromAWS(region) {
			flaws = append(flaws, flaw{
				fmt.Sprintf("%s (%s)", problem, s.name()), "require " + key + " to equal the organization's id",
			})
		}
	}
	return flaws
}

// readsImages reports that the statement lets nothing be done but read images of
// containers.
func (s Statement) readsImages() bool {
	return len(s.Actions) > 0 && len(s.NotActions) == 0 && !slices.ContainsFunc(s.Actions, func(action string) bool {
		return !slices.ContainsFunc(containerReads, func(reads string) bool { return strings.EqualFold(reads, action) })
	})
}

// reachesOwnResources holds for the endpoint of a service where every statement
// confines it to the resources of the organization. Of services whose requests
// touch what belongs to AWS it asks nothing.
func reachesOwnResources(g *Graph, r *Resource) []Finding {
	endpoint := r
	if r.Type == endpointPolicyType {
		endpoint = cmp.Or(g.Target(r, "vpcEndpointId", vpcEndpointType), r)
	}
	service := serviceOf(endpoint)
	switch name := endpoint.Get("serviceName"); {
	case name.Unknown():
		return []Finding{open(endpoint, "serviceName")}
	case slices.Contains(useAWS, service):
		return nil
	}
	operators := []string{"StringEquals"}
	if !slices.Contains(holdData, service) {
		// Not every action of these services has the key.
		operators = append(operators, "StringEqualsIfExists")
	}
	return policyAt("policy").satisfies(func(g *Graph, r *Resource, d *Document) []flaw {
		return unless(g, r, d, "aws:ResourceOrgID", "lets resources of any account be reached", func(s Statement) bool {
			return s.isOwnBy(g, "aws:ResourceOrgID", operators...) || strings.HasPrefix(service, "ecr.") && s.readsImages() || s.proves()
		})
	})(g, r)
}
