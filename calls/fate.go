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

// fate judges a day.
func (b *book) fate(d *diary) fate {
	if d.shifts != nil {
		return b.fateWorked(d)
	}
	var f fate
	if d.night >= 0 {
		if right := d.underRightCodes(); !right.standing(law.RomeMidnight(d.day)) {
			f.afterMidnight(d.day, d.night)
		}
		if !d.events[len(d.events)-1].cancel { // a day not worked has events
			f.class = dayCovered
			return f
		}
	}
	b.judgeIdle(d, &f)
	return f
}

// fateWorked applies art. 15, comma 3: the day was communicated before the work.
func (b *book) fateWorked(d *diary) (f fate) {
	path := workedPath(d.shifts.index)
	rule, inForce := covered.On(d.day)
	if !inForce {
		f.class = dayCovered
		return f
	}
	f.coveredAsked = true
	right := d.underRightCodes()
	was, replaced := right.covered(), law.Breach
	d.looked = right.looked
	if b.alone || slices.ContainsFunc(d.events, func(e event) bool { return e.alone }) {
		replaced = agibilitaAlone(d.day)
	}
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
	return f
}

// judgeIdle applies circulars 18 and 20/2012: a call that was not worked is
// cancelled in time or counts as worked.
func (b *book) judgeIdle(d *diary, f *fate) {
	if _, inForce := presumed.On(d.day); !inForce {
		return // nothing was to be communicated, and nothing is presumed
	}
	start, stands := d.start(), broken // kept: a call stands; unknown: perhaps
	var call *event
	for i := range d.events {
		e := &d.events[i]
		if !e.cancel {
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
		was := cancelling(e.sent, d.day, start, noShow)
		if was == unknown && noShow == law.Yes && !e.opens {
			was = doubtful // nobody can say when later days start: the safe moment decides
		}
		if was != kept {
			f.cancelled = append(f.cancelled, cancelCheck(was, e.sent, d.day, start, noShow, e.path))
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
	switch safe, end := CancelBy(due(d.day, start)); {
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
		case start.IsZero() && call.opens:
			f.presumed = append(f.presumed, rule.Undetermined(d.day, call.path+"/start"))
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
