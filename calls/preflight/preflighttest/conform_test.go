package preflighttest_test

import (
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every eligibility vector that says enough of a contract is put to preflight too:
// what fails there fails here.
func TestEligibilityVectorsThroughPreflight(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	asked := 0
	for _, v := range all {
		var c eligibility.Contract
		if v.Ask != "eligibility.assess" || v.Error != nil || c.UnmarshalJSON(v.In) != nil || c.On == 0 {
			continue
		}
		asked++
		q := preflight.Case{
			Now: law.RomeMidnight(c.On - 7), Start: law.RomeMidnight(c.On).Add(1), Worker: preflight.Worker{Birth: c.Birth}, Contract: c,
		}
		if !c.OnStart.IsZero() {
			q.Start, q.End = c.OnStart, c.OnEnd
		}
		q.Contract.Birth, q.Contract.On, q.Contract.OnStart, q.Contract.OnEnd = 0, 0, time.Time{}, time.Time{}
		r, err := preflight.Run(q)
		require.NoError(t, err, v.Name)
		for id, e := range v.Checks {
			if slices.Contains(e.Needs, "/on_start") {
				continue // preflight always knows the start
			}
			got := slices.Collect(r.Checks.Of(id))
			require.NotEmpty(t, got, "%s: %s", v.Name, id)
			assert.Equal(t, e.Outcome, got[0].Outcome.String(), "%s: %s", v.Name, id)
		}
	}
	assert.Greater(t, asked, 5)
}
