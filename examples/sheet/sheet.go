// Package sheet reads tables as offices in Italy save them from a spreadsheet: as
// CSV in any of the encodings in use, parted by semicolons, commas or tabs, with
// days, times and answers as people there write them.
//
// A [Table] says which columns are read and what else they may be called.
// [Table.Read] gives its rows one by one, [Row] has a reader for each kind of
// field, and what cannot be used comes back as [Problem] values: one for each
// cause, with the place where it was met first, in English and Italian. No problem
// repeats what a cell holds.
//
// # What is read
//
//   - UTF-8 with or without its mark, UTF-16 with its mark, and Windows-1252 when
//     the bytes are no UTF-8. Bytes that could be both are refused.
//   - Lines that end with CR LF, LF or CR; empty lines anywhere, also above the
//     header; a first line "sep=;".
//   - Quoted fields with doubled quotes. A quoted field may go over lines; a quote
//     left open costs its own line and swallows none below it.
//   - Headers in any order and any case, blanks, underscores and hyphens alike;
//     columns that are not known are left out and told once.
//   - Empty fields at the end of a row, written or not.
//   - Days with the year first or last, parted by "/", "." or "-", padded or not;
//     times as 8:30, 18.30 or 18:30:00; instants with an offset (RFC 3339).
//   - VERO, FALSO, sì, no, yes, true, false and x in any case.
//
// # What is not
//
// A year of two digits, a time of twelve hours and a number where a day should be
// are refused, since they can be read in two ways. Workbooks (.xlsx) are for
// [Table.ReadRows], which takes rows from any source.
package sheet

import (
	"iter"
	"slices"
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
)

// Table is the form of a file: its name, as problems tell it, and its columns.
type Table struct {
	Name    string
	Columns []Column
}

// Column is one column of a table.
type Column struct {
	Name string   // as the program asks for it, and as problems tell it
	Also []string // other headers it may have
	// Needed says that the header must have the column.
	Needed bool
	// Silent says that an empty field has a meaning of its own, such as "no end".
	// Where the header lacks the column, one that is not known is refused, not left
	// out: it could be this one, and the rows would say something else without it.
	Silent bool
}

// Problem is a cause for which something of a table is not used.
type Problem struct {
	File    string   `json:"file"`
	Line    int      `json:"line,omitempty"`   // of the first row concerned; 0 for the file as a whole
	Column  string   `json:"column,omitempty"` // empty for the row as a whole
	Message law.Text `json:"message"`
	Count   int      `json:"count,omitempty"` // rows concerned, where more than one
	// Notice says that the table means the same without what is told here.
	Notice bool `json:"notice,omitempty"`
}

// In tells the problem in a language, "it" or "en".
func (p Problem) In(lang string) string {
	var b strings.Builder
	b.WriteString(p.File)
	if p.Line > 0 {
		b.WriteString(":" + strconv.Itoa(p.Line))
	}
	if p.Column != "" {
		b.WriteString(": " + p.Column)
	}
	b.WriteString(": " + p.Message.In(lang))
	if p.Count > 1 {
		b.WriteString(law.Say(" (%d rows, this one is the first)", " (%d righe, questa è la prima)", p.Count).In(lang))
	}
	return b.String()
}

// Error tells the problem in English.
func (p Problem) Error() string { return p.In("en") }

// Cause says why a field cannot be used.
type Cause struct{ law.Text }

// Error tells the cause in English.
func (c Cause) Error() string { return c.EN }

func cause(en, it string) Cause { return Cause{law.Text{EN: en, IT: it}} }

// Problems are problems by cause.
type Problems struct {
	list []Problem
	at   map[key]int
}

type key struct {
	file, column string
	message      law.Text
}

// Add notes a problem, or counts it to one with the same cause.
func (p *Problems) Add(x Problem) {
	k := key{x.File, x.Column, x.Message}
	if i, ok := p.at[k]; ok {
		p.list[i].Count = max(p.list[i].Count, 1) + max(x.Count, 1)
		return
	}
	if p.at == nil {
		p.at = map[key]int{}
	}
	p.at[k] = len(p.list)
	p.list = append(p.list, x)
}

// List returns the problems in the order in which their causes were met.
func (p *Problems) List() []Problem { return slices.Clone(p.list) }

// longestField bounds a field, in bytes.
const longestField = 500

// Read reads a table from the bytes of a file and gives each row to use, those that
// are refused already among them: see [Row.Bad]. The answer is what was not used;
// ok is false where the table as a whole cannot be read and use was never called.
func (t Table) Read(b []byte, use func(*Row)) (problems []Problem, ok bool) {
	text, line, bad := decode(b)
	if bad != (Cause{}) {
		return []Problem{{File: t.Name, Line: line, Message: bad.Text}}, false
	}
	c := cutter{rest: text}
	c.separator()
	if c.sep == 0 {
		c.sep = t.separator(c)
	}
	return t.read(func(yield func(int, []string, Cause) bool) {
		for more := true; more && c.next(); {
			more = yield(c.line, c.fields, c.bad)
		}
	}, use)
}

// ReadRows reads a table from rows that were cut into fields elsewhere, each with
// its number from 1; the slices may be used again for the next row.
func (t Table) ReadRows(rows iter.Seq2[int, []string], use func(*Row)) (problems []Problem, ok bool) {
	return t.read(func(yield func(int, []string, Cause) bool) {
		for n, fields := range rows {
			if !yield(n, fields, Cause{}) {
				return
			}
		}
	}, use)
}

func (t Table) read(rows func(func(int, []string, Cause) bool), use func(*Row)) ([]Problem, bool) {
	var found Problems
	r := Row{file: t.Name, found: &found}
	rows(func(n int, fields []string, bad Cause) bool {
		if bad == (Cause{}) && empty(fields) {
			return true
		}
		r.line, r.fields, r.bad = n, append(r.fields[:0], fields...), false
		if r.at == nil {
			if bad != (Cause{}) {
				r.Refuse("", bad)
				return false
			}
			return t.header(&r)
		}
		if bad != (Cause{}) {
			r.Refuse("", bad)
		} else {
			r.check()
		}
		use(&r)
		return true
	})
	if r.line == 0 {
		found.Add(Problem{File: t.Name, Line: 1, Message: noHeader.Text})
	}
	return found.List(), r.at != nil
}

func empty(fields []string) bool {
	for _, f := range fields {
		if strings.TrimSpace(f) != "" {
			return false
		}
	}
	return true
}

// header finds the columns; false where the first line is not the header.
func (t Table) header(r *Row) bool {
	at, places := make(map[string]int, len(r.fields)), make([]string, len(r.fields))
	var unknown int // the first column that is not known, from 1
	for i, f := range r.fields {
		if strings.TrimSpace(f) == "" {
			continue
		}
		name, known := t.named(f)
		switch _, twice := at[name]; {
		case !known && unknown == 0:
			unknown = i + 1
		case !known:
		case twice:
			r.Refuse(name, cause("the header has it twice", "l'intestazione lo ha due volte"))
		default:
			at[name], places[i] = i, name
		}
	}
	var missing []string
	for _, c := range t.Columns {
		if _, ok := at[c.Name]; ok {
			continue
		}
		r.strict = r.strict || c.Silent
		if c.Needed {
			missing = append(missing, c.Name)
		} else if c.Silent && unknown > 0 {
			r.Refuse(c.Name, Cause{law.Say(
				"not in the header, and column %d (%s) is not known: it could be this one; name it or take it away",
				"manca nell'intestazione, e la colonna %d (%s) non è nota: potrebbe essere questa; darle il nome o toglierla",
				unknown, Letters(unknown))})
		}
	}
	if len(missing) > 0 {
		list := strings.Join(missing, ", ")
		r.Refuse("", Cause{law.Say(
			"the first line does not name the columns: %s", "la prima riga non nomina le colonne: %s", list)})
	}
	if r.bad {
		return false
	}
	r.unknown = make([]bool, len(r.fields))
	for i, f := range r.fields {
		if strings.TrimSpace(f) != "" && places[i] == "" {
			r.unknown[i] = true
			r.found.Add(Problem{File: t.Name, Line: r.line, Notice: true, Message: law.Say(
				"column %d (%s) is not known and was left out", "la colonna %d (%s) non è nota ed è stata ignorata", i+1, Letters(i+1))})
		}
	}
	r.at, r.places = at, places
	return true
}

// named finds the column of a header.
func (t Table) named(header string) (string, bool) {
	h := Fold(header)
	for _, c := range t.Columns {
		if Fold(c.Name) == h || slices.ContainsFunc(c.Also, func(a string) bool { return Fold(a) == h }) {
			return c.Name, true
		}
	}
	return "", false
}

var folds = strings.NewReplacer("_", " ", "-", " ", ".", " ", "\u00a0", " ")

// Fold is a header, or a word, without what does not tell it from another: case,
// and whether its words are parted by blanks, underscores, hyphens or dots.
func Fold(s string) string {
	return strings.Join(strings.Fields(strings.ToLower(folds.Replace(s))), " ")
}

// Letters names a column, from 1, as spreadsheets do: A to Z, then AA.
func Letters(column int) string {
	var s string
	for ; column > 0; column = (column - 1) / 26 {
		s = string(rune('A'+(column-1)%26)) + s
	}
	return s
}

// separator finds what parts the fields: that under which the header has most of
// the columns.
func (t Table) separator(c cutter) byte {
	best, most := byte(';'), -1
	for _, sep := range [...]byte{';', '\t', ','} {
		try := c
		try.sep, try.fields = sep, nil
		known := 0
		for try.next() {
			if empty(try.fields) {
				continue
			}
			for _, f := range try.fields {
				if _, ok := t.named(f); ok {
					known++
				}
			}
			break
		}
		if known > most {
			best, most = sep, known
		}
	}
	return best
}
