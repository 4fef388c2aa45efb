package calls

import (
	"cmp"
	"encoding/json"
	"errors"
	"slices"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Assessment is what the rules say of one communication.
type Assessment struct {
	law.Judgment
	// Days are the days of call of each worker, by the code given, in order.
	Days DaysByWorker
	// Deadlines stand in the order of the rows: for each row when it must be sent,
	// then for each of its days until when it can be cancelled after a no-show.
	Deadlines []Deadline
	// Revocation is what is owed for the calls revoked without reasonable notice,
	// euro. Where a missing fact leaves open whether notice was reasonable, what
	// would be owed is counted. Zero when nothing is, or the pay is not given.
	Revocation decimal.Decimal
}

// DaysByWorker are days in order under a worker's code. JSON sorts the codes.
type DaysByWorker map[string][]date.Date

// MarshalJSON writes the revocation with two decimals.
func (a Assessment) MarshalJSON() ([]byte, error) {
	wire := struct {
		law.Judgment
		Days       DaysByWorker `json:"days"`
		Deadlines  []Deadline   `json:"deadlines"`
		Revocation string       `json:"revocation,omitzero"`
	}{Judgment: a.Judgment, Days: a.Days, Deadlines: a.Deadlines}
	if !a.Revocation.IsZero() {
		wire.Revocation = law.FormatAmount(a.Revocation)
	}
	return json.Marshal(wire)
}

// Assess asks every rule of a communication, as of the instant it was or would be
// sent. calls.covered and calls.presumed need what was worked: they are asked by
// [Reconcile], and do not apply here. The error is a [law.InputError]; a wrong
// codice fiscale is a breach, not an error. A start must fall on its row's first day
// in Rome.
func Assess(c Communication) (Assessment, error) {
	if err := c.validate(); err != nil {
		return Assessment{}, err
	}
	q := c.question()
	asks := [...]func(law.Checks, *question) law.Checks{
		askBeforeStart, askCycle, askPeriod, askOrder, askSingleDay, askRows, askOneKind, askOneModel, askRecipient,
		askSMSWindow, askSMSSender, askFax, askEntertainment, askCodes, askHireCode, askCovered, askCancelledInTime,
		askPresumed, askNotice, askHireFound,
	}
	checks := make(law.Checks, 0, len(asks)+1)
	for _, ask := range asks {
		checks = ask(checks, &q)
	}
	a := Assessment{Days: DaysByWorker{}, Revocation: q.owed()}
	last := q.on
	for i := range c.Rows {
		r := &c.Rows[i]
		a.Days[r.Worker] = slices.AppendSeq(a.Days[r.Worker], r.Span().All())
		a.Deadlines = deadlines(a.Deadlines, r)
		last = max(last, r.Span().Last)
	}
	for w, days := range a.Days {
		slices.Sort(days)
		a.Days[w] = slices.Compact(days)
	}
	a.Judgment = law.Judge(law.Stale(checks, last))
	return a, nil
}

// maxDays bounds the days of one question, so that no input costs too much.
const maxDays = 100_000

// allowance is how many days a question may still have.
type allowance int

// take counts the days of a span, and reports whether they were within it.
func (a *allowance) take(s law.Span) bool {
	*a -= allowance(s.Len())
	return *a >= 0
}

func tooManyDays(path string) error {
	return &law.InputError{Kind: law.KindValue, Path: path, Detail: "too many days in one question"}
}

// validate refuses what cannot be assessed.
func (c *Communication) validate() error {
	switch {
	case c.Kind == 0:
		return law.Missing("/kind")
	case c.Kind > KindCancel:
		return &law.InputError{Kind: law.KindValue, Path: "/kind"}
	case c.Channel == 0:
		return law.Missing("/channel")
	case c.Channel > ChannelFax:
		return &law.InputError{Kind: law.KindValue, Path: "/channel"}
	case c.Sent.IsZero():
		return law.Missing("/sent")
	case c.Employer == "":
		return law.Missing("/employer")
	case c.Models < 0:
		return &law.InputError{Kind: law.KindValue, Path: "/models"}
	case len(c.Rows) == 0:
		return law.Missing("/rows")
	}
	if err := c.Notice.validate(); err != nil {
		return err
	}
	return law.At(validateRows(c.Rows), "/rows")
}

func validateRows(rows []Row) error {
	days := allowance(maxDays)
	for i := range rows {
		if err := rows[i].validate(); err != nil {
			return law.At(err, index(i))
		}
		if !days.take(rows[i].Span()) {
			return tooManyDays(index(i))
		}
	}
	return nil
}

func (r *Row) validate() error {
	switch {
	case r.Worker == "":
		return law.Missing("/worker")
	case r.First == 0:
		return law.Missing("/first")
	case r.Last != 0 && r.Last < r.First:
		return &law.InputError{Kind: law.KindSpan, Path: "/last"}
	case r.Span().Len() > maxDays:
		return tooManyDays("/last")
	case !r.Start.IsZero() && law.RomeDay(r.Start) != r.First:
		return &law.InputError{Kind: law.KindValue, Path: "/start", Detail: "not on the first day, as Rome counts days"}
	}
	return law.At(law.CheckAmount(r.Pay), "/pay")
}

// question is a communication with the day it is asked for, that of sending.
// Rows stands beside the communication, not behind it, so that the row of a single
// call stays off the heap.
type question struct {
	*Communication
	Rows []Row
	on   date.Date
}

func (c *Communication) question() question {
	return question{c, c.Rows, law.RomeDay(c.Sent)}
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

// workerRows are the rows of one worker.
type workerRows struct {
	row   int        // the first of them, in the model's order
	spans []law.Span // by first day
}

// byWorker groups the rows by worker, in the order the model names them.
func (q *question) byWorker() []workerRows {
	at := make(map[string]int, len(q.Rows))
	var list []workerRows
	for i := range q.Rows {
		w, ok := at[q.Rows[i].Worker]
		if !ok {
			w = len(list)
			at[q.Rows[i].Worker] = w
			list = append(list, workerRows{row: i})
		}
		list[w].spans = append(list[w].spans, q.Rows[i].Span())
	}
	for _, w := range list {
		slices.SortFunc(w.spans, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	}
	return list
}

// outside adds the one check of a rule that is not in force, or that does not
// concern the communication, and reports whether it did.
func (q *question) outside(checks law.Checks, rule law.Rule, concerned bool) (law.Checks, bool) {
	switch {
	case !rule.InForce.Contains(q.on):
		return append(checks, rule.NotInForce(q.on)), true
	case !concerned:
		return append(checks, rule.NotApplicable(q.on)), true
	default:
		return checks, false
	}
}

// settle adds the one check of a rule that was asked at several places, of which
// none left a check of its own: a pass, or that it applied nowhere.
func (q *question) settle(checks law.Checks, before int, rule law.Rule, asked bool) law.Checks {
	switch {
	case len(checks) > before:
		return checks
	case asked:
		return append(checks, rule.Pass(q.on))
	default:
		return append(checks, rule.NotApplicable(q.on))
	}
}

// askBeforeStart applies art. 15, comma 3: the communication comes before the
// start of the work or of the cycle; the same day is fine (circ. 20/2012).
func askBeforeStart(checks law.Checks, q *question) law.Checks {
	before, asked, inForce := len(checks), false, false
	for i := range q.Rows {
		r := &q.Rows[i]
		in := beforeStart.InForce.Contains(r.First)
		inForce = inForce || in
		if !in || !q.isCall(r) {
			continue
		}
		was := sending(q.Sent, r.First, r.Start)
		if was != kept && q.Entertainment.Agibilita == law.Yes && value(agibilita, r.First) != worthNothing {
			continue // judged by askEntertainment
		}
		asked = true
		switch was {
		case unknown:
			checks = append(checks, beforeStart.Undetermined(r.First, rowPath(i, "/start")))
		case kept, doubtful:
		case broken:
			checks = append(checks, beforeStart.Fail(law.Breach, r.First, rowPath(i, ""),
				Late{r.First, q.Sent, r.Start}, duty(r.First), law.Of(law.Circ20of2012)))
		}
	}
	if !inForce {
		return append(checks, beforeStart.NotInForce(q.on))
	}
	return q.settle(checks, before, beforeStart, asked)
}

// duty cites the duty to communicate as it stood on a day.
func duty(on date.Date) law.Citation {
	if on < date.New(2015, 6, 25) {
		return duty2012
	}
	return duty2015
}

// askCycle applies the thirty days of art. 15, comma 3: days of work of each
// worker (circ. 20/2012), and to the letter calendar days (circ. 18/2012).
func askCycle(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, cycle, q.Kind == KindCall)
	if out {
		return checks
	}
	before, most := len(checks), value(cycleDays, q.on)
	for _, w := range q.byWorker() {
		span := w.spans[0]
		days := span.Len()
		for _, s := range w.spans[1:] {
			days += s.Len() - s.Intersect(span).Len() // a day repeated is one day
			span.Last = max(span.Last, s.Last)
		}
		switch {
		case days > most:
			checks = append(checks, cycle.Fail(law.Breach, span.First, rowPath(w.row, ""),
				TooManyDays{days, most}, duty(q.on), law.Of(law.Circ20of2012)))
		case span.Len() > most:
			checks = append(checks, cycle.Fail(law.Doubt, span.First, rowPath(w.row, ""),
				WideCycle{span, span.Len(), most}, duty(q.on), law.Of(law.Circ20of2012), law.Of(law.Circ18of2012), law.Of(law.PortalGuide)))
		}
	}
	return q.settle(checks, before, cycle, true)
}

// askPeriod applies the limit of the portal's guide: each row at most thirty days.
func askPeriod(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, period, q.Kind == KindCall)
	if out {
		return checks
	}
	before, most, severity := len(checks), value(rowDays, q.on), law.Doubt
	if q.Channel == ChannelPortal {
		severity = law.Breach
	}
	for i := range q.Rows {
		if s := q.Rows[i].Span(); s.Len() > most {
			checks = append(checks, period.Fail(severity, s.First, rowPath(i, "/last"), LongRow{s, s.Len(), most}))
		}
	}
	return q.settle(checks, before, period, true)
}

// askOrder applies the portal's guide: the periods of one worker follow one
// another; repeated days would leave the duration of art. 15, comma 3, unclear.
func askOrder(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, order, true)
	if out {
		return checks
	}
	before := len(checks)
	latest := make(map[string]law.Span, len(q.Rows))
	for i := range q.Rows {
		r := &q.Rows[i]
		s, prior := r.Span(), latest[r.Worker]
		if !prior.IsZero() && s.First <= prior.Last {
			checks = append(checks, order.Fail(law.Breach, s.First, rowPath(i, "/first"), OutOfOrder{s, prior}))
		}
		if s.Last > prior.Last {
			latest[r.Worker] = s
		}
	}
	return q.settle(checks, before, order, true)
}

// askSingleDay applies the script of the official form: an end equal to the start
// is refused.
func askSingleDay(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, singleDay, true)
	if out {
		return checks
	}
	before, severity := len(checks), law.Advice
	if q.Channel == ChannelEmail {
		severity = law.Breach
	}
	for i := range q.Rows {
		if r := &q.Rows[i]; r.Last == r.First {
			checks = append(checks, singleDay.Fail(severity, r.First, rowPath(i, "/last"), SameEnd{r.First}))
		}
	}
	return q.settle(checks, before, singleDay, true)
}

// askOneKind applies the form: its one flag makes every row a cancellation.
func askOneKind(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, oneKind, true)
	if out {
		return checks
	}
	before := len(checks)
	for i := range q.Rows {
		if r := &q.Rows[i]; q.isCall(r) != (q.Kind == KindCall) {
			checks = append(checks, oneKind.Fail(law.Breach, r.First, rowPath(i, "/cancel"), MixedKinds{q.Kind}))
		}
	}
	return q.settle(checks, before, oneKind, true)
}

// askEntertainment applies the D.I. of 2013 and INL letter 1311/2020: up to when
// the certificate of agibilità took the place of a communication.
func askEntertainment(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, entertainment, q.Entertainment.Agibilita == law.Yes)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		was := sending(q.Sent, r.First, r.Start)
		if was == kept || !q.isCall(r) {
			continue
		}
		asked = true
		severity := agibilitaAlone(r.First)
		switch {
		case severity == 0:
		case was == unknown:
			checks = append(checks, entertainment.Undetermined(r.First, rowPath(i, "/start")))
		default:
			checks = append(checks, entertainment.Fail(severity, r.First, rowPath(i, ""), OnlyAgibilita{r.First}))
		}
	}
	return q.settle(checks, before, entertainment, asked)
}

// agibilitaAlone is how grave it is that a day had the certificate alone: 0 while
// that was enough.
func agibilitaAlone(on date.Date) law.Severity {
	switch value(agibilita, on) {
	case worthAll:
		return 0
	case worthUnsure:
		return law.Doubt
	default:
		return law.Breach
	}
}

// askCodes applies D.M. 23 December 1976: the codes of employer and workers are
// codici fiscali. What the official form does not take is worth knowing.
func askCodes(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, codes, true)
	if out {
		return checks
	}
	before := len(checks)
	if q.Employer != "" { // a single call has no model to put it in
		checks = askCode(checks, q, q.Employer, -1)
	}
	for i := range q.Rows {
		checks = askCode(checks, q, q.Rows[i].Worker, i)
	}
	return q.settle(checks, before, codes, true)
}

// askCode asks for the worker of a row, or for the employer where row is negative.
func askCode(checks law.Checks, q *question, code string, row int) law.Checks {
	c, err := cf.Parse(code)
	var facts law.Facts
	severity := law.Breach
	switch {
	case err != nil:
		var bad *cf.Error
		if errors.As(err, &bad) {
			facts = BadCode{string(bad.Kind)}
		}
	case row >= 0 && c.Form() == cf.FormEntity:
		facts = EntityCode{}
	case !typed(code):
		facts, severity = CodeNotTyped{}, law.Advice
	default:
		return checks
	}
	path := "/employer"
	if row >= 0 {
		path = rowPath(row, "/worker")
	}
	return append(checks, codes.Fail(severity, q.on, path, facts))
}

// typed reports whether the official form takes a valid code: eleven digits, or
// sixteen characters with a letter in at most one of the last three places of a
// digit.
func typed(code string) bool {
	if len(code) == 11 {
		return true
	}
	letters := 0
	for _, i := range [...]int{6, 7, 9, 10, 12, 13, 14} {
		if c := code[i]; c < '0' || c > '9' {
			if letters++; i < 12 {
				return false
			}
		}
	}
	return letters <= 1
}

// askHireCode applies the form: sixteen digits, or seven, a letter and eight.
func askHireCode(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, hireCode, true)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		asked = asked || r.HireCode != ""
		if r.HireCode != "" && !isHireCode(r.HireCode) {
			checks = append(checks, hireCode.Fail(law.Breach, q.on, rowPath(i, "/hire_code"), BadHireCode{}))
		}
	}
	return q.settle(checks, before, hireCode, asked)
}

func isHireCode(s string) bool {
	if len(s) != 16 {
		return false
	}
	for i := range len(s) {
		letter := s[i]|0x20 >= 'a' && s[i]|0x20 <= 'z'
		if digit := s[i] >= '0' && s[i] <= '9'; !digit && (!letter || i != 7) {
			return false
		}
	}
	return true
}

// askCovered and askPresumed need what was worked: see Reconcile.
func askCovered(checks law.Checks, q *question) law.Checks {
	checks, _ = q.outside(checks, covered, false)
	return checks
}

func askPresumed(checks law.Checks, q *question) law.Checks {
	checks, _ = q.outside(checks, presumed, false)
	return checks
}

// askCancelledInTime applies circulars 18 and 20/2012: before the start at any
// time; for a no-show within forty-eight hours of the day work was due or, more
// strictly, of the moment.
func askCancelledInTime(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, cancelledInTime, true)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		if q.isCall(r) {
			continue
		}
		asked = true
		// The first day's time runs out first: what is in time for it is in time for all.
		if was := cancelling(q.Sent, r.First, r.Start, r.NoShow); was != kept {
			checks = append(checks, cancelCheck(was, q.Sent, r.First, r.Start, r.NoShow, rowPath(i, "")))
		}
	}
	return q.settle(checks, before, cancelledInTime, asked)
}

// askNotice applies the notice that contract or agreement sets (art. 15, comma 1)
// to calls, and art. 9, comma 4, of D.Lgs. 104/2022 to calls revoked.
func askNotice(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, notice, true)
	if out {
		return checks
	}
	before, asked := len(checks), false
	for i := range q.Rows {
		r := &q.Rows[i]
		switch {
		case !r.Revoked.IsZero():
			if percent, inForce := revocationPercent.At(law.RomeDay(r.Revoked)); inForce {
				asked = true
				checks = askRevocation(checks, q, i, percent.Value)
			}
		case q.isCall(r):
			if due := q.noticeDue(r); !due.none() {
				asked = true
				checks = askCallNotice(checks, i, r, due)
			}
		}
	}
	return q.settle(checks, before, notice, asked)
}

// askHireFound is what the portal asks on saving a row; it lets the user go on.
func askHireFound(checks law.Checks, q *question) law.Checks {
	checks, out := q.outside(checks, hireFound, q.Kind == KindCall)
	if out {
		return checks
	}
	before := len(checks)
	for i := range q.Rows {
		r := &q.Rows[i]
		if r.HireFound == law.No || r.HireFound == law.Unknown && r.HireCode == "" {
			checks = append(checks, hireFound.Fail(law.Advice, q.on, rowPath(i, "/hire_found"), NoHireFound{}))
		}
	}
	return q.settle(checks, before, hireFound, true)
}
