package cost

import (
	"bytes"
	_ "embed"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"
)

//go:embed prices.csv
var pricesFile []byte

// Dollars are US dollars in millionths, so that sums are exact.
type Dollars int64

// dollar is one US dollar.
const dollar Dollars = 1_000_000

// String writes dollars and cents, and what is finer only for prices below a
// cent's precision: $1,234.50, $0.045.
func (d Dollars) String() string {
	if d < 0 {
		return "-" + (-d).String()
	}
	digits := strconv.FormatInt(int64(d/dollar), 10)
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	fraction := strings.TrimRight(fmt.Sprintf("%06d", int64(d%dollar)), "0")
	for len(fraction) < 2 {
		fraction += "0"
	}
	return "$" + digits + "." + fraction
}

// MarshalJSON writes a number of dollars.
func (d Dollars) MarshalJSON() ([]byte, error) {
	return []byte(strconv.FormatFloat(float64(d)/float64(dollar), 'f', -1, 64)), nil
}

// UnmarshalJSON reads a number of dollars.
func (d *Dollars) UnmarshalJSON(data []byte) error {
	amount, err := strconv.ParseFloat(string(data), 64)
	if err != nil {
		return fmt.Errorf("%s is no amount", data)
	}
	*d = Dollars(math.Round(amount * float64(dollar)))
	return nil
}

// Confidence is how sure a price is.
type Confidence string

// How sure a price is.
const (
	High   Confidence = "high"
	Medium Confidence = "medium"
	Low    Confidence = "low"
)

// Price is what AWS charges for one thing.
type Price struct {
	// ID is how the tables of this package name it.
	ID string

	// Service is what is charged for, as people call it.
	Service string

	// Unit is what one USD buys: an hour, a month, a GB.
	Unit string
	USD  Dollars

	// Hours turn the unit into a month: 730 for what is charged by the hour, 1
	// by the month. 0 where use decides and existing costs nothing.
	Hours int

	// Region is that of the price list.
	Region string

	// Date is when the price was looked up.
	Date time.Time

	Confidence Confidence

	// Note is what the price leaves out.
	Note string
}

// Monthly is what one costs in a month of existing.
func (p Price) Monthly() Dollars { return p.USD * Dollars(p.Hours) }

// priceColumns is the header of prices.csv.
var priceColumns = []string{"id", "service", "unit", "usd", "hours", "region", "date", "confidence", "note"}

// prices are those of prices.csv by id. That the file can be read is tested, so
// that it cannot be reached at run time.
var prices = sync.OnceValue(func() map[string]Price {
	read, err := readPrices(bytes.NewReader(pricesFile))
	if err != nil {
		panic(fmt.Sprintf("prices.csv: %v", err))
	}
	return read
})

func readPrices(r io.Reader) (map[string]Price, error) {
	rows, err := csv.NewReader(r).ReadAll()
	if err != nil {
		return nil, err
	}
	if len(rows) == 0 || !slices.Equal(rows[0], priceColumns) {
		return nil, fmt.Errorf("the first line is not %s", strings.Join(priceColumns, ","))
	}
	read := map[string]Price{}
	var problems []error
	for _, row := range rows[1:] {
		p, err := readPrice(row)
		if err == nil && read[p.ID].ID != "" {
			err = errors.New("is there twice")
		}
		if err != nil {
			problems = append(problems, fmt.Errorf("%s: %w", row[0], err))
			continue
		}
		read[p.ID] = p
	}
	return read, errors.Join(problems...)
}

func readPrice(row []string) (Price, error) {
	p := Price{ID: row[0], Service: row[1], Unit: row[2], Region: row[5], Confidence: Confidence(row[7]), Note: row[8]}
	if p.ID == "" || p.Service == "" || p.Unit == "" || p.Region == "" {
		return p, errors.New("id, service, unit and region must be set")
	}
	usd, err := strconv.ParseFloat(row[3], 64)
	if err != nil || !(usd > 0) || usd > 1e6 {
		return p, fmt.Errorf("usd %q is no price", row[3])
	}
	p.USD = Dollars(math.Round(usd * float64(dollar)))
	if row[4] != "" {
		if p.Hours, err = strconv.Atoi(row[4]); err != nil || p.Hours < 1 {
			return p, fmt.Errorf("hours %q is neither a positive number nor empty", row[4])
		}
	}
	if p.Date, err = time.Parse(time.DateOnly, row[6]); err != nil {
		return p, fmt.Errorf("date %q is not like 2026-01-31", row[6])
	}
	if !slices.Contains([]Confidence{High, Medium, Low}, p.Confidence) {
		return p, fmt.Errorf("confidence %q is not high, medium or low", row[7])
	}
	return p, nil
}
