package main

import (
	"encoding/json"
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

type object = map[string]any

// tool is one question of the protocol.
type tool struct {
	options
	ask, name, description string
	in, out                object // JSON Schemas of the arguments and of the result, without references
}

// titles say to a user what each question asks.
var titles = map[string]law.Text{
	"cf.parse":              {EN: "Read a tax code", IT: "Leggi un codice fiscale"},
	"cf.compute":            {EN: "Compute a tax code", IT: "Calcola un codice fiscale"},
	"cf.compare":            {EN: "Compare a tax code with a person", IT: "Confronta un codice fiscale con una persona"},
	"eligibility.assess":    {EN: "May this person work on call?", IT: "Questa persona può lavorare a chiamata?"},
	"eligibility.treatment": {EN: "What is the worker owed?", IT: "Che cosa spetta al lavoratore?"},
	"limits.assess":         {EN: "May this day be worked, by the cap on days?", IT: "Questo giorno si può lavorare, per il limite di giornate?"},
	"limits.plan":           {EN: "Which planned days may be worked?", IT: "Quali giorni programmati si possono lavorare?"},
	"limits.headcount":      {EN: "How much does the worker count in the headcount?", IT: "Quanto conta il lavoratore nell'organico?"},
	"indemnity.compute":     {EN: "Availability indemnity of a month", IT: "Indennità di disponibilità di un mese"},
	"indemnity.topup":       {EN: "Top-up of contributions", IT: "Integrazione volontaria dei contributi"},
	"calls.assess":          {EN: "Is this communication in order?", IT: "Questa comunicazione è in regola?"},
	"calls.reconcile":       {EN: "Compare communications with days worked", IT: "Confronta comunicazioni e giornate lavorate"},
	"calls.exposure":        {EN: "What may missing communications cost?", IT: "Quanto possono costare le comunicazioni mancanti?"},
	"calls.encode":          {EN: "Write a communication", IT: "Scrivi una comunicazione"},
	"calls.decode":          {EN: "Read a communication", IT: "Leggi una comunicazione"},
	"preflight.run":         {EN: "May this worker be called for this start?", IT: "Si può chiamare questo lavoratore per questo turno?"},
	"preflight.plan":        {EN: "May these workers be called for these starts?", IT: "Si possono chiamare questi lavoratori per questi turni?"},
	"rules.list":            {EN: "The rules and their sources", IT: "Le regole e le loro fonti"},
}

// tools makes a tool of each question, from the schema of the protocol. No argument is
// required at the top: an assistant must not invent a fact to fill a form.
func tools(o options) (list []*tool) {
	var schema struct {
		OneOf []struct {
			Title      string
			Properties struct{ In object }
		}
		Answers object
		Defs    object `json:"$defs"`
	}
	if err := json.Unmarshal(protocol.Schema(), &schema); err != nil {
		panic("the schema of the protocol is no JSON: " + err.Error()) // its own tests hold it
	}
	for _, q := range schema.OneOf {
		t := &tool{options: o, ask: q.Title, name: strings.ReplaceAll(q.Title, ".", "_")}
		t.in = inline(schema.Defs, q.Properties.In, false).(object)
		about, _ := t.in["description"].(string)
		t.description = strings.TrimSpace(titles[t.ask].EN + " " + about)
		t.in["type"], t.in["additionalProperties"] = "object", false
		delete(t.in, "required")
		if now, ok := t.in["properties"].(object)["now"].(object); ok {
			now["description"] = "when the question is asked; left out: the server's clock, and the result says so"
		}
		word := object{"type": "string"}
		t.out = object{"type": "object", "properties": object{
			"out":   inline(schema.Defs, schema.Answers[t.ask], true),
			"error": inline(schema.Defs, schema.Defs["error"], true),
			"missing": object{"type": "array", "description": "facts that are missing: the place in the arguments, and the name",
				"items": object{"type": "object", "properties": object{"path": word, "en": word, "it": word}}},
			"clock": object{"type": "string", "format": "date-time", "description": "the server's, where it stood for a now left out"},
		}}
		list = append(list, t)
	}
	return list
}

// inline copies a schema with each $ref replaced by what it names, since few assistants
// follow references. What stands beside a $ref, such as a description, wins. Where null
// is true, every value may be null, which means absent; elsewhere none is told that it may.
func inline(defs object, x any, null bool) any {
	switch x := x.(type) {
	case object:
		out := object{}
		if name, ok := x["$ref"].(string); ok {
			out = inline(defs, defs[strings.TrimPrefix(name, "#/$defs/")], null).(object)
		}
		for k, v := range x {
			if k != "$ref" {
				out[k] = inline(defs, v, null)
			}
		}
		if kind, ok := out["type"].(string); ok && null {
			out["type"] = []any{kind, "null"}
		} else if either, ok := out["type"].([]any); ok && !null {
			out["type"] = either[0]
		}
		return out
	case []any:
		out := make([]any, len(x))
		for i, v := range x {
			out[i] = inline(defs, v, null)
		}
		return out
	default:
		return x
	}
}

// leaf returns the schema and the type of the string, number or truth value at a JSON
// pointer of the arguments; nil where none stands there.
func (t *tool) leaf(pointer string) (s object, kind string) {
	s = t.in
	for _, step := range strings.Split(pointer, "/")[1:] {
		members, _ := s["properties"].(object)
		if next := members[step]; next != nil {
			s, _ = next.(object)
		} else {
			s, _ = s["items"].(object)
		}
	}
	kind, _ = s["type"].(string)
	if s["enum"] != nil {
		kind = "string"
	}
	if kind != "string" && kind != "integer" && kind != "boolean" {
		return nil, ""
	}
	return s, kind
}

// maxAsked is how many facts one form asks for; the others are listed in the result.
const maxAsked = 10

// asked picks the missing facts that a form can ask for: no lists, no objects, and
// nothing that the arguments say already.
func (t *tool) asked(a *answer, arguments json.RawMessage) (list []fact) {
	var in any
	_ = decode(arguments, &in) // of no arguments, nothing is said
	for _, f := range a.Missing {
		if s, _ := t.leaf(f.Path); s != nil && at(in, strings.Split(f.Path, "/")[1:]) == nil && len(list) < maxAsked {
			list = append(list, f)
		}
	}
	return list
}

// words are the answers to a question of fact. The first one stands in a form that nobody
// touches, which must not answer.
func words(lang string) []string {
	if lang == "it" {
		return []string{"non so", "sì", "no"}
	}
	return []string{"not known", "yes", "no"}
}

// form asks for facts, of which each may be left empty.
func (t *tool) form(asked []fact) *mcp.ElicitParams {
	fields := object{}
	for _, f := range asked {
		s, kind := t.leaf(f.Path)
		field := object{"type": "string", "title": f.In(t.lang)}
		for _, copied := range []string{"description", "format", "enum"} {
			if s[copied] != nil {
				field[copied] = s[copied]
			}
		}
		if kind == "boolean" {
			field["enum"], field["default"] = words(t.lang), words(t.lang)[0]
		}
		fields[f.Path] = field
	}
	say := law.Text{EN: "Some facts are missing. Leave empty what you do not know.", IT: "Mancano alcuni dati. Lasci vuoto ciò che non sa."}
	return &mcp.ElicitParams{Message: say.In(t.lang), RequestedSchema: object{"type": "object", "properties": fields}}
}

// fill puts the facts of a form into the arguments, those that were asked and no others.
func (t *tool) fill(arguments json.RawMessage, asked []fact, content object) json.RawMessage {
	in := object{}
	if decode(arguments, &in) != nil || in == nil {
		in = object{} // there were no arguments
	}
	for _, f := range asked {
		value := content[f.Path]
		switch _, kind := t.leaf(f.Path); value {
		case nil, "", words(t.lang)[0]:
			continue
		case words(t.lang)[1], words(t.lang)[2]:
			if kind == "boolean" {
				value = value == words(t.lang)[1]
			}
		default:
			if s, ok := value.(string); ok && kind == "integer" {
				value = json.RawMessage(s)
			}
		}
		set(in, strings.Split(f.Path, "/")[1:], value)
	}
	out, err := json.Marshal(in)
	if err != nil {
		return arguments // an integer that is none
	}
	return out
}

// at returns the value that steps lead to, nil where there is none.
func at(in any, steps []string) any {
	for _, step := range steps {
		list, _ := in.([]any)
		if i, err := strconv.Atoi(step); err == nil && i >= 0 && i < len(list) {
			in = list[i]
		} else {
			members, _ := in.(object)
			in = members[step]
		}
	}
	return in
}

// set adds the member that steps lead to, and the objects on the way.
func set(in object, steps []string, value any) {
	for n := range steps[:len(steps)-1] {
		if members, ok := at(in, steps[:n]).(object); ok && members[steps[n]] == nil {
			members[steps[n]] = object{}
		}
	}
	if members, ok := at(in, steps[:len(steps)-1]).(object); ok {
		members[steps[len(steps)-1]] = value
	}
}
