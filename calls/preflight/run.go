package preflight

import (
	"cmp"
	"errors"
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
	LastCallable date.Date     `json:"last_callable,omitzero"` // zero: no last day is known, or no day is lawful
	NextFree     date.Date     `json:"next_free,omitzero"`     // first lawful day from the start's on; zero: none, or no cap
	Remaining    *int          `json:"remaining,omitempty"`    // days free on the day of the start, itself included; nil: no cap
	Moments      []Moment      `json:"moments"`                // what comes next, in order
	// Displaced are planned days after the start that fit under the cap now, and no
	// longer do once the start's day is worked.
	Displaced []date.Date `json:"displaced,omitempty"`
}

// OpenChannel is a channel by which the call can be sent now.
type OpenChannel struct {
	Channel calls.Channel `json:"channel"`
	Until   time.Time     `json:"until"` // excluded: the start itself is too late
}

// Run judges one call. The error is a [law.InputError]: Now or Start is missing,
// or a fact cannot be used.
func Run(c Case) (Report, error) {
	if err := c.validate(); err != nil {
		return Report{}, err
	}
	day := law.RomeDay(c.Start)
	contract := c.Contract
	contract.Birth, contract.On = c.Worker.birth(day), day
	if w := contract.Work; len(contract.Worked) == 0 && w.Len() != 0 && c.Worked.Count(w) == w.Len() {
		contract.Worked = law.Days{w} // for eligibility.discontinuity
	}
	entitled, err := eligibility.Assess(contract)
	if err != nil {
		return Report{}, relocateError(err)
	}
	history := limits.History{Worked: c.Worked, Presumed: c.Presumed}
	counted := history.Assess(day, c.Employer)
	if before := c.Planned.Within(law.Span{First: 1, Last: day - 1}); before.Len() != 0 {
		converted := slices.Collect(counted.Checks.Of(limits.Conversion)) // by what was worked, not by plans
		history.Worked = c.Worked.Union(before)
		counted = history.Assess(day, c.Employer)
		counted.Checks = slices.DeleteFunc(counted.Checks, func(x law.Check) bool { return x.Rule == limits.Conversion })
		counted.Checks = append(counted.Checks, converted...)
	}

	const everyRule = 33 // the checks of a call that keeps every rule
	checks := c.call().AppendChecks(make(law.Checks, 0, everyRule))
	relocate(checks, fromCall)
	checks = append(c.match(checks, day), entitled.Checks...)
	relocate(checks[len(checks)-len(entitled.Checks):], fromContract)
	checks = append(checks, counted.Checks...)
	checks = law.Stale(slices.DeleteFunc(checks, unverified), max(day, contract.Signed)) // said once, for all

	r := Report{Judgment: law.Judge(checks), Channels: c.channels()}
	if counted.Capped {
		r.Remaining = &counted.Remaining
		r.NextFree = nextFree(history, counted.NextFree, entitled.LawfulSpans)
	}
	if later := c.Planned.Within(law.Span{First: day}); counted.Capped && later.Len() >= counted.Remaining {
		r.Displaced = displaced(history, later, day, c.Employer)
	}
	r.LastCallable = c.lastCallable(law.RomeDay(c.Now), entitled.LawfulSpans, counted.Capped)
	r.Moments = c.moments(day, contract.Birth, &entitled, &counted)
	return r, nil
}

// call is the question the rules on communications are asked.
func (c *Case) call() calls.Call {
	call := calls.Call{
		Worker: c.Worker.Code, Start: c.Start, Sent: c.Now, Called: cmp.Or(c.Called, c.Now),
		Channel: c.Channel, Sender: c.Sender, MalfunctionProof: c.MalfunctionProof,
	}
	if !c.Contract.Terms.HireNotice.IsZero() {
		call.HireFound = law.Yes // the hire was communicated, so the job is on record
	}
	if n := c.Contract.Terms.Notice; n != nil {
		call.Notice = calls.Notice{WorkingDays: n.WorkingDays, Hours: n.Hours}
	}
	return call
}

// channels lists the ways the call can be sent now. A text message is one only
// from a number known to be registered, and from a consultant for its own company.
func (c *Case) channels() []OpenChannel {
	if !c.Now.Before(c.Start) {
		return []OpenChannel{}
	}
	until := law.InRome(c.Start)
	list := make([]OpenChannel, 0, 4)
	for _, ch := range [...]calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail, calls.ChannelSMS} {
		if c.open(ch) {
			list = append(list, OpenChannel{ch, until})
		}
	}
	return list
}

// open asks the rules of one channel whether they let the call pass.
func (c *Case) open(ch calls.Channel) bool {
	switch {
	case ch != calls.ChannelSMS:
		return true // to the start, which was looked at before
	case c.Sender.PhoneRegistered != law.Yes:
		return false
	}
	call := c.call()
	call.Channel = ch
	for _, x := range call.AppendChecks(nil) {
		if (x.Rule == calls.SMSWindow || x.Rule == calls.SMSSender) && x.Outcome != law.Pass {
			return false
		}
	}
	return true
}

// nextFree returns the first lawful day that fits under the cap, from the first that
// fits on.
func nextFree(history limits.History, fits date.Date, lawful []law.Span) date.Date {
	for _, s := range lawful {
		if s.Contains(fits) {
			return fits
		}
		if next, _ := history.NextFree(max(s.First, fits)); s.Contains(next) {
			return next
		}
	}
	return 0
}

// displaced returns the planned days that a day of work takes the place of.
func displaced(h limits.History, later limits.Ledger, day date.Date, e limits.Employer) []date.Date {
	fit := h.Plan(later, e).Lawful
	h.Worked = h.Worked.With(day)
	still := limits.NewLedger(h.Plan(later, e).Lawful...)
	return slices.DeleteFunc(fit, still.Has)
}

// lastCallable returns the last lawful day from a day on that still fits under the
// cap, all that is planned being worked.
func (c *Case) lastCallable(from date.Date, lawful []law.Span, capped bool) date.Date {
	all := limits.History{Worked: c.Worked.Union(c.Planned), Presumed: c.Presumed}
	for i := len(lawful) - 1; i >= 0; i-- {
		if lawful[i].Open() {
			return 0
		}
		for d := lawful[i].Last; d >= max(from, lawful[i].First); d-- {
			if next, _ := all.NextFree(d); !capped || next == d {
				return d
			}
		}
	}
	return 0
}

func unverified(c law.Check) bool { return c.Rule == law.NotVerified }

// relocate moves the places that checks point to into the case's JSON. The findings
// were made for this answer, and are ours to change.
func relocate(checks law.Checks, place func(string) string) {
	for i := range checks {
		c := &checks[i]
		if len(c.Needs) != 0 {
			c.Needs = slices.Clone(c.Needs)
			for j, n := range c.Needs {
				c.Needs[j] = place(n)
			}
		}
		if c.Finding != nil && c.Finding.Path != "" {
			c.Finding.Path = place(c.Finding.Path)
		}
	}
}

// fromContract turns a pointer into a contract into one into the case.
func fromContract(path string) string {
	switch path {
	case "/birth":
		return "/worker/birth"
	case "/on":
		return "/start"
	default:
		return "/contract" + path
	}
}

// fromCall turns a pointer into a communication of one row into one into the case.
func fromCall(path string) string {
	switch path = strings.TrimPrefix(path, "/rows/0"); path {
	case "/worker":
		return "/worker/code"
	case "/called", "/sent":
		return "/now"
	case "/hire_found":
		return "/contract/contract/hire_notice"
	default:
		return path
	}
}

func relocateError(err error) error {
	var in *law.InputError
	if errors.As(err, &in) {
		return &law.InputError{Kind: in.Kind, Path: fromContract(in.Path), Detail: in.Detail}
	}
	return err
}
