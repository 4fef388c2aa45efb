package limits

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Window returns the three years that end on d: from the day after the
// anniversary three years earlier (that of 29 February is 28 February in a common
// year) to d, both included. It is never clipped to the law's first day. Circ.
// 35/2013; art. 2963 of the civil code.
func Window(d date.Date) law.Span {
	return law.Span{First: law.Anniversary(d, -windowYears, law.LastOfMonth) + 1, Last: d}
}

// leaves returns the first day whose window no longer holds d.
func leaves(d date.Date) date.Date { return law.Anniversary(d, windowYears, law.NextMonth) }

// Cap returns how many days of work a window that ends on a day may hold; 0 before the
// law. Art. 13 c. 3 of d.lgs. 81/2015.
func Cap(d date.Date) int { return capOn(d) }

// capOn returns the cap of a day, 0 before the law.
func capOn(d date.Date) int {
	if i := caps.at(d); i >= 0 {
		return caps.value[i]
	}
	return 0
}

// surplus returns how many of the n days of work before d in its window must
// leave it before d may be worked too: none before the law.
func surplus(d date.Date, n int) int {
	i := caps.at(d)
	if i < 0 {
		return 0
	}
	return max(0, n+1-caps.value[i])
}

// sameCap returns the first and the last day of those around d that have the cap of d.
func sameCap(d date.Date) (first, last date.Date) {
	i := caps.at(d)
	first, last = earliest, latest
	if i >= 0 {
		first = caps.from[i]
	}
	if i+1 < len(caps.from) {
		last = caps.from[i+1] - 1
	}
	return first, last
}

// reading is one way to read a history: the days that count as worked, and the
// first day that counts at all.
type reading struct {
	days Ledger
	from date.Date
}

// between returns the days that count from first on and before end.
func (r reading) between(first, end date.Date) int {
	return r.days.between(max(first, r.from), end)
}

// before returns the days that count in d's window, d left out.
func (r reading) before(d date.Date) int { return r.between(Window(d).First, d) }

// with returns the reading with one more day.
func (r reading) with(d date.Date) reading { return reading{r.days.With(d), r.from} }

// fits reports whether d may be worked on top of the days before it.
func (r reading) fits(d date.Date) bool { return surplus(d, r.before(d)) == 0 }

// runsOver reports whether a shift on d that spills into the day after is over
// the cap there.
func (r reading) runsOver(d date.Date) bool { return !r.with(d).fits(d + 1) }

// remaining returns the days still free on d, itself included.
func (r reading) remaining(d date.Date) int { return max(0, capOn(d)-r.before(d)) }

// nextFree returns the window of the first day, from the one that w ends on, that fits,
// and how many days it looked at. The cap may change on the way: each stretch of days with
// one cap is searched apart.
func (r reading) nextFree(w law.Span) (free law.Span, looks int) {
	for {
		_, last := sameCap(w.Last)
		free, n := r.freeUnder(w, last)
		if looks += n; free.Last <= last || last == latest {
			return free, looks
		}
		w = Window(last + 1)
	}
}

// freeUnder returns the window of the first day, from the one that w ends on, that fits
// under the cap of that one, or of some day after last.
func (r reading) freeUnder(w law.Span, last date.Date) (free law.Span, looks int) {
	for {
		first := max(w.First, r.from)
		gone := r.days.before(first)
		n := max(0, r.days.before(w.Last)-gone)
		tooMany := surplus(w.Last, n)
		if tooMany == 0 || w.Last > last {
			return w, looks
		}
		if looks++; tooMany > n {
			return Window(last + 1), looks // a cap that admits no day at all
		}
		// The oldest days leave one after the other. Until as many have left as are too
		// many nothing can free up; by then later days may have come in.
		w = Window(leaves(r.days.nth(gone + tooMany - 1)))
	}
}

// lastFree returns the last day of a span that fits, zero where none does, and how many
// days it looked at.
func (r reading) lastFree(s law.Span) (day date.Date, looks int) {
	d := s.Last
	for d >= s.First {
		for same, _ := sameCap(d); d >= max(s.First, same); looks++ {
			tooMany := surplus(d, r.before(d))
			if tooMany == 0 {
				return d, looks
			}
			// Of the days counted no more than one a day is later than an earlier day:
			// under the same cap nothing fits before as many days as are too many.
			d = max(d-date.Date(tooMany), same-1)
		}
	}
	return 0, looks
}

// firstOver returns the first day of the reading that is over the cap in its own
// window, on a day that is not exempt; 0 where there is none.
func (r reading) firstOver(s *sector) date.Date {
	if r.days.Len() <= caps.least {
		return 0
	}
	const back = 18 // no window reaches further back than so many blocks
	blocks, early := r.days.blocks, r.days.before(r.from)
	for i, b := range blocks {
		end := int(r.days.n)
		if i+1 < len(blocks) {
			end = int(blocks[i+1].before)
		}
		if end-int(blocks[max(0, i-back)].before) <= caps.least {
			continue // as most blocks do
		}
		number := int(r.days.first) + i
		start := date.Date(number) << 6
		// No window is longer than 1,096 days.
		if end-max(early, r.days.before(start-1095)) <= caps.least {
			continue
		}
		// A day with fewer than the cap before it fits.
		b = b.without(early + caps.least - int(b.before))
		for d := range b.all(number) {
			if !r.fits(d) && s.on(d) != exempt {
				return d
			}
		}
	}
	return 0
}
