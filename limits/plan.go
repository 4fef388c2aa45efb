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
	Worked         Ledger   `json:"worked,omitzero"` // see [History]
	Presumed       Ledger   `json:"presumed,omitzero"`
	AcrossMidnight Ledger   `json:"across_midnight,omitzero"` // planned days may be among them
	Planned        Ledger   `json:"planned,omitzero"`
	Employer       Employer `json:"employer,omitzero"`
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *PlanQuestion) UnmarshalJSON(b []byte) error {
	type plain PlanQuestion
	return law.Decode(b, (*plain)(q))
}

// Forecast is the answer for a plan. Its days are those that are safe under every
// reading; a finding tells where the administrative one differs.
type Forecast struct {
	law.Judgment
	FirstBreach  date.Date   `json:"first_breach,omitzero"`  // first planned day that may not be worked; zero when all may
	Lawful       []date.Date `json:"lawful"`                 // planned days that may be worked, in order
	LastCallable date.Date   `json:"last_callable,omitzero"` // the last of them
	// Capped is false for an exempt employer, before the law, and where no planned
	// day may be worked; RemainingAfter then means nothing and is not written.
	Capped         bool `json:"-"`
	RemainingAfter int  `json:"-"` // days still free on the day after LastCallable, itself included
}

// MarshalJSON writes the form of the decision protocol.
func (f Forecast) MarshalJSON() ([]byte, error) {
	type plain Forecast
	out := struct {
		plain
		RemainingAfter *int `json:"remaining_after"`
	}{plain: plain(f)}
	if f.Capped {
		out.RemainingAfter = &f.RemainingAfter
	}
	return json.Marshal(out)
}

// Plan answers a question. The error is an [law.InputError]: the employer's code
// is not one ([Employer.Validate]).
func Plan(q PlanQuestion) (Forecast, error) {
	if err := q.Employer.Validate(); err != nil {
		return Forecast{}, law.At(err, "/employer")
	}
	return History{q.Worked, q.Presumed, q.AcrossMidnight}.Plan(q.Planned, q.Employer), nil
}

// Plan answers which of the planned days may be worked. Each is judged on top of
// those before it that fitted: one that does not fit is taken out of the plan, and
// the judging goes on. The history stays as it is.
func (h History) Plan(planned Ledger, e Employer) Forecast {
	// A shift across midnight that is only planned has not been worked yet.
	long := h.AcrossMidnight
	h.AcrossMidnight = long.minus(planned.minus(h.Worked))
	spills := func(d date.Date) bool { return long.Has(d) && !h.counts(d+1) }
	effective, strict := h.effective(), h.strict()
	safe := reading{strict.days, lawFrom}
	q := inquiry{path: "/planned", employer: e, exempt: e.Exempt(), history: h, planned: planned, long: long}
	q.first, q.last = planned.ends()
	f := Forecast{Lawful: slices.AppendSeq(make([]date.Date, 0, planned.Len()), planned.All())}
	if q.exempt != law.Yes {
		q.convert(effective, safe)
		f.Lawful, q.over.effective = effective.judge(planned, func(date.Date) bool { return false })
		q.over.strict = q.over.effective
		if h.Presumed.n != 0 || long.n != 0 {
			f.Lawful, q.over.strict = strict.judge(planned, spills)
		}
		q.over.safe = q.over.strict
		if safe.days.Has(lawFrom) || planned.Has(lawFrom) {
			f.Lawful, q.over.safe = safe.judge(planned, spills)
		}
		f.FirstBreach = q.over.safe
	}
	if k := len(f.Lawful); k > 0 {
		f.LastCallable = f.Lawful[k-1]
		next := f.LastCallable + 1
		if f.Capped = q.exempt != law.Yes && next >= lawFrom; f.Capped {
			f.RemainingAfter = h.working(NewLedger(f.Lawful...), long).safe().remaining(next)
		}
	}
	f.Judgment = law.Judge(q.checks())
	return f
}

// working returns the history with more days worked, of which those in long run
// across midnight.
func (h History) working(more, long Ledger) History {
	h.Worked = h.Worked.Union(more)
	h.AcrossMidnight = h.AcrossMidnight.Union(long.minus(long.minus(more)))
	return h
}

// judge returns the planned days that fit, each on top of those before it, and the
// first that does not. A shift that spills must fit on the day after too.
func (r reading) judge(planned Ledger, spills func(date.Date) bool) (lawful []date.Date, first date.Date) {
	lawful = make([]date.Date, 0, planned.Len())
	var added []date.Date // what the plan adds to the reading, in order
	room := func(d date.Date, more int) bool {
		first := max(Window(d).First, r.from)
		return surplus(d, r.between(first, d)+within(added, first, d)+more) == 0
	}
	for d := range planned.All() {
		runsOn, fresh := spills(d), 0
		if !r.days.Has(d) && (len(added) == 0 || added[len(added)-1] != d) {
			fresh = 1
		}
		if !room(d, 0) || runsOn && !room(d+1, fresh) {
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
