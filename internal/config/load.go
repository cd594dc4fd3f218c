package config

import (
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
)

// MaxBytes is the size of the largest stack file that is read: 4 MiB, some
// fifteen thousand accounts. A larger file is another file.
const MaxBytes = 4 << 20

// configKey is the section of a stack file that holds the settings.
const configKey = "config"

// fileKeys are the top-level keys of a stack file. All but config belong to
// Pulumi.
var fileKeys = []string{configKey, "encryptedkey", "encryptionsalt", "environment", "secretsprovider"}

// Load reads and validates the configuration in a stack file. Its error is
// Problems: everything that is wrong with the file, at once. Where the file is
// missing, errors.Is(err, fs.ErrNotExist) holds and the message lists the
// stacks that there are.
func Load(file string) (*Config, error) {
	r := newReport(file)
	data, err := read(file)
	var large tooLarge
	if errors.As(err, &large) {
		r.add(position{}, "", "", "%s", err)
		return nil, r.err()
	}
	if errors.Is(err, fs.ErrNotExist) {
		r.problems = append(r.problems, Problem{File: file, Message: "there is no such file; " + stacksBeside(file), cause: err})
		return nil, r.err()
	}
	if err != nil {
		r.problems = append(r.problems, Problem{File: file, Message: "cannot be read: " + err.Error(), cause: err})
		return nil, r.err()
	}
	return Decode(file, data)
}

// tooLarge is the size of a file that is not read.
type tooLarge int64

func (n tooLarge) Error() string {
	return fmt.Sprintf("has %d bytes, and a stack configuration may have %d (4 MiB) at most; is it the right file?", n, MaxBytes)
}

// read returns the contents of the file, unless it is too large.
func read(file string) (data []byte, err error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return nil, err
	}
	if info.Size() > MaxBytes {
		return nil, tooLarge(info.Size())
	}
	// A pipe has no size to look at beforehand.
	return io.ReadAll(io.LimitReader(f, MaxBytes+1))
}

// stacksBeside says which stacks the folder of a missing stack file has.
func stacksBeside(file string) string {
	files, err := filepath.Glob(filepath.Join(filepath.Dir(file), "Pulumi.*.yaml"))
	if err != nil || len(files) == 0 {
		return "its folder has no stack at all (Pulumi.<stack>.yaml); run this in the project's folder"
	}
	var stacks []string
	for _, f := range files {
		stacks = append(stacks, strings.TrimSuffix(strings.TrimPrefix(filepath.Base(f), "Pulumi."), ".yaml"))
	}
	return fmt.Sprintf("the stacks here are %s; choose one with --stack", strings.Join(stacks, ", "))
}

// Decode reads and validates the contents of a stack file. The file name is for
// messages alone. Its error is Problems.
func Decode(file string, data []byte) (*Config, error) {
	r := newReport(file)
	root := settingsOf(data, r)
	if root == nil {
		return nil, r.err()
	}
	return decode(root, nil, r)
}

// FromStack reads and validates the values that Pulumi hands a running program:
// keys as namespace:key, values as text, lists and maps as JSON. Problems point
// at the place in the stack file where it is there, can be read and holds the
// setting; otherwise they name the setting alone.
func FromStack(values map[string]string, file string) (*Config, error) {
	written := places{}
	if data, err := read(file); err == nil {
		if root := settingsOf(data, newReport(file)); root != nil {
			written.walk(root, "", root.at)
		}
	}
	root := &value{kind: object, at: written[""].value}
	for _, key := range slices.Sorted(maps.Keys(values)) {
		at := written[key]
		root.fields = append(root.fields, field{key: key, at: at.key, value: &value{
			kind: text, loose: true, text: values[key], at: at.value,
		}})
	}
	return decode(root, written, newReport(file))
}

// settingsOf returns the config section of a stack file, or nil with problems
// in r.
func settingsOf(data []byte, r *report) *value {
	if len(data) > MaxBytes {
		r.add(position{}, "", "", "%s", tooLarge(len(data)))
		return nil
	}
	root := readYAML(data, r)
	if root == nil {
		return nil
	}
	if root.kind == null {
		r.add(position{1, 1}, "", "", "is empty; want a stack configuration with a config: section")
		return nil
	}
	if root.kind != object {
		r.add(root.at, "", root.shown(), "is %s, want a map with a config: section", root.kind)
		return nil
	}
	for _, f := range root.fields {
		if !slices.Contains(fileKeys, f.key) {
			r.add(f.at, f.key, "", "is unknown; %s", oneOf(f.key, fileKeys))
		}
	}
	config := root.get(configKey)
	if root.lacks(configKey) {
		r.add(root.at, configKey, "", "is required: the section with the settings")
		return nil
	}
	if config.kind != object {
		r.add(config.at, configKey, config.shown(), "is %s, want a map of namespace:key to value", config.kind)
		return nil
	}
	return config
}

func decode(root *value, written places, r *report) (*Config, error) {
	d := &decoder{report: r, found: map[string]position{}, places: written}
	cfg := defaults()
	d.config(root, cfg)
	has := func(path string) bool { _, ok := d.found[path]; return ok }
	cfg.complete(has)
	(&validator{report: r, cfg: cfg, found: d.found}).run()
	if err := r.err(); err != nil {
		return nil, err
	}
	return cfg, nil
}
