package schema

import (
	"bytes"
	"encoding/json"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/santhosh-tekuri/jsonschema/v6"
)

const url = "https://github.com/intermittente/intermittente/calls/preflight/protocol/schema.json"

// compiled returns the schema at a place of the document.
func compiled(t *testing.T, place string) *jsonschema.Schema {
	t.Helper()
	doc, err := jsonschema.UnmarshalJSON(bytes.NewReader(protocol.Schema()))
	if err != nil {
		t.Fatal(err)
	}
	c := jsonschema.NewCompiler()
	if err := c.AddResource(url, doc); err != nil {
		t.Fatal(err)
	}
	s, err := c.Compile(url + "#" + place)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func TestEveryCaseFitsTheSchema(t *testing.T) {
	all, err := preflighttest.AllVectors()
	if err != nil {
		t.Fatal(err)
	}
	questions, refusal := compiled(t, ""), compiled(t, "/$defs/error")
	answers := map[string]*jsonschema.Schema{}
	for _, ask := range protocol.Questions() {
		answers[ask] = compiled(t, "/answers/"+ask)
	}
	answered := 0
	for _, v := range all {
		line, err := json.Marshal(map[string]any{"id": "1", "ask": v.Ask, "in": v.In})
		if err != nil {
			t.Fatal(err)
		}
		var a struct{ Out, Error json.RawMessage }
		if err := json.Unmarshal(protocol.Answer(line), &a); err != nil {
			t.Fatal(err)
		}
		if a.Error != nil {
			hold(t, v.Name, refusal, a.Error)
			continue
		}
		answered++
		hold(t, v.Name, questions, line)
		hold(t, v.Name, answers[v.Ask], a.Out)
	}
	if answered < 1000 {
		t.Errorf("only %d cases were answered", answered)
	}
}

// What is no question of the protocol does not fit.
func TestTheSchemaRefuses(t *testing.T) {
	questions := compiled(t, "")
	for _, line := range []string{
		`{"id":"1","ask":"cf.guess","in":{}}`, `{"ask":"limits.assess","in":{"on":20250723}}`, `{"ask":"limits.assess","in":[]}`, `{}`, `[]`,
	} {
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader([]byte(line)))
		if err != nil {
			t.Fatal(err)
		}
		if questions.Validate(value) == nil {
			t.Error("fits:", line)
		}
	}
}

func hold(t *testing.T, name string, s *jsonschema.Schema, b []byte) {
	t.Helper()
	value, err := jsonschema.UnmarshalJSON(bytes.NewReader(b))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Validate(value); err != nil {
		t.Errorf("%s: %v", name, err)
	}
}
