package main

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"time"

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
	return s.change(ctx, func(tx *sql.Tx) error {
		if s.kind == "postgres" { // two services may start at once
			if err := run(ctx, tx, `SELECT pg_advisory_xact_lock(81000015)`); err != nil {
				return err
			}
		}
		if err := run(ctx, tx, `CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY)`); err != nil {
			return err
		}
		var done int
		if err := tx.QueryRowContext(ctx, `SELECT count(*) FROM migrations`).Scan(&done); err != nil {
			return err
		}
		if done > len(files) {
			return fmt.Errorf("the database has %d migrations, this program knows %d", done, len(files))
		}
		for i, f := range files[done:] {
			text, err := migrations.ReadFile("migrations/" + f.Name())
			if err != nil {
				return err
			}
			for statement := range strings.SplitSeq(strings.TrimSpace(string(text)), ";\n") {
				if err := run(ctx, tx, statement); err != nil {
					return err
				}
			}
			if err := run(ctx, tx, `INSERT INTO migrations (number) VALUES ($1)`, done+i+1); err != nil {
				return err
			}
		}
		return nil
	})
}

func (s *store) close() {
	_ = s.read.Close()
	_ = s.write.Close()
}

// change runs a transaction: all that do writes, or nothing.
func (s *store) change(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.write.BeginTx(ctx, nil)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // after a commit it does nothing
	if err := do(tx); err != nil {
		return err
	}
	return tx.Commit()
}

// look runs a transaction that only reads, and sees one state of the data.
func (s *store) look(ctx context.Context, do func(tx *sql.Tx) error) error {
	tx, err := s.read.BeginTx(ctx, s.snapshot)
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }()
	return do(tx)
}

// each gives every row of a query to use, which reads it with scan.
func each(ctx context.Context, tx *sql.Tx, use func(scan func(...any) error) error, query string, args ...any) error {
	rows, err := tx.QueryContext(ctx, query, args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err tells what went wrong
	for rows.Next() {
		if err := use(rows.Scan); err != nil {
			return err
		}
	}
	return rows.Err()
}

func run(ctx context.Context, tx *sql.Tx, query string, args ...any) error {
	_, err := tx.ExecContext(ctx, query, args...)
	return known(err)
}

// form is how rows of a table are stored: its columns, those of the key first.
type form struct {
	table   string
	columns []string
	keys    int
	keep    bool // a row that is there stays; else the last one counts
}

// rowsAtOnce bounds the rows of one statement: many parameters cost more than many
// statements.
const rowsAtOnce = 100

// put stores rows by a few statements and returns how many were written. Of rows with
// one key the last counts.
func (f form) put(ctx context.Context, tx *sql.Tx, rows ...[]any) (written int, err error) {
	at := make(map[string]int, len(rows))
	var list [][]any
	for _, r := range rows {
		key := fmt.Sprintf("%q", r[:f.keys])
		if i, ok := at[key]; ok {
			list[i] = r
			continue
		}
		at[key] = len(list)
		list = append(list, r)
	}
	then := "NOTHING"
	if !f.keep {
		then = "UPDATE SET"
		for i, c := range f.columns[f.keys:] {
			then += strings.Repeat(",", min(i, 1)) + " " + c + " = excluded." + c
		}
	}
	for rows := range slices.Chunk(list, rowsAtOnce) {
		b := []byte("INSERT INTO " + f.table + " (" + strings.Join(f.columns, ", ") + ") VALUES ")
		args := make([]any, 0, len(rows)*len(f.columns))
		for _, r := range rows {
			for i, v := range r {
				b = append(b, "(,"[min(i, 1)], '$')
				args = append(args, v)
				b = strconv.AppendInt(b, int64(len(args)), 10)
			}
			b = append(b, "),"...)
		}
		b = append(b[:len(b)-1], " ON CONFLICT ("+strings.Join(f.columns[:f.keys], ", ")+") DO "+then...)
		done, err := tx.ExecContext(ctx, string(b), args...)
		if err != nil {
			return 0, known(err)
		}
		n, err := done.RowsAffected()
		if err != nil {
			return 0, err
		}
		written += int(n)
	}
	return written, nil
}

// The codes of a reference to a row that is not there, and of a value that is taken.
const (
	postgresForeignKey, postgresUnique = "23503", "23505"
	sqliteForeignKey, sqliteUnique     = 787, 2067
)

var errTwice = &failure{status: http.StatusConflict, Code: "conflict", Path: "/code", Text: law.Text{
	EN: "another worker is stored with this codice fiscale", IT: "con questo codice fiscale è archiviato un altro lavoratore",
}}

// known turns errors of the database that the caller can mend into their answers.
func known(err error) error {
	var p *pgconn.PgError
	var l *sqlite.Error
	pg, lite := errors.As(err, &p), errors.As(err, &l)
	switch {
	case pg && p.Code == postgresForeignKey, lite && l.Code() == sqliteForeignKey:
		return errUnknown
	case pg && p.Code == postgresUnique, lite && l.Code() == sqliteUnique:
		return errTwice
	default:
		return err
	}
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
	case errors.Is(err, context.DeadlineExceeded):
		return slog.String("error", "out of time")
	case errors.Is(err, context.Canceled):
		return slog.String("error", "the client went away")
	default:
		return slog.String("error", fmt.Sprintf("%T", err))
	}
}
