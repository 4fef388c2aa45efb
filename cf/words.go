package cf

// Form is the kind of code.
type Form uint8

// The forms.
const (
	FormNone        Form = iota // no code
	FormPerson                  // 16 characters, a natural person
	FormEntity                  // 11 digits, an entity, or a VAT number used as code
	FormProvisional             // 11 digits, a natural person until the definitive code
)

var formWords = []word{
	{"none", Text{"no code", "nessun codice"}},
	{"person", Text{"natural person", "persona fisica"}},
	{"entity", Text{"entity", "soggetto diverso da persona fisica"}},
	{"provisional", Text{"provisional number of a natural person", "numero provvisorio di persona fisica"}},
}

// String returns "none", "person", "entity" or "provisional".
func (f Form) String() string { return str(f, formWords) }

// Text returns the label in both languages.
func (f Form) Text() Text { return label(f, formWords) }

// MarshalText is String; ErrValue for a value that is none of the constants.
func (f Form) MarshalText() ([]byte, error) { return marshal(f, formWords) }

// UnmarshalText reads what String returns; anything else is ErrValue.
func (f *Form) UnmarshalText(text []byte) error { return unmarshal(f, text, formWords, "form") }

// Sex is the sex of the civil register. The zero value is not given.
type Sex uint8

// The sexes.
const (
	Male   Sex = iota + 1 // M
	Female                // F
)

var sexWords = []word{
	{"", Text{"not given", "non indicato"}},
	{"M", Text{"male", "maschio"}},
	{"F", Text{"female", "femmina"}},
}

// String returns "M", "F", or "" for not given.
func (s Sex) String() string { return str(s, sexWords) }

// Text returns the label in both languages.
func (s Sex) Text() Text { return label(s, sexWords) }

// MarshalText is String; ErrMissing for the zero value, so give an optional field
// the omitzero option, and ErrValue for a value that is none of the constants.
func (s Sex) MarshalText() ([]byte, error) {
	if s == 0 {
		return nil, &Error{Kind: ErrMissing, Field: "sex"}
	}
	return marshal(s, sexWords)
}

// UnmarshalText reads "M" or "F"; anything else is ErrValue.
func (s *Sex) UnmarshalText(text []byte) error {
	if len(text) == 0 {
		return &Error{Kind: ErrValue, Field: "sex"}
	}
	return unmarshal(s, text, sexWords, "sex")
}

// Outcome says how one part of a code compares with a fact.
type Outcome uint8

// The outcomes.
const (
	NotGiven      Outcome = iota // the fact was not given
	NotComparable                // the code has no such part, or the fact cannot be coded
	Different
	Equal
)

var outcomeWords = []word{
	{"not-given", Text{"not given", "non indicato"}},
	{"not-comparable", Text{"not comparable", "non confrontabile"}},
	{"different", Text{"different", "diverso"}},
	{"equal", Text{"equal", "uguale"}},
}

// String returns "not-given", "not-comparable", "different" or "equal".
func (o Outcome) String() string { return str(o, outcomeWords) }

// Text returns the label in both languages.
func (o Outcome) Text() Text { return label(o, outcomeWords) }

// MarshalText is String; ErrValue for a value that is none of the constants.
func (o Outcome) MarshalText() ([]byte, error) { return marshal(o, outcomeWords) }

// UnmarshalText reads what String returns; anything else is ErrValue.
func (o *Outcome) UnmarshalText(text []byte) error {
	return unmarshal(o, text, outcomeWords, "outcome")
}

// Status is what a person's registered code turns out to be.
type Status uint8

// The statuses.
const (
	Missing     Status = iota // nothing but white space
	Wrong                     // no code, or an entity's
	Provisional               // a natural person's eleven digits
	Definitive                // sixteen characters, formally valid
)

var statusWords = []word{
	{"missing", Text{"missing", "mancante"}},
	{"wrong", Text{"wrong", "errato"}},
	{"provisional", Text{"provisional", "provvisorio"}},
	{"valid", Text{"valid", "valido"}},
}

// String returns "missing", "wrong", "provisional" or "valid".
func (s Status) String() string { return str(s, statusWords) }

// Text returns the label in both languages.
func (s Status) Text() Text { return label(s, statusWords) }

// MarshalText is String; ErrValue for a value that is none of the constants.
func (s Status) MarshalText() ([]byte, error) { return marshal(s, statusWords) }

// UnmarshalText reads what String returns; anything else is ErrValue.
func (s *Status) UnmarshalText(text []byte) error {
	return unmarshal(s, text, statusWords, "status")
}

// StatusOf says what a text is that someone recorded as the code of a person: a
// definitive code, a provisional one, a wrong one, or nothing. The text is read as
// by [Read].
func StatusOf(registered string) Status {
	registered, _ = clean(registered)
	if registered == "" {
		return Missing
	}
	c, _ := Parse(registered)
	switch c.Form() {
	case FormPerson:
		return Definitive
	case FormProvisional:
		return Provisional
	}
	return Wrong
}

// A word is a constant's stable text and its label for people.
type word struct {
	stable string
	label  Text
}

func str[T ~uint8](v T, words []word) string {
	if int(v) < len(words) {
		return words[v].stable
	}
	return "unknown"
}

func label[T ~uint8](v T, words []word) Text {
	if int(v) < len(words) {
		return words[v].label
	}
	return Text{"unknown", "sconosciuto"}
}

func marshal[T ~uint8](v T, words []word) ([]byte, error) {
	if int(v) < len(words) {
		return []byte(words[v].stable), nil
	}
	return nil, &Error{Kind: ErrValue}
}

func unmarshal[T ~uint8](v *T, text []byte, words []word, field string) error {
	for i, w := range words {
		if w.stable == string(text) {
			*v = T(i)
			return nil
		}
	}
	return &Error{Kind: ErrValue, Field: field}
}
