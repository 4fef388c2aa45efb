package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// badField is a row that cannot be used: where, and why. It never repeats what was
// written there.
type badField struct {
	File   string
	Line   int
	Column string
	Reason string
}

func (b badField) Error() string {
	if b.Column == "" {
		return fmt.Sprintf("%s:%d: %s", b.File, b.Line, b.Reason)
	}
	return fmt.Sprintf("%s:%d: %s: %s", b.File, b.Line, b.Column, b.Reason)
}

// row is one line of a table. Its readers note the first bad field and go on, so
// that the caller can read the whole row and ask once.
type row struct {
	file   string
	line   int
	fields map[string]string
	bad    *badField
}

// table reads a CSV file as spreadsheets in Italy save it: semicolons, perhaps a
// byte order mark and CRLF; the first line names the columns, in any order. Each
// sound row is given to use; what cannot be read is returned and stops nothing
// else.
func table(files fs.FS, name string, columns []string, use func(r *row)) []badField {
	b, err := fs.ReadFile(files, name)
	if err != nil {
		return []badField{{name, 0, "", "cannot be read"}}
	}
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(b, []byte("\ufeff"))))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = ';', -1, true
	header, err := r.Read()
	if err != nil {
		return []badField{{name, 1, "", "no header"}}
	}
	var bad []badField
	for _, c := range header {
		if !contains(columns, strings.TrimSpace(c)) {
			bad = append(bad, badField{name, 1, "", "a column that is not one of " + strings.Join(columns, ", ")})
		}
	}
	if len(bad) > 0 {
		return bad
	}
	for {
		record, err := r.Read()
		if errors.Is(err, io.EOF) {
			return bad
		}
		var parse *csv.ParseError
		if errors.As(err, &parse) {
			bad = append(bad, badField{name, parse.Line, "", "a quote out of place"})
			continue
		} else if err != nil {
			return append(bad, badField{name, 0, "", "cannot be read"})
		}
		line, _ := r.FieldPos(0)
		if len(record) != len(header) {
			bad = append(bad, badField{name, line, "", fmt.Sprintf("%d fields, the header has %d", len(record), len(header))})
			continue
		}
		x := &row{file: name, line: line, fields: make(map[string]string, len(header))}
		for i, c := range header {
			x.fields[strings.TrimSpace(c)] = strings.TrimSpace(record[i])
		}
		if use(x); x.bad != nil {
			bad = append(bad, *x.bad)
		}
	}
}

func contains(list []string, s string) bool {
	for _, x := range list {
		if x == s {
			return true
		}
	}
	return false
}

// refuse notes that a column cannot be used; the first one of a row counts.
func (r *row) refuse(column, reason string) {
	if r.bad == nil {
		r.bad = &badField{r.file, r.line, column, reason}
	}
}

func (r *row) text(column string) string { return r.fields[column] }

// needed is text that may not be empty.
func (r *row) needed(column string) string {
	s := r.fields[column]
	if s == "" {
		r.refuse(column, "missing")
	}
	return s
}

// day reads 2025-07-23 or 23/07/2025; empty is the zero day.
func (r *row) day(column string) date.Date {
	s := r.fields[column]
	if s == "" {
		return 0
	}
	d, err := parseDay(s)
	if err != nil {
		r.refuse(column, "not a day that exists, as 2025-07-23 or 23/07/2025")
	}
	return d
}

func parseDay(s string) (date.Date, error) {
	if len(s) == len("23/07/2025") && s[2] == '/' && s[5] == '/' {
		s = s[6:] + "-" + s[3:5] + "-" + s[:2]
	}
	return law.ParseDay(s)
}

// instant reads a day and a time of day in Rome, "23/07/2025 18:30"; empty is the
// zero instant.
func (r *row) instant(column string) time.Time {
	s := r.fields[column]
	if s == "" {
		return time.Time{}
	}
	day, clock, _ := strings.Cut(strings.Replace(s, "T", " ", 1), " ")
	t, err := time.Parse("15:04", clock)
	d, err2 := parseDay(day)
	if err != nil || err2 != nil {
		r.refuse(column, "not a day and a time, as 2025-07-23 18:30")
		return time.Time{}
	}
	at, err := law.RomeClock(d, t.Hour(), t.Minute())
	if err != nil {
		r.refuse(column, "a time the clocks skip that night")
	}
	return at
}

// answer reads a yes or a no, in either language; empty is unknown.
func (r *row) answer(column string) law.Answer {
	switch strings.ToLower(r.fields[column]) {
	case "":
		return law.Unknown
	case "yes", "sì", "si", "s", "y":
		return law.Yes
	case "no", "n":
		return law.No
	default:
		r.refuse(column, "not yes or no (sì o no)")
		return law.Unknown
	}
}

// number reads a whole number; empty is 0.
func (r *row) number(column string) int {
	s := r.fields[column]
	if s == "" {
		return 0
	}
	n, err := strconv.Atoi(s)
	if err != nil || n < 0 || n > 9999 {
		r.refuse(column, "not a whole number")
	}
	return n
}

// amount reads a decimal with a comma or a point; empty is zero.
func (r *row) amount(column string) decimal.Decimal {
	s := r.fields[column]
	if s == "" {
		return decimal.Decimal{}
	}
	d, err := law.ParseAmount(strings.Replace(s, ",", ".", 1))
	if err != nil {
		r.refuse(column, "not a plain decimal")
	}
	return d
}

// words reads blank-separated words.
func (r *row) words(column string) []string { return strings.Fields(r.fields[column]) }
