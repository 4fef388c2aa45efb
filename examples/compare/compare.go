// Package compare asks one question in four ways: how many days did each worker
// of a portfolio work in the three years that end on a day? By [limits.Ledger], by
// a window query in SQLite, by a loop over lists of days, and by the same loop
// over time.Time. Its test holds the answers equal, its benchmark the times apart.
package compare

import (
	"database/sql"
	"math/rand"
	"slices"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/rickb777/date/v2"
	_ "modernc.org/sqlite" // pure Go; the name below is "sqlite"
)

// Portfolio holds the same days of work in each of the four forms.
type Portfolio struct {
	ledgers []limits.Ledger
	days    [][]date.Date
	times   [][]time.Time
	db      *sql.DB
	query   *sql.Stmt
}

// New makes a portfolio of workers with 450 days each, drawn from the 1,150 days
// before a day, so that a few of them are older than three years.
func New(workers int, on date.Date) (*Portfolio, error) {
	const each, among = 450, 1150
	random := rand.New(rand.NewSource(1))
	p := &Portfolio{}
	for range workers {
		days := make([]date.Date, each)
		for i, back := range random.Perm(among)[:each] {
			days[i] = on - 1 - date.Date(back)
		}
		slices.Sort(days)
		times := make([]time.Time, each)
		for i, d := range days {
			times[i] = d.MidnightUTC()
		}
		p.days = append(p.days, days)
		p.times = append(p.times, times)
		p.ledgers = append(p.ledgers, limits.NewLedger(days...))
	}
	return p, p.store()
}

// store fills a database in memory, its rows in the order the query wants them.
func (p *Portfolio) store() (err error) {
	if p.db, err = sql.Open("sqlite", ":memory:"); err != nil {
		return err
	}
	p.db.SetMaxOpenConns(1) // each connection would have a memory of its own
	if _, err = p.db.Exec(`CREATE TABLE worked (worker INTEGER, day INTEGER, PRIMARY KEY (worker, day)) WITHOUT ROWID`); err != nil {
		return err
	}
	tx, err := p.db.Begin()
	if err != nil {
		return err
	}
	defer func() { _ = tx.Rollback() }() // of no effect after the commit
	insert, err := tx.Prepare(`INSERT INTO worked VALUES (?, ?)`)
	if err != nil {
		return err
	}
	for worker, days := range p.days {
		for _, d := range days {
			if _, err = insert.Exec(worker, int64(d)); err != nil {
				return err
			}
		}
	}
	if err = tx.Commit(); err != nil {
		return err
	}
	p.query, err = p.db.Prepare(`SELECT worker, COUNT(*) FROM worked WHERE day BETWEEN ? AND ? GROUP BY worker`)
	return err
}

// Close closes the database.
func (p *Portfolio) Close() error { return p.db.Close() }

// ByLedger writes the count of each worker to counts.
func (p *Portfolio) ByLedger(on date.Date, counts []int) {
	window := limits.Window(on)
	for i := range p.ledgers {
		counts[i] = p.ledgers[i].Count(window)
	}
}

// BySlice does the same with a loop over days.
func (p *Portfolio) BySlice(on date.Date, counts []int) {
	window := limits.Window(on)
	for i, days := range p.days {
		n := 0
		for _, d := range days {
			if d >= window.First && d <= window.Last {
				n++
			}
		}
		counts[i] = n
	}
}

// ByTime does the same with a loop over instants.
func (p *Portfolio) ByTime(on date.Date, counts []int) {
	window := limits.Window(on)
	first, last := window.First.MidnightUTC(), window.Last.MidnightUTC()
	for i, times := range p.times {
		n := 0
		for _, t := range times {
			if !t.Before(first) && !t.After(last) {
				n++
			}
		}
		counts[i] = n
	}
}

// BySQL does the same with a query.
func (p *Portfolio) BySQL(on date.Date, counts []int) error {
	window := limits.Window(on)
	rows, err := p.query.Query(int64(window.First), int64(window.Last))
	if err != nil {
		return err
	}
	defer func() { _ = rows.Close() }() // Err has what there is to tell
	for rows.Next() {
		var worker, n int
		if err := rows.Scan(&worker, &n); err != nil {
			return err
		}
		counts[worker] = n
	}
	return rows.Err()
}
