//go:build cgo

package compare

import (
	"errors"
	"fmt"
	"unsafe"

	duckdb "github.com/duckdb/duckdb-go-bindings"
	"github.com/intermittente/intermittente/limits"
	"github.com/rickb777/date/v2"
)

var duckDB = []Way{{"DuckDB", openDuckDB}}

// duck is DuckDB in memory by its C interface, which takes and gives whole vectors: a
// driver for database/sql takes a call for every value, and is several times slower.
type duck struct {
	db   duckdb.Database
	conn duckdb.Connection
}

func openDuckDB(r Rows) (_ Asker, err error) {
	d := &duck{}
	if duckdb.Open("", &d.db) != duckdb.StateSuccess || duckdb.Connect(d.db, &d.conn) != duckdb.StateSuccess {
		return nil, errors.New("DuckDB does not open")
	}
	if err := errors.Join(d.ask(`CREATE TABLE worked (worker INTEGER, day DATE)`, nil), d.fill(r)); err != nil {
		return nil, errors.Join(err, d.Close())
	}
	return d, nil
}

// fill appends the rows, a vector at a time. A DATE is an int32 of days since 1970.
func (d *duck) fill(r Rows) error {
	var to duckdb.Appender
	if duckdb.AppenderCreate(d.conn, "", "worked", &to) != duckdb.StateSuccess {
		return errors.New("DuckDB: no appender")
	}
	defer duckdb.AppenderDestroy(&to)
	types := []duckdb.LogicalType{duckdb.CreateLogicalType(duckdb.TypeInteger), duckdb.CreateLogicalType(duckdb.TypeDate)}
	chunk := duckdb.CreateDataChunk(types)
	defer duckdb.DestroyDataChunk(&chunk)
	for i := range types {
		duckdb.DestroyLogicalType(&types[i])
	}
	workers, days, n := vector[int32](chunk, 0), vector[int32](chunk, 1), 0
	flush := func() error {
		duckdb.DataChunkSetSize(chunk, duckdb.IdxT(n))
		if n = 0; duckdb.AppendDataChunk(to, chunk) != duckdb.StateSuccess {
			return errors.New("DuckDB: " + duckdb.AppenderError(to))
		}
		return nil
	}
	for worker, day := range r.all() {
		workers[n], days[n] = int32(worker), int32(day)
		if n++; n == len(days) {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	if err := flush(); err != nil {
		return err
	}
	if duckdb.AppenderFlush(to) != duckdb.StateSuccess {
		return errors.New("DuckDB: " + duckdb.AppenderError(to))
	}
	return nil
}

// vector is the memory of one column of a chunk.
func vector[T any](chunk duckdb.DataChunk, column int) []T {
	data := duckdb.VectorGetData(duckdb.DataChunkGetVector(chunk, duckdb.IdxT(column)))
	return unsafe.Slice((*T)(data), duckdb.VectorSize())
}

// ask runs a query, and hands each chunk of its answer and its size to a function.
func (d *duck) ask(query string, answer func(duckdb.DataChunk, int)) error {
	var result duckdb.Result
	defer duckdb.DestroyResult(&result)
	if duckdb.Query(d.conn, query, &result) != duckdb.StateSuccess {
		return errors.New("DuckDB: " + duckdb.ResultError(&result))
	}
	for {
		chunk := duckdb.FetchChunk(result)
		if chunk.Ptr == nil {
			return nil
		}
		if answer != nil {
			answer(chunk, int(duckdb.DataChunkGetSize(chunk)))
		}
		duckdb.DestroyDataChunk(&chunk)
	}
}

// Count is a query over the table.
func (d *duck) Count(on date.Date, counts []int) error {
	clear(counts)
	return d.ask(fmt.Sprintf(`SELECT worker, COUNT(*) FROM worked WHERE day >= DATE '%s' AND day < DATE '%s' GROUP BY worker`,
		limits.Window(on).First, on), func(chunk duckdb.DataChunk, n int) {
		workers, numbers := vector[int32](chunk, 0), vector[int64](chunk, 1)
		for i := range n {
			counts[workers[i]] = int(numbers[i])
		}
	})
}

// First is a query over the table.
func (d *duck) First(firsts []date.Date) error {
	clear(firsts)
	return d.ask(duckFirst, func(chunk duckdb.DataChunk, n int) {
		workers, days := vector[int32](chunk, 0), vector[int32](chunk, 1)
		for i := range n {
			firsts[workers[i]] = unix + date.Date(days[i])
		}
	})
}

// duckFirst gathers the days of who has more than 400 into lists: a window function over
// all rows takes four times as long.
const duckFirst = `
	SELECT worker, MIN(day) FROM (
		SELECT worker, unnest(a[401:]) AS day, unnest(a[:-401]) AS back FROM (
			SELECT worker, list(day ORDER BY day) AS a FROM worked GROUP BY worker HAVING COUNT(*) > 400)
	) WHERE back > day - INTERVAL 3 YEAR GROUP BY worker`

// Close closes the database.
func (d *duck) Close() error {
	duckdb.Disconnect(&d.conn)
	duckdb.Close(&d.db)
	return nil
}
