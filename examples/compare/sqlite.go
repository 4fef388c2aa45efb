package compare

import (
	"database/sql"
	"errors"
	"strings"

	"github.com/intermittente/intermittente/limits"
	"github.com/rickb777/date/v2"
	_ "modernc.org/sqlite" // pure Go; the name below is "sqlite"
)

// database is an engine behind database/sql, with two queries that return a worker
// and a number each: days since 1970 in the second.
type database struct {
	db           *sql.DB
	count, first *sql.Stmt
}

// prepare takes a connection that holds the rows. A failure closes it.
func prepare(db *sql.DB, count, first string) (_ Asker, err error) {
	d := database{db: db}
	if d.count, err = db.Prepare(count); err == nil {
		d.first, err = db.Prepare(first)
	}
	if err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return d, nil
}

// Count runs the first query.
func (d database) Count(on date.Date, counts []int) error {
	clear(counts)
	return read(d.count, func(worker int, n int64) { counts[worker] = int(n) }, int64(limits.Window(on).First-unix), int64(on-unix))
}

// First runs the second query.
func (d database) First(firsts []date.Date) error {
	clear(firsts)
	return read(d.first, func(worker int, n int64) { firsts[worker] = unix + date.Date(n) })
}

// Close closes the database.
func (d database) Close() error { return d.db.Close() }

// read hands each worker and number that a query returns to a function.
func read(query *sql.Stmt, answer func(worker int, n int64), args ...any) error {
	rows, err := query.Query(args...)
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err has what there is to tell
	for rows.Next() {
		var worker int
		var n int64
		if err := rows.Scan(&worker, &n); err != nil {
			return err
		}
		answer(worker, n)
	}
	return rows.Err()
}

// openSQLite fills a database in memory, its rows in the order the queries want them,
// several hundred with a statement.
func openSQLite(r Rows) (Asker, error) {
	db, err := sql.Open("sqlite", ":memory:")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1) // each connection would have a memory of its own
	if err := fillSQLite(db, r); err != nil {
		return nil, errors.Join(err, db.Close())
	}
	return prepare(db, `SELECT worker, COUNT(*) FROM worked WHERE day >= ? AND day < ? GROUP BY worker`, `
		SELECT worker, MIN(day) FROM (
			SELECT worker, day, LAG(day, 400) OVER (PARTITION BY worker ORDER BY day) AS back FROM worked
			WHERE worker IN (SELECT worker FROM worked GROUP BY worker HAVING COUNT(*) > 400)
		) WHERE back > unixepoch(day * 86400, 'unixepoch', '-3 years', 'floor') / 86400 GROUP BY worker`)
}

func fillSQLite(db *sql.DB, r Rows) error {
	if _, err := db.Exec(`CREATE TABLE worked (worker INTEGER, day INTEGER, PRIMARY KEY (worker, day)) WITHOUT ROWID`); err != nil {
		return err
	}
	tx, err := db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // of no effect after the commit
	const many = 500
	insert, err := tx.Prepare(`INSERT INTO worked VALUES (?, ?)` + strings.Repeat(`, (?, ?)`, many-1))
	if err != nil {
		return err
	}
	args := make([]any, 0, 2*many)
	for worker, day := range r.all() {
		if args = append(args, int64(worker), int64(day)); len(args) < cap(args) {
			continue
		}
		if _, err := insert.Exec(args...); err != nil {
			return err
		}
		args = args[:0]
	}
	if len(args) > 0 {
		if _, err := tx.Exec(`INSERT INTO worked VALUES (?, ?)`+strings.Repeat(`, (?, ?)`, len(args)/2-1), args...); err != nil {
			return err
		}
	}
	return tx.Commit()
}
