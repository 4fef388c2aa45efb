package preflighttest_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// ownEngine answers by the protocol itself.
func ownEngine(ask string, in json.RawMessage) (a lawtest.Answer) {
	line, err := json.Marshal(map[string]any{"ask": ask, "in": in})
	if err == nil {
		err = json.Unmarshal(protocol.Answer(line), &a)
	}
	if err != nil {
		a.Error = &lawtest.Refusal{Code: "json", Message: err.Error()}
	}
	return a
}

func TestOwnEngineMissesNothing(t *testing.T) {
	misses, err := preflighttest.Conform(ownEngine)
	require.NoError(t, err)
	for _, m := range misses {
		assert.Fail(t, m.String())
	}
}

// shown is a vector with the answer of the library, as a value.
type shown struct {
	vector lawtest.Vector
	out    any
	raw    []byte
}

// spoiledMisses reports whether the vector notices that a mutant changed the answer. The
// answer is as it was afterwards.
func (s shown) notices(change func(root any) (changed bool)) bool {
	out := readValue(s.raw)
	if !change(out) {
		return false
	}
	b, err := json.Marshal(out)
	if err != nil {
		return false
	}
	return len(s.vector.Misses(func(string, json.RawMessage) lawtest.Answer { return lawtest.Answer{Out: b} })) > 0
}

func readValue(b []byte) (v any) {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return nil
	}
	return v
}

// everyMember calls f for each member of an answer with its place: "*" stands for any
// element of a list, and for any name where the schema has no names; the facts of a check
// have its rule in their place.
func everyMember(v any, at string, f func(place string, holder map[string]any, name string)) {
	switch v := v.(type) {
	case map[string]any:
		rule, _ := v["rule"].(string)
		for _, name := range slices.Sorted(maps.Keys(v)) {
			place := at + "/" + name
			switch {
			case strings.HasSuffix(at, "/effective"), strings.HasSuffix(at, "/days"):
				place = at + "/*"
			case name == "facts" && rule != "":
				everyMember(v[name], "facts of "+rule, f)
				f(place, v, name)
				continue
			}
			f(place, v, name)
			everyMember(v[name], place, f)
		}
	case []any:
		for _, x := range v {
			everyMember(x, at+"/*", f)
		}
	}
}

// unheld are the members whose loss no vector need notice, with the reason.
var unheld = map[string]string{}

func TestEveryMemberOfEveryAnswerIsHeld(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	held := map[string]bool{} // by ask and place; false: seen, and not held yet
	for _, v := range all {
		if v.Error != nil {
			continue
		}
		a := ownEngine(v.Ask, v.In)
		if a.Out == nil {
			continue
		}
		s := shown{v, readValue(a.Out), a.Out}
		places := map[string]bool{}
		everyMember(s.out, "", func(place string, _ map[string]any, _ string) { places[place] = true })
		for place := range places {
			key := place
			if !strings.HasPrefix(place, "facts of ") {
				key = v.Ask + " " + place
			}
			if held[key] {
				continue
			}
			held[key] = s.notices(func(root any) (changed bool) {
				everyMember(root, "", func(p string, holder map[string]any, name string) {
					if p == place {
						delete(holder, name)
						changed = true
					}
				})
				return changed
			})
		}
	}
	for _, p := range schemaPlaces(t) {
		if _, seen := held[p]; !seen && unheld[p] == "" {
			assert.Fail(t, "no vector shows "+p)
		}
	}
	for _, key := range slices.Sorted(maps.Keys(held)) {
		if !held[key] && unheld[key] == "" {
			assert.Fail(t, "no vector notices the loss of "+key)
		}
		assert.False(t, held[key] && unheld[key] != "", "held, though listed as not: "+key)
	}
}

// schemaPlaces lists the members of every answer that the schema has.
func schemaPlaces(t *testing.T) (list []string) {
	type node struct {
		Ref        string          `json:"$ref"`
		Properties map[string]node `json:"properties"`
		Items      *node           `json:"items"`
		Additional json.RawMessage `json:"additionalProperties"`
	}
	var schema struct {
		Answers map[string]node `json:"answers"`
		Defs    map[string]node `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(protocol.Schema(), &schema))
	var walk func(n node, at string)
	walk = func(n node, at string) {
		if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok && name != "days" {
			n = schema.Defs[name]
		}
		for name, m := range n.Properties {
			list = append(list, at+"/"+name)
			walk(m, at+"/"+name)
		}
		if n.Items != nil {
			walk(*n.Items, at+"/*")
		}
		var more node
		if json.Unmarshal(n.Additional, &more) == nil && len(n.Additional) > 10 {
			list = append(list, at+"/*")
			walk(more, at+"/*")
		}
	}
	for ask, n := range schema.Answers {
		walk(n, ask+" ")
	}
	slices.Sort(list)
	require.NotEmpty(t, list, fmt.Sprint(len(schema.Defs)))
	return list
}
