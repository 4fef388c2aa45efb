package eligibility

import (
	"cmp"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Assessment says whether an on-call contract may exist, and on which days.
type Assessment struct {
	law.Judgment
	// Grounds are those held at signing by the administrative reading; those held
	// only by it carry a doubt of their own.
	Grounds []GroundKind `json:"grounds"`
	// Lawful are days of the contract without a gap on which a call is lawful under
	// every reading, as far as the facts are known: those around On, else the first.
	// Zero when there are none.
	Lawful law.Span `json:"lawful,omitzero"`
	// LawfulSpans are all such days, in order: those that the young ground allows
	// and those of an agreement's period may lie apart, and suspensions part them.
	LawfulSpans []law.Span `json:"lawful_spans"`
}

// Assess judges a contract. It asks every rule for the day of the signing, and those
// on calls for On where it is given. The error is a [law.InputError]: the days of
// signing and of work are needed, and whatever is given must be possible.
//
// Days are lawful where a ground allows them, unless a prohibition is broken or the
// ban of an agreement may bind; a later suspension removes its own. Missing facts and
// defects of form or notice remove none: the verdict tells them.
func Assess(c Contract) (Assessment, error) {
	if err := c.validate(); err != nil {
		return Assessment{}, err
	}
	days := c.days()
	s := standingOf(&c, days)
	room := new(struct { // one allocation for whatever a clear answer holds
		checks  [ruleCount + 1]law.Check
		grounds [TableGround]GroundKind
		spans   [TableGround]law.Span
	})
	allowed := s.spans(room.spans[:0])
	lawful := withoutSuspensions(&c, allowed)
	checks := append(law.Checks(room.checks[:0]),
		holdsGround(&c, &s, days), isYoung(&c, &s), worksYoung(&c, &s, days), isSenior(&c, &s), mayWork(&c),
		isNamed(&c, &s, days), isNotVetoed(&c), isInTable(&c, &s), isInterrupted(&c), isPrivate(&c), replacesNobody(&c),
		hasNoDismissals(&c), hasNoSuspension(&c, len(allowed) > 0 && len(lawful) == 0), hasRiskAssessment(&c),
		isWritten(&c), hasContents(&c), statesNotice(&c), informedUnions(&c), notifiedHire(&c),
	)
	if forbidden(checks, c.Signed) {
		lawful = lawful[:0]
	}
	a := Assessment{
		Judgment:    law.Judge(law.Stale(checks, max(c.Signed, c.On))),
		Grounds:     s.held(room.grounds[:0]),
		LawfulSpans: lawful,
	}
	for i, l := range lawful {
		if i == 0 || l.Contains(c.On) {
			a.Lawful = l
		}
	}
	return a, nil
}

// forbidden reports whether a prohibition leaves the contract no lawful day, by one
// reading at least.
func forbidden(checks law.Checks, signed date.Date) bool {
	for i := range checks {
		k := &checks[i]
		switch k.Rule {
		case MinimumAge, AgreementVeto, PublicAdministration, Strike, CollectiveDismissal, RiskAssessment:
			if k.Severity() == law.Breach || k.Severity() == law.Doubt {
				return true
			}
		case Suspension: // one that began later removes its own days
			if k.Severity() == law.Breach && k.On == signed {
				return true
			}
		}
	}
	return false
}

// art. 13, c. 1 and 2: the contract rests on a need or period the agreement names,
// on the ministerial table, or on the worker's age; one is enough.
func holdsGround(c *Contract, s *standing, days law.Span) law.Check {
	r, ok := ground.on(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case s.best <= unmet:
		return r.Fail(law.Breach, c.Signed, "", NoGround{c.Signed}, with(r.Cites, consequences...)...)
	case c.On != 0 && !days.Contains(c.On):
		return r.Fail(law.Breach, c.On, "/on", OutsideContract{c.On, days})
	case s.best == open:
		return r.Undetermined(c.Signed, s.missing()...)
	default:
		return r.Pass(c.Signed)
	}
}

// Sources added to a rule's own.
var (
	// Of the two readings of what follows from work without a ground.
	consequences = []law.Citation{law.Of(law.Vademecum2013), law.Of(law.Cass28345of2020), law.Of(law.Cass626of2024)}
	// Of the civil-code reading of ages.
	birthdays = []law.Citation{law.Of(law.CivilCode, "2963"), law.Of(law.Plenary21of2011)}
	// Of what follows from breaking an imperative rule.
	nullity = []law.Citation{law.Of(law.CivilCode, "1418", "1"), law.Of(law.CivilCode, "2126", "1")}
)

// with returns the citations with more after them.
func with(cites []law.Citation, more ...law.Citation) []law.Citation {
	return append(slices.Clip(cites), more...)
}

// art. 13, c. 2: with workers under 24, whatever the work.
func isYoung(c *Contract, s *standing) law.Check {
	r := young.at(c.Signed)
	k, settled := s.settle(r, YoungGround, c.Signed)
	if settled {
		return k
	}
	e, _ := agesAtSigning.At(c.Signed)
	cites := r.Cites
	if c.Signed <= s.young.late {
		cites = with(cites, birthdays...)
	}
	return r.Fail(s.severity(YoungGround), c.Signed, "/signed",
		TooOld{e.Value.under, c.Signed, s.young.early - 1, s.young.late}, cites...)
}

// art. 13, c. 2: provided that the work is done within the twenty-fifth year. It
// does not matter where another ground holds, as judged at signing; one that is
// doubtful makes it a doubt.
func worksYoung(c *Contract, s *standing, days law.Span) law.Check {
	r, ok := youngWork.on(c.Signed)
	w, others := s.worth[YoungGround], s.bestBut(YoungGround)
	day, path, asked := c.On, "/on", true
	if day == 0 {
		day, path, asked = days.First, "/work", false
	}
	switch {
	case !ok:
		return r.NotInForce(c.day())
	case others == holds, w <= unmet:
		return r.NotApplicable(c.day())
	case w == open:
		return r.Undetermined(c.day(), "/birth")
	}
	e, _ := ageEndingWork.At(c.Signed)
	facts := WorkEnds{e.Value, s.lastWork.early - 1, s.lastWork.late, day}
	cites := r.Cites
	if day >= s.lastWork.early {
		cites = with(cites, consequences...)
	}
	if day >= s.lastWork.early && day <= s.lastWork.late {
		cites = with(cites, birthdays...)
	}
	switch {
	case day >= s.lastWork.early && others == open:
		return r.Undetermined(c.day(), s.missing()...)
	case day >= s.lastWork.late && others != doubtful:
		return r.Fail(law.Breach, c.day(), path, facts, cites...)
	case day >= s.lastWork.early:
		return r.Fail(law.Doubt, c.day(), path, facts, cites...)
	case !asked && (days.Open() || days.Last >= s.lastWork.early):
		facts.Day = 0
		return r.Fail(law.Advice, c.day(), path, facts)
	default:
		return r.Pass(c.day())
	}
}

// art. 13, c. 2: with workers over 55, pensioners too.
func isSenior(c *Contract, s *standing) law.Check {
	r := senior.at(c.Signed)
	k, settled := s.settle(r, SeniorGround, c.Signed)
	if settled {
		return k
	}
	e, _ := agesAtSigning.At(c.Signed)
	cites := r.Cites
	if c.Signed >= s.senior.early {
		cites = with(cites, birthdays...)
	}
	return r.Fail(s.severity(SeniorGround), c.Signed, "/signed",
		NotSenior{e.Value.over, c.Signed, s.senior.early, s.senior.late + 1}, cites...)
}

// art. 1, c. 622, L. 296/2006: at least sixteen, with ten years of schooling. The
// schooling of whoever is of age is not asked.
func mayWork(c *Contract) law.Check {
	r := minimumAge.at(c.Signed)
	e, ok := ageToWork.At(c.Signed)
	if !ok {
		return r.NotInForce(c.Signed)
	}
	if c.Birth == 0 {
		return r.Undetermined(c.Signed, "/birth")
	}
	adult := birthdayOf(c.Birth, majority).late
	if c.Signed >= adult {
		return r.Pass(c.Signed)
	}
	reached := birthdayOf(c.Birth, e.Value).late
	switch {
	case c.Signed < reached:
		return r.Fail(law.Breach, c.Signed, "/birth", UnderAge{e.Value, reached}, with(r.Cites, nullity...)...)
	case c.SchoolingDone == law.No:
		return r.Fail(law.Breach, c.Signed, "/schooling_done", SchoolingOpen{}, with(r.Cites, nullity...)...)
	case c.SchoolingDone == law.Yes:
		return r.Fail(law.Advice, c.Signed, "/birth", Minor{adult}, with(r.Cites, law.Of(law.L977of1967))...)
	default:
		return r.Undetermined(c.Signed, "/schooling_done")
	}
}

// art. 13, c. 1: the need the agreement names, also by predetermined periods of the
// week, month or year. On a period alone, only its days are lawful.
func isNamed(c *Contract, s *standing, days law.Span) law.Check {
	r := agreement.at(c.Signed)
	k, settled := s.settle(r, AgreementGround, c.Signed)
	switch {
	case settled && k.Outcome == law.Pass && s.onPeriod:
		return inPeriod(r, c, s, days)
	case settled:
		return k
	case c.Agreement.Period.IsZero():
		return r.Fail(law.Breach, c.Signed, "/agreement", NoNeed{})
	default:
		return r.Fail(s.severity(AgreementGround), c.Signed, "/agreement/period", WholeYear{c.Agreement.Period})
	}
}

func inPeriod(r *law.Rule, c *Contract, s *standing, days law.Span) law.Check {
	day, facts, path := c.On, OutsidePeriod{c.Agreement.Period, c.On}, "/on"
	if day == 0 {
		day, path = days.First, "/work"
	}
	needs := s.missing()
	if a := &c.Agreement; a.Needs == law.Unknown && a.Bans != law.Yes {
		needs = append(needs, "/agreement/needs") // one would be good for any day
	}
	switch {
	case !days.Contains(day), s.covers(day), c.On == 0 && !s.allows[AgreementGround].IsZero():
		return r.Pass(c.day())
	case len(needs) > 0:
		return r.Undetermined(c.day(), needs...)
	case s.mayCover(day):
		return r.Fail(law.Doubt, c.day(), path, facts, with(r.Cites, birthdays...)...)
	default:
		return r.Fail(law.Breach, c.day(), path, facts)
	}
}

// Cass. 29423/2019, INL circ. 1/2021: agreements name needs, they cannot forbid.
func isNotVetoed(c *Contract) law.Check {
	r, ok := agreementVeto.on(c.Signed)
	e, _ := vetoDoubtful.At(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case c.Agreement.Bans == law.No:
		return r.NotApplicable(c.Signed)
	case !e.Value:
		return r.Pass(c.Signed)
	case c.Agreement.Bans == law.Yes:
		all := vetoDoubtful.All()
		return r.Fail(law.Doubt, c.Signed, "/agreement/bans", Banned{all[len(all)-1].From}, with(r.Cites, e.Cites...)...)
	default:
		return r.Undetermined(c.Signed, "/agreement/bans")
	}
}

// art. 55, c. 3, and D.M. 23 October 2004: while no decree names the cases, the
// activities of the table of 1923; the repeal of its decree leaves it recalled.
func isInTable(c *Contract, s *standing) law.Check {
	r := table.at(c.Signed)
	k, settled := s.settle(r, TableGround, c.Signed)
	switch {
	case !settled && *c.Activity.Item == 0:
		return r.Fail(law.Breach, c.Signed, "/activity/item", NotInTable{})
	case !settled:
		_, cites := c.Activity.scope()
		return r.Fail(law.Breach, c.Signed, "/activity/role", NotInTable{*c.Activity.Item, c.Activity.Role}, cites...)
	case k.Outcome != law.Pass:
		return k
	}
	k.Cites = citesOf(*c.Activity.Item)
	if e, _ := tableRepealed.At(c.Signed); e.Value {
		return r.Fail(law.Advice, c.Signed, "/activity/item", TableRepealed{e.From}, with(k.Cites, e.Cites...)...)
	}
	return k
}

// circ. 20/2012: the work is discontinuous while it does not coincide exactly with
// the contract.
func isInterrupted(c *Contract) law.Check {
	r, ok := discontinuity.on(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.day())
	case workedThrough(c.Worked, c.Work):
		return r.Fail(law.Advice, c.day(), "/worked", NoInterruption{c.Work})
	default:
		return r.Pass(c.day())
	}
}

// workedThrough reports whether every day of a closed span was worked.
func workedThrough(worked law.Days, span law.Span) bool {
	most := 0 // days worked, were none listed twice
	for _, w := range worked {
		most += w.Len()
	}
	if span.Open() || most < span.Len() {
		return false
	}
	worked = slices.Clone(worked)
	slices.SortFunc(worked, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	next := span.First
	for _, w := range worked {
		if w.First > next {
			break
		}
		next = max(next, w.Last+1)
	}
	return next > span.Last
}

// art. 13, c. 5: the section does not apply to public administrations.
func isPrivate(c *Contract) law.Check {
	r, ok := publicAdministration.on(c.Signed)
	return forbids(r, ok, c.Signed, c.Employer.PublicAdministration, "/employer/public_administration", PublicEmployer{})
}

// art. 14, c. 1, lett. a: not to replace workers on strike.
func replacesNobody(c *Contract) law.Check {
	r, ok := strike.on(c.Signed)
	return forbids(r, ok, c.Signed, c.Unit.ReplacesStrikers, "/unit/replaces_strikers", ReplacesStrikers{})
}

// forbids judges a prohibition that one answer decides.
func forbids(r *law.Rule, inForce bool, signed date.Date, fact law.Answer, path string, facts law.Facts) law.Check {
	switch {
	case !inForce:
		return r.NotInForce(signed)
	case fact == law.No:
		return r.Pass(signed)
	case fact == law.Yes:
		return r.Fail(law.Breach, signed, path, facts, with(r.Cites, nullity...)...)
	default:
		return r.Undetermined(signed, path)
	}
}

// art. 14, c. 1, lett. b: not in units where a collective dismissal hit workers on
// the same duties in the six months before. It is tested at signing; on a later
// call it is worth an advice.
func hasNoDismissals(c *Contract) law.Check {
	r, ok := collectiveDismissal.on(c.Signed)
	months, _ := monthsAfterDismissal.At(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case c.Unit.CollectiveDismissals == nil:
		return r.Undetermined(c.Signed, "/unit/collective_dismissals")
	}
	var needs []string
	call := -1 // the dismissal that a later call meets
	for i := range c.Unit.CollectiveDismissals {
		d := &c.Unit.CollectiveDismissals[i]
		if d.SameUnit == law.No || d.SameDuties == law.No {
			continue
		}
		known := d.SameUnit == law.Yes && d.SameDuties == law.Yes
		until := law.MonthsAfter(d.Date, months.Value)
		switch {
		case d.Date == 0:
			needs = append(needs, dismissalPath(i)+"/date")
		case d.Date > c.Signed:
			if known && d.Date <= c.On && c.On <= until {
				call = i
			}
			continue
		case c.Signed > until:
			continue
		case known:
			return r.Fail(law.Breach, c.Signed, dismissalPath(i), RecentDismissal{d.Date, until, c.Signed, false}, with(r.Cites, nullity...)...)
		}
		needs = same(needs, dismissalPath(i), d.SameUnit, d.SameDuties)
	}
	switch {
	case needs != nil:
		return r.Undetermined(c.Signed, needs...)
	case call >= 0:
		d := c.Unit.CollectiveDismissals[call].Date
		return r.Fail(law.Advice, c.On, dismissalPath(call), RecentDismissal{d, law.MonthsAfter(d, months.Value), c.On, true})
	default:
		return r.Pass(c.Signed)
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

// art. 14, c. 1, lett. b: not in units where a suspension or reduction of hours is
// running for workers on the same duties, at signing or on the day of the call.
func hasNoSuspension(c *Contract, allHit bool) law.Check {
	r, ok := suspension.on(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.day())
	case c.Unit.Suspensions == nil:
		return r.Undetermined(c.day(), "/unit/suspensions")
	}
	var needs []string
	at := -1 // the suspension the day asked falls in
	for i := range c.Unit.Suspensions {
		x := &c.Unit.Suspensions[i]
		known := x.SameUnit == law.Yes && x.SameDuties == law.Yes
		signing, call := x.Span.Contains(c.Signed), c.On != 0 && x.Span.Contains(c.On)
		switch {
		case x.SameUnit == law.No || x.SameDuties == law.No:
		case known && signing:
			return r.Fail(law.Breach, c.Signed, suspensionPath(i), UnderSuspension{x.Span, c.Signed, false}, with(r.Cites, nullity...)...)
		case known && call:
			at = i
		case x.Span.IsZero():
			needs = same(append(needs, suspensionPath(i)+"/span"), suspensionPath(i), x.SameUnit, x.SameDuties)
		case signing || call:
			needs = same(needs, suspensionPath(i), x.SameUnit, x.SameDuties)
		}
	}
	switch {
	case at >= 0:
		return r.Fail(law.Breach, c.On, suspensionPath(at), UnderSuspension{c.Unit.Suspensions[at].Span, c.On, true})
	case needs != nil:
		return r.Undetermined(c.day(), needs...)
	case c.On == 0 && allHit:
		return r.Fail(law.Breach, c.Signed, "/work", UnderSuspension{Span: c.days()})
	default:
		return r.Pass(c.day())
	}
}

// withoutSuspensions takes out of the days allowed those of the suspensions known
// to hit the work.
func withoutSuspensions(c *Contract, allowed []law.Span) []law.Span {
	for i := range c.Unit.Suspensions {
		if x := &c.Unit.Suspensions[i]; x.SameUnit == law.Yes && x.SameDuties == law.Yes && !x.Span.IsZero() {
			allowed = without(allowed, x.Span)
		}
	}
	return allowed
}

// art. 14, c. 1, lett. c: not by employers that have not assessed the risks. Courts
// and inspectorate differ on what follows. INL note 1148/2020: a section of its own
// is not needed.
func hasRiskAssessment(c *Contract) law.Check {
	r, ok := riskAssessment.on(c.Signed)
	e := &c.Employer
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case e.RiskAssessment == law.Unknown:
		return r.Undetermined(c.Signed, "/employer/risk_assessment")
	case e.RiskAssessment != law.Yes:
		return r.Fail(law.Breach, c.Signed, "/employer/risk_assessment", NoRiskAssessment{c.Signed},
			with(r.Cites, law.Of(law.INL49of2018), law.Of(law.Cass378of2024), law.Of(law.Cass626of2024))...)
	case e.OnCallSection == law.No:
		return r.Fail(law.Advice, c.Signed, "/employer/on_call_section", NoOnCallSection{},
			with(r.Cites, law.Of(law.INL1148of2020))...)
	default:
		return r.Pass(c.Signed)
	}
}

// art. 15, c. 1: in writing, for proof.
func isWritten(c *Contract) law.Check {
	r, ok := writtenForm.on(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case c.Terms.Written == law.Yes:
		return r.Pass(c.Signed)
	case c.Terms.Written == law.No:
		return r.Fail(law.Advice, c.Signed, "/contract/written", NotWritten{})
	default:
		return r.Undetermined(c.Signed, "/contract/written")
	}
}

// art. 15, c. 1: the contract states its elements; from 13 August 2022 the list is
// that of D.Lgs. 104/2022. Those of an unwritten contract are judged only if given.
func hasContents(c *Contract) law.Check {
	r, t := contents.at(c.Signed), &c.Terms
	e, ok := elementsNeeded.At(c.Signed)
	given := setOf(t.Elements...)
	missing := e.Value &^ given
	if t.Duty == law.Yes {
		missing |= setOf(StatesIndemnity) &^ given
	}
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case t.Elements == nil && t.Written == law.No:
		return r.NotApplicable(c.Signed)
	case t.Elements == nil:
		return r.Undetermined(c.Signed, "/contract/elements")
	case missing != 0:
		return r.Fail(law.Breach, c.Signed, "/contract/elements", MissingElements{missing.list()}, e.Cites...)
	case t.Duty == law.Unknown && given&setOf(StatesIndemnity) == 0:
		return r.Undetermined(c.Signed, "/contract/duty")
	}
	k := r.Pass(c.Signed)
	k.Cites = e.Cites
	return k
}

// art. 15, c. 1, lett. b, then d: until 12 August 2022 a call notice of at least one
// working day, from then on whatever the contract states. Hours count as a day's
// notice from twenty-four on. An agreement may ask for more.
func statesNotice(c *Contract) law.Check {
	r, n := noticeClause.at(c.Signed), c.Terms.Notice
	e, ok := noticeInWorkingDays.At(c.Signed)
	switch {
	case !ok:
		return r.NotInForce(c.Signed)
	case n == nil && c.Terms.Written == law.No:
		return r.NotApplicable(c.Signed)
	case n == nil:
		return r.Undetermined(c.Signed, "/contract/notice")
	case e.Value > n.WorkingDays && n.Hours < e.Value*hoursOfADay:
		return r.Fail(law.Breach, c.Signed, "/contract/notice", ShortNotice{*n, e.Value}, e.Cites...)
	case *n == Notice{}:
		return r.Fail(law.Breach, c.Signed, "/contract/notice", NoNotice{}, e.Cites...)
	}
	k := r.Pass(c.Signed)
	k.Cites = e.Cites
	return k
}

// art. 15, c. 2: the workers' representatives are informed at least once a year.
func informedUnions(c *Contract) law.Check {
	r, ok := unionInformation.on(c.Signed)
	given, day := c.Terms.UnionInformed, c.day()
	switch {
	case !ok:
		return r.NotInForce(day)
	case c.Terms.UnionRepresentatives == law.No:
		return r.NotApplicable(day)
	case given == 0:
		return r.Fail(law.Advice, day, "/contract/union_informed", InformationDue{Due: nextAnniversary(c.Signed, day)})
	}
	due := law.Anniversary(given, yearsBetweenInformation, law.LastOfMonth)
	if day <= due {
		return r.Pass(day)
	}
	return r.Fail(law.Advice, day, "/contract/union_informed", InformationDue{given, due})
}

// nextAnniversary is the first anniversary of a day that is not before another.
func nextAnniversary(of, day date.Date) date.Date {
	years := max(day.Year()-of.Year(), yearsBetweenInformation)
	if due := law.Anniversary(of, years, law.LastOfMonth); due >= day {
		return due
	}
	return law.Anniversary(of, years+1, law.LastOfMonth)
}

// art. 9-bis, c. 2, D.L. 510/1996: the hire is notified (UniLav) by 24:00 of the day
// before the contract begins, once for all its calls.
func notifiedHire(c *Contract) law.Check {
	r, sent := hireNotice.at(c.Signed), c.Terms.HireNotice
	switch {
	case !r.InForce.Contains(c.Work.First):
		return r.NotInForce(c.Work.First)
	case sent.IsZero():
		return r.Undetermined(c.Work.First, "/contract/hire_notice")
	case law.RomeDay(sent) < c.Work.First:
		return r.Pass(c.Work.First)
	default:
		return r.Fail(law.Breach, c.Work.First, "/contract/hire_notice", LateHireNotice{sent, c.Work.First},
			with(r.Cites, law.Of(law.Note4269of2012))...)
	}
}
