package indemnity_test

import (
	"encoding/json"
	"reflect"
	"testing"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// exported are all types of the package: TestAllTypes holds the list to the source.
var exported = []any{
	indemnity.Terms{}, indemnity.Pay{}, indemnity.PayChange{}, indemnity.Basis(0), indemnity.Month{}, indemnity.Shift{},
	indemnity.Impediment{}, indemnity.Refusal{}, indemnity.Case{}, indemnity.Week{}, indemnity.TopUpCase{},
	indemnity.Statement{}, indemnity.Share{}, indemnity.Line{}, indemnity.LineKind(0), indemnity.Note{}, indemnity.Supplement{},
	indemnity.Unbound{}, indemnity.BelowFloor{}, indemnity.Mispaid{}, indemnity.Unnotified{}, indemnity.Forfeited{},
	indemnity.Refused{}, indemnity.Miscontributed{}, indemnity.BelowParameter{},
}

func TestAllTypes(t *testing.T) {
	var listed []string
	for _, x := range exported {
		listed = append(listed, reflect.TypeOf(x).Name())
	}
	assert.ElementsMatch(t, lawtest.ExportedTypes(t), listed)
}

// TestReadBack writes every type, zero and with every member filled, and wants what is
// read to be written the same. Every member has to change what is written.
func TestReadBack(t *testing.T) {
	for _, zero := range exported {
		typ := reflect.TypeOf(zero)
		t.Run(typ.Name(), func(t *testing.T) {
			full := reflect.New(typ).Elem()
			fill(t, full)
			text := readBack(t, full)
			if typ.Kind() != reflect.Struct {
				return // the zero word is empty; a struct leaves it out
			}
			readBack(t, reflect.New(typ).Elem())
			for i := range typ.NumField() {
				if typ.Field(i).Anonymous {
					continue
				}
				less := reflect.New(typ).Elem()
				less.Set(full)
				less.Field(i).SetZero()
				without, err := json.Marshal(less.Interface())
				require.NoError(t, err)
				assert.NotEqual(t, text, string(without), "%s is not written", typ.Field(i).Name)
			}
		})
	}
}

func readBack(t *testing.T, x reflect.Value) string {
	t.Helper()
	text, err := json.Marshal(x.Interface())
	require.NoError(t, err)
	again := reflect.New(x.Type())
	require.NoError(t, json.Unmarshal(text, again.Interface()), string(text))
	second, err := json.Marshal(again.Elem().Interface())
	require.NoError(t, err)
	assert.Equal(t, string(text), string(second))
	return string(text)
}

// fill gives every member a value of its own.
func fill(t *testing.T, v reflect.Value) {
	t.Helper()
	switch v.Interface().(type) {
	case date.Date:
		v.SetInt(int64(day("2025-07-10")))
		return
	case decimal.Decimal:
		v.Set(reflect.ValueOf(dec("12.34")))
		return
	case law.Euro, indemnity.Share:
		v.Field(0).Set(reflect.ValueOf(dec("56.78")))
		return
	case law.Citation:
		v.Set(reflect.ValueOf(law.Of(law.DLgs81of2015, "16", "1")))
		return
	case law.Month:
		v.Set(reflect.ValueOf(law.Month{Year: 2025, Month: 7}))
		return
	case law.Judgment:
		v.Set(reflect.ValueOf(law.Judge(law.Checks{})))
		return
	}
	if v.Type() == reflect.TypeFor[indemnity.Shift]() {
		v.Set(reflect.ValueOf(indemnity.Shift{
			Day: day("2025-07-10"), Hours: dec("8"), Start: law.RomeMidnight(day("2025-07-10")), End: law.RomeMidnight(day("2025-07-11")),
		}))
		return
	}
	switch v.Kind() {
	case reflect.Struct:
		for i := range v.NumField() {
			fill(t, v.Field(i))
		}
	case reflect.Slice:
		v.Set(reflect.MakeSlice(v.Type(), 1, 1))
		fill(t, v.Index(0))
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		fill(t, v.Elem())
	case reflect.String:
		v.SetString("word")
	case reflect.Bool:
		v.SetBool(true)
	case reflect.Uint8:
		v.SetUint(1)
	case reflect.Int:
		v.SetInt(2)
	default:
		t.Fatalf("nothing to fill a %s with", v.Type())
	}
}

// TestEnums wants every word read back and named in both languages.
func TestEnums(t *testing.T) {
	for _, b := range []indemnity.Basis{indemnity.ByHours, indemnity.ByDays} {
		var again indemnity.Basis
		require.NoError(t, again.UnmarshalText([]byte(b.String())))
		assert.Equal(t, b, again)
		assert.NotEmpty(t, b.Label().EN)
		assert.NotEmpty(t, b.Label().IT)
	}
	assert.Empty(t, indemnity.Basis(0).Label())
	for k := indemnity.LineWaiting; k <= indemnity.LineRestitution; k++ {
		var again indemnity.LineKind
		require.NoError(t, again.UnmarshalText([]byte(k.String())))
		assert.Equal(t, k, again)
		assert.NotEmpty(t, k.Label().EN)
		assert.NotEmpty(t, k.Label().IT)
	}
	var k indemnity.LineKind
	assert.Error(t, k.UnmarshalText([]byte("other")))
}

// TestAnswersReadBack wants the answer to every case file to survive its JSON.
func TestAnswersReadBack(t *testing.T) {
	for _, v := range vectors(t) {
		switch got := answer(v).(type) {
		case indemnity.Statement:
			readBack(t, reflect.ValueOf(got))
		case indemnity.Supplement:
			readBack(t, reflect.ValueOf(got))
		}
	}
}

func vectors(t *testing.T) []lawtest.Vector {
	t.Helper()
	all, err := lawtest.Load(indemnitytest.Vectors())
	require.NoError(t, err)
	return all
}

// answer returns what a case file is answered, or the error.
func answer(v lawtest.Vector) any {
	ask := computeJSON
	if v.Ask == "indemnity.topup" {
		ask = topUpJSON
	}
	out, err := ask(v.In)
	if err != nil {
		return err
	}
	return out
}

// TestPointers resolves every place that a case file's answer names in the type of the
// question.
func TestPointers(t *testing.T) {
	seen := map[string]bool{}
	for _, v := range vectors(t) {
		question := reflect.TypeFor[indemnity.Case]()
		if v.Ask == "indemnity.topup" {
			question = reflect.TypeFor[indemnity.TopUpCase]()
		}
		place := func(p string) {
			seen[p] = true
			assert.True(t, lawtest.Resolves(question, p), "%s: %s is no place in the question", v.Name, p)
			assert.NotEqual(t, p, law.FactName(p).EN, "%s: %s has no name", v.Name, p)
		}
		var checks law.Checks
		switch got := answer(v).(type) {
		case indemnity.Statement:
			checks = got.Checks
		case indemnity.Supplement:
			checks = got.Checks
		case error:
			var in *law.InputError
			require.ErrorAs(t, got, &in, v.Name)
			assert.NotEmpty(t, in.Text().IT)
			if in.Kind != law.KindMember {
				assert.True(t, lawtest.Resolves(question, in.Path), "%s: %s is no place in the question", v.Name, in.Path)
			}
		}
		for _, c := range checks {
			for _, n := range c.Needs {
				place(n)
			}
			if c.Finding != nil && c.Finding.Path != "" {
				place(c.Finding.Path)
			}
		}
	}
	assert.Greater(t, len(seen), 8)
}
