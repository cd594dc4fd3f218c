package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/gxp-landing-zone/gxp-landing-zone/internal/csvexport"
)

// target is where an answer goes as CSV: standard output, or a file that comes
// to be once the answer is whole.
type target struct {
	name   string
	file   *os.File // the file under a temporary name; nil for standard output
	buffer *bufio.Writer
	csv    *csvexport.Writer
}

// openTarget prepares a file that must not exist, or standard output.
func openTarget(name string, out io.Writer) (*target, error) {
	if name == "" {
		return &target{buffer: bufio.NewWriter(out)}, nil
	}
	if _, err := os.Lstat(name); err == nil {
		return nil, fmt.Errorf("--output %s exists: evidence is not overwritten", name)
	} else if !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("--output: %w", err)
	}
	file, err := os.CreateTemp(filepath.Dir(name), ".gxp-audit-*")
	if err != nil {
		return nil, fmt.Errorf("--output %s cannot be written: %w", name, err)
	}
	return &target{name: name, file: file, buffer: bufio.NewWriter(file)}, nil
}

// Header implements runner.Sink.
func (t *target) Header(columns []string) error {
	var err error
	t.csv, err = csvexport.NewWriter(t.buffer, columns)
	return err
}

// Row implements runner.Sink.
func (t *target) Row(values []string) error { return t.csv.Write(values) }

// keep writes what is held back and gives the file its name. A file of that name
// that has appeared since stays as it is.
func (t *target) keep() error {
	if err := errors.Join(t.csv.Flush(), t.buffer.Flush()); err != nil || t.file == nil {
		return err
	}
	if err := errors.Join(t.file.Sync(), t.file.Close()); err != nil {
		return err
	}
	if err := os.Link(t.file.Name(), t.name); err != nil {
		return fmt.Errorf("--output: %w", err)
	}
	return nil
}

// discard removes the temporary name, and with it what is not whole.
func (t *target) discard() {
	if t.file != nil {
		_ = t.file.Close()
		_ = os.Remove(t.file.Name())
	}
}
