package preflight

import (
	"cmp"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Repair is one change to a roster: of those that mend a call, the one that loses
// least.
type Repair struct {
	Line    int           `json:"line"`             // index of the line
	Start   time.Time     `json:"start,omitzero"`   // of the call that is changed
	Change  Change        `json:"change"`           // what to do with it
	Channel calls.Channel `json:"channel,omitzero"` // to use instead; for a split, that of the communication
	To      time.Time     `json:"to,omitzero"`      // the start to use instead
	Days    int           `json:"days,omitzero"`    // by how many days the call moves
	Into    int           `json:"into,omitzero"`    // communications to send instead of one
	Mends   []law.RuleID  `json:"mends"`            // the rules broken without the change
}

// Text says what to do, in both languages, without naming the worker.
func (r Repair) Text() law.Text {
	switch r.Change {
	case ChangeChannel:
		return law.Say("Send it by %s.", "Inviare tramite %s.", r.Channel.Label())
	case ChangeSplit:
		return law.Say("Send %d communications by %s instead of one.", "Inviare %d comunicazioni tramite %s invece di una.", r.Into, r.Channel.Label())
	case ChangeMove:
		return law.Say("Move the call to %s.", "Spostare la chiamata al %s.", r.To)
	case ChangeDrop:
		return law.Text{EN: "Do not call.", IT: "Non chiamare."}
	default:
		return law.Text{}
	}
}

// compare orders repairs by what they lose: those that keep the day, then by the days
// moved, then the calls that are dropped; and by line and start among equals.
func (r Repair) compare(o Repair) int {
	dropped := func(r Repair) int {
		if r.Change == ChangeDrop {
			return 1
		}
		return 0
	}
	return cmp.Or(cmp.Compare(dropped(r), dropped(o)), cmp.Compare(r.Days, o.Days), cmp.Compare(r.Change, o.Change),
		cmp.Compare(r.Line, o.Line), r.Start.Compare(o.Start))
}

// Change is the kind of a repair, the smallest first.
type Change uint8

// The changes.
const (
	ChangeChannel Change = iota + 1 // send it by another channel
	ChangeSplit                     // send several communications instead of one
	ChangeMove                      // work on the next free day instead
	ChangeDrop                      // do not call
)

func changeWords() []string { return []string{"", "channel", "split", "move", "drop"} }

// String returns the word used in JSON.
func (c Change) String() string { return law.Word(c, changeWords()...) }

// Label names the change for a reader; the zero value has an empty name.
func (c Change) Label() law.Text {
	return [...]law.Text{
		{}, {EN: "another channel", IT: "altro canale"}, {EN: "several communications", IT: "più comunicazioni"},
		{EN: "another day", IT: "altro giorno"}, {EN: "do not call", IT: "non chiamare"},
	}[min(c, ChangeDrop)]
}

// MarshalText returns the word used in JSON.
func (c Change) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// UnmarshalText reads the word used in JSON.
func (c *Change) UnmarshalText(b []byte) (err error) {
	*c, err = law.ParseWord[Change](string(b), changeWords()...)
	return err
}

// What a repair can mend. A rule in neither list is broken by facts that no channel and
// no day changes.
var (
	byAnotherChannel = []law.RuleID{calls.RuleSMSWindow, calls.RuleSMSSender, calls.RuleFax}
	byAnotherDay     = []law.RuleID{
		calls.RuleBeforeStart, calls.RuleNotice, calls.RuleSMSWindow, limits.RuleDaysCap, limits.RuleFirstDay,
		eligibility.RuleGround, eligibility.RuleYoungWork, eligibility.RuleAgreement, eligibility.RuleSuspension,
	}
)

// repair finds one change for each call of a person that breaks a rule. A call that
// lacks facts is not mended: it needs the facts.
//
// Of all the days that could make room for a day over the cap none does more for the
// days after it than that day itself, while the cap does not fall: one change for each
// failing call, judged in order, is then the fewest there can be.
func (p *person) repair(r *Roster, judged []Planned) []Repair {
	var list []Repair
	for i := range judged {
		call := &judged[i]
		if call.Verdict != law.VerdictBreach {
			continue
		}
		c := p.at(r, slot{line: call.Line, Start: Start{call.Start, call.End, call.Channel}})
		fix := Repair{Line: call.Line, Start: call.Start, Change: ChangeDrop, Mends: broken(call.Checks)}
		if ch, ok := c.byChannel(call, fix.Mends); ok {
			fix.Change, fix.Channel = ChangeChannel, ch
			p.shared.Planned = p.shared.Planned.With(law.RomeDay(call.Start))
		} else if to, ok := p.byMove(c, call.Line, fix.Mends); ok && to.Equal(call.Start) {
			continue // broken by an earlier shift of the day only, whose own repair mends both
		} else if ok {
			fix.Change, fix.To, fix.Days = ChangeMove, to, int(law.RomeDay(to)-law.RomeDay(call.Start))
			p.shared.Planned = p.shared.Planned.With(law.RomeDay(to))
		}
		list = append(list, fix)
	}
	return list
}

// broken lists the rules a call breaks, each once.
func broken(checks law.Checks) []law.RuleID {
	list := []law.RuleID{}
	for f := range checks.Findings() {
		if f.Severity == law.Breach && !slices.Contains(list, f.Rule) {
			list = append(list, f.Rule)
		}
	}
	return list
}

// within reports whether every rule broken is among those that a change can mend.
func within(mends, can []law.RuleID) bool {
	for _, id := range mends {
		if !slices.Contains(can, id) {
			return false
		}
	}
	return true
}

// passes reports whether the call stands.
func (c *Case) passes() bool {
	if c.validate() != nil {
		return false
	}
	var room [32]law.Check
	checks, _, _, err := c.judge(room[:0])
	return err == nil && stands(checks.Verdict())
}

// byChannel looks for an open channel by which the call stands as it is.
func (c Case) byChannel(p *Planned, mends []law.RuleID) (calls.Channel, bool) {
	if !within(mends, byAnotherChannel) {
		return 0, false
	}
	for _, open := range p.Channels {
		if open.Channel == p.Channel {
			continue
		}
		if c.Channel = open.Channel; c.passes() {
			return open.Channel, true
		}
	}
	return 0, false
}

// Bounds of the search for a day to move to.
const (
	farthest = 366 // days ahead: beyond a year the need for which the call was planned is another one
	tries    = 31  // days that the cap and the contract allow, and another rule does not: it allows no other either
)

// lineDay is a day of a line.
type lineDay struct {
	line int
	day  date.Date
}

// attempt is a shift of a line that did not stand, and stands even less the more is planned.
type attempt struct {
	line    int
	start   int64 // in seconds, as time.Time.Unix
	length  time.Duration
	channel calls.Channel
}

// byMove looks for the next day, at the same time of day, on which the call stands,
// nothing else is planned, and no call planned later loses its place. It goes from one
// day that the contract and the cap allow to the next. A day that would cost another its
// place does so for every later call too, since only more is planned then.
func (p *person) byMove(c Case, line int, mends []law.RuleID) (time.Time, bool) {
	if !within(mends, byAnotherDay) {
		return time.Time{}, false
	}
	first := law.RomeDay(c.Start)
	_, entitled, err := c.entitled(make(law.Checks, 0, everyRule), first)
	if err != nil {
		return time.Time{}, false
	}
	from, length := law.InRome(c.Start), c.End.Sub(c.Start)
	history := c.history()
	all := history // that of a day, once the days planned before it are worked
	all.Worked = all.Worked.Union(c.Planned)
	overCap := slices.Contains(mends, limits.RuleDaysCap)
	tried := 0
	for d := max(first, law.RomeDay(c.Now)); d <= first+farthest && tried < tries; d++ {
		p.looked++
		if d = nextLawful(entitled.LawfulSpans, d); d == 0 || d > first+farthest {
			break
		}
		if overCap {
			if free, _ := all.NextFree(d); free > d {
				d = free - 1
				continue
			}
		}
		if c.Planned.Has(d) || p.taken[lineDay{line, d}] {
			continue
		}
		to, err := law.RomeClock(d, from.Hour(), from.Minute())
		if err != nil {
			continue
		}
		moved := c
		if moved.Start = to; !c.End.IsZero() {
			moved.End = to.Add(length)
		}
		key := attempt{line, to.Unix(), length, c.Channel}
		if !p.failed[key] {
			p.judged++
			if p.failed == nil {
				p.failed = map[attempt]bool{}
			}
			p.failed[key] = !moved.passes()
		}
		if p.failed[key] {
			tried++
			continue
		}
		if !p.displaces(&c, history, d) {
			return to, true
		}
		if p.taken == nil {
			p.taken = map[lineDay]bool{}
		}
		p.taken[lineDay{line, d}] = true
	}
	return time.Time{}, false
}

// displaces reports whether work on a day costs a day planned later its place.
func (p *person) displaces(c *Case, history limits.History, d date.Date) bool {
	later := c.Planned.Within(law.Span{First: d, Last: d + window})
	if later.Len() == 0 {
		return false
	}
	p.looked += later.Len()
	history.Worked = history.Worked.Union(c.Planned.Within(law.Span{First: 1, Last: d - 1}))
	return len(history.Displaced(later, d)) > 0
}

// nextLawful returns the first day from d on that lies in one of the spans, which are
// in order; zero where there is none.
func nextLawful(spans []law.Span, d date.Date) date.Date {
	for _, s := range spans {
		switch {
		case s.First > d:
			return s.First
		case s.Contains(d):
			return d
		}
	}
	return 0
}
