package compare

import (
	"iter"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// shop is an employer under the cap.
var shop = limits.Employer{ATECO: "47.11.02", ATECOVersion: 2025, SectorActivity: law.No, SectorAgreement: law.No}

// ledgers are kept, one for each worker.
type ledgers struct {
	list []limits.Ledger
	end  date.Date
}

func openLedgers(r Rows) (Asker, error) {
	l := ledgers{make([]limits.Ledger, r.Workers()), r.end()}
	for w := range l.list {
		l.list[w] = limits.NewLedger(r.Of(w)...)
	}
	return l, nil
}

// Count looks two days up in each ledger.
func (l ledgers) Count(on date.Date, counts []int) error {
	window := law.Span{First: limits.Window(on).First, Last: on - 1}
	for w := range l.list {
		counts[w] = l.list[w].Count(window)
	}
	return nil
}

// First assesses each worker, and takes one member of the answer.
func (l ledgers) First(firsts []date.Date) error {
	team := func(yield func(int, limits.History) bool) {
		for w := range l.list {
			if !yield(w, limits.History{Worked: l.list[w]}) {
				return
			}
		}
	}
	return converted(team, l.end, firsts)
}

// Close has nothing to do.
func (ledgers) Close() error { return nil }

func converted(team iter.Seq2[int, limits.History], on date.Date, firsts []date.Date) error {
	for w, a := range limits.Portfolio(team, on, shop) {
		firsts[w] = a.Converted
	}
	return nil
}

// portfolio keeps nothing: each ledger is built when it is asked, and forgotten.
type portfolio struct {
	rows Rows
	end  date.Date
}

func openPortfolio(r Rows) (Asker, error) { return portfolio{r, r.end()}, nil }

func (p portfolio) team(yield func(int, limits.History) bool) {
	for w := range p.rows.Workers() {
		if !yield(w, limits.History{Worked: limits.NewLedger(p.rows.Of(w)...)}) {
			return
		}
	}
}

// Count assesses each worker, and takes one member of the answer.
func (p portfolio) Count(on date.Date, counts []int) error {
	for w, a := range limits.Portfolio(p.team, on, shop) {
		counts[w] = a.Worked
	}
	return nil
}

// First does the same.
func (p portfolio) First(firsts []date.Date) error { return converted(p.team, p.end, firsts) }

// Close has nothing to do.
func (portfolio) Close() error { return nil }
