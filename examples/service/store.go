package main

import (
	"cmp"
	"context"
	"database/sql"
	"embed"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"modernc.org/sqlite"
)

//go:embed migrations/*.sql
var migrations embed.FS

// store is the database: the same schema and the same statements on PostgreSQL
// and on SQLite. The few differences are its fields.
type store struct {
	kind        string // postgres or sqlite
	read, write *sql.DB
	snapshot    *sql.TxOptions // of a transaction that only reads
	forUpdate   string         // what a SELECT ends with to lock its row
}

// connections bounds those to PostgreSQL, and those that read SQLite.
const connections = 12

// connect connects to PostgreSQL when the name is a postgres:// address, and to a
// SQLite file of that name otherwise.
func connect(name string) (*store, error) {
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		return openPostgres(name)
	}
	return openSQLite(name)
}

// open connects, and applies the migrations that are missing.
func open(ctx context.Context, name string) (*store, error) {
	s, err := connect(name)
	if err == nil {
		if err = s.prepare(ctx); err != nil {
			s.close()
		}
	}
	return s, err
}

func openPostgres(name string) (*store, error) {
	cfg, err := pgx.ParseConfig(name)
	if err != nil {
		return nil, errors.New("the address of the database cannot be read") // it may hold a password
	}
	cfg.ConnectTimeout = cmp.Or(cfg.ConnectTimeout, 3*time.Second)
	cfg.RuntimeParams["application_name"] = "intermittente"
	cfg.RuntimeParams["statement_timeout"] = "10000" // ms
	cfg.RuntimeParams["lock_timeout"] = "10000"
	db := stdlib.OpenDB(*cfg)
	db.SetMaxOpenConns(connections)
	db.SetMaxIdleConns(connections)
	return &store{
		kind: "postgres", read: db, write: db,
		snapshot:  &sql.TxOptions{Isolation: sql.LevelRepeatableRead, ReadOnly: true},
		forUpdate: " FOR NO KEY UPDATE",
	}, nil
}

// openSQLite opens one connection that writes, since SQLite has one writer, and
// some that read beside it. A commit is on the disk when it is answered.
func openSQLite(name string) (*store, error) {
	path, err := filepath.Abs(name)
	if err != nil {
		return nil, err
	}
	// The file holds personal data: nobody else may read it.
	f, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"_busy_timeout": {"2000"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"},
		"_foreign_keys": {"on"}, "_txlock": {"immediate"},
	}.Encode()}
	connector, err := sqlite.NewConnector(address.String())
	if err != nil {
		return nil, err
	}
	s := &store{
		kind: "sqlite", read: sql.OpenDB(connector), write: sql.OpenDB(connector), snapshot: &sql.TxOptions{ReadOnly: true},
	}
	s.write.SetMaxOpenConns(1)
	s.read.SetMaxOpenConns(connections)
	s.read.SetMaxIdleConns(connections)
	return s, nil
}

// prepare applies the migrations that the database lacks, in order: all, or none.
func (s *store) prepare(ctx context.Context) error {
	files, _ := migrations.ReadDir("migrations") // which is a part of the program
	return s.change(ctx, func(q *tx) {
		if s.kind == "postgres" { // two services may start at once
			q.run(`SELECT pg_advisory_xact_lock(81000015)`)
		}
		q.run(`CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)`)
		done := one[int](q, `SELECT count(*) FROM migrations`)
		if done > len(files) {
			q.fail(fmt.Errorf("the database has %d migrations, this program knows %d", done, len(files)))
		}
		for i, f := range files[min(done, len(files)):] {
			text, _ := migrations.ReadFile("migrations/" + f.Name())
			q.run(string(text)) // many statements, which may have no arguments
			q.run(`INSERT INTO migrations (number) VALUES ($1)`, done+i+1)
		}
	})
}

func (s *store) close() {
	_ = s.read.Close()
	_ = s.write.Close()
}

// tx is a transaction. Its first error stands, and what is asked of it then does
// nothing: who uses it need only ask in the end.
type tx struct {
	ctx  context.Context
	sql  *sql.Tx
	lock string // what a SELECT ends with to lock its rows
	undo bool   // leave nothing written, though nothing failed
	firstError
}

// change runs a transaction: all that do writes, or nothing.
func (s *store) change(ctx context.Context, do func(q *tx)) error {
	return transact(ctx, s.write, nil, s.forUpdate, do)
}

// look runs a transaction that only reads, and sees one state of the data.
func (s *store) look(ctx context.Context, do func(q *tx)) error {
	return transact(ctx, s.read, s.snapshot, "", do)
}

func transact(ctx context.Context, db *sql.DB, how *sql.TxOptions, lock string, do func(q *tx)) error {
	t, err := db.BeginTx(ctx, how)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // after a commit it does nothing
	q := &tx{ctx: ctx, sql: t, lock: lock}
	if do(q); q.err != nil || q.undo {
		return q.err
	}
	return t.Commit()
}

func (q *tx) run(statement string, args ...any) (written int) {
	if q.err != nil {
		return 0
	}
	done, err := q.sql.ExecContext(q.ctx, statement, args...)
	if err != nil {
		q.err = known(err)
		return 0
	}
	n, _ := done.RowsAffected() // which both drivers know
	return int(n)
}

// firstError keeps the first of the errors met.
type firstError struct{ err error }

func (f *firstError) fail(err error) {
	if f.err == nil {
		f.err = err
	}
}

// one reads the one row that a query finds.
func one[T any](q *tx, query string, args ...any) (row T) {
	if q.err == nil {
		q.err = known(sqlscan.Get(q.ctx, q.sql, &row, query, args...))
	}
	return row
}

// every reads all the rows that a query finds: an empty list where it finds none.
func every[T any](q *tx, query string, args ...any) []T {
	rows := []T{}
	if q.err == nil {
		q.err = sqlscan.Select(q.ctx, q.sql, &rows, query, args...)
	}
	return rows
}

// column is a column of JSON, read strictly.
type column[T any] struct{ of T }

func (c *column[T]) Scan(src any) error {
	text, ok := src.(string)
	if !ok || law.Decode([]byte(text), &c.of) != nil {
		return errStored
	}
	return nil
}

// keyed is such a column with whose it is.
type keyed[T any] struct {
	Key   string
	Facts column[T]
}

// form is how rows of a table are stored: its columns, those of the key first.
type form struct {
	table   string
	columns []string
	keys    int
	keep    bool   // a row that is there stays; else the last one counts
	day     string // the column that days select a list by
	hidden  int    // the last columns that no list tells
}

// where ends a query of the row that has a key.
func (f form) where() string {
	text := " FROM " + f.table + " WHERE tenant = $1"
	for i, c := range f.columns[1:f.keys] {
		text += " AND " + c + " = $" + strconv.Itoa(i+2)
	}
	return text
}

// rowsAtOnce are the rows of a statement: many parameters cost more than many statements.
const rowsAtOnce = 20

// put stores rows, each with a key of its own, and returns how many were written.
func (q *tx) put(f form, rows ...[]any) (written int) {
	last := f.columns[len(f.columns)-1]
	then := "UPDATE SET " + last + " = excluded." + last
	if f.keep {
		then = "NOTHING"
	}
	for some := range slices.Chunk(rows, rowsAtOnce) {
		var values []string
		var args []any
		for _, r := range some {
			values = append(values, places(len(args)+1, len(r)))
			args = append(args, r...)
		}
		written += q.run("INSERT INTO "+f.table+" ("+strings.Join(f.columns, ", ")+") VALUES "+strings.Join(values, ", ")+
			" ON CONFLICT ("+strings.Join(f.columns[:f.keys], ", ")+") DO "+then, args...)
	}
	return written
}

// places are the places of values in a statement, from $n on.
func places(n, many int) string {
	list := make([]string, many)
	for i := range list {
		list[i] = "$" + strconv.Itoa(n+i)
	}
	return "(" + strings.Join(list, ", ") + ")"
}

// known turns the absence of a row, or of one it refers to, into its answer.
func known(err error) error {
	const postgresForeignKey, sqliteForeignKey = "23503", 787
	code := class(err).Value.Any()
	if sqlscan.NotFound(err) || code == postgresForeignKey || code == int64(sqliteForeignKey) {
		return errUnknown
	}
	return err
}

// class describes an error of the database without its text, which may hold facts.
func class(err error) slog.Attr {
	if p, ok := errors.AsType[*pgconn.PgError](err); ok {
		return slog.String("sqlstate", p.Code)
	}
	if l, ok := errors.AsType[*sqlite.Error](err); ok {
		return slog.Int("sqlite", l.Code())
	}
	return slog.String("error", fmt.Sprintf("%T", err))
}

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
	key      string // the worker's
	employer table.Employer
	worker   preflight.Worker
	contract eligibility.Contract
	days     worked
	calls    []preflight.Start
	code     string                // of the worker in what was sent
	sent     []calls.Communication // with this worker's rows alone
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

// row is a row about them: their key, and what follows it.
func (of whose) row(more ...any) []any {
	return append([]any{of.tenant, of.employer, of.worker}, more...)
}

// utc writes an instant as the database has it.
func utc(t time.Time) string { return t.UTC().Format("2006-01-02T15:04:05Z") }

// planned loads the workers of an employer who have calls from one instant to before
// another, all of them or one, and the employer.
func (q *tx) planned(of whose, from, to time.Time) (e table.Employer, list []pair) {
	e = facts[table.Employer](q, employers, of.tenant, of.employer)
	span := []any{of.tenant, of.employer, utc(from), utc(to)}
	cond := ``
	if of.worker != "" {
		span, cond = append(span, of.worker), ` AND worker = $5`
	}
	const among = ` FROM calls WHERE tenant = $1 AND employer = $2 AND start >= $3 AND start < $4`
	if one[int](q, `SELECT count(*)`+among+cond, span...) > mostCalls {
		q.fail(errManyCalls)
	}
	return e, q.pairs(of, ` AND w.worker IN (SELECT worker`+among+cond+`)`, span[2:]...)
}

func facts[T any](q *tx, f form, key ...any) T {
	return one[column[T]](q, `SELECT facts`+f.where(), key...).of
}

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
	found := every[struct {
		Worker   string
		Employer column[table.Employer]
		Person   column[preflight.Worker]
		Contract column[eligibility.Contract]
	}](q, `SELECT w.worker, e.facts AS employer, w.facts AS person, c.facts AS contract FROM contracts c
		JOIN employers e ON e.tenant = c.tenant AND e.employer = c.employer
		JOIN workers w ON w.tenant = c.tenant AND w.worker = c.worker
		WHERE c.tenant = $1 AND c.employer = $2`+cond+` ORDER BY w.worker`, args...)
	list, at := make([]pair, len(found)), map[string]*pair{}
	for i, x := range found {
		list[i] = pair{key: x.Worker, employer: x.Employer.of, worker: x.Person.of, contract: x.Contract.of, days: worked{}}
		at[x.Worker] = &list[i]
	}

	const months = `SELECT worker, month, days FROM worked w WHERE tenant = $1 AND employer = $2`
	for _, x := range every[monthRow](q, months+cond, args...) {
		q.fail(at[x.Worker].days.add(x))
	}

	const planned = `SELECT worker AS key, facts FROM calls w WHERE tenant = $1 AND employer = $2`
	for _, x := range every[keyed[preflight.Start]](q, planned+cond+` ORDER BY worker, start`, args...) {
		x.Facts.of.Start = law.InRome(x.Facts.of.Start)
		at[x.Key].calls = append(at[x.Key].calls, x.Facts.of)
	}

	const sent = `SELECT w.worker AS key, m.facts FROM codes w
		JOIN called d ON d.tenant = w.tenant AND d.code = w.code
		JOIN contracts c ON c.tenant = d.tenant AND c.employer = d.employer AND c.worker = w.worker
		JOIN communications m ON m.tenant = d.tenant AND m.employer = d.employer AND m.communication = d.communication
		WHERE d.tenant = $1 AND d.employer = $2` // under whichever of a worker's codes
	for _, x := range every[keyed[calls.Communication]](q, sent+cond+` GROUP BY w.worker, m.communication, m.facts`, args...) {
		at[x.Key].called(x.Facts.of)
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

type worked map[date.Date]shift

type monthRow struct{ Worker, Month, Days string }

func (all worked) add(row monthRow) error {
	var days map[string]shift
	if json.Unmarshal([]byte(row.Days), &days) != nil {
		return errStored
	}
	for day, x := range days {
		d, err := law.ParseDay(row.Month + "-" + day)
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
	all := worked{}
	const months = ` WHERE tenant = $1 AND employer = $2 AND worker = $3 AND month BETWEEN $4 AND $5`
	for _, x := range every[monthRow](q, `SELECT worker, month, days FROM worked`+months, of.row(from, to)...) {
		q.fail(all.add(x))
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
		rows = append(rows, of.row(month, jsonOf(days)))
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
	f := refusal(http.StatusConflict, "conflict", "/code",
		"another worker is stored with this codice fiscale", "con questo codice fiscale è archiviato un altro lavoratore")
	if line > 0 {
		return problemsIn(sheet.Problem{File: table.Workers.Name, Line: line, Column: "code", Message: f.Text})
	}
	return f
}

// putWorkers stores workers with their codes; no two share one.
func (q *tx) putWorkers(rows []parsed) {
	for _, x := range rows {
		q.run(`DELETE FROM codes WHERE tenant = $1 AND worker = $2`, x.tenant, x.worker)
	}
	workers.putRows(q, rows)
	for _, x := range rows {
		for _, code := range x.codes {
			if q.put(codes, []any{x.tenant, code, x.worker}) == 0 {
				q.fail(takenAt(x.line))
			}
		}
	}
}

// month loads what is stored of a month, and its shifts.
func (q *tx) month(of whose, month law.Month) indemnity.Case {
	c := facts[indemnity.Case](q, months, of.row(month.String())...)
	all := q.days(of, month.String(), month.String())
	for _, day := range slices.Sorted(maps.Keys(all)) {
		c.Worked = append(c.Worked, indemnity.Shift{Day: day, Hours: all[day].Hours})
	}
	return c
}

// lockPair takes a worker's contract for the rest of the transaction: whatever is
// written of the pair waits its turn, so that two calls never take the same last day.
func (q *tx) lockPair(of whose) {
	one[int](q, `SELECT 1`+contracts.where()+q.lock, of.row()...)
}
