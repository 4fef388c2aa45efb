package law_test

import (
	"errors"
	"fmt"
	"math"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// d reads a day that is known to exist.
func d(t *testing.T, s string) date.Date {
	t.Helper()
	x, err := law.ParseDay(s)
	require.NoError(t, err, s)
	return x
}

// kind returns the kind of an [law.InputError], "" of anything else.
func kind(err error) law.Kind {
	var in *law.InputError
	if !errors.As(err, &in) {
		return ""
	}
	return in.Kind
}

func TestParseDay(t *testing.T) {
	for _, s := range []string{
		"1800-01-01", "2199-12-31", "2024-02-29", "2000-02-29", "2023-02-28", "1900-02-28",
		"2025-04-30", "2025-01-31", "2025-12-31",
	} {
		day, err := law.ParseDay(s)
		require.NoError(t, err, s)
		assert.Equal(t, s, law.FormatDay(day))
		assert.Equal(t, s, day.String())
	}
	for _, s := range []string{
		"", " ", "2025", "2025-07", "2025-07-2", "2025-7-02", "25-07-02", "2025-07-020", "02025-07-02",
		"2025/07/02", "2025-07/02", "02-07-2025", "20250702", "2025-07-02T00:00:00Z", "2025-07-02 ", " 2025-07-02",
		"+025-07-02", "-025-07-02", "2025--7-02", "2025-+7-02", "2025-07-+2", "2025-07- 2",
		"2025-00-10", "2025-13-10", "2025-01-00", "2025-01-32", "2025-04-31", "2025-06-31", "2025-09-31", "2025-11-31",
		"2023-02-29", "2023-02-30", "2024-02-30", "1900-02-29", "2100-02-29", "2023-99-99", "2023-366",
		"1799-12-31", "2200-01-01", "0000-01-01", "9999-12-31",
		"2025-0:-01", "2025-01-0:", "202:-01-01", "20:0-01-01", "2025-0/-01", "2025-01-1/",
		"２０２５-07-02", "2025‐07‐02", "٢٠٢٥-07-02", "2025-0七-02", "2025\u200b-7-02", "oggi", "0x1f-07-02",
	} {
		day, err := law.ParseDay(s)
		assert.Equal(t, law.KindDay, kind(err), s)
		assert.Zero(t, day, s)
	}
}

func TestFormatDay(t *testing.T) {
	assert.Empty(t, law.FormatDay(0))
	assert.Equal(t, "0987-06-05", law.FormatDay(date.New(987, 6, 5)))
	assert.Equal(t, "on 2025-07-01", string(law.AppendDay([]byte("on "), date.New(2025, 7, 1))))
}

// TestEveryDay reads and writes every day the library knows.
func TestEveryDay(t *testing.T) {
	first, last := date.New(1800, 1, 1), date.New(2199, 12, 31)
	for x := first; x <= last; x++ {
		s := time.Unix(0, 0).UTC().AddDate(0, 0, int(x-date.New(1970, 1, 1))).Format(time.DateOnly)
		day, err := law.ParseDay(s)
		if err != nil || day != x || law.FormatDay(x) != s {
			t.Fatalf("%s: read %d (%v), written %s", s, int(day), err, law.FormatDay(x))
		}
	}
}

// TestAnniversaryOfEveryDay: four centuries of days, and those around the year 1, are
// those of the calendar.
func TestAnniversaryOfEveryDay(t *testing.T) {
	for _, span := range []law.Span{
		{First: date.New(1799, time.January, 1), Last: date.New(2200, time.December, 31)},
		{First: date.New(-4, time.January, 1), Last: date.New(5, time.December, 31)},
	} {
		for x := span.First; x <= span.Last; x++ {
			for _, n := range []int{-3, 0, 1, 25} {
				y, m, day := x.Date()
				want := date.New(y+n, m, day) // 1 March where there is no 29 February
				if got := law.Anniversary(x, n, law.NextMonth); got != want {
					t.Fatal(x, n, got, want)
				}
				if _, after, _ := want.Date(); after != m {
					want--
				}
				if got := law.Anniversary(x, n, law.LastOfMonth); got != want {
					t.Fatal(x, n, got, want)
				}
			}
		}
	}
}

func TestAnniversary(t *testing.T) {
	for _, c := range []struct {
		from  string
		years int
		last  string // last of month
		next  string // next month
	}{
		{"2000-02-29", 25, "2025-02-28", "2025-03-01"}, // the 25th birthday of a leap day
		{"2000-02-29", 24, "2024-02-29", "2024-02-29"},
		{"1972-02-29", 55, "2027-02-28", "2027-03-01"},
		{"2000-02-28", 25, "2025-02-28", "2025-02-28"},
		{"2000-03-01", 25, "2025-03-01", "2025-03-01"},
		{"2072-02-29", 28, "2100-02-28", "2100-03-01"}, // 2100 is a common year
		{"2000-02-29", 0, "2000-02-29", "2000-02-29"},
		{"2025-07-23", -3, "2022-07-23", "2022-07-23"}, // the rulebook's three-year windows
		{"2024-02-29", -3, "2021-02-28", "2021-03-01"},
		{"2027-02-28", -3, "2024-02-28", "2024-02-28"},
		{"2027-03-01", -3, "2024-03-01", "2024-03-01"},
		{"2025-12-31", 1, "2026-12-31", "2026-12-31"},
	} {
		assert.Equal(t, d(t, c.last), law.Anniversary(d(t, c.from), c.years, law.LastOfMonth), c)
		assert.Equal(t, d(t, c.next), law.Anniversary(d(t, c.from), c.years, law.NextMonth), c)
	}
	days, years := lawtest.Day(date.New(1850, 1, 1), date.New(2150, 12, 31)), gen.IntRange(-60, 60)
	lawtest.Property(t, "as the calendar says", func(x date.Date, n int) bool {
		return law.Anniversary(x, n, law.LastOfMonth) == lawtest.SlowAnniversary(x, n, law.LastOfMonth) &&
			law.Anniversary(x, n, law.NextMonth) == lawtest.SlowAnniversary(x, n, law.NextMonth)
	}, days, years)
	lawtest.Property(t, "the policies differ by a day on 29 February only", func(x date.Date, n int) bool {
		_, m, day := x.Date()
		gap := law.Anniversary(x, n, law.NextMonth) - law.Anniversary(x, n, law.LastOfMonth)
		return gap == 0 || gap == 1 && m == time.February && day == 29
	}, days, years)
	lawtest.Property(t, "never turns the order of days", func(x date.Date, n int) bool {
		return law.Anniversary(x, n, law.LastOfMonth) <= law.Anniversary(x+1, n, law.LastOfMonth) &&
			law.Anniversary(x, n, law.NextMonth) <= law.Anniversary(x+1, n, law.NextMonth)
	}, days, years)
	lawtest.Property(t, "three years hold 1,095 or 1,096 days", func(x date.Date) bool {
		n := x - law.Anniversary(x, -3, law.LastOfMonth)
		return n == 1096 || n == 1095
	}, lawtest.Day(date.New(1904, 3, 1), date.New(2096, 12, 31)))
}

func TestMonthsAfter(t *testing.T) {
	for _, c := range []struct {
		from string
		n    int
		want string
	}{
		{"2026-04-01", 6, "2026-10-01"}, // six months from a collective dismissal
		{"2025-08-31", 6, "2026-02-28"},
		{"2023-08-31", 6, "2024-02-29"},
		{"2025-01-31", 1, "2025-02-28"},
		{"2025-03-31", -1, "2025-02-28"},
		{"2025-01-15", -1, "2024-12-15"},
		{"2025-12-31", 2, "2026-02-28"},
		{"2025-05-31", 0, "2025-05-31"},
		{"2025-05-31", -12, "2024-05-31"},
		{"2024-02-29", 12, "2025-02-28"},
	} {
		assert.Equal(t, d(t, c.want), law.MonthsAfter(d(t, c.from), c.n), c)
	}
	lawtest.Property(t, "as the calendar's leaves", func(x date.Date, n int) bool {
		return law.MonthsAfter(x, n) == lawtest.SlowMonthsAfter(x, n)
	}, lawtest.Day(date.New(1900, 1, 1), date.New(2100, 12, 31)), gen.IntRange(-50, 50))
}

func TestMonth(t *testing.T) {
	july := law.Month{Year: 2025, Month: time.July}
	got, err := law.ParseMonth("2025-07")
	require.NoError(t, err)
	assert.Equal(t, july, got)
	assert.Equal(t, july, law.MonthOf(date.New(2025, 7, 31)))
	assert.Equal(t, "2025-07", july.String())
	assert.Equal(t, 31, july.Days())
	assert.Equal(t, law.Span{First: date.New(2025, 7, 1), Last: date.New(2025, 7, 31)}, july.Span())
	assert.Equal(t, law.Month{Year: 2025, Month: time.January}, july.Add(-6))
	assert.Equal(t, law.Month{Year: 2024, Month: time.December}, july.Add(-7))
	assert.Equal(t, law.Month{Year: 2026, Month: time.January}, july.Add(6))
	assert.Equal(t, 29, law.Month{Year: 2024, Month: time.February}.Days())
	assert.Equal(t, 28, law.Month{Year: 2025, Month: time.February}.Days())

	none := law.Month{}
	assert.Empty(t, none.String())
	assert.Zero(t, none.Days())
	assert.Zero(t, none.Span())
	assert.Zero(t, none.Add(5))

	for _, s := range []string{"1800-01", "2199-12"} {
		m, err := law.ParseMonth(s)
		require.NoError(t, err)
		assert.Equal(t, s, m.String())
	}
	for _, s := range []string{"", "2025", "2025-7", "2025-13", "2025-00", "2025-07-01", "1799-12", "2200-01", "2025/07", "+025-07", "２０２５-07"} {
		got, err := law.ParseMonth(s)
		assert.Equal(t, law.KindValue, kind(err), s)
		assert.Zero(t, got, s)
	}
	lawtest.Property(t, "a month's days are those that fall in it", func(x date.Date, n int) bool {
		m := law.MonthOf(x)
		b, err := m.MarshalText()
		var back law.Month
		return err == nil && back.UnmarshalText(b) == nil && back == m &&
			m.Span().Contains(x) && m.Span().Len() == m.Days() &&
			law.MonthOf(m.Span().First-1) == m.Add(-1) && law.MonthOf(m.Span().Last+1) == m.Add(1) &&
			m.Add(n).Add(-n) == m && m.Add(n).Add(1) == m.Add(n+1)
	}, lawtest.Day(date.New(1850, 1, 1), date.New(2150, 12, 31)), gen.IntRange(-500, 500))
}

// span generates closed, open and zero spans, near each other.
func span(lo, hi date.Date) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		s := law.Span{First: lawtest.DrawDay(p, lo, hi)}
		switch p.Rng.Intn(8) {
		case 0: // open
		case 1:
			s = law.Span{}
		case 2:
			s.Last = s.First
		default:
			s.Last = lawtest.DrawDay(p, s.First, hi)
		}
		return gopter.NewGenResult(s, gopter.NoShrinker)
	}
}

func TestSpan(t *testing.T) {
	july := law.Span{First: date.New(2025, 7, 1), Last: date.New(2025, 7, 31)}
	open := law.Span{First: date.New(2025, 7, 1)}

	s, err := law.NewSpan(july.First, july.Last)
	require.NoError(t, err)
	assert.Equal(t, july, s)
	_, err = law.NewSpan(july.First, 0)
	require.NoError(t, err)
	_, err = law.NewSpan(july.First, july.First)
	require.NoError(t, err)
	_, err = law.NewSpan(july.First, july.First-1)
	assert.Equal(t, &law.InputError{Kind: law.KindSpan}, err)
	_, err = law.NewSpan(0, july.Last)
	assert.Equal(t, &law.InputError{Kind: law.KindMissing, Path: "/first"}, err)

	assert.Equal(t, "2025-07-01/2025-07-31", july.String())
	assert.Equal(t, "2025-07-01/..", open.String())
	assert.Empty(t, law.Span{}.String())
	assert.True(t, open.Open())
	assert.False(t, july.Open())
	assert.True(t, law.Span{}.IsZero())
	assert.False(t, open.IsZero())
	assert.Equal(t, 31, july.Len())
	assert.Zero(t, open.Len())
	assert.Zero(t, law.Span{First: 5, Last: 3}.Len())
	assert.Equal(t, math.MaxInt32, law.Span{First: 1, Last: math.MaxInt}.Len(), "the most an int of 32 bits can tell")
	assert.Equal(t, 1, law.OneDay(july.First).Len())
	for x := range open.All() {
		t.Fatal("an open span yields", x)
	}
	for x := range july.All() {
		assert.Equal(t, july.First, x)
		break
	}

	lo, hi := date.New(2023, 12, 1), date.New(2024, 4, 1)
	lawtest.Property(t, "Intersect holds the days of both", func(a, b law.Span) bool {
		both := a.Intersect(b)
		for x := lo - 5; x <= hi+5; x++ {
			if both.Contains(x) != (a.Contains(x) && b.Contains(x)) {
				return false
			}
		}
		return both == b.Intersect(a) && (both.IsZero() || both.Validate() == nil)
	}, span(lo, hi), span(lo, hi))
	lawtest.Property(t, "Contains, Len and All agree day by day", func(s law.Span) bool {
		set := lawtest.DaySet(lo-5, hi+5, s)
		for x := lo - 5; x <= hi+5; x++ {
			if s.Contains(x) != set[x] {
				return false
			}
		}
		if s.Open() {
			return s.Len() == 0
		}
		n, next := 0, s.First
		for x := range s.All() {
			if x != next || !set[x] {
				return false
			}
			n, next = n+1, next+1
		}
		return n == len(set) && n == s.Len()
	}, span(lo, hi))
}

func TestDays(t *testing.T) {
	first := date.New(2025, 7, 1)
	list := law.Days{law.OneDay(first), {First: first + 2, Last: first + 4}, law.OneDay(first)}
	require.NoError(t, list.Validate())
	var all []date.Date
	for x := range list.All() {
		all = append(all, x)
	}
	assert.Equal(t, []date.Date{first, first + 2, first + 3, first + 4, first}, all)
	for x := range list.All() {
		assert.Equal(t, first, x)
		break
	}
	assert.Equal(t, law.Days{law.OneDay(first), law.OneDay(first + 9)}, law.DaysOf(first, first+9))
	require.NoError(t, law.Days(nil).Validate())

	b, err := list.MarshalJSON()
	require.NoError(t, err)
	assert.JSONEq(t, `["2025-07-01",{"first":"2025-07-03","last":"2025-07-05"},"2025-07-01"]`, string(b))
	b, err = law.Days(nil).MarshalJSON()
	require.NoError(t, err)
	assert.Equal(t, `[]`, string(b))

	for _, c := range []struct {
		second law.Span
		want   *law.InputError
	}{
		{law.Span{}, &law.InputError{Kind: law.KindMissing, Path: "/1/first"}},
		{law.Span{First: first}, &law.InputError{Kind: law.KindMissing, Path: "/1/last"}},
		{law.Span{First: first, Last: first - 1}, &law.InputError{Kind: law.KindSpan, Path: "/1"}},
	} {
		assert.Equal(t, c.want, law.Days{law.OneDay(first), c.second}.Validate())
	}
}

// The calendar by years from 1 March is that of the date package, day by day.
func TestAppendDayIsTheCalendar(t *testing.T) {
	for d := date.New(0, time.January, 1); d <= date.New(2500, time.January, 1); d++ {
		y, m, day := d.Date()
		if got, want := string(law.AppendDay(nil, d)), fmt.Sprintf("%04d-%02d-%02d", y, m, day); got != want {
			t.Fatalf("%s, not %s", got, want)
		}
	}
	assert.Equal(t, "9999-12-31", string(law.AppendDay(nil, date.New(9999, time.December, 31))))
}
