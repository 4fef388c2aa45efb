package main

import (
	"errors"
	"io/fs"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var people = sheet{"people.csv", 1, []string{"key", "value", "other"}}

// rows reads a text as people.csv and gives what its sound rows hold.
func rows(text string) (list []string, bad []badField) {
	bad = people.read(fstest.MapFS{"people.csv": {Data: []byte(text)}}, func(r *row) {
		list = append(list, r.needed("key")+"|"+r.text("value")+"|"+r.text("other"))
	})
	return list, bad
}

func TestTable(t *testing.T) {
	for name, c := range map[string]struct {
		text string
		rows []string
		bad  []badField
	}{
		"as written":      {text: "key;value;other\na;b;c\n", rows: []string{"a|b|c"}},
		"mark and CRLF":   {text: "\ufeffkey;value;other\r\na;b;c\r\n", rows: []string{"a|b|c"}},
		"no last newline": {text: "key;value;other\na;b;c", rows: []string{"a|b|c"}},
		"any order":       {text: "other;key\nc;a\n", rows: []string{"a||c"}},
		"blanks":          {text: " key ; value\n a ; b c \n", rows: []string{"a|b c|"}},
		"empty lines":     {text: "key;value\n\n;;;\na;b\n \n", rows: []string{"a|b|"}},
		"quotes":          {text: "key;value\n\"a;1\";\"b\"\"c\"\n", rows: []string{`a;1|b"c|`}},
		"header only":     {text: "key"},
		"no header":       {bad: []badField{{"people.csv", 1, "", "no header"}}},
		"empty header":    {text: "\nkey\n", bad: []badField{{"people.csv", 1, "", "column 1 of the header is not one of key, value, other, parted by semicolons"}}},
		"commas":          {text: "key,value\na,b\n", bad: []badField{{"people.csv", 1, "", "column 1 of the header is not one of key, value, other, parted by semicolons"}}},
		"unknown column":  {text: "key;ROSSI\na;b\n", bad: []badField{{"people.csv", 1, "", "column 2 of the header is not one of key, value, other, parted by semicolons"}}},
		"column missing":  {text: "value\na\n", bad: []badField{{"people.csv", 1, "key", "not in the header"}}},
		"column twice":    {text: "key;value;key\na;b;c\n", bad: []badField{{"people.csv", 1, "key", "twice in the header"}}},
		"quoted header":   {text: "\"key\na\n", bad: []badField{{"people.csv", 1, "", "a quote out of place"}}},
		"too few, many": {text: "key;value\na\nb;c\nd;e;f\n", rows: []string{"b|c|"}, bad: []badField{
			{"people.csv", 2, "", "1 fields, the header has 2"}, {"people.csv", 4, "", "3 fields, the header has 2"}}},
		"a quote left open swallows nothing": {text: "key;value\n\"a;b\nc;d\ne;f\"g\n", rows: []string{"c|d|"}, bad: []badField{
			{"people.csv", 2, "", "a quote out of place"}, {"people.csv", 4, "", "a quote out of place"}}},
		"needed": {text: "key;value\n;b\nc;d\n", rows: []string{"|b|", "c|d|"}, bad: []badField{{"people.csv", 2, "key", "missing"}}},
		"latin-1": {text: "key;value\na;s\xec\nc;d\n", rows: []string{"c|d|"}, bad: []badField{
			{"people.csv", 2, "value", "not UTF-8: save the file as CSV UTF-8"}}},
		"long": {text: "key;value\na;" + strings.Repeat("x", maxField) + "\na;" + strings.Repeat("x", maxField+1) + "\n",
			rows: []string{"a|" + strings.Repeat("x", maxField) + "|"}, bad: []badField{{"people.csv", 3, "value", "longer than 500 bytes"}}},
	} {
		t.Run(name, func(t *testing.T) {
			list, bad := rows(c.text)
			assert.Equal(t, c.rows, list)
			assert.Equal(t, c.bad, bad)
		})
	}
}

// broken is a file system whose files cannot be read, or never end.
type broken struct {
	fstest.MapFS
	err error
}

func (b broken) Open(string) (fs.File, error) { return endless{err: b.err}, nil }

type endless struct {
	fs.File
	err error
}

func (e endless) Read(b []byte) (int, error) { return len(b), e.err }
func (e endless) Close() error               { return nil }

func TestUnreadable(t *testing.T) {
	for reason, files := range map[string]fs.FS{
		"cannot be opened":   fstest.MapFS{},
		"cannot be read":     broken{err: errors.New("disk /dev/sda1")},
		"longer than 64 MiB": broken{},
	} {
		bad := people.read(files, func(*row) { t.Error("no row was there") })
		assert.Equal(t, []badField{{"people.csv", 0, "", reason}}, bad)
	}
}

func TestBadFieldError(t *testing.T) {
	require.EqualError(t, badField{"a.csv", 3, "first", "missing"}, "a.csv:3: first: missing")
	require.EqualError(t, badField{"a.csv", 3, "", "no header"}, "a.csv:3: no header")
	require.EqualError(t, badField{"a.csv", 0, "", "cannot be opened"}, "a.csv: cannot be opened")
}

// TestReaders puts fields to every reader: the value, or the zero value and a refusal
// that does not repeat the field.
func TestReaders(t *testing.T) {
	day := func(r *row) any { return r.day("f") }
	instant := func(r *row) any { return r.instant("f").UTC() }
	answer := func(r *row) any { return r.answer("f") }
	number := func(r *row) any { return r.number("f") }
	needed := func(r *row) any { return r.needed("f") }
	word := func(r *row) any {
		var s cf.Sex
		r.word("f", "not M or F", &s)
		return s
	}
	the23rd := date.New(2025, time.July, 23)
	none := time.Time{}
	for _, c := range []struct {
		read func(*row) any
		text string
		want any
		ok   bool
	}{
		{day, "2025-07-23", the23rd, true},
		{day, "23/07/2025", the23rd, true},
		{day, "", date.Date(0), true},
		{day, "29/02/2024", date.New(2024, time.February, 29), true},
		{day, "29/02/2025", date.Date(0), false},
		{day, "07/23/2025", date.Date(0), false},
		{day, "23/7/2025", date.Date(0), false},
		{day, "23.07.2025", date.Date(0), false},
		{day, "23/07/25", date.Date(0), false},
		{day, "1799-12-31", date.Date(0), false},
		{instant, "23/07/2025 18:30", time.Date(2025, 7, 23, 16, 30, 0, 0, time.UTC), true},
		{instant, "2025-07-23 18:30", time.Date(2025, 7, 23, 16, 30, 0, 0, time.UTC), true},
		{instant, "2025-01-23T08:30", time.Date(2025, 1, 23, 7, 30, 0, 0, time.UTC), true},
		{instant, "2025-10-26 02:30", time.Date(2025, 10, 26, 0, 30, 0, 0, time.UTC), true}, // shown twice: the first
		{instant, "2025-03-30 02:30", none, false},                                          // skipped
		{instant, "", none, true},
		{instant, "2025-07-24", none, false},
		{instant, "2025-07-24 24:00", none, false},
		{instant, "31/06/2025 18:30", none, false},
		{answer, "", law.Unknown, true},
		{answer, "sì", law.Yes, true},
		{answer, "SÌ", law.Yes, true},
		{answer, "si", law.Yes, true},
		{answer, "s", law.Yes, true},
		{answer, "Yes", law.Yes, true},
		{answer, "y", law.Yes, true},
		{answer, "NO", law.No, true},
		{answer, "n", law.No, true},
		{answer, "forse", law.Unknown, false},
		{number, "", 0, true},
		{number, "9999", 9999, true},
		{number, "10000", 0, false},
		{number, "-1", 0, false},
		{number, "+1", 0, false},
		{number, "1,5", 0, false},
		{number, "99999999999999999999", 0, false},
		{needed, "x", "x", true},
		{needed, "", "", false},
		{word, "F", cf.Female, true},
		{word, "", cf.Sex(0), true},
		{word, "X", cf.Sex(0), false},
	} {
		r := &row{file: "a.csv", line: 7, at: map[string]int{"f": 0}, fields: []string{c.text}}
		assert.Equal(t, c.want, c.read(r), c.text)
		if c.ok {
			assert.Nil(t, r.bad, c.text)
			continue
		}
		require.NotNil(t, r.bad, c.text)
		assert.Equal(t, badField{"a.csv", 7, "f", r.bad.Reason}, *r.bad)
		if len(c.text) > 2 {
			assert.NotContains(t, strings.ReplaceAll(r.bad.Reason, "23/07/2025", ""), c.text)
		}
	}
}

func TestSpan(t *testing.T) {
	for text, reason := range map[string]string{
		"2025-07-01;2025-07-31": "", "2025-07-01;2025-07-01": "", "2025-07-01;": "", ";": "",
		"2025-07-02;2025-07-01": "missing, or after last", ";2025-07-01": "missing, or after last",
	} {
		r := &row{at: map[string]int{"first": 0, "last": 1}, fields: strings.Split(text, ";")}
		r.span("first", "last")
		if reason == "" {
			assert.Nil(t, r.bad, text)
		} else if assert.NotNil(t, r.bad, text) {
			assert.Equal(t, badField{Column: "first", Reason: reason}, *r.bad)
		}
	}
}

// The first bad field of a row counts.
func TestRefuse(t *testing.T) {
	r := &row{file: "a.csv", line: 2}
	r.refuse("x", "first")
	r.refuse("y", "second")
	assert.EqualError(t, r.bad, "a.csv:2: x: first")
}

// FuzzTable reads whatever there is: no panic, every refusal has its line, no row is
// both given and lost, and nothing bad is repeated.
func FuzzTable(f *testing.F) {
	for _, s := range []string{
		"", "key", "\ufeffkey;value\r\na;b\r\n", "key;value;other\n\"a;b\nc;d;\"e\"\"\"\n", "key,value\n", "key;key\n", "value\n",
		"key;value\na;\xff\n;;\n", "key;value\n\x00;\"\"\n\r\r\n", "key;other\n2025-07-23;sì\n",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		lines := strings.Count(text, "\n") + 1
		var last int
		bad := people.read(fstest.MapFS{"people.csv": {Data: []byte(text)}}, func(r *row) {
			if r.line <= last || r.line > lines {
				t.Fatalf("row of line %d after %d of %d", r.line, last, lines)
			}
			last = r.line
			r.needed("key")
			r.day("value")
			r.instant("value")
			r.answer("other")
			r.number("other")
		})
		for i, b := range bad {
			if b.File != "people.csv" || b.Line < 1 || b.Line > lines || b.Reason == "" || i > 0 && b.Line <= bad[i-1].Line {
				t.Fatalf("%+v", b)
			}
		}
	})
}
