package indemnity

import (
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
)

// open returns a rule as it is cited on the month's day, and whether it has something
// to judge. Where it has not, the check that says why is appended.
func (a *account) open(checks law.Checks, r *law.Rule) (law.CitedRule, law.Checks, bool) {
	cited, inForce := r.On(a.on)
	switch {
	case !inForce:
		return cited, append(checks, cited.NotInForce(a.on)), false
	case a.live == 0 || a.terms.Duty != law.Yes:
		return cited, append(checks, cited.NotApplicable(a.on)), false
	default:
		return cited, checks, true
	}
}

// judged appends the checks of a rule about events: what is open, and what failed; else
// that the rule was kept, or that nothing happened.
func (a *account) judged(checks law.Checks, r law.CitedRule, happened bool, needs []string, failed *law.Check) law.Checks {
	if len(needs) > 0 {
		checks = append(checks, r.Undetermined(a.on, needs...))
	}
	switch {
	case failed != nil:
		return append(checks, *failed)
	case len(needs) > 0:
		return checks
	case happened:
		return append(checks, r.Pass(a.on))
	default:
		return append(checks, r.NotApplicable(a.on))
	}
}

// askDuty: an indemnity is due only where the contract binds the worker to answer
// (art. 13, c. 4). Where it does not, none is paid.
func askDuty(checks law.Checks, a *account) law.Checks {
	r, inForce := duty.On(a.on)
	paid := a.month.Paid
	switch {
	case !inForce:
		return append(checks, r.NotInForce(a.on))
	case a.live == 0:
		return append(checks, r.NotApplicable(a.on))
	case a.terms.Duty == law.Yes:
		return append(checks, r.Pass(a.on))
	case paid != nil && paid.IsPositive():
		return append(checks, r.Fail(law.Advice, a.on, "/paid", Unbound{euro(*paid)}))
	default:
		return append(checks, r.NotApplicable(a.on))
	}
}

// askFloor: the agreed share is at least the decree's (art. 16, c. 1; d.m. 10.3.2004,
// artt. 1 and 2).
func askFloor(checks law.Checks, a *account) law.Checks {
	r, checks, open := a.open(checks, &floor)
	switch {
	case !open:
		return checks
	case a.below != nil:
		return append(checks, r.Fail(law.Breach, a.on, "/rate", *a.below))
	case len(a.unknown) > 0:
		return append(checks, r.Undetermined(a.on, a.unknown...))
	default:
		return append(checks, r.Pass(a.on))
	}
}

// askWaiting: the indemnity is due for the time of waiting, by hourly shares or days,
// not for the time worked (art. 13, c. 4; art. 16, c. 1; d.m. 10.3.2004, art. 3).
func askWaiting(checks law.Checks, a *account) law.Checks {
	r, checks, open := a.open(checks, &waiting)
	paid := a.month.Paid
	switch {
	case !open:
		return checks
	case paid != nil && !law.Cents(*paid).Equal(a.due):
		return append(checks, r.Fail(law.Advice, a.on, "/paid", Mispaid{euro(*paid), euro(a.due)}))
	default:
		return append(checks, r.Pass(a.on))
	}
}

// askImpediment: the worker tells the employer at once, and for how long; meanwhile
// nothing accrues, whether the employer was told or not (art. 16, c. 4).
func askImpediment(checks law.Checks, a *account) law.Checks {
	r, checks, open := a.open(checks, &impediment)
	if !open {
		return checks
	}
	inMonth := func(its days) bool { return its&a.live != 0 }
	var silent *law.Check
	for i := range a.stops() {
		if x, its := a.stop(i); x.Notified == law.No && inMonth(its) {
			c := r.Fail(law.Advice, a.on, a.stopAt(i, ""), Unnotified{x.Span})
			silent = &c
			break
		}
	}
	return a.judged(checks, r, a.impeded != 0, a.needsNotice(inMonth), silent)
}

// askForfeit: an impediment not notified costs the right for a number of days, unless
// the contract says otherwise (art. 16, c. 4, second sentence). The comma does not say
// from when.
func askForfeit(checks law.Checks, a *account) law.Checks {
	r, checks, open := a.open(checks, &forfeit)
	if !open {
		return checks
	}
	var needs []string
	if a.terms.Forfeit != law.No {
		needs = a.needsNotice(a.reaches)
	}
	if a.lost|a.lostLate == 0 {
		return a.judged(checks, r, a.impeded != 0, needs, nil)
	}
	first, _ := a.stop(a.silent)
	f := Forfeited{
		Days: forfeitDays.Value(first.First), Joined: a.joined,
		Lost: a.spans(a.lost), Due: euro(a.due), LostAfter: a.spans(a.lostLate), DueIfAfter: euro(a.dueLate),
	}
	failed := r.Fail(law.Advice, a.on, a.stopAt(a.silent, ""), f)
	if !a.dueLate.Equal(a.due) {
		failed = r.Fail(law.Doubt, a.on, a.stopAt(a.silent, ""), f, fromEnd.Value(a.on)...)
	}
	return a.judged(checks, r, true, needs, &failed)
}

// askRefusal: a refusal without good reason gives back the share paid for the time after
// it (art. 16, c. 5). The comma does not say how the share is taken. From 13 August 2022
// a worker may refuse without harm what the employer may not impose (d.lgs. 104/2022,
// art. 9, c. 1 and 2).
func askRefusal(checks law.Checks, a *account) law.Checks {
	r, checks, open := a.open(checks, &refusal)
	if !open {
		return checks
	}
	var needs []string
	for i, x := range a.month.Refusals {
		if x.Justified == law.Unknown {
			needs = append(needs, "/refusals/"+strconv.Itoa(i)+"/justified")
		}
	}
	if a.refusal < 0 {
		return a.judged(checks, r, len(a.month.Refusals) > 0, needs, nil)
	}
	day, place := a.month.Refusals[a.refusal].Day, "/refusals/"+strconv.Itoa(a.refusal)
	f := Refused{
		Day: day, Paid: euro(a.paid), Returned: a.returned.Amount, IfByTime: euro(a.byTimeDue),
		Protected: freeRefusal.Value(day),
	}
	failed := r.Fail(law.Advice, a.on, place, f)
	if !f.IfByTime.Equal(f.Returned.Decimal) {
		failed = r.Fail(law.Doubt, a.on, place, f, byTime.Value(a.on)...)
	}
	return a.judged(checks, r, true, needs, &failed)
}

// askContributions: they are paid on the actual amount, without a minimum (art. 16,
// c. 2 and 3). The rule does not judge what it was not told.
func askContributions(checks law.Checks, a *account) law.Checks {
	r, checks, open := a.open(checks, &contributions)
	if !open {
		return checks
	}
	actual := a.due
	if a.month.Paid != nil {
		actual = law.Cents(*a.month.Paid)
	}
	if a.month.ContributionBase == nil {
		return a.judged(checks, r, !a.due.IsZero(), nil, nil)
	}
	base, severity := law.Cents(*a.month.ContributionBase), law.Advice
	switch base.Cmp(actual) {
	case 0:
		return append(checks, r.Pass(a.on))
	case -1:
		severity = law.Breach
	}
	return append(checks, r.Fail(severity, a.on, "/contribution_base", Miscontributed{euro(base), euro(actual)}))
}

// askTopUp: the worker may pay contributions on what a week lacks of the conventional
// pay (art. 16, c. 6; d.m. 30.12.2004). A month says nothing of its weeks.
func askTopUp(checks law.Checks, a *account) law.Checks {
	if a.week == nil {
		r, inForce := topUp.On(a.on)
		if !inForce {
			return append(checks, r.NotInForce(a.on))
		}
		return append(checks, r.NotApplicable(a.on))
	}
	w := a.week
	r, _ := topUp.On(max(w.on, topUp.Cites.First())) // the first year counts as a whole
	switch {
	case w.requestBy == 0:
		return append(checks, r.NotInForce(w.on))
	case !w.known:
		return append(checks, r.Undetermined(w.on, "/minimum_pension"))
	case w.lacking.IsZero():
		return append(checks, r.Pass(w.on))
	default:
		return append(checks, r.Fail(law.Advice, w.on, "/week/pay",
			BelowParameter{euro(w.pay), euro(w.parameter), euro(w.lacking), w.requestBy}))
	}
}
