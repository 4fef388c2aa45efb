package uni_test

import (
	"encoding"
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every pointer in an answer or an error is a place in the question that was asked:
// its members exist, and its rows are those of the question. The communications of
// every case of package calls are asked for in every form.
func TestPointers(t *testing.T) {
	own, err := lawtest.Load(unitest.Vectors())
	require.NoError(t, err)
	others, err := lawtest.Load(callstest.Vectors())
	require.NoError(t, err)
	asked := 0
	for _, v := range append(own, others...) {
		if v.Ask != "calls.encode" && v.Ask != "calls.assess" && v.Ask != "calls.decode" {
			continue
		}
		if v.Ask == "calls.decode" {
			var q uni.DecodeQuestion
			if json.Unmarshal(v.In, &q) != nil {
				continue
			}
			_, err := uni.Decode(q)
			pointersOfError(t, v.Name, reflect.TypeOf(q), 0, err)
			continue
		}
		var q uni.EncodeQuestion
		if json.Unmarshal(v.In, &q) != nil {
			continue // refused before anything is asked
		}
		for _, as := range []uni.Form{q.As, uni.FormModel, uni.FormSMS, uni.FormMail} {
			q.As, q.Channel = as, 0
			if q.Email == "" && v.Ask == "calls.assess" {
				q.Email = "chiamate@example.it"
			}
			asked++
			out, err := uni.Encode(q)
			pointersOfError(t, v.Name, reflect.TypeOf(q), len(q.Rows), err)
			for _, c := range out.Checks {
				for _, p := range c.Needs {
					assert.NotEmpty(t, p, v.Name)
					assert.True(t, resolves(reflect.TypeOf(q), p) && rowOf(p) < len(q.Rows), "%s: %s needs %s", v.Name, c.Rule(), p)
				}
				if c.Finding != nil {
					p := c.Finding.Path
					assert.True(t, resolves(reflect.TypeOf(q), p) && rowOf(p) < len(q.Rows), "%s: %s at %s", v.Name, c.Rule(), p)
				}
			}
		}
	}
	assert.Greater(t, asked, 300)
}

func pointersOfError(t *testing.T, name string, question reflect.Type, rows int, err error) {
	t.Helper()
	if err == nil {
		return
	}
	var in *law.InputError
	if assert.ErrorAs(t, err, &in, name) {
		assert.True(t, resolves(question, in.Path) && rowOf(in.Path) < max(rows, 1), "%s: error at %s", name, in.Path)
	}
}

// rowOf returns the number of the row that a pointer names; -1 for another place.
func rowOf(pointer string) int {
	steps := strings.Split(pointer, "/")
	if len(steps) < 3 || steps[1] != "rows" {
		return -1
	}
	n, err := strconv.Atoi(steps[2])
	if err != nil {
		return 1 << 30
	}
	return n
}

func TestRowOf(t *testing.T) {
	for pointer, want := range map[string]int{"": -1, "/rows": -1, "/rows/3": 3, "/rows/12/first": 12, "/rows/x": 1 << 30, "/sent": -1} {
		assert.Equal(t, want, rowOf(pointer), pointer)
	}
}

// resolves reports whether a JSON pointer names a member of a question.
func resolves(question reflect.Type, pointer string) bool {
	if pointer == "" {
		return true
	}
	step, rest, _ := strings.Cut(strings.TrimPrefix(pointer, "/"), "/")
	if rest != "" {
		rest = "/" + rest
	}
	switch {
	case !strings.HasPrefix(pointer, "/"):
		return false
	case question.Kind() == reflect.Slice:
		_, err := strconv.Atoi(step)
		return err == nil && resolves(question.Elem(), rest)
	case question.Kind() != reflect.Struct || reflect.PointerTo(question).Implements(reflect.TypeFor[encoding.TextUnmarshaler]()):
		return false
	}
	for _, f := range reflect.VisibleFields(question) {
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name == step {
			return resolves(f.Type, rest)
		}
	}
	return false
}

func TestResolves(t *testing.T) {
	q := reflect.TypeFor[uni.EncodeQuestion]()
	for pointer, want := range map[string]bool{
		"": true, "/rows": true, "/rows/0": true, "/rows/11/worker": true, "/sender/phone_registered": true, "/email": true, "/to": true,
		"rows": false, "/Rows": false, "/rows/x": false, "/rows/0/employer": false, "/worker": false, "/sent/x": false, "/email/0": false,
	} {
		assert.Equal(t, want, resolves(q, pointer), pointer)
	}
}

// What a model cannot hold is blamed on the fact of the question, whatever model its
// row came into.
func TestEncodeBlamesTheFact(t *testing.T) {
	q := lawful(uni.FormModel)
	q.Rows = elevenRows()
	q.Rows[10].Worker = q.Rows[0].Worker
	q.Rows[10].First = date.New(2200, 1, 1) // the last day that can be written is in 2199
	_, err := uni.Encode(q)
	var in *law.InputError
	require.ErrorAs(t, err, &in)
	assert.Equal(t, "/rows/10/first", in.Path)
}
