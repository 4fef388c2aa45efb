package main

import (
	"bytes"
	"context"
	"database/sql"
	_ "embed"
	"encoding/json"
	"errors"
	"net/http"
	"strconv"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

//go:embed openapi.json
var openAPI []byte

func (s *service) description(*http.Request) (answer, error) {
	return answer{status: http.StatusOK, media: "application/json", body: openAPI}, nil
}

func (s *service) health(r *http.Request) (answer, error) {
	if _, err := s.store.read.ExecContext(r.Context(), `SELECT 1`); err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, map[string]string{"status": "ok", "database": s.store.kind, "edition": law.Edition})
}

var stored = answer{status: http.StatusNoContent}

func (s *service) putEmployer(r *http.Request) (answer, error) {
	name, err := key(r, "employer")
	if err != nil {
		return answer{}, err
	}
	var e employer
	b, err := facts(r, &e)
	if err == nil {
		err = law.At(e.Sector.Validate(), "/sector")
	}
	if err != nil {
		return answer{}, err
	}
	return stored, s.store.change(r.Context(), func(tx *sql.Tx) error {
		return saveEmployer(r.Context(), tx, name, b)
	})
}

func (s *service) putWorker(r *http.Request) (answer, error) {
	name, err := key(r, "worker")
	if err != nil {
		return answer{}, err
	}
	var w preflight.Worker
	b, err := facts(r, &w)
	if err != nil {
		return answer{}, err
	}
	return stored, s.store.change(r.Context(), func(tx *sql.Tx) error {
		return saveWorker(r.Context(), tx, name, w.Code, b)
	})
}

func (s *service) putContract(r *http.Request) (answer, error) {
	employer, worker, err := keys(r)
	if err != nil {
		return answer{}, err
	}
	var c eligibility.Contract
	b, err := facts(r, &c)
	if err == nil {
		err = usable(b, c)
	}
	if err != nil {
		return answer{}, err
	}
	return stored, s.store.change(r.Context(), func(tx *sql.Tx) error {
		return saveContract(r.Context(), tx, employer, worker, b)
	})
}

// usable refuses a contract that cannot be assessed, and members of it that are
// stored elsewhere.
func usable(b []byte, c eligibility.Contract) error {
	var given map[string]json.RawMessage
	if err := json.Unmarshal(b, &given); err != nil {
		return err
	}
	for _, name := range [...]string{"birth", "on", "employer", "unit", "worked"} {
		if _, ok := given[name]; ok {
			return &law.InputError{Kind: law.KindMember, Path: "/" + name, Detail: "stored with the worker, the employer or the days worked"}
		}
	}
	_, err := eligibility.Assess(c)
	return err
}

func (s *service) putMonth(r *http.Request) (answer, error) {
	employer, worker, err := keys(r)
	if err != nil {
		return answer{}, err
	}
	month, err := law.ParseMonth(r.PathValue("month"))
	if err != nil {
		return answer{}, parameter(err, "month")
	}
	var c indemnity.Case
	b, err := facts(r, &c)
	switch {
	case err != nil:
		return answer{}, err
	case c.Month.Month != month:
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/month", Detail: "not the month of the address"}
	case c.Worked != nil:
		return answer{}, &law.InputError{Kind: law.KindMember, Path: "/worked", Detail: "stored with the days worked"}
	}
	if _, err := due(c, nil); err != nil {
		return answer{}, err
	}
	return stored, s.store.change(r.Context(), func(tx *sql.Tx) error {
		return saveMonth(r.Context(), tx, employer, worker, month, b)
	})
}

func (s *service) putShift(r *http.Request) (answer, error) {
	employer, worker, err := keys(r)
	if err != nil {
		return answer{}, err
	}
	day, err := law.ParseDay(r.PathValue("day"))
	if err != nil {
		return answer{}, parameter(err, "day")
	}
	var given struct {
		Hours decimal.Decimal `json:"hours,omitzero"`
	}
	if _, err := facts(r, &given); err != nil {
		return answer{}, err
	}
	if given.Hours.GreaterThan(mostHours) {
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/hours", Detail: "more than a day has"}
	}
	return stored, s.store.change(r.Context(), func(tx *sql.Tx) error {
		if err := s.store.lock(r.Context(), tx, employer, worker); err != nil {
			return err
		}
		return saveShift(r.Context(), tx, employer, worker, indemnity.Shift{Day: day, Hours: given.Hours})
	})
}

// mostHours is how many hours may be worked on a day.
var mostHours = decimal.NewFromInt(24)

func (s *service) deleteShift(r *http.Request) (answer, error) {
	day, err := law.ParseDay(r.PathValue("day"))
	if err != nil {
		return answer{}, parameter(err, "day")
	}
	return s.remove(r, `DELETE FROM worked WHERE employer = $1 AND worker = $2 AND day = $3`, law.FormatDay(day))
}

func (s *service) deleteCall(r *http.Request) (answer, error) {
	start, err := time.Parse(time.RFC3339, r.PathValue("start"))
	if err != nil {
		return answer{}, &law.InputError{Kind: law.KindInstant, Path: "start"}
	}
	return s.remove(r, `DELETE FROM calls WHERE employer = $1 AND worker = $2 AND start = $3`, start.UTC().Format(instantUTC))
}

// remove deletes a row of a pair; it is no error when it is not there.
func (s *service) remove(r *http.Request, query, third string) (answer, error) {
	employer, worker, err := keys(r)
	if err != nil {
		return answer{}, err
	}
	return stored, s.store.change(r.Context(), func(tx *sql.Tx) error {
		if err := s.store.lock(r.Context(), tx, employer, worker); err != nil {
			return err
		}
		return run(r.Context(), tx, query, employer, worker, third)
	})
}

// putCommunication stores what was sent, which cannot change, and answers what the
// rules say of it.
func (s *service) putCommunication(r *http.Request) (answer, error) {
	ctx := r.Context()
	name, err := key(r, "employer")
	if err != nil {
		return answer{}, err
	}
	id, err := key(r, "communication")
	if err != nil {
		return answer{}, err
	}
	var c calls.Communication
	b, err := facts(r, &c)
	if err != nil {
		return answer{}, err
	}
	said, err := calls.Assess(c)
	if err != nil {
		return answer{}, err
	}
	status := http.StatusCreated
	err = s.store.change(ctx, func(tx *sql.Tx) error {
		var text string
		var e employer
		if err := tx.QueryRowContext(ctx, `SELECT facts FROM employers WHERE employer = $1`, name).Scan(&text); errors.Is(err, sql.ErrNoRows) {
			return errUnknown
		} else if err != nil {
			return err
		}
		if law.Decode([]byte(text), &e) != nil {
			return errStored
		}
		if c.Employer != e.Code {
			return &law.InputError{Kind: law.KindValue, Path: "/employer", Detail: "not the employer's code"}
		}
		done, err := tx.ExecContext(ctx, `INSERT INTO communications (employer, communication, facts) VALUES ($1, $2, $3)
			ON CONFLICT (employer, communication) DO NOTHING`, name, id, string(b))
		if err != nil {
			return err
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			status = http.StatusOK
			return errors.Join(err, s.sameAs(ctx, tx, name, id, string(b)))
		}
		for _, row := range c.Rows {
			if code := canonical(row.Worker); code != "" {
				if err := run(ctx, tx, `INSERT INTO called (employer, code, communication) VALUES ($1, $2, $3)
					ON CONFLICT DO NOTHING`, name, code, id); err != nil {
					return err
				}
			}
		}
		return nil
	})
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(status, said)
}

// sameAs refuses another communication under a key that is taken.
func (s *service) sameAs(ctx context.Context, tx *sql.Tx, employer, id, facts string) error {
	var was string
	err := tx.QueryRowContext(ctx, `SELECT facts FROM communications WHERE employer = $1 AND communication = $2`, employer, id).Scan(&was)
	if err == nil && was != facts {
		return &failure{status: http.StatusConflict, Code: "conflict", Path: "communication", Message: "another communication was stored under this key"}
	}
	return err
}

// ask is the question whether a worker may be called.
type ask struct {
	Employer string        `json:"employer"`
	Worker   string        `json:"worker"`
	Start    time.Time     `json:"start"`
	Channel  calls.Channel `json:"channel,omitzero"`
	Plan     bool          `json:"plan,omitzero"` // put the call into the plan if it stands
}

// decided is a decision; the record is its own bytes.
type decided struct {
	id      string
	verdict string
	planned bool
	record  []byte
}

func (d decided) answer(status int) answer {
	b := strconv.AppendQuote([]byte(`{"decision":`), d.id) // a key needs no escape
	b = strconv.AppendBool(append(b, `,"planned":`...), d.planned)
	b = append(append(append(b, `,"record":`...), d.record...), '}')
	return answer{status: status, media: "application/json", location: "/v1/decisions/" + d.id, body: b}
}

// decide answers whether a worker may be called, and keeps decision, record and
// planned call, all three or none. The Idempotency-Key names the decision: the same
// question under the same key has the same answer, whenever it is asked again.
func (s *service) decide(r *http.Request) (answer, error) {
	ctx := r.Context()
	d := decided{id: r.Header.Get("Idempotency-Key")}
	if !keyForm.MatchString(d.id) {
		return answer{}, &failure{status: http.StatusBadRequest, Code: "value", Path: "Idempotency-Key", Message: "not a key: one to 64 letters, digits, '.', '_' or '-'"}
	}
	var q ask
	if _, err := facts(r, &q); err != nil {
		return answer{}, err
	}
	switch {
	case !keyForm.MatchString(q.Employer):
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/employer"}
	case !keyForm.MatchString(q.Worker):
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "/worker"}
	case q.Start.IsZero():
		return answer{}, law.Missing("/start")
	}
	q.Start = law.InRome(q.Start.Truncate(time.Second))
	asked, err := json.Marshal(q)
	if err != nil {
		return answer{}, err
	}
	var code string
	again := false
	err = s.store.change(ctx, func(tx *sql.Tx) error {
		if err := s.store.lock(ctx, tx, q.Employer, q.Worker); err != nil {
			return err
		}
		if again, err = d.find(ctx, tx, string(asked)); err != nil || again {
			return err
		}
		p, err := s.store.loadOne(ctx, tx, q.Employer, q.Worker)
		if err != nil {
			return err
		}
		code = p.worker.Code
		var fits bool
		if d.record, d.verdict, fits, err = p.decide(s.now(), q.Start, q.Channel); err != nil {
			return err
		}
		d.planned = q.Plan && fits
		return d.save(ctx, tx, q, string(asked))
	})
	switch {
	case err != nil:
		return answer{}, err
	case again:
		return d.answer(http.StatusOK), nil
	}
	masked, _ := cf.Parse(code) // the zero code is masked too
	s.log.InfoContext(ctx, "decision", "id", ctx.Value(idKey{}), "worker", masked, "verdict", d.verdict, "planned", d.planned)
	return d.answer(http.StatusCreated), nil
}

var errOther = &failure{status: http.StatusConflict, Code: "conflict", Path: "Idempotency-Key", Message: "another question was asked under this key"}

// find looks for the decision as it was made before.
func (d *decided) find(ctx context.Context, tx *sql.Tx, asked string) (bool, error) {
	var was string
	err := tx.QueryRowContext(ctx, `SELECT d.asked, d.verdict, d.planned, r.record FROM decisions d JOIN records r ON r.decision = d.decision
		WHERE d.decision = $1`, d.id).Scan(&was, &d.verdict, &d.planned, &d.record)
	switch {
	case errors.Is(err, sql.ErrNoRows):
		return false, nil
	case err != nil:
		return false, err
	case was != asked:
		return false, errOther
	}
	return true, nil
}

func (d *decided) save(ctx context.Context, tx *sql.Tx, q ask, asked string) error {
	done, err := tx.ExecContext(ctx, `INSERT INTO decisions (decision, asked, employer, worker, start, verdict, planned)
		VALUES ($1, $2, $3, $4, $5, $6, $7) ON CONFLICT (decision) DO NOTHING`,
		d.id, asked, q.Employer, q.Worker, q.Start.UTC().Format(instantUTC), d.verdict, d.planned)
	if err != nil {
		return err
	}
	if n, err := done.RowsAffected(); err != nil {
		return err
	} else if n == 0 { // taken in the meantime, for another pair: this one is locked
		return errOther
	}
	if err := run(ctx, tx, `INSERT INTO records (decision, record) VALUES ($1, $2)`, d.id, d.record); err != nil || !d.planned {
		return err
	}
	return saveCall(ctx, tx, q.Employer, q.Worker, plannedCall{q.Start, q.Channel})
}

func (s *service) loadRecord(r *http.Request) (b []byte, err error) {
	id, err := key(r, "decision")
	if err != nil {
		return nil, err
	}
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		return tx.QueryRowContext(r.Context(), `SELECT record FROM records WHERE decision = $1`, id).Scan(&b)
	})
	if errors.Is(err, sql.ErrNoRows) {
		err = errUnknown
	}
	return b, err
}

// record answers the bytes of a decision record as they were made.
func (s *service) record(r *http.Request) (answer, error) {
	b, err := s.loadRecord(r)
	return answer{status: http.StatusOK, media: "application/json", body: b}, err
}

// verification replays a record.
func (s *service) verification(r *http.Request) (answer, error) {
	b, err := s.loadRecord(r)
	if err != nil {
		return answer{}, err
	}
	differs, err := preflight.Verify(b)
	if err != nil {
		return answer{}, errStored
	}
	return jsonAnswer(http.StatusOK, struct {
		Stands  bool     `json:"stands"`
		Differs []string `json:"differs"`
	}{len(differs) == 0, append([]string{}, differs...)})
}

// dayIn reads a day from the query; today where it is absent.
func (s *service) dayIn(r *http.Request, name string) (date.Date, error) {
	v := r.URL.Query().Get(name)
	if v == "" {
		return law.RomeDay(s.now()), nil
	}
	d, err := law.ParseDay(v)
	return d, parameter(err, name)
}

// longestPlan is how many days a plan may cover.
const longestPlan = 62

// span reads the days of a plan from the query: a week from today where nothing is
// said.
func (s *service) span(r *http.Request) (law.Span, error) {
	from, err := s.dayIn(r, "from")
	if err != nil {
		return law.Span{}, err
	}
	days := 7
	if v := r.URL.Query().Get("days"); v != "" {
		if days, err = strconv.Atoi(v); err != nil || days < 1 || days > longestPlan {
			return law.Span{}, &law.InputError{Kind: law.KindValue, Path: "days", Detail: "not a number from 1 to " + strconv.Itoa(longestPlan)}
		}
	}
	return law.Span{First: from, Last: from + date.Date(days-1)}, nil
}

// planned loads an employer's workers with calls still to come, or that can still
// be cancelled.
func (s *service) planned(r *http.Request, now time.Time) (list []pair, err error) {
	employer, err := key(r, "employer")
	if err != nil {
		return nil, err
	}
	const cancellable = 3 * 24 * time.Hour
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		list, err = s.store.loadPlanned(r.Context(), tx, employer, now.Add(-cancellable))
		return err
	})
	return list, err
}

func (s *service) plan(r *http.Request) (answer, error) {
	now := s.now()
	span, err := s.span(r)
	if err != nil {
		return answer{}, err
	}
	pairs, err := s.planned(r, now)
	if err != nil {
		return answer{}, err
	}
	f, err := plan(now, span, pairs, false)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, struct {
		Days law.Span `json:"days"`
		forecast
	}{span, f})
}

func (s *service) moments(r *http.Request) (answer, error) {
	now := s.now()
	pairs, err := s.planned(r, now)
	if err != nil {
		return answer{}, err
	}
	f, err := plan(now, law.Span{First: law.RomeDay(now)}, pairs, true)
	if err != nil {
		return answer{}, err
	}
	list, err := moments(now, f, pairs)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, struct {
		Now            time.Time             `json:"now"`
		Moments        []moment              `json:"moments"`
		Communications []calls.Communication `json:"communications"` // to send now
	}{now, list, append([]calls.Communication{}, f.Communications...)})
}

func (s *service) left(r *http.Request) (answer, error) {
	employer, worker, err := keys(r)
	if err != nil {
		return answer{}, err
	}
	on, err := s.dayIn(r, "on")
	if err != nil {
		return answer{}, err
	}
	var p *pair
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		p, err = s.store.loadOne(r.Context(), tx, employer, worker)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	a, err := p.left(s.now(), on)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, a)
}

func (s *service) due(r *http.Request) (answer, error) {
	employer, worker, err := keys(r)
	if err != nil {
		return answer{}, err
	}
	month, err := law.ParseMonth(r.URL.Query().Get("month"))
	if err != nil {
		return answer{}, parameter(err, "month")
	}
	var c indemnity.Case
	var shifts []indemnity.Shift
	err = s.store.look(r.Context(), func(tx *sql.Tx) error {
		c, shifts, err = s.store.loadMonth(r.Context(), tx, employer, worker, month)
		return err
	})
	if err != nil {
		return answer{}, err
	}
	a, err := due(c, shifts)
	if err != nil {
		return answer{}, err
	}
	return jsonAnswer(http.StatusOK, a)
}

// compact drops the white space of JSON that was read before.
func compact(b []byte) []byte {
	var to bytes.Buffer
	if json.Compact(&to, b) != nil {
		return b
	}
	return to.Bytes()
}
