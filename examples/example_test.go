package examples_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
)

// The facts of the example: a shop, a worker of 21, 400 days of work in the window.
const facts = `{
	"worker": {"code": "BSSNNA03E54H501G"},
	"contract": {
		"signed": "2022-01-10", "work": {"first": "2022-01-12"}, "activity": {"item": 14},
		"employer": {"public_administration": false, "risk_assessment": true},
		"unit": {"replaces_strikers": false, "collective_dismissals": [], "suspensions": []},
		"contract": {
			"written": true, "duty": false, "notice": {"working_days": 1}, "hire_notice": "2022-01-11T10:00:00+01:00",
			"elements": ["duration", "ground", "place-and-availability", "pay", "call-and-notice", "recording", "payment-times", "safety"]
		}
	},
	"employer": {"ateco": "47.71.10", "ateco_version": 2007, "sector_activity": false, "sector_agreement": false},
	"worked": [{"first": "2022-02-23", "last": "2022-02-24"}, {"first": "2024-01-10", "last": "2025-02-10"}]
}`

// mayCall answers a planner: may this worker start work then?
func mayCall(c preflight.Case, now, start time.Time) (string, error) {
	c.Now, c.Start = now, start
	r, err := preflight.Run(c)
	if err != nil {
		return "", err // unusable input: a *law.InputError with its JSON pointer
	}
	var full limits.Exceeded
	switch err := r.Checks.Err(); {
	case errors.As(err, &full):
		return "no, but from " + law.FormatDay(full.NextFree), nil
	case errors.Is(err, limits.RuleDaysCap):
		return "tell the employer's sector first", nil
	case err != nil:
		return "", err // every breach and every open question, joined
	case r.Verdict == law.VerdictDoubt:
		return "yes for the inspectorate, no by a stricter reading: see the findings", nil
	}
	return "yes, communicate it before " + r.Channels[0].Until.Format("2 January 15:04"), nil
}

func Example() {
	facts := []byte(facts[:2] + `"now": "2025-02-20T09:00:00+01:00", "start": "2025-02-22T09:00:00+01:00",` + facts[2:])
	var c preflight.Case
	if err := json.Unmarshal(facts, &c); err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(mayCall(c, c.Now, c.Start))
	fmt.Println(mayCall(c, c.Now, c.Start.AddDate(0, 0, 2)))
	c.Employer = limits.Employer{}
	fmt.Println(mayCall(c, c.Now, c.Start))
	// Output:
	// no, but from 2025-02-23 <nil>
	// yes, communicate it before 24 February 09:00 <nil>
	// tell the employer's sector first <nil>
}

// engine stands for a program of the vendor's own, in any language: a question in, an
// answer out.
var engine = lawtest.Local(map[string]func([]byte) (any, error){
	"limits.assess": func(in []byte) (any, error) {
		var q limits.Question
		if err := json.Unmarshal(in, &q); err != nil {
			return nil, err
		}
		return limits.Assess(q)
	},
})

func TestEngine(t *testing.T) {
	misses, err := preflighttest.Conform(engine, "limits.assess") // every question, when none is named
	if err != nil || len(misses) > 0 {
		t.Fatal(err, misses) // each with its question and source
	}
}

// The rolling three years, without any of the rest.
func Example_window() {
	fmt.Println(limits.Window(date.New(2025, time.July, 23)))
	// Output: 2022-07-24/2025-07-23
}
