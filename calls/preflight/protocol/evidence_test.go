package protocol_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// assumedValues are the dated values of which nothing was read, by the beginning of their
// name, each with the rule that it can make fail; empty where it makes none fail.
var assumedValues = map[string]law.RuleID{
	"limits.headcount-weeks":                "", // the older denominator, told beside the other
	"limits.ateco-":                         limits.RuleSectorExemption,
	"days forfeited":                        indemnity.RuleForfeit,
	"mailbox":                               calls.RuleRecipient,
	"days of a fined cycle, higher reading": "", // exposure, no rule
	"contributions paid free from the fine": "", // exposure, no rule
}

// No breach of any case rests on a rule or on a value of which nothing was read. A value
// is no entry of its rule: one that is assumed has to be in the list above, and the rule
// that reads it has to be one that never fails as a breach.
func TestNoBreachRestsOnWhatIsAssumed(t *testing.T) {
	rules := map[law.RuleID]law.Rule{}
	for _, r := range protocol.Rules() {
		rules[r.ID] = r
	}
	var only []law.RuleID // rules that read what is assumed
	listed := map[string]bool{}
	for _, p := range slices.Concat(limits.Params(), eligibility.Params(), indemnity.Params(), calls.Params()) {
		for _, e := range p.Entries {
			if e.Evidence != law.EvidenceAssumed {
				continue
			}
			found := false
			for name, rule := range assumedValues {
				if strings.HasPrefix(p.Name, name) {
					found, listed[name] = true, true
					only = append(only, rule)
				}
			}
			assert.True(t, found, "%s from %s is assumed: which rule can it make fail?", p.Name, law.FormatDay(e.From))
		}
	}
	assert.Len(t, listed, len(assumedValues), "a value of the list is assumed no longer")
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
			r := rules[c.Rule()]
			assert.NotEqual(t, law.EvidenceAssumed, r.Evidence(max(c.On, r.Cites.First())), "%s: %s on %s", v.Name, c.Rule(), law.FormatDay(c.On))
			assert.NotContains(t, only, c.Rule(), "%s: %s reads a value that is assumed", v.Name, c.Rule())
		}
	}
	assert.Greater(t, breaches, 100)
}
