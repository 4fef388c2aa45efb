package limits

import (
	"iter"
	"math"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// History is what is known of one worker with one employer. It is a value: change
// a copy to ask what if.
//
// The administrative reading counts Worked, AcrossMidnight and Transferred, a day each,
// but for days on which the employer was exempt; the stricter one counts those too, and
// adds Presumed and the day after each of AcrossMidnight.
type History struct {
	Worked         Ledger // days on which any work began
	Presumed       Ledger // days communicated, neither worked nor cancelled in time
	AcrossMidnight Ledger // days on which a shift began that ended the next day
	Transferred    Ledger // days worked for the predecessor in a transfer of business (art. 2112 of the civil code)
	// EmployerHistory tells what the employer was on the days of each period. Periods
	// do not overlap.
	EmployerHistory []EmployerPeriod
	// Employer is what NextFree, LastFree and Displaced take the employer to be on the
	// days of no period; for the zero value the cap applies. Assess and Plan are told.
	Employer Employer
	// Incomplete says that days worked could not be read. What is known may still
	// break the cap; nothing else is decided, and no day is free while the cap applies.
	Incomplete bool
}

// readings are the ways to count a history, each with the days of the one before it.
type readings struct {
	certain   reading // days that count whatever is unknown or disputed about the employer
	likely    reading // and those on which the employer's sector is unknown
	effective reading // and those on which it is disputed: the administrative reading
	worked    reading // and those on which the employer was exempt
	strict    reading // and those only presumed worked, or reached past midnight
	safe      reading // and the law's first day
}

func (h *History) readings(s *sector) readings {
	worked := h.worked()
	effective, likely, certain := worked, worked, worked
	if s.elsewhere != capped || s.days != nil {
		effective = s.without(worked, exempt)
		likely = s.without(effective, disputed)
		certain = s.without(likely, open)
	}
	strict := h.strict(worked)
	return readings{
		certain:   reading{certain, countedFrom},
		likely:    reading{likely, countedFrom},
		effective: reading{effective, countedFrom},
		worked:    reading{worked, countedFrom},
		strict:    reading{strict, countedFrom},
		safe:      reading{strict, lawFrom},
	}
}

// worked returns the days on which work began, whatever the employer was.
func (h *History) worked() Ledger {
	worked := h.Worked
	if h.AcrossMidnight.n != 0 {
		worked = worked.Union(h.AcrossMidnight)
	}
	if h.Transferred.n != 0 {
		worked = worked.Union(h.Transferred)
	}
	return worked
}

// strict returns the days of the stricter reading, but for the law's first day.
func (h *History) strict(worked Ledger) Ledger {
	if h.Presumed.n == 0 && h.AcrossMidnight.n == 0 {
		return worked
	}
	first, end := int32(math.MaxInt32), int32(0)
	for _, l := range [...]*Ledger{&worked, &h.Presumed, &h.AcrossMidnight} {
		if l.n != 0 {
			first, end = min(first, l.first), max(end, l.end()+1)
		}
	}
	blocks := make([]block, end-first)
	for i, b := range worked.blocks {
		blocks[int(worked.first-first)+i].days = b.days
	}
	for i, b := range h.Presumed.blocks {
		blocks[int(h.Presumed.first-first)+i].days |= b.days
	}
	for i, b := range h.AcrossMidnight.blocks {
		at := int(h.AcrossMidnight.first-first) + i
		blocks[at].days |= b.days | b.days<<1
		blocks[at+1].days |= b.days >> 63
	}
	return seal(int(first), blocks).trim()
}

// counts reports whether a day counts in its own right, not only as the second of
// a shift across midnight.
func (h *History) counts(d date.Date) bool {
	return h.Worked.Has(d) || h.Presumed.Has(d) || h.AcrossMidnight.Has(d) || h.Transferred.Has(d)
}

// safe returns the days of the strictest reading: what fits it fits every other.
func (h *History) safe() reading {
	return reading{h.strict(h.worked()), lawFrom}
}

// working returns the history with more days worked, of which those in long run
// across midnight.
func (h History) working(more, long Ledger) History {
	h.Worked = h.Worked.Union(more)
	h.AcrossMidnight = h.AcrossMidnight.Union(long.minus(long.minus(more)))
	return h
}

// sector returns how the exemption stands on each day. Where it is unknown the cap is
// taken to apply.
func (h *History) sector() sector { return sectorOf(h.Employer, h.EmployerHistory) }

// NextFree returns the first day from a day on that may be worked under every
// reading, nothing but the history being worked, and the counted days that leave
// the window until then. A day on which the employer is exempt is free; of the others
// none is where the history is incomplete, and the day may then be zero.
func (h History) NextFree(from date.Date) (day date.Date, leaving Ledger) {
	s := h.sector()
	return h.nextFree(Window(from), h.safe(), &s, &room{})
}

// nextFree is [History.NextFree] from the day that a window ends on, with the days that
// leave put into a room.
func (h *History) nextFree(asked law.Span, r reading, s *sector, into *room) (day date.Date, leaving Ledger) {
	free := h.free(asked, r, s)
	if day = free.Last; day == 0 || s.on(day) == exempt {
		return day, Ledger{}
	}
	return day, r.days.within(law.Span{First: max(asked.First, r.from), Last: min(free.First, asked.Last) - 1}, into)
}

// free returns the window of the first day, from the one that a window ends on, that is
// exempt or fits, and no window where none is known to.
func (h *History) free(asked law.Span, r reading, s *sector) law.Span {
	free := law.Span{Last: latest + 1}
	if !h.Incomplete {
		free, _ = r.nextFree(asked)
	}
	if s.exempts() {
		for d := asked.Last; d < free.Last; d++ {
			if s.on(d) == exempt {
				return Window(d)
			}
		}
	}
	if h.Incomplete {
		return law.Span{}
	}
	return free
}

// LastFree returns the last day of a closed span that may be worked under every
// reading, nothing but the history being worked; zero where no day may and for an open
// span. A day on which the employer is exempt is free; of the others none is where the
// history is incomplete.
func (h History) LastFree(span law.Span) date.Date {
	if span.Len() == 0 {
		return 0
	}
	s, day := h.sector(), span.First-1
	if !h.Incomplete {
		day, _ = h.safe().lastFree(span)
	}
	if s.exempts() {
		for d := span.Last; d > day && d >= span.First; d-- {
			if s.on(d) == exempt {
				return d
			}
		}
	}
	if day < span.First {
		return 0
	}
	return day
}

// Displaced returns the planned days, from a day on, that fit under the cap but no longer
// do once that day is worked too.
func (h History) Displaced(planned Ledger, day date.Date) []date.Date {
	s := h.sector()
	later := planned.Within(law.Span{First: day})
	if later.n == 0 || h.Incomplete {
		return nil
	}
	fits := func(h History) []date.Date {
		p := h.planning(later, &s)
		lawful, _ := p.judge(p.history.safe(), unlessExempt, always, true)
		return lawful
	}
	before := fits(h)
	h.Worked = h.Worked.With(day)
	still := NewLedger(fits(h)...)
	return slices.DeleteFunc(before, still.Has)
}

// Point is the counter of one day.
type Point struct {
	Day       date.Date `json:"day"`
	Worked    int       `json:"worked"`    // days of work in the window before Day
	Counted   int       `json:"counted"`   // the same in the strictest reading
	Remaining int       `json:"remaining"` // days still free on Day, itself included; 0 for an incomplete history
}

// Series yields the counter for each day of a closed span, as for a chart. Days
// before the law have none. It takes the cap to apply on all of them.
func (h History) Series(span law.Span) iter.Seq[Point] {
	return func(yield func(Point) bool) {
		worked := reading{h.worked(), countedFrom}
		safe := h.safe()
		for d := range span.All() {
			if d < lawFrom {
				continue
			}
			p := Point{Day: d, Worked: worked.before(d), Counted: safe.before(d)}
			if !h.Incomplete {
				p.Remaining = max(0, capOn(d)-p.Counted)
			}
			if !yield(p) {
				return
			}
		}
	}
}

// Portfolio assesses many workers of one employer for one day, in the order they
// come: limits.Portfolio(maps.All(team), on, employer). The keys are the caller's.
func Portfolio[K any](workers iter.Seq2[K, History], on date.Date, e Employer) iter.Seq2[K, Assessment] {
	return func(yield func(K, Assessment) bool) {
		q := inquiry{sector: sectorOf(e, nil), room: room{batch: 64, facts: map[law.Facts]law.Facts{}}}
		for k, h := range workers {
			if len(h.EmployerHistory) != 0 || len(q.sector.periods) != 0 {
				q.sector = sectorOf(e, h.EmployerHistory) // not that of the worker before
			}
			q.history = h
			if !yield(k, q.assess(on, Ledger{})) {
				return
			}
		}
	}
}
