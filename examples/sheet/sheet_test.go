package sheet

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"iter"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var people = Table{"people.csv", []Column{
	{Name: "key", Also: []string{"chiave", "Codice Persona"}, Needed: true}, {Name: "value", Also: []string{"città"}}, {Name: "other"},
}}

// days is a table in which an empty last day means one day.
var days = Table{"days.csv", []Column{{Name: "first", Needed: true}, {Name: "last", Silent: true}}}

// read gives what the sound rows hold, and the problems in English.
func read(t Table, b []byte) (list, problems []string, ok bool) {
	found, ok := t.Read(b, func(r *Row) {
		var fields []string
		for _, c := range t.Columns {
			fields = append(fields, r.Text(c.Name))
		}
		if !r.Bad() {
			list = append(list, strings.Join(fields, "|"))
		}
	})
	for _, p := range found {
		problems = append(problems, p.Error())
	}
	return list, problems, ok
}

type appender interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

// TestEncodings: the same table in each encoding gives the same rows.
func TestEncodings(t *testing.T) {
	const text = "key;value\r\nD'Amìco;Forlì – €\r\n"
	want := []string{"D'Amìco|Forlì – €|"}
	for name, b := range map[string][]byte{
		"UTF-8": []byte(text), "with its mark": []byte("\ufeff" + text),
		"UTF-16 LE": wide16(text, binary.LittleEndian), "UTF-16 BE": wide16(text, binary.BigEndian),
		"Windows-1252": []byte("key;value\r\nD'Am\xecco;Forl\xec \x96 \x80\r\n"),
		"CR alone":     []byte("key;value\rD'Amìco;Forlì – €\r"),
	} {
		list, problems, ok := read(people, b)
		assert.Equal(t, want, list, name)
		assert.Empty(t, problems, name)
		assert.True(t, ok, name)
	}
}

func wide16(text string, order appender) []byte {
	b := order.AppendUint16(nil, 0xfeff)
	for _, u := range utf16.Encode([]rune(text)) {
		b = order.AppendUint16(b, u)
	}
	return b
}

// A file that cannot be decoded is one problem, whatever it holds.
func TestUndecodable(t *testing.T) {
	row := strings.Repeat("a;b\n", 3000)
	for name, c := range map[string]struct{ text, want string }{
		"workbook":            {"PK\x03\x04" + row, "people.csv: a workbook, not a table of text: save the sheet as CSV UTF-8"},
		"old workbook":        {"\xd0\xcf\x11\xe0" + row, "people.csv: a workbook, not a table of text: save the sheet as CSV UTF-8"},
		"NUL":                 {"key\n" + row + "\x00", "people.csv: not a table of text: save the sheet as CSV UTF-8"},
		"UTF-16, no mark":     {string(wide16("key\n"+row, binary.LittleEndian)[2:]), "people.csv: not a table of text: save the sheet as CSV UTF-8"},
		"half a unit":         {"\xff\xfek", "people.csv: not a table of text: save the sheet as CSV UTF-8"},
		"half a pair":         {"\xff\xfe\x00\xd8", "people.csv: not a table of text: save the sheet as CSV UTF-8"},
		"a pair upside down":  {"\xfe\xff\xdc\x00\xd8\x00", "people.csv: not a table of text: save the sheet as CSV UTF-8"},
		"mark, then not":      {"\xef\xbb\xbfkey\n\na;\xec\n" + row, "people.csv:3: " + noEncoding.EN},
		"both":                {"key\nsì;\xec\n" + row, "people.csv:2: " + noEncoding.EN},
		"no Windows-1252":     {"key\na;\x81\xec\n" + row, "people.csv:2: " + noEncoding.EN},
		"empty":               {"", "people.csv:1: " + noHeader.EN},
		"blank":               {"\n;;\n", "people.csv:1: " + noHeader.EN},
		"no column is known":  {"chi;che\n" + row, "people.csv:1: the first line does not name the columns: key"},
		"a needed one is not": {"\nvalue;other\n" + row, "people.csv:2: the first line does not name the columns: key"},
		"twice":               {"key;value;Chiave\n" + row, "people.csv:1: key: the header has it twice"},
		"quoted header":       {"\"key\n" + row, "people.csv:1: a quote out of place"},
	} {
		t.Run(name, func(t *testing.T) {
			problems, ok := people.Read([]byte(c.text), func(*Row) { t.Error("no row can be told") })
			assert.False(t, ok)
			require.Len(t, problems, 1)
			assert.Equal(t, c.want, problems[0].Error())
		})
	}
}

func TestRows(t *testing.T) {
	for name, c := range map[string]struct {
		text     string
		rows     []string
		problems []string
	}{
		"as written":      {text: "key;value;other\na;b;c\n", rows: []string{"a|b|c"}},
		"no last newline": {text: "key;value;other\na;b;c", rows: []string{"a|b|c"}},
		"any order":       {text: "other;key\nc;a\n", rows: []string{"a||c"}},
		"blanks":          {text: " key ; value\n a ; b c \n", rows: []string{"a|b c|"}},
		"empty lines":     {text: "\n;;\r\nkey;value\n\n;;;\na;b\n \n", rows: []string{"a|b|"}},
		"quotes":          {text: "key;value\n\"a;1\";\"b\"\"c\"\n \"x\" ; y\n", rows: []string{`a;1|b"c|`, "x|y|"}},
		"over lines":      {text: "key;value\r\na;\"b\r\nc\"\r\nd;e\r\n", rows: []string{"a|b\r\nc|", "d|e|"}},
		"header only":     {text: "key"},
		"commas":          {text: "key,value\na,\"b,c\"\n", rows: []string{"a|b,c|"}},
		"tabs":            {text: "key\tvalue\na\tb;c\n", rows: []string{"a|b;c|"}},
		"sep":             {text: "sep=,\r\nkey,value\r\na;1,b\r\n", rows: []string{"a;1|b|"}},
		"sep, quoted":     {text: "\"SEP=|\"\nkey|value\na|b\n", rows: []string{"a|b|"}},
		"other headers":   {text: "CODICE_PERSONA;Città\na;b\n", rows: []string{"a|b|"}},
		"fields at the end": {text: "key;value;;\na;b;;\nc\nd;e;;;;;\n",
			rows: []string{"a|b|", "c||", "d|e|"}},
		"too many": {text: "key;value\na;b;c\nd;e;f\ng;h\n", rows: []string{"g|h|"},
			problems: []string{"people.csv:2: more fields than the header has (2 rows, this one is the first)"}},
		"unknown columns": {text: "key;telefono;note\na;b;c\nd;e;f\n", rows: []string{"a||", "d||"}, problems: []string{
			"people.csv:1: column 2 (B) is not known and was left out", "people.csv:1: column 3 (C) is not known and was left out"}},
		"no header above a field": {text: "key;;value\na;b;c\nd;e;f\n", rows: []string{"a|c|", "d|f|"}, problems: []string{
			"people.csv:2: column 2 (B) has no header and was left out"}},
		"a quote left open swallows nothing": {text: "key;value\n\"a;b\nc;d\ne;f\"g\nh;i\n", rows: []string{"c|d|", "h|i|"}, problems: []string{
			"people.csv:2: a quote out of place (2 rows, this one is the first)"}},
		"long": {text: "key;value\na;" + strings.Repeat("x", longestField) + "\nb;" + strings.Repeat("x", longestField+1) + "\n",
			rows: []string{"a|" + strings.Repeat("x", longestField) + "|"}, problems: []string{"people.csv:3: value: longer than 500 bytes"}},
	} {
		t.Run(name, func(t *testing.T) {
			list, problems, ok := read(people, []byte(c.text))
			assert.True(t, ok)
			assert.Equal(t, c.rows, list)
			assert.Equal(t, c.problems, problems)
		})
	}
}

// What could be a column whose absence means something is never left out.
func TestSilent(t *testing.T) {
	for text, want := range map[string][]string{
		"first;last;note\n2025-01-01;;x\n":  {"days.csv:1: column 3 (C) is not known and was left out"},
		"first;last;\n2025-01-01;;x\n":      {"days.csv:2: column 3 (C) has no header and was left out"},
		"first\n2025-01-01\n":               nil,
		"first;\n2025-01-01;\n":             nil,
		"first;ultmo\n2025-01-01;\n":        {"days.csv:1: last: not in the header, and column 2 (B) is not known: it could be this one; name it or take it away"},
		"first;\n2025-01-01;2025-01-03\n":   {"days.csv:2: column 2 (B) has no header: name it or take it away"},
		"first\n2025-01-01;2025-01-03\n;\n": {"days.csv:2: more fields than the header has"},
	} {
		list, problems, _ := read(days, []byte(text))
		assert.Equal(t, want, problems, text)
		refused := want != nil && !strings.HasSuffix(want[0], "left out")
		assert.Equal(t, refused, len(list) == 0, text)
	}
}

// Rows that were cut elsewhere are read the same, and what was given is not changed.
func TestReadRows(t *testing.T) {
	given := [][]string{{"", ""}, {"Key", "value"}, {" a ", "b", ""}, {}, {"c"}}
	var list []string
	problems, ok := people.ReadRows(numbered(given), func(r *Row) {
		list = append(list, fmt.Sprint(r.Line(), r.Text("key"), r.Text("value"), r.Has("value"), r.Has("other")))
	})
	assert.True(t, ok)
	assert.Empty(t, problems)
	assert.Equal(t, []string{"3abtrue false", "5ctrue false"}, list)
	assert.Equal(t, " a ", given[2][0])
}

func numbered(rows [][]string) iter.Seq2[int, []string] {
	return func(yield func(int, []string) bool) {
		for i, r := range rows {
			if !yield(i+1, r) {
				return
			}
		}
	}
}

// TestReaders puts fields to every reader: the value, or the zero value and a cause
// in two languages that does not repeat the field.
func TestReaders(t *testing.T) {
	day := func(r *Row) any { return r.Day("f") }
	instant := func(r *Row) any { return r.Instant("f").UTC() }
	answer := func(r *Row) any { return r.Answer("f") }
	number := func(r *Row) any { return r.Number("f", 9999) }
	needed := func(r *Row) any { return r.Needed("f") }
	word := func(r *Row) any {
		var s cf.Sex
		r.Word("f", map[string]string{"donna": "F"}, cause("not M or F", "non è M o F"), &s)
		return s
	}
	the23rd, the3rd := date.New(2025, time.July, 23), date.New(2024, time.September, 3)
	summer := time.Date(2025, 7, 23, 16, 30, 0, 0, time.UTC)
	var noDay date.Date
	var never time.Time
	for _, c := range []struct {
		read func(*Row) any
		text string
		want any
		why  Cause
	}{
		{day, "2025-07-23", the23rd, Cause{}},
		{day, "23/07/2025", the23rd, Cause{}},
		{day, "23.07.2025", the23rd, Cause{}},
		{day, "23-07-2025", the23rd, Cause{}},
		{day, "3/9/2024", the3rd, Cause{}},
		{day, "03.9.2024", the3rd, Cause{}},
		{day, "2024/9/3", the3rd, Cause{}},
		{day, "2025-07-23 00:00:00", the23rd, Cause{}},
		{day, "23/07/2025 0.00", the23rd, Cause{}},
		{day, "", noDay, Cause{}},
		{day, "29/02/2024", date.New(2024, time.February, 29), Cause{}},
		{day, "29/02/2025", noDay, notDay},
		{day, "07/23/2025", noDay, notDay},
		{day, "03/04/25", noDay, twoDigit},
		{day, "3.4.25", noDay, twoDigit},
		{day, "25-04-03", noDay, twoDigit},
		{day, "aa/bb/cc", noDay, notDay},
		{day, "23/07-2025", noDay, notDay},
		{day, "23/07", noDay, notDay},
		{day, "23/007/2025", noDay, notDay},
		{day, "45861", noDay, notDay},
		{day, "1799-12-31", noDay, notDay},
		{day, "23/07/2025 18:30", noDay, hasTime},
		{day, "23/07/2025 6:30 PM", noDay, twelve},
		{day, "23/07/2025 fine", noDay, notDay},
		{instant, "23/07/2025 18:30", summer, Cause{}},
		{instant, "23/07/2025 18.30", summer, Cause{}},
		{instant, "23.7.2025 18.30", summer, Cause{}},
		{instant, "2025-07-23 18:30:00", summer, Cause{}},
		{instant, "2025-07-23T18:30:05", summer.Add(5 * time.Second), Cause{}},
		{instant, "2025-07-23T18:30:00+02:00", summer, Cause{}},
		{instant, "2025-07-23T16:30:00Z", summer, Cause{}},
		{instant, "23/1/2025  8:30", time.Date(2025, 1, 23, 7, 30, 0, 0, time.UTC), Cause{}},
		{instant, "2025-10-26 02:30", time.Date(2025, 10, 26, 0, 30, 0, 0, time.UTC), Cause{}}, // shown twice: the first
		{instant, "2025-03-30 02:30", never, skipped},
		{instant, "", never, Cause{}},
		{instant, "2025-07-24", never, notTime},
		{instant, "2025-07-24 24:00", never, notTime},
		{instant, "2025-07-24 8:3", never, notTime},
		{instant, "2025-07-24 8:030", never, notTime},
		{instant, "2025-07-24 08:30.15", never, notTime},
		{instant, "2025-07-24 18", never, notTime},
		{instant, "23/07/25 18:30", never, twoDigit},
		{instant, "23/07/2025 6:30 PM", never, twelve},
		{instant, "23/07/2025 06:30 a.m.", never, twelve},
		{instant, "31/06/2025 18:30", never, notTime},
		{answer, "", law.Unknown, Cause{}},
		{answer, "sì", law.Yes, Cause{}}, {answer, "SÌ", law.Yes, Cause{}}, {answer, "Si", law.Yes, Cause{}}, {answer, "SI'", law.Yes, Cause{}},
		{answer, "s", law.Yes, Cause{}}, {answer, "Yes", law.Yes, Cause{}}, {answer, "y", law.Yes, Cause{}}, {answer, "VERO", law.Yes, Cause{}},
		{answer, "True", law.Yes, Cause{}}, {answer, "X", law.Yes, Cause{}}, {answer, "si\u0300", law.Yes, Cause{}},
		{answer, "NO", law.No, Cause{}}, {answer, "n", law.No, Cause{}}, {answer, "FALSO", law.No, Cause{}}, {answer, "false", law.No, Cause{}},
		{answer, "forse", law.Unknown, notYesNo}, {answer, "1", law.Unknown, notYesNo},
		{number, "", 0, Cause{}}, {number, "9999", 9999, Cause{}},
		{number, "10000", 0, cause("not a whole number from 0 to 9999", "non è un numero intero da 0 a 9999")},
		{number, "-1", 0, cause("not a whole number from 0 to 9999", "non è un numero intero da 0 a 9999")},
		{number, "1,5", 0, cause("not a whole number from 0 to 9999", "non è un numero intero da 0 a 9999")},
		{needed, "x", "x", Cause{}}, {needed, "", "", Missing},
		{word, "F", cf.Female, Cause{}}, {word, "f", cf.Female, Cause{}}, {word, "Donna", cf.Female, Cause{}}, {word, "", cf.Sex(0), Cause{}},
		{word, "W", cf.Sex(0), cause("not M or F", "non è M o F")},
	} {
		var found Problems
		r := &Row{file: "a.csv", line: 7, at: map[string]int{"f": 0}, fields: []string{c.text}, found: &found}
		assert.Equal(t, c.want, c.read(r), c.text)
		if c.why == (Cause{}) {
			assert.Empty(t, found.List(), c.text)
			assert.False(t, r.Bad())
			continue
		}
		assert.True(t, r.Bad())
		assert.Equal(t, []Problem{{File: "a.csv", Line: 7, Column: "f", Message: c.why.Text}}, found.List(), c.text)
	}
}

func TestSpan(t *testing.T) {
	table := Table{"a.csv", []Column{{Name: "first"}, {Name: "last"}}}
	for text, want := range map[string]string{
		"2025-07-01;2025-07-31": "", "2025-07-01;2025-07-01": "", "2025-07-01;": "", "2025-7-2;1/07/2025": "a.csv:2: first: missing, or after last",
		";2025-07-01": "a.csv:2: first: missing, or after last", "2025-07-02;x": "a.csv:2: last: " + notDay.EN,
	} {
		problems, _ := table.Read([]byte("first;last\n"+text), func(r *Row) { r.Span("first", "last") })
		if want == "" {
			assert.Empty(t, problems, text)
		} else if assert.Len(t, problems, 1, text) {
			assert.Equal(t, want, problems[0].Error())
		}
	}
}

// A row dropped since what it depends on was refused is not told; a note keeps
// nothing from being used.
func TestDropAndNote(t *testing.T) {
	used := 0
	problems, _ := people.Read([]byte("key\na\nb\nc\n"), func(r *Row) {
		if r.Text("key") == "b" {
			r.Drop()
			r.Refuse("key", Missing)
		}
		r.Note("key", cause("read", "letto"))
		if !r.Bad() {
			used++
		}
	})
	assert.Equal(t, 2, used)
	require.Len(t, problems, 1)
	assert.Equal(t, Problem{"people.csv", 2, "key", law.Text{EN: "read", IT: "letto"}, 3, true}, problems[0])
	assert.Equal(t, "people.csv:2: key: letto (3 righe, questa è la prima)", problems[0].In("it"))
}

func TestLetters(t *testing.T) {
	for n, want := range map[int]string{1: "A", 26: "Z", 27: "AA", 52: "AZ", 53: "BA", 702: "ZZ", 703: "AAA"} {
		assert.Equal(t, want, Letters(n))
	}
}

// FuzzRead reads whatever there is: no panic, rows in order, and each problem has a
// file, two texts, and a line of the file.
func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"", "key", "\ufeffkey;value\r\na;b\r\n", "key;value;other\n\"a;b\nc;d;\"e\"\"\"\n", "key,value\n", "key;key\n", "value\n",
		"key;value\na;\xff\n;;\n", "key;value\n\x00;\"\"\n\r\r\n", "sep=;\nkey;other\n2025-7-3;VERO\n", "key\tvalue;\n3.4.25\t1\n",
		"\xff\xfek\x00\n\x00", "\xfe\xff\x00k\xd8\x00", "key;;x\n\"\";1;\"2\"x\n", "key\n\"a\nb\";\r\n",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		before := slices.Clone(b)
		lines := bytes.Count(b, []byte("\n")) + bytes.Count(b, []byte("\r")) + 1
		last, rows := 0, 0
		problems, ok := people.Read(b, func(r *Row) {
			if r.Line() <= last || r.Line() > lines {
				t.Fatalf("row of line %d after %d of %d", r.Line(), last, lines)
			}
			last = r.Line()
			rows++
			r.Needed("key")
			r.Span("key", "value")
			r.Instant("value")
			r.Answer("other")
			r.Number("other", 12)
		})
		if !ok && (rows > 0 || len(problems) == 0) {
			t.Fatalf("%d rows, %v", rows, problems)
		}
		for _, p := range problems {
			if p.File != "people.csv" || p.Line < 0 || p.Line > lines || p.Message.EN == "" || p.Message.IT == "" || p.Count > rows+1 {
				t.Fatalf("%+v of %d lines", p, lines)
			}
		}
		if !bytes.Equal(b, before) {
			t.Fatal("the input was changed")
		}
	})
}

// BenchmarkRead reads rows of days worked; the aim is 700,000 rows a second.
func BenchmarkRead(b *testing.B) {
	const rows = 10_000
	var text strings.Builder
	text.WriteString("worker;employer;first;last\r\n")
	for i := range rows {
		fmt.Fprintf(&text, "lavoratore%d;bottega;%02d/%02d/2024;\r\n", i%50, 1+i%28, 1+i%12)
	}
	table := Table{"worked.csv", []Column{{Name: "worker", Needed: true}, {Name: "employer", Needed: true}, {Name: "first"}, {Name: "last", Silent: true}}}
	data := []byte(text.String())
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		n := 0
		table.Read(data, func(r *Row) {
			if r.Needed("worker") != "" && r.Needed("employer") != "" && r.Span("first", "last").First != 0 && !r.Bad() {
				n++
			}
		})
		if n != rows {
			b.Fatal(n)
		}
	}
	b.ReportMetric(rows*float64(b.N)/b.Elapsed().Seconds(), "rows/s")
}
