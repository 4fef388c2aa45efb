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
		{"Assess", 2, func() { n += h.Assess(asked, trade).Worked }},
		{"Assess with presumed days", 3, func() { n += doubtful.Assess(asked, trade).Worked }},
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

// One operation is the whole portfolio: 100,000 workers with 150 days in each of
// three years, built and assessed for one day.
func BenchmarkPortfolio(b *testing.B) {
	const workers = 100_000
	days := slices.Collect(years(3, 150).All())
	b.ReportAllocs()
	for b.Loop() {
		team := make([]limits.History, workers)
		for i := range team {
			team[i].Worked = limits.NewLedger(days...)
		}
		full := 0
		for _, a := range limits.Portfolio(slices.All(team), asked, trade) {
			if a.Remaining == 0 {
				full++
			}
		}
		if full != workers {
			b.Fatal(full)
		}
	}
}
