package uni

import (
	"github.com/intermittente/intermittente/cf"
)

// readCode reads a tax code as an office holds it, as [cf.Read] does. It returns the
// official form, or "" when nothing but blanks is in the text, with the kinds of finding
// that say what was changed. Positions in the error, a *cf.Error, are those of the
// changed text.
func readCode(s string) (text string, changes []Kind, err error) {
	code, did, err := cf.Read(s)
	if did.Blanks || did.NoBreakSpace {
		changes = append(changes, FoundBlank)
	}
	if did.Apostrophe {
		changes = append(changes, FoundApostrophe)
	}
	if did.LowerCase {
		changes = append(changes, FoundCase)
	}
	switch {
	case cf.KeyOf(s).IsZero():
		return "", changes, nil
	case err != nil:
		return "", changes, err
	}
	return code.String(), changes, nil
}

// official returns the official form of a code, and a text that is no code as it is.
func official(s string) string {
	if code, _, err := cf.Read(s); err == nil {
		return code.String()
	}
	return s
}
