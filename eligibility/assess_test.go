package eligibility_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// waiter is a worker of 22 with a contract in order, whose facts are all known; the
// only ground is the age.
func waiter() eligibility.Contract {
	return eligibility.Contract{
		Birth: date.New(2004, 3, 15), Signed: date.New(2026, 3, 1),
		Work:      law.Span{First: date.New(2026, 3, 2), Last: date.New(2026, 12, 31)},
		On:        date.New(2026, 5, 1),
		Activity:  eligibility.Item(0),
		Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
		Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes, OnCallSection: law.Yes},
		Unit: eligibility.Unit{
			ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
		},
		Terms: eligibility.Terms{
			Written: law.Yes, Duty: law.No,
			Elements: []eligibility.Element{
				eligibility.StatesDuration, eligibility.StatesGround, eligibility.StatesPlace, eligibility.StatesPay, eligibility.StatesCall,
				eligibility.StatesRecording, eligibility.StatesPaymentTimes, eligibility.StatesSafety,
				eligibility.StatesVariableNature, eligibility.StatesInformation,
			},
			Notice:        &eligibility.Notice{Hours: 4},
			HireNotice:    time.Date(2026, 3, 1, 17, 0, 0, 0, time.UTC),
			UnionInformed: date.New(2026, 3, 1),
		},
	}
}

// TestInForce: each rule is silent on the day before its first, and speaks on it; but
// what the law did not know is a breach of the ground.
func TestInForce(t *testing.T) {
	for _, r := range eligibility.Rules() {
		for _, day := range []date.Date{r.Cites.First() - 1, r.Cites.First()} {
			c := waiter()
			c.On, c.Signed, c.Birth = 0, day, date.New(1940, 1, 1)
			c.Work = law.Span{First: day}
			c.Terms.UnionInformed = day
			checks, _ := outcomes(c)
			if r.ID == eligibility.RuleGround && day < r.Cites.First() {
				assert.Equal(t, law.Breach, checks[r.ID].Severity())
				continue
			}
			assert.Equal(t, day < r.Cites.First(), checks[r.ID].Outcome == law.NotInForce, "%s on %s: %s", r.ID, day, checks[r.ID].Outcome)
		}
	}
}

// TestTooOldNamesTheDays: on the birthday and after it the facts hold the day the
// age was last below, by the stricter reading of a birth on 29 February too.
func TestTooOldNamesTheDays(t *testing.T) {
	for birth, want := range map[date.Date]eligibility.TooOld{
		date.New(2002, 3, 1):  {Age: 24, Signed: date.New(2026, 3, 1), Last: date.New(2026, 2, 28), Birthday: date.New(2026, 3, 1)},
		date.New(2000, 2, 29): {Age: 24, Signed: date.New(2026, 3, 1), Last: date.New(2024, 2, 28), Birthday: date.New(2024, 2, 29)},
	} {
		c := waiter()
		c.Birth = birth
		a, err := eligibility.Assess(c)
		require.NoError(t, err)
		for check := range a.Checks.Of(eligibility.RuleYoung) {
			require.NotNil(t, check.Finding, birth)
			assert.Equal(t, want, check.Finding.Facts, birth)
		}
	}
}

func TestErr(t *testing.T) {
	a, err := eligibility.Assess(waiter())
	require.NoError(t, err)
	assert.Equal(t, law.VerdictClear, a.Verdict)
	require.NoError(t, a.Checks.Err())

	c := waiter()
	c.On, c.Work.Last = date.New(2029, 3, 15), 0
	a, err = eligibility.Assess(c)
	require.NoError(t, err)
	broken := a.Checks.Err()
	require.ErrorIs(t, broken, eligibility.RuleYoungWork)
	require.NotErrorIs(t, broken, eligibility.RuleYoung)
	var late eligibility.WorkEnds
	require.ErrorAs(t, broken, &late)
	assert.Equal(t, date.New(2029, 3, 14), late.Last)
}

func TestUnusable(t *testing.T) {
	inverted := law.Span{First: date.New(2026, 9, 30), Last: date.New(2026, 6, 1)}
	for path, spoil := range map[string]func(*eligibility.Contract){
		"/signed":                  func(c *eligibility.Contract) { c.Signed, c.Birth = 0, 0 },
		"/birth":                   func(c *eligibility.Contract) { c.Birth = c.Signed + 1 },
		"/work":                    func(c *eligibility.Contract) { c.Work = inverted },
		"/work/first":              func(c *eligibility.Contract) { c.Work.First = 0 },
		"/activity/item":           func(c *eligibility.Contract) { c.Activity = eligibility.Item(47) },
		"/agreement/period":        func(c *eligibility.Contract) { c.Agreement.Period = inverted },
		"/unit/suspensions/1/span": func(c *eligibility.Contract) { c.Unit.Suspensions = []eligibility.Suspended{{}, {Span: inverted}} },
		"/contract/elements/1":     func(c *eligibility.Contract) { c.Terms.Elements = []eligibility.Element{eligibility.StatesPay, 0} },
		"/contract/elements/0": func(c *eligibility.Contract) {
			c.Terms.Elements = []eligibility.Element{eligibility.StatesTimeBands + 1}
		},
		"/contract/notice/hours":        func(c *eligibility.Contract) { c.Terms.Notice = &eligibility.Notice{Hours: -1} },
		"/contract/notice/working_days": func(c *eligibility.Contract) { c.Terms.Notice = &eligibility.Notice{WorkingDays: -1} },
		"/agreement/periods": func(c *eligibility.Contract) {
			c.Agreement.Periods = make([]eligibility.Period, eligibility.MaxPeriods+1)
		},
		"/agreement/periods/1": func(c *eligibility.Contract) {
			c.Agreement.Periods = []eligibility.Period{{Span: law.OneDay(c.Signed)}, {}}
		},
		"/agreement/periods/0/every_year/to": func(c *eligibility.Contract) {
			c.Agreement.Periods = []eligibility.Period{{EveryYear: eligibility.Yearly{From: eligibility.MonthDay{Month: 6, Day: 1}}}}
		},
		"/agreement/periods/0/week/to/day": func(c *eligibility.Contract) {
			c.Agreement.Periods = []eligibility.Period{{Week: eligibility.Weekly{From: eligibility.WeekTime{Day: 1}}}}
		},
		"/agreement/periods/0/span": func(c *eligibility.Contract) { c.Agreement.Periods = []eligibility.Period{{Span: inverted}} },
		"/worked/0":                 func(c *eligibility.Contract) { c.Worked = law.Days{inverted} },
	} {
		c := waiter()
		spoil(&c)
		_, err := eligibility.Assess(c)
		var bad *law.InputError
		require.ErrorAs(t, err, &bad, path)
		assert.Equal(t, path, bad.Path)
		assert.NotContains(t, err.Error(), "2026", "no fact in the error")
		text := law.TextOf(err)
		assert.NotEqual(t, text.EN, text.IT, path)
	}
}

// TestInformationDue: never given, it is due on the next anniversary of the signing.
func TestInformationDue(t *testing.T) {
	signed := date.New(2024, 2, 29)
	for on, want := range map[date.Date]date.Date{
		signed:                date.New(2025, 2, 28),
		date.New(2025, 2, 28): date.New(2025, 2, 28),
		date.New(2025, 3, 1):  date.New(2026, 2, 28),
		date.New(2028, 2, 28): date.New(2028, 2, 29),
	} {
		c := waiter()
		c.Birth, c.Signed, c.Work, c.On = date.New(1960, 1, 1), signed, law.Span{First: signed}, on
		c.Terms.UnionInformed = 0
		checks, _ := outcomes(c)
		var due eligibility.InformationDue
		require.ErrorAs(t, checks[eligibility.RuleUnionInformation].Finding, &due)
		assert.Equal(t, want, due.Due, on.String())
	}
}

// TestMajorityOfALeapDay: who is born on 29 February and turns 18 in a common year
// is a minor until 1 March.
func TestMajorityOfALeapDay(t *testing.T) {
	for day, want := range map[date.Date]law.Outcome{
		date.New(2026, 2, 28): law.Undetermined, date.New(2026, 3, 1): law.Pass,
	} {
		c := waiter()
		c.Birth, c.Signed, c.On = date.New(2008, 2, 29), day, 0
		checks, _ := outcomes(c)
		assert.Equal(t, want, checks[eligibility.RuleMinimumAge].Outcome, day.String())
	}
}

// TestShape fixes the JSON of an answer with each kind of check.
func TestShape(t *testing.T) {
	c := waiter()
	c.Birth = date.New(1971, 3, 1) // 55 on the day of signing
	c.Employer.RiskAssessment = law.Unknown
	c.Terms.Notice = &eligibility.Notice{}
	c.Unit.Suspensions = []eligibility.Suspended{{
		Span: law.Span{First: date.New(2026, 4, 1), Last: date.New(2026, 4, 30)}, SameUnit: law.Yes, SameDuties: law.Yes,
	}}
	c.Agreement.Needs = law.Unknown
	a, err := eligibility.Assess(c)
	require.NoError(t, err)
	b, err := json.MarshalIndent(a, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "shape.golden", string(b)+"\n")
}

func TestAssessAllocates(t *testing.T) {
	c := waiter()
	allocs := testing.AllocsPerRun(100, func() {
		if a, err := eligibility.Assess(c); err != nil || a.Verdict != law.VerdictClear {
			t.Error(err, a.Verdict)
		}
	})
	assert.LessOrEqual(t, allocs, 1.0)

	checks := make(law.Checks, 0, len(eligibility.Rules()))
	allocs = testing.AllocsPerRun(100, func() {
		if _, _, err := c.AppendChecks(checks); err != nil {
			t.Error(err)
		}
	})
	assert.LessOrEqual(t, allocs, 1.0)
}

// The checks of a larger question are those of the contract's own, after what was there.
func TestAppendChecks(t *testing.T) {
	breach := waiter()
	breach.Birth = date.New(1990, 1, 1)
	for _, c := range []eligibility.Contract{waiter(), breach} {
		whole, err := eligibility.Assess(c)
		require.NoError(t, err)
		first := law.Cited("first").Pass(c.Signed)
		checks, part, err := c.AppendChecks(law.Checks{first})
		require.NoError(t, err)
		assert.Equal(t, append(law.Checks{first}, whole.Checks...), checks)
		part.Judgment = whole.Judgment
		assert.Equal(t, whole, part)
	}
	before := law.Checks{{}}
	checks, _, err := eligibility.Contract{}.AppendChecks(before)
	require.Error(t, err)
	assert.Equal(t, before, checks)
}

// BenchmarkAssess judges a contract in order; the target is 1.5 µs and one
// allocation.
func BenchmarkAssess(b *testing.B) {
	c := waiter()
	b.ReportAllocs()
	for b.Loop() {
		if _, err := eligibility.Assess(c); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAssessBreach judges one without a ground, whose findings cost more.
func BenchmarkAssessBreach(b *testing.B) {
	c := waiter()
	c.Birth = date.New(1990, 1, 1)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := eligibility.Assess(c); err != nil {
			b.Fatal(err)
		}
	}
}

// A day past the twenty-fifth birthday is a breach of the young ground, also where
// suspensions that are over took every day the ground allowed, and under a ban that
// binds by one reading only.
func TestNothingSilencesAWorkPastTheAge(t *testing.T) {
	c := waiter() // turns 25 on 15 March 2029
	c.Work, c.On = law.Span{First: date.New(2029, 3, 1)}, date.New(2029, 3, 20)
	c.Unit.Suspensions = []eligibility.Suspended{{
		Span: law.Span{First: date.New(2029, 3, 1), Last: date.New(2029, 3, 14)}, SameUnit: law.Yes, SameDuties: law.Yes,
	}}
	checks, _ := outcomes(c)
	assert.Equal(t, law.Breach, checks[eligibility.RuleYoungWork].Severity())
	c.On = date.New(2029, 3, 14)
	checks, _ = outcomes(c)
	assert.Equal(t, law.Pass, checks[eligibility.RuleYoungWork].Outcome)
	assert.Equal(t, law.Breach, checks[eligibility.RuleSuspension].Severity())

	c = waiter()
	c.Birth, c.Signed, c.Work = date.New(1995, 6, 10), date.New(2018, 2, 1), law.Span{First: date.New(2018, 3, 1)}
	c.Agreement.Bans, c.On = law.Yes, date.New(2020, 6, 10)
	checks, _ = outcomes(c)
	assert.Equal(t, law.Doubt, checks[eligibility.RuleAgreementVeto].Severity())
	assert.Equal(t, law.Breach, checks[eligibility.RuleYoungWork].Severity())
	c.On--
	checks, _ = outcomes(c)
	assert.Equal(t, law.Pass, checks[eligibility.RuleYoungWork].Outcome)
}

// A suspension of which nobody said whether it is in the unit leaves the contract open
// when it may take every day of it, and only then.
func TestSuspensionThatMayTakeEveryDay(t *testing.T) {
	for last, want := range map[date.Date]law.Outcome{
		date.New(2026, 12, 30): law.Pass, date.New(2026, 12, 31): law.Undetermined, 0: law.Undetermined,
	} {
		c := waiter()
		c.On = 0
		c.Unit.Suspensions = []eligibility.Suspended{{Span: law.Span{First: c.Work.First, Last: last}, SameDuties: law.Yes}}
		checks, _ := outcomes(c)
		k := checks[eligibility.RuleSuspension]
		assert.Equal(t, want, k.Outcome, last)
		if want == law.Undetermined {
			assert.Equal(t, []string{"/unit/suspensions/0/same_unit"}, k.Needs)
		}
	}
}
