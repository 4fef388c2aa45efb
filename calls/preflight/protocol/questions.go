package protocol

import (
	"encoding/json"
	"strconv"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

// entry is one question of the protocol.
type entry struct {
	name    string
	answer  func(e Engine, in json.RawMessage) ([]byte, error)
	in, out any // zero values of the Go types, for the schema
}

// entries is the list of the questions.
var entries = [...]entry{
	put("cf.parse", parseCode),
	with("cf.compute", Engine.computeCode),
	with("cf.compare", Engine.compareCode),
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
	with("preflight.run", Engine.run),
	with("preflight.plan", Engine.plan),
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
func (e Engine) ask(name string, in json.RawMessage) ([]byte, error) {
	for i := range entries {
		if entries[i].name == name {
			return entries[i].answer(e, in)
		}
	}
	return nil, &refusal{Code: "ask", Path: "/ask", Text: law.Text{
		EN: "not a question of the protocol", IT: "non è una domanda del protocollo",
	}}
}

// put makes an entry of a Go function.
func put[In, Out any](name string, f func(In) (Out, error)) entry {
	return with(name, func(_ Engine, q In) (Out, error) { return f(q) })
}

// with makes an entry of a function that looks at what is loaded. A question without
// facts is asked too: its package says what is missing.
func with[In, Out any](name string, f func(Engine, In) (Out, error)) entry {
	answer := func(e Engine, in json.RawMessage) ([]byte, error) {
		var q In
		if in == nil {
			in = json.RawMessage("{}")
		}
		if err := read(in, &q); err != nil {
			return nil, err
		}
		out, err := f(e, q)
		if err != nil {
			return nil, err
		}
		return write(out)
	}
	return entry{name, answer, *new(In), *new(Out)}
}

// run resolves the worker's place of birth first.
func (e Engine) run(c preflight.Case) (preflight.Report, error) {
	if err := e.birthplace(&c.Worker, "/worker/birth_place"); err != nil {
		return preflight.Report{}, err
	}
	return preflight.Run(c)
}

// plan resolves the places of birth first.
func (e Engine) plan(r preflight.Roster) (preflight.Forecast, error) {
	for i := range r.Workers {
		if err := e.birthplace(&r.Workers[i].Worker, "/workers/"+strconv.Itoa(i)+"/worker/birth_place"); err != nil {
			return preflight.Forecast{}, err
		}
	}
	return preflight.Plan(r)
}

func (e Engine) birthplace(w *preflight.Worker, path string) error {
	if err := e.place(&w.Place, w.BirthPlace, w.Birth, path); err != nil {
		return err
	}
	w.BirthPlace = places.Birthplace{}
	return nil
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
