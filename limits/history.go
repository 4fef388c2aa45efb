package limits

import (
	"iter"
	"math"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// History is what is known of one worker with one employer. It is a value: change
// a copy to ask what if.
//
// The administrative reading counts Worked and AcrossMidnight, a day each; the
// stricter one adds Presumed and the day after each of AcrossMidnight.
type History struct {
	Worked         Ledger // days on which any work began
	Presumed       Ledger // days communicated, neither worked nor cancelled in time
	AcrossMidnight Ledger // days on which a shift began that ended the next day
}

// effective returns the days of the administrative reading.
func (h History) effective() reading {
	return reading{h.Worked.Union(h.AcrossMidnight), firstCounted}
}

// strict returns the days of the stricter reading, but for the law's first day.
func (h History) strict() reading {
	if h.Presumed.n == 0 && h.AcrossMidnight.n == 0 {
		return reading{h.Worked, firstCounted}
	}
	first, end := int32(math.MaxInt32), int32(0)
	for _, l := range [...]Ledger{h.Worked, h.Presumed, h.AcrossMidnight} {
		if l.n != 0 {
			first, end = min(first, l.first), max(end, l.end()+1)
		}
	}
	return reading{build(first, end, func(i int) uint64 {
		m := h.AcrossMidnight.block(i)
		return h.Worked.block(i) | h.Presumed.block(i) | m | m<<1 | h.AcrossMidnight.block(i-1)>>63
	}).trim(), firstCounted}
}

// counts reports whether a day counts in its own right, not only as the second of
// a shift across midnight.
func (h History) counts(d date.Date) bool {
	return h.Worked.Has(d) || h.Presumed.Has(d) || h.AcrossMidnight.Has(d)
}

// safe returns the days of the strictest reading: what fits it fits every other.
func (h History) safe() reading { return reading{h.strict().days, lawFrom} }

// NextFree returns the first day from a day on that may be worked under every
// reading, nothing but the history being worked, and the counted days that leave
// the window until then. It takes the cap to apply: see [Employer.Exempt].
func (h History) NextFree(from date.Date) (day date.Date, leaving Ledger) {
	return h.safe().free(from)
}

// Point is the counter of one day.
type Point struct {
	Day       date.Date `json:"day"`
	Worked    int       `json:"worked"`    // days of work in the window before Day
	Counted   int       `json:"counted"`   // the same in the strictest reading
	Remaining int       `json:"remaining"` // days still free on Day, itself included
}

// Series yields the counter for each day of a closed span, as for a chart. Days
// before the law have none.
func (h History) Series(span law.Span) iter.Seq[Point] {
	return func(yield func(Point) bool) {
		effective, safe := h.effective(), h.safe()
		for d := range span.All() {
			if d < lawFrom {
				continue
			}
			if !yield(Point{d, effective.before(d), safe.before(d), safe.remaining(d)}) {
				return
			}
		}
	}
}

// Portfolio assesses many workers of one employer for one day, in the order they
// come: limits.Portfolio(maps.All(team), on, employer). The keys are the caller's.
func Portfolio[K any](workers iter.Seq2[K, History], on date.Date, e Employer) iter.Seq2[K, Assessment] {
	return func(yield func(K, Assessment) bool) {
		for k, h := range workers {
			if !yield(k, h.Assess(on, e)) {
				return
			}
		}
	}
}
