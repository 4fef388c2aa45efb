package main

import (
	"encoding/json"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

// questions are those of the protocol.
var questions = []string{
	"cf.parse", "cf.compute", "cf.compare", "eligibility.assess", "limits.assess", "limits.plan", "limits.headcount",
	"indemnity.compute", "indemnity.topup", "calls.assess", "calls.reconcile", "calls.exposure", "calls.encode",
	"calls.decode", "preflight.run", "preflight.plan",
}

// ask puts one question to the package that answers it.
func ask(name string, in json.RawMessage) (any, error) {
	switch name {
	case "cf.parse":
		return put(in, parseCode)
	case "cf.compute":
		return put(in, computeCode)
	case "cf.compare":
		return put(in, compareCode)
	case "eligibility.assess":
		return put(in, eligibility.Assess)
	case "limits.assess":
		return put(in, limits.Assess)
	case "limits.plan":
		return put(in, limits.Plan)
	case "limits.headcount":
		return put(in, limits.Headcount)
	case "indemnity.compute":
		return put(in, computeIndemnity)
	case "indemnity.topup":
		return put(in, indemnity.TopUp)
	case "calls.assess":
		return put(in, calls.Assess)
	case "calls.reconcile":
		return put(in, calls.Reconcile)
	case "calls.exposure":
		return put(in, calls.Expose)
	case "calls.encode":
		return put(in, uni.Encode)
	case "calls.decode":
		return put(in, uni.Decode)
	case "preflight.run":
		return put(in, preflight.Run)
	case "preflight.plan":
		return put(in, preflight.Plan)
	default:
		return nil, &refusal{Code: "ask", Path: "/ask", Message: "not a question of the protocol"}
	}
}

// put reads a question strictly and asks it. A question without facts is asked too:
// its package says what is missing.
func put[In, Out any](in json.RawMessage, question func(In) (Out, error)) (any, error) {
	var q In
	if in == nil {
		in = json.RawMessage("{}")
	}
	if err := read(in, &q); err != nil {
		return nil, err
	}
	return question(q)
}

func read(in json.RawMessage, q any) error {
	if own, ok := q.(json.Unmarshaler); ok {
		return own.UnmarshalJSON(in) // strict too, and it may ask for more
	}
	return law.Decode(in, q)
}

func computeIndemnity(c indemnity.Case) (indemnity.Statement, error) {
	return indemnity.Compute(c.Terms, c.Month)
}
