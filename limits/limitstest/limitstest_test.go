package limitstest_test

import (
	"io/fs"
	"math/rand"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The generators are worth their name only if every outcome comes up.
func TestCasesReachEveryOutcome(t *testing.T) {
	p := seeded(1)
	seen := map[string]int{}
	for range 1000 {
		c := limitstest.DrawCase(p)
		a, f := c.Assess(), c.Plan()
		for _, s := range []string{
			"cap " + a.DaysCap, "first day " + a.FirstDay, "conversion " + a.Conversion,
			"plan cap " + f.DaysCap, "plan first day " + f.FirstDay, "plan conversion " + f.Converts,
		} {
			seen[s]++
		}
		if a.Worked == 399 || a.Worked == 400 {
			seen["at the cap"]++
		}
	}
	for _, rule := range []string{"cap", "first day", "conversion"} {
		for _, o := range []string{"pass", "breach", "doubt", "not-in-force", "not-applicable"} {
			if rule == "first day" && o == "breach" || rule != "first day" && o == "not-applicable" {
				continue
			}
			assert.GreaterOrEqual(t, seen[rule+" "+o], 3, "%s %s", rule, o)
			assert.True(t, seen["plan "+rule+" "+o] > 0 || o == "not-in-force", "plan %s %s", rule, o)
		}
	}
	assert.Greater(t, seen["at the cap"], 50)
}

// With every fact every outcome of every rule comes up, and what tells days apart.
func TestFullCasesReachEveryOutcome(t *testing.T) {
	p := seeded(3)
	seen := map[string]int{}
	for range 1500 {
		c := limitstest.DrawFullCase(p)
		a, f := c.AssessPlanned(), c.Plan()
		for _, s := range []string{
			"cap " + a.DaysCap, "conversion " + a.Conversion, "sector " + a.Sector,
			"plan cap " + f.DaysCap, "plan conversion " + f.Converts, "plan sector " + f.Sector,
		} {
			seen[s]++
		}
		if a.Exempt > 0 && a.Exempt < a.Worked {
			seen["days as an exempt employer among others"]++
		}
		if a.Transferred > 0 {
			seen["days of a predecessor"]++
		}
		if a.Transferred < a.Worked && a.Worked > 399 {
			seen["over the cap"]++
		}
	}
	for _, rule := range []string{"cap", "conversion", "sector"} {
		for _, o := range []string{"pass", "breach", "doubt", "undetermined", "not-applicable"} {
			if rule == "sector" && o == "breach" {
				continue
			}
			assert.Positive(t, seen[rule+" "+o], "%s %s", rule, o)
			assert.Positive(t, seen["plan "+rule+" "+o], "plan %s %s", rule, o)
		}
	}
	for _, what := range []string{"days as an exempt employer among others", "days of a predecessor", "over the cap"} {
		assert.Greater(t, seen[what], 20, what)
	}
}

func seeded(seed int64) *gopter.GenParameters {
	p := gopter.DefaultGenParameters()
	p.Rng = rand.New(rand.NewSource(seed))
	return p
}

func TestSlowWindow(t *testing.T) {
	for on, first := range map[date.Date]date.Date{
		date.New(2025, time.July, 23):     date.New(2022, time.July, 24),
		date.New(2024, time.February, 29): date.New(2021, time.March, 1),
		date.New(2027, time.February, 28): date.New(2024, time.February, 29),
		date.New(2027, time.March, 1):     date.New(2024, time.March, 2),
		date.New(2016, time.June, 27):     date.New(2013, time.June, 28),
	} {
		assert.Equal(t, first, limitstest.SlowWindow(on), on)
	}
}

func TestShrinking(t *testing.T) {
	r := limitstest.FullCases()(seeded(2))
	v, ok := r.Retrieve()
	require.True(t, ok)
	c := v.(limitstest.Case)
	size := func(c limitstest.Case) int {
		return len(c.Worked) + len(c.Presumed) + len(c.AcrossMidnight) + len(c.Planned) + len(c.Transferred) + len(c.Periods)
	}
	n := 0
	for shrink := r.Shrinker(c); ; n++ {
		v, ok := shrink()
		if !ok {
			break
		}
		assert.Less(t, size(v.(limitstest.Case)), size(c))
		assert.True(t, r.Sieve(v))
	}
	assert.Positive(t, n)
	assert.Contains(t, c.String(), `"on":"`+c.On.String()+`"`)
}

func TestVectors(t *testing.T) {
	names, err := fs.Glob(limitstest.Vectors(), "*.json")
	require.NoError(t, err)
	assert.NotEmpty(t, names)
}
