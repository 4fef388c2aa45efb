package eligibility

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// nullity are the sources of what follows from breaking an imperative rule.
var nullity = cites(law.Of(law.CivilCode, "1418", "1"), law.Of(law.CivilCode, "2126", "1"))

// What the prohibitions cite beside their own words.
var (
	ofMinors   = law.Of(law.L977of1967)
	ofSections = law.Of(law.INL1148of2020)
	unassessed = cites(law.Of(law.INL49of2018), law.Of(law.Cass378of2024), law.Of(law.Cass626of2024), law.Of(law.Cass20661of2025))
)

// askMinimumAge asks art. 1, c. 622, L. 296/2006: at least sixteen, with ten years of
// schooling; before, art. 3 L. 977/1967: at least fifteen, with the schooling that was
// compulsory then. The schooling of whoever is of age is not asked.
func askMinimumAge(checks law.Checks, q *inquiry) law.Checks {
	r, ok := minimumAge.On(q.Signed)
	switch {
	case !ok:
		return append(checks, r.NotInForce(q.Signed))
	case q.Birth == 0:
		return append(checks, r.Undetermined(q.Signed, "/birth"))
	}
	adult := birthdayOf(q.Birth, majority).late
	if q.Signed >= adult {
		return append(checks, r.Pass(q.Signed))
	}
	least := ageToWork.Value(q.Signed)
	reached := birthdayOf(q.Birth, least).late
	switch {
	case q.Signed < reached:
		return append(checks, r.Fail(law.Breach, q.Signed, "/birth", UnderAge{least, reached}, with(r.Cites(), nullity...)...))
	case q.SchoolingDone == law.No:
		facts := schoolingOpen
		if q.Signed < tenYears {
			facts = shorterSchoolingOpen
		}
		return append(checks, r.Fail(law.Breach, q.Signed, "/schooling_done", facts, with(r.Cites(), nullity...)...))
	case q.SchoolingDone == law.Yes:
		return append(checks, r.Fail(law.Advice, q.Signed, "/birth", Minor{adult}, with(r.Cites(), ofMinors)...))
	default:
		return append(checks, r.Undetermined(q.Signed, "/schooling_done"))
	}
}

// askPublicAdministration asks art. 13, c. 5: the section does not apply to public
// administrations.
func askPublicAdministration(checks law.Checks, q *inquiry) law.Checks {
	return append(checks, q.forbids(&publicAdministration, q.Employer.PublicAdministration, "/employer/public_administration", publicEmployer))
}

// askStrike asks art. 14, c. 1, lett. a: not to replace workers on strike.
func askStrike(checks law.Checks, q *inquiry) law.Checks {
	return append(checks, q.forbids(&strike, q.Unit.ReplacesStrikers, "/unit/replaces_strikers", replacesStrikers))
}

// forbids judges a prohibition that one answer decides.
func (q *inquiry) forbids(rule *law.Rule, fact law.Answer, path string, facts law.Statement) law.Check {
	r, ok := rule.On(q.Signed)
	switch {
	case !ok:
		return r.NotInForce(q.Signed)
	case fact == law.No:
		return r.Pass(q.Signed)
	case fact == law.Yes:
		return r.Fail(law.Breach, q.Signed, path, facts, with(r.Cites(), nullity...)...)
	default:
		return r.Undetermined(q.Signed, path)
	}
}

// askCollectiveDismissal asks art. 14, c. 1, lett. b: not in units where a collective
// dismissal hit workers on the same duties in the six months before. It is tested at
// signing; on a later call it is worth an advice.
func askCollectiveDismissal(checks law.Checks, q *inquiry) law.Checks {
	r, ok := collectiveDismissal.On(q.Signed)
	months := monthsAfterDismissal.Value(q.Signed)
	switch {
	case !ok:
		return append(checks, r.NotInForce(q.Signed))
	case q.Unit.CollectiveDismissals == nil:
		return append(checks, r.Undetermined(q.Signed, "/unit/collective_dismissals"))
	}
	var needs []string
	call := -1 // the dismissal that a later call meets
	for i := range q.Unit.CollectiveDismissals {
		d := &q.Unit.CollectiveDismissals[i]
		if d.SameUnit == law.No || d.SameDuties == law.No {
			continue
		}
		known := d.SameUnit == law.Yes && d.SameDuties == law.Yes
		until := law.MonthsAfter(d.Date, months)
		switch {
		case d.Date == 0:
			needs = append(needs, dismissalPath(i)+"/date")
		case d.Date > q.Signed:
			if known && d.Date <= q.On && q.On <= until {
				call = i
			}
			continue
		case q.Signed > until:
			continue
		case known:
			return append(checks, r.Fail(law.Breach, q.Signed, dismissalPath(i),
				RecentDismissal{d.Date, until, q.Signed, false}, with(r.Cites(), nullity...)...))
		}
		needs = same(needs, dismissalPath(i), d.SameUnit, d.SameDuties)
	}
	switch {
	case needs != nil:
		return append(checks, r.Undetermined(q.Signed, needs...))
	case call >= 0:
		d := q.Unit.CollectiveDismissals[call].Date
		return append(checks, r.Fail(law.Advice, q.On, dismissalPath(call), RecentDismissal{d, law.MonthsAfter(d, months), q.On, true}))
	default:
		return append(checks, r.Pass(q.Signed))
	}
}

// same adds the pointers of what is not known of a dismissal or a suspension.
func same(needs []string, path string, unit, duties law.Answer) []string {
	if unit != law.Yes {
		needs = append(needs, path+"/same_unit")
	}
	if duties != law.Yes {
		needs = append(needs, path+"/same_duties")
	}
	return needs
}

// askSuspension asks art. 14, c. 1, lett. b: not in units where a suspension or reduction
// of hours is running for workers on the same duties, at signing or on the days of the
// call; where no day is asked, on those worked.
func askSuspension(checks law.Checks, q *inquiry) law.Checks {
	r, ok := suspension.On(q.Signed)
	switch {
	case !ok:
		return append(checks, r.NotInForce(q.day()))
	case q.Unit.Suspensions == nil:
		return append(checks, r.Undetermined(q.day(), "/unit/suspensions"))
	}
	var needs []string
	days := []law.Span{{First: q.On, Last: q.lastDay}}
	if q.On == 0 {
		days = q.workedIn(q.days)
	}
	at, day := -1, date.Date(0) // the suspension that a day falls in, and the first such day
	for i := range q.Unit.Suspensions {
		x := &q.Unit.Suspensions[i]
		known := x.SameUnit == law.Yes && x.SameDuties == law.Yes
		signing, called := x.Span.Contains(q.Signed), firstIn(days, x.Span)
		switch {
		case x.SameUnit == law.No || x.SameDuties == law.No:
		case known && signing:
			return append(checks, r.Fail(law.Breach, q.Signed, suspensionPath(i),
				UnderSuspension{x.Span, q.Signed, false}, with(r.Cites(), nullity...)...))
		case known && called != 0:
			if at < 0 || called < day {
				at, day = i, called
			}
		case x.Span.IsZero():
			needs = same(append(needs, suspensionPath(i)+"/span"), suspensionPath(i), x.SameUnit, x.SameDuties)
		case signing || called != 0, q.mayAllHit && !known:
			needs = same(needs, suspensionPath(i), x.SameUnit, x.SameDuties)
		}
	}
	switch {
	case at >= 0:
		return append(checks, r.Fail(law.Breach, day, suspensionPath(at), UnderSuspension{q.Unit.Suspensions[at].Span, day, true}))
	case needs != nil:
		return append(checks, r.Undetermined(q.day(), needs...))
	case q.On == 0 && q.allHit && len(q.missing()) > 0 && len(without([]law.Span{q.days}, q.suspended(false))) > 0:
		return append(checks, r.Undetermined(q.day(), q.missing()...)) // another ground may allow other days
	case q.On == 0 && q.allHit:
		return append(checks, r.Fail(law.Breach, q.Signed, "/work", UnderSuspension{Span: q.days}))
	default:
		return append(checks, r.Pass(q.day()))
	}
}

// suspended are the days of the suspensions known to hit the work, in order and apart;
// with open, also of those that hit it unless a fact that nobody told says otherwise.
func (q *inquiry) suspended(open bool) []law.Span {
	var list []law.Span
	for i := range q.Unit.Suspensions {
		x := &q.Unit.Suspensions[i]
		known := x.SameUnit == law.Yes && x.SameDuties == law.Yes
		may := x.SameUnit != law.No && x.SameDuties != law.No
		if !x.Span.IsZero() && (known || open && may) {
			list = append(list, x.Span)
		}
	}
	return merge(list)
}

// askRiskAssessment asks art. 14, c. 1, lett. c: not by employers that have not assessed
// the risks. Courts and inspectorate differ on what follows. INL note 1148/2020: a
// section of its own is not needed.
func askRiskAssessment(checks law.Checks, q *inquiry) law.Checks {
	r, ok := riskAssessment.On(q.Signed)
	const path = "/employer/risk_assessment"
	k := r.Pass(q.Signed)
	switch e := &q.Employer; {
	case !ok:
		k = r.NotInForce(q.Signed)
	case e.RiskAssessment == law.No:
		k = r.Fail(law.Breach, q.Signed, path, NoRiskAssessment{q.Signed},
			with(r.Cites(), unassessed...)...)
	case e.RiskAssessment != law.Yes:
		k = r.Undetermined(q.Signed, path)
	case e.OnCallSection == law.No:
		k = r.Fail(law.Advice, q.Signed, "/employer/on_call_section", noOnCallSection, with(r.Cites(), ofSections)...)
	}
	return append(checks, k)
}
