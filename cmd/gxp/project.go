package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"

	"github.com/pulumi/pulumi/sdk/v3/go/common/workspace"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/config"
)

// project is the Pulumi project that the command works on, and one stack of it.
type project struct {
	root  string // the folder of Pulumi.yaml
	name  string
	stack string
	cfg   *config.Config
	// values is the stack's configuration as Pulumi hands it to a program.
	values map[string]string
}

// stackNames are those that Pulumi allows. A path in its place would read a
// file outside the project.
var stackNames = regexp.MustCompile(`^[A-Za-z0-9][A-Za-z0-9._-]{0,99}$`)

// open finds the project from the working folder upwards and loads a stack.
func open(stack string) (*project, error) {
	if !stackNames.MatchString(stack) {
		return nil, fmt.Errorf("--stack %q is not a stack name: want letters, digits, dots, hyphens and underscores", stack)
	}
	root, err := findProject()
	if err != nil {
		return nil, err
	}
	settings, err := workspace.LoadProject(filepath.Join(root, "Pulumi.yaml"))
	if err != nil {
		return nil, fmt.Errorf("read Pulumi.yaml: %w", err)
	}
	file := filepath.Join(root, "Pulumi."+stack+".yaml")
	cfg, err := config.Load(relative(file))
	if err != nil {
		return nil, err
	}
	data, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	values, err := config.Values(data)
	if err != nil {
		return nil, err
	}
	return &project{root: root, name: string(settings.Name), stack: stack, cfg: cfg, values: values}, nil
}

// findProject walks up from the working folder to the one with a Pulumi.yaml.
func findProject() (string, error) {
	start, err := os.Getwd()
	if err != nil {
		return "", err
	}
	for folder := start; ; folder = filepath.Dir(folder) {
		_, err := os.Stat(filepath.Join(folder, "Pulumi.yaml"))
		if err == nil {
			return folder, nil
		}
		if !errors.Is(err, fs.ErrNotExist) {
			return "", err
		}
		if folder == filepath.Dir(folder) {
			return "", fmt.Errorf("no Pulumi.yaml in %s or any folder above it: run gxp inside the project folder", start)
		}
	}
}

// relative shortens a path for messages where that makes it shorter.
func relative(path string) string {
	folder, err := os.Getwd()
	if err != nil {
		return path
	}
	short, err := filepath.Rel(folder, path)
	if err != nil || len(short) >= len(path) {
		return path
	}
	return short
}
