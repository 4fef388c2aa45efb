package limits

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Exceeded are the facts of a failed [RuleDaysCap]. Where Worked alone is within the
// cap only a stricter reading, which adds the others, is over it.
type Exceeded struct {
	Window        law.Span  `json:"window"`               // it ends on the day that is over the cap
	Worked        int       `json:"worked"`               // days of work in the window, that day included
	Transferred   int       `json:"transferred,omitzero"` // those of Worked or Exempt that were worked for a predecessor only
	Exempt        int       `json:"exempt,omitzero"`      // further days worked while the employer was exempt
	Presumed      int       `json:"presumed"`             // further days presumed worked
	AfterMidnight int       `json:"after_midnight"`       // further days that only a shift across midnight reaches
	Cap           int       `json:"cap"`
	NextFree      date.Date `json:"next_free,omitzero"` // first day on which one more day is lawful in every reading; zero for an incomplete history
}

// Text says how many days there are and how many may be.
func (x Exceeded) Text() law.Text {
	free := law.Text{}
	if x.Worked > x.Cap {
		if x.NextFree != 0 {
			free = law.Say("; the first free day is %s", "; il primo giorno libero è il %s", x.NextFree)
		}
		apart := law.Text{}
		if x.Transferred > 0 {
			apart = x.forPredecessor()
		}
		return law.Say("%d days of work (%s%s) where at most %d are allowed%s.",
			"%d giornate di lavoro (%s%s) a fronte di un massimo di %d%s.",
			x.Worked, x.Window, apart, x.Cap, free)
	}
	if x.NextFree != 0 {
		free = law.Say("; the first day free in every reading is %s", "; il primo giorno libero secondo ogni lettura è il %s", x.NextFree)
	}
	return law.Say("%d days of work (%s), within the %d allowed, become %d (%s)%s.",
		"%d giornate di lavoro (%s), entro le %d ammesse, diventano %d (%s)%s.",
		x.Worked, x.Window, x.Cap, x.Worked+x.Exempt+x.Presumed+x.AfterMidnight, x.further(), free)
}

func (x Exceeded) forPredecessor() law.Text {
	return law.Say("; for the predecessor in the transfer of business: %d", "; per il cedente dell'azienda: %d", x.Transferred)
}

// further names the days that only a stricter reading counts.
func (x Exceeded) further() law.Text {
	list := law.Text{}
	for _, part := range [...]struct {
		n    int
		name law.Text
	}{
		{x.Exempt, law.Text{EN: "worked while the employer was exempt", IT: "prestate mentre il datore era escluso dal limite"}},
		{x.Presumed, law.Text{EN: "presumed worked", IT: "presunte"}},
		{x.AfterMidnight, law.Text{EN: "reached by shifts across midnight", IT: "raggiunte da turni a cavallo della mezzanotte"}},
	} {
		if part.n == 0 {
			continue
		}
		if list != (law.Text{}) {
			list = law.Say("%s; ", "%s; ", list)
		}
		list = law.Say("%s%s: %d", "%s%s: %d", list, part.name, part.n)
	}
	if x.Transferred > 0 {
		list = law.Say("%s%s", "%s%s", list, x.forPredecessor())
	}
	return list
}

// Error is the English text.
func (x Exceeded) Error() string { return x.Text().EN }

// AppendJSON appends the facts to b.
func (x Exceeded) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(x.Window.AppendJSON(o.Name("window")))
	o.Int("worked", x.Worked)
	if x.Transferred != 0 {
		o.Int("transferred", x.Transferred)
	}
	if x.Exempt != 0 {
		o.Int("exempt", x.Exempt)
	}
	o.Int("presumed", x.Presumed)
	o.Int("after_midnight", x.AfterMidnight)
	o.Int("cap", x.Cap)
	if x.NextFree != 0 {
		o.Day("next_free", x.NextFree)
	}
	return o.Close()
}

// EarlyDay are the facts of a failed [RuleFirstDay]: the day the law came into force,
// which the Ministry does not count, would bring the count over the cap.
type EarlyDay struct {
	Day     date.Date `json:"day"`     // the day the law came into force
	Counted int       `json:"counted"` // days in the window with it
	Cap     int       `json:"cap"`
}

// Text says what counting that day would bring.
func (x EarlyDay) Text() law.Text {
	return law.Say("Counting %s too, the days of work are %d, where at most %d are allowed; the Ministry counts from the next day.",
		"Contando anche il %s le giornate di lavoro sono %d, a fronte di un massimo di %d; il Ministero conta dal giorno dopo.",
		x.Day, x.Counted, x.Cap)
}

// Error is the English text.
func (x EarlyDay) Error() string { return x.Text().EN }

// Converted are the facts of a failed [RuleConversion]. At least one day is set.
type Converted struct {
	From   date.Date `json:"from,omitzero"`   // worked day that went over the cap; zero when only the stricter reading has one
	Strict date.Date `json:"strict,omitzero"` // the same in the stricter reading, where it differs
	Cap    int       `json:"cap"`             // the cap of that day
}

// Text says what became of the relationship, and from when.
func (x Converted) Text() law.Text {
	if x.From == 0 {
		return law.Say("In the stricter reading the %d days allowed in three years were exceeded on %s: from that day, not from hiring, the relationship would be full-time and open-ended.",
			"Nella lettura più rigorosa le %d giornate ammesse in tre anni sono state superate il %s: da quel giorno, non dall'assunzione, il rapporto sarebbe a tempo pieno e indeterminato.",
			x.Cap, x.Strict)
	}
	return law.Say("The %d days allowed in three years were exceeded on %s: from that day, not from hiring, the relationship is full-time and open-ended, and the transformation is to be communicated within five days (UniLav, art. 4-bis, c. 5, d.lgs. 181/2000).",
		"Le %d giornate ammesse in tre anni sono state superate il %s: da quel giorno, non dall'assunzione, il rapporto è a tempo pieno e indeterminato, e la trasformazione va comunicata entro cinque giorni (UniLav, art. 4-bis, c. 5, d.lgs. 181/2000).",
		x.Cap, x.From)
}

// Error is the English text.
func (x Converted) Error() string { return x.Text().EN }

// AppendJSON appends the facts to b.
func (x Converted) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	if x.From != 0 {
		o.Day("from", x.From)
	}
	if x.Strict != 0 {
		o.Day("strict", x.Strict)
	}
	o.Int("cap", x.Cap)
	return o.Close()
}

// WorkingList are the facts of the advice on [RuleSectorExemption]: the employer is
// exempt by the shipped list of codes.
type WorkingList struct {
	ATECOVersion int `json:"ateco_version,omitzero"`
}

// Text says how far the list goes.
func (WorkingList) Text() law.Text {
	return law.Say("The ATECO code exempts the employer by the shipped list, a working set, because the list annexed to note 2369/2012 was not found: have it confirmed, or give your own list.",
		"Il codice ATECO esclude il datore secondo l'elenco fornito, che è di lavoro, perché l'elenco allegato alla nota 2369/2012 non è stato reperito: va confermato, oppure si indichi un proprio elenco.")
}

// Error is the English text.
func (x WorkingList) Error() string { return x.Text().EN }

// EdgeCode are the facts of the doubt on [RuleSectorExemption]: the code is at the edge
// of the exempt sectors, and the activity or the agreement is not of them.
type EdgeCode struct {
	ATECOVersion int `json:"ateco_version,omitzero"`
}

// Text says why the code alone does not decide.
func (EdgeCode) Text() law.Text {
	return law.Say("The ATECO code is at the edge of the exempt sectors, and the activity or the collective agreement is not of them: whether the list annexed to note 2369/2012, which was not found, holds the code is in doubt, so take the cap to apply.",
		"Il codice ATECO è al margine dei settori esclusi, e l'attività o il contratto collettivo non sono del settore: è dubbio che lo comprenda l'elenco allegato alla nota 2369/2012, che non è stato reperito; conviene considerare applicabile il limite.")
}

// Error is the English text.
func (x EdgeCode) Error() string { return x.Text().EN }
