package law

import (
	"slices"

	"github.com/rickb777/date/v2"
)

// Entry is a value of the law from a day on.
type Entry[V any] struct {
	From    date.Date  // first day of effect
	Gazette date.Date  // day of the Gazzetta Ufficiale, where known
	Value   V          // the value
	Cites   []Citation // where it is written
}

// Timeline is a value as it changed in time. It is immutable. Before the first
// entry there is no value: nothing is extrapolated backwards.
type Timeline[V any] struct {
	entries []Entry[V]
}

// NewTimeline builds a timeline of entries in the order of their first day.
func NewTimeline[V any](entries ...Entry[V]) Timeline[V] {
	return Timeline[V]{slices.Clone(entries)}
}

// At returns the entry in force on a day; false before the first.
func (t Timeline[V]) At(d date.Date) (Entry[V], bool) {
	for i := len(t.entries) - 1; i >= 0; i-- {
		if t.entries[i].From <= d {
			return t.entries[i], true
		}
	}
	return Entry[V]{}, false
}

// All returns a copy of the entries, oldest first.
func (t Timeline[V]) All() []Entry[V] { return slices.Clone(t.entries) }
