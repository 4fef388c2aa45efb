package main

import (
	"io/fs"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
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
	at int // the first row of calls.csv
	preflight.Line
}

// load reads a folder. What cannot be used is returned, each with its place, and
// stops nothing else.
func load(files fs.FS, now time.Time) (*book, []badField) {
	b := &book{
		employers: map[string]employer{}, workers: map[string]preflight.Worker{},
		contracts: map[pair]eligibility.Contract{}, worked: map[pair]law.Days{},
	}
	bad := slices.Concat( // each needs those before it
		employersSheet.read(files, b.employer),
		workersSheet.read(files, b.worker),
		contractsSheet.read(files, b.contract),
		workedSheet.read(files, b.work),
		callsSheet.read(files, b.call),
	)
	for i := range b.lines {
		b.complete(&b.lines[i], now)
	}
	return b, bad
}

const twice = "given twice: the row above stands"

var employersSheet = sheet{"employers.csv", 2, []string{
	"employer", "name", "code", "ateco", "ateco_version", "sector_activity", "sector_agreement",
	"public_administration", "risk_assessment", "on_call_section", "replaces_strikers",
	"collective_dismissals", "suspensions",
}}

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
	if _, ok := b.employers[key]; ok {
		r.refuse("employer", twice)
	}
	if r.bad == nil {
		b.employers[key] = e
	}
}

var workersSheet = sheet{"workers.csv", 1, []string{"worker", "code", "surname", "name", "birth", "sex", "place"}}

func (b *book) worker(r *row) {
	key := r.needed("worker")
	w := preflight.Worker{Code: r.text("code"), Surname: r.text("surname"), Name: r.text("name"), Birth: r.day("birth")}
	r.word("sex", "not M or F", &w.Sex)
	r.word("place", "not the code of a place, as H501", &w.Place)
	if _, ok := b.workers[key]; ok {
		r.refuse("worker", twice)
	}
	if r.bad == nil {
		b.workers[key] = w
	}
}

var contractsSheet = sheet{"contracts.csv", 4, []string{
	"worker", "employer", "signed", "first", "last", "schooling_done", "item", "agreement_needs", "agreement_bans",
	"period_first", "period_last", "written", "duty", "elements", "notice_hours", "notice_days", "hire_notice",
}}

func (b *book) contract(r *row) {
	p := b.pair(r)
	c := eligibility.Contract{
		Signed:        r.day("signed"),
		Work:          r.span("first", "last"),
		SchoolingDone: r.answer("schooling_done"),
		Agreement: eligibility.CollectiveAgreement{
			Needs: r.answer("agreement_needs"), Bans: r.answer("agreement_bans"),
			Period: r.span("period_first", "period_last"),
		},
		Terms: eligibility.Terms{Written: r.answer("written"), Duty: r.answer("duty"), HireNotice: r.instant("hire_notice")},
	}
	if r.text("item") != "" {
		c.Activity = eligibility.Item(r.number("item"))
	}
	for w := range strings.FieldsSeq(r.text("elements")) {
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
	if c.Work.IsZero() {
		r.refuse("first", "missing")
	}
	if _, ok := b.contracts[p]; ok {
		r.refuse("worker", "a second contract of this worker with this employer: this program judges one")
	}
	if r.bad == nil {
		b.contracts[p] = c
	}
}

var workedSheet = sheet{"worked.csv", 3, []string{"worker", "employer", "first", "last"}}

func (b *book) work(r *row) {
	p := b.pair(r)
	s := r.span("first", "last")
	if s.First == 0 {
		r.refuse("first", "missing")
	}
	if s.Last == 0 {
		s.Last = s.First
	}
	if r.bad == nil {
		b.worked[p] = append(b.worked[p], s)
	}
}

var callsSheet = sheet{"calls.csv", 3, []string{"worker", "employer", "start", "channel"}}

func (b *book) call(r *row) {
	p := b.pair(r)
	start := r.instant("start")
	if start.IsZero() {
		r.refuse("start", "missing")
	}
	var ch calls.Channel
	r.word("channel", "not one of portal, email, sms, app, fax", &ch)
	if _, ok := b.contracts[p]; !ok {
		r.refuse("worker", "no usable contract with this employer in contracts.csv")
	}
	into := -1
	for i, l := range b.lines {
		if l.pair != p {
			continue
		}
		if l.Channel == ch {
			into = i
		}
		if slices.ContainsFunc(l.Starts, start.Equal) {
			r.refuse("start", twice)
		}
	}
	switch {
	case r.bad != nil:
	case into < 0:
		b.lines = append(b.lines, line{p, r.line, preflight.Line{Case: preflight.Case{Channel: ch}, Starts: []time.Time{start}}})
	default:
		b.lines[into].Starts = append(b.lines[into].Starts, start)
	}
}

// pair reads worker and employer, which must be known.
func (b *book) pair(r *row) pair {
	p := pair{r.needed("worker"), r.needed("employer")}
	if _, ok := b.workers[p.worker]; !ok {
		r.refuse("worker", "no usable row in workers.csv")
	}
	if _, ok := b.employers[p.employer]; !ok {
		r.refuse("employer", "no usable row in employers.csv")
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
