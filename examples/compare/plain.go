package compare

import (
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/intermittente/intermittente/limits"
	"github.com/rickb777/date/v2"
)

// most is the cap, written here a second time on purpose: the other ways know nothing
// of the library but the first day of a window.
const most = 400

// sorted answers from the rows themselves.
type sorted struct{ rows Rows }

func openSlices(r Rows) (Asker, error) { return sorted{r}, nil }

// Count searches each worker's days twice.
func (s sorted) Count(on date.Date, counts []int) error {
	first := limits.Window(on).First
	for w := range counts {
		days := s.rows.Of(w)
		from, _ := slices.BinarySearch(days, first)
		to, _ := slices.BinarySearch(days, on)
		counts[w] = to - from
	}
	return nil
}

// First compares each day with the one 400 rows before it.
func (s sorted) First(firsts []date.Date) error {
	for w := range firsts {
		firsts[w] = firstOver(s.rows.Of(w))
	}
	return nil
}

func firstOver[D date.Date | uint32](days []D) date.Date {
	for i := most; i < len(days); i++ {
		if d := date.Date(days[i]); date.Date(days[i-most]) >= limits.Window(d).First {
			return d
		}
	}
	return 0
}

// Close has nothing to do.
func (sorted) Close() error { return nil }

// bitmaps are kept, one for each worker.
type bitmaps []*roaring.Bitmap

func openRoaring(r Rows) (Asker, error) {
	list, days := make(bitmaps, r.Workers()), []uint32{}
	for w := range list {
		days = days[:0]
		for _, d := range r.Of(w) {
			days = append(days, uint32(d))
		}
		list[w] = roaring.BitmapOf(days...)
	}
	return list, nil
}

// Count asks each bitmap for two ranks.
func (list bitmaps) Count(on date.Date, counts []int) error {
	first := limits.Window(on).First
	for w, b := range list {
		counts[w] = int(b.Rank(uint32(on-1)) - b.Rank(uint32(first-1)))
	}
	return nil
}

// First lists the days of who has more than 400.
func (list bitmaps) First(firsts []date.Date) error {
	for w, b := range list {
		firsts[w] = 0
		if b.GetCardinality() > most {
			firsts[w] = firstOver(b.ToArray())
		}
	}
	return nil
}

// Close has nothing to do.
func (bitmaps) Close() error { return nil }
