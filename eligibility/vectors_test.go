package eligibility_test

import (
	"encoding/json"
	"testing"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/require"
)

func assess(in []byte) (any, error) {
	var c eligibility.Contract
	if err := json.Unmarshal(in, &c); err != nil {
		return nil, err
	}
	return eligibility.Assess(c)
}

func TestVectors(t *testing.T) {
	lawtest.Vectors(t, eligibilitytest.Vectors(), lawtest.Local(map[string]func([]byte) (any, error){
		"eligibility.assess": assess,
		"eligibility.treatment": func(in []byte) (any, error) {
			var q eligibility.TreatmentQuestion
			if err := json.Unmarshal(in, &q); err != nil {
				return nil, err
			}
			return eligibility.Treat(q)
		},
	}))
}

// TestVectorsOfEachRule: every rule has cases that pass and cases that fail.
func TestVectorsOfEachRule(t *testing.T) {
	all, err := lawtest.Load(eligibilitytest.Vectors())
	require.NoError(t, err)
	seen := map[law.RuleID]map[string]int{}
	for _, v := range all {
		for id, e := range v.Checks {
			if seen[id] == nil {
				seen[id] = map[string]int{}
			}
			seen[id][e.Outcome]++
		}
	}
	for _, r := range eligibility.Rules() {
		if seen[r.ID]["pass"] == 0 || seen[r.ID]["fail"] == 0 {
			t.Errorf("%s: %v, without a passing or a failing case", r.ID, seen[r.ID])
		}
	}
}
