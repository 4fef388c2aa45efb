package main

import (
	"bufio"
	"bytes"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
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

	"github.com/jackc/pgx/v5/stdlib"
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
var databases = func() map[string]func(t testing.TB) string {
	all := map[string]func(t testing.TB) string{"sqlite": newSQLite}
	if postgres != "" {
		all["postgres"] = newPostgres
	}
	return all
}()

func newSQLite(t testing.TB) string {
	t.Helper()
	return filepath.Join(t.TempDir(), "test.db")
}

func newPostgres(t testing.TB) string {
	t.Helper()
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

var _ = stdlib.GetDefaultDriver // registers pgx with database/sql

// running is a service a test talks to.
type running struct {
	*service
	url  string
	logs *logBook
}

// logBook keeps what is logged.
type logBook struct {
	mu sync.Mutex
	b  bytes.Buffer
}

// Write keeps p.
func (l *logBook) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.Write(p)
}

// String returns all that was logged.
func (l *logBook) String() string {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.b.String()
}

// start runs a service in the test's process, with the sample stored. When the test
// ends its log is searched for personal data.
func start(t testing.TB, database string) *running {
	t.Helper()
	at, err := time.Parse(time.RFC3339, sampleNow)
	require.NoError(t, err)
	s := &running{logs: &logBook{}}
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

// ask sends a request and holds request and response to openapi.json.
func (s *running) ask(t *testing.T, q request) response {
	t.Helper()
	got, err := send(s.url, q)
	require.NoError(t, err)
	for _, broken := range described.holds(q, got) {
		t.Errorf("%s %s: %s", q.method, q.path, broken)
	}
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
func decision(key, body string) request {
	return request{method: "POST", path: "/v1/decisions", key: key, body: body}
}

// question is the body of a decision: a call of the sample's shop by the portal.
func question(worker, start string, plan bool) string {
	b, err := json.Marshal(map[string]any{"employer": "bottega", "worker": worker, "start": start, "channel": "portal", "plan": plan})
	if err != nil {
		panic(err)
	}
	return string(b)
}

// read decodes a response.
func read[T any](t *testing.T, r response) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(r.body), &v))
	return v
}

// count counts the rows of a table.
func (s *store) count(t testing.TB, from string) (n int) {
	t.Helper()
	require.NoError(t, s.read.QueryRowContext(t.Context(), `SELECT count(*) FROM `+from).Scan(&n))
	return n
}

// days returns the days worked that are stored of a worker in some months.
func (s *store) days(t *testing.T, employer, worker, from, to string) (all worked) {
	t.Helper()
	require.NoError(t, s.look(t.Context(), func(tx *sql.Tx) (err error) {
		all, err = loadDays(t.Context(), tx, whose{developer, employer, worker}, from, to)
		return err
	}))
	return all
}

// process is a service in a process of its own.
type process struct {
	cmd  *exec.Cmd
	url  string
	logs *logBook
	read chan struct{} // closed when its log has ended
}

// launch starts the service as a process and waits until it listens.
func launch(t *testing.T, database string, args ...string) *process {
	t.Helper()
	args = append([]string{"-db", database, "-listen", "127.0.0.1:0", "-now", sampleNow}, args...)
	p := &process{cmd: exec.Command(os.Args[0], args...), logs: &logBook{}, read: make(chan struct{})}
	said := &logBook{}
	p.cmd.Stdout = said
	var key string
	if _, err := os.Stat(database); err == nil || strings.HasPrefix(database, "postgres") {
		s := reopen(t, database)
		key = s.key(t, developer, true)
		s.close()
	}
	p.cmd.Env = append(os.Environ(), asService+"=1")
	out, err := p.cmd.StderrPipe()
	require.NoError(t, err)
	require.NoError(t, p.cmd.Start())
	t.Cleanup(func() { _ = p.cmd.Process.Kill() }) // no error but that it has ended
	listening := make(chan string, 1)
	go func() {
		defer close(p.read)
		defer close(listening)
		for lines := bufio.NewScanner(out); lines.Scan(); {
			var line struct{ Msg, Address string }
			if json.Unmarshal(lines.Bytes(), &line) == nil && line.Msg == "listening" {
				listening <- line.Address
			}
			_, _ = p.logs.Write(append(lines.Bytes(), '\n'))
		}
	}()
	address, ok := <-listening
	require.True(t, ok, "the service did not start: %s", p.logs)
	p.url = "http://" + address
	if key == "" { // a first run on SQLite
		key = strings.TrimSpace(said.String()[strings.LastIndex(said.String(), " "):])
	}
	bearers.Store(p.url, key)
	return p
}

// wait waits for the end of the process and returns its status.
func (p *process) wait(t *testing.T) int {
	t.Helper()
	<-p.read
	err := p.cmd.Wait()
	var exit *exec.ExitError
	if err != nil {
		require.ErrorAs(t, err, &exit)
	}
	assertSilent(t, p.logs.String())
	return p.cmd.ProcessState.ExitCode()
}

// reopen opens the database of a service that has ended.
func reopen(t *testing.T, database string) *store {
	t.Helper()
	s, err := open(context.Background(), database)
	require.NoError(t, err)
	t.Cleanup(s.close)
	return s
}
