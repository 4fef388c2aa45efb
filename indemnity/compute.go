package indemnity

import (
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
)

// Compute answers what is due for one month. The error is a [law.InputError]: a fact
// without which nothing can be computed is missing, or a value is out of bounds.
func Compute(t Terms, m Month) (Statement, error) {
	if err := t.validate(); err != nil {
		return Statement{}, err
	}
	return compute(&t, &m, nil)
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
			return nil, value(place+"/month", "not after the month before it")
		}
		s, err := compute(&t, m, earlier)
		if err != nil {
			return nil, law.At(err, place)
		}
		list[i] = s
		earlier = append(earlier, m.Impediments...)
	}
	return list, nil
}

func compute(t *Terms, m *Month, earlier []Impediment) (Statement, error) {
	a := account{terms: t, month: m, earlier: earlier, silent: -1}
	if err := a.read(); err != nil {
		return Statement{}, err
	}
	checks := make(law.Checks, 0, 10)
	b := &a.book
	switch {
	case a.on < firstDay:
		checks = a.all(checks, law.NotInForce)
	case t.Duty == law.No && a.live != 0:
		a.out.Lines = []Line{{Kind: LineWaiting, Span: a.span, Cites: b.duty.Cites}}
		checks = a.all(checks, law.NotApplicable)
		checks[0] = a.duty()
	case a.live == 0:
		checks = a.all(checks, law.NotApplicable)
	default:
		a.measure(floorShare)
		a.mark()
		checks = append(checks, a.duty(), a.floor(), a.waiting())
		checks = a.impediment(checks)
		checks = a.forfeit(checks)
		checks = a.refusal(checks)
		checks = append(checks, a.contributions(), b.topUp.NotApplicable(a.on))
	}
	a.out.Month = m.Month
	a.out.Judgment = law.Judge(law.Stale(checks, a.on))
	return a.out, nil
}

// all gives every rule the same outcome.
func (a *account) all(checks law.Checks, outcome law.Outcome) law.Checks {
	for _, r := range a.book.rules() {
		checks = append(checks, law.Check{Rule: r.ID, Outcome: outcome, On: a.on, Cites: r.Cites})
	}
	return checks
}

// decide adds the checks of a rule about events: what is open, what failed; else
// that it was kept, or that nothing happened.
func (a *account) decide(checks law.Checks, r *law.Rule, happened bool, needs []string, failed *law.Check) law.Checks {
	if len(needs) > 0 {
		checks = append(checks, r.Undetermined(a.on, needs...))
	}
	switch {
	case failed != nil:
		checks = append(checks, *failed)
	case len(needs) > 0:
	case happened:
		checks = append(checks, r.Pass(a.on))
	default:
		checks = append(checks, r.NotApplicable(a.on))
	}
	return checks
}

// duty: an indemnity is due only where the contract binds the worker to answer
// (art. 13, c. 4). Where it does not, none is paid.
func (a *account) duty() law.Check {
	r, paid := &a.book.duty, a.month.Paid
	switch {
	case a.terms.Duty == law.Yes:
		return r.Pass(a.on)
	case paid != nil && paid.IsPositive():
		return r.Fail(law.Advice, a.on, "/paid", Unbound{*paid})
	default:
		return r.NotApplicable(a.on)
	}
}

// floor: the agreed share is at least the decree's (art. 16, c. 1; d.m. 10.3.2004,
// artt. 1 and 2).
func (a *account) floor() law.Check {
	r := &a.book.floor
	switch {
	case a.below != nil:
		return r.Fail(law.Breach, a.on, "/rate", *a.below)
	case len(a.unknown) > 0:
		return r.Undetermined(a.on, a.unknown...)
	default:
		return r.Pass(a.on)
	}
}

// waiting: due for the time of waiting, by hourly shares or days, not for the time
// worked (art. 13, c. 4; art. 16, c. 1; d.m. 10.3.2004, art. 3).
func (a *account) waiting() law.Check {
	r, paid := &a.book.waiting, a.month.Paid
	a.out.Lines, a.out.Due = a.wait(a.live &^ (a.impeded | a.lost))
	if a.out.Due.IsPositive() {
		a.out.Contributions = a.book.notes
	}
	if paid != nil && !law.Cents(*paid).Equal(a.out.Due) {
		return r.Fail(law.Advice, a.on, "/paid", Mispaid{*paid, a.out.Due})
	}
	return r.Pass(a.on)
}

// impediment: the worker tells the employer at once, and for how long; meanwhile
// nothing accrues, told or not (art. 16, c. 4).
func (a *account) impediment(checks law.Checks) law.Checks {
	r := &a.book.impediment
	a.emptyLines(LineImpediment, a.impeded, r.Cites)
	var needs []string
	var silent *law.Check
	for i := range a.stops() {
		x, path, its := a.stop(i)
		switch {
		case its&a.live == 0 || x.Notified == law.Yes:
		case x.Notified == law.Unknown:
			needs = append(needs, path+"/notified")
		case silent == nil:
			c := r.Fail(law.Advice, a.on, path, Unnotified{x.Span})
			silent = &c
		}
	}
	return a.decide(checks, r, a.impeded != 0, needs, silent)
}

// forfeit: an impediment not notified costs the right for a number of days, unless
// the contract says otherwise (art. 16, c. 4, second sentence). The comma does not say
// from when.
func (a *account) forfeit(checks law.Checks) law.Checks {
	r := &a.book.forfeit
	a.emptyLines(LineForfeit, a.lost, r.Cites)
	var needs []string
	for i := range a.stops() {
		x, path, its := a.stop(i)
		if x.Notified == law.Unknown && a.terms.Forfeit != law.No && a.reaches(its) {
			needs = append(needs, path+"/notified")
		}
	}
	if a.lost|a.lostLate == 0 {
		return a.decide(checks, r, a.impeded != 0, needs, nil)
	}
	_, late := a.wait(a.live &^ (a.impeded | a.lostLate))
	f := Forfeited{a.forfeitDays(), a.spans(a.lost), a.out.Due, a.spans(a.lostLate), late}
	_, path, _ := a.stop(a.silent)
	failed := r.Fail(law.Advice, a.on, path, f)
	if !late.Equal(a.out.Due) {
		failed = r.Fail(law.Doubt, a.on, path, f, a.book.fromEnd...)
	}
	return a.decide(checks, r, true, needs, &failed)
}

// refusal: a refusal without good reason gives back the share paid for the time after
// it (art. 16, c. 5). The comma does not say how the share is taken.
func (a *account) refusal(checks law.Checks) law.Checks {
	r := &a.book.refusal
	var needs []string
	at := -1
	for i, x := range a.month.Refusals {
		switch {
		case x.Justified == law.Unknown:
			needs = append(needs, "/refusals/"+strconv.Itoa(i)+"/justified")
		case x.Justified == law.No && (at < 0 || x.Day < a.month.Refusals[at].Day):
			at = i
		}
	}
	if at < 0 {
		return a.decide(checks, r, len(a.month.Refusals) > 0, needs, nil)
	}
	f := Refused{Day: a.month.Refusals[at].Day, Paid: a.out.Due}
	if a.month.Paid != nil {
		f.Paid = *a.month.Paid
	}
	accruing := a.live &^ (a.impeded | a.lost)
	rest := law.Span{First: f.Day + 1, Last: a.span.Last} // none after a refusal on the last day
	if after := accruing & a.set(rest); after != 0 {
		l := newLine(LineRestitution, rest, f.Paid, number(after.count()), number(accruing.count()), r.Cites)
		a.out.Lines = append(a.out.Lines, l)
		f.Returned, a.out.Restitution = l.Amount, l.Amount
	}
	f.IfByTime = a.byTime(f.Paid, accruing, a.set(rest))
	path := "/refusals/" + strconv.Itoa(at)
	failed := r.Fail(law.Advice, a.on, path, f)
	if !f.IfByTime.Equal(f.Returned) {
		failed = r.Fail(law.Doubt, a.on, path, f, a.book.byTime...)
	}
	return a.decide(checks, r, true, needs, &failed)
}

// contributions: they are paid on the actual amount, without a minimum (art. 16,
// c. 2 and 3). The statement says so; what it was not told, it does not judge.
func (a *account) contributions() law.Check {
	r, f := &a.book.contributions, Miscontributed{Actual: a.out.Due}
	if a.month.Paid != nil {
		f.Actual = law.Cents(*a.month.Paid)
	}
	if a.month.ContributionBase == nil {
		if a.out.Due.IsZero() {
			return r.NotApplicable(a.on)
		}
		return r.Pass(a.on)
	}
	f.Base = law.Cents(*a.month.ContributionBase)
	switch f.Base.Cmp(f.Actual) {
	case 0:
		return r.Pass(a.on)
	case -1:
		return r.Fail(law.Breach, a.on, "/contribution_base", f)
	default:
		return r.Fail(law.Advice, a.on, "/contribution_base", f)
	}
}
