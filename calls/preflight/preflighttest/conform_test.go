package preflighttest_test

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// hasty is an engine as firms write them: it counts 1,095 days back, fines each
// day, and takes a tax code for good by its shape.
func hasty(ask string, in json.RawMessage) lawtest.Answer {
	switch ask {
	case "limits.assess":
		var q limits.Question
		if q.UnmarshalJSON(in) != nil {
			return lawtest.Answer{Error: &lawtest.Refusal{Code: "day"}}
		}
		window := law.Span{First: q.On - 1094, Last: q.On}
		return answer(map[string]any{"window": window, "worked": q.Worked.Count(window)})
	case "calls.exposure":
		var q calls.ExposureQuestion
		if q.UnmarshalJSON(in) != nil {
			return lawtest.Answer{Error: &lawtest.Refusal{Code: "json"}}
		}
		days := 0
		for _, w := range q.Workers {
			for range w.Days.All() {
				days++
			}
		}
		return answer(map[string]any{"min": fmt.Sprintf("%d.00", 400*days), "max": fmt.Sprintf("%d.00", 2400*days)})
	case "cf.parse":
		var q struct{ Code string }
		if json.Unmarshal(in, &q) != nil || !regexp.MustCompile(`^[A-Z]{6}\d{2}[A-Z]\d{2}[A-Z]\d{3}[A-Z]$`).MatchString(q.Code) {
			return lawtest.Answer{Error: &lawtest.Refusal{Code: "cf.character"}}
		}
		return answer(map[string]any{"code": q.Code})
	}
	return lawtest.Answer{Error: &lawtest.Refusal{Code: "ask"}}
}

func answer(v any) lawtest.Answer {
	b, err := json.Marshal(v)
	if err != nil {
		return lawtest.Answer{Error: &lawtest.Refusal{Code: "json"}}
	}
	return lawtest.Answer{Out: b}
}

// A vendor holds its own engine to the vectors and reads what it got wrong.
func ExampleConform() {
	misses, err := preflighttest.Conform(hasty, "calls.exposure")
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, m := range misses {
		if strings.Contains(m, "/max") {
			fmt.Println(m)
			break
		}
	}
	// Output: exposure: two workers, five days each (case S43): /max: 24000.00, expected 4800.00
}

func TestClassicMistakesAreCaughtRuleByRule(t *testing.T) {
	misses, err := preflighttest.Conform(hasty, "limits.assess", "calls.exposure", "cf.parse")
	require.NoError(t, err)
	all := strings.Join(misses, "\n")
	for mistake, trace := range map[string]string{
		"1,095 days instead of three years": "/window/first: 2022-07-25, expected 2022-07-24",
		"the fine taken per day":            "/max",
		"a code good by its shape":          "answered, but error cf.check",
		"no rule asked at all":              "limits.days-cap: no check of this rule",
	} {
		assert.Contains(t, all, trace, mistake)
	}
}

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
