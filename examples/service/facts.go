package main

import (
	"context"
	"database/sql"
	"errors"
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

type plannedCall struct {
	start   time.Time
	channel calls.Channel
}

// pair is what is stored of a worker at an employer.
type pair struct {
	key      string // the worker's
	employer employer
	worker   preflight.Worker
	contract eligibility.Contract
	worked   limits.Ledger
	calls    []plannedCall
	sent     []calls.Communication // with this worker's rows alone
}

// line is what is planned for one worker by one channel.
type line struct {
	Worker  string        `json:"worker"`
	Channel calls.Channel `json:"channel,omitzero"`
	Code    string        `json:"-"`
}

// forecast is a plan judged, and whose its lines are.
type forecast struct {
	Lines []line `json:"lines"`
	preflight.Forecast
}

// moment is a legal moment of a worker that one of the worker's calls brings.
type moment struct {
	Worker string    `json:"worker"`
	Start  time.Time `json:"start"`  // of the call
	Stands bool      `json:"stands"` // false where the call may not be made
	preflight.Moment
}

func (m moment) when() time.Time {
	if m.Day != 0 {
		return law.RomeMidnight(m.Day)
	}
	return m.At
}

// Whose pairs to load: the second argument of each query.
const (
	oneWorker  = ` AND w.worker = $2`
	withCalls  = ` AND w.worker IN (SELECT worker FROM calls WHERE employer = $1 AND start >= $2)`
	instantUTC = "2006-01-02T15:04:05Z"
)

// loadOne loads a worker at an employer.
func (s *store) loadOne(ctx context.Context, tx *sql.Tx, employer, worker string) (*pair, error) {
	list, err := load(ctx, tx, oneWorker, employer, worker)
	if err == nil && len(list) == 0 {
		err = errUnknown
	}
	if err != nil {
		return nil, err
	}
	return &list[0], nil
}

// loadPlanned loads an employer's workers who have calls planned from an instant on.
func (s *store) loadPlanned(ctx context.Context, tx *sql.Tx, employer string, since time.Time) ([]pair, error) {
	var known int
	switch err := tx.QueryRowContext(ctx, `SELECT 1 FROM employers WHERE employer = $1`, employer).Scan(&known); {
	case errors.Is(err, sql.ErrNoRows):
		return nil, errUnknown
	case err != nil:
		return nil, err
	}
	list, err := load(ctx, tx, withCalls, employer, since.UTC().Format(instantUTC))
	n := 0
	for i := range list {
		n += len(list[i].calls)
	}
	if n > mostCalls {
		return nil, &failure{status: 400, Code: "value", Message: "too many calls are planned for one question"}
	}
	return list, err
}

// mostCalls bounds what one question may cost.
const mostCalls = 5000

func load(ctx context.Context, tx *sql.Tx, whose, employer, second string) ([]pair, error) {
	var list []pair
	at := map[string]int{}
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
	}, `SELECT w.worker, e.facts, w.facts, c.facts FROM contracts c JOIN employers e ON e.employer = c.employer
		JOIN workers w ON w.worker = c.worker WHERE c.employer = $1`+whose+` ORDER BY w.worker`, employer, second)
	if err != nil || len(list) == 0 {
		return nil, err
	}
	days := make([][]date.Date, len(list))
	err = each(ctx, tx, func(scan func(...any) error) error {
		var worker, day string
		if err := scan(&worker, &day); err != nil {
			return err
		}
		d, err := law.ParseDay(day)
		if err != nil {
			return errStored
		}
		days[at[worker]] = append(days[at[worker]], d)
		return nil
	}, `SELECT worker, day FROM worked w WHERE employer = $1`+whose, employer, second)
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
		var x plannedCall
		t, err := time.Parse(time.RFC3339, start)
		if err != nil || channel != "" && x.channel.UnmarshalText([]byte(channel)) != nil {
			return errStored
		}
		x.start = law.InRome(t)
		p := &list[at[worker]]
		p.calls = append(p.calls, x)
		return nil
	}, `SELECT worker, start, channel FROM calls w WHERE employer = $1`+whose+` ORDER BY worker, start`, employer, second)
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
	}, `SELECT w.worker, m.facts FROM called d JOIN workers w ON w.code = d.code
		JOIN contracts c ON c.employer = d.employer AND c.worker = w.worker
		JOIN communications m ON m.employer = d.employer AND m.communication = d.communication
		WHERE d.employer = $1`+whose, employer, second)
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
func (s *store) loadMonth(ctx context.Context, tx *sql.Tx, employer, worker string, month law.Month) (c indemnity.Case, shifts []indemnity.Shift, err error) {
	var facts string
	err = tx.QueryRowContext(ctx, `SELECT facts FROM months WHERE employer = $1 AND worker = $2 AND month = $3`, employer, worker, month.String()).Scan(&facts)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return c, nil, errUnknown
	case err != nil:
		return c, nil, err
	case c.UnmarshalJSON([]byte(facts)) != nil:
		return c, nil, errStored
	}
	span := month.Span()
	return c, shifts, each(ctx, tx, func(scan func(...any) error) error {
		var day, hours string
		if err := scan(&day, &hours); err != nil {
			return err
		}
		d, err := law.ParseDay(day)
		h, err2 := decimal.NewFromString(hours)
		if err != nil || err2 != nil {
			return errStored
		}
		shifts = append(shifts, indemnity.Shift{Day: d, Hours: h})
		return nil
	}, `SELECT day, hours FROM worked WHERE employer = $1 AND worker = $2 AND day BETWEEN $3 AND $4 ORDER BY day`,
		employer, worker, law.FormatDay(span.First), law.FormatDay(span.Last))
}

// lock takes a worker's contract for the rest of the transaction: whatever is
// written of the pair waits its turn, so that two calls never take the same last
// day.
func (s *store) lock(ctx context.Context, tx *sql.Tx, employer, worker string) error {
	var known int
	err := tx.QueryRowContext(ctx, `SELECT 1 FROM contracts WHERE employer = $1 AND worker = $2`+s.forUpdate, employer, worker).Scan(&known)
	if errors.Is(err, sql.ErrNoRows) {
		return errUnknown
	}
	return err
}

// The statements that store facts. Each can be repeated: the last one counts.

func saveEmployer(ctx context.Context, tx *sql.Tx, employer string, facts []byte) error {
	return run(ctx, tx, `INSERT INTO employers (employer, facts) VALUES ($1, $2)
		ON CONFLICT (employer) DO UPDATE SET facts = excluded.facts`, employer, string(facts))
}

func saveWorker(ctx context.Context, tx *sql.Tx, worker, code string, facts []byte) error {
	return run(ctx, tx, `INSERT INTO workers (worker, code, facts) VALUES ($1, $2, $3)
		ON CONFLICT (worker) DO UPDATE SET code = excluded.code, facts = excluded.facts`, worker, canonical(code), string(facts))
}

func saveContract(ctx context.Context, tx *sql.Tx, employer, worker string, facts []byte) error {
	return run(ctx, tx, `INSERT INTO contracts (employer, worker, facts) VALUES ($1, $2, $3)
		ON CONFLICT (employer, worker) DO UPDATE SET facts = excluded.facts`, employer, worker, string(facts))
}

func saveMonth(ctx context.Context, tx *sql.Tx, employer, worker string, month law.Month, facts []byte) error {
	return run(ctx, tx, `INSERT INTO months (employer, worker, month, facts) VALUES ($1, $2, $3, $4)
		ON CONFLICT (employer, worker, month) DO UPDATE SET facts = excluded.facts`, employer, worker, month.String(), string(facts))
}

func saveShift(ctx context.Context, tx *sql.Tx, employer, worker string, x indemnity.Shift) error {
	return run(ctx, tx, `INSERT INTO worked (employer, worker, day, hours) VALUES ($1, $2, $3, $4)
		ON CONFLICT (employer, worker, day) DO UPDATE SET hours = excluded.hours`, employer, worker, law.FormatDay(x.Day), x.Hours.String())
}

// saveDay stores a day of which no hours are told; those known before stay.
func saveDay(ctx context.Context, tx *sql.Tx, employer, worker string, day date.Date) error {
	return run(ctx, tx, `INSERT INTO worked (employer, worker, day, hours) VALUES ($1, $2, $3, '0')
		ON CONFLICT (employer, worker, day) DO NOTHING`, employer, worker, law.FormatDay(day))
}

func saveCall(ctx context.Context, tx *sql.Tx, employer, worker string, x plannedCall) error {
	return run(ctx, tx, `INSERT INTO calls (employer, worker, start, channel) VALUES ($1, $2, $3, $4)
		ON CONFLICT (employer, worker, start) DO UPDATE SET channel = excluded.channel`,
		employer, worker, x.start.UTC().Format(instantUTC), x.channel.String())
}

func run(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	_, err := tx.ExecContext(ctx, query, args...)
	if dangling(err) {
		return errUnknown
	}
	return err
}
