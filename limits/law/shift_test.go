package law_test

import (
	"encoding/json"
	"fmt"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func at(t *testing.T, s string) time.Time {
	t.Helper()
	i, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return i
}

func TestShift(t *testing.T) {
	for _, c := range []struct {
		start, end, hours string
		first, last       string
		worked            string
	}{
		{"2026-03-06T18:00:00+01:00", "2026-03-06T23:00:00+01:00", "0", "2026-03-06", "2026-03-06", "5"},
		{"2026-03-06T18:00:00+01:00", "2026-03-07T00:00:00+01:00", "0", "2026-03-06", "2026-03-06", "6"},
		{"2026-03-06T18:00:00+01:00", "2026-03-07T00:00:01+01:00", "0", "2026-03-06", "2026-03-07", "6.000278"},
		{"2026-03-06T18:00:00+01:00", "2026-03-07T02:30:00+01:00", "8", "2026-03-06", "2026-03-07", "8"},
		{"2026-03-06T18:00:00+01:00", "", "6", "2026-03-06", "2026-03-06", "6"},
		{"2026-03-06T18:00:00+01:00", "", "6.5", "2026-03-06", "2026-03-07", "6.5"},
		{"2026-03-06T18:00:00+01:00", "", "0", "2026-03-06", "2026-03-06", "0"},
		{"2026-03-06T23:30:00Z", "2026-03-07T03:00:00Z", "0", "2026-03-07", "2026-03-07", "3.5"},
		{"2026-03-28T22:00:00+01:00", "2026-03-29T06:00:00+02:00", "0", "2026-03-28", "2026-03-29", "7"}, // the clocks go forward
		{"2026-10-24T22:00:00+02:00", "2026-10-25T06:00:00+01:00", "0", "2026-10-24", "2026-10-25", "9"},
	} {
		s := law.Shift{Start: at(t, c.start), Hours: decimal.RequireFromString(c.hours)}
		if c.end != "" {
			s.End = at(t, c.end)
		}
		require.NoError(t, s.Validate(), c)
		assert.Equal(t, c.first, law.FormatDay(s.Day()), c)
		assert.Equal(t, c.last, law.FormatDay(s.LastDay()), c)
		assert.Equal(t, c.first != c.last, s.CrossesMidnight(), c)
		assert.Equal(t, c.worked, s.Worked().String(), c)

		b, err := json.Marshal(s)
		require.NoError(t, err)
		var same law.Shift
		require.NoError(t, json.Unmarshal(b, &same))
		assert.Equal(t, s.Day(), same.Day())
		again, err := json.Marshal(same)
		require.NoError(t, err)
		assert.JSONEq(t, string(b), string(again))
	}
}

func TestShiftErrors(t *testing.T) {
	start := at(t, "2026-03-06T18:00:00+01:00")
	for want, s := range map[string]law.Shift{
		"/start missing": {},
		"/end span":      {Start: start, End: start},
		"/end value":     {Start: start, End: start.Add(24*time.Hour + 1)},
		"/hours value":   {Start: start, End: start.Add(time.Hour), Hours: decimal.RequireFromString("1.000001")},
		"/hours value ":  {Start: start, Hours: decimal.RequireFromString("24.5")},
		"/hours amount":  {Start: start, Hours: decimal.NewFromInt(-1)},
	} {
		list := law.AllErrors(s.Validate())
		require.Len(t, list, 1, want)
		assert.Contains(t, want, list[0].Path+" "+string(list[0].Kind))
		assert.NotEmpty(t, list[0].Text().IT)
	}
	require.NoError(t, law.Shift{Start: start, End: start.Add(24 * time.Hour), Hours: decimal.NewFromInt(24)}.Validate())
	var s law.Shift
	require.Error(t, json.Unmarshal([]byte(`{"start":"2026-03-06"}`), &s))
}

// The end of a shift lies on its last day, and its days follow one another.
func TestShiftDays(t *testing.T) {
	lawtest.Property(t, "a shift has one day or two", func(d date.Date) bool {
		for h := 1; h <= 24; h++ {
			s := law.Shift{Start: law.RomeMidnight(d).Add(17 * time.Hour), Hours: decimal.NewFromInt(int64(h))}
			worked, across := law.DaysWorked([]law.Shift{s, {}, s})
			if n := s.LastDay() - s.Day(); n < 0 || n > 1 || s.CrossesMidnight() != (n == 1) || len(worked) != 2 || (len(across) == 2) != (n == 1) {
				return false
			}
			if law.RomeDay(s.Ends().Add(-1)) != s.LastDay() {
				return false
			}
		}
		return true
	}, lawtest.Day(date.New(2013, 1, 1), date.New(2040, 12, 31)))
}

func ExampleShift() {
	start, _ := law.RomeClock(date.New(2026, 3, 6), 20, 0)
	s := law.Shift{Start: start, Hours: decimal.NewFromInt(6)}
	fmt.Println(s.Day(), s.LastDay(), s.CrossesMidnight(), s.Worked())
	worked, across := law.DaysWorked([]law.Shift{s})
	fmt.Println(len(worked), len(across))
	// Output:
	// 2026-03-06 2026-03-07 true 6
	// 1 1
}
