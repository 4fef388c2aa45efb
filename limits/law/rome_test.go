package law_test

import (
	"testing"
	"time"
	_ "time/tzdata" // Europe/Rome, wherever the test runs

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter/gen"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const day24 = 24 * time.Hour

func offset(t time.Time) time.Duration {
	_, s := law.InRome(t).Zone()
	return time.Duration(s) * time.Second
}

func TestRomeChangesItsClock(t *testing.T) {
	for _, c := range []struct{ instant, rome string }{
		{"2025-03-30T00:59:59Z", "2025-03-30T01:59:59+01:00"},
		{"2025-03-30T01:00:00Z", "2025-03-30T03:00:00+02:00"},
		{"2025-10-26T00:59:59Z", "2025-10-26T02:59:59+02:00"},
		{"2025-10-26T01:00:00Z", "2025-10-26T02:00:00+01:00"},
		{"2025-07-22T22:00:00Z", "2025-07-23T00:00:00+02:00"},
		{"2025-07-22T21:59:59Z", "2025-07-22T23:59:59+02:00"},
		{"2024-12-31T23:00:00Z", "2025-01-01T00:00:00+01:00"},
		{"2025-07-11T08:30:00-04:00", "2025-07-11T14:30:00+02:00"},
	} {
		x, err := time.Parse(time.RFC3339, c.instant)
		require.NoError(t, err)
		assert.Equal(t, c.rome, law.InRome(x).Format(time.RFC3339))
		assert.Equal(t, c.rome[:10], law.FormatDay(law.RomeDay(x)))
		assert.True(t, x.Equal(law.InRome(x)))
	}
	for _, c := range []struct{ day, midnight string }{
		{"2025-03-29", "2025-03-29T00:00:00+01:00"},
		{"2025-03-30", "2025-03-30T00:00:00+01:00"},
		{"2025-03-31", "2025-03-31T00:00:00+02:00"},
		{"2025-10-25", "2025-10-25T00:00:00+02:00"},
		{"2025-10-26", "2025-10-26T00:00:00+02:00"},
		{"2025-10-27", "2025-10-27T00:00:00+01:00"},
		{"1969-12-31", "1969-12-31T00:00:00+01:00"},
	} {
		assert.Equal(t, c.midnight, law.RomeMidnight(d(t, c.day)).Format(time.RFC3339))
	}
	for _, day := range []string{"1900-01-01", "1950-06-01", "1969-12-31", "1970-01-01"} {
		assert.Equal(t, d(t, day), law.RomeDay(law.RomeMidnight(d(t, day))), "a day begins with its midnight, before 1970 too")
	}
	assert.Equal(t, 23*time.Hour, law.RomeMidnight(d(t, "2025-03-31")).Sub(law.RomeMidnight(d(t, "2025-03-30"))))
	assert.Equal(t, 25*time.Hour, law.RomeMidnight(d(t, "2025-10-27")).Sub(law.RomeMidnight(d(t, "2025-10-26"))))
}

func TestRomeClock(t *testing.T) {
	for _, c := range []struct {
		day          string
		hour, minute int
		want         string
	}{
		{"2025-07-23", 20, 0, "2025-07-23T20:00:00+02:00"},
		{"2025-01-23", 0, 0, "2025-01-23T00:00:00+01:00"},
		{"2025-03-30", 1, 59, "2025-03-30T01:59:00+01:00"},
		{"2025-03-30", 3, 0, "2025-03-30T03:00:00+02:00"},
		{"2025-10-26", 1, 59, "2025-10-26T01:59:00+02:00"},
		{"2025-10-26", 2, 0, "2025-10-26T02:00:00+02:00"}, // the first of two
		{"2025-10-26", 2, 59, "2025-10-26T02:59:00+02:00"},
		{"2025-10-26", 3, 0, "2025-10-26T03:00:00+01:00"},
	} {
		got, err := law.RomeClock(d(t, c.day), c.hour, c.minute)
		require.NoError(t, err)
		assert.Equal(t, c.want, got.Format(time.RFC3339))
	}
	for _, c := range []struct {
		day          date.Date
		hour, minute int
	}{
		{d(t, "2025-03-30"), 2, 0}, {d(t, "2025-03-30"), 2, 59}, {0, 12, 0},
		{d(t, "2025-07-23"), 24, 0}, {d(t, "2025-07-23"), -1, 0}, {d(t, "2025-07-23"), 1, 60}, {d(t, "2025-07-23"), 1, -1},
	} {
		_, err := law.RomeClock(c.day, c.hour, c.minute)
		assert.Equal(t, law.KindInstant, kind(err), c)
	}
	lawtest.Property(t, "shows what the clock showed", func(x date.Date, minutes int) bool {
		at := law.InRome(law.RomeMidnight(x).Add(time.Duration(minutes) * time.Minute))
		got, err := law.RomeClock(law.RomeDay(at), at.Hour(), at.Minute())
		back := law.InRome(at.Add(-time.Hour))
		twice := back.Hour() == at.Hour()
		return err == nil && (got.Equal(at) && !twice || got.Equal(back) && twice)
	}, lawtest.Day(date.New(2012, 1, 1), date.New(2040, 12, 31)), gen.IntRange(0, 24*60-1))
}

// TestRomeByTheSundays compares every day and every change of the clock of 1980 to
// 2099 with the oracle that lists the Sundays.
func TestRomeByTheSundays(t *testing.T) {
	changes := 0
	for x := date.New(1980, 1, 1); x <= date.New(2099, 12, 31); x++ {
		utc := x.MidnightUTC()
		midnight := utc.Add(-time.Hour)
		if summer := utc.Add(-2 * time.Hour); lawtest.SlowRomeOffset(summer) == 2*time.Hour {
			midnight = summer
		}
		if got := law.RomeMidnight(x); !got.Equal(midnight) || offset(got) != lawtest.SlowRomeOffset(midnight) {
			t.Fatalf("%v begins at %v, not %v", x, midnight, got)
		}
		if law.RomeDay(midnight) != x || law.RomeDay(midnight.Add(-time.Nanosecond)) != x-1 {
			t.Fatalf("the instant %v does not begin %v", midnight, x)
		}
		at, before := utc.Add(time.Hour), utc.Add(time.Hour-time.Second)
		if offset(at) != lawtest.SlowRomeOffset(at) || offset(before) != lawtest.SlowRomeOffset(before) {
			t.Fatalf("offsets about %v: %v, %v", at, offset(before), offset(at))
		}
		if offset(at) != offset(before) {
			changes++
		}
	}
	assert.Equal(t, 2*120, changes)
	lawtest.Property(t, "any second", func(s int64) bool {
		x := time.Unix(s, 0)
		return offset(x) == lawtest.SlowRomeOffset(x) && law.InRome(x).Equal(x) &&
			law.FormatDay(law.RomeDay(x)) == x.UTC().Add(lawtest.SlowRomeOffset(x)).Format(time.DateOnly)
	}, gen.Int64Range(date.New(1900, 1, 1).MidnightUTC().Unix(), date.New(2199, 12, 31).MidnightUTC().Unix()))
}

// TestRomeByTheTimeZoneFile compares with the IANA data for the years in which the
// rule of the Union was law.
func TestRomeByTheTimeZoneFile(t *testing.T) {
	rome, err := time.LoadLocation("Europe/Rome")
	require.NoError(t, err)
	for x := date.New(1997, 1, 1); x <= date.New(2037, 12, 31); x++ {
		y, m, day := x.Date()
		midnight := time.Date(y, m, day, 0, 0, 0, 0, rome)
		if got := law.RomeMidnight(x); !got.Equal(midnight) {
			t.Fatalf("%v begins at %v, not %v", x, midnight, got)
		}
		for at := midnight; at.Before(midnight.Add(day24)); at = at.Add(30 * time.Minute) {
			if law.InRome(at).Format(time.RFC3339) != at.Format(time.RFC3339) {
				t.Fatalf("%v, not %v", at, law.InRome(at))
			}
		}
	}
}
