package places

import (
	"encoding/csv"
	"errors"
	"strconv"

	"github.com/intermittente/intermittente/cf"
)

// Error is a row of a file, or its header, that is out of form.
type Error struct {
	Line   int    // from 1, the header's
	Column string // by its name in the header; "" for the row as a whole
	Err    error
}

// Error names line and column in English; see [Error.Text] for Italian.
func (e *Error) Error() string { return "places: " + e.Text().EN }

// Text names line and column in both languages.
func (e *Error) Text() cf.Text {
	at, why := strconv.Itoa(e.Line), explain(e.Err)
	if e.Column != "" {
		at += ", " + e.Column
	}
	return cf.Text{EN: "line " + at + ": " + why.EN, IT: "riga " + at + ": " + why.IT}
}

// Unwrap returns what is wrong.
func (e *Error) Unwrap() error { return e.Err }

// A reason is what is wrong, in both languages.
type reason cf.Text

func (r reason) Error() string { return r.EN }

func explain(err error) cf.Text {
	var own reason
	var code *cf.Error
	switch {
	case errors.As(err, &own):
		return cf.Text(own)
	case errors.As(err, &code):
		return code.Text()
	case errors.Is(err, csv.ErrFieldCount):
		return cf.Text{EN: "more or fewer fields than the header has", IT: "numero di campi diverso da quello dell'intestazione"}
	}
	return cf.Text{EN: "a quotation mark out of place", IT: "virgolette fuori posto"} // all else that encoding/csv refuses
}
