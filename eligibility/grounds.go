package eligibility

import (
	"cmp"
	"slices"
	"time"

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
)

// String returns the word used in JSON.
func (g GroundKind) String() string { return law.Word(g, "", "young", "senior", "agreement", "table") }

// MarshalText returns the word used in JSON.
func (g GroundKind) MarshalText() ([]byte, error) { return []byte(g.String()), nil }

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
	b := birthday{early: law.Anniversary(birth, age, law.LastOfMonth)}
	b.late = b.early
	if _, m, d := birth.Date(); m == time.February && d == 29 {
		b.late = law.Anniversary(birth, age, law.NextMonth)
	}
	return b
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

// standing is what each ground is worth, and on which days of the contract it
// alone would allow a call by every reading. The lists have a place for each
// ground; the first, of no ground, stays zero.
type standing struct {
	worth  [TableGround + 1]worth
	needs  [TableGround + 1]string   // JSON pointer of the missing fact of an open ground
	allows [TableGround + 1]law.Span // zero where it allows none
	// The birthdays that bound the age grounds; zero where they do not matter.
	young, senior, lastWork birthday
	onPeriod                bool  // the agreement ground rests on the period alone
	best                    worth // of all grounds
}

func standingOf(c *Contract, days law.Span) (s standing) {
	s.ages(c, days)
	s.agreement(c, days)
	s.table(c, days)
	s.best = s.bestBut(0)
	return s
}

func (s *standing) ages(c *Contract, days law.Span) {
	if _, ok := young.on(c.Signed); !ok {
		return
	}
	e, _ := agesAtSigning.At(c.Signed)
	if c.Birth == 0 {
		s.worth[YoungGround], s.needs[YoungGround] = open, "/birth"
		s.worth[SeniorGround], s.needs[SeniorGround] = open, "/birth"
		return
	}
	s.young = birthdayOf(c.Birth, e.Value.under)
	s.worth[SeniorGround] = unmet // nobody is both
	if s.worth[YoungGround] = s.young.below(c.Signed); s.worth[YoungGround] == unmet {
		s.senior = birthdayOf(c.Birth, e.Value.over)
		s.worth[SeniorGround] = s.senior.above(c.Signed)
	} else if end, ok := ageEndingWork.At(c.Signed); ok {
		s.lastWork = birthdayOf(c.Birth, end.Value)
	}
	if s.worth[SeniorGround] == holds {
		s.allows[SeniorGround] = days
	}
	switch {
	case s.worth[YoungGround] != holds:
	case s.lastWork == birthday{}:
		s.allows[YoungGround] = days
	default:
		s.allows[YoungGround] = days.Intersect(law.Span{First: days.First, Last: s.lastWork.early - 1})
	}
}

func (s *standing) agreement(c *Contract, days law.Span) {
	if _, ok := agreement.on(c.Signed); !ok {
		return
	}
	w, a := unmet, &c.Agreement
	whole, _ := wholeYear.At(c.Signed)
	switch {
	case a.Needs == law.Yes:
		w = holds
		s.allows[AgreementGround] = days
	case !a.Period.IsZero() && !fillsYear(a.Period):
		w, s.onPeriod = holds, true
		s.allows[AgreementGround] = days.Intersect(a.Period)
	case !a.Period.IsZero() && whole.Value == law.Doubt:
		w = doubtful
	case a.Needs == law.Unknown && a.Bans != law.Yes:
		w, s.needs[AgreementGround] = open, "/agreement/needs"
	}
	s.worth[AgreementGround] = w
}

// fillsYear reports whether a period is a whole year or longer.
func fillsYear(p law.Span) bool {
	return p.Open() || p.Last >= law.MonthsAfter(p.First, 12)-1
}

func (s *standing) table(c *Contract, days law.Span) {
	if _, ok := table.on(c.Signed); !ok {
		return
	}
	w, a := unmet, &c.Activity
	switch {
	case a.Item == nil, *a.Item != 0 && citesOf(*a.Item) == nil:
		w, s.needs[TableGround] = open, "/activity"
	case *a.Item != 0:
		switch in, _ := a.scope(); in {
		case law.Yes:
			w = holds
			s.allows[TableGround] = days
		case law.Unknown:
			w, s.needs[TableGround] = open, "/activity/public_establishment"
		}
	}
	s.worth[TableGround] = w
}

// bestBut is the worth of the best ground but one.
func (s *standing) bestBut(g GroundKind) (w worth) {
	for k, x := range s.worth {
		if GroundKind(k) != g {
			w = max(w, x)
		}
	}
	return w
}

// missing lists the facts the open grounds miss.
func (s *standing) missing() (needs []string) {
	for k, w := range s.worth {
		if w == open && (len(needs) == 0 || needs[len(needs)-1] != s.needs[k]) {
			needs = append(needs, s.needs[k])
		}
	}
	return needs
}

// held appends the grounds held at signing by the administrative reading.
func (s *standing) held(list []GroundKind) []GroundKind {
	for k, w := range s.worth {
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
func (s *standing) settle(r *law.Rule, g GroundKind, on date.Date) (law.Check, bool) {
	w, best := s.worth[g], s.best
	switch {
	case w == absent:
		return r.NotInForce(on), true
	case w == holds:
		return r.Pass(on), true
	case w < best && best >= doubtful, w == unmet && best == open:
		return r.NotApplicable(on), true
	case w == open:
		return r.Undetermined(on, s.needs[g]), true
	default:
		return law.Check{}, false
	}
}

// severity is how gravely a ground that is not settled fails.
func (s *standing) severity(g GroundKind) law.Severity {
	if s.worth[g] == doubtful {
		return law.Doubt
	}
	return law.Breach
}

// covers reports whether some ground allows a call on the day by every reading.
func (s *standing) covers(d date.Date) bool {
	for _, days := range s.allows {
		if days.Contains(d) {
			return true
		}
	}
	return false
}

// mayCover reports whether an age ground, at least, allows a call on the day by the
// administrative reading.
func (s *standing) mayCover(d date.Date) bool {
	return s.worth[SeniorGround] >= doubtful ||
		s.worth[YoungGround] >= doubtful && (s.lastWork == birthday{} || s.lastWork.below(d) >= doubtful)
}

// spans appends the days the grounds allow together, in order and apart.
func (s *standing) spans(list []law.Span) []law.Span {
	for _, days := range s.allows {
		if !days.IsZero() {
			list = join(list, days)
		}
	}
	return list
}

// join adds a span to a list that is in order, with a gap between its spans.
func join(list []law.Span, s law.Span) []law.Span {
	kept := list[:0]
	for _, x := range list {
		if touches(x, s) {
			s = cover(x, s)
		} else {
			kept = append(kept, x)
		}
	}
	kept = append(kept, s)
	slices.SortFunc(kept, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	return kept
}

func touches(a, b law.Span) bool {
	return (a.Open() || b.First <= a.Last+1) && (b.Open() || a.First <= b.Last+1)
}

func cover(a, b law.Span) law.Span {
	s := law.Span{First: min(a.First, b.First), Last: max(a.Last, b.Last)}
	if a.Open() || b.Open() {
		s.Last = 0
	}
	return s
}

// without takes the days of a span out of a list.
func without(list []law.Span, out law.Span) []law.Span {
	kept := []law.Span{}
	for _, x := range list {
		if x.Intersect(out).IsZero() {
			kept = append(kept, x)
			continue
		}
		if x.First < out.First {
			kept = append(kept, law.Span{First: x.First, Last: out.First - 1})
		}
		if !out.Open() && (x.Open() || out.Last < x.Last) {
			kept = append(kept, law.Span{First: out.Last + 1, Last: x.Last})
		}
	}
	return kept
}
