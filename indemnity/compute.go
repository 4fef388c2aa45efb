package indemnity

import (
	"slices"
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Compute answers what is due for one month. The error is a [law.InputError]: a fact
// without which nothing can be computed is missing, or a value is out of bounds.
func Compute(c Case) (Statement, error) {
	terms := &c.Terms
	if err := terms.validate(); err != nil {
		return Statement{}, err
	}
	return compute(terms, &c.Month, nil)
}

// ComputeMonths answers for months in order, gaps allowed: impediments reach from one
// into the next. The path of an error in a month begins with its place in the list;
// findings are placed in their own month.
func ComputeMonths(t Terms, months []Month) ([]Statement, error) {
	if err := t.validate(); err != nil {
		return nil, err
	}
	list := make([]Statement, len(months))
	var earlier []Impediment
	for i := range months {
		m, place := &months[i], "/"+strconv.Itoa(i)
		if i > 0 && m.Month != (law.Month{}) && m.Month.Span().First <= months[i-1].Month.Span().First {
			return nil, law.At(value("/month", "not after the month before it", "non è successivo al mese precedente"), place)
		}
		earlier = stillOfUse(earlier, m.Month.Span().First)
		s, err := compute(&t, m, earlier)
		if err != nil {
			return nil, law.At(err, place)
		}
		list[i] = s
		earlier = append(earlier, m.Impediments...)
	}
	return list, nil
}

// stillOfUse drops the impediments that cannot touch a month or a later one, so that no
// month costs more for those before it. Of several that are still running, and of which
// the same is known, two say all that more would: that they run since the earliest day,
// and that they overlap.
func stillOfUse(list []Impediment, month date.Date) []Impediment {
	running := map[law.Answer][]*Impediment{}
	kept := list[:0]
	for _, x := range list {
		if !x.Open() {
			if x.Last >= month-lead {
				kept = append(kept, x)
			}
			continue
		}
		like := running[x.Notified]
		if len(like) == 2 {
			like[0].First = min(like[0].First, x.First)
			continue
		}
		kept = append(kept, x)
		running[x.Notified] = append(like, &kept[len(kept)-1])
	}
	return kept
}

func compute(t *Terms, m *Month, earlier []Impediment) (Statement, error) {
	a := account{terms: t, month: m, earlier: earlier, silent: -1, amounts: amounts{refusal: -1}}
	if err := a.read(); err != nil {
		return Statement{}, err
	}
	if a.live != 0 && t.Duty == law.Yes {
		a.mark()
		a.amounts = a.reckon()
	}
	out := a.statement()
	out.Judgment = law.Judge(law.Stale(law.Ask(make(law.Checks, 0, 10), table, &a), a.on))
	return out, nil
}

// amounts is all that is computed of a month, before any rule is asked.
type amounts struct {
	price                     // of the last day
	hourly    decimal.Decimal // to four decimals
	below     *BelowFloor     // the first pay of which the agreed share is too small
	unknown   []string        // places of the pays that do not say what additional months bring
	lines     []Line          // the waiting, to which statement adds the others
	due       decimal.Decimal
	dueLate   decimal.Decimal // with forfeits counted from the day after the impediment
	refusal   int             // place of the first refusal without good reason, -1
	paid      decimal.Decimal // of which a share is returned
	returned  Line            // zero when nothing is
	byTimeDue decimal.Decimal // what would be returned by the time paid for
}

// reckon computes a month with a duty to answer. It changes nothing.
func (a *account) reckon() amounts {
	r := amounts{refusal: -1}
	stretches := a.measure(&r)
	accruing := a.live &^ (a.impeded | a.lost)
	r.lines, r.due = a.wait(stretches, accruing)
	r.dueLate = r.due
	if late := a.live &^ (a.impeded | a.lostLate); late != accruing {
		_, r.dueLate = a.wait(stretches, late)
	}
	for i, x := range a.month.Refusals {
		if x.Justified == law.No && (r.refusal < 0 || x.Day < a.month.Refusals[r.refusal].Day) {
			r.refusal = i
		}
	}
	if r.refusal >= 0 {
		a.giveBack(&r, accruing)
	}
	return r
}

// giveBack computes what a refusal without good reason returns: the share of what was
// paid that is for the days after it, among those on which the indemnity accrued. By the
// other reading the share is of the time paid for.
func (a *account) giveBack(r *amounts, accruing days) {
	if r.paid = r.due; a.month.Paid != nil {
		r.paid = law.Cents(*a.month.Paid)
	}
	rest := law.Span{First: a.month.Refusals[r.refusal].Day + 1, Last: a.span.Last}
	after := a.set(rest) // none after a refusal on the last day
	r.byTimeDue = a.byTime(r.paid, accruing, after)
	if after &= accruing; after != 0 {
		cited, _ := refusal.On(a.on)
		r.returned = newLine(LineRestitution, rest, r.paid, number(after.count()), number(accruing.count()), cited.Cites())
	}
}

// statement writes down what was computed.
func (a *account) statement() Statement {
	s := Statement{
		Month: a.month.Month, Base: euro(a.base), Floor: euro(a.floor), Monthly: euro(a.monthly), Hourly: Share{a.hourly},
		Lines: a.lines, Due: euro(a.due), Restitution: euro(a.returned.Amount.Decimal),
	}
	switch {
	case a.live == 0:
	case a.terms.Duty == law.No:
		cited, _ := duty.On(a.on)
		s.Lines = []Line{{Kind: LineWaiting, Span: a.span, Cites: cited.Cites()}}
	default:
		s.Lines = a.addEmpty(s.Lines, LineImpediment, a.impeded, &impediment)
		s.Lines = a.addEmpty(s.Lines, LineForfeit, a.lost, &forfeit)
		if a.returned.Kind != 0 {
			s.Lines = append(s.Lines, a.returned)
		}
		if a.due.IsPositive() {
			s.Contributions = notes.Value(a.on)
		}
	}
	if s.Lines == nil {
		s.Lines = []Line{}
	}
	if a.hourly.IsZero() {
		s.Hourly = Share{decimal.New(0, -hourlyPlaces)}
	}
	return s
}

// addEmpty adds a line of 0.00 for each run of days.
func (a *account) addEmpty(lines []Line, k LineKind, d days, r *law.Rule) []Line {
	if d == 0 {
		return lines
	}
	cited, _ := r.On(a.on)
	for _, s := range a.spans(d) {
		lines = append(lines, Line{Kind: k, Span: s, Cites: cited.Cites()})
	}
	return lines
}

// price is what the agreement and the decree make of a full month.
type price struct{ base, floor, monthly decimal.Decimal }

// stretch is a run of days with the same month's indemnity.
type stretch struct {
	span    law.Span
	days    days
	monthly decimal.Decimal
	worked  decimal.Decimal // hours
}

// hourlyPlaces are the decimals of the hourly share that is shown.
const hourlyPlaces = 4

// measure gives each stretch of equal pay its month, and r the price of the last day.
func (a *account) measure(r *amounts) []stretch {
	list := make([]stretch, 0, 2)
	starts := a.changes()
	for first := range a.in(starts) {
		pay, place := a.terms.payOn(first)
		r.price = a.priceOf(pay, floorShare.Value(first), &r.below)
		if !pay.known() {
			r.unknown = append(r.unknown, place+"/extra_months")
		}
		if n := len(list); n == 0 || !list[n-1].monthly.Equal(r.monthly) {
			list = append(list, stretch{span: law.Span{First: first}, monthly: r.monthly})
		}
	}
	for i := range list {
		s := &list[i]
		if s.span.Last = a.span.Last; i+1 < len(list) {
			s.span.Last = list[i+1].span.First - 1
		}
		s.days = a.set(s.span)
		s.worked = a.sum(s.days)
	}
	r.hourly = r.monthly.DivRound(*a.terms.Divisor, hourlyPlaces)
	return list
}

// changes returns the first day and those on which the pay or the decree changes.
func (a *account) changes() days {
	starts := a.set(law.OneDay(a.span.First))
	for _, c := range a.terms.PayFrom[a.terms.changesTo(a.span.First):a.terms.changesTo(a.span.Last)] {
		starts |= a.set(law.OneDay(c.From))
	}
	before, _ := floorShare.At(a.span.First)
	if after, _ := floorShare.At(a.span.Last); after.From != before.From {
		for _, e := range floorShare.All() {
			starts |= a.set(law.OneDay(e.From))
		}
	}
	return starts & a.live
}

// priceOf prices a month: the agreed share of the base, or the decree's where that is
// more.
func (a *account) priceOf(p *Pay, share decimal.Decimal, below **BelowFloor) price {
	base := p.total()
	least := law.Cents(base.Mul(share))
	if a.terms.Rate == nil {
		return price{base, least, least}
	}
	agreed := law.Cents(base.Mul(*a.terms.Rate))
	if a.terms.Rate.Cmp(share) >= 0 {
		return price{base, least, agreed}
	}
	if *below == nil {
		*below = &BelowFloor{Share{*a.terms.Rate}, Share{share}, euro(agreed), euro(least)}
	}
	return price{base, least, least}
}

// sum adds up the hours worked on the days of a set.
func (a *account) sum(set days) decimal.Decimal {
	total := int64(0)
	for day := range a.in(set & a.timed) {
		total += a.hours[day-a.zero]
	}
	return decimal.New(total, -6).Normalize()
}

// wait returns the waiting lines when the indemnity accrues on the given days, and
// their sum.
func (a *account) wait(stretches []stretch, accruing days) (lines []Line, due decimal.Decimal) {
	month := a.month.Month.Days()
	waited := make([]decimal.Decimal, len(stretches))
	whole := number(month)
	for i, s := range stretches {
		n, scale := (accruing & s.days).count(), month
		switch {
		case a.terms.Basis == ByDays:
			waited[i] = number((accruing & s.days &^ a.worked).count())
			continue
		case n == month: // all of it, so the only stretch: no fraction is needed
			n, scale = 1, 1
		}
		waited[i] = a.hoursOf(n, s.worked, scale)
		whole = *a.terms.Divisor
		if scale != 1 {
			whole = whole.Mul(number(scale))
		}
	}
	level(waited)
	cited, _ := waiting.On(a.on)
	lines = make([]Line, 0, len(stretches)+2)
	for i, s := range stretches {
		l := newLine(LineWaiting, s.span, s.monthly, waited[i], whole, cited.Cites())
		lines = append(lines, l)
		due = due.Add(l.Amount.Decimal)
	}
	return lines, due
}

// hoursOf returns the hours of n days less those worked, times scale, the days of the
// month.
func (a *account) hoursOf(n int, worked decimal.Decimal, scale int) decimal.Decimal {
	monthly := a.terms.Divisor
	if a.terms.MonthlyHours != nil {
		monthly = a.terms.MonthlyHours
	}
	if n == 1 && scale == 1 {
		return monthly.Sub(worked)
	}
	return monthly.Mul(number(n)).Sub(worked.Mul(number(scale)))
}

func number(n int) decimal.Decimal { return decimal.New(int64(n), 0) }

// level sets the hours worked beyond the share of one stretch against the stretches
// after it, then against those before. The waiting of the month is never negative.
func level(waited []decimal.Decimal) {
	var over decimal.Decimal
	settle := func(i int) {
		if !over.IsZero() {
			waited[i], over = waited[i].Add(over), decimal.Decimal{}
		}
		if waited[i].IsNegative() {
			waited[i], over = decimal.Decimal{}, waited[i]
		}
	}
	for i := range waited {
		settle(i)
	}
	for i := range slices.Backward(waited) {
		settle(i)
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
