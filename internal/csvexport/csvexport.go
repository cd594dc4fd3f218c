// Package csvexport writes results as CSV that spreadsheets open as they are:
// RFC 4180, UTF-8, lines that end with CR and LF, always with a header.
//
// A spreadsheet takes a cell that begins with =, +, -, @, a tab or a carriage
// return for a formula and runs it. A log holds what strangers wrote, so such a
// cell gets an apostrophe in front, which spreadsheets take for "this is text".
// A number stays a number, also a negative one.
package csvexport

import (
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"regexp"
	"strings"
	"unicode/utf8"
)

// number is what may begin with a sign: a plain decimal number.
var number = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// Cell returns what stands in the file for a value. What is not UTF-8 is
// replaced by the character that stands for such, and a null character, which
// no spreadsheet reads past, too.
func Cell(value string) string {
	value = strings.ToValidUTF8(value, string(utf8.RuneError))
	value = strings.ReplaceAll(value, "\x00", string(utf8.RuneError))
	if value != "" && strings.ContainsRune("=+-@\t\r", rune(value[0])) && !number.MatchString(value) {
		return "'" + value
	}
	return value
}

// Writer writes rows under a header.
type Writer struct {
	out     *csv.Writer
	columns int
	rows    int
}

// ErrNoColumns says that a header is empty.
var ErrNoColumns = errors.New("a result has at least one column")

// NewWriter writes the header at once: a result without rows has one too.
func NewWriter(w io.Writer, columns []string) (*Writer, error) {
	if len(columns) == 0 {
		return nil, ErrNoColumns
	}
	out := csv.NewWriter(w)
	out.UseCRLF = true
	writer := &Writer{out: out, columns: len(columns)}
	return writer, writer.write(columns)
}

// Write writes a row.
func (w *Writer) Write(row []string) error {
	if len(row) != w.columns {
		return fmt.Errorf("row %d has %d cells, the header has %d", w.rows+1, len(row), w.columns)
	}
	w.rows++
	return w.write(row)
}

func (w *Writer) write(values []string) error {
	cells := make([]string, len(values))
	for i, v := range values {
		cells[i] = Cell(v)
	}
	return w.out.Write(cells)
}

// Rows is how many rows were written, without the header.
func (w *Writer) Rows() int { return w.rows }

// Flush writes what is still held back.
func (w *Writer) Flush() error {
	w.out.Flush()
	return w.out.Error()
}
