package portfolio

import (
	"slices"
	"testing"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/leanovate/gopter"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// shops knows one employer, the cap applies to it.
var shops = Sectors{"E": {ATECO: "47.11.02", ATECOVersion: 2025, SectorActivity: law.No, SectorAgreement: law.No}}

// marksOf returns the marks of a case in its own order, repetitions included.
func marksOf(c limitstest.Case) (list []Mark) {
	for _, d := range c.Worked {
		list = append(list, Event{Day: d, Kind: Worked}.Mark())
	}
	for _, d := range c.Presumed {
		list = append(list, Event{Day: d, Kind: Presumed}.Mark())
	}
	for _, d := range c.AcrossMidnight {
		list = append(list, Event{Day: d, Kind: AcrossMidnight}.Mark())
	}
	for _, d := range c.Planned {
		list = append(list, Event{Day: d, Kind: Planned}.Mark())
	}
	return list
}

func setOf(list []Mark) (m Marks) {
	for _, x := range list {
		m.Add(x)
	}
	return m
}

// delivery is a case and how the engine might deliver its marks.
type delivery struct {
	limitstest.Case
	parts []Marks // partial sets, some marks in several
}

func deliveries() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		d := delivery{Case: limitstest.DrawCase(p)}
		list := marksOf(d.Case)
		for range 1 + p.Rng.Intn(60) { // repeated
			if len(list) > 0 {
				list = append(list, list[p.Rng.Intn(len(list))])
			}
		}
		p.Rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
		for len(list) > 0 {
			n := 1 + p.Rng.Intn(len(list))
			d.parts = append(d.parts, setOf(list[:n]))
			list = list[n:]
		}
		return gopter.NewGenResult(d, gopter.NoShrinker)
	}
}

func TestMarks(t *testing.T) {
	lawtest.Property(t, "a set is its marks, sorted, each once", func(c limitstest.Case) bool {
		list := marksOf(c)
		return slices.Equal(setOf(list).list, slices.Compact(slices.Sorted(slices.Values(list))))
	}, limitstest.Cases())

	lawtest.Property(t, "partial sets make the whole one, in whatever order", func(d delivery) bool {
		var forth, back Marks
		for i := range d.parts {
			forth = forth.Union(d.parts[i])
			back = d.parts[len(d.parts)-1-i].Union(back)
		}
		want := setOf(marksOf(d.Case)).list
		return slices.Equal(forth.list, want) && slices.Equal(back.list, want)
	}, deliveries())

	lawtest.Property(t, "what is encoded is decoded, in at most two bytes a mark and four more", func(c limitstest.Case) bool {
		set := setOf(marksOf(c))
		b := Encode(set)
		got, err := Decode(b)
		return err == nil && slices.Equal(got.list, set.list) && len(b) <= 2*len(set.list)+4
	}, limitstest.Cases())
}

func FuzzDecodeMarks(f *testing.F) {
	f.Add([]byte{})
	f.Add([]byte{0})
	f.Add(Encode(Marks{[]Mark{1, 2, 1 << 31}}))
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0x0f, 1})
	f.Add([]byte{0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 1})
	f.Fuzz(func(t *testing.T, b []byte) {
		m, err := Decode(b)
		if err != nil {
			assert.Empty(t, m.list)
			return
		}
		assert.True(t, slices.IsSorted(m.list))
		assert.Len(t, slices.Compact(slices.Clone(m.list)), len(m.list))
		again, err := Decode(Encode(m))
		require.NoError(t, err)
		assert.True(t, slices.Equal(m.list, again.list))
	})
}

// TestJudge holds the adapter to the slow second implementation of the rules.
func TestJudge(t *testing.T) {
	lawtest.Property(t, "the day asked", func(c limitstest.Case) bool {
		got, want := Judge("E\tW", setOf(marksOf(c)), c.On, shops), c.Assess()
		capped := want.DaysCap != "not-in-force"
		return got.Employer == "E" && got.Worker == "W" && got.On == c.On &&
			got.Verdict == verdict(want.DaysCap, want.FirstDay, want.Conversion) && got.Worked == want.Worked &&
			(got.Remaining != nil) == capped && (!capped || *got.Remaining == want.Remaining) &&
			got.NextFree == want.NextFree && got.Converted == want.Converted
	}, limitstest.Cases())

	lawtest.Property(t, "the plan", func(c limitstest.Case) bool {
		marks := setOf(marksOf(c))
		for i, d := range c.Planned { // those gone by are not part of it
			c.Planned[i] = max(d, c.On)
			marks.Add(Event{Day: c.Planned[i], Kind: Planned}.Mark())
		}
		got, want := Judge("E\tW", marks, c.On, shops).Plan, c.Plan()
		if len(c.Planned) == 0 {
			return got == nil
		}
		refused := limits.NewLedger(c.Planned...).Without(want.Lawful...).Days()
		return got.Verdict == verdict(want.DaysCap, want.FirstDay, want.Converts) && got.FirstBreach == want.FirstBreach &&
			got.Days == limits.NewLedger(c.Planned...).Len() && slices.Equal(got.Refused, refused)
	}, limitstest.Cases())

	lawtest.Property(t, "days worked for a predecessor count", func(c limitstest.Case) bool {
		var moved Marks
		for i, x := range marksOf(c) {
			if d, k := split(x); k == Worked && i%3 == 0 {
				x = Event{Day: d, Kind: Transferred}.Mark()
			}
			moved.Add(x)
		}
		return assert.ObjectsAreEqual(Judge("E\tW", setOf(marksOf(c)), c.On, shops), Judge("E\tW", moved, c.On, shops))
	}, limitstest.Cases())
}

// verdict condenses the outcomes of the oracle.
func verdict(outcomes ...string) law.Verdict {
	switch {
	case slices.Contains(outcomes, "breach"):
		return law.VerdictBreach
	case slices.Contains(outcomes, "doubt"):
		return law.VerdictDoubt
	default:
		return law.VerdictClear
	}
}
