package limits_test

import (
	"math/rand"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
)

// Whatever the workers before it were, one worker of many is answered as it is alone.
func TestPortfolioAnswersAsAssess(t *testing.T) {
	lawtest.Property(t, "Portfolio", func(a, b, c limitstest.Case) string {
		team := []limits.History{a.History(), b.History(), {}, c.History(), a.History()}
		for _, x := range []limitstest.Case{a, b, c} {
			var got, want []limits.Assessment
			for i, answer := range limits.Portfolio(slices.All(team), x.On, x.Employer) {
				got, want = append(got, answer), append(want, team[i].Assess(x.On, x.Employer))
			}
			if d := differ(got, want); d != "" {
				return d
			}
		}
		return ""
	}, limitstest.FullCases(), limitstest.FullCases(), limitstest.FullCases())
}

// What answers share is not written twice, not even by who appends to one or changes it.
func TestPortfolioAnswersAreApart(t *testing.T) {
	full := limits.History{Worked: run(asked-600, 500)}
	for _, e := range []limits.Employer{trade, tavern} {
		var answers []limits.Assessment
		for _, a := range limits.Portfolio(slices.All([]limits.History{full, {}, full}), asked, e) {
			answers = append(answers, a)
		}
		first := &answers[0]
		for f := range first.Checks.Findings() {
			f.Path, f.Facts = "/elsewhere", nil
		}
		first.Checks.Relocate(func(string) string { return "/elsewhere" })
		_ = append(first.Checks, law.Check{})
		require.Empty(t, differ(answers[1], limits.History{}.Assess(asked, e)))
		require.Empty(t, differ(answers[2], full.Assess(asked, e)))
	}
}

// drawn returns n workers, each of whom has worked on days of his own: on about that share
// of the days before the day asked.
func drawn(n int, share float64) []limits.History {
	r := rand.New(rand.NewSource(1))
	team := make([]limits.History, n)
	for i := range team {
		var days []date.Date
		for d := asked - 1200; d < asked; d++ {
			if r.Float64() < share {
				days = append(days, d)
			}
		}
		team[i].Worked = limits.NewLedger(days...)
	}
	return team
}

// The answers of many workers share their room: within the cap, over it and exempt a
// worker costs a small part of an allocation, so that with the ledger, which the caller
// builds, it costs one.
func TestPortfolioAllocations(t *testing.T) {
	const workers = 640
	within := slices.Repeat([]limits.History{{Worked: years(3, 100)}}, workers)
	over := slices.Repeat([]limits.History{{Worked: years(3, 150)}}, workers)
	for _, c := range []struct {
		name     string
		team     []limits.History
		employer limits.Employer
		verdict  law.Verdict
		most     float64 // for one worker
	}{
		{"within the cap", within, trade, law.VerdictClear, 0.1},
		{"over the cap", over, trade, law.VerdictBreach, 0.1},
		{"exempt", over, tavern, law.VerdictClear, 0.1},
		// Facts that no worker before had are an allocation more: how many days there are
		// and the day that is free next, rather than the day of a conversion.
		{"over the cap, each on other days", drawn(10*workers, 0.45), trade, law.VerdictBreach, 0.7},
	} {
		t.Run(c.name, func(t *testing.T) {
			allocs := testing.AllocsPerRun(5, func() {
				for _, a := range limits.Portfolio(slices.All(c.team), asked, c.employer) {
					if a.Verdict != c.verdict {
						t.Fatal(a.Verdict)
					}
				}
			})
			require.Less(t, allocs/float64(len(c.team)), c.most)
		})
	}
}

// A portfolio of more different facts than are remembered forgets them and goes on.
func TestPortfolioOfManyFacts(t *testing.T) {
	team := make([]limits.History, 9000)
	for i := range team {
		n := date.Date(i % 95)
		team[i].Worked = limits.LedgerOf(law.Days{{First: asked - 600 - n, Last: asked - 100 + date.Date(i/95)}})
	}
	for i, a := range limits.Portfolio(slices.All(team), asked, trade) {
		require.Empty(t, differ(a, team[i].Assess(asked, trade)))
	}
}
