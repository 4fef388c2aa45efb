package limits

import (
	"cmp"
	"fmt"
	"iter"
	"math/bits"
	"slices"
	"sort"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Ledger is the set of days one worker worked for one employer. A day is in it or
// not: hours and the number of shifts do not matter. It is immutable and safe to
// share; the zero value is the empty ledger, and equal sets are deeply equal. In
// JSON it is a list of days and spans ([law.Days]).
//
// It holds days of the years 1800 to 2199, those the protocol admits; others,
// the zero day among them, are no days of work and are left out.
type Ledger struct {
	blocks []block // the first and the last hold a day
	first  int32   // number of the first block: its first day divided by 64
	n      int32   // days in all
}

// block is 64 days of a ledger.
type block struct {
	days   uint64 // bit i is the block's day i
	before uint32 // days in the blocks before this one
}

var (
	earliest = date.New(1800, time.January, 1)
	latest   = date.New(2199, time.December, 31)
)

// NewLedger returns the ledger of the given days, in any order and however often.
func NewLedger(days ...date.Date) Ledger {
	if len(days) == 0 {
		return Ledger{}
	}
	// Most lists are in order: the first and the last day bound the others.
	lo, hi := days[0], days[len(days)-1]
	if lo >= earliest && lo <= hi && hi <= latest {
		if l, bounded := spread(days, lo, hi); bounded {
			return l
		}
	}
	lo, hi = latest, earliest
	for _, d := range days {
		if d >= earliest && d <= latest {
			lo, hi = min(lo, d), max(hi, d)
		}
	}
	if lo > hi {
		return Ledger{}
	}
	l, _ := spread(days, lo, hi)
	return l
}

// spread makes a ledger of the days from lo to hi, both among them, and tells whether
// there are no others.
func spread(days []date.Date, lo, hi date.Date) (l Ledger, bounded bool) {
	first := number(lo)
	blocks := make([]block, number(hi)-first+1)
	bounded = true
	for i := 0; i < len(days); {
		d := days[i]
		i++
		at := uint64(d>>6 - date.Date(first))
		if at >= uint64(len(blocks)) { // before the first block or after the last
			bounded = false
			continue
		}
		// Of a list in order the days of one block follow one another.
		start, word := d&^63, uint64(1)<<(d&63)
		for ; i < len(days); i++ {
			bit := uint64(days[i] - start)
			if bit > 63 {
				break // before the block or after it
			}
			word |= 1 << bit
		}
		blocks[at].days |= word
	}
	// In the first block there may be days before lo, and in the last days after hi.
	head, tail := &blocks[0].days, &blocks[len(blocks)-1].days
	fromLo, toHi := ^uint64(0)<<(lo&63), ^uint64(0)>>(63-hi&63)
	bounded = bounded && *head&^fromLo == 0 && *tail&^toHi == 0
	*head &= fromLo
	*tail &= toHi
	return seal(first, blocks), bounded
}

// LedgerOf returns the ledger of a list of days and spans. Inverted and open
// spans hold no days.
func LedgerOf(list law.Days) Ledger {
	lo, hi, fill := latest, earliest, 0
	for _, s := range list {
		if s = held(s); !s.IsZero() {
			lo, hi = min(lo, s.First), max(hi, s.Last)
			fill += number(s.Last) - number(s.First)
		}
	}
	if lo > hi {
		return Ledger{}
	}
	first := number(lo)
	blocks := make([]block, number(hi)-first+1)
	if fill > len(list)+4*len(blocks) {
		list = merged(list) // long spans over one another are filled once
	}
	for _, s := range list {
		if s = held(s); s.IsZero() {
			continue
		}
		a, b := number(s.First)-first, number(s.Last)-first
		for i := a; i <= b; i++ {
			mask := ^uint64(0)
			if i == a {
				mask <<= s.First & 63
			}
			if i == b {
				mask &= ^uint64(0) >> (63 - s.Last&63)
			}
			blocks[i].days |= mask
		}
	}
	return seal(first, blocks)
}

// merged returns the spans that a ledger can hold, those that meet made one.
func merged(list law.Days) law.Days {
	all := make(law.Days, 0, len(list))
	for _, s := range list {
		if s = held(s); !s.IsZero() {
			all = append(all, s)
		}
	}
	slices.SortFunc(all, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	k := 0
	for _, s := range all[1:] {
		if s.First <= all[k].Last {
			all[k].Last = max(all[k].Last, s.Last)
		} else {
			k++
			all[k] = s
		}
	}
	return all[:k+1]
}

// held returns the part of a closed span that a ledger can hold, or the zero span.
func held(s law.Span) law.Span {
	if s.First == 0 || s.Last == 0 || s.Last < s.First {
		return law.Span{}
	}
	return s.Intersect(law.Span{First: earliest, Last: latest})
}

// number returns the number of the block a day falls in.
func number(d date.Date) int { return int(d >> 6) }

// seal makes a ledger of its blocks, of which the first has the given number: it
// counts the days before each.
func seal(first int, blocks []block) Ledger {
	n := 0
	for i := range blocks {
		blocks[i].before = uint32(n)
		n += bits.OnesCount64(blocks[i].days)
	}
	return Ledger{blocks, int32(first), int32(n)}
}

// trim drops empty blocks at both ends.
func (l Ledger) trim() Ledger {
	if l.n == 0 {
		return Ledger{}
	}
	for l.blocks[0].days == 0 {
		l.first, l.blocks = l.first+1, l.blocks[1:]
	}
	for l.blocks[len(l.blocks)-1].days == 0 {
		l.blocks = l.blocks[:len(l.blocks)-1]
	}
	return l
}

// Len returns the number of days.
func (l Ledger) Len() int { return int(l.n) }

// Has reports whether d is in the ledger.
func (l Ledger) Has(d date.Date) bool {
	return d >= earliest && d <= latest && l.block(number(d))>>(d&63)&1 == 1
}

// Count returns the number of days within the span, an open one reaching to the
// last day. It takes the same few nanoseconds whatever the span.
func (l Ledger) Count(s law.Span) int {
	switch {
	case s.First == 0:
		return 0
	case s.Last == 0:
		return int(l.n) - l.before(s.First)
	default:
		return l.between(s.First, min(s.Last, latest)+1)
	}
}

// between returns the number of days from first on and before end.
func (l Ledger) between(first, end date.Date) int { return max(0, l.before(end)-l.before(first)) }

// before returns the number of days earlier than d.
func (l Ledger) before(d date.Date) int {
	i := int64(d>>6) - int64(l.first)
	switch {
	case i < 0:
		return 0
	case i >= int64(len(l.blocks)):
		return int(l.n)
	default:
		b := &l.blocks[i]
		return int(b.before) + bits.OnesCount64(b.days&(1<<(d&63)-1))
	}
}

// nth returns the day that has n days before it, of a ledger that holds more.
func (l Ledger) nth(n int) date.Date {
	i := sort.Search(len(l.blocks), func(i int) bool { return int(l.blocks[i].before) > n }) - 1
	rest := l.blocks[i].without(n - int(l.blocks[i].before))
	return date.Date(int(l.first)+i)<<6 + date.Date(bits.TrailingZeros64(rest.days))
}

// without returns the block without its first n days.
func (b block) without(n int) block {
	for ; n > 0 && b.days != 0; n-- {
		b.days &= b.days - 1
	}
	return b
}

// All yields the days in order.
func (l Ledger) All() iter.Seq[date.Date] { return l.from(earliest) }

// from yields the days from first on, in order.
func (l Ledger) from(first date.Date) iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for i := max(0, number(first)-int(l.first)); i < len(l.blocks); i++ {
			for d := range l.blocks[i].all(int(l.first) + i) {
				if d >= first && !yield(d) {
					return
				}
			}
		}
	}
}

// all yields the days of the block, which has the given number, in order.
func (b block) all(number int) iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		rest := b.days
		for range bits.OnesCount64(rest) {
			if !yield(date.Date(number)<<6 + date.Date(bits.TrailingZeros64(rest))) {
				return
			}
			rest &= rest - 1
		}
	}
}

// ends returns the first and the last day; zero days for the empty ledger.
func (l Ledger) ends() (first, last date.Date) {
	k := len(l.blocks) - 1
	if k < 0 {
		return 0, 0
	}
	first = date.Date(l.first)<<6 + date.Date(bits.TrailingZeros64(l.blocks[0].days))
	last = date.Date(int(l.first)+k)<<6 + 63 - date.Date(bits.LeadingZeros64(l.blocks[k].days))
	return first, last
}

// Days returns the days as the shortest list of spans, in order.
func (l Ledger) Days() law.Days {
	list := law.Days{}
	for d := range l.All() {
		if k := len(list) - 1; k >= 0 && list[k].Last+1 == d {
			list[k].Last = d
		} else {
			list = append(list, law.OneDay(d))
		}
	}
	return list
}

// String writes the list of [Ledger.Days].
func (l Ledger) String() string { return fmt.Sprint(l.Days()) }

// With returns a ledger that has the given days too.
func (l Ledger) With(days ...date.Date) Ledger { return l.Union(NewLedger(days...)) }

// Without returns a ledger that has none of the given days.
func (l Ledger) Without(days ...date.Date) Ledger { return l.minus(NewLedger(days...)) }

// Within returns the days that fall in a span.
func (l Ledger) Within(s law.Span) Ledger { return l.within(s, &room{}) }

// within is [Ledger.Within] with the days put into a room.
func (l Ledger) within(s law.Span, into *room) Ledger {
	first, last := l.ends()
	switch s = s.Intersect(law.Span{First: first, Last: last}); {
	case s.IsZero():
		return Ledger{}
	case s.First == first && s.Last == last:
		return l
	}
	a, b := number(s.First), number(s.Last)
	return fill(a, into.blocks(b+1-a), func(i int) uint64 {
		days := l.block(i)
		if i == a {
			days &= ^uint64(0) << (s.First & 63)
		}
		if i == b {
			days &= ^uint64(0) >> (63 - s.Last&63)
		}
		return days
	}).trim()
}

// Union returns the days of both ledgers. The contracts of one worker with one
// employer, one after the other or side by side, count together, and so do those
// with the employer whose business was taken over (art. 2112 of the civil code).
func (l Ledger) Union(o Ledger) Ledger {
	switch {
	case l.covers(o):
		return l
	case o.covers(l):
		return o
	}
	return build(min(l.first, o.first), max(l.end(), o.end()), func(i int) uint64 {
		return l.block(i) | o.block(i)
	})
}

func (l Ledger) minus(o Ledger) Ledger {
	if !l.meets(o) {
		return l
	}
	return build(l.first, l.end(), func(i int) uint64 { return l.block(i) &^ o.block(i) }).trim()
}

// meets reports whether some day is in both.
func (l Ledger) meets(o Ledger) bool {
	for i := range l.blocks {
		if l.blocks[i].days&o.block(int(l.first)+i) != 0 {
			return true
		}
	}
	return false
}

// covers reports whether every day of o is in l.
func (l Ledger) covers(o Ledger) bool {
	for i := range o.blocks {
		if o.blocks[i].days&^l.block(int(o.first)+i) != 0 {
			return false
		}
	}
	return true
}

// build makes a ledger of the blocks from number first on and before end, which
// may need to be trimmed.
func build(first, end int32, days func(number int) uint64) Ledger {
	return fill(int(first), make([]block, end-first), days)
}

// fill makes a ledger of empty blocks, of which the first has the given number. It may
// need to be trimmed.
func fill(first int, blocks []block, days func(number int) uint64) Ledger {
	for i := range blocks {
		blocks[i].days = days(first + i)
	}
	return seal(first, blocks)
}

func (l Ledger) end() int32 { return l.first + int32(len(l.blocks)) }

// block returns the days of the block with the given number, none outside.
func (l Ledger) block(number int) uint64 {
	if i := number - int(l.first); i >= 0 && i < len(l.blocks) {
		return l.blocks[i].days
	}
	return 0
}

// AppendJSON appends single days as strings and longer runs as spans.
func (l Ledger) AppendJSON(b []byte) ([]byte, error) { return l.Days().AppendJSON(b) }

// MarshalJSON writes single days as strings and longer runs as spans.
func (l Ledger) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil) }

// UnmarshalJSON reads a list of days and closed spans, strictly ([law.Decode]).
func (l *Ledger) UnmarshalJSON(b []byte) error { return law.Decode(b, l) }

// SetDays makes l the ledger of a list; [law.Decode] fills ledgers with it.
func (l *Ledger) SetDays(list law.Days) { *l = LedgerOf(list) }
