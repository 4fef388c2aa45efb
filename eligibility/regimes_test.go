package eligibility_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
)

// ordinary is a contract without a term, signed on a day by a worker born on another, in
// order in all but its ground.
func ordinary(signed, birth string, change func(*eligibility.Contract)) eligibility.Contract {
	c := waiter()
	c.Signed, c.Birth, c.On = law.MustDay(signed), law.MustDay(birth), 0
	c.Work = law.Span{First: c.Signed}
	c.Unemployed, c.Expelled, c.StatutoryPeriod = law.No, law.No, law.No
	c.Terms.Notice = &eligibility.Notice{WorkingDays: 1}
	c.Terms.HireNotice = law.RomeMidnight(c.Signed).Add(-time.Hour)
	c.Agreement.Representative = law.Yes
	c.Terms.UnionRepresentatives = law.No
	if change != nil {
		change(&c)
	}
	return c
}

// TestRegimes writes contracts of every regime, judged on every first of January, as a
// table for a lawyer.
func TestRegimes(t *testing.T) {
	item := func(n int) func(*eligibility.Contract) {
		return func(c *eligibility.Contract) { c.Activity = eligibility.Item(n) }
	}
	winter := eligibility.Period{EveryYear: eligibility.Yearly{
		From: eligibility.MonthDay{Month: time.December, Day: 1}, To: eligibility.MonthDay{Month: time.January, Day: 6},
	}}
	rows := []struct {
		what string
		c    eligibility.Contract
	}{
		{"before the institute, a caretaker", ordinary("2002-06-01", "1960-03-15", item(1))},
		{"22, unemployed", ordinary("2004-06-01", "1982-03-15", func(c *eligibility.Contract) { c.Unemployed = law.Yes })},
		{"22, unemployed or not is not told", ordinary("2004-06-01", "1982-03-15", func(c *eligibility.Contract) { c.Unemployed = law.Unknown })},
		{"50, expelled from production", ordinary("2004-06-01", "1954-03-15", func(c *eligibility.Contract) { c.Expelled = law.Yes })},
		{"35, a caretaker, the day before the table", ordinary("2004-11-03", "1969-03-15", item(1))},
		{"35, a caretaker, the first day of the table", ordinary("2004-11-04", "1969-03-15", item(1))},
		{"20, under 25", ordinary("2007-06-01", "1987-03-15", nil)},
		{"35, in the periods of the law", ordinary("2007-06-01", "1972-03-15", func(c *eligibility.Contract) { c.StatutoryPeriod = law.Yes })},
		{"35, the periods of the law not told", ordinary("2007-06-01", "1972-03-15", func(c *eligibility.Contract) { c.StatutoryPeriod = law.Unknown })},
		{"60, while on-call work was repealed", ordinary("2008-03-01", "1948-03-15", item(1))},
		{"20, under 25 and under 24", ordinary("2011-05-01", "1991-03-15", nil)},
		{"24, under 25 only", ordinary("2011-05-01", "1987-01-01", nil)},
		{"51, over 45 only", ordinary("2011-05-01", "1960-01-01", nil)},
		{"56, over 45 and over 55", ordinary("2011-05-01", "1955-01-01", nil)},
		{"51, and a caretaker", ordinary("2011-05-01", "1960-01-01", item(1))},
		{"35, a need of the agreement", ordinary("2012-07-18", "1977-03-15", func(c *eligibility.Contract) { c.Agreement.Needs = law.Yes })},
		{"51, no longer old enough", ordinary("2012-07-18", "1961-01-01", nil)},
		{"22, under 24", ordinary("2012-07-18", "1990-03-15", nil)},
		{"30, a need of the agreement, which bans it too", ordinary("2018-03-01", "1988-03-15", func(c *eligibility.Contract) {
			c.Agreement.Needs, c.Agreement.Bans = law.Yes, law.Yes
		})},
		{"22, under 24", ordinary("2018-03-01", "1995-06-15", nil)},
		{"55 on the day of signing", ordinary("2020-03-01", "1965-03-01", nil)},
		{"30, from December to Epiphany of every year", ordinary("2020-03-01", "1990-03-15", func(c *eligibility.Contract) {
			c.Agreement.Periods = []eligibility.Period{winter}
		})},
		{"30, an agreement of other unions", ordinary("2023-03-01", "1993-03-15", func(c *eligibility.Contract) {
			c.Agreement.Needs, c.Agreement.Representative = law.Yes, law.No
		})},
		{"30, a waiter, after the repeal of the decree of 1923", ordinary("2025-06-01", "1995-03-15", item(5))},
	}
	require.Len(t, rows, 24)
	const firstYear, lastYear = 2003, 2027
	var b strings.Builder
	b.WriteString(`Contracts without a term, in order in all but what is said, judged for a call on the
first of January of each year.

  C clear   d doubt   B breach   ? undetermined   . not yet signed

`)
	fmt.Fprintf(&b, "%-56s %-10s  ", "the worker at signing", "signed")
	for y := firstYear; y <= lastYear; y++ {
		fmt.Fprintf(&b, "%02d ", y%100)
	}
	b.WriteString("\n")
	var why strings.Builder
	for i, r := range rows {
		fmt.Fprintf(&b, "%2d %-53s %s  ", i+1, r.what, law.FormatDay(r.c.Signed))
		last := ""
		for y := firstYear; y <= lastYear; y++ {
			c := r.c
			c.On = date.New(y, time.January, 1)
			if c.On < c.Signed {
				b.WriteString(" . ")
				continue
			}
			a, err := eligibility.Assess(c)
			require.NoError(t, err)
			b.WriteString(" " + map[law.Verdict]string{
				law.VerdictClear: "C", law.VerdictDoubt: "d", law.VerdictBreach: "B", law.VerdictUndetermined: "?",
			}[a.Verdict] + " ")
			reason := ""
			for _, k := range a.Checks {
				if s := k.Severity(); k.Outcome == law.Undetermined || s == law.Breach || s == law.Doubt {
					reason = fmt.Sprintf("%s %s: %s", k.Outcome, k.Rule(), k.Text().EN)
					if s != 0 {
						reason = fmt.Sprintf("%s %s: %s", s, k.Rule(), k.Text().EN)
					}
					break
				}
			}
			kind, _, _ := strings.Cut(reason, ":")
			if reason == "" {
				kind, reason = "clear", "clear"
			}
			if kind != last {
				fmt.Fprintf(&why, "%2d from %d %s\n", i+1, y, reason)
				last = kind
			}
		}
		b.WriteString("\n")
	}
	b.WriteString("\nWhy, from the first of January on which it changes:\n\n")
	lawtest.Golden(t, "regimes.golden", b.String()+why.String())
}
