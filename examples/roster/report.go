package main

import (
	"cmp"
	"fmt"
	"maps"
	"runtime"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
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
	Unusable  []sheet.Problem  `json:"unusable"`
	Sent      *mailing         `json:"sent,omitempty"` // with -send: what was written
}

// employerReport is the plan of one employer. What is to be sent holds the codes in
// full: it stands only in the files of -send.
type employerReport struct {
	Employer string         `json:"employer"`
	Name     string         `json:"name"`
	Verdict  law.Verdict    `json:"verdict"`
	Workers  []workerReport `json:"workers"`
	Calls    []call         `json:"calls"`
	Repairs  []repair       `json:"repairs"`
	// Send is by how many communications the calls that stand can be sent.
	Send []sendCount `json:"send"`
	// Verified is the last day the values of the law were checked, where calls fall
	// after it.
	Verified date.Date `json:"verified,omitzero"`

	id       string // of its section of the page
	counters []counter
}

// ID names the employer's section of the page.
func (e employerReport) ID() string { return e.id }

// sendCount is by how many communications of a channel the calls that stand go.
type sendCount struct {
	Channel        calls.Channel `json:"channel"`
	Communications int           `json:"communications"`
	Calls          int           `json:"calls"` // days of workers
}

// workerReport sums up the calls of one worker.
type workerReport struct {
	Worker       string    `json:"worker"`
	Clear        int       `json:"clear"`
	Doubt        int       `json:"doubt"`
	Breach       int       `json:"breach"`
	Undetermined int       `json:"undetermined"`
	Remaining    *int      `json:"remaining,omitempty"` // on the day of the last call judged, itself included
	Before       time.Time `json:"before,omitzero"`     // the first moment before which something must be sent
}

// call is one planned call, judged.
type call struct {
	Line         int                     `json:"line"` // of calls.csv
	Worker       string                  `json:"worker"`
	Code         string                  `json:"code,omitempty"` // masked
	Start        time.Time               `json:"start"`
	End          time.Time               `json:"end,omitzero"`
	Channel      calls.Channel           `json:"channel,omitzero"`
	Verdict      law.Verdict             `json:"verdict"`
	Stands       bool                    `json:"stands"`
	Sent         time.Time               `json:"sent,omitzero"`       // when it was communicated; zero: not yet
	Before       time.Time               `json:"before,omitzero"`     // when it must have been sent; zero: it cannot be
	Remaining    *int                    `json:"remaining,omitempty"` // absent: no cap, or not known
	LastCallable date.Date               `json:"last_callable,omitzero"`
	NextFree     date.Date               `json:"next_free,omitzero"`
	Channels     []preflight.OpenChannel `json:"channels"`
	Moments      []preflight.Moment      `json:"moments"`
	Checks       law.Checks              `json:"checks"` // those that were not simply kept
	// Lacks are the places in the files where what cannot be decided misses a fact.
	Lacks []sheet.Problem `json:"lacks,omitempty"`
	// Fine is what a call costs that can no longer be communicated in time, if the work
	// takes place.
	Fine *fine `json:"fine,omitempty"`
	// HistoryIncomplete says that rows of worked.csv were refused: the days left are
	// not known.
	HistoryIncomplete bool `json:"history_incomplete,omitempty"`

	pair     pair
	prepared bool                       // it can still lawfully be communicated by its channel
	said     map[law.Text]bool          // advice said of an earlier call of the worker
	places   map[string][]sheet.Problem // of each missing fact, by its pointer
	code     string                     // in full, for what is sent
	hire     string
	found    law.Answer // the hire is on record
}

// fine is the least and the most of an administrative fine, in euro.
type fine struct {
	Min law.Euro `json:"min"`
	Max law.Euro `json:"max"`
}

// repair is one change, in words too.
type repair struct {
	Worker  string           `json:"worker"`
	Start   time.Time        `json:"start,omitzero"`
	Change  preflight.Change `json:"change"`
	Channel calls.Channel    `json:"channel,omitzero"`
	To      time.Time        `json:"to,omitzero"`
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
func (b *book) judge(now time.Time, bad []sheet.Problem) *outcome {
	found := &outcome{law.Edition, law.InRome(now), []employerReport{}, slices.Concat([]sheet.Problem{}, bad), nil}
	lines, rest := b.lines(now)
	judged := b.plan(lines)
	var order []string
	at := map[string]*employerReport{}
	report := func(key string) *employerReport {
		e, ok := at[key]
		if !ok {
			e = &employerReport{
				Employer: key, Name: cmp.Or(b.employers[key].Name, key), Workers: []workerReport{}, Calls: []call{}, Repairs: []repair{},
				Send: []sendCount{}, id: fmt.Sprintf("e%d", len(order)+1),
			}
			at[key], order = e, append(order, key)
		}
		return e
	}
	for _, c := range b.calls { // in the order of the file
		if c.kind == table.Call {
			report(c.employer)
		}
	}
	unjudged := func(l *line, why sheet.Problem) {
		found.Unusable = append(found.Unusable, why)
		for _, s := range l.Starts {
			rest = append(rest, planned{pair: l.pair, line: l.rows[s.Start.Unix()], Start: s, lacks: []sheet.Problem{why}})
		}
	}
	for i := range judged {
		j := &judged[i]
		part := lines[j.first:j.end]
		report(part[0].employer).add(b, part, &j.Forecast)
		for _, u := range j.Unusable {
			unjudged(&part[u.Line], b.unusable(&part[u.Line], u))
		}
		for k := range part {
			if j.err != nil {
				unjudged(&part[k], sheet.Problem{File: "calls.csv", Line: part[k].first(), Message: law.TextOf(j.err)})
			}
		}
	}
	for _, c := range rest {
		e := report(c.employer)
		e.Calls = append(e.Calls, call{
			Line: c.line, Worker: c.worker, Code: masked(b.workers[c.worker].Code), Start: law.InRome(c.Start.Start), End: c.End, Channel: c.Channel,
			Channels: []preflight.OpenChannel{}, Moments: []preflight.Moment{}, Checks: law.Checks{}, Lacks: c.lacks, pair: c.pair,
			Before: openUntil(c.Start.Start, now),
		})
	}
	for _, key := range order {
		e := at[key]
		e.settle(b.employers[key], now)
		found.Employers = append(found.Employers, *e)
	}
	return found
}

func openUntil(start, now time.Time) time.Time {
	if now.Before(start) {
		return law.InRome(start)
	}
	return time.Time{}
}

// part is the forecast of some lines that follow one another.
type part struct {
	first, end int // of the lines
	preflight.Forecast
	err error
}

// plan judges the lines, a few workers at a time on each processor: the lines of
// one worker stay together. The parts come back in order.
func (b *book) plan(lines []line) []part {
	const fewest = 32 // lines of a part
	order := make([]int, len(lines))
	for i := range order {
		order[i] = i
	}
	first := map[pair]int{}
	employers := map[string]int{}
	for i, l := range lines {
		if _, ok := first[l.pair]; !ok {
			first[l.pair] = i
		}
		if _, ok := employers[l.employer]; !ok {
			employers[l.employer] = i
		}
	}
	slices.SortStableFunc(order, func(x, y int) int {
		a, b := lines[x].pair, lines[y].pair
		return cmp.Or(cmp.Compare(employers[a.employer], employers[b.employer]), lines[x].Now.Compare(lines[y].Now), cmp.Compare(first[a], first[b]))
	})
	sorted := make([]line, len(lines))
	for i, from := range order {
		sorted[i] = lines[from]
	}
	copy(lines, sorted)
	var parts []part
	for i := 0; i < len(lines); {
		n := i + 1
		for n < len(lines) && lines[n].employer == lines[i].employer && lines[n].Now.Equal(lines[i].Now) && (n-i < fewest || lines[n].pair == lines[n-1].pair) {
			n++
		}
		parts = append(parts, part{first: i, end: n})
		i = n
	}
	next, done := make(chan int), 0
	var mu sync.Mutex
	var wait sync.WaitGroup
	for range min(runtime.GOMAXPROCS(0), len(parts)) {
		wait.Add(1)
		go func() {
			defer wait.Done()
			for i := range next {
				p := &parts[i]
				r := preflight.Roster{Now: lines[p.first].Now, Employer: b.employers[lines[p.first].employer].Code}
				for _, l := range lines[p.first:p.end] {
					r.Workers = append(r.Workers, l.Line)
				}
				p.Forecast, p.err = preflight.Plan(r)
				p.Communications = nil   // composed for all parts together
				for k := range p.Calls { // of most calls nothing is left: the memory is that of the rest
					p.Calls[k].Checks = notable(p.Calls[k].Checks)
					p.Calls[k].Checks.Relocate(ofCall)
				}
				mu.Lock()
				done += len(p.Calls)
				b.tell.judged(done)
				mu.Unlock()
			}
		}()
	}
	for i := range parts {
		next <- i
	}
	close(next)
	wait.Wait()
	return parts
}

// add takes the calls and repairs of a part.
func (e *employerReport) add(b *book, lines []line, f *preflight.Forecast) {
	for _, p := range f.Calls {
		l := &lines[p.Line]
		c := call{
			Line: l.rows[p.Start.Unix()], Worker: l.worker, Code: masked(l.Worker.Code), Start: law.InRome(p.Start), End: p.End, Channel: p.Channel,
			Verdict: p.Verdict, Stands: p.Stands, Remaining: p.Remaining, LastCallable: p.LastCallable, NextFree: p.NextFree,
			Channels: p.Channels, Moments: p.Moments, Checks: p.Checks,
			pair: l.pair, prepared: p.Prepared, code: l.Worker.Code, hire: l.contract.hireCode,
		}
		if !l.Contract.Terms.HireNotice.IsZero() {
			c.found = law.Yes
		}
		if !l.sent.IsZero() {
			c.Sent = law.InRome(l.sent)
		} else if len(c.Channels) > 0 {
			c.Before = c.Channels[0].Until
		}
		if x := p.Exposure; x != nil {
			c.Fine = &fine{x.Min, x.Max}
		}
		c.HistoryIncomplete = l.HistoryIncomplete && slices.ContainsFunc(c.Checks, func(x law.Check) bool { return x.Rule() == limits.RuleDaysCap })
		c.Checks = append(c.Checks, f.Checks...)
		if b.employers[l.employer].Code == "" {
			c.Checks = append(c.Checks, noEmployer(law.RomeDay(c.Start)))
		}
		c.needs(b, l)
		c.decide()
		e.Calls = append(e.Calls, c)
	}
	for _, r := range f.Repairs {
		if r.Change == preflight.ChangeSplit {
			continue // of the lines of this part only: Send counts them all
		}
		e.Repairs = append(e.Repairs, repair{lines[r.Line].worker, r.Start, r.Change, r.Channel, r.To, r.Mends, r.Text()})
	}
	for i := range lines {
		l := &lines[i]
		if !slices.ContainsFunc(e.counters, func(x counter) bool { return x.worker == l.worker }) {
			e.counters = append(e.counters, counter{worker: l.worker, code: masked(l.Worker.Code), history: limits.History{Worked: l.Worked, AcrossMidnight: l.AcrossMidnight, EmployerHistory: l.EmployerHistory}})
		}
	}
}

// noEmployer says that the employer's code is missing, which every communication
// carries.
func noEmployer(day date.Date) law.Check {
	for _, r := range calls.Rules() {
		if r.ID == calls.RuleCodes {
			cited, _ := r.On(day)
			return cited.Undetermined(day, "/employer")
		}
	}
	return law.Check{}
}

// decide draws the verdict from the checks left. Those kept are not among them, and
// do not count.
func (c *call) decide() {
	if len(c.Checks) > 0 {
		c.Verdict = c.Checks.Verdict()
	}
	c.Stands = c.Verdict == law.VerdictClear || c.Verdict == law.VerdictDoubt
}

// settle orders the calls by worker, as the file has them, and sums up: workers, counters, communications, and the verdict.
func (e *employerReport) settle(by employer, now time.Time) {
	first := map[string]int{} // line of calls.csv
	for _, c := range e.Calls {
		if n, ok := first[c.Worker]; !ok || c.Line < n {
			first[c.Worker] = c.Line
		}
	}
	slices.SortStableFunc(e.Calls, func(x, y call) int {
		return cmp.Or(cmp.Compare(first[x.Worker], first[y.Worker]), x.Start.Compare(y.Start))
	})
	workers := map[string]int{}
	counters := map[string]int{}
	said := map[string]map[law.Text]bool{}
	for i, x := range e.counters {
		counters[x.worker] = i
	}
	verdicts := map[law.Verdict]bool{}
	for i := range e.Calls {
		c := &e.Calls[i]
		verdicts[c.Verdict] = true
		if c.Verdict == law.VerdictBreach {
			c.Before = time.Time{}
		}
		n, ok := workers[c.Worker]
		if !ok {
			n = len(e.Workers)
			workers[c.Worker], e.Workers = n, append(e.Workers, workerReport{Worker: c.Worker})
		}
		w := &e.Workers[n]
		w.count(c)
		if k, ok := counters[c.Worker]; ok && c.Remaining != nil {
			x := &e.counters[k]
			x.calls = append(x.calls, *c)
			if c.Stands {
				x.history.Worked = x.history.Worked.With(law.RomeDay(c.Start))
			}
		}
		c.said = said[c.Worker]
		more := maps.Clone(c.said)
		for _, x := range c.Checks {
			if x.Severity() == law.Advice {
				if more == nil {
					more = map[law.Text]bool{}
				}
				more[x.Text()] = true
			}
		}
		said[c.Worker] = more
		for x := range c.Checks.Of(law.NotVerified) {
			if u, ok := x.Finding.Facts.(law.Unverified); ok {
				e.Verified = u.Verified
			}
		}
	}
	e.counters = slices.DeleteFunc(e.counters, func(x counter) bool { return len(x.calls) == 0 })
	e.Verdict = law.VerdictClear
	for _, v := range [...]law.Verdict{law.VerdictDoubt, law.VerdictUndetermined, law.VerdictBreach} {
		if verdicts[v] {
			e.Verdict = v
		}
	}
	var all []*call
	for i := range e.Calls {
		if e.Calls[i].Stands && e.Calls[i].Sent.IsZero() {
			all = append(all, &e.Calls[i])
		}
	}
	if list, err := pack(by, now, all); err == nil {
		e.Send = counted(list)
	}
}

func (w *workerReport) count(c *call) {
	switch c.Verdict {
	case law.VerdictClear:
		w.Clear++
	case law.VerdictDoubt:
		w.Doubt++
	case law.VerdictBreach:
		w.Breach++
	default:
		w.Undetermined++
	}
	w.Remaining = c.Remaining
	if !c.Before.IsZero() && (w.Before.IsZero() || c.Before.Before(w.Before)) {
		w.Before = c.Before
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

// reasons are what is said of a call: what is broken, doubtful, missing or worth
// knowing. The same advice is said once for each worker, and that the law was not
// looked at since once for the employer.
func (c *call) reasons() law.Checks {
	list := slices.DeleteFunc(slices.Clone(c.Checks), func(x law.Check) bool {
		return x.Rule() == law.NotVerified || x.Severity() == law.Advice && c.said[x.Text()]
	})
	slices.SortStableFunc(list, func(x, y law.Check) int { return cmp.Compare(rank(x), rank(y)) })
	return list
}

// rank puts what is broken first, then what is missing, doubts and advices.
func rank(x law.Check) int {
	if x.Outcome == law.Undetermined {
		return 2
	}
	return map[law.Severity]int{law.Breach: 1, law.Doubt: 3, law.Advice: 4}[x.Severity()]
}

// reason is what is said of a call: several rules that miss the same fact say it
// once.
type reason struct {
	Rules  []law.RuleID
	Text   law.Text
	Cites  []law.Citation
	advice bool
}

// why lists the reasons of a call.
func (c *call) why() []reason {
	var list []reason
	for _, x := range c.reasons() {
		r := reason{[]law.RuleID{x.Rule()}, c.say(x), x.Cites(), x.Severity() == law.Advice}
		i := slices.IndexFunc(list, func(y reason) bool { return x.Outcome == law.Undetermined && y.Text == r.Text })
		if i < 0 {
			list = append(list, r)
			continue
		}
		list[i].Rules = append(list[i].Rules, x.Rule())
		list[i].Cites = slices.Clone(list[i].Cites)
		for _, cite := range x.Cites() {
			if !slices.Contains(list[i].Cites, cite) {
				list[i].Cites = append(list[i].Cites, cite)
			}
		}
	}
	return list
}

// say is what a check says of the call, with the places of the files where a fact
// is missing.
func (c *call) say(x law.Check) law.Text {
	if x.Rule() == calls.RuleCodes && x.Severity() == law.Breach && len(c.places[x.Finding.Path]) > 0 { // whose code it is
		t, p := x.Text(), c.places[x.Finding.Path][0]
		where := law.Say(": %s, row %d, column %s.", ": %s, riga %d, colonna %s.", p.File, p.Line, p.Column)
		return law.Text{EN: strings.TrimSuffix(t.EN, ".") + where.EN, IT: strings.TrimSuffix(t.IT, ".") + where.IT}
	}
	if x.Outcome != law.Undetermined {
		return x.Text()
	}
	var places []sheet.Problem
	for _, n := range x.Needs {
		places = append(places, c.places[n]...)
	}
	if len(places) == 0 {
		return x.Text()
	}
	return lackText(places)
}

// lackText says which places of the files miss what is needed to decide.
func lackText(places []sheet.Problem) law.Text {
	list := func(lang string) string {
		s := make([]string, len(places))
		for i, p := range places {
			s[i] = p.File
			if p.Line > 0 {
				s[i] += law.Say(", row %d", ", riga %d", p.Line).In(lang)
			}
			if p.Column != "" {
				s[i] += law.Say(", column %s", ", colonna %s", p.Column).In(lang)
			} else {
				s[i] += " (" + p.Message.In(lang) + ")"
			}
		}
		return strings.Join(s, "; ")
	}
	return law.Text{EN: "Cannot be decided without: " + list("en") + ".", IT: "Non si può decidere senza: " + list("it") + "."}
}

// needs finds the places of the files for the facts that checks miss, and for the
// codes that are wrong.
func (c *call) needs(b *book, l *line) {
	if c.places == nil {
		c.places = map[string][]sheet.Problem{}
	}
	for _, x := range c.Checks {
		if x.Rule() == calls.RuleCodes && x.Finding != nil {
			c.places[x.Finding.Path] = b.placesOf(x.Finding.Path, l, c.Line)
		}
		if x.Outcome != law.Undetermined {
			continue
		}
		for _, n := range x.Needs {
			if _, ok := c.places[n]; ok {
				continue
			}
			places := b.placesOf(n, l, c.Line)
			c.places[n], c.Lacks = places, append(c.Lacks, places...)
		}
	}
}

// placesOf tells where in the files a fact stands that a JSON pointer names.
func (b *book) placesOf(pointer string, l *line, row int) []sheet.Problem {
	if rest, ok := strings.CutPrefix(pointer, "/workers/"); ok { // into the roster that was asked
		_, rest, _ = strings.Cut(rest, "/")
		pointer = "/" + rest
	}
	if strings.HasPrefix(pointer, "/starts/") {
		pointer = "/start"
	}
	if pointer == "/history_incomplete" {
		return l.lacks
	}
	p := sheet.Problem{Message: sheet.Missing.Text}
	last := pointer[strings.LastIndexByte(pointer, '/')+1:]
	switch {
	case strings.HasPrefix(pointer, "/worker/"):
		p.File, p.Line, p.Column = "workers.csv", b.workers[l.worker].line, last
	case strings.HasPrefix(pointer, "/contract/employer/"), strings.HasPrefix(pointer, "/contract/unit/"),
		strings.HasPrefix(pointer, "/employer/"), strings.HasPrefix(pointer, "/sender/"):
		p.File, p.Line, p.Column = "employers.csv", b.employers[l.employer].line, last
		if pointer == "/sender/role" || pointer == "/sender/own_company" {
			p.Column = "sender"
		}
	case pointer == "/employer":
		p.File, p.Line, p.Column = "employers.csv", b.employers[l.employer].line, "code"
	case strings.HasPrefix(pointer, "/contract/"):
		p.File, p.Line, p.Column = "contracts.csv", l.contract.line, last
		switch {
		case strings.HasPrefix(pointer, "/contract/activity"):
			p.Column = "item"
		case strings.HasPrefix(pointer, "/contract/agreement/period"):
			p.Column = "period_first"
		case strings.HasPrefix(pointer, "/contract/agreement/"):
			p.Column = "agreement_" + last
		case pointer == "/contract/contract/notice":
			p.Column = "notice_hours"
		case strings.HasPrefix(pointer, "/contract/work"):
			p.Column = "first"
		}
	case pointer == "/channel", pointer == "/start", pointer == "/end":
		p.File, p.Line, p.Column = "calls.csv", row, last
	case pointer == "/notice":
		p.File, p.Line, p.Column = "contracts.csv", l.contract.line, "notice_hours"
	default:
		return nil
	}
	return []sheet.Problem{p}
}

// ofCall turns a pointer into a roster into one into the facts of one call.
func ofCall(pointer string) string {
	rest, ok := strings.CutPrefix(pointer, "/workers/")
	if !ok {
		return pointer
	}
	_, rest, _ = strings.Cut(rest, "/")
	if start, ok := strings.CutPrefix(rest, "starts/"); ok {
		if strings.HasSuffix(start, "/end") {
			return "/end"
		}
		return "/start"
	}
	return "/" + rest
}

// unusable tells that the facts of a line make no question, with their place.
func (b *book) unusable(l *line, u preflight.Unusable) sheet.Problem {
	pointer := ofCall(u.Path)
	first := l.first()
	p := sheet.Problem{File: "calls.csv", Line: first, Column: "worker"}
	if places := b.placesOf(pointer, l, first); len(places) > 0 {
		p = places[0]
	}
	p.Message = u.Text
	return p
}

// first is the first row of calls.csv of the line.
func (l *line) first() int {
	first := 0
	for _, row := range l.rows {
		if first == 0 || row < first {
			first = row
		}
	}
	return first
}
