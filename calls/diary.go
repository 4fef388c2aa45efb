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
	shifts *shifts    // nil when the day was not worked
	night  int        // the shift that came into it from the day before, or -1
	alone  bool       // a message that does not count tells of the certificate of agibilità
	began  *time.Time // when the work began, if that was settled already
	looked int        // events looked at, for the test of its growth
}

// together are the calls of a day that stand together. The work is due at the earliest
// start that they state, and at no known time while one of them states none.
type together struct {
	start  time.Time // the earliest that was stated
	silent *event    // the first call that states none
}

func (t *together) call(e *event) {
	switch {
	case !e.start.IsZero():
		if t.start.IsZero() || e.start.Before(t.start) {
			t.start = e.start
		}
	case t.silent == nil:
		t.silent = e
	}
}

// cancel reads a cancellation, which may say when the calls that it cancels were due.
func (t *together) cancel(e *event) {
	if t.start.IsZero() && !e.start.IsZero() {
		t.start, t.silent = e.start, nil
	}
}

// due is when the work was due, zero where a call does not state it.
func (t *together) due() time.Time {
	if t.silent != nil {
		return time.Time{}
	}
	return t.start
}

// start is when work began or was due: as worked, else as the calls say that stand
// together at last. A call sent after a cancellation says it anew: what was cancelled does
// not say it for a call that is silent. Zero when nobody says.
func (d *diary) start() time.Time {
	switch {
	case d.began != nil:
		return *d.began
	case d.shifts != nil && !d.shifts.start.IsZero():
		return d.shifts.start
	}
	var last together
	stands := false
	for i := range d.events {
		e := &d.events[i]
		switch {
		case e.cancel:
			last.cancel(e)
		case !stands:
			last = together{}
			fallthrough
		default:
			last.call(e)
		}
		stands = !e.cancel
	}
	start := last.due()
	if d.shifts != nil && d.shifts.told.Before(start) && !d.shifts.told.IsZero() {
		return d.shifts.told
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
	right.looked = 0
	if slices.ContainsFunc(d.events, wrong) {
		right.events = slices.DeleteFunc(slices.Clone(d.events), wrong)
	}
	return right
}
