package indemnity_test

import (
	"encoding/json"
	"testing"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func seed(f *testing.F, ask string) {
	f.Helper()
	all, err := lawtest.Load(indemnitytest.Vectors())
	require.NoError(f, err)
	for _, v := range all {
		if v.Ask == ask {
			f.Add([]byte(v.In))
		}
	}
}

// FuzzCase reads any bytes: an answer that adds up, or an InputError.
func FuzzCase(f *testing.F) {
	seed(f, "indemnity.compute")
	f.Fuzz(func(t *testing.T, in []byte) {
		var bad *law.InputError
		var c indemnity.Case
		if err := json.Unmarshal(in, &c); err != nil {
			if json.Valid(in) {
				require.ErrorAs(t, err, &bad)
			}
			assert.Equal(t, indemnity.Case{}, c)
			return
		}
		s, err := indemnity.Compute(c)
		if err != nil {
			require.ErrorAs(t, err, &bad)
			return
		}
		lawtest.Complete(t, indemnity.Rules(), s.Checks)
		sum := decimal.Decimal{}
		for _, l := range s.Lines {
			assert.False(t, l.Amount.IsNegative())
			assert.True(t, l.Exact().Round(2).Equal(l.Amount.Decimal), "%s of %s", l.Amount, l.Exact())
			if l.Kind == indemnity.LineWaiting {
				sum = sum.Add(l.Amount.Decimal)
			}
		}
		assert.True(t, sum.Equal(s.Due.Decimal), "%s of %s", s.Due, sum)
		_, err = json.Marshal(s)
		require.NoError(t, err)
	})
}

// FuzzTopUp reads any bytes: an answer within the parameter, or an InputError.
func FuzzTopUp(f *testing.F) {
	seed(f, "indemnity.topup")
	f.Fuzz(func(t *testing.T, in []byte) {
		var bad *law.InputError
		var c indemnity.TopUpCase
		if err := json.Unmarshal(in, &c); err != nil {
			if json.Valid(in) {
				require.ErrorAs(t, err, &bad)
			}
			assert.Equal(t, indemnity.TopUpCase{}, c)
			return
		}
		s, err := indemnity.TopUp(c)
		if err != nil {
			require.ErrorAs(t, err, &bad)
			return
		}
		if s.Parameter != nil {
			assert.False(t, s.Difference.IsNegative())
			assert.LessOrEqual(t, s.Difference.Cmp(s.Parameter.Decimal), 0)
		}
		_, err = json.Marshal(s)
		require.NoError(t, err)
	})
}
