package law

import (
	"iter"
	"math"

	"github.com/rickb777/date/v2"
)

// Span is a closed span of days: First and Last both belong to it. A zero Last
// leaves it open; the zero value is no span.
type Span struct {
	First date.Date `json:"first"`         // first day, which belongs to the span
	Last  date.Date `json:"last,omitzero"` // last day, which belongs to it too; zero leaves it open
}

// NewSpan returns the span from first to last, both included; a zero last leaves
// it open. A missing first day or an inverted span is an [InputError].
func NewSpan(first, last date.Date) (Span, error) {
	s := Span{first, last}
	return s, s.Validate()
}

// OneDay returns the span of a single day.
func OneDay(d date.Date) Span { return Span{d, d} }

// Validate returns an [InputError]: [KindMissing] without a first day,
// [KindSpan] when the span is inverted.
func (s Span) Validate() error {
	switch {
	case s.First == 0:
		return &InputError{Kind: KindMissing, Path: "/first"}
	case s.Last != 0 && s.Last < s.First:
		return &InputError{Kind: KindSpan}
	default:
		return nil
	}
}

// IsZero reports whether s is no span at all.
func (s Span) IsZero() bool { return s == Span{} }

// Open reports whether the span has no last day.
func (s Span) Open() bool { return s.Last == 0 }

// Contains reports whether d belongs to the span.
func (s Span) Contains(d date.Date) bool {
	return s.First != 0 && d >= s.First && (s.Last == 0 || d <= s.Last)
}

// Len returns the number of days, 0 for an open, an inverted or a zero span.
func (s Span) Len() int {
	if s.First == 0 || s.Last < s.First {
		return 0
	}
	return int(min(s.Last-s.First, math.MaxInt32-1)) + 1 // an int may have 32 bits
}

// Intersect returns the days both spans have, or the zero span.
func (s Span) Intersect(o Span) Span {
	if s.IsZero() || o.IsZero() {
		return Span{}
	}
	r := Span{max(s.First, o.First), s.Last}
	switch {
	case s.Open():
		r.Last = o.Last
	case !o.Open():
		r.Last = min(s.Last, o.Last)
	}
	if r.Last != 0 && r.Last < r.First {
		return Span{}
	}
	return r
}

// All yields the days of a closed span in order; an open one yields nothing.
func (s Span) All() iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for i := range s.Len() {
			if !yield(s.First + date.Date(i)) {
				return
			}
		}
	}
}

// String writes the span as "2025-07-01/2025-07-31", an open one as
// "2025-07-01/..", the zero value as "".
func (s Span) String() string {
	switch {
	case s.IsZero():
		return ""
	case s.Last == 0:
		return FormatDay(s.First) + "/.."
	default:
		return FormatDay(s.First) + "/" + FormatDay(s.Last)
	}
}

// Days is a list of single days and spans, as the protocol writes worked days:
// each element a day or a closed span. Order and repetition carry no meaning.
type Days []Span

// DaysOf returns the list of the given single days.
func DaysOf(days ...date.Date) Days {
	list := make(Days, len(days))
	for i, d := range days {
		list[i] = OneDay(d)
	}
	return list
}

// Validate returns an [InputError] with the index of the first element that is
// missing a day, inverted or open.
func (l Days) Validate() error {
	for i, s := range l {
		if err := s.Validate(); err != nil {
			return At(err, index(i))
		}
		if s.Open() {
			return &InputError{Kind: KindMissing, Path: index(i) + "/last"}
		}
	}
	return nil
}

// All yields every day of every element, in the list's order.
func (l Days) All() iter.Seq[date.Date] {
	return func(yield func(date.Date) bool) {
		for _, s := range l {
			for d := range s.All() {
				if !yield(d) {
					return
				}
			}
		}
	}
}

// UnmarshalJSON reads a list of days and closed spans as [Decode] does.
func (l *Days) UnmarshalJSON(b []byte) error { return Decode(b, l) }

// MarshalJSON writes single days as strings and longer spans as objects.
func (l Days) MarshalJSON() ([]byte, error) { return l.AppendJSON(nil) }
