package law_test

import (
	"bytes"
	"encoding/json"
	"errors"
	"math"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// slowCheck, slowCite and slowJudgment are the forms of the protocol as encoding/json
// writes them: the oracle of AppendJSON.
type slowCheck struct {
	Rule     law.RuleID      `json:"rule"`
	Outcome  law.Outcome     `json:"outcome"`
	On       date.Date       `json:"on,omitzero"`
	Severity law.Severity    `json:"severity,omitzero"`
	Needs    []string        `json:"needs,omitempty"`
	Path     string          `json:"path,omitempty"`
	Message  law.Text        `json:"message,omitzero"`
	Facts    json.RawMessage `json:"facts,omitempty"`
	Cites    []slowCite      `json:"cites"`
}

type slowCite struct {
	URN  string `json:"urn"`
	Text string `json:"text"`
	URL  string `json:"url,omitempty"`
}

type slowJudgment struct {
	Edition       string      `json:"edition"`
	VerifiedUntil date.Date   `json:"verified_until,omitzero"`
	Verdict       law.Verdict `json:"verdict"`
	Checks        []slowCheck `json:"checks"`
}

func slowCites(cites []law.Citation) []slowCite {
	out := make([]slowCite, len(cites))
	for i, c := range cites {
		out[i] = slowCite{string(c.Act), c.String(), c.URL()}
	}
	return out
}

func slowForm(c law.Check) slowCheck {
	out := slowCheck{
		Rule: c.Rule(), Outcome: c.Outcome, On: c.On, Severity: c.Severity(), Needs: c.Needs, Message: c.Text(), Cites: slowCites(c.Cites()),
	}
	if f := c.Finding; f != nil {
		out.Path = f.Path
		switch {
		case f.Facts == nil:
		case errors.As(f.Facts, new(law.Statement)):
			out.Facts = json.RawMessage("{}")
		default:
			out.Facts, _ = json.Marshal(f.Facts)
		}
	}
	return out
}

// appended marks facts that write themselves.
type appended struct{ exceeded }

func (x appended) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Int("worked", x.Worked)
	if len(x.Days) > 0 {
		o.Add(law.AppendList(o.Name("days"), x.Days, func(d date.Date, b []byte) ([]byte, error) {
			return law.AppendQuotedDay(b, d), nil
		}))
	}
	return o.Close()
}

// broken are facts that cannot be written.
type broken struct{ tooOld }

func (broken) MarshalJSON() ([]byte, error) { return nil, errors.New("cannot") }

var odd = []law.Citation{{}, {Act: law.DLgs81of2015, Article: "13"}, {Act: "urn:x:<", Letter: "\x01"}, law.Of(law.Abercrombie2017)}

var written = append(law.Checks{
	{}, {Needs: []string{}}, made("<&>", 99, nil), made(age, law.Fail, &law.Finding{Severity: 99, Path: "/a\"b\u2028\xff"}),
	capRule.Fail(law.Breach, day, "/worked", law.Statement{EN: "It <happened>.", IT: "È \t\"successo\"."}),
	capRule.Fail(law.Doubt, day, "", appended{exceeded{401, []date.Date{day, day + 1}}}),
	capRule.Fail(law.Doubt, day, "", law.Told{Message: law.Text{EN: "a", IT: "b"}, JSON: []byte(` {"a": "<" } `)}),
	capRule.Undetermined(-1, "/worked", "/a<b"),
	made("", 0, nil, odd...), capRule.Fail(law.Doubt, day, "", law.Statement{}, odd...), capRule.Citing().Pass(day), capRule.Citing(odd...).Pass(day + 1),
}, many...)

func TestAppendJSON(t *testing.T) {
	same := func(want, got any) {
		t.Helper()
		expected, err := json.Marshal(want)
		require.NoError(t, err)
		by, err := json.Marshal(got)
		require.NoError(t, err)
		assert.Equal(t, string(expected), string(by))
		if a, ok := got.(interface {
			AppendJSON(b []byte) ([]byte, error)
		}); ok {
			b, err := a.AppendJSON([]byte("before"))
			require.NoError(t, err)
			assert.Equal(t, "before"+string(expected), string(b))
		}
	}
	form := func(list law.Checks) []slowCheck {
		if list == nil {
			return nil
		}
		out := make([]slowCheck, len(list))
		for i, c := range list {
			out[i] = slowForm(c)
		}
		return out
	}
	for _, c := range written {
		same(slowForm(c), c)
	}
	for _, list := range []law.Checks{nil, {}, written} {
		same(form(list), list)
		j := law.Judge(list)
		same(slowJudgment{j.Edition, j.VerifiedUntil, j.Verdict, form(list)}, j)
		same(slowJudgment{Verdict: j.Verdict, Checks: form(list)}, law.Judgment{Verdict: j.Verdict, Checks: list})
		expected, err := json.Marshal(j)
		require.NoError(t, err)
		for _, before := range []string{"", "{"} {
			b, err := j.AppendMembers([]byte(before))
			require.NoError(t, err)
			assert.Equal(t, before+string(expected[1:len(expected)-1]), string(b))
		}
		b, err := j.AppendMembers([]byte(`{"a":1`))
		require.NoError(t, err)
		assert.Equal(t, `{"a":1,`+string(expected[1:len(expected)-1]), string(b))
	}
	lawtest.Property(t, "checks are written as by encoding/json", func(c law.Checks) bool {
		want, err := json.Marshal(form(c))
		require.NoError(t, err)
		got, err := c.AppendJSON(nil)
		return err == nil && bytes.Equal(want, got)
	}, checks)

	for _, m := range []law.Month{{}, {Year: 2025, Month: 7}} {
		same(m.String(), m)
	}
	for a, want := range map[law.Answer]any{law.Unknown: nil, law.No: false, law.Yes: true, 99: nil} {
		same(want, a)
	}
	same("2.01", law.Euro{Decimal: decimal.RequireFromString("2.005")})
	same("-1.00", law.Euro{Decimal: decimal.RequireFromString("-1")})
	type span struct {
		First date.Date `json:"first"`
		Last  date.Date `json:"last,omitzero"`
	}
	for _, s := range []law.Span{{}, law.OneDay(day), {First: day}, {First: day, Last: day + 1}, {First: -800000, Last: 4000000}} {
		same(span(s), s)
	}
	same([]any{}, law.Days(nil))
	same([]any{"0001-01-01", span{day, 0}, span{day, day + 2}, day}, law.Days{{}, {First: day}, {First: day, Last: day + 2}, law.OneDay(day)})

	// What cannot be written is an error, not half a text.
	failing := law.Checks{capRule.Pass(day), capRule.Fail(law.Breach, day, "", broken{}), capRule.Pass(day)}
	for _, v := range []any{failing, failing[1], law.Judge(failing)} {
		_, err := json.Marshal(v)
		require.ErrorContains(t, err, "cannot")
	}
	_, err := law.Judge(failing).AppendMembers([]byte("{"))
	require.ErrorContains(t, err, "cannot")
}

func TestObject(t *testing.T) {
	at := time.Date(2025, 7, 1, 20, 0, 0, 500, time.FixedZone("", 7200))
	o := law.OpenObject([]byte("x"))
	o.String("s", "a\nb")
	o.Strings("list", []string{"a", "<"})
	o.Strings("none", nil)
	o.Strings("empty", []string{})
	o.Int("n", -12)
	o.Bool("yes", true)
	o.Bool("no", false)
	o.Day("day", day)
	o.Instant("at", at)
	o.Amount("rate", decimal.RequireFromString("0.20"))
	o.Marshal("any", map[string]int{"a": 1})
	o.Add(law.Text{EN: "e", IT: "i"}.AppendJSON(o.Name("text")))
	b, err := o.Close()
	require.NoError(t, err)
	assert.Equal(t, `x{"s":"a\nb","list":["a","\u003c"],"none":null,"empty":[],"n":-12,"yes":true,"no":false,"day":"2025-07-23",`+
		`"at":"2025-07-01T20:00:00.0000005+02:00","rate":"0.2","any":{"a":1},"text":{"en":"e","it":"i"}}`, string(b))

	o = law.OpenObject(nil)
	b, err = o.Close()
	require.NoError(t, err)
	assert.Equal(t, "{}", string(b))

	first := errors.New("first")
	o = law.OpenObject(nil)
	o.Add(nil, first)
	o.String("s", "a")
	o.Instant("at", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC))
	o.Marshal("any", math.NaN())
	_, err = o.Close()
	require.Equal(t, first, err)
	for _, put := range []func(*law.Object){
		func(o *law.Object) { o.Instant("at", time.Date(10000, 1, 1, 0, 0, 0, 0, time.UTC)) },
		func(o *law.Object) { o.Instant("at", time.Date(2025, 1, 1, 0, 0, 0, 0, time.FixedZone("", 24*3600))) },
		func(o *law.Object) { o.Marshal("any", math.NaN()) },
	} {
		o = law.OpenObject(nil)
		put(&o)
		_, err = o.Close()
		require.Error(t, err)
	}
}

func FuzzAppend(f *testing.F) {
	for _, s := range []string{
		"", "plain", "\x00\x01\x1f \x7f\"\\/<>&'", "\b\f\n\r\t", "è€😀\u2028\u2029\u2027\ufffd", "\xff", "a\xc3", "\xed\xa0\x80", "\xe2\x80",
	} {
		f.Add(s, int64(0), 0)
	}
	f.Add("x", int64(1751385600_000000001), 7200)
	f.Add("x", int64(-1), -43200)
	f.Fuzz(func(t *testing.T, s string, nano int64, offset int) {
		want, err := json.Marshal(s)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(law.AppendString(nil, s)))

		at := time.Unix(0, nano).In(time.FixedZone("", offset%200000))
		want, err = json.Marshal(at)
		got, failed := law.AppendInstant(nil, at)
		assert.Equal(t, err == nil, failed == nil)
		if err == nil {
			assert.Equal(t, string(want), string(got))
		}
		want, err = json.Marshal(date.Date(nano % 10_000_000))
		require.NoError(t, err)
		assert.Equal(t, string(want), string(law.AppendQuotedDay(nil, date.Date(nano%10_000_000))))
		amount := decimal.New(nano, int32(offset%20))
		want, err = json.Marshal(amount)
		require.NoError(t, err)
		assert.Equal(t, string(want), string(law.AppendAmount(nil, amount)))
	})
}
