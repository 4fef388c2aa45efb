package law

import (
	"fmt"
	"slices"

	"github.com/rickb777/date/v2"
)

// Entry is a value of the law from a day on.
type Entry[V any] struct {
	From     date.Date  // first day of effect
	Gazette  date.Date  // day of the Gazzetta Ufficiale, where known
	Value    V          // the value
	Cites    []Citation // where it is written
	Evidence Evidence   // what was read of it; the zero value is [EvidenceAssumed]
}

// Read returns the latest day on which one of the sources of the entry was read; zero
// when none was, and for an assumed entry.
func (e Entry[V]) Read() date.Date {
	var last date.Date
	if e.Evidence == EvidenceAssumed {
		return 0
	}
	for _, c := range e.Cites {
		last = max(last, c.Act.Read())
	}
	return last
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

// Value returns the value in force on a day, the zero value before the first entry.
func (t Timeline[V]) Value(d date.Date) (v V) {
	for i := len(t.entries) - 1; i >= 0; i-- {
		if t.entries[i].From <= d {
			return t.entries[i].Value
		}
	}
	return v
}

// First returns the first day on which there is a value; zero for an empty timeline.
func (t Timeline[V]) First() date.Date {
	if len(t.entries) == 0 {
		return 0
	}
	return t.entries[0].From
}

// All returns a copy of the entries, oldest first.
func (t Timeline[V]) All() []Entry[V] { return slices.Clone(t.entries) }

// Param is a dated value in a form that can be listed, compared and signed: what
// every rule package's Params returns.
type Param struct {
	Name    string
	Entries []Entry[string] // the values as fmt.Sprint writes them
}

// ListParam writes a timeline as a [Param].
func ListParam[V any](name string, t Timeline[V]) Param {
	p := Param{Name: name, Entries: make([]Entry[string], len(t.entries))}
	for i, e := range t.entries {
		p.Entries[i] = Entry[string]{e.From, e.Gazette, fmt.Sprint(e.Value), e.Cites, e.Evidence}
	}
	return p
}
