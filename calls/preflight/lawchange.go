package preflight

import (
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Changed is a case whose verdict is not the same under the law of two days.
type Changed struct {
	Case   int         `json:"case"` // index
	Before law.Verdict `json:"before"`
	After  law.Verdict `json:"after"`
	Rules  []Turned    `json:"rules"` // the rules that came out differently
}

// Turned is a rule that came out differently, with what decided it on either day.
type Turned struct {
	Before law.Check `json:"before"`
	After  law.Check `json:"after"`
}

// LawChange judges each case as if its contract had been signed on one day and on
// another, and returns those whose verdict differs. All the days of a case move
// together, the birth and the days worked too: ages, gaps and counts stay as they
// are, up to the length of months, and what differs is the law. A case without a day
// of signing stays where it is. The error, a [law.InputError], begins with the place
// of its case.
func LawChange(cases []Case, before, after date.Date) ([]Changed, error) {
	var list []Changed
	for i, c := range cases {
		was, err := Run(c.signedOn(before))
		if err != nil {
			return nil, law.At(err, "/"+strconv.Itoa(i))
		}
		is, err := Run(c.signedOn(after))
		if err != nil {
			return nil, law.At(err, "/"+strconv.Itoa(i))
		}
		if was.Verdict != is.Verdict {
			list = append(list, Changed{i, was.Verdict, is.Verdict, turned(was.Checks, is.Checks)})
		}
	}
	return list, nil
}

// turned pairs the checks of a rule, the first with the first and so on, and returns
// the pairs that differ in outcome or severity. An advice turns no verdict.
func turned(was, is law.Checks) []Turned {
	advises := func(c law.Check) bool { return c.Severity() == law.Advice }
	is = slices.DeleteFunc(slices.Clone(is), advises)
	var list []Turned
	for _, b := range was {
		i := slices.IndexFunc(is, func(a law.Check) bool { return a.Rule() == b.Rule() })
		if i < 0 || advises(b) {
			continue
		}
		if a := is[i]; a.Outcome != b.Outcome || a.Severity() != b.Severity() {
			list = append(list, Turned{b, a})
		}
		is = slices.Delete(is, i, i+1)
	}
	return list
}

// signedOn moves a case in time, so that its contract is signed on a day.
func (c Case) signedOn(day date.Date) Case {
	if c.Contract.Signed == 0 {
		return c
	}
	by := day - c.Contract.Signed
	k := &c.Contract
	for _, t := range [...]*time.Time{&c.Now, &c.Called, &c.Start, &k.Terms.HireNotice} {
		*t = moved(*t, by)
	}
	k.Signed = day
	for _, d := range [...]*date.Date{&c.Worker.Birth, &k.Work.First, &k.Work.Last, &k.Agreement.Period.First,
		&k.Agreement.Period.Last, &k.Terms.UnionInformed} {
		if *d != 0 {
			*d += by
		}
	}
	k.Worked = movedDays(k.Worked, by)
	k.Unit.CollectiveDismissals = slices.Clone(k.Unit.CollectiveDismissals)
	for i := range k.Unit.CollectiveDismissals {
		if d := &k.Unit.CollectiveDismissals[i].Date; *d != 0 {
			*d += by
		}
	}
	k.Unit.Suspensions = slices.Clone(k.Unit.Suspensions)
	for i := range k.Unit.Suspensions {
		s := &k.Unit.Suspensions[i].Span
		if s.First += by; s.Last != 0 {
			s.Last += by
		}
	}
	for _, l := range [...]*limits.Ledger{&c.Worked, &c.Presumed, &c.Planned} {
		*l = limits.LedgerOf(movedDays(l.Days(), by))
	}
	return c
}

func movedDays(list law.Days, by date.Date) law.Days {
	out := make(law.Days, len(list))
	for i, s := range list {
		out[i] = law.Span{First: s.First + by, Last: s.Last + by}
	}
	return out
}

// moved keeps the time that Rome's clocks show, up to an hour they skip.
func moved(t time.Time, by date.Date) time.Time {
	if t.IsZero() {
		return t
	}
	d := law.RomeDay(t)
	return law.RomeMidnight(d + by).Add(t.Sub(law.RomeMidnight(d)))
}
