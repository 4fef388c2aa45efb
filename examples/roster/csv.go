package main

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Bounds of what is read: a roster is smaller by far.
const (
	maxFile  = 64 << 20 // bytes
	maxField = 500      // bytes
)

// badField is what cannot be used: where, and why. It never repeats what was
// written there.
type badField struct {
	File   string `json:"file"`
	Line   int    `json:"line,omitempty"` // 0 for the file as a whole
	Column string `json:"column,omitempty"`
	Reason string `json:"reason"`
}

func (b badField) Error() string {
	var place strings.Builder
	place.WriteString(b.File)
	if b.Line > 0 {
		fmt.Fprintf(&place, ":%d", b.Line)
	}
	if b.Column != "" {
		place.WriteString(": " + b.Column)
	}
	return place.String() + ": " + b.Reason
}

// sheet is the form of one of the files.
type sheet struct {
	name    string
	needed  int // how many of the columns, the first ones, the header must have
	columns []string
}

// row is one line of a sheet. Its readers note the first bad field and go on, so
// that the caller can read the whole row and ask once.
type row struct {
	file   string
	line   int
	at     map[string]int // the place of each column
	fields []string
	bad    *badField
}

// read reads a sheet as spreadsheets in Italy save it: semicolons, perhaps a byte
// order mark and CRLF; the first line names the columns, in any order. Each row is
// given to use; what cannot be read is returned and stops nothing else. A row is one
// line: a quote left open cannot swallow those below it.
func (s sheet) read(files fs.FS, use func(r *row)) []badField {
	b, err := readFile(files, s.name)
	if err != nil {
		return []badField{{s.name, 0, "", err.Error()}}
	}
	var bad []badField
	var at map[string]int
	number := 0
	for line := range strings.Lines(string(bytes.TrimPrefix(b, []byte("\ufeff")))) {
		number++
		line = strings.TrimRight(line, "\r\n")
		if number > 1 && strings.Trim(line, "; \t") == "" {
			continue
		}
		r := &row{file: s.name, line: number, at: at}
		r.split(line)
		if number == 1 {
			at = s.header(r)
		} else if r.bad == nil {
			use(r)
		}
		if r.bad != nil {
			bad = append(bad, *r.bad)
		}
		if at == nil { // without its header nothing below can be told
			return bad
		}
	}
	if number == 0 {
		return []badField{{s.name, 1, "", "no header"}}
	}
	return bad
}

// readFile reads a whole file; its errors name no path of the machine.
func readFile(files fs.FS, name string) ([]byte, error) {
	f, err := files.Open(name)
	if err != nil {
		return nil, errors.New("cannot be opened")
	}
	b, err := io.ReadAll(io.LimitReader(f, maxFile+1))
	if err := errors.Join(err, f.Close()); err != nil {
		return nil, errors.New("cannot be read")
	}
	if len(b) > maxFile {
		return nil, fmt.Errorf("longer than %d MiB", maxFile>>20)
	}
	return b, nil
}

// split cuts a line into its fields.
func (r *row) split(line string) {
	r.fields = strings.Split(line, ";")
	if strings.Contains(line, `"`) {
		c := csv.NewReader(strings.NewReader(line))
		c.Comma, c.TrimLeadingSpace = ';', true
		fields, err := c.Read()
		if err != nil {
			r.refuse("", "a quote out of place")
			return
		}
		r.fields = fields
	}
	if r.at != nil && len(r.fields) != len(r.at) {
		r.refuse("", fmt.Sprintf("%d fields, the header has %d", len(r.fields), len(r.at)))
		return
	}
	for i, f := range r.fields {
		r.fields[i] = strings.TrimSpace(f)
		if len(f) > maxField {
			r.refuse(r.column(i), fmt.Sprintf("longer than %d bytes", maxField))
		} else if !utf8.ValidString(f) {
			r.refuse(r.column(i), "not UTF-8: save the file as CSV UTF-8")
		}
	}
}

// column names the column of a field; the header's own fields have none.
func (r *row) column(i int) string {
	for name, at := range r.at {
		if at == i {
			return name
		}
	}
	return ""
}

// header tells where each column stands, nil where the first line is no header.
func (s sheet) header(r *row) map[string]int {
	at := make(map[string]int, len(r.fields))
	for i, name := range r.fields {
		_, twice := at[name]
		switch {
		case !slices.Contains(s.columns, name):
			r.refuse("", fmt.Sprintf("column %d of the header is not one of %s, parted by semicolons", i+1, strings.Join(s.columns, ", ")))
		case twice:
			r.refuse(name, "twice in the header")
		}
		at[name] = i
	}
	for _, name := range s.columns[:s.needed] {
		if _, ok := at[name]; !ok {
			r.refuse(name, "not in the header")
		}
	}
	if r.bad != nil {
		return nil
	}
	return at
}

// refuse notes that a column cannot be used; the first one of a row counts.
func (r *row) refuse(column, reason string) {
	if r.bad == nil {
		r.bad = &badField{r.file, r.line, column, reason}
	}
}

// text is the field of a column, empty where the file has no such column.
func (r *row) text(column string) string {
	if i, ok := r.at[column]; ok {
		return r.fields[i]
	}
	return ""
}

// needed is text that may not be empty.
func (r *row) needed(column string) string {
	s := r.text(column)
	if s == "" {
		r.refuse(column, "missing")
	}
	return s
}

// word reads a word of a list of the library; empty leaves the value as it is.
func (r *row) word(column, reason string, into interface{ UnmarshalText([]byte) error }) {
	if s := r.text(column); s != "" && into.UnmarshalText([]byte(s)) != nil {
		r.refuse(column, reason)
	}
}

// day reads 2025-07-23 or 23/07/2025; empty is the zero day.
func (r *row) day(column string) date.Date {
	s := r.text(column)
	if s == "" {
		return 0
	}
	d, err := parseDay(s)
	if err != nil {
		r.refuse(column, "not a day that exists, as 2025-07-23 or 23/07/2025")
		return 0
	}
	return d
}

func parseDay(s string) (date.Date, error) {
	if len(s) == len("23/07/2025") && s[2] == '/' && s[5] == '/' {
		s = s[6:] + "-" + s[3:5] + "-" + s[:2]
	}
	return law.ParseDay(s)
}

// span reads the columns of a first and a last day, perhaps none.
func (r *row) span(first, last string) law.Span {
	s := law.Span{First: r.day(first), Last: r.day(last)}
	if !s.IsZero() && s.Validate() != nil {
		r.refuse(first, "missing, or after "+last)
	}
	return s
}

// instant reads a day and a time of day in Rome, "23/07/2025 18:30"; empty is the
// zero instant.
func (r *row) instant(column string) time.Time {
	s := r.text(column)
	if s == "" {
		return time.Time{}
	}
	day, clock, _ := strings.Cut(strings.Replace(s, "T", " ", 1), " ")
	t, err := time.Parse("15:04", clock)
	d, err2 := parseDay(day)
	if err != nil || err2 != nil {
		r.refuse(column, "not a day and a time, as 2025-07-23 18:30 or 23/07/2025 18:30")
		return time.Time{}
	}
	at, err := law.RomeClock(d, t.Hour(), t.Minute())
	if err != nil {
		r.refuse(column, "a time the clocks skip that night")
		return time.Time{}
	}
	return at
}

// answer reads a yes or a no, in either language; empty is unknown.
func (r *row) answer(column string) law.Answer {
	switch strings.ToLower(r.text(column)) {
	case "":
		return law.Unknown
	case "yes", "y", "sì", "si", "s":
		return law.Yes
	case "no", "n":
		return law.No
	default:
		r.refuse(column, "not yes or no (sì o no)")
		return law.Unknown
	}
}

// number reads a whole number from 0 to 9999; empty is 0.
func (r *row) number(column string) int {
	s := r.text(column)
	if s == "" {
		return 0
	}
	n, err := strconv.ParseUint(s, 10, 32)
	if err != nil || n > 9999 {
		r.refuse(column, "not a whole number")
		return 0
	}
	return int(n)
}
