package uni

import (
	"errors"
	"regexp"
	"strconv"
	"strings"
)

// What the form fixes. Everything that a later edition could change stands in
// this file.
const (
	FormCode  = "ML-15-01"                              // printed on the form and carried in the data
	MaxRows   = 10                                      // rows of one model
	Subject   = "Invio telematico Modulo Intermittenti" // of the mail, and its text
	FileName  = "moduloIntermittenti.xml"               // of the attachment
	SMSNumber = "+393399942256"                         // where the text messages go

	// MaxSize is the longest document that is read or written, in bytes: a
	// hundred times what the fullest model takes.
	MaxSize = 1 << 20
)

const (
	maxDepth   = 16 // elements inside one another; the deepest known envelope takes 6
	maxUnknown = 64 // elements the form does not have; more is not a model any longer
	barCodes   = 2  // times the form code stands in the data
	maxEmail   = 50 // characters of the form's e-mail field

	xfaSpace = "http://www.xfa.org/schema/xfa-data/1.0/"

	nameModel    = "moduloIntermittenti"
	nameFields   = "Campi"
	nameData     = "data"
	nameDatasets = "datasets"
)

// The elements, in the form's order. Those of a row repeat ten times, the number
// of the row behind the name.
var (
	headNames = [...]string{"CFdatorelavoro", "BCbarcodeModello01", "EMmail", "ANannullamento"}
	rowNames  = [...]string{"CFlavoratore", "CCcodcomunicazione", "DTdatainizio", "DTdatafine"}
)

// Places of the elements in the form's order; the two bar codes share one.
const (
	employer = iota
	barCode
	email
	cancel
	firstRow
	elements = firstRow + MaxRows*perRow
)

// Places within a row.
const (
	worker = iota
	hireCode
	first
	last
	perRow
)

// The values of the cancellation flag.
const (
	flagCall    = "0"
	flagCancel  = "1"
	flagNeutral = "2" // known to the form's check box, which never writes it
)

// nameOf returns the name of the element at a place of the form's order.
func nameOf(place int) string {
	if place < firstRow {
		return headNames[place]
	}
	place -= firstRow
	return rowNames[place%perRow] + strconv.Itoa(place/perRow+1)
}

// formName returns a name that the form has, and "" for any other: an error repeats
// nothing of the text that it is about.
func formName(name string) string {
	at, err := placeOf(name)
	var e *Error
	switch {
	case errors.As(err, &e):
		return e.Element
	case at >= 0 || name == nameModel || name == nameFields:
		return name
	}
	return ""
}

// isCode reports whether the element at a place holds a tax code.
func isCode(place int) bool {
	return place == employer || place >= firstRow && (place-firstRow)%perRow == worker
}

// isHireCode reports whether the element at a place holds the code of a hire's
// communication.
func isHireCode(place int) bool { return place >= firstRow && (place-firstRow)%perRow == hireCode }

// inRow returns the place of a part in the row of this number, from 0.
func inRow(row, part int) int { return firstRow + row*perRow + part }

// placeOf is the inverse of nameOf; -1 for a name the form does not have. A row
// beyond the form's ten, without a number or with it written otherwise, is an
// ErrRows: somebody's call must not pass for an unknown element.
func placeOf(name string) (int, error) {
	for i, n := range headNames {
		if name == n {
			return i, nil
		}
	}
	for part, prefix := range rowNames {
		digits, ok := strings.CutPrefix(name, prefix)
		if !ok {
			continue
		}
		for i := range len(digits) {
			if digits[i] < '0' || digits[i] > '9' {
				return -1, nil
			}
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > MaxRows || strconv.Itoa(n) != digits {
			return 0, &Error{Kind: ErrRows, Element: prefix}
		}
		return inRow(n-1, part), nil
	}
	return -1, nil
}

// emailForm is the form's own pattern for an address; its field holds maxEmail
// characters. Wider addresses exist.
var emailForm = regexp.MustCompile(`^[a-zA-Z0-9._-]+@[a-zA-Z0-9.-]{2,}[.][a-zA-Z]{2,3}$`)

func emailFits(s string) bool { return len(s) <= maxEmail && emailForm.MatchString(s) }

// hireCodeForm is the form's own pattern for the code of a hire's communication.
var hireCodeForm = regexp.MustCompile(`^[0-9]{7}[0-9a-zA-Z][0-9]{8}$`)
