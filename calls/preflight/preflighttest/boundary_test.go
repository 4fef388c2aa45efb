package preflighttest_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// Every rule has a vector in which it passes, one in which it fails, and a boundary:
// two questions a least step apart, one of which alone fails it, or fails it worse.
func TestEveryRuleHasItsVectors(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	of := map[law.RuleID][]lawtest.Vector{}
	for _, v := range all {
		for id := range v.Checks {
			of[id] = append(of[id], v)
		}
		assert.NotEmpty(t, v.Source, v.Name)
	}
	for _, r := range slices.Concat(eligibility.Rules(), limits.Rules(), indemnity.Rules(), calls.Rules()) {
		has := func(outcome string) bool {
			return slices.ContainsFunc(of[r.ID], func(v lawtest.Vector) bool { return v.Checks[r.ID].Outcome == outcome })
		}
		assert.True(t, has("pass"), "%s: no passing vector", r.ID)
		assert.True(t, has("fail"), "%s: no failing vector", r.ID)
		assert.True(t, hasBoundary(of[r.ID], r.ID), "%s: no boundary", r.ID)
	}
}

// hasBoundary looks for two of the vectors on either side of one of the rule's edges.
func hasBoundary(vectors []lawtest.Vector, id law.RuleID) bool {
	in := make([]any, len(vectors))
	for i, v := range vectors {
		if json.Unmarshal(v.In, &in[i]) != nil {
			return false
		}
	}
	for i, v := range vectors {
		for j, w := range vectors[:i] {
			a, b := v.Checks[id], w.Checks[id]
			if v.Ask != w.Ask || a.Outcome == b.Outcome && a.Severity == b.Severity || a.Outcome != "fail" && b.Outcome != "fail" {
				continue
			}
			if a.Outcome != "undetermined" && b.Outcome != "undetermined" && oneStep(in[i], in[j]) {
				return true
			}
		}
	}
	return false
}

// oneStep reports whether two questions differ by the least there is: all their days
// and instants that differ by one same day, or one place by a second, a cent, one,
// another word, or one member or entry of a list more or less.
func oneStep(a, b any) bool {
	var d difference
	d.between(a, b)
	return d.steps == 1 && d.later == 0 && d.earlier == 0 || d.steps == 0 && (d.later == 0) != (d.earlier == 0)
}

// difference counts the places in which two values differ.
type difference struct {
	later, earlier int // by a day
	steps          int // by another least step; far for more than that
}

const far = 100

func (d *difference) between(a, b any) {
	switch a := a.(type) {
	case map[string]any:
		if b, ok := b.(map[string]any); ok {
			d.members(a, b)
			return
		}
	case []any:
		if b, ok := b.([]any); ok {
			d.entries(a, b)
			return
		}
	case float64:
		if b, ok := b.(float64); ok && a-b <= 1 && b-a <= 1 {
			d.steps += int(max(a-b, b-a))
			return
		}
	case string:
		if b, ok := b.(string); ok {
			d.texts(a, b)
			return
		}
	case bool:
		if a != b {
			d.steps++
		}
		return
	}
	d.steps += far
}

func (d *difference) members(a, b map[string]any) {
	all := maps.Clone(a)
	maps.Copy(all, b)
	for name := range all {
		x, inA := a[name]
		y, inB := b[name]
		if inA && inB {
			d.between(x, y)
		} else {
			d.steps++
		}
	}
}

// entries compares one by one; a longer list may hold one entry more, anywhere.
func (d *difference) entries(a, b []any) {
	if len(a) < len(b) {
		a, b = b, a
	}
	switch len(a) - len(b) {
	case 0:
		for i := range a {
			d.between(a[i], b[i])
		}
		return
	case 1:
		for i := range a {
			if reflect.DeepEqual(slices.Delete(slices.Clone(a), i, i+1), b) {
				d.steps++
				return
			}
		}
	}
	d.steps += far
}

func (d *difference) texts(a, b string) {
	if a == b {
		return
	}
	if x, err := law.ParseDay(a); err == nil {
		y, err := law.ParseDay(b)
		d.days(err, int(y-x))
		return
	}
	if x, err := time.Parse(time.RFC3339, a); err == nil {
		y, err := time.Parse(time.RFC3339, b)
		if by := y.Sub(x); by.Abs() <= time.Second {
			d.steps++
		} else {
			d.days(err, int(by/(24*time.Hour)))
		}
		return
	}
	if x, err := decimal.NewFromString(a); err == nil && strings.Contains(a, ".") {
		y, err := decimal.NewFromString(b)
		if err != nil || x.Sub(y).Abs().Cmp(decimal.New(1, -2)) > 0 {
			d.steps += far
			return
		}
	}
	d.steps++
}

func (d *difference) days(err error, by int) {
	switch {
	case err == nil && by == 1:
		d.later++
	case err == nil && by == -1:
		d.earlier++
	default:
		d.steps += far
	}
}
