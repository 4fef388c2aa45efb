package preflight

import (
	"strings"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// codes is the rule under which a code that does not match its worker is reported.
var codes = law.Cited(calls.RuleCodes, law.Of(law.DM23Dec1976, "10"))

// Mismatch are the facts of a code that does not match what is known of its
// worker. It is an advice: a code issued on wrong data stays valid.
type Mismatch struct {
	Parts []string `json:"parts"` // surname, name, birth, sex, place
}

// Text names the parts that differ.
func (m Mismatch) Text() law.Text {
	it := make([]string, len(m.Parts))
	for i, p := range m.Parts {
		it[i] = italian(p)
	}
	return law.Say("The tax code does not match the worker's %s; check that it is this worker's.",
		"Il codice fiscale non corrisponde ai dati del lavoratore: %s; verificare che sia il suo.", law.Text{EN: strings.Join(m.Parts, ", "), IT: strings.Join(it, ", ")})
}

// Error is the English text.
func (m Mismatch) Error() string { return m.Text().EN }

func italian(part string) string {
	switch part {
	case "surname":
		return "cognome"
	case "name":
		return "nome"
	case "birth":
		return "data di nascita"
	case "sex":
		return "sesso"
	default:
		return "luogo di nascita"
	}
}

// match compares the code with what is given of the worker (D.M. 23.12.1976,
// art. 10: a code stays valid though a datum it was made of was wrong).
func (c *Case) match(checks law.Checks, day date.Date) law.Checks {
	w := &c.Worker
	code, _, err := cf.Read(w.Code)
	if err != nil {
		return checks // reported by calls.codes
	}
	m := code.Compare(cf.Person{Surname: w.Surname, Name: w.Name, Birth: w.Birth, Sex: w.Sex, Place: w.Place})
	parts := [...]struct {
		name    string
		outcome cf.Outcome
	}{{"surname", m.Surname}, {"name", m.Name}, {"birth", m.Birth}, {"sex", m.Sex}, {"place", m.Place}}
	var differ []string
	for _, p := range parts {
		if p.outcome == cf.Different {
			differ = append(differ, p.name)
		}
	}
	if len(differ) == 0 {
		return checks
	}
	return append(checks, codes.Fail(law.Advice, day, "/worker/code", Mismatch{differ}))
}
