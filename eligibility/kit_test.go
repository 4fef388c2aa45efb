package eligibility_test

import (
	"encoding/json"
	"fmt"
	"math/rand"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// drawn returns contracts of a generator, always the same.
func drawn(gen gopter.Gen, n int) (list []eligibility.Contract) {
	p := gopter.DefaultGenParameters()
	p.Rng = rand.New(rand.NewSource(7))
	for len(list) < n {
		if v, ok := gen(p).Retrieve(); ok {
			list = append(list, v.(eligibility.Contract))
		}
	}
	return list
}

// TestKitKnowsEveryRule: the generator makes every rule pass and fail, every ground hold,
// and every rule has a mutant. It names what was forgotten.
func TestKitKnowsEveryRule(t *testing.T) {
	outcome := map[law.RuleID]map[law.Outcome]bool{}
	held := map[eligibility.GroundKind]bool{}
	for _, c := range drawn(eligibilitytest.Contracts(), 4000) {
		checks, a := outcomes(c)
		for id, k := range checks {
			if outcome[id] == nil {
				outcome[id] = map[law.Outcome]bool{}
			}
			outcome[id][k.Outcome] = true
		}
		for _, g := range a.Grounds {
			held[g] = true
		}
	}
	for g := eligibility.GroundKind(1); g.String() != ""; g++ {
		assert.True(t, held[g], "the generator draws no contract on the ground %s", g)
	}
	planted := map[law.RuleID]bool{}
	for _, c := range drawn(eligibilitytest.Lawful(), 300) {
		for _, m := range eligibilitytest.Mutants(c) {
			planted[m.Fails[0]] = true
		}
	}
	for _, r := range eligibility.Rules() {
		assert.True(t, planted[r.ID], "no mutant is about %s", r.ID)
		for _, o := range []law.Outcome{law.Pass, law.Fail} {
			assert.True(t, outcome[r.ID][o], "the generator draws no contract for which %s is %s", r.ID, o)
		}
	}
}

// TestKitKnowsEveryFact: the generator draws each fact of a contract, and leaves each out.
func TestKitKnowsEveryFact(t *testing.T) {
	given, left := map[string]bool{}, map[string]bool{}
	for _, c := range drawn(eligibilitytest.Contracts(), 4000) {
		walk("", reflect.ValueOf(c), func(path string, v reflect.Value) {
			if v.IsZero() {
				left[path] = true
			} else {
				given[path] = true
			}
		})
	}
	walk("", reflect.ValueOf(eligibility.Contract{}), func(path string, _ reflect.Value) {
		assert.True(t, given[path], "the generator never gives %s", path)
		needed := path == "/signed" || path == "/work/first"
		assert.True(t, left[path] || needed, "the generator never leaves out %s", path)
	})
}

// walk visits the members of a value that hold no others, by their JSON pointers; lists
// are one member.
func walk(path string, v reflect.Value, visit func(string, reflect.Value)) {
	for i := range v.NumField() {
		name, _, _ := strings.Cut(v.Type().Field(i).Tag.Get("json"), ",")
		f := v.Field(i)
		if _, isText := f.Interface().(interface{ MarshalText() ([]byte, error) }); f.Kind() == reflect.Struct && !isText {
			walk(path+"/"+name, f, visit)
			continue
		}
		visit(path+"/"+name, f)
	}
}

// TestEveryPointerResolves: each place that a check of a case names is a member of the
// question.
func TestEveryPointerResolves(t *testing.T) {
	all, err := lawtest.Load(eligibilitytest.Vectors())
	require.NoError(t, err)
	question := reflect.TypeOf(eligibility.Contract{})
	for _, v := range all {
		var c eligibility.Contract
		if c.UnmarshalJSON(v.In) != nil {
			continue
		}
		a, err := eligibility.Assess(c)
		for _, bad := range law.AllErrors(err) {
			assert.True(t, resolves(question, bad.Path), "%s: %s", v.Name, bad.Path)
		}
		for _, k := range a.Checks {
			places := k.Needs
			if k.Finding != nil {
				places = append(places[:len(places):len(places)], k.Finding.Path)
			}
			for _, p := range places {
				assert.True(t, resolves(question, p), "%s: %s points at %q", v.Name, k.Rule(), p)
				if k.Outcome == law.Undetermined {
					assert.NotEqual(t, p, law.FactName(p).EN, "%s has no name", p)
				}
			}
		}
	}
}

// resolves reports whether a JSON pointer leads to a member of a type.
func resolves(t reflect.Type, pointer string) bool {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	if pointer == "" {
		return true
	}
	step, rest, found := strings.Cut(pointer[1:], "/")
	if found {
		rest = "/" + rest
	}
	switch t.Kind() {
	case reflect.Slice:
		_, err := strconv.Atoi(step)
		return err == nil && resolves(t.Elem(), rest)
	case reflect.Struct:
		for i := range t.NumField() {
			if name, _, _ := strings.Cut(t.Field(i).Tag.Get("json"), ","); name == step {
				return resolves(t.Field(i).Type, rest)
			}
		}
	}
	return false
}

// TestReadsBack: whatever the package writes as JSON it reads back to the same.
func TestReadsBack(t *testing.T) {
	var asked, answered []any
	for _, c := range drawn(eligibilitytest.Contracts(), 300) {
		asked = append(asked, c)
		a, err := eligibility.Assess(c)
		require.NoError(t, err)
		answered = append(answered, a)
	}
	answered = append(answered, eligibility.Assessment{}, eligibility.TreatmentAnswer{}, treated(t))
	asked = append(asked, eligibility.TreatmentQuestion{}, wholeQuestion(), eligibility.Contract{})
	for _, x := range append(asked, answered...) {
		b, err := json.Marshal(x)
		require.NoError(t, err)
		back := reflect.New(reflect.TypeOf(x))
		require.NoError(t, json.Unmarshal(b, back.Interface()), string(b))
		again, err := json.Marshal(back.Elem().Interface())
		require.NoError(t, err)
		require.JSONEq(t, string(b), string(again))
	}
}

// TestWordsReadBack: every enumeration reads its words, and has a name in both languages.
func TestWordsReadBack(t *testing.T) {
	words[eligibility.GroundKind](t, 5)
	words[eligibility.Element](t, 13)
	words[eligibility.Role](t, 9)
	words[eligibility.Cause](t, 7)
	words[eligibility.Term](t, 2)
	words[eligibility.LateHire](t, 2)
}

func words[E interface {
	~uint8
	fmt.Stringer
	Label() law.Text
	MarshalText() ([]byte, error)
}](t *testing.T, n int) {
	t.Helper()
	for i := range 256 {
		e := E(i)
		if i == 0 || i > n {
			assert.Empty(t, e.String())
			continue
		}
		var back E
		require.NoError(t, any(&back).(interface{ UnmarshalText(b []byte) error }).UnmarshalText([]byte(e.String())))
		assert.Equal(t, e, back)
		assert.NotEmpty(t, e.Label().EN)
		assert.NotEmpty(t, e.Label().IT)
	}
	var back E
	require.Error(t, any(&back).(interface{ UnmarshalText(b []byte) error }).UnmarshalText(nil))
}

// TestHours: the hours of a call by the oracle, minute by minute.
func TestHours(t *testing.T) {
	for i := range 3 {
		lawtest.Property(t, fmt.Sprintf("hours %d", i), func(c eligibility.Contract, seed int64) string {
			r := rand.New(rand.NewSource(seed))
			c.On, c.OnStart, c.OnEnd = 0, time.Time{}, time.Time{}
			for range 4 {
				start := law.RomeMidnight(max(c.Work.First, c.Signed) + date.Date(r.Intn(40)-2)).Add(time.Duration(r.Intn(24*4)) * 15 * time.Minute)
				end := start.Add(time.Duration(1+r.Intn(1000)) * time.Minute)
				got, err := c.Allows(start, end)
				if want := eligibilitytest.LawfulAt(c, start, end); err != nil || got != want {
					return show(c, "%s to %s: %t %v, the oracle %t", start.Format(time.RFC3339), end.Format(time.RFC3339), got, err, want)
				}
				asked := c
				asked.OnStart, asked.OnEnd = start, end
				checks, _ := outcomes(asked)
				if k := checks[eligibility.RuleAgreement]; got && (k.Severity() == law.Breach || k.Severity() == law.Doubt || k.Outcome == law.Undetermined) {
					return show(asked, "allowed, and %s", k.Text().EN)
				}
			}
			return ""
		}, eligibilitytest.Contracts(), anySeed)
	}
}

func anySeed(p *gopter.GenParameters) *gopter.GenResult {
	return gopter.NewGenResult(p.Rng.Int63(), gopter.NoShrinker)
}

// TestRisingValues: with other ages, months and days from 2027 the answers follow, and so
// do the words.
func TestRisingValues(t *testing.T) {
	eligibility.Raise(t)
	lawtest.Property(t, "lawful days", func(c eligibility.Contract) string {
		a, err := eligibility.Assess(c)
		if err != nil {
			return show(c, "%v", err)
		}
		lawful := eligibilitytest.LawfulDays(c)
		for _, d := range daysToAsk(c) {
			if a.LawfulUntil != 0 && d > a.LawfulUntil {
				continue
			}
			if got := within(a.LawfulSpans, d); got != lawful(d) {
				return show(c, "%s: %v", law.FormatDay(d), a.LawfulSpans)
			}
		}
		return ""
	}, eligibilitytest.Contracts())

	c := waiter()
	c.Signed, c.Work, c.On = date.New(2027, 1, 1), law.Span{First: date.New(2027, 1, 1)}, 0
	c.Birth = date.New(2001, 1, 2) // under 26 for a day
	checks, a := outcomes(c)
	assert.Equal(t, law.Span{First: c.Signed, Last: date.New(2029, 1, 1)}, a.Lawful)
	assert.Contains(t, checks[eligibility.RuleYoungWork].Text().EN, "turns 28")
	assert.Equal(t, law.Breach, checks[eligibility.RuleContents].Severity(), "no time bands")
	assert.Contains(t, checks[eligibility.RuleNoticeClause].Text().EN, "2 working day")
	c.Birth--
	checks, _ = outcomes(c)
	assert.Contains(t, checks[eligibility.RuleYoung].Text().EN, "under 26")
	assert.Contains(t, checks[eligibility.RuleSenior].Text().EN, "age of 50")
	old := waiter()
	old.Birth, old.Signed, old.On = date.New(2002, 12, 31), date.New(2026, 12, 30), 0
	old.Work = law.Span{First: old.Signed}
	_, a = outcomes(old)
	assert.Equal(t, date.New(2027, 12, 30), a.Lawful.Last, "by the law of the signing")
}

// TestManySuspensions: ten thousand suspensions part the days of a contract in order.
func TestManySuspensions(t *testing.T) {
	c := waiter()
	c.Agreement.Needs, c.Work.Last, c.On = law.Yes, 0, 0
	c.Unit.Suspensions = nil
	const n = 10000
	for i := range n {
		c.Unit.Suspensions = append(c.Unit.Suspensions, eligibility.Suspended{
			Span: law.OneDay(c.Work.First + date.Date(2*(n-i))), SameUnit: law.Yes, SameDuties: law.Yes,
		})
	}
	_, a := outcomes(c)
	require.Len(t, a.LawfulSpans, n+1)
	assert.Equal(t, law.Span{First: c.Work.First, Last: c.Work.First + 1}, a.LawfulSpans[0])
	assert.True(t, a.LawfulSpans[n].Open())
}
