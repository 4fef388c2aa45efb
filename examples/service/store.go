package main

import (
	"context"
	"database/sql"
	_ "embed"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"modernc.org/sqlite"
)

//go:embed schema.sql
var schema string

// schemaNumber is raised by whoever changes the schema, and writes the migration.
const schemaNumber = "1"

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
// SQLite file of that name otherwise; it makes the tables that are missing.
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

func (s *store) prepare(ctx context.Context) error {
	return s.change(ctx, func(tx *sql.Tx) error {
		if s.kind == "postgres" { // two services may start at once
			if _, err := tx.ExecContext(ctx, `SELECT pg_advisory_xact_lock(81000015)`); err != nil {
				return err
			}
		}
		for statement := range strings.SplitSeq(strings.TrimSpace(schema), ";\n") {
			if _, err := tx.ExecContext(ctx, statement); err != nil {
				return err
			}
		}
		if _, err := tx.ExecContext(ctx, `INSERT INTO meta (name, value) VALUES ('schema', $1) ON CONFLICT DO NOTHING`, schemaNumber); err != nil {
			return err
		}
		var number string
		if err := tx.QueryRowContext(ctx, `SELECT value FROM meta WHERE name = 'schema'`).Scan(&number); err != nil {
			return err
		}
		if number != schemaNumber {
			return fmt.Errorf("the database has schema %s, this program %s", number, schemaNumber)
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

// The codes of a reference to a row that is not there.
const (
	postgresForeignKey = "23503"
	sqliteForeignKey   = 787
)

// dangling reports whether a write named something that is not stored.
func dangling(err error) bool {
	var p *pgconn.PgError
	var l *sqlite.Error
	return errors.As(err, &p) && p.Code == postgresForeignKey || errors.As(err, &l) && l.Code() == sqliteForeignKey
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
