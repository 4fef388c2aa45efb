package eligibility

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Cause is a cause that may end an on-call contract. The zero value is none.
type Cause uint8

// The causes, in the order of the table.
const (
	TermExpiry             Cause = iota + 1 // scadenza del termine
	Resignation                             // dimissioni ordinarie
	ResignationForCause                     // dimissioni per giusta causa
	MutualConsent                           // risoluzione consensuale
	DismissalForCause                       // licenziamento per giusta causa
	DismissalForMisconduct                  // licenziamento per giustificato motivo soggettivo
	DismissalForBusiness                    // licenziamento per giustificato motivo oggettivo
)

// String returns the cause as a word.
func (c Cause) String() string {
	return law.Word(c, causeWords...)
}

var causeWords = []string{
	"", "term-expiry", "resignation", "resignation-for-cause", "mutual-consent",
	"dismissal-for-cause", "dismissal-for-misconduct", "dismissal-for-business",
}

// Label names the cause for a reader; the zero value has an empty name.
func (c Cause) Label() law.Text {
	for i := range terminations {
		if terminations[i].Cause == c {
			return terminations[i].Name
		}
	}
	return law.Text{}
}

// MarshalText returns the cause as a word.
func (c Cause) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the cause's word.
func (c *Cause) UnmarshalText(b []byte) (err error) {
	*c, err = law.ParseWord[Cause](string(b), causeWords...)
	return err
}

// Termination says which contracts a cause may end before or without a term.
type Termination struct {
	Cause     Cause          `json:"cause"`      // the cause
	Name      law.Text       `json:"name"`       // the cause in words
	FixedTerm bool           `json:"fixed_term"` // it may end a contract with a term
	OpenEnded bool           `json:"open_ended"` // it may end one without
	Cites     []law.Citation `json:"cites"`      // where it is written
}

// Terminations returns the table of the causes, with its sources on a day. An unjustified refusal of a worker
// bound to answer may be a ground for dismissal (art. 16, c. 5); reaching the age
// that ends the young ground is a lawful one (C-143/16), and no contract ends by
// itself then.
func Terminations(on date.Date) []Termination {
	list := slices.Clone(terminations)
	if on < decreeOf2015 {
		list[0].Cites = cites(law.Of(law.DLgs276of2003, "33", "2"))
	}
	return list
}

// The circular reports that print the table name the objective reason twice; the
// sixth row is the subjective one.
var terminations = []Termination{
	{
		Cause: TermExpiry, FixedTerm: true,
		Name:  law.Text{EN: "expiry of the term", IT: "scadenza del termine"},
		Cites: []law.Citation{art13("1")},
	}, {
		Cause: Resignation, OpenEnded: true,
		Name:  law.Text{EN: "resignation", IT: "dimissioni"},
		Cites: []law.Citation{law.Of(law.CivilCode, "2118")},
	}, {
		Cause: ResignationForCause, FixedTerm: true, OpenEnded: true,
		Name:  law.Text{EN: "resignation for just cause", IT: "dimissioni per giusta causa"},
		Cites: []law.Citation{law.Of(law.CivilCode, "2119")},
	}, {
		Cause: MutualConsent, FixedTerm: true, OpenEnded: true,
		Name:  law.Text{EN: "mutual consent", IT: "risoluzione consensuale"},
		Cites: []law.Citation{law.Of(law.CivilCode, "1372")},
	}, {
		Cause: DismissalForCause, FixedTerm: true, OpenEnded: true,
		Name:  law.Text{EN: "dismissal for just cause", IT: "licenziamento per giusta causa"},
		Cites: []law.Citation{law.Of(law.CivilCode, "2119"), law.Of(law.L604of1966, "1")},
	}, {
		Cause: DismissalForMisconduct, OpenEnded: true,
		Name:  law.Text{EN: "dismissal for a justified subjective reason", IT: "licenziamento per giustificato motivo soggettivo"},
		Cites: []law.Citation{law.Of(law.L604of1966, "3")},
	}, {
		Cause: DismissalForBusiness, OpenEnded: true,
		Name:  law.Text{EN: "dismissal for a justified objective reason", IT: "licenziamento per giustificato motivo oggettivo"},
		Cites: []law.Citation{law.Of(law.L604of1966, "3")},
	},
}
