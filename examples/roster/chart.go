package main

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// The drawing's own units: it is drawn narrow, to be read on a phone too.
const (
	chartWidth                  = 420
	plotLeft, plotRight         = 34, 410
	plotTop, plotBottom         = 14, 160
	laneTop, laneStep           = 188, 18
	daysBefore, daysAfter       = 365, 28
	topCount, ruled, namedDates = 440, 100, 4
)

// chart is the counter of one worker over a year and the weeks of the plan.
type chart struct {
	ID, Worker, Title, Desc  string
	Width, Height            int
	Left, Right, Top, Bottom int
	Cap, CapY                string
	Now, NowY, Count         string
	Done, Ahead              string // the two parts of the line, as path data
	Counts, Months           []tick
	Lanes                    []lane
}

// tick is a number or a month on an axis.
type tick struct{ At, Text string }

// lane holds the planned days of one verdict. Its place and its words tell which;
// colour only helps.
type lane struct {
	Y     int
	Class string
	Text  string
	Marks []string
}

// draw draws a counter: the days worked until now, then with the calls that stand.
func (x *counter) draw(w *words, now time.Time, id string) chart {
	today := law.RomeDay(now)
	last := today
	for _, c := range x.calls {
		last = max(last, law.RomeDay(c.Start))
	}
	span := law.Span{First: today - daysBefore, Last: last + daysAfter}
	across := func(d date.Date) string {
		return px(plotLeft + float64(d-span.First)/float64(span.Last-span.First)*(plotRight-plotLeft))
	}
	ceiling := x.history.Assess(today, limits.Employer{}).Cap
	g := chart{
		ID: id, Worker: x.worker, Width: chartWidth, Left: plotLeft, Right: plotRight, Top: plotTop, Bottom: plotBottom,
		Cap: fmt.Sprintf("%s %d", w.Cap, ceiling), CapY: up(ceiling), Now: across(today),
	}
	var done, ahead path
	highest := limits.Point{}
	for p := range x.history.Series(span) {
		if p.Day <= today {
			done.to(across(p.Day), up(p.Counted))
		}
		if p.Day >= today {
			ahead.to(across(p.Day), up(p.Counted))
			if p.Counted > highest.Counted {
				highest = p
			}
		}
		if p.Day == today {
			g.Count, g.NowY = fmt.Sprint(p.Counted), up(p.Counted)
		}
	}
	g.Done, g.Ahead = done.String(), ahead.String()
	for n := 0; n <= ceiling; n += ruled {
		g.Counts = append(g.Counts, tick{up(n), fmt.Sprint(n)})
	}
	for m := law.MonthOf(span.First).Add(1); m.Span().First < last; m = m.Add(1) {
		if m.Month%3 == 1 { // the quarters of the year; near the edge is no room
			g.Months = append(g.Months, tick{across(m.Span().First), w.month(m)})
		}
	}
	g.Lanes = x.lanes(w, across)
	g.Height = laneTop + len(g.Lanes)*laneStep
	g.Title = fmt.Sprintf("%s: %s / %d, %s", x.worker, g.Count, ceiling, w.day(today))
	g.Desc = fmt.Sprintf("%s. %s. %s: %d, %s.", w.Counter, g.Cap, w.Highest, highest.Counted, w.day(highest.Day))
	for _, l := range g.Lanes {
		g.Desc += " " + l.Text + "."
	}
	return g
}

// lanes are those of the verdicts that occur.
func (x *counter) lanes(w *words, across func(date.Date) string) []lane {
	var list []lane
	for _, v := range verdicts {
		var days []date.Date
		for _, c := range x.calls {
			if c.Verdict == v {
				days = append(days, law.RomeDay(c.Start))
			}
		}
		if len(days) == 0 {
			continue
		}
		slices.Sort(days)
		days = slices.Compact(days)
		l := lane{Y: laneTop + len(list)*laneStep, Class: v.String()}
		var names []string
		for i, d := range days {
			l.Marks = append(l.Marks, across(d))
			if i < namedDates {
				names = append(names, w.short(d))
			}
		}
		l.Text = marks[v] + " " + w.verdict(v) + ": " + strings.Join(names, ", ")
		if more := len(days) - namedDates; more > 0 {
			l.Text += fmt.Sprintf(" + %d", more)
		}
		list = append(list, l)
	}
	return list
}

// up is the height of a count.
func up(count int) string {
	return px(plotBottom - float64(min(count, topCount))/topCount*(plotBottom-plotTop))
}

func px(v float64) string { return fmt.Sprintf("%.1f", v) }

// path is a line of steps, as the data of an SVG path.
type path struct {
	data strings.Builder
	x, y string
}

func (p *path) to(x, y string) {
	switch {
	case p.y == "":
		p.data.WriteString("M" + x + " " + y)
	case p.y != y:
		p.data.WriteString("H" + x + "V" + y)
	}
	p.x, p.y = x, y
}

func (p *path) String() string { return p.data.String() + "H" + p.x }

// draw draws the counters of an employer under the cap, those nearest to it where
// they are many.
func (e *employerReport) draw(w *words, now time.Time) []chart {
	drawn := make([]int, len(e.counters))
	for i := range drawn {
		drawn[i] = i
	}
	if len(drawn) > mostCharts {
		least := func(i int) int {
			n := *e.counters[i].calls[0].Remaining
			for _, c := range e.counters[i].calls {
				n = min(n, *c.Remaining)
			}
			return n
		}
		slices.SortStableFunc(drawn, func(x, y int) int { return cmp.Compare(least(x), least(y)) })
		drawn = drawn[:mostCharts]
		slices.Sort(drawn)
	}
	list := make([]chart, len(drawn))
	for i, k := range drawn {
		list[i] = e.counters[k].draw(w, now, fmt.Sprintf("%s-%d", e.id, i+1))
	}
	return list
}
