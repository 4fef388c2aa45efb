package uni

import "strconv"

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
	n, part := (place-firstRow)/perRow, (place-firstRow)%perRow
	return rowNames[part] + strconv.Itoa(n+1)
}

// placeOf is the inverse of nameOf; -1 for a name the form does not have. A row
// beyond the form's ten, or with its number written otherwise, is an ErrRows:
// somebody's call must not pass for an unknown element.
func placeOf(name string) (int, error) {
	for i, n := range headNames {
		if name == n {
			return i, nil
		}
	}
	for part, prefix := range rowNames {
		if len(name) <= len(prefix) || name[:len(prefix)] != prefix {
			continue
		}
		digits := name[len(prefix):]
		for i := range len(digits) {
			if digits[i] < '0' || digits[i] > '9' {
				return -1, nil
			}
		}
		n, err := strconv.Atoi(digits)
		if err != nil || n < 1 || n > MaxRows || strconv.Itoa(n) != digits {
			return -1, &Error{Kind: ErrRows, Element: prefix}
		}
		return firstRow + (n-1)*perRow + part, nil
	}
	return -1, nil
}

// emailFits is the form's own pattern for an address: letters, digits, point,
// hyphen and underscore, then @, a domain and an ending of two or three letters,
// at most fifty characters in all. Wider addresses exist.
func emailFits(s string) bool {
	at, dot := -1, -1
	for i := range len(s) {
		c := s[i]
		switch {
		case c == '@' && at < 0 && i > 0:
			at = i
		case c == '.':
			dot = i
		case c >= '0' && c <= '9', isLetter(c), c == '-', c == '_' && at < 0:
		default:
			return false
		}
	}
	if at < 0 || dot < at+3 || len(s) > maxEmail {
		return false
	}
	ending := s[dot+1:]
	for i := range len(ending) {
		if !isLetter(ending[i]) {
			return false
		}
	}
	return len(ending) == 2 || len(ending) == 3
}

func isLetter(c byte) bool { return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' }
