package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"os/exec"
	"regexp"
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

// killing is what clients of a service that is killed again and again know of it.
type killing struct {
	mu         sync.Mutex
	asked      int
	answered   map[string]string // decisions and their bodies
	days       map[string]bool   // days stored
	unanswered []request
}

// next is another request: a decision, or a day worked.
func (k *killing) next() request {
	k.mu.Lock()
	defer k.mu.Unlock()
	k.asked++
	n := k.asked
	if n%3 == 2 {
		return put(anna+"/worked/"+law.FormatDay(date.New(2015, time.January, 1)+date.Date(n)), `{"hours":"1.00"}`)
	}
	worker := []string{"anna", "bruno", "carla", "elena"}[n%4]
	return decision(fmt.Sprintf("kill-%d", n), question(worker, fmt.Sprintf("2025-03-%02dT09:00:00+01:00", 1+n%28), n%2 == 0))
}

// keep notes an answer, or that there was none.
func (k *killing) keep(t *testing.T, q request, got response, err error) {
	k.mu.Lock()
	defer k.mu.Unlock()
	switch {
	case err != nil:
		k.unanswered = append(k.unanswered, q)
	case q.method == http.MethodPut:
		assert.Equal(t, 204, got.status, got.body)
		k.days[q.path[strings.LastIndex(q.path, "/")+1:]] = true
	default:
		assert.Contains(t, []int{200, 201}, got.status, got.body)
		k.answered[q.key] = got.body
	}
}

// TestKill kills the service in the middle of writes, again and again. What was
// answered is there, what was not can be asked again, and no half of anything is.
func TestKill(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		const writers, rounds = 8, 3
		k := &killing{answered: map[string]string{}, days: map[string]bool{}}
		p := launch(t, database, "-import", sampleFolder)
		for round := range rounds {
			var work sync.WaitGroup
			for range writers {
				work.Go(func() {
					for err := error(nil); err == nil; {
						q, got := k.next(), response{}
						got, err = send(p.url, q)
						k.keep(t, q, got, err)
					}
				})
			}
			work.Go(func() { // a large import is under way, too
				time.Sleep(500 * time.Millisecond)
				rows := "worker;employer;first;last\n"
				for y := 1990 + 10*round; y%10 < 4; y += 2 {
					rows += fmt.Sprintf("nadia;trattoria;%d-01-01;%d-12-31\n", y, y+1)
				}
				_, _ = send(p.url, csv("worked", rows))
			})
			time.Sleep(time.Duration(505+10*round) * time.Millisecond) // anywhere will do
			require.NoError(t, p.Process.Kill())
			work.Wait()
			p.ends(t)
			p = launch(t, database)
		}
		for _, q := range k.unanswered {
			got, err := send(p.url, q)
			require.NoError(t, err)
			k.keep(t, q, got, err)
		}
		assert.NotEmpty(t, k.answered)
		for key, body := range k.answered {
			record, err := send(p.url, get("/v1/decisions/"+key))
			require.NoError(t, err)
			require.Equal(t, 200, record.status, "%s was answered and is lost", key)
			assert.Contains(t, body, record.body)
		}
		require.NoError(t, p.Process.Signal(syscall.SIGTERM))
		require.Equal(t, 0, p.ends(t))

		s := reopen(t, database)
		assert.Equal(t, len(k.answered), verifyAll(t, s))
		assert.Equal(t, s.count(t, "calls c JOIN decisions d ON d.employer = c.employer AND d.worker = c.worker AND d.start = c.start WHERE d.planned"),
			s.count(t, "decisions WHERE planned"), "planned without a call")
		for day := range k.days {
			assert.Contains(t, s.days(t, "bottega", "anna", day[:7], day[:7]), law.MustDay(day), "was answered and is lost")
		}
		for year := 1990; year < 1990+10*rounds; year += 10 {
			n := len(s.days(t, "trattoria", "nadia", fmt.Sprintf("%d-01", year), fmt.Sprintf("%d-12", year+4)))
			assert.Contains(t, []int{0, 4*365 + 1}, n, "half an import")
		}
		t.Logf("%d kills, %d decisions, %d days, %d requests unanswered", rounds, len(k.answered), len(k.days), len(k.unanswered))
	})
}

// TestStop tells the service to stop while a request is half sent: no new one is
// taken, that one is answered, and the status says that nothing was left behind.
func TestStop(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		p := launch(t, database, "-import", sampleFolder)
		half, rest := io.Pipe()
		go func() {
			_, err := rest.Write([]byte(`{"hours"`)) // which is taken when the handler reads
			assert.NoError(t, err)
			assert.NoError(t, p.Process.Signal(syscall.SIGTERM))
			assert.Eventually(t, func() bool {
				c, err := net.Dial("tcp", strings.TrimPrefix(p.url, "http://"))
				if err == nil {
					_ = c.Close()
				}
				return err != nil
			}, 10*time.Second, 5*time.Millisecond)
			_, err = rest.Write([]byte(`:"1.00"}`))
			assert.NoError(t, err)
			assert.NoError(t, rest.Close())
		}()
		r, err := http.NewRequest(http.MethodPut, p.url+anna+"/worked/2015-01-01", half)
		require.NoError(t, err)
		key, _ := bearers.Load(p.url)
		r.Header = http.Header{"Authorization": {"Bearer " + key.(string)}, "Content-Type": {"application/json"}, "Expect": {"100-continue"}}
		got, err := (&http.Client{Transport: &http.Transport{ExpectContinueTimeout: time.Minute}}).Do(r)
		require.NoError(t, err)
		assert.Equal(t, 204, got.StatusCode)
		require.NoError(t, got.Body.Close())
		assert.Equal(t, 0, p.ends(t))
		assert.Len(t, reopen(t, database).days(t, "bottega", "anna", "2015-01", "2015-01"), 1)
	})
}

// TestStart refuses what it cannot start with, and a database of a newer program.
func TestStart(t *testing.T) {
	run := func(args ...string) int {
		return serve(t.Context(), append([]string{"-db", t.TempDir() + "/x.db"}, args...), io.Discard, io.Discard)
	}
	for _, args := range []string{"-now noon", "stray", "-listen nowhere:-1", "-db /", "-db postgres://:0/x?port=y", "-import /nowhere", "-limit 0", "keys sell", "keys revoke x"} {
		assert.Equal(t, 1, run(strings.Fields(args)...), args)
	}
	assert.Equal(t, 0, run("-h"))
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
			got, err := send(s.url, get("/readyz"))
			return err == nil && got.status == 200
		}, 20*time.Second, 20*time.Millisecond)
		s.wants(t, 201, during)
		assert.Equal(t, before.body, s.wants(t, 200, first).body)
		assert.Equal(t, 2, verifyAll(t, s.store))
		assert.Empty(t, s.store.days(t, "bottega", "anna", "2015-01", "2015-01"))
	})
}

// TestReadme starts the service as README.md says and runs the requests that stand there
// in a shell.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	blocks := regexp.MustCompile("(?s)```sh\n(.*?)```").FindAllStringSubmatch(string(text), -1)
	require.Len(t, blocks, 2)
	require.Equal(t, "go run . -now "+sampleNow+" -import "+sampleFolder+"\n", blocks[0][1])
	p := launch(t, newSQLite(t), "-import", sampleFolder)
	key, _ := bearers.Load(p.url)
	shell := exec.Command("bash", "-euc", "curl() { command curl --silent --show-error --fail-with-body \"$@\"; }\n"+
		strings.ReplaceAll(blocks[1][1], "localhost:8080", p.url))
	shell.Env = append(os.Environ(), "KEY="+key.(string))
	out, err := shell.CombinedOutput()
	assert.NoError(t, err, string(out))
	assert.NoError(t, p.Process.Kill())
	p.ends(t)
}

// TestAdapter holds the file that asks the rules to the size README.md gives it.
func TestAdapter(t *testing.T) {
	b, err := os.ReadFile("adapter.go")
	require.NoError(t, err)
	assert.LessOrEqual(t, strings.Count(string(b), "\n"), 150)
}
