// Package compare asks two questions about the days of work of many workers, of the
// library and of what is used in its place: a loop over sorted days, roaring bitmaps,
// SQLite, DuckDB and ClickHouse. Its test holds the answers equal; its benchmarks
// measure time, processor time and memory.
package compare

import (
	"iter"
	"math/rand"
	"time"

	"github.com/rickb777/date/v2"
)

// Rows are days of work as a sorted table holds them: those of worker 0 first, the
// days of each worker in order, none twice.
type Rows struct {
	Days []date.Date
	Ends []int // the rows of worker w end before Ends[w]
}

// Workers returns how many workers there are. One may have no row.
func (r Rows) Workers() int { return len(r.Ends) }

// Of returns the days of one worker.
func (r Rows) Of(worker int) []date.Date {
	if worker == 0 {
		return r.Days[:r.Ends[0]]
	}
	return r.Days[r.Ends[worker-1]:r.Ends[worker]]
}

// unix is the day from which databases count. Package date counts from another.
var unix = date.New(1970, time.January, 1)

// all yields every row as databases want it: a worker, and days since 1970.
func (r Rows) all() iter.Seq2[int, int] {
	return func(yield func(int, int) bool) {
		for w := range r.Workers() {
			for _, d := range r.Of(w) {
				if !yield(w, int(d-unix)) {
					return
				}
			}
		}
	}
}

// end returns the day after the last row.
func (r Rows) end() date.Date {
	end := date.Date(0)
	for w := range r.Workers() {
		if days := r.Of(w); len(days) > 0 {
			end = max(end, days[len(days)-1]+1)
		}
	}
	return end
}

// Draw makes rows up, always the same: the past days before a day, of which each worker
// works a share of his own, between a tenth and 45 in a hundred. About one in four
// passes the cap.
func Draw(workers, past int, before date.Date) Rows {
	random := rand.New(rand.NewSource(1))
	r := Rows{Days: make([]date.Date, 0, workers*past*3/10), Ends: make([]int, workers)}
	for w := range workers {
		share := 0.10 + 0.35*random.Float64()
		for d := before - date.Date(past); d < before; d++ {
			if random.Float64() < share {
				r.Days = append(r.Days, d)
			}
		}
		r.Ends[w] = len(r.Days)
	}
	return r
}

// Way is one way to answer.
type Way struct {
	Name string
	Open func(Rows) (Asker, error) // builds what the way keeps
}

// Asker answers for all workers at once.
type Asker interface {
	// Count writes how many days before a day fall in its window of three years.
	Count(on date.Date, counts []int) error
	// First writes the first day that is over 400 days in its own window, zero where
	// there is none.
	First(firsts []date.Date) error
	Close() error
}

// Ways lists the ways that this build knows: DuckDB needs cgo, ClickHouse a tag.
func Ways() []Way {
	list := []Way{
		{"limits.Ledger", openLedgers},
		{"limits.Portfolio", openPortfolio},
		{"slice", openSlices},
		{"roaring", openRoaring},
		{"SQLite", openSQLite},
	}
	return append(list, append(duckDB, clickHouse...)...)
}
