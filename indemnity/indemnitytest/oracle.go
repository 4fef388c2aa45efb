package indemnitytest

import (
	"math/big"
	"time"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Expected is what the oracle finds: exact fractions where nothing is rounded, whole
// cents elsewhere.
type Expected struct {
	Base, Floor, Monthly *big.Rat // of the last day
	Lines                []*big.Rat
	Exact                []*big.Rat // the lines before rounding
	Due, DueIfAfter      *big.Rat   // forfeits counted from the first day, and after the last
	Returned, IfByTime   *big.Rat
}

// Answer computes a case again, in the plainest way: it asks every question of every
// single day, with fractions of unlimited size. The case must be a sound one, with a
// duty to answer and at least one day within the contract, none before the decree.
func Answer(c indemnity.Case) Expected {
	o := oracle{Case: c, params: indemnity.Params(), byDay: hours(c.Worked)}
	var e Expected
	last := o.days()[len(o.days())-1]
	e.Base, e.Floor, e.Monthly = o.price(last)
	e.Lines, e.Exact, e.Due = o.due(o.lost)
	_, _, e.DueIfAfter = o.due(o.lostAfter)
	e.Returned, e.IfByTime = o.returned(e.Due)
	return e
}

type oracle struct {
	indemnity.Case
	params []law.Param
	byDay  map[date.Date]*big.Rat // hours of work
}

// param returns a value of the law as the package lists it: in force on a day.
func (o oracle) param(name string, d date.Date) *big.Rat {
	text := "0"
	for _, p := range o.params {
		for _, e := range p.Entries {
			if p.Name == name && e.From <= d {
				text = e.Value
			}
		}
	}
	x, _ := new(big.Rat).SetString(text)
	return x
}

// hours adds up the hours of shifts by their day. Of a shift with a start the minutes are
// counted one by one, each on its day in Rome, and turned into hours to the millionth.
func hours(shifts []indemnity.Shift) map[date.Date]*big.Rat {
	byDay := map[date.Date]*big.Rat{}
	add := func(d date.Date, x *big.Rat) {
		if byDay[d] == nil {
			byDay[d] = new(big.Rat)
		}
		byDay[d].Add(byDay[d], x)
	}
	for _, s := range shifts {
		if s.Start.IsZero() {
			add(s.Day, rat(s.Hours))
			continue
		}
		minutes := map[date.Date]int64{}
		for t := s.Start; t.Before(s.End); t = t.Add(time.Minute) {
			minutes[law.RomeDay(t)]++
		}
		for d, n := range minutes {
			add(d, roundTo(big.NewRat(n, 60), 1_000_000))
		}
	}
	return byDay
}

// days are those of the month within the contract.
func (o oracle) days() (list []date.Date) {
	for d := range o.Month.Month.Span().All() {
		if (o.Contract == law.Span{}) || o.Contract.Contains(d) {
			list = append(list, d)
		}
	}
	return list
}

func (o oracle) price(d date.Date) (base, floor, monthly *big.Rat) {
	pay := o.Pay
	for _, change := range o.PayFrom {
		if d >= change.From {
			pay = change.Pay
		}
	}
	sum := new(big.Rat).Add(rat(*pay.Minimum), rat(*pay.Contingency))
	sum.Add(sum, rat(pay.EDR))
	accruals := new(big.Rat)
	if pay.Accruals != nil {
		accruals = round(rat(*pay.Accruals))
	}
	if pay.ExtraMonths != nil {
		accruals = round(new(big.Rat).Mul(sum, big.NewRat(int64(*pay.ExtraMonths), 12)))
	}
	base = new(big.Rat).Add(sum, accruals)
	share := o.param("floor share of the pay", d)
	floor = round(new(big.Rat).Mul(base, share))
	if o.Rate != nil && rat(*o.Rate).Cmp(share) > 0 {
		share = rat(*o.Rate)
	}
	return base, floor, round(new(big.Rat).Mul(base, share))
}

func (o oracle) impeded(d date.Date) bool {
	for _, x := range o.Impediments {
		if x.Contains(d) {
			return true
		}
	}
	return false
}

func (o oracle) silent(d date.Date) bool {
	for _, x := range o.Impediments {
		if x.Contains(d) && x.Notified == law.No && o.Forfeit != law.No {
			return true
		}
	}
	return false
}

// lost: the first day of an impediment not notified was so few days ago that the forfeit
// is not over.
func (o oracle) lost(d date.Date) bool {
	for s := d - longest; s <= d; s++ {
		if o.silent(s) && !o.silent(s-1) && o.within(d-s, s) {
			return true
		}
	}
	return false
}

// lostAfter: the last day of such an impediment was so few days ago.
func (o oracle) lostAfter(d date.Date) bool {
	for s := d - longest; s < d; s++ {
		if o.silent(s) && !o.silent(s+1) && o.within(d-s-1, s) {
			return true
		}
	}
	return false
}

// longest is more than any forfeit has days.
const longest = 60

// within reports whether a number of days is less than a forfeit of a day has.
func (o oracle) within(n, of date.Date) bool {
	return big.NewRat(int64(n), 1).Cmp(o.param("days forfeited", of)) < 0
}

func (o oracle) hours(d date.Date) *big.Rat {
	if h := o.byDay[d]; h != nil {
		return h
	}
	return new(big.Rat)
}

func (o oracle) worked(d date.Date) bool {
	for _, s := range o.Worked {
		if s.Day == d || !s.Start.IsZero() && law.RomeDay(s.Start) == d {
			return true
		}
	}
	return false
}

// waited is the time a day brings, less what was worked on it: hours, or days.
func (o oracle) waited(d date.Date, lost func(date.Date) bool) *big.Rat {
	accrues := !o.impeded(d) && !lost(d)
	t := new(big.Rat)
	if o.Basis == indemnity.ByDays {
		if accrues && !o.worked(d) {
			t.SetInt64(1)
		}
		return t
	}
	if accrues {
		t = o.hoursOfMonth()
		t.Quo(t, big.NewRat(int64(o.Month.Month.Days()), 1))
	}
	return t.Sub(t, o.hours(d))
}

func (o oracle) hoursOfMonth() *big.Rat {
	if o.MonthlyHours != nil {
		return rat(*o.MonthlyHours)
	}
	return rat(*o.Divisor)
}

// due walks the days, a line for each run of equal pay.
func (o oracle) due(lost func(date.Date) bool) (lines, exact []*big.Rat, sum *big.Rat) {
	var months, times []*big.Rat
	for _, d := range o.days() {
		_, _, monthly := o.price(d)
		if n := len(months); n == 0 || months[n-1].Cmp(monthly) != 0 {
			months, times = append(months, monthly), append(times, new(big.Rat))
		}
		t := times[len(times)-1]
		t.Add(t, o.waited(d, lost))
	}
	for i := range times {
		for j := i + 1; j < len(times); j++ {
			settle(times[i], times[j])
		}
		for j := i - 1; j >= 0; j-- {
			settle(times[i], times[j])
		}
	}
	whole := rat(*o.Divisor)
	if o.Basis == indemnity.ByDays {
		whole = big.NewRat(int64(o.Month.Month.Days()), 1)
	}
	sum = new(big.Rat)
	for i, t := range times {
		if t.Sign() < 0 {
			t.SetInt64(0) // nobody else has time left either
		}
		x := new(big.Rat).Mul(months[i], t)
		x.Quo(x, whole)
		exact = append(exact, x)
		lines = append(lines, round(x))
		sum.Add(sum, round(x))
	}
	return lines, exact, sum
}

// settle pays what one stretch owes out of what another has.
func settle(debt, from *big.Rat) {
	if debt.Sign() >= 0 || from.Sign() <= 0 {
		return
	}
	sum := new(big.Rat).Add(debt, from)
	debt.SetInt64(0)
	from.SetInt64(0)
	if sum.Sign() < 0 {
		debt.Set(sum)
	} else {
		from.Set(sum)
	}
}

func (o oracle) returned(due *big.Rat) (byDays, byTime *big.Rat) {
	refused := date.Date(0)
	for _, r := range o.Refusals {
		if r.Justified == law.No && (refused == 0 || r.Day < refused) {
			refused = r.Day
		}
	}
	byDays, byTime = new(big.Rat), new(big.Rat)
	if refused == 0 {
		return byDays, byTime
	}
	paid := due
	if o.Paid != nil {
		paid = round(rat(*o.Paid))
	}
	days, daysAfter, time, timeAfter := new(big.Rat), new(big.Rat), new(big.Rat), new(big.Rat)
	one := big.NewRat(1, 1)
	for _, d := range o.days() {
		t := o.waited(d, o.lost)
		time.Add(time, t)
		if d > refused {
			timeAfter.Add(timeAfter, t)
		}
		if o.impeded(d) || o.lost(d) {
			continue
		}
		days.Add(days, one)
		if d > refused {
			daysAfter.Add(daysAfter, one)
		}
	}
	if timeAfter.Cmp(time) > 0 {
		timeAfter = time
	}
	return share(paid, daysAfter, days), share(paid, timeAfter, time)
}

func share(paid, part, whole *big.Rat) *big.Rat {
	if part.Sign() <= 0 || whole.Sign() <= 0 {
		return new(big.Rat)
	}
	x := new(big.Rat).Mul(paid, part)
	return round(x.Quo(x, whole))
}

// round is half up to the cent.
func round(x *big.Rat) *big.Rat { return roundTo(x, 100) }

// roundTo is half up to a unit's part.
func roundTo(x *big.Rat, parts int64) *big.Rat {
	y := new(big.Rat).Mul(x, big.NewRat(parts, 1))
	y.Add(y, big.NewRat(1, 2))
	return new(big.Rat).SetFrac(new(big.Int).Div(y.Num(), y.Denom()), big.NewInt(parts))
}

// rat is the exact value of a decimal.
func rat(d decimal.Decimal) *big.Rat { return d.Rat() }
