package law

import (
	"time"

	"github.com/rickb777/date/v2"
)

const (
	secondsADay = 24 * 60 * 60
	// unixDay is 1970-01-01 in the date package's count of days.
	unixDay = date.Date(719162)
)

// InRome returns the instant with Rome's offset on it: UTC+1, or UTC+2 from the
// last Sunday of March to the last Sunday of October, both at 01:00 UTC
// (directive 2000/84/EC). The same rule is applied to every year.
func InRome(t time.Time) time.Time {
	return t.In(time.FixedZone("", int(romeOffset(t.Unix()))))
}

// RomeDay returns the civil day in Rome at an instant.
func RomeDay(t time.Time) date.Date {
	s := t.Unix()
	return dayOf(s + romeOffset(s))
}

// RomeMidnight returns the instant at which a civil day begins in Rome.
func RomeMidnight(d date.Date) time.Time {
	// Both changes of the clock come after midnight, UTC's as well as Rome's, so
	// the two midnights of a day have the same offset.
	s := int64(d-unixDay) * secondsADay
	offset := romeOffset(s)
	return time.Unix(s-offset, 0).In(time.FixedZone("", int(offset)))
}

// RomeClock returns the instant at which Rome's clocks show an hour and a minute
// on a civil day. Of an hour shown twice it takes the first; an hour skipped
// when summer time begins is an [InputError] of kind [KindInstant].
func RomeClock(d date.Date, hour, minute int) (time.Time, error) {
	if d == 0 || hour < 0 || hour > 23 || minute < 0 || minute > 59 {
		return time.Time{}, &InputError{Kind: KindInstant, Detail: Text{"not a day and a time of day", "non è un giorno con un'ora del giorno"}}
	}
	wall := int64(d-unixDay)*secondsADay + int64(hour*3600+minute*60)
	for _, offset := range [...]int64{summer, winter} {
		if romeOffset(wall-offset) == offset {
			return InRome(time.Unix(wall-offset, 0)), nil
		}
	}
	return time.Time{}, &InputError{Kind: KindInstant, Detail: Text{"a time the clocks skip", "un'ora che gli orologi saltano"}}
}

const (
	winter = 3600
	summer = 2 * winter
)

// romeOffset returns the seconds Rome's clock is ahead of UTC at a Unix second.
func romeOffset(s int64) int64 {
	// The clocks change at 01:00 UTC of the last Sunday of March and of October, which are
	// days 24 to 30 and 238 to 244 from 1 March.
	const march31, october31 = 30, 244
	today := dayOf(s)
	_, day := marchYear(today)
	switch {
	case day <= march31-7 || day > october31:
		return winter
	case day > march31 && day <= october31-7:
		return summer
	}
	last := today + october31 - day
	if day <= march31 {
		last = today + march31 - day
	}
	sunday := last - date.Date(last.Weekday())
	changed := s >= int64(sunday-unixDay)*secondsADay+3600
	if changed == (day <= march31) {
		return summer
	}
	return winter
}

// dayOf returns the UTC day of a Unix second.
func dayOf(s int64) date.Date {
	days := s / secondsADay
	if s%secondsADay < 0 {
		days--
	}
	return unixDay + date.Date(days)
}
