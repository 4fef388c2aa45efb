package law

import "github.com/rickb777/date/v2"

// Evidence grades what the authors read of a value or a source before they wrote it
// down. The zero value is [EvidenceAssumed].
type Evidence uint8

// The grades, weakest first.
const (
	EvidenceAssumed   Evidence = iota // nothing was found; it is what the authors know or infer
	EvidenceSecondary                 // pages of others agree on it
	EvidenceOfficial                  // a public body's own page, circular or note states it
	EvidenceText                      // the words of the act itself were read
)

// String returns the word used in JSON.
func (e Evidence) String() string { return Word(e, "assumed", "secondary", "official", "text") }

// Label names the grade for a reader.
func (e Evidence) Label() Text {
	return [...]Text{
		{"assumed", "presunto"}, {"secondary sources", "fonti secondarie"},
		{"official source", "fonte ufficiale"}, {"text of the act", "testo dell'atto"},
	}[min(e, EvidenceText)]
}

// MarshalText returns the word used in JSON.
func (e Evidence) MarshalText() ([]byte, error) { return []byte(e.String()), nil }

// UnmarshalText reads the word used in JSON.
func (e *Evidence) UnmarshalText(b []byte) (err error) {
	*e, err = ParseWord[Evidence](string(b), "assumed", "secondary", "official", "text")
	return err
}

// Evidence returns what was read of the act, for the places that are cited here.
func (a Act) Evidence() Evidence { return readings[a].evidence }

// Read returns the day on which the act, or pages about it, were last read; zero when
// nothing was.
func (a Act) Read() date.Date { return readings[a].read }

// reading is what was read of an act, and when.
type reading struct {
	evidence Evidence
	read     date.Date
}

// readings grades the acts. An act without an entry is assumed.
var readings = map[Act]reading{}
