package eligibility

import (
	"encoding/json"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestRules(t *testing.T) {
	lawtest.Contract(t, "eligibility", Rules())
	lawtest.Golden(t, "rules.golden", lawtest.RuleLines(Rules()))
}

func sources(cites []law.Citation) string {
	texts := make([]string, len(cites))
	for i, c := range cites {
		texts[i] = c.String()
	}
	return strings.Join(texts, "; ")
}

func TestParams(t *testing.T) {
	lawtest.Golden(t, "params.golden", lawtest.Params(t, Params()...))
}

// TestParamsAreAll: every timeline of a value that params.go declares is listed.
func TestParamsAreAll(t *testing.T) {
	file, err := parser.ParseFile(token.NewFileSet(), "params.go", nil, 0)
	require.NoError(t, err)
	timelines := 0
	for _, d := range file.Decls {
		g, ok := d.(*ast.GenDecl)
		if !ok || g.Tok != token.VAR {
			continue
		}
		for _, s := range g.Specs {
			if v, ok := s.(*ast.ValueSpec); ok && len(v.Values) == 1 {
				if call, ok := v.Values[0].(*ast.CallExpr); ok && fmt.Sprint(call.Fun) == "&{law NewTimeline}" {
					timelines++
				}
			}
		}
	}
	assert.Len(t, Params(), timelines)
}

func TestTable(t *testing.T) {
	var b strings.Builder
	last := 0
	for _, o := range Occupations() {
		assert.Greater(t, o.Number, last, "in the order of the numbers")
		assert.LessOrEqual(t, o.Number, lastItem)
		last = o.Number
		fmt.Fprintf(&b, "%d | %s | %s | %s | %s | %s\n", o.Number, o.Name.EN, o.Name.IT, o.Scope.EN, o.Scope.IT, sources(o.Cites))
	}
	lawtest.Golden(t, "table.golden", b.String())
}

func TestMessages(t *testing.T) {
	day := func(s string) date.Date {
		d, err := law.ParseDay(s)
		require.NoError(t, err)
		return d
	}
	span := law.Span{First: day("2025-06-01"), Last: day("2025-09-30")}
	weekend := Period{Week: Weekly{WeekTime{5, ClockOf(13, 0)}, WeekTime{1, ClockOf(6, 0)}}}
	all := []law.Facts{
		NoSuchContract{day("2003-10-23")},
		NoSuchContract{day("2008-03-01")},
		NoGround{day("2025-03-08")},
		ContractEnded{day("2013-12-31"), 0},
		ContractEnded{day("2013-12-31"), day("2026-01-10")},
		OutsideContract{day("2025-07-01"), span},
		OutsideContract{day("2025-07-01"), law.Span{First: day("2025-08-11")}},
		TooOld{24, day("2026-03-16"), day("2026-03-14"), day("2026-03-15")},
		TooOld{24, day("2026-03-15"), day("2026-03-14"), day("2026-03-15")},
		TooOld{25, day("2009-02-28"), day("2009-02-27"), day("2009-03-01")},
		WorkEnds{25, day("2027-03-14"), day("2027-03-15"), 0, 0, 0},
		WorkEnds{25, day("2027-03-14"), day("2027-03-15"), day("2027-04-01"), 0, 0},
		WorkEnds{25, day("2027-03-14"), day("2027-03-15"), day("2027-03-15"), 0, 0},
		WorkEnds{25, day("2025-02-27"), day("2025-03-01"), day("2025-02-28"), 0, 0},
		WorkEnds{25, day("2012-07-21"), day("2012-07-22"), day("2012-07-26"), day("2010-12-14"), 0},
		WorkEnds{25, day("2012-07-21"), day("2012-07-22"), 0, day("2010-12-14"), 0},
		WorkEnds{25, day("2027-03-14"), day("2027-03-15"), day("2027-04-01"), 0, 3},
		WorkEnds{25, day("2012-07-21"), day("2012-07-22"), day("2012-07-26"), day("2010-12-14"), 1},
		NotSenior{55, day("2025-09-09"), day("2025-09-10"), day("2025-09-11")},
		NotSenior{55, day("2025-09-10"), day("2025-09-10"), day("2025-09-11")},
		UnderAge{16, day("2025-09-10")},
		Minor{day("2026-01-01")},
		WholeYear{Period: law.Span{First: day("2025-01-01"), Last: day("2025-12-31")}},
		WholeYear{Periods: []Period{
			{EveryYear: Yearly{MonthDay{time.January, 1}, MonthDay{time.August, 31}}},
			{EveryYear: Yearly{MonthDay{time.September, 1}, MonthDay{time.December, 31}}},
		}},
		OutsidePeriod{Period: span},
		OutsidePeriod{Period: span, Day: day("2025-10-01")},
		OutsidePeriod{Periods: []Period{weekend, {Week: Weekly{WeekTime{6, 0}, WeekTime{7, 0}}}}, Day: day("2025-10-01")},
		OutsidePeriod{Periods: []Period{weekend}, Day: day("2025-10-03"), Start: time.Date(2025, 10, 3, 10, 0, 0, 0, time.UTC)},
		OutsidePeriod{
			Periods: []Period{weekend}, Day: day("2025-10-03"),
			Start: time.Date(2025, 10, 3, 10, 0, 0, 0, time.UTC), End: time.Date(2025, 10, 3, 16, 0, 0, 0, time.UTC),
		},
		Banned{day("2019-11-13")},
		NotInTable{},
		NotInTable{8, Driver},
		NotInTable{5, TakeawayArtisan},
		TableRepealed{day("2025-05-09")},
		NoInterruption{span},
		RecentDismissal{day("2026-04-01"), day("2026-10-01"), day("2026-08-15"), false},
		RecentDismissal{day("2026-04-01"), day("2026-10-01"), day("2026-08-15"), true},
		UnderSuspension{span, day("2025-06-10"), false},
		UnderSuspension{span, day("2025-06-10"), true},
		UnderSuspension{Span: span},
		NoRiskAssessment{day("2025-03-01")},
		MissingElements{setOf(StatesSafety, StatesIndemnity).list()},
		ShortNotice{Notice{Hours: 4}, 1},
		ShortNotice{Notice{Hours: 24}, 1},
		ShortNotice{Notice{}, 1},
		InformationDue{Due: day("2026-03-01")},
		InformationDue{day("2024-03-01"), day("2025-03-01"), false},
		InformationDue{day("2013-03-01"), day("2014-03-01"), true},
		LateHireNotice{time.Date(2025, 3, 1, 7, 30, 0, 0, time.UTC), day("2025-03-01"), true},
		LateHireNotice{time.Date(2009, 3, 1, 7, 30, 0, 0, time.UTC), day("2009-03-01"), false},
		NeverNotified{day("2025-03-01")},
		AllowedLateHire{time.Date(2025, 3, 2, 7, 30, 0, 0, time.UTC), LateInTourism, day("2025-03-04")},
		AllowedLateHire{time.Date(2025, 3, 2, 7, 30, 0, 0, time.UTC), LateByForceMajeure, day("2025-03-06")},
	}
	var b strings.Builder
	written := map[string]bool{}
	for _, f := range all {
		name := reflect.TypeOf(f).Name()
		written[name] = true
		data, err := json.Marshal(f)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%s %s\n  en %s\n  it %s\n", name, data, f.Text().EN, f.Text().IT)
		assert.Equal(t, f.Text().EN, f.Error())
	}
	for e := StatesDuration; e <= lastElement; e++ {
		fmt.Fprintf(&b, "element %s\n  en %s\n  it %s\n", e, e.Label().EN, e.Label().IT)
	}
	for r := Driver; r <= lastRole; r++ {
		fmt.Fprintf(&b, "role %s\n  en %s\n  it %s\n", r, r.Label().EN, r.Label().IT)
	}
	for _, s := range []law.Statement{
		notUnemployed, notExpelled, noNeed, notRepresentative, representativeUnknown, schoolingOpen, publicEmployer, replacesStrikers,
		noOnCallSection, notWritten, noTimeBands, noNotice,
	} {
		fmt.Fprintf(&b, "statement\n  en %s\n  it %s\n", s.EN, s.IT)
	}
	for _, c := range Terminations(law.Verified()) {
		fmt.Fprintf(&b, "cause %s, fixed term %t, open-ended %t, %s\n  en %s\n  it %s\n", c.Cause, c.FixedTerm, c.OpenEnded, sources(c.Cites), c.Name.EN, c.Name.IT)
	}
	for _, n := range append(Treatment(law.Verified()), FixedTerm(law.Verified())...) {
		fmt.Fprintf(&b, "norm %s from %s, %s\n  en %s\n  it %s\n", n.Name, law.FormatDay(n.From), sources(n.Cites), n.Text.EN, n.Text.IT)
	}
	lawtest.Golden(t, "messages.golden", b.String())

	file, err := parser.ParseFile(token.NewFileSet(), "facts.go", nil, 0)
	require.NoError(t, err)
	for _, d := range file.Decls {
		if g, ok := d.(*ast.GenDecl); ok && g.Tok == token.TYPE {
			assert.True(t, written[g.Specs[0].(*ast.TypeSpec).Name.Name], "%s has no message in the golden file", g.Specs[0].(*ast.TypeSpec).Name)
		}
	}
}

func TestWords(t *testing.T) {
	for e := StatesDuration; e <= lastElement; e++ {
		var back Element
		b, _ := e.MarshalText()
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, e, back)
		assert.NotEmpty(t, e.Label().EN)
		assert.NotEmpty(t, e.Label().IT)
	}
	for r := Driver; r <= lastRole; r++ {
		var back Role
		b, _ := r.MarshalText()
		require.NoError(t, back.UnmarshalText(b))
		assert.Equal(t, r, back)
	}
	var e Element
	var r Role
	require.Error(t, e.UnmarshalText([]byte("")))
	require.Error(t, r.UnmarshalText([]byte("pilot")))
}

func TestSpanArithmetic(t *testing.T) {
	at := func(first, last date.Date) law.Span { return law.Span{First: first, Last: last} }
	for _, c := range []struct {
		name       string
		list, want []law.Span
	}{
		{"one", []law.Span{at(5, 9)}, []law.Span{at(5, 9)}},
		{"apart, not in order", []law.Span{at(20, 29), at(5, 18)}, []law.Span{at(5, 18), at(20, 29)}},
		{"touching", []law.Span{at(20, 29), at(5, 19)}, []law.Span{at(5, 29)}},
		{"inside", []law.Span{at(20, 29), at(22, 23)}, []law.Span{at(20, 29)}},
		{"open over all", []law.Span{at(5, 9), at(20, 29), at(5, 0)}, []law.Span{at(5, 0)}},
		{"open after", []law.Span{at(5, 9), at(11, 0)}, []law.Span{at(5, 9), at(11, 0)}},
		{"between", []law.Span{at(5, 9), at(20, 29), at(10, 19)}, []law.Span{at(5, 29)}},
	} {
		assert.Equal(t, c.want, merge(c.list), c.name)
	}
	for _, c := range []struct {
		name string
		want []law.Span
		out  []law.Span
	}{
		{"nothing in common", []law.Span{at(20, 29), at(40, 0)}, []law.Span{at(30, 39)}},
		{"the first day", []law.Span{at(21, 29), at(40, 0)}, []law.Span{at(10, 20)}},
		{"the last day", []law.Span{at(20, 28), at(40, 0)}, []law.Span{at(29, 39)}},
		{"within", []law.Span{at(20, 21), at(24, 29), at(40, 0)}, []law.Span{at(22, 23)}},
		{"out of the open one", []law.Span{at(20, 29), at(40, 49), at(61, 0)}, []law.Span{at(50, 60)}},
		{"from a day on", []law.Span{at(20, 24)}, []law.Span{at(25, 0)}},
		{"all", []law.Span{}, []law.Span{at(1, 0)}},
		{"several", []law.Span{at(20, 20), at(23, 24), at(45, 0)}, []law.Span{at(1, 3), at(21, 22), at(25, 44)}},
	} {
		assert.Equal(t, c.want, without([]law.Span{at(20, 29), at(40, 0)}, c.out), c.name)
	}
}

func TestFillsYear(t *testing.T) {
	for s, want := range map[law.Span]bool{
		{First: date.New(2025, 1, 1), Last: date.New(2025, 12, 31)}: true,
		{First: date.New(2025, 1, 1), Last: date.New(2025, 12, 30)}: false,
		{First: date.New(2025, 1, 2), Last: date.New(2026, 1, 1)}:   true,
		{First: date.New(2024, 2, 29), Last: date.New(2025, 2, 27)}: true,
		{First: date.New(2024, 2, 29), Last: date.New(2025, 2, 26)}: false,
		{First: date.New(2023, 3, 1), Last: date.New(2024, 2, 28)}:  false,
		{First: date.New(2023, 3, 1), Last: date.New(2024, 2, 29)}:  true,
		{First: date.New(2025, 6, 1)}:                               true,
	} {
		assert.Equal(t, want, fillsYear(s), s.String())
	}
}

// TestProhibitions: what leaves a contract no lawful day is asked wherever that matters.
func TestProhibitions(t *testing.T) {
	var q inquiry
	q.Signed = date.New(2025, 3, 1)
	asked := map[law.RuleID]bool{}
	for _, k := range q.prohibitions() {
		asked[k.Rule()] = true
	}
	for _, r := range Rules() {
		cited, _ := r.On(q.Signed)
		broken := law.Checks{cited.Fail(law.Breach, q.Signed, "", noNeed)}
		assert.Equal(t, asked[r.ID], forbidden(broken, q.Signed), string(r.ID))
	}
}
