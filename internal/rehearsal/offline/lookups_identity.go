package offline

import (
	"fmt"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// namedLookups are the functions whose answer depends on what is asked for.
var namedLookups = map[string]func(Provider, resource.PropertyMap) (resource.PropertyMap, error){
	"aws:ec2transitgateway/getDirectConnectGatewayAttachment:getDirectConnectGatewayAttachment": directConnectAttachment,
	"aws:identitystore/getGroup:getGroup": func(p Provider, args resource.PropertyMap) (resource.PropertyMap, error) {
		name, _ := (subject{inputs: args}).input("alternateIdentifier.uniqueAttribute.attributeValue", "")
		if name == "" {
			return nil, fmt.Errorf("ValidationException: give alternateIdentifier.uniqueAttribute with the group's DisplayName")
		}
		id := draw(p.AccountID, "group "+name, 32, hexDigits)
		id = id[:8] + "-" + id[8:12] + "-" + id[12:16] + "-" + id[16:20] + "-" + id[20:]
		return resource.PropertyMap{
			"id":              resource.NewProperty(id),
			"groupId":         resource.NewProperty(id),
			"displayName":     resource.NewProperty(name),
			"description":     resource.NewProperty(""),
			"externalIds":     resource.NewProperty([]resource.PropertyValue{}),
			"identityStoreId": args["identityStoreId"],
		}, nil
	},
	"aws:secretsmanager/getSecretVersion:getSecretVersion": func(
		p Provider, args resource.PropertyMap,
	) (resource.PropertyMap, error) {
		name, _ := (subject{inputs: args}).input("secretId", "")
		if name == "" {
			return nil, fmt.Errorf("ValidationException: secretId is missing")
		}
		return resource.PropertyMap{
			"id":            resource.NewProperty(name + "|AWSCURRENT"),
			"arn":           resource.NewProperty("arn:aws:secretsmanager:" + p.Region + ":" + p.AccountID + ":secret:" + name),
			"createdDate":   resource.NewProperty(epoch),
			"secretId":      resource.NewProperty(name),
			"secretString":  resource.MakeSecret(resource.NewProperty("Offline-" + draw(p.AccountID, "secret "+name, 24, hexDigits))),
			"secretBinary":  resource.MakeSecret(resource.NewProperty("")),
			"versionId":     resource.NewProperty(draw(p.AccountID, "version "+name, 32, hexDigits)),
			"versionStages": resource.NewProperty([]resource.PropertyValue{resource.NewProperty("AWSCURRENT")}),
		}, nil
	},
}

// instances answers as an account in which IAM Identity Center was enabled by
// hand.
func instances(p Provider) resource.PropertyMap {
	return resource.PropertyMap{
		"id": resource.NewProperty(p.Region),
		"arns": resource.NewProperty([]resource.PropertyValue{
			resource.NewProperty("arn:aws:sso:::instance/" + identityCenter(p.AccountID)),
		}),
		"identityStoreIds": resource.NewProperty([]resource.PropertyValue{
			resource.NewProperty(identityStore(p.AccountID)),
		}),
	}
}
