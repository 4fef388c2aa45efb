package limits

import (
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Raise puts a made-up entry after the last of the cap's timeline for the length of a
// test. Tests that use it do not run in parallel.
func Raise(tb testing.TB, from date.Date, value int) {
	tb.Helper()
	days, before := capDays, caps
	tb.Cleanup(func() { capDays, caps = days, before })
	entries := days.All()
	made := entries[len(entries)-1]
	made.From, made.Value, made.Evidence = from, value, law.EvidenceAssumed
	capDays = law.NewTimeline(append(entries, made)...)
	caps = stepsOf(capDays)
}

// Looks tells how many days NextFree and LastFree look at.
func (h History) Looks(from date.Date, span law.Span) (next, last int) {
	_, next = h.safe().nextFree(Window(from))
	_, last = h.safe().lastFree(span)
	return next, last
}
