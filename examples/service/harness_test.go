package main

import (
	"cmp"
	"context"
	"crypto/rand"
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
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/georgysavva/scany/v2/sqlscan"
	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
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

// must is for what no test can go on without.
func must[T any](v T, err error) T {
	if err != nil {
		panic(err)
	}
	return v
}

// sampleNow is the morning of the sample's first calls, as in examples/roster.
const (
	sampleFolder = "../roster/sample"
	sampleNow    = "2025-02-20T09:00:00+01:00"
)

// postgres is a server on which databases can be made: test.sh starts one. Without it
// the tests run on SQLite alone.
var postgres = os.Getenv("SERVICE_TEST_POSTGRES")

var databases = map[string]func(testing.TB) string{"sqlite": newSQLite, "postgres": newPostgres}

// eachDatabase runs a test on a new database of each kind.
func eachDatabase(t *testing.T, test func(t *testing.T, database string)) {
	t.Helper()
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) { test(t, fresh(t)) })
	}
}

// eachStore does so with a service on it, and the sample stored.
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
	admin, err := connect(postgres)
	require.NoError(t, err)
	name := "t" + strings.ToLower(rand.Text())
	admin.do(t, `CREATE DATABASE `+name)
	t.Cleanup(func() {
		admin.do(t, `DROP DATABASE `+name+` WITH (FORCE)`)
		admin.close()
	})
	address := must(url.Parse(postgres))
	address.Path = "/" + name
	return address.String()
}

type running struct {
	*service
	target
	database string
	logs     logBook
}

// logBook is a file that keeps what is written, by processes too.
type logBook struct{ *os.File }

func newLog(t testing.TB) logBook { return logBook{must(os.Create(filepath.Join(t.TempDir(), "log")))} }

func (l logBook) String() string { return string(must(os.ReadFile(l.Name()))) }

// start runs a service in the test's process, with the sample stored. When the test
// ends its log is searched for personal data.
func start(t testing.TB, database string) *running {
	t.Helper()
	at := must(time.Parse(time.RFC3339, sampleNow))
	s := &running{database: database, logs: newLog(t)}
	log := slog.New(slog.NewJSONHandler(s.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	store, err := open(t.Context(), database)
	require.NoError(t, err)
	s.service = newService(store, log, func() time.Time { return at }, 100_000)
	require.NoError(t, s.importFolder(t.Context(), developer, sampleFolder))
	server := httptest.NewUnstartedServer(nil)
	server.Config = s.server()
	server.Start()
	s.target = target{server.URL, s.store.key(t, developer, true)}
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
	for _, t := range []sheet.Table{table.Workers, table.Employers} {
		t.Read(must(os.ReadFile(filepath.Join(sampleFolder, t.Name))), func(r *sheet.Row) {
			for _, column := range []string{"worker", "employer", "surname", "name", "code"} {
				if text := r.Text(column); text != "" {
					words = append(words, regexp.QuoteMeta(text))
				}
			}
		})
	}
	return regexp.MustCompile(`\b(` + strings.Join(words, "|") + `)\b`)
}()

func assertSilent(t testing.TB, log string) {
	t.Helper()
	assert.NotEmpty(t, log)
	assert.Empty(t, secrets.FindAllString(log, 3), "the log names somebody")
}

type request struct {
	method, path string
	key          string // Idempotency-Key
	media        string // application/json where empty
	body         string
	bearer       string // an API key; where empty that of the service, "-" is none
}

func (s *store) key(t testing.TB, tenant string, writes bool) string {
	t.Helper()
	_, key, err := s.addKey(t.Context(), tenant, writes)
	require.NoError(t, err)
	return key
}

type response struct {
	status int
	header http.Header
	body   string
}

// client talks to all services. It opens a connection for each request under way.
var client = &http.Client{Timeout: 30 * time.Second, Transport: &http.Transport{MaxIdleConnsPerHost: 256}}

// target is a service that a test talks to, and an API key of it.
type target struct{ url, bearer string }

// send sends a request and returns what came back, or the error of the network.
func (s target) send(q request) (response, error) {
	r, err := http.NewRequest(q.method, s.url+q.path, strings.NewReader(q.body))
	if err != nil {
		return response{}, err
	}
	r.Header.Set("Content-Type", cmp.Or(q.media, "application/json"))
	r.Header.Set("Idempotency-Key", q.key)
	switch key := cmp.Or(q.bearer, s.bearer); {
	case key == "-":
	case strings.HasPrefix(q.path, "/v1/"):
		r.Header.Set("Authorization", "Bearer "+key)
	default:
		r.SetBasicAuth("any", key) // as browsers do
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
func (s *running) ask(t testing.TB, q request) response {
	t.Helper()
	got, err := s.send(q)
	require.NoError(t, err)
	require.NoError(t, described.holds(q, got), "%s %s", q.method, q.path)
	return got
}

func (s *running) wants(t testing.TB, status int, q request) response {
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

func read[T any](t *testing.T, r response) (v T) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(r.body), &v))
	return v
}

func query[T any](t testing.TB, s *store, text string) (list []T) {
	t.Helper()
	require.NoError(t, sqlscan.Select(t.Context(), s.read, &list, text))
	return list
}

func (s *store) count(t testing.TB, from string) int {
	t.Helper()
	return query[int](t, s, `SELECT count(*) FROM `+from)[0]
}

func (s *store) do(t testing.TB, statements ...string) {
	t.Helper()
	for _, x := range statements {
		_, err := s.write.ExecContext(context.Background(), x) // at the end of a test, too
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

type process struct {
	*exec.Cmd
	target
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
		p.bearer = strings.TrimSpace(key)
	} else {
		p.bearer = reopen(t, database).key(t, developer, true)
	}
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

// spec is openapi.json, and finds the operations in it.
type spec struct {
	*openapi3.T
	routers.Router
}

var described = func() spec {
	doc := must(openapi3.NewLoader().LoadFromData(openAPI))
	router := must(gorillamux.NewRouter(doc))
	openapi3filter.RegisterBodyDecoder("text/html", openapi3filter.RegisteredBodyDecoder("text/plain"))
	return spec{doc, router}
}()

// operation finds the operation of a request. The list of decisions is one of "/v1/{list}",
// which the router does not see behind "/v1/decisions".
func (s spec) operation(q request) (*openapi3filter.RequestValidationInput, error) {
	if q.method == http.MethodGet && strings.HasPrefix(q.path+"?", "/v1/decisions?") {
		q.path = "/v1/calls"
	}
	r, err := http.NewRequest(q.method, q.path, http.NoBody)
	if err != nil {
		return nil, err
	}
	route, params, err := s.FindRoute(r)
	return &openapi3filter.RequestValidationInput{Request: r, Route: route, PathParams: params}, err
}

// holds compares a request and its response with the file.
func (s spec) holds(q request, got response) error {
	in, err := s.operation(q)
	if err != nil {
		return err
	}
	out := &openapi3filter.ResponseValidationInput{RequestValidationInput: in, Status: got.status, Header: got.header}
	out.Options = &openapi3filter.Options{IncludeResponseStatus: true}
	return openapi3filter.ValidateResponse(in.Request.Context(), out.SetBodyBytes([]byte(got.body)))
}

// example is the body of an operation's example, with its media type.
func (s spec) example(t testing.TB, method, path string) (media, body string) {
	t.Helper()
	in, err := s.operation(request{method: method, path: path})
	require.NoError(t, err)
	for media, c := range in.Route.Operation.RequestBody.Value.Content {
		if text, ok := c.Example.(string); ok {
			return media, text
		}
		return media, jsonOf(c.Example)
	}
	return "", ""
}

type expected struct {
	status int
	request
}

const (
	employer      = "/v1/employers/bottega"
	anna          = employer + "/workers/anna"
	dario         = employer + "/workers/dario"
	communication = employer + "/communications/c1"
)

// everyAnswer is what stands in testdata/answers.txt.
var everyAnswer = func() (list []expected) {
	text := must(os.ReadFile("testdata/answers.txt"))
	form := regexp.MustCompile(`^(\d+) (\w+) ([^ #]+)(?:#(\S+))?(?: @(\S+))?(?: (.+))?\n$`)
	for line := range strings.Lines(string(text)) {
		if line == "\n" || line[0] == '#' {
			continue
		}
		x := form.FindStringSubmatch(line)
		status, _ := strconv.Atoi(x[1])
		list = append(list, expected{status, request{method: x[2], path: x[3], key: x[4], media: x[5], body: x[6]}})
	}
	return list
}()

// filled writes out the body of a request.
func (q request) filled(t *testing.T) request {
	t.Helper()
	switch q.body {
	case "=":
		q.media, q.body = described.example(t, q.method, q.path)
	case "long":
		q.body = strings.Repeat(" ", longestBody+1)
	case "longer":
		q.body = strings.Repeat("\n", longestImport+1)
	}
	return q
}
