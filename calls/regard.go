package calls

import (
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// regard is whether a message counts, by the channel that it took. The values stand in
// the order of how little it counts.
type regard uint8

const (
	considered  regard = iota
	contested          // a serious reading does not consider it: it counts, with a doubt
	untold             // facts are missing
	disregarded        // "not considered": it neither calls nor cancels
)

// regardOf reads off a check of a channel how a message counts that does not keep it.
func regardOf(c *law.Check) regard {
	switch {
	case c.Outcome == law.Undetermined:
		return untold
	case c.Severity() == law.Breach:
		return disregarded
	case c.Severity() == law.Doubt:
		return contested
	default:
		return considered
	}
}

// What a message does, as an index.
const (
	doesCall = iota
	doesCancel
)

func (e *event) does() int {
	if e.cancel {
		return doesCancel
	}
	return doesCall
}

// flaw is a check of a communication that its channel did not keep.
type flaw struct {
	check law.Check
	does  [2]bool // what it concerns: calls, cancellations
}

// flaws are all those of a communication, with how grave they turn out to be: as grave as
// what becomes of the days. Zero where no day has asked.
type flaws struct {
	list  []flaw
	grave [disregarded + 1][2]law.Severity
}

// regard is how the messages of one sort count.
func (f *flaws) regard(does int) (r regard) {
	for i := range f.list {
		if f.list[i].does[does] {
			r = max(r, regardOf(&f.list[i].check))
		}
	}
	return r
}

// graver is the graver of two severities, of which zero is none.
func graver(a, b law.Severity) law.Severity {
	if a == 0 || b != 0 && b < a {
		return b
	}
	return a
}

// examine asks of every communication whether it counts: it does not if it went by a
// channel closed on the day of sending, by fax without what that needs, or by a text
// message of a number or a sender that are not heard. An e-mail of several models is not
// acquired, but what was sent in good order is not to be fined (INL letter 8716/2019): it
// is in doubt.
func (b *book) examine(r *Reconciliation) {
	b.sent, b.flaws, b.unreached = r.Communications, make([]flaws, len(r.Communications)), map[place]*unreached{}
	for i := range r.Communications {
		q := question{Communication: &r.Communications[i]}
		q.on = law.RomeDay(q.Sent)
		rule, inForce := beforeStart.On(q.on)
		if !inForce || q.Sent.After(r.AsOf) {
			continue
		}
		b.flawed = b.flawed || q.Channel == ChannelSMS
		add := func(does [2]bool, found ...law.Check) {
			law.Checks(found).Relocate(func(path string) string { return communicationPath(i) + path })
			for _, c := range found {
				if regardOf(&c) != considered && c.Outcome != law.NotInForce {
					b.flaws[i].list, b.flawed = append(b.flaws[i].list, flaw{c, does}), true
				}
			}
		}
		if k, ok := q.notYet(rule, law.Breach); ok {
			add([2]bool{doesCall: true}, k)
			cancels, _ := cancelledInTime.On(q.on)
			k, _ = q.notYet(cancels, law.Doubt)
			add([2]bool{doesCancel: true}, k)
		}
		both := [2]bool{true, true}
		switch {
		case q.Channel == ChannelFax:
			add(both, askFax(nil, &q)...)
		case q.Channel == ChannelSMS:
			add(both, askSMSSender(nil, &q)...)
		case q.Channel == ChannelEmail && q.Models > mailModels.Value(q.on):
			found := askOneModel(nil, &q)
			for j := range found {
				found[j] = softened(found[j], law.Doubt)
			}
			add(both, found...)
		}
	}
}

// softened is a check no graver than a severity.
func softened(c law.Check, s law.Severity) law.Check {
	if c.Finding != nil && c.Finding.Severity < s {
		f := *c.Finding
		f.Severity, c.Finding = s, &f
	}
	return c
}

// unreached is what is told of the days of a row that a text message may not reach.
type unreached struct {
	grave law.Severity // of the gravest day out of reach
	day   date.Date    // that day, or the last of them
	needs []string     // facts without which nobody can tell
}

// window judges whether a call by text message reaches a day: work to be rendered not
// later than so many hours from it (see askSMSWindow). Where the work began decides before
// what the row says.
func (b *book) window(d *diary, e *event) regard {
	c := &b.sent[e.at.communication]
	if c.Channel != ChannelSMS || e.cancel {
		return considered
	}
	on := law.RomeDay(c.Sent)
	if _, inForce := smsWindow.On(on); !inForce {
		return considered
	}
	until := c.Sent.Add(hours(smsHours.Value(on)))
	start := e.start
	if d.shifts != nil && !d.shifts.start.IsZero() {
		start = d.shifts.start
	}
	second, night := c.Rows[e.at.index].night()
	switch {
	case law.RomeMidnight(d.day).After(until), start.After(until):
		return disregarded
	case !start.IsZero(), d.shifts == nil && night && second == d.day, !law.RomeMidnight(d.day + 1).After(until):
		return considered
	default:
		return untold
	}
}

// windowNeeds names the fact without which nobody can tell whether a text message reaches
// a day.
func (b *book) windowNeeds(d *diary, e *event) string {
	switch {
	case e.opens:
		return e.path + "/start"
	case d.shifts != nil:
		return workedPath(d.shifts.index) + "/start"
	default:
		return e.path + b.sent[e.at.communication].Rows[e.at.index].untoldOfLater()
	}
}

// regards finds out how each message of a day counts, and reports whether all do in full.
func (b *book) regards(d *diary) (full bool) {
	full = true
	for i := range d.events {
		e := &d.events[i]
		e.sender = b.flaws[e.at.communication].regard(e.does())
		e.window = b.window(d, e)
		full = full && e.regard() == considered
	}
	return full
}

func (e *event) regard() regard { return max(e.sender, e.window) }

// counting is the day with the calls and the cancellations that count as much as given, and
// on demand with those that are not considered.
func (d *diary) counting(calls, cancels regard, all bool) *diary {
	most, some := [...]regard{doesCall: calls, doesCancel: cancels}, *d
	some.looked, some.events = 0, nil
	for i := range d.events {
		if r := d.events[i].regard(); r <= most[d.events[i].does()] || all && r == disregarded {
			some.events = append(some.events, d.events[i])
		}
	}
	return &some
}

// weigh judges a day of which not every message counts in full. What is contested counts,
// and what is not considered does not; of what nobody can tell the best and the worst are
// tried, and the day is unclear where they differ. Art. 15, comma 3, punishes the missing
// communication: the flaw of a message is no more than an advice where the day fares no
// better with it.
func (b *book) weigh(d *diary) fate {
	d.alone = d.alone || slices.ContainsFunc(d.events, func(e event) bool { return e.alone })
	try := func(calls, cancels regard, all bool) fate {
		some := d.counting(calls, cancels, all)
		f := b.fate(some)
		d.looked += len(d.events) + some.looked
		return f
	}
	var f fate
	var grave [disregarded + 1][2]law.Severity
	if d.shifts != nil {
		said := d.counting(untold, untold, false).underRightCodes()
		start := said.start() // whichever of the messages turn out to count
		d.began = &start
		f = b.between(d, try(untold, contested, false), try(contested, untold, false))
		without := try(considered, untold, false)
		grave[disregarded] = [2]law.Severity{f.grave(), f.grave()}
		grave[contested] = [2]law.Severity{without.unless(without.fine()), without.unless(without.fine())}
	} else {
		f = b.between(d, try(contested, untold, false), try(untold, contested, false))
		with, without, bare := try(untold, contested, true), try(untold, considered, false), try(considered, considered, false)
		grave[disregarded] = [2]law.Severity{f.unless(with.fine() || with.like(&f)), f.unless(f.fine())}
		grave[contested] = [2]law.Severity{without.unless(without.fine() || without.like(&bare)), without.unless(without.fine())}
	}
	grave[untold] = grave[contested]
	for i := range d.events {
		b.blame(d, &d.events[i], &grave)
	}
	return f
}

// blame notes how grave the flaws of a message are for the day. Beside a flaw that takes
// more from a message those that take less do not matter.
func (b *book) blame(d *diary, e *event, grave *[disregarded + 1][2]law.Severity) {
	does, most := e.does(), e.regard()
	s := grave[most][does]
	if e.sender == most && most != considered {
		of := &b.flaws[e.at.communication].grave[most][does]
		*of = graver(*of, s)
	}
	if e.window != most || most == considered {
		return
	}
	at := b.unreached[e.at]
	if at == nil {
		at = &unreached{}
		b.unreached[e.at] = at
	}
	switch {
	case e.window == disregarded && (at.grave == 0 || s <= at.grave):
		at.grave, at.day = s, d.day
	case e.window == untold && s != law.Advice:
		if need := b.windowNeeds(d, e); !slices.Contains(at.needs, need) {
			at.needs = append(at.needs, need)
		}
	}
}

// between is the fate of a day of which the best and the worst are known. Where they
// differ, what is told for certain is what the less grave of them tells, and the facts
// that are missing are named: those of the messages, and those of the day.
func (b *book) between(d *diary, best, worst fate) fate {
	if best.like(&worst) {
		return worst
	}
	mild := best.worst()
	if !best.told(AfterMidnight{d.day}) {
		worst.covered = slices.DeleteFunc(worst.covered, isAfterMidnight)
	}
	f := worst
	switch {
	case best.sort() != worst.sort():
		f.class, f.cancelled, f.presumed = dayUnclear, nil, nil
		f.covered = slices.DeleteFunc(f.covered, func(c law.Check) bool { return !isAfterMidnight(c) })
	case mild < worst.worst():
		f.covered, f.cancelled, f.presumed = best.covered, best.cancelled, best.presumed
	}
	f.cancelledAsked = best.cancelledAsked || worst.cancelledAsked
	needs := b.needs(d, &best, &worst)
	if d.shifts != nil {
		rule, _ := covered.On(d.day)
		f.covered = append(f.covered, rule.Undetermined(d.day, needs...))
	} else {
		rule, _ := presumed.On(d.day)
		f.presumptionAsked = true
		f.presumed = append(f.presumed, rule.Undetermined(d.day, needs...))
	}
	return f
}

// needs are the facts that are missing to tell two fates of a day apart.
func (b *book) needs(d *diary, fates ...*fate) (needs []string) {
	seen := map[string]bool{}
	need := func(list ...string) {
		for _, n := range list {
			if !seen[n] {
				seen[n], needs = true, append(needs, n)
			}
		}
	}
	for i := range d.events {
		e := &d.events[i]
		for _, x := range b.flaws[e.at.communication].list {
			if x.does[e.does()] {
				need(x.check.Needs...)
			}
		}
		if e.window == untold {
			need(b.windowNeeds(d, e))
		}
	}
	for _, f := range fates {
		for _, list := range []law.Checks{f.covered, f.cancelled, f.presumed} {
			for i := range list {
				need(list[i].Needs...)
			}
		}
	}
	return needs
}

// worst is how grave the gravest check of a day is: 0 for none but advice, then a doubt,
// a missing fact, a breach.
func (f *fate) worst() (worst int) {
	for _, list := range []law.Checks{f.covered, f.cancelled, f.presumed} {
		for i := range list {
			switch {
			case list[i].Outcome == law.Undetermined:
				worst = max(worst, 2)
			case list[i].Severity() == law.Breach:
				worst = 3
			case list[i].Severity() == law.Doubt:
				worst = max(worst, 1)
			}
		}
	}
	return worst
}

// sort is the class of a day, to compare: one without a call and one whose call was
// cancelled come to the same.
func (f *fate) sort() class {
	if f.class == dayNowhere {
		return dayCancelled
	}
	return f.class
}

// like reports whether two fates come to the same.
func (f *fate) like(g *fate) bool { return f.sort() == g.sort() && f.worst() == g.worst() }

// fine reports whether nothing is left to answer for.
func (f *fate) fine() bool {
	return f.worst() == 0 && (f.class == dayCovered || f.class == dayCancelled || f.class == dayNowhere)
}

// grave is how grave a flaw is that leaves the day with this fate.
func (f *fate) grave() law.Severity {
	switch f.worst() {
	case 0:
		return law.Advice
	case 3:
		return law.Breach
	default:
		return law.Doubt
	}
}

// unless is how grave a flaw is that matters to a day of this fate unless it is fine.
func (f *fate) unless(fine bool) law.Severity {
	switch {
	case fine:
		return law.Advice
	case f.class == dayUnclear:
		return law.Doubt
	default:
		return law.Breach
	}
}

func (f *fate) told(facts law.Facts) bool {
	return slices.ContainsFunc(f.covered, func(c law.Check) bool { return c.Finding != nil && law.SameFacts(c.Finding.Facts, facts) })
}

func isAfterMidnight(c law.Check) bool {
	if c.Finding == nil {
		return false
	}
	_, ok := c.Finding.Facts.(AfterMidnight)
	return ok
}

// blamed tells the flaws of the communications, once in the same words, each as gravely as
// it mattered to a day. Of what mattered to none a missing fact is not asked for.
func (b *book) blamed() {
	told := map[law.Text]int{}
	tell := func(c law.Check) {
		i, ok := told[c.Text()]
		switch {
		case !ok:
			told[c.Text()] = len(b.channels)
			b.channels = append(b.channels, c)
		case c.Severity() < b.channels[i].Severity():
			b.channels[i] = c
		}
	}
	for i := range b.flaws {
		x := &b.flaws[i]
		for j := range x.list {
			f, s := &x.list[j], law.Severity(0)
			for does, concerned := range f.does {
				if concerned {
					s = graver(s, x.grave[regardOf(&f.check)][does])
				}
			}
			if s != 0 && (s != law.Advice || f.check.Outcome == law.Fail) {
				tell(softened(f.check, s))
			}
		}
		if b.sent[i].Channel == ChannelSMS {
			for j := range b.sent[i].Rows {
				if at := b.unreached[place{i, j}]; at != nil {
					b.outOfReach(tell, place{i, j}, at)
				}
			}
		}
	}
}

// outOfReach tells of the days of a row that a text message does not reach.
func (b *book) outOfReach(tell func(law.Check), p place, at *unreached) {
	c := &b.sent[p.communication]
	on := law.RomeDay(c.Sent)
	rule, _ := smsWindow.On(on)
	if at.grave != 0 {
		path, reach := p.path(), smsHours.Value(on)
		until := c.Sent.Add(hours(reach))
		if r := &c.Rows[p.index]; r.Span() == law.OneDay(at.day) && r.Start.After(until) && !law.RomeMidnight(at.day).After(until) {
			path += "/start"
		}
		tell(rule.Fail(at.grave, at.day, path, TooFarForSMS{c.Sent, at.day, reach}))
	}
	if len(at.needs) > 0 {
		tell(rule.Undetermined(at.day, at.needs...))
	}
}
