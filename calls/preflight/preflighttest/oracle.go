package preflighttest

import (
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/rickb777/date/v2"
)

// In the generated cases whatever ends does so within two years, and by then no day
// worked so far is in the way of a day a year later.
const (
	soon = 2 * 366
	late = 4 * 366
)

// LastCallable finds the last day from that of Now on that is lawful and under the
// cap, the planned days being worked: day by day, from far in the future back. It
// is zero for a contract without a term, whose last day is not known.
func LastCallable(c preflight.Case) date.Date {
	today, lawful := law.RomeDay(c.Now), lawfulDays(c)
	last := c.Contract.Work.Last
	end := law.RomeDay(c.Start) + soon
	if last == 0 && lawful(end) {
		return 0 // lawful as far as one looks
	}
	if last != 0 {
		end = last
	}
	for d := end; d >= today; d-- {
		if callable(c, d, lawful, func(date.Date) bool { return true }) {
			return d
		}
	}
	return 0
}

// NextFree finds the first day from that of Start on, and from that of Now, that is
// lawful and under the cap, of the planned days only those before that of Start being
// worked.
func NextFree(c preflight.Case) date.Date {
	on, lawful := law.RomeDay(c.Start), lawfulDays(c)
	for d := max(on, law.RomeDay(c.Now)); d < on+late && (c.Contract.Work.Open() || d <= c.Contract.Work.Last); d++ {
		if callable(c, d, lawful, func(planned date.Date) bool { return planned < on }) {
			return d
		}
	}
	return 0
}

// callable asks a day on its own, and the day after it for a shift past midnight.
func callable(c preflight.Case, d date.Date, lawful func(date.Date) bool, planned func(date.Date) bool) bool {
	if c.HistoryIncomplete || !lawful(d) || !fits(c, d, 0, planned) {
		return false
	}
	return !night(c) || lawful(d+1) && fits(c, d+1, d, planned)
}

// night reports whether the shift of a case runs past midnight.
func night(c preflight.Case) bool {
	return !c.End.IsZero() && c.End.After(law.RomeMidnight(law.RomeDay(c.Start)+1))
}

func lawfulDays(c preflight.Case) func(date.Date) bool {
	contract := c.Contract
	contract.Birth = c.Worker.Birth
	return eligibilitytest.LawfulDays(contract)
}

var firstDay = date.New(2013, 6, 28) // of the law

// fits counts the days of the window one by one, in the strictest reading; extra is one
// more day that is worked, zero for none.
func fits(c preflight.Case, d, extra date.Date, planned func(date.Date) bool) bool {
	n := 0
	for x := limitstest.SlowWindow(d); x < d; x++ {
		worked := c.Worked.Has(x) || c.Presumed.Has(x) || c.AcrossMidnight.Has(x) || c.AcrossMidnight.Has(x-1) || c.Transferred.Has(x)
		if x >= firstDay && (worked || x == extra || c.Planned.Has(x) && planned(x)) {
			n++
		}
	}
	return n < limits.Cap(d)
}
