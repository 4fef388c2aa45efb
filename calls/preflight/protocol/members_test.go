package protocol_test

import (
	"bytes"
	"encoding/json"
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

// shown is a vector with the answer of the library.
type shown struct {
	vector lawtest.Vector
	out    []byte
}

// notices reports whether the vector notices that a mutant changed the answer.
func (s shown) notices(change func(root any) (changed bool)) bool {
	out := readValue(s.out)
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
			case slices.Contains([]string{"effective", "days", "exempt", "exemptible"}, at[strings.LastIndex(at, "/")+1:]):
				place = at + "/*" // the names are codes of workers
			case name == "record":
				f(place, v, name) // its inside is the business of preflight.Verify
				continue
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

// unshown are members that no answer to a vector has, with the reason: of each the place,
// or the beginning of several.
var unshown = map[string]string{
	"rules.list ":                                 "the list is that of this library's own rules, which the golden files of each package hold",
	"calls.decode /communication/":                "no text tells it",
	"calls.encode /findings/*/":                   "the place in a text, of a text that is read",
	"preflight.plan /communications/*/":           "a prepared communication has the rows only; who sends it adds the rest",
	"preflight.plan /calls/*/exposure/exempt":     "a plan does not look back to the years in which contributions exempted",
	"preflight.plan /calls/*/exposure/exemption":  "a plan does not look back to the years in which contributions exempted",
	"preflight.plan /checks/*/":                   "of a roster itself only codes are asked: a wrong one is told, and two forms of one",
	"preflight.plan /calls/*/exposure/checks":     "the exposure of one call has one code: there is nothing to compare",
	"calls.exposure /checks/*/":                   "of an exposure two forms of a code are told, with no address and nothing missing",
	"calls.reconcile /exposure/checks":            "a reconciliation tells two forms among its own checks",
	"calls.reconcile /exposure/exempt":            "a reconciliation does not say whether contributions were paid",
	"calls.exposure /per_cycle/cites/*/url":       "not an act of the State: it has no address",
	"calls.reconcile /exposure/per_cycle/cites":   "not an act of the State: it has no address",
	"preflight.plan /calls/*/exposure/per_cycle":  "not an act of the State: it has no address",
	"eligibility.treatment /uniemens/cites/*/url": "not an act of the State: it has no address",
}

func excused(place string) bool {
	for beginning := range unshown {
		if strings.HasPrefix(place, beginning) {
			return true
		}
	}
	return false
}

func TestEveryMemberOfEveryAnswerIsHeld(t *testing.T) {
	held := mutants(t, func(_ string, holder map[string]any, name string) bool {
		delete(holder, name)
		return true
	})
	used := map[string]bool{}
	for _, p := range slices.Sorted(maps.Keys(schemaPlaces(t))) {
		if _, seen := held[p]; seen {
			continue
		}
		assert.True(t, excused(p), "no vector shows "+p)
		for beginning := range unshown {
			used[beginning] = used[beginning] || strings.HasPrefix(p, beginning)
		}
	}
	for beginning := range unshown {
		assert.True(t, used[beginning], "every member is shown: "+beginning)
	}
	for _, key := range slices.Sorted(maps.Keys(held)) {
		assert.True(t, held[key], "no vector notices the loss of "+key)
	}
}

// Every yes or no of an answer, and every word of a list of words, is turned into another
// one, and some vector notices.
func TestEveryWordOfEveryAnswerIsHeld(t *testing.T) {
	words := schemaPlaces(t)
	held := mutants(t, func(key string, holder map[string]any, name string) bool {
		switch v := holder[name].(type) {
		case bool:
			holder[name] = !v
		case string:
			i := slices.Index(words[key], v)
			if i < 0 {
				return false
			}
			holder[name] = words[key][(i+1)%len(words[key])]
		default:
			return false
		}
		return true
	})
	for _, key := range slices.Sorted(maps.Keys(held)) {
		assert.True(t, held[key], "no vector notices another value of "+key)
	}
	assert.Greater(t, len(held), 60)
}

// mutants changes the answers to all vectors, a member at a time in all its places, and
// returns by question and place whether some vector notices. The facts of a check have
// its rule for a question.
func mutants(t *testing.T, change func(key string, holder map[string]any, name string) bool) map[string]bool {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	held := map[string]bool{}
	for _, v := range all {
		a := ownEngine(v.Ask, v.In)
		if v.Error != nil || a.Out == nil {
			continue
		}
		keyOf := func(place string) string {
			if strings.HasPrefix(place, "facts of ") {
				return place
			}
			return v.Ask + " " + place
		}
		places := map[string]bool{}
		everyMember(readValue(a.Out), "", func(place string, _ map[string]any, _ string) { places[place] = true })
		for place := range places {
			key := keyOf(place)
			if held[key] {
				continue
			}
			changed := false
			noticed := shown{v, a.Out}.notices(func(root any) bool {
				everyMember(root, "", func(p string, holder map[string]any, name string) {
					if p == place {
						changed = change(key, holder, name) || changed
					}
				})
				return changed
			})
			if changed {
				held[key] = noticed
			}
		}
	}
	return held
}

// schemaPlaces lists the members of every answer that the schema has, with the words
// that a member may have where they are listed.
func schemaPlaces(t *testing.T) map[string][]string {
	type node struct {
		Ref        string          `json:"$ref"`
		Properties map[string]node `json:"properties"`
		Items      *node           `json:"items"`
		Enum       []string        `json:"enum"`
		Additional json.RawMessage `json:"additionalProperties"`
	}
	var schema struct {
		Answers map[string]node `json:"answers"`
		Defs    map[string]node `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(protocol.Schema(), &schema))
	list := map[string][]string{}
	resolve := func(n node) node {
		if name, ok := strings.CutPrefix(n.Ref, "#/$defs/"); ok && name != "days" {
			return schema.Defs[name]
		}
		return n
	}
	var walk func(n node, at string)
	walk = func(n node, at string) {
		n = resolve(n)
		for name, m := range n.Properties {
			list[at+"/"+name] = resolve(m).Enum
			walk(m, at+"/"+name)
		}
		if n.Items != nil {
			walk(*n.Items, at+"/*")
		}
		var values node
		if json.Unmarshal(n.Additional, &values) == nil && values.Items != nil {
			list[at+"/*"] = nil
			walk(values, at+"/*")
		}
	}
	for ask, n := range schema.Answers {
		walk(n, ask+" ")
	}
	require.Greater(t, len(list), 300)
	return list
}

// A question of which there is no vector is refused, and those there are named.
func TestConformRefusesWhatItDoesNotAsk(t *testing.T) {
	_, err := preflighttest.Conform(ownEngine, "limit.assess")
	require.ErrorContains(t, err, `no vectors for "limit.assess"; there are some for preflight.plan, preflight.run,`)
	for _, ask := range []string{"preflight.plan", "preflight.run", "cf.parse", "cf.compute", "cf.compare", "limits.assess"} {
		misses, err := preflighttest.Conform(ownEngine, ask)
		require.NoError(t, err)
		assert.Empty(t, misses)
	}
}
