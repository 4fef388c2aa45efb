package main

import (
	"encoding/json"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// All that asks the rules stands in this file: stored facts in, answers out. It
// decides nothing.

// account returns the days communicated and not worked: those presumed worked, and
// those that can still be cancelled.
func (p *pair) account(now time.Time) (presumed, open limits.Ledger, err error) {
	if len(p.sent) == 0 {
		return presumed, open, nil
	}
	r := calls.Reconciliation{Communications: p.sent, AsOf: now}
	for d := range p.worked.All() {
		r.Worked = append(r.Worked, calls.Shift{Worker: p.worker.Code, Day: d})
	}
	a, err := calls.Reconcile(r)
	for _, d := range a.Presumed {
		presumed = presumed.With(d.Day)
	}
	for _, d := range a.Open {
		open = open.With(d.Day)
	}
	return presumed, open, err
}

// question is a case but for its start; open are the days of [pair.account].
func (p *pair) question(now time.Time) (c preflight.Case, open limits.Ledger, err error) {
	c = preflight.Case{
		Now: now, Worker: p.worker, Contract: p.contract, Employer: p.employer.Sector,
		Worked: p.worked, Sender: p.employer.Sender,
	}
	c.Contract.Employer, c.Contract.Unit, c.Contract.Worked = p.employer.Facts, p.employer.Unit, p.worked.Days()
	for _, x := range p.calls {
		if day := law.RomeDay(x.start); day >= law.RomeDay(now) {
			c.Planned = c.Planned.With(day)
		}
	}
	c.Presumed, open, err = p.account(now)
	return c, open, err
}

// decide answers "may the worker be called?" with a record. Fits says that the call
// stands, and that no call planned later loses its place to it.
func (p *pair) decide(now, start time.Time, ch calls.Channel) (record []byte, verdict string, fits bool, err error) {
	c, _, err := p.question(now)
	if err != nil {
		return nil, "", false, err
	}
	day := law.RomeDay(start)
	c.Start, c.Channel, c.Planned = start, ch, c.Planned.Without(day)
	if record, err = preflight.Decide(c); err != nil {
		return nil, "", false, err
	}
	var made struct{ Out struct{ Verdict string } }
	if err := json.Unmarshal(record, &made); err != nil {
		return nil, "", false, err
	}
	h := limits.History{Worked: c.Worked, Presumed: c.Presumed}
	lawful := func(l limits.Ledger) int { return len(h.Plan(l, c.Employer).Lawful) }
	fits = lawful(c.Planned.With(day)) > lawful(c.Planned)
	return record, made.Out.Verdict, fits && (made.Out.Verdict == "clear" || made.Out.Verdict == "doubt"), nil
}

// plan answers "may these calls be made?" for those of some days still to come.
// With send it leaves out those communicated before, and writes the communications
// that the others need.
func plan(now time.Time, span law.Span, pairs []pair, send bool) (forecast, error) {
	r, f := preflight.Roster{Now: now}, forecast{Lines: []line{}}
	for _, p := range pairs {
		if send {
			r.Employer = p.employer.Code
		}
		c, open, err := p.question(now)
		if err != nil {
			return f, err
		}
		for ch := range calls.ChannelFax + 1 {
			l := preflight.Line{Case: c}
			l.Channel = ch
			for _, x := range p.calls {
				day := law.RomeDay(x.start)
				if x.channel == ch && x.start.After(now) && span.Contains(day) && (!send || !open.Has(day)) {
					l.Starts, l.Planned = append(l.Starts, x.start), l.Planned.Without(day)
				}
			}
			if len(l.Starts) > 0 {
				r.Workers, f.Lines = append(r.Workers, l), append(f.Lines, line{p.key, ch, p.worker.Code})
			}
		}
	}
	var err error
	f.Forecast, err = preflight.Plan(r)
	return f, err
}

// moments answers "what must be sent by when?": until when the calls of a plan can
// be communicated, until when those communicated can be cancelled, and what else
// the calls bring about.
func moments(now time.Time, f forecast, pairs []pair) ([]moment, error) {
	list := []moment{}
	for _, x := range f.Calls {
		for _, m := range x.Moments {
			again := func(o moment) bool { return m.Day != 0 && o.Moment == m && o.Worker == f.Lines[x.Line].Worker }
			if !slices.ContainsFunc(list, again) {
				list = append(list, moment{f.Lines[x.Line].Worker, x.Start, x.Stands, m})
			}
		}
	}
	for _, p := range pairs {
		_, open, err := p.account(now)
		if err != nil {
			return nil, err
		}
		for _, x := range p.calls {
			if by, _ := calls.CancelBy(x.start); open.Has(law.RomeDay(x.start)) && !by.Before(now) {
				list = append(list, moment{p.key, x.start, true, preflight.Moment{What: preflight.CancelBy, At: by}})
			}
		}
	}
	slices.SortStableFunc(list, func(a, b moment) int { return a.when().Compare(b.when()) })
	return list, nil
}

// left answers "how many days are left?".
func (p *pair) left(now time.Time, on date.Date) (limits.Assessment, error) {
	c, _, err := p.question(now)
	if err != nil {
		return limits.Assessment{}, err
	}
	return limits.Assess(limits.Question{Worked: c.Worked, Presumed: c.Presumed, On: on, Employer: c.Employer})
}

// due answers "what is due for the month?".
func due(month indemnity.Case, shifts []indemnity.Shift) (indemnity.Statement, error) {
	month.Worked = shifts
	return indemnity.Compute(month.Terms, month.Month)
}
