package places

import (
	"bufio"
	"cmp"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"iter"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
)

// Era is a stretch of days in which a place had one name and one province.
type Era struct {
	Place       cf.Place
	First, Last date.Date // both included; a zero First has no known beginning, a zero Last is still open
	Name        string    // as in the file: in capitals, with accents, in the archive
	OtherName   string    // in the second language of the place; "" for none
	Province    string    // two letters, of that time; [Abroad] for a foreign state
	Ceased      bool      // a foreign state that no longer exists, though Last may be unknown
}

// Abroad is the province of foreign states.
const Abroad = "EE"

// Includes reports whether day lies in the era. Of a state that ceased on an
// unknown day it reports true.
func (e Era) Includes(day date.Date) bool {
	return e.First <= day && (e.Last == 0 || day <= e.Last)
}

// Register is what [Read], [ReadStates] and [Register.Join] make. It never changes
// and may be shared. The zero value knows no place.
type Register struct {
	all     []Era               // by place, then by first day, then as in the file
	places  map[cf.Place]bounds // the eras of a place
	names   map[string]link     // the first era of a name as folded
	next    []link              // of era i, by its name and by its other one, the next era of that name
	rows    int
	uncoded int
}

// bounds are those of a part of a slice.
type bounds struct{ from, to int32 }

func (r Register) of(p cf.Place) []Era {
	b := r.places[p]
	return r.all[b.from:b.to]
}

// Join returns a register that knows the places of both.
func (r Register) Join(s Register) Register {
	return newRegister(slices.Concat(r.all, s.all), r.rows+s.rows, r.uncoded+s.uncoded)
}

// newRegister takes the eras over.
func newRegister(all []Era, rows, uncoded int) Register {
	slices.SortStableFunc(all, func(a, b Era) int {
		if c := cmp.Compare(a.Place.String(), b.Place.String()); c != 0 {
			return c
		}
		return cmp.Compare(a.First, b.First)
	})
	r := Register{
		all:    all,
		places: make(map[cf.Place]bounds, len(all)/2),
		names:  make(map[string]link, len(all)/2),
		next:   make([]link, 2*len(all)),
		rows:   rows, uncoded: uncoded,
	}
	for i, e := range all {
		b, known := r.places[e.Place]
		if !known {
			b.from = int32(i)
		}
		b.to = int32(i) + 1
		r.places[e.Place] = b
	}
	for i := range slices.Backward(all) {
		r.index(i)
	}
	return r
}

// Known reports whether the place exists or has existed.
func (r Register) Known(p cf.Place) bool { return len(r.of(p)) > 0 }

// InForce reports whether the place existed on day.
func (r Register) InForce(p cf.Place, day date.Date) bool {
	return slices.ContainsFunc(r.of(p), func(e Era) bool { return e.Includes(day) })
}

// On gives the eras of the place that include day: none, one, or more where
// municipalities shared a code.
func (r Register) On(p cf.Place, day date.Date) iter.Seq[Era] {
	return func(yield func(Era) bool) {
		for _, e := range r.of(p) {
			if e.Includes(day) && !yield(e) {
				return
			}
		}
	}
}

// Eras gives every era of the place, oldest first.
func (r Register) Eras(p cf.Place) iter.Seq[Era] { return slices.Values(r.of(p)) }

// Rows is how many rows the file had, its header aside; of a joined register those
// of both.
func (r Register) Rows() int { return r.rows }

// Uncoded is how many of the rows are of municipalities without a code ("ND").
func (r Register) Uncoded() int { return r.uncoded }

// The columns read; others may stand among them, in any order.
const (
	colFirst    = "DATAISTITUZIONE"
	colLast     = "DATACESSAZIONE"
	colPlace    = "CODCATASTALE"
	colName     = "DENOMINAZIONE_IT"
	colOther    = "ALTRADENOMINAZIONE"
	colProvince = "SIGLAPROVINCIA"
	colState    = "STATO" // A in force, C or D no longer
)

const (
	openEnd = "9999-12-31"
	noCode  = "ND"
)

// Read reads the archive in its official form: CSV in UTF-8, with or without a
// byte order mark, a header first. The error is an *Error when a row is out of
// form, else that of the reader.
func Read(from io.Reader) (Register, error) {
	return load(from, era, colFirst, colLast, colPlace, colName, colOther, colProvince, colState)
}

// load reads a file whose header has the columns, and of each row an era; coded is
// false for a row that has no place.
func load(from io.Reader, read func(row) (e Era, coded bool, err error), needed ...string) (Register, error) {
	buffered := bufio.NewReader(from)
	if mark, _ := buffered.Peek(3); string(mark) == "\ufeff" {
		_, _ = buffered.Discard(3)
	}
	file := csv.NewReader(buffered)
	file.ReuseRecord = true
	columns, err := header(file, needed)
	if err != nil {
		return Register{}, err
	}
	var all []Era
	rows := 0
	for {
		fields, err := next(file)
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return Register{}, err
		}
		line, _ := file.FieldPos(0)
		e, coded, err := read(row{fields, columns, line})
		if err != nil {
			return Register{}, err
		}
		rows++
		if coded {
			all = append(all, e)
		}
	}
	if rows == 0 {
		return Register{}, &Error{Line: 1, Err: reason{"no row after the header", "nessuna riga dopo l'intestazione"}}
	}
	return newRegister(all, rows, rows-len(all)), nil
}

// next reads one row.
func next(file *csv.Reader) ([]string, error) {
	fields, err := file.Read()
	var form *csv.ParseError
	if errors.As(err, &form) {
		return nil, &Error{Line: form.Line, Err: form.Err}
	}
	if err != nil && err != io.EOF {
		return nil, fmt.Errorf("places: %w", err)
	}
	return fields, err
}

// header reads the first row: where each column stands.
func header(file *csv.Reader, needed []string) (map[string]int, error) {
	fields, err := next(file)
	if errors.Is(err, io.EOF) {
		return nil, &Error{Line: 1, Err: reason{"no header", "manca l'intestazione"}}
	}
	if err != nil {
		return nil, err
	}
	columns := map[string]int{}
	for i, name := range fields {
		if _, twice := columns[name]; twice {
			return nil, &Error{Line: 1, Column: name, Err: reason{"twice in the header", "ripetuta nell'intestazione"}}
		}
		columns[name] = i
	}
	for _, name := range needed {
		if _, found := columns[name]; !found {
			return nil, &Error{Line: 1, Column: name, Err: reason{"not in the header", "assente dall'intestazione"}}
		}
	}
	return columns, nil
}

type row struct {
	fields  []string
	columns map[string]int
	line    int
}

func (r row) text(column string) string { return r.fields[r.columns[column]] }

func (r row) wrong(column, en, it string) error {
	return &Error{Line: r.line, Column: column, Err: reason{en, it}}
}

// era validates one row; coded is false when the municipality has no code.
func era(r row) (e Era, coded bool, err error) {
	if code := r.text(colPlace); code != noCode {
		if e.Place, err = cf.ParsePlace(code); err != nil {
			return Era{}, false, &Error{Line: r.line, Column: colPlace, Err: err}
		}
		coded = true
	}
	if e.First, err = date.Parse(date.ISO8601, r.text(colFirst)); err != nil {
		return Era{}, false, r.wrong(colFirst, "no such day", "giorno inesistente")
	}
	if last := r.text(colLast); last != openEnd {
		if e.Last, err = date.Parse(date.ISO8601, last); err != nil {
			return Era{}, false, r.wrong(colLast, "no such day", "giorno inesistente")
		}
		if e.Last < e.First {
			return Era{}, false, r.wrong(colLast, "before "+colFirst, "prima di "+colFirst)
		}
	}
	switch state := r.text(colState); {
	case state != "A" && state != "C" && state != "D":
		return Era{}, false, r.wrong(colState, "neither A, C nor D", "né A, né C, né D")
	case (state == "A") != (e.Last == 0):
		return Era{}, false, r.wrong(colState, "at odds with "+colLast, "in contrasto con "+colLast)
	}
	e.Name, e.OtherName, e.Province = r.text(colName), r.text(colOther), r.text(colProvince)
	switch {
	case e.Name == "" || !isName(e.Name):
		return Era{}, false, r.wrong(colName, "not a name", "non è un nome")
	case !isName(e.OtherName):
		return Era{}, false, r.wrong(colOther, "not a name", "non è un nome")
	case len(e.Province) != 2 || strings.Trim(e.Province, "ABCDEFGHIJKLMNOPQRSTUVWXYZ") != "":
		return Era{}, false, r.wrong(colProvince, "not two capital letters", "non due lettere maiuscole")
	}
	return e, coded, nil
}

// isName refuses what a broken file leaves in a name: line ends, other control
// characters, bytes that are no UTF-8, blanks around.
func isName(s string) bool {
	return utf8.ValidString(s) && !strings.ContainsFunc(s, unicode.IsControl) && strings.TrimSpace(s) == s
}
