package examples_test

import (
	"encoding/json"
	"os"
	"strconv"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// documents are the sources of testdata/seeds.json, with how many sentences of each state
// a rule.
var documents = map[string]int{
	"guide to the portal":                         14,
	"guide to text messages, v1.1 of 15 May 2021": 11,
	"circular letter of 7 July 2025":              62,
	"note on portal access of 2020":               6,
	"newspaper note on the indemnity":             26,
}

// TestSeeds puts every rule that five documents of practice state to the library, or says
// why the library leaves it out or decides otherwise.
func TestSeeds(t *testing.T) {
	count := map[string]int{}
	for _, r := range askAll(t, "seeds.json") {
		count[r.Document]++
		assert.False(t, len(r.Questions) == 0 && r.Apart == nil, "%s: neither a question nor a reason", r.States.EN)
	}
	assert.Equal(t, documents, count)
}

// TestAsked puts questions that users ask on public pages, and that the first edition had
// no fact for. The document of each is where it was read.
func TestAsked(t *testing.T) {
	for _, r := range askAll(t, "asked.json") {
		assert.NotEmpty(t, r.Questions, r.States.EN)
	}
}

// row is one sentence of a document, in our words.
type row struct {
	Document  string
	States    law.Text
	Questions []struct {
		Ask    string
		In     json.RawMessage // what differs from the facts of the file (RFC 7396)
		Out    json.RawMessage
		Checks map[law.RuleID]lawtest.Expected
		Error  *lawtest.Refusal
		// At is what stands at a pointer of the answer; an element of a list is also found
		// by its rule, name or cause.
		At map[string]any
	}
	Apart *law.Text // why the library differs from the sentence, or leaves it out
}

// askAll asks all questions of a file and returns its rows.
func askAll(t *testing.T, name string) []row {
	t.Helper()
	b, err := os.ReadFile("testdata/" + name)
	require.NoError(t, err)
	var file struct {
		Facts map[string]any // the question that the rows start from
		Rows  []row
	}
	require.NoError(t, json.Unmarshal(b, &file))
	require.NotEmpty(t, file.Rows)
	for _, r := range file.Rows {
		for _, text := range []*law.Text{&r.States, r.Apart} {
			assert.True(t, text == nil || text.EN != "" && text.IT != "" && text.EN != text.IT, "%s: both languages", r.States.EN)
		}
		for i, q := range r.Questions {
			t.Run(r.States.EN+"/"+strconv.Itoa(i), func(t *testing.T) {
				var patch any
				require.NoError(t, json.Unmarshal(q.In, &patch))
				in, err := json.Marshal(merge(file.Facts[q.Ask], patch))
				require.NoError(t, err)
				var out json.RawMessage
				engine := func(ask string, in json.RawMessage) (a lawtest.Answer) {
					line, err := json.Marshal(map[string]any{"ask": ask, "in": in})
					require.NoError(t, err)
					require.NoError(t, json.Unmarshal(protocol.Answer(line), &a))
					out = a.Out
					return a
				}
				v := lawtest.Vector{Source: r.Document, Ask: q.Ask, In: in, Out: q.Out, Checks: q.Checks, Error: q.Error}
				if q.Out == nil && len(q.At) > 0 {
					v.Out = json.RawMessage("{}")
				}
				for _, miss := range v.Misses(engine) {
					t.Error(miss)
				}
				var answer any
				if len(q.At) > 0 {
					require.NoError(t, json.Unmarshal(out, &answer))
				}
				for pointer, want := range q.At {
					assert.Equal(t, want, find(answer, pointer), pointer)
				}
				assert.NotEqual(t, "{}", string(q.Out), "an answer that may be anything")
			})
		}
	}
	return file.Rows
}

// merge is a merge patch: members replace, objects merge, null removes.
func merge(base, patch any) any {
	p, ok := patch.(map[string]any)
	if !ok {
		return patch
	}
	merged := map[string]any{}
	if b, ok := base.(map[string]any); ok {
		for k, v := range b {
			merged[k] = v
		}
	}
	for k, v := range p {
		if v == nil {
			delete(merged, k)
			continue
		}
		merged[k] = merge(merged[k], v)
	}
	return merged
}

// find returns the value at a pointer, nil where there is none.
func find(value any, pointer string) any {
	for _, part := range strings.Split(strings.TrimPrefix(pointer, "/"), "/") {
		switch v := value.(type) {
		case map[string]any:
			value = v[part]
		case []any:
			value = nil
			for i, x := range v {
				m, _ := x.(map[string]any)
				if part == strconv.Itoa(i) || part == m["rule"] || part == m["name"] || part == m["cause"] {
					value = x
					break
				}
			}
		default:
			return nil
		}
	}
	return value
}
