package uni

import (
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

// readCode reads a tax code as an office holds it: ASCII white space and no-break
// spaces are left out, so is one apostrophe before the first character, and a-z is
// read as A-Z. It returns the official form, or "" when nothing else is in the text,
// with the kinds of finding that say what was changed. Positions in the error, a
// *cf.Error, are those of the changed text.
func readCode(s string) (text string, changes []Kind, err error) {
	var blanks, apostrophe, lower bool
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case c >= 'a' && c <= 'z':
			lower = true
			b = append(b, c-'a'+'A')
		case c == ' ' || c >= '\t' && c <= '\r':
			blanks = true
		case strings.HasPrefix(s[i:], "\u00a0"):
			blanks = true
			i++
		case c == '\'' && len(b) == 0 && !apostrophe:
			apostrophe = true
		default:
			b = append(b, c)
		}
	}
	if blanks {
		changes = append(changes, FoundBlank)
	}
	if apostrophe {
		changes = append(changes, FoundApostrophe)
	}
	if lower {
		changes = append(changes, FoundCase)
	}
	if len(b) == 0 {
		return "", changes, nil
	}
	code, err := cf.Parse(string(b))
	if err != nil {
		return "", changes, err
	}
	return code.String(), changes, nil
}

// official returns the official form of a code, and a text that is no code as it is.
func official(s string) string {
	if code, _, err := readCode(s); err == nil {
		return code
	}
	return s
}

// codeText says in both languages what is wrong with a code.
func codeText(e cf.Error) law.Text {
	t := law.Text{EN: "cannot be used", IT: "non è utilizzabile"}
	switch e.Kind {
	case cf.ErrLength:
		return law.Text{EN: "a code has 16 characters or 11 digits", IT: "un codice fiscale ha 16 caratteri o 11 cifre"}
	case cf.ErrCharacter:
		t = law.Text{EN: "character not admitted", IT: "carattere non ammesso"}
	case cf.ErrDate:
		t = law.Text{EN: "no such birth date,", IT: "data di nascita inesistente,"}
	case cf.ErrPlace:
		t = law.Text{EN: "place number 000", IT: "luogo con numero 000"}
	case cf.ErrOffice:
		t = law.Text{EN: "no such office,", IT: "ufficio inesistente,"}
	case cf.ErrSerial:
		t = law.Text{EN: "no such serial for this office,", IT: "numero di matricola inesistente per questo ufficio,"}
	case cf.ErrCheck:
		t = law.Text{EN: "wrong control character", IT: "carattere di controllo errato"}
	default:
		return t
	}
	t = law.Say("%s at position %d", "%s alla posizione %d", t, e.Position)
	if e.Expected != 0 {
		t = law.Say("%s, expected %c", "%s, atteso %c", t, e.Expected)
	}
	return t
}
