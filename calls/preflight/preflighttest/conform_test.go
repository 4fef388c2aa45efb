package preflighttest_test

import (
	"slices"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every rule has a vector in which it passes and one in which it fails.
func TestEveryRuleHasItsVectors(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	outcomes := map[law.RuleID]map[string]bool{}
	for _, v := range all {
		for id, e := range v.Checks {
			if outcomes[id] == nil {
				outcomes[id] = map[string]bool{}
			}
			outcomes[id][e.Outcome] = true
		}
		assert.NotEmpty(t, v.Source, v.Name)
	}
	for _, rules := range [][]law.Rule{eligibility.Rules(), limits.Rules(), indemnity.Rules(), calls.Rules()} {
		for _, r := range rules {
			assert.True(t, outcomes[r.ID]["pass"], "%s: no passing vector", r.ID)
			assert.True(t, outcomes[r.ID]["fail"], "%s: no failing vector", r.ID)
		}
	}
}

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
		q.Contract.Birth, q.Contract.On = 0, 0
		r, err := preflight.Run(q)
		require.NoError(t, err, v.Name)
		for id, e := range v.Checks {
			got := slices.Collect(r.Checks.Of(id))
			require.NotEmpty(t, got, "%s: %s", v.Name, id)
			assert.Equal(t, e.Outcome, got[0].Outcome.String(), "%s: %s", v.Name, id)
		}
	}
	assert.Greater(t, asked, 5)
}
