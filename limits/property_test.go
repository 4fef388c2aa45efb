package limits_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/rickb777/date/v2"
)

var (
	lawDay = date.New(2013, time.June, 28)
	from   = date.New(2013, time.June, 1)
	to     = date.New(2033, time.January, 1)
)

// became writes what became of a rule as the oracle does.
func became(checks law.Checks, id law.RuleID) string {
	for c := range checks.Of(id) {
		if c.Outcome == law.Fail {
			return c.Severity().String()
		}
		return c.Outcome.String()
	}
	return "no check"
}

// differ returns "" where both are equal, so that a property shows both where not.
func differ(got, want any) string {
	if reflect.DeepEqual(got, want) {
		return ""
	}
	return fmt.Sprintf("got  %+v\nwant %+v", got, want)
}

func TestOracle(t *testing.T) {
	lawtest.Property(t, "Window", func(d date.Date) string {
		return differ(limits.Window(d), law.Span{First: limitstest.SlowWindow(d), Last: d})
	}, lawtest.Day(date.New(1850, time.January, 1), date.New(2190, time.January, 1)))

	lawtest.Property(t, "Assess", func(c limitstest.Case) string {
		a, b := c.History().Assess(c.On, trade), c.Assess()
		return differ([]any{a.Worked, a.Counted, a.Remaining, a.NextFree}, []any{b.Worked, b.Counted, b.Remaining, b.NextFree})
	}, limitstest.Cases())
	lawtest.Property(t, "Plan", plans, limitstest.Cases())
	for round := range 3 { // 3,000 cases each
		lawtest.Property(t, fmt.Sprint("Assess with every fact, ", round), agrees, limitstest.FullCases())
		lawtest.Property(t, fmt.Sprint("Plan with every fact, ", round), plans, limitstest.FullCases())
	}
}

// Values of the law may rise: the oracle reads them where the package does.
func TestOracleUnderAnotherCap(t *testing.T) {
	for name, raise := range map[string]struct {
		from  date.Date
		value int
	}{
		"a cap that rises": {date.New(2022, time.January, 1), 420},
		"a cap that falls": {date.New(2022, time.January, 1), 385},
	} {
		t.Run(name, func(t *testing.T) {
			limits.Raise(t, raise.from, raise.value)
			lawtest.Property(t, "Assess", agrees, limitstest.FullCases())
			lawtest.Property(t, "Plan", plans, limitstest.FullCases())
			lawtest.Property(t, "NextFree and LastFree", inverses, limitstest.FullCases())
		})
	}
}

func TestInverses(t *testing.T) {
	lawtest.Property(t, "NextFree and LastFree", inverses, limitstest.FullCases())
	lawtest.Property(t, "Displaced", func(c limitstest.Case) string {
		h, planned := c.History(), limits.NewLedger(c.Planned...)
		later := planned.Within(law.Span{First: c.On})
		before := h.Plan(later, limitstest.Shop()).Lawful
		worked := h
		worked.Worked = h.Worked.With(c.On)
		if h.AcrossMidnight.Has(c.On) {
			return "" // once worked, its shift runs into the next day
		}
		after := limits.NewLedger(worked.Plan(later, limitstest.Shop()).Lawful...)
		var want []date.Date
		for _, d := range before {
			if !after.Has(d) && !h.Incomplete {
				want = append(want, d)
			}
		}
		return differ(slices.Clip(append([]date.Date(nil), h.Displaced(planned, c.On)...)), slices.Clip(want))
	}, limitstest.FullCases())
}

// agrees holds an answer for one day to the oracle.
func agrees(c limitstest.Case) string {
	a, err := limits.Assess(c.Question())
	if err != nil {
		return err.Error()
	}
	return differ(limitstest.Answer{
		First: a.Window.First, Worked: a.Worked, Counted: a.Counted, Remaining: a.Remaining,
		Exempt: a.Exempt, Transferred: a.Transferred,
		NextFree: a.NextFree, Converted: a.Converted,
		DaysCap:    became(a.Checks, limits.RuleDaysCap),
		FirstDay:   became(a.Checks, limits.RuleFirstDay),
		Conversion: became(a.Checks, limits.RuleConversion),
		Sector:     became(a.Checks, limits.RuleSectorExemption),
	}, c.AssessPlanned())
}

// plans holds the answer for a plan to the oracle.
func plans(c limitstest.Case) string {
	q := c.Question()
	f := c.History().Plan(q.Planned, q.Employer)
	got := limitstest.PlanAnswer{
		Lawful: slices.Clip(f.Lawful), FirstBreach: f.FirstBreach, Remaining: -1,
		DaysCap:  became(f.Checks, limits.RuleDaysCap),
		FirstDay: became(f.Checks, limits.RuleFirstDay),
		Converts: became(f.Checks, limits.RuleConversion),
		Sector:   became(f.Checks, limits.RuleSectorExemption),
	}
	if len(f.Lawful) == 0 {
		got.Lawful = nil
	}
	if f.Capped {
		got.Remaining = f.RemainingAfter
	}
	return differ(got, c.Plan())
}

// inverses asks day by day what NextFree and LastFree answer at once.
func inverses(c limitstest.Case) string {
	h := c.History()
	h.Employer = c.Employer
	free := func(d date.Date) bool {
		a := h.Assess(d, c.Employer)
		if !a.Capped || h.Incomplete {
			return !a.Capped
		}
		return a.Remaining > 0
	}
	next, _ := h.NextFree(c.On)
	span := law.Span{First: c.On - 30, Last: c.On + 30}
	if last := h.LastFree(law.Span{First: c.On - 400, Last: c.On + 400}); last != 0 {
		span = law.Span{First: last - 400, Last: last + 10} // about the last day that is free
	}
	last := h.LastFree(span)
	for d := span.First; d <= span.Last; d++ {
		if d < lawDay && h.Incomplete {
			continue // nothing is free that is not known to be
		}
		if d < span.Last-40 && d%7 != 0 {
			continue
		}
		switch is := free(d); {
		case is && d > last, d == last && !is:
			return fmt.Sprintf("last free day %s, but on %s %v", last, d, is)
		case is && d >= c.On && (next == 0 || d < next), d == next && !is:
			return fmt.Sprintf("next free day %s, but on %s %v", next, d, is)
		}
	}
	return ""
}

func TestAnswers(t *testing.T) {
	property := func(name string, holds func(limitstest.Case) string) {
		t.Helper()
		lawtest.Property(t, name, holds, limitstest.Cases())
	}
	property("every rule leaves a check, and findings fit their facts", func(c limitstest.Case) string {
		h := c.History()
		for _, e := range []limits.Employer{trade, {}, tavern} {
			for _, checks := range []law.Checks{h.Assess(c.On, e).Checks, h.Plan(limits.NewLedger(c.Planned...), e).Checks} {
				lawtest.Complete(t, limits.Rules(), checks)
				for f := range checks.Findings() {
					x, is := f.Facts.(limits.Exceeded)
					if total := x.Worked + x.Presumed + x.AfterMidnight; is && (total <= x.Cap ||
						(f.Severity == law.Breach) != (x.Worked > x.Cap) || min(x.Presumed, x.AfterMidnight) < 0) {
						return fmt.Sprintf("%s %+v", f.Severity, x)
					}
				}
			}
		}
		return ""
	})
	property("the next free day passes, and the days before it do not", func(c limitstest.Case) string {
		h := c.History()
		h.AcrossMidnight = limits.Ledger{}
		a := h.Assess(c.On, trade)
		if !a.Capped {
			return ""
		}
		for d := a.NextFree; d >= max(c.On, a.NextFree-3); d-- {
			free := became(h.Assess(d, trade).Checks, limits.RuleDaysCap) == "pass" && became(h.Assess(d, trade).Checks, limits.RuleFirstDay) != "doubt"
			if free != (d == a.NextFree) {
				return fmt.Sprintf("free %v on %s, next free day %s", free, d, a.NextFree)
			}
		}
		return ""
	})
	property("what leaves by the next free day makes the room", func(c limitstest.Case) string {
		day, leaving := c.History().NextFree(c.On)
		a := c.History().Assess(c.On, trade)
		if a.Capped && (day != a.NextFree || differ(leaving, a.Leaving) != "") {
			return "NextFree and Assess differ"
		}
		if (day == c.On) != (leaving.Len() == 0) || leaving.Len() > a.Counted {
			return fmt.Sprintf("%d days leave by %s", leaving.Len(), day)
		}
		for d := range leaving.All() {
			if !a.Window.Contains(d) || limits.Window(day).Contains(d) {
				return fmt.Sprintf("%s does not leave between %s and %s", d, c.On, day)
			}
		}
		return ""
	})
	property("order and repetition of days change nothing", func(c limitstest.Case) string {
		a := c.History().Assess(c.On, trade)
		c.Worked = append(slices.Sorted(slices.Values(c.Worked)), c.Worked...)
		return differ(c.History().Assess(c.On, trade), a)
	})
	property("one more day never lowers a count nor frees a day", func(c limitstest.Case) string {
		h := c.History()
		more := h
		more.Worked = more.Worked.With(c.On - 100)
		a, b := h.Assess(c.On, trade), more.Assess(c.On, trade)
		if b.Worked < a.Worked || b.Counted < a.Counted || b.Remaining > a.Remaining || b.NextFree < a.NextFree {
			return fmt.Sprintf("%+v\n%+v", a, b)
		}
		return ""
	})
	property("a window slides by a day", func(c limitstest.Case) string {
		l := limits.NewLedger(c.Worked...)
		w, next := limits.Window(c.On), limits.Window(c.On+1)
		left := l.Count(law.Span{First: w.First, Last: next.First - 1})
		if w.First == next.First {
			left = 0
		}
		come := l.Count(law.OneDay(c.On + 1))
		return differ(l.Count(next), l.Count(w)-left+come)
	})
	property("the series is the assessment of each day", func(c limitstest.Case) string {
		h := c.History()
		for p := range h.Series(law.Span{First: c.On - 5, Last: c.On + 5}) {
			a := h.Assess(p.Day, trade)
			if s := differ(p, limits.Point{Day: a.Window.Last, Worked: a.Worked, Counted: a.Counted, Remaining: a.Remaining}); s != "" {
				return s
			}
		}
		return ""
	})
	property("a day asked and the same day planned agree", func(c limitstest.Case) string {
		h := c.History()
		if h.AcrossMidnight.Has(c.On) && !h.Worked.Has(c.On) {
			h.Worked = h.Worked.With(c.On) // else the plan takes the shift as not yet worked
		}
		a, f := h.Assess(c.On, trade), h.Plan(limits.NewLedger(c.On), trade)
		for _, id := range []law.RuleID{limits.RuleDaysCap, limits.RuleFirstDay} {
			if s := differ(became(f.Checks, id), became(a.Checks, id)); s != "" {
				return s
			}
		}
		return ""
	})
	property("a what-if leaves the base untouched", func(c limitstest.Case) string {
		h := c.History()
		before, _ := json.Marshal(h)
		what := h
		what.Worked = what.Worked.With(c.Planned...).Without(c.Worked...)
		h.Plan(limits.NewLedger(c.Planned...), trade)
		after, _ := json.Marshal(h)
		return differ(string(after), string(before))
	})
	property("a lawful plan, once worked, does not convert", func(c limitstest.Case) string {
		h := limits.History{Worked: limits.NewLedger(c.Worked...)}
		f := h.Plan(limits.NewLedger(c.Planned...), trade)
		if len(f.Lawful) == 0 || h.Worked.Count(law.Span{First: f.Lawful[0]}) > 0 {
			return "" // days worked later have windows of their own
		}
		before := h.Assess(to, trade).Converted
		h.Worked = h.Worked.With(f.Lawful...)
		return differ(h.Assess(to, trade).Converted, before)
	})
}
