package logging

import (
	"fmt"
	"strings"

	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/athena"
	"github.com/pulumi/pulumi-aws/sdk/v6/go/aws/glue"
	"github.com/pulumi/pulumi/sdk/v3/go/pulumi"

	"github.com/gxp-landing-zone/gxp-landing-zone/logging/analytics"
)

// createTables creates the database and its tables. Nothing in them is secret,
// so the Data Catalog has no key of its own: whoever administers the catalog
// would have to use it.
func (a *Analytics) createTables(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) error {
	database, err := glue.NewCatalogDatabase(ctx, name, &glue.CatalogDatabaseArgs{
		Name:        pulumi.String(analytics.Database),
		Description: pulumi.String("The audit archive, as Athena reads it."),
	}, child)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	for _, table := range analytics.Tables() {
		if !table.Applies(args.place()) {
			continue
		}
		created, err := createTable(ctx, name+"-"+table.Name, database, table, args, child)
		if err != nil {
			return fmt.Errorf("table %s: %w", table.Name, err)
		}
		a.Ready = append(a.Ready, created)
	}
	return nil
}

func createTable(
	ctx *pulumi.Context, name string, database *glue.CatalogDatabase, table analytics.Table, args *AnalyticsArgs, child pulumi.ResourceOption,
) (*glue.CatalogTable, error) {
	var columns glue.CatalogTableStorageDescriptorColumnArray
	for _, c := range table.Columns {
		columns = append(columns, glue.CatalogTableStorageDescriptorColumnArgs{
			Name: pulumi.String(c.Name), Type: pulumi.String(c.Type.String()), Comment: pulumi.String(c.Comment),
		})
	}
	var partitions glue.CatalogTablePartitionKeyArray
	for _, k := range table.Partitions {
		partitions = append(partitions, glue.CatalogTablePartitionKeyArgs{
			Name: pulumi.String(k.Name), Type: pulumi.String("string"), Comment: pulumi.String(k.Comment),
		})
	}
	return glue.NewCatalogTable(ctx, name, &glue.CatalogTableArgs{
		DatabaseName:  database.Name,
		Name:          pulumi.String(table.Name),
		Description:   pulumi.String(table.Description),
		TableType:     pulumi.String(analytics.TableType),
		Parameters:    args.parameters(table),
		PartitionKeys: partitions,
		StorageDescriptor: glue.CatalogTableStorageDescriptorArgs{
			Location:     pulumi.String(table.Location(args.place())),
			InputFormat:  pulumi.String(table.Format.Input),
			OutputFormat: pulumi.String(table.Format.Output),
			Columns:      columns,
			SerDeInfo: glue.CatalogTableStorageDescriptorSerDeInfoArgs{
				Name:                 pulumi.String(table.Name),
				SerializationLibrary: pulumi.String(table.Format.SerDe),
				Parameters:           pulumi.ToStringMap(table.SerDeParameters()),
			},
		},
	}, child)
}

// parameters are those of a table once the id of the organization is known.
func (a *AnalyticsArgs) parameters(table analytics.Table) pulumi.StringMapOutput {
	return a.OrganizationID.ToStringOutput().ApplyT(func(id string) (map[string]string, error) {
		place := a.place()
		place.OrganizationID = id
		if err := place.Validate(); err != nil {
			return nil, fmt.Errorf("table %s: %w", table.Name, err)
		}
		return table.Parameters(place), nil
	}).(pulumi.StringMapOutput)
}

// gigabyte is how Athena counts what a query reads.
const gigabyte = 1 << 30

// createWorkgroup creates the workgroup that auditors ask in, and the questions.
// Whatever a client asks for, answers go where the workgroup says, encrypted.
func (a *Analytics) createWorkgroup(ctx *pulumi.Context, name string, args *AnalyticsArgs, child pulumi.ResourceOption) error {
	workgroup, err := a.newWorkgroup(ctx, name, args, workgroupSettings{
		name: analytics.Workgroup, description: "Questions that auditors ask of the archive.", enforced: true, location: auditAnswers,
	}, child)
	if err != nil {
		return err
	}
	for _, q := range analytics.Queries() {
		_, err := athena.NewNamedQuery(ctx, name+"-"+q.Name, &athena.NamedQueryArgs{
			Name:        pulumi.String(q.Name),
			Description: pulumi.String(describeQuery(q)),
			Workgroup:   workgroup.Name,
			Database:    pulumi.String(analytics.Database),
			Query:       args.Account.ID.ApplyT(q.Console).(pulumi.StringOutput),
		}, child, pulumi.DependsOn(a.Ready))
		if err != nil {
			return fmt.Errorf("query %s: %w", q.Name, err)
		}
	}
	return nil
}

// describeQuery says what a query answers, and how to use it in the console. Athena
// takes 1024 characters.
func describeQuery(q *analytics.Query) string {
	return fmt.Sprintf("%s. %s Evidence for %s. As it opens it asks about the audit account and the last seven days: "+
		"the comments at its beginning say which values to replace.", q.Title, q.Explanation, strings.Join(q.Requirements, ", "))
}

type workgroupSettings struct {
	name, description string

	// enforced keeps clients from choosing where answers go, and their encryption.
	enforced bool

	// location is the prefix of the answers.
	location string
}

// newWorkgroup creates a workgroup. It is protected: with it the history of its
// queries would go.
func (a *Analytics) newWorkgroup(
	ctx *pulumi.Context, name string, args *AnalyticsArgs, s workgroupSettings, child pulumi.ResourceOption,
) (*athena.Workgroup, error) {
	created, err := athena.NewWorkgroup(ctx, name, &athena.WorkgroupArgs{
		Name:         pulumi.String(s.name),
		Description:  pulumi.String(s.description),
		State:        pulumi.String("ENABLED"),
		ForceDestroy: pulumi.Bool(false),
		Configuration: athena.WorkgroupConfigurationArgs{
			EnforceWorkgroupConfiguration:   pulumi.Bool(s.enforced),
			PublishCloudwatchMetricsEnabled: pulumi.Bool(true),
			RequesterPaysEnabled:            pulumi.Bool(false),
			BytesScannedCutoffPerQuery:      pulumi.Int(args.ScanLimitGB * gigabyte),
			EngineVersion: athena.WorkgroupConfigurationEngineVersionArgs{
				SelectedEngineVersion: pulumi.String("Athena engine version 3"),
			},
			ResultConfiguration: athena.WorkgroupConfigurationResultConfigurationArgs{
				OutputLocation:      pulumi.Sprintf("s3://%s/%s", a.ResultsBucket, s.location),
				ExpectedBucketOwner: args.Account.ID,
				EncryptionConfiguration: athena.WorkgroupConfigurationResultConfigurationEncryptionConfigurationArgs{
					EncryptionOption: pulumi.String("SSE_KMS"),
					KmsKeyArn:        a.KeyARN,
				},
			},
		},
	}, child, pulumi.Protect(true), pulumi.DependsOn([]pulumi.Resource{a.results.Policy}))
	if err != nil {
		return nil, fmt.Errorf("workgroup %s: %w", s.name, err)
	}
	return created, nil
}
