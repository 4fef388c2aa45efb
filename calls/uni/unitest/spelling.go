package unitest

import (
	"strings"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/leanovate/gopter"
)

// Spelling is a way in which offices write a tax code that is none of the official
// form and still names it beyond doubt. The zero value is the official form.
type Spelling struct {
	Lower      bool // in lower case
	Before     bool // a blank before it
	Inside     bool // a blank in the middle
	After      bool // a line end after it
	NoBreak    bool // a no-break space after it, as copied from a web page
	Apostrophe bool // an apostrophe before it, as a spreadsheet marks a text
}

// Spellings draws a Spelling.
func Spellings() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		yes := func() bool { return p.Rng.Intn(2) == 0 }
		return gopter.NewGenResult(Spelling{yes(), yes(), yes(), yes(), yes(), yes()}, simpler(fewerChanges))
	}
}

// Write spells a code.
func (s Spelling) Write(code string) string {
	if s.Lower {
		code = strings.ToLower(code)
	}
	if s.Inside {
		code = code[:len(code)/2] + " " + code[len(code)/2:]
	}
	if s.Apostrophe {
		code = "'" + code
	}
	if s.Before {
		code = " " + code
	}
	if s.After {
		code += "\n"
	}
	if s.NoBreak {
		code += "\u00a0"
	}
	return code
}

// Kinds are the findings that reading the code in this spelling leaves.
func (s Spelling) Kinds(code string) (kinds []uni.Kind) {
	if s.Before || s.Inside || s.After || s.NoBreak {
		kinds = append(kinds, uni.FoundBlank)
	}
	if s.Apostrophe {
		kinds = append(kinds, uni.FoundApostrophe)
	}
	if s.Lower && strings.ToLower(code) != code {
		kinds = append(kinds, uni.FoundCase)
	}
	return kinds
}

// Respell writes the codes of employer and workers in a document in this spelling. The
// document is as Profile.Encode writes it, with the model's codes in official form.
func (s Spelling) Respell(doc []byte, m uni.Model) []byte {
	pairs := []string{">" + m.Employer + "<", ">" + s.Write(m.Employer) + "<"}
	for _, r := range m.Rows {
		pairs = append(pairs, ">"+r.Worker+"<", ">"+s.Write(r.Worker)+"<")
	}
	return []byte(strings.NewReplacer(pairs...).Replace(string(doc)))
}

// fewerChanges takes one change away at a time.
func fewerChanges(s Spelling) (offers []Spelling) {
	for _, plain := range []func(*Spelling){
		func(s *Spelling) { s.Lower = false },
		func(s *Spelling) { s.Before = false },
		func(s *Spelling) { s.Inside = false },
		func(s *Spelling) { s.After = false },
		func(s *Spelling) { s.NoBreak = false },
		func(s *Spelling) { s.Apostrophe = false },
	} {
		less := s
		if plain(&less); less != s {
			offers = append(offers, less)
		}
	}
	return offers
}
