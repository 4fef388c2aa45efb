package preflight

import (
	"errors"
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Roster is a plan of one employer: for each worker the starts thought of. Now is
// needed; the lines' own Now and Start are not read.
type Roster struct {
	Now      time.Time `json:"now,omitzero"`
	Employer string    `json:"employer,omitzero"` // codice fiscale, for the communications; empty plans none
	Workers  []Line    `json:"workers"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (r *Roster) UnmarshalJSON(b []byte) error {
	type plain Roster
	return law.Decode(b, (*plain)(r))
}

// Line is one worker's part of a roster.
type Line struct {
	Case
	Starts []time.Time `json:"starts"` // in any order; two on one day are one day of work
}

// UnmarshalJSON reads the strict form of the decision protocol. Without it that of
// the embedded case would be used, and refuse the starts.
func (l *Line) UnmarshalJSON(b []byte) error {
	type plain Line
	return law.Decode(b, (*plain)(l))
}

// Forecast is the answer for a roster.
type Forecast struct {
	Edition string      `json:"edition"`
	Verdict law.Verdict `json:"verdict"`
	Calls   []Planned   `json:"calls"`   // by worker, then by start
	Repairs []Repair    `json:"repairs"` // the smallest change that makes the roster lawful
	// Communications are those to send for the calls that stand, for the lines that
	// name the portal, the app or e-mail as their channel.
	Communications []calls.Communication `json:"communications,omitempty"`
	// Unusable are the lines whose facts cannot be used; the others are judged.
	Unusable []Unusable `json:"unusable,omitempty"`
}

// Unusable says why a line of a roster cannot be judged.
type Unusable struct {
	Line    int      `json:"line"`
	Code    law.Kind `json:"code"`
	Path    string   `json:"path"` // JSON pointer into the roster
	Message string   `json:"message"`
}

// Planned is one call of a roster, judged with the lawful ones of the same worker
// before it.
type Planned struct {
	Line   int       `json:"line"` // index of the worker
	Start  time.Time `json:"start"`
	Stands bool      `json:"stands"` // neither a breach nor undetermined
	Report
}

// Plan judges every call of a roster and says which change mends those that do not
// stand. Nothing given is changed. A line whose facts cannot be used is named and
// stops nothing else; the error, a [law.InputError], is for the roster itself.
func Plan(r Roster) (Forecast, error) {
	if r.Now.IsZero() {
		return Forecast{}, law.Missing("/now")
	}
	f := Forecast{Edition: law.Edition, Calls: []Planned{}, Repairs: []Repair{}}
	var every law.Checks
	for i := range r.Workers {
		line := r.Workers[i]
		line.Now = r.Now
		judged, err := line.judge(i)
		var in *law.InputError
		if errors.As(err, &in) {
			path := "/workers/" + strconv.Itoa(i) + in.Path
			f.Unusable = append(f.Unusable, Unusable{i, in.Kind, path, in.Error()})
			continue
		}
		f.Calls, f.Repairs = append(f.Calls, judged...), append(f.Repairs, line.repair(judged)...)
		for _, p := range judged {
			every = append(every, p.Checks...)
		}
	}
	f.Verdict = every.Verdict()
	switch {
	case len(f.Unusable) > 0 && f.Verdict != law.VerdictBreach:
		f.Verdict = law.VerdictUndetermined
	case len(f.Calls) == 0 && len(f.Unusable) == 0:
		f.Verdict = law.VerdictClear // nothing planned, nothing wrong
	}
	if err := f.communicate(&r); err != nil {
		return Forecast{}, err
	}
	return f, nil
}

// communicate plans the communications of the calls that stand, channel by channel.
// Where one communication for all of them would break a rule, splitting it is one
// of the repairs.
func (f *Forecast) communicate(r *Roster) error {
	if r.Employer == "" {
		return nil
	}
	for _, ch := range [...]calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail} {
		first, wanted := -1, []calls.Wanted{}
		for i := range r.Workers {
			days := f.standing(i)
			if r.Workers[i].Channel != ch || len(days) == 0 {
				continue
			}
			if first < 0 {
				first = i
			}
			wanted = append(wanted, calls.Wanted{Worker: r.Workers[i].Worker.Code, Days: days})
		}
		if first < 0 {
			continue
		}
		whole := calls.Communication{Kind: calls.KindCall, Channel: ch, Sent: r.Now, Employer: r.Employer}
		parts, err := calls.Plan(whole, wanted)
		if err != nil {
			return err
		}
		f.Communications = append(f.Communications, parts...)
		for _, p := range parts {
			whole.Rows = append(whole.Rows, p.Rows...)
		}
		asOne, err := calls.Assess(whole)
		if err != nil {
			return err
		}
		mends := slices.DeleteFunc(broken(asOne.Checks), func(id law.RuleID) bool { return id != calls.Cycle && id != calls.Rows })
		if len(mends) > 0 {
			f.Repairs = append(f.Repairs, Repair{Line: first, Change: ChangeSplit, Channel: ch, Into: len(parts), Mends: mends})
		}
	}
	return nil
}

// standing lists the days of a line's calls that stand.
func (f *Forecast) standing(line int) law.Days {
	var list law.Days
	for _, p := range f.Calls {
		if p.Line == line && p.Stands {
			list = append(list, law.OneDay(law.RomeDay(p.Start)))
		}
	}
	return list
}

// judge runs the line's starts in order. A call that does not stand is taken out
// of the plan, and the judging goes on.
func (l *Line) judge(index int) ([]Planned, error) {
	starts := slices.Clone(l.Starts)
	slices.SortFunc(starts, time.Time.Compare)
	c := l.Case
	list := make([]Planned, 0, len(starts))
	for _, start := range starts {
		c.Start = start
		r, err := Run(c)
		if err != nil {
			return nil, err
		}
		p := Planned{index, start, stands(r.Verdict), r}
		if p.Stands {
			c.Planned = c.Planned.With(law.RomeDay(start))
		}
		list = append(list, p)
	}
	return list, nil
}

func stands(v law.Verdict) bool { return v == law.VerdictClear || v == law.VerdictDoubt }

// Repair is one change to a roster: of those that mend a call, the one that loses
// least.
type Repair struct {
	Line    int           `json:"line"`
	Start   time.Time     `json:"start,omitzero"`   // of the call that is changed
	Change  Change        `json:"change"`           // what to do with it
	Channel calls.Channel `json:"channel,omitzero"` // to use instead; for a split, that of the communication
	To      time.Time     `json:"to,omitzero"`      // the start to use instead
	Into    int           `json:"into,omitzero"`    // communications to send instead of one
	Mends   []law.RuleID  `json:"mends"`            // the rules broken without the change
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

// String returns the word used in JSON.
func (c Change) String() string { return law.Word(c, "", "channel", "split", "move", "drop") }

// MarshalText returns the word used in JSON.
func (c Change) MarshalText() ([]byte, error) { return []byte(c.String()), nil }

// repair finds one change for each call that breaks a rule. A call that lacks facts
// is not mended: it needs the facts.
//
// Windows only move forward in time, so of all the days that could make room for a
// day over the cap none does more for the days after it than that day itself:
// one change for each failing call, judged in order, is the fewest there can be.
func (l *Line) repair(judged []Planned) []Repair {
	var list []Repair
	c := l.Case
	for _, p := range judged {
		if p.Stands {
			c.Planned = c.Planned.With(law.RomeDay(p.Start))
		}
	}
	for _, p := range judged {
		if p.Verdict != law.VerdictBreach {
			continue
		}
		r := Repair{Line: p.Line, Start: p.Start, Change: ChangeDrop, Mends: broken(p.Checks)}
		if ch, ok := c.byChannel(p); ok {
			r.Change, r.Channel = ChangeChannel, ch
			c.Planned = c.Planned.With(law.RomeDay(p.Start))
		} else if to, ok := c.byMove(p); ok {
			r.Change, r.To = ChangeMove, to
			c.Planned = c.Planned.With(law.RomeDay(to))
		}
		list = append(list, r)
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

// passes reports whether the call stands at a start by a channel.
func (c Case) passes(start time.Time, ch calls.Channel) bool {
	c.Start, c.Channel = start, ch
	r, err := Run(c)
	return err == nil && stands(r.Verdict)
}

// byChannel looks for an open channel by which the call stands as it is.
func (c *Case) byChannel(p Planned) (calls.Channel, bool) {
	for _, open := range p.Channels {
		if open.Channel != c.Channel && c.passes(p.Start, open.Channel) {
			return open.Channel, true
		}
	}
	return 0, false
}

// farthest bounds the search for a day to move to: beyond a year the need for which
// the call was planned is another one.
const farthest = 366

// byMove looks for the next day, at the same time of day, on which the call stands,
// nothing else is planned, and no call planned later loses its place.
func (c *Case) byMove(p Planned) (time.Time, bool) {
	first := law.RomeDay(p.Start)
	in := law.InRome(p.Start)
	for d := range (law.Span{First: max(first, law.RomeDay(c.Now)), Last: first + farthest}).All() {
		to, err := law.RomeClock(d, in.Hour(), in.Minute())
		if err == nil && c.passes(to, c.Channel) && c.leavesRoom(d) {
			return to, true
		}
	}
	return time.Time{}, false
}

// leavesRoom reports whether the planned days after d still fit with d worked.
func (c *Case) leavesRoom(d date.Date) bool {
	h := limits.History{Worked: c.Worked, Presumed: c.Presumed}
	before := h.Plan(c.Planned, c.Employer)
	after := h.Plan(c.Planned.With(d), c.Employer)
	return len(after.Lawful) == len(before.Lawful)+1
}
