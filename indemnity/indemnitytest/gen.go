package indemnitytest

import (
	"math/rand"
	"slices"
	"time"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Cases generates sound cases with a duty to answer, all facts known and at least one
// day within the contract: months from April 2004 on, February and leap years often;
// pay that changes; shifts by their hours or by start and end, impediments about the
// month's ends, refusals. It shrinks by leaving facts out.
func Cases() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(DrawCase(p), shrink)
	}
}

// DrawCase draws one case as [Cases] does, for generators written as plain functions.
func DrawCase(p *gopter.GenParameters) indemnity.Case {
	d := draw{p.Rng}
	m := law.Month{Year: 2004, Month: time.April}.Add(d.Intn(12 * 24))
	if d.oneIn(4) {
		m.Month = time.February
		m.Year = max(m.Year, 2005)
	}
	all := m.Span()
	c := indemnity.Case{
		Terms: indemnity.Terms{
			Duty: law.Yes, Pay: d.pay(), Divisor: ref(pick(d, "173", "172", "168", "165.33", "1", "0.000001")),
			Basis: indemnity.ByHours + indemnity.Basis(d.Intn(2)),
		},
		Month: indemnity.Month{Month: m},
	}
	c.Forfeit = law.Answer(d.Intn(3))
	if d.oneIn(2) {
		c.Rate = ref(pick(d, "0.2", "0.199999", "0.200001", "0.30", "0", "1", "0.25"))
	}
	if d.oneIn(3) {
		c.MonthlyHours = ref(pick(d, "100", "173.5", "0.01", "720"))
	}
	if d.oneIn(3) {
		c.Contract.First = d.day(all)
		if d.oneIn(2) {
			c.Contract.Last = d.day(law.Span{First: c.Contract.First, Last: all.Last + 10})
		}
	}
	from := all.First - 3
	for d.oneIn(3) && from < all.Last {
		from = d.day(law.Span{First: from + 1, Last: all.Last + 2})
		pay := d.pay()
		if d.oneIn(3) {
			pay = c.Pay
		}
		c.PayFrom = append(c.PayFrom, indemnity.PayChange{From: from, Pay: pay})
	}
	d.events(&c)
	return c
}

func (d draw) events(c *indemnity.Case) {
	all := c.Month.Month.Span()
	within := all
	if (c.Contract != law.Span{}) {
		within = within.Intersect(c.Contract)
	}
	left := map[date.Date]decimal.Decimal{}
	for range d.Intn(12) {
		s := indemnity.Shift{Day: d.day(within), Hours: pick(d, "8", "4", "0.000001", "7.5", "12", "24")}
		if left[s.Day] = left[s.Day].Add(s.Hours); left[s.Day].LessThanOrEqual(decimal.New(24, 0)) {
			c.Worked = append(c.Worked, s)
		} else {
			left[s.Day] = left[s.Day].Sub(s.Hours)
		}
	}
	if d.oneIn(3) {
		c.Worked = d.timedShifts(within)
	}
	around := law.Span{First: all.First - 40, Last: all.Last + 3}
	for range d.Intn(4) {
		x := indemnity.Impediment{Span: law.OneDay(d.day(around)), Notified: law.No + law.Answer(d.Intn(2))}
		x.Last += date.Date(d.Intn(6) * d.Intn(6))
		if d.oneIn(10) {
			x.Last = 0
		}
		c.Impediments = append(c.Impediments, x)
	}
	for range d.Intn(3) {
		c.Refusals = append(c.Refusals, indemnity.Refusal{Day: d.day(within), Justified: law.No + law.Answer(d.Intn(2))})
	}
	if d.oneIn(3) {
		c.Paid = ref(pick(d, "0", "403.74", "100", "999999999.99"))
	}
}

// timedShifts draws shifts by start and end, one after another, that touch the days of a
// span: some past midnight, some longer than a day, some begun before it or ended after.
func (d draw) timedShifts(within law.Span) (list []indemnity.Shift) {
	from, to := law.RomeMidnight(within.First-1), law.RomeMidnight(within.Last+2)
	for at := from; at.Before(to); {
		start := at.Add(time.Duration(d.Intn(4*24*60)) * time.Minute)
		end := start.Add(time.Duration(1+d.Intn(pickInt(d, 60, 12*60, 40*60))) * time.Minute)
		if end.After(law.RomeMidnight(within.First)) && start.Before(law.RomeMidnight(within.Last+1)) {
			list = append(list, indemnity.Shift{Start: start, End: end})
		}
		at = end
	}
	return list
}

type draw struct{ *rand.Rand }

func (d draw) oneIn(n int) bool { return d.Intn(n) == 0 }

// day draws a day of a span, one in three times one of its ends.
func (d draw) day(s law.Span) date.Date {
	switch d.Intn(6) {
	case 0:
		return s.First
	case 1:
		return s.Last
	default:
		return s.First + date.Date(d.Intn(s.Len()))
	}
}

func (d draw) pay() indemnity.Pay {
	p := indemnity.Pay{
		Minimum:     ref(decimal.New(d.Int63n(400000)+1, -2)),
		Contingency: ref(pick(d, "0", "520.00", "514.4567")),
		EDR:         pick(d, "0", "10.33"),
	}
	if d.oneIn(3) {
		p.Accruals = ref(pick(d, "0", "288.39", "305.055"))
	} else {
		n := d.Intn(4)
		p.ExtraMonths = &n
	}
	return p
}

func pick(d draw, words ...string) decimal.Decimal {
	x, _ := law.ParseAmount(words[d.Intn(len(words))])
	return x
}

func pickInt(d draw, numbers ...int) int { return numbers[d.Intn(len(numbers))] }

func ref[T any](x T) *T { return &x }

// shrink tries a case with one fact less, each in turn.
func shrink(v any) gopter.Shrink {
	c, _ := v.(indemnity.Case)
	var less []indemnity.Case
	add := func(leave func(*indemnity.Case)) {
		x := c
		leave(&x)
		less = append(less, x)
	}
	for i := range c.Worked {
		add(func(x *indemnity.Case) { x.Worked = without(x.Worked, i) })
	}
	for i := range c.Impediments {
		add(func(x *indemnity.Case) { x.Impediments = without(x.Impediments, i) })
	}
	for i := range c.Refusals {
		add(func(x *indemnity.Case) { x.Refusals = without(x.Refusals, i) })
	}
	for i := range c.PayFrom {
		add(func(x *indemnity.Case) { x.PayFrom = without(x.PayFrom, i) })
	}
	for _, leave := range []struct {
		has bool
		do  func(*indemnity.Case)
	}{
		{c.Rate != nil, func(x *indemnity.Case) { x.Rate = nil }},
		{c.MonthlyHours != nil, func(x *indemnity.Case) { x.MonthlyHours = nil }},
		{c.Paid != nil, func(x *indemnity.Case) { x.Paid = nil }},
		{c.Contract != law.Span{}, func(x *indemnity.Case) { x.Contract = law.Span{} }},
		{c.Basis == indemnity.ByHours, func(x *indemnity.Case) { x.Basis = indemnity.ByDays }},
	} {
		if leave.has {
			add(leave.do)
		}
	}
	return func() (any, bool) {
		if len(less) == 0 {
			return nil, false
		}
		next := less[0]
		less = less[1:]
		return next, true
	}
}

func without[T any](list []T, i int) []T { return slices.Delete(slices.Clone(list), i, i+1) }
