package eligibility

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// GroundKind is a ground (requisito) a contract may rest on. The zero value is
// none.
type GroundKind uint8

// The grounds.
const (
	YoungGround     GroundKind = iota + 1 // art. 13, c. 2: not yet 24 at signing
	SeniorGround                          // art. 13, c. 2: over 55 at signing
	AgreementGround                       // art. 13, c. 1: named by the collective agreement
	TableGround                           // D.M. 23 October 2004: in the table of 1923
	StatutoryGround                       // art. 37 D.Lgs. 276/2003, to 17 July 2012: in the periods of the law
)

const lastGround = StatutoryGround

var groundWords = []string{"", "young", "senior", "agreement", "table", "statutory-period"}

// String returns the word used in JSON.
func (g GroundKind) String() string { return law.Word(g, groundWords...) }

// Label names the ground for a reader; the zero value has an empty name.
func (g GroundKind) Label() law.Text {
	return law.Text{
		EN: law.Word(g, "", "age, young", "age, senior", "collective agreement", "table of 1923", "period of the law"),
		IT: law.Word(g, "", "età, giovani", "età, anziani", "contratto collettivo", "tabella del 1923", "periodo di legge"),
	}
}

// MarshalText returns the word used in JSON.
func (g GroundKind) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

// UnmarshalText reads the word used in JSON.
func (g *GroundKind) UnmarshalText(b []byte) (err error) {
	*g, err = law.ParseWord[GroundKind](string(b), groundWords...)
	return err
}

// worth is what a ground is worth at signing, least first.
type worth uint8

const (
	absent   worth = iota // its law was not in force
	unmet                 // known not to hold
	open                  // a fact is missing
	doubtful              // holds by the administrative reading only
	holds                 // holds by every reading
)

// birthday is the day an age is reached: by the earliest reading and by the latest,
// which differ only for births on 29 February in common years.
type birthday struct{ early, late date.Date }

func birthdayOf(birth date.Date, age int) birthday {
	return birthday{law.Anniversary(birth, age, law.LastOfMonth), law.Anniversary(birth, age, law.NextMonth)}
}

// below is what being under the age on a day is worth: practice ends it before the
// birthday begins.
func (b birthday) below(d date.Date) worth {
	switch {
	case d < b.early:
		return holds
	case d < b.late:
		return doubtful
	default:
		return unmet
	}
}

// above is what being over the age on a day is worth: practice begins it with the
// birthday, art. 2963 of the civil code with the day after.
func (b birthday) above(d date.Date) worth {
	switch {
	case d < b.early:
		return unmet
	case d <= b.late:
		return doubtful
	default:
		return holds
	}
}

// standing is what each ground is worth at signing. The lists have a place for each
// ground; the first, of no ground, stays zero.
type standing struct {
	worth [lastGround + 1]worth
	best  worth // of all grounds
	// The birthdays that bound the age grounds; zero where they do not matter.
	young, senior, lastWork birthday
	// older says that the contract was signed before the reform of 2012. Then lasting is
	// what the ground of age held is worth by the reform's ages, and so from the day on
	// which the others ended.
	older    bool
	lasting  worth
	periods  *periods // of the agreement; nil where there are none
	onPeriod bool     // the agreement ground rests on the periods alone
}

// stand weighs the grounds.
func (q *inquiry) stand() {
	q.weighAges()
	q.weighAgreement()
	q.weighTable()
	q.weighPeriodsOfLaw()
	q.best = q.bestBut(0)
}

// weighAges weighs the two grounds of age. Nobody is both young and senior.
func (q *inquiry) weighAges() {
	if _, ok := young.On(q.Signed); !ok {
		return
	}
	bounds := agesAtSigning.Value(q.Signed)
	if q.Birth == 0 {
		q.worth[YoungGround], q.worth[SeniorGround] = open, open
	} else {
		q.young = birthdayOf(q.Birth, bounds.under)
		q.worth[SeniorGround] = unmet
		if w := q.young.below(q.Signed); w > unmet {
			q.worth[YoungGround] = w
			q.lastWork = birthdayOf(q.Birth, q.endingAge())
		} else {
			q.worth[YoungGround] = unmet
			q.senior = birthdayOf(q.Birth, bounds.over)
			q.worth[SeniorGround] = q.senior.above(q.Signed)
		}
	}
	if bounds.conditional {
		q.condition(YoungGround, q.Unemployed)
		q.condition(SeniorGround, q.Expelled)
	}
	if q.older = q.Signed < reformOf2012; q.older && q.Birth != 0 {
		reform := agesAtSigning.Value(reformOf2012)
		if q.worth[YoungGround] > unmet {
			q.lasting = birthdayOf(q.Birth, reform.under).below(q.Signed)
		} else {
			q.lasting = birthdayOf(q.Birth, reform.over).above(q.Signed)
		}
	}
}

// endingAge is the age at which the work on the young ground ends.
func (q *inquiry) endingAge() int { return ageEndingWork.Value(max(q.Signed, reformOf2012)) }

// condition lowers an age ground that asked for more than the age.
func (q *inquiry) condition(g GroundKind, met law.Answer) {
	switch {
	case q.worth[g] <= unmet || met == law.Yes:
	case met == law.No:
		q.worth[g] = unmet
	default:
		q.worth[g] = open
	}
}

// need is the JSON pointer of the fact that an open ground misses.
func (q *inquiry) need(g GroundKind) string {
	switch {
	case g == AgreementGround:
		return "/agreement/needs"
	case g == TableGround && (q.Activity.Item == nil || citesOf(*q.Activity.Item) == nil):
		return "/activity"
	case g == TableGround:
		return "/activity/public_establishment"
	case g == StatutoryGround:
		return "/statutory_period"
	case q.Birth == 0:
		return "/birth"
	case g == YoungGround:
		return "/unemployed"
	default:
		return "/expelled"
	}
}

func (q *inquiry) weighAgreement() {
	if _, ok := agreement.On(q.Signed); !ok {
		return
	}
	w, a := unmet, &q.Agreement
	if all := a.all(); len(all) > 0 {
		q.periods = periodsOf(all)
	}
	switch {
	case a.Representative == law.No:
	case a.Needs == law.Yes:
		w = holds
	case q.periods != nil && !q.periods.fillYear(q.horizon()):
		w, q.onPeriod = holds, true
	case q.periods != nil && wholeYear.Value(q.Signed) == law.Doubt:
		w = doubtful
	case a.Needs == law.Unknown && a.Bans != law.Yes:
		w = open
	}
	q.worth[AgreementGround] = w
}

func (q *inquiry) weighTable() {
	if _, ok := table.On(q.Signed); !ok {
		return
	}
	w, a := unmet, &q.Activity
	switch {
	case a.Item == nil, *a.Item != 0 && citesOf(*a.Item) == nil:
		w = open
	case *a.Item != 0:
		switch in, _ := a.scope(); in {
		case law.Yes:
			w = holds
		case law.Unknown:
			w = open
		}
	}
	q.worth[TableGround] = w
}

// weighPeriodsOfLaw: art. 37 D.Lgs. 276/2003 admitted weekends and holidays by itself.
func (q *inquiry) weighPeriodsOfLaw() {
	if _, ok := ground.On(q.Signed); !ok || !statutoryPeriods.Value(q.Signed) {
		return
	}
	switch q.StatutoryPeriod {
	case law.Yes:
		q.worth[StatutoryGround] = holds
	case law.No:
		q.worth[StatutoryGround] = unmet
	default:
		q.worth[StatutoryGround] = open
	}
}

// horizon are the days of the contract for which recurring periods are written out: some
// years from its first day, and from the last one that is asked about or was worked.
func (q *inquiry) horizon() law.Span {
	from := max(q.days.First, q.lastDay, q.reach)
	if q.On == 0 {
		for _, w := range q.Worked {
			from = max(from, w.Intersect(q.days).Last)
		}
	}
	until := law.Anniversary(from, yearsOfPeriods, law.LastOfMonth)
	return law.Span{First: q.days.First, Last: max(until, q.days.First)}.Intersect(q.days)
}

// ended returns the day from which the contract lives by the ages of the reform of 2012
// alone; zero for a contract signed later.
func (q *inquiry) ended() date.Date {
	if !q.older {
		return 0
	}
	return olderContractsEnded.First()
}

// on is what a ground is worth for a call on a day of the contract.
func (q *inquiry) on(g GroundKind, d date.Date) worth {
	w := q.worth[g]
	past := q.ended() != 0 && d >= q.ended()
	switch {
	case g == StatutoryGround && past && w > unmet: // the reform repealed it, and so ended its contracts
		return unmet
	case w < open, w == open && !past, w == open && q.Birth == 0:
		return w
	}
	switch g {
	case YoungGround:
		end := q.lastWork.below(d)
		if q.older && !past {
			end = max(end, doubtful) // the older law is read so by the courts only
		}
		if w = min(w, end); past {
			w = min(w, q.lasting)
		}
	case SeniorGround:
		if past {
			w = min(w, q.lasting)
		}
	case AgreementGround:
		if q.onPeriod && !q.periods.partly(d) {
			w = unmet
		}
	}
	return w
}

// bestOn is what the best ground is worth for a call on a day.
func (q *inquiry) bestOn(d date.Date) (w worth) {
	for g := range lastGround {
		w = max(w, q.on(g+1, d))
	}
	return w
}

// bestBut is the worth of the best ground but one.
func (q *inquiry) bestBut(g GroundKind) (w worth) {
	for k, x := range q.worth {
		if GroundKind(k) != g {
			w = max(w, x)
		}
	}
	return w
}

// missing lists the facts the open grounds miss.
func (q *inquiry) missing() (needs []string) {
	for k, w := range q.worth {
		if w != open {
			continue
		}
		if need := q.need(GroundKind(k)); !slices.Contains(needs, need) {
			needs = append(needs, need)
		}
	}
	return needs
}

// held appends the grounds held at signing by the administrative reading.
func (q *inquiry) held(list []GroundKind) []GroundKind {
	for k, w := range q.worth {
		if w >= doubtful {
			list = append(list, GroundKind(k))
		}
	}
	return list
}

// settle answers a ground's own rule wherever the standing alone does: while a
// ground holds, the others are not asked; while one is open, those known not to
// hold decide nothing. It is not settled when the ground is what is doubtful, or
// fails because none holds.
func (q *inquiry) settle(r law.CitedRule, g GroundKind) (law.Check, bool) {
	w, best := q.worth[g], q.best
	switch {
	case w == absent:
		return r.NotInForce(q.Signed), true
	case w == holds:
		return r.Pass(q.Signed), true
	case w < best && best >= doubtful, w == unmet && best == open:
		return r.NotApplicable(q.Signed), true
	case w == open:
		return r.Undetermined(q.Signed, q.need(g)), true
	default:
		return law.Check{}, false
	}
}

// severity is how gravely a ground that is not settled fails.
func (q *inquiry) severity(g GroundKind) law.Severity {
	if q.worth[g] == doubtful {
		return law.Doubt
	}
	return law.Breach
}

// allowed appends the days on which some ground allows a call by every reading, in order
// and apart.
func (q *inquiry) allowed(list []law.Span) []law.Span {
	add := func(last date.Date) { // from the first day of the contract; zero to its end
		list = append(list, q.days.Intersect(law.Span{First: q.days.First, Last: last}))
	}
	end := q.ended()
	if end > 0 && q.days.First >= end {
		end = -1
	}
	if q.worth[YoungGround] == holds {
		last := q.lastWork.early - 1
		if end != 0 && q.lasting != holds {
			last = min(last, end-1)
		}
		if last >= q.days.First {
			add(last)
		}
	}
	switch {
	case q.worth[SeniorGround] != holds:
	case end == 0 || q.lasting == holds:
		add(0)
	case end > 0:
		add(end - 1)
	}
	switch {
	case q.worth[StatutoryGround] != holds:
	case end > 0:
		add(end - 1)
	}
	if q.worth[TableGround] == holds || q.worth[AgreementGround] == holds && !q.onPeriod {
		add(0)
	}
	list = q.allowedByPeriods(list)
	if len(list) > 1 {
		list = merge(list)
		if n := len(list); list[n-1].Last == q.days.Last {
			q.until = 0 // another ground holds to the end
		}
	}
	return list
}

// allowedByPeriods appends the days of the contract that the agreement's periods touch.
// Periods that come back are written out for some years, and until tells where they were
// cut.
func (q *inquiry) allowedByPeriods(list []law.Span) []law.Span {
	switch {
	case !q.onPeriod:
	case q.periods.recur():
		within := q.horizon()
		list = append(list, q.periods.spans(within, false)...)
		if within.Last != q.days.Last {
			q.until = within.Last
		}
	default:
		for i := range q.periods.list {
			if s := q.days.Intersect(q.periods.list[i].Span); !s.IsZero() {
				list = append(list, s)
			}
		}
	}
	return list
}
