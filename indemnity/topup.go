package indemnity

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Week is what a worker was paid for one week covered by contributions: pay for work,
// availability indemnity, or both.
type Week struct {
	Year int              `json:"year,omitzero"` // from 1800 to 2199; needed
	Pay  *decimal.Decimal `json:"pay,omitempty"` // gross euro; needed
}

// TopUpCase is one question about a top-up.
type TopUpCase struct {
	Week Week `json:"week"` // the week and its pay
	// MinimumPension is the monthly one of 1 January of that year, more than zero. It goes
	// before the values of this package, which knows some years only. Nil means that it was
	// not given.
	MinimumPension *decimal.Decimal `json:"minimum_pension,omitempty"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (c *TopUpCase) UnmarshalJSON(b []byte) error {
	type plain TopUpCase
	return law.Decode(b, (*plain)(c))
}

// TopUp answers by how much a week's pay may be topped up, at the worker's charge, to
// the conventional pay (retribuzione convenzionale): art. 16, c. 6; d.m. 30.12.2004.
// The error is a [law.InputError].
func TopUp(c TopUpCase) (Supplement, error) {
	if err := c.validate(); err != nil {
		return Supplement{}, err
	}
	w := c.reckon()
	out := Supplement{RequestBy: w.requestBy}
	if w.known {
		out.Parameter, out.Difference = &law.Euro{Decimal: w.parameter}, &law.Euro{Decimal: w.lacking}
	}
	out.Judgment = law.Judge(law.Stale(askTopUp(nil, &account{week: &w}), w.on))
	return out, nil
}

func (c *TopUpCase) validate() error {
	switch y := c.Week.Year; {
	case y == 0:
		return law.Missing("/week/year")
	case y < 1800 || y > 2199:
		return value("/week/year", "not a year between 1800 and 2199", "non è un anno fra il 1800 e il 2199")
	}
	if err := first(needed(c.Week.Pay, "/week/pay"), optional(c.MinimumPension, "/minimum_pension")); err != nil {
		return err
	}
	if c.MinimumPension != nil && c.MinimumPension.IsZero() {
		return notPositive("/minimum_pension")
	}
	return nil
}

// week is what is computed of a week before the rule is asked.
type week struct {
	on                      date.Date // 1 January of the year
	pay, parameter, lacking decimal.Decimal
	known                   bool      // the parameter of the year
	requestBy               date.Date // zero before the rule was in force
}

// reckon computes a week. It changes nothing.
func (c *TopUpCase) reckon() week {
	on, end := date.New(c.Week.Year, time.January, 1), date.New(c.Week.Year, time.December, 31)
	w := week{on: on, pay: *c.Week.Pay}
	if end < topUp.Cites.First() {
		return w
	}
	w.requestBy = requestBy.Value(end).of(c.Week.Year)
	e, _ := weekly.At(on)
	switch {
	case c.MinimumPension != nil:
		w.parameter, w.known = law.Cents(c.MinimumPension.Mul(pensionShare.Value(end))), true
	case e.From == on:
		w.parameter, w.known = e.Value, true
	}
	if lacking := law.Cents(w.parameter.Sub(w.pay)); w.known && lacking.IsPositive() {
		w.lacking = lacking
	}
	return w
}
