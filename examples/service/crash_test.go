package main

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// TestKill kills the service in the middle of writes, again and again. What was
// answered is there, what was not can be asked again, and no half of anything is.
func TestKill(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			const writers, rounds, enough = 8, 3, 60
			var mu sync.Mutex
			answered, days := map[string]string{}, map[string]bool{}
			var unanswered []request
			asked, cut := 0, 0
			first := date.New(2015, time.January, 1)
			next := func(writer, i int) request {
				asked++
				n := asked
				if i%3 == 2 {
					return put(anna+"/worked/"+law.FormatDay(first+date.Date(n)), `{"hours":"1.00"}`)
				}
				worker := []string{"anna", "bruno", "carla", "elena"}[writer%4]
				return decision(fmt.Sprintf("kill-%d", n), question(worker, fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+n%28), n%2 == 0))
			}
			keep := func(q request, got response) {
				if q.method == http.MethodPut {
					assert.Equal(t, 204, got.status, got.body)
					days[q.path[strings.LastIndex(q.path, "/")+1:]] = true
					return
				}
				assert.Contains(t, []int{200, 201}, got.status, got.body)
				answered[q.key] = got.body
			}
			for round := range rounds {
				args := []string{}
				if round == 0 {
					args = append(args, "-import", sampleFolder)
				}
				p := launch(t, database, args...)
				var work sync.WaitGroup
				so := make(chan struct{}, 1)
				count := 0
				for w := range writers {
					work.Go(func() {
						for i := 0; ; i++ {
							mu.Lock()
							q := next(w, i)
							mu.Unlock()
							got, err := send(p.url, q)
							mu.Lock()
							if err != nil {
								unanswered = append(unanswered, q)
								mu.Unlock()
								return
							}
							keep(q, got)
							if count++; count == enough {
								so <- struct{}{}
							}
							mu.Unlock()
						}
					})
				}
				<-so
				// A large import is under way, too: all of it is stored, or nothing.
				year := 1990 + 10*round
				rows := "worker;employer;first;last\n"
				for y := year; y < year+4; y += 2 {
					rows += fmt.Sprintf("nadia;trattoria;%d-01-01;%d-12-31\n", y, y+1)
				}
				work.Go(func() {
					_, err := send(p.url, request{method: "POST", path: "/v1/import/worked", media: "text/csv", body: rows})
					if err != nil {
						mu.Lock()
						cut++
						mu.Unlock()
					}
				})
				time.Sleep(time.Duration(5+10*round) * time.Millisecond) // anywhere will do
				require.NoError(t, p.cmd.Process.Kill())
				work.Wait()
				p.wait(t)
			}
			p := launch(t, database)
			for _, q := range unanswered {
				got, err := send(p.url, q)
				require.NoError(t, err)
				keep(q, got)
			}
			for key, body := range answered {
				record, err := send(p.url, get("/v1/decisions/"+key))
				require.NoError(t, err)
				require.Equal(t, 200, record.status, "%s was answered and is lost", key)
				assert.Contains(t, body, record.body)
			}
			require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
			require.Equal(t, 0, p.wait(t))

			s := reopen(t, database)
			assert.Equal(t, len(answered), verifyAll(t, s))
			assert.Equal(t, s.count(t, "calls c JOIN decisions d ON d.employer = c.employer AND d.worker = c.worker AND d.start = c.start WHERE d.planned"),
				s.count(t, "decisions WHERE planned"), "planned without a call")
			for day := range days {
				assert.Contains(t, s.days(t, "bottega", "anna", day[:7], day[:7]), law.MustDay(day), "was answered and is lost")
			}
			for round := range rounds {
				year := 1990 + 10*round
				n := len(s.days(t, "trattoria", "nadia", fmt.Sprintf("%d-01", year), fmt.Sprintf("%d-12", year+4)))
				assert.Contains(t, []int{0, 4*365 + 1}, n, "half an import")
			}
			t.Logf("%d kills, %d decisions, %d days, %d requests unanswered, %d imports cut", rounds, len(answered), len(days), len(unanswered), cut)
		})
	}
}

// TestStop tells the service to stop while a request is half sent: no new one is
// taken, that one is answered, and the status says that nothing was left behind.
func TestStop(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			p := launch(t, database, "-import", sampleFolder)
			address := strings.TrimPrefix(p.url, "http://")
			key, _ := bearers.Load(p.url)
			c, err := net.Dial("tcp", address)
			require.NoError(t, err)
			defer func() { _ = c.Close() }()
			const body = `{"hours":"1.00"}`
			_, err = fmt.Fprintf(c, "PUT %s/worked/2015-01-01 HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer %s\r\nContent-Type: application/json\r\nContent-Length: %d\r\nExpect: 100-continue\r\n\r\n", anna, key, len(body))
			require.NoError(t, err)
			in := bufio.NewReader(c)
			line, err := in.ReadString('\n')
			require.NoError(t, err)
			require.Equal(t, "HTTP/1.1 100 Continue\r\n", line, "the handler reads the body")
			_, err = in.ReadString('\n')
			require.NoError(t, err)
			_, err = io.WriteString(c, body[:5])
			require.NoError(t, err)

			require.NoError(t, p.cmd.Process.Signal(syscall.SIGTERM))
			refused := func() bool {
				c, err := net.Dial("tcp", address)
				if err == nil {
					_ = c.Close()
				}
				return err != nil
			}
			require.Eventually(t, refused, 10*time.Second, 5*time.Millisecond)
			_, err = io.WriteString(c, body[5:])
			require.NoError(t, err)
			got, err := http.ReadResponse(in, nil)
			require.NoError(t, err)
			assert.Equal(t, 204, got.StatusCode)
			assert.Equal(t, 0, p.wait(t))
			assert.Len(t, reopen(t, database).days(t, "bottega", "anna", "2015-01", "2015-01"), 1)
		})
	}
}

// TestStart refuses what it cannot start with, and a database of another schema.
func TestStart(t *testing.T) {
	for _, args := range [][]string{{"-now", "noon"}, {"stray"}, {"-listen", "nowhere:-1"}, {"-db", "/"}, {"-db", "postgres://:0/x?port=y"}, {"-import", "/nowhere"}, {"-limit", "0"}, {"keys", "sell"}, {"keys", "revoke", "x"}} {
		logs := &logBook{}
		args = append([]string{"-db", t.TempDir() + "/x.db"}, args...)
		assert.Equal(t, 1, serve(t.Context(), args, logs, logs), args)
	}
	assert.Equal(t, 0, serve(t.Context(), []string{"-h"}, &logBook{}, &logBook{}))
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := reopen(t, database)
			_, err := s.write.ExecContext(t.Context(), `INSERT INTO migrations (number) VALUES (9)`)
			require.NoError(t, err)
			assert.Equal(t, 1, serve(t.Context(), []string{"-db", database}, &logBook{}, &logBook{}), "of a newer program")
		})
	}
}

// away takes the database of a service away and gives it back.
func away(t *testing.T, s *running) (back func()) {
	t.Helper()
	if s.store.kind == "postgres" {
		control := os.Getenv("SERVICE_TEST_POSTGRES_CONTROL")
		require.NotEmpty(t, control)
		server := func(what string) {
			out, err := exec.Command(control, what).CombinedOutput()
			require.NoError(t, err, string(out))
		}
		server("stop")
		t.Cleanup(func() {
			if t.Failed() {
				_ = exec.Command(control, "start").Run() // for the tests that follow
			}
		})
		return func() { server("start") }
	}
	// A SQLite file is away when another program holds it.
	other := reopen(t, s.file(t))
	tx, err := other.write.BeginTx(t.Context(), nil)
	require.NoError(t, err)
	return func() { require.NoError(t, tx.Rollback()) }
}

// file is where a SQLite database is.
func (s *running) file(t *testing.T) (name string) {
	t.Helper()
	require.NoError(t, s.store.read.QueryRowContext(t.Context(), `SELECT file FROM pragma_database_list WHERE name = 'main'`).Scan(&name))
	return name
}

// TestAway takes the database away in the middle of work and gives it back: the
// service says so, comes back by itself, and has lost nothing.
func TestAway(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			before := s.wants(t, 201, decision("before", question("anna", "2025-02-24T09:00:00+01:00", true)))
			back := away(t, s)
			during := decision("during", question("anna", "2025-02-25T09:00:00+01:00", true))
			got := s.wants(t, 503, during)
			assert.Equal(t, "1", got.header.Get("Retry-After"))
			if s.store.kind == "postgres" {
				s.wants(t, 503, put(anna+"/worked/2015-01-01", `{}`))
				s.wants(t, 503, get("/readyz"))
				s.wants(t, 503, get("/v1/employers/bottega/plan"))
			}
			back()
			require.Eventually(t, func() bool {
				got, err := send(s.url, get("/readyz"))
				return err == nil && got.status == 200
			}, 20*time.Second, 20*time.Millisecond)
			s.wants(t, 201, during)
			assert.Equal(t, before.body, s.wants(t, 200, decision("before", question("anna", "2025-02-24T09:00:00+01:00", true))).body)
			assert.Equal(t, 2, verifyAll(t, s.store))
			assert.Empty(t, s.store.days(t, "bottega", "anna", "2015-01", "2015-01"))
		})
	}
}
