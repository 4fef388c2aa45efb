package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
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

// open connects to PostgreSQL when the name is a postgres:// address, and to a
// SQLite file of that name otherwise; it applies the migrations that are missing.
func open(ctx context.Context, name string) (*store, error) {
	connect := openSQLite
	if strings.HasPrefix(name, "postgres://") || strings.HasPrefix(name, "postgresql://") {
		connect = openPostgres
	}
	s, err := connect(name)
	if err != nil {
		return nil, err
	}
	if err := s.prepare(ctx); err != nil {
		s.close()
		return nil, err
	}
	return s, nil
}

func openPostgres(name string) (*store, error) {
	cfg, err := pgx.ParseConfig(name)
	if err != nil {
		return nil, errors.New("the address of the database cannot be read") // it may hold a password
	}
	if cfg.ConnectTimeout == 0 {
		cfg.ConnectTimeout = 3 * time.Second
	}
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
	if err != nil {
		return nil, err
	}
	if err := f.Close(); err != nil {
		return nil, err
	}
	address := url.URL{Scheme: "file", Path: path, RawQuery: url.Values{
		"_busy_timeout": {"2000"}, "_journal_mode": {"WAL"}, "_synchronous": {"FULL"},
		"_foreign_keys": {"on"}, "_txlock": {"immediate"},
	}.Encode()}
	s := &store{kind: "sqlite", snapshot: &sql.TxOptions{ReadOnly: true}}
	if s.write, err = sql.Open("sqlite", address.String()); err != nil {
		return nil, err
	}
	if s.read, err = sql.Open("sqlite", address.String()); err != nil {
		return nil, err
	}
	s.write.SetMaxOpenConns(1)
	s.read.SetMaxOpenConns(connections)
	s.read.SetMaxIdleConns(connections)
	return s, nil
}

// prepare applies the migrations that the database lacks, in the order of their
// numbers: all of them, or none.
func (s *store) prepare(ctx context.Context) error {
	files, err := migrations.ReadDir("migrations")
	if err != nil {
		return err
	}
	return s.change(ctx, func(q *tx) {
		if s.kind == "postgres" { // two services may start at once
			q.run(`SELECT pg_advisory_xact_lock(81000015)`)
		}
		q.run(`CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)`)
		var done int
		q.get(&done, `SELECT count(*) FROM migrations`)
		if done > len(files) {
			q.fail(fmt.Errorf("the database has %d migrations, this program knows %d", done, len(files)))
			return
		}
		for i, f := range files[done:] {
			text, err := migrations.ReadFile("migrations/" + f.Name())
			q.fail(err)
			for statement := range strings.SplitSeq(strings.TrimSpace(string(text)), ";\n") {
				q.run(statement)
			}
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
	err  error
}

// change runs a transaction: all that do writes, or nothing.
func (s *store) change(ctx context.Context, do func(q *tx)) error {
	t, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }() // after a commit it does nothing
	q := &tx{ctx, t, s.forUpdate, nil}
	if do(q); q.err != nil {
		return q.err
	}
	return t.Commit()
}

// look runs a transaction that only reads, and sees one state of the data.
func (s *store) look(ctx context.Context, do func(q *tx)) error {
	t, err := s.read.BeginTx(ctx, s.snapshot)
	if err != nil {
		return err
	}
	defer func() { _ = t.Rollback() }()
	q := &tx{ctx, t, "", nil}
	do(q)
	return q.err
}

// fail ends the transaction with an error, where there is one.
func (q *tx) fail(err error) {
	if q.err == nil {
		q.err = err
	}
}

// run runs a statement and returns how many rows it wrote.
func (q *tx) run(statement string, args ...any) int {
	if q.err != nil {
		return 0
	}
	done, err := q.sql.ExecContext(q.ctx, statement, args...)
	if err != nil {
		q.err = known(err)
		return 0
	}
	n, err := done.RowsAffected()
	q.err = err
	return int(n)
}

// get reads the one row that a query finds.
func (q *tx) get(into any, query string, args ...any) {
	if q.err == nil {
		q.err = known(sqlscan.Get(q.ctx, q.sql, into, query, args...))
	}
}

// all reads all the rows that a query finds.
func (q *tx) all(into any, query string, args ...any) {
	if q.err == nil {
		q.err = sqlscan.Select(q.ctx, q.sql, into, query, args...)
	}
}

// column is a column of JSON, read strictly.
type column[T any] struct{ of T }

// Scan reads what is stored.
func (c *column[T]) Scan(src any) error {
	text, ok := src.(string)
	if !ok || law.Decode([]byte(text), &c.of) != nil {
		return errStored
	}
	return nil
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

// rowsAtOnce bounds the rows of one statement: many parameters cost more than many
// statements.
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
	b := []byte("(")
	for i := range many {
		b = strconv.AppendInt(append(b, '$'), int64(n+i), 10)
		b = append(b, ',')
	}
	return string(b[:len(b)-1]) + ")"
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

// class describes an error of the database without its text, which may repeat
// what is stored.
func class(err error) slog.Attr {
	var p *pgconn.PgError
	var l *sqlite.Error
	switch {
	case errors.As(err, &p):
		return slog.String("sqlstate", p.Code)
	case errors.As(err, &l):
		return slog.Int("sqlite", l.Code())
	default:
		return slog.String("error", fmt.Sprintf("%T", err))
	}
}
