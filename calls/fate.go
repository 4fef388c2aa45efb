package calls

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// class is the list of the account that a day goes into; none for the zero value.
type class uint8

const (
	dayNowhere class = iota
	dayCovered
	dayUncommunicated
	dayCancelled
	dayPresumed
	dayOpen
	dayUnclear
)

// fate is what becomes of a day, with the checks of it that were not kept, and whether
// their rules were asked.
type fate struct {
	class                                          class
	covered, cancelled, presumed                   law.Checks
	coveredAsked, cancelledAsked, presumptionAsked bool
}

// fate judges a day. A shift that came into it from the day before is work of the day too,
// whether or not another one began on it; a day that was not communicated at all is told
// once, and so is one that the certificate of agibilità covers.
func (b *book) fate(d *diary) (f fate) {
	switch {
	case d.shifts != nil:
		b.judgeWorked(d, &f)
	case d.night >= 0 && len(d.events) > 0 && !d.events[len(d.events)-1].cancel:
		f.class = dayCovered
	default:
		b.judgeIdle(d, &f)
	}
	if d.night >= 0 && f.class != dayUncommunicated && (d.shifts == nil || b.withoutCall(d) != 0) {
		right := d.underRightCodes()
		if !right.standing(law.RomeMidnight(d.day)) {
			f.afterMidnight(d.day, d.night)
		}
		d.looked += right.looked
	}
	return f
}

// withoutCall is how grave it is that no call covers the work of a day: 0 where the
// certificate of agibilità takes its place.
func (b *book) withoutCall(d *diary) law.Severity {
	if b.alone || d.alone || slices.ContainsFunc(d.events, func(e event) bool { return e.alone }) {
		return agibilitaAlone(d.day)
	}
	return law.Breach
}

// judgeWorked applies art. 15, comma 3: the day was communicated before the work.
func (b *book) judgeWorked(d *diary, f *fate) {
	path := workedPath(d.shifts.index)
	rule, inForce := covered.On(d.day)
	if !inForce {
		f.class = dayCovered
		return
	}
	f.coveredAsked = true
	right := d.underRightCodes()
	was, replaced := right.covered(), b.withoutCall(d)
	d.looked += right.looked
	switch {
	case was == kept:
		f.class = dayCovered
		if d.events[len(d.events)-1].cancel {
			f.covered = append(f.covered, rule.Fail(law.Advice, d.day, path, Withdrawn{d.day}))
		}
	case replaced == 0:
		f.class = dayCovered
	case was == unknown:
		f.class = dayUnclear
		f.covered = append(f.covered, rule.Undetermined(d.day, path+"/start"))
	case replaced == law.Doubt:
		f.class = dayCovered
		instead, _ := entertainment.On(d.day)
		f.covered = append(f.covered, rule.Fail(law.Doubt, d.day, path, OnlyAgibilita{d.day}, instead.Cites()...))
	default:
		f.class = dayUncommunicated
		hint := b.hints[d.day]
		if i := slices.IndexFunc(d.events, func(e event) bool { return e.wrong && !e.cancel }); i >= 0 {
			hint = d.events[i].path
		}
		f.covered = append(f.covered, rule.Fail(law.Breach, d.day, path, Uncovered{d.day, hint}))
	}
}

// judgeIdle applies circulars 18 and 20/2012: a call that was not worked is
// cancelled in time or counts as worked.
func (b *book) judgeIdle(d *diary, f *fate) {
	if _, inForce := presumed.On(d.day); !inForce {
		return // nothing was to be communicated, and nothing is presumed
	}
	stands := broken // kept: a call stands; unknown: perhaps
	var call *event
	var run together // the calls since the last cancellation in time
	for i := range d.events {
		e := &d.events[i]
		if !e.cancel {
			if stands == broken {
				run = together{}
			}
			run.call(e)
			stands, call = kept, e
			continue
		}
		if stands == broken {
			continue
		}
		f.cancelledAsked = true
		noShow := e.noShow
		if noShow == law.Unknown {
			noShow = law.Yes // the day was not worked
		}
		run.cancel(e)
		start, untold := run.due(), e
		if run.silent != nil && !run.start.IsZero() {
			untold = run.silent
		}
		was := cancelling(e.sent, d.day, start, noShow)
		if was == unknown && noShow == law.Yes && !untold.opens {
			was = doubtful // nobody can say when later days start: the safe moment decides
		}
		if was != kept {
			f.cancelled = append(f.cancelled, cancelCheck(was, e.sent, d.day, start, noShow, e.path, untold.path+"/start"))
		}
		switch {
		case was == unknown && noShow == law.No:
			stands = unknown
		case was != broken:
			stands = broken
		}
	}
	if call == nil {
		return
	}
	f.presumptionAsked = true
	switch safe, end := CancelBy(due(d.day, run.due())); {
	case stands == unknown:
		f.class = dayUnclear
	case stands == broken:
		f.class = dayCancelled
	case !b.asOf.Before(end):
		f.class = dayPresumed
		f.presumed = append(f.presumed, b.presume(d, call.path, end))
	default:
		f.class = dayOpen
		rule, _ := presumed.On(d.day)
		switch {
		case !b.asOf.After(safe):
		case run.silent != nil && run.silent.opens:
			f.presumed = append(f.presumed, rule.Undetermined(d.day, run.silent.path+"/start"))
		default:
			f.presumed = append(f.presumed, rule.Fail(law.Doubt, d.day, call.path, PresumedWorked{Day: d.day, Deadline: safe}))
		}
	}
}

// afterMidnight notes a shift that went on into a day without a call.
func (f *fate) afterMidnight(day date.Date, shift int) {
	rule, inForce := covered.On(day)
	if !inForce {
		return
	}
	f.coveredAsked = true
	f.covered = append(f.covered, rule.Fail(law.Doubt, day, workedPath(shift)+"/across_midnight", AfterMidnight{day}))
}

// presume is the check of a day that counts as worked. A certified absence of the day
// makes it a doubt.
func (b *book) presume(d *diary, path string, end time.Time) law.Check {
	rule, _ := presumed.On(d.day)
	away := b.absent[d.worker]
	if _, ok := holds(away.certified, d.day); ok {
		return rule.Fail(law.Doubt, d.day, path, PresumedAbsent{Day: d.day})
	}
	if i, ok := holds(away.untold, d.day); ok {
		return rule.Undetermined(d.day, absencePath(away.index[i])+"/certified")
	}
	return rule.Fail(law.Breach, d.day, path, PresumedWorked{Day: d.day, Deadline: end})
}
