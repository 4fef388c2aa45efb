package indemnity

import (
	"encoding/json"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Unbound is an indemnity paid under a contract without duty to answer.
type Unbound struct{ Paid decimal.Decimal }

// Text says that nothing was due.
func (f Unbound) Text() law.Text {
	return law.Say("%s euro was paid, though the contract does not bind the worker to answer: nothing is due.",
		"Sono stati pagati %s euro, benché il contratto non obblighi il lavoratore a rispondere: nulla è dovuto.", law.Cents(f.Paid))
}

// BelowFloor is an agreed share below the decree's.
type BelowFloor struct {
	Rate, Share   decimal.Decimal // fractions: agreed, and the decree's
	Agreed, Floor decimal.Decimal // what they make of the month
}

// Text compares the two.
func (f BelowFloor) Text() law.Text {
	return law.Say("The agreed %s%% of the pay is %s euro a month; the decree's %s%% is %s, and is due.",
		"La misura pattuita del %s%% della retribuzione dà %s euro al mese; quella del decreto, del %s%%, dà %s, ed è dovuta.",
		percent(f.Rate), f.Agreed, percent(f.Share), f.Floor)
}

// percent drops the zeros a share ends with.
func percent(d decimal.Decimal) decimal.Decimal { return d.Shift(2).Normalize() }

// Mispaid is a payment that is not what is due.
type Mispaid struct{ Paid, Due decimal.Decimal }

// Text says both.
func (f Mispaid) Text() law.Text {
	return law.Say("%s euro was paid, %s is due.", "Sono stati pagati %s euro, ne sono dovuti %s.", law.Cents(f.Paid), f.Due)
}

// Unnotified is an impediment of which the employer was not told in time.
type Unnotified struct {
	Impediment law.Span `json:"impediment"`
}

// Text names it.
func (f Unnotified) Text() law.Text {
	return law.Say("The impediment was not notified promptly with its length: %s.",
		"L'impedimento non è stato comunicato tempestivamente con la sua durata: %s.", f.Impediment)
}

// Forfeited is the right lost by an impediment not notified, and what is due by each
// reading of when the days begin.
type Forfeited struct {
	Days       int             // lost by each impediment
	Lost       []law.Span      // from its first day: within the month
	Due        decimal.Decimal // by that reading, which is followed
	LostAfter  []law.Span      // from the day after its last
	DueIfAfter decimal.Decimal
}

// Text gives both readings.
func (f Forfeited) Text() law.Text {
	return law.Say("An impediment not notified costs the right for %d days: %s euro is due when they are counted from its first day, %s from its end.",
		"L'impedimento non comunicato fa perdere il diritto per %d giorni: sono dovuti %s euro contandoli dal suo inizio, %s dalla sua fine.",
		f.Days, f.Due, f.DueIfAfter)
}

// Refused is an unjustified refusal, and what is returned by each reading of the
// share.
type Refused struct {
	Day      date.Date
	Paid     decimal.Decimal
	Returned decimal.Decimal // by calendar days, which is followed
	IfByTime decimal.Decimal // by the hours or days paid for
}

// Text gives both readings.
func (f Refused) Text() law.Text {
	return law.Say("A refusal without good reason on %s may be a ground for dismissal; of the %s euro paid, %s is to be returned by calendar days, %s by the time paid for.",
		"Il rifiuto ingiustificato del %s può costituire motivo di licenziamento; dei %s euro pagati ne vanno restituiti %s contando i giorni di calendario, %s contando il tempo pagato.",
		f.Day, law.Cents(f.Paid), f.Returned, f.IfByTime)
}

// Miscontributed are contributions paid on another amount than the actual one.
type Miscontributed struct{ Base, Actual decimal.Decimal }

// Text says both.
func (f Miscontributed) Text() law.Text {
	return law.Say("Contributions were paid on %s euro; the actual amount is %s, and no minimum applies.",
		"I contributi sono stati versati su %s euro; l'effettivo ammontare è %s, e non si applica il minimale.", law.Cents(f.Base), law.Cents(f.Actual))
}

// BelowParameter is a week whose pay the worker may top up.
type BelowParameter struct {
	Pay, Parameter, Difference decimal.Decimal
	RequestBy                  date.Date
}

// Text says how much, and until when.
func (f BelowParameter) Text() law.Text {
	return law.Say("The week's %s euro is below %s: the worker may pay contributions on %s, asking INPS by %s.",
		"I %s euro della settimana sono meno di %s: il lavoratore può versare i contributi su %s, con domanda all'INPS entro il %s.",
		law.Cents(f.Pay), f.Parameter, f.Difference, f.RequestBy)
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

// MarshalJSON writes amounts with two decimals.
func (f Unbound) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Paid cents `json:"paid"`
	}{cents(f.Paid)})
}

// MarshalJSON writes amounts with two decimals and shares as they are.
func (f BelowFloor) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Rate   plain `json:"rate"`
		Share  plain `json:"share"`
		Agreed cents `json:"agreed"`
		Floor  cents `json:"floor"`
	}{plain(f.Rate), plain(f.Share), cents(f.Agreed), cents(f.Floor)})
}

// MarshalJSON writes amounts with two decimals.
func (f Mispaid) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Paid cents `json:"paid"`
		Due  cents `json:"due"`
	}{cents(f.Paid), cents(f.Due)})
}

// MarshalJSON writes amounts with two decimals.
func (f Forfeited) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Days       int        `json:"days"`
		Lost       []law.Span `json:"lost"`
		Due        cents      `json:"due"`
		LostAfter  []law.Span `json:"lost_after"`
		DueIfAfter cents      `json:"due_if_after"`
	}{f.Days, f.Lost, cents(f.Due), f.LostAfter, cents(f.DueIfAfter)})
}

// MarshalJSON writes amounts with two decimals.
func (f Refused) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Day      date.Date `json:"day"`
		Paid     cents     `json:"paid"`
		Returned cents     `json:"returned"`
		IfByTime cents     `json:"if_by_time"`
	}{f.Day, cents(f.Paid), cents(f.Returned), cents(f.IfByTime)})
}

// MarshalJSON writes amounts with two decimals.
func (f Miscontributed) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Base   cents `json:"base"`
		Actual cents `json:"actual"`
	}{cents(f.Base), cents(f.Actual)})
}

// MarshalJSON writes amounts with two decimals.
func (f BelowParameter) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		Pay        cents     `json:"pay"`
		Parameter  cents     `json:"parameter"`
		Difference cents     `json:"difference"`
		RequestBy  date.Date `json:"request_by"`
	}{cents(f.Pay), cents(f.Parameter), cents(f.Difference), f.RequestBy})
}
