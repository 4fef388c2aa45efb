package indemnity_test

import (
	"encoding/json"
	"fmt"
	"math/big"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// broken collects what does not hold of one case.
type broken struct {
	in   indemnity.Case
	list []string
}

func (b *broken) unless(ok bool, format string, args ...any) {
	if !ok {
		b.list = append(b.list, fmt.Sprintf(format, args...))
	}
}

func (b *broken) amount(what string, got decimal.Decimal, want *big.Rat) {
	b.unless(got.Rat().Cmp(want) == 0, "%s %s, expected %s", what, got, want.FloatString(4))
}

// String is empty when all held, which is what gopter wants of a condition.
func (b *broken) String() string {
	if len(b.list) == 0 {
		return ""
	}
	in, _ := json.Marshal(b.in)
	return strings.Join(b.list, "; ") + " of " + string(in)
}

func compute(c indemnity.Case) indemnity.Statement {
	s, err := indemnity.Compute(c)
	if err != nil {
		panic(err) // gopter reports it with the case
	}
	return s
}

func TestProperties(t *testing.T) { properties(t) }

// TestPropertiesOfAnotherLaw runs them with a law that changes every five months, within
// a month as a rule: shares that rise and fall, forfeits as short as a week and as long
// as a calendar holds.
func TestPropertiesOfAnotherLaw(t *testing.T) {
	shares := []string{"0.20", "0.25", "0.22", "0.30"}
	lengths := []int{15, 20, 9, 31}
	floor, forfeit := indemnity.FloorShare().All(), indemnity.ForfeitDays().All()[:1]
	for i := range 60 {
		from := day("2004-04-13") + date.Date(150*i)
		floor = append(floor, law.Entry[decimal.Decimal]{From: from, Value: dec(shares[i%len(shares)])})
		forfeit = append(forfeit, law.Entry[int]{From: from, Value: lengths[i%len(lengths)]})
	}
	indemnity.SetFloorShare(t, law.NewTimeline(floor...))
	indemnity.SetForfeitDays(t, law.NewTimeline(forfeit...))
	properties(t)
}

func properties(t *testing.T) {
	t.Helper()
	cases := indemnitytest.Cases()

	lawtest.Property(t, "agrees with the oracle", func(c indemnity.Case) string {
		b := &broken{in: c}
		s, want := compute(c), indemnitytest.Answer(c)
		b.amount("base", s.Base.Decimal, want.Base)
		b.amount("floor", s.Floor.Decimal, want.Floor)
		b.amount("monthly", s.Monthly.Decimal, want.Monthly)
		b.amount("due", s.Due.Decimal, want.Due)
		b.amount("restitution", s.Restitution.Decimal, want.Returned)
		waiting := slices.DeleteFunc(slices.Clone(s.Lines), func(l indemnity.Line) bool { return l.Kind != indemnity.LineWaiting })
		b.unless(len(waiting) == len(want.Lines), "%d waiting lines, expected %d", len(waiting), len(want.Lines))
		for i := range min(len(waiting), len(want.Lines)) {
			b.amount("line", waiting[i].Amount.Decimal, want.Lines[i])
			exact := new(big.Rat).Mul(waiting[i].Base.Rat(), waiting[i].Numerator.Rat())
			b.unless(exact.Quo(exact, waiting[i].Denominator.Rat()).Cmp(want.Exact[i]) == 0, "exact line %s, expected %s", exact, want.Exact[i])
		}
		for f := range s.Checks.Findings() {
			switch f := f.Facts.(type) {
			case indemnity.Forfeited:
				b.amount("due if after", f.DueIfAfter.Decimal, want.DueIfAfter)
			case indemnity.Refused:
				b.amount("returned", f.Returned.Decimal, want.Returned)
				b.amount("returned by time", f.IfByTime.Decimal, want.IfByTime)
			}
		}
		return b.String()
	}, cases)

	lawtest.Property(t, "lines add up, and are rounded once", func(c indemnity.Case) string {
		b := &broken{in: c}
		s := compute(c)
		var due, returned decimal.Decimal
		half := decimal.New(5, -3)
		for _, l := range s.Lines {
			switch l.Kind {
			case indemnity.LineWaiting:
				due = due.Add(l.Amount.Decimal)
			case indemnity.LineRestitution:
				returned = returned.Add(l.Amount.Decimal)
			default:
				b.unless(l.Amount.IsZero(), "%s line of %s", l.Kind, l.Amount)
			}
			off := l.Exact().Sub(l.Amount.Decimal)
			b.unless(off.Abs().Cmp(half) <= 0, "%s is off by %s", l.Amount, off)
			b.unless(l.Exact().Round(2).Equal(l.Amount.Decimal), "%s does not round to %s", l.Exact(), l.Amount)
		}
		b.unless(due.Equal(s.Due.Decimal), "lines add up to %s, due is %s", due, s.Due)
		b.unless(returned.Equal(s.Restitution.Decimal), "lines return %s, restitution is %s", returned, s.Restitution)
		return b.String()
	}, cases)

	lawtest.Property(t, "splitting events changes nothing", func(c indemnity.Case) string {
		b := &broken{in: c}
		whole, split := compute(c), compute(halve(c))
		b.unless(split.Due.Equal(whole.Due.Decimal), "due %s, split %s", whole.Due, split.Due)
		b.unless(split.Restitution.Equal(whole.Restitution.Decimal), "restitution %s, split %s", whole.Restitution, split.Restitution)
		b.unless(split.Verdict == whole.Verdict, "verdict %s, split %s", whole.Verdict, split.Verdict)
		return b.String()
	}, cases)

	lawtest.Property(t, "a stretch of equal pay is one line, wherever it is cut", func(c indemnity.Case) string {
		b := &broken{in: c}
		c.PayFrom = nil
		whole := compute(c)
		c.PayFrom = []indemnity.PayChange{{From: c.Month.Month.Span().First + 9, Pay: c.Pay}}
		cut := compute(c)
		b.unless(cut.Due.Equal(whole.Due.Decimal), "due %s, cut %s", whole.Due, cut.Due)
		b.unless(len(cut.Lines) == len(whole.Lines), "%d lines, cut %d", len(whole.Lines), len(cut.Lines))
		return b.String()
	}, cases)

	lawtest.Property(t, "cutting a month in two changes the sum by a cent a line", func(c indemnity.Case) string {
		b := &broken{in: c}
		c.PayFrom, c.Worked = nil, nil
		whole := compute(c)
		first, second := c, c
		cut := c.Month.Month.Span().First + 13
		life := c.Month.Month.Span()
		if (c.Contract != law.Span{}) {
			life = life.Intersect(c.Contract)
		}
		if !life.Contains(cut) || cut == life.Last {
			return ""
		}
		first.Contract, second.Contract = law.Span{First: life.First, Last: cut}, law.Span{First: cut + 1, Last: life.Last}
		first.Refusals, second.Refusals = nil, nil
		sum := compute(first).Due.Add(compute(second).Due.Decimal)
		off := sum.Sub(whole.Due.Decimal).Abs()
		b.unless(off.Cmp(decimal.New(1, -2)) <= 0, "whole %s, in two %s", whole.Due, sum)
		return b.String()
	}, cases)

	lawtest.Property(t, "more hours worked never raise it", func(c indemnity.Case) string {
		b := &broken{in: c}
		before := compute(c).Due
		life := c.Month.Month.Span()
		if (c.Contract != law.Span{}) {
			life = life.Intersect(c.Contract)
		}
		for d := range life.All() {
			if rest := decimal.New(24, 0).Sub(workedOn(c, d)); rest.IsPositive() {
				more := c
				more.Worked = append(slices.Clone(c.Worked), indemnity.Shift{Day: d, Hours: rest})
				after := compute(more).Due
				b.unless(after.Cmp(before.Decimal) <= 0, "%s more on %s: %s becomes %s", rest, d, before, after)
			}
		}
		return b.String()
	}, cases)

	lawtest.Property(t, "telling the employer never lowers it", func(c indemnity.Case) string {
		b := &broken{in: c}
		told := c
		told.Impediments = slices.Clone(c.Impediments)
		for i := range told.Impediments {
			told.Impediments[i].Notified = law.Yes
		}
		silent, notified := compute(c).Due, compute(told).Due
		b.unless(notified.Cmp(silent.Decimal) >= 0, "%s becomes %s", silent, notified)
		return b.String()
	}, cases)

	lawtest.Property(t, "a higher rate never lowers it, and a floor holds", func(c indemnity.Case) string {
		b := &broken{in: c}
		floor := c
		floor.Rate = nil
		s, least := compute(c), compute(floor)
		b.unless(s.Due.Cmp(least.Due.Decimal) >= 0, "%s is below %s", s.Due, least.Due)
		b.unless(s.Monthly.Cmp(s.Floor.Decimal) >= 0, "month %s is below the floor %s", s.Monthly, s.Floor)
		return b.String()
	}, cases)

	lawtest.Property(t, "the order of events carries no meaning", func(c indemnity.Case) string {
		b := &broken{in: c}
		back := c
		back.Worked, back.Impediments, back.Refusals = slices.Clone(c.Worked), slices.Clone(c.Impediments), slices.Clone(c.Refusals)
		slices.Reverse(back.Worked)
		slices.Reverse(back.Impediments)
		slices.Reverse(back.Refusals)
		b.unless(compute(back).Due.Equal(compute(c).Due.Decimal), "due differs")
		b.unless(compute(back).Restitution.Equal(compute(c).Restitution.Decimal), "restitution differs")
		return b.String()
	}, cases)

	lawtest.Property(t, "a run of months is each month with the impediments before it", func(cs []indemnity.Case) string {
		b := &broken{in: cs[0]}
		terms := cs[0].Terms
		terms.Contract = law.Span{}
		var months []indemnity.Month
		for i, c := range cs {
			m := c.Month
			m.Month = cs[0].Month.Month.Add(i)
			moved := m.Month.Span().First - c.Month.Month.Span().First
			m.Worked, m.Refusals = nil, nil
			m.Impediments = slices.Clone(c.Impediments)
			for j := range m.Impediments {
				m.Impediments[j].First += moved
				if !m.Impediments[j].Open() {
					m.Impediments[j].Last += moved
				}
			}
			months = append(months, m)
		}
		run, err := indemnity.ComputeMonths(terms, months)
		if err != nil {
			return err.Error()
		}
		var earlier []indemnity.Impediment
		for i, m := range months {
			earlier = append(earlier, m.Impediments...)
			m.Impediments = earlier
			alone := compute(indemnity.Case{Terms: terms, Month: m})
			b.unless(alone.Due.Equal(run[i].Due.Decimal), "%s: %s alone, %s in the run", m.Month, alone.Due, run[i].Due)
			b.unless(alone.Verdict == run[i].Verdict, "%s: %s alone, %s in the run", m.Month, alone.Verdict, run[i].Verdict)
		}
		return b.String()
	}, several(4))

	lawtest.Property(t, "a case survives its JSON", func(c indemnity.Case) string {
		b := &broken{in: c}
		text, err := json.Marshal(c)
		b.unless(err == nil, "%v", err)
		var again indemnity.Case
		err = json.Unmarshal(text, &again)
		b.unless(err == nil, "%v", err)
		first, _ := json.Marshal(compute(c))
		second, _ := json.Marshal(compute(again))
		b.unless(string(first) == string(second), "%s became %s", first, second)
		return b.String()
	}, cases)
}

// workedOn adds up the hours of work of a day, rounded up.
func workedOn(c indemnity.Case, d date.Date) decimal.Decimal {
	sum := decimal.Decimal{}
	for _, s := range c.Worked {
		from, to := law.RomeMidnight(d), law.RomeMidnight(d+1)
		switch {
		case s.Day == d:
			sum = sum.Add(s.Hours)
		case s.Start.Before(to) && s.End.After(from):
			minutes := int64(min(to.Sub(s.Start), s.End.Sub(from), s.End.Sub(s.Start), to.Sub(from)) / time.Minute)
			sum = sum.Add(decimal.New(minutes, 0).DivRound(decimal.New(60, 0), 6)).Add(decimal.New(1, -6))
		}
	}
	return sum
}

// halve makes two of every shift, impediment and refusal.
func halve(c indemnity.Case) indemnity.Case {
	out := c
	out.Worked, out.Impediments = nil, nil
	for _, s := range c.Worked {
		half := s.Hours.DivRound(decimal.New(2, 0), 6)
		other := s.Hours.Sub(half)
		if !half.IsPositive() || !other.IsPositive() {
			out.Worked = append(out.Worked, s)
			continue
		}
		out.Worked = append(out.Worked, indemnity.Shift{Day: s.Day, Hours: half}, indemnity.Shift{Day: s.Day, Hours: other})
	}
	for _, x := range c.Impediments {
		cut := x.First + date.Date(x.Len()/2) - 1
		if x.Open() {
			cut = x.First + 5
		}
		if cut < x.First {
			out.Impediments = append(out.Impediments, x)
			continue
		}
		head, tail := x, x
		head.Last, tail.First = cut, cut+1
		out.Impediments = append(out.Impediments, head, tail)
	}
	out.Refusals = append(slices.Clone(c.Refusals), c.Refusals...)
	return out
}

func several(n int) gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		list := make([]indemnity.Case, n)
		for i := range list {
			list[i] = indemnitytest.DrawCase(p)
		}
		return gopter.NewGenResult(list, gopter.NoShrinker)
	}
}
