package main

import (
	"fmt"
	"io/fs"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

// employer is a row of employers.csv.
type employer struct {
	name  string
	code  string // codice fiscale
	facts eligibility.Employer
	unit  eligibility.Unit
	limit limits.Employer
}

// pair is a worker at an employer: contracts, worked days and calls hang on it.
type pair struct{ worker, employer string }

func (p pair) String() string { return p.worker + " at " + p.employer }

// book is what the five files hold.
type book struct {
	employers map[string]employer
	workers   map[string]preflight.Worker
	contracts map[pair]eligibility.Contract
	worked    map[pair]law.Days
	lines     []line // in the order of the calls
}

// line is what is planned for one pair on one channel.
type line struct {
	pair
	preflight.Line
}

// load reads a folder. Rows that cannot be used are returned, each with its place,
// and stop nothing else.
func load(files fs.FS, now time.Time) (book, []badField) {
	b := book{
		employers: map[string]employer{}, workers: map[string]preflight.Worker{},
		contracts: map[pair]eligibility.Contract{}, worked: map[pair]law.Days{},
	}
	var bad []badField
	bad = append(bad, table(files, "employers.csv", employerColumns, b.employer)...)
	bad = append(bad, table(files, "workers.csv", workerColumns, b.worker)...)
	bad = append(bad, table(files, "contracts.csv", contractColumns, b.contract)...)
	bad = append(bad, table(files, "worked.csv", workedColumns, b.work)...)
	bad = append(bad, table(files, "calls.csv", callColumns, b.call)...)
	for i := range b.lines {
		b.complete(&b.lines[i], now)
	}
	return b, bad
}

var employerColumns = []string{
	"employer", "name", "code", "ateco", "ateco_version", "sector_activity", "sector_agreement",
	"public_administration", "risk_assessment", "on_call_section", "replaces_strikers",
	"collective_dismissals", "suspensions",
}

func (b *book) employer(r *row) {
	key := r.needed("employer")
	e := employer{
		name: r.needed("name"),
		code: r.text("code"),
		facts: eligibility.Employer{
			PublicAdministration: r.answer("public_administration"),
			RiskAssessment:       r.answer("risk_assessment"),
			OnCallSection:        r.answer("on_call_section"),
		},
		unit: eligibility.Unit{ReplacesStrikers: r.answer("replaces_strikers")},
		limit: limits.Employer{
			ATECO: r.text("ateco"), ATECOVersion: r.number("ateco_version"),
			SectorActivity: r.answer("sector_activity"), SectorAgreement: r.answer("sector_agreement"),
		},
	}
	// The files know whether there were any, not which: a yes leaves the rule open.
	if r.answer("collective_dismissals") == law.No {
		e.unit.CollectiveDismissals = []eligibility.Dismissal{}
	}
	if r.answer("suspensions") == law.No {
		e.unit.Suspensions = []eligibility.Suspended{}
	}
	if err := e.limit.Validate(); err != nil {
		r.refuse("ateco", "not an ATECO code, or not its version")
	}
	if r.bad == nil {
		b.employers[key] = e
	}
}

var workerColumns = []string{"worker", "surname", "name", "code", "birth", "sex", "place"}

func (b *book) worker(r *row) {
	key := r.needed("worker")
	w := preflight.Worker{Code: r.text("code"), Surname: r.text("surname"), Name: r.text("name"), Birth: r.day("birth")}
	if s := r.text("sex"); s != "" && w.Sex.UnmarshalText([]byte(s)) != nil {
		r.refuse("sex", "not M or F")
	}
	if s := r.text("place"); s != "" && w.Place.UnmarshalText([]byte(s)) != nil {
		r.refuse("place", "not the code of a place, as H501")
	}
	if r.bad == nil {
		b.workers[key] = w
	}
}

var contractColumns = []string{
	"worker", "employer", "signed", "first", "last", "schooling_done", "item", "agreement_needs", "agreement_bans",
	"period_first", "period_last", "written", "duty", "elements", "notice_hours", "notice_days", "hire_notice",
}

func (b *book) contract(r *row) {
	p := b.pair(r)
	c := eligibility.Contract{
		Signed:        r.day("signed"),
		Work:          law.Span{First: r.day("first"), Last: r.day("last")},
		SchoolingDone: r.answer("schooling_done"),
		Agreement: eligibility.CollectiveAgreement{
			Needs: r.answer("agreement_needs"), Bans: r.answer("agreement_bans"),
			Period: law.Span{First: r.day("period_first"), Last: r.day("period_last")},
		},
		Terms: eligibility.Terms{Written: r.answer("written"), Duty: r.answer("duty"), HireNotice: r.instant("hire_notice")},
	}
	if r.text("item") != "" {
		c.Activity = eligibility.Item(r.number("item"))
	}
	for _, w := range r.words("elements") {
		var e eligibility.Element
		if e.UnmarshalText([]byte(w)) != nil {
			r.refuse("elements", "not an element of the contract")
		}
		c.Terms.Elements = append(c.Terms.Elements, e)
	}
	if hours, days := r.number("notice_hours"), r.number("notice_days"); hours+days > 0 {
		c.Terms.Notice = &eligibility.Notice{Hours: hours, WorkingDays: days}
	}
	if c.Signed == 0 {
		r.refuse("signed", "missing")
	}
	if c.Work.Validate() != nil {
		r.refuse("first", "not a span of days: the first is missing or after the last")
	}
	if r.bad == nil {
		b.contracts[p] = c
	}
}

var workedColumns = []string{"worker", "employer", "first", "last"}

func (b *book) work(r *row) {
	p := b.pair(r)
	s := law.Span{First: r.day("first"), Last: r.day("last")}
	if s.Last == 0 {
		s.Last = s.First
	}
	if s.Validate() != nil {
		r.refuse("first", "not a span of days: the first is missing or after the last")
	}
	if r.bad == nil {
		b.worked[p] = append(b.worked[p], s)
	}
}

var callColumns = []string{"worker", "employer", "start", "channel"}

func (b *book) call(r *row) {
	p := b.pair(r)
	start := r.instant("start")
	if start.IsZero() {
		r.refuse("start", "missing")
	}
	var ch calls.Channel
	if s := r.text("channel"); s != "" && ch.UnmarshalText([]byte(s)) != nil {
		r.refuse("channel", "not one of portal, email, sms, app, fax")
	}
	if _, ok := b.contracts[p]; !ok {
		r.refuse("worker", "no contract of this worker with this employer")
	}
	if r.bad != nil {
		return
	}
	for i := range b.lines {
		if l := &b.lines[i]; l.pair == p && l.Channel == ch {
			l.Starts = append(l.Starts, start)
			return
		}
	}
	b.lines = append(b.lines, line{p, preflight.Line{Case: preflight.Case{Channel: ch}, Starts: []time.Time{start}}})
}

// pair reads worker and employer, which must be known.
func (b *book) pair(r *row) pair {
	p := pair{r.needed("worker"), r.needed("employer")}
	if _, ok := b.workers[p.worker]; !ok && p.worker != "" {
		r.refuse("worker", "not in workers.csv")
	}
	if _, ok := b.employers[p.employer]; !ok && p.employer != "" {
		r.refuse("employer", "not in employers.csv")
	}
	return p
}

// complete gives a line all that is known of its pair.
func (b *book) complete(l *line, now time.Time) {
	e := b.employers[l.employer]
	l.Now, l.Worker, l.Contract, l.Employer = now, b.workers[l.worker], b.contracts[l.pair], e.limit
	l.Contract.Employer, l.Contract.Unit = e.facts, e.unit
	l.Worked = limits.LedgerOf(b.worked[l.pair])
	for _, other := range b.lines { // the same worker called by another channel
		if other.pair == l.pair && other.Channel != l.Channel {
			for _, start := range other.Starts {
				l.Planned = l.Planned.With(law.RomeDay(start))
			}
		}
	}
	// The employer sends, from a number it registered.
	l.Sender = calls.Sender{Role: calls.RoleEmployer, OwnCompany: law.Yes, PhoneRegistered: law.Yes}
}

// masked names a worker by the key of the files and a code that tells nothing.
func masked(key string, w preflight.Worker) string {
	code, err := cf.Parse(w.Code)
	if err != nil {
		return key
	}
	return fmt.Sprintf("%s %s", key, code.Mask())
}

// employersInOrder are the employers that have lines, in the order of the calls.
func (b *book) employersInOrder() []string {
	var list []string
	for _, l := range b.lines {
		if !slices.Contains(list, l.employer) {
			list = append(list, l.employer)
		}
	}
	return list
}

// roster is one employer's part of the plan.
func (b *book) roster(key string, now time.Time) preflight.Roster {
	r := preflight.Roster{Now: now, Employer: b.employers[key].code}
	for _, l := range b.lines {
		if l.employer == key {
			r.Workers = append(r.Workers, l.Line)
		}
	}
	return r
}
