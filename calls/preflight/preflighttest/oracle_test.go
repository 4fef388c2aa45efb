package preflighttest_test

import (
	"math/rand"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/leanovate/gopter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The oracle and the library name the same days, whatever the generator draws, and what
// it shrinks to ends.
func TestOracleAgrees(t *testing.T) {
	parameters := gopter.DefaultGenParameters()
	parameters.Rng = rand.New(rand.NewSource(1))
	verdicts := map[law.Verdict]int{}
	for range 150 {
		result := preflighttest.Cases()(parameters)
		c := result.Result.(preflight.Case)
		r, err := preflight.Run(c)
		require.NoError(t, err)
		verdicts[r.Verdict]++
		assert.Equal(t, preflighttest.LastCallable(c), r.LastCallable)
		assert.Equal(t, preflighttest.NextFree(c), r.NextFree)
		for steps := 0; ; steps++ {
			require.Less(t, steps, 10)
			simpler, ok := result.Shrinker(c)()
			if !ok {
				break
			}
			c = simpler.(preflight.Case)
		}
		assert.Zero(t, c.Worked.Len()+c.Presumed.Len()+c.Planned.Len())
	}
	assert.Greater(t, len(verdicts), 2, verdicts)
}
