package callstest

import (
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Class is what became of a day of a worker: the name of its list in the account.
type Class string

// The classes.
const (
	Covered        Class = "covered"
	Uncommunicated Class = "uncommunicated"
	Cancelled      Class = "cancelled"
	Presumed       Class = "presumed"
	Open           Class = "open"
	Unclear        Class = "unclear"
)

// SlowReconcile answers day by day, reading every message again for each, what
// calls.Reconcile answers in one pass. Nights and the certificate of agibilità are
// left out.
func SlowReconcile(r calls.Reconciliation) map[calls.WorkerDay]Class {
	return slowReconcile(r, untilSecondMidnight)
}

// untilSecondMidnight is when the time to cancel ends, by the administrative
// reading: at the end of the second day after the day. It does not matter when the
// call was sent.
func untilSecondMidnight(_ time.Time, day date.Date) time.Time { return law.RomeMidnight(day + 3) }

func slowReconcile(r calls.Reconciliation, until func(called time.Time, day date.Date) time.Time) map[calls.WorkerDay]Class {
	days := map[calls.WorkerDay]Class{}
	for _, c := range r.Communications {
		for _, row := range c.Rows {
			for d := row.First; d <= max(row.First, row.Last); d++ {
				days[calls.WorkerDay{Worker: row.Worker, Day: d}] = ""
			}
		}
	}
	for _, s := range r.Worked {
		days[calls.WorkerDay{Worker: s.Worker, Day: s.Day}] = ""
	}
	for key := range days {
		if days[key] = classify(r, key, until); days[key] == "" {
			delete(days, key)
		}
	}
	return days
}

// message is one word about one day: it is called, or cancelled.
type message struct {
	sent   time.Time
	cancel bool
	start  time.Time
	noShow law.Answer
}

func classify(r calls.Reconciliation, key calls.WorkerDay, until func(time.Time, date.Date) time.Time) Class {
	messages := about(r, key)
	start, worked := startOf(r, key, messages)
	if worked {
		return work(messages, key.Day, start)
	}
	var called time.Time // when the last call was sent
	stands := "never"
	for _, m := range messages {
		switch {
		case !m.cancel:
			called, stands = m.sent, "yes"
		case stands == "never" || stands == "no":
		case !start.IsZero() && m.sent.Before(start), m.sent.Before(law.RomeMidnight(key.Day)):
			stands = "no"
		case !m.sent.Before(until(called, key.Day)):
		case m.noShow != law.No:
			stands = "no"
		case start.IsZero() && m.sent.Before(law.RomeMidnight(key.Day+1)):
			stands = "perhaps"
		}
	}
	switch {
	case stands == "never":
		return ""
	case stands == "perhaps":
		return Unclear
	case stands == "no":
		return Cancelled
	case r.AsOf.Before(until(called, key.Day)):
		return Open
	default:
		return Presumed
	}
}

// work tells whether a call stood when the work began, at its start or, where that
// is not known, at every moment of the day.
func work(messages []message, day date.Date, start time.Time) Class {
	moments := []time.Time{start}
	if start.IsZero() {
		end := law.RomeMidnight(day + 1)
		moments = []time.Time{law.RomeMidnight(day), end.Add(-1)}
		for _, m := range messages {
			if !m.sent.Before(moments[0]) && m.sent.Add(1).Before(end) {
				moments = append(moments, m.sent.Add(1))
			}
		}
	}
	yes, no := false, false
	for _, at := range moments {
		stands := false
		for _, m := range messages {
			if m.sent.Before(at) {
				stands = !m.cancel
			}
		}
		yes, no = yes || stands, no || !stands
	}
	switch {
	case yes && no:
		return Unclear
	case yes:
		return Covered
	default:
		return Uncommunicated
	}
}

// about lists what was sent about a day by the instant asked, in order; at one
// instant cancellations come first.
func about(r calls.Reconciliation, key calls.WorkerDay) []message {
	var list []message
	for _, c := range r.Communications {
		for _, row := range c.Rows {
			if c.Sent.After(r.AsOf) || row.Worker != key.Worker || key.Day < row.First || key.Day > max(row.First, row.Last) {
				continue
			}
			m := message{sent: c.Sent, cancel: c.Kind == calls.KindCancel, noShow: row.NoShow}
			if key.Day == row.First {
				m.start = row.Start
			}
			at := len(list)
			for at > 0 && (m.sent.Before(list[at-1].sent) || m.sent.Equal(list[at-1].sent) && m.cancel && !list[at-1].cancel) {
				at--
			}
			list = append(list[:at], append([]message{m}, list[at:]...)...)
		}
	}
	return list
}

// startOf is when work began, by the earliest shift if all say so, or by the latest
// message that does; and whether the day was worked.
func startOf(r calls.Reconciliation, key calls.WorkerDay, messages []message) (start time.Time, worked bool) {
	said := true
	for _, s := range r.Worked {
		if s.Worker == key.Worker && s.Day == key.Day {
			if said = said && !s.Start.IsZero(); !worked || s.Start.Before(start) {
				start = s.Start
			}
			worked = true
		}
	}
	if !said {
		start = time.Time{}
	}
	for i := len(messages) - 1; i >= 0 && start.IsZero(); i-- {
		start = messages[i].start
	}
	return start, worked
}
