package protocol_test

import (
	"encoding/json"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// No breach of any case rests on a rule of which nothing was read.
func TestNoBreachRestsOnWhatIsAssumed(t *testing.T) {
	rules := map[law.RuleID]law.Rule{}
	for _, r := range protocol.Rules() {
		rules[r.ID] = r
	}
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	breaches := 0
	for _, v := range all {
		var out struct{ Checks law.Checks }
		if a := engine(t)(v.Ask, v.In); a.Error != nil || json.Unmarshal(a.Out, &out) != nil {
			continue
		}
		for _, c := range out.Checks {
			if c.Severity() != law.Breach {
				continue
			}
			breaches++
			r := rules[c.Rule]
			assert.NotEqual(t, law.EvidenceAssumed, r.Evidence(max(c.On, r.Cites.First())), "%s: %s on %s", v.Name, c.Rule, law.FormatDay(c.On))
		}
	}
	assert.Greater(t, breaches, 100)
}
