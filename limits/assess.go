package limits

import (
	"encoding/json"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Question asks whether one day may be worked: limits.assess of the decision
// protocol.
type Question struct {
	Worked         Ledger    `json:"worked,omitzero"` // see [History]
	Presumed       Ledger    `json:"presumed,omitzero"`
	AcrossMidnight Ledger    `json:"across_midnight,omitzero"`
	On             date.Date `json:"on"` // the day asked; it need not have been worked
	Employer       Employer  `json:"employer,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *Question) UnmarshalJSON(b []byte) error {
	type plain Question
	return law.Decode(b, (*plain)(q))
}

// Assessment is the answer for one day.
type Assessment struct {
	law.Judgment
	Window  law.Span `json:"window"`       // [Window] of the day
	Worked  int      `json:"worked"`       // days of work in the window before the day
	Counted int      `json:"counted"`      // the same in the strictest reading
	Cap     int      `json:"cap,omitzero"` // 0 before the law
	// Capped is false for an exempt employer and before the law; Remaining, NextFree
	// and Leaving then mean nothing and are not written.
	Capped    bool      `json:"-"`
	Remaining int       `json:"-"`                  // days still free on the day, itself included
	NextFree  date.Date `json:"next_free,omitzero"` // see [History.NextFree]
	Leaving   Ledger    `json:"leaving,omitzero"`   // counted days that leave the window by NextFree
	Converted date.Date `json:"converted,omitzero"` // first worked day over the cap in its own window, whenever it was
}

// MarshalJSON writes the form of the decision protocol.
func (a Assessment) MarshalJSON() ([]byte, error) {
	type plain Assessment
	out := struct {
		plain
		Remaining *int `json:"remaining"`
	}{plain: plain(a)}
	if a.Capped {
		out.Remaining = &a.Remaining
	}
	return json.Marshal(out)
}

// Assess answers a question. The error is an [law.InputError]: the day is missing,
// or the employer's code is not one ([Employer.Validate]).
func Assess(q Question) (Assessment, error) {
	if q.On == 0 {
		return Assessment{}, law.Missing("/on")
	}
	if err := q.Employer.Validate(); err != nil {
		return Assessment{}, law.At(err, "/employer")
	}
	return History{q.Worked, q.Presumed, q.AcrossMidnight}.Assess(q.On, q.Employer), nil
}

// Assess answers whether one day may be worked. Worked days later than that day
// have no part in its count. Nothing is determined for the zero day; a code that
// is not one counts as unknown.
func (h History) Assess(on date.Date, e Employer) Assessment {
	if on == 0 {
		return Assessment{Judgment: law.Judge(law.Checks{
			daysCap.Undetermined(0, "/on"), firstDay.Undetermined(0, "/on"),
			sectorExemption.Undetermined(0, "/on"), conversion.Undetermined(0, "/on"),
		})}
	}
	a := Assessment{Window: Window(on)}
	q := inquiry{path: "/on", first: on, last: on, until: on, employer: e, history: h}
	if on >= lawFrom {
		effective, strict := h.effective(), h.strict()
		safe, first := reading{strict.days, lawFrom}, a.Window.First
		a.Cap, a.Worked, a.Counted = capOn(on), effective.between(first, on), safe.between(first, on)
		if q.exempt = e.Exempt(); q.exempt != law.Yes {
			spills := h.AcrossMidnight.Has(on) && !h.counts(on+1)
			q.over.effective = ifOver(on, a.Worked >= a.Cap)
			q.over.strict = ifOver(on, strict.between(first, on) >= a.Cap || spills && strict.runsOver(on))
			q.over.safe = ifOver(on, a.Counted >= a.Cap || spills && safe.runsOver(on))
			q.convert(effective, safe)
			a.Capped, a.Remaining, a.NextFree, a.Converted = true, max(0, a.Cap-a.Counted), on, q.converted.effective
			if a.Remaining == 0 {
				a.NextFree, a.Leaving = safe.free(on)
			}
		}
	}
	a.Judgment = law.Judge(q.checks())
	return a
}

func ifOver(d date.Date, over bool) date.Date {
	if over {
		return d
	}
	return 0
}

// inquiry gathers what the rules decide on.
type inquiry struct {
	path        string
	first, last date.Date // the days asked about; zero when there are none
	until       date.Date // a conversion after this day is not yet one; zero: no bound
	employer    Employer
	exempt      law.Answer
	over        days // the first day asked about that is over the cap
	converted   days // the first worked day over the cap
	history     History
	planned     Ledger // the plan, if there is one
	long        Ledger // planned days whose shifts run across midnight, and others
}

// priorTo returns the history with the planned days before d, the first that is
// over the cap: so far all of them fitted.
func (q *inquiry) priorTo(d date.Date) History {
	return q.history.working(q.planned.Within(law.Span{First: earliest, Last: d - 1}), q.long)
}

// days are one day by reading: administrative, stricter, and stricter with the
// law's first day counted. Zero is none.
type days struct{ effective, strict, safe date.Date }

// convert finds the days on which the relationship converted.
func (q *inquiry) convert(effective, safe reading) {
	q.converted.effective = effective.firstOver()
	q.converted.safe = q.converted.effective
	if safe.days.n != effective.days.n || safe.days.Has(lawFrom) {
		q.converted.safe = safe.firstOver()
	}
}

// checks asks every rule.
func (q *inquiry) checks() law.Checks {
	checks := make(law.Checks, 0, 6) // four rules, and up to two advices
	if q.last != 0 && q.last < lawFrom {
		return inTime(append(checks, daysCap.NotInForce(q.last), firstDay.NotInForce(q.last),
			sectorExemption.NotInForce(q.last), conversion.NotInForce(q.last)))
	}
	checks = append(checks, q.daysCap(), q.firstDay())
	checks = q.sectorExemption(checks)
	return law.Stale(inTime(append(checks, q.conversion())), q.last)
}

// daysCap: at most 400 days of work in the three years that end on the day, the
// day itself among them; art. 13 c. 3 of d.lgs. 81/2015.
func (q *inquiry) daysCap() law.Check {
	switch {
	case q.exempt == law.Yes || q.last == 0:
		return daysCap.NotApplicable(q.last)
	case q.over.strict == 0:
		return daysCap.Pass(q.last)
	case q.exempt == law.Unknown:
		return daysCap.Undetermined(q.over.strict, q.employer.needs()...)
	case q.over.effective != 0:
		d := q.over.effective
		e, _ := capDays.At(d)
		return daysCap.Fail(law.Breach, d, q.path, q.priorTo(d).exceeded(d), e.Cites...)
	}
	x := q.priorTo(q.over.strict).exceeded(q.over.strict)
	cites := presumedCites
	switch {
	case x.Presumed == 0:
		cites = midnightCites
	case x.AfterMidnight > 0:
		cites = presumedMidnightCites
	}
	return daysCap.Fail(law.Doubt, q.over.strict, q.path, x, cites...)
}

// firstDay: only days worked after the law came into force count, so from the day
// after for the Ministry, from that day for others; art. 7 c. 3 of d.l. 76/2013.
func (q *inquiry) firstDay() law.Check {
	switch {
	case q.exempt == law.Yes || q.last == 0 || q.first >= alike:
		return firstDay.NotApplicable(q.last)
	case q.over.safe == q.over.strict:
		return firstDay.Pass(q.last)
	case q.exempt == law.Unknown:
		return firstDay.Undetermined(q.over.safe, q.employer.needs()...)
	}
	day, r := q.over.safe, q.priorTo(q.over.safe).safe()
	if r.fits(day) {
		day, r = day+1, r.with(day)
	}
	return firstDay.Fail(law.Doubt, q.over.safe, q.path, EarlyDay{lawFrom, r.before(day) + 1, capOn(day)})
}

// sectorExemption: the cap leaves tourism, public establishments and entertainment
// alone; art. 13 c. 3 of d.lgs. 81/2015 as Interpello 26/2014 reads it. It is open
// only where something hangs on it.
func (q *inquiry) sectorExemption(checks law.Checks) law.Checks {
	switch q.exempt {
	case law.Yes:
		checks = append(checks, sectorExemption.Pass(q.last))
		if q.employer.onShippedList() {
			checks = append(checks, sectorExemption.Fail(law.Advice, q.last, "/employer/ateco",
				WorkingList{q.employer.ATECOVersion}, listCites...))
		}
		return checks
	case law.Unknown:
		if q.over.safe != 0 || q.by(q.converted.safe) {
			return append(checks, sectorExemption.Undetermined(q.last, q.employer.needs()...))
		}
	}
	return append(checks, sectorExemption.NotApplicable(q.last))
}

// conversion: once the cap is exceeded the relationship is full-time and
// open-ended; art. 13 c. 3 of d.lgs. 81/2015. From that day, by circ. 35/2013.
func (q *inquiry) conversion() law.Check {
	effective, safe := q.by(q.converted.effective), q.by(q.converted.safe)
	switch {
	case q.exempt == law.Yes:
		return conversion.NotApplicable(q.last)
	case !safe:
		return conversion.Pass(q.last)
	case q.exempt == law.Unknown:
		return conversion.Undetermined(q.last, q.employer.needs()...)
	case effective:
		x := Converted{From: q.converted.effective, Cap: capOn(q.converted.effective)}
		if q.converted.safe != x.From {
			x.Strict = q.converted.safe
		}
		return conversion.Fail(law.Breach, x.From, "/worked", x)
	default:
		x := Converted{Strict: q.converted.safe, Cap: capOn(q.converted.safe)}
		return conversion.Fail(law.Doubt, x.Strict, "/worked", x, strictCites...)
	}
}

// by reports whether a conversion has happened by the day asked.
func (q *inquiry) by(d date.Date) bool { return d != 0 && (q.until == 0 || d <= q.until) }

// exceeded tells how d, worked on top of the history, is over the cap: on d, or on
// the day after where its shift runs across midnight.
func (h History) exceeded(d date.Date) Exceeded {
	effective, strict, day := h.effective(), h.strict(), d
	if strict.fits(d) {
		effective, strict, day = effective.with(d), strict.with(d), d+1
	}
	presumed := reading{effective.days.Union(h.Presumed), firstCounted}
	x := Exceeded{Window: Window(day), Worked: effective.before(day), Cap: capOn(day)}
	x.Presumed = presumed.before(day) - x.Worked
	x.AfterMidnight = strict.before(day) - x.Worked - x.Presumed
	if day == d {
		x.Worked++
	} else {
		x.AfterMidnight++
	}
	x.NextFree = reading{strict.days, lawFrom}.nextFree(day)
	return x
}
