package limitstest

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// FullCases generates cases as [Cases] does, with days worked for a predecessor,
// histories that are incomplete and employers that were something else in time.
func FullCases() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		r := gopter.NewGenResult(DrawFullCase(p), shrinkCase)
		r.Sieve = func(v any) bool { c, ok := v.(Case); return ok && c.On >= firstAsked }
		return r
	}
}

// DrawFullCase draws one case as [FullCases] does.
func DrawFullCase(p *gopter.GenParameters) Case {
	roll, c := p.Rng.Intn, DrawCase(p)
	for range roll(4) * roll(30) {
		if k := len(c.Worked); k > 0 {
			i := roll(k)
			c.Transferred = append(c.Transferred, c.Worked[i])
			if roll(4) > 0 { // or worked for both
				c.Worked = slices.Delete(c.Worked, i, i+1)
			}
		}
	}
	c.Incomplete = roll(8) == 0
	kinds := []limits.Employer{Shop(), Shop(), Shop(), Bar(), Restorer(), Unnamed()}
	c.Employer = kinds[roll(len(kinds))]
	day := SlowWindow(c.On) + date.Date(roll(1200)-200)
	for range roll(5) {
		first := day + date.Date(roll(2)*roll(60))
		last := first + date.Date(roll(500))
		c.Periods = append(c.Periods, limits.EmployerPeriod{Span: law.Span{First: first, Last: last}, Employer: kinds[roll(len(kinds))]})
		day = last + 1
	}
	if k := len(c.Periods); k > 0 && roll(2) == 0 {
		if roll(2) == 0 {
			c.Periods[k-1].Span.Last = 0
		}
		c.Periods[k-1].Employer = Shop() // the cap applies in the end, as to a bar that became a shop
	}
	p.Rng.Shuffle(len(c.Periods), func(i, j int) { c.Periods[i], c.Periods[j] = c.Periods[j], c.Periods[i] })
	return c
}

// Days of the generated questions: from the eve of the law on.
var (
	firstAsked = date.New(2013, time.June, 26)
	lastAsked  = date.New(2032, time.March, 2)
)

// Cases generates cases whose counter stands near the cap two times in three, with
// days at the edges of the window, some of them presumed or across midnight, and a
// plan around the day asked. It shrinks by leaving days out.
func Cases() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		r := gopter.NewGenResult(DrawCase(p), shrinkCase)
		r.Sieve = func(v any) bool { c, ok := v.(Case); return ok && c.On >= firstAsked }
		return r
	}
}

// DrawCase draws one case as [Cases] does, for generators written as plain
// functions.
func DrawCase(p *gopter.GenParameters) Case {
	roll, book := p.Rng.Intn, values()
	lawDay := book.lawDay()
	c := Case{On: lawtest.DrawDay(p, firstAsked, lastAsked)}
	n := 395 + roll(10)
	switch roll(6) {
	case 0:
		n = roll(40)
	case 1:
		n = 410 + roll(250)
	}
	first := SlowWindow(c.On)
	length := int(c.On - first)
	switch shift := date.Date(roll(40) - 20); roll(6) {
	case 0: // a block at the end of the window
		c.Worked = run(c.On-date.Date(n)+shift, n)
	case 1: // a block at its start
		c.Worked = run(first+shift, n)
	case 2: // a block somewhere
		c.Worked = run(first+date.Date(roll(length)), n)
	case 3: // the first days of the law, the only ones among which its first day matters
		c.On = lawtest.DrawDay(p, date.New(2014, time.September, 1), date.New(2016, time.July, 1))
		c.Worked = run(lawDay, 399+roll(3))
	default: // all over it
		for _, i := range p.Rng.Perm(length)[:min(n, length)] {
			c.Worked = append(c.Worked, first+date.Date(i))
		}
	}
	edges := []date.Date{
		first - 1, first, first + 1, c.On - 1, c.On, c.On + 1,
		lawDay - 1, lawDay, lawDay + 1, c.On + date.Date(roll(30)), first + date.Date(roll(length)),
	}
	edge := func() date.Date { return edges[roll(len(edges))] }
	for range max(0, roll(6)-3) {
		c.Worked = append(c.Worked, edge())
	}
	for range max(0, roll(8)-3) {
		c.Presumed = append(c.Presumed, edge())
	}
	for range max(0, roll(8)-3) {
		if len(c.Worked) > 0 && roll(2) == 0 {
			c.AcrossMidnight = append(c.AcrossMidnight, c.Worked[roll(len(c.Worked))])
		} else {
			c.AcrossMidnight = append(c.AcrossMidnight, edge())
		}
	}
	for range max(0, roll(28)-3) {
		c.Planned = append(c.Planned, c.On+date.Date(roll(50)-10))
	}
	if len(c.Planned) > 0 && roll(2) == 0 {
		c.AcrossMidnight = append(c.AcrossMidnight, c.Planned[roll(len(c.Planned))])
	}
	p.Rng.Shuffle(len(c.Worked), func(i, j int) { c.Worked[i], c.Worked[j] = c.Worked[j], c.Worked[i] })
	return c
}

func run(first date.Date, n int) []date.Date {
	days := make([]date.Date, n)
	for i := range days {
		days[i] = first + date.Date(i)
	}
	return days
}

// shrinkCase offers the case with one list shorter: empty, by half, by one day.
func shrinkCase(v any) gopter.Shrink {
	var smaller []Case
	for field := range 5 {
		c := v.(Case)
		list := []*[]date.Date{&c.Planned, &c.AcrossMidnight, &c.Presumed, &c.Transferred, &c.Worked}[field]
		all := *list
		for _, n := range []int{0, len(all) / 2, len(all) - 1} {
			if n >= 0 && n < len(all) {
				*list = slices.Clone(all[:n])
				smaller = append(smaller, c)
				*list = slices.Clone(all[len(all)-n:])
				smaller = append(smaller, c)
			}
		}
	}
	if c := v.(Case); len(c.Periods) > 0 {
		c.Periods = slices.Clone(c.Periods[1:])
		smaller = append(smaller, c)
	}
	return func() (any, bool) {
		if len(smaller) == 0 {
			return nil, false
		}
		c := smaller[0]
		smaller = smaller[1:]
		return c, true
	}
}
