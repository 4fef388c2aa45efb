package preflight

import (
	"cmp"
	"encoding/json"
	"log/slog"
	"slices"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Forecast is the answer for a roster.
type Forecast struct {
	Edition       string      `json:"edition"`                 // the state of the rules
	VerifiedUntil date.Date   `json:"verified_until,omitzero"` // see [law.Judgment]
	Verdict       law.Verdict `json:"verdict"`                 // of all calls and of the roster itself
	Calls         []Planned   `json:"calls"`                   // by line, then by start
	Repairs       []Repair    `json:"repairs"`                 // the smallest change that makes the roster lawful, least first
	Checks        law.Checks  `json:"checks,omitempty"`        // what concerns no single call: the employer's code; two forms of one worker's
	Persons       [][]int     `json:"persons,omitempty"`       // the lines that are one worker, where they are several
	// Communications are to be sent for every call that can still lawfully be
	// communicated by the portal, the app or e-mail, whatever else is wrong with it: a
	// call that takes place uncommunicated is the worse breach. A call without a channel
	// goes by the first of the three that the law of the day has. A day goes once, by the
	// channel of the worker's earliest call that names it. They name the persons whose
	// codes the roster joins. Empty under an employer's code that is wrong or missing: a
	// roster without one is judged, and nothing is prepared.
	Communications []calls.Communication `json:"communications,omitempty"`
	// Unusable are the lines whose facts cannot be used; the others are judged.
	Unusable []Unusable `json:"unusable,omitempty"`
}

// LogValue leaves out whatever tells who the employer and the workers are.
func (f Forecast) LogValue() slog.Value {
	return slog.GroupValue(slog.String("verdict", f.Verdict.String()), slog.Int("calls", len(f.Calls)),
		slog.Int("repairs", len(f.Repairs)), slog.Int("unusable", len(f.Unusable)))
}

// Unusable says why a line of a roster cannot be judged.
type Unusable struct {
	Line    int      `json:"line"`    // index of the line
	Code    law.Kind `json:"code"`    // what is wrong: the kind of the input error
	Path    string   `json:"path"`    // JSON pointer into the roster
	Message string   `json:"message"` // in English, with the place
	Text    law.Text `json:"text"`    // in both languages
}

// Planned is one call of a roster, judged with the lawful ones of the same worker
// before it.
type Planned struct {
	Line     int           `json:"line"`             // index of the line
	Start    time.Time     `json:"start"`            // when work would start
	End      time.Time     `json:"end,omitzero"`     // when it would end
	Channel  calls.Channel `json:"channel,omitzero"` // by which it is planned; zero: any. The communication tells which is used
	Stands   bool          `json:"stands"`           // neither a breach nor undetermined
	Prepared bool          `json:"prepared"`         // a communication of the forecast calls the worker for it
	// Exposure is the fine for a call that can no longer be communicated in time, if it
	// goes ahead.
	Exposure *calls.Exposure `json:"exposure,omitempty"`
	// Record is the decision record, where the roster asks for it: of this start by itself,
	// without what an earlier shift of the day changes.
	Record json.RawMessage `json:"record,omitempty"`
	Report
}

// Plan judges every call of a roster and says which change mends those that do not
// stand. Nothing given is changed. The lines of one worker are judged together. A line
// whose facts cannot be used is named and stops nothing else; the error, a
// [law.InputError], is for the roster itself.
func Plan(r Roster) (Forecast, error) {
	if err := r.validate(); err != nil {
		return Forecast{}, err
	}
	f := Forecast{Edition: law.Edition, VerifiedUntil: law.Verified(), Calls: []Planned{}, Repairs: []Repair{}}
	people := r.persons()
	for i := range people {
		p := &people[i]
		if len(p.lines) > 1 {
			f.Persons = append(f.Persons, p.lines)
		}
		judged, unusable := p.judge(&r)
		f.Unusable = append(f.Unusable, unusable...)
		f.Repairs = append(f.Repairs, p.repair(&r, judged)...)
		f.Calls = append(f.Calls, judged...)
	}
	slices.SortStableFunc(f.Calls, func(a, b Planned) int { return cmp.Compare(a.Line, b.Line) })
	slices.SortFunc(f.Unusable, func(a, b Unusable) int { return cmp.Compare(a.Line, b.Line) })
	f.Checks = r.forms(named(people))
	if err := f.communicate(&r, people); err != nil {
		return Forecast{}, err
	}
	f.sorted()
	slices.SortStableFunc(f.Repairs, Repair.compare)
	f.Verdict = f.condense()
	return f, nil
}

// condense is the verdict on all calls and the roster: the worst of theirs, and clear
// where nothing is planned and nothing wrong.
func (f *Forecast) condense() law.Verdict {
	var found [law.VerdictBreach + 1]bool
	for i := range f.Calls {
		found[f.Calls[i].Verdict] = true
	}
	if len(f.Checks) > 0 {
		found[f.Checks.Verdict()] = true
	}
	if len(f.Unusable) > 0 {
		found[law.VerdictUndetermined] = true
	}
	for _, v := range [...]law.Verdict{law.VerdictBreach, law.VerdictUndetermined, law.VerdictDoubt} {
		if found[v] {
			return v
		}
	}
	return law.VerdictClear
}

func (r *Roster) validate() error {
	if r.Now.IsZero() {
		return law.Missing("/now")
	}
	if len(r.Workers) > MaxLines {
		return &law.InputError{Kind: law.KindTooLong, Path: "/workers"}
	}
	starts := 0
	for i := range r.Workers {
		if starts += len(r.Workers[i].Starts); starts > MaxStarts {
			return &law.InputError{Kind: law.KindTooLong, Path: linePath(i) + "/starts"}
		}
	}
	return nil
}

func linePath(i int) string { return "/workers/" + strconv.Itoa(i) }

// judge runs the starts of a person in order. A call that does not stand is taken out
// of the plan, and the judging goes on.
func (p *person) judge(r *Roster) (judged []Planned, unusable []Unusable) {
	slots := p.slots(r)
	for _, i := range p.lines {
		if err := p.usable(r, i); err != nil {
			unusable = append(unusable, unusableLine(i, err))
			slots = slices.DeleteFunc(slots, func(s slot) bool { return s.line == i })
		}
	}
	judged = make([]Planned, 0, len(slots))
	for _, s := range slots {
		c := p.at(r, s)
		out, err := Run(c)
		if err != nil { // the line was usable at its first start: what differs is this start
			unusable = append(unusable, unusableLine(s.line, err))
			continue
		}
		call := Planned{
			Line: s.line, Start: s.Start.Start, End: s.End, Channel: s.Channel, Stands: stands(out.Verdict),
			Prepared: r.sendable(s, out.Checks), Exposure: exposure(c, out.Checks), Report: out,
		}
		if r.Records {
			in, err := json.Marshal(c)
			if err != nil {
				unusable = append(unusable, unusableLine(s.line, err))
				continue
			}
			d, err := record(c, in, out)
			if err != nil {
				unusable = append(unusable, unusableLine(s.line, err))
				continue
			}
			call.Record = d.Bytes()
		}
		call.Checks.Relocate(s.place)
		if n := len(judged); n > 0 && law.RomeDay(judged[n-1].Start) == law.RomeDay(call.Start) {
			call.follow(&judged[n-1])
			call.Prepared = r.sendable(s, call.Checks)
		}
		call.sendBy(p.begin(&call, r.Now))
		if call.Prepared {
			p.claim(&call, r.by(call.Channel))
		}
		if call.Stands {
			p.shared.Planned = p.shared.Planned.With(law.RomeDay(c.Start))
			if c.crosses() {
				p.shared.AcrossMidnight = p.shared.AcrossMidnight.With(law.RomeDay(c.Start))
			}
		}
		judged = append(judged, call)
	}
	return judged, unusable
}

// place turns a pointer into the case of a start into one into the roster.
func (s slot) place(pointer string) string {
	start := linePath(s.line) + "/starts/" + strconv.Itoa(s.index)
	switch pointer {
	case "/now", "":
		return pointer
	case "/start", "/end":
		if s.whole {
			return start + pointer
		}
		return start
	default:
		return linePath(s.line) + pointer
	}
}

// follow makes a later shift of a day depend on the shift before it: where that was not
// communicated in time the day was not.
func (p *Planned) follow(earlier *Planned) {
	for c := range earlier.Checks.Of(calls.RuleBeforeStart) {
		if c.Severity() != law.Breach {
			break
		}
		for i := range p.Checks {
			if p.Checks[i].Rule() == calls.RuleBeforeStart {
				p.Checks[i] = c
			}
		}
		p.Judgment = law.Judge(p.Checks)
		p.Stands, p.Channels, p.Exposure = false, []OpenChannel{}, earlier.Exposure
	}
}

// begin notes of each day of a call when the person's work on it begins, and returns that
// of the first day. The calls come in the order of their starts. Work that goes on past
// midnight begins the next day there, as long as that midnight is to come: nothing is known
// of how the day was communicated once it is past.
func (p *person) begin(call *Planned, now time.Time) time.Time {
	first, last := call.days()
	for d := first; d <= last; d++ {
		at := call.Start
		if d > first {
			at = law.RomeMidnight(d)
		}
		if _, known := p.begins[d]; !known && (d == first || at.After(now)) {
			if p.begins == nil {
				p.begins = map[date.Date]time.Time{}
			}
			p.begins[d] = at
		}
	}
	return p.begins[first]
}

// claim notes by which channel each day of a call is communicated: that of the earliest
// call that names the day. Two communications of one day would both have to be cancelled.
func (p *person) claim(call *Planned, by calls.Channel) {
	if p.by == nil {
		p.by = map[date.Date]calls.Channel{}
	}
	first, last := call.days()
	for d := first; d <= last; d++ {
		if _, claimed := p.by[d]; !claimed {
			p.by[d] = by
		}
	}
}

// days returns the first and the last day of the shift, in Rome.
func (p *Planned) days() (first, last date.Date) {
	return law.RomeDay(p.Start), law.RomeDay(lastInstant(p.Start, p.End))
}

// sendBy makes the work of the day, which begins no later than the call itself, that before
// which the call is to be sent.
func (p *Planned) sendBy(begins time.Time) {
	if !begins.Before(p.Start) {
		return
	}
	begins = law.InRome(begins)
	for i := range p.Channels {
		p.Channels[i].Until = begins
	}
	for i, m := range p.Moments {
		if m.What != MomentSendBy {
			continue
		}
		to := 0
		for to < i && p.Moments[to].when().Before(begins) {
			to++
		}
		copy(p.Moments[to+1:i+1], p.Moments[to:i])
		m.At = begins
		p.Moments[to] = m
		return
	}
}

// at is the case of one slot of a person, as far as the plan has been judged.
func (p *person) at(r *Roster, s slot) Case {
	c := p.with(r.Workers[s.line].Case)
	c.Now, c.Start, c.End, c.Channel = r.Now, s.Start.Start, s.End, s.Channel
	return c
}

// usable runs a line at its first start, or at the instant of asking where it has none.
func (p *person) usable(r *Roster, line int) error {
	if len(p.codes) > MaxCodes {
		path := "/worker/also"
		if len(r.Workers[line].Worker.Also) == 0 {
			path = "/worker/code"
		}
		return &law.InputError{Kind: law.KindTooLong, Path: path, Detail: law.Text{
			EN: "too many codes of one person", IT: "troppi codici di una sola persona",
		}}
	}
	s := slot{line: line, Start: Start{Start: r.Now}}
	if starts := r.Workers[line].Starts; len(starts) > 0 {
		s.Start = starts[0]
	}
	_, err := Run(p.at(r, s))
	return err
}

func unusableLine(line int, err error) Unusable {
	u := Unusable{Line: line, Code: law.KindValue, Path: linePath(line), Message: err.Error(), Text: law.TextOf(err)}
	if all := law.AllErrors(law.At(err, linePath(line))); len(all) > 0 {
		u.Code, u.Path, u.Message = all[0].Kind, all[0].Path, all[0].Error()
	}
	return u
}

func stands(v law.Verdict) bool { return v == law.VerdictClear || v == law.VerdictDoubt }

// sendable reports whether a communication of the forecast can still call the worker for
// a start: it can name the worker, its channel is one of those that are planned, the work
// has not begun, and nothing that concerns the communication itself is broken.
func (r *Roster) sendable(s slot, checks law.Checks) bool {
	if !r.communicates() || r.Workers[s.line].Worker.Code == "" || !slices.Contains(plannedBy[:], r.by(s.Channel)) {
		return false
	}
	if !s.Start.Start.After(r.Now) {
		return false // also on days of before the law, of which calls.before-start says nothing
	}
	for f := range checks.Findings() {
		if f.Severity == law.Breach && (f.Rule == calls.RuleBeforeStart || f.Rule == calls.RuleCodes) {
			return false
		}
	}
	return true
}

// communicates reports whether there is an employer to communicate calls, and a body to
// which they are due.
func (r *Roster) communicates() bool {
	return r.Employer != "" && calls.Authority(law.RomeDay(r.Now)) != (law.Text{})
}

// plannedBy are the channels by which calls are planned ahead: a text message is for the
// coming hours, a fax for a system that fails.
var plannedBy = [...]calls.Channel{calls.ChannelPortal, calls.ChannelApp, calls.ChannelEmail}

// by returns the channel by which a call is communicated: the intended one or, where none
// is, the first by which calls are planned that the law of the day has; zero where it has
// none.
func (r *Roster) by(intended calls.Channel) calls.Channel {
	if intended != 0 {
		return intended
	}
	today := law.RomeDay(r.Now)
	for _, ch := range plannedBy {
		if ch.OpenOn(today) {
			return ch
		}
	}
	return 0
}

// exposure is the fine for a call that comes too late to be communicated; nil for any
// other.
func exposure(c Case, checks law.Checks) *calls.Exposure {
	for f := range checks.Findings() {
		if f.Severity == law.Breach && f.Rule == calls.RuleBeforeStart {
			e, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{{
				Worker: c.Worker.Code, Days: law.DaysOf(law.RomeDay(c.Start)),
			}}})
			if err == nil {
				return &e
			}
		}
	}
	return nil
}

// communicate prepares the communications of the calls that can be sent, channel by
// channel. Where one communication for all of them would break a rule, splitting it is
// one of the repairs. What is wrong with the communications themselves, such as the
// employer's code, is a check of the forecast, and nothing is prepared then.
func (f *Forecast) communicate(r *Roster, people []person) error {
	if !r.communicates() {
		return nil
	}
	if err := f.employer(r); err != nil {
		return err
	}
	of := make([]*person, len(r.Workers)) // of each line
	for i := range people {
		for _, line := range people[i].lines {
			of[line] = &people[i]
		}
	}
	persons, byCode := named(people), map[string][]string{}
	for _, codes := range persons {
		for _, c := range codes {
			byCode[c] = codes
		}
	}
	for _, ch := range plannedBy {
		wanted, first := f.wanted(r, of, ch)
		if len(wanted) == 0 {
			continue
		}
		whole := calls.Communication{Kind: calls.KindCall, Channel: ch, Sent: r.Now, Employer: r.Employer, Persons: persons}
		parts, err := calls.Plan(whole, wanted)
		if err != nil {
			return err
		}
		for i := range parts {
			p := &parts[i]
			whole.Rows = append(whole.Rows, p.Rows...)
			keepPersons(p, byCode)
		}
		asOne, err := calls.Assess(whole)
		if err != nil {
			return err
		}
		var mends []law.RuleID
		for x := range asOne.Checks.Findings() {
			if x.Severity == law.Breach && (x.Rule == calls.RuleCycle || x.Rule == calls.RuleRows) && !slices.Contains(mends, x.Rule) {
				mends = append(mends, x.Rule)
			}
		}
		if len(mends) > 0 {
			f.Repairs = append(f.Repairs, Repair{Line: first, Change: ChangeSplit, Channel: ch, Into: len(parts), Mends: mends})
		}
		f.Communications = append(f.Communications, parts...)
	}
	if f.Checks.Err() != nil {
		f.Communications = nil
		for i := range f.Calls {
			f.Calls[i].Prepared = false
		}
	}
	return nil
}

// named lists the codes of the persons who have several.
func named(people []person) (list calls.Persons) {
	for i := range people {
		if len(people[i].codes) > 0 {
			list = append(list, people[i].codes)
		}
	}
	return list
}

// keepPersons leaves with a communication only the persons whom its rows call: whoever
// assesses it again is told what the roster says of their codes. The map holds them by
// each of their codes.
func keepPersons(c *calls.Communication, persons map[string][]string) {
	c.Persons = nil
	for i := range c.Rows {
		if i > 0 && c.Rows[i].Worker == c.Rows[i-1].Worker {
			continue
		}
		if codes := persons[c.Rows[i].Worker]; len(codes) > 0 {
			c.Persons = append(c.Persons, codes)
		}
	}
}

// employer says what every communication would be told of the employer's code, also where
// none is prepared.
func (f *Forecast) employer(r *Roster) error {
	if len(f.Calls) == 0 {
		return nil
	}
	a, err := calls.Assess(calls.Communication{
		Kind: calls.KindCall, Channel: calls.ChannelPortal, Sent: r.Now, Employer: r.Employer,
		Rows: calls.Rows{{Worker: r.Employer, First: law.RomeDay(r.Now)}}, // of the worker's code the call tells
	})
	if err != nil {
		return err
	}
	for _, c := range a.Checks {
		if c.Finding != nil && c.Finding.Path == "/employer" {
			f.Checks = append(f.Checks, c)
		}
	}
	return nil
}

// wanted lists the days to communicate by a channel, by line, each with the instant at
// which the person's work on it begins, whatever the channel of that work; and the first
// line that has any.
func (f *Forecast) wanted(r *Roster, of []*person, ch calls.Channel) (list []calls.Wanted, first int) {
	line := -1 // of the last element
	for i := range f.Calls {
		p := &f.Calls[i]
		if !p.Prepared {
			continue
		}
		who := of[p.Line]
		from, to := p.days()
		for d := from; d <= to; d++ {
			if who.by[d] != ch {
				continue
			}
			if line != p.Line {
				if line < 0 {
					first = p.Line
				}
				line, list = p.Line, append(list, calls.Wanted{Worker: r.Workers[p.Line].Worker.Code})
			}
			w := &list[len(list)-1]
			w.Starts = append(w.Starts, who.begins[d])
		}
	}
	return list, first
}
