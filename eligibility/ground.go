package eligibility

import (
	"cmp"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Sources added to a rule's own.
var (
	// Of the two readings of what follows from work without a ground.
	consequences = cites(law.Of(law.Vademecum2013), law.Of(law.Cass28345of2020), law.Of(law.Cass626of2024))
	// Of the civil-code reading of ages.
	birthdays = cites(law.Of(law.CivilCode, "2963"), law.Of(law.Plenary21of2011))
	// Of the older law's words, which the courts read as of the work too.
	olderWork = cites(art34("2"), law.Of(law.Abercrombie2017), law.Of(law.Cass4223of2018))
)

// with returns the citations with more after them.
func with(cites []law.Citation, more ...law.Citation) []law.Citation {
	return append(slices.Clip(cites), more...)
}

// askGround asks art. 13, c. 1 and 2: the contract rests on a need or period the
// agreement names, on the ministerial table, or on the worker's age; one is enough. While
// the law knew no on-call work none could be concluded. Contracts of before the reform of
// 2012 that only its predecessor's ages allowed ended with 2013 (art. 1, c. 22, L. 92/2012).
func askGround(checks law.Checks, q *inquiry) law.Checks {
	r, ok := ground.On(q.Signed)
	day, path := q.On, "/on"
	if q.On != 0 && q.days.Contains(q.On) {
		day, path = q.lastDay, q.lastPath()
	}
	late, latePath := q.lastDay, q.lastPath() // the day that may be after the contract ended
	if late == 0 && q.older {
		late, _ = q.workedFrom(q.ended())
		latePath = "/worked"
	}
	early := q.workedEarly()
	switch {
	case !ok:
		known, _ := onCallWork.At(max(q.Signed, decreeOf2003))
		return append(checks, r.Fail(law.Breach, q.Signed, "/signed", NoSuchContract{q.Signed}, known.Cites...))
	case q.best <= unmet:
		return append(checks, r.Fail(law.Breach, q.Signed, "", NoGround{q.Signed}, with(r.Cites(), consequences...)...))
	case day != 0 && !q.days.Contains(day):
		return append(checks, r.Fail(law.Breach, day, path, OutsideContract{day, q.days}))
	case early != 0:
		return append(checks, r.Fail(law.Breach, early, "/worked", OutsideContract{early, q.days}))
	case q.best == open && late != 0 && q.older && late >= q.ended() && q.bestOn(late) <= unmet:
		return append(checks, q.endedOn(r, late, latePath)) // whatever is not known
	case q.best == open:
		return append(checks, r.Undetermined(q.Signed, q.missing()...))
	default:
		return append(checks, q.askEnded(r))
	}
}

// left is what the grounds are worth once the contract lives by the ages of the reform
// of 2012 alone.
func (q *inquiry) left(d date.Date) worth {
	w := max(q.worth[AgreementGround], q.worth[TableGround], q.on(SeniorGround, d))
	return max(w, min(q.worth[YoungGround], max(q.lasting, unmet)))
}

// askEnded says whether the contract has outlived the ages of the older law.
func (q *inquiry) askEnded(r law.CitedRule) law.Check {
	end := q.ended()
	others := max(q.worth[AgreementGround], q.worth[TableGround])
	if end == 0 || others == holds || !q.days.Open() && q.days.Last < end {
		return r.Pass(q.Signed)
	}
	day, path, asked := q.lastDay, q.lastPath(), true
	if day == 0 {
		if day, _ = q.workedFrom(end); day != 0 {
			path = "/worked"
		} else {
			day, path, asked = max(q.days.First, end), "/work", q.days.First >= end
		}
	}
	left := q.left(day)
	if day < end {
		return r.Pass(q.Signed)
	}
	k := q.endedOn(r, day, path)
	switch {
	case left == holds || left == doubtful && q.best == doubtful:
		return r.Pass(q.Signed)
	case !asked:
		return r.Fail(law.Advice, q.Signed, path, ContractEnded{end - 1, 0}, k.Cites()...)
	case left == open:
		return r.Undetermined(day, q.missing()...)
	case left == doubtful:
		return r.Fail(law.Doubt, day, path, k.Finding.Facts, k.Cites()...)
	default:
		return k
	}
}

// endedOn is the check of a contract that has lost effect before a day.
func (q *inquiry) endedOn(r law.CitedRule, day date.Date, path string) law.Check {
	e, _ := olderContractsEnded.At(max(day, q.ended()))
	return r.Fail(law.Breach, day, path, ContractEnded{q.ended() - 1, day}, with(r.Cites(), e.Cites...)...)
}

// lastPath points at what told the last day of the call.
func (q *inquiry) lastPath() string {
	if q.lastDay != q.On {
		return "/on_end"
	}
	return "/on"
}

// askYoung asks art. 13, c. 2: with workers under 24, whatever the work.
func askYoung(checks law.Checks, q *inquiry) law.Checks {
	r, _ := young.On(q.Signed)
	k, settled := q.settle(r, YoungGround)
	bounds := agesAtSigning.Value(q.Signed)
	switch {
	case settled:
		return append(checks, k)
	case bounds.conditional && q.Unemployed == law.No && (q.Birth == 0 || q.young.below(q.Signed) > unmet):
		return append(checks, r.Fail(law.Breach, q.Signed, "/unemployed", notUnemployed))
	}
	cited := r.Cites()
	if q.Signed <= q.young.late {
		cited = with(cited, birthdays...)
	}
	return append(checks, r.Fail(q.severity(YoungGround), q.Signed, "/signed",
		TooOld{bounds.under, q.Signed, q.young.early - 1, q.young.late}, cited...))
}

// askYoungWork asks art. 13, c. 2: provided that the work is done within the twenty-fifth
// year. It does not matter where another ground holds, as judged at signing; one that is
// doubtful makes it a doubt. The law before the reform of 2012 is read so by the courts
// only: for its contracts it is a doubt, and from 1 January 2014 those that keep to the
// ages of the reform are judged as it says. Where no day is asked, the days worked are:
// what was done too late is no advice for later.
func askYoungWork(checks law.Checks, q *inquiry) law.Checks {
	r, ok := youngWork.On(q.Signed)
	w, others := q.worth[YoungGround], max(q.worth[SeniorGround], q.worth[AgreementGround], q.worth[TableGround])
	day, path, asked, on, worked := q.lastDay, q.lastPath(), true, q.day(), 0
	if day == 0 && others != holds {
		if day, worked = q.workedLate(); worked > 0 {
			path, on = "/worked", day
		}
	}
	if day == 0 {
		day, path, asked = q.days.First, "/work", false
	}
	if q.on(StatutoryGround, day) == holds { // where it is not known, the doubt remains
		others = holds
	}
	older := q.older && (day < q.ended() || q.lasting < doubtful) // the law of then still decides
	late := w > open && others != holds && day >= q.lastWork.early
	goesPast := w > open && others != holds && !asked && (q.days.Open() || q.days.Last >= q.lastWork.early)
	switch {
	case !ok && (!q.older || !late && !goesPast):
		return append(checks, r.NotInForce(on))
	case others == holds, w <= unmet:
		return append(checks, r.NotApplicable(on))
	case w == open:
		return append(checks, r.Undetermined(on, q.need(YoungGround)))
	case !late && !goesPast:
		return append(checks, r.Pass(on))
	case late && others == open:
		return append(checks, r.Undetermined(on, q.missing()...))
	case q.barred(worked > 0):
		return append(checks, r.NotApplicable(on))
	}
	facts := WorkEnds{Age: q.endingAge(), Last: q.lastWork.early - 1, Birthday: q.lastWork.late, Day: day, Worked: worked}
	cited := r.Cites()
	if older {
		cited, facts.Signed = olderWork, q.Signed
	}
	if !late {
		facts.Day = 0
		return append(checks, r.Fail(law.Advice, on, path, facts, cited...))
	}
	cited = with(cited, consequences...)
	if day <= q.lastWork.late {
		cited = with(cited, birthdays...)
	}
	if day >= q.lastWork.late && others != doubtful && !older {
		return append(checks, r.Fail(law.Breach, on, path, facts, cited...))
	}
	return append(checks, r.Fail(law.Doubt, on, path, facts, cited...))
}

// workedLate returns the first day worked, none being asked, that the young ground alone
// no longer allowed, and how many there were from it on: those of a breach, or where
// there are none those of a doubt.
func (q *inquiry) workedLate() (first date.Date, n int) {
	if q.worth[YoungGround] <= open {
		return 0, 0
	}
	late, doubt := q.lastWork.late, q.lastWork.early
	if q.worth[StatutoryGround] == holds {
		doubt = max(doubt, q.ended())
	}
	if !q.older || q.lasting >= doubtful {
		if first, n = q.workedFrom(max(late, q.ended())); n > 0 {
			return first, n
		}
	}
	return q.workedFrom(doubt)
}

// workedFrom returns the first day worked under the contract from a day on, and how many
// there were.
func (q *inquiry) workedFrom(day date.Date) (first date.Date, n int) {
	for i, s := range q.workedIn(law.Span{First: day}) {
		if i == 0 {
			first = s.First
		}
		n += s.Len()
	}
	return first, n
}

// workedEarly returns the first day worked, none being asked, that lies in the days of
// the work and before the signing. Days worked elsewhere may be of another contract.
func (q *inquiry) workedEarly() (first date.Date) {
	if q.On != 0 || q.Work.First >= q.Signed {
		return 0
	}
	for _, w := range q.Worked {
		if s := w.Intersect(q.Work).Intersect(law.Span{First: q.Work.First, Last: q.Signed - 1}); !s.IsZero() && (first == 0 || s.First < first) {
			first = s.First
		}
	}
	return first
}

// workedIn returns the days worked under the contract that lie in a span, in order and apart.
func (q *inquiry) workedIn(span law.Span) []law.Span {
	var list []law.Span
	for _, w := range q.Worked {
		if s := w.Intersect(q.days).Intersect(span); !s.IsZero() {
			list = append(list, s)
		}
	}
	return merge(list)
}

// askSenior asks art. 13, c. 2: with workers over 55, pensioners too.
func askSenior(checks law.Checks, q *inquiry) law.Checks {
	r, _ := senior.On(q.Signed)
	k, settled := q.settle(r, SeniorGround)
	bounds := agesAtSigning.Value(q.Signed)
	switch {
	case settled:
		return append(checks, k)
	case bounds.conditional && q.Expelled == law.No && (q.Birth == 0 || q.senior != birthday{} && q.senior.above(q.Signed) > unmet):
		return append(checks, r.Fail(law.Breach, q.Signed, "/expelled", notExpelled))
	}
	from := birthdayOf(q.Birth, bounds.over) // of a young worker too, whom the condition may have left out
	cited := r.Cites()
	if q.Signed >= from.early {
		cited = with(cited, birthdays...)
	}
	return append(checks, r.Fail(q.severity(SeniorGround), q.Signed, "/signed",
		NotSenior{bounds.over, q.Signed, from.early, from.late + 1}, cited...))
}

// askAgreement asks art. 13, c. 1: the need the agreement names, also by predetermined
// periods of the week, month or year. On periods alone, only their days and hours are
// lawful. Art. 51: only an agreement of the comparatively more representative unions
// counts.
func askAgreement(checks law.Checks, q *inquiry) law.Checks {
	r, _ := agreement.On(q.Signed)
	k, settled := q.settle(r, AgreementGround)
	a := &q.Agreement
	switch {
	case settled && k.Outcome == law.Pass && q.onPeriod:
		k = q.askPeriods(r)
	case settled:
	case a.Representative == law.No:
		e, _ := representativeUnions.At(q.Signed)
		k = r.Fail(law.Breach, q.Signed, "/agreement/representative", notRepresentative, with(r.Cites(), e.Cites...)...)
	case q.periods == nil:
		k = r.Fail(law.Breach, q.Signed, "/agreement", noNeed)
	default:
		e, _ := wholeYear.At(q.Signed)
		k = r.Fail(q.severity(AgreementGround), q.Signed, q.periodPath(), WholeYear{a.Period, a.Periods}, addNew(r.Cites(), e.Cites)...)
	}
	if k.Outcome == law.Pass && a.Representative == law.Unknown {
		e, _ := representativeUnions.At(q.Signed)
		k = r.Fail(law.Advice, q.Signed, "/agreement/representative", representativeUnknown, with(r.Cites(), e.Cites...)...)
	}
	return append(checks, k)
}

// addNew returns citations with those of another list that are not among them.
func addNew(list, more []law.Citation) []law.Citation {
	for _, c := range more {
		if !slices.Contains(list, c) {
			list = with(list, c)
		}
	}
	return list
}

// periodPath points at the periods of the agreement.
func (q *inquiry) periodPath() string {
	if len(q.Agreement.Periods) == 0 {
		return "/agreement/period"
	}
	return "/agreement/periods"
}

// askPeriods judges the days of a call by the agreement's periods; without one those
// worked, or else those of the contract. Of what was worked the hours are not known.
func (q *inquiry) askPeriods(r law.CitedRule) law.Check {
	if q.On == 0 {
		return q.askPeriodsWorked(r)
	}
	worst := r.Pass(q.day())
	for d := q.On; d <= q.lastDay && q.days.Contains(d); d++ {
		hours := q.inPeriod(d)
		if hours == holds || q.bestBeside(d) == holds {
			continue
		}
		path := "/on"
		if d != q.On {
			path = "/on_end"
		} else if !q.OnStart.IsZero() && q.periods.partly(d) {
			path = "/on_start"
		}
		k := r.Undetermined(q.day(), append(q.missing(), "/on_start")...)
		if hours != open {
			k = q.outsidePeriods(r, d, path)
		}
		if gravity(&k) > gravity(&worst) {
			worst = k
		}
	}
	return worst
}

// gravity orders the checks of several days: the gravest tells what became of them all.
func gravity(k *law.Check) int {
	switch {
	case k.Severity() == law.Breach:
		return 3
	case k.Outcome == law.Undetermined:
		return 2
	case k.Severity() == law.Doubt:
		return 1
	default:
		return 0
	}
}

// askPeriodsWorked judges the days worked by the agreement's periods: the first of those
// that the other grounds allow least.
func (q *inquiry) askPeriodsWorked(r law.CitedRule) law.Check {
	var room [lastGround]law.Span
	allowed := merge(q.allowedByPeriods(room[:0]))
	worst, at := holds, date.Date(0)
	for _, s := range without(q.workedIn(q.days), allowed) {
		for d := s.First; d <= s.Last && worst > unmet; d++ {
			if w := q.bestBeside(d); w < worst {
				worst, at = w, d
			}
		}
	}
	switch {
	case at != 0:
		return q.outsidePeriods(r, at, "/worked")
	case len(allowed) > 0:
		return r.Pass(q.day())
	default:
		return q.outsidePeriods(r, q.days.First, "/work")
	}
}

// bestBeside is what the best ground but the agreement's is worth for a call on a day.
func (q *inquiry) bestBeside(d date.Date) (w worth) {
	for _, g := range [...]GroundKind{YoungGround, SeniorGround, TableGround, StatutoryGround} {
		w = max(w, q.on(g, d))
	}
	return w
}

// outsidePeriods judges a day on which the periods do not allow a call.
func (q *inquiry) outsidePeriods(r law.CitedRule, day date.Date, path string) law.Check {
	facts, on := OutsidePeriod{Period: q.Agreement.Period, Periods: q.Agreement.Periods, Day: day}, q.day()
	switch {
	case path == "/work":
		facts.Day = 0
	case path == "/worked":
		on = day
	case q.periods.partly(day):
		facts.Start, facts.End = q.OnStart, q.OnEnd
	}
	needs := q.missing()
	if a := &q.Agreement; a.Needs == law.Unknown && a.Bans != law.Yes {
		needs = append(needs, "/agreement/needs") // one would be good for any day
	}
	switch best := q.bestBeside(day); {
	case best == holds:
		return r.Pass(on)
	case len(needs) > 0:
		return r.Undetermined(on, needs...)
	case best == doubtful:
		return r.Fail(law.Doubt, on, path, facts, with(r.Cites(), birthdays...)...)
	default:
		return r.Fail(law.Breach, on, path, facts)
	}
}

// askAgreementVeto asks Cass. 29423/2019 and INL circ. 1/2021: agreements name needs,
// they cannot forbid.
func askAgreementVeto(checks law.Checks, q *inquiry) law.Checks {
	r, ok := agreementVeto.On(q.Signed)
	e, _ := vetoDoubtful.At(q.Signed)
	switch {
	case !ok:
		return append(checks, r.NotInForce(q.Signed))
	case q.Agreement.Bans == law.No, q.Agreement.Representative == law.No:
		return append(checks, r.NotApplicable(q.Signed))
	case !e.Value:
		return append(checks, r.Pass(q.Signed))
	case q.Agreement.Bans == law.Yes:
		all := vetoDoubtful.All()
		return append(checks, r.Fail(law.Doubt, q.Signed, "/agreement/bans", Banned{all[len(all)-1].From}, with(r.Cites(), e.Cites...)...))
	default:
		return append(checks, r.Undetermined(q.Signed, "/agreement/bans"))
	}
}

// askTable asks art. 55, c. 3, and D.M. 23 October 2004: while no decree names the cases,
// the activities of the table of 1923; the repeal of its decree leaves it recalled.
func askTable(checks law.Checks, q *inquiry) law.Checks {
	r, _ := table.On(q.Signed)
	k, settled := q.settle(r, TableGround)
	switch {
	case !settled && *q.Activity.Item == 0:
		k = r.Fail(law.Breach, q.Signed, "/activity/item", NotInTable{})
	case !settled:
		_, cited := q.Activity.scope()
		k = r.Fail(law.Breach, q.Signed, "/activity/role", NotInTable{*q.Activity.Item, q.Activity.Role}, cited...)
	case k.Outcome == law.Pass:
		k = r.Citing(citesOf(*q.Activity.Item)...).Pass(q.Signed)
		if e, _ := tableRepealed.At(q.Signed); e.Value {
			k = r.Fail(law.Advice, q.Signed, "/activity/item", TableRepealed{e.From}, with(k.Cites(), e.Cites...)...)
		}
	}
	return append(checks, k)
}

// askDiscontinuity asks circ. 20/2012: the work is discontinuous while it does not
// coincide exactly with the contract.
func askDiscontinuity(checks law.Checks, q *inquiry) law.Checks {
	r, ok := discontinuity.On(q.Signed)
	switch {
	case !ok:
		return append(checks, r.NotInForce(q.day()))
	case workedThrough(q.Worked, q.Work):
		return append(checks, r.Fail(law.Advice, q.day(), "/worked", NoInterruption{q.Work}))
	default:
		return append(checks, r.Pass(q.day()))
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
