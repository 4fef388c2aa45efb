//go:build clickhouse

package compare

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	chdb "github.com/chdb-io/chdb-go/chdb-purego"
	"github.com/intermittente/intermittente/limits"
	"github.com/rickb777/date/v2"
)

var clickHouse = []Way{
	{"ClickHouse MergeTree", func(r Rows) (Asker, error) { return openClickHouse(r, "MergeTree ORDER BY (worker, day)") }},
	{"ClickHouse Memory", func(r Rows) (Asker, error) { return openClickHouse(r, "Memory") }},
}

// clickhouse is ClickHouse within this process, as chDB.
type clickhouse struct {
	conn chdb.ChdbConn
	dir  string
}

// openClickHouse hands the rows over as a file in ClickHouse's own columns.
func openClickHouse(r Rows, engine string) (_ Asker, err error) {
	dir, err := os.MkdirTemp("", "clickhouse")
	if err != nil {
		return nil, err
	}
	conn, err := chdb.NewConnectionFromConnString(filepath.Join(dir, "data"))
	if err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	c := clickhouse{conn, dir}
	file := filepath.Join(dir, "rows")
	if err := write(file, r); err != nil {
		return nil, errors.Join(err, c.Close())
	}
	for _, query := range []string{
		`CREATE DATABASE d ENGINE = Atomic`,
		`CREATE TABLE d.worked (worker UInt32, day Date) ENGINE = ` + engine,
		`INSERT INTO d.worked SELECT worker, day FROM file('` + file + `', 'Native')`,
	} {
		if err := c.ask(query, nil); err != nil {
			return nil, errors.Join(err, c.Close())
		}
	}
	return c, os.Remove(file)
}

// write makes a file of blocks in the format Native.
func write(name string, r Rows) error {
	f, err := os.Create(name)
	if err != nil {
		return err
	}
	out := bufio.NewWriterSize(f, 1<<20)
	const block = 1 << 16
	workers, days := make([]byte, 0, 4*block), make([]byte, 0, 2*block)
	flush := func() {
		if len(days) == 0 {
			return
		}
		out.Write([]byte{2}) // columns; what fails is returned by Flush
		out.Write(binary.AppendUvarint(nil, uint64(len(days)/2)))
		out.WriteString("\x06worker\x06UInt32")
		out.Write(workers)
		out.WriteString("\x03day\x04Date")
		out.Write(days)
		workers, days = workers[:0], days[:0]
	}
	for worker, day := range r.all() {
		workers = binary.LittleEndian.AppendUint32(workers, uint32(worker))
		if days = binary.LittleEndian.AppendUint16(days, uint16(day)); len(days) == 2*block {
			flush()
		}
	}
	flush()
	return errors.Join(out.Flush(), f.Close())
}

// ask runs a query, and hands its answer in the format RowBinary to a function.
func (c clickhouse) ask(query string, answer func([]byte)) error {
	result, err := c.conn.Query(query, "RowBinary")
	if err != nil {
		return err
	}
	defer result.Free()
	if answer != nil {
		answer(result.Buf())
	}
	return result.Error()
}

// Count is a query over the table.
func (c clickhouse) Count(on date.Date, counts []int) error {
	clear(counts)
	return c.ask(fmt.Sprintf(`SELECT worker, count() FROM d.worked WHERE day >= toDate(%d) AND day < toDate(%d) GROUP BY worker`,
		limits.Window(on).First-unix, on-unix), func(b []byte) {
		for ; len(b) >= 12; b = b[12:] {
			counts[binary.LittleEndian.Uint32(b)] = int(binary.LittleEndian.Uint64(b[4:]))
		}
	})
}

// First is a query over the table.
func (c clickhouse) First(firsts []date.Date) error {
	clear(firsts)
	return c.ask(firstQuery, func(b []byte) {
		for ; len(b) >= 6; b = b[6:] {
			firsts[binary.LittleEndian.Uint32(b)] = unix + date.Date(binary.LittleEndian.Uint16(b[4:]))
		}
	})
}

// firstQuery gathers the days of who has more than 400 into arrays: a window function
// over all rows takes five to eight times as long.
const firstQuery = `
	SELECT worker, arrayFirst((d, back) -> back > subtractYears(d, 3), arraySlice(a, 401), arraySlice(a, 1, length(a) - 400)) AS first FROM (
		SELECT worker, arraySort(groupArray(day)) AS a FROM d.worked GROUP BY worker HAVING length(a) > 400)
	WHERE first > toDate(0)`

// Close closes the connection and removes its files.
func (c clickhouse) Close() error {
	c.conn.Close()
	return os.RemoveAll(c.dir)
}
