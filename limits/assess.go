package limits

import (
	"encoding/json"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Question asks whether one day may be worked: limits.assess of the decision
// protocol.
type Question struct {
	Worked         Ledger `json:"worked,omitzero"`          // see [History]
	Presumed       Ledger `json:"presumed,omitzero"`        // days communicated, neither worked nor cancelled in time
	AcrossMidnight Ledger `json:"across_midnight,omitzero"` // planned days may be among them
	Transferred    Ledger `json:"transferred,omitzero"`     // days worked for the predecessor in a transfer of business
	// HistoryIncomplete says that days worked could not be read.
	HistoryIncomplete bool `json:"history_incomplete,omitzero"`
	// Planned are days for which the worker is to be called. Those before On count as
	// worked, but convert nothing; the others have no part in the answer.
	Planned  Ledger    `json:"planned,omitzero"`
	On       date.Date `json:"on"`                // the day asked; it need not have been worked
	Employer Employer  `json:"employer,omitzero"` // what decides the sector exemption
	// EmployerHistory tells what the employer was on the days of each period; Employer
	// is for the days of none.
	EmployerHistory []EmployerPeriod `json:"employer_history,omitempty"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *Question) UnmarshalJSON(b []byte) error {
	type plain Question
	return law.Decode(b, (*plain)(q))
}

// Assessment is the answer for one day. Planned days before the day are among those
// worked.
type Assessment struct {
	law.Judgment
	Window      law.Span `json:"window"`               // [Window] of the day
	Worked      int      `json:"worked"`               // days of work in the window before the day
	Exempt      int      `json:"exempt,omitzero"`      // those of Worked on which a period of the employer was exempt: whether they count is in doubt
	Transferred int      `json:"transferred,omitzero"` // those of Worked that were worked for a predecessor only
	Counted     int      `json:"counted"`              // the same days in the strictest reading
	Cap         int      `json:"cap,omitzero"`         // 0 before the law
	// Capped is false for an employer that is exempt on the day and before the law.
	Capped bool `json:"capped,omitzero"`
	// HistoryIncomplete is that of the question. Where it is set, or Capped is not,
	// Remaining, NextFree and Leaving mean nothing and are not written.
	HistoryIncomplete bool      `json:"history_incomplete,omitzero"`
	Remaining         int       `json:"-"`                  // days still free on the day, itself included
	NextFree          date.Date `json:"next_free,omitzero"` // see [History.NextFree]
	Leaving           Ledger    `json:"leaving,omitzero"`   // counted days that leave the window by NextFree
	Converted         date.Date `json:"converted,omitzero"` // first worked day that exceeded the cap; it may lie before Window
}

type plainAssessment Assessment

// wireAssessment reads an answer in the form of the decision protocol.
type wireAssessment struct {
	plainAssessment
	Remaining *int `json:"remaining"`
}

// AppendJSON appends the form of the decision protocol to b.
func (a Assessment) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(a.AppendMembers(o.Bytes()))
	o.Add(a.Window.AppendJSON(o.Name("window")))
	o.Int("worked", a.Worked)
	if a.Exempt != 0 {
		o.Int("exempt", a.Exempt)
	}
	if a.Transferred != 0 {
		o.Int("transferred", a.Transferred)
	}
	o.Int("counted", a.Counted)
	if a.Cap != 0 {
		o.Int("cap", a.Cap)
	}
	if a.Capped {
		o.Bool("capped", true)
	}
	if a.HistoryIncomplete {
		o.Bool("history_incomplete", true)
	}
	if a.NextFree != 0 {
		o.Day("next_free", a.NextFree)
	}
	if a.Leaving.Len() != 0 {
		o.Add(a.Leaving.AppendJSON(o.Name("leaving")))
	}
	if a.Converted != 0 {
		o.Day("converted", a.Converted)
	}
	appendCount(&o, "remaining", a.Remaining, a.Capped && !a.HistoryIncomplete)
	return o.Close()
}

// appendCount appends a member that is a number where it is known, and null elsewhere.
func appendCount(o *law.Object, name string, n int, known bool) {
	if known {
		o.Int(name, n)
		return
	}
	o.Add(append(o.Name(name), "null"...), nil)
}

// MarshalJSON writes the form of the decision protocol.
func (a Assessment) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes.
func (a *Assessment) UnmarshalJSON(b []byte) error {
	var in wireAssessment
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*a = Assessment(in.plainAssessment)
	if in.Remaining != nil {
		a.Remaining = *in.Remaining
	}
	return nil
}

// Assess answers a question. The error is an [law.InputError]: the day is missing,
// facts about the employer cannot be used ([Employer.Validate]), or its periods overlap
// or are more than a thousand.
func Assess(q Question) (Assessment, error) {
	s, err := q.sector()
	if err != nil {
		return Assessment{}, err
	}
	in := inquiry{sector: s, history: q.history()}
	return in.assess(q.On, q.Planned), nil
}

// AppendChecks is [Assess] as a part of a larger question: it appends the checks to those
// of that question, which judges them all and says [law.Stale] once. The judgment of the
// assessment is empty.
func (q Question) AppendChecks(checks law.Checks) (law.Checks, Assessment, error) {
	s, err := q.sector()
	if err != nil {
		return checks, Assessment{}, err
	}
	in := inquiry{sector: s, history: q.history()}
	var a Assessment
	in.count(&a, q.On, q.Planned)
	return in.ask(checks), a, nil
}

// sector returns how the exemption stands on each day, or what is wrong with the question.
func (q *Question) sector() (sector, error) {
	if q.On == 0 {
		return sector{}, law.Missing("/on")
	}
	if err := checkEmployers(q.Employer, q.EmployerHistory); err != nil {
		return sector{}, err
	}
	return sectorOf(q.Employer, q.EmployerHistory), nil
}

func (q *Question) history() History {
	return History{q.Worked, q.Presumed, q.AcrossMidnight, q.Transferred, q.EmployerHistory, q.Employer, q.HistoryIncomplete}
}

// Assess answers whether one day may be worked; e is the employer on days that no period
// of EmployerHistory holds. Worked days later than that day have no part in its count.
// Nothing is determined for the zero day; a code that is not one counts as unknown.
func (h History) Assess(on date.Date, e Employer) Assessment {
	q := inquiry{sector: sectorOf(e, h.EmployerHistory), history: h}
	return q.assess(on, Ledger{})
}

// inquiry gathers what the rules decide on.
type inquiry struct {
	sector    sector    // how the exemption stands on each day
	path      string    // of the days asked about
	first     date.Date // the days asked about; zero when there are none
	last      date.Date //
	window    law.Span  // of the day asked about, where it is one
	until     date.Date // a conversion after this day is not yet one; zero: no bound
	asked     Ledger    // the days asked about, or nothing where it is the one day first
	stands    standing  // how the exemption stands on them: open or disputed if it does on one
	over      firstDays // the first day asked about that is over the cap
	converted firstDays // the first worked day over the cap
	free      date.Date // the first free day, where the one asked about is not and this was looked for
	history   History   // with what is planned before the day asked
	planned   Ledger    // what is judged day by day
	long      Ledger    // days whose shifts run across midnight, planned ones too
	room      room      // what the answer is put into
}

// firstDays are one day by reading; zero is none.
type firstDays struct {
	certain   date.Date // over the cap whatever is unknown or disputed: a breach
	open      date.Date // what the employer was decides
	effective date.Date // in the administrative reading, for a conversion only
	strict    date.Date // in the stricter one
	safe      date.Date // in the stricter one with the law's first day
}

// assess answers for one day, the planned days before it being worked. The inquiry has
// the sector, and the history without what is planned.
func (q *inquiry) assess(on date.Date, planned Ledger) (a Assessment) {
	if on == 0 {
		rules := Rules()
		checks := make(law.Checks, 0, len(rules))
		for i := range rules {
			cited, _ := rules[i].On(0)
			checks = append(checks, cited.Undetermined(0, "/on"))
		}
		return Assessment{Judgment: law.Judge(checks)}
	}
	q.count(&a, on, planned)
	a.Judgment = law.Judge(q.checks())
	return a
}

// count writes the answer of [inquiry.assess] into a, but for the checks.
func (q *inquiry) count(a *Assessment, on date.Date, planned Ledger) {
	h, s := &q.history, &q.sector
	q.path, q.first, q.last, q.until, q.stands = "/on", on, on, on, s.on(on)
	q.over, q.converted, q.free = firstDays{}, firstDays{}, 0 // they may be of another worker
	if q.window.Last != on {
		q.window = Window(on)
	}
	a.Window, a.HistoryIncomplete = q.window, h.Incomplete
	if on >= lawFrom {
		night := h.AcrossMidnight.Has(on)
		past := h // without what is planned
		if planned.n != 0 {
			// A shift across midnight that is only planned has not been worked yet.
			base, long := *h, h.AcrossMidnight
			base.AcrossMidnight = long.minus(planned.minus(h.Worked))
			*h = base.working(planned.Within(law.Span{First: earliest, Last: on - 1}), long)
			past = &base
		}
		r := h.readings(s)
		n := func(r *reading) int { return r.between(a.Window.First, on) }
		a.Cap, a.Worked, a.Counted = capOn(on), n(&r.worked), n(&r.safe)
		if len(h.EmployerHistory) != 0 {
			a.Exempt = a.Worked - n(&r.effective)
		}
		if h.Transferred.n != 0 {
			only := q.transferred(r.worked)
			a.Transferred = n(&only)
		}
		if q.stands != exempt {
			spills := night && !h.counts(on+1) && s.on(on+1) != exempt
			q.over.safe = ifOver(on, a.Counted >= a.Cap || spills && r.safe.runsOver(on))
			if q.over.safe != 0 { // what the strictest reading allows they all do
				q.over.strict = ifOver(on, n(&r.strict) >= a.Cap || spills && r.strict.runsOver(on))
				q.over.certain = ifOver(on, q.stands == capped && n(&r.certain) >= a.Cap)
				q.over.open = ifOver(on, q.stands == open && q.over.strict != 0 ||
					q.stands == capped && q.over.certain == 0 && n(&r.likely) >= a.Cap)
			}
			if a.Capped = true; !h.Incomplete {
				a.Remaining, a.NextFree = max(0, a.Cap-a.Counted), on
				if a.Remaining == 0 {
					a.NextFree, a.Leaving = h.nextFree(q.window, r.safe, s, &q.room)
					q.free = a.NextFree
				}
			}
		}
		if past != h {
			r = past.readings(s) // by what was worked, not by plans
		}
		q.convert(&r)
		a.Converted = q.converted.effective
	}
}

func ifOver(d date.Date, over bool) date.Date {
	if over {
		return d
	}
	return 0
}

// transferred returns those of the days worked that were worked for a predecessor only.
func (q *inquiry) transferred(worked reading) reading {
	h := &q.history
	return reading{h.Transferred.minus(h.Worked.Union(h.AcrossMidnight)), worked.from}
}

// convert finds the days on which the relationship converted: never an exempt day.
func (q *inquiry) convert(r *readings) {
	s, c := &q.sector, &q.converted
	c.effective = r.effective.firstOver(s)
	c.certain, c.open, c.strict = c.effective, 0, c.effective
	if r.likely.days.n != r.effective.days.n {
		c.certain = r.likely.firstOver(s)
	}
	if r.certain.days.n != r.likely.days.n {
		if c.open, c.certain = c.certain, r.certain.firstOver(s); c.open == c.certain {
			c.open = 0
		}
	}
	if r.strict.days.n != r.effective.days.n {
		c.strict = r.strict.firstOver(s)
	}
	c.safe = c.strict
	if r.safe.days.Has(lawFrom) {
		c.safe = r.safe.firstOver(s)
	}
	if c.safe != 0 && c.open == 0 && s.on(c.safe) == open {
		c.open = c.safe
	}
}

// checks asks every rule.
func (q *inquiry) checks() law.Checks {
	most := 4 // one check for each rule, unless nobody has verified the law for long
	if q.stands == exempt {
		most++ // and the advice on the list of codes
	}
	if len(q.room.checks) < most {
		q.room.checks = make(law.Checks, most*max(1, q.room.batch))
	}
	checks := law.Stale(q.ask(q.room.checks[:0:most]), q.last)
	if len(checks) <= most {
		q.room.checks = q.room.checks[len(checks):]
	}
	return slices.Clip(checks)
}
