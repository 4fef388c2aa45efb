package eligibilitytest

import (
	"math/rand"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// Contracts generates contracts of every kind, signed from 2003 to 2030, with the
// days of the law, the birthdays that matter and missing facts among them.
func Contracts() gopter.Gen { return generate(draw, func(eligibility.Contract) bool { return true }) }

// Lawful generates contracts signed from 25 June 2015 on, with all their facts,
// whose verdict is clear. No day is asked.
func Lawful() gopter.Gen {
	return generate(drawLawful, func(c eligibility.Contract) bool {
		a, err := eligibility.Assess(c)
		return err == nil && a.Verdict == law.VerdictClear
	})
}

func generate(draw func(*rand.Rand) eligibility.Contract, holds func(eligibility.Contract) bool) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		r := gopter.NewGenResult(draw(p.Rng), shrink)
		r.Sieve = func(v any) bool { c, ok := v.(eligibility.Contract); return ok && holds(c) }
		return r
	}
}

// shrink yields the contract with one thing made simpler.
func shrink(v any) gopter.Shrink {
	c := v.(eligibility.Contract)
	steps := []func(*eligibility.Contract) bool{
		func(c *eligibility.Contract) bool {
			done := c.On == 0
			c.On, c.OnStart, c.OnEnd = 0, time.Time{}, time.Time{}
			return done
		},
		func(c *eligibility.Contract) bool { done := c.Worked == nil; c.Worked = nil; return done },
		func(c *eligibility.Contract) bool {
			done := len(c.Unit.Suspensions) == 0
			c.Unit.Suspensions = []eligibility.Suspended{}
			return done
		},
		func(c *eligibility.Contract) bool {
			done := len(c.Unit.CollectiveDismissals) == 0
			c.Unit.CollectiveDismissals = []eligibility.Dismissal{}
			return done
		},
		func(c *eligibility.Contract) bool {
			done := c.Agreement.Needs == law.No && c.Agreement.Bans == law.No && c.Agreement.Periods == nil && c.Agreement.Period.IsZero()
			c.Agreement = eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No}
			return done
		},
		func(c *eligibility.Contract) bool {
			done := c.Activity.Item != nil && *c.Activity.Item == 0
			c.Activity = eligibility.Item(0)
			return done
		},
		func(c *eligibility.Contract) bool {
			done := c.Work == law.Span{First: c.Signed}
			c.Work = law.Span{First: c.Signed}
			return done
		},
	}
	i := -1
	return func() (any, bool) {
		for i++; i < len(steps); i++ {
			simpler := c
			if !steps[i](&simpler) {
				return simpler, true
			}
		}
		return nil, false
	}
}

// turns are the days on which the law of contracts changed, and the last day the
// library vouches for.
var turns = []date.Date{
	date.New(2003, 10, 24), date.New(2004, 11, 4), date.New(2005, 5, 15), date.New(2007, 9, 1), date.New(2008, 1, 1),
	date.New(2008, 6, 25), date.New(2010, 11, 24), date.New(2012, 2, 10), date.New(2012, 7, 18), date.New(2013, 4, 22), date.New(2015, 6, 25), date.New(2019, 11, 13),
	date.New(2022, 8, 13), date.New(2025, 5, 9), law.Verified(),
}

func oneIn(r *rand.Rand, n int) bool { return r.Intn(n) == 0 }

// near draws a day at most n days from another.
func near(r *rand.Rand, d date.Date, n int) date.Date { return d + date.Date(r.Intn(2*n+1)-n) }

func between(r *rand.Rand, lo, hi date.Date) date.Date {
	return lo + date.Date(r.Int63n(int64(hi-lo)+1))
}

func pick[T any](r *rand.Rand, of ...T) T { return of[r.Intn(len(of))] }

func anyAnswer(r *rand.Rand) law.Answer { return pick(r, law.Unknown, law.No, law.Yes) }

// mostly draws an answer that is seldom another.
func mostly(r *rand.Rand, a law.Answer) law.Answer {
	if oneIn(r, 12) {
		return anyAnswer(r)
	}
	return a
}

func drawBirth(r *rand.Rand, signed date.Date) date.Date {
	birth := law.Anniversary(signed, -(14+r.Intn(60)), law.LastOfMonth) - date.Date(r.Intn(365))
	switch r.Intn(8) {
	case 0:
		return 0
	case 1, 2, 3:
		return near(r, law.Anniversary(signed, -pick(r, 16, 18, 24, 25, 45, 55), law.NextMonth), 2)
	case 4: // a leap day, at an age that matters or not
		y := signed.Year() - pick(r, 16, 18, 24, 25, 45, 55, 20+r.Intn(40))
		return date.New(y-y%4, time.February, 29)
	default:
		return birth
	}
}

func draw(r *rand.Rand) eligibility.Contract {
	c := eligibility.Contract{Signed: between(r, date.New(2003, 9, 1), date.New(2030, 12, 31))}
	switch r.Intn(6) {
	case 0, 1:
		c.Signed = near(r, pick(r, turns...), 1)
	case 2:
		c.Signed = near(r, date.New(c.Signed.Year(), time.March, 1), 2)
	}
	c.Birth = drawBirth(r, c.Signed)
	c.Work.First = c.Signed + date.Date(r.Intn(30)-3)
	if c.Birth != 0 && oneIn(r, 3) {
		c.Work.First = max(c.Signed, near(r, law.Anniversary(c.Birth, 25, law.NextMonth), 3))
	}
	if !oneIn(r, 4) {
		c.Work.Last = max(c.Work.First, c.Signed) + date.Date(r.Intn(300))
	}
	if oneIn(r, 2) {
		c.On = max(c.Signed, c.Work.First) + date.Date(r.Intn(310)-5)
		if c.Birth != 0 && oneIn(r, 2) {
			c.On = near(r, law.Anniversary(c.Birth, 25, law.NextMonth), 2)
		}
	}
	if end := date.New(2014, time.January, 1); c.Signed < end && oneIn(r, 2) { // the end of the older ages
		c.Work.Last = pick(r, 0, near(r, end, 2))
		c.Work.Last = pick(r, c.Work.Last, 0)
		if c.Work.Last != 0 {
			c.Work.Last = max(c.Work.Last, c.Work.First, c.Signed)
		}
		if c.On != 0 {
			c.On = near(r, end, 300)
		}
	}
	if c.On != 0 && oneIn(r, 2) {
		c.OnStart = law.RomeMidnight(c.On).Add(time.Duration(1+r.Intn(22*60)) * time.Minute)
		if oneIn(r, 2) {
			c.OnEnd = c.OnStart.Add(time.Duration(1+r.Intn(600)) * time.Minute)
		}
	}
	c.Unemployed, c.Expelled, c.StatutoryPeriod = anyAnswer(r), anyAnswer(r), pick(r, law.Unknown, law.No, law.No, law.No, law.Yes)
	c.SchoolingDone = anyAnswer(r)
	c.Activity = pick(r, eligibility.Activity{}, eligibility.Item(0), eligibility.Item(0), eligibility.Item(r.Intn(47)))
	c.Activity.Role = eligibility.Role(r.Intn(10))
	c.Activity.PublicEstablishment = anyAnswer(r)
	c.Agreement = eligibility.CollectiveAgreement{Needs: pick(r, law.Unknown, law.No, law.No, law.No, law.Yes), Bans: mostly(r, law.No)}
	c.Agreement.Representative = pick(r, law.Unknown, law.Yes, law.Yes, law.Yes, law.No)
	if oneIn(r, 3) {
		c.Agreement.Period = drawPeriod(r, max(c.Signed, c.Work.First))
	}
	if oneIn(r, 2) {
		for range 1 + r.Intn(3) {
			c.Agreement.Periods = append(c.Agreement.Periods, drawRecurring(r, max(c.Signed, c.Work.First)))
		}
	}
	c.Employer = eligibility.Employer{
		PublicAdministration: mostly(r, law.No), RiskAssessment: mostly(r, law.Yes), OnCallSection: anyAnswer(r),
	}
	c.Unit = eligibility.Unit{
		ReplacesStrikers:     mostly(r, law.No),
		CollectiveDismissals: pick(r, nil, []eligibility.Dismissal{}, []eligibility.Dismissal{}),
		Suspensions:          pick(r, nil, []eligibility.Suspended{}, []eligibility.Suspended{}),
	}
	for range r.Intn(3) {
		d := eligibility.Dismissal{Date: near(r, law.MonthsAfter(c.Signed, pick(r, -6, -6, -1, 1)), 2), SameUnit: anyAnswer(r), SameDuties: mostly(r, law.Yes)}
		if oneIn(r, 10) {
			d.Date = 0
		}
		c.Unit.CollectiveDismissals = append(c.Unit.CollectiveDismissals, d)
	}
	for range r.Intn(3) {
		s := eligibility.Suspended{Span: drawPeriod(r, near(r, c.Signed, 60)), SameUnit: anyAnswer(r), SameDuties: mostly(r, law.Yes)}
		if oneIn(r, 10) {
			s.Span = law.Span{}
		}
		c.Unit.Suspensions = append(c.Unit.Suspensions, s)
	}
	c.Terms = drawTerms(r, c.Signed, c.Work.First)
	switch {
	case oneIn(r, 4) && !c.Work.Open():
		c.Worked = law.Days{c.Work}
	case oneIn(r, 4):
		for day := c.Work.First + date.Date(r.Intn(20)); len(c.Worked) < 4; day += 2 + date.Date(r.Intn(pick(r, 200, 200, 2000))) {
			c.Worked = append(c.Worked, law.Span{First: day, Last: day + date.Date(r.Intn(2))})
		}
	}
	return c
}

// drawPeriod draws a period about a day, now and then a year long or open.
func drawPeriod(r *rand.Rand, about date.Date) law.Span {
	first := near(r, about, 40)
	switch r.Intn(6) {
	case 0:
		return law.Span{First: first}
	case 1:
		return law.Span{First: first, Last: law.MonthsAfter(first, 12) - 1 + date.Date(r.Intn(3)-1)}
	default:
		return law.Span{First: first, Last: first + date.Date(r.Intn(120))}
	}
}

// drawRecurring draws a period of any kind, now and then the whole week or year.
func drawRecurring(r *rand.Rand, about date.Date) eligibility.Period {
	day := func() eligibility.MonthDay {
		_, m, d := between(r, date.New(2024, time.January, 1), date.New(2024, time.December, 31)).Date()
		return pick(r, eligibility.MonthDay{Month: m, Day: d}, eligibility.MonthDay{Month: m, Day: d},
			eligibility.MonthDay{Month: time.February, Day: 28 + r.Intn(2)}, eligibility.MonthDay{Month: time.March, Day: 1},
			eligibility.MonthDay{Month: time.December, Day: 31}, eligibility.MonthDay{Month: time.January, Day: 1})
	}
	moment := func() eligibility.WeekTime {
		return eligibility.WeekTime{Day: 1 + r.Intn(7), Time: pick(r, 0, eligibility.ClockOf(r.Intn(25), 0), eligibility.ClockOf(r.Intn(24), r.Intn(60)))}
	}
	switch r.Intn(5) {
	case 0:
		return eligibility.Period{Span: drawPeriod(r, about)}
	case 1, 2:
		return eligibility.Period{EveryYear: eligibility.Yearly{From: day(), To: day()}}
	default:
		return eligibility.Period{Week: eligibility.Weekly{From: moment(), To: moment()}}
	}
}

// allElementsBut lists every element a contract may need, but one.
func allElementsBut(not eligibility.Element) (list []eligibility.Element) {
	for e := eligibility.StatesDuration; e <= eligibility.StatesIndemnity; e++ {
		if e != not {
			list = append(list, e)
		}
	}
	return list
}

func drawTerms(r *rand.Rand, signed, first date.Date) eligibility.Terms {
	t := eligibility.Terms{
		Written: mostly(r, law.Yes), Duty: anyAnswer(r), Elements: allElementsBut(0),
		Notice:               pick(r, &eligibility.Notice{WorkingDays: 1}, &eligibility.Notice{WorkingDays: 1}, &eligibility.Notice{Hours: r.Intn(30)}, nil),
		HireNotice:           law.RomeMidnight(first).Add(time.Duration(r.Intn(48)-46) * time.Hour),
		UnionInformed:        near(r, signed, 500),
		UnionRepresentatives: anyAnswer(r),
	}
	if oneIn(r, 4) {
		t.UnionInformed = 0
	}
	switch r.Intn(8) {
	case 0:
		t.HireNotified, t.LateHire = law.Yes, eligibility.LateHire(r.Intn(3))
		t.HireNotice = law.RomeMidnight(first).Add(time.Duration(r.Intn(7*24)) * time.Hour)
	case 2:
		t.HireNotice, t.HireNotified = time.Time{}, anyAnswer(r)
	case 3:
		t.Elements = append(t.Elements, eligibility.StatesTimeBands)
	case 4:
		t.Elements = nil
	case 1:
		t.Elements = t.Elements[:r.Intn(len(t.Elements))]
	}
	return t
}

// drawLawful draws one or two grounds that hold, and nothing that fails.
func drawLawful(r *rand.Rand) eligibility.Contract {
	signed := between(r, date.New(2015, 6, 25), law.Verified())
	c := eligibility.Contract{
		Signed: signed, Work: law.Span{First: signed + date.Date(r.Intn(20))},
		Birth:         law.Anniversary(signed, -(26+r.Intn(28)), law.LastOfMonth) - date.Date(r.Intn(300)),
		SchoolingDone: law.Yes,
		Activity:      eligibility.Item(0),
		Agreement:     eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No, Representative: law.Yes},
		Employer:      eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes, OnCallSection: law.Yes},
		Unit: eligibility.Unit{
			ReplacesStrikers:     law.No,
			CollectiveDismissals: []eligibility.Dismissal{{Date: law.MonthsAfter(signed, -6) - 1, SameUnit: law.Yes, SameDuties: law.Yes}},
			Suspensions:          []eligibility.Suspended{{Span: law.OneDay(signed), SameUnit: law.No, SameDuties: law.Yes}},
		},
		Terms: eligibility.Terms{
			Written: law.Yes, Duty: law.Yes, Elements: append(allElementsBut(0), eligibility.StatesTimeBands),
			Notice:        &eligibility.Notice{WorkingDays: 1},
			UnionInformed: signed, UnionRepresentatives: law.Yes,
		},
	}
	c.Terms.HireNotice = law.RomeMidnight(c.Work.First).Add(-time.Duration(1+r.Intn(1000)) * time.Minute)
	if oneIn(r, 2) {
		c.Work.Last = c.Work.First + date.Date(1+r.Intn(700))
	}
	for range 1 + r.Intn(2) {
		switch r.Intn(7) {
		case 0: // younger than 24 for a day at least
			c.Birth = law.Anniversary(signed, -24, law.LastOfMonth) + date.Date(3+r.Intn(2200))
		case 1:
			c.Birth = law.Anniversary(signed, -55, law.LastOfMonth) - date.Date(1+r.Intn(5000))
		case 2:
			c.Agreement.Needs = law.Yes
		case 3:
			c.Agreement.Period = law.Span{First: c.Work.First, Last: c.Work.First + date.Date(r.Intn(200))}
		case 4:
			_, month, _ := c.Work.First.Date()
			c.Agreement.Periods = append(c.Agreement.Periods, eligibility.Period{EveryYear: eligibility.Yearly{
				From: eligibility.MonthDay{Month: month, Day: 1}, To: eligibility.MonthDay{Month: (month+2)%12 + 1, Day: 1 + r.Intn(28)},
			}})
		case 5: // whole days, the first day of work among them
			day := (int(c.Work.First.Weekday())+6)%7 + 1
			c.Agreement.Periods = append(c.Agreement.Periods, eligibility.Period{Week: eligibility.Weekly{
				From: eligibility.WeekTime{Day: day}, To: eligibility.WeekTime{Day: (day+r.Intn(4))%7 + 1},
			}})
		default:
			c.Activity = eligibility.Item(pick(r, 1, 3, 5, 8, 12, 14, 22, 38, 43))
		}
	}
	return c
}
