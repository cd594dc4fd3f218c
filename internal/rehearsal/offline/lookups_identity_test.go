package offline

import (
	"testing"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
)

func TestLookup_AnswersByWhatIsAskedFor(t *testing.T) {
	group := func(name string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(map[string]any{
			"identityStoreId":     "d-1234567890",
			"alternateIdentifier": map[string]any{"uniqueAttribute": map[string]any{"attributeValue": name}},
		})
	}
	secret := func(name string) resource.PropertyMap {
		return resource.NewPropertyMapFromMap(map[string]any{"secretId": name})
	}
	for token, args := range map[string]func(string) resource.PropertyMap{
		"aws:identitystore/getGroup:getGroup":                  group,
		"aws:secretsmanager/getSecretVersion:getSecretVersion": secret,
	} {
		one, err := Lookup(token, args("one"), here)
		if err != nil {
			t.Fatal(err)
		}
		again, _ := Lookup(token, args("one"), here)
		two, _ := Lookup(token, args("two"), here)
		if !one.DeepEquals(again) || one["id"].DeepEquals(two["id"]) {
			t.Errorf("%s: %v, then %v, of another %v", token, one, again, two)
		}
		_, err = Lookup(token, args(""), here)
		contains(t, err, "ValidationException")
	}
}

func TestLookup_FindsOneInstanceOfIdentityCenterInEachAccount(t *testing.T) {
	const token = "aws:ssoadmin/getInstances:getInstances"
	found, err := Lookup(token, nil, here)
	if err != nil || len(found["arns"].ArrayValue()) != 1 || len(found["identityStoreIds"].ArrayValue()) != 1 {
		t.Fatalf("Lookup() = %v, %v", found, err)
	}
	elsewhere := here
	elsewhere.AccountID = "444455556666"
	if other, _ := Lookup(token, nil, elsewhere); other["arns"].DeepEquals(found["arns"]) {
		t.Error("two accounts have the same instance")
	}
}
