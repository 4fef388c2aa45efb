package main

import (
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
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
	for d, known := range p.days {
		x := calls.Shift{Worker: p.code, Day: d}
		if known.AcrossMidnight {
			x.AcrossMidnight = law.Yes
		}
		r.Worked = append(r.Worked, x)
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
		EmployerHistory: p.employer.History, Sender: p.employer.Sender,
	}
	c.Worked, c.AcrossMidnight = p.days.ledgers()
	c.Contract.Employer, c.Contract.Unit, c.Contract.Worked = p.employer.Facts, p.employer.Unit, c.Worked.Days()
	ahead := make([]date.Date, 0, len(p.calls))
	for _, x := range p.calls {
		if day := law.RomeDay(x.Start); day >= law.RomeDay(now) {
			ahead = append(ahead, day)
		}
	}
	c.Planned = limits.NewLedger(ahead...)
	c.Presumed, open, err = p.account(now)
	return c, open, err
}

// decide answers "may the worker be called?" with a record. Fits says that the call
// stands, and that no call planned later loses its place to it.
func (p *pair) decide(now time.Time, x preflight.Start) (d preflight.Decision, fits bool, err error) {
	c, _, err := p.question(now)
	if err != nil {
		return d, false, err
	}
	c.Start, c.End, c.Channel, c.Planned = x.Start, x.End, x.Channel, c.Planned.Without(law.RomeDay(x.Start))
	d, err = preflight.Decide(c)
	stands := d.Report.Verdict == law.VerdictClear || d.Report.Verdict == law.VerdictDoubt
	return d, stands && len(d.Report.Displaced) == 0, err
}

// plan answers "may these calls be made?" for those of the days that are still to come.
// With send it leaves out those communicated before, and writes the communications
// that the others need.
func (o *outlook) plan(send bool) error {
	r := preflight.Roster{Now: o.now}
	for _, p := range o.pairs {
		if send {
			r.Employer = p.employer.Code
		}
		c, open, err := p.question(o.now)
		if err != nil {
			return err
		}
		l := preflight.Line{Case: c}
		for _, x := range p.calls {
			day := law.RomeDay(x.Start)
			if x.Start.After(o.now) && o.days.Contains(day) && (!send || !open.Has(day)) {
				l.Starts, l.Planned = append(l.Starts, x), l.Planned.Without(day)
			}
		}
		if len(l.Starts) > 0 {
			r.Workers, o.workers, o.codes = append(r.Workers, l), append(o.workers, p.key), append(o.codes, p.worker.Code)
		}
	}
	var err error
	o.Forecast, err = preflight.Plan(r)
	return err
}

// moments answers "what must be sent by when?": until when the calls of a plan can
// be communicated, until when those communicated can be cancelled, and what else
// the calls bring about.
func (o *outlook) moments() ([]moment, error) {
	list := []moment{}
	for _, x := range o.Calls {
		for _, m := range x.Moments {
			again := func(b moment) bool { return m.Day != 0 && b.Moment == m && b.Worker == o.workers[x.Line] }
			if !slices.ContainsFunc(list, again) {
				list = append(list, moment{o.workers[x.Line], x.Start, x.Stands, m})
			}
		}
	}
	for _, p := range o.pairs {
		_, open, err := p.account(o.now)
		if err != nil {
			return nil, err
		}
		for _, x := range p.calls {
			day := law.RomeDay(x.Start)
			if by, _ := calls.CancelBy(x.Start); day <= o.days.Last && open.Has(day) && !by.Before(o.now) {
				list = append(list, moment{p.key, x.Start, true, preflight.Moment{What: preflight.MomentCancelBy, At: by}})
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
	return limits.Assess(limits.Question{
		Worked: c.Worked, Presumed: c.Presumed, AcrossMidnight: c.AcrossMidnight, On: on,
		Employer: c.Employer, EmployerHistory: c.EmployerHistory,
	})
}
