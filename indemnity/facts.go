package indemnity

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Unbound is an indemnity paid under a contract without duty to answer.
type Unbound struct {
	Paid law.Euro `json:"paid"`
}

// Text implements [law.Facts].
func (f Unbound) Text() law.Text {
	return law.Say("%s euro was paid, though the contract does not bind the worker to answer: nothing is due.",
		"Sono stati pagati %s euro, benché il contratto non obblighi il lavoratore a rispondere: nulla è dovuto.", cents(f.Paid))
}

// BelowFloor is an agreed share below the decree's.
type BelowFloor struct {
	Rate   Share    `json:"rate"`   // agreed
	Share  Share    `json:"share"`  // the decree's
	Agreed law.Euro `json:"agreed"` // what the agreed share makes of the month
	Floor  law.Euro `json:"floor"`  // what the decree's makes of it
}

// Text implements [law.Facts].
func (f BelowFloor) Text() law.Text {
	return law.Say("The agreed %s%% of the pay is %s euro a month; the decree's %s%% is %s, and is due.",
		"La misura pattuita del %s%% della retribuzione dà %s euro al mese; quella del decreto, del %s%%, dà %s, ed è dovuta.",
		percent(f.Rate), cents(f.Agreed), percent(f.Share), cents(f.Floor))
}

// percent drops the zeros with which a share ends.
func percent(s Share) decimal.Decimal { return s.Shift(2).Normalize() }

// cents is an amount as it is said.
func cents(e law.Euro) decimal.Decimal { return law.Cents(e.Decimal) }

// Mispaid is a payment that is not what is due.
type Mispaid struct {
	Paid law.Euro `json:"paid"`
	Due  law.Euro `json:"due"`
}

// Text implements [law.Facts].
func (f Mispaid) Text() law.Text {
	return law.Say("%s euro was paid, %s is due.", "Sono stati pagati %s euro, ne sono dovuti %s.", cents(f.Paid), cents(f.Due))
}

// Unnotified is an impediment of which the employer was not told in time.
type Unnotified struct {
	Impediment law.Span `json:"impediment"`
}

// Text implements [law.Facts].
func (f Unnotified) Text() law.Text {
	return law.Say("The impediment was not notified promptly with its length: %s.",
		"L'impedimento non è stato comunicato tempestivamente con la sua durata: %s.", f.Impediment)
}

// Forfeited is the right lost by an impediment not notified, and what is due by each
// reading of when the days begin.
type Forfeited struct {
	Days   int        `json:"days"`             // lost by each impediment
	Joined bool       `json:"joined,omitempty"` // several impediments touch or overlap, and count as one
	Lost   []law.Span `json:"lost"`             // from its first day: within the month
	Due    law.Euro   `json:"due"`              // by that reading, which is followed

	LostAfter  []law.Span `json:"lost_after"` // from the day after its last
	DueIfAfter law.Euro   `json:"due_if_after"`
}

// Text implements [law.Facts].
func (f Forfeited) Text() law.Text {
	due := law.Say("%s euro is due", "sono dovuti %s euro", cents(f.Due))
	if !f.DueIfAfter.Equal(f.Due.Decimal) {
		due = law.Say("%s euro is due when they are counted from its first day, %s from its end",
			"sono dovuti %s euro contandoli dal suo inizio, %s dalla sua fine", cents(f.Due), cents(f.DueIfAfter))
	}
	var joined law.Text
	if f.Joined {
		joined = law.Say(" Impediments that touch or overlap count as one.", " Gli impedimenti contigui o sovrapposti valgono come uno solo.")
	}
	return law.Say("An impediment not notified costs the right for %d days: %s.%s",
		"L'impedimento non comunicato fa perdere il diritto per %d giorni: %s.%s", f.Days, due, joined)
}

// Refused is an unjustified refusal, and what is returned by each reading of the
// share.
type Refused struct {
	Day      date.Date `json:"day,omitzero"`
	Paid     law.Euro  `json:"paid"`
	Returned law.Euro  `json:"returned"`   // by calendar days, which is followed
	IfByTime law.Euro  `json:"if_by_time"` // by the hours or days paid for
	// Protected says that the law of the day protects a worker who refuses a call outside
	// the reference hours and days or without reasonable notice (d.lgs. 104/2022, art. 9,
	// c. 1 and 2): such a refusal is a justified one.
	Protected bool `json:"protected,omitempty"`
}

// Text implements [law.Facts].
func (f Refused) Text() law.Text {
	back := law.Say("%s is to be returned", "ne vanno restituiti %s", cents(f.Returned))
	if !f.IfByTime.Equal(f.Returned.Decimal) {
		back = law.Say("%s is to be returned by calendar days, %s by the time paid for",
			"ne vanno restituiti %s contando i giorni di calendario, %s contando il tempo pagato", cents(f.Returned), cents(f.IfByTime))
	}
	var free law.Text
	if f.Protected {
		free = law.Say(" No harm, not even disciplinary, may follow from refusing a call outside the reference hours and days or without reasonable notice.",
			" Nessun pregiudizio, nemmeno disciplinare, può derivare dal rifiuto di una chiamata fuori dalle ore e dai giorni di riferimento o senza ragionevole preavviso.")
	}
	return law.Say("A refusal without good reason on %s may be a ground for dismissal; of the %s euro paid, %s.%s",
		"Il rifiuto ingiustificato del %s può costituire motivo di licenziamento; dei %s euro pagati %s.%s",
		f.Day, cents(f.Paid), back, free)
}

// Miscontributed are contributions paid on another amount than the actual one.
type Miscontributed struct {
	Base   law.Euro `json:"base"`
	Actual law.Euro `json:"actual"`
}

// Text implements [law.Facts].
func (f Miscontributed) Text() law.Text {
	return law.Say("Contributions were paid on %s euro; the actual amount is %s, and no minimum applies.",
		"I contributi sono stati versati su %s euro; l'effettivo ammontare è %s, e non si applica il minimale.", cents(f.Base), cents(f.Actual))
}

// BelowParameter is a week whose pay the worker may top up.
type BelowParameter struct {
	Pay        law.Euro  `json:"pay"`
	Parameter  law.Euro  `json:"parameter"`
	Difference law.Euro  `json:"difference"`
	RequestBy  date.Date `json:"request_by,omitzero"`
}

// Text implements [law.Facts].
func (f BelowParameter) Text() law.Text {
	return law.Say("The week's %s euro is below %s: the worker may pay contributions on %s, asking INPS by %s and paying by the end of the quarter after its authorisation.",
		"I %s euro della settimana sono meno di %s: il lavoratore può versare i contributi su %s, con domanda all'INPS entro il %s e pagamento entro la fine del trimestre successivo all'autorizzazione.",
		cents(f.Pay), cents(f.Parameter), cents(f.Difference), f.RequestBy)
}

// Every fact is an error: its English text.

func (f Unbound) Error() string        { return f.Text().EN }
func (f BelowFloor) Error() string     { return f.Text().EN }
func (f Mispaid) Error() string        { return f.Text().EN }
func (f Unnotified) Error() string     { return f.Text().EN }
func (f Forfeited) Error() string      { return f.Text().EN }
func (f Refused) Error() string        { return f.Text().EN }
func (f Miscontributed) Error() string { return f.Text().EN }
func (f BelowParameter) Error() string { return f.Text().EN }

// AppendJSON appends the facts to b.
func (f BelowFloor) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(f.Rate.AppendJSON(o.Name("rate")))
	o.Add(f.Share.AppendJSON(o.Name("share")))
	o.Add(f.Agreed.AppendJSON(o.Name("agreed")))
	o.Add(f.Floor.AppendJSON(o.Name("floor")))
	return o.Close()
}

// AppendJSON appends the facts to b.
func (f Mispaid) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(f.Paid.AppendJSON(o.Name("paid")))
	o.Add(f.Due.AppendJSON(o.Name("due")))
	return o.Close()
}

// AppendJSON appends the facts to b.
func (f Forfeited) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("days", f.Days)
	if f.Joined {
		o.Bool("joined", true)
	}
	o.Add(law.AppendList(o.Name("lost"), f.Lost, law.Span.AppendJSON))
	o.Add(f.Due.AppendJSON(o.Name("due")))
	o.Add(law.AppendList(o.Name("lost_after"), f.LostAfter, law.Span.AppendJSON))
	o.Add(f.DueIfAfter.AppendJSON(o.Name("due_if_after")))
	return o.Close()
}
