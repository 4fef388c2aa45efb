package limitstest

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/rickb777/date/v2"
)

// Case is a question about one worker of an employer that is not exempt: lists of
// days in any order, with repetitions.
type Case struct {
	Worked, Presumed, AcrossMidnight []date.Date
	Planned                          []date.Date
	On                               date.Date
}

// History returns the case as the package takes it.
func (c Case) History() limits.History {
	return limits.History{
		Worked:         limits.NewLedger(c.Worked...),
		Presumed:       limits.NewLedger(c.Presumed...),
		AcrossMidnight: limits.NewLedger(c.AcrossMidnight...),
	}
}

// String writes the case as JSON, its lists as sorted spans.
func (c Case) String() string {
	h := c.History()
	b, err := json.Marshal(struct {
		Worked         limits.Ledger `json:"worked"`
		Presumed       limits.Ledger `json:"presumed"`
		AcrossMidnight limits.Ledger `json:"across_midnight"`
		Planned        limits.Ledger `json:"planned"`
		On             date.Date     `json:"on"`
	}{h.Worked, h.Presumed, h.AcrossMidnight, limits.NewLedger(c.Planned...), c.On})
	if err != nil {
		return err.Error()
	}
	return string(b)
}

// Answer is what [Case.Assess] answers. The outcomes are "pass", "breach",
// "doubt", "not-applicable" and "not-in-force".
type Answer struct {
	First                         date.Date // of the window
	Worked, Counted, Remaining    int
	NextFree, Converted           date.Date
	DaysCap, FirstDay, Conversion string
}

// PlanAnswer is what [Case.Plan] answers.
type PlanAnswer struct {
	Lawful                      []date.Date
	FirstBreach                 date.Date // safe under every reading
	Remaining                   int       // on the day after the last lawful one; -1 when there is none
	DaysCap, FirstDay, Converts string
}

// The law, once more.
const (
	allowed = 400 // days
	years   = 3
)

var (
	lawDay  = date.New(2013, time.June, 28)
	nextDay = date.New(2013, time.June, 29)
	lastDay = date.New(2016, time.June, 27) // whose window lawDay is in
)

// SlowWindow returns the first day of the three years that end on d.
func SlowWindow(d date.Date) date.Date {
	y, m, day := d.Date()
	back := date.New(y-years, m, day)
	if _, month, _ := back.Date(); month != m { // 29 February of a common year
		back = date.New(y-years, time.March, 1) - 1
	}
	return back + 1
}

// slowSet is a list of different days, and the first of them that counts.
type slowSet struct {
	days []date.Date
	from date.Date
}

func (s slowSet) add(days ...date.Date) slowSet {
	list := slices.Clone(s.days)
	for _, d := range days {
		if !slices.Contains(list, d) {
			list = append(list, d)
		}
	}
	return slowSet{list, s.from}
}

// before counts the days of d's window that are earlier than d.
func (s slowSet) before(d date.Date) int {
	n, first := 0, SlowWindow(d)
	for _, x := range s.days {
		if x >= first && x < d && x >= s.from {
			n++
		}
	}
	return n
}

// over reports whether d, worked too, is over the cap; a long shift also on the
// day after.
func (s slowSet) over(d date.Date, long bool) bool {
	return d >= lawDay && s.before(d)+1 > allowed ||
		long && d+1 >= lawDay && s.add(d).before(d+1)+1 > allowed
}

// converted returns the first day that is over the cap in its own window.
func (s slowSet) converted() date.Date {
	days := slices.Sorted(slices.Values(s.days))
	for _, d := range days {
		if s.over(d, false) {
			return d
		}
	}
	return 0
}

// readings returns the administrative reading, the stricter one, and the stricter
// one with the law's first day counted.
func (c Case) readings() (effective, strict, safe slowSet) {
	effective = slowSet{from: nextDay}.add(c.Worked...).add(c.AcrossMidnight...)
	strict = effective.add(c.Presumed...)
	for _, d := range c.AcrossMidnight {
		strict = strict.add(d + 1)
	}
	return effective, strict, slowSet{strict.days, lawDay}
}

// Assess answers for the day asked.
func (c Case) Assess() Answer {
	a := Answer{First: SlowWindow(c.On)}
	if c.On < lawDay {
		a.DaysCap, a.FirstDay, a.Conversion = "not-in-force", "not-in-force", "not-in-force"
		return a
	}
	effective, strict, safe := c.readings()
	long := c.spills(c.On, c)
	a.Worked, a.Counted = effective.before(c.On), safe.before(c.On)
	a.Remaining = max(0, allowed-a.Counted)
	a.NextFree = c.On
	for safe.over(a.NextFree, false) {
		a.NextFree++
	}
	a.DaysCap = outcome(effective.over(c.On, false), strict.over(c.On, long))
	a.FirstDay = outcome(false, safe.over(c.On, long) && !strict.over(c.On, long))
	if c.On > lastDay {
		a.FirstDay = "not-applicable"
	}
	a.Converted = effective.converted()
	by := func(d date.Date) bool { return d != 0 && d <= c.On }
	a.Conversion = outcome(by(a.Converted), by(safe.converted()))
	return a
}

// spills reports whether a shift of the case on d runs into a day that does not
// count anyway.
func (c Case) spills(d date.Date, known Case) bool {
	anyway := slices.Concat(known.Worked, known.Presumed, known.AcrossMidnight)
	return slices.Contains(c.AcrossMidnight, d) && !slices.Contains(anyway, d+1)
}

// Plan answers for the planned days: in order, each on top of those that fitted.
func (c Case) Plan() PlanAnswer {
	planned := slices.Compact(slices.Sorted(slices.Values(c.Planned)))
	known := c
	known.AcrossMidnight = nil // but for those that are only planned
	for _, d := range c.AcrossMidnight {
		if !slices.Contains(planned, d) || slices.Contains(c.Worked, d) {
			known.AcrossMidnight = append(known.AcrossMidnight, d)
		}
	}
	judge := func(s slowSet, across bool) (lawful []date.Date, first date.Date, after slowSet) {
		for _, d := range planned {
			long := across && c.spills(d, known)
			switch {
			case !s.over(d, long):
				lawful = append(lawful, d)
				if s = s.add(d); long {
					s = s.add(d + 1)
				}
			case first == 0:
				first = d
			}
		}
		return lawful, first, s
	}
	effective, strict, safe := known.readings()
	_, breach, _ := judge(effective, false)
	_, doubt, _ := judge(strict, true)
	a := PlanAnswer{Remaining: -1}
	var after slowSet
	a.Lawful, a.FirstBreach, after = judge(safe, true)
	if k := len(a.Lawful); k > 0 && a.Lawful[k-1]+1 >= lawDay {
		a.Remaining = max(0, allowed-after.before(a.Lawful[k-1]+1))
	}
	if len(planned) > 0 && planned[len(planned)-1] < lawDay {
		a.DaysCap, a.FirstDay, a.Converts = "not-in-force", "not-in-force", "not-in-force"
		return a
	}
	a.DaysCap = outcome(breach != 0, doubt != 0)
	a.FirstDay = outcome(false, a.FirstBreach != doubt)
	if len(planned) == 0 {
		a.DaysCap = "not-applicable"
	}
	if len(planned) == 0 || planned[0] > lastDay {
		a.FirstDay = "not-applicable"
	}
	a.Converts = outcome(effective.converted() != 0, safe.converted() != 0)
	return a
}

func outcome(breach, doubt bool) string {
	switch {
	case breach:
		return "breach"
	case doubt:
		return "doubt"
	default:
		return "pass"
	}
}
