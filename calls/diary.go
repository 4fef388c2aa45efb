package calls

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

// diary is all that is known of one day of a worker.
type diary struct {
	workerAndDay
	events []event
	shifts *shifts // nil when the day was not worked
	night  int     // the shift that came into it from the day before, or -1
	looked int     // events looked at, for the test of its growth
}

// start is when work began or was due: as worked, else as the rows say. Of several
// calls that stand together the earliest start decides; a call sent after a
// cancellation says it anew. Zero when nobody says.
func (d *diary) start() (start time.Time) {
	if d.shifts != nil && !d.shifts.start.IsZero() {
		return d.shifts.start
	}
	stands := false
	for i := range d.events {
		e := &d.events[i]
		if !e.start.IsZero() && (start.IsZero() || !e.cancel && (!stands || e.start.Before(start))) {
			start = e.start
		}
		stands = !e.cancel
	}
	return start
}

// standing reports whether a call of the day stood just before an instant.
func (d *diary) standing(at time.Time) bool {
	stands := false
	d.looked += len(d.events)
	for i := range d.events {
		if d.events[i].sent.Before(at) {
			stands = !d.events[i].cancel
		}
	}
	return stands
}

// covered judges whether a call stood when work began. Without the start it must have
// stood all day long, or never: what was sent during the day decides.
func (d *diary) covered() reading {
	was := func(stands bool) reading {
		if stands {
			return kept
		}
		return broken
	}
	if start := d.start(); !start.IsZero() {
		return was(d.standing(start))
	}
	first, end := law.RomeMidnight(d.day), law.RomeMidnight(d.day+1)
	stood := d.standing(first)
	for i := range d.events {
		d.looked++
		e := &d.events[i]
		lastOfInstant := i+1 == len(d.events) || !d.events[i+1].sent.Equal(e.sent)
		if lastOfInstant && !e.sent.Before(first) && e.sent.Before(end) && e.cancel == stood {
			return unknown
		}
	}
	return was(stood)
}

// underRightCodes is the day without the rows whose code is wrong.
func (d *diary) underRightCodes() diary {
	right, wrong := *d, func(e event) bool { return e.wrong }
	if slices.ContainsFunc(d.events, wrong) {
		right.events = slices.DeleteFunc(slices.Clone(d.events), wrong)
	}
	return right
}
