package law

import (
	"time"

	"github.com/rickb777/date/v2"
)

// Month is a calendar month of a year, written YYYY-MM. The zero value is no month.
type Month struct {
	Year  int
	Month time.Month
}

// MonthOf returns the month a day falls in.
func MonthOf(d date.Date) Month {
	y, m, _ := civil(d)
	return Month{int(y), time.Month(m)}
}

// ParseMonth reads a month written exactly YYYY-MM, between 1800 and 2199. The
// error is an [InputError] of kind [KindValue].
func ParseMonth(s string) (Month, error) {
	y, m, _, ok := splitDay(s + "-01")
	if !ok || y < minYear || y > maxYear || m < 1 || m > 12 {
		return Month{}, &InputError{Kind: KindValue, Detail: Text{"not a month written YYYY-MM", "non è un mese scritto AAAA-MM"}}
	}
	return Month{y, time.Month(m)}, nil
}

// Add returns the month n months later (earlier when negative); the zero value
// stays zero.
func (m Month) Add(n int) Month {
	if m == (Month{}) {
		return m
	}
	return MonthOf(date.New(m.Year, m.Month+time.Month(n), 1))
}

// Days returns the number of days in the month, 0 for the zero value.
func (m Month) Days() int {
	if m == (Month{}) {
		return 0
	}
	return daysIn(m.Year, m.Month)
}

// Span returns the month's days, the zero span for the zero value.
func (m Month) Span() Span {
	if m == (Month{}) {
		return Span{}
	}
	first := date.New(m.Year, m.Month, 1)
	return Span{first, first + date.Date(m.Days()-1)}
}

// String writes the month as YYYY-MM; the zero value as "".
func (m Month) String() string {
	if m == (Month{}) {
		return ""
	}
	return FormatDay(m.Span().First)[:len("2006-01")]
}

// MarshalText writes the month as YYYY-MM.
func (m Month) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a month as [ParseMonth] does.
func (m *Month) UnmarshalText(b []byte) (err error) {
	*m, err = ParseMonth(string(b))
	return err
}
