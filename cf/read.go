package cf

import (
	"strings"
)

// Changes says what [Read] had to change in a text. The zero value is nothing:
// the text was in the official form.
type Changes struct {
	LowerCase    bool `json:"lower_case,omitzero"`     // a-z read as A-Z
	Blanks       bool `json:"blanks,omitzero"`         // ASCII white space dropped, wherever it stood
	Apostrophe   bool `json:"apostrophe,omitzero"`     // an apostrophe dropped before the first character
	NoBreakSpace bool `json:"no_break_space,omitzero"` // no-break spaces (U+00A0) dropped
}

// Any reports whether something was changed.
func (c Changes) Any() bool { return c != Changes{} }

// Text lists the changes in both languages: "lower case, blanks". It is empty when
// there are none.
func (c Changes) Text() Text {
	var en, it []string
	for _, part := range [...]struct {
		is   bool
		text Text
	}{
		{c.LowerCase, Text{"lower case", "lettere minuscole"}},
		{c.Blanks, Text{"blanks", "spazi"}},
		{c.Apostrophe, Text{"a leading apostrophe", "un apostrofo iniziale"}},
		{c.NoBreakSpace, Text{"no-break spaces", "spazi unificatori"}},
	} {
		if part.is {
			en, it = append(en, part.text.EN), append(it, part.text.IT)
		}
	}
	return Text{strings.Join(en, ", "), strings.Join(it, ", ")}
}

// Read is [Parse] for a code as a spreadsheet, a web page or a person hands it on,
// and tells what had to be changed: ASCII white space and no-break spaces are
// dropped, so is one apostrophe before the first character, which spreadsheets put
// before digits, and a-z is upper-cased. Nothing else is: no separator, no prefix,
// no Unicode folding. The changes are told beside an error too; positions in the
// error are those of the changed text.
func Read(s string) (Code, Changes, error) {
	s, changes := clean(s)
	c, err := Parse(s)
	return c, changes, err
}

// clean returns s itself when nothing in it can need a change.
func clean(s string) (string, Changes) {
	for i := range len(s) {
		if s[i] < '0' || s[i] > 'Z' { // blanks, the apostrophe, a-z and U+00A0 are all outside
			return cleaned(s)
		}
	}
	return s, Changes{}
}

const noBreakSpace = "\u00A0" // two bytes

func cleaned(s string) (string, Changes) {
	var did Changes
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		switch c := s[i]; {
		case isLower(c):
			did.LowerCase = true
			b = append(b, c-'a'+'A')
		case isSpace(c):
			did.Blanks = true
		case c == '\'' && len(b) == 0 && !did.Apostrophe:
			did.Apostrophe = true
		case strings.HasPrefix(s[i:], noBreakSpace):
			did.NoBreakSpace = true
			i++
		default:
			b = append(b, c)
		}
	}
	return string(b), did
}
