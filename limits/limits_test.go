package limits_test

import (
	"encoding/json"
	"fmt"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// questions are the Go types of what can be asked.
var questions = map[string]reflect.Type{
	"limits.assess":    reflect.TypeFor[limits.Question](),
	"limits.plan":      reflect.TypeFor[limits.PlanQuestion](),
	"limits.headcount": reflect.TypeFor[limits.HeadcountQuestion](),
}

// Every pointer of every check and error is a place in the question asked.
func TestPointersResolve(t *testing.T) {
	all, err := lawtest.Load(limitstest.Vectors())
	require.NoError(t, err)
	n := 0
	for _, v := range all {
		answer, err := asks[v.Ask](v.In)
		for _, e := range law.AllErrors(err) {
			if e.Kind != law.KindMember && e.Path != "" {
				assert.True(t, lawtest.Resolves(questions[v.Ask], e.Path), "%s: %s", v.Name, e.Path)
			}
		}
		var checks law.Checks
		switch a := answer.(type) {
		case limits.Assessment:
			checks = a.Checks
		case limits.Forecast:
			checks = a.Checks
		}
		for _, c := range checks {
			for _, p := range append(c.Needs, path(c)) {
				n++
				assert.True(t, p == "" || lawtest.Resolves(questions[v.Ask], p), "%s: %s", v.Name, p)
			}
		}
	}
	assert.Greater(t, n, 100)
}

func path(c law.Check) string {
	if c.Finding == nil {
		return ""
	}
	return c.Finding.Path
}

// Undetermined checks name the fact in words.
func TestMissingFactsAreNamed(t *testing.T) {
	h := limits.History{Worked: run(asked-100, 100), Incomplete: true}
	for c := range h.Assess(asked, trade).Checks.Of(limits.RuleDaysCap) {
		assert.Equal(t, []string{"/history_incomplete"}, c.Needs)
		assert.Equal(t, law.Text{
			EN: "Missing: the days worked that could not be read.",
			IT: "Manca: le giornate lavorate che non è stato possibile leggere.",
		}, c.Text())
	}
}

// What the package writes it reads back: what was read is written as before.
func TestEverythingReadsBack(t *testing.T) {
	all, err := lawtest.Load(limitstest.Vectors())
	require.NoError(t, err)
	for _, v := range all {
		if answer, err := asks[v.Ask](v.In); err == nil {
			readsBack(t, answer)
			q := reflect.New(questions[v.Ask])
			require.NoError(t, law.Decode(v.In, q.Interface()))
			readsBack(t, q.Elem().Interface())
		}
	}
	hours := decimal.RequireFromString("12.5")
	for _, x := range []any{
		limits.Ledger{}, limits.NewLedger(asked, asked+1, asked+5), limits.Employer{}, trade,
		limits.EmployerPeriod{Span: law.Span{First: asked}, Employer: tavern},
		limits.Question{}, limits.PlanQuestion{}, limits.HeadcountQuestion{}, limits.MonthHours{Month: law.Month{Year: 2025, Month: 1}, Hours: hours},
		limits.Assessment{}, limits.Forecast{}, limits.HeadcountAnswer{}, limits.Point{Day: asked, Worked: 1, Remaining: 2},
		limits.Exceeded{Window: limits.Window(asked), Worked: 1, Exempt: 2, Transferred: 3, Cap: 4, NextFree: asked}, limits.Exceeded{},
		limits.EarlyDay{Day: asked}, limits.Converted{From: asked, Strict: asked + 1}, limits.Converted{},
		limits.WorkingList{}, limits.WorkingList{ATECOVersion: 2007}, limits.EdgeCode{ATECOVersion: 2025},
	} {
		readsBack(t, x)
	}
}

func readsBack(t *testing.T, x any) {
	t.Helper()
	out, err := json.Marshal(x)
	require.NoError(t, err)
	same := reflect.New(reflect.TypeOf(x))
	if strings.Contains(string(out), `"0001-01-01"`) || strings.Contains(string(out), `"month":""`) {
		return // the zero value of a fact that is needed: refused when it is read
	}
	require.NoError(t, json.Unmarshal(out, same.Interface()), "%T %s", x, out)
	again, err := json.Marshal(same.Elem().Interface())
	require.NoError(t, err)
	assert.Equal(t, string(out), string(again), "%T", x)
}

// Each rule of the table leaves its check in every answer.
func TestEveryRuleIsAsked(t *testing.T) {
	ids := func(checks law.Checks) (list []law.RuleID) {
		for _, c := range checks {
			if c.Severity() != law.Advice {
				list = append(list, c.Rule())
			}
		}
		return list
	}
	var want []law.RuleID
	for _, r := range limits.Rules() {
		want = append(want, r.ID)
	}
	h := limits.History{Worked: run(asked-401, 401)}
	for _, on := range []date.Date{0, date.New(2010, 1, 1), date.New(2013, 7, 1), asked} {
		for _, e := range []limits.Employer{{}, trade, tavern, limitstest.Restorer()} {
			assert.Equal(t, want, ids(h.Assess(on, e).Checks))
			assert.Equal(t, want, ids(h.Plan(limits.NewLedger(on), e).Checks))
		}
	}
}

// A cap that rises: days worked from November 2025 fill it, and the first day of the
// higher cap is free, 22 months before the oldest day leaves.
func TestNextFreeUnderACapThatRises(t *testing.T) {
	limits.Raise(t, date.New(2027, time.January, 1), 420)
	h := limits.History{Worked: run(date.New(2025, time.November, 1), 400)}
	ask := date.New(2026, time.December, 20)
	day, leaving := h.NextFree(ask)
	assert.Equal(t, date.New(2027, time.January, 1), day)
	assert.Zero(t, leaving.Len())
	a := h.Assess(ask, trade)
	assert.Equal(t, day, a.NextFree)
	assert.Equal(t, 20, h.Assess(day, trade).Remaining)
	assert.Equal(t, 420, h.Assess(day, trade).Cap)
	f := h.Plan(limits.NewLedger(day-1, day), trade)
	assert.Equal(t, []date.Date{day}, f.Lawful)
	assert.Equal(t, 19, f.RemainingAfter)
	assert.Zero(t, a.Converted)
	h.Worked = h.Worked.With(day)
	assert.Zero(t, h.Assess(day, trade).Converted, "the 401st day is lawful then")
	h.Worked = h.Worked.With(day - 1)
	assert.Equal(t, day-1, h.Assess(day, trade).Converted)
}

// The rule of the planned days: those before the day count, but convert nothing.
func TestPlannedDaysCount(t *testing.T) {
	q := limits.Question{Worked: run(asked-500, 398), Planned: limits.NewLedger(asked-2, asked-1, asked, asked+1), On: asked, Employer: trade}
	a, err := limits.Assess(q)
	require.NoError(t, err)
	assert.Equal(t, 400, a.Worked)
	assert.Equal(t, law.VerdictBreach, a.Verdict)
	assert.Equal(t, "breach", became(a.Checks, limits.RuleDaysCap))
	assert.Equal(t, "pass", became(a.Checks, limits.RuleConversion))

	q.Planned = q.Planned.Without(asked - 1)
	a, err = limits.Assess(q)
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, a.Verdict)

	q.AcrossMidnight = limits.NewLedger(asked - 2) // a planned night fills the next day in the stricter reading
	a, err = limits.Assess(q)
	require.NoError(t, err)
	assert.Equal(t, "doubt", became(a.Checks, limits.RuleDaysCap))
	assert.Equal(t, "pass", became(a.Checks, limits.RuleConversion))
}

// The work grows with the days, not with their square: the days looked at, counted.
func TestGrowth(t *testing.T) {
	first := date.New(2020, time.January, 1)
	for _, years := range []int{20, 90, 179} {
		last := first + date.Date(years*365)
		for name, h := range map[string]limits.History{
			"every day":        {Worked: run(first, years*365)},
			"two days in five": {Worked: every(first, years*365, 2, 5)},
			"one day too many": {Worked: every(first, years*365, 366, 1000)},
		} {
			next, back := h.Looks(first+1200, law.Span{First: first, Last: last})
			assert.LessOrEqual(t, next, years*365, "%s, %d years", name, years)
			assert.LessOrEqual(t, back, years*365, "%s, %d years", name, years)
		}
	}
}

// every returns k days of each n from a day on.
func every(first date.Date, count, k, n int) limits.Ledger {
	var days []date.Date
	for i := range count {
		if i%n < k {
			days = append(days, first+date.Date(i))
		}
	}
	return limits.NewLedger(days...)
}

// Bounds: what would grow without measure is refused.
func TestBounds(t *testing.T) {
	long := limits.LedgerOf(law.Days{{First: asked, Last: asked + 3659}})
	_, err := limits.Plan(limits.PlanQuestion{Planned: long})
	require.NoError(t, err)
	_, err = limits.Plan(limits.PlanQuestion{Planned: long.With(asked + 3660)})
	assert.Equal(t, "/planned: too-long: more than one question may hold", fmt.Sprint(err))

	periods := make([]limits.EmployerPeriod, 1001)
	for i := range periods {
		periods[i] = limits.EmployerPeriod{Span: law.OneDay(asked + date.Date(i)), Employer: trade}
	}
	_, err = limits.Assess(limits.Question{On: asked, EmployerHistory: periods[:1000]})
	require.NoError(t, err)
	_, err = limits.Assess(limits.Question{On: asked, EmployerHistory: periods})
	assert.Equal(t, "/employer_history: too-long: more than one question may hold", fmt.Sprint(err))
}

// Periods of an employer that cannot be used are refused at their place.
func TestEmployerHistoryErrors(t *testing.T) {
	span := func(first, last date.Date) limits.EmployerPeriod {
		return limits.EmployerPeriod{Span: law.Span{First: first, Last: last}}
	}
	bad := span(asked, 0)
	bad.ATECO = "restaurant"
	for want, periods := range map[string][]limits.EmployerPeriod{
		"/employer_history/1/span/first missing": {span(asked, asked), span(0, asked)},
		"/employer_history/0/span span":          {span(asked, asked-1)},
		"/employer_history/0/ateco value":        {bad},
		"/employer_history/1/span span":          {span(asked, asked+9), span(asked+9, asked+9)},
		"/employer_history/0/span span ":         {span(asked+1, asked+2), span(asked, 0)},
	} {
		_, err := limits.Plan(limits.PlanQuestion{EmployerHistory: periods})
		var in *law.InputError
		require.ErrorAs(t, err, &in, want)
		assert.Equal(t, strings.TrimSpace(want), in.Path+" "+string(in.Kind))
		assert.NotEmpty(t, in.Text().IT)
	}
	_, err := limits.Assess(limits.Question{On: asked, EmployerHistory: []limits.EmployerPeriod{span(asked, asked+9), span(asked+10, 0)}})
	require.NoError(t, err)
}

// A single exempt day next to the days that are over the cap is free, and no other.
func TestOneExemptDay(t *testing.T) {
	h := limits.History{Worked: run(date.New(2024, time.January, 1), 400), Employer: trade}
	free := date.New(2027, time.January, 1) // without any exempt day
	for _, d := range []date.Date{asked - 1, asked, asked + 1, free - 1, free} {
		h.EmployerHistory = []limits.EmployerPeriod{{Span: law.OneDay(d), Employer: tavern}}
		next, leaving := h.NextFree(asked)
		want := d
		if d < asked {
			want = free
		}
		assert.Equal(t, want, next, d)
		assert.Equal(t, want == free && d != free, leaving.Len() == 1, d)
		assert.Equal(t, d, h.LastFree(law.Span{First: asked - 5, Last: max(d, asked+1)}), d)
		h.Incomplete = true
		assert.Equal(t, d, h.LastFree(law.Span{First: asked - 5, Last: free + 9}), d)
		next, _ = h.NextFree(d)
		assert.Equal(t, d, next)
		next, _ = h.NextFree(d + 1)
		assert.Zero(t, next)
		h.Incomplete = false
	}
	h.EmployerHistory = nil
	for e, want := range map[*limits.Employer]date.Date{&tavern: asked, &trade: free, {}: free} {
		h.Employer = *e
		next, _ := h.NextFree(asked)
		assert.Equal(t, want, next)
	}
	assert.Zero(t, h.LastFree(law.Span{First: asked}), "an open span has no last day")
}
