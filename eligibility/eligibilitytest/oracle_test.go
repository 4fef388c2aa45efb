package eligibilitytest_test

import (
	"fmt"
	"testing"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The oracle and the library say the same of every generated contract, day by day about
// the bounds and hour by hour on the day asked.
func TestOracleAgrees(t *testing.T) {
	lawtest.Property(t, "lawful days and hours", func(c eligibility.Contract) string {
		a, err := eligibility.Assess(c)
		if err != nil {
			return err.Error()
		}
		lawful := eligibilitytest.LawfulDays(c)
		inSpans := func(d date.Date) bool {
			for _, s := range a.LawfulSpans {
				if s.Contains(d) {
					return true
				}
			}
			return false
		}
		days := map[date.Date]bool{c.Signed: true, c.On: true, c.Work.First: true, c.Work.First - 1: true, c.Work.Last: true}
		for _, s := range a.LawfulSpans {
			for _, d := range []date.Date{s.First - 1, s.First, s.Last, s.Last + 1} {
				days[d] = true
			}
		}
		for d := range days {
			cut := a.LawfulUntil != 0 && d > a.LawfulUntil
			if d > 1 && !cut && lawful(d) != inSpans(d) {
				return fmt.Sprint(law.FormatDay(d), ": the oracle says ", lawful(d))
			}
		}
		if c.On != 0 && eligibilitytest.LawfulOn(c, c.On) != lawful(c.On) {
			return "one day and many days differ"
		}
		return ""
	}, eligibilitytest.Contracts())
}

// The hours of a period of the week are told apart to the minute.
func TestOracleKnowsTheHours(t *testing.T) {
	all, err := lawtest.Load(eligibilitytest.Vectors())
	require.NoError(t, err)
	seen := map[bool]int{}
	for _, v := range all {
		var c eligibility.Contract
		if v.Ask != "eligibility.assess" || v.Error != nil || c.UnmarshalJSON(v.In) != nil {
			continue
		}
		if c.OnStart.IsZero() {
			if c.On == 0 {
				continue
			}
			c.OnStart, c.OnEnd = law.RomeMidnight(c.On).Add(13*time.Hour), law.RomeMidnight(c.On).Add(14*time.Hour)
		}
		if c.OnEnd.IsZero() {
			c.OnEnd = c.OnStart.Add(time.Hour)
		}
		start, end := c.OnStart, c.OnEnd
		c.OnStart, c.OnEnd = time.Time{}, time.Time{}
		allowed, err := c.Allows(start, end)
		require.NoError(t, err, v.Name)
		seen[allowed]++
		assert.Equal(t, allowed, eligibilitytest.LawfulAt(c, start, end), v.Name)
		assert.False(t, eligibilitytest.LawfulAt(c, end, start), "a call that ends before it starts")
	}
	assert.True(t, seen[true] > 20 && seen[false] > 20, seen)
}
