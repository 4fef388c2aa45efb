package main

import (
	"fmt"
	"net/http"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// crowd is how many clients ask at once.
const crowd = 200

// together runs one client a goroutine, all let go at one moment.
func together(client func(i int)) {
	var ready, done sync.WaitGroup
	gate := make(chan struct{})
	for i := range crowd {
		ready.Add(1)
		done.Go(func() {
			ready.Done()
			<-gate
			client(i)
		})
	}
	ready.Wait()
	close(gate)
	done.Wait()
}

// TestCrowd lets two hundred clients ask, write and read at once.
func TestCrowd(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			workers := []string{"anna", "bruno", "carla", "dario", "elena", "fabio"}
			day := date.New(2020, time.January, 1)
			var mu sync.Mutex
			var took []time.Duration
			began := time.Now()
			together(func(i int) {
				worker := workers[i%len(workers)]
				path := "/v1/employers/bottega/workers/" + worker
				key := fmt.Sprintf("crowd-%d", i)
				ask := question(worker, fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+i%28), false)
				requests := []struct {
					status int
					request
				}{
					{201, decision(key, ask)},
					{204, put(path+"/worked/"+law.FormatDay(day+date.Date(i)), `{"hours":"4.00"}`)},
					{200, get(path + "/left?on=2025-03-01")},
					{200, decision(key, ask)},
					{200, get("/v1/decisions/" + key)},
				}
				if i%10 == 0 {
					requests = append(requests, struct {
						status int
						request
					}{200, get("/v1/employers/bottega/plan")})
				}
				var own []time.Duration
				var first string
				for _, x := range requests {
					at := time.Now()
					got, err := send(s.url, x.request)
					own = append(own, time.Since(at))
					if err != nil || got.status != x.status {
						t.Errorf("%s: %v, status %d: %s", x.path, err, got.status, got.body)
						return
					}
					assert.Empty(t, described.holds(x.request, got))
					switch {
					case x.method == http.MethodPost && first == "":
						first = got.body
					case x.method == http.MethodPost:
						assert.Equal(t, first, got.body, "the same question under the same key")
					}
				}
				mu.Lock()
				defer mu.Unlock()
				took = append(took, own...)
			})
			slices.Sort(took)
			require.NotEmpty(t, took)
			t.Logf("%d requests of %d clients in %s: median %s, 99%% %s, worst %s", len(took), crowd, time.Since(began).Round(time.Millisecond),
				took[len(took)/2].Round(time.Millisecond), took[len(took)*99/100].Round(time.Millisecond), took[len(took)-1].Round(time.Millisecond))
			assert.Equal(t, crowd, s.store.count(t, "decisions"))
			assert.Equal(t, crowd, verifyAll(t, s.store))
			n := 0
			for _, worker := range workers {
				n += len(s.store.days(t, "bottega", worker, "2020-01", "2020-12"))
			}
			assert.Equal(t, crowd, n)
		})
	}
}

// verifyAll replays every record and returns how many there are.
func verifyAll(t *testing.T, s *store) int {
	t.Helper()
	rows, err := s.read.QueryContext(t.Context(), `SELECT record FROM decisions`)
	require.NoError(t, err)
	defer func() { _ = rows.Close() }()
	n := 0
	for rows.Next() {
		var record []byte
		require.NoError(t, rows.Scan(&record))
		v, err := preflight.Verify(record)
		require.NoError(t, err)
		assert.True(t, v.Stands())
		n++
	}
	require.NoError(t, rows.Err())
	return n
}

// TestLastDays lets two hundred clients plan one worker's last ten days: each call
// is lawful by itself, ten are planned.
func TestLastDays(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			const last = 10
			rome, err := cf.ParsePlace("H501")
			require.NoError(t, err)
			code, err := cf.Compute(cf.Person{Surname: "Rossi", Name: "Mara", Birth: law.MustDay("2003-05-14"), Sex: cf.Female, Place: rome})
			require.NoError(t, err)
			worker := `{"code":"` + code.String() + `"}`
			_, contract := described.example(t, "PUT", anna+"/contract")
			const path = "/v1/employers/bottega/workers/racer"
			s.wants(t, 204, put("/v1/workers/racer", worker))
			s.wants(t, 204, put(path+"/contract", contract))
			s.wants(t, 200, request{method: "POST", path: "/v1/import/worked", media: "text/csv", body: "worker;employer;first;last\nracer;bottega;2024-01-01;2025-01-24\n"})
			left := read[struct{ Remaining int }](t, s.wants(t, 200, get(path+"/left?on=2025-03-01")))
			require.Equal(t, last, left.Remaining)

			services := []*running{s, s}
			if s.store.kind == "postgres" { // which several may share
				services[1] = start(t, database)
			}
			var mu sync.Mutex
			days := map[string]bool{}
			first := date.New(2025, time.March, 1)
			together(func(i int) {
				day := law.FormatDay(first + date.Date(i%60))
				q := decision(fmt.Sprintf("last-%d", i), question("racer", day+"T12:00:00Z", true))
				got, err := send(services[i%2].url, q)
				if err != nil || got.status != http.StatusCreated {
					t.Errorf("%v, status %d: %s", err, got.status, got.body)
					return
				}
				if read[madeDecision](t, got).Planned {
					mu.Lock()
					defer mu.Unlock()
					days[day] = true
				}
			})
			assert.Len(t, days, last)
			assert.Equal(t, last, s.store.count(t, "calls WHERE worker = 'racer'"))
			plan := read[planAnswer](t, s.wants(t, 200, get("/v1/employers/bottega/plan?from=2025-03-01&days=62")))
			for _, c := range plan.Forecast.Calls {
				if plan.Workers[c.Line] == "racer" {
					assert.True(t, c.Stands, c.Start)
				}
			}
		})
	}
}

// TestOneKey lets two hundred clients ask one question under one key.
func TestOneKey(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			var mu sync.Mutex
			status, bodies := map[int]int{}, map[string]bool{}
			together(func(int) {
				got, err := send(s.url, decision("one", question("anna", "2025-02-27T09:00:00+01:00", true)))
				mu.Lock()
				defer mu.Unlock()
				if err != nil {
					t.Error(err)
				}
				status[got.status]++
				bodies[got.body] = true
			})
			assert.Equal(t, map[int]int{201: 1, 200: crowd - 1}, status)
			assert.Len(t, bodies, 1)
		})
	}
}

// TestPanic answers a question that nothing can answer.
func TestPanic(t *testing.T) {
	s, d := &service{clock: time.Now}, &decided{}
	s.decideOne(nil, d)
	assert.ErrorIs(t, d.err, errStored)
}
