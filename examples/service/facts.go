package main

import (
	"encoding/json"
	"maps"
	"net/http"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// How facts are stored. Storing can be repeated: the last time counts, but for what was
// sent or decided, which stays.
var (
	employers = form{table: "employers", columns: []string{"tenant", "employer", "facts"}, keys: 2}
	workers   = form{table: "workers", columns: []string{"tenant", "worker", "facts"}, keys: 2}
	codes     = form{table: "codes", columns: []string{"tenant", "code", "worker"}, keys: 2, keep: true}
	contracts = form{table: "contracts", columns: []string{"tenant", "employer", "worker", "facts"}, keys: 3}
	months    = form{table: "months", columns: []string{"tenant", "employer", "worker", "month", "facts"}, keys: 4, day: "month"}
	days      = form{table: "worked", columns: []string{"tenant", "employer", "worker", "month", "days"}, keys: 4, day: "month"}
	planned   = form{table: "calls", columns: []string{"tenant", "employer", "worker", "start", "facts"}, keys: 4, day: "start"}
	sent      = form{table: "communications", columns: []string{"tenant", "employer", "communication", "sent", "facts"}, keys: 3, keep: true, day: "sent"}
	called    = form{table: "called", columns: []string{"tenant", "employer", "code", "communication"}, keys: 4, keep: true}
	decisions = form{
		table: "decisions", keys: 2, keep: true, day: "start", hidden: 2,
		columns: []string{"tenant", "decision", "employer", "worker", "start", "verdict", "planned", "asked", "record"},
	}
)

// pair is what is stored of a worker at an employer.
type pair struct {
	key            string // the worker's
	employer       table.Employer
	worker         preflight.Worker
	contract       eligibility.Contract
	worked, nights limits.Ledger
	calls          []preflight.Start
	code           string                // of the worker in what was sent
	sent           []calls.Communication // with this worker's rows alone
}

// outlook is the plan of some days, judged, and whose its lines are.
type outlook struct {
	preflight.Forecast
	now            time.Time
	days           law.Span
	employer       table.Employer
	pairs          []pair
	workers, codes []string
}

// moment is a legal moment that one of a worker's calls brings.
type moment struct {
	Worker string           `json:"worker"`
	Start  time.Time        `json:"start"`  // of the call
	Stands bool             `json:"stands"` // false where the call may not be made
	Moment preflight.Moment `json:"moment"`
}

func (m moment) when() time.Time {
	if m.Moment.Day != 0 {
		return law.RomeMidnight(m.Moment.Day)
	}
	return m.Moment.At
}

// whose says whose facts are meant: an employer's, or a worker's there.
type whose struct{ tenant, employer, worker string }

// utc writes an instant as the database has it.
func utc(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// mostCalls bounds what one question may cost.
const mostCalls = 5000

var errManyCalls = &failure{status: 400, Code: "too-long", Path: "days", Text: law.Say(
	"more than %d calls are planned on these days: ask for fewer days, or for one worker",
	"in questi giorni sono previste più di %d chiamate: chiedere meno giorni, o un solo lavoratore", mostCalls)}

// planned loads the workers of an employer who have calls from one instant to before
// another, all of them or one, and the employer.
func (q *tx) planned(of whose, from, to time.Time) (e table.Employer, list []pair) {
	e = facts[table.Employer](q, employers, of.tenant, of.employer)
	span := []any{of.tenant, of.employer, utc(from), utc(to)}
	cond := ``
	if of.worker != "" {
		span, cond = append(span, of.worker), ` AND worker = $5`
	}
	var n int
	const among = ` FROM calls WHERE tenant = $1 AND employer = $2 AND start >= $3 AND start < $4`
	if q.get(&n, `SELECT count(*)`+among+cond, span...); n > mostCalls {
		q.fail(errManyCalls)
	}
	return e, q.pairs(of, ` AND w.worker IN (SELECT worker`+among+cond+`)`, span[2:]...)
}

// facts reads the facts of one row.
func facts[T any](q *tx, f form, key ...any) T {
	var c column[T]
	q.get(&c, `SELECT facts`+f.where(), key...)
	return c.of
}

// pair loads a worker at an employer.
func (q *tx) pair(of whose) *pair {
	list := q.pairs(of, ` AND w.worker = $3`, of.worker)
	if len(list) == 0 {
		q.fail(errUnknown)
		return &pair{}
	}
	return &list[0]
}

// pairs loads workers of an employer: those of a condition on w.worker.
func (q *tx) pairs(of whose, cond string, more ...any) []pair {
	args := append([]any{of.tenant, of.employer}, more...)
	var found []struct {
		Worker   string
		Employer column[table.Employer]
		Person   column[preflight.Worker]
		Contract column[eligibility.Contract]
	}
	q.all(&found, `SELECT w.worker, e.facts AS employer, w.facts AS person, c.facts AS contract FROM contracts c
		JOIN employers e ON e.tenant = c.tenant AND e.employer = c.employer
		JOIN workers w ON w.tenant = c.tenant AND w.worker = c.worker
		WHERE c.tenant = $1 AND c.employer = $2`+cond+` ORDER BY w.worker`, args...)
	list, at, all := make([]pair, len(found)), map[string]*pair{}, map[string]worked{}
	for i, x := range found {
		list[i] = pair{key: x.Worker, employer: x.Employer.of, worker: x.Person.of, contract: x.Contract.of}
		at[x.Worker], all[x.Worker] = &list[i], worked{}
	}
	if len(list) == 0 {
		return nil
	}

	var months []struct{ Worker, Month, Days string }
	q.all(&months, `SELECT worker, month, days FROM worked w WHERE tenant = $1 AND employer = $2`+cond, args...)
	for _, x := range months {
		q.fail(all[x.Worker].add(x.Month, x.Days))
	}
	for worker, days := range all {
		at[worker].worked, at[worker].nights = days.ledgers()
	}

	var starts []struct {
		Worker string
		Facts  column[preflight.Start]
	}
	q.all(&starts, `SELECT worker, facts FROM calls w WHERE tenant = $1 AND employer = $2`+cond+` ORDER BY worker, start`, args...)
	for _, x := range starts {
		x.Facts.of.Start = law.InRome(x.Facts.of.Start)
		at[x.Worker].calls = append(at[x.Worker].calls, x.Facts.of)
	}

	var sent []struct { // under whichever of a worker's codes
		Worker, Communication string
		Facts                 column[calls.Communication]
	}
	q.all(&sent, `SELECT DISTINCT w.worker, m.communication, m.facts FROM codes w
		JOIN called d ON d.tenant = w.tenant AND d.code = w.code
		JOIN contracts c ON c.tenant = d.tenant AND c.employer = d.employer AND c.worker = w.worker
		JOIN communications m ON m.tenant = d.tenant AND m.employer = d.employer AND m.communication = d.communication
		WHERE d.tenant = $1 AND d.employer = $2`+cond, args...)
	for _, x := range sent {
		at[x.Worker].called(x.Facts.of)
	}
	return list
}

// called adds a communication with the rows of the worker alone, all under one code.
func (p *pair) called(c calls.Communication) {
	mine := codesOf(p.worker)
	c.Rows = slices.DeleteFunc(c.Rows, func(r calls.Row) bool { return !slices.Contains(mine, canonical(r.Worker)) })
	for i := range c.Rows {
		p.code = mine[0]
		c.Rows[i].Worker = p.code
	}
	c.Persons = nil
	p.sent = append(p.sent, c)
}

// shift is what is known of a day worked.
type shift struct {
	Hours          decimal.Decimal `json:"hours,omitzero"`           // zero: not known
	AcrossMidnight bool            `json:"across_midnight,omitzero"` // work went on into the next day
}

// worked are days worked.
type worked map[date.Date]shift

// add reads a row of days worked.
func (all worked) add(month, text string) error {
	var days map[string]shift
	if json.Unmarshal([]byte(text), &days) != nil {
		return errStored
	}
	for day, x := range days {
		d, err := law.ParseDay(month + "-" + day)
		if err != nil {
			return errStored
		}
		all[d] = x
	}
	return nil
}

// ledgers are the days, and those of them on which work went on past midnight.
func (all worked) ledgers() (days, nights limits.Ledger) {
	var late []date.Date
	for d, x := range all {
		if x.AcrossMidnight {
			late = append(late, d)
		}
	}
	return limits.NewLedger(slices.Collect(maps.Keys(all))...), limits.NewLedger(late...)
}

// days loads the days worked by a worker in some months.
func (q *tx) days(of whose, from, to string) worked {
	var months []struct{ Month, Days string }
	q.all(&months, `SELECT month, days FROM worked WHERE tenant = $1 AND employer = $2 AND worker = $3 AND month BETWEEN $4 AND $5`,
		of.tenant, of.employer, of.worker, from, to)
	all := worked{}
	for _, x := range months {
		q.fail(all.add(x.Month, x.Days))
	}
	return all
}

// rows writes days as rows of the database, a month each.
func (all worked) rows(of whose) (rows [][]any) {
	months := map[string]map[string]shift{}
	for d, x := range all {
		text := law.FormatDay(d)
		if months[text[:7]] == nil {
			months[text[:7]] = map[string]shift{}
		}
		months[text[:7]][text[8:]] = x
	}
	for month, days := range months {
		rows = append(rows, []any{of.tenant, of.employer, of.worker, month, jsonOf(days)})
	}
	return rows
}

// canonical is a code with omocodia undone. One that is wrong stands for itself: whoever
// has the same wrong code is the same person.
func canonical(code string) string {
	k := cf.KeyOf(code)
	if k.Valid() {
		return k.Code().Canonical().String()
	}
	return strings.ToUpper(strings.Join(strings.Fields(code), ""))
}

// codesOf are the codes of a worker.
func codesOf(w preflight.Worker) (list []string) {
	for _, code := range append([]string{w.Code}, w.Also...) {
		if code = canonical(code); code != "" && !slices.Contains(list, code) {
			list = append(list, code)
		}
	}
	return list
}

// takenAt says that another worker has a code: that of a line of a file, or the one sent.
func takenAt(line int) error {
	text := law.Text{EN: "another worker is stored with this codice fiscale", IT: "con questo codice fiscale è archiviato un altro lavoratore"}
	if line > 0 {
		return problemsIn(sheet.Problem{File: table.Workers.Name, Line: line, Column: "code", Message: text})
	}
	return &failure{status: http.StatusConflict, Code: "conflict", Path: "/code", Text: text}
}

// putWorkers stores workers with their codes; no two share one.
func (q *tx) putWorkers(rows []parsed) {
	for _, x := range rows {
		q.run(`DELETE FROM codes WHERE tenant = $1 AND worker = $2`, x.tenant, x.worker)
	}
	workers.putRows(q, rows)
	var list [][]any
	for _, x := range rows {
		for _, code := range x.codes {
			list = append(list, []any{x.tenant, code, x.worker})
		}
	}
	if q.put(codes, list...) == len(list) {
		return
	}
	for _, x := range rows {
		for _, code := range x.codes {
			var owner string
			if q.get(&owner, `SELECT worker`+codes.where(), x.tenant, code); owner != x.worker {
				q.fail(takenAt(x.line))
			}
		}
	}
}

// month loads what is stored of a month, and its shifts.
func (q *tx) month(of whose, month law.Month) indemnity.Case {
	c := facts[indemnity.Case](q, months, of.tenant, of.employer, of.worker, month.String())
	all := q.days(of, month.String(), month.String())
	for _, day := range slices.Sorted(maps.Keys(all)) {
		c.Worked = append(c.Worked, indemnity.Shift{Day: day, Hours: all[day].Hours})
	}
	return c
}

// lockPair takes a worker's contract for the rest of the transaction: whatever is
// written of the pair waits its turn, so that two calls never take the same last day.
func (q *tx) lockPair(of whose) {
	var n int
	q.get(&n, `SELECT 1`+contracts.where()+q.lock, of.tenant, of.employer, of.worker)
}

func callRow(of whose, x preflight.Start) []any {
	return []any{of.tenant, of.employer, of.worker, utc(x.Start), jsonOf(x)}
}
