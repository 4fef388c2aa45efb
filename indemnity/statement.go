package indemnity

import (
	"encoding/json"
	"strings"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Statement is what one month brings. Amounts are gross euro, to the cent; every one
// is zero where nothing can be due. Base to Hourly are those of the last day.
type Statement struct {
	law.Judgment
	Month   law.Month `json:"month,omitzero"` // the month of the statement
	Base    law.Euro  `json:"base"`           // the agreement's monthly pay with the accruals
	Floor   law.Euro  `json:"floor"`          // the decree's share of it
	Monthly law.Euro  `json:"monthly"`        // a full month's indemnity: the agreed share, not below the floor
	Hourly  Share     `json:"hourly"`         // Monthly ÷ divisor, to four decimals; the lines use it unrounded
	// Lines are the waiting, then the impediments, the forfeits and what is returned.
	Lines []Line `json:"lines"`
	// Due is the sum of the waiting lines. Restitution is what the worker returns; it is
	// not taken from Due.
	Due         law.Euro `json:"due"`
	Restitution law.Euro `json:"restitution"` // to be given back after an unjustified refusal, euro; not part of Due
	// Contributions says what contributions and taxes make of the amount. It is empty
	// where nothing is due, and shared: it is not to be changed.
	Contributions []Note `json:"contributions,omitempty"`
}

// Share is a number of a result that is no amount of money, such as a fraction of the
// pay. Its JSON keeps the decimals it was given or computed with.
type Share struct{ decimal.Decimal }

// AppendJSON appends the number as a string.
func (s Share) AppendJSON(b []byte) ([]byte, error) { return law.AppendString(b, text(s.Decimal)), nil }

// MarshalJSON writes the number as a string.
func (s Share) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil) }

func text(d decimal.Decimal) string { return d.StringFixed(max(0, -d.Exponent())) }

func euro(d decimal.Decimal) law.Euro { return law.Euro{Decimal: d} }

// Line is one amount and how it came about: Base × Numerator ÷ Denominator, rounded
// once. A waiting line without a denominator is that of a contract without duty.
type Line struct {
	Kind                   LineKind
	Span                   law.Span
	Base                   decimal.Decimal // a month's indemnity; for a restitution, what was paid
	Numerator, Denominator decimal.Decimal // zero where nothing accrues
	Amount                 law.Euro        // half up to the cent
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

// Label names the kind for a reader; the zero value has an empty name.
func (k LineKind) Label() law.Text {
	return [...]law.Text{
		{},
		{EN: "availability", IT: "disponibilità"},
		{EN: "impediment", IT: "impedimento"},
		{EN: "right lost", IT: "diritto perso"},
		{EN: "to be returned", IT: "da restituire"},
	}[min(k, LineRestitution)]
}

// MarshalText returns the word used in JSON.
func (k LineKind) MarshalText() ([]byte, error) { return []byte(k.String()), nil }

// UnmarshalText reads that word; the error is a [law.InputError].
func (k *LineKind) UnmarshalText(text []byte) (err error) {
	*k, err = law.ParseWord[LineKind](string(text), "", "waiting", "impediment", "forfeit", "restitution")
	return err
}

// Note is a statement with its sources.
type Note struct {
	Text  law.Text       `json:"text"`  // what holds for the indemnity
	Cites []law.Citation `json:"cites"` // where it is written
}

// AppendJSON appends the note.
func (n Note) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(n.Text.AppendJSON(o.Name("text")))
	o.Add(law.AppendList(o.Name("cites"), n.Cites, law.Citation.AppendJSON))
	return o.Close()
}

// MarshalJSON writes the note.
func (n Note) MarshalJSON() ([]byte, error) { return n.AppendJSON(nil) }

// newLine returns a line with its amount computed. The base is one of whole cents.
func newLine(k LineKind, s law.Span, base, numerator, denominator decimal.Decimal, cites []law.Citation) Line {
	if base.Exponent() != -2 {
		base = base.Add(noCents)
	}
	return Line{k, s, base, numerator, denominator, euro(base.Mul(numerator).DivRound(denominator, 2)), cites}
}

// noCents is 0.00.
var noCents = decimal.New(0, -2)

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

// AppendJSON appends the line in the form of the decision protocol.
func (l Line) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	if l.Kind != 0 {
		o.String("kind", l.Kind.String())
	}
	if !l.Span.IsZero() {
		o.Add(l.Span.AppendJSON(o.Name("span")))
	}
	if !l.Denominator.IsZero() {
		o.Add(euro(l.Base).AppendJSON(o.Name("base")))
		o.String("factor", text(l.Numerator)+"/"+text(l.Denominator))
	}
	o.String("exact", l.Exact().StringFixed(exactPlaces))
	o.Add(l.Amount.AppendJSON(o.Name("amount")))
	o.Add(l.Text().AppendJSON(o.Name("text")))
	o.Add(law.AppendList(o.Name("cites"), l.Cites, law.Citation.AppendJSON))
	return o.Close()
}

// MarshalJSON writes the line in the form of the decision protocol.
func (l Line) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes.
func (l *Line) UnmarshalJSON(b []byte) error {
	var in struct {
		Kind   LineKind       `json:"kind"`
		Span   law.Span       `json:"span"`
		Base   *law.Euro      `json:"base"`
		Factor string         `json:"factor"`
		Amount law.Euro       `json:"amount"`
		Cites  []law.Citation `json:"cites"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*l = Line{Kind: in.Kind, Span: in.Span, Amount: in.Amount, Cites: in.Cites}
	if in.Base == nil {
		return nil
	}
	numerator, denominator, _ := strings.Cut(in.Factor, "/")
	var err error
	l.Base = in.Base.Decimal
	if l.Numerator, err = decimal.NewFromString(numerator); err == nil {
		l.Denominator, err = decimal.NewFromString(denominator)
	}
	return err
}

// AppendJSON appends the statement in the form of the decision protocol.
func (s Statement) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(s.AppendMembers(o.Bytes()))
	if s.Month != (law.Month{}) {
		o.Add(s.Month.AppendJSON(o.Name("month")))
	}
	o.Add(s.Base.AppendJSON(o.Name("base")))
	o.Add(s.Floor.AppendJSON(o.Name("floor")))
	o.Add(s.Monthly.AppendJSON(o.Name("monthly")))
	o.Add(s.Hourly.AppendJSON(o.Name("hourly")))
	o.Add(law.AppendList(o.Name("lines"), s.Lines, Line.AppendJSON))
	o.Add(s.Due.AppendJSON(o.Name("due")))
	o.Add(s.Restitution.AppendJSON(o.Name("restitution")))
	if len(s.Contributions) > 0 {
		o.Add(law.AppendList(o.Name("contributions"), s.Contributions, Note.AppendJSON))
	}
	return o.Close()
}

// MarshalJSON writes the statement in the form of the decision protocol.
func (s Statement) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil) }

// Supplement is what a week's pay may be topped up by.
type Supplement struct {
	law.Judgment
	Parameter  *law.Euro `json:"parameter"`           // the conventional pay of a week; nil when it is not known
	Difference *law.Euro `json:"difference"`          // what the week lacks of it; nil with the parameter
	RequestBy  date.Date `json:"request_by,omitzero"` // the last day to ask INPS
}

// AppendJSON appends the supplement in the form of the decision protocol.
func (s Supplement) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(s.AppendMembers(o.Bytes()))
	for _, m := range [...]struct {
		name   string
		amount *law.Euro
	}{{"parameter", s.Parameter}, {"difference", s.Difference}} {
		if m.amount == nil {
			o.Add(append(o.Name(m.name), "null"...), nil)
		} else {
			o.Add(m.amount.AppendJSON(o.Name(m.name)))
		}
	}
	if s.RequestBy != 0 {
		o.Day("request_by", s.RequestBy)
	}
	return o.Close()
}

// MarshalJSON writes the supplement in the form of the decision protocol.
func (s Supplement) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil) }
