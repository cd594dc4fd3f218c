package catalog

import (
	"embed"
	"fmt"
)

// templates holds one folder per product, with the CloudFormation template that
// Service Catalog launches.
//
//go:embed products/*/template.yaml
var templates embed.FS

// product is something that developers can launch.
type product struct {
	// key is the product's folder and its part of logical names. It never
	// changes.
	key string

	// name and description are what developers see.
	name, description string

	// version is the first version that was published. Its template is never
	// edited once it is; later versions are artifacts of their own.
	version string
}

var products = []product{
	{
		key:         "encrypted-data-bucket",
		name:        "GxP data bucket",
		description: "A private, versioned and encrypted S3 bucket whose reads and writes are in the audit trail.",
		version:     "1.0.0",
	},
}

func (p product) template() (string, error) {
	data, err := templates.ReadFile("products/" + p.key + "/template.yaml")
	if err != nil {
		return "", fmt.Errorf("product %s: template: %w", p.key, err)
	}
	return string(data), nil
}
