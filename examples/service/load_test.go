package main

import (
	"fmt"
	"net/http"
	"os"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// crowd is how many clients ask at once.
const crowd = 200

// together runs one client a goroutine, all let go at one moment.
func together(client func(i int)) {
	var clients sync.WaitGroup
	gate := make(chan struct{})
	for i := range crowd {
		clients.Go(func() {
			<-gate
			client(i)
		})
	}
	close(gate)
	clients.Wait()
}

// TestCrowd lets two hundred clients ask, write and read at once, one question of them
// all under one key.
func TestCrowd(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		workers := []string{"anna", "bruno", "carla", "dario", "elena", "fabio"}
		var mu sync.Mutex
		var took []time.Duration
		answers := map[string]int{}
		together(func(i int) {
			worker, key := workers[i%len(workers)], fmt.Sprintf("crowd-%d", i)
			path := "/v1/employers/bottega/workers/" + worker
			ask := decision(key, question(worker, fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+i%28), false))
			var bodies []string
			one, err := send(s.url, decision("one", question("anna", "2025-02-27T09:00:00+01:00", true)))
			assert.NoError(t, err)
			mu.Lock()
			answers[fmt.Sprint(one.status)]++
			answers[one.body]++
			mu.Unlock()
			requests := []expected{
				{201, ask},
				{200, ask},
				{204, put(path+"/worked/"+law.FormatDay(date.New(2020, time.January, 1)+date.Date(i)), `{"hours":"4.00"}`)},
				{200, get(path + "/left?on=2025-03-01")},
				{200, get("/v1/decisions/" + key)},
			}
			if i%10 == 0 {
				requests = append(requests, expected{200, get("/v1/employers/bottega/plan")})
			}
			for _, x := range requests {
				at := time.Now()
				got, err := send(s.url, x.request)
				if err != nil || got.status != x.status {
					t.Errorf("%s: %v, status %d: %s", x.path, err, got.status, got.body)
					return
				}
				assert.NoError(t, described.holds(x.request, got))
				bodies = append(bodies, got.body)
				mu.Lock()
				took = append(took, time.Since(at))
				mu.Unlock()
			}
			assert.Equal(t, bodies[0], bodies[1], "the same question under the same key")
		})
		slices.Sort(took)
		t.Logf("%d requests of %d clients: median %s, worst %s", len(took), crowd, took[len(took)/2], took[len(took)-1])
		made := s.wants(t, 200, decision("one", question("anna", "2025-02-27T09:00:00+01:00", true))).body
		assert.Equal(t, map[string]int{"201": 1, "200": crowd - 1, made: crowd}, answers)
		assert.Equal(t, crowd+1, verifyAll(t, s.store))
		n := 0
		for _, worker := range workers {
			n += len(s.store.days(t, "bottega", worker, "2020-01", "2020-12"))
		}
		assert.Equal(t, crowd, n)
	})
}

// verifyAll replays every record and returns how many there are.
func verifyAll(t *testing.T, s *store) int {
	t.Helper()
	list := query[[]byte](t, s, `SELECT record FROM decisions`)
	for _, record := range list {
		v, err := preflight.Verify(record)
		require.NoError(t, err)
		assert.True(t, v.Stands())
	}
	return len(list)
}

// TestLastDays lets two hundred clients plan one worker's last ten days, on two instances
// where these may share a database: each call is lawful by itself, ten are planned.
func TestLastDays(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		const last = 10
		_, contract := described.example(t, "PUT", anna+"/contract")
		const racer = "/v1/employers/bottega/workers/racer"
		s.wants(t, 204, put("/v1/workers/racer", `{"code":"RSSMRA03E54H501B"}`))
		s.wants(t, 204, put(racer+"/contract", contract))
		s.wants(t, 200, csv("worked", "worker;employer;first;last\nracer;bottega;2024-01-01;2025-01-24\n"))
		left := read[struct{ Remaining int }](t, s.wants(t, 200, get(racer+"/left?on=2025-03-01")))
		require.Equal(t, last, left.Remaining)
		services := []*running{s, s}
		if s.store.kind == "postgres" {
			services[1] = start(t, s.database)
		}
		together(func(i int) {
			day := law.FormatDay(date.New(2025, time.March, 1) + date.Date(i%60))
			q := decision(fmt.Sprintf("last-%d", i), question("racer", day+"T12:00:00Z", true))
			if got, err := send(services[i%2].url, q); err != nil || got.status != http.StatusCreated {
				t.Errorf("%v, status %d: %s", err, got.status, got.body)
			}
		})
		assert.Equal(t, last, s.store.count(t, "calls WHERE worker = 'racer'"))
		calls := s.calls(t, "from=2025-03-01&days=62&worker=racer")
		assert.Len(t, calls, last)
		assert.NotContains(t, strings.Join(calls, ","), "false")
	})
}

// TestPanic answers a question that nothing can answer.
func TestPanic(t *testing.T) {
	q := &tx{}
	(&service{}).decideIn(q, whose{}, nil)
	assert.ErrorIs(t, q.err, errStored)
}

// BenchmarkDecisions asks decisions of one worker by sixteen clients.
func BenchmarkDecisions(b *testing.B) {
	for kind, fresh := range databases {
		b.Run(kind, func(b *testing.B) {
			s := start(b, fresh(b))
			var next atomic.Int64
			b.SetParallelism(16 / runtime.GOMAXPROCS(0))
			b.ResetTimer()
			b.RunParallel(func(more *testing.PB) {
				for more.Next() {
					i := next.Add(1)
					q := decision(fmt.Sprintf("b-%d", i), question("anna", fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+i%28), false))
					if got, err := send(s.url, q); err != nil || got.status != 201 {
						b.Errorf("%v, status %d: %s", err, got.status, got.body)
					}
				}
			})
			b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "decisions/s")
			require.Equal(b, b.N, s.store.count(b, "decisions"))
		})
	}
}

// BenchmarkImport stores 689,000 days of 2,000 workers.
func BenchmarkImport(b *testing.B) {
	const many, each = 2000, 345
	contract, err := os.ReadFile(sampleFolder + "/contracts.csv")
	require.NoError(b, err)
	lines := strings.Split(string(contract), "\n")
	workers, contracts := "worker;surname\n", lines[0]+"\n"
	var days strings.Builder
	days.WriteString("worker;employer;first;last\n")
	for w := range many {
		workers += fmt.Sprintf("w%d;Rossi\n", w)
		contracts += strings.Replace(lines[1], "anna;", fmt.Sprintf("w%d;", w), 1) + "\n"
		for d := range each {
			fmt.Fprintf(&days, "w%d;bottega;%s;\n", w, law.FormatDay(date.New(2022, time.March, 1)+date.Date(3*d+w%3)))
		}
	}
	for kind, fresh := range databases {
		b.Run(kind, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				s := start(b, fresh(b))
				for _, x := range [][2]string{{"workers", workers}, {"contracts", contracts}} {
					_, _, err := s.store.importTable(b.Context(), developer, files[x[0]], []byte(x[1]), false)
					require.NoError(b, err)
				}
				b.StartTimer()
				n, _, err := s.store.importTable(b.Context(), developer, files["worked"], []byte(days.String()), false)
				require.NoError(b, err)
				require.Equal(b, many*each, n)
			}
		})
	}
}
