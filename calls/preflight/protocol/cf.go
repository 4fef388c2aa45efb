package protocol

import (
	"slices"

	"github.com/intermittente/intermittente/cf"
	"github.com/rickb777/date/v2"
)

// codeQuestion asks to read a tax code: cf.parse.
type codeQuestion struct {
	Code      string    `json:"code"`      // the code, 16 characters or 11 digits
	Loose     bool      `json:"loose"`     // whether white space and lower case are read too
	Reference date.Date `json:"reference"` // births after this day are left out; absent: no births are listed
}

type codeAnswer struct {
	Code      cf.Code     `json:"code"`
	Form      cf.Form     `json:"form"`
	Canonical cf.Code     `json:"canonical"`
	Omocode   bool        `json:"omocode"`
	Sex       cf.Sex      `json:"sex,omitzero"`
	Births    []date.Date `json:"births,omitempty"`
	Place     cf.Place    `json:"place,omitzero"`
}

func parseCode(q codeQuestion) (codeAnswer, error) {
	parse := cf.Parse
	if q.Loose {
		parse = cf.ParseLoose
	}
	c, err := parse(q.Code)
	if err != nil {
		return codeAnswer{}, err
	}
	return codeAnswer{
		Code: c, Form: c.Form(), Canonical: c.Canonical(), Omocode: c.Omocode(),
		Sex: c.Sex(), Births: slices.Collect(c.Births(q.Reference)), Place: c.Place(),
	}, nil
}

type computed struct {
	Code cf.Code `json:"code"`
}

func computeCode(p cf.Person) (computed, error) {
	c, err := cf.Compute(p)
	return computed{c}, err
}

type comparison struct {
	Code string `json:"code"`
	cf.Person
}

func compareCode(q comparison) (cf.Match, error) {
	c, err := cf.Parse(q.Code)
	if err != nil {
		return cf.Match{}, err
	}
	return c.Compare(q.Person), nil
}
