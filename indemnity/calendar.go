package indemnity

import (
	"iter"
	"math/bits"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// lead is how many days before its month a calendar holds. A forfeit, which is never
// longer, may reach from that time into the month.
const lead = 31

// calendar numbers the days around a month: 0 is the day lead days before its first,
// horizon the day after a month of 31 days.
type calendar struct{ zero date.Date }

const horizon = lead + 31

func calendarOf(m law.Month) calendar { return calendar{m.Span().First - lead} }

// set returns the days of a span that the calendar holds; a span that ends before it
// begins has none.
func (c calendar) set(s law.Span) days {
	lo, hi := max(s.First, c.zero), c.zero+horizon
	if !s.Open() {
		hi = min(hi, s.Last)
	}
	if s.First == 0 || hi < lo {
		return 0
	}
	return (1<<(hi-lo+1) - 1) << (lo - c.zero)
}

// in returns the days of a set in order.
func (c calendar) in(d days) iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for i := range horizon + 1 {
			if d>>i&1 == 1 && !yield(c.zero+date.Date(i)) {
				return
			}
		}
	}
}

// spans returns the runs of a set in order.
func (c calendar) spans(d days) (list []law.Span) {
	for day := range c.in(d) {
		if n := len(list); n > 0 && list[n-1].Last == day-1 {
			list[n-1].Last = day
		} else {
			list = append(list, law.OneDay(day))
		}
	}
	return list
}

// days is a set of a calendar's days, a bit each.
type days uint64

func (d days) count() int { return bits.OnesCount64(uint64(d)) }

// firsts and lasts are the ends of the runs. A run may begin before the calendar or end
// after it; no forfeit counted from an end of the calendar touches the month, so that
// makes no difference.
func (d days) firsts() days { return d &^ (d << 1) }
func (d days) lasts() days  { return d &^ (d >> 1) }

// runsOf returns the whole runs of d that hold a day of some.
func (d days) runsOf(some days) days {
	for some &= d; ; {
		more := (some | some<<1 | some>>1) & d
		if more == some {
			return some
		}
		some = more
	}
}
