package main

import (
	"fmt"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// outcome is what the program found. It names workers by the keys of the files and
// by codes that are masked: whoever may see the files can tell who it is.
type outcome struct {
	Edition   string           `json:"edition"`
	Now       time.Time        `json:"now"`
	Employers []employerReport `json:"employers"`
	Unusable  []badField       `json:"unusable"`
}

// employerReport is the plan of one employer. The communications that
// preflight.Plan makes are left out: they hold the codes in full. To write them see
// the example communicate.
type employerReport struct {
	Employer string      `json:"employer"`
	Name     string      `json:"name"`
	Verdict  law.Verdict `json:"verdict"`
	Calls    []call      `json:"calls"`
	Repairs  []repair    `json:"repairs"`

	id       string // of its section of the page
	counters []counter
}

// ID names the employer's section of the page.
func (e employerReport) ID() string { return e.id }

// call is one planned call, judged.
type call struct {
	Worker       string                  `json:"worker"`
	Code         string                  `json:"code,omitempty"` // masked
	Start        time.Time               `json:"start"`
	Verdict      law.Verdict             `json:"verdict"`
	Stands       bool                    `json:"stands"`
	Remaining    *int                    `json:"remaining,omitempty"` // absent: no cap
	LastCallable date.Date               `json:"last_callable,omitzero"`
	NextFree     date.Date               `json:"next_free,omitzero"`
	Channels     []preflight.OpenChannel `json:"channels"`
	Moments      []preflight.Moment      `json:"moments"`
	Checks       law.Checks              `json:"checks"` // those that were not simply kept
}

// repair is one change, in words too.
type repair struct {
	Worker  string           `json:"worker,omitempty"` // none for a split, which is of all of them
	Start   time.Time        `json:"start,omitzero"`
	Change  preflight.Change `json:"change"`
	Channel calls.Channel    `json:"channel,omitzero"`
	To      time.Time        `json:"to,omitzero"`
	Into    int              `json:"into,omitzero"`
	Mends   []law.RuleID     `json:"mends"`
	Say     law.Text         `json:"say"`
}

// counter is what is drawn of one worker under the cap.
type counter struct {
	worker, code string
	history      limits.History // with the planned days that stand
	calls        []call
}

// judge plans for each employer, in the order of the calls.
func (b *book) judge(now time.Time, bad []badField) *outcome {
	found := &outcome{law.Edition, law.InRome(now), []employerReport{}, slices.Concat([]badField{}, bad)}
	var employers []string
	for _, l := range b.lines {
		if !slices.Contains(employers, l.employer) {
			employers = append(employers, l.employer)
		}
	}
	for _, key := range employers {
		lines := slices.DeleteFunc(slices.Clone(b.lines), func(l line) bool { return l.employer != key })
		r := preflight.Roster{Now: now, Employer: b.employers[key].code}
		for _, l := range lines {
			r.Workers = append(r.Workers, l.Line)
		}
		f, err := preflight.Plan(r)
		if err != nil {
			found.Unusable = append(found.Unusable, badField{callsSheet.name, 0, "employer", err.Error()})
			continue
		}
		for _, u := range f.Unusable { // one worker's facts; the others are judged all the same
			found.Unusable = append(found.Unusable, badField{callsSheet.name, lines[u.Line].at, "worker", u.Message})
		}
		e := report(key, b.employers[key].name, lines, &f)
		e.id = fmt.Sprintf("e%d", len(found.Employers)+1)
		found.Employers = append(found.Employers, e)
	}
	return found
}

func report(key, name string, lines []line, f *preflight.Forecast) employerReport {
	e := employerReport{Employer: key, Name: name, Verdict: f.Verdict, Calls: []call{}, Repairs: []repair{}}
	for _, p := range f.Calls {
		l := lines[p.Line]
		c := call{
			l.worker, masked(l.Worker.Code), law.InRome(p.Start), p.Verdict, p.Stands, p.Remaining,
			p.LastCallable, p.NextFree, p.Channels, p.Moments, notable(p.Checks),
		}
		e.Calls = append(e.Calls, c)
		if p.Remaining != nil {
			e.count(&l, c)
		}
	}
	for _, r := range f.Repairs {
		x := repair{lines[r.Line].worker, r.Start, r.Change, r.Channel, r.To, r.Into, r.Mends, repairText(r)}
		if r.Change == preflight.ChangeSplit {
			x.Worker = ""
		}
		e.Repairs = append(e.Repairs, x)
	}
	return e
}

// count adds a call to its worker's counter; those that stand count as worked.
func (e *employerReport) count(l *line, c call) {
	i := slices.IndexFunc(e.counters, func(x counter) bool { return x.worker == c.Worker })
	if i < 0 {
		i = len(e.counters)
		e.counters = append(e.counters, counter{c.Worker, c.Code, limits.History{Worked: l.Worked}, nil})
	}
	x := &e.counters[i]
	x.calls = append(x.calls, c)
	if c.Stands {
		x.history.Worked = x.history.Worked.With(law.RomeDay(c.Start))
	}
}

// notable leaves the checks that say something: what is broken, doubtful, missing
// or worth knowing.
func notable(checks law.Checks) law.Checks {
	list := law.Checks{}
	for _, c := range checks {
		if c.Outcome == law.Fail || c.Outcome == law.Undetermined {
			list = append(list, c)
		}
	}
	return list
}

// masked is a code that tells nothing, "" for what is no code.
func masked(s string) string {
	code, err := cf.Parse(s)
	if err != nil {
		return ""
	}
	return code.Mask()
}

// until is the instant before which the call must be sent, zero when it no longer
// can be.
func (c *call) until() time.Time {
	if len(c.Channels) == 0 {
		return time.Time{}
	}
	return c.Channels[0].Until
}

// explained are the checks that decide the verdict: advice aside.
func (c *call) explained() law.Checks {
	return slices.DeleteFunc(slices.Clone(c.Checks), func(x law.Check) bool { return x.Severity() == law.Advice })
}

// status is the exit status.
func (f *outcome) status() int {
	if len(f.Unusable) > 0 {
		return unusable
	}
	for _, e := range f.Employers {
		if e.Verdict == law.VerdictBreach || e.Verdict == law.VerdictUndetermined {
			return someBroken
		}
	}
	return allLawful
}
