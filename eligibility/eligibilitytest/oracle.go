package eligibilitytest

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// LawfulOn says, for one day and from the facts alone, whether a call on it is
// lawful under every reading: what Assess answers with spans. Facts that are
// unknown allow nothing and forbid nothing. Of a day that a period of the week takes in
// only in part it says yes.
func LawfulOn(c eligibility.Contract, day date.Date) bool { return LawfulDays(c)(day) }

// LawfulDays is [LawfulOn] for many days of one contract.
func LawfulDays(c eligibility.Contract) func(day date.Date) bool {
	o := oracleOf(c)
	return func(day date.Date) bool { return o.lawful(day, 0, 0) }
}

// LawfulAt says whether a call from start to end is lawful under every reading: every
// minute of it by [LawfulOn], and by the hours of the periods of the week. It is what
// [eligibility.Contract.Allows] answers.
func LawfulAt(c eligibility.Contract, start, end time.Time) bool {
	if c.On = law.RomeDay(start); !end.After(start) {
		return false
	}
	o := oracleOf(c)
	for at := start.Truncate(time.Minute); at.Before(end); at = at.Add(time.Minute) {
		if rome := law.InRome(at); !o.lawful(law.RomeDay(at), rome.Hour(), rome.Minute()+1) {
			return false
		}
	}
	return true
}

// oracle holds a contract with the values of the law that judge it.
type oracle struct {
	eligibility.Contract
	params map[string][]law.Entry[string]
	list   []eligibility.Period
	years  [][2]string      // the first and last day of the periods of the year, MM-DD
	week   [7][24 * 60]bool // the minutes of the periods of the week, Monday first
	some   [7]bool          // of which days there is a minute
	all    [7]bool          // and of which there are all
	whole  bool             // the periods leave no day of a year out
	barred bool             // no day is lawful, whatever the ground
}

func oracleOf(c eligibility.Contract) *oracle {
	o := &oracle{Contract: c, params: map[string][]law.Entry[string]{}}
	for _, p := range eligibility.Params() {
		o.params[p.Name] = p.Entries
	}
	o.list = slices.Clone(c.Agreement.Periods)
	if c.Agreement.Period != (law.Span{}) {
		o.list = append(o.list, eligibility.Period{Span: c.Agreement.Period})
	}
	for _, p := range o.list {
		if from := p.EveryYear.From.String(); from != "" {
			o.years = append(o.years, [2]string{from, p.EveryYear.To.String()})
		}
		if p.Week == (eligibility.Weekly{}) {
			continue
		}
		day, minute := p.Week.From.Day-1, clock(p.Week.From.Time, 0)
		endDay, endMinute := p.Week.To.Day-1, clock(p.Week.To.Time, 24*60)
		if minute == 24*60 {
			day, minute = (day+1)%7, 0
		}
		if endMinute == 24*60 {
			endDay, endMinute = (endDay+1)%7, 0
		}
		for first := true; first || day != endDay || minute != endMinute; first = false {
			o.week[day][minute] = true
			if minute++; minute == 24*60 {
				day, minute = (day+1)%7, 0
			}
		}
	}
	for d := range o.week {
		o.some[d], o.all[d] = slices.Contains(o.week[d][:], true), !slices.Contains(o.week[d][:], false)
	}
	o.whole = o.wholeYear()
	o.barred = o.value("on-call work", o.Signed) != "true" || o.forbidden() || o.suspended(o.Signed)
	return o
}

// clock is a time of the day in minutes, read from its text.
func clock(c eligibility.Clock, none int) int {
	s := c.String()
	if s == "" {
		return none
	}
	hours, _ := strconv.Atoi(s[:2])
	minutes, _ := strconv.Atoi(s[3:])
	return hours*60 + minutes
}

// value is a value of the law on a day, as the library lists it; empty before its first.
func (o *oracle) value(name string, day date.Date) (v string) {
	entries, ok := o.params[name]
	if !ok {
		panic("eligibilitytest: no value named " + name)
	}
	for _, e := range entries {
		if e.From <= day {
			v = e.Value
		}
	}
	return v
}

// number is [oracle.value] as a number.
func (o *oracle) number(name string, day date.Date) int {
	n, err := strconv.Atoi(o.value(name, day))
	if err != nil {
		panic("eligibilitytest: " + name + " is not a number")
	}
	return n
}

// ages are the bounds of the grounds of age.
func (o *oracle) ages(signed date.Date) (under, over int) {
	v := o.value("ages at signing", signed)
	if _, err := fmt.Sscanf(v, "under %d, over %d", &under, &over); err == nil {
		return under, over
	}
	if _, err := fmt.Sscanf(v, "under %d and unemployed, over %d", &under, &over); err != nil {
		panic("eligibilitytest: ages cannot be read: " + v)
	}
	return under, over
}

// lawful asks about a day, or about a minute of it: minute is 1 to 60 then, 0 for the day.
func (o *oracle) lawful(day date.Date, hour, minute int) bool {
	inContract := day >= o.Work.First && day >= o.Signed && (o.Work.Last == 0 || day <= o.Work.Last)
	if !inContract || o.barred || o.suspended(day) {
		return false
	}
	return o.young(day) || o.old(day) || o.agreed(day, hour, minute) || o.tabled() || o.statutory(day)
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

// older: the contract was signed before the reform of 2012; whether on a day its own
// ages have ended.
func (o *oracle) older(day date.Date) (older, ended bool) {
	older = law.FormatDay(o.Signed) < "2012-07-18"
	return older, older && o.value("contracts of the older ages ended", day) == "true"
}

func (o *oracle) young(day date.Date) bool {
	if o.Birth == 0 || law.FormatDay(o.Signed) < "2005-05-15" && o.Unemployed != law.Yes {
		return false
	}
	under, _ := o.ages(o.Signed)
	older, ended := o.older(day)
	of := o.Signed
	if older {
		of = date.New(2012, time.July, 18)
	}
	if ended {
		under, _ = o.ages(of)
	}
	return age(o.Birth, o.Signed, "02-28") < under && age(o.Birth, day, "02-28") < o.number("age ending work", of)
}

// old: the years are complete at the end of the birthday, that is the day before.
func (o *oracle) old(day date.Date) bool {
	if o.Birth == 0 || law.FormatDay(o.Signed) < "2005-05-15" && o.Expelled != law.Yes {
		return false
	}
	_, over := o.ages(o.Signed)
	if _, ended := o.older(day); ended {
		_, over = o.ages(date.New(2012, time.July, 18))
	}
	return age(o.Birth, o.Signed-1, "03-01") >= over
}

// statutory: the periods of the law itself, while it had some.
func (o *oracle) statutory(day date.Date) bool {
	_, ended := o.older(day)
	return o.StatutoryPeriod == law.Yes && o.value("periods of the law", o.Signed) == "true" && !ended
}

func (o *oracle) agreed(day date.Date, hour, minute int) bool {
	if o.Agreement.Representative == law.No {
		return false
	}
	if o.Agreement.Needs == law.Yes {
		return true
	}
	if o.whole {
		return false
	}
	if o.dated(day) {
		return true
	}
	weekday := (int(day.Weekday()) + 6) % 7
	if minute == 0 {
		return o.some[weekday]
	}
	return o.week[weekday][hour*60+minute-1]
}

// dated: the day lies in a span or in a period of the year.
func (o *oracle) dated(day date.Date) bool {
	for _, p := range o.list {
		if s := p.Span; s.First != 0 && s.First <= day && (s.Last == 0 || day <= s.Last) {
			return true
		}
	}
	if o.years == nil {
		return false
	}
	text := law.FormatDay(day)[5:]
	for _, y := range o.years {
		from, to := y[0], y[1]
		if from <= to && from <= text && text <= to || from > to && (from <= text || text <= to) {
			return true
		}
	}
	return false
}

// wholeYear walks the days about the contract, up to five years of it, and looks for
// twelve months in a row without a day that the periods leave out.
func (o *oracle) wholeYear() bool {
	for _, p := range o.list {
		if p.Span.First != 0 && (p.Span.Last == 0 || p.Span.Last >= sameDayNextYear(p.Span.First)-1) {
			return true
		}
	}
	if len(o.list) == 0 {
		return false
	}
	first := max(o.Work.First, o.Signed)
	asked := o.On
	if !o.OnEnd.IsZero() {
		asked = law.RomeDay(o.OnEnd.Add(-time.Nanosecond))
	}
	if o.On == 0 {
		for _, s := range o.Worked {
			if s.Last >= first && s.First <= s.Last && (o.Work.Last == 0 || s.First <= o.Work.Last) {
				asked = max(asked, s.Last)
			}
		}
		if o.Work.Last != 0 {
			asked = min(asked, o.Work.Last)
		}
	}
	last := law.Anniversary(max(first, asked), 5, law.LastOfMonth)
	if o.Work.Last != 0 {
		last = min(last, o.Work.Last)
	}
	start := date.Date(0) // of the days in a row
	for d := law.MonthsAfter(first, -12); d <= law.MonthsAfter(last, 12); d++ {
		if !o.all[(int(d.Weekday())+6)%7] && !o.dated(d) {
			start = 0
			continue
		}
		if start == 0 {
			start = d
		}
		if d-start > 300 && d >= sameDayNextYear(start)-1 {
			return true
		}
	}
	return false
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

func (o *oracle) tabled() bool {
	items := []int{1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 19, 21, 22, 32, 38, 39, 43, 46}
	a := o.Activity
	if a.Item == nil || !slices.Contains(items, *a.Item) || o.value("table repealed", o.Signed) == "" {
		return false
	}
	n := *a.Item
	switch a.Role {
	case eligibility.Driver:
		return n != 8
	case eligibility.AmbulanceCrew:
		return n != 21
	case eligibility.StandFitter:
		return n != 43 && n != 46
	case eligibility.TakeawayArtisan:
		return n != 5 || a.PublicEstablishment == law.Yes
	case eligibility.CallCentre:
		return n != 12
	case eligibility.OtherInterpreter:
		return n != 38
	default:
		return true
	}
}

// forbidden: something forbids the contract itself, by one reading at least.
func (o *oracle) forbidden() bool {
	if o.Birth != 0 && o.value("age to work", o.Signed) != "" {
		years := age(o.Birth, o.Signed, "03-01")
		if years < o.number("age to work", o.Signed) || years < 18 && o.SchoolingDone == law.No {
			return true
		}
	}
	for _, d := range o.Unit.CollectiveDismissals {
		if d.Date != 0 && d.Date <= o.Signed && d.SameUnit == law.Yes && d.SameDuties == law.Yes &&
			!monthsPast(o.number("months after a collective dismissal", o.Signed), d.Date, o.Signed) {
			return true
		}
	}
	banned := o.Agreement.Bans == law.Yes && o.Agreement.Representative != law.No
	return o.Employer.PublicAdministration == law.Yes || o.Employer.RiskAssessment == law.No ||
		o.Unit.ReplacesStrikers == law.Yes || banned && o.value("ban of an agreement doubtful", o.Signed) == "true"
}

// monthsPast: the day is after the one with the same number some months on, or
// after the end of that month where it has no such day.
func monthsPast(n int, from, day date.Date) bool {
	fy, fm, fd := from.Date()
	y, m, d := day.Date()
	months := (y*12 + int(m)) - (fy*12 + int(fm))
	return months > n || months == n && d > fd
}

func (o *oracle) suspended(day date.Date) bool {
	for _, s := range o.Unit.Suspensions {
		if s.SameUnit == law.Yes && s.SameDuties == law.Yes && s.Span.First != 0 &&
			s.Span.First <= day && (s.Span.Last == 0 || day <= s.Span.Last) {
			return true
		}
	}
	return false
}
