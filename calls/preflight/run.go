package preflight

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Report is the answer to one question. Its dates are safe under every reading.
type Report struct {
	law.Judgment
	Channels     []OpenChannel `json:"channels"`               // those by which the call can still be sent
	LastCallable date.Date     `json:"last_callable,omitzero"` // last lawful day from now on; zero: none is known, or no day is lawful
	NextFree     date.Date     `json:"next_free,omitzero"`     // first lawful day from the start's on, and never one gone by; zero: none, or no cap
	Remaining    *int          `json:"remaining,omitempty"`    // days free on the day of the start, itself included; nil: no cap, or not known
	Moments      []Moment      `json:"moments"`                // what comes next, in order
	// Displaced are planned days in the three years after the start that fit under the cap
	// now, and no longer do once the start's day is worked.
	Displaced []date.Date `json:"displaced,omitempty"`
}

// OpenChannel is a channel by which the call can be sent now.
type OpenChannel struct {
	Channel calls.Channel `json:"channel"` // the channel
	Until   time.Time     `json:"until"`   // excluded: the start itself is too late
}

// everyRule is how many checks a call has that keeps every rule, and an advice.
const everyRule = 32

// Run judges one call. The error is a [law.InputError]: Now or Start is missing,
// or a fact cannot be used.
func Run(c Case) (Report, error) {
	if err := c.validate(); err != nil {
		return Report{}, err
	}
	room := new(struct { // one allocation for what every answer holds
		checks    [everyRule]law.Check
		channels  [5]OpenChannel
		moments   [7]Moment
		remaining int
	})
	checks, entitled, counted, err := c.judge(room.checks[:0])
	if err != nil {
		return Report{}, err
	}
	first, last := c.shift()
	today, night := law.RomeDay(c.Now), first != last
	r := Report{Judgment: law.Judge(checks), Channels: c.channels(room.channels[:0], today)}
	if counted.Capped && !counted.HistoryIncomplete {
		room.remaining = counted.Remaining
		r.Remaining = &room.remaining
		before := c.history()
		if c.Planned.Len() != 0 {
			before.Worked = c.Worked.Union(c.Planned.Within(law.Span{First: 1, Last: first - 1}))
		}
		if from := max(first, today); from == first && !night && counted.Remaining > 0 && nextLawful(entitled.LawfulSpans, first) == first {
			r.NextFree = first // as counted says
		} else {
			r.NextFree = nextFree(before, from, entitled.LawfulSpans, night)
		}
		if later := c.Planned.Within(law.Span{First: first, Last: first + window}); later.Len() >= counted.Remaining && later.Len() != 0 {
			r.Displaced = before.Displaced(later, first)
		}
	}
	r.LastCallable = c.lastCallable(today, entitled.LawfulSpans, night)
	r.Moments = c.moments(room.moments[:0], first, today, c.Worker.birth(first), &entitled, &counted)
	return r, nil
}

// window is no less than the three years in which a day of work counts: no day planned
// later can lose its place to it.
const window = 3 * 366

// judge asks every rule.
func (c *Case) judge(checks law.Checks) (law.Checks, eligibility.Assessment, limits.Assessment, error) {
	first, last := c.shift()
	checks = c.call().AppendChecks(checks)
	checks.Relocate(c.fromCall)
	checks = c.match(checks, first)
	checks, entitled, err := c.entitled(checks, first)
	if err != nil {
		return nil, entitled, limits.Assessment{}, err
	}
	checks, counted, err := c.counted(checks, first, last)
	return law.Stale(checks, max(last, c.Contract.Signed)), entitled, counted, err // said once, for all
}

// entitled asks whether the contract allows the shift, on both days of one that runs past
// midnight.
func (c *Case) entitled(checks law.Checks, day date.Date) (law.Checks, eligibility.Assessment, error) {
	contract := c.Contract
	contract.Birth, contract.On, contract.OnStart, contract.OnEnd = c.Worker.birth(day), day, c.Start, c.End
	if w := contract.Work; len(contract.Worked) == 0 && w.Len() != 0 && c.Worked.Count(w) == w.Len() {
		contract.Worked = law.Days{w} // for eligibility.discontinuity
	}
	from := len(checks)
	checks, a, err := contract.AppendChecks(checks)
	checks[from:].Relocate(fromContract)
	return checks, a, law.RelocateError(err, fromContract)
}

// counted asks how many days the worker has left.
func (c *Case) counted(checks law.Checks, first, last date.Date) (law.Checks, limits.Assessment, error) {
	q := limits.Question{
		Worked: c.Worked, Presumed: c.Presumed, AcrossMidnight: c.AcrossMidnight, Transferred: c.Transferred,
		HistoryIncomplete: c.HistoryIncomplete, Planned: c.Planned, On: first, Employer: c.Employer, EmployerHistory: c.EmployerHistory,
	}
	if first != last { // planned, since a day only asked about converts nothing
		q.AcrossMidnight, q.Planned = q.AcrossMidnight.With(first), q.Planned.With(first)
	}
	from := len(checks)
	checks, a, err := q.AppendChecks(checks)
	checks[from:].Relocate(fromCount)
	return checks, a, err
}

// call is the question the rules on communications are asked.
func (c *Case) call() calls.Call {
	call := calls.Call{
		Worker: c.Worker.Code, Start: c.Start, End: c.End, BothDays: law.Yes, Sent: c.Now, Called: cmp.Or(c.Called, c.Now), Accepted: c.Accepted,
		Channel: c.Channel, Sender: c.Sender, MalfunctionProof: c.MalfunctionProof, Duty: c.Contract.Terms.Duty,
	}
	if c.Channel == calls.ChannelSMS {
		call.BothDays = law.No // a text message names no day
	}
	if !c.Contract.Terms.HireNotice.IsZero() {
		call.HireFound = law.Yes // the hire was communicated, so the job is on record
	}
	if n := c.Contract.Terms.Notice; n != nil {
		call.Notice = calls.Notice{WorkingDays: n.WorkingDays, Hours: n.Hours}
	}
	return call
}

// channels lists the ways the call can be sent now, of those that the law of today has. A text message
// is one only from a number known to be registered, and from a consultant for its own
// company; fax only where a failure of the system is proved.
func (c *Case) channels(list []OpenChannel, today date.Date) []OpenChannel {
	if !c.Now.Before(c.Start) {
		return list
	}
	until := law.InRome(c.Start)
	for _, ch := range [...]calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail, calls.ChannelSMS, calls.ChannelFax} {
		if ch.OpenOn(today) && c.open(ch) {
			list = append(list, OpenChannel{ch, until})
		}
	}
	return list
}

// open asks the rules of one channel whether they let the call pass.
func (c *Case) open(ch calls.Channel) bool {
	switch {
	case ch == calls.ChannelFax && c.MalfunctionProof != law.Yes, ch == calls.ChannelSMS && c.Sender.PhoneRegistered != law.Yes:
		return false
	case ch != calls.ChannelSMS && ch != calls.ChannelFax:
		return true // to the start, which was looked at before
	}
	call := c.call()
	call.Channel = ch
	for _, x := range call.AppendChecks(nil) {
		switch x.Rule() {
		case calls.RuleSMSWindow, calls.RuleSMSSender, calls.RuleFax:
			if x.Outcome == law.Undetermined || x.Severity() == law.Breach {
				return false
			}
		}
	}
	return true
}

// nextFree returns the first lawful day from a day on that fits under the cap. A shift past midnight wants the day after too.
func nextFree(history limits.History, from date.Date, lawful []law.Span, night bool) date.Date {
	for _, s := range lawful {
		if night && !s.Open() {
			s.Last--
		}
		for from := max(s.First, from); s.Contains(from) && (s.Open() || s.Last >= s.First); {
			next, _ := history.NextFree(from)
			switch {
			case next == 0 || !s.Contains(next):
				from = latest
			case night && !freeAfter(history, next):
				from = next + 1
			default:
				return next
			}
		}
	}
	return 0
}

// latest is a day beyond every span that is closed.
const latest = date.Date(1 << 30)

// freeAfter reports whether the day after a day is free once that day is worked.
func freeAfter(history limits.History, d date.Date) bool {
	history.Worked = history.Worked.With(d)
	next, _ := history.NextFree(d + 1)
	return next == d+1
}

// lastCallable returns the last lawful day from a day on that still fits under the
// cap, all that is planned being worked. A shift past midnight wants the day after too.
func (c *Case) lastCallable(from date.Date, lawful []law.Span, night bool) date.Date {
	if len(lawful) == 0 || lawful[len(lawful)-1].Open() {
		return 0
	}
	all := c.history()
	all.Worked = c.Worked.Union(c.Planned)
	for _, s := range slices.Backward(lawful) {
		s.First = max(s.First, from)
		if night {
			s.Last--
		}
		for s.Last >= s.First {
			d := all.LastFree(s)
			if d == 0 {
				break
			}
			if !night || freeAfter(all, d) {
				return d
			}
			s.Last = d - 1
		}
	}
	return 0
}

// fromContract turns a pointer into a contract into one into the case.
func fromContract(path string) string {
	switch path {
	case "/birth":
		return "/worker/birth"
	case "/on", "/on_start":
		return "/start"
	case "/on_end":
		return "/end"
	default:
		return "/contract" + path
	}
}

// fromCount turns a pointer into a question about the days left into one into the case.
func fromCount(path string) string {
	if path == "/on" {
		return "/start"
	}
	return path
}

// fromCall turns a pointer into a communication of one row into one into the case.
func (c *Case) fromCall(path string) string {
	switch path = strings.TrimPrefix(path, "/rows/0"); path {
	case "":
		return "/start"
	case "/worker":
		return "/worker/code"
	case "/sent":
		return "/now"
	case "/called":
		if c.Called.IsZero() {
			return "/now"
		}
		return path
	case "/last":
		return "/end"
	case "/duty":
		return "/contract/contract/duty"
	case "/notice", "/notice/hours", "/notice/working_days":
		return "/contract/contract" + path
	case "/hire_found", "/hire_code":
		return "/contract/contract/hire_notice"
	default:
		return path
	}
}
