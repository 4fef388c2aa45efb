package law_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// colour is an enumeration as the rule packages write them.
type colour uint8

const (
	red colour = iota + 1
	blue
)

func (c colour) String() string               { return law.Word(c, "", "red", "blue") }
func (c colour) MarshalText() ([]byte, error) { return []byte(c.String()), nil }
func (c *colour) UnmarshalText(b []byte) (err error) {
	*c, err = law.ParseWord[colour](string(b), "", "red", "blue")
	return err
}

// picky is a type of another package: its errors are not ours, and repeat the value.
type picky string

func (p *picky) UnmarshalText(b []byte) error {
	if string(b) != "ok" {
		return errors.New("no good: " + string(b))
	}
	*p = "ok"
	return nil
}

// set is a type that stands for a list of days.
type set struct{ days map[date.Date]bool }

func (s *set) SetDays(l law.Days) {
	s.days = map[date.Date]bool{}
	for x := range l.All() {
		s.days[x] = true
	}
}

type base struct {
	Name string `json:"name,omitempty"`
	Who  law.Answer
}

// lost is embedded by a pointer, which is not followed.
type lost struct {
	Gone int `json:"gone,omitempty"`
}

// inner has an UnmarshalJSON that must not be called: its paths would be lost.
type inner struct {
	On    date.Date  `json:"on,omitzero"`
	Known law.Answer `json:"known,omitzero"`
}

func (*inner) UnmarshalJSON([]byte) error { return errors.New("called") }

// input has one field of each kind that can be read.
type input struct {
	base
	*lost
	On       date.Date        `json:"on,omitzero"`
	At       time.Time        `json:"at,omitzero"`
	Pay      decimal.Decimal  `json:"pay,omitzero"`
	Rate     *decimal.Decimal `json:"rate,omitempty"`
	Span     law.Span         `json:"span,omitzero"`
	Period   *law.Span        `json:"period,omitempty"`
	Worked   law.Days         `json:"worked,omitempty"`
	Month    law.Month        `json:"month,omitzero"`
	Later    *law.Month       `json:"later,omitempty"`
	Known    law.Answer       `json:"known,omitzero"`
	Colour   colour           `json:"colour,omitzero"`
	Colours  []colour         `json:"colours,omitempty"`
	Picky    picky            `json:"picky,omitempty"`
	Inner    inner            `json:"inner,omitzero"`
	Pointer  *inner           `json:"pointer,omitempty"`
	List     []inner          `json:"list,omitempty"`
	Names    []string         `json:"names,omitempty"`
	Count    int              `json:"count,omitempty"`
	Flag     bool             `json:"flag,omitempty"`
	MaybeInt *int             `json:"maybe_int,omitempty"`
	Step2    int              `json:"step_2,omitempty"`
	Set      set              `json:"set,omitzero"`
	Untagged string
	Loose    struct {
		Deep int `json:"deep"`
	}
	Hidden   string         `json:"-"`
	Table    map[string]int `json:"table,omitempty"`
	Anything any            `json:"anything,omitempty"`
	Real     float64        `json:"real,omitempty"`
}

func TestDecode(t *testing.T) {
	const text = ` {"name":"x","on":"2025-07-01","at":"2025-07-01T20:00:00+02:00","pay":"12.50","rate":"0.2",
		"span":{"first":"2025-07-01","last":null},"period":{"first":"2025-07-01","last":"2025-07-01"},
		"worked":["2025-07-03",{"first":"2025-07-01","last":"2025-07-02"}],"month":"2025-07","later":"2025-08",
		"known":false,"colour":"blue","colours":["red","blue"],"picky":"ok","inner":{"on":"2025-07-02","known":true},
		"pointer":{},"list":[{"on":"2025-07-03"},{}],"names":["a",""],"count":-12,"flag":true,"maybe_int":0,"step_2":2,
		"set":["2025-07-09"]} `
	day := date.New(2025, 7, 1)
	zero, rate := 0, decimal.RequireFromString("0.2")
	want := input{
		base: base{Name: "x"}, On: day, At: time.Date(2025, 7, 1, 18, 0, 0, 0, time.UTC).In(time.FixedZone("", 7200)),
		Pay: decimal.RequireFromString("12.50"), Rate: &rate, Span: law.Span{First: day},
		Period: &law.Span{First: day, Last: day}, Worked: law.Days{law.OneDay(day + 2), {First: day, Last: day + 1}},
		Month: law.Month{Year: 2025, Month: time.July}, Later: &law.Month{Year: 2025, Month: time.August},
		Known: law.No, Colour: blue, Colours: []colour{red, blue}, Picky: "ok", Inner: inner{On: day + 1, Known: law.Yes},
		Pointer: &inner{}, List: []inner{{On: day + 2}, {}}, Names: []string{"a", ""}, Count: -12, Flag: true,
		MaybeInt: &zero, Step2: 2, Set: set{map[date.Date]bool{day + 8: true}},
	}
	var got input
	require.NoError(t, law.Decode([]byte(text), &got))
	assert.True(t, want.Pay.Equal(got.Pay) && want.Rate.Equal(*got.Rate))
	assert.Equal(t, int32(-2), got.Pay.Exponent())
	got.Pay, got.Rate, want.Pay, want.Rate = decimal.Zero, nil, decimal.Zero, nil
	assert.Equal(t, want, got)

	// What is absent or null is zero, whatever was there before.
	for _, s := range []string{`{}`, `null`, `{"on":null,"at":null,"pay":null,"rate":null,"span":null,"period":null,"worked":null,` +
		`"month":null,"known":null,"colour":null,"colours":null,"picky":null,"inner":null,"pointer":null,"list":null,"names":null,` +
		`"count":null,"flag":null,"maybe_int":null,"set":null,"table":null,"name":null}`} {
		old := want
		require.NoError(t, law.Decode([]byte(s), &old), s)
		assert.Equal(t, input{}, old, s)
	}
	// Empty lists are not absent ones.
	require.NoError(t, law.Decode([]byte(`{"worked":[],"list":[],"names":[]}`), &got))
	assert.Equal(t, input{Worked: law.Days{}, List: []inner{}, Names: []string{}}, got)

	// Other things than structs.
	var days law.Days
	require.NoError(t, json.Unmarshal([]byte(`["2025-07-01",{"first":"2025-07-03","last":"2025-07-05"}]`), &days))
	assert.Equal(t, law.Days{law.OneDay(day), {First: day + 2, Last: day + 4}}, days)
	assert.Equal(t, &law.InputError{Kind: law.KindDay, Path: "/1"}, json.Unmarshal([]byte(`["2025-07-01","2025-02-30"]`), &days))
	var list []input
	assert.Equal(t, &law.InputError{Kind: law.KindDay, Path: "/1/list/0/on"}, law.Decode([]byte(`[{},{"list":[{"on":"x"}]}]`), &list))
	assert.Nil(t, list)
}

// TestDecodeKeepsTheOffset: the instant never takes the machine's zone, even where
// the offset is the same.
func TestDecodeKeepsTheOffset(t *testing.T) {
	for _, s := range []string{
		"1800-01-01T00:00:00Z", "2199-12-31T23:59:59Z",
		"2025-07-01T20:00:00+02:00", "2025-07-01T20:00:00Z", "2025-07-01T20:00:00-03:30", "2025-07-01T20:00:00.123456789+00:00",
	} {
		var in input
		require.NoError(t, law.Decode([]byte(`{"at":"`+s+`"}`), &in))
		assert.Empty(t, in.At.Location().String(), s)
		assert.Equal(t, strings.Replace(s, "+00:00", "Z", 1), in.At.Format(time.RFC3339Nano))
	}
}

func TestDecodeRefuses(t *testing.T) {
	const notJSON, notObject = "not a JSON value", "not an object"
	for _, c := range []struct {
		text   string
		kind   law.Kind
		path   string
		detail string
	}{
		// Not JSON.
		{``, law.KindJSON, "", notJSON},
		{` `, law.KindJSON, "", notJSON},
		{`{`, law.KindJSON, "", notJSON},
		{`{"count":1,}`, law.KindJSON, "", notJSON},
		{`{"count":01}`, law.KindJSON, "", notJSON},
		{`{count:1}`, law.KindJSON, "", notJSON},
		{`{'count':1}`, law.KindJSON, "", notJSON},
		{`{} {}`, law.KindJSON, "", notJSON},
		{`{}x`, law.KindJSON, "", notJSON},
		{`{"count":NaN}`, law.KindJSON, "", notJSON},
		{"{\"name\":\"\xff\"}", law.KindJSON, "", notJSON},
		{"{\"\xc3\x28\":1}", law.KindJSON, "", notJSON},
		{"\xef\xbb\xbf{}", law.KindJSON, "", notJSON},
		{`{"list":` + strings.Repeat("[", 20000) + strings.Repeat("]", 20000) + `}`, law.KindJSON, "", notJSON},

		// Members.
		{`{"other":1}`, law.KindMember, "/other", ""},
		{`{"On":"2025-07-01"}`, law.KindMember, "/On", ""},
		{`{"":1}`, law.KindMember, "/", ""},
		{`{"-":"x"}`, law.KindMember, "/-", ""},
		{`{"Hidden":"x"}`, law.KindMember, "/Hidden", ""},
		{`{"Untagged":"x"}`, law.KindMember, "/Untagged", ""},
		{`{"Who":true}`, law.KindMember, "/Who", ""},
		{`{"base":{}}`, law.KindMember, "/base", ""},
		{`{"deep":1}`, law.KindMember, "/deep", ""},
		{`{"gone":1}`, law.KindMember, "/gone", ""},
		{`{"count":1,"count":1}`, law.KindMember, "/count", ""},
		{`{"count":null,"count":1}`, law.KindMember, "/count", ""},
		{`{"name":"x","name":"x"}`, law.KindMember, "/name", ""},
		{`{"\u0063ount":1,"count":1}`, law.KindMember, "/count", ""},
		{`{"inner":{"onn":1}}`, law.KindMember, "/inner/onn", ""},
		{`{"list":[{},{"on":null,"on":null}]}`, law.KindMember, "/list/1/on", ""},
		{`{"span":{"first":"2025-07-01","end":"2025-07-02"}}`, law.KindMember, "/span/end", ""},
		// A name that does not look like a member's is not repeated.
		{`{"RSSMRA80A01H501U":[]}`, law.KindMember, "", ""},
		{`{"inner":{"RSSMRA80A01H501U":[]}}`, law.KindMember, "/inner", ""},
		{`{"inner":{"` + strings.Repeat("x", 40) + `":1}}`, law.KindMember, "/inner/" + strings.Repeat("x", 40), ""},
		{`{"inner":{"` + strings.Repeat("x", 41) + `":1}}`, law.KindMember, "/inner", ""},
		{`{"a/b":1}`, law.KindMember, "", ""},
		{`{"Mario Rossi":1}`, law.KindMember, "", ""},

		// Types.
		{`[]`, law.KindJSON, "", notObject},
		{`1`, law.KindJSON, "", notObject},
		{`"x"`, law.KindJSON, "", notObject},
		{`{"inner":[]}`, law.KindJSON, "/inner", notObject},
		{`{"pointer":1}`, law.KindJSON, "/pointer", notObject},
		{`{"name":1}`, law.KindJSON, "/name", "not a string"},
		{`{"name":{}}`, law.KindJSON, "/name", "not a string"},
		{`{"names":"a"}`, law.KindJSON, "/names", "not a list"},
		{`{"names":{}}`, law.KindJSON, "/names", "not a list"},
		{`{"names":["a",null]}`, law.KindJSON, "/names/1", "not an element"},
		{`{"names":["a",1]}`, law.KindJSON, "/names/1", "not a string"},
		{`{"list":[{},1]}`, law.KindJSON, "/list/1", notObject},
		{`{"list":[{"on":1}]}`, law.KindJSON, "/list/0/on", "not a day"},
		{`{"flag":1}`, law.KindJSON, "/flag", "not true or false"},
		{`{"flag":"true"}`, law.KindJSON, "/flag", "not true or false"},
		{`{"known":"yes"}`, law.KindJSON, "/known", "not true or false"},
		{`{"known":0}`, law.KindJSON, "/known", "not true or false"},
		{`{"on":20250701}`, law.KindJSON, "/on", "not a day"},
		{`{"pay":12.5}`, law.KindJSON, "/pay", "not a decimal in a string"},
		{`{"at":1720000000}`, law.KindJSON, "/at", "not an instant"},
		{`{"colour":1}`, law.KindJSON, "/colour", "not a string"},
		{`{"span":"2025-07-01"}`, law.KindJSON, "/span", notObject},
		{`{"table":{"a":1}}`, law.KindJSON, "/table", "not a value that can be read"},
		{`{"anything":1}`, law.KindJSON, "/anything", "not a value that can be read"},
		{`{"real":1}`, law.KindJSON, "/real", "not a value that can be read"},
		{`{"count":"1"}`, law.KindJSON, "/count", "not a whole number"},
		{`{"count":1.0}`, law.KindJSON, "/count", "not a whole number"},
		{`{"count":1e2}`, law.KindJSON, "/count", "not a whole number"},
		{`{"count":2147483648}`, law.KindJSON, "/count", "not a whole number"},
		{`{"count":-2147483649}`, law.KindJSON, "/count", "not a whole number"},
		{`{"count":1e999999999}`, law.KindJSON, "/count", "not a whole number"},
		{`{"count":` + strings.Repeat("9", 5000) + `}`, law.KindJSON, "/count", "not a whole number"},
		{`{"maybe_int":true}`, law.KindJSON, "/maybe_int", "not a whole number"},

		// Values.
		{`{"on":""}`, law.KindDay, "/on", ""},
		{`{"on":"2025-02-30"}`, law.KindDay, "/on", ""},
		{`{"on":"2025-07-01T00:00:00Z"}`, law.KindDay, "/on", ""},
		{`{"pointer":{"on":"2025-13-01"}}`, law.KindDay, "/pointer/on", ""},
		{`{"pay":"1e9"}`, law.KindAmount, "/pay", ""},
		{`{"rate":"-0.2"}`, law.KindAmount, "/rate", ""},
		{`{"pay":""}`, law.KindAmount, "/pay", ""},
		{`{"at":"2025-07-01T20:00:00"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01 20:00:00Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01t20:00:00z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T24:00:00Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T23:59:60Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00,5Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T8:00:00Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00+2:00"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00+0200"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00+02"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00+02:60"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00.1234567890Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-07-01T20:00:00+24:00"}`, law.KindInstant, "/at", ""},
		{`{"at":"2025-02-29T20:00:00Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"1799-12-31T23:59:59Z"}`, law.KindInstant, "/at", ""},
		{`{"at":"2200-01-01T00:00:00Z"}`, law.KindInstant, "/at", ""},
		{`{"month":"2025-13"}`, law.KindValue, "/month", "not a month written YYYY-MM"},
		{`{"later":"2025"}`, law.KindValue, "/later", "not a month written YYYY-MM"},
		{`{"colour":"Red"}`, law.KindValue, "/colour", "not one of: red blue"},
		{`{"colours":["red",""]}`, law.KindValue, "/colours/1", "not one of: red blue"},
		{`{"picky":"secret"}`, law.KindValue, "/picky", ""},

		// Spans and lists of days.
		{`{"span":{}}`, law.KindMissing, "/span/first", ""},
		{`{"span":{"first":null,"last":"2025-07-01"}}`, law.KindMissing, "/span/first", ""},
		{`{"period":{"first":"2025-07-02","last":"2025-07-01"}}`, law.KindSpan, "/period", ""},
		{`{"span":{"first":"2025-02-29"}}`, law.KindDay, "/span/first", ""},
		{`{"worked":"2025-07-01"}`, law.KindJSON, "/worked", "not a list"},
		{`{"worked":["2025-07-01",null]}`, law.KindJSON, "/worked/1", "not a day or a span"},
		{`{"worked":[20250701]}`, law.KindJSON, "/worked/0", "not a day or a span"},
		{`{"worked":[["2025-07-01"]]}`, law.KindJSON, "/worked/0", notObject},
		{`{"worked":["2025-07-01","2025-07-32"]}`, law.KindDay, "/worked/1", ""},
		{`{"worked":[{"first":"2025-07-01"}]}`, law.KindMissing, "/worked/0/last", ""},
		{`{"worked":[{"last":"2025-07-01"}]}`, law.KindMissing, "/worked/0/first", ""},
		{`{"worked":[{"first":"2025-07-02","last":"2025-07-01"}]}`, law.KindSpan, "/worked/0", ""},
		{`{"worked":[{"first":"2025-07-02","last":"x"}]}`, law.KindDay, "/worked/0/last", ""},
		{`{"set":["2025-07-01","x"]}`, law.KindDay, "/set/1", ""},
		{`{"set":{}}`, law.KindJSON, "/set", "not a list"},
	} {
		name := c.text[:min(len(c.text), 60)]
		in := input{Flag: true}
		err := law.Decode([]byte(c.text), &in)
		var bad *law.InputError
		require.ErrorAs(t, err, &bad, name)
		assert.Equal(t, c.kind, bad.Kind, name)
		assert.Equal(t, c.path, bad.Path, name)
		assert.Equal(t, c.detail, bad.Detail.EN, name)
		assert.Equal(t, c.detail == "", bad.Detail.IT == "", name)
		assert.Equal(t, input{}, in, "%s: nothing is left behind", name)
		assert.NotContains(t, fmt.Sprint(err), "secret")
		assert.NotContains(t, fmt.Sprint(err), "RSSMRA")
	}
}

// TestDecodeSupports is here to fail when a field is added to input that the table
// of refusals and TestDecode do not read.
func TestDecodeSupports(t *testing.T) {
	unread := []string{"Untagged", "Loose", "Hidden", "Table", "Anything", "Real"}
	var in input
	for i := range reflect.TypeOf(in).NumField() {
		f := reflect.TypeOf(in).Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		if f.Anonymous || slices.Contains(unread, f.Name) {
			continue
		}
		require.NoError(t, law.Decode([]byte(`{"`+tag+`":null}`), &in), f.Name)
	}
}
