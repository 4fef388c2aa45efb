package indemnity

import (
	"encoding/json"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Week is what a worker was paid for one week covered by contributions: pay for work,
// availability indemnity, or both.
type Week struct {
	Year int             `json:"year"` // needed
	Pay  decimal.Decimal `json:"pay"`
}

// TopUpCase is one question about a top-up.
type TopUpCase struct {
	Week Week `json:"week"`
	// MinimumPension is the monthly one of 1 January of that year. It goes before the
	// values of this package, which knows some years only; nil is not given.
	MinimumPension *decimal.Decimal `json:"minimum_pension"`
}

// UnmarshalJSON reads the strict form of the decision protocol. Unlike in Go, where
// it is zero, a pay that is absent is missing.
func (c *TopUpCase) UnmarshalJSON(b []byte) error {
	type plain TopUpCase
	if err := law.Decode(b, (*plain)(c)); err != nil {
		return err
	}
	var given struct {
		Week struct {
			Pay *string `json:"pay"`
		} `json:"week"`
	}
	err := json.Unmarshal(b, &given)
	if err == nil && c.Week.Year != 0 && given.Week.Pay == nil {
		err = law.Missing("/week/pay")
	}
	if err != nil {
		*c = TopUpCase{}
	}
	return err
}

// TopUp answers by how much a week's pay may be topped up, at the worker's charge, to
// the conventional pay (retribuzione convenzionale): art. 16, c. 6; d.m. 30.12.2004.
// The error is a [law.InputError].
func TopUp(c TopUpCase) (Supplement, error) {
	if err := c.validate(); err != nil {
		return Supplement{}, err
	}
	year := c.Week.Year
	on := date.New(year, time.January, 1)
	b := bookOn(on)
	out := Supplement{RequestBy: requestBy(year)}
	check := b.topUp.NotInForce(on)
	if year < firstWeek.Year() {
		out.RequestBy = 0
	} else {
		check = c.topUp(&b.topUp, on, &out)
	}
	out.Judgment = law.Judge(law.Stale(law.Checks{check}, on))
	return out, nil
}

func (c *TopUpCase) validate() error {
	switch y := c.Week.Year; {
	case y == 0:
		return law.Missing("/week/year")
	case y < 1800 || y > 2199:
		return value("/week/year", "not a year between 1800 and 2199")
	}
	if err := first(amount(c.Week.Pay, "/week/pay"), optional(c.MinimumPension, "/minimum_pension")); err != nil {
		return err
	}
	if c.MinimumPension != nil && c.MinimumPension.IsZero() {
		return value("/minimum_pension", "not more than nothing")
	}
	return nil
}

// topUp: the worker may pay contributions on what the week lacks of the conventional
// pay (art. 16, c. 6).
func (c *TopUpCase) topUp(r *law.Rule, on date.Date, out *Supplement) law.Check {
	e, _ := weekly.At(on)
	switch {
	case c.MinimumPension != nil:
		share, _ := pensionShare.At(date.New(c.Week.Year, time.December, 31))
		out.Parameter = law.Cents(c.MinimumPension.Mul(share.Value))
	case e.From == on:
		out.Parameter = e.Value
	default:
		return r.Undetermined(on, "/minimum_pension")
	}
	lacking := law.Cents(out.Parameter.Sub(c.Week.Pay))
	if !lacking.IsPositive() {
		return r.Pass(on)
	}
	out.Difference = lacking
	return r.Fail(law.Advice, on, "/week/pay", BelowParameter{c.Week.Pay, out.Parameter, lacking, out.RequestBy})
}
