package main

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// employer is what is stored of an employer, member by member a type of the library.
type employer struct {
	Name   string               `json:"name"`
	Code   string               `json:"code,omitzero"`   // codice fiscale
	Sector limits.Employer      `json:"sector,omitzero"` // what decides the exemption from the cap
	Facts  eligibility.Employer `json:"facts,omitzero"`
	Unit   eligibility.Unit     `json:"unit,omitzero"`
	Sender calls.Sender         `json:"sender,omitzero"` // who sends the communications
}

// pair is what is stored of a worker at an employer.
type pair struct {
	key      string // the worker's
	employer employer
	worker   preflight.Worker
	contract eligibility.Contract
	worked   limits.Ledger
	calls    []preflight.Start
	sent     []calls.Communication // with this worker's rows alone
}

// forecast is a plan judged, and whose its lines are.
type forecast struct {
	preflight.Forecast
	workers, codes []string
}

// moment is a legal moment of a worker that one of the worker's calls brings.
type moment struct {
	Worker string    `json:"worker"`
	Start  time.Time `json:"start"`  // of the call
	Stands bool      `json:"stands"` // false where the call may not be made
	preflight.Moment
}

// MarshalJSON writes the members of a moment after those of its call.
func (m moment) MarshalJSON() ([]byte, error) {
	o := law.OpenObject(nil)
	o.String("worker", m.Worker)
	o.Instant("start", m.Start)
	o.Bool("stands", m.Stands)
	o.String("what", m.What.String())
	if m.Day != 0 {
		o.Day("day", m.Day)
	} else {
		o.Instant("at", m.At)
	}
	return o.Close()
}

func (m moment) when() time.Time {
	if m.Day != 0 {
		return law.RomeMidnight(m.Day)
	}
	return m.At
}

// whose says whose facts are meant: an employer's, or a worker's there.
type whose struct{ tenant, employer, worker string }

const instantUTC = "2006-01-02T15:04:05Z"

// utc writes an instant as the database has it.
func utc(t time.Time) string { return t.UTC().Format(instantUTC) }

// loadOne loads a worker at an employer.
func (s *store) loadOne(ctx context.Context, tx *sql.Tx, of whose) (*pair, error) {
	list, err := load(ctx, tx, of, ` AND w.worker = $3`, of.worker)
	if err == nil && len(list) == 0 {
		err = errUnknown
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// mostCalls bounds what one question may cost.
const mostCalls = 5000

var errManyCalls = &failure{status: 400, Code: "too-long", Path: "days", Text: law.Say(
	"more than %d calls are planned on these days: ask for fewer days, or for one worker",
	"in questi giorni sono previste più di %d chiamate: chiedere meno giorni, o un solo lavoratore", mostCalls)}

// loadPlanned loads the workers of an employer who have calls from one instant to
// before another, all of them or one, and the employer.
func (s *store) loadPlanned(ctx context.Context, tx *sql.Tx, of whose, from, to time.Time) (e employer, list []pair, err error) {
	if err := one(ctx, tx, &e, `SELECT facts FROM employers WHERE tenant = $1 AND employer = $2`, of.tenant, of.employer); err != nil {
		return e, nil, err
	}
	span := []any{of.tenant, of.employer, utc(from), utc(to)}
	cond := ``
	if of.worker != "" {
		span, cond = append(span, of.worker), ` AND worker = $5`
	}
	var n int
	const among = ` FROM calls WHERE tenant = $1 AND employer = $2 AND start >= $3 AND start < $4`
	if err := tx.QueryRowContext(ctx, `SELECT count(*)`+among+cond, span...).Scan(&n); err != nil {
		return e, nil, err
	}
	if n > mostCalls {
		return e, nil, errManyCalls
	}
	list, err = load(ctx, tx, of, ` AND w.worker IN (SELECT worker`+among+cond+`)`, span[2:]...)
	return e, list, err
}

// one reads the facts of one row.
func one(ctx context.Context, tx *sql.Tx, into any, query string, args ...any) error {
	var text string
	switch err := tx.QueryRowContext(ctx, query, args...).Scan(&text); {
	case errors.Is(err, sql.ErrNoRows):
		return errUnknown
	case err != nil:
		return err
	case law.Decode([]byte(text), into) != nil:
		return errStored
	}
	return nil
}

// load loads workers of an employer: those of a condition on w.worker.
func load(ctx context.Context, tx *sql.Tx, of whose, cond string, more ...any) ([]pair, error) {
	var list []pair
	at := map[string]int{}
	args := append([]any{of.tenant, of.employer}, more...)
	err := each(ctx, tx, func(scan func(...any) error) error {
		var p pair
		var e, w, c string
		if err := scan(&p.key, &e, &w, &c); err != nil {
			return err
		}
		at[p.key] = len(list)
		for _, x := range []struct {
			text string
			into any
		}{{e, &p.employer}, {w, &p.worker}, {c, &p.contract}} {
			if law.Decode([]byte(x.text), x.into) != nil {
				return errStored
			}
		}
		list = append(list, p)
		return nil
	}, `SELECT w.worker, e.facts, w.facts, c.facts FROM contracts c
		JOIN employers e ON e.tenant = c.tenant AND e.employer = c.employer
		JOIN workers w ON w.tenant = c.tenant AND w.worker = c.worker
		WHERE c.tenant = $1 AND c.employer = $2`+cond+` ORDER BY w.worker`, args...)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	days := make([][]date.Date, len(list))
	err = each(ctx, tx, func(scan func(...any) error) error {
		var worker, month, text string
		if err := scan(&worker, &month, &text); err != nil {
			return err
		}
		of, err := monthOf(month, text)
		for d := range of {
			days[at[worker]] = append(days[at[worker]], d)
		}
		return err
	}, `SELECT worker, month, days FROM worked w WHERE tenant = $1 AND employer = $2`+cond, args...)
	if err != nil {
		return nil, err
	}
	for i := range list {
		list[i].worked = limits.NewLedger(days[i]...)
	}
	err = each(ctx, tx, func(scan func(...any) error) error {
		var worker, start, channel string
		if err := scan(&worker, &start, &channel); err != nil {
			return err
		}
		var x preflight.Start
		t, err := time.Parse(time.RFC3339, start)
		if err != nil || channel != "" && x.Channel.UnmarshalText([]byte(channel)) != nil {
			return errStored
		}
		x.Start = law.InRome(t)
		p := &list[at[worker]]
		p.calls = append(p.calls, x)
		return nil
	}, `SELECT worker, start, channel FROM calls w WHERE tenant = $1 AND employer = $2`+cond+` ORDER BY worker, start`, args...)
	if err != nil {
		return nil, err
	}
	return list, each(ctx, tx, func(scan func(...any) error) error {
		var worker, facts string
		if err := scan(&worker, &facts); err != nil {
			return err
		}
		var c calls.Communication
		if c.UnmarshalJSON([]byte(facts)) != nil {
			return errStored
		}
		p := &list[at[worker]]
		code := canonical(p.worker.Code)
		c.Rows = slices.DeleteFunc(c.Rows, func(r calls.Row) bool { return canonical(r.Worker) != code })
		for i := range c.Rows {
			c.Rows[i].Worker = p.worker.Code
		}
		p.sent = append(p.sent, c)
		return nil
	}, `SELECT w.worker, m.facts FROM called d JOIN workers w ON w.tenant = d.tenant AND w.code = d.code
		JOIN contracts c ON c.tenant = d.tenant AND c.employer = d.employer AND c.worker = w.worker
		JOIN communications m ON m.tenant = d.tenant AND m.employer = d.employer AND m.communication = d.communication
		WHERE d.tenant = $1 AND d.employer = $2`+cond, args...)
}

// worked are days worked, with their hours.
type worked map[date.Date]decimal.Decimal

// monthOf reads a row of days worked.
func monthOf(month, text string) (worked, error) {
	var days map[string]decimal.Decimal
	if json.Unmarshal([]byte(text), &days) != nil {
		return nil, errStored
	}
	all := worked{}
	for day, hours := range days {
		d, err := law.ParseDay(month + "-" + day)
		if err != nil {
			return nil, errStored
		}
		all[d] = hours
	}
	return all, nil
}

// loadDays loads the days worked by a worker in some months.
func loadDays(ctx context.Context, tx *sql.Tx, of whose, from, to string) (all worked, err error) {
	all = worked{}
	return all, each(ctx, tx, func(scan func(...any) error) error {
		var month, text string
		if err := scan(&month, &text); err != nil {
			return err
		}
		days, err := monthOf(month, text)
		maps.Copy(all, days)
		return err
	}, `SELECT month, days FROM worked WHERE tenant = $1 AND employer = $2 AND worker = $3 AND month BETWEEN $4 AND $5`,
		of.tenant, of.employer, of.worker, from, to)
}

// rows writes days as rows of the database, a month each.
func (all worked) rows(of whose) (rows [][]any) {
	months := map[string]map[string]string{}
	for d, hours := range all {
		text := law.FormatDay(d)
		if months[text[:7]] == nil {
			months[text[:7]] = map[string]string{}
		}
		months[text[:7]][text[8:]] = hours.String()
	}
	for month, days := range months {
		b, _ := json.Marshal(days) // text never fails
		rows = append(rows, []any{of.tenant, of.employer, of.worker, month, string(b)})
	}
	return rows
}

// canonical is a code with omocodia undone, empty where there is none.
func canonical(code string) string {
	c, err := cf.ParseLoose(code)
	if err != nil {
		return ""
	}
	return c.Canonical().String()
}

// loadMonth loads what is stored of a month, and its shifts.
func (s *store) loadMonth(ctx context.Context, tx *sql.Tx, of whose, month law.Month) (c indemnity.Case, err error) {
	if err := one(ctx, tx, &c, `SELECT facts FROM months WHERE tenant = $1 AND employer = $2 AND worker = $3 AND month = $4`,
		of.tenant, of.employer, of.worker, month.String()); err != nil {
		return c, err
	}
	all, err := loadDays(ctx, tx, of, month.String(), month.String())
	for _, day := range slices.Sorted(maps.Keys(all)) {
		c.Worked = append(c.Worked, indemnity.Shift{Day: day, Hours: all[day]})
	}
	return c, err
}

// lock takes a worker's contract for the rest of the transaction: whatever is
// written of the pair waits its turn, so that two calls never take the same last
// day.
func (s *store) lock(ctx context.Context, tx *sql.Tx, of whose) error {
	var known int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM contracts WHERE tenant = $1 AND employer = $2 AND worker = $3`+s.forUpdate,
		of.tenant, of.employer, of.worker).Scan(&known)
	if errors.Is(err, sql.ErrNoRows) {
		return errUnknown
	}
	return err
}

// How facts are stored. Storing can be repeated: the last time counts.
var (
	employers = form{"employers", []string{"tenant", "employer", "facts"}, 2, false}
	workers   = form{"workers", []string{"tenant", "worker", "code", "facts"}, 2, false}
	contracts = form{"contracts", []string{"tenant", "employer", "worker", "facts"}, 3, false}
	months    = form{"months", []string{"tenant", "employer", "worker", "month", "facts"}, 4, false}
	days      = form{"worked", []string{"tenant", "employer", "worker", "month", "days"}, 4, false}
	planned   = form{"calls", []string{"tenant", "employer", "worker", "start", "channel"}, 4, false}
	sent      = form{"communications", []string{"tenant", "employer", "communication", "sent", "facts"}, 3, true}
	called    = form{"called", []string{"tenant", "employer", "code", "communication"}, 4, true}
	decisions = form{"decisions", []string{"tenant", "decision", "asked", "employer", "worker", "start", "verdict", "planned", "record"}, 2, true}
)

func callRow(of whose, x preflight.Start) []any {
	return []any{of.tenant, of.employer, of.worker, utc(x.Start), x.Channel.String()}
}
