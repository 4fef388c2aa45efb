package law_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const (
	daysCap law.RuleID = "test.days-cap"
	age     law.RuleID = "test.age"
)

var capRule = law.Cited(daysCap, law.Of(law.DLgs81of2015, "13", "3"))

// exceeded and tooOld are facts as the rule packages write them; exceeded cannot be
// compared with ==.
type exceeded struct {
	Worked int         `json:"worked"`
	Days   []date.Date `json:"days,omitempty"`
}

func (x exceeded) Text() law.Text {
	return law.Say("%d days worked, over 400.", "%d giornate lavorate, oltre 400.", x.Worked)
}
func (x exceeded) Error() string { return x.Text().EN }

type tooOld struct {
	Since date.Date `json:"since"`
}

func (x tooOld) Text() law.Text { return law.Say("24 since %s.", "24 anni dal %s.", x.Since) }
func (x tooOld) Error() string  { return x.Text().EN }

func TestRule(t *testing.T) {
	on := date.New(2025, 7, 23)
	for _, c := range []struct {
		check   law.Check
		outcome law.Outcome
	}{
		{capRule.Pass(on), law.Pass},
		{capRule.NotApplicable(on), law.NotApplicable},
		{capRule.NotInForce(on), law.NotInForce},
	} {
		assert.Equal(t, daysCap, c.check.Rule())
		assert.Equal(t, c.outcome, c.check.Outcome)
		assert.Equal(t, on, c.check.On)
		assert.Equal(t, capRule.Cites(), c.check.Cites())
		assert.Empty(t, c.check.Needs)
		assert.Zero(t, c.check.Severity())
		assert.Zero(t, c.check.Text())
	}
	open := capRule.Undetermined(on, "/worked", "/activity")
	assert.Equal(t, law.Undetermined, open.Outcome)
	assert.Equal(t, []string{"/worked", "/activity"}, open.Needs)
	assert.Equal(t, capRule.Cites(), open.Cites())
	assert.Equal(t, law.Text{
		EN: "Missing: the days worked; the activity of the worker.",
		IT: "Mancano: le giornate lavorate; l'attività del lavoratore.",
	}, open.Text())
	assert.Equal(t, law.Text{EN: "Missing: the day asked.", IT: "Manca: il giorno richiesto."}, capRule.Undetermined(on, "/on").Text())
	assert.Equal(t, "Missing: the day asked.", capRule.Undetermined(on, "/on", "/a/on").Text().EN, "a fact is named once")

	failed := capRule.Fail(law.Breach, on, "/worked", exceeded{Worked: 401})
	assert.Equal(t, law.Fail, failed.Outcome)
	assert.Equal(t, law.Breach, failed.Severity())
	assert.Equal(t, capRule.Cites(), failed.Cites())
	assert.Equal(t, &law.Finding{
		Rule: daysCap, Severity: law.Breach, Path: "/worked", On: on, Cites: capRule.Cites(), Facts: exceeded{Worked: 401},
	}, failed.Finding)
	assert.Equal(t, "401 giornate lavorate, oltre 400.", failed.Text().IT)

	both := []law.Citation{law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013)}
	failed = capRule.Fail(law.Doubt, on, "", exceeded{}, both...)
	assert.Equal(t, both, failed.Cites())
	assert.Equal(t, both, failed.Finding.Cites)
}

func TestRuleOn(t *testing.T) {
	first, second := law.Of(law.DLgs276of2003, "34"), law.Of(law.DLgs81of2015, "13")
	r := law.Rule{ID: age, Cites: law.NewTimeline(
		law.Since(d(t, "2003-10-24"), law.EvidenceText, first),
		law.Since(d(t, "2008-01-01"), law.EvidenceOfficial),
		law.Since(d(t, "2008-06-25"), law.EvidenceSecondary, first),
		law.Since(d(t, "2015-06-25"), law.EvidenceText, second),
	)}
	for _, c := range []struct {
		day      string
		inForce  bool
		cite     law.Citation
		evidence law.Evidence
	}{
		{"2003-10-23", false, first, law.EvidenceAssumed},
		{"2003-10-24", true, first, law.EvidenceText},
		{"2007-12-31", true, first, law.EvidenceText},
		{"2008-01-01", false, first, law.EvidenceOfficial},
		{"2008-06-24", false, first, law.EvidenceOfficial},
		{"2008-06-25", true, first, law.EvidenceSecondary},
		{"2015-06-24", true, first, law.EvidenceSecondary},
		{"2015-06-25", true, second, law.EvidenceText},
	} {
		cited, inForce := r.On(d(t, c.day))
		assert.Equal(t, age, cited.ID(), c.day)
		assert.Equal(t, []law.Citation{c.cite}, cited.Cites(), c.day)
		whole := law.Define(r)
		defined, always := whole.On(d(t, c.day))
		assert.Equal(t, law.Cited(age, c.cite), defined, c.day)
		assert.Equal(t, inForce, always, c.day)
		assert.Equal(t, c.inForce, inForce, c.day)
		assert.Equal(t, c.evidence, r.Evidence(d(t, c.day)), c.day)
	}
	_, inForce := (&law.Rule{ID: age}).On(d(t, "2025-01-01"))
	assert.False(t, inForce, "a rule without citations is never in force")
}

func TestTable(t *testing.T) {
	type facts struct{ days int }
	on := law.MustDay("2025-07-23")
	rules := [...]law.Rule{{ID: daysCap}, {ID: age}}
	table := []law.Asked[facts]{
		{Rule: &rules[0], Ask: func(c law.Checks, q *facts) law.Checks {
			if q.days > 1 {
				return append(c, capRule.Fail(law.Breach, on, "", exceeded{Worked: q.days}))
			}
			return append(c, capRule.Pass(on))
		}},
		{Rule: &rules[1], Ask: func(c law.Checks, _ *facts) law.Checks {
			return append(c, law.Cited(age).NotApplicable(on))
		}},
	}
	assert.Equal(t, rules[:], law.RulesOf(table))
	checks := law.Ask(law.Checks{capRule.Pass(on)}, table, &facts{days: 2})
	require.Len(t, checks, 3)
	assert.Equal(t, []law.Outcome{law.Pass, law.Fail, law.NotApplicable}, []law.Outcome{checks[0].Outcome, checks[1].Outcome, checks[2].Outcome})
}

func TestRelocate(t *testing.T) {
	on := law.MustDay("2025-07-23")
	shared := []string{"/on", "/worked"}
	own := capRule.Fail(law.Breach, on, "/worked", exceeded{Worked: 401})
	list := law.Checks{capRule.Pass(on), capRule.Undetermined(on, shared...), own, capRule.Fail(law.Advice, on, "", tooOld{on})}
	list.Relocate(func(p string) string { return "/case" + p })
	assert.Equal(t, []string{"/case/on", "/case/worked"}, list[1].Needs)
	assert.Equal(t, "/case/worked", list[2].Finding.Path)
	assert.Empty(t, list[3].Finding.Path, "no place stays no place")
	assert.Equal(t, []string{"/on", "/worked"}, shared)
	assert.Equal(t, "/worked", own.Finding.Path)
}

func TestCheckReadsBack(t *testing.T) {
	on := law.MustDay("2025-07-23")
	list := law.Checks{
		capRule.Pass(on), capRule.NotApplicable(0), capRule.Undetermined(on, "/worked"),
		capRule.Fail(law.Doubt, on, "/worked", law.Statement{EN: "It happened.", IT: "È successo."}),
		capRule.Fail(law.Breach, on, "/worked", law.Told{Message: law.Text{EN: "a", IT: "b"}, JSON: []byte(`{"worked":401}`)}),
		made(age, law.Undetermined, nil, law.Of(law.DLgs81of2015, "15", "1", "a"), law.Of(law.INPS41of2006), law.Of(law.Abercrombie2017)),
	}
	b, err := json.Marshal(list)
	require.NoError(t, err)
	var read law.Checks
	require.NoError(t, json.Unmarshal(b, &read))
	assert.Equal(t, list, read)

	// Typed facts come back as what was told.
	b, err = json.Marshal(capRule.Fail(law.Breach, on, "/worked", exceeded{Worked: 401}))
	require.NoError(t, err)
	var one law.Check
	require.NoError(t, json.Unmarshal(b, &one))
	again, err := json.Marshal(one)
	require.NoError(t, err)
	assert.JSONEq(t, string(b), string(again))
	require.Error(t, json.Unmarshal([]byte(`{"outcome":"perhaps"}`), &one))
	var cite law.Citation
	require.Error(t, json.Unmarshal([]byte(`3`), &cite))
}

func TestErrors(t *testing.T) {
	list := law.InputErrors{
		{Kind: law.KindDay, Path: "/on"}, {Kind: law.KindValue, Path: "/kind", Detail: law.Text{EN: "x", IT: "y"}},
	}
	require.EqualError(t, list, "/on: day: not a day that exists, written YYYY-MM-DD, between 1800 and 2199\n/kind: value: x")
	moved := law.At(list, "/a")
	assert.Equal(t, "/a/on", law.AllErrors(moved)[0].Path)
	assert.Equal(t, "/a/kind", law.AllErrors(moved)[1].Path)
	assert.Equal(t, "/on", list[0].Path)
	var first *law.InputError
	require.ErrorAs(t, moved, &first)
	assert.Equal(t, law.KindDay, first.Kind)
	assert.Equal(t, law.Text{EN: "x", IT: "y"}, law.TextOf(list[1]))
	assert.Equal(t, "non è un giorno esistente, scritto AAAA-MM-GG, fra il 1800 e il 2199", law.TextOf(list[0]).In("it"))
	assert.Equal(t, law.Text{EN: "other", IT: "other"}, law.TextOf(errors.New("other")))
	assert.Zero(t, law.TextOf(nil))
	assert.Nil(t, law.AllErrors(errors.New("other")))
	for _, k := range []law.Kind{
		law.KindJSON, law.KindMember, law.KindDay, law.KindAmount, law.KindSpan, law.KindInstant, law.KindValue,
		law.KindMissing, law.KindTooLong,
	} {
		text := (&law.InputError{Kind: k}).Text()
		assert.NotEmpty(t, text.EN, k)
		assert.NotEmpty(t, text.IT, k)
		assert.NotEqual(t, text.EN, text.IT, k)
	}
}

// made is a check that no rule makes.
func made(id law.RuleID, o law.Outcome, f *law.Finding, cites ...law.Citation) law.Check {
	c := law.Cited(id, cites...).Pass(0)
	c.Outcome, c.Finding = o, f
	return c
}

func TestZeroValues(t *testing.T) {
	assert.Equal(t, "undetermined", law.Check{}.Outcome.String())
	assert.Equal(t, "undetermined", law.Verdict(0).String())
	assert.Empty(t, law.Severity(0).String())
	assert.Zero(t, law.Check{}.Severity())
	assert.Empty(t, law.Check{}.Rule())
	assert.Empty(t, law.Check{}.Cites())
	assert.Empty(t, law.CitedRule{}.ID())
	assert.Empty(t, capRule.Pass(1).Citing().Cites())
	assert.Equal(t, daysCap, capRule.Pass(1).Citing().Rule())
	assert.Zero(t, law.Check{}.Text())
	assert.Equal(t, law.VerdictUndetermined, law.Checks(nil).Verdict())
	require.NoError(t, law.Checks(nil).Err())
	assert.Equal(t, law.VerdictUndetermined, law.Checks{{}}.Verdict())
	require.Error(t, law.Checks{{}}.Err())
	assert.Equal(t, law.VerdictUndetermined, law.Judgment{}.Verdict)
	assert.Equal(t, "test.age: ", (&law.Finding{Rule: age}).Error())
	_, ok := law.Timeline[int]{}.At(date.New(2025, 1, 1))
	assert.False(t, ok)
	// A failed check that does not say how is not taken for a clear one.
	for _, c := range []law.Check{
		made(age, law.Fail, nil), made(age, law.Fail, &law.Finding{Rule: age}), made(age, 99, nil),
	} {
		assert.Equal(t, law.VerdictUndetermined, law.Checks{c}.Verdict())
		require.ErrorIs(t, law.Checks{c}.Err(), age)
	}
}

func TestWords(t *testing.T) {
	for v, want := range map[fmt.Stringer]string{
		law.Undetermined: "undetermined", law.Pass: "pass", law.Fail: "fail", law.NotApplicable: "not-applicable",
		law.NotInForce: "not-in-force", law.Outcome(99): "undetermined",
		law.Breach: "breach", law.Doubt: "doubt", law.Advice: "advice", law.Severity(99): "",
		law.VerdictUndetermined: "undetermined", law.VerdictClear: "clear", law.VerdictDoubt: "doubt",
		law.VerdictBreach: "breach", law.Verdict(99): "undetermined",
	} {
		assert.Equal(t, want, v.String())
		b, err := json.Marshal(v)
		require.NoError(t, err)
		assert.Equal(t, `"`+want+`"`, string(b))
	}
}

// checks generates lists of up to nine checks of every kind; it shrinks by dropping
// one.
func checks(p *gopter.GenParameters) *gopter.GenResult {
	on := date.New(2025, 7, 23)
	kinds := []law.Check{
		capRule.Pass(on), capRule.NotApplicable(on), capRule.NotInForce(on), capRule.Undetermined(on, "/worked"),
		capRule.Fail(law.Breach, on, "", exceeded{Worked: 401}), capRule.Fail(law.Doubt, on, "", exceeded{Worked: 400}),
		capRule.Fail(law.Advice, on, "", tooOld{on}),
	}
	// Half the lists hold few kinds, so that each verdict is as likely as another.
	allowed := len(kinds)
	if p.Rng.Intn(2) == 0 {
		p.Rng.Shuffle(len(kinds), func(i, j int) { kinds[i], kinds[j] = kinds[j], kinds[i] })
		allowed = 2
	}
	list := make(law.Checks, p.Rng.Intn(10))
	for i := range list {
		list[i] = kinds[p.Rng.Intn(allowed)]
	}
	return gopter.NewGenResult(list, func(v any) gopter.Shrink {
		list, i := v.(law.Checks), -1
		return func() (any, bool) {
			if i++; i >= len(list) {
				return nil, false
			}
			return slices.Delete(slices.Clone(list), i, i+1), true
		}
	})
}

func TestVerdict(t *testing.T) {
	lawtest.Property(t, "as counted", func(c law.Checks) bool { return c.Verdict() == lawtest.SlowVerdict(c) }, checks)
	lawtest.Property(t, "the order does not matter", func(c law.Checks) bool {
		turned := slices.Clone(c)
		slices.Reverse(turned)
		return c.Verdict() == turned.Verdict()
	}, checks)
	lawtest.Property(t, "advice does not matter", func(c law.Checks) bool {
		advised := append(slices.Clone(c), capRule.Fail(law.Advice, 0, "", exceeded{}))
		return len(c) == 0 || advised.Verdict() == c.Verdict()
	}, checks)
	lawtest.Property(t, "an error is a breach or an open question", func(c law.Checks) bool {
		v := c.Verdict()
		return len(c) == 0 || (c.Err() != nil) == (v == law.VerdictBreach || v == law.VerdictUndetermined)
	}, checks)
	lawtest.Property(t, "as many findings as failed checks", func(c law.Checks) bool {
		failed := 0
		for _, x := range c {
			if x.Outcome == law.Fail {
				failed++
			}
		}
		return len(slices.Collect(c.Findings())) == failed
	}, checks)
}

func TestErr(t *testing.T) {
	on := date.New(2025, 7, 23)
	ageRule := law.Cited(age, capRule.Cites()...)
	list := law.Checks{
		capRule.Pass(on),
		capRule.Fail(law.Advice, on, "/x", exceeded{Worked: 380}),
		capRule.Fail(law.Doubt, on, "/x", exceeded{Worked: 400}),
	}
	require.NoError(t, list.Err())

	list = append(list,
		capRule.Fail(law.Breach, on, "/worked", exceeded{Worked: 401, Days: []date.Date{on}}),
		ageRule.Fail(law.Breach, on, "/birth", tooOld{on}),
		capRule.Fail(law.Breach, on+1, "/worked", exceeded{Worked: 402}),
		law.Cited("test.strike").Undetermined(on, "/unit", "/a"),
	)
	err := list.Err()
	require.EqualError(t, err, "test.days-cap: 401 days worked, over 400.\n"+
		"test.age: 24 since 23 July 2025.\n"+
		"test.days-cap: 402 days worked, over 400.\n"+
		"test.strike: undetermined, needs /unit, /a")
	for _, id := range []law.RuleID{daysCap, age, "test.strike"} {
		require.ErrorIs(t, err, id)
		require.ErrorIs(t, fmt.Errorf("assessing: %w", err), id)
	}
	require.NotErrorIs(t, err, law.RuleID("test.other"))
	require.EqualError(t, daysCap, "test.days-cap")

	var first exceeded
	require.ErrorAs(t, err, &first)
	assert.Equal(t, 401, first.Worked, "the breach, not the doubt before it")
	var second tooOld
	require.ErrorAs(t, err, &second, "behind a finding of another type")
	assert.Equal(t, on, second.Since)
	var finding *law.Finding
	require.ErrorAs(t, err, &finding)
	assert.Equal(t, "/worked", finding.Path)
	var open *law.Open
	require.ErrorAs(t, err, &open)
	assert.Equal(t, &law.Open{Rule: "test.strike", Needs: []string{"/unit", "/a"}}, open)
	var other law.Unverified
	require.NotErrorAs(t, err, &other)

	var worked []int
	for f := range list.Findings() {
		if x, ok := f.Facts.(exceeded); ok {
			worked = append(worked, x.Worked)
		}
	}
	assert.Equal(t, []int{380, 400, 401, 402}, worked)
	for f := range list.Findings() {
		assert.Equal(t, law.Advice, f.Severity)
		break
	}
	assert.Len(t, slices.Collect(list.Of(daysCap)), 5)
	assert.Len(t, slices.Collect(list.Of(age)), 1)
	assert.Empty(t, slices.Collect(list.Of("test.other")))
	for c := range list.Of(daysCap) {
		assert.Equal(t, law.Pass, c.Outcome)
		break
	}
}

// TestCheckJSON writes a check of each outcome and severity, and a judgment.
func TestCheckJSON(t *testing.T) {
	on := date.New(2025, 7, 23)
	list := law.Checks{
		capRule.Pass(on),
		capRule.NotApplicable(on),
		capRule.NotInForce(date.New(2013, 6, 27)),
		capRule.Undetermined(on, "/worked", "/employer/ateco"),
		capRule.Fail(law.Breach, on, "/worked", exceeded{Worked: 401, Days: []date.Date{on}}),
		capRule.Fail(law.Doubt, on, "", exceeded{Worked: 400}, law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013)),
		capRule.Fail(law.Advice, 0, "", tooOld{on}),
		{},
	}
	b, err := json.Marshal(law.Judge(law.Stale(list, law.Verified()+366)))
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, json.Indent(&out, b, "", "  "))
	out.WriteByte('\n')
	lawtest.Golden(t, "checks.golden", out.String())
}

func TestStale(t *testing.T) {
	list := law.Checks{capRule.Pass(law.Verified())}
	year := law.Anniversary(law.Verified(), 1, law.LastOfMonth)
	for _, on := range []date.Date{0, law.Verified(), year - 1, year} {
		assert.Equal(t, list, law.Stale(list, on))
	}
	stale := law.Stale(list, year+1)
	require.Len(t, stale, 2)
	assert.Equal(t, law.NotVerified, stale[1].Rule())
	assert.Equal(t, law.Advice, stale[1].Severity())
	assert.Equal(t, law.VerdictClear, stale.Verdict())
	assert.Equal(t, law.Unverified{Verified: law.Verified()}, stale[1].Finding.Facts)
	lawtest.Golden(t, "messages.golden", fmt.Sprintf("%s\n%s\n", stale[1].Text().EN, stale[1].Text().IT))
	assert.Equal(t, stale[1].Text().EN, law.Unverified{Verified: law.Verified()}.Error())

	j := law.Judge(stale)
	assert.Equal(t, law.Judgment{Edition: law.Edition, VerifiedUntil: law.Verified(), Verdict: law.VerdictClear, Checks: stale}, j)
}

func TestTimeline(t *testing.T) {
	entries := []law.Entry[int]{
		{From: date.New(2005, 1, 1), Value: 25},
		{From: date.New(2012, 7, 18), Gazette: date.New(2012, 7, 3), Value: 24, Cites: capRule.Cites()},
		{From: date.New(2015, 6, 25), Value: 23},
	}
	line := law.NewTimeline(entries...)
	entries[0].Value = 99 // the timeline keeps its own
	line.All()[1].Value = 99
	for day, want := range map[string]int{
		"1999-01-01": 0, "2004-12-31": 0, "2005-01-01": 25, "2005-01-02": 25, "2012-07-17": 25, "2012-07-18": 24,
		"2012-07-19": 24, "2015-06-24": 24, "2015-06-25": 23, "2199-12-31": 23,
	} {
		e, ok := line.At(d(t, day))
		assert.Equal(t, want, e.Value, day)
		assert.Equal(t, want != 0, ok, day)
	}
	_, ok := line.At(0)
	assert.False(t, ok)
	e, _ := line.At(date.New(2013, 1, 1))
	assert.Equal(t, law.Entry[int]{From: date.New(2012, 7, 18), Gazette: date.New(2012, 7, 3), Value: 24, Cites: capRule.Cites()}, e)
	assert.Len(t, line.All(), 3)
	assert.Empty(t, law.Timeline[int]{}.All())
}

func TestInputError(t *testing.T) {
	for _, c := range []struct {
		err  *law.InputError
		want string
	}{
		{&law.InputError{Kind: law.KindJSON, Path: "/a"}, "/a: json: not JSON of the expected type"},
		{&law.InputError{Kind: law.KindMember}, "member: unknown or repeated member"},
		{&law.InputError{Kind: law.KindDay}, "day: not a day that exists, written YYYY-MM-DD, between 1800 and 2199"},
		{&law.InputError{Kind: law.KindAmount}, "amount: not a plain decimal of at most nine digits and six decimals"},
		{&law.InputError{Kind: law.KindSpan}, "span: the last day is before the first"},
		{&law.InputError{Kind: law.KindInstant}, "instant: not an RFC 3339 instant with an offset"},
		{&law.InputError{Kind: law.KindMissing, Path: "/on"}, "/on: missing: a fact that is needed is missing: the day asked"},
		{&law.InputError{Kind: law.KindValue}, "value: not one of the values allowed"},
		{&law.InputError{Kind: law.KindValue, Path: "/kind", Detail: law.OneOf("call", "cancel")}, "/kind: value: not one of: call cancel"},
	} {
		require.EqualError(t, c.err, c.want)
	}
	assert.Equal(t, &law.InputError{Kind: law.KindMissing, Path: "/contract/on"}, law.At(law.Missing("/on"), "/contract"))
	wrapped := fmt.Errorf("outer: %w", &law.InputError{Kind: law.KindValue, Path: "/kind", Detail: law.Text{EN: "x", IT: "y"}})
	assert.Equal(t, &law.InputError{Kind: law.KindValue, Path: "/a/0/kind", Detail: law.Text{EN: "x", IT: "y"}}, law.At(wrapped, "/a/0"))
	other := errors.New("other")
	assert.Equal(t, other, law.At(other, "/a"))
	require.NoError(t, law.At(nil, "/a"))
}

func TestFactName(t *testing.T) {
	for pointer, want := range map[string]law.Text{
		"/start":                  {EN: "the start of the work", IT: "l'ora di inizio della prestazione"},
		"/rows/0/start":           {EN: "the start of the work (no. 1)", IT: "l'ora di inizio della prestazione (n. 1)"},
		"/rows/10":                {EN: "the rows of the communication (no. 11)", IT: "le righe della comunicazione (n. 11)"},
		"/wanted/0/days/2":        {EN: "the days (no. 3)", IT: "le giornate (n. 3)"},
		"/contract/activity/item": {EN: "the item of the table of 1923", IT: "la voce della tabella del 1923"},
		"/activity":               {EN: "the activity of the worker", IT: "l'attività del lavoratore"},
		"/hours":                  {EN: "the hours", IT: "le ore"},
		"/contract/notice/hours":  {EN: "the hours of notice of a call", IT: "le ore di preavviso della chiamata"},
		// What is none of the protocol's is not named.
		"/other":     {EN: "/other", IT: "/other"},
		"/on/other":  {EN: "/on/other", IT: "/on/other"},
		"/other/on":  {EN: "the day asked", IT: "il giorno richiesto"},
		"/rows/-1/x": {EN: "/rows/-1/x", IT: "/rows/-1/x"},
		"":           {},
	} {
		assert.Equal(t, want, law.FactName(pointer), pointer)
	}
	one := law.Missing("/start")
	assert.Equal(t, law.Text{
		EN: "a fact that is needed is missing: the start of the work", IT: "manca un dato necessario: l'ora di inizio della prestazione",
	}, law.TextOf(one))
	require.EqualError(t, law.Missing("/other"), "/other: missing: a fact that is needed is missing")
}

// TestReadsBack: what is written is read as it was, the zero values included.
func TestReadsBack(t *testing.T) {
	for _, v := range []any{
		law.Undetermined, law.Pass, law.Fail, law.NotApplicable, law.NotInForce, law.Breach, law.Doubt, law.Advice,
		law.VerdictUndetermined, law.VerdictClear, law.VerdictDoubt, law.VerdictBreach, law.Unknown, law.No, law.Yes,
		law.EvidenceAssumed, law.EvidenceSecondary, law.EvidenceOfficial, law.EvidenceText,
		law.Month{Year: 2025, Month: 7}, law.MustDay("2025-07-23"), law.Text{EN: "a", IT: "b"}, law.Days{}, law.OneDay(day),
		law.Days{law.OneDay(day), {First: day, Last: day + 3}}, law.Span{First: day}, law.Of(law.DLgs81of2015, "13", "3", "b"), law.Citation{},
		law.Euro{Decimal: law.MustAmount("12.50")}, law.Euro{}, law.Checks(nil), law.Checks{capRule.Pass(day)}, law.Judge(law.Checks{capRule.Pass(day)}),
		law.Judgment{}, law.Unverified{Verified: day},
	} {
		b, err := json.Marshal(v)
		require.NoError(t, err)
		read := reflect.New(reflect.TypeOf(v))
		require.NoError(t, json.Unmarshal(b, read.Interface()), "%T: %s", v, b)
		if e, ok := v.(law.Euro); ok {
			assert.True(t, e.Equal(read.Interface().(*law.Euro).Decimal), "%s", b)
			continue
		}
		assert.Equal(t, v, read.Elem().Interface(), "%s", b)
		if l, ok := v.(interface{ Label() law.Text }); ok {
			assert.NotEmpty(t, l.Label().EN)
			assert.NotEmpty(t, l.Label().IT)
		}
	}
	for _, l := range []interface{ Label() law.Text }{law.Outcome(99), law.Verdict(99), law.Answer(99), law.Evidence(99), law.Severity(99)} {
		assert.NotEmpty(t, l.Label().EN, "%T beyond the last has a name", l)
	}
	assert.Zero(t, law.Severity(0).Label())
	require.Error(t, json.Unmarshal([]byte(`"perhaps"`), new(law.Verdict)))
	require.Error(t, json.Unmarshal([]byte(`""`), new(law.Severity)), "there is no severity without a word")
	assert.Equal(t, "It happened.", law.Statement{EN: "It happened.", IT: "x"}.Error())
	assert.Equal(t, "a", law.Told{Message: law.Text{EN: "a", IT: "b"}}.Error())
	assert.Panics(t, func() { law.MustDay("2025-02-29") })
	assert.Panics(t, func() { law.MustAmount("-1") })
}

func TestEntryRead(t *testing.T) {
	old, late := law.Of(law.Circ18of2012), law.Of(law.Circ35of2013)
	require.Less(t, old.Act.Read(), late.Act.Read())
	for _, c := range []struct {
		entry law.Entry[int]
		want  date.Date
	}{
		{law.Entry[int]{}, 0},
		{law.Entry[int]{Evidence: law.EvidenceText}, 0},
		{law.Entry[int]{Evidence: law.EvidenceText, Cites: []law.Citation{late, old}}, late.Act.Read()},
		{law.Entry[int]{Evidence: law.EvidenceSecondary, Cites: []law.Citation{old}}, old.Act.Read()},
		{law.Entry[int]{Cites: []law.Citation{late}}, 0}, // assumed, whatever was read of the act
	} {
		assert.Equal(t, c.want, c.entry.Read())
	}
	line := law.NewTimeline(law.Entry[int]{From: day, Value: 400, Cites: capRule.Cites(), Evidence: law.EvidenceText})
	assert.Equal(t, day, line.First())
	assert.Zero(t, law.Timeline[int]{}.First())
	assert.Equal(t, []int{0, 400}, []int{line.Value(day - 1), line.Value(day)})
	assert.Equal(t, law.Param{Name: "cap", Entries: []law.Entry[string]{
		{From: day, Value: "400", Cites: capRule.Cites(), Evidence: law.EvidenceText},
	}}, law.ListParam("cap", line))
}
