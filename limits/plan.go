package limits

import (
	"encoding/json"
	"slices"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// PlanQuestion asks which days of a plan may be worked: limits.plan of the
// decision protocol.
type PlanQuestion struct {
	Worked            Ledger           `json:"worked,omitzero"`             // see [History]
	Presumed          Ledger           `json:"presumed,omitzero"`           // days communicated, neither worked nor cancelled in time
	AcrossMidnight    Ledger           `json:"across_midnight,omitzero"`    // planned days may be among them
	Transferred       Ledger           `json:"transferred,omitzero"`        // days worked for the predecessor in a transfer of business
	HistoryIncomplete bool             `json:"history_incomplete,omitzero"` // see [Question]
	Planned           Ledger           `json:"planned,omitzero"`            // at most ten years of days
	Employer          Employer         `json:"employer,omitzero"`           // what decides the sector exemption
	EmployerHistory   []EmployerPeriod `json:"employer_history,omitempty"`  // see [Question]
}

// maxPlanned bounds the planned days of one question, whose answer lists them: ten
// years of days.
const maxPlanned = 3660

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *PlanQuestion) UnmarshalJSON(b []byte) error {
	type plain PlanQuestion
	return law.Decode(b, (*plain)(q))
}

// Forecast is the answer for a plan. Its days are those that are safe under every
// reading; a finding tells where the administrative one differs. For a history that is
// incomplete no day is lawful but one on which the employer is exempt.
type Forecast struct {
	law.Judgment
	FirstBreach  date.Date   `json:"first_breach,omitzero"`  // first planned day that may not be worked; zero when all may
	Lawful       []date.Date `json:"lawful"`                 // planned days that may be worked, in order
	LastCallable date.Date   `json:"last_callable,omitzero"` // the last of them
	// Capped is false for an employer that is exempt on the day after LastCallable,
	// before the law, for an incomplete history, and where no planned day may be
	// worked; RemainingAfter then means nothing and is not written.
	Capped         bool `json:"-"`
	RemainingAfter int  `json:"-"` // days still free on the day after LastCallable, itself included
}

type plainForecast Forecast

// wireForecast reads an answer in the form of the decision protocol.
type wireForecast struct {
	plainForecast
	RemainingAfter *int `json:"remaining_after"`
}

// AppendJSON appends the form of the decision protocol to b.
func (f Forecast) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.Add(f.AppendMembers(o.Bytes()))
	if f.FirstBreach != 0 {
		o.Day("first_breach", f.FirstBreach)
	}
	o.Add(law.AppendList(o.Name("lawful"), f.Lawful, func(d date.Date, b []byte) ([]byte, error) {
		return law.AppendQuotedDay(b, d), nil
	}))
	if f.LastCallable != 0 {
		o.Day("last_callable", f.LastCallable)
	}
	appendCount(&o, "remaining_after", f.RemainingAfter, f.Capped)
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (f Forecast) MarshalJSON() ([]byte, error) { return f.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes.
func (f *Forecast) UnmarshalJSON(b []byte) error {
	var in wireForecast
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*f = Forecast(in.plainForecast)
	if in.RemainingAfter != nil {
		f.Capped, f.RemainingAfter = true, *in.RemainingAfter
	}
	return nil
}

// Plan answers a question. The error is an [law.InputError]: facts about the employer
// cannot be used, as for [Assess], or the planned days are too many.
func Plan(q PlanQuestion) (Forecast, error) {
	if err := checkEmployers(q.Employer, q.EmployerHistory); err != nil {
		return Forecast{}, err
	}
	if q.Planned.Len() > maxPlanned {
		return Forecast{}, &law.InputError{Kind: law.KindTooLong, Path: "/planned"}
	}
	h := History{q.Worked, q.Presumed, q.AcrossMidnight, q.Transferred, q.EmployerHistory, q.Employer, q.HistoryIncomplete}
	return h.Plan(q.Planned, q.Employer), nil
}

// Plan answers which of the planned days may be worked; e is the employer on days that no
// period of EmployerHistory holds. Each day is judged on top of those before it that
// fitted: one that does not fit is taken out of the plan, and the judging goes on. The
// history stays as it is.
func (h History) Plan(planned Ledger, e Employer) Forecast {
	q := inquiry{path: "/planned", sector: sectorOf(e, h.EmployerHistory), asked: planned, planned: planned, long: h.AcrossMidnight}
	s := &q.sector
	p := h.planning(planned, s)
	h = p.history
	q.history = h
	q.first, q.last = planned.ends()
	q.stands = s.onAny(planned)
	r := h.readings(s)
	q.convert(&r)

	var f Forecast
	if q.stands == exempt {
		f.Lawful = slices.AppendSeq(make([]date.Date, 0, planned.Len()), planned.All())
	} else {
		f.Lawful = p.over(&r, &q.over, q.stands)
		f.FirstBreach = q.over.safe
	}
	if h.Incomplete {
		f.Lawful = slices.DeleteFunc(f.Lawful, func(d date.Date) bool { return s.on(d) != exempt })
	}
	if k := len(f.Lawful); k > 0 {
		f.LastCallable = f.Lawful[k-1]
		next := f.LastCallable + 1
		if f.Capped = s.on(next) != exempt && next >= lawFrom && !h.Incomplete; f.Capped {
			after := h.working(NewLedger(f.Lawful...), q.long)
			f.RemainingAfter = after.safe().remaining(next)
		}
	}
	f.Judgment = law.Judge(q.checks())
	return f
}

// onAny tells how the exemption stands on some days: exempt if it does on all, or else
// open if it does on one, or else disputed if it does on one.
func (s *sector) onAny(days Ledger) standing {
	if days.n == 0 {
		return s.elsewhere
	}
	if len(s.periods) == 0 {
		if first, last := days.ends(); first >= exemptFrom || last < exemptFrom {
			return s.on(last)
		}
	}
	var seen [exempt + 1]bool
	for d := range days.All() {
		seen[s.on(d)] = true
	}
	for _, st := range [...]standing{open, disputed, capped} {
		if seen[st] {
			return st
		}
	}
	return exempt
}

func always(standing) bool          { return true }
func unlessExempt(st standing) bool { return st != exempt }
func onlyCapped(st standing) bool   { return st == capped }
func cappedOrOpen(st standing) bool { return st == capped || st == open }

// plan is what is judged day by day.
type plan struct {
	history History
	sector  *sector
	planned Ledger
	long    Ledger // days whose shifts run across midnight
}

// planning returns the plan of some days on top of the history. A shift across midnight
// that is only planned has not been worked yet.
func (h History) planning(planned Ledger, s *sector) plan {
	long := h.AcrossMidnight
	h.AcrossMidnight = long.minus(planned.minus(h.Worked))
	return plan{h, s, planned, long}
}

// over finds the first planned day over the cap by each reading, and returns the days
// that fit in the safest.
func (p *plan) over(r *readings, over *firstDays, stands standing) (lawful []date.Date) {
	lawful, over.strict = p.judge(r.strict, unlessExempt, always, true)
	switch {
	case over.strict == 0: // what the strictest reading allows they all do
	case stands == capped && !p.sector.exempts() && p.long.n == 0 && r.certain.days.n == r.strict.days.n:
		over.certain = over.strict // they are one
	default:
		_, over.certain = p.judge(r.certain, onlyCapped, onlyCapped, false)
		if stands == open || r.likely.days.n != r.certain.days.n {
			_, over.open = p.judge(r.likely, onlyCapped, cappedOrOpen, false)
		}
	}
	if over.open == 0 && stands == open {
		fits := NewLedger(lawful...)
		for d := range p.planned.All() {
			if p.sector.on(d) == open && !fits.Has(d) {
				over.open = d
				break
			}
		}
	}
	over.safe = over.strict
	if r.safe.days.Has(lawFrom) || p.planned.Has(lawFrom) {
		lawful, over.safe = p.judge(r.safe, unlessExempt, always, true)
	}
	return lawful
}

// judge returns the planned days that fit, each on top of those before it, and the
// first that does not. The cap binds the days that stand so, and of the planned days
// those count. A shift that runs across midnight must fit on the day after too, where
// both days count.
func (p *plan) judge(r reading, binds, counts func(standing) bool, both bool) (lawful []date.Date, first date.Date) {
	lawful = make([]date.Date, 0, p.planned.Len())
	var added []date.Date // what the plan adds to the reading, in order
	room := func(d date.Date, more int) bool {
		first := max(Window(d).First, r.from)
		return surplus(d, r.between(first, d)+within(added, first, d)+more) == 0
	}
	for d := range p.planned.All() {
		stands := p.sector.on(d)
		runsOn, fresh := both && p.long.Has(d) && !p.history.counts(d+1), 0
		if counts(stands) && !r.days.Has(d) && (len(added) == 0 || added[len(added)-1] != d) {
			fresh = 1
		}
		if binds(stands) && (!room(d, 0) || runsOn && binds(p.sector.on(d+1)) && !room(d+1, fresh)) {
			if first == 0 {
				first = d
			}
			continue
		}
		lawful = append(lawful, d)
		if fresh == 1 {
			added = append(added, d)
		}
		if runsOn && !r.days.Has(d+1) {
			added = append(added, d+1)
		}
	}
	return lawful, first
}

// within returns how many of the days, in order, are from first on and before end.
func within(days []date.Date, first, end date.Date) int {
	i, _ := slices.BinarySearch(days, first)
	j, _ := slices.BinarySearch(days, end)
	return max(0, j-i)
}
