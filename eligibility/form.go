package eligibility

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// askWrittenForm asks art. 15, c. 1: in writing, for proof.
func askWrittenForm(checks law.Checks, q *inquiry) law.Checks {
	r, ok := writtenForm.On(q.Signed)
	switch {
	case !ok:
		return append(checks, r.NotInForce(q.Signed))
	case q.Terms.Written == law.Yes:
		return append(checks, r.Pass(q.Signed))
	case q.Terms.Written == law.No:
		return append(checks, r.Fail(law.Advice, q.Signed, "/contract/written", notWritten))
	default:
		return append(checks, r.Undetermined(q.Signed, "/contract/written"))
	}
}

// askContents asks art. 15, c. 1: the contract states its elements; from 13 August 2022
// the list is that of D.Lgs. 104/2022. Those of an unwritten contract are judged only if
// given. Art. 9, c. 1 and 2, D.Lgs. 104/2022: outside reference hours and days that the
// contract states, the worker may refuse a call without harm.
func askContents(checks law.Checks, q *inquiry) law.Checks {
	r, ok := contents.On(q.Signed)
	t := &q.Terms
	given := setOf(t.Elements...)
	missing := neededBy(q.Signed, t.Duty) &^ given
	k := r.Pass(q.Signed)
	hours, _ := referenceHours.At(q.Signed)
	switch {
	case !ok:
		k = r.NotInForce(q.Signed)
	case t.Elements == nil && t.Written == law.No:
		k = r.NotApplicable(q.Signed)
	case t.Elements == nil:
		k = r.Undetermined(q.Signed, "/contract/elements")
	case missing != 0:
		k = r.Fail(law.Breach, q.Signed, "/contract/elements", MissingElements{missing.list()})
	case t.Duty == law.Unknown && given&setOf(StatesIndemnity) == 0:
		k = r.Undetermined(q.Signed, "/contract/duty")
	case hours.Value && t.Duty == law.Yes && given&setOf(StatesTimeBands) == 0:
		k = r.Fail(law.Advice, q.Signed, "/contract/elements", noTimeBands, with(r.Cites(), hours.Cites...)...)
	}
	return append(checks, k)
}

// ElementsNeeded returns what a contract signed on a day has to state, the availability
// indemnity where the worker is bound to answer; nil where the law knew no on-call work.
func ElementsNeeded(signed date.Date, duty law.Answer) []Element {
	if _, ok := contents.On(signed); !ok {
		return nil
	}
	return neededBy(signed, duty).list()
}

func neededBy(signed date.Date, duty law.Answer) elements {
	needed := elementsNeeded.Value(signed)
	if duty == law.Yes {
		needed |= setOf(StatesIndemnity)
	}
	return needed
}

// askNoticeClause asks art. 15, c. 1, lett. b, then d: until 12 August 2022 a call notice
// of at least one working day, from then on whatever the contract states. A clause in
// hours alone is short below twenty-four, and holds a working day whenever the call
// comes only from a week on: in between it is a doubt. An agreement may ask for more.
func askNoticeClause(checks law.Checks, q *inquiry) law.Checks {
	r, ok := noticeClause.On(q.Signed)
	n := q.Terms.Notice
	days := noticeInWorkingDays.Value(q.Signed)
	k := r.Pass(q.Signed)
	switch {
	case !ok:
		k = r.NotInForce(q.Signed)
	case n == nil && q.Terms.Written == law.No:
		k = r.NotApplicable(q.Signed)
	case n == nil:
		k = r.Undetermined(q.Signed, "/contract/notice")
	case days > n.WorkingDays && n.Hours < days*hoursOfADay:
		k = r.Fail(law.Breach, q.Signed, "/contract/notice", ShortNotice{*n, days})
	case days > n.WorkingDays && n.Hours < days*hoursOfAWeek:
		k = r.Fail(law.Doubt, q.Signed, "/contract/notice", ShortNotice{*n, days})
	case *n == Notice{}:
		k = r.Fail(law.Breach, q.Signed, "/contract/notice", noNotice)
	}
	return append(checks, k)
}

// askUnionInformation asks art. 15, c. 2: the workers' representatives are informed at
// least once a year; before 25 June 2015 those of the company alone (RSA).
func askUnionInformation(checks law.Checks, q *inquiry) law.Checks {
	r, ok := unionInformation.On(q.Signed)
	given, day := q.Terms.UnionInformed, q.day()
	switch {
	case !ok:
		return append(checks, r.NotInForce(day))
	case q.Terms.UnionRepresentatives == law.No:
		return append(checks, r.NotApplicable(day))
	}
	var due date.Date
	if given == 0 {
		due = nextAnniversary(q.Signed, day)
	} else if due = law.Anniversary(given, yearsBetweenInformation, law.LastOfMonth); day <= due {
		return append(checks, r.Pass(day))
	}
	return append(checks, r.Fail(law.Advice, day, "/contract/union_informed", InformationDue{given, due, q.Signed < decreeOf2015}))
}

// nextAnniversary is the first anniversary of a day that is not before another.
func nextAnniversary(of, day date.Date) date.Date {
	years := max(day.Year()-of.Year(), yearsBetweenInformation)
	if due := law.Anniversary(of, years, law.LastOfMonth); due >= day {
		return due
	}
	return law.Anniversary(of, years+1, law.LastOfMonth)
}

// askHireNotice asks art. 9-bis, c. 2, D.L. 510/1996: the hire is notified (UniLav) by
// 24:00 of the day before the contract begins, once for all its calls. Art. 4, c. 2,
// L. 183/2010: in tourism, then in pubblici esercizi, what is missing may follow by the
// third day. Art. 9-bis, c. 2-bis: after force majeure the notice follows within five.
func askHireNotice(checks law.Checks, q *inquiry) law.Checks {
	first, t := q.Work.First, &q.Terms
	r, ok := hireNotice.On(first)
	const path = "/contract/hire_notice"
	var later law.Entry[int]
	switch t.LateHire {
	case LateInTourism:
		later, _ = tourismDays.At(first)
	case LateByForceMajeure:
		later, _ = forceMajeureDays.At(first)
	}
	k := r.Pass(first)
	switch {
	case !ok:
		k = r.NotInForce(first)
	case t.HireNotified == law.No:
		k = r.Fail(law.Breach, first, "/contract/hire_notified", NeverNotified{first})
	case t.HireNotice.IsZero():
		k = r.Undetermined(first, path)
	case law.RomeDay(t.HireNotice) < first:
	case later.Value > 0 && law.RomeDay(t.HireNotice) <= first+date.Date(later.Value):
		k = r.Fail(law.Advice, first, path, AllowedLateHire{t.HireNotice, t.LateHire, first + date.Date(later.Value)}, with(r.Cites(), later.Cites...)...)
	default:
		tourism, _ := tourismDays.At(first)
		k = r.Fail(law.Breach, first, path, LateHireNotice{t.HireNotice, first, tourism.Value > 0}, with(r.Cites(), tourism.Cites...)...)
	}
	return append(checks, k)
}
