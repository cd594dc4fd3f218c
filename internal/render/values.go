package render

import (
	"maps"
	"slices"

	"github.com/pulumi/pulumi/sdk/v3/go/common/resource"
	"github.com/pulumi/pulumi/sdk/v3/go/common/resource/sig"
)

// plainMap returns properties as they stand in the JSON of a deployment; nil
// when there are none.
func plainMap(properties resource.PropertyMap) map[string]any {
	if len(properties) == 0 {
		return nil
	}
	out := make(map[string]any, len(properties))
	for key, value := range properties {
		out[string(key)] = plainValue(value)
	}
	return out
}

// plainValue leaves the content of a secret out: a deployment has it encrypted,
// and a render cannot encrypt.
func plainValue(v resource.PropertyValue) any {
	switch {
	case v.IsSecret():
		return map[string]any{sig.Key: sig.Secret}
	case v.IsOutput():
		return plainValue(v.OutputValue().Element)
	case v.IsAsset():
		return v.AssetValue().Serialize()
	case v.IsArchive():
		return v.ArchiveValue().Serialize()
	case v.IsResourceReference():
		return map[string]any{sig.Key: sig.ResourceReference, "urn": string(v.ResourceReferenceValue().URN)}
	case v.IsArray():
		items := make([]any, 0, len(v.ArrayValue()))
		for _, item := range v.ArrayValue() {
			items = append(items, plainValue(item))
		}
		return items
	case v.IsObject():
		object := make(map[string]any, len(v.ObjectValue()))
		for key, value := range v.ObjectValue() {
			object[string(key)] = plainValue(value)
		}
		return object
	}
	return v.V
}

// hashAssets gives assets and archives the digest of their content, as the
// engine does before a provider sees them.
func hashAssets(v resource.PropertyValue) error {
	switch {
	case v.IsSecret():
		return hashAssets(v.SecretValue().Element)
	case v.IsAsset() && v.AssetValue().IsPath():
		// A file of the project, such as a built function, is read when it is
		// deployed. A render is the same whether it is there or not.
		return nil
	case v.IsAsset():
		return v.AssetValue().EnsureHash()
	case v.IsArchive():
		return v.ArchiveValue().EnsureHash()
	case v.IsArray():
		for _, item := range v.ArrayValue() {
			if err := hashAssets(item); err != nil {
				return err
			}
		}
	case v.IsObject():
		for _, item := range v.ObjectValue() {
			if err := hashAssets(item); err != nil {
				return err
			}
		}
	}
	return nil
}

func sortedKeys[V any](m map[string]V) []string { return slices.Sorted(maps.Keys(m)) }
