package main

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The test binary is also the service, for the tests that kill it.
const asService = "INTERMITTENTE_TEST_AS_SERVICE"

func TestMain(m *testing.M) {
	if os.Getenv(asService) != "" {
		main()
	}
	os.Exit(m.Run())
}

// sampleNow is the morning of the sample's first calls, as in examples/roster.
const (
	sampleFolder = "../roster/sample"
	sampleNow    = "2025-02-20T09:00:00+01:00"
)

// postgres is the address of a server on which databases can be made: test.sh
// starts one. Without it the tests run on SQLite alone.
var postgres = os.Getenv("SERVICE_TEST_POSTGRES")

// databases make a new database of each kind.
var databases = map[string]func(testing.TB) string{"sqlite": newSQLite, "postgres": newPostgres}

// eachDatabase runs a test on a new database of each kind.
func eachDatabase(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) { test(t, fresh(t)) })
	}
}

// eachStore runs a test on a service of its own for each kind of database, with the
// sample stored.
func eachStore(t *testing.T, test func(t *testing.T, s *running)) {
	t.Helper()
	eachDatabase(t, func(t *testing.T, database string) { test(t, start(t, database)) })
}

func newSQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "test.db")
}

func newPostgres(t testing.TB) string {
	t.Helper()
	if postgres == "" {
		t.Skip("without a server: test.sh starts one")
	}
	admin, err := sql.Open("pgx", postgres)
	require.NoError(t, err)
	name := "t" + strings.ToLower(rand.Text())
	_, err = admin.ExecContext(t.Context(), `CREATE DATABASE `+name)
	require.NoError(t, err)
	t.Cleanup(func() {
		_, err := admin.ExecContext(context.Background(), `DROP DATABASE `+name+` WITH (FORCE)`)
		assert.NoError(t, err)
		assert.NoError(t, admin.Close())
	})
	address, err := url.Parse(postgres)
	require.NoError(t, err)
	address.Path = "/" + name
	return address.String()
}

// running is a service a test talks to.
type running struct {
	*service
	database string
	url      string
	logs     logBook
}

// logBook is a file that keeps what is written, by processes too.
type logBook struct{ *os.File }

func newLog(t testing.TB) logBook {
	t.Helper()
	f, err := os.Create(filepath.Join(t.TempDir(), "log"))
	require.NoError(t, err)
	return logBook{f}
}

// String returns all that was written.
func (l logBook) String() string {
	b, err := os.ReadFile(l.Name())
	if err != nil {
		panic(err)
	}
	return string(b)
}

// start runs a service in the test's process, with the sample stored. When the test
// ends its log is searched for personal data.
func start(t testing.TB, database string) *running {
	t.Helper()
	at, err := time.Parse(time.RFC3339, sampleNow)
	require.NoError(t, err)
	s := &running{database: database, logs: newLog(t)}
	s.service = &service{
		log:       slog.New(slog.NewJSONHandler(s.logs, &slog.HandlerOptions{Level: slog.LevelDebug})),
		clock:     func() time.Time { return at },
		perSecond: 100_000,
	}
	s.store, err = open(t.Context(), database)
	require.NoError(t, err)
	s.metrics = newMetrics(s.store)
	require.NoError(t, s.importFolder(t.Context(), developer, sampleFolder))
	server := httptest.NewUnstartedServer(nil)
	server.Config = s.server()
	server.Start()
	s.url = server.URL
	bearers.Store(s.url, s.store.key(t, developer, true))
	t.Cleanup(func() {
		server.Close()
		s.store.close()
		assertSilent(t, s.logs.String())
	})
	return s
}

// secrets are the codes, names and keys of the sample, as words.
var secrets = func() *regexp.Regexp {
	var words []string
	for file, columns := range map[string]int{"workers.csv": 4, "employers.csv": 3} {
		b, err := os.ReadFile(filepath.Join(sampleFolder, file))
		if err != nil {
			panic(err)
		}
		for line := range strings.Lines(strings.TrimPrefix(string(b), "\ufeff")) {
			for _, field := range strings.Split(line, ";")[:columns] {
				if field != "" && !slices.Contains([]string{"worker", "surname", "name", "code", "employer"}, field) {
					words = append(words, regexp.QuoteMeta(field))
				}
			}
		}
	}
	return regexp.MustCompile(`\b(` + strings.Join(words, "|") + `)\b`)
}()

// assertSilent asserts that a log names nobody.
func assertSilent(t testing.TB, log string) {
	t.Helper()
	assert.NotEmpty(t, log)
	assert.Empty(t, secrets.FindAllString(log, 3), "the log names somebody")
}

// request is one request of a test.
type request struct {
	method, path string
	key          string // Idempotency-Key
	media        string // application/json where empty and there is a body
	body         string
	bearer       string // an API key; where empty that of the service, "-" is none
}

// bearers are the API keys of the services, by address.
var bearers sync.Map

// key makes an API key.
func (s *store) key(t testing.TB, tenant string, writes bool) string {
	t.Helper()
	_, key, err := s.addKey(t.Context(), tenant, writes)
	require.NoError(t, err)
	return key
}

// response is what came back.
type response struct {
	status int
	header http.Header
	body   string
}

// client talks to all services. It opens a connection for each request under way.
var client = &http.Client{
	Timeout:   30 * time.Second,
	Transport: &http.Transport{MaxIdleConnsPerHost: 256},
}

// send sends a request and returns what came back, or the error of the network.
func send(base string, q request) (response, error) {
	r, err := http.NewRequest(q.method, base+q.path, strings.NewReader(q.body))
	if err != nil {
		return response{}, err
	}
	if q.body != "" {
		r.Header.Set("Content-Type", "application/json")
	}
	if q.media != "" {
		r.Header.Set("Content-Type", q.media)
	}
	if q.key != "" {
		r.Header.Set("Idempotency-Key", q.key)
	}
	if key, ok := bearers.Load(base); q.bearer == "" && ok {
		q.bearer = key.(string)
	}
	if q.bearer != "" && q.bearer != "-" {
		r.Header.Set("Authorization", "Bearer "+q.bearer)
		if !strings.HasPrefix(q.path, "/v1/") {
			r.SetBasicAuth("any", q.bearer) // as browsers do
		}
	}
	got, err := client.Do(r)
	if err != nil {
		return response{}, err
	}
	defer func() { _ = got.Body.Close() }()
	b, err := io.ReadAll(got.Body)
	return response{got.StatusCode, got.Header, string(b)}, err
}

// ask sends a request and holds the response to openapi.json.
func (s *running) ask(t *testing.T, q request) response {
	t.Helper()
	got, err := send(s.url, q)
	require.NoError(t, err)
	require.NoError(t, described.holds(q, got), "%s %s", q.method, q.path)
	return got
}

// wants is ask for a status.
func (s *running) wants(t *testing.T, status int, q request) response {
	t.Helper()
	got := s.ask(t, q)
	require.Equal(t, status, got.status, "%s %s: %s", q.method, q.path, got.body)
	return got
}

func get(path string) request       { return request{method: "GET", path: path} }
func put(path, body string) request { return request{method: "PUT", path: path, body: body} }
func remove(path string) request    { return request{method: "DELETE", path: path} }
func csv(file, rows string) request {
	return request{method: "POST", path: "/v1/import/" + file, media: "text/csv", body: rows}
}
func decision(key, body string) request {
	return request{method: "POST", path: "/v1/decisions", key: key, body: body}
}

// question is the body of a decision: a call of the sample's shop by the portal.
func question(worker, start string, plan bool) string {
	return jsonOf(map[string]any{"employer": "bottega", "worker": worker, "start": start, "channel": "portal", "plan": plan})
}

// read decodes a response.
func read[T any](t *testing.T, r response) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(r.body), &v))
	return v
}

// query returns what is found in the database.
func query[T any](t testing.TB, s *store, text string) (list []T) {
	t.Helper()
	require.NoError(t, sqlscan.Select(t.Context(), s.read, &list, text))
	return list
}

// count counts the rows of a table.
func (s *store) count(t testing.TB, from string) int {
	t.Helper()
	return query[int](t, s, `SELECT count(*) FROM `+from)[0]
}

// do changes the database.
func (s *store) do(t testing.TB, statements ...string) {
	t.Helper()
	for _, x := range statements {
		_, err := s.write.ExecContext(t.Context(), x)
		require.NoError(t, err)
	}
}

// rows writes out the rows of every table that match a condition.
func (s *store) rows(t testing.TB, where string) (list []string) {
	t.Helper()
	for _, table := range []string{"employers", "workers", "codes", "contracts", "months", "worked", "calls", "communications", "called", "decisions"} {
		for _, row := range query[map[string]any](t, s, `SELECT * FROM `+table+` WHERE `+where) {
			list = append(list, fmt.Sprintf("%s %s", table, row))
		}
	}
	slices.Sort(list)
	return list
}

// days returns the days worked that are stored of a worker in some months.
func (s *store) days(t testing.TB, employer, worker, from, to string) (all worked) {
	t.Helper()
	require.NoError(t, s.look(t.Context(), func(q *tx) { all = q.days(whose{developer, employer, worker}, from, to) }))
	return all
}

// process is a service in a process of its own.
type process struct {
	*exec.Cmd
	url  string
	logs logBook
}

// launch starts the service as a process and waits until it listens.
func launch(t *testing.T, database string, args ...string) *process {
	t.Helper()
	args = append([]string{"-db", database, "-listen", "127.0.0.1:0", "-now", sampleNow}, args...)
	p, said := &process{Cmd: exec.Command(os.Args[0], args...), logs: newLog(t)}, newLog(t)
	p.Env, p.Stdout, p.Stderr = append(os.Environ(), asService+"=1"), said, p.logs
	require.NoError(t, p.Start())
	t.Cleanup(func() { _ = p.Process.Kill() }) // no error but that it has ended
	var listening []string
	require.Eventually(t, func() bool {
		listening = regexp.MustCompile(`"listening","address":"([^"]+)"`).FindStringSubmatch(p.logs.String())
		return listening != nil
	}, 30*time.Second, 5*time.Millisecond, "the service did not start: %s", p.logs)
	p.url = "http://" + listening[1]
	if _, key, ok := strings.Cut(said.String(), ": "); ok { // a first run on SQLite
		bearers.Store(p.url, strings.TrimSpace(key))
		return p
	}
	s := reopen(t, database)
	bearers.Store(p.url, s.key(t, developer, true))
	s.close()
	return p
}

// ends waits for the end of the process and returns its status.
func (p *process) ends(t *testing.T) int {
	t.Helper()
	_ = p.Wait() // the status tells
	assertSilent(t, p.logs.String())
	return p.ProcessState.ExitCode()
}

// reopen opens the database of a service that has ended.
func reopen(t *testing.T, database string) *store {
	t.Helper()
	s, err := open(context.Background(), database)
	require.NoError(t, err)
	t.Cleanup(s.close)
	return s
}
