package account

import (
	"reflect"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"
)

// services are the AWS services, by their endpoint argument, that any resource
// of the landing zone calls. A service that is missing here would reach AWS
// from a stack that is meant for an emulator.
var services = []string{
	"Accessanalyzer", "Account", "Acm", "Athena", "Backup", "Cloudformation", "Cloudtrail", "Cloudwatch", "Configservice",
	"Directconnect", "Ds", "Ec2", "Events", "Firehose", "Glue", "Iam", "Identitystore", "Kms", "Lambda", "Logs",
	"Networkfirewall", "Opensearchserverless", "Organizations", "Quicksight", "Ram", "Route53", "Route53resolver", "S3",
	"S3control", "Scheduler", "Secretsmanager", "Servicecatalog", "Sns", "Sqs", "Ssm", "Ssoadmin", "Sts",
}

// emulatorCredentials are what the program shows an emulator. The real ones
// stay out of reach of whatever listens there.
const emulatorCredentials = "emulator"

// emulatorRetries leaves room for an emulator that is still starting.
const emulatorRetries = 3

// useEmulator points every service at endpoint and skips what an emulator does
// not have: real credentials and the instance metadata service.
func useEmulator(args *aws.ProviderArgs, endpoint string) {
	endpoints := aws.ProviderEndpointArgs{}
	fields := reflect.ValueOf(&endpoints).Elem()
	for _, service := range services {
		fields.FieldByName(service).Set(reflect.ValueOf(pulumi.StringPtr(endpoint)))
	}
	args.Endpoints = aws.ProviderEndpointArray{endpoints}
	args.S3UsePathStyle = pulumi.Bool(true)
	// What an emulator refuses it refuses again: many retries only hide that.
	args.MaxRetries = pulumi.Int(emulatorRetries)
	args.SkipCredentialsValidation = pulumi.Bool(true)
	args.SkipMetadataApiCheck = pulumi.Bool(true)
	args.SkipRegionValidation = pulumi.Bool(true)
	args.AccessKey = pulumi.String(emulatorCredentials)
	args.SecretKey = pulumi.String(emulatorCredentials)
}
