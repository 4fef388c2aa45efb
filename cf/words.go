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

// String returns "none", "person", "entity" or "provisional".
func (f Form) String() string { return word(f, "none", "person", "entity", "provisional") }

// MarshalText is String.
func (f Form) MarshalText() ([]byte, error) { return []byte(f.String()), nil }

// Sex is the sex of the civil register. The zero value is not given.
type Sex uint8

// The sexes.
const (
	Male   Sex = iota + 1 // M
	Female                // F
)

// String returns "M", "F", or "" for not given.
func (s Sex) String() string { return word(s, "", "M", "F") }

// MarshalText is String.
func (s Sex) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads "M" or "F"; anything else is ErrValue.
func (s *Sex) UnmarshalText(text []byte) error {
	switch string(text) {
	case "M":
		*s = Male
	case "F":
		*s = Female
	default:
		return &Error{Kind: ErrValue, Field: "sex"}
	}
	return nil
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

// String returns "not-given", "not-comparable", "different" or "equal".
func (o Outcome) String() string { return word(o, "not-given", "not-comparable", "different", "equal") }

// MarshalText is String.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// Status is what a person's registered code turns out to be.
type Status uint8

// The statuses.
const (
	Missing     Status = iota // nothing but white space
	Wrong                     // no code, or an entity's
	Provisional               // a natural person's eleven digits
	Definitive                // sixteen characters, formally valid
)

// String returns "missing", "wrong", "provisional" or "valid".
func (s Status) String() string { return word(s, "missing", "wrong", "provisional", "valid") }

// MarshalText is String.
func (s Status) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// StatusOf judges what stands registered as the code of a person, read as by
// ParseLoose: a definitive code, a provisional one, a wrong one, or none.
func StatusOf(registered string) Status {
	registered = normalize(registered)
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

func word[T ~uint8](v T, words ...string) string {
	if int(v) < len(words) {
		return words[v]
	}
	return "unknown"
}
