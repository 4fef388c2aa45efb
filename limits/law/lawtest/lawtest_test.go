package lawtest

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var (
	day   = date.New(2025, 7, 23)
	weak  = []law.Citation{law.Of(law.PortalGuide)}
	whole = law.Rule{
		ID:    "test.days-cap",
		Title: law.Text{EN: "At most 400 days", IT: "Al massimo 400 giornate"},
		Cites: law.NewTimeline(law.Since(day, law.EvidenceText, law.Of(law.DLgs81of2015, "13", "3"))),
	}
	rule = law.Cited(whole.ID, law.Of(law.DLgs81of2015, "13", "3"))
)

// dumb are facts with nothing to say.
type dumb struct{}

func (dumb) Text() law.Text { return law.Text{EN: "something"} }
func (dumb) Error() string  { return "something" }

// with returns the rule with one thing changed.
func with(change func(*law.Rule)) law.Rule {
	r := whole
	change(&r)
	return r
}

func TestContract(t *testing.T) {
	Contract(t, "test", []law.Rule{whole, with(func(r *law.Rule) { r.ID = "test.age" })})
	for _, c := range []struct {
		rule law.Rule
		want string
	}{
		{with(func(r *law.Rule) { r.ID = "other.days" }), "other.days: not of the form test.words-with-hyphens"},
		{with(func(r *law.Rule) { r.ID = "test.400-days" }), "test.400-days: not of the form test.words-with-hyphens"},
		{with(func(r *law.Rule) { r.ID = "test.Days" }), "test.Days: not of the form test.words-with-hyphens"},
		{with(func(r *law.Rule) { r.ID = "testxdays" }), "testxdays: not of the form test.words-with-hyphens"},
		{with(func(r *law.Rule) { r.ID = "test.days-" }), "test.days-: not of the form test.words-with-hyphens"},
		{with(func(r *law.Rule) { r.Title.IT = "" }), "test.days-cap: a title is missing"},
		{with(func(r *law.Rule) { r.Title.EN = "" }), "test.days-cap: a title is missing"},
		{with(func(r *law.Rule) { r.Cites = law.Timeline[[]law.Citation]{} }), "test.days-cap: no first day in force with a citation"},
		{with(func(r *law.Rule) { r.Cites = law.NewTimeline(law.Since(day, law.EvidenceText, law.Citation{})) }), `test.days-cap: citation "" cannot be printed`},
		{with(func(r *law.Rule) {
			r.Cites = law.NewTimeline(law.Since(day, law.EvidenceText, law.Of("d.lgs. 81/2015")))
		}), `test.days-cap: citation "d.lgs. 81/2015" cannot be printed`},
		{with(func(r *law.Rule) {
			r.Cites = law.NewTimeline(law.Since(day, law.EvidenceText, law.Of("urn:nir:stato")))
		}), `test.days-cap: citation "urn:nir:stato" cannot be printed`},
		{with(func(r *law.Rule) { r.Cites = law.NewTimeline(law.Since(day, law.EvidenceText)) }), "test.days-cap: no first day in force with a citation"},
		{with(func(r *law.Rule) {
			e := law.Since(day, law.EvidenceText, law.Of(law.DLgs81of2015))
			r.Cites = law.NewTimeline(e, e)
		}), "test.days-cap: citations not in the order of their first day"},
	} {
		assert.Equal(t, []string{c.want}, contract("test", []law.Rule{c.rule}))
	}
	assert.Equal(t, []string{"test.days-cap: given twice"}, contract("test", []law.Rule{whole, whole}))
}

func TestComplete(t *testing.T) {
	rules := []law.Rule{whole}
	Complete(t, rules, law.Checks{rule.Pass(day), rule.Undetermined(day, "/on"), rule.NotInForce(day)})
	Complete(t, rules, law.Checks{rule.Fail(law.Breach, day, "", law.Unverified{})})
	Complete(t, rules, law.Checks{rule.Fail(law.Doubt, day, "", law.Unverified{}, law.Of(law.PortalGuide), law.Of(law.Circ35of2013))})
	Complete(t, rules, law.Checks{rule.Fail(law.Advice, day, "", law.Unverified{}, weak...)})

	unfound, found, needing := rule.Fail(law.Breach, day, "", law.Unverified{}), rule.Pass(day), rule.Pass(day)
	found.Finding, unfound.Finding, needing.Needs = unfound.Finding, nil, []string{"/on"}
	for _, c := range []struct {
		check law.Check
		want  string
	}{
		{unfound, "test.days-cap: outcome fail and finding do not agree"},
		{found, "test.days-cap: outcome pass and finding do not agree"},
		{rule.Undetermined(day), "test.days-cap: outcome undetermined and needs do not agree"},
		{needing, "test.days-cap: outcome pass and needs do not agree"},
		{rule.Fail(law.Breach, day, "", law.Unverified{}, weak...), "test.days-cap: a breach that only weak sources carry"},
		{rule.Fail(law.Doubt, day, "", law.Unverified{}, weak...), "test.days-cap: a doubt that only weak sources carry"},
		{rule.Fail(law.Breach, day, "", dumb{}), "test.days-cap: a message is missing"},
		{rule.Fail(law.Advice, day, "", nil), "test.days-cap: a message is missing"},
	} {
		assert.Equal(t, []string{c.want}, complete(rules, law.Checks{c.check}))
	}
	assert.Equal(t, []string{"test.days-cap: asked, but left no check"}, complete(rules, nil))
}

func TestParams(t *testing.T) {
	first := law.Entry[int]{From: day, Gazette: day - 1, Value: 25, Cites: rule.Cites()}
	second := law.Entry[int]{From: day + 1, Value: 24, Cites: append(weak, rule.Cites()...), Evidence: law.EvidenceText}
	assert.Equal(t, "age | from 2025-07-23 | gazette 2025-07-22 | 25 | art. 13, c. 3, d.lgs. 81/2015 | assumed, read -\n"+
		"age | from 2025-07-24 | gazette - | 24 | Guida Gestione Intermittenti; art. 13, c. 3, d.lgs. 81/2015 | text, read 2026-11-26\n",
		Params(t, law.ListParam("age", law.NewTimeline(first, second))))

	for want, line := range map[string]law.Timeline[int]{
		"age: entries not in the order of their first day":  law.NewTimeline(second, first),
		"age: entries not in the order of their first day ": law.NewTimeline(first, first),
		"age: value from 2025-07-23 without a source":       law.NewTimeline(law.Entry[int]{From: day}),
	} {
		_, complaints := params(law.ListParam("age", line))
		assert.Equal(t, []string{strings.TrimSpace(want)}, complaints)
	}
	_, complaints := params(law.ListParam("age", law.NewTimeline(law.Entry[int]{Cites: rule.Cites()})))
	assert.Len(t, complaints, 1, "a value without a first day")
}

func TestGolden(t *testing.T) {
	Golden(t, "golden.golden", "one\ntwo\n")
	for _, c := range []struct{ got, want, difference string }{
		{"one\ntwo\n", "one\ntwo\n", ""},
		{"one\nTwo\n", "one\ntwo\n", "line 2\n got  Two\n want two"},
		{"one\n", "one\ntwo\n", "line 2\n got  \n want two"},
		{"one\ntwo\nthree", "one\ntwo\n", "line 3\n got  three\n want "},
		{"one", "one\ntwo", "line 2\n got  \n want two"},
		{"one\ntwo", "one", "line 2\n got  two\n want "},
		{"one\ntwo", "one\ntwo\n", "line 3: the text ends earlier or later"},
		{"", "\n", "line 2: the text ends earlier or later"},
	} {
		assert.Equal(t, c.difference, firstDifference(c.got, c.want))
	}
}

func TestProperty(t *testing.T) {
	Property(t, "holds", func(d date.Date) bool { return d >= 0 }, Day(0, 1000))

	lo, hi := date.New(2020, 1, 1), date.New(2029, 12, 31)
	late := func(d date.Date) bool { return d < date.New(2024, 2, 29) }
	complaints := falsified("late", late, Day(lo, hi))
	require.Len(t, complaints, 2)
	assert.Regexp(t, `^FAILED after \d+ cases, 0 discarded; repeat with -run 'late' -lawtest.seed=\d+$`, complaints[0])
	assert.Regexp(t, `^argument 20\d\d-\d\d-\d\d \(as drawn: 20\d\d-\d\d-\d\d\)$`, complaints[1])
	assert.Equal(t, complaints, falsified("late", late, Day(lo, hi)), "the name alone decides the cases")
	assert.NotEqual(t, complaints, falsified("later", late, Day(lo, hi)))

	old := *seed
	*seed = 7
	assert.Contains(t, falsified("late", late, Day(lo, hi))[0], "-lawtest.seed=7")
	*seed = old

	complaints = falsified("label", func(date.Date) *gopter.PropResult {
		return &gopter.PropResult{Status: gopter.PropFalse, Labels: []string{"why"}}
	}, Day(lo, hi))
	assert.Contains(t, strings.Join(complaints, "\n"), "label why")
	complaints = falsified("panic", func(date.Date) bool { panic("boom") }, Day(lo, hi))
	assert.Contains(t, strings.Join(complaints, "\n"), "boom")
	complaints = falsified("exhausted", func(date.Date) bool { return true }, Day(lo, hi).SuchThat(func(date.Date) bool { return false }))
	assert.Contains(t, strings.Join(complaints, "\n"), "EXHAUSTED")
}

func TestDay(t *testing.T) {
	lo, hi := date.New(2023, 5, 5), date.New(2028, 5, 5)
	p := gopter.DefaultGenParameters()
	p.Rng.Seed(1)
	seen := map[date.Date]int{}
	for range 5000 {
		result := Day(lo, hi)(p)
		v, ok := result.Retrieve()
		require.True(t, ok)
		seen[v.(date.Date)]++
		require.True(t, lo <= v.(date.Date) && v.(date.Date) <= hi)

		// Whatever it shrinks to stays in range, nears lo, and ends.
		shrink, steps := result.Shrinker(v), 0
		for x, more := shrink(); more; x, more = shrink() {
			require.True(t, lo <= x.(date.Date) && x.(date.Date) < v.(date.Date))
			require.True(t, result.Sieve(x))
			steps++
		}
		require.Less(t, steps, 64)
		require.Equal(t, v == lo, steps == 0)
	}
	for _, edge := range []date.Date{lo, hi, date.New(2025, 1, 1), date.New(2025, 12, 31), date.New(2024, 2, 29), date.New(2025, 3, 1)} {
		assert.Greater(t, seen[edge], 20, "%s is an edge", edge)
	}
	sieve := Day(lo, hi)(p).Sieve
	assert.False(t, sieve(lo-1) || sieve(hi+1) || sieve("x"))
	assert.Equal(t, lo, DrawDay(p, lo, lo))
}

// engine answers with a check, a list and a null, or refuses.
var engine = Local(map[string]func([]byte) (any, error){
	"ok": func(in []byte) (any, error) {
		return map[string]any{
			"in": json.RawMessage(in), "list": []int{1, 2}, "none": nil, "empty": []int{},
			"checks": law.Checks{
				rule.Undetermined(day, "/a", "/b"),
				rule.Fail(law.Doubt, day, "", law.Unverified{}, rule.Cites()[0], law.Of(law.Circ35of2013)),
				law.Cited("test.age").Pass(day),
			},
		}, nil
	},
	"refuse": func([]byte) (any, error) { return nil, law.Missing("/on") },
	"fail":   func([]byte) (any, error) { return nil, errors.New("other") },
	"broken": func([]byte) (any, error) { return func() {}, nil },
	"text":   func([]byte) (any, error) { return "text", nil },
})

func TestLocal(t *testing.T) {
	assert.Equal(t, Answer{Error: &Refusal{Code: "ask"}}, engine("unknown", nil))
	assert.Equal(t, Answer{Error: &Refusal{Code: "missing", Path: "/on", Message: "/on: missing: a fact that is needed is missing: the day asked"}}, engine("refuse", nil))
	assert.Equal(t, Answer{Error: &Refusal{Message: "other"}}, engine("fail", nil))
	assert.Contains(t, engine("broken", nil).Error.Message, "unsupported type")
	assert.JSONEq(t, `"text"`, string(engine("text", nil).Out))
}

func TestMisses(t *testing.T) {
	for _, c := range []struct{ vector, want string }{
		// What an answer must hold.
		{`{"ask":"ok","in":{"a":1},"out":{"in":{"a":1},"list":[1,2]}}`, ""},
		{`{"ask":"ok","in":{"a":{"b":"x","c":1}},"out":{"in":{"a":{"c":1}}}}`, ""},
		{`{"ask":"ok","in":0,"out":{}}`, ""},
		{`{"ask":"ok","in":0,"out":{"none":null,"absent":null,"empty":[]}}`, ""},
		{`{"ask":"ok","in":0,"out":{"absent":[]}}`, ""},
		{`{"ask":"ok","in":0,"out":{"in":1}}`, "/in: 0, expected 1"},
		{`{"ask":"ok","in":0,"out":{"in":"0"}}`, "/in: 0, expected 0"},
		{`{"ask":"ok","in":1.0,"out":{"in":1}}`, "/in: 1.0, expected 1"},
		{`{"ask":"ok","in":0,"out":{"in":null}}`, "/in: 0, expected <nil>"},
		{`{"ask":"ok","in":0,"out":{"absent":1}}`, "/absent: <nil>, expected 1"},
		{`{"ask":"ok","in":0,"out":{"list":[1]}}`, "/list: [1 2], expected [1]"},
		{`{"ask":"ok","in":0,"out":{"list":[1,3]}}`, "/list/1: 2, expected 3"},
		{`{"ask":"ok","in":0,"out":{"absent":[1]}}`, "/absent: <nil>, expected [1]"},
		{`{"ask":"ok","in":0,"out":{"in":[0]}}`, "/in: 0, expected [0]"},
		{`{"ask":"ok","in":{"b":1,"a":1},"out":{"in":{"b":2,"a":2}}}`, "/in/a: 1, expected 2\n/in/b: 1, expected 2"},
		{`{"ask":"ok","in":[{"a":1,"b":2}],"out":{"in":[{"b":2}]}}`, ""},
		{`{"ask":"ok","in":0,"out":{"in":{"a":null}}}`, "/in: 0, expected an object"},
		{`{"ask":"text","in":0,"out":"text"}`, ""},
		{`{"ask":"ok","in":0,"out":{"list":"*","in":"*"}}`, ""},
		{`{"ask":"ok","in":"","out":{"none":"*","absent":"*","in":"*"}}`, "/absent: nothing, expected a value\n/in: nothing, expected a value\n/none: nothing, expected a value"},

		// What no answer lacks.
		{`{"ask":"ok","in":{"en":"x","it":"y"},"out":{}}`, ""},
		{`{"ask":"ok","in":{"en":"x","it":""},"out":{}}`, "/in: no it"},
		{`{"ask":"ok","in":[{"it":"y"}],"out":{}}`, "/in/0: no en"},
		{`{"ask":"ok","in":{"urn":"urn:nir:stato:legge:2012-06-28;92","text":"x","url":"y"},"out":{}}`, ""},
		{`{"ask":"ok","in":{"urn":"urn:nir:stato:legge:2012-06-28;92"},"out":{}}`, "/in: no text\n/in: no url"},
		{`{"ask":"ok","in":{"urn":"urn:x-prassi:inps","text":"x"},"out":{}}`, ""},
		{`{"ask":"ok","in":{"verdict":"clear","checks":[]},"out":{}}`, "/in: no edition\n/in: no verified_until"},
		{`{"ask":"ok","in":{"rule":"x","outcome":"fail"},"out":{}}`, "/in: no cites\n/in: no severity\n/in: no message\n/in: no facts"},
		{`{"ask":"ok","in":{"rule":"x","outcome":"undetermined","cites":[]},"out":{}}`, "/in: no needs\n/in: no message"},

		// Checks: one of the rule's must match in all.
		{`{"ask":"ok","in":0,"checks":{"test.age":{"outcome":"pass"}}}`, ""},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"undetermined","needs":["/a","/b"]}}}`, ""},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"fail","severity":"doubt","cites":["circ. MLPS 35/2013"]}}}`, ""},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"fail","on":"2025-07-23","facts":{"verified":"*"}}}}`, ""},
		{`{"ask":"ok","in":0,"checks":{"test.age":{"outcome":"pass","on":"2025-07-24"}}}`, `test.age: on "2025-07-23", expected "2025-07-24"`},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"fail","path":"/a"}}}`, `test.days-cap: path "", expected "/a"`},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"fail","facts":{"verified":1}}}}`, "test.days-cap: /facts/verified: 0001-01-01, expected 1"},
		{`{"ask":"ok","in":0,"checks":{"test.strike":{"outcome":"pass"}}}`, "test.strike: no check of this rule"},
		{`{"ask":"ok","in":0,"checks":{"test.age":{"outcome":"fail","severity":"breach"}}}`, "test.age: pass , expected fail breach"},
		{`{"ask":"ok","in":0,"checks":{"test.age":{}}}`, "test.age: pass , expected  "},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"fail","severity":"breach"}}}`, "test.days-cap: fail doubt, expected fail breach"},
		{`{"ask":"ok","in":0,"checks":{"test.age":{"outcome":"pass","needs":["/a"]}}}`, "test.age: needs [], expected [/a]"},
		{`{"ask":"ok","in":0,"checks":{"test.age":{"outcome":"pass","cites":["circ. MLPS 35/2013"]}}}`, `test.age: "circ. MLPS 35/2013" is not among the citations []`},
		{`{"ask":"ok","in":0,"checks":{"test.days-cap":{"outcome":"fail","cites":["circ. MLPS 20/2012"]}}}`, `test.days-cap: "circ. MLPS 20/2012" is not among the citations [{art. 13, c. 3, d.lgs. 81/2015} {circ. MLPS 35/2013}]`},
		{`{"ask":"ok","in":0,"checks":{"test.strike":{"outcome":"pass"},"test.age":{"outcome":"fail"}}}`, "test.age: pass , expected fail \ntest.strike: no check of this rule"},
		{`{"ask":"text","in":0,"checks":{"test.age":{"outcome":"pass"}}}`, "checks cannot be read: json: cannot unmarshal string into Go value of type struct { Checks []lawtest.answered \"json:\\\"checks\\\"\" }"},

		// Errors.
		{`{"ask":"refuse","in":0,"error":{"code":"missing","path":"/on"}}`, ""},
		{`{"ask":"refuse","in":0,"error":{"code":"missing"}}`, ""},
		{`{"ask":"refuse","in":0,"error":{"code":"day"}}`, `error missing at "/on", expected day at ""`},
		{`{"ask":"refuse","in":0,"error":{"code":"missing","path":"/off"}}`, `error missing at "/on", expected missing at "/off"`},
		{`{"ask":"ok","in":0,"error":{"code":"day","path":"/on"}}`, `answered, but error day at "/on" was expected`},
		{`{"ask":"refuse","in":0,"out":{}}`, `error missing at "/on": /on: missing: a fact that is needed is missing: the day asked`},

		// Vectors that could not fail.
		{`{"ask":"ok","in":0}`, "nothing is expected"},
	} {
		var v Vector
		require.NoError(t, json.Unmarshal([]byte(c.vector), &v))
		v.Source = "case S1"
		assert.Equal(t, c.want, strings.Join(v.Misses(engine), "\n"), c.vector)
		v.Source = ""
		assert.Equal(t, []string{"no source"}, v.Misses(engine))
	}
}

func TestLoad(t *testing.T) {
	files := fstest.MapFS{
		"b.json":   {Data: []byte(`[{"name":"third","source":"S3","ask":"refuse","in":{},"error":{"code":"missing"}}]`)},
		"a.json":   {Data: []byte(`[{"name":"first","source":"S1","ask":"ok","in":{},"out":{}},{"name":"second","source":"S2","ask":"ok","in":{},"out":{}}]`)},
		"read.txt": {Data: []byte(`none`)},
	}
	all, err := Load(files)
	require.NoError(t, err)
	var names []string
	for _, v := range all {
		names = append(names, v.Name+" "+v.Source)
	}
	assert.Equal(t, []string{"a: first S1", "a: second S2", "b: third S3"}, names)
	Vectors(t, files, engine)

	for text, want := range map[string]string{
		`{}`:                        "x.json: json: cannot unmarshal object",
		`[{"name":"x","sorce":""}]`: `x.json: json: unknown field "sorce"`,
		`[`:                         "x.json: unexpected EOF",
		`[] []`:                     "x.json: text after the list",
	} {
		_, err := Load(fstest.MapFS{"x.json": {Data: []byte(text)}})
		assert.ErrorContains(t, err, want)
	}
}

// TestOracles: an oracle is only as good as what is known without it.
func TestOracles(t *testing.T) {
	leap := date.New(2000, 2, 29)
	assert.Equal(t, date.New(2025, 2, 28), SlowAnniversary(leap, 25, law.LastOfMonth))
	assert.Equal(t, date.New(2025, 3, 1), SlowAnniversary(leap, 25, law.NextMonth))
	assert.Equal(t, date.New(2024, 2, 29), SlowAnniversary(leap, 24, law.NextMonth))
	assert.Equal(t, date.New(2026, 2, 28), SlowMonthsAfter(date.New(2025, 8, 31), 6))
	assert.Equal(t, date.New(2024, 12, 31), SlowMonthsAfter(date.New(2025, 3, 31), -3))
	march := date.New(2025, 3, 30).MidnightUTC()
	assert.Equal(t, "1h0m0s", SlowRomeOffset(march).String())
	assert.Equal(t, "2h0m0s", SlowRomeOffset(march.AddDate(0, 0, 1)).String())
	assert.Equal(t, map[date.Date]bool{day: true, day + 1: true, day + 3: true},
		DaySet(day, day+3, law.Span{First: day, Last: day + 1}, law.Span{First: day + 3}, law.Span{}))
	assert.Equal(t, law.VerdictUndetermined, SlowVerdict(nil))
	assert.Equal(t, law.VerdictUndetermined, SlowVerdict(law.Checks{{Outcome: law.Fail}}))
	assert.Equal(t, law.VerdictClear, SlowVerdict(law.Checks{rule.Pass(day)}))
}

func TestExportedTypes(t *testing.T) {
	names := ExportedTypes(t)
	assert.Contains(t, names, "Vector")
	assert.NotContains(t, names, "dumb", "the tests have types of their own")
	assert.True(t, slices.IsSorted(names))
}
