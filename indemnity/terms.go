package indemnity

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Terms are what the contract and its collective agreement say. Amounts are gross
// euro. A pointer that is nil means that the amount was not given; it never means zero.
type Terms struct {
	// Duty says whether the contract binds the worker to answer the call. It is always
	// needed. Where the answer is no, the pay, the divisor and the basis are not needed.
	Duty law.Answer `json:"duty"`
	// Pay is the agreement's full monthly pay. PayFrom are its later changes in the
	// order of their days, at most 1,000.
	Pay     Pay         `json:"pay"`
	PayFrom []PayChange `json:"pay_from,omitempty"` // later changes of the pay
	// Rate is the agreed share of the pay, from 0 to 1 ("0.30" is 30 %). Nil means the
	// decree's floor.
	Rate *decimal.Decimal `json:"rate,omitempty"`
	// Divisor turns the month into hours, as the agreement has it: 173, 172, 168. It is
	// needed, and more than zero.
	Divisor *decimal.Decimal `json:"divisor,omitempty"`
	// MonthlyHours are the hours of a full month of waiting, more than zero. Nil means
	// the divisor.
	MonthlyHours *decimal.Decimal `json:"monthly_hours,omitempty"`
	// Basis says whether waiting is paid by hours or by days. It is needed.
	Basis Basis `json:"basis,omitzero"`
	// Forfeit is [law.No] where the contract excludes that the right is lost by an
	// impediment not notified. With any other answer it is lost.
	Forfeit law.Answer `json:"forfeit,omitzero"`
	// Contract is the life of the contract. The zero value covers every month asked.
	Contract law.Span `json:"contract,omitzero"`
}

// Pay is the agreement's monthly pay by its elements.
type Pay struct {
	Minimum     *decimal.Decimal `json:"minimum,omitempty"`     // minimo tabellare; needed, more than zero
	Contingency *decimal.Decimal `json:"contingency,omitempty"` // contingenza; needed, zero where it is part of the minimum
	EDR         decimal.Decimal  `json:"edr,omitzero"`          // E.T.R. or EDR; zero where there is none
	// ExtraMonths are the additional months of pay a year, from 0 to 12 (13th and 14th:
	// 2). Accruals are their monthly share where the agreement states it. Only one of the
	// two may be given. Without either the amounts leave them out, and the floor is
	// undetermined.
	ExtraMonths *int             `json:"extra_months,omitempty"`
	Accruals    *decimal.Decimal `json:"accruals,omitempty"` // monthly share of the additional months, euro; instead of ExtraMonths
}

// PayChange is the pay from a day on.
type PayChange struct {
	From date.Date `json:"from,omitzero"` // first day of the new pay
	Pay  Pay       `json:"pay"`           // the pay from then on
}

// Basis is the unit in which waiting is paid. The zero value is none.
type Basis uint8

// The bases.
const (
	ByHours Basis = iota + 1 // hourly shares
	ByDays                   // calendar days
)

// String returns the word used in JSON.
func (b Basis) String() string { return law.Word(b, "", "hours", "days") }

// MarshalText returns the word used in JSON.
func (b Basis) MarshalText() ([]byte, error) { return []byte(b.String()), nil }

// UnmarshalText reads that word; the error is a [law.InputError].
func (b *Basis) UnmarshalText(text []byte) (err error) {
	*b, err = law.ParseWord[Basis](string(text), "", "hours", "days")
	return err
}

// Label names the basis for a reader; the zero value has an empty name.
func (b Basis) Label() law.Text {
	return [...]law.Text{{}, {EN: "by hours", IT: "a ore"}, {EN: "by days", IT: "a giorni"}}[min(b, ByDays)]
}

// Month is what happened in a month. An absent list means that nothing happened; a list
// holds at most 1,000 elements.
type Month struct {
	Month law.Month `json:"month,omitzero"` // needed
	// Worked are the shifts. The hours of one day add up.
	Worked []Shift `json:"worked,omitempty"`
	// Impediments are those of the month and the earlier ones that were not notified: a
	// forfeit may reach over the end of a month.
	Impediments []Impediment `json:"impediments,omitempty"`
	Refusals    []Refusal    `json:"refusals,omitempty"` // refusals of calls in the month
	// Paid is the indemnity paid for the month. Nil means that what is due was paid.
	Paid *decimal.Decimal `json:"paid,omitempty"`
	// ContributionBase is the amount on which its contributions were paid. Nil means that
	// the question is not asked.
	ContributionBase *decimal.Decimal `json:"contribution_base,omitempty"`
}

// Shift is work in the month, within the contract. It is given either by its day and
// hours or by its start and end, never by both.
type Shift struct {
	Day date.Date `json:"day,omitzero"` // day of work
	// Hours are more than zero and at most 24 a day. They are not needed where waiting is
	// paid by days.
	Hours decimal.Decimal `json:"hours,omitzero"`
	// Start and End are instants. A shift across midnight in Rome gives each day its own
	// hours; those of days outside the month or the contract are left out, and belong to
	// the question about another month. A shift with no time in the month is refused.
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"` // when the shift ended; with Start, instead of Day and Hours
}

// ShiftsOf returns what a month has of the time sheet of one worker. A shift is laid out
// by its start and end. Where the hours stated are fewer, as with a break, or where nothing
// tells the end, they are hours of the day on which it began. Shifts without a start, and
// those with no time in the month, are left out.
func ShiftsOf(sheet []law.Shift, month law.Month) []Shift {
	var shifts []Shift
	for _, s := range sheet {
		its := law.OneDay(s.Day())
		shift := Shift{Day: s.Day(), Hours: s.Hours}
		if whole := (law.Shift{Start: s.Start, End: s.Ends()}); !whole.End.IsZero() && s.Worked().Equal(whole.Worked()) {
			its.Last = s.LastDay()
			shift = Shift{Start: whole.Start, End: whole.End}
		}
		if !s.Start.IsZero() && !its.Intersect(month.Span()).IsZero() {
			shifts = append(shifts, shift)
		}
	}
	return shifts
}

// Impediment is illness or another event that keeps the worker from answering, such as
// the call of another employer. An open span is still running.
type Impediment struct {
	law.Span
	Notified law.Answer `json:"notified,omitzero"` // promptly, with its length
}

// Refusal is a call refused, on a day of the month within the contract.
type Refusal struct {
	Day date.Date `json:"day,omitzero"` // day of the refusal
	// Justified is also the refusal of a call that the law of the day lets the worker
	// refuse without harm: see [Refused].
	Justified law.Answer `json:"justified,omitzero"`
}

// Case is one question: the terms, and one month.
type Case struct {
	Terms
	Month
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *Case) UnmarshalJSON(b []byte) error {
	type plain Case
	return law.Decode(b, (*plain)(c))
}

// manyEvents bounds every list of a question.
const manyEvents = 1000

// few refuses a list of more elements than a question may hold.
func few[T any](list []T, path string) error {
	if len(list) > manyEvents {
		return &law.InputError{Kind: law.KindTooLong, Path: path}
	}
	return nil
}

// amount checks one amount against the bounds every amount has.
func amount(d decimal.Decimal, path string) error {
	if err := law.CheckAmount(d); err != nil {
		return law.At(err, path)
	}
	return nil
}

// optional checks an amount that may be absent.
func optional(d *decimal.Decimal, path string) error {
	if d == nil {
		return nil
	}
	return amount(*d, path)
}

// needed checks an amount that may not be absent.
func needed(d *decimal.Decimal, path string) error {
	if d == nil {
		return law.Missing(path)
	}
	return amount(*d, path)
}

func value(path, en, it string) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: law.Text{EN: en, IT: it}}
}

// notPositive is the error for an amount that has to be more than zero.
func notPositive(path string) error {
	return value(path, "not more than zero", "non è maggiore di zero")
}

// first returns the first error there is.
func first(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

// validate checks the terms, whatever the month.
func (t *Terms) validate() error {
	if t.Contract != (law.Span{}) {
		if err := t.Contract.Validate(); err != nil {
			return law.At(err, "/contract")
		}
	}
	switch t.Duty {
	case law.Yes:
	case law.No:
		return nil
	default:
		return law.Missing("/duty")
	}
	if err := first(t.Pay.validate("/pay"), few(t.PayFrom, "/pay_from")); err != nil {
		return err
	}
	for i := range t.PayFrom {
		if err := t.validateChange(i); err != nil {
			return law.At(err, "/pay_from/"+strconv.Itoa(i))
		}
	}
	if err := first(optional(t.Rate, "/rate"), needed(t.Divisor, "/divisor"), optional(t.MonthlyHours, "/monthly_hours")); err != nil {
		return err
	}
	switch {
	case t.Rate != nil && t.Rate.Cmp(one) > 0:
		return value("/rate", "more than 1: a fraction of the pay is expected", "più di 1: si attende una frazione della retribuzione")
	case t.Divisor.IsZero():
		return notPositive("/divisor")
	case t.MonthlyHours != nil && t.MonthlyHours.IsZero():
		return notPositive("/monthly_hours")
	case t.Basis == 0:
		return law.Missing("/basis")
	case t.Basis > ByDays:
		return value("/basis", "", "")
	}
	return nil
}

func (t *Terms) validateChange(i int) error {
	c := &t.PayFrom[i]
	switch {
	case c.From == 0:
		return law.Missing("/from")
	case i > 0 && c.From <= t.PayFrom[i-1].From:
		return value("/from", "not after the change before it", "non è successivo alla variazione precedente")
	default:
		return c.Pay.validate("/pay")
	}
}

func (p *Pay) validate(path string) error {
	err := first(needed(p.Minimum, path+"/minimum"), needed(p.Contingency, path+"/contingency"),
		amount(p.EDR, path+"/edr"), optional(p.Accruals, path+"/accruals"))
	switch {
	case p.absent():
		return law.Missing(path)
	case err != nil:
		return err
	case p.Minimum.IsZero():
		return law.Missing(path + "/minimum")
	case p.ExtraMonths != nil && (*p.ExtraMonths < 0 || *p.ExtraMonths > 12):
		return value(path+"/extra_months", "not from 0 to 12", "non è compreso fra 0 e 12")
	case p.ExtraMonths != nil && p.Accruals != nil:
		return value(path+"/accruals", "given beside extra_months", "indicato insieme a extra_months")
	}
	return nil
}

// absent reports whether nothing at all is said of the pay.
func (p *Pay) absent() bool {
	return p.Minimum == nil && p.Contingency == nil && p.EDR.IsZero() && !p.known()
}

// known reports whether the pay says what its additional months bring.
func (p *Pay) known() bool { return p.ExtraMonths != nil || p.Accruals != nil }

// total is the base of the indemnity: the elements and the month's share of the
// additional months, to the cent (d.m. 10.3.2004, art. 2).
func (p *Pay) total() decimal.Decimal {
	sum := p.Minimum.Add(*p.Contingency)
	if !p.EDR.IsZero() {
		sum = sum.Add(p.EDR)
	}
	switch {
	case p.Accruals != nil:
		return sum.Add(law.Cents(*p.Accruals))
	case p.ExtraMonths != nil:
		return sum.Add(sum.Mul(number(*p.ExtraMonths)).DivRound(twelve, 2))
	default:
		return sum
	}
}

// payOn returns the pay of a day and its place.
func (t *Terms) payOn(d date.Date) (p *Pay, place string) {
	i := t.changesTo(d)
	if i == 0 {
		return &t.Pay, "/pay"
	}
	return &t.PayFrom[i-1].Pay, "/pay_from/" + strconv.Itoa(i-1) + "/pay"
}

// changesTo returns how many changes of the pay have come by a day.
func (t *Terms) changesTo(d date.Date) int {
	i, _ := slices.BinarySearchFunc(t.PayFrom, d+1, func(c PayChange, d date.Date) int { return cmp.Compare(c.From, d) })
	return i
}

var (
	one    = decimal.New(1, 0)
	twelve = decimal.New(12, 0)
)
