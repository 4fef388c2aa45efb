package protocol

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

// entry is one question of the protocol.
type entry struct {
	name    string
	answer  func(in json.RawMessage) ([]byte, error)
	in, out any // zero values of the Go types, for the schema
}

// entries is the list of the questions.
var entries = [...]entry{
	put("cf.parse", parseCode),
	put("cf.compute", computeCode),
	put("cf.compare", compareCode),
	put("eligibility.assess", eligibility.Assess),
	put("eligibility.treatment", eligibility.Treat),
	put("limits.assess", limits.Assess),
	put("limits.plan", limits.Plan),
	put("limits.headcount", limits.Headcount),
	put("indemnity.compute", indemnity.Compute),
	put("indemnity.topup", indemnity.TopUp),
	put("calls.assess", calls.Assess),
	put("calls.reconcile", calls.Reconcile),
	put("calls.exposure", calls.Expose),
	put("calls.encode", uni.Encode),
	put("calls.decode", uni.Decode),
	put("preflight.run", preflight.Run),
	put("preflight.plan", preflight.Plan),
	put("rules.list", listRules),
}

// Questions returns the names of the questions, in the order of the documentation.
func Questions() []string {
	names := make([]string, len(entries))
	for i, e := range entries {
		names[i] = e.name
	}
	return names
}

// ask puts one question to the package that answers it.
func ask(name string, in json.RawMessage) ([]byte, error) {
	for i := range entries {
		if entries[i].name == name {
			return entries[i].answer(in)
		}
	}
	return nil, &refusal{Code: "ask", Path: "/ask", Text: law.Text{
		EN: "not a question of the protocol", IT: "non è una domanda del protocollo",
	}}
}

// put makes an entry of a Go function. A question without facts is asked too: its
// package says what is missing.
func put[In, Out any](name string, f func(In) (Out, error)) entry {
	answer := func(in json.RawMessage) ([]byte, error) {
		var q In
		if in == nil {
			in = json.RawMessage("{}")
		}
		if err := read(in, &q); err != nil {
			return nil, err
		}
		out, err := f(q)
		if err != nil {
			return nil, err
		}
		return write(out)
	}
	return entry{name, answer, *new(In), *new(Out)}
}

func read(in json.RawMessage, q any) error {
	if own, ok := q.(json.Unmarshaler); ok {
		return own.UnmarshalJSON(in) // strict too, and it may ask for more
	}
	return law.Decode(in, q)
}

func write(out any) ([]byte, error) {
	if own, ok := out.(interface {
		AppendJSON(b []byte) ([]byte, error)
	}); ok {
		return own.AppendJSON(nil)
	}
	return json.Marshal(out)
}
