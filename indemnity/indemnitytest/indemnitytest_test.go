package indemnitytest_test

import (
	"testing"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestCasesAreSound wants every case drawn, and every smaller one, to be one that can
// be computed and says all that is asked.
func TestCasesAreSound(t *testing.T) {
	p := gopter.DefaultGenParameters()
	seen := map[law.Outcome]bool{}
	for range 300 {
		r := indemnitytest.Cases()(p)
		v, ok := r.Retrieve()
		require.True(t, ok)
		all := append([]any{v}, r.Shrinker(v).All()...)
		for _, x := range all {
			c, ok := x.(indemnity.Case)
			require.True(t, ok)
			s, err := indemnity.Compute(c)
			require.NoError(t, err)
			assert.NotEqual(t, law.VerdictUndetermined, s.Verdict)
			for _, check := range s.Checks {
				seen[check.Outcome] = true
			}
		}
	}
	assert.True(t, seen[law.Pass] && seen[law.Fail] && seen[law.NotApplicable])
}

// TestOracle holds the oracle itself to the month whose figures are published.
func TestOracle(t *testing.T) {
	all, err := lawtest.Load(indemnitytest.Vectors())
	require.NoError(t, err)
	require.Equal(t, "contributions: stated with what is due", all[0].Name)
	var c indemnity.Case
	require.NoError(t, c.UnmarshalJSON(all[0].In))
	want := indemnitytest.Answer(c)
	assert.Equal(t, "2018.72", want.Base.FloatString(2))
	assert.Equal(t, "403.74", want.Floor.FloatString(2))
	assert.Equal(t, "403.74", want.Due.FloatString(2))
}
