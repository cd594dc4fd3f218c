package offline

import (
	"fmt"
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// lookups are the functions that the offline AWS answers, each from the
// provider alone, so that a render under mocks gets the same answer.
var lookups = map[string]func(Provider) resource.PropertyMap{
	"aws:index/getCallerIdentity:getCallerIdentity": func(p Provider) resource.PropertyMap {
		return resource.PropertyMap{
			"id":        resource.NewProperty(p.AccountID),
			"accountId": resource.NewProperty(p.AccountID),
			"arn":       resource.NewProperty("arn:aws:sts::" + p.AccountID + ":assumed-role/landing-zone/rehearsal"),
			"userId":    resource.NewProperty("AROA" + draw(p.AccountID, "caller", 17, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") + ":rehearsal"),
		}
	},
	"aws:ssoadmin/getInstances:getInstances": instances,
	"aws:index/getRegion:getRegion": func(p Provider) resource.PropertyMap {
		return resource.PropertyMap{
			"id":       resource.NewProperty(p.Region),
			"name":     resource.NewProperty(p.Region),
			"region":   resource.NewProperty(p.Region),
			"endpoint": resource.NewProperty("ec2." + p.Region + ".amazonaws.com"),
		}
	},
	"aws:index/getPartition:getPartition": func(Provider) resource.PropertyMap {
		return resource.PropertyMap{
			"id":               resource.NewProperty("aws"),
			"partition":        resource.NewProperty("aws"),
			"dnsSuffix":        resource.NewProperty("amazonaws.com"),
			"reverseDnsPrefix": resource.NewProperty("com.amazonaws"),
		}
	},
}

// Lookup answers a function of aws. The error is about a function that the
// offline AWS does not know, or about arguments that AWS would refuse.
func Lookup(token string, args resource.PropertyMap, where Provider) (resource.PropertyMap, error) {
	if answer, ok := namedLookups[token]; ok {
		return answer(where, args)
	}
	answer, ok := lookups[token]
	if !ok {
		known := slices.Sorted(maps.Keys(lookups))
		known = slices.AppendSeq(known, maps.Keys(namedLookups))
		return nil, fmt.Errorf("the offline AWS does not answer %s: it knows %v; add it to lookups.go of "+
			"internal/rehearsal/offline, or pass the value as an argument", token, slices.Sorted(slices.Values(known)))
	}
	return answer(where), nil
}
