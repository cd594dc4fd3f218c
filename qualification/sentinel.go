package qualification

import (
	"encoding/json"
)

// What follows is how a deployment writes values that plain JSON has no form
// for. The strings are Pulumi's; they are repeated here because this package
// works without the Pulumi SDK.
const (
	signatureKey    = "4dabf18193072939515e22adb298388d"
	secretSignature = "1b47061264138c4ac30d75fd1eb44270"
	outputSignature = "d0e6a833031e9bbcd3f4e8bde6ca49a4"

	unknownString = "04da6b54-80e4-46f7-96ec-b56ff0331ba9"
)

var unknownSentinels = map[string]bool{
	unknownString:                          true,
	"1c4a061d-8072-4f0a-a4cb-0ff528b18fe7": true, // bool
	"3eeb2bf0-c639-47a8-9e75-3b44932eb421": true, // number
	"6a19a0b0-7e62-4c92-b797-7f8e31da9cc2": true, // array
	"030794c1-ac77-496b-92df-f27374a8bd58": true, // asset
	"e48ece36-62e2-4504-bad9-02848725956a": true, // archive
	"dd056dcd-154b-4c76-9bd3-c8f88648b5ff": true, // object
}

// Unknown is the value of a property that only a deployment decides. In JSON
// it is Pulumi's own sentinel.
type Unknown struct{}

// MarshalJSON renders Pulumi's sentinel for an unknown string.
func (Unknown) MarshalJSON() ([]byte, error) { return json.Marshal(unknownString) }

// Sealed is the value of a secret whose content is encrypted: it is set, and
// nobody without the key knows to what. In JSON it is Pulumi's own form.
type Sealed struct{}

// MarshalJSON renders Pulumi's form of a secret, without content.
func (Sealed) MarshalJSON() ([]byte, error) {
	return json.Marshal(map[string]string{signatureKey: secretSignature, "ciphertext": ""})
}

// decodeSentinel replaces what stands for another value by that value: an
// unknown, a secret, an output. Everything else is returned as it is.
func decodeSentinel(value any) any {
	switch v := value.(type) {
	case string:
		if unknownSentinels[v] {
			return Unknown{}
		}
	case map[string]any:
		switch v[signatureKey] {
		case secretSignature:
			return decodeSecret(v)
		case outputSignature:
			if content, known := v["value"]; known {
				return decodeSentinel(content)
			}
			return Unknown{}
		}
	}
	return value
}

// decodeSecret returns the content of a secret where it is readable: as JSON
// text in a deployment that was exported with its secrets, as a plain value in
// what a program hands to a provider.
func decodeSecret(secret map[string]any) any {
	if text, ok := secret["plaintext"].(string); ok {
		var content any
		if err := json.Unmarshal([]byte(text), &content); err == nil {
			return decodeSentinel(content)
		}
	}
	if content, ok := secret["value"]; ok {
		return decodeSentinel(content)
	}
	return Sealed{}
}
