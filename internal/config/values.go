package config

import (
	"encoding/json"
	"fmt"
	"reflect"

	pulumi "github.com/pulumi/pulumi/sdk/v3/go/common/resource/config"
	"go.yaml.in/yaml/v3"
)

// Values returns the settings of a stack file as Pulumi hands them to a running
// program, its own (pulumi:) included: keys as namespace:key, values as text,
// lists and maps as JSON. It decodes with Pulumi's own code. It does not
// validate, and it does not decrypt: a secret value is an error.
func Values(data []byte) (map[string]string, error) {
	var file struct {
		Config pulumi.Map `yaml:"config"`
	}
	if err := yaml.Unmarshal(data, &file); err != nil {
		return nil, fmt.Errorf("read stack configuration: %w", err)
	}
	if file.Config.HasSecureValue() {
		return nil, fmt.Errorf("read stack configuration: %v is a secret, and the landing zone has none; set it without --secret",
			file.Config.SecureKeys()[0])
	}
	decrypted, err := file.Config.Decrypt(pulumi.NopDecrypter)
	if err != nil {
		return nil, fmt.Errorf("read stack configuration: %w", err)
	}
	values := make(map[string]string, len(decrypted))
	for key, value := range decrypted {
		values[key.String()] = value
	}
	return values, nil
}

// Values returns the configuration as FromStack reads it, with every default
// written out.
func (c *Config) Values() (map[string]string, error) {
	values := map[string]string{"pulumi:disable-default-providers": `["aws"]`}
	root := reflect.ValueOf(c).Elem()
	for _, s := range settings {
		v := root.FieldByIndex(s.index)
		if v.Kind() == reflect.String {
			values[s.key] = v.String()
			continue
		}
		text, err := json.Marshal(v.Interface())
		if err != nil {
			return nil, fmt.Errorf("write %s: %w", s.key, err)
		}
		values[s.key] = string(text)
	}
	return values, nil
}
