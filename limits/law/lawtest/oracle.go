package lawtest

import (
	"fmt"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// SlowAnniversary is the oracle of [law.Anniversary]: it writes the day with the
// other year and asks the time package whether that day exists.
func SlowAnniversary(d date.Date, years int, m law.MissingDay) date.Date {
	y, month, day := d.Date()
	if t, ok := exists(y+years, int(month), day); ok {
		return t
	}
	if m == law.NextMonth {
		return date.New(y+years, time.March, 1)
	}
	return date.New(y+years, time.February, 28)
}

// SlowMonthsAfter is the oracle of [law.MonthsAfter]: it turns the calendar's leaves
// one by one, then goes back until the day exists.
func SlowMonthsAfter(d date.Date, n int) date.Date {
	y, month, day := d.Date()
	m := int(month)
	for ; n > 0; n-- {
		if m++; m > 12 {
			y, m = y+1, 1
		}
	}
	for ; n < 0; n++ {
		if m--; m < 1 {
			y, m = y-1, 12
		}
	}
	for {
		if t, ok := exists(y, m, day); ok {
			return t
		}
		day--
	}
}

func exists(y, m, d int) (date.Date, bool) {
	t, err := time.Parse(time.DateOnly, fmt.Sprintf("%04d-%02d-%02d", y, m, d))
	return date.NewAt(t), err == nil
}

// SlowRomeOffset is the oracle of Rome's clock: it lists the Sundays of the two
// months and compares with the last of each.
func SlowRomeOffset(t time.Time) time.Duration {
	t = t.UTC()
	start, end := lastSunday(t.Year(), time.March), lastSunday(t.Year(), time.October)
	if t.Before(start) || !t.Before(end) {
		return time.Hour
	}
	return 2 * time.Hour
}

func lastSunday(year int, m time.Month) time.Time {
	var sundays []time.Time
	for t := time.Date(year, m, 1, 1, 0, 0, 0, time.UTC); t.Month() == m; t = t.AddDate(0, 0, 1) {
		if t.Weekday() == time.Sunday {
			sundays = append(sundays, t)
		}
	}
	return sundays[len(sundays)-1]
}

// DaySet is the oracle of spans: the days of each that lie in a closed range, one
// by one.
func DaySet(lo, hi date.Date, spans ...law.Span) map[date.Date]bool {
	set := map[date.Date]bool{}
	for d := lo; d <= hi; d++ {
		for _, s := range spans {
			if s.First != 0 && s.First <= d && (s.Last == 0 || d <= s.Last) {
				set[d] = true
			}
		}
	}
	return set
}

// SlowVerdict is the oracle of [law.Checks.Verdict]: it counts what it sees, then
// reads the counts in order of precedence.
func SlowVerdict(checks law.Checks) law.Verdict {
	seen := map[string]int{}
	for _, c := range checks {
		if c.Finding != nil {
			seen[c.Finding.Severity.String()]++
		}
		if c.Outcome == law.Undetermined || c.Outcome == law.Fail && c.Finding == nil {
			seen["undetermined"]++
		}
	}
	switch {
	case seen["breach"] > 0:
		return law.VerdictBreach
	case seen["undetermined"] > 0 || len(checks) == 0:
		return law.VerdictUndetermined
	case seen["doubt"] > 0:
		return law.VerdictDoubt
	default:
		return law.VerdictClear
	}
}
