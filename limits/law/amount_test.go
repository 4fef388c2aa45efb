package law_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter/gen"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseAmount(t *testing.T) {
	for s, want := range map[string]string{
		"0": "0.000000", "0.00": "0.000000", "1": "1.000000", "007.50": "7.500000", "2018.72": "2018.720000",
		"0.000001": "0.000001", "999999999": "999999999.000000", "999999999.999999": "999999999.999999",
	} {
		a, err := law.ParseAmount(s)
		require.NoError(t, err, s)
		assert.Equal(t, want, a.StringFixed(6), s)
		_, places, _ := strings.Cut(s, ".")
		assert.Equal(t, -len(places), int(a.Exponent()), "%s keeps its decimals", s)
		require.NoError(t, law.CheckAmount(a), s)
	}
	for _, s := range []string{
		"", ".", "1.", ".5", "-1", "+1", "-0", "\u22121", "1e3", "1E-3", "0x10", "1,50", "1.234,56", "1,234.56", "1_000",
		" 1", "1 ", "1\n", "1..2", "1.2.3", "1000000000", "0000000001", "1.0000000", "NaN", "Inf", "１２", "1.５", "٣",
		strings.Repeat("9", 1000), "0." + strings.Repeat("0", 1000), "1e1000000000", "€1",
	} {
		a, err := law.ParseAmount(s)
		assert.Equal(t, law.KindAmount, kind(err), s)
		assert.Zero(t, a, s)
	}
}

func TestCheckAmount(t *testing.T) {
	for _, c := range []struct {
		value int64
		exp   int32
		ok    bool
	}{
		{0, 0, true}, {1, 8, true}, {1, -6, true}, {999999999999999, -6, true},
		{-1, 0, false}, {-1, -6, false}, {1, 9, false}, {1000000000, 0, false}, {1000000000000000, -6, false},
		{1, -7, false}, {10, -7, false}, {0, 9, true}, {0, 10, false}, {1, 10, false}, {1, 2147483647, false}, {1, -2147483648, false},
	} {
		a := decimal.New(c.value, c.exp)
		assert.Equal(t, c.ok, law.CheckAmount(a) == nil, "%de%d", c.value, c.exp)
	}
	require.NoError(t, law.CheckAmount(decimal.Decimal{}))
	huge := decimal.NewFromBigInt(new(big.Int).Lsh(big.NewInt(1), 1<<20), 0)
	assert.Equal(t, law.KindAmount, kind(law.CheckAmount(huge)))
}

func TestCents(t *testing.T) {
	for s, want := range map[string]string{
		"0.004": "0.00", "0.005": "0.01", "2.345": "2.35", "2.344999": "2.34", "2.335": "2.34", "403.744": "403.74",
		"1.005": "1.01", "5": "5.00", "310.385549": "310.39", "-2.345": "-2.35", "-0.001": "0.00",
	} {
		a := decimal.RequireFromString(s)
		assert.Equal(t, want, law.FormatAmount(a), s)
		assert.Equal(t, want, law.Cents(a).StringFixed(2), s)
		assert.GreaterOrEqual(t, law.Cents(a).Exponent(), int32(-2), s)
	}
	// The oracle counts in whole millionths: half a cent or more is a cent.
	lawtest.Property(t, "half up", func(n int64) bool {
		cents := (n + 5000) / 10000
		return law.FormatAmount(decimal.New(n, -6)) == fmt.Sprintf("%d.%02d", cents/100, cents%100)
	}, gen.OneGenOf(gen.Int64Range(0, 30000), gen.Int64Range(0, 999999999999999)))
	lawtest.Property(t, "what is written is read", func(n int64) bool {
		a := decimal.New(n, -2)
		b, err := law.ParseAmount(law.FormatAmount(a))
		return err == nil && a.Equal(b)
	}, gen.Int64Range(0, 99999999999))
}

func TestAnswer(t *testing.T) {
	for a, want := range map[law.Answer][2]string{
		law.Unknown: {"unknown", "null"}, law.No: {"no", "false"}, law.Yes: {"yes", "true"}, 7: {"unknown", "null"},
	} {
		assert.Equal(t, want[0], a.String())
		b, err := json.Marshal(a)
		require.NoError(t, err)
		assert.Equal(t, want[1], string(b))
		if a <= law.Yes {
			back := law.Yes
			require.NoError(t, json.Unmarshal(b, &back))
			assert.Equal(t, a, back)
		}
	}
	assert.Equal(t, law.Yes, law.Is(true))
	assert.Equal(t, law.No, law.Is(false))
	var a law.Answer
	for _, s := range []string{`0`, `1`, `"yes"`, `"true"`, `[]`, `{}`} {
		assert.Equal(t, law.KindJSON, kind(json.Unmarshal([]byte(s), &a)), s)
	}
}

func TestWord(t *testing.T) {
	words := []string{"", "call", "cancel"}
	for v, want := range map[colour]string{0: "", 1: "call", 2: "cancel", 3: "", 255: ""} {
		assert.Equal(t, want, law.Word(v, words...))
	}
	for s, want := range map[string]colour{"call": 1, "cancel": 2} {
		v, err := law.ParseWord[colour](s, words...)
		require.NoError(t, err)
		assert.Equal(t, want, v)
	}
	for _, s := range []string{"", "Call", "call ", "calls", "1"} {
		v, err := law.ParseWord[colour](s, words...)
		assert.Equal(t, &law.InputError{Kind: law.KindValue, Detail: law.OneOf("call", "cancel")}, err, s)
		assert.Zero(t, v)
	}
}
