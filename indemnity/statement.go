package indemnity

import (
	"encoding/json"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Statement is what one month brings. Amounts are gross euro, to the cent; every one
// is zero where nothing can be due. Base to Hourly are those of the last day.
type Statement struct {
	law.Judgment
	Month   law.Month
	Base    decimal.Decimal // the agreement's monthly pay with the accruals
	Floor   decimal.Decimal // the decree's share of it
	Monthly decimal.Decimal // a full month's indemnity: the agreed share, not below the floor
	Hourly  decimal.Decimal // Monthly ÷ divisor, to four decimals; the lines use it unrounded
	// Lines are the waiting, then the impediments, the forfeits and what is returned.
	Lines []Line
	// Due is the sum of the waiting lines; Restitution, what the worker returns, is
	// not taken from it.
	Due, Restitution decimal.Decimal
	// Contributions says what contributions and taxes make of the amount; empty
	// where nothing is due. Shared, not to be changed.
	Contributions []Note
}

// Line is one amount and how it came about: Base × Numerator ÷ Denominator, rounded
// once. A waiting line without a denominator is that of a contract without duty.
type Line struct {
	Kind                   LineKind
	Span                   law.Span
	Base                   decimal.Decimal // a month's indemnity; for a restitution, what was paid
	Numerator, Denominator decimal.Decimal // zero where nothing accrues
	Amount                 decimal.Decimal // half up to the cent
	Cites                  []law.Citation  // shared, not to be changed
}

// LineKind is what a line is about.
type LineKind uint8

// The kinds of lines.
const (
	LineWaiting     LineKind = iota + 1 // due
	LineImpediment                      // 0.00: nothing accrues
	LineForfeit                         // 0.00: the right is lost
	LineRestitution                     // to be returned
)

// String returns the word used in JSON.
func (k LineKind) String() string {
	return law.Word(k, "", "waiting", "impediment", "forfeit", "restitution")
}

// MarshalText returns the word used in JSON.
func (k LineKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// Note is a statement with its sources.
type Note struct {
	Text  law.Text       `json:"text"`
	Cites []law.Citation `json:"cites"`
}

// newLine is a line whose amount is computed.
func newLine(k LineKind, s law.Span, base, numerator, denominator decimal.Decimal, cites []law.Citation) Line {
	return Line{k, s, base, numerator, denominator, base.Mul(numerator).DivRound(denominator, 2), cites}
}

// exactPlaces are the decimals of a line's exact value in text.
const exactPlaces = 10

// Exact returns the line's value before rounding, cut after ten decimals: rounding it
// half up gives the amount.
func (l Line) Exact() decimal.Decimal {
	if l.Denominator.IsZero() {
		return decimal.Decimal{}
	}
	q, _ := l.Base.Mul(l.Numerator).QuoRem(l.Denominator, exactPlaces)
	return q
}

// Text says what the line is and how its amount came about.
func (l Line) Text() law.Text {
	switch {
	case l.Kind == LineImpediment:
		return law.Say("Impediment, %s: nothing accrues.", "Impedimento, %s: l'indennità non matura.", l.Span)
	case l.Kind == LineForfeit:
		return law.Say("Impediment not notified: right lost, %s.", "Impedimento non comunicato: diritto perso, %s.", l.Span)
	case l.Kind == LineRestitution:
		return law.Say("To be returned for the time after the refusal, %s: %s × %s ÷ %s.",
			"Da restituire per il tempo che segue il rifiuto, %s: %s × %s ÷ %s.", l.Span, l.Base, l.Numerator, l.Denominator)
	case l.Denominator.IsZero():
		return law.Say("The contract does not bind the worker to answer: nothing is due.",
			"Il contratto non obbliga il lavoratore a rispondere: nulla è dovuto.")
	default:
		return law.Say("Availability, %s: %s × %s ÷ %s.", "Disponibilità, %s: %s × %s ÷ %s.",
			l.Span, l.Base, l.Numerator, l.Denominator)
	}
}

// cents and plain are decimals on the wire, whatever the decimal package is set to.
type (
	cents decimal.Decimal // two decimals
	plain decimal.Decimal // as many as it has
)

// MarshalText writes two decimals.
func (c cents) MarshalText() ([]byte, error) {
	return []byte(law.FormatAmount(decimal.Decimal(c))), nil
}

// MarshalText writes the decimals there are.
func (p plain) MarshalText() ([]byte, error) { return []byte(text(decimal.Decimal(p))), nil }

func text(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

// MarshalJSON writes the line in the form of the decision protocol.
func (l Line) MarshalJSON() ([]byte, error) {
	wire := struct {
		Kind   LineKind       `json:"kind"`
		Span   law.Span       `json:"span"`
		Base   *cents         `json:"base,omitempty"`
		Factor string         `json:"factor,omitempty"`
		Exact  string         `json:"exact"`
		Amount cents          `json:"amount"`
		Text   law.Text       `json:"text"`
		Cites  []law.Citation `json:"cites"`
	}{Kind: l.Kind, Span: l.Span, Exact: l.Exact().StringFixed(exactPlaces), Amount: cents(l.Amount), Text: l.Text(), Cites: l.Cites}
	if !l.Denominator.IsZero() {
		wire.Base, wire.Factor = (*cents)(&l.Base), text(l.Numerator)+"/"+text(l.Denominator)
	}
	return json.Marshal(wire)
}

// MarshalJSON writes the statement in the form of the decision protocol.
func (s Statement) MarshalJSON() ([]byte, error) {
	return json.Marshal(struct {
		law.Judgment
		Month         law.Month `json:"month"`
		Base          cents     `json:"base"`
		Floor         cents     `json:"floor"`
		Monthly       cents     `json:"monthly"`
		Hourly        string    `json:"hourly"`
		Lines         []Line    `json:"lines"`
		Due           cents     `json:"due"`
		Restitution   cents     `json:"restitution"`
		Contributions []Note    `json:"contributions,omitempty"`
	}{
		s.Judgment, s.Month, cents(s.Base), cents(s.Floor), cents(s.Monthly), s.Hourly.StringFixed(4),
		append([]Line{}, s.Lines...), cents(s.Due), cents(s.Restitution), s.Contributions,
	})
}

// Supplement is what a week's pay may be topped up by.
type Supplement struct {
	law.Judgment
	Parameter  decimal.Decimal // the conventional pay of a week; zero when undetermined
	Difference decimal.Decimal // what the week lacks of it
	RequestBy  date.Date       // the last day to ask INPS
}

// MarshalJSON writes the answer in the form of the decision protocol.
func (s Supplement) MarshalJSON() ([]byte, error) {
	wire := struct {
		law.Judgment
		Parameter  *cents    `json:"parameter"`
		Difference *cents    `json:"difference"`
		RequestBy  date.Date `json:"request_by,omitzero"`
	}{Judgment: s.Judgment, RequestBy: s.RequestBy}
	if !s.Parameter.IsZero() {
		wire.Parameter, wire.Difference = (*cents)(&s.Parameter), (*cents)(&s.Difference)
	}
	return json.Marshal(wire)
}
