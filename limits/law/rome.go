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
	return t.In(romeZone(t))
}

// RomeDay returns the civil day in Rome at an instant.
func RomeDay(t time.Time) date.Date {
	_, offset := t.In(romeZone(t)).Zone()
	s := t.Unix() + int64(offset)
	days := s / secondsADay
	if s%secondsADay < 0 {
		days--
	}
	return unixDay + date.Date(days)
}

// RomeMidnight returns the instant at which a civil day begins in Rome.
func RomeMidnight(d date.Date) time.Time {
	// Neither change of the clock falls near midnight, so the offset in force at
	// 23:00 UTC of the day before is that of Rome's midnight.
	utc := time.Unix(int64(d-unixDay)*secondsADay-3600, 0)
	zone := romeZone(utc)
	_, offset := utc.In(zone).Zone()
	return time.Unix(int64(d-unixDay)*secondsADay-int64(offset), 0).In(zone)
}

func romeZone(t time.Time) *time.Location {
	year := t.UTC().Year()
	if s := t.Unix(); s >= changeOfClock(year, time.March) && s < changeOfClock(year, time.October) {
		return time.FixedZone("", 2*3600)
	}
	return time.FixedZone("", 3600)
}

// changeOfClock returns 01:00 UTC of the last Sunday of a month of 31 days.
func changeOfClock(year int, m time.Month) int64 {
	last := date.New(year, m, 31)
	sunday := last - date.Date(last.Weekday())
	return int64(sunday-unixDay)*secondsADay + 3600
}
