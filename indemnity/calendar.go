package indemnity

import (
	"math/bits"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// lead is how many days before its month a calendar holds. An impediment of the
// month before may reach into it by way of a forfeit, which is never longer.
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

// first returns the first day of a set that has one.
func (c calendar) first(d days) date.Date { return c.zero + date.Date(bits.TrailingZeros64(uint64(d))) }

// spans returns the runs of a set in order.
func (c calendar) spans(d days) (list []law.Span) {
	for d != 0 {
		first := c.first(d)
		length := bits.TrailingZeros64(^uint64(d >> (first - c.zero)))
		list = append(list, law.Span{First: first, Last: first + date.Date(length-1)})
		d &^= (1<<length - 1) << (first - c.zero)
	}
	return list
}

// days is a set of a calendar's days, a bit each.
type days uint64

func (d days) count() int { return bits.OnesCount64(uint64(d)) }

// firsts and lasts are the ends of the runs. Those at the calendar's own ends are of
// no account: no forfeit that starts there touches the month.
func (d days) firsts() days { return d &^ (d << 1) }
func (d days) lasts() days  { return d &^ (d >> 1) }

// spread returns n days for each day of d: the first of them is d itself, moved by
// the given number of days.
func (d days) spread(by, n int) (all days) {
	for i := range n {
		all |= d << (by + i)
	}
	return all
}
