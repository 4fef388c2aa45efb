package cf

import "strconv"

// Kind says what is wrong with an input. It is an error itself, so that
// errors.Is(err, cf.ErrCheck) works on whatever this package returns.
type Kind string

// When several defects meet, the first of this order is reported: a byte from
// 0x80 up (ErrCharacter), then as listed.
const (
	ErrLength    Kind = "cf.length"    // neither 16 nor 11 bytes; of a place, not 4
	ErrCharacter Kind = "cf.character" // a byte its position does not admit; the leftmost
	ErrDate      Kind = "cf.date"      // a day that exists in no century (art. 5)
	ErrPlace     Kind = "cf.place"     // place number 000
	ErrOffice    Kind = "cf.office"    // eleven digits: an office that issues no code
	ErrSerial    Kind = "cf.serial"    // eleven digits: a serial outside its office's range
	ErrCheck     Kind = "cf.check"     // wrong control character (art. 7, art. 9)

	ErrMissing Kind = "missing" // nothing given: a zero value, NULL, a field of Person
	ErrValue   Kind = "value"   // a fact of Person that gives no code, a word that is none
)

// Error returns the kind itself.
func (k Kind) Error() string { return string(k) }

// Error is the one error type of this package. Its text never holds the code or
// any part of a person's data, but for the control character expected.
type Error struct {
	Kind     Kind
	Position int    // 1-based byte of the code, normalized first in ParseLoose; 0 for the whole
	Expected byte   // the right control character, for ErrCheck
	Field    string // the field of Person at fault, by its JSON name; "" for a code
}

// Error describes the defect in English.
func (e *Error) Error() string {
	at := " at position " + strconv.Itoa(e.Position)
	switch e.Kind {
	case ErrLength:
		if e.Field != "" { // only a place's
			return "cf: a place has 4 characters"
		}
		return "cf: a code has 16 characters or 11 digits"
	case ErrCharacter:
		return "cf: character not admitted" + at
	case ErrDate:
		return "cf: no such birth date," + at
	case ErrPlace:
		return "cf: place number 000" + at
	case ErrOffice:
		return "cf: no such office," + at
	case ErrSerial:
		return "cf: no such serial for this office," + at
	case ErrCheck:
		return "cf: wrong control character" + at + ", expected " + string(rune(e.Expected))
	}
	what := e.Field
	if what == "" {
		what = "input"
	}
	if e.Kind == ErrMissing {
		return "cf: " + what + " is missing"
	}
	return "cf: " + what + " cannot be used"
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }
