package law_test

import (
	"encoding/json"
	"math/big"
	"regexp"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func FuzzParseDay(f *testing.F) {
	for _, s := range []string{"2025-07-01", "2024-02-29", "2023-02-29", "1799-12-31", "2200-01-01", "2025-7-1", "", "２０２５-07-01"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		day, err := law.ParseDay(s)
		want, wantErr := time.Parse(time.DateOnly, s)
		if wantErr != nil || want.Year() < 1800 || want.Year() > 2199 {
			assert.Equal(t, law.KindDay, kind(err))
			assert.Zero(t, day)
			return
		}
		require.NoError(t, err)
		assert.Equal(t, date.NewAt(want), day)
		assert.Equal(t, s, law.FormatDay(day))
	})
}

func FuzzParseAmount(f *testing.F) {
	for _, s := range []string{"0", "403.74", "999999999.999999", "1000000000", "1e9", "-1", ".5", "5.", "1,5", "１"} {
		f.Add(s)
	}
	form := regexp.MustCompile(`^[0-9]{1,9}(\.[0-9]{1,6})?$`)
	f.Fuzz(func(t *testing.T, s string) {
		a, err := law.ParseAmount(s)
		if !form.MatchString(s) {
			assert.Equal(t, law.KindAmount, kind(err))
			return
		}
		require.NoError(t, err)
		want, ok := new(big.Rat).SetString(s)
		assert.True(t, ok && want.Cmp(a.Rat()) == 0, "%s read as %s", s, a)
		require.NoError(t, law.CheckAmount(a))
	})
}

// wire is an input both decoders can read: no method hides a field from encoding/json.
type wire struct {
	named
	On     date.Date        `json:"on,omitzero"`
	At     time.Time        `json:"at,omitzero"`
	Pay    decimal.Decimal  `json:"pay,omitzero"`
	Rate   *decimal.Decimal `json:"rate,omitempty"`
	Span   law.Span         `json:"span,omitzero"`
	Period *law.Span        `json:"period,omitempty"`
	Worked law.Days         `json:"worked,omitempty"`
	Month  law.Month        `json:"month,omitzero"`
	Known  law.Answer       `json:"known,omitzero"`
	Colour colour           `json:"colour,omitzero"`
	List   []wire           `json:"list,omitempty"`
	Next   *wire            `json:"next,omitempty"`
	Count  int              `json:"count,omitempty"`
	Flag   *bool            `json:"flag,omitempty"`
}

type named struct {
	Name string `json:"name,omitempty"`
}

// texts are inputs, good and bad, from which the fuzzers set out.
var texts = []string{
	`null`, `{}`, `[]`, `{"on":"2025-07-01","on":null}`, `{"other":1}`, `{"On":"2025-07-01"}`, `{"name":"\ud800<"}`,
	`{"name":"x","on":"2025-07-01","at":"2025-07-01T20:00:00.5+02:00","pay":"012.50","rate":"0.20","count":-12,"flag":false}`,
	`{"span":{"first":"2025-07-01","last":null},"period":{"first":"2025-07-01","last":"2025-07-31"},"month":"2025-07"}`,
	`{"worked":["2025-07-03",{"first":"2025-07-01","last":"2025-07-02"}],"known":true,"colour":"blue"}`,
	`{"list":[{"list":[{}]},{"next":{"next":{"count":2147483648}}}]}`, `{"count":1e3}`, `{"at":"2025-07-01T20:00:00"}`,
	strings.Repeat(`{"next":`, 50) + `{}` + strings.Repeat(`}`, 50), "{\"name\":\"\xff\"}", `{} x`,
	`{"name":"a\u00e9\ud83d\ude00\ud800x\ud800\u0041\"\\\/\b\f\n\r\t","count":-0}`,
	"{\"name\":\"a\x01\"}", "{\"name\":\"\\n\x01\"}", `{"name":"\x"}`, `{"name":"\u12g4"}`,
	` [ 1 , -0.5e+7 , true , false , null , "x" , { } , [ ] ] `,
	`{"at":"2024-02-29T23:59:59.123456789-12:45","list":[{"at":"2025-07-01T20:00:00Z"},{"at":"1800-01-01T00:00:00+23:59"}]}`,
}

func FuzzDecode(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		var v wire
		if err := law.Decode(data, &v); err != nil {
			var in *law.InputError
			require.ErrorAs(t, err, &in)
			assert.True(t, in.Path == "" || in.Path[0] == '/', in.Path)
			assert.Equal(t, wire{}, v)
			return
		}
		text, err := json.Marshal(v)
		require.NoError(t, err)

		var lenient wire
		require.NoError(t, json.Unmarshal(data, &lenient), "encoding/json takes all that Decode takes")
		same, err := json.Marshal(lenient)
		require.NoError(t, err)
		assert.Equal(t, string(text), string(same), "and reads the same")

		var again wire
		require.NoError(t, law.Decode(text, &again), "%s", text)
		same, err = json.Marshal(again)
		require.NoError(t, err)
		assert.Equal(t, string(text), string(same))
	})
}

func FuzzDecodeAsBefore(f *testing.F) {
	for _, s := range texts {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { sameAsBefore(t, data) })
}
