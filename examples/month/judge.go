package main

import (
	"cmp"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"golang.org/x/text/collate"
	"golang.org/x/text/language"
)

// report is what a month brings. Workers are named by the keys of the files; no code
// of a person is in it.
type report struct {
	Month     law.Month       `json:"month"`
	AsOf      time.Time       `json:"as_of"`
	Edition   string          `json:"edition"`
	Verdict   law.Verdict     `json:"verdict"`
	Employers []company       `json:"employers"`
	Workers   []line          `json:"workers"`
	Problems  []sheet.Problem `json:"problems"`
}

// company is an employer as a whole.
type company struct {
	Employer string      `json:"employer"`
	Name     string      `json:"name"`
	Verdict  law.Verdict `json:"verdict"`
	Workers  int         `json:"workers"`
	Exposure fines       `json:"exposure"`
	Reasons  law.Checks  `json:"reasons,omitempty"` // that concern no worker alone
}

// fines are what missing communications may cost.
type fines struct {
	Number  int      `json:"number"`
	Min     law.Euro `json:"min"`
	Max     law.Euro `json:"max"`
	Reduced law.Euro `json:"reduced"`
}

// line is a worker at an employer. What is not known is absent, and said in Missing.
type line struct {
	Employer  string          `json:"employer"`
	Worker    string          `json:"worker"`
	Name      string          `json:"name"`
	Verdict   law.Verdict     `json:"verdict"`
	Hours     *law.Euro       `json:"hours,omitempty"`
	Days      []workday       `json:"days"`
	Calls     []callday       `json:"calls"`
	Cap       capState        `json:"cap"`
	Indemnity []waiting       `json:"indemnity,omitempty"`
	Due       *law.Euro       `json:"due,omitempty"` // of all of Indemnity; absent where it is not known
	Return    law.Euro        `json:"restitution"`
	Exposure  fines           `json:"exposure"`
	Todo      []task          `json:"todo,omitempty"`
	Missing   []sheet.Problem `json:"missing,omitempty"`
	Reasons   law.Checks      `json:"reasons,omitempty"`
	absent    map[string]int  // days of each code of absence
	daysKnown bool            // no presence is missing
	callKnown bool            // nor what became of a call
}

// workday is a shift of the month.
type workday struct {
	Day   date.Date `json:"day"`
	Hours *law.Euro `json:"hours,omitempty"`
	Start time.Time `json:"start,omitzero"`
	End   time.Time `json:"end,omitzero"`
	State state     `json:"state"`
}

// callday is a day that was called or worked.
type callday struct {
	Day      date.Date `json:"day"`
	State    state     `json:"state"`
	CancelBy time.Time `json:"cancel_by,omitzero"`
}

// state is what became of a day.
type state string

const (
	covered        state = "covered"
	uncommunicated state = "uncommunicated"
	cancelled      state = "cancelled"
	presumed       state = "presumed"
	openCall       state = "open"
	unclear        state = "unclear"
)

// capState is the count of days in three years.
type capState struct {
	On        date.Date `json:"on"` // the first day after the month, for which it is said
	Applies   bool      `json:"applies"`
	Known     bool      `json:"known"`
	Worked    int       `json:"worked"`
	Counted   int       `json:"counted"` // in the strictest reading
	Remaining *int      `json:"remaining,omitempty"`
	NextFree  date.Date `json:"next_free,omitzero"`
}

// waiting is the indemnity of a contract.
type waiting struct {
	Contract law.Span         `json:"contract"`
	Monthly  law.Euro         `json:"monthly"`
	Hourly   indemnity.Share  `json:"hourly"`
	Lines    []indemnity.Line `json:"lines"`
}

// task is something to do, by an instant where there is one.
type task struct {
	Text law.Text  `json:"text"`
	By   time.Time `json:"by,omitzero"`
}

// judge decides the month.
func (o *office) judge() *report {
	r := &report{Month: o.month, AsOf: o.now, Edition: law.Edition, Employers: []company{}, Workers: []line{}}
	order := collate.New(language.Italian)
	var verdicts []law.Verdict
	for _, key := range slices.Sorted(maps.Keys(o.employers)) {
		var list []*line
		for p := range o.pairs {
			if p.employer == key {
				list = append(list, &line{Employer: key, Worker: p.worker, Name: o.workers[p.worker].name, Days: []workday{}, Calls: []callday{}})
			}
		}
		slices.SortFunc(list, func(a, b *line) int {
			return cmp.Or(order.CompareString(a.Name, b.Name), cmp.Compare(a.Worker, b.Worker))
		})
		c := o.company(key, list)
		for _, l := range list {
			c.Verdict = worst([]law.Verdict{c.Verdict, l.Verdict})
			r.Workers = append(r.Workers, *l)
		}
		r.Employers, verdicts = append(r.Employers, c), append(verdicts, c.Verdict)
	}
	if r.Problems = o.problems.List(); r.Problems == nil {
		r.Problems = []sheet.Problem{}
	}
	if r.Verdict = worst(verdicts); len(r.Workers) == 0 || slices.ContainsFunc(r.Problems, refused) {
		r.Verdict = worst([]law.Verdict{r.Verdict, law.VerdictUndetermined})
	}
	return r
}

func refused(p sheet.Problem) bool { return !p.Notice }

// worst is the verdict of several: breach, undetermined, doubt, clear.
func worst(list []law.Verdict) law.Verdict {
	for _, v := range []law.Verdict{law.VerdictBreach, law.VerdictUndetermined, law.VerdictDoubt} {
		if slices.Contains(list, v) {
			return v
		}
	}
	return law.VerdictClear
}

// verdict is that of the checks that were not passed.
func verdict(reasons law.Checks) law.Verdict {
	if len(reasons) == 0 {
		return law.VerdictClear
	}
	return reasons.Verdict()
}

// company judges the calls of an employer, then each of its workers.
func (o *office) company(key string, list []*line) company {
	e := o.employers[key]
	c := company{Employer: key, Name: e.name, Workers: len(list)}
	of := map[string]*line{}
	q := calls.Reconciliation{Communications: e.sent, AsOf: o.now}
	for _, l := range list {
		of[l.Worker] = l
		f, w := o.pairs[pair{key, l.Worker}], o.workers[l.Worker]
		if len(w.codes) > 1 {
			q.Persons = append(q.Persons, w.codes)
		}
		for _, s := range f.shifts {
			if o.span().Contains(s.day) {
				q.Worked = append(q.Worked, calls.Shift{Worker: w.codes[0], Day: s.day, Start: s.start, End: s.end})
			}
		}
		for _, a := range f.away() {
			if s := a.Intersect(o.span()); !s.IsZero() {
				q.Absences = append(q.Absences, calls.Absence{Worker: w.codes[0], First: s.First, Last: s.Last, Certified: a.certified})
			}
		}
	}
	account, err := calls.Reconcile(q)
	if err != nil {
		p := sheet.Problem{File: "sent", Message: law.TextOf(err)}
		o.problems.Add(p)
		o.lose(p, pair{key, ""}, lackSent)
	}
	states := map[pair]map[date.Date]state{} // under the key of the worker alone
	for s, days := range map[state]calls.DayList{
		covered: account.Covered, uncommunicated: account.Uncommunicated, cancelled: account.Cancelled,
		presumed: account.Presumed, openCall: account.Open, unclear: account.Unclear,
	} {
		for _, d := range days {
			p := pair{key, o.key(d.Worker)}
			if states[p] == nil {
				states[p] = map[date.Date]state{}
			}
			states[p][d.Day] = s
		}
	}
	for _, check := range account.Checks {
		if check.Outcome != law.Fail && check.Outcome != law.Undetermined {
			continue
		}
		if l := of[o.about(q, check)]; l != nil {
			if check.Rule() == calls.RuleCodes && canonical(o.workers[l.Worker].codes[0]) == "" {
				continue // the table of workers has no code that can be read: which was sent is not known
			}
			l.Reasons = append(l.Reasons, check)
		} else {
			c.Reasons = append(c.Reasons, check)
		}
	}
	var exposed calls.WorkersDays
	for _, l := range list {
		if days := o.line(e, l, states[pair{key, l.Worker}]); len(days) > 0 {
			exposed = append(exposed, calls.WorkerDays{Worker: o.workers[l.Worker].codes[0], Days: days})
		}
	}
	c.Exposure, c.Verdict = expose(exposed), verdict(c.Reasons)
	return c
}

// key is that of the worker whom a code names.
func (o *office) key(code string) string {
	return o.persons[cmp.Or(canonical(code), code)]
}

// about is the worker of whom a check speaks, by its pointers.
func (o *office) about(q calls.Reconciliation, c law.Check) string {
	pointers := slices.Clone(c.Needs)
	if c.Finding != nil {
		pointers = append(pointers, c.Finding.Path)
	}
	for _, p := range pointers {
		parts := strings.Split(p, "/")
		at := func(i int) int {
			if i < len(parts) {
				if n, err := strconv.Atoi(parts[i]); err == nil {
					return n
				}
			}
			return -1
		}
		switch n, row := at(2), at(4); {
		case n < 0:
		case parts[1] == "worked" && n < len(q.Worked):
			return o.key(q.Worked[n].Worker)
		case parts[1] == "absences" && n < len(q.Absences):
			return o.key(q.Absences[n].Worker)
		case parts[1] == "communications" && n < len(q.Communications) && row >= 0 && row < len(q.Communications[n].Rows):
			return o.key(q.Communications[n].Rows[row].Worker)
		}
	}
	return ""
}

func expose(workers calls.WorkersDays) fines {
	x, err := calls.Expose(calls.ExposureQuestion{Workers: workers})
	if err != nil || len(workers) == 0 {
		return fines{}
	}
	return fines{x.Number, x.Min, x.Max, x.Reduced}
}

// line judges a worker and returns the days that cost a fine.
func (o *office) line(e *employer, l *line, states map[date.Date]state) law.Days {
	f, p := o.pairs[pair{l.Employer, l.Worker}], pair{l.Employer, l.Worker}
	slices.SortFunc(f.shifts, func(a, b shift) int { return cmp.Or(cmp.Compare(a.day, b.day), a.start.Compare(b.start)) })
	if states == nil {
		states = map[date.Date]state{}
	}
	for _, s := range f.shifts {
		if o.span().Contains(s.day) && states[s.day] == "" {
			o.lose(sheet.Problem{File: "sent", Message: law.Say("worker %s: not decided for %s", "lavoratore %s: non deciso per il %s", p.worker, s.day)}, p, lackSent)
			states[s.day] = unclear
		}
	}
	noDays, noSent, noAbsence := len(o.missing(p, lackDays)) > 0, len(o.missing(p, lackSent)) > 0, len(o.missing(p, lackAbsent)) > 0
	for d, s := range states { // what could not be read may be what is missing here
		if noSent && s != covered && s != cancelled || noDays && s != covered && s != uncommunicated || noAbsence && s == presumed {
			states[d] = unclear
		}
	}
	l.daysKnown, l.callKnown = !noDays, !noDays && !noSent && !noAbsence
	o.days(f, l, states)
	byState := map[state][]date.Date{}
	for _, c := range l.Calls {
		byState[c.State] = append(byState[c.State], c.Day)
	}
	l.Missing = o.missing(p, lackDays, lackSent, lackTerms, lackAbsent, lackHistory)
	l.Reasons = slices.DeleteFunc(l.Reasons, func(c law.Check) bool { // what is missing is told instead
		return (noDays || noSent || noAbsence) && states[c.On] == unclear && c.Outcome == law.Fail && c.Finding.Severity != law.Advice
	})
	o.cap(e, f, l, byState)
	o.indemnity(f, l)
	exposed := law.DaysOf(byState[uncommunicated]...)
	if len(exposed) > 0 {
		l.Exposure = expose(calls.WorkersDays{{Worker: o.workers[l.Worker].codes[0], Days: exposed}})
	}
	if l.Verdict = verdict(l.Reasons); len(l.Missing) > 0 {
		l.Verdict = worst([]law.Verdict{l.Verdict, law.VerdictUndetermined})
	}
	o.tasks(l, byState)
	return exposed
}

// days lists the shifts and calls of the month.
func (o *office) days(f *facts, l *line, states map[date.Date]state) {
	var sum decimal.Decimal
	known := l.daysKnown
	for _, s := range f.shifts {
		if !o.span().Contains(s.day) {
			continue
		}
		w := workday{Day: s.day, Start: s.start, End: s.end, State: states[s.day]}
		if s.hours.IsPositive() {
			w.Hours, sum = &law.Euro{Decimal: s.hours}, sum.Add(s.hours)
		} else {
			known = false
		}
		l.Days = append(l.Days, w)
	}
	if known {
		l.Hours = &law.Euro{Decimal: sum}
	}
	for _, d := range slices.Sorted(maps.Keys(states)) {
		c := callday{Day: d, State: states[d]}
		if c.State == openCall {
			c.CancelBy, _ = calls.CancelBy(law.RomeMidnight(d))
		}
		l.Calls = append(l.Calls, c)
	}
}

// cap counts the days of three years: what the month broke, and what is left after it.
func (o *office) cap(e *employer, f *facts, l *line, byState map[state][]date.Date) {
	var shifts []law.Shift
	days := slices.Clone(f.history)
	for _, s := range f.shifts {
		days = append(days, law.OneDay(s.day))
		shifts = append(shifts, law.Shift{Start: s.start, End: s.end})
	}
	worked := limits.LedgerOf(days)
	_, midnight := law.DaysWorked(shifts)
	h := limits.History{
		Worked: worked, AcrossMidnight: limits.LedgerOf(midnight),
		Presumed:   limits.NewLedger(slices.Concat(byState[presumed], byState[unclear])...),
		Incomplete: len(o.missing(f.pair, lackDays, lackHistory, lackSent)) > 0,
	}
	month := o.span()
	last := date.Date(0)
	for d := range worked.Union(h.Presumed).Within(month).All() {
		last = d
	}
	if last != 0 { // what the last day brought
		for _, c := range h.Assess(last, e.facts).Checks {
			if (c.Outcome == law.Fail || c.Outcome == law.Undetermined) && (!h.Incomplete || c.Outcome == law.Fail) {
				l.Reasons = append(l.Reasons, c)
			}
		}
	}
	a := h.Assess(month.Last+1, e.facts)
	l.Cap = capState{On: month.Last + 1, Applies: a.Capped, Known: !h.Incomplete, Worked: a.Worked, Counted: a.Counted}
	if a.Capped && !h.Incomplete {
		l.Cap.Remaining, l.Cap.NextFree = &a.Remaining, a.NextFree
	}
}

// indemnity computes the availability indemnity of each contract in the month.
func (o *office) indemnity(f *facts, l *line) {
	if len(f.contracts) == 0 && len(o.missing(f.pair, lackTerms)) == 0 && len(l.Days) > 0 {
		l.Missing = append(l.Missing, sheet.Problem{File: "contracts", Message: law.Say("no contract of the worker %s", "nessun contratto del lavoratore %s", f.worker)})
	}
	var outside []date.Date
	for _, d := range l.Days {
		runs := func(c contract) bool { return c.span.Contains(d.Day) }
		if len(f.contracts) > 0 && !slices.ContainsFunc(f.contracts, runs) && !slices.Contains(outside, d.Day) {
			outside = append(outside, d.Day)
		}
	}
	if len(outside) > 0 {
		l.Missing = append(l.Missing, sheet.Problem{File: "contracts", Message: law.Say("worker %s: no contract runs on days worked: %s",
			"lavoratore %s: nessun contratto corre nei giorni lavorati: %s", f.worker, numbers(outside))})
	}
	due, known := law.Euro{}, len(o.missing(f.pair, lackDays, lackTerms, lackAbsent)) == 0
	for _, c := range f.contracts {
		span := c.span.Intersect(o.span())
		if span.IsZero() || !known {
			continue
		}
		m := indemnity.Month{Month: o.month}
		for _, s := range f.shifts {
			switch x := (indemnity.Shift{Day: s.day, Hours: s.hours}); {
			case !c.span.Contains(s.day) && (s.end.IsZero() || !c.span.Contains(law.RomeDay(s.end.Add(-1)))):
			case !s.end.IsZero() && s.hours.Equal(law.Shift{Start: s.start, End: s.end}.Worked()):
				if !law.RomeMidnight(o.span().First).Before(s.end) || !s.start.Before(law.RomeMidnight(o.span().Last+1)) {
					continue
				}
				m.Worked = append(m.Worked, indemnity.Shift{Start: s.start, End: s.end})
			case o.span().Contains(s.day):
				m.Worked = append(m.Worked, x)
			}
		}
		for _, a := range f.away() {
			if a.First <= o.span().Last {
				m.Impediments = append(m.Impediments, indemnity.Impediment{Span: a.Span, Notified: a.notified})
			}
		}
		for _, d := range f.refusals {
			if span.Contains(d.day) {
				m.Refusals = append(m.Refusals, indemnity.Refusal{Day: d.day, Justified: d.justified})
			}
		}
		s, err := indemnity.Compute(indemnity.Case{Terms: c.Terms, Month: m})
		if err != nil {
			l.Missing, known = append(l.Missing, sheet.Problem{File: "contracts", Message: law.Say("the indemnity cannot be computed: %s", "l'indennità non si può calcolare: %s", law.TextOf(err))}), false
			continue
		}
		for _, c := range s.Checks {
			if c.Outcome == law.Fail || c.Outcome == law.Undetermined {
				l.Reasons = append(l.Reasons, c)
				known = known && c.Outcome != law.Undetermined
			}
		}
		due.Decimal, l.Return.Decimal = due.Add(s.Due.Decimal), l.Return.Add(s.Restitution.Decimal)
		if len(s.Lines) > 0 && c.Duty != law.No {
			l.Indemnity = append(l.Indemnity, waiting{span, s.Monthly, s.Hourly, s.Lines})
		}
	}
	if known && len(f.contracts) > 0 {
		l.Due = &due
	}
	l.absent = map[string]int{}
	for _, a := range f.absences {
		if a.code != "" && o.span().Contains(a.First) {
			l.absent[a.code]++
		}
	}
}

// tasks says what to do, and by when.
func (o *office) tasks(l *line, byState map[state][]date.Date) {
	add := func(by time.Time, en, it string, args ...any) {
		l.Todo = append(l.Todo, task{law.Say(en, it, args...), by})
	}
	for _, p := range l.Missing {
		add(time.Time{}, "Mend and run again: %s.", "Correggere e ripetere: %s.", law.Text{EN: p.In("en"), IT: p.In("it")})
	}
	for _, c := range l.Calls {
		if c.State == openCall {
			add(c.CancelBy, "Cancel the call of %s, or enter the presence.", "Annullare la chiamata del %s, o inserire la presenza.", c.Day)
		}
	}
	if days := byState[uncommunicated]; len(days) > 0 {
		add(time.Time{}, "Days worked without a call communicated in time: %s. Look for the proof of sending; without it the fine is %s to %s euro, %s in the reduced amount.",
			"Giornate lavorate senza chiamata comunicata in tempo: %s. Cercare la prova dell'invio; senza, la sanzione va da %s a %s euro, %s in misura ridotta.",
			numbers(days), l.Exposure.Min.Decimal, l.Exposure.Max.Decimal, l.Exposure.Reduced.Decimal)
	}
	if days := byState[presumed]; len(days) > 0 {
		add(time.Time{}, "Called, not worked, not cancelled in time: %s. Pay as days worked, or keep the certificate of the absence.",
			"Chiamate senza lavoro e non annullate in tempo: %s. Retribuire come giornate lavorate, o conservare il certificato dell'assenza.", numbers(days))
	}
	for _, c := range l.Reasons {
		if c.Outcome == law.Undetermined {
			add(time.Time{}, "Find out (%s): %s.", "Accertare (%s): %s.", dayOr(c.On, l.Cap.On-1), reason(c))
		}
	}
	if n := l.Cap.Remaining; n != nil && *n <= 0 {
		add(time.Time{}, "No call before %s: no day is left in three years.", "Nessuna chiamata prima del %s: nel triennio non restano giornate.", l.Cap.NextFree)
	} else if n != nil && *n <= 30 {
		add(time.Time{}, "Plan the calls: days left in three years: %d.", "Programmare le chiamate: giornate residue nel triennio: %d.", *n)
	}
	for _, c := range l.Reasons { // what is not said above
		told := c.Rule() == calls.RulePresumed || c.Rule() == calls.RuleCancelledInTime || c.Rule() == limits.RuleDaysCap
		if x := c.Finding; x != nil && !told && x.Severity != law.Advice && (c.Rule() != calls.RuleCovered || x.Severity == law.Doubt) {
			add(time.Time{}, "Look at: %s", "Esaminare: %s", x.Text())
		}
	}
	if l.Due != nil && l.Due.IsPositive() {
		add(time.Time{}, "Pay the availability indemnity: %s euro.", "Pagare l'indennità di disponibilità: %s euro.", l.Due.Decimal)
	}
	slices.SortStableFunc(l.Todo, func(a, b task) int {
		if a.By.IsZero() != b.By.IsZero() {
			return map[bool]int{true: 1, false: -1}[a.By.IsZero()]
		}
		return a.By.Compare(b.By)
	})
}

func dayOr(d, other date.Date) date.Date {
	if d == 0 {
		return other
	}
	return d
}

// numbers lists days of the month by their numbers.
func numbers(days []date.Date) law.Text {
	var list []string
	for _, d := range days {
		list = append(list, fmt.Sprint(d.Day()))
	}
	s := strings.Join(list, ", ")
	return law.Text{EN: s, IT: s}
}
