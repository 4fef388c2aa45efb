package calls

import (
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Deadline is a last moment for a day of a worker.
type Deadline struct {
	What   What      `json:"what"`
	Worker string    `json:"worker"` // as given
	Day    date.Date `json:"day"`
	// At is the start of the work for send, which must come before it; for cancel
	// the last moment that is safe under every reading. Where the start is not
	// known, the day's first moment stands for it.
	At time.Time `json:"at"`
	// DoubtUntil is for cancel the end, excluded, of the time that the
	// administrative reading allows.
	DoubtUntil time.Time `json:"doubt_until,omitzero"`
}

// What is what a [Deadline] is for.
type What uint8

// What deadlines are for.
const (
	WhatSend   What = iota + 1 // sending the communication
	WhatCancel                 // cancelling the call of a worker who does not turn up
)

// String returns the word used in JSON.
func (w What) String() string { return law.Word(w, "", "send", "cancel") }

// MarshalText returns the word used in JSON.
func (w What) MarshalText() ([]byte, error) { return []byte(w.String()), nil }

// CancelBy returns until when the call of a worker who does not turn up can be
// cancelled, from the moment work was due: the last safe moment (48 elapsed hours),
// and the end, excluded, of the time the administrative reading allows (to the end
// of the second day after that day). When the clocks go forward the day may end
// first; then its last second is the last safe moment. Before 18 July 2012 there
// was no such time: safe is the moment itself, end the end of its day.
func CancelBy(due time.Time) (safe, end time.Time) {
	day := law.RomeDay(due)
	h := value(noShowHours, day)
	end = law.RomeMidnight(day + 1 + date.Date(h/24))
	safe = due.Add(hours(h))
	if !safe.Before(end) {
		safe = end.Add(-time.Second)
	}
	return law.InRome(safe), end
}

// due is when work was due on a day: its start, or the day's first moment.
func due(day date.Date, start time.Time) time.Time {
	if start.IsZero() {
		return law.RomeMidnight(day)
	}
	return law.InRome(start)
}

// sending judges whether a communication sent at an instant came before the work
// of a day: kept, broken, or unknown where the day's start is needed to tell.
func sending(sent time.Time, day date.Date, start time.Time) reading {
	switch {
	case !start.IsZero():
		if sent.Before(start) {
			return kept
		}
		return broken
	case sent.Before(law.RomeMidnight(day)):
		return kept
	case sent.Before(law.RomeMidnight(day + 1)):
		return unknown
	default:
		return broken
	}
}

// cancelling judges a cancellation of a day sent at an instant: before the work,
// or for a no-show within the time that runs from when it was due. Never from the
// sending of the call.
func cancelling(sent time.Time, day date.Date, start time.Time, noShow law.Answer) reading {
	before := sending(sent, day, start)
	if before == kept {
		return kept
	}
	safe, end := CancelBy(due(day, start))
	switch {
	case !sent.Before(end):
		return broken
	case noShow == law.No:
		return before
	case noShow == law.Unknown:
		return unknown
	case !sent.After(safe):
		return kept
	case start.IsZero():
		return unknown
	default:
		return doubtful
	}
}

// cancelCheck is the check of a cancellation that was not kept; path is its row.
func cancelCheck(was reading, sent time.Time, day date.Date, start time.Time, noShow law.Answer, path string) law.Check {
	if was == unknown {
		var needs []string
		if start.IsZero() {
			needs = append(needs, path+"/start")
		}
		if noShow == law.Unknown {
			needs = append(needs, path+"/no_show")
		}
		return cancelledInTime.Undetermined(day, needs...)
	}
	safe, end := CancelBy(due(day, start))
	if was == doubtful {
		return cancelledInTime.Fail(law.Doubt, day, path, CancelledLate{day, sent, safe}, law.Of(law.Circ20of2012), law.Of(law.Circ27of2013))
	}
	if noShow == law.No {
		end = due(day, start)
	}
	return cancelledInTime.Fail(law.Breach, day, path, CancelledLate{day, sent, end})
}

// deadlines lists the deadlines of a row: one to send it, one to cancel each day;
// none before there was a duty.
func deadlines(list []Deadline, r *Row) []Deadline {
	if !reform.Contains(r.First) {
		return list
	}
	list = append(list, Deadline{What: WhatSend, Worker: r.Worker, Day: r.First, At: due(r.First, r.Start)})
	start := r.Start
	for d := range r.Span().All() {
		safe, end := CancelBy(due(d, start))
		list = append(list, Deadline{What: WhatCancel, Worker: r.Worker, Day: d, At: safe, DoubtUntil: end})
		start = time.Time{} // known for the first day only
	}
	return list
}
