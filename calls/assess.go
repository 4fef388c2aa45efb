package calls

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Assessment is what the rules say of one communication.
type Assessment struct {
	law.Judgment
	// Days are the days of call of each worker, in order, under the first code given
	// for the worker.
	Days DaysByWorker `json:"days"`
	// Deadlines stand in the order of the rows: for each row when it must be sent,
	// then for each of its days until when it can be cancelled after a no-show.
	Deadlines Deadlines `json:"deadlines"`
	// Revocation is what is owed for the calls revoked without reasonable notice,
	// euro. Where a missing fact leaves open whether notice was reasonable, what
	// would be owed is counted. Zero when nothing is, or the pay is not given.
	Revocation law.Euro `json:"revocation,omitzero"`
}

// DaysByWorker are days in order under a worker's code. JSON sorts the codes.
type DaysByWorker map[string][]date.Date

// Assess asks every rule of a communication, as of the instant it was or would be
// sent. calls.presumed needs what was worked: it is asked by [Reconcile], and does not
// apply here; of calls.covered only the second day of a shift past midnight is asked.
// The error is a [law.InputError]; a wrong codice fiscale is a breach, not an error. A
// start must fall on its row's first day in Rome, an end on that day or the next.
func Assess(c Communication) (Assessment, error) {
	if err := c.validate(); err != nil {
		return Assessment{}, err
	}
	q := c.question()
	checks := law.Ask(make(law.Checks, 0, len(table)+1), table, &q)
	a := Assessment{Days: DaysByWorker{}, Revocation: law.Euro{Decimal: q.owed()}}
	last := q.on
	for i := range q.Rows {
		r := &q.Rows[i]
		name := q.workers.names[q.who[i]]
		a.Days[name] = slices.AppendSeq(a.Days[name], r.Span().All())
		a.Deadlines = deadlines(a.Deadlines, r, q.start(i))
		last = max(last, r.Span().Last)
	}
	for w, days := range a.Days {
		slices.Sort(days)
		a.Days[w] = slices.Compact(days)
	}
	a.Judgment = law.Judge(law.Stale(checks, last))
	return a, nil
}

// question is a communication with the day it is asked for, that of sending.
// Rows stands beside the communication, so that a single call needs no list.
type question struct {
	*Communication
	Rows    []Row
	on      date.Date
	workers *workers    // nil for a single call
	who     []int       // the worker of each row
	starts  []time.Time // the earliest start of the worker's rows of that day
}

func (c *Communication) question() question {
	q := question{Communication: c, Rows: c.Rows, on: law.RomeDay(c.Sent), workers: workersOf(c.Persons)}
	q.who = make([]int, len(c.Rows))
	q.starts = make([]time.Time, len(c.Rows))
	type day struct {
		worker int
		first  date.Date
		calls  bool
	}
	earliest := make(map[day]time.Time, len(c.Rows))
	of := func(i int) day { return day{q.who[i], c.Rows[i].First, q.isCall(&c.Rows[i])} }
	for i := range c.Rows {
		r := &c.Rows[i]
		q.who[i] = q.workers.number(r.Worker)
		if at, ok := earliest[of(i)]; !ok || r.Start.Before(at) {
			earliest[of(i)] = r.Start
		}
	}
	for i := range c.Rows {
		q.starts[i] = earliest[of(i)]
	}
	return q
}

// start is when the work of a row's first day starts: of several shifts of the worker
// on that day the earliest decides; zero where one of them is not known.
func (q *question) start(i int) time.Time {
	if q.starts == nil {
		return q.Rows[i].Start
	}
	return q.starts[i]
}

// isCall reports whether a row calls, in its own right or as its model does.
func (q *question) isCall(r *Row) bool {
	if r.Cancel != law.Unknown {
		return r.Cancel == law.No
	}
	return q.Kind == KindCall
}

// reading is what the two readings make of a fact: kept by both, by the
// administrative one only, by none; or open, for want of facts.
type reading uint8

const (
	unknown reading = iota
	kept
	doubtful
	broken
)

// outside returns the rule as cited on the day of the question. It adds the one check
// of a rule that is not in force, or that does not concern the communication, and
// reports whether it did.
func (q *question) outside(checks law.Checks, rule *law.Rule, concerned bool) (law.Checks, law.CitedRule, bool) {
	cited, inForce := rule.On(q.on)
	switch {
	case !inForce:
		return append(checks, cited.NotInForce(q.on)), cited, true
	case !concerned:
		return append(checks, cited.NotApplicable(q.on)), cited, true
	default:
		return checks, cited, false
	}
}

// settle closes a rule that was asked at several places. Where none left a check it
// adds one: a pass, or that the rule applied nowhere. What would be told of one worker
// several times in the same words is told once.
func (q *question) settle(checks law.Checks, before int, cited law.CitedRule, asked bool) law.Checks {
	switch {
	case len(checks) > before:
		return q.once(checks, before)
	case asked:
		return append(checks, cited.Pass(q.on))
	default:
		return append(checks, cited.NotApplicable(q.on))
	}
}

// once drops the failed checks from a place on that repeat the words of an earlier one
// about the same worker.
func (q *question) once(checks law.Checks, before int) law.Checks {
	if q.workers == nil || len(checks)-before < 2 {
		return checks
	}
	type told struct {
		worker   int
		severity law.Severity
		words    string
	}
	seen := make(map[told]bool, len(checks)-before)
	kept := checks[:before]
	for _, c := range checks[before:] {
		if worker, ok := q.workerAt(c); ok {
			t := told{worker, c.Severity(), c.Text().EN}
			if seen[t] {
				continue
			}
			seen[t] = true
		}
		kept = append(kept, c)
	}
	return kept
}

// workerAt is the worker of the row that a failed check points at.
func (q *question) workerAt(c law.Check) (worker int, ok bool) {
	if c.Finding == nil {
		return 0, false
	}
	rest, ok := strings.CutPrefix(c.Finding.Path, "/rows/")
	if !ok {
		return 0, false
	}
	number, _, _ := strings.Cut(rest, "/")
	i, err := strconv.Atoi(number)
	if err != nil || i >= len(q.who) {
		return 0, false
	}
	return q.who[i], true
}
