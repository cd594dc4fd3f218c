package offline

import (
	"encoding/json"
	"fmt"
	"strings"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

// Provider says where a provider of aws works.
type Provider struct {
	// Region is the region's name, such as eu-central-1.
	Region string

	// AccountID is the account's twelve digits.
	AccountID string

	// AssumesRole says that the account is reached through a role in it, which
	// exists only once the account does.
	AssumesRole bool

	// RoleARN is that role.
	RoleARN string

	// DefaultTags are put on everything that takes tags.
	DefaultTags map[string]string

	// Endpoints are the endpoints that replace AWS's own, by service.
	Endpoints map[string]string
}

// nobody is the account of a provider that names none, AWS's example account.
const nobody = "111122223333"

// ParseProvider reads the inputs of a provider of aws, in which everything but
// strings may be encoded as JSON. A value that is not known yet counts as
// absent.
func ParseProvider(inputs resource.PropertyMap) (Provider, error) {
	p := Provider{AccountID: nobody}
	values := map[string]any{}
	for _, key := range []resource.PropertyKey{"region", "assumeRole", "allowedAccountIds", "defaultTags", "endpoints"} {
		value := plain(inputs[key])
		if value.IsNull() || value.ContainsUnknowns() {
			continue
		}
		decoded := value.Mappable()
		if text, isText := decoded.(string); isText && key != "region" {
			if err := json.Unmarshal([]byte(text), &decoded); err != nil {
				return p, fmt.Errorf("%s is not JSON: %w", key, err)
			}
		}
		values[string(key)] = decoded
	}
	p.Region, _ = values["region"].(string)
	if ids, _ := values["allowedAccountIds"].([]any); len(ids) > 0 {
		p.AccountID = fmt.Sprint(ids[0])
	}
	if role, _ := values["assumeRole"].(map[string]any); role["roleArn"] != nil {
		p.RoleARN, _ = role["roleArn"].(string)
		account, err := accountOf(p.RoleARN)
		if err != nil {
			return p, fmt.Errorf("assumeRole.roleArn: %w", err)
		}
		p.AssumesRole, p.AccountID = true, account
	}
	if tags, _ := values["defaultTags"].(map[string]any); tags != nil {
		p.DefaultTags = texts(tags["tags"])
	}
	// One list of one object per service, or one object of many.
	switch endpoints := values["endpoints"].(type) {
	case []any:
		p.Endpoints = map[string]string{}
		for _, item := range endpoints {
			for service, url := range texts(item) {
				p.Endpoints[service] = url
			}
		}
	case map[string]any:
		p.Endpoints = texts(endpoints)
	}
	return p, nil
}

func texts(v any) map[string]string {
	out := map[string]string{}
	entries, _ := v.(map[string]any)
	for key, value := range entries {
		if text, ok := value.(string); ok {
			out[key] = text
		}
	}
	return out
}

func accountOf(arn string) (string, error) {
	parts := strings.SplitN(arn, ":", 6)
	if len(parts) != 6 || parts[0] != "arn" || parts[2] != "iam" || !isAccountID(parts[4]) ||
		!strings.HasPrefix(parts[5], "role/") {
		return "", fmt.Errorf("%q is not the ARN of a role: it has the form arn:aws:iam::ACCOUNT:role/NAME", arn)
	}
	return parts[4], nil
}

func isAccountID(s string) bool {
	return len(s) == 12 && strings.Trim(s, "0123456789") == ""
}

// replacesProvider lists the provider inputs whose change means another
// account or region, and so other resources.
var replacesProvider = []resource.PropertyKey{"region", "assumeRole", "allowedAccountIds"}

// sameTarget says whether two values of a provider input lead to the same
// account and region. A session name or an external id may change freely.
func sameTarget(key resource.PropertyKey, before, after resource.PropertyMap) bool {
	if plain(after[key]).ContainsUnknowns() || plain(before[key]).ContainsUnknowns() {
		return plain(after[key]).DeepEquals(plain(before[key]))
	}
	old, oldErr := ParseProvider(resource.PropertyMap{key: before[key]})
	now, nowErr := ParseProvider(resource.PropertyMap{key: after[key]})
	return oldErr == nil && nowErr == nil &&
		old.Region == now.Region && old.AccountID == now.AccountID && old.RoleARN == now.RoleARN
}
