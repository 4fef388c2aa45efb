package cftest

import (
	_ "embed"
	"encoding/json"

	"github.com/intermittente/intermittente/cf"
)

// Vector is a text with what is expected of it and why.
type Vector struct {
	Code  string `json:"code"`
	Loose bool   `json:"loose"` // read with cf.ParseLoose
	// What cf.Parse must find.
	Expected struct {
		// When it is no code.
		Error    cf.Kind `json:"error"`
		Position int     `json:"position"`
		Control  string  `json:"control"` // the right one, for cf.ErrCheck
		// What cf.Suggest must say, in this order; nil in a vector that does not tell.
		Suggestions []string `json:"suggestions"`

		// When it is one.
		Form      string   `json:"form"`
		Canonical string   `json:"canonical"`
		Omocode   bool     `json:"omocode"`
		Sex       string   `json:"sex"`
		Place     string   `json:"place"`
		Births    []string `json:"births"` // up to 2026-11-01, newest first
	} `json:"expected"`
	Source string `json:"source"` // the rule, and what the vector shows
}

//go:embed vectors.json
var vectors []byte

// Vectors returns the embedded vectors; the caller may change them.
func Vectors() []Vector {
	var all []Vector
	if err := json.Unmarshal(vectors, &all); err != nil {
		panic(err) // a slip of this package
	}
	return all
}
