package eligibility

import (
	"slices"
	"time"

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
	// and those of an agreement's periods may lie apart, and suspensions part them. A
	// day of which a period of the week takes in only some hours is among them;
	// [Contract.Allows] judges the hours.
	LawfulSpans []law.Span `json:"lawful_spans"`
	// LawfulUntil is the last day for which LawfulSpans were worked out, where the
	// agreement's periods come back every year or week for longer: five years after the
	// first day of work or the day asked, whichever is later. Zero where nothing was cut.
	LawfulUntil date.Date `json:"lawful_until,omitzero"`
}

// AppendJSON appends the form of the decision protocol to b.
func (a Assessment) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(a.AppendMembers(o.Bytes()))
	o.Add(law.AppendList(o.Name("grounds"), a.Grounds, func(g GroundKind, b []byte) ([]byte, error) {
		return law.AppendString(b, g.String()), nil
	}))
	if !a.Lawful.IsZero() {
		o.Add(a.Lawful.AppendJSON(o.Name("lawful")))
	}
	o.Add(law.AppendList(o.Name("lawful_spans"), a.LawfulSpans, law.Span.AppendJSON))
	if a.LawfulUntil != 0 {
		o.Day("lawful_until", a.LawfulUntil)
	}
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (a Assessment) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil) }

// inquiry is one question, with what its rules read.
type inquiry struct {
	Contract
	days    law.Span  // of the contract
	lastDay date.Date // the last day of the call asked; zero when none is
	standing
	until  date.Date // where the lawful days were cut
	reach  date.Date // a day beyond which they have to be looked for
	allHit bool      // suspensions leave no day of those that the grounds allow
	// mayAllHit says the same where a suspension hits that is not known to; no day is asked.
	mayAllHit bool
}

// Assess judges a contract. It asks every rule for the day of the signing, and those
// on calls for On where it is given. The error is a [law.InputError]: the days of
// signing and of work are needed, and whatever is given must be possible.
//
// Days are lawful where a ground allows them, unless a prohibition is broken or the
// ban of an agreement may bind; a later suspension removes its own. Missing facts and
// defects of form or notice remove none: the verdict tells them.
func Assess(c Contract) (Assessment, error) {
	room := new(struct { // one allocation for whatever a clear answer holds, as long as the law is verified
		checks [ruleCount]law.Check
		room
	})
	q := inquiry{Contract: c}
	checks, a, err := q.assess(room.checks[:0], &room.room)
	if err != nil {
		return Assessment{}, err
	}
	a.Judgment = law.Judge(law.Stale(checks, max(q.Signed, q.lastDay)))
	return a, nil
}

// AppendChecks is [Assess] as a part of a larger question: it appends the checks to those
// of that question, which judges them all and says [law.Stale] once. The judgment of the
// assessment is empty.
func (c Contract) AppendChecks(checks law.Checks) (law.Checks, Assessment, error) {
	q := inquiry{Contract: c}
	return q.assess(checks, new(room))
}

// room is what an answer holds besides its checks.
type room struct {
	grounds [lastGround]GroundKind
	spans   [3]law.Span // one of an age, one of the periods of the law, one of another ground
}

// assess appends the checks of every rule and returns the rest of the answer.
func (q *inquiry) assess(checks law.Checks, room *room) (law.Checks, Assessment, error) {
	if err := q.open(); err != nil {
		return checks, Assessment{}, err
	}
	var lawful []law.Span
	lawful, q.allHit = q.lawful(room.spans[:0], q.suspended(false))
	if q.lastDay == 0 && len(lawful) > 0 && len(q.Unit.Suspensions) > 0 {
		may := *q
		_, q.mayAllHit = may.lawful(nil, q.suspended(true))
	}
	before := len(checks)
	checks = q.ask(checks)
	if forbidden(checks[before:], q.Signed) {
		lawful = lawful[:0]
	}
	if len(lawful) == 0 {
		q.until = 0
	}
	a := Assessment{Grounds: q.held(room.grounds[:0]), LawfulSpans: lawful, LawfulUntil: q.until}
	for i, l := range lawful {
		if i == 0 || l.Contains(q.On) {
			a.Lawful = l
		}
	}
	return checks, a, nil
}

// lawful returns the days that the grounds allow and no suspension hits, and whether the
// suspensions hit them all. Where they hit all that is written out of recurring periods,
// more is written out, to where they end.
func (q *inquiry) lawful(list, hit []law.Span) (lawful []law.Span, allHit bool) {
	allowed := q.allowed(list)
	lawful = without(allowed, hit)
	if len(allowed) == 0 || len(lawful) > 0 {
		return lawful, false
	}
	last := hit[len(hit)-1]
	if q.until != 0 {
		q.reach, q.until = max(last.First, last.Last), 0
		lawful = without(q.allowed(nil), hit)
	}
	return lawful, len(lawful) == 0 && (q.until == 0 || last.Open())
}

// open validates the contract of the inquiry and weighs its grounds.
func (q *inquiry) open() error {
	if err := q.validate(); err != nil {
		return err
	}
	q.days = q.Contract.days()
	q.lastDay = q.On
	if !q.OnEnd.IsZero() {
		q.lastDay = law.RomeDay(q.OnEnd.Add(-time.Nanosecond)) // one that ends at midnight ends with its day
	}
	q.stand()
	return nil
}

// Allows reports whether a call from start to end is lawful under every reading, as far
// as the facts are known: on each of its days a ground allows it at those hours, and
// nothing forbids it. It is the question that LawfulSpans answer by days. A zero end
// asks about the start alone. The error is that of [Assess].
func (c Contract) Allows(start, end time.Time) (bool, error) {
	if start.IsZero() {
		return false, law.Missing("/on_start")
	}
	c.On, c.OnStart, c.OnEnd = 0, start, end
	a, err := Assess(c)
	if err != nil {
		return false, err
	}
	q := inquiry{Contract: c}
	if err := q.open(); err != nil {
		return false, err
	}
	for d := q.On; d <= q.lastDay; d++ {
		if !within(a.LawfulSpans, d) || q.hoursOn(d) != holds {
			return false, nil
		}
	}
	return true, nil
}

func within(spans []law.Span, d date.Date) bool {
	for _, s := range spans {
		if s.Contains(d) {
			return true
		}
	}
	return false
}

// hoursOn is what the best ground is worth for the hours of the call asked that lie on
// one of its days. It is open when a period of the week decides and the hours are not
// known.
func (q *inquiry) hoursOn(d date.Date) worth {
	w := unmet
	for g := GroundKind(1); g <= lastGround; g++ {
		x := q.on(g, d)
		if g == AgreementGround && q.onPeriod {
			x = q.inPeriod(d)
		}
		w = max(w, x)
	}
	return w
}

// inPeriod says whether the hours of the call on a day lie in the agreement's periods;
// open where a period of the week takes in a part of the day and the hours are not known.
func (q *inquiry) inPeriod(d date.Date) worth {
	day := weekday(d) * aDay
	if !q.periods.partly(d) {
		return unmet
	}
	if q.periods.wholly(d) || q.periods.covers(minutes{day, day + aDay}) {
		return holds
	}
	if q.OnStart.IsZero() {
		return open
	}
	part := minutes{day, day + aDay}
	if start := law.InRome(q.OnStart); law.RomeDay(q.OnStart) == d {
		part.from = day + start.Hour()*60 + start.Minute()
	}
	switch {
	case q.OnEnd.IsZero():
		part.end = part.from + 1
	case q.lastDay == d && law.RomeDay(q.OnEnd) == d: // otherwise it ends with the day
		end := law.InRome(q.OnEnd.Add(time.Minute - time.Nanosecond))
		if part.end = day + end.Hour()*60 + end.Minute(); law.RomeDay(q.OnEnd.Add(time.Minute-time.Nanosecond)) != d {
			part.end = day + aDay
		}
	}
	if q.periods.covers(part) {
		return holds
	}
	return unmet
}

// forbidden reports whether a prohibition leaves the contract no lawful day, by one
// reading at least.
func forbidden(checks law.Checks, signed date.Date) bool {
	for i := range checks {
		k := &checks[i]
		if k.Finding == nil {
			continue // as for most
		}
		switch k.Rule() {
		case RuleMinimumAge, RuleAgreementVeto, RulePublicAdministration, RuleStrike, RuleCollectiveDismissal, RuleRiskAssessment:
			if k.Severity() == law.Breach || k.Severity() == law.Doubt {
				return true
			}
		case RuleSuspension: // one that began later removes its own days
			if k.Severity() == law.Breach && k.On == signed {
				return true
			}
		}
	}
	return false
}

// barred reports whether something other than the grounds leaves no lawful day: a
// prohibition, or suspensions of every day that a ground allows. Of a day of work only
// what is a breach itself says so: a doubt, or suspensions that ended before, leave it
// to the ground.
func (q *inquiry) barred(worked bool) bool {
	checks := q.prohibitions()
	if q.lastDay == 0 && !worked {
		return q.allHit || forbidden(checks, q.Signed)
	}
	return slices.ContainsFunc(checks, func(k law.Check) bool { return k.Severity() == law.Breach })
}

// prohibitions asks the rules that [forbidden] reads.
func (q *inquiry) prohibitions() law.Checks {
	checks := askMinimumAge(nil, q)
	checks = askAgreementVeto(checks, q)
	checks = askPublicAdministration(checks, q)
	checks = askStrike(checks, q)
	checks = askCollectiveDismissal(checks, q)
	checks = askSuspension(checks, q)
	return askRiskAssessment(checks, q)
}
