package law

import (
	"time"

	"github.com/rickb777/date/v2"
)

// Years outside these bounds are refused on input: no living person and no rule
// reaches beyond them, and bounded days keep every computation bounded.
const (
	minYear = 1800
	maxYear = 2199
)

// ParseDay reads a civil day written exactly YYYY-MM-DD, between 1800 and 2199.
// A day that does not exist is refused, never rolled over. The error is an
// [InputError] of kind [KindDay] without a path.
func ParseDay(s string) (date.Date, error) {
	y, m, d, ok := splitDay(s)
	if !ok {
		return 0, &InputError{Kind: KindDay}
	}
	return Day(y, time.Month(m), d)
}

// Day returns the civil day of a year, a month and a day of the month, between 1800 and
// 2199. A day that does not exist is refused, where date.New would roll it over. The
// error is an [InputError] of kind [KindDay].
func Day(year int, month time.Month, day int) (date.Date, error) {
	if year < minYear || year > maxYear || month < 1 || month > 12 || day < 1 || day > daysIn(year, month) {
		return 0, &InputError{Kind: KindDay}
	}
	return date.New(year, month, day), nil
}

// MustDay is [ParseDay] for a day that the program itself writes, as tests and examples
// do. It panics where there is no such day.
func MustDay(s string) date.Date {
	d, err := ParseDay(s)
	if err != nil {
		panic("law.MustDay: " + err.Error())
	}
	return d
}

func splitDay(s string) (y, m, d int, ok bool) {
	if len(s) != len("2006-01-02") || s[4] != '-' || s[7] != '-' {
		return 0, 0, 0, false
	}
	for i := range len(s) {
		if i != 4 && i != 7 && (s[i] < '0' || s[i] > '9') {
			return 0, 0, 0, false
		}
	}
	two := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	return two(0)*100 + two(2), two(5), two(8), true
}

// FormatDay writes a day as YYYY-MM-DD; the zero day, which is missing, as "".
func FormatDay(d date.Date) string {
	if d == 0 {
		return ""
	}
	return string(AppendDay(nil, d))
}

// AppendDay appends a day as YYYY-MM-DD to b, the zero day as 0001-01-01.
func AppendDay(b []byte, d date.Date) []byte {
	y, m, day := civil(d)
	return append(b,
		byte('0'+y/1000%10), byte('0'+y/100%10), byte('0'+y/10%10), byte('0'+y%10), '-',
		byte('0'+m/10), byte('0'+m%10), '-', byte('0'+day/10), byte('0'+day%10))
}

// MissingDay says where an anniversary of 29 February falls in a common year.
type MissingDay uint8

// The two readings.
const (
	// LastOfMonth is 28 February: art. 2963, fifth comma, of the civil code.
	LastOfMonth MissingDay = iota
	// NextMonth is 1 March, as usage has it.
	NextMonth
)

// Anniversary returns the same month and day, years later (earlier when
// negative). Where that day is missing, m decides.
func Anniversary(d date.Date, years int, m MissingDay) date.Date {
	const leapDay = 365
	year, day := marchYear(d)
	to := year + date.Date(years)
	if day == leapDay && m == LastOfMonth && marchFirst(to+1)-marchFirst(to) == leapDay {
		day--
	}
	return marchFirst(to) + day
}

// A year counted from 1 March has its leap day, if any, at its end: then no month that
// comes before it depends on the year.
const (
	daysIn400Years = 400*365 + 97
	// marchOfYear0 is 1 March of the year 0 in the date package's count of days.
	marchOfYear0 = -306
)

// marchYear returns the year whose 1 March was the last one, and how many days have gone
// by since, on that day 0.
func marchYear(d date.Date) (year, day date.Date) {
	n := d - marchOfYear0
	cycle := n / daysIn400Years
	if n %= daysIn400Years; n < 0 {
		cycle, n = cycle-1, n+daysIn400Years
	}
	// Counted in quarters of a day, every century has the same length, and so has every
	// year of one.
	rest := uint32(n)
	century := (4*rest + 3) / daysIn400Years
	rest -= century * daysIn400Years / 4
	years := (4*rest + 3) / (4*365 + 1)
	return 400*cycle + date.Date(100*century+years), date.Date(rest - years*(4*365+1)/4)
}

// civil returns the year, month and day of the calendar. Of a year from 1 March five
// months at a time have 153 days.
func civil(d date.Date) (year, month, day date.Date) {
	year, n := marchYear(d)
	month = (5*n + 2) / 153
	day = n - (153*month+2)/5 + 1
	if month += 3; month > 12 {
		year, month = year+1, month-12
	}
	return year, month, day
}

// marchFirst returns 1 March of a year.
func marchFirst(year date.Date) date.Date {
	cycle := year / 400
	if year %= 400; year < 0 {
		cycle, year = cycle-1, year+400
	}
	return marchOfYear0 + daysIn400Years*cycle + 365*year + year/4 - year/100
}

// MonthsAfter returns the day with the same number n months later (earlier when
// negative), or the last day of that month where the number is missing
// (art. 2963, fifth comma, of the civil code).
func MonthsAfter(d date.Date, n int) date.Date {
	y, month, day := d.Date()
	first := date.New(y, month+time.Month(n), 1)
	y, month, _ = first.Date()
	return date.New(y, month, min(day, daysIn(y, month)))
}

func daysIn(year int, m time.Month) int {
	switch m {
	case time.February:
		if year%4 == 0 && (year%100 != 0 || year%400 == 0) {
			return 29
		}
		return 28
	case time.April, time.June, time.September, time.November:
		return 30
	default:
		return 31
	}
}
