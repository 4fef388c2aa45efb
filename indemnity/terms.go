package indemnity

import (
	"encoding/json"
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Terms are what the contract and its collective agreement say. Amounts are gross
// euro; those given as pointers may be nil, which is "not given" and never nothing.
type Terms struct {
	// Duty: the contract binds the worker to answer the call. Needed; where it does
	// not, nothing below is.
	Duty law.Answer `json:"duty"`
	// Pay is the agreement's full monthly pay, PayFrom its later changes in order.
	Pay     Pay         `json:"pay"`
	PayFrom []PayChange `json:"pay_from,omitempty"`
	// Rate is the agreed share of the pay, "0.30"; nil is the decree's floor.
	Rate *decimal.Decimal `json:"rate,omitempty"`
	// Divisor turns the month into hours, as the agreement has it: 173, 172, 168.
	Divisor decimal.Decimal `json:"divisor"`
	// MonthlyHours are those of a full month of waiting; nil is the divisor.
	MonthlyHours *decimal.Decimal `json:"monthly_hours,omitempty"`
	// Basis of the payment. Needed.
	Basis Basis `json:"basis"`
	// Forfeit: [law.No] where the contract excludes that the right is lost by an
	// impediment not notified; otherwise it is.
	Forfeit law.Answer `json:"forfeit,omitzero"`
	// Contract is the life of the contract; the zero value covers every month asked.
	Contract law.Span `json:"contract,omitzero"`
}

// Pay is the agreement's monthly pay by its elements.
type Pay struct {
	Minimum     decimal.Decimal `json:"minimum"`      // minimo tabellare; needed
	Contingency decimal.Decimal `json:"contingency"`  // contingenza; zero where it is part of the minimum
	EDR         decimal.Decimal `json:"edr,omitzero"` // E.T.R. or EDR; zero where there is none
	// ExtraMonths are the additional months of pay a year (13th and 14th: 2), Accruals
	// their monthly share where the agreement states it: one of the two. Without
	// either the amounts leave them out, and the floor is undetermined.
	ExtraMonths *int             `json:"extra_months,omitempty"`
	Accruals    *decimal.Decimal `json:"accruals,omitempty"`
}

// PayChange is the pay from a day on.
type PayChange struct {
	From date.Date `json:"from"`
	Pay  Pay       `json:"pay"`
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

// Month is what happened in a month. Absent lists mean none.
type Month struct {
	Month law.Month `json:"month"` // needed
	// Worked are the shifts; those of one day add up.
	Worked []Shift `json:"worked,omitempty"`
	// Impediments are those of the month, and earlier ones that were not notified: a
	// forfeit may reach over the month's end.
	Impediments []Impediment `json:"impediments,omitempty"`
	Refusals    []Refusal    `json:"refusals,omitempty"`
	// Paid is the indemnity paid for the month; nil is what is due.
	Paid *decimal.Decimal `json:"paid,omitempty"`
	// ContributionBase is the amount its contributions were paid on; nil is not asked.
	ContributionBase *decimal.Decimal `json:"contribution_base,omitempty"`
}

// Shift is work on a day of the month, within the contract.
type Shift struct {
	Day   date.Date       `json:"day"`
	Hours decimal.Decimal `json:"hours,omitzero"` // at most 24 a day; not needed where waiting is paid by days
}

// Impediment is illness or another event that keeps the worker from answering; the
// call of another employer is one. An open span is still running.
type Impediment struct {
	law.Span
	Notified law.Answer `json:"notified,omitzero"` // promptly, with its length
}

// Refusal is a call refused, on a day of the month within the contract.
type Refusal struct {
	Day       date.Date  `json:"day"`
	Justified law.Answer `json:"justified,omitzero"`
}

// Case is one question of the decision protocol: the terms and one month.
type Case struct {
	Terms
	Month
}

// UnmarshalJSON reads the strict form of the decision protocol. Unlike in Go, where
// they are zero, a divisor or a contingency that is absent is missing.
func (c *Case) UnmarshalJSON(b []byte) error {
	type plain Case
	if err := law.Decode(b, (*plain)(c)); err != nil || c.Duty != law.Yes {
		return err
	}
	type pay struct {
		Minimum     *string `json:"minimum"`
		Contingency *string `json:"contingency"`
	}
	var given struct {
		Divisor *string `json:"divisor"`
		Pay     *pay    `json:"pay"`
		PayFrom []struct {
			Pay *pay `json:"pay"`
		} `json:"pay_from"`
	}
	missing := func(p *pay, path string) error {
		switch {
		case p == nil:
			return law.Missing(path)
		case p.Minimum == nil:
			return law.Missing(path + "/minimum")
		case p.Contingency == nil:
			return law.Missing(path + "/contingency")
		default:
			return nil
		}
	}
	err := json.Unmarshal(b, &given)
	if err == nil {
		err = missing(given.Pay, "/pay")
	}
	for i := range given.PayFrom {
		err = first(err, missing(given.PayFrom[i].Pay, "/pay_from/"+strconv.Itoa(i)+"/pay"))
	}
	if err == nil && given.Divisor == nil {
		err = law.Missing("/divisor")
	}
	if err != nil {
		*c = Case{}
	}
	return err
}

// amount checks one amount against the bounds every amount has.
func amount(d decimal.Decimal, path string) error { return law.At(law.CheckAmount(d), path) }

func optional(d *decimal.Decimal, path string) error {
	if d == nil {
		return nil
	}
	return amount(*d, path)
}

func value(path, detail string) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: detail}
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
	if err := t.Pay.validate("/pay"); err != nil {
		return err
	}
	for i, c := range t.PayFrom {
		path := "/pay_from/" + strconv.Itoa(i)
		switch {
		case c.From == 0:
			return law.Missing(path + "/from")
		case i > 0 && c.From <= t.PayFrom[i-1].From:
			return value(path+"/from", "not after the change before it")
		}
		if err := c.Pay.validate(path + "/pay"); err != nil {
			return err
		}
	}
	if err := first(optional(t.Rate, "/rate"), amount(t.Divisor, "/divisor"), optional(t.MonthlyHours, "/monthly_hours")); err != nil {
		return err
	}
	switch {
	case t.Rate != nil && t.Rate.Cmp(one) > 0:
		return value("/rate", "more than 1: a fraction of the pay is expected")
	case t.Divisor.IsZero():
		return value("/divisor", "not more than nothing")
	case t.MonthlyHours != nil && t.MonthlyHours.IsZero():
		return value("/monthly_hours", "not more than nothing")
	case t.Basis == 0:
		return law.Missing("/basis")
	case t.Basis > ByDays:
		return value("/basis", "")
	}
	return nil
}

func (p *Pay) validate(path string) error {
	err := first(amount(p.Minimum, path+"/minimum"), amount(p.Contingency, path+"/contingency"),
		amount(p.EDR, path+"/edr"), optional(p.Accruals, path+"/accruals"))
	switch {
	case err != nil:
		return err
	case p.Minimum.IsZero():
		return law.Missing(path + "/minimum")
	case p.ExtraMonths != nil && (*p.ExtraMonths < 0 || *p.ExtraMonths > 12):
		return value(path+"/extra_months", "not from 0 to 12")
	case p.ExtraMonths != nil && p.Accruals != nil:
		return value(path+"/accruals", "given beside extra_months")
	}
	return nil
}

// known reports whether the pay says what its additional months bring.
func (p *Pay) known() bool { return p.ExtraMonths != nil || p.Accruals != nil }

// total is the base of the indemnity: the elements and the month's share of the
// additional months, to the cent (d.m. 10.3.2004, art. 2).
func (p *Pay) total() decimal.Decimal {
	sum := p.Minimum.Add(p.Contingency).Add(p.EDR)
	switch {
	case p.Accruals != nil:
		return sum.Add(law.Cents(*p.Accruals))
	case p.ExtraMonths != nil:
		months := decimal.NewFromInt(int64(*p.ExtraMonths))
		return sum.Add(sum.Mul(months).DivRound(twelve, 2))
	default:
		return sum
	}
}

// payOn returns the pay of a day and its place.
func (t *Terms) payOn(d date.Date) (p *Pay, place string) {
	for i := len(t.PayFrom) - 1; i >= 0; i-- {
		if t.PayFrom[i].From <= d {
			return &t.PayFrom[i].Pay, "/pay_from/" + strconv.Itoa(i) + "/pay"
		}
	}
	return &t.Pay, "/pay"
}

var (
	one    = decimal.New(1, 0)
	twelve = decimal.New(12, 0)
)
