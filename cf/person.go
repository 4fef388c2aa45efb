package cf

import (
	"log/slog"
	"time"

	"github.com/rickb777/date/v2"
)

// Person is what a code is made of. [Compute] needs every field; [Code.Compare]
// takes a zero field as not given. A person who has no surname, or no given name,
// is told by [NoName], in JSON by an explicit empty string.
//
// The JSON names are those of the decision protocol. Package date rolls over days
// that do not exist (2023-02-30): decode a Person from untrusted JSON with a decoder
// that reads days strictly, such as Decode of limits/law.
type Person struct {
	Surname Name      `json:"surname,omitzero"` // at birth, all its parts
	Name    Name      `json:"name,omitzero"`    // every given name of the birth record, in order
	Birth   date.Date `json:"birth,omitzero"`   // date of birth
	Sex     Sex       `json:"sex,omitzero"`     // M or F, as registered at birth
	Place   Place     `json:"place,omitzero"`   // municipality, or state if born abroad
}

// LogValue tells only which fields are given.
func (p Person) LogValue() slog.Value {
	return slog.GroupValue(
		slog.Bool("surname", p.Surname != ""),
		slog.Bool("name", p.Name != ""),
		slog.Bool("birth", p.Birth != 0),
		slog.Bool("sex", p.Sex != 0),
		slog.Bool("place", p.Place != Place{}),
	)
}

// latest is the latest birth date taken: the last of a four-digit year.
var latest = date.New(9999, time.December, 31)

// Compute returns the code the decree gives to p (art. 3-7): digits as digits,
// no omocodia, which only the Agency can add. That the code can be computed does
// not prove that it was issued.
//
// Names are letters. Blanks, hyphens, apostrophes, full stops, commas, colons and
// brackets are passed over; a sign that stands in no name, such as & ; ? or @, is
// what a bad conversion leaves behind, and is refused. [NoName] gives XXX.
// Diacritics follow circular 34/E: Ä and Æ AE, Ö and Œ OE, Ü UE, ß SS, any
// other mark dropped; decomposed Unicode gives the same. Letters the circular
// does not name follow the machine-readable line of passports (ICAO 9303): Å AA,
// Ø OE, Þ TH, Ĳ IJ, and the plain letter for the rest, so Ñ N, Ł L, Đ D. A name
// after a comma counts like any other: leave out what the birth record has after
// a comma.
//
// The error is an *Error that names the field: ErrMissing when it is zero,
// ErrValue for a name without a Latin letter, or with a digit, a letter of
// another script, another sign or broken UTF-8, and for a birth outside the years
// 1870 to 9999.
func Compute(p Person) (Code, error) {
	var c Code
	surname, ok := triplet(p.Surname, false)
	if err := usable("surname", p.Surname != "", ok); err != nil {
		return Code{}, err
	}
	name, ok := triplet(p.Name, true)
	if err := usable("name", p.Name != "", ok); err != nil {
		return Code{}, err
	}
	if err := usable("birth", p.Birth != 0, p.Birth >= earliest && p.Birth <= latest); err != nil {
		return Code{}, err
	}
	if err := usable("sex", p.Sex != 0, p.Sex <= Female); err != nil {
		return Code{}, err
	}
	if err := usable("place", p.Place != Place{}, true); err != nil {
		return Code{}, err
	}
	year, month, day := p.Birth.Date()
	if p.Sex == Female {
		day += 40
	}
	copy(c.b[0:], surname[:])
	copy(c.b[3:], name[:])
	c.b[6], c.b[7] = '0'+byte(year/10%10), '0'+byte(year%10)
	c.b[8] = months[month-1]
	c.b[9], c.b[10] = '0'+byte(day/10), '0'+byte(day%10)
	copy(c.b[11:], p.Place.b[:])
	c.b[15] = control(&c.b)
	return c, nil
}

func usable(field string, given, ok bool) error {
	switch {
	case !given:
		return &Error{Kind: ErrMissing, Field: field}
	case !ok:
		return &Error{Kind: ErrValue, Field: field}
	}
	return nil
}

// Match says, part by part, how a code compares with a person. In the zero value
// no part was given. What marshals reads back.
type Match struct {
	Surname Outcome `json:"surname,omitzero"` // the first three letters
	Name    Outcome `json:"name,omitzero"`    // the second three
	Birth   Outcome `json:"birth,omitzero"`   // two digits of the year, month and day
	Sex     Outcome `json:"sex,omitzero"`     // told by the day
	Place   Outcome `json:"place,omitzero"`   // code of the place of birth
	Same    bool    `json:"same"`             // at least one part was given, and each given one is equal
}

// Compare compares the parts of the code with what is given of p, omocodia
// undone. Every usual spelling of a letter outside A to Z is accepted: Ä as AE or
// A, Ö and Ø as OE or O, Ü as UE or U, Å as AA or A; and a consonant such as Ñ, Ž
// or Ð as its plain letter or as nothing, because registers have dropped it, each
// of a name by itself. [NoName] is Equal to XXX alone. Eleven digits have no
// parts: all that is given is NotComparable, as is a name Compute refuses. A
// difference is no proof of a false code, for one issued on wrong data stays
// valid (art. 10).
func (c Code) Compare(p Person) Match {
	m := Match{
		Surname: c.compareName(0, p.Surname, false),
		Name:    c.compareName(3, p.Name, true),
	}
	year, month, day := p.Birth.Date()
	yy, mm, dd := uint32(0), uint32(0), uint32(0)
	if c.isPerson() {
		yy, mm, dd = c.birth()
	}
	m.Birth = c.outcome(p.Birth != 0, p.Birth >= earliest && p.Birth <= latest,
		year%100 == int(yy) && int(month)-1 == int(mm) && day == int(dd%40))
	m.Sex = c.outcome(p.Sex != 0, p.Sex <= Female, p.Sex == c.Sex())
	m.Place = c.outcome(p.Place != Place{}, true, p.Place == c.Place())

	for _, o := range [...]Outcome{m.Surname, m.Name, m.Birth, m.Sex, m.Place} {
		switch o {
		case Equal:
			m.Same = true
		case Different, NotComparable:
			m.Same = false
			return m
		}
	}
	return m
}

func (c Code) compareName(at int, name Name, given bool) Outcome {
	computed, ok := triplet(name, given)
	own := [3]byte(c.b[at : at+3])
	return c.outcome(name != "", ok, ok && (computed == own || spelledAs(name, given, own)))
}

func (c Code) outcome(given, usable, equal bool) Outcome {
	switch {
	case !given:
		return NotGiven
	case !usable || !c.isPerson():
		return NotComparable
	case equal:
		return Equal
	}
	return Different
}
