package cf

// Place is a place of birth as the code has it: the cadastral code (codice
// catastale) of a municipality, or Z and the number of a foreign state, such as
// H501 or Z112. It is comparable; the zero value is no place. Every other value has
// the right form, which does not mean that there is such a place: that is a question
// for cf/places.
type Place struct {
	b [4]byte
}

// ParsePlace reads one letter of A-I, L, M, Z and three digits other than 000.
// The error is an *Error with ErrLength, ErrCharacter or ErrPlace.
func ParsePlace(s string) (Place, error) {
	if len(s) != 4 {
		return Place{}, &Error{Kind: ErrLength, Field: "place"}
	}
	if placeLetter[s[0]] == 0 {
		return Place{}, &Error{Kind: ErrCharacter, Position: 1, Field: "place"}
	}
	for i := 1; i < 4; i++ {
		if s[i] < '0' || s[i] > '9' {
			return Place{}, &Error{Kind: ErrCharacter, Position: i + 1, Field: "place"}
		}
	}
	if s[1:] == "000" {
		return Place{}, &Error{Kind: ErrPlace, Position: 2, Field: "place"}
	}
	return Place{[4]byte([]byte(s))}, nil
}

// String returns the four characters, "" for the zero value.
func (p Place) String() string {
	if p == (Place{}) {
		return ""
	}
	return string(p.b[:])
}

// IsZero reports whether p is the zero value, which is no place.
func (p Place) IsZero() bool { return p == Place{} }

// Foreign reports whether the place is a state abroad (letter Z).
func (p Place) Foreign() bool { return p.b[0] == 'Z' }

// MarshalText returns the four characters; ErrMissing for the zero value.
func (p Place) MarshalText() ([]byte, error) {
	if p == (Place{}) {
		return nil, &Error{Kind: ErrMissing, Field: "place"}
	}
	return p.b[:], nil
}

// UnmarshalText is ParsePlace.
func (p *Place) UnmarshalText(text []byte) (err error) {
	*p, err = ParsePlace(string(text))
	return err
}
