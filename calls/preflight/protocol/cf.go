package protocol

import (
	"slices"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// CodeQuestion asks to read a tax code: cf.parse.
type CodeQuestion struct {
	Code      string    `json:"code"`               // the code: 16 characters, or 11 digits
	Loose     bool      `json:"loose,omitzero"`     // whether white space and lower case are read too
	Reference date.Date `json:"reference,omitzero"` // births after this day are left out; absent: no births are listed
	Suggest   bool      `json:"suggest,omitzero"`   // whether an error lists valid codes one typing mistake away
}

// CodeAnswer is what a tax code says.
type CodeAnswer struct {
	Code      cf.Code     `json:"code"`             // as read
	Form      cf.Form     `json:"form"`             // person, entity or provisional
	Canonical cf.Code     `json:"canonical"`        // with omocodia undone
	Omocode   bool        `json:"omocode"`          // whether letters stand for digits
	Sex       cf.Sex      `json:"sex,omitzero"`     // of a person
	Births    []date.Date `json:"births,omitempty"` // possible dates of birth, newest first, up to the reference
	Place     cf.Place    `json:"place,omitzero"`   // code of the place of birth
	Parts     cf.Parts    `json:"parts,omitempty"`  // the parts of the code, with what each says
}

func parseCode(q CodeQuestion) (CodeAnswer, error) {
	parse := cf.Parse
	if q.Loose {
		parse = cf.ParseLoose
	}
	c, err := parse(q.Code)
	if err != nil {
		r := refuse(err)
		if q.Suggest {
			r.Suggestions = cf.Suggest(q.Code)
		}
		return CodeAnswer{}, r
	}
	return CodeAnswer{
		Code: c, Form: c.Form(), Canonical: c.Canonical(), Omocode: c.Omocode(),
		Sex: c.Sex(), Births: slices.Collect(c.Births(q.Reference)), Place: c.Place(), Parts: c.Parts(),
	}, nil
}

// PersonQuestion asks for the code of a person: cf.compute.
type PersonQuestion struct {
	cf.Person
	BirthPlace places.Birthplace `json:"birth_place,omitzero"` // the place of birth by its name, instead of its code
}

// ComputedCode is the code of a person.
type ComputedCode struct {
	Code cf.Code `json:"code"` // computed; only the Agency knows whether it was issued
}

func (e Engine) computeCode(q PersonQuestion) (ComputedCode, error) {
	if err := e.place(&q.Place, q.BirthPlace, q.Birth, "/birth_place"); err != nil {
		return ComputedCode{}, err
	}
	c, err := cf.Compute(q.Person)
	return ComputedCode{c}, err
}

// ComparisonQuestion asks whether a code fits a person: cf.compare.
type ComparisonQuestion struct {
	Code       string            `json:"code"` // the code
	cf.Person                    // what is known of the person
	BirthPlace places.Birthplace `json:"birth_place,omitzero"` // the place of birth by its name, instead of its code
}

func (e Engine) compareCode(q ComparisonQuestion) (cf.Match, error) {
	c, err := cf.Parse(q.Code)
	if err != nil {
		return cf.Match{}, err
	}
	if (q.BirthPlace == places.Birthplace{}) {
		return c.Compare(q.Person), nil
	}
	if e.Places == nil {
		return cf.Match{}, noRegister("/birth_place")
	}
	return e.Places.Compare(c, q.Person, q.BirthPlace), nil
}

// place resolves a place of birth that is told by its name, unless its code is given.
func (e Engine) place(code *cf.Place, b places.Birthplace, birth date.Date, path string) error {
	if (b == places.Birthplace{}) || !code.IsZero() {
		return nil
	}
	if e.Places == nil {
		return noRegister(path)
	}
	p, err := e.Places.Resolve(b, birth)
	if err != nil {
		r := refuse(err)
		r.Path = path
		return r
	}
	*code = p
	return nil
}

func noRegister(path string) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: law.Text{
		EN: "no register of places is loaded: give the code of the place", IT: "nessun archivio dei luoghi è caricato: indicare il codice del luogo",
	}}
}
