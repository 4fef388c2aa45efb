package limits_test

import (
	"encoding/json"
	"fmt"
	"maps"
	"math"
	"slices"
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

var tavern = limits.Employer{ATECO: "56.10.11", ATECOVersion: 2007}

// asks are the questions of the decision protocol that this package answers.
var asks = map[string]func([]byte) (any, error){
	"limits.assess":    ask(limits.Assess),
	"limits.plan":      ask(limits.Plan),
	"limits.headcount": ask(limits.Headcount),
}

func ask[Q, A any](answer func(Q) (A, error)) func([]byte) (any, error) {
	return func(in []byte) (any, error) {
		var q Q
		if err := law.Decode(in, &q); err != nil {
			return nil, err
		}
		return answer(q)
	}
}

func TestVectors(t *testing.T) {
	lawtest.Vectors(t, limitstest.Vectors(), lawtest.Local(asks))
}

// Each rule is seen with every outcome in the case files.
func TestVectorsCoverEveryRule(t *testing.T) {
	all, err := lawtest.Load(limitstest.Vectors())
	require.NoError(t, err)
	seen := map[string]int{}
	for _, v := range all {
		for id, e := range v.Checks {
			seen[string(id)+" "+e.Outcome]++
		}
	}
	for _, r := range limits.Rules() {
		for _, o := range []string{"pass", "fail", "undetermined", "not-applicable", "not-in-force"} {
			assert.Positive(t, seen[string(r.ID)+" "+o], "%s %s", r.ID, o)
		}
	}
}

func TestRules(t *testing.T) {
	lawtest.Contract(t, "limits", limits.Rules())
	lawtest.Golden(t, "rules.golden", lawtest.RuleLines(limits.Rules()))
}

func TestMessages(t *testing.T) {
	var b strings.Builder
	for _, f := range []law.Facts{
		limits.Exceeded{Window: limits.Window(asked), Worked: 401, Cap: 400, NextFree: asked + 16},
		limits.Exceeded{Window: limits.Window(asked), Worked: 399, Presumed: 2, AfterMidnight: 1, Cap: 400, NextFree: asked + 1},
		limits.EarlyDay{Day: date.New(2013, time.June, 28), Counted: 401, Cap: 400},
		limits.Exceeded{Window: limits.Window(asked), Worked: 401, Transferred: 30, Exempt: 5, Cap: 400},
		limits.Exceeded{Window: limits.Window(asked), Worked: 1, Exempt: 400, Transferred: 1, Cap: 400, NextFree: asked + 1},
		limits.Converted{From: asked, Cap: 400},
		limits.Converted{Strict: asked, Cap: 400},
		limits.WorkingList{ATECOVersion: 2007},
		limits.EdgeCode{ATECOVersion: 2007},
	} {
		text := f.Text()
		assert.Equal(t, text.EN, f.Error())
		fmt.Fprintf(&b, "%T\n  %s\n  %s\n", f, text.EN, text.IT)
	}
	lawtest.Golden(t, "messages.golden", b.String())
}

func TestShape(t *testing.T) {
	var b strings.Builder
	for _, q := range []struct{ ask, in string }{
		{"limits.assess", `{"worked":[{"first":"2024-01-01","last":"2025-02-02"}],"presumed":["2025-07-01"],"on":"2025-07-23","employer":{"ateco":"47.11.40","ateco_version":2007,"sector_activity":false}}`},
		{"limits.plan", `{"worked":[{"first":"2024-01-01","last":"2025-02-02"}],"planned":["2025-07-01"]}`},
		{"limits.headcount", `{"month":"2025-10","hours":[{"month":"2025-06","hours":"312"}],"divisor":"173","weekly_hours":"40","threshold":"0.3003"}`},
	} {
		answer, err := asks[q.ask]([]byte(q.in))
		require.NoError(t, err)
		out, err := json.MarshalIndent(answer, "", "  ")
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s %s\n%s\n", q.ask, q.in, out)
	}
	lawtest.Golden(t, "shape.golden", b.String())
}

// The bridge to errors: breaches and open questions, found by rule and by facts.
func TestErr(t *testing.T) {
	h := limits.History{Worked: run(asked-401, 401)}
	err := h.Assess(asked, trade).Checks.Err()
	require.ErrorIs(t, err, limits.RuleDaysCap)
	require.ErrorIs(t, err, limits.RuleConversion)
	require.NotErrorIs(t, err, limits.RuleFirstDay)
	var exceeded limits.Exceeded
	require.ErrorAs(t, err, &exceeded)
	assert.Equal(t, 402, exceeded.Worked)
	var converted limits.Converted
	require.ErrorAs(t, err, &converted)
	assert.Equal(t, asked-1, converted.From)

	err = h.Assess(asked, limits.Employer{}).Checks.Err()
	var open *law.Open
	require.ErrorAs(t, err, &open)
	assert.Equal(t, []string{"/employer/ateco", "/employer/sector_activity", "/employer/sector_agreement"}, open.Needs)

	require.NoError(t, limits.History{}.Assess(asked, trade).Checks.Err())
}

// Where both readings have a conversion, the finding tells both days.
func TestConversionByBothReadings(t *testing.T) {
	h := limits.History{Worked: run(asked-401, 401), Presumed: limits.NewLedger(asked - 500)}
	var x limits.Converted
	require.ErrorAs(t, h.Assess(asked, trade).Checks.Err(), &x)
	assert.Equal(t, limits.Converted{From: asked - 1, Strict: asked - 2, Cap: 400}, x)
}

func TestCites(t *testing.T) {
	civil := law.Of(law.CivilCode, "2963")
	notice := law.Of(law.Circ18of2012)
	for name, c := range map[string]struct {
		h             limits.History
		civil, notice bool
	}{
		"presumed": {limits.History{Worked: run(asked-399, 399), Presumed: limits.NewLedger(asked - 500)}, false, true},
		"midnight": {limits.History{Worked: run(asked-450, 399), AcrossMidnight: limits.NewLedger(asked - 52)}, true, false},
		"both":     {limits.History{Worked: run(asked-450, 399), AcrossMidnight: limits.NewLedger(asked - 52), Presumed: limits.NewLedger(asked - 500)}, true, true},
	} {
		t.Run(name, func(t *testing.T) {
			for check := range c.h.Assess(asked, trade).Checks.Of(limits.RuleDaysCap) {
				assert.Equal(t, law.Doubt, check.Severity())
				assert.Contains(t, check.Cites(), law.Of(law.DLgs81of2015, "13", "3"))
				assert.Equal(t, c.civil, slices.Contains(check.Cites(), civil))
				assert.Equal(t, c.notice, slices.Contains(check.Cites(), notice))
			}
		})
	}
}

// The fast path cannot refuse: it leaves open what it cannot read.
func TestAssessNeverPanics(t *testing.T) {
	a := limits.History{}.Assess(0, trade)
	assert.Equal(t, law.VerdictUndetermined, a.Verdict)
	lawtest.Complete(t, limits.Rules(), a.Checks)

	full := limits.History{Worked: run(asked-400, 400)}
	bad := limits.Employer{ATECO: "restaurant", SectorActivity: law.No}
	for c := range full.Assess(asked, bad).Checks.Of(limits.RuleDaysCap) {
		assert.Equal(t, []string{"/employer/ateco"}, c.Needs)
	}

	extreme := []date.Date{math.MinInt64, math.MinInt64 + 1, -1, 1, math.MaxInt64 - 1, math.MaxInt64}
	l := limits.NewLedger(append(extreme, asked)...)
	assert.Equal(t, limits.NewLedger(asked), l)
	for _, d := range extreme {
		assert.False(t, l.Has(d))
		for _, e := range extreme {
			want := 0
			if d < asked && e > asked {
				want = 1
			}
			assert.Equal(t, want, l.Count(law.Span{First: d, Last: e}))
		}
	}
}

func TestEmployer(t *testing.T) {
	answers := []law.Answer{law.Unknown, law.No, law.Yes}
	codes := map[string]law.Answer{"": law.Unknown, "47.11.40": law.No, "56.10.11": law.Yes}
	for code, byCode := range codes {
		for _, activity := range answers {
			for _, agreement := range answers {
				e := limits.Employer{ATECO: code, ATECOVersion: 2025, SectorActivity: activity, SectorAgreement: agreement}
				// Try every completion of what is unknown: the answer is known when all agree.
				want := map[bool]bool{}
				for _, c := range known(byCode) {
					for _, v := range known(activity) {
						for _, g := range known(agreement) {
							want[c || v && g] = true
						}
					}
				}
				exempt := law.Unknown
				if len(want) == 1 {
					exempt = law.Is(want[true])
				}
				assert.Equal(t, exempt, e.Exempt(), "%+v", e)
			}
		}
	}
}

func known(a law.Answer) []bool {
	switch a {
	case law.Yes:
		return []bool{true}
	case law.No:
		return []bool{false}
	default:
		return []bool{true, false}
	}
}

// The advice is for a code that exempts by the shipped list, whatever else is told.
func TestAdviceOnTheShippedList(t *testing.T) {
	for _, c := range []struct {
		e    limits.Employer
		want int
	}{
		{tavern, 1},
		{limits.Employer{ATECO: "56.10.11", SectorActivity: law.Yes}, 1},
		{limits.Employer{ATECO: "56.10.11", SectorActivity: law.Yes, SectorAgreement: law.Yes}, 1},
		{limits.Employer{ATECO: "56.10.11", SectorCodes: []string{"56"}}, 0},
		{limits.Employer{ATECO: "47.11.40", SectorActivity: law.Yes, SectorAgreement: law.Yes}, 0},
	} {
		a := limits.History{}.Assess(asked, c.e)
		assert.Len(t, slices.Collect(a.Checks.Findings()), c.want, "%+v", c.e)
		assert.Equal(t, law.VerdictClear, a.Verdict)
	}
	own := limits.Employer{ATECO: "60", SectorCodes: []string{"60.1"}, SectorActivity: law.No}
	for c := range (limits.History{Worked: run(asked-400, 400)}).Assess(asked, own).Checks.Of(limits.RuleDaysCap) {
		assert.Equal(t, []string{"/employer/ateco"}, c.Needs, "no version helps a list of one's own")
	}
}

func TestHeadcountAfterVerification(t *testing.T) {
	month := law.MonthOf(law.Verified())
	for n, want := range map[int]int{0: 0, 12: 0, 13: 1} {
		a, err := limits.Headcount(limits.HeadcountQuestion{Month: month.Add(n), Hours: []limits.MonthHours{}, Divisor: decimal.NewFromInt(173)})
		require.NoError(t, err)
		assert.Len(t, a.Notes, want)
	}
}

func TestSectorCodes(t *testing.T) {
	for _, version := range []int{2007, 2025} {
		list := limits.SectorCodes(version)
		require.NotEmpty(t, list)
		for _, code := range list {
			e := limits.Employer{ATECO: code, ATECOVersion: version}
			require.NoError(t, e.Validate())
			if version == 2025 && (code == "55" || code == "56") {
				assert.Equal(t, law.Unknown, e.Exempt(), "%s may be intermediation", code)
				e.ATECO += ".1"
			}
			assert.Equal(t, law.Yes, e.Exempt(), code)
		}
		list[0] = "99"
		assert.NotContains(t, limits.SectorCodes(version), "99", "a copy")
	}
	assert.Nil(t, limits.SectorCodes(2002))
	for _, code := range []string{"5", "56.", "56.1.", "56.10.1a", "56.10.111", "5610", "56,10", "I 56", "56.10.11 "} {
		var bad *law.InputError
		require.ErrorAs(t, limits.Employer{ATECO: code}.Validate(), &bad, code)
		assert.Equal(t, "/ateco", bad.Path)
		assert.NotContains(t, bad.Error(), code+" ")
	}
	for _, code := range []string{"56", "56.1", "56.10", "56.10.1", "56.10.11"} {
		require.NoError(t, limits.Employer{ATECO: code}.Validate(), code)
	}
}

func TestParams(t *testing.T) {
	lawtest.Golden(t, "params.golden", lawtest.Params(t, limits.Params()...))
}

func TestSeriesAndPortfolio(t *testing.T) {
	h := limits.History{Worked: run(asked-399, 399)}
	var left []int
	for p := range h.Series(law.Span{First: asked, Last: asked + 1}) {
		left = append(left, p.Remaining)
	}
	assert.Equal(t, []int{1, 1}, left)
	for range h.Series(law.Span{First: asked}) {
		t.Fatal("an open span has no days")
	}
	eve := date.New(2013, time.June, 27)
	points := slices.Collect(h.Series(law.Span{First: eve, Last: eve + 1}))
	assert.Equal(t, []limits.Point{{Day: eve + 1, Remaining: 400}}, points)

	team := map[string]limits.History{"anna": h, "bruno": {}}
	got := map[string]int{}
	for name, a := range limits.Portfolio(maps.All(team), asked, trade) {
		got[name] = a.Remaining
	}
	assert.Equal(t, map[string]int{"anna": 1, "bruno": 400}, got)
	n := 0
	for range limits.Portfolio(slices.All([]limits.History{h, h, h}), asked, trade) {
		if n++; n == 2 {
			break
		}
	}
	assert.Equal(t, 2, n)
}

// Where days worked later keep the counter full, the next free day comes after
// them, and what leaves is still of the window asked about.
func TestNextFreeBeyondLaterDays(t *testing.T) {
	h := limits.History{Worked: limits.LedgerOf(law.Days{{First: asked - 500, Last: asked + 2000}})}
	day, leaving := h.NextFree(asked)
	assert.Equal(t, limits.Window(day).First-1, asked+2000-399, "399 days remain in the window")
	assert.Equal(t, law.Days{{First: asked - 500, Last: asked - 1}}, leaving.Days())
	assert.Equal(t, day, h.Assess(asked, trade).NextFree)
}

// A shift of the day asked that runs into the next day is judged on that day too,
// unless the next day counts anyway.
func TestShiftAcrossMidnight(t *testing.T) {
	night := limits.NewLedger(asked)
	twoLeft := date.New(2027, time.June, 20) // three years after the second of the 399 days
	for _, c := range []struct {
		name string
		h    limits.History
		want []law.Facts
	}{
		{"room for two days", limits.History{Worked: run(asked-398, 398), AcrossMidnight: night}, nil},
		{"room for one", limits.History{Worked: run(asked-399, 399), AcrossMidnight: night}, []law.Facts{limits.Exceeded{
			Window: limits.Window(asked + 1), Worked: 400, AfterMidnight: 1, Cap: 400, NextFree: twoLeft,
		}}},
		{"and one of it only presumed", limits.History{Worked: run(asked-399, 398), Presumed: limits.NewLedger(asked - 1), AcrossMidnight: night}, []law.Facts{limits.Exceeded{
			Window: limits.Window(asked + 1), Worked: 399, Presumed: 1, AfterMidnight: 1, Cap: 400, NextFree: twoLeft,
		}}},
		{"the next day is worked anyway", limits.History{Worked: run(asked-399, 399).With(asked + 1), AcrossMidnight: night}, nil},
		{"the day before is one more of them", limits.History{Worked: run(asked-398, 398), AcrossMidnight: night.With(asked - 1)}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			var facts []law.Facts
			for check := range c.h.Assess(asked, trade).Checks.Of(limits.RuleDaysCap) {
				if check.Outcome == law.Fail {
					assert.Equal(t, law.Doubt, check.Severity())
					facts = append(facts, check.Finding.Facts)
				}
			}
			assert.Equal(t, c.want, facts)
		})
	}

	// With the law's first day the next day is the 401st, without it the 400th.
	early, d := date.New(2013, time.June, 28), date.New(2016, time.June, 20)
	a := limits.History{Worked: run(early, 399), AcrossMidnight: limits.NewLedger(d)}.Assess(d, trade)
	var facts []law.Facts
	for finding := range a.Checks.Findings() {
		facts = append(facts, finding.Facts)
	}
	assert.Equal(t, []law.Facts{limits.EarlyDay{Day: early, Counted: 401, Cap: 400}}, facts)
}

// The same for planned shifts: the second day takes a place, once.
func TestPlannedShiftAcrossMidnight(t *testing.T) {
	d := asked
	for _, c := range []struct {
		name    string
		before  int // days worked up to the eve of the plan
		planned []date.Date
		lawful  []date.Date
		first   date.Date
		verdict law.Verdict
	}{
		{"room for one day, and the shift has two", 399, []date.Date{d}, []date.Date{}, d, law.VerdictDoubt},
		{"room for two", 398, []date.Date{d, d + 2}, []date.Date{d}, d + 2, law.VerdictDoubt},
		{"room for three", 397, []date.Date{d, d + 2, d + 3}, []date.Date{d, d + 2}, d + 3, law.VerdictDoubt},
		{"the second day is planned too", 397, []date.Date{d, d + 1, d + 2, d + 3}, []date.Date{d, d + 1, d + 2}, d + 3, law.VerdictBreach},
	} {
		t.Run(c.name, func(t *testing.T) {
			h := limits.History{Worked: run(d-date.Date(c.before), c.before), AcrossMidnight: limits.NewLedger(d)}
			f := h.Plan(limits.NewLedger(c.planned...), trade)
			assert.Equal(t, c.lawful, f.Lawful)
			assert.Equal(t, c.first, f.FirstBreach)
			assert.Equal(t, c.verdict, f.Verdict)
		})
	}
}

// Two doubts in one plan, each with its own day: the law's first day makes the
// second planned day the 401st, the presumed day the third.
func TestTwoDoubts(t *testing.T) {
	early := date.New(2013, time.June, 28)
	h := limits.History{Worked: run(early, 398), Presumed: limits.NewLedger(early + 600)}
	d := date.New(2016, time.June, 20)
	f := h.Plan(limits.NewLedger(d, d+1, d+2), trade)
	assert.Equal(t, d+1, f.FirstBreach)
	assert.Equal(t, []date.Date{d}, f.Lawful)
	assert.Equal(t, law.VerdictDoubt, f.Verdict)
	var facts []law.Facts
	for finding := range f.Checks.Findings() {
		facts = append(facts, finding.Facts)
	}
	assert.Equal(t, []law.Facts{
		limits.Exceeded{Window: limits.Window(d + 2), Worked: 400, Presumed: 1, Cap: 400, NextFree: date.New(2016, time.June, 29)},
		limits.EarlyDay{Day: early, Counted: 401, Cap: 400},
	}, facts)
}

// The predecessor's days count for whoever takes the business over.
func TestUnionOfContracts(t *testing.T) {
	first, second := run(asked-500, 300), run(asked-150, 100)
	a := limits.History{Worked: first.Union(second)}.Assess(asked, trade)
	assert.Equal(t, law.VerdictBreach, a.Verdict)
	assert.Equal(t, 400, a.Worked)
	b := limits.History{Worked: first}.Assess(asked, trade)
	assert.Equal(t, law.VerdictClear, b.Verdict)
}

func TestErrors(t *testing.T) {
	_, err := limits.Assess(limits.Question{})
	var bad *law.InputError
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, "/on", bad.Path)
	_, err = limits.Plan(limits.PlanQuestion{Employer: limits.Employer{ATECOVersion: 1}})
	require.ErrorAs(t, err, &bad)
	assert.Equal(t, "/employer/ateco_version", bad.Path)
	for _, v := range []json.Unmarshaler{&limits.Question{}, &limits.PlanQuestion{}, &limits.HeadcountQuestion{}} {
		require.ErrorAs(t, json.Unmarshal([]byte(`{"x":1}`), v), &bad)
		assert.Equal(t, law.KindMember, bad.Kind)
	}
	for path, change := range map[string]func(*limits.HeadcountQuestion){
		"/hours/0/month": func(q *limits.HeadcountQuestion) { q.Hours = []limits.MonthHours{{}} },
		"/month":         func(q *limits.HeadcountQuestion) { q.Month.Month = 13 },
		"/threshold":     func(q *limits.HeadcountQuestion) { q.Threshold = decimal.New(1, 400) },
	} {
		q := limits.HeadcountQuestion{Month: law.Month{Year: 2025, Month: time.October}, Hours: []limits.MonthHours{}, Divisor: decimal.NewFromInt(173)}
		change(&q)
		_, err := limits.Headcount(q)
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, path, bad.Path)
	}
	var e limits.Employer
	require.ErrorAs(t, json.Unmarshal([]byte(`{"ateco":"56","ateco":"55"}`), &e), &bad)
	assert.Equal(t, law.KindMember, bad.Kind)
}

// run returns n days in a row.
func run(first date.Date, n int) limits.Ledger {
	return limits.LedgerOf(law.Days{{First: first, Last: first + date.Date(n-1)}})
}

// The act cited is that of the day: D.Lgs. 81/2015 from 25 June 2015.
func TestCitesTheActOfTheDay(t *testing.T) {
	worked := limits.LedgerOf(law.Days{{First: date.New(2013, 7, 1), Last: date.New(2014, 8, 4)}}) // 400 days
	presumed := limits.NewLedger(date.New(2014, 9, 1))
	for on, decree := range map[date.Date]bool{
		date.New(2013, 6, 27): false, date.New(2014, 8, 5): false, date.New(2015, 6, 24): false, date.New(2015, 6, 25): true,
	} {
		for _, h := range []limits.History{{}, {Worked: worked}, {Worked: worked, Presumed: presumed}} {
			for _, e := range []limits.Employer{{}, {ATECO: "47.11.40", SectorActivity: law.No}, {ATECO: "56.10.11"}} {
				for _, c := range h.Assess(on, e).Checks {
					cites := fmt.Sprint(c.Cites())
					if c.Finding != nil {
						cites = fmt.Sprint(cites, c.Finding.Cites)
					}
					if c.Rule() == limits.RuleDaysCap && decree {
						assert.Contains(t, cites, "art. 13, c. 3, d.lgs. 81/2015", on)
					}
					if !decree && c.On < date.New(2015, 6, 25) {
						assert.NotContains(t, cites, "d.lgs. 81/2015", "%s on %s", c.Rule(), on)
					}
				}
			}
		}
	}
}

// Mutants that live, and why:
//   - reading.firstOver, either "<= caps.least" made "<": both only spare a closer
//     look, and a ledger or a block with just the cap in reach has no day over it.

// The checks of a larger question are those of the question's own, after what was there.
func TestAppendChecks(t *testing.T) {
	for _, q := range []limits.Question{
		{Worked: years(3, 100), On: asked, Employer: trade},
		{Worked: years(3, 150), Planned: limits.NewLedger(asked-1, asked+1), AcrossMidnight: limits.NewLedger(asked - 1), On: asked, Employer: trade},
		{Worked: years(3, 150), On: asked, Employer: tavern},
	} {
		whole, err := limits.Assess(q)
		require.NoError(t, err)
		first := law.Cited("first").Pass(asked)
		checks, part, err := q.AppendChecks(law.Checks{first})
		require.NoError(t, err)
		require.Equal(t, append(law.Checks{first}, whole.Checks...), checks)
		part.Judgment = whole.Judgment
		require.Empty(t, differ(whole, part))
	}
	before := law.Checks{{}}
	checks, _, err := limits.Question{}.AppendChecks(before)
	require.Error(t, err)
	require.Equal(t, before, checks)
}
