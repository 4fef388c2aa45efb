package eligibility

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// MaxPeriods is how many periods an agreement may list.
const MaxPeriods = 100

// yearsOfPeriods is for how many years recurring periods are written out in
// [Assessment].LawfulSpans, from the first day of work or from the day asked.
const yearsOfPeriods = 5

// Period is one predetermined period of a collective agreement (art. 13, c. 1): a span
// of days, a period of every year, or a period of every week. Exactly one is given.
type Period struct {
	Span      law.Span `json:"span,omitzero"`       // a span of days
	EveryYear Yearly   `json:"every_year,omitzero"` // the same days of every year
	Week      Weekly   `json:"week,omitzero"`       // the same hours of every week
}

// Yearly is a period of every year, from one day to another, both included. From
// 1 December to 6 January it runs across the new year.
type Yearly struct {
	From MonthDay `json:"from"` // first day of the year, "06-01"
	To   MonthDay `json:"to"`   // last day, "09-30"; before From it lies in the next year
}

// MonthDay is a day of every year, written "06-01". 29 February falls only in leap
// years. The zero value is no day.
type MonthDay struct {
	Month time.Month
	Day   int
}

// String writes the day as MM-DD; the zero value as "".
func (m MonthDay) String() string {
	if m == (MonthDay{}) {
		return ""
	}
	const leapYear = 2000
	return law.FormatDay(date.New(leapYear, m.Month, m.Day))[len("2000-"):]
}

// MarshalText writes the day as MM-DD.
func (m MonthDay) MarshalText() ([]byte, error) { return []byte(m.String()), nil }

// UnmarshalText reads a day written MM-DD. The error is a [law.InputError] of kind
// [law.KindDay].
func (m *MonthDay) UnmarshalText(b []byte) error {
	d, err := law.ParseDay("2000-" + string(b))
	if err != nil {
		return &law.InputError{Kind: law.KindDay, Detail: law.Text{EN: "not a day of the year written MM-DD", IT: "non è un giorno dell'anno scritto MM-GG"}}
	}
	_, m.Month, m.Day = d.Date()
	return nil
}

// text writes the day as both languages do.
func (m MonthDay) text() law.Text {
	const leapYear = 2000
	t := law.Say("%s", "%s", date.New(leapYear, m.Month, m.Day))
	return law.Text{EN: t.EN[:len(t.EN)-len(" 2000")], IT: t.IT[:len(t.IT)-len(" 2000")]}
}

// before orders two days of the year.
func (m MonthDay) before(o MonthDay) bool {
	return m.Month < o.Month || m.Month == o.Month && m.Day < o.Day
}

// Weekly is a period of every week, from one moment to another: Friday 13:00 to Monday
// 06:00. From and To at the same moment are the whole week.
type Weekly struct {
	From WeekTime `json:"from"` // when it begins
	To   WeekTime `json:"to"`   // when it ends, excluded
}

// WeekTime is a moment of every week, by the clocks of Rome.
type WeekTime struct {
	Day int `json:"day"` // 1 is Monday, 7 Sunday
	// Time is the time of the day. Without one a period begins at the start of Day, and
	// ends at its end.
	Time Clock `json:"time,omitzero"`
}

// Clock is a time of the day, "13:00"; "24:00" is the end of the day. The zero value is
// none; [ClockOf] builds one.
type Clock int16

// ClockOf returns a time of the day, from 0:00 to 24:00; the zero value for others.
func ClockOf(hour, minute int) Clock {
	if hour < 0 || minute < 0 || minute > 59 || hour*60+minute > aDay {
		return 0
	}
	return Clock(hour*60 + minute + 1)
}

// String writes the time as HH:MM; the zero value as "".
func (c Clock) String() string {
	if c <= 0 {
		return ""
	}
	two := func(n Clock) string { return string([]byte{byte('0' + n/10%10), byte('0' + n%10)}) }
	return two((c-1)/60) + ":" + two((c-1)%60)
}

// MarshalText writes the time as HH:MM.
func (c Clock) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads a time written HH:MM, from 00:00 to 24:00. The error is a
// [law.InputError] of kind [law.KindValue].
func (c *Clock) UnmarshalText(b []byte) error {
	s := string(b)
	digit := func(i int) int { return int(s[i]) - '0' }
	if len(s) == len("13:00") && s[2] == ':' {
		if got := ClockOf(digit(0)*10+digit(1), digit(3)*10+digit(4)); got.String() == s {
			*c = got
			return nil
		}
	}
	return &law.InputError{Kind: law.KindValue, Detail: law.Text{EN: "not a time of the day written HH:MM", IT: "non è un'ora del giorno scritta HH:MM"}}
}

// Minutes of a day and of a week.
const (
	aDay  = 24 * 60
	aWeek = 7 * aDay
)

// minute is a moment of the week in minutes from Monday 0:00; without a time it is the
// start of the day, or its end.
func (w WeekTime) minute(end bool) int {
	m := (w.Day - 1) * aDay
	switch {
	case w.Time > 0:
		m += int(w.Time) - 1
	case end:
		m += aDay
	}
	return m
}

func (p *Period) validate() error {
	given := 0
	for _, is := range [...]bool{!p.Span.IsZero(), p.EveryYear != Yearly{}, p.Week != Weekly{}} {
		if is {
			given++
		}
	}
	switch {
	case given != 1:
		return refuse("", "exactly one of span, every_year and week", "esattamente uno fra span, every_year e week")
	case !p.Span.IsZero():
		if err := p.Span.Validate(); err != nil {
			return law.At(err, "/span")
		}
	case p.EveryYear != Yearly{}:
		for _, d := range [...]struct {
			path string
			day  MonthDay
		}{{"/every_year/from", p.EveryYear.From}, {"/every_year/to", p.EveryYear.To}} {
			if d.day == (MonthDay{}) {
				return law.Missing(d.path)
			}
			const leapYear = 2000
			if _, err := law.Day(leapYear, d.day.Month, d.day.Day); err != nil {
				return law.At(err, d.path)
			}
		}
	default:
		for _, w := range [...]struct {
			path string
			at   WeekTime
		}{{"/week/from", p.Week.From}, {"/week/to", p.Week.To}} {
			if w.at.Day < 1 || w.at.Day > 7 {
				return refuse(w.path+"/day", "not 1 (Monday) to 7 (Sunday)", "non è fra 1 (lunedì) e 7 (domenica)")
			}
			if w.at.Time < 0 || w.at.Time > aDay+1 {
				return refuse(w.path+"/time", "not a time of the day", "non è un'ora del giorno")
			}
		}
	}
	return nil
}

// Text writes the period in both languages.
func (p Period) Text() law.Text {
	switch {
	case !p.Span.IsZero():
		return law.Say("%s", "%s", p.Span)
	case p.EveryYear != Yearly{}:
		return law.Say("every year from %s to %s", "ogni anno dal %s al %s", p.EveryYear.From.text(), p.EveryYear.To.text())
	default:
		return law.Say("every week from %s to %s", "ogni settimana da %s a %s", p.Week.From.text(), p.Week.To.text())
	}
}

func (w WeekTime) text() law.Text {
	day := law.Text{
		EN: law.Word(uint8(w.Day), "", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
		IT: law.Word(uint8(w.Day), "", "lunedì", "martedì", "mercoledì", "giovedì", "venerdì", "sabato", "domenica"),
	}
	if w.Time == 0 {
		return day
	}
	return law.Text{EN: day.EN + " " + w.Time.String(), IT: day.IT + " alle " + w.Time.String()}
}

// textOf lists periods in both languages.
func textOf(list []Period) law.Text {
	var all law.Text
	for i, p := range list {
		t := p.Text()
		if i > 0 {
			all.EN, all.IT = all.EN+"; ", all.IT+"; "
		}
		all.EN, all.IT = all.EN+t.EN, all.IT+t.IT
	}
	return all
}

// periods are the predetermined periods of an agreement, ready to be asked.
type periods struct {
	list []Period
	week []minutes // the periods of the week together, in order and apart
}

// minutes is a part of the week: from its first minute to the one before end.
type minutes struct{ from, end int }

// all are the periods of the agreement, the single one too.
func (a *CollectiveAgreement) all() []Period {
	switch {
	case a.Period.IsZero():
		return a.Periods
	case len(a.Periods) == 0:
		return []Period{{Span: a.Period}}
	default:
		return append([]Period{{Span: a.Period}}, a.Periods...)
	}
}

func periodsOf(list []Period) *periods {
	p := &periods{list: list}
	var parts []minutes
	for _, x := range list {
		if x.Week == (Weekly{}) {
			continue
		}
		from, end := x.Week.From.minute(false), x.Week.To.minute(true)
		if end <= from {
			parts = append(parts, minutes{0, end})
			end = aWeek
		}
		parts = append(parts, minutes{from, end})
	}
	slices.SortFunc(parts, func(a, b minutes) int { return a.from - b.from })
	for _, m := range parts {
		switch n := len(p.week); {
		case m.from >= m.end:
		case n > 0 && m.from <= p.week[n-1].end:
			p.week[n-1].end = max(p.week[n-1].end, m.end)
		default:
			p.week = append(p.week, m)
		}
	}
	return p
}

// covers reports whether a part of the week lies in the weekly periods.
func (p *periods) covers(part minutes) bool {
	for _, m := range p.week {
		if m.from <= part.from && part.end <= m.end {
			return true
		}
	}
	return false
}

// weekdays returns the days of the week, Monday first, that the weekly periods touch,
// or those that they fill.
func (p *periods) weekdays(filled bool) (days [7]bool) {
	for d := range days {
		day := minutes{d * aDay, (d + 1) * aDay}
		for _, m := range p.week {
			days[d] = days[d] || !filled && m.from < day.end && day.from < m.end
		}
		days[d] = days[d] || p.covers(day)
	}
	return days
}

// weekday counts from Monday, which is 0.
func weekday(d date.Date) int { return (int(d.Weekday()) + 6) % 7 }

// wholly reports whether a whole day is in a span or in a period of the year.
func (p *periods) wholly(d date.Date) bool {
	_, month, n := d.Date()
	day := MonthDay{month, n}
	for i := range p.list {
		x := &p.list[i]
		if x.Span.Contains(d) || x.EveryYear != (Yearly{}) && x.EveryYear.contains(day) {
			return true
		}
	}
	return false
}

func (y Yearly) contains(d MonthDay) bool {
	if y.To.before(y.From) {
		return !d.before(y.From) || !y.To.before(d)
	}
	return !d.before(y.From) && !y.To.before(d)
}

// partly reports whether a part of the day, at least, is in the periods.
func (p *periods) partly(d date.Date) bool { return p.wholly(d) || p.weekdays(false)[weekday(d)] }

// spans returns the days of a closed span that the periods touch, or those they fill,
// in order and apart.
func (p *periods) spans(within law.Span, filled bool) []law.Span {
	var list []law.Span
	add := func(s law.Span) {
		if s = s.Intersect(within); !s.IsZero() {
			list = append(list, s)
		}
	}
	for _, x := range p.list {
		add(x.Span)
		if x.EveryYear == (Yearly{}) {
			continue
		}
		for y := within.First.Year() - 1; y <= within.Last.Year(); y++ {
			add(x.EveryYear.of(y))
		}
	}
	days := p.weekdays(filled)
	if days == [7]bool{true, true, true, true, true, true, true} {
		return append(list[:0], within)
	}
	for d := range 7 {
		if !days[d] || days[(d+6)%7] {
			continue // a run of days begins only where the day before is none
		}
		length := 1
		for days[(d+length)%7] {
			length++
		}
		first := within.First - 7
		for first += date.Date((d - weekday(first) + 7) % 7); first <= within.Last; first += 7 {
			add(law.Span{First: first, Last: first + date.Date(length-1)})
		}
	}
	return merge(list)
}

// of is the period that begins in a year; zero where 29 February alone is meant and the
// year has none.
func (y Yearly) of(year int) law.Span {
	first := date.New(year, y.From.Month, y.From.Day) // 1 March where there is no 29 February
	if y.To.before(y.From) {
		year++
	}
	last := date.New(year, y.To.Month, y.To.Day)
	if _, m, _ := last.Date(); m != y.To.Month {
		last-- // 28 February
	}
	if last < first {
		return law.Span{}
	}
	return law.Span{First: first, Last: last}
}

// recur reports whether some of the periods have no last one.
func (p *periods) recur() bool {
	return slices.ContainsFunc(p.list, func(x Period) bool { return x.Span.IsZero() })
}

// fillYear reports whether the periods leave no day out for twelve months: one of them,
// or all together during the days given and in the year before and after them. Such
// periods are not predetermined.
func (p *periods) fillYear(days law.Span) bool {
	for i := range p.list {
		if s := p.list[i].Span; !s.IsZero() && fillsYear(s) {
			return true
		}
	}
	if len(p.list) == 1 && p.week == nil && p.list[0].EveryYear == (Yearly{}) {
		return false
	}
	if !slices.ContainsFunc(p.list, func(x Period) bool { return x.Week == (Weekly{}) }) { // weeks alone
		return p.weekdays(true) == [7]bool{true, true, true, true, true, true, true}
	}
	about := law.Span{First: law.MonthsAfter(days.First, -12), Last: law.MonthsAfter(days.Last, 12)}
	return slices.ContainsFunc(p.spans(about, true), fillsYear)
}

// fillsYear reports whether a period is a whole year or longer.
func fillsYear(p law.Span) bool {
	return p.Open() || p.Len() >= 365 && p.Last >= law.MonthsAfter(p.First, 12)-1
}
