package calls

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Bounds that keep arithmetic within range; no agreement comes near them.
const (
	maxNoticeHours = 366 * 24
	maxNoticeDays  = 366
)

func (n Notice) validate() error {
	if n.Hours < 0 || n.Hours > maxNoticeHours {
		return &law.InputError{Kind: law.KindValue, Path: "/notice/hours"}
	}
	if n.WorkingDays < 0 || n.WorkingDays > maxNoticeDays {
		return &law.InputError{Kind: law.KindValue, Path: "/notice/working_days"}
	}
	return nil
}

// none reports whether no notice is set.
func (n Notice) none() bool { return n == Notice{} }

// text reads "24 hours", "1 working day", or both.
func (n Notice) text() law.Text {
	hours := plural(n.Hours, "%d hour", "%d hours", "%d ora", "%d ore")
	days := plural(n.WorkingDays, "%d working day", "%d working days", "%d giorno lavorativo", "%d giorni lavorativi")
	switch {
	case n.WorkingDays == 0:
		return hours
	case n.Hours == 0:
		return days
	default:
		return law.Say("%s and %s", "%s e %s", hours, days)
	}
}

func plural(n int, oneEN, manyEN, oneIT, manyIT string) law.Text {
	if n == 1 {
		return law.Say(oneEN, oneIT, n)
	}
	return law.Say(manyEN, manyIT, n)
}

// given judges a notice given at an instant for work that starts at another.
// Working days, Saturday among them, are counted from the day after to the day of
// the start; the stricter reading wants them whole, between the two days, and
// leaves Saturday out (art. 2963 of the civil code: a term of days ends with its
// last day).
func (n Notice) given(at, start time.Time) reading {
	if start.Sub(at) < hours(n.Hours) {
		return broken
	}
	from, to := law.RomeDay(at), law.RomeDay(start)
	lenient, strict := 0, 0
	for d := range (law.Span{First: from + 1, Last: to}).All() {
		if strict == n.WorkingDays {
			break // and the lenient count is never behind
		}
		if !isHoliday(d) {
			lenient++
			if d < to && d.Weekday() != time.Saturday {
				strict++
			}
		}
	}
	switch {
	case lenient < n.WorkingDays:
		return broken
	case strict < n.WorkingDays:
		return doubtful
	default:
		return kept
	}
}

// within is given where the start may be unknown: then it is some moment of the
// day, and the answer is what holds for all of them.
func (n Notice) within(at time.Time, day date.Date, start time.Time) reading {
	if !start.IsZero() {
		return n.given(at, start)
	}
	first, last := n.given(at, law.RomeMidnight(day)), n.given(at, law.RomeMidnight(day+1).Add(-1))
	if first != last {
		return unknown
	}
	return first
}

// noticeDue is the notice a call was due: that of contract or agreement and, once
// it is known when the worker was called, at least that of the law of the day.
func (q *question) noticeDue(r *Row) Notice {
	n := q.Notice
	if !r.Called.IsZero() {
		n.WorkingDays = max(n.WorkingDays, noticeFloor.Value(r.First))
	}
	return n
}

// askNotice applies the notice that contract or agreement sets (art. 15, comma 1; the
// law's own least notice from 2003 to 2022) to calls, and art. 9, comma 4, of D.Lgs.
// 104/2022 to calls revoked.
func askNotice(checks law.Checks, q *question) law.Checks {
	checks, rule, out := q.outside(checks, &notice, true)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		switch {
		case !r.Revoked.IsZero():
			if percent, inForce := revocationPercent.At(law.RomeDay(r.Revoked)); inForce {
				asked = true
				checks = askRevocation(checks, q, i, percent)
			}
		case q.isCall(r):
			n := len(checks)
			if due := q.noticeDue(r); !due.none() && (q.Duty != law.No || r.Accepted != law.No) {
				asked = true
				checks = askCallNotice(checks, q, i, due)
			}
			if len(checks) == n && q.Duty == law.Yes && q.Notice.none() {
				checks = append(checks, unknownNotice(r, i))
			}
		}
	}
	return q.settle(checks, before, rule, asked)
}

// shortNotice is how grave a short notice is. Notice protects the worker who is bound
// to answer: one who is free and came, or said yes, has nothing to complain of. Where
// nobody knows whether the worker is bound, or whether a free one said yes, it is a
// doubt.
func (q *question) shortNotice(r *Row) law.Severity {
	switch {
	case q.Duty == law.Yes:
		return law.Breach
	case q.Duty == law.No && (r.Accepted == law.Yes || r.NoShow == law.No):
		return law.Advice
	default:
		return law.Doubt
	}
}

// unknownNotice is the check of a call of whoever is bound to answer, where nobody told
// the notice: every contract states one (art. 15, comma 1), and to break it is a breach.
func unknownNotice(r *Row, i int) law.Check {
	rule, _ := notice.On(r.First)
	if r.Called.IsZero() {
		return rule.Undetermined(r.First, "/notice", rowPath(i, "/called"))
	}
	return rule.Undetermined(r.First, "/notice")
}

// askCallNotice applies art. 15, comma 1, to one call.
func askCallNotice(checks law.Checks, q *question, i int, due Notice) law.Checks {
	r := &q.Rows[i]
	rule, _ := notice.On(r.First)
	if r.Called.IsZero() {
		return append(checks, rule.Undetermined(r.First, rowPath(i, "/called")))
	}
	severity, cites := q.shortNotice(r), rule.Cites()
	switch due.within(r.Called, r.First, r.Start) {
	case kept:
		return checks
	case unknown:
		return append(checks, rule.Undetermined(r.First, rowPath(i, "/start")))
	case broken:
	case doubtful:
		severity, cites = max(severity, law.Doubt), []law.Citation{rule.Cites()[0], law.Of(law.CivilCode, "2963")}
	}
	return append(checks, rule.Fail(severity, r.First, rowPath(i, "/called"), ShortNotice{due, r.Called, r.Start, q.Duty}, cites...))
}

// revoked judges the revocation of a call: reasonable notice is the one set for
// calls. Where none is set, only a revocation after the start is certainly late.
func (q *question) revoked(r *Row) reading {
	if !q.Notice.none() {
		return q.Notice.within(r.Revoked, r.First, r.Start)
	}
	if sending(r.Revoked, r.First, r.Start) == broken {
		return broken
	}
	return unknown
}

// askRevocation applies art. 9, comma 4, of D.Lgs. 104/2022 to one call. Whether it
// protects a worker who is free not to answer is contested.
func askRevocation(checks law.Checks, q *question, i int, percent law.Entry[int64]) law.Checks {
	r, severity := &q.Rows[i], law.Doubt
	rule, _ := notice.On(law.RomeDay(r.Revoked))
	switch was := q.revoked(r); {
	case was == kept:
		return checks
	case was == unknown && q.Notice.none():
		return append(checks, rule.Undetermined(r.First, "/notice"))
	case was == unknown:
		return append(checks, rule.Undetermined(r.First, rowPath(i, "/start")))
	case was == broken && q.Duty == law.Yes:
		severity = law.Breach
	}
	return append(checks, rule.Fail(severity, r.First, rowPath(i, "/revoked"),
		Revocation{r.Revoked, law.Euro{Decimal: compensation(r.Pay, percent.Value)}, percent.Value}, slices.Concat(percent.Cites, rule.Cites())...))
}

// owed adds up what revoked calls cost, by the administrative reading; a call whose
// notice cannot be judged is counted.
func (q *question) owed() decimal.Decimal {
	var sum decimal.Decimal
	for i := range q.Rows {
		r := &q.Rows[i]
		if r.Revoked.IsZero() {
			continue
		}
		percent := revocationPercent.Value(law.RomeDay(r.Revoked))
		if was := q.revoked(r); was == broken || was == unknown {
			sum = sum.Add(compensation(r.Pay, percent))
		}
	}
	return sum
}

// compensation is a share of the pay, rounded half up to the cent.
func compensation(pay decimal.Decimal, percent int64) decimal.Decimal {
	return law.Cents(pay.Mul(decimal.New(percent, -2)))
}
