package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const crowd = 200 // clients at once

func march(n int) string { return fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+n%28) }

// together runs one client a goroutine, all let go at one moment.
func together(many int, client func(i int)) {
	var clients sync.WaitGroup
	gate := make(chan struct{})
	for i := range many {
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
		one := decision("one", question("anna", "2025-02-27T09:00:00+01:00", true))
		var ones [crowd]response
		var took [crowd][]time.Duration
		together(crowd, func(i int) {
			worker, key := workers[i%len(workers)], fmt.Sprintf("crowd-%d", i)
			path := "/v1/employers/bottega/workers/" + worker
			ask := decision(key, question(worker, march(i), false))
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
			var err error
			ones[i], err = s.send(one)
			assert.NoError(t, err)
			var bodies []string
			for _, x := range requests {
				at := time.Now()
				got, err := s.send(x.request)
				if err != nil || got.status != x.status {
					t.Errorf("%s: %v, status %d: %s", x.path, err, got.status, got.body)
					return
				}
				assert.NoError(t, described.holds(x.request, got))
				bodies, took[i] = append(bodies, got.body), append(took[i], time.Since(at))
			}
			assert.Equal(t, bodies[0], bodies[1], "the same question under the same key")
		})
		all := slices.Concat(took[:]...)
		slices.Sort(all)
		t.Logf("%d requests of %d clients: median %s, worst %s", len(all), crowd, all[len(all)/2], all[len(all)-1])
		answers := map[string]int{}
		for _, got := range ones {
			answers[fmt.Sprint(got.status)]++
			answers[got.body]++
		}
		assert.Equal(t, map[string]int{"201": 1, "200": crowd - 1, s.wants(t, 200, one).body: crowd}, answers)
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
		together(crowd, func(i int) {
			day := law.FormatDay(date.New(2025, time.March, 1) + date.Date(i%60))
			q := decision(fmt.Sprintf("last-%d", i), question("racer", day+"T12:00:00Z", true))
			if got, err := services[i%2].send(q); err != nil || got.status != http.StatusCreated {
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
	assert.ErrorIs(t, (&service{}).decideAll(whose{}, nil), errStored)
}

type exchange struct {
	request
	response
	err error
}

// numbered is one of many requests that store something: a decision, or a day worked.
func numbered(n int) request {
	if n%3 == 2 {
		return put(anna+"/worked/"+law.FormatDay(date.New(2015, time.January, 1)+date.Date(n)), `{"hours":"1.00"}`)
	}
	worker := []string{"anna", "bruno", "carla", "elena"}[n%4]
	return decision(fmt.Sprintf("kill-%d", n), question(worker, march(n), n%2 == 0))
}

// TestKill kills the service in the middle of writes, again and again. What was
// answered is there, what was not can be asked again, and no half of anything is.
func TestKill(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		const writers, rounds = 8, 3
		var all [writers][]exchange
		p := launch(t, database, "-import", sampleFolder)
		for round := range rounds {
			var work sync.WaitGroup
			for w := range all {
				work.Go(func() {
					for err := error(nil); err == nil; {
						x := exchange{request: numbered(w + writers*len(all[w]))}
						x.response, x.err = p.send(x.request)
						all[w], err = append(all[w], x), x.err
					}
				})
			}
			work.Go(func() { // a large import is under way, too
				time.Sleep(500 * time.Millisecond)
				rows := "worker;employer;first;last\n"
				for y := 1990 + 10*round; y%10 < 4; y += 2 {
					rows += fmt.Sprintf("nadia;trattoria;%d-01-01;%d-12-31\n", y, y+1)
				}
				_, _ = p.send(csv("worked", rows))
			})
			time.Sleep(time.Duration(505+10*round) * time.Millisecond) // anywhere will do
			require.NoError(t, p.Process.Kill())
			work.Wait()
			p.ends(t)
			p = launch(t, database)
		}
		decided, days, unanswered := 0, worked{}, 0
		for _, x := range slices.Concat(all[:]...) {
			if x.err != nil {
				unanswered++
				x.response, x.err = p.send(x.request)
			}
			require.NoError(t, x.err)
			if x.method == http.MethodPut {
				require.Equal(t, 204, x.status, x.response.body)
				days[law.MustDay(x.path[strings.LastIndex(x.path, "/")+1:])] = shift{}
				continue
			}
			require.Contains(t, []int{200, 201}, x.status, x.response.body)
			record, err := p.send(get("/v1/decisions/" + x.key))
			require.NoError(t, err)
			require.Equal(t, 200, record.status, "%s was answered and is lost", x.key)
			assert.Contains(t, x.response.body, record.body)
			decided++
		}
		assert.NotZero(t, decided)
		require.NoError(t, p.Process.Signal(syscall.SIGTERM))
		require.Equal(t, 0, p.ends(t))

		s := reopen(t, database)
		assert.Equal(t, decided, verifyAll(t, s))
		assert.Equal(t, s.count(t, "calls c JOIN decisions d ON d.employer = c.employer AND d.worker = c.worker AND d.start = c.start WHERE d.planned"),
			s.count(t, "decisions WHERE planned"), "planned without a call")
		stored := s.days(t, "bottega", "anna", "2015-01", "2199-12")
		for day := range days {
			assert.Contains(t, stored, day, "was answered and is lost")
		}
		for year := 1990; year < 1990+10*rounds; year += 10 {
			n := len(s.days(t, "trattoria", "nadia", fmt.Sprintf("%d-01", year), fmt.Sprintf("%d-12", year+4)))
			assert.Contains(t, []int{0, 4*365 + 1}, n, "half an import")
		}
		t.Logf("%d kills, %d decisions, %d days, %d requests unanswered", rounds, decided, len(days), unanswered)
	})
}

// TestStop tells the service to stop while a request is half sent: no new one is
// taken, that one is answered, and the status says that nothing was left behind.
func TestStop(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		p := launch(t, database, "-import", sampleFolder)
		address := strings.TrimPrefix(p.url, "http://")
		c, err := net.Dial("tcp", address)
		require.NoError(t, err)
		_, err = fmt.Fprintf(c, "PUT %s/worked/2015-01-01 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\n"+
			"Content-Length: 16\r\nExpect: 100-continue\r\nConnection: close\r\n\r\n", anna, p.bearer)
		require.NoError(t, err)
		_, err = io.ReadFull(c, make([]byte, len("HTTP/1.1 100 Continue\r\n\r\n"))) // the handler waits for the body
		require.NoError(t, err)
		require.NoError(t, p.Process.Signal(syscall.SIGTERM))
		require.Eventually(t, func() bool {
			other, err := net.Dial("tcp", address)
			if err == nil {
				_ = other.Close()
			}
			return err != nil
		}, 10*time.Second, 5*time.Millisecond)
		_, err = io.WriteString(c, `{"hours":"1.00"}`)
		require.NoError(t, err)
		said, err := io.ReadAll(c)
		require.NoError(t, err)
		assert.Contains(t, string(said), "HTTP/1.1 204 ")
		assert.Equal(t, 0, p.ends(t))
		assert.Len(t, reopen(t, database).days(t, "bottega", "anna", "2015-01", "2015-01"), 1)
	})
}

// TestStart refuses what it cannot start with, and a database of a newer program.
func TestStart(t *testing.T) {
	t.Setenv("DATABASE_URL", "postgres://x:secret@localhost/x")
	log := newLog(t)
	run := func(args ...string) int {
		return serve(t.Context(), append([]string{"-db", t.TempDir() + "/x.db"}, args...), io.Discard, log)
	}
	for _, args := range []string{"-now noon", "stray", "-listen nowhere:-1", "-db /", "-db postgres://:0/x?port=y", "-import /nowhere", "-limit 0", "keys sell", "keys revoke x"} {
		assert.Equal(t, 1, run(strings.Fields(args)...), args)
	}
	assert.Equal(t, 0, run("-h"))
	assert.Contains(t, log.String(), "-import")
	assert.NotContains(t, log.String(), "secret")
	eachDatabase(t, func(t *testing.T, database string) {
		reopen(t, database).do(t, `INSERT INTO migrations (number) VALUES (9)`)
		assert.Equal(t, 1, run("-db", database))
	})
}

// away takes the database of a service away and gives it back.
func away(t *testing.T, s *running) (back func()) {
	t.Helper()
	if s.store.kind == "sqlite" { // it is away when another program holds it
		tx, err := reopen(t, s.database).write.BeginTx(t.Context(), nil)
		require.NoError(t, err)
		return func() { require.NoError(t, tx.Rollback()) }
	}
	server := func(what string) {
		out, err := exec.Command(os.Getenv("SERVICE_TEST_POSTGRES_CONTROL"), what).CombinedOutput()
		assert.NoError(t, err, string(out))
	}
	server("stop")
	started := sync.OnceFunc(func() { server("start") })
	t.Cleanup(started) // for the tests that follow, whatever happens to this one
	return started
}

// TestAway takes the database away in the middle of work and gives it back: the
// service says so, comes back by itself, and has lost nothing.
func TestAway(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		first := decision("before", question("anna", "2025-02-24T09:00:00+01:00", true))
		before := s.wants(t, 201, first)
		back := away(t, s)
		during := decision("during", question("anna", "2025-02-25T09:00:00+01:00", true))
		assert.Equal(t, "1", s.wants(t, 503, during).header.Get("Retry-After"))
		if s.store.kind == "postgres" {
			for _, q := range []request{put(anna+"/worked/2015-01-01", `{}`), get("/readyz"), get("/v1/employers/bottega/plan")} {
				s.wants(t, 503, q)
			}
			s.wants(t, 200, get("/livez"))
		}
		back()
		require.Eventually(t, func() bool {
			got, err := s.send(get("/readyz"))
			return err == nil && got.status == 200
		}, 20*time.Second, 20*time.Millisecond)
		s.wants(t, 201, during)
		assert.Equal(t, before.body, s.wants(t, 200, first).body)
		assert.Equal(t, 2, verifyAll(t, s.store))
		assert.Empty(t, s.store.days(t, "bottega", "anna", "2015-01", "2015-01"))
	})
}

// TestReadme runs the commands of README.md.
func TestReadme(t *testing.T) {
	text := string(must(os.ReadFile("README.md")))
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(text, -1)
	require.Len(t, blocks, 2)
	require.Equal(t, "go run . -now "+sampleNow+" -import "+sampleFolder+"\n", blocks[0][1])
	p := launch(t, newSQLite(t), "-import", sampleFolder)
	shell := exec.Command("bash", "-euc", "curl() { command curl --silent --show-error --fail-with-body \"$@\"; }\n"+
		strings.ReplaceAll(blocks[1][1], "localhost:8080", p.url))
	shell.Env = append(os.Environ(), "KEY="+p.bearer)
	out, err := shell.CombinedOutput()
	assert.NoError(t, err, string(out))
	assert.NoError(t, p.Process.Kill())
	p.ends(t)
}

// TestAdapter holds the file that asks the rules to the size README.md gives it.
func TestAdapter(t *testing.T) {
	assert.LessOrEqual(t, strings.Count(string(must(os.ReadFile("adapter.go"))), "\n"), 150)
}

// BenchmarkDecisions asks decisions of one worker by sixteen clients.
func BenchmarkDecisions(b *testing.B) {
	for kind, fresh := range databases {
		b.Run(kind, func(b *testing.B) {
			s := start(b, fresh(b))
			var next atomic.Int64
			b.ResetTimer()
			together(16, func(int) {
				for i := next.Add(1); i <= int64(b.N); i = next.Add(1) {
					q := decision(fmt.Sprintf("b-%d", i), question("anna", march(int(i)), false))
					if got, err := s.send(q); err != nil || got.status != 201 {
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
	workers, contracts := "worker\n", "worker;employer;signed;first\n"
	var days strings.Builder
	days.WriteString("worker;employer;first;last\n")
	for w := range many {
		workers += fmt.Sprintf("w%d\n", w)
		contracts += fmt.Sprintf("w%d;bottega;2022-02-27;2022-02-28\n", w)
		for d := range each {
			fmt.Fprintf(&days, "w%d;bottega;%s;\n", w, law.FormatDay(date.New(2022, time.March, 1)+date.Date(3*d+w%3)))
		}
	}
	for kind, fresh := range databases {
		b.Run(kind, func(b *testing.B) {
			for range b.N {
				b.StopTimer()
				s := start(b, fresh(b))
				s.wants(b, 200, csv("workers", workers))
				s.wants(b, 200, csv("contracts", contracts))
				b.StartTimer()
				got := s.wants(b, 200, csv("worked", days.String()))
				require.Contains(b, got.body, fmt.Sprintf(`"rows":%d,"stored":true`, many*each))
			}
		})
	}
}
