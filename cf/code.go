package cf

import (
	"bytes"
	"iter"
	"time"

	"github.com/rickb777/date/v2"
)

// Code is a valid codice fiscale: sixteen characters or eleven digits. Its zero
// value is no code; every other value was made by this package and is valid. Codes
// are compared with == and are map keys, but == tells two omocodes of one person
// apart: to find what belongs to one worker, compare a [Key].
type Code struct {
	b [16]byte // eleven digits leave the rest zero
}

// Parse reads a code in its official form: upper-case ASCII letters and digits,
// nothing around them. The error is an *Error.
func Parse(s string) (Code, error) {
	switch len(s) {
	case 16:
		if personal(s) {
			return Code{[16]byte([]byte(s))}, nil
		}
	case 11:
		if numeric(s) == "" {
			var c Code
			copy(c.b[:], s)
			return c, nil
		}
	}
	return Code{}, diagnose(s)
}

// MustParse is [Parse] for codes written in a program, such as those of tests. It
// panics when s is no code, with a text that does not hold s.
func MustParse(s string) Code {
	c, err := Parse(s)
	if err != nil {
		panic("MustParse: " + err.Error())
	}
	return c
}

// ParseLoose is Parse after dropping ASCII white space anywhere and upper-casing
// a-z, and nothing else: no separator, no prefix, no Unicode folding. Positions
// in its errors are those of the text so normalized. To learn what had to be
// changed, and to take what a spreadsheet puts before a code, see [Read].
func ParseLoose(s string) (Code, error) {
	return Parse(normalize(s))
}

// Valid reports whether Parse accepts s.
func Valid(s string) bool {
	switch len(s) {
	case 16:
		return personal(s)
	case 11:
		return numeric(s) == ""
	}
	return false
}

// normalize drops ASCII white space and upper-cases a-z. It returns s itself when
// there is nothing to do.
func normalize(s string) string {
	for i := range len(s) {
		if isSpace(s[i]) || isLower(s[i]) {
			b := make([]byte, 0, len(s))
			for i := range len(s) {
				switch c := s[i]; {
				case isLower(c):
					b = append(b, c-'a'+'A')
				case !isSpace(c):
					b = append(b, c)
				}
			}
			return string(b)
		}
	}
	return s
}

func isSpace(c byte) bool { return c == ' ' || c >= '\t' && c <= '\r' }
func isLower(c byte) bool { return c >= 'a' && c <= 'z' }

// diagnose finds the first defect of a text that is not a code.
func diagnose(s string) error {
	for i := range len(s) {
		if s[i] >= 0x80 {
			return &Error{Kind: ErrCharacter, Position: i + 1}
		}
	}
	switch len(s) {
	case 16:
		return diagnosePersonal([16]byte([]byte(s)))
	case 11:
		return diagnoseNumeric(s)
	}
	return &Error{Kind: ErrLength}
}

func diagnosePersonal(b [16]byte) error {
	for i, t := range positions {
		if t[b[i]] == 0 {
			return &Error{Kind: ErrCharacter, Position: i + 1}
		}
	}
	c := Code{b}
	year, month, day := c.birth()
	switch {
	case !isDate(year, month, day):
		return &Error{Kind: ErrDate, Position: 10}
	case c.digit(12)+c.digit(13)+c.digit(14) == 0:
		return &Error{Kind: ErrPlace, Position: 13}
	}
	return &Error{Kind: ErrCheck, Position: 16, Expected: control(&b)}
}

func diagnoseNumeric(s string) error {
	e := &Error{Kind: numeric(s)}
	switch e.Kind {
	case ErrCharacter:
		for i := range len(s) {
			if s[i] < '0' || s[i] > '9' {
				e.Position = i + 1
				break
			}
		}
	case ErrOffice:
		e.Position = 8
	case ErrSerial:
		e.Position = 1
	case ErrCheck:
		e.Position, e.Expected = 11, controlDigit(s)
	}
	return e
}

// digit returns the digit at position i, from 0, omocodia undone.
func (c Code) digit(i int) uint32 { return positions[i][c.b[i]] >> number }

// birth returns the two digits of the year, the month from 0, and the day as
// coded: a woman's is 40 more.
func (c Code) birth() (year, month, day uint32) {
	return c.digit(6)*10 + c.digit(7), c.digit(8), c.digit(9)*10 + c.digit(10)
}

// IsZero reports whether c is the zero value, which is no code.
func (c Code) IsZero() bool { return c == Code{} }

// Order compares the texts of c and d as strings do: -1, 0 or +1, the zero value
// first. As cf.Code.Order it sorts: slices.SortFunc(codes, cf.Code.Order).
func (c Code) Order(d Code) int { return bytes.Compare(c.b[:], d.b[:]) }

func (c Code) isPerson() bool { return c.b[15] != 0 }

// Form says whether the code is a person's, an entity's or a provisional one;
// FormNone for the zero value.
func (c Code) Form() Form {
	switch {
	case c == Code{}:
		return FormNone
	case c.isPerson():
		return FormPerson
	}
	n := uint32(c.b[7]-'0')*100 + uint32(c.b[8]-'0')*10 + uint32(c.b[9]-'0')
	if o := officeOf(n); o == taxOffice || o == firstOffice {
		return FormProvisional
	}
	return FormEntity
}

// earliest is the earliest birth date a code is read as.
var earliest = date.New(1870, time.January, 1)

// Births gives the birth dates the code can stand for, newest first: every real
// date from 1870 on that is not after notAfter, one a century. It is empty for
// eleven digits and for a zero notAfter.
func (c Code) Births(notAfter date.Date) iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		if !c.isPerson() || notAfter < earliest {
			return
		}
		yy, month, day := c.birth()
		last := notAfter.Year()
		for year := last - (last-int(yy))%100; year >= earliest.Year(); year -= 100 {
			d := date.New(year, time.Month(month+1), int(day%40))
			if d > notAfter || d.Day() != int(day%40) { // later that year; 29 February of a common year
				continue
			}
			if !yield(d) {
				return
			}
		}
	}
}

// Sex returns the sex, which is coded in the day: a woman's is 40 more (art. 5). It
// is zero for eleven digits.
func (c Code) Sex() Sex {
	if !c.isPerson() {
		return 0
	}
	if _, _, day := c.birth(); day >= 41 {
		return Female
	}
	return Male
}

// Place returns the place of birth, omocodia undone. It is zero for eleven digits.
func (c Code) Place() Place {
	if !c.isPerson() {
		return Place{}
	}
	p := Place{[4]byte(c.b[11:15])}
	for i := range p.b[1:] {
		p.b[i+1] = '0' + byte(c.digit(12+i))
	}
	return p
}

// Omocode reports whether at least one digit is written as a letter (art. 6).
func (c Code) Omocode() bool { return c.letters() > 0 }

// letters counts the digits written as letters.
func (c Code) letters() (n int) {
	if c.isPerson() {
		for _, i := range digits {
			if c.b[i] > '9' {
				n++
			}
		}
	}
	return n
}

// plain writes the digits as digits; the control letter stays as it was.
func (c Code) plain() Code {
	for _, i := range digits {
		c.b[i] = '0' + byte(c.digit(i))
	}
	return c
}

// Canonical returns the code with omocodia undone: digits as digits, the control
// letter recomputed. Eleven digits and the zero value stay as they are.
func (c Code) Canonical() Code {
	if c.letters() == 0 {
		return c
	}
	c = c.plain()
	c.b[15] = control(&c.b)
	return c
}

// Same reports whether c and d are one code once omocodia is undone. Two different
// codes for which Same is true may belong to two people, since omocodia exists
// because two people have the same data; or to one person, who was given the
// second code later: verify. Same is false when either is the zero value. To
// collect what belongs to one worker, use [Key].
func (c Code) Same(d Code) bool {
	return c != Code{} && c.Canonical() == d.Canonical()
}

// Omocodes gives the 127 codes that omocodia can make of this one, itself among
// them when it is one. The order is fixed: number n, from 1 to 127, replaces the
// digit of position 15 when bit 0 of n is set, of 14 for bit 1, then 13, 11, 10,
// 8 and 7. In which order the Agency gives them is not published. It is empty for
// eleven digits.
func (c Code) Omocodes() iter.Seq[Code] {
	return func(yield func(Code) bool) {
		if !c.isPerson() {
			return
		}
		base := c.plain()
		for n := range 1 << len(digits) {
			if n == 0 {
				continue // base itself
			}
			o := base
			for bit, i := range digits {
				if n>>bit&1 == 1 {
					o.b[i] = omocodia[base.b[i]-'0']
				}
			}
			o.b[15] = control(&o.b)
			if !yield(o) {
				return
			}
		}
	}
}
