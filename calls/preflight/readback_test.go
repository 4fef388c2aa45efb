package preflight_test

import (
	"encoding/json"
	"maps"
	"reflect"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// marshalled are the exported types that are written as JSON; a Decision is kept as the
// bytes of its record.
var marshalled = func() map[string]reflect.Type {
	all := map[string]reflect.Type{}
	for _, v := range []any{
		preflight.Case{}, preflight.Change(0), preflight.Changed{}, preflight.Either{}, preflight.Forecast{}, preflight.Line{},
		preflight.Mismatch{}, preflight.Moment{}, preflight.MomentKind(0), preflight.OpenChannel{}, preflight.Planned{}, preflight.Repair{},
		preflight.Report{}, preflight.Roster{}, preflight.Seal(0), preflight.Start{}, preflight.Turned{}, preflight.Unusable{},
		preflight.Verification{}, preflight.Worker{},
	} {
		all[reflect.TypeOf(v).Name()] = reflect.TypeOf(v)
	}
	return all
}()

func TestTheListOfTypesIsWhole(t *testing.T) {
	declared := slices.DeleteFunc(lawtest.ExportedTypes(t), func(name string) bool { return name == "Decision" })
	assert.Equal(t, declared, slices.Sorted(maps.Keys(marshalled)))
}

// readsBack returns what is lost when a value is written and read.
func readsBack(x any) string {
	b, err := json.Marshal(x)
	if err != nil {
		return reflect.TypeOf(x).Name() + " is not written: " + err.Error()
	}
	back := reflect.New(reflect.TypeOf(x))
	if err := json.Unmarshal(b, back.Interface()); err != nil {
		return reflect.TypeOf(x).Name() + " is not read: " + err.Error() + " " + string(b)
	}
	again, err := json.Marshal(back.Elem().Interface())
	switch {
	case err != nil:
		return reflect.TypeOf(x).Name() + " is not written again: " + err.Error()
	case string(again) != string(b):
		return reflect.TypeOf(x).Name() + " changes:\n" + string(b) + "\n" + string(again)
	}
	return ""
}

// needed are types that hold a word or an instant without which they say nothing: their
// zero value is none, and reading refuses it. The words themselves are left out likewise.
var needed = []string{"Case", "Change", "Moment", "MomentKind", "OpenChannel", "Repair", "Start"}

func TestZeroValuesReadBack(t *testing.T) {
	for name, typ := range marshalled {
		lost := readsBack(reflect.Zero(typ).Interface())
		if slices.Contains(needed, name) {
			assert.Contains(t, lost, "is not read", name)
		} else {
			assert.Empty(t, lost, name)
		}
	}
}

func TestWordsReadBack(t *testing.T) {
	for _, x := range []any{
		preflight.ChangeChannel, preflight.ChangeSplit, preflight.ChangeMove, preflight.ChangeDrop,
		preflight.MomentSendBy, preflight.MomentCancelBy, preflight.MomentAgeLimit, preflight.MomentCapNear, preflight.MomentCapReached,
		preflight.MomentContractEnd, preflight.MomentSemesterEnd, preflight.SealBroken, preflight.SealRewritten, preflight.SealSound,
	} {
		assert.Empty(t, readsBack(x))
	}
}

// What is asked and what is answered, for generated facts.
func TestEverythingReadsBack(t *testing.T) {
	seen := map[string]bool{}
	lawtest.Property(t, "questions and answers", func(c preflight.Case) string {
		all := []any{c, c.Worker}
		if r, err := preflight.Run(c); err == nil {
			all = append(all, r)
			for _, m := range r.Moments {
				all = append(all, m)
			}
			for _, o := range r.Channels {
				all = append(all, o)
			}
		}
		line := preflight.Line{Case: c, Starts: []preflight.Start{{Start: c.Start, End: c.End, Channel: c.Channel}, {Start: c.Start.AddDate(0, 0, 1)}}}
		line.Now, line.Start, line.End = time.Time{}, time.Time{}, time.Time{} // those of the roster and of the starts
		bad := line
		bad.Contract.Signed = 0
		roster := preflight.Roster{Now: c.Now, Employer: "00000010017", Workers: []preflight.Line{line, bad}}
		all = append(all, line, roster, line.Starts[0], line.Starts[1])
		if f, err := preflight.Plan(roster); err == nil {
			all = append(all, f)
			for _, p := range f.Calls {
				all = append(all, p)
			}
			for _, r := range f.Repairs {
				all = append(all, r)
			}
			for _, u := range f.Unusable {
				all = append(all, u)
			}
		}
		for _, x := range all {
			seen[reflect.TypeOf(x).Name()] = true
			if lost := readsBack(x); lost != "" {
				return lost
			}
		}
		return ""
	}, preflighttest.Cases())
	for _, name := range []string{"Case", "Worker", "Report", "Moment", "OpenChannel", "Line", "Roster", "Start", "Forecast", "Planned", "Repair", "Unusable"} {
		assert.True(t, seen[name], "no %s was generated", name)
	}
}

func TestOtherAnswersReadBack(t *testing.T) {
	c := sound(t)
	c.Contract.Terms.Notice = &eligibility.Notice{Hours: 4}
	changed, err := preflight.LawChange([]preflight.Case{c}, day(t, "2022-08-12"), day(t, "2022-08-13"))
	require.NoError(t, err)
	require.NotEmpty(t, changed)
	for _, x := range []any{
		changed[0], changed[0].Rules[0], verify(t, decide(t, c)),
		preflight.Verification{Seal: preflight.SealRewritten, Edition: "2020-01", Outcome: []string{"/out/verdict"}, Wording: []string{"/out"}},
		preflight.Either{Fact: "/contract/employer/risk_assessment", Yes: law.VerdictClear, No: law.VerdictBreach},
		preflight.Mismatch{Parts: []string{"surname"}},
	} {
		assert.Empty(t, readsBack(x))
	}
}
