package indemnity

import (
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// account is the state of one month's computation.
type account struct {
	calendar
	terms   *Terms
	month   *Month
	earlier []Impediment // of the months before
	book    book
	on      date.Date // the day the rules are asked for: the last one

	span     law.Span // the month's days within the contract and the law
	live     days     // the same
	worked   days
	hours    [horizon + 1]int64 // worked, in millionths, by day of the calendar
	impeded  days
	lost     days // forfeited from the first day of the impediment
	lostLate days // forfeited from the day after its last
	silent   int  // place of the first impediment not notified that costs days, -1
	stretch  []stretch
	below    *BelowFloor
	unknown  []string // pays that do not say what the additional months bring

	out Statement
}

// stretch is a run of days with the same month's indemnity.
type stretch struct {
	span    law.Span
	days    days
	monthly decimal.Decimal
	worked  decimal.Decimal // hours
}

// read checks the month's facts and lays them out by day.
func (a *account) read() error {
	m, t := a.month, a.terms
	switch y, n := m.Month.Year, m.Month.Month; {
	case m.Month == law.Month{}:
		return law.Missing("/month")
	case y < 1800 || y > 2199 || n < time.January || n > time.December:
		return value("/month", "not a month between 1800 and 2199")
	}
	a.calendar = calendarOf(m.Month)
	a.span = m.Month.Span()
	a.on = a.span.Last
	if !t.Contract.IsZero() {
		a.span = a.span.Intersect(t.Contract)
	}
	if err := first(optional(m.Paid, "/paid"), optional(m.ContributionBase, "/contribution_base"),
		a.readWork(), a.readImpediments(), a.readRefusals()); err != nil {
		return err
	}
	if !a.span.IsZero() {
		a.on = a.span.Last
		a.span = a.span.Intersect(law.Span{First: firstDay})
		a.live = a.set(a.span)
	}
	a.book = bookOn(a.on)
	return nil
}

// outside is the error for a day that is not one of the month's, within the contract.
func (a *account) outside(d date.Date, path string) error {
	switch {
	case d == 0:
		return law.Missing(path)
	case !a.span.Contains(d):
		return value(path, "not a day of the month within the contract")
	default:
		return nil
	}
}

func (a *account) readWork() error {
	for i := range a.month.Worked {
		s := &a.month.Worked[i]
		path := func(member string) string { return "/worked/" + strconv.Itoa(i) + member }
		if err := a.outside(s.Day, "/day"); err != nil {
			return law.At(err, path(""))
		}
		if a.terms.Duty == law.Yes && a.terms.Basis == ByHours && s.Hours.IsZero() {
			return law.Missing(path("/hours"))
		}
		hours, err := millionths(s.Hours)
		if err != nil {
			return law.At(err, path("/hours"))
		}
		n := s.Day - a.zero
		a.worked |= 1 << n
		if a.hours[n] += hours; a.hours[n] > dayLong {
			return value(path("/hours"), "more than 24 in a day")
		}
	}
	return nil
}

// dayLong is a day in millionths of an hour, the unit hours of work are added up in:
// no amount has more decimals.
const dayLong = 24_000_000

// millionths returns hours in millionths of one, within the bounds of an amount; more
// than a day is cut to a little more than one.
func millionths(hours decimal.Decimal) (int64, error) {
	e := hours.Exponent()
	if hours.IsNegative() || e < -6 || e > 9 || hours.NumDigits() > 15 {
		return 0, &law.InputError{Kind: law.KindAmount}
	}
	n := min(hours.CoefficientInt64(), dayLong+1)
	for range 6 + e {
		n = min(10*n, dayLong+1)
	}
	return n, nil
}

func (a *account) readImpediments() error {
	for i := range a.month.Impediments {
		if err := a.month.Impediments[i].Validate(); err != nil {
			return law.At(err, "/impediments/"+strconv.Itoa(i))
		}
	}
	return nil
}

func (a *account) readRefusals() error {
	for i, r := range a.month.Refusals {
		if err := a.outside(r.Day, "/day"); err != nil {
			return law.At(err, "/refusals/"+strconv.Itoa(i))
		}
	}
	return nil
}

// stop returns one impediment, its place in the input and its days. One of an earlier
// month stands in no list of this one: its place is the list as a whole.
func (a *account) stop(i int) (x *Impediment, path string, its days) {
	if own := len(a.month.Impediments); i >= own {
		x, path = &a.earlier[i-own], "/impediments"
	} else {
		x, path = &a.month.Impediments[i], "/impediments/"+strconv.Itoa(i)
	}
	return x, path, a.set(x.Span)
}

func (a *account) stops() int { return len(a.month.Impediments) + len(a.earlier) }

// mark lays out the days impeded and forfeited.
func (a *account) mark() {
	var silent days
	for i := range a.stops() {
		x, _, its := a.stop(i)
		a.impeded |= its
		if x.Notified == law.No && a.terms.Forfeit != law.No {
			silent |= its
			if a.silent < 0 && a.reaches(its) {
				a.silent = i
			}
		}
	}
	a.impeded &= a.live
	a.lost = silent.firsts().spread(0, a.forfeitDays()) & a.live
	a.lostLate = silent.lasts().spread(1, a.forfeitDays()) & a.live
}

// reaches reports whether the forfeit of an impediment touches the month, by either
// reading.
func (a *account) reaches(its days) bool { return its.spread(0, a.forfeitDays()+1)&a.live != 0 }

func (a *account) forfeitDays() int {
	e, _ := forfeitDays.At(a.on)
	return e.Value
}

// measure gives each stretch of equal pay its month: the agreed share of the base, or
// the decree's where that is more.
func (a *account) measure(decree law.Timeline[decimal.Decimal]) {
	starts := slices.Collect(a.in(a.changes(decree)))
	for i, first := range starts {
		s := law.Span{First: first, Last: a.span.Last}
		if i+1 < len(starts) {
			s.Last = starts[i+1] - 1
		}
		share, _ := decree.At(s.First)
		pay, place := a.terms.payOn(s.First)
		a.price(pay, share.Value)
		if !pay.known() {
			a.unknown = append(a.unknown, place+"/extra_months")
		}
		if n := len(a.stretch); n > 0 && a.stretch[n-1].monthly.Equal(a.out.Monthly) {
			a.stretch[n-1].span.Last = s.Last
		} else {
			a.stretch = append(a.stretch, stretch{span: s, monthly: a.out.Monthly})
		}
	}
	for i := range a.stretch {
		s := &a.stretch[i]
		s.days = a.set(s.span)
		s.worked = a.sum(s.days)
	}
	a.out.Hourly = a.out.Monthly.DivRound(a.terms.Divisor, 4)
}

// changes returns the first day and those on which the pay or the decree changes.
func (a *account) changes(decree law.Timeline[decimal.Decimal]) days {
	starts := a.set(law.OneDay(a.span.First))
	for _, c := range a.terms.PayFrom {
		starts |= a.set(law.OneDay(c.From))
	}
	for _, e := range decree.All() {
		starts |= a.set(law.OneDay(e.From))
	}
	return starts & a.live
}

func (a *account) price(p *Pay, share decimal.Decimal) {
	a.out.Base = p.total()
	a.out.Floor = law.Cents(a.out.Base.Mul(share))
	a.out.Monthly = a.out.Floor
	if a.terms.Rate == nil {
		return
	}
	agreed := law.Cents(a.out.Base.Mul(*a.terms.Rate))
	if a.terms.Rate.Cmp(share) >= 0 {
		a.out.Monthly = agreed
	} else if a.below == nil {
		a.below = &BelowFloor{*a.terms.Rate, share, agreed, a.out.Floor}
	}
}

// sum adds up the hours worked on the days of a set.
func (a *account) sum(set days) decimal.Decimal {
	total := int64(0)
	for day := range a.in(set & a.worked) {
		total += a.hours[day-a.zero]
	}
	return decimal.New(total, -6).Normalize()
}

// wait returns the waiting lines when the indemnity accrues on the given days, and
// their sum.
func (a *account) wait(accruing days) (lines []Line, due decimal.Decimal) {
	month := a.month.Month.Days()
	waited := make([]decimal.Decimal, len(a.stretch))
	whole := number(month)
	for i, s := range a.stretch {
		n, scale := (accruing & s.days).count(), month
		switch {
		case a.terms.Basis == ByDays:
			waited[i] = number((accruing & s.days &^ a.worked).count())
			continue
		case n == month: // all of it, so the only stretch: no fraction is needed
			n, scale = 1, 1
		}
		waited[i] = a.hoursOf(n, s.worked, scale)
		whole = a.terms.Divisor.Mul(number(scale))
	}
	level(waited)
	lines = make([]Line, 0, len(a.stretch)+2)
	for i, s := range a.stretch {
		l := newLine(LineWaiting, s.span, s.monthly, waited[i], whole, a.book.waiting.Cites)
		lines = append(lines, l)
		due = due.Add(l.Amount)
	}
	return lines, due
}

// hoursOf returns the hours of n days less those worked, times scale, the days of the
// month.
func (a *account) hoursOf(n int, worked decimal.Decimal, scale int) decimal.Decimal {
	monthly := a.terms.Divisor
	if a.terms.MonthlyHours != nil {
		monthly = *a.terms.MonthlyHours
	}
	return monthly.Mul(number(n)).Sub(worked.Mul(number(scale)))
}

func number(n int) decimal.Decimal { return decimal.New(int64(n), 0) }

// level sets the hours worked beyond a stretch's share against the stretches after
// it, then against those before: what waits is the month's, never below nothing.
func level(waited []decimal.Decimal) {
	var over decimal.Decimal
	settle := func(i int) {
		waited[i] = waited[i].Add(over)
		over = decimal.Decimal{}
		if waited[i].IsNegative() {
			waited[i], over = over, waited[i]
		}
	}
	for i := range waited {
		settle(i)
	}
	for i := range slices.Backward(waited) {
		settle(i)
	}
}

// emptyLines adds a line of 0.00 for each run of days.
func (a *account) emptyLines(k LineKind, d days, cites []law.Citation) {
	for _, s := range a.spans(d) {
		a.out.Lines = append(a.out.Lines, Line{Kind: k, Span: s, Cites: cites})
	}
}

// byTime returns what part of a payment is for the time after a refusal, measured in
// the time paid for: hours, or days not worked.
func (a *account) byTime(paid decimal.Decimal, accruing, after days) decimal.Decimal {
	share, whole := number((accruing & after &^ a.worked).count()), number((accruing &^ a.worked).count())
	if a.terms.Basis == ByHours {
		month := a.month.Month.Days()
		whole = a.hoursOf(accruing.count(), a.sum(a.live), month)
		share = a.hoursOf((accruing & after).count(), a.sum(a.live&after), month)
	}
	if !whole.IsPositive() || !share.IsPositive() {
		return decimal.Decimal{}
	}
	return paid.Mul(decimal.Min(share, whole)).DivRound(whole, 2)
}
