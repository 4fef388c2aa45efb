package limits

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Exceeded are the facts of a failed [DaysCap]. Where Worked alone is within the
// cap only the stricter reading, which adds the other two, is over it.
type Exceeded struct {
	Window        law.Span  `json:"window"`         // it ends on the day that is over the cap
	Worked        int       `json:"worked"`         // days of work in the window, that day included
	Presumed      int       `json:"presumed"`       // further days presumed worked
	AfterMidnight int       `json:"after_midnight"` // further days that only a shift across midnight reaches
	Cap           int       `json:"cap"`
	NextFree      date.Date `json:"next_free"` // first day on which one more day is lawful in every reading
}

// Text says how many days there are and how many may be.
func (x Exceeded) Text() law.Text {
	if x.Worked > x.Cap {
		return law.Say("%d days of work (%s) where at most %d are allowed; the first free day is %s.",
			"%d giornate di lavoro (%s) dove ne sono ammesse al massimo %d; il primo giorno libero è il %s.",
			x.Worked, x.Window, x.Cap, x.NextFree)
	}
	return law.Say("%d days of work (%s), within the %d allowed, become %d with those presumed worked (%d) and the second days of shifts across midnight (%d); the first day free in every reading is %s.",
		"%d giornate di lavoro (%s), entro le %d ammesse, diventano %d con quelle presunte (%d) e i secondi giorni dei turni a cavallo della mezzanotte (%d); il primo giorno libero secondo ogni lettura è il %s.",
		x.Worked, x.Window, x.Cap, x.Worked+x.Presumed+x.AfterMidnight, x.Presumed, x.AfterMidnight, x.NextFree)
}

// Error is the English text.
func (x Exceeded) Error() string { return x.Text().EN }

// EarlyDay are the facts of a failed [FirstDay]: the day the law came into force,
// which the Ministry does not count, would bring the count over the cap.
type EarlyDay struct {
	Day     date.Date `json:"day"`     // the day the law came into force
	Counted int       `json:"counted"` // days in the window with it
	Cap     int       `json:"cap"`
}

// Text says what counting that day would bring.
func (x EarlyDay) Text() law.Text {
	return law.Say("Counting %s too, the days of work are %d, where at most %d are allowed; the Ministry counts from the next day.",
		"Contando anche il %s le giornate di lavoro sono %d, dove ne sono ammesse al massimo %d; il Ministero conta dal giorno dopo.",
		x.Day, x.Counted, x.Cap)
}

// Error is the English text.
func (x EarlyDay) Error() string { return x.Text().EN }

// Converted are the facts of a failed [Conversion]. At least one day is set.
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
	return law.Say("The %d days allowed in three years were exceeded on %s: from that day, not from hiring, the relationship is full-time and open-ended, and practice gives five days to communicate the transformation (UniLav).",
		"Le %d giornate ammesse in tre anni sono state superate il %s: da quel giorno, non dall'assunzione, il rapporto è a tempo pieno e indeterminato, e la prassi dà cinque giorni per comunicare la trasformazione (UniLav).",
		x.Cap, x.From)
}

// Error is the English text.
func (x Converted) Error() string { return x.Text().EN }

// WorkingList are the facts of the advice on [SectorExemption]: the employer is
// exempt by the shipped list of codes alone.
type WorkingList struct {
	ATECOVersion int `json:"ateco_version,omitzero"`
}

// Text says how far the list goes.
func (WorkingList) Text() law.Text {
	return law.Say("The exemption rests on the shipped list of ATECO codes, a working set, because the official list is not public: have it confirmed, or give your own list.",
		"L'esclusione si fonda sull'elenco di codici ATECO fornito, che è di lavoro, perché quello ufficiale non è pubblico: va confermata, oppure si indichi un proprio elenco.")
}

// Error is the English text.
func (x WorkingList) Error() string { return x.Text().EN }
