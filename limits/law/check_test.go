package law_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
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

var capRule = law.Rule{
	ID:      daysCap,
	Title:   law.Text{EN: "At most 400 days", IT: "Al massimo 400 giornate"},
	Cites:   []law.Citation{law.Of(law.DLgs81of2015, "13", "3")},
	InForce: law.Span{First: date.New(2013, 6, 28)},
}

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
		assert.Equal(t, law.Check{Rule: daysCap, Outcome: c.outcome, On: on, Cites: capRule.Cites}, c.check)
		assert.Zero(t, c.check.Severity())
		assert.Zero(t, c.check.Text())
	}
	open := capRule.Undetermined(on, "/worked", "/activity")
	assert.Equal(t, law.Check{Rule: daysCap, On: on, Cites: capRule.Cites, Needs: []string{"/worked", "/activity"}}, open)
	assert.Equal(t, law.Text{EN: "Cannot be decided without: /worked, /activity.", IT: "Non si può decidere senza: /worked, /activity."}, open.Text())

	assert.Equal(t, "Cannot be decided without: /on.", capRule.Undetermined(on, "/on").Text().EN)

	failed := capRule.Fail(law.Breach, on, "/worked", exceeded{Worked: 401})
	assert.Equal(t, law.Fail, failed.Outcome)
	assert.Equal(t, law.Breach, failed.Severity())
	assert.Equal(t, capRule.Cites, failed.Cites)
	assert.Equal(t, &law.Finding{
		Rule: daysCap, Severity: law.Breach, Path: "/worked", On: on, Cites: capRule.Cites, Facts: exceeded{Worked: 401},
	}, failed.Finding)
	assert.Equal(t, "401 giornate lavorate, oltre 400.", failed.Text().IT)

	both := []law.Citation{law.Of(law.DLgs81of2015, "13", "3"), law.Of(law.Circ35of2013)}
	failed = capRule.Fail(law.Doubt, on, "", exceeded{}, both...)
	assert.Equal(t, both, failed.Cites)
	assert.Equal(t, both, failed.Finding.Cites)
}

func TestZeroValues(t *testing.T) {
	assert.Equal(t, "undetermined", law.Check{}.Outcome.String())
	assert.Equal(t, "undetermined", law.Verdict(0).String())
	assert.Empty(t, law.Severity(0).String())
	assert.Zero(t, law.Check{}.Severity())
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
		{Rule: age, Outcome: law.Fail}, {Rule: age, Outcome: law.Fail, Finding: &law.Finding{Rule: age}}, {Rule: age, Outcome: 99},
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
	ageRule := law.Rule{ID: age, Cites: capRule.Cites}
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
		(&law.Rule{ID: "test.strike"}).Undetermined(on, "/unit", "/a"),
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
	b, err := json.Marshal(law.Judge(law.Stale(list, law.Verified()+1)))
	require.NoError(t, err)
	var out bytes.Buffer
	require.NoError(t, json.Indent(&out, b, "", "  "))
	out.WriteByte('\n')
	lawtest.Golden(t, "checks.golden", out.String())
}

func TestStale(t *testing.T) {
	list := law.Checks{capRule.Pass(law.Verified())}
	for _, on := range []date.Date{0, law.Verified() - 1, law.Verified()} {
		assert.Equal(t, list, law.Stale(list, on))
	}
	stale := law.Stale(list, law.Verified()+1)
	require.Len(t, stale, 2)
	assert.Equal(t, law.NotVerified, stale[1].Rule)
	assert.Equal(t, law.Advice, stale[1].Severity())
	assert.Equal(t, law.VerdictClear, stale.Verdict())
	assert.Equal(t, law.Unverified{Verified: law.Verified()}, stale[1].Finding.Facts)
	lawtest.Golden(t, "messages.golden", fmt.Sprintf("%s\n%s\n", stale[1].Text().EN, stale[1].Text().IT))
	assert.Equal(t, stale[1].Text().EN, law.Unverified{Verified: law.Verified()}.Error())

	j := law.Judge(stale)
	assert.Equal(t, law.Judgment{Edition: law.Edition, Verdict: law.VerdictClear, Checks: stale}, j)
}

func TestTimeline(t *testing.T) {
	entries := []law.Entry[int]{
		{From: date.New(2005, 1, 1), Value: 25},
		{From: date.New(2012, 7, 18), Gazette: date.New(2012, 7, 3), Value: 24, Cites: capRule.Cites},
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
	assert.Equal(t, law.Entry[int]{From: date.New(2012, 7, 18), Gazette: date.New(2012, 7, 3), Value: 24, Cites: capRule.Cites}, e)
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
		{&law.InputError{Kind: law.KindMissing, Path: "/on"}, "/on: missing: a fact that is needed is missing"},
		{&law.InputError{Kind: law.KindValue}, "value: not one of the values allowed"},
		{&law.InputError{Kind: law.KindValue, Path: "/kind", Detail: "not one of: call cancel"}, "/kind: value: not one of: call cancel"},
	} {
		require.EqualError(t, c.err, c.want)
	}
	assert.Equal(t, &law.InputError{Kind: law.KindMissing, Path: "/contract/on"}, law.At(law.Missing("/on"), "/contract"))
	wrapped := fmt.Errorf("outer: %w", &law.InputError{Kind: law.KindValue, Path: "/kind", Detail: "x"})
	assert.Equal(t, &law.InputError{Kind: law.KindValue, Path: "/a/0/kind", Detail: "x"}, law.At(wrapped, "/a/0"))
	other := errors.New("other")
	assert.Equal(t, other, law.At(other, "/a"))
	require.NoError(t, law.At(nil, "/a"))
}
