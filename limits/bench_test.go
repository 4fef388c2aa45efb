package limits_test

import (
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/require"
)

var (
	asked = date.New(2025, time.July, 23)
	trade = limits.Employer{ATECO: "47.11.40", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No}
)

// years returns a ledger of n days a year, evenly spread, over the years before
// the day asked.
func years(count, n int) limits.Ledger {
	var days []date.Date
	for i := range count * n {
		days = append(days, asked-1-date.Date(i*365/n))
	}
	return limits.NewLedger(days...)
}

// shuffled returns n different days of some years in no order.
func shuffled(n int) []date.Date {
	days := make([]date.Date, n)
	for i := range days {
		days[i] = asked - date.Date(i*997%3600)
	}
	return days
}

func TestAllocations(t *testing.T) {
	ten := years(10, 100)
	window := limits.Window(asked)
	h := limits.History{Worked: ten}
	doubtful := limits.History{Worked: ten, Presumed: limits.NewLedger(asked - 9), AcrossMidnight: limits.NewLedger(asked - 1)}
	q := limits.Question{Worked: ten, On: asked, Employer: trade}
	checks := make(law.Checks, 0, 8)
	n := 0
	for _, c := range []struct {
		name string
		most float64
		f    func()
	}{
		{"Count", 0, func() { n += ten.Count(window) }},
		{"Window", 0, func() { n += int(limits.Window(asked).First) }},
		{"Has", 0, func() {
			if ten.Has(asked - 1) {
				n++
			}
		}},
		{"AppendChecks", 0, func() { checks, _, _ = q.AppendChecks(checks[:0]) }},
		{"Assess", 1, func() { n += h.Assess(asked, trade).Worked }},
		{"Assess with presumed days", 2, func() { n += doubtful.Assess(asked, trade).Worked }},
	} {
		t.Run(c.name, func(t *testing.T) {
			require.LessOrEqual(t, testing.AllocsPerRun(100, c.f), c.most)
		})
	}
}

func BenchmarkCount(b *testing.B) {
	l, w := years(10, 100), limits.Window(asked)
	for b.Loop() {
		l.Count(w)
	}
}

func BenchmarkWindow(b *testing.B) {
	for b.Loop() {
		limits.Window(asked)
	}
}

func BenchmarkNewLedger(b *testing.B) {
	days := shuffled(1000)
	for b.Loop() {
		limits.NewLedger(days...)
	}
}

// Three years of days in order, as rows come from a table.
func BenchmarkNewLedgerInOrder(b *testing.B) {
	days := slices.Sorted(years(3, 150).All())
	for b.Loop() {
		limits.NewLedger(days...)
	}
}

func BenchmarkAssess(b *testing.B) {
	for _, c := range []struct {
		name string
		h    limits.History
	}{
		{"few", limits.History{Worked: years(3, 100)}},
		{"ten years", limits.History{Worked: years(10, 100)}},
		{"presumed", limits.History{Worked: years(3, 100), Presumed: limits.NewLedger(asked - 9)}},
		{"full", limits.History{Worked: years(3, 150)}},
	} {
		b.Run(c.name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				c.h.Assess(asked, trade)
			}
		})
	}
}

func BenchmarkPlan(b *testing.B) {
	h := limits.History{Worked: years(3, 120)}
	plan := limits.LedgerOf(law.Days{{First: asked, Last: asked + 99}})
	b.ReportAllocs()
	for b.Loop() {
		h.Plan(plan, trade)
	}
}

// One operation is the whole portfolio: 100,000 workers with three years of days, built
// from sorted rows and assessed for one day. "plain" is the same question by a loop over
// the same rows, which answers nothing else.
func BenchmarkPortfolio(b *testing.B) {
	const workers = 100_000
	for name, perYear := range map[string]int{"within the cap": 130, "over the cap": 150} {
		days := slices.Sorted(years(3, perYear).All())
		rows := slices.Repeat(days, workers) // the days of one worker after the other's
		of := func(i int) []date.Date { return rows[i*len(days) : (i+1)*len(days)] }
		team := func(yield func(int, limits.History) bool) {
			for i := range workers {
				if !yield(i, limits.History{Worked: limits.NewLedger(of(i)...)}) {
					return
				}
			}
		}
		want := 0
		if len(days) >= 400 {
			want = workers
		}
		b.Run("plain/"+name, func(b *testing.B) {
			b.ReportAllocs()
			first := limits.Window(asked).First
			for b.Loop() {
				full := 0
				for i := range workers {
					n, before := 0, date.Date(0)
					for _, d := range of(i) {
						if d != before && d >= first && d < asked {
							n++
						}
						before = d
					}
					if n >= 400 {
						full++
					}
				}
				if full != want {
					b.Fatal(full)
				}
			}
		})
		b.Run("Portfolio/"+name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				full := 0
				for _, a := range limits.Portfolio(team, asked, trade) {
					if a.Remaining == 0 {
						full++
					}
				}
				if full != want {
					b.Fatal(full)
				}
			}
		})
	}
}

// A full history of 180 years.
func BenchmarkInverse(b *testing.B) {
	first := date.New(2020, time.January, 1)
	span := law.Span{First: first, Last: date.New(2199, time.December, 31)}
	for name, h := range map[string]limits.History{
		"full":             {Worked: limits.LedgerOf(law.Days{span})},
		"two days in five": {Worked: every(first, span.Len(), 2, 5)},
		"one too many":     {Worked: every(first, span.Len(), 366, 1000)},
	} {
		b.Run("LastFree/"+name, func(b *testing.B) {
			for b.Loop() {
				h.LastFree(law.Span{First: first + 1200, Last: span.Last})
			}
		})
		b.Run("NextFree/"+name, func(b *testing.B) {
			for b.Loop() {
				h.NextFree(first + 1200)
			}
		})
		b.Run("Assess/"+name, func(b *testing.B) {
			for b.Loop() {
				h.Assess(first+1200, trade)
			}
		})
		b.Run("Displaced/"+name, func(b *testing.B) {
			for b.Loop() {
				h.Displaced(h.Worked, first+1200)
			}
		})
	}
}
