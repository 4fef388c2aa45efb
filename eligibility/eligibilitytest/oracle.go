package eligibilitytest

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// LawfulOn says, for one day and from the facts alone, whether a call on it is
// lawful under every reading: what Assess answers with spans. Facts that are
// unknown allow nothing and forbid nothing.
func LawfulOn(c eligibility.Contract, day date.Date) bool {
	inContract := day >= c.Work.First && day >= c.Signed && (c.Work.Last == 0 || day <= c.Work.Last)
	if !inContract || !admitted(c.Signed) || forbidden(c) || suspended(c, c.Signed) || suspended(c, day) {
		return false
	}
	return young(c, day) || old(c) || agreed(c, day) || tabled(c)
}

// admitted: the law knew on-call work from 24 October 2003, but for the first half
// of 2008.
func admitted(signed date.Date) bool {
	s := law.FormatDay(signed)
	return s >= "2003-10-24" && (s < "2008-01-01" || s > "2008-06-24")
}

// age is the age in years on a day. Who is born on 29 February has the birthday of
// a common year on the day given: "02-28" or "03-01".
func age(birth, day date.Date, leap string) int {
	b, d := law.FormatDay(birth), law.FormatDay(day)
	birthday := b[5:]
	if y := day.Year(); birthday == "02-29" && time.Date(y, time.February, 29, 0, 0, 0, 0, time.UTC).Month() != time.February {
		birthday = leap
	}
	years := day.Year() - birth.Year()
	if d[5:] < birthday {
		years--
	}
	return years
}

func young(c eligibility.Contract, day date.Date) bool {
	s := law.FormatDay(c.Signed)
	switch {
	case c.Birth == 0 || s < "2005-05-15":
		return false
	case s < "2012-07-18":
		return age(c.Birth, c.Signed, "02-28") < 25
	default:
		return age(c.Birth, c.Signed, "02-28") < 24 && age(c.Birth, day, "02-28") < 25
	}
}

// old: the years are complete at the end of the birthday, that is the day before.
func old(c eligibility.Contract) bool {
	s := law.FormatDay(c.Signed)
	years := 55
	if s < "2012-07-18" {
		years = 45
	}
	return c.Birth != 0 && s >= "2005-05-15" && age(c.Birth, c.Signed-1, "03-01") >= years
}

func agreed(c eligibility.Contract, day date.Date) bool {
	p := c.Agreement.Period
	if c.Agreement.Needs == law.Yes {
		return true
	}
	if p.First == 0 || p.Last == 0 || day < p.First || day > p.Last {
		return false
	}
	return p.Last < sameDayNextYear(p.First)-1
}

// sameDayNextYear finds it by walking; where 29 February is missing, 28 February.
func sameDayNextYear(first date.Date) date.Date {
	want := law.FormatDay(first)[5:]
	if want == "02-29" {
		want = "02-28"
	}
	d := first + 360
	for law.FormatDay(d)[5:] != want {
		d++
	}
	return d
}

func tabled(c eligibility.Contract) bool {
	items := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 21, 22, 32, 39, 43, 46}
	if c.Activity.Item == nil || !slices.Contains(items, *c.Activity.Item) || law.FormatDay(c.Signed) < "2004-10-24" {
		return false
	}
	n := *c.Activity.Item
	switch c.Activity.Role {
	case eligibility.Driver:
		return n != 8
	case eligibility.AmbulanceCrew:
		return n != 21
	case eligibility.StandFitter:
		return n != 43 && n != 46
	case eligibility.TakeawayArtisan:
		return n != 5 || c.Activity.PublicEstablishment == law.Yes
	default:
		return true
	}
}

// forbidden: something forbids the contract itself, by one reading at least.
func forbidden(c eligibility.Contract) bool {
	s := law.FormatDay(c.Signed)
	if c.Birth != 0 && s >= "2007-09-01" {
		years := age(c.Birth, c.Signed, "03-01")
		if years < 16 || years < 18 && c.SchoolingDone == law.No {
			return true
		}
	}
	for _, d := range c.Unit.CollectiveDismissals {
		if d.Date != 0 && d.Date <= c.Signed && !sixMonthsPast(d.Date, c.Signed) && d.SameUnit == law.Yes && d.SameDuties == law.Yes {
			return true
		}
	}
	return c.Employer.PublicAdministration == law.Yes || c.Employer.RiskAssessment == law.No ||
		c.Unit.ReplacesStrikers == law.Yes || c.Agreement.Bans == law.Yes && s < "2019-11-13"
}

// sixMonthsPast: the day is after the one with the same number six months on, or
// after the end of that month where it has no such day.
func sixMonthsPast(from, day date.Date) bool {
	fy, fm, fd := from.Date()
	y, m, d := day.Date()
	months := (y*12 + int(m)) - (fy*12 + int(fm))
	return months > 6 || months == 6 && d > fd
}

func suspended(c eligibility.Contract, day date.Date) bool {
	for _, s := range c.Unit.Suspensions {
		if s.SameUnit == law.Yes && s.SameDuties == law.Yes && s.Span.First != 0 &&
			s.Span.First <= day && (s.Span.Last == 0 || day <= s.Span.Last) {
			return true
		}
	}
	return false
}
