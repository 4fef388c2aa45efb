package protocol_test

import (
	"encoding/json"
	"reflect"
	"strconv"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// assessed are the questions whose answers have checks, with their Go types.
var assessed = map[string]reflect.Type{
	"eligibility.assess": reflect.TypeFor[eligibility.Contract](),
	"limits.assess":      reflect.TypeFor[limits.Question](),
	"limits.plan":        reflect.TypeFor[limits.PlanQuestion](),
	"indemnity.compute":  reflect.TypeFor[indemnity.Case](),
	"indemnity.topup":    reflect.TypeFor[indemnity.TopUpCase](),
	"calls.assess":       reflect.TypeFor[calls.Communication](),
	"calls.reconcile":    reflect.TypeFor[calls.Reconciliation](),
	"calls.exposure":     reflect.TypeFor[calls.ExposureQuestion](),
	"calls.encode":       reflect.TypeFor[uni.EncodeQuestion](),
	"preflight.run":      reflect.TypeFor[preflight.Case](),
	"preflight.plan":     reflect.TypeFor[preflight.Roster](),
}

// Every place that a check names, and every fact it needs, is a member of the question
// that was asked, and an element of a list is one that the question has.
func TestEveryPointerResolvesInItsQuestion(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	pointers := map[string]int{}
	for _, v := range all {
		a := ownEngine(v.Ask, v.In)
		if a.Error != nil {
			if a.Error.Path != "" && assessed[v.Ask] != nil && a.Error.Code != "member" {
				assert.True(t, lawtest.Resolves(assessed[v.Ask], a.Error.Path), "%s: error at %s", v.Name, a.Error.Path)
			}
			continue
		}
		asked := readValue(v.In)
		everyCheck(readValue(a.Out), func(check map[string]any) {
			question := assessed[v.Ask]
			require.NotNil(t, question, "%s has checks: name its type", v.Ask)
			list, _ := check["needs"].([]any)
			if path, ok := check["path"]; ok {
				list = append(list, path)
			}
			for _, p := range list {
				pointer, _ := p.(string)
				pointers[v.Ask]++
				assert.True(t, pointer != "" && lawtest.Resolves(question, pointer) && within(asked, pointer), "%s: %s at %q", v.Name, check["rule"], pointer)
			}
		})
	}
	for ask := range assessed {
		assert.Positive(t, pointers[ask], "%s: no check names a place", ask)
	}
}

// everyCheck calls f for each check in an answer, at any depth but that of a record, whose
// pointers lead into the record.
func everyCheck(v any, f func(check map[string]any)) {
	switch v := v.(type) {
	case map[string]any:
		if v["rule"] != nil && v["outcome"] != nil {
			f(v)
		}
		for name, x := range v {
			if name != "record" {
				everyCheck(x, f)
			}
		}
	case []any:
		for _, x := range v {
			everyCheck(x, f)
		}
	}
}

// within reports whether the lists of a question have the elements of a pointer. What the
// question does not have is a fact that is missing, and no list.
func within(v any, pointer string) bool {
	for _, s := range strings.Split(pointer, "/")[1:] {
		switch x := v.(type) {
		case map[string]any:
			v = x[s]
		case []any:
			i, err := strconv.Atoi(s)
			if err != nil || i >= len(x) {
				return false
			}
			v = x[i]
		default:
			v = nil
		}
	}
	return true
}

// A pointer beyond the end of a list is found.
func TestWithin(t *testing.T) {
	asked := readValue(json.RawMessage(`{"rows":[{"first":1},{}]}`))
	assert.True(t, within(asked, "/rows/1/last") && within(asked, "/models") && within(asked, "/x/y/0") && within(asked, ""))
	assert.False(t, within(asked, "/rows/2") || within(asked, "/rows/first"))
}
