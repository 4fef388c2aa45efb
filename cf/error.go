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
	Field    string // the field of Person at fault, by its JSON name, or of another type of this package; "" for a code
}

// Error describes the defect in English; see [Error.Text] for Italian.
func (e *Error) Error() string { return "cf: " + e.Text().EN }

// Text describes the defect in both languages.
func (e *Error) Text() Text {
	n := strconv.Itoa(e.Position)
	atEN, atIT := " at position "+n, " alla posizione "+n
	switch e.Kind {
	case ErrLength:
		if e.Field != "" { // only a place's
			return Text{"a place has 4 characters", "il codice di un luogo ha 4 caratteri"}
		}
		return Text{"a code has 16 characters or 11 digits", "un codice fiscale ha 16 caratteri o 11 cifre"}
	case ErrCharacter:
		return Text{"character not admitted" + atEN, "carattere non ammesso" + atIT}
	case ErrDate:
		return Text{"no such birth date," + atEN, "data di nascita inesistente," + atIT}
	case ErrPlace:
		return Text{"place number 000" + atEN, "luogo con numero 000" + atIT}
	case ErrOffice:
		return Text{"no such office," + atEN, "ufficio inesistente," + atIT}
	case ErrSerial:
		return Text{"no such serial for this office," + atEN, "numero di matricola inesistente per questo ufficio," + atIT}
	case ErrCheck:
		right := string(rune(e.Expected))
		return Text{
			"wrong control character" + atEN + ", expected " + right,
			"carattere di controllo errato" + atIT + ", atteso " + right,
		}
	}
	what := fieldText(e.Field)
	if e.Kind == ErrMissing {
		return Text{what.EN + " is missing", "manca " + what.IT}
	}
	return Text{what.EN + " cannot be used", what.IT + " non è utilizzabile"}
}

// In returns the text in a language: "it", or English for anything else.
func (e *Error) In(lang string) string { return e.Text().In(lang) }

// fieldText names a field of Person, or one that stands for it.
func fieldText(field string) Text {
	switch field {
	case "":
		return Text{"input", "il dato"}
	case "surname":
		return Text{field, "il cognome"}
	case "name":
		return Text{field, "il nome"}
	case "birth":
		return Text{field, "la data di nascita"}
	case "sex":
		return Text{field, "il sesso"}
	case "place":
		return Text{field, "il luogo di nascita"}
	case "birth_place":
		return Text{"birth place", "il luogo di nascita"}
	}
	return Text{field, "il campo " + field}
}

// Unwrap returns the kind.
func (e *Error) Unwrap() error { return e.Kind }
