package compare_test

import (
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/examples/compare"
	"github.com/rickb777/date/v2"
)

var on = date.New(2025, time.July, 23)

func open(tb testing.TB, workers int) *compare.Portfolio {
	tb.Helper()
	p, err := compare.New(workers, on)
	if err != nil {
		tb.Fatal(err)
	}
	tb.Cleanup(func() {
		if err := p.Close(); err != nil {
			tb.Error(err)
		}
	})
	return p
}

func TestAnswersAreEqual(t *testing.T) {
	const workers = 50
	p := open(t, workers)
	for day := on - 1200; day <= on+30; day += 41 {
		ledger, slice, times, query := make([]int, workers), make([]int, workers), make([]int, workers), make([]int, workers)
		p.ByLedger(day, ledger)
		p.BySlice(day, slice)
		p.ByTime(day, times)
		if err := p.BySQL(day, query); err != nil {
			t.Fatal(err)
		}
		if !slices.Equal(ledger, slice) || !slices.Equal(ledger, times) || !slices.Equal(ledger, query) {
			t.Errorf("%s: ledger %v, slice %v, time %v, SQL %v", day, ledger, slice, times, query)
		}
	}
}

// One operation is the answer for the whole portfolio.
func BenchmarkPortfolio(b *testing.B) {
	const workers = 2000
	p, counts := open(b, workers), make([]int, workers)
	b.Run("limits", func(b *testing.B) {
		for b.Loop() {
			p.ByLedger(on, counts)
		}
	})
	b.Run("slice", func(b *testing.B) {
		for b.Loop() {
			p.BySlice(on, counts)
		}
	})
	b.Run("time", func(b *testing.B) {
		for b.Loop() {
			p.ByTime(on, counts)
		}
	})
	b.Run("SQLite", func(b *testing.B) {
		for b.Loop() {
			if err := p.BySQL(on, counts); err != nil {
				b.Fatal(err)
			}
		}
	})
}
