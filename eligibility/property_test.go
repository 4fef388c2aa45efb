package eligibility_test

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
)

// A condition returns what is wrong, "" for nothing.

// TestSpansAgreeWithTheOracle compares the lawful days of ten thousand contracts,
// day by day, in ten runs of a seed each.
func TestSpansAgreeWithTheOracle(t *testing.T) {
	for i := range 10 {
		lawtest.Property(t, fmt.Sprintf("lawful days %d", i), func(c eligibility.Contract) string {
			a, err := eligibility.Assess(c)
			if err != nil {
				return show(c, "%v", err)
			}
			for i, s := range a.LawfulSpans {
				if s.Validate() != nil || i > 0 && (a.LawfulSpans[i-1].Open() || s.First <= a.LawfulSpans[i-1].Last+1) {
					return show(c, "spans not in order or not apart: %v", a.LawfulSpans)
				}
			}
			lawful := eligibilitytest.LawfulDays(c)
			for _, d := range daysToAsk(c) {
				if a.LawfulUntil != 0 && d > a.LawfulUntil {
					continue // the periods come back for longer than they are written out
				}
				if got, want := within(a.LawfulSpans, d), lawful(d); got != want {
					return show(c, "%s: spans %v say %v, the oracle %v", law.FormatDay(d), a.LawfulSpans, got, want)
				}
			}
			return ""
		}, eligibilitytest.Contracts())
	}
}

// daysToAsk are the days about the contract, whatever bounds it, and far ahead.
func daysToAsk(c eligibility.Contract) (days []date.Date) {
	last := c.Work.First + 150
	for _, around := range []date.Date{
		c.Work.Last, c.Signed, law.Anniversary(c.Birth, 25, law.NextMonth), c.Agreement.Period.First, c.Agreement.Period.Last,
		date.New(2014, 1, 1),
	} {
		for d := around - 3; around != 0 && d <= around+3; d++ {
			days = append(days, d)
		}
	}
	for _, s := range c.Unit.Suspensions {
		days = append(days, s.Span.First-1, s.Span.First, s.Span.Last, s.Span.Last+1)
	}
	for d := c.Work.First - 5; d <= last; d++ {
		days = append(days, d)
	}
	return append(days, last+4000)
}

func within(spans []law.Span, d date.Date) bool {
	return slices.ContainsFunc(spans, func(s law.Span) bool { return s.Contains(d) })
}

func show(c eligibility.Contract, format string, args ...any) string {
	b, _ := json.Marshal(c)
	return fmt.Sprintf(format, args...) + "\n" + string(b)
}

func outcomes(c eligibility.Contract) (map[law.RuleID]law.Check, eligibility.Assessment) {
	a, _ := eligibility.Assess(c)
	all := map[law.RuleID]law.Check{}
	for _, k := range a.Checks {
		all[k.Rule()] = k
	}
	return all, a
}

func TestProperties(t *testing.T) {
	lawtest.Property(t, "every rule leaves one check, in order", func(c eligibility.Contract) string {
		a, err := eligibility.Assess(c)
		if err != nil {
			return show(c, "%v", err)
		}
		rules := eligibility.Rules()
		for i, r := range rules {
			k := a.Checks[i]
			switch {
			case k.Rule() != r.ID:
				return show(c, "check %d is of %s, not %s", i, k.Rule(), r.ID)
			case (k.Outcome == law.Fail) != (k.Finding != nil), (k.Outcome == law.Undetermined) != (len(k.Needs) > 0):
				return show(c, "%s: %s does not agree with its finding or needs", k.Rule(), k.Outcome)
			case len(k.Cites()) == 0 || k.On == 0:
				return show(c, "%s: no citation or no day", k.Rule())
			}
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "grounds are as their rules say", func(c eligibility.Contract) string {
		checks, a := outcomes(c)
		for id, g := range map[law.RuleID]eligibility.GroundKind{
			eligibility.RuleYoung: eligibility.YoungGround, eligibility.RuleSenior: eligibility.SeniorGround,
			eligibility.RuleAgreement: eligibility.AgreementGround, eligibility.RuleTable: eligibility.TableGround,
		} {
			held := slices.Contains(a.Grounds, g)
			switch k := checks[id]; {
			case k.Outcome == law.Pass && !held:
				return show(c, "%s passes, and is not among %v", id, a.Grounds)
			case k.Outcome == law.Undetermined && g == eligibility.AgreementGround && (c.Agreement.Period != law.Span{} || c.Agreement.Periods != nil):
				continue // the ground is held; whether another allows a day outside its period is not known
			case (k.Outcome == law.Undetermined || k.Outcome == law.NotInForce) && held:
				return show(c, "%s: %s, and is among %v", id, k.Outcome, a.Grounds)
			}
		}
		ended := c.Signed < date.New(2012, 7, 18) // the ages of then may have ended
		if k := checks[eligibility.RuleGround]; !ended && len(a.Grounds) > 0 && k.Outcome == law.Undetermined || len(a.Grounds) == 0 && k.Outcome == law.Pass {
			return show(c, "%s: %s with grounds %v", k.Rule(), k.Outcome, a.Grounds)
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "a clear answer has the day asked among its lawful days", func(c eligibility.Contract) string {
		_, a := outcomes(c)
		switch {
		case len(a.Grounds) == 0 || a.Verdict != law.VerdictClear:
			return ""
		case len(a.LawfulSpans) == 0, c.On != 0 && !a.Lawful.Contains(c.On):
			return show(c, "clear, with %v and %v", a.Lawful, a.LawfulSpans)
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "no day was worked against the law where the answer is clear", func(c eligibility.Contract) string {
		c.On, c.OnStart, c.OnEnd = 0, time.Time{}, time.Time{}
		_, a := outcomes(c)
		lawful := eligibilitytest.LawfulDays(c)
		unlawful := date.Date(0) // the first day worked against the law
		for _, s := range c.Worked {
			for d := max(s.First, c.Work.First); d <= s.Last && (c.Work.Last == 0 || d <= c.Work.Last) && unlawful == 0; d++ {
				if !lawful(d) {
					unlawful = d
				}
			}
		}
		idle := c
		idle.Worked = nil
		_, before := outcomes(idle)
		switch {
		case unlawful != 0 && a.Verdict == law.VerdictClear:
			return show(c, "clear, and %s was worked", law.FormatDay(unlawful))
		case unlawful == 0 && a.Verdict == law.VerdictBreach && before.Verdict != law.VerdictBreach:
			return show(c, "a breach, and every day worked was lawful")
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "a lawful contract is clear on its lawful days and on no other", func(c eligibility.Contract) string {
		lawful := eligibilitytest.LawfulDays(c)
		for _, d := range daysToAsk(c) {
			c.On = d
			if _, a := outcomes(c); (a.Verdict == law.VerdictClear) != lawful(d) {
				return show(c, "%s on %s: %v", a.Verdict, law.FormatDay(d), a.Checks.Err())
			}
		}
		return ""
	}, eligibilitytest.Lawful())

	lawtest.Property(t, "of any regime, a lawful day breaks no rule on days and a clear one is lawful", func(c eligibility.Contract) string {
		c.On, c.OnStart, c.OnEnd = 0, time.Time{}, time.Time{}
		lawful := eligibilitytest.LawfulDays(c)
		for i, d := range daysToAsk(c) {
			if d == 0 || i%5 != 0 && d != date.New(2014, 1, 1) && d != date.New(2013, 12, 31) {
				continue
			}
			asked := c
			asked.On = d
			checks, a := outcomes(asked)
			for _, id := range []law.RuleID{
				eligibility.RuleGround, eligibility.RuleYoung, eligibility.RuleYoungWork, eligibility.RuleSenior,
				eligibility.RuleAgreement, eligibility.RuleTable, eligibility.RuleSuspension,
			} {
				if s := checks[id].Severity(); lawful(d) && (s == law.Breach || s == law.Doubt) {
					return show(asked, "lawful, and %s: %s", id, checks[id].Text().EN)
				}
			}
			if a.Verdict == law.VerdictClear && !lawful(d) {
				return show(asked, "clear, and not lawful")
			}
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "a day worked is judged as one asked about", func(c eligibility.Contract) string {
		c.On, c.OnStart, c.OnEnd, c.Unit.Suspensions = 0, time.Time{}, time.Time{}, []eligibility.Suspended{}
		for i, d := range daysToAsk(c) {
			if i%3 != 0 || d < max(c.Signed, c.Work.First) || !c.Work.Open() && d > c.Work.Last {
				continue
			}
			worked, asked := c, c
			worked.Worked, asked.On = law.Days{law.OneDay(d)}, d
			was, _ := outcomes(worked)
			want, _ := outcomes(asked)
			for _, id := range []law.RuleID{eligibility.RuleYoungWork, eligibility.RuleGround} {
				s := want[id].Severity()
				if grave := s == law.Breach || s == law.Doubt; grave && was[id].Severity() != s {
					return show(worked, "%s: %s on %s, %s when worked", id, s, law.FormatDay(d), was[id].Severity())
				}
			}
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "adding a ground never narrows the lawful days", func(c eligibility.Contract) string {
		_, before := outcomes(c)
		for name, add := range map[string]func(*eligibility.Contract){
			"need":  func(c *eligibility.Contract) { c.Agreement.Needs = law.Yes },
			"table": func(c *eligibility.Contract) { c.Activity = eligibility.Item(3) },
			"period": func(c *eligibility.Contract) {
				if c.Agreement.Period.IsZero() && c.Agreement.Periods == nil { // more could fill the year
					c.Agreement.Period = law.Span{First: c.Work.First + 10, Last: c.Work.First + 40}
				}
			},
		} {
			more := c
			add(&more)
			_, after := outcomes(more)
			for _, d := range daysToAsk(c) {
				if within(before.LawfulSpans, d) && !within(after.LawfulSpans, d) {
					return show(c, "%s: %v became %v", name, before.LawfulSpans, after.LawfulSpans)
				}
			}
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "each fault fails its rule and no other", func(c eligibility.Contract) string {
		before, _ := outcomes(c)
		for _, m := range eligibilitytest.Mutants(c) {
			after, _ := outcomes(m.Contract)
			if got := after[m.Fails[0]].Severity(); got != m.Severity {
				return show(m.Contract, "%s: %s %s, not %s", m.Fault, m.Fails[0], got, m.Severity)
			}
			for _, r := range eligibility.Rules() {
				fails := after[r.ID].Outcome == law.Fail && before[r.ID].Severity() != after[r.ID].Severity()
				if fails != slices.Contains(m.Fails, r.ID) {
					return show(m.Contract, "%s: %s %s", m.Fault, r.ID, after[r.ID].Outcome)
				}
			}
		}
		return ""
	}, eligibilitytest.Lawful())

	lawtest.Property(t, "forgetting a fact of a lawful contract is at worst undetermined, and named", func(c eligibility.Contract) string {
		for path, forget := range forgotten {
			less := c
			forget(&less)
			checks, a := outcomes(less)
			if a.Verdict == law.VerdictBreach || a.Verdict == law.VerdictDoubt {
				return show(less, "without %s: %v", path, a.Checks.Err())
			}
			for _, k := range checks {
				for _, need := range k.Needs {
					if need != path {
						return show(less, "without %s: %s needs %s", path, k.Rule(), need)
					}
				}
			}
		}
		return ""
	}, eligibilitytest.Lawful())

	lawtest.Property(t, "the order of lists does not matter", func(c eligibility.Contract) string {
		_, a := outcomes(c)
		turned := c
		turned.Worked = reversed(c.Worked)
		turned.Unit.Suspensions = reversed(c.Unit.Suspensions)
		turned.Unit.CollectiveDismissals = reversed(c.Unit.CollectiveDismissals)
		turned.Terms.Elements = reversed(c.Terms.Elements)
		if _, b := outcomes(turned); a.Verdict != b.Verdict || !slices.Equal(a.LawfulSpans, b.LawfulSpans) {
			return show(c, "%s %v became %s %v", a.Verdict, a.LawfulSpans, b.Verdict, b.LawfulSpans)
		}
		return ""
	}, eligibilitytest.Contracts())

	lawtest.Property(t, "a contract survives its JSON", func(c eligibility.Contract) string {
		b, err := json.Marshal(c)
		var back eligibility.Contract
		if err == nil {
			err = json.Unmarshal(b, &back)
		}
		if err != nil {
			return show(c, "%v", err)
		}
		if again, _ := json.Marshal(back); string(again) != string(b) {
			return show(c, "became %s", again)
		}
		return ""
	}, eligibilitytest.Contracts())
}

func reversed[S ~[]E, E any](s S) S {
	s = slices.Clone(s)
	slices.Reverse(s)
	return s
}

// forgotten forgets one fact, by the pointer that must be named.
var forgotten = map[string]func(*eligibility.Contract){
	"/birth":                          func(c *eligibility.Contract) { c.Birth = 0 },
	"/activity":                       func(c *eligibility.Contract) { c.Activity = eligibility.Activity{} },
	"/agreement/needs":                func(c *eligibility.Contract) { c.Agreement.Needs = law.Unknown },
	"/agreement/bans":                 func(c *eligibility.Contract) { c.Agreement.Bans = law.Unknown },
	"/employer/public_administration": func(c *eligibility.Contract) { c.Employer.PublicAdministration = law.Unknown },
	"/employer/risk_assessment":       func(c *eligibility.Contract) { c.Employer.RiskAssessment = law.Unknown },
	"/unit/replaces_strikers":         func(c *eligibility.Contract) { c.Unit.ReplacesStrikers = law.Unknown },
	"/unit/collective_dismissals":     func(c *eligibility.Contract) { c.Unit.CollectiveDismissals = nil },
	"/unit/suspensions":               func(c *eligibility.Contract) { c.Unit.Suspensions = nil },
	"/contract/written":               func(c *eligibility.Contract) { c.Terms.Written = law.Unknown },
	"/contract/elements":              func(c *eligibility.Contract) { c.Terms.Elements = nil },
	"/contract/notice":                func(c *eligibility.Contract) { c.Terms.Notice = nil },
	"/contract/hire_notice":           func(c *eligibility.Contract) { c.Terms = withoutHireNotice(c.Terms) },
}

func withoutHireNotice(t eligibility.Terms) eligibility.Terms {
	return eligibility.Terms{
		Written: t.Written, Duty: t.Duty, Elements: t.Elements, Notice: t.Notice,
		UnionInformed: t.UnionInformed, UnionRepresentatives: t.UnionRepresentatives,
	}
}

// FuzzContract: whatever is read is assessed or refused, without a panic, and an
// error repeats nothing of the input.
func FuzzContract(f *testing.F) {
	all, err := lawtest.Load(eligibilitytest.Vectors())
	require.NoError(f, err)
	for _, v := range all {
		f.Add([]byte(v.In))
	}
	f.Fuzz(func(t *testing.T, in []byte) {
		var c eligibility.Contract
		if err := json.Unmarshal(in, &c); err != nil {
			return
		}
		a, err := eligibility.Assess(c)
		if err != nil {
			var bad *law.InputError
			require.ErrorAs(t, err, &bad)
			return
		}
		lawtest.Complete(t, eligibility.Rules(), a.Checks)
		for f := range a.Checks.Findings() {
			if text := f.Text(); strings.Contains(text.EN+text.IT, "%!") {
				t.Errorf("%s: %v", f.Rule, text)
			}
		}
		_, err = json.Marshal(a)
		require.NoError(t, err)
		lawful := eligibilitytest.LawfulDays(c)
		for _, s := range a.LawfulSpans[:min(len(a.LawfulSpans), 100)] {
			for _, d := range []date.Date{s.First - 1, s.First, s.Last} {
				if d != 0 && (a.LawfulUntil == 0 || d <= a.LawfulUntil) && within(a.LawfulSpans, d) != lawful(d) {
					t.Errorf("%s: the oracle differs from %v", law.FormatDay(d), a.LawfulSpans)
				}
			}
		}
	})
}
