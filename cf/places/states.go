package places

import (
	"io"
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
)

// The columns of a file of states; others may stand among them, in any order.
const (
	colStateCode = "code"
	colStateName = "name"
	colStateEnd  = "end_hint" // may be missing
)

// ReadStates reads a list of foreign states, CSV in UTF-8 with a header: a column
// code (Z and three digits) and a column name, with a second name after "=" where
// there is one; and, if the file has it, a column end_hint, which is empty for a
// state that exists, and for one that has ceased holds its last day, 2006-06-02, or
// any other text. No official file of them has the archive's form, and lists
// disagree on dates: so a state has no first day, and mostly no last one.
//
// The error is an *Error when a row is out of form, else that of the reader. Join
// the result with the archive's.
func ReadStates(from io.Reader) (Register, error) {
	return load(from, state, colStateCode, colStateName)
}

func state(r row) (e Era, coded bool, err error) {
	if e.Place, err = cf.ParsePlace(r.text(colStateCode)); err != nil {
		return Era{}, false, &Error{Line: r.line, Column: colStateCode, Err: err}
	}
	if !e.Place.Foreign() {
		return Era{}, false, r.wrong(colStateCode, "not the code of a foreign state", "non è il codice di uno stato estero")
	}
	e.Name, e.OtherName, _ = strings.Cut(r.text(colStateName), "=")
	if e.Name == "" || !isName(e.Name) || !isName(e.OtherName) {
		return Era{}, false, r.wrong(colStateName, "not a name", "non è un nome")
	}
	e.Province = Abroad
	if at, found := r.columns[colStateEnd]; found && r.fields[at] != "" {
		e.Ceased = true
		if last, err := date.Parse(date.ISO8601, r.fields[at]); err == nil {
			e.Last = last
		}
	}
	return e, true, nil
}
