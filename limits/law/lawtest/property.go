package lawtest

import (
	"flag"
	"fmt"
	"hash/fnv"
	"math/rand"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/prop"
	"github.com/rickb777/date/v2"
)

var (
	seed = flag.Int64("lawtest.seed", 0, "seed of every property, instead of one from its name")
	runs = flag.Int("lawtest.runs", 1000, "successful cases each property needs")
)

// Property runs one gopter property as a subtest of its own. The seed comes from
// the name, so a run can be repeated and one property never changes another's
// cases; -lawtest.seed and -lawtest.runs override it and the number of cases (after
// the package: go test ./limits -lawtest.seed=7). With -short a twentieth of the
// cases is run: for slow machines and mutants.
func Property(t *testing.T, name string, condition any, gens ...gopter.Gen) {
	t.Helper()
	t.Run(name, func(t *testing.T) {
		t.Helper()
		report(t, falsified(t.Name(), condition, gens...))
	})
}

// falsified checks the property and returns the lines of the report, none when it
// holds.
func falsified(name string, condition any, gens ...gopter.Gen) (complaints []string) {
	h := fnv.New64a()
	_, _ = h.Write([]byte(name))
	s := int64(h.Sum64() >> 1)
	if *seed != 0 {
		s = *seed
	}
	p := gopter.DefaultTestParametersWithSeed(s)
	if p.MinSuccessfulTests = *runs; testing.Short() {
		p.MinSuccessfulTests = max(1, *runs/20)
	}
	p.Workers = 1
	result := prop.ForAll(condition, gens...).Check(p)
	if result.Passed() {
		return nil
	}
	complain := func(format string, args ...any) { complaints = append(complaints, fmt.Sprintf(format, args...)) }
	complain("%s after %d cases, %d discarded; repeat with -run '%s' -lawtest.seed=%d", result.Status, result.Succeeded, result.Discarded, name, s)
	for _, a := range result.Args {
		complain("argument %s (as drawn: %s)", a.ArgFormatted, a.OrigArgFormatted)
	}
	for _, l := range result.Labels {
		complain("label %s", l)
	}
	if result.Error != nil {
		complain("%v\n%s", result.Error, result.ErrorStack)
	}
	return complaints
}

// Draw draws one value of a generator of any kit from a source of one's own, for tests
// without gopter: the same source gives the same values. It panics on a generator of
// another type, or one that discards a thousand values in a row.
//
//	c := lawtest.Draw[cf.Code](r, cftest.Codes())
func Draw[T any](r *rand.Rand, g gopter.Gen) T {
	parameters := gopter.DefaultGenParameters()
	parameters.Rng = r
	for range 1000 {
		if v, ok := g(parameters).Retrieve(); ok {
			return v.(T)
		}
	}
	panic("lawtest: the generator discards everything")
}

// Day generates days of a closed range, one in three at an edge: its ends, the
// turn of years, the days about 29 February. It shrinks towards lo.
func Day(lo, hi date.Date) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		d := DrawDay(p, lo, hi)
		r := gopter.NewGenResult(d, shrinkDay(lo))
		r.Sieve = func(v any) bool { d, ok := v.(date.Date); return ok && d >= lo && d <= hi }
		return r
	}
}

// DrawDay draws one day as [Day] does, for generators written as plain functions.
func DrawDay(p *gopter.GenParameters, lo, hi date.Date) date.Date {
	d := lo + date.Date(p.Rng.Int63n(int64(hi-lo)+1))
	if p.Rng.Intn(3) > 0 {
		return d
	}
	y, _, _ := d.Date()
	edges := [...]date.Date{
		lo, hi, date.New(y, 1, 1), date.New(y, 12, 31),
		date.New(y, 2, 28), date.New(y, 3, 1) - 1, date.New(y, 3, 1),
	}
	return min(max(edges[p.Rng.Intn(len(edges))], lo), hi)
}

func shrinkDay(lo date.Date) gopter.Shrinker {
	return func(v any) gopter.Shrink {
		d := v.(date.Date)
		step := d - lo
		return func() (any, bool) {
			if step <= 0 {
				return nil, false
			}
			x := d - step
			step /= 2
			return x, true
		}
	}
}
