package main

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"mime"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/time/rate"
)

// spec is openapi.json, as far as the tests read it.
type spec struct {
	Paths      map[string]map[string]operation
	Components struct {
		Parameters map[string]struct{ Name, In string }
		Responses  map[string]reply
	}
	mu      sync.Mutex // compiling is not for several at once
	schemas *jsonschema.Compiler
}

type operation struct {
	OperationID string
	Parameters  []struct {
		Ref string `json:"$ref"`
	}
	RequestBody struct{ Content map[string]content }
	Responses   map[string]reply
	Security    []any
}

type reply struct {
	Ref     string `json:"$ref"`
	Content map[string]content
}

type content struct{ Example any }

var described = func() *spec {
	s := spec{schemas: jsonschema.NewCompiler()}
	whole, err := jsonschema.UnmarshalJSON(strings.NewReader(string(openAPI)))
	if err := errors.Join(err, json.Unmarshal(openAPI, &s), s.schemas.AddResource("openapi.json", whole)); err != nil {
		panic(err)
	}
	return &s
}()

// operationOf finds the operation of a request and its path in the file.
func (s *spec) operationOf(method, path string) (string, operation, bool) {
	path, _, _ = strings.Cut(path, "?")
	for template, methods := range s.Paths {
		form := regexpOf(`\\\{[a-z]+\\\}`).ReplaceAllString(regexp.QuoteMeta(template), `[^/]+`)
		if op, ok := methods[strings.ToLower(method)]; ok && regexpOf("^"+form+"$").MatchString(path) {
			return template, op, true
		}
	}
	return "", operation{}, false
}

// compiled keeps the expressions of the file.
var compiled sync.Map

func regexpOf(pattern string) *regexp.Regexp {
	if x, ok := compiled.Load(pattern); ok {
		return x.(*regexp.Regexp)
	}
	x, _ := compiled.LoadOrStore(pattern, regexp.MustCompile(pattern))
	return x.(*regexp.Regexp)
}

// holds compares a request and its response with the file.
func (s *spec) holds(q request, got response) (broken []string) {
	path, op, ok := s.operationOf(q.method, q.path)
	if !ok {
		return []string{"the operation is not in openapi.json"}
	}
	r, ok := op.Responses[strconv.Itoa(got.status)]
	if !ok {
		return []string{fmt.Sprintf("status %d is not in openapi.json", got.status)}
	}
	at := "#/paths/" + pointer(path) + "/" + strings.ToLower(q.method) + "/responses/" + strconv.Itoa(got.status)
	if r.Ref != "" {
		at, r = r.Ref, s.Components.Responses[strings.TrimPrefix(r.Ref, "#/components/responses/")]
	}
	if len(r.Content) == 0 {
		if got.body != "" {
			broken = append(broken, "a body where none is described")
		}
		return broken
	}
	media := got.header.Get("Content-Type")
	if _, ok := r.Content[media]; !ok {
		return []string{"media type " + media + " is not in openapi.json"}
	}
	if plain, _, _ := mime.ParseMediaType(media); plain != "application/json" {
		return nil
	}
	return s.check(at+"/content/"+pointer(media)+"/schema", got.body)
}

// pointer escapes a name for a JSON pointer in a URL.
func pointer(name string) string {
	return url.PathEscape(strings.NewReplacer("~", "~0", "/", "~1").Replace(name))
}

// check holds JSON to a schema of the file.
func (s *spec) check(at, body string) []string {
	v, err := jsonschema.UnmarshalJSON(strings.NewReader(body))
	if err == nil {
		s.mu.Lock()
		var schema *jsonschema.Schema
		schema, err = s.schemas.Compile("openapi.json" + at)
		s.mu.Unlock()
		if err == nil {
			err = schema.Validate(v)
		}
	}
	if err != nil {
		return []string{err.Error()}
	}
	return nil
}

// example is the body of an operation's example, with its media type.
func (s *spec) example(t *testing.T, method, path string) (media, body string) {
	t.Helper()
	_, op, ok := s.operationOf(method, path)
	require.True(t, ok, path)
	for media, c := range op.RequestBody.Content {
		if text, ok := c.Example.(string); ok {
			return media, text
		}
		b, err := json.Marshal(c.Example)
		require.NoError(t, err)
		return media, string(b)
	}
	t.Fatalf("%s %s has no example", method, path)
	return "", ""
}

// TestRoutes holds the routes to the file, and the file to the routes.
func TestRoutes(t *testing.T) {
	routes, paths := []string{"GET /metrics"}, []string{}
	for pattern := range (&service{}).routes() {
		routes = append(routes, strings.TrimSuffix(pattern, "{$}"))
	}
	for path, methods := range described.Paths {
		for method, op := range methods {
			paths = append(paths, strings.ToUpper(method)+" "+path)
			inPath := 0
			for _, p := range op.Parameters {
				known, ok := described.Components.Parameters[strings.TrimPrefix(p.Ref, "#/components/parameters/")]
				assert.True(t, ok, p.Ref)
				if known.In == "path" {
					inPath++
					assert.Contains(t, path, "{"+known.Name+"}")
				}
			}
			assert.Equal(t, strings.Count(path, "{"), inPath, path)
		}
	}
	assert.ElementsMatch(t, routes, paths)
}

// TestSchemaChecker breaks answers that hold, so that the checks can fail.
func TestSchemaChecker(t *testing.T) {
	const good = `{"error":{"code":"json","message":"x","text":{"en":"x","it":"x"}}}`
	const schema = "#/components/schemas/Error"
	assert.Empty(t, described.check(schema, good))
	for _, change := range [][2]string{{`"code":"json",`, ``}, {`"json"`, `"x"`}, {`"code"`, `"more":1,"code"`}, {`"message":"x"`, `"message":1`}, {`,"it":"x"`, ``}} {
		assert.NotEmpty(t, described.check(schema, strings.Replace(good, change[0], change[1], 1)), change)
	}
	assert.NotEmpty(t, described.check("#/components/schemas/Day", `"2025-1-1"`))
	assert.NotEmpty(t, described.holds(get("/nowhere"), response{status: 200}))
	assert.NotEmpty(t, described.holds(get("/readyz"), response{status: 201}))
}

// everyAnswer is a request for each status of each operation, in order, but for
// those of a database that is broken or away. Bodies "=" are the examples.
var everyAnswer = func() []struct {
	status int
	request
} {
	type entry = struct {
		status int
		request
	}
	const anna = "/v1/employers/bottega/workers/anna"
	const nobody = "/v1/employers/bottega/workers/nobody"
	long := strings.Repeat(" ", longestBody+1)
	all := []entry{
		{200, get("/")},
		{200, get("/livez")},
		{200, get("/readyz")},
		{200, get("/metrics")},
		{400, get("/?lang=fr")},
		{200, get("/openapi.json")},
		{200, get("/employers/bottega?days=30&lang=it")},
		{400, get("/employers/bottega?lang=fr")},
		{404, get("/employers/nowhere")},
		{400, request{method: "DELETE", path: anna + "/worked/2025-02-30"}},
		{404, request{method: "DELETE", path: nobody + "/worked/2025-02-28"}},
		{204, request{method: "DELETE", path: anna + "/worked/2025-02-28"}},
		{400, request{method: "DELETE", path: anna + "/calls/tomorrow"}},
		{404, request{method: "DELETE", path: nobody + "/calls/2025-02-22T09:00:00Z"}},
		{204, request{method: "DELETE", path: anna + "/calls/2025-03-08T08:00:00Z"}},
		{201, decision("k1", "=")},
		{200, decision("k1", "=")},
		{400, decision("", "=")},
		{404, decision("k2", question("nobody", "2025-02-24T09:00:00+01:00", false))},
		{409, decision("k1", question("anna", "2025-02-25T09:00:00+01:00", false))},
		{413, decision("k3", long)},
		{415, request{method: "POST", path: "/v1/decisions", key: "k3", media: "text/plain", body: "x"}},
		{200, get("/v1/decisions/k1")},
		{400, get("/v1/decisions/k%201")},
		{404, get("/v1/decisions/k9")},
		{200, get("/v1/decisions/k1/verification")},
		{400, get("/v1/decisions/k%201/verification")},
		{404, get("/v1/decisions/k9/verification")},
		{409, put("/v1/workers/twice", `{"code":"BSSNNA03E54H501G"}`)},
		{200, get("/v1/employers")},
		{400, get("/v1/employers?from=2025-01-01")},
		{404, get("/v1/salaries")},
		{200, get("/v1/employers/bottega/plan?from=2025-02-20&days=30")},
		{400, get("/v1/employers/bottega/plan?days=63")},
		{404, get("/v1/employers/nowhere/plan")},
		{200, get("/v1/employers/bottega/moments")},
		{400, get("/v1/employers/bot%2Ftega/moments")},
		{404, get("/v1/employers/nowhere/moments")},
		{200, get(anna + "/left?on=2025-03-01")},
		{400, get(anna + "/left?on=1st")},
		{404, get(nobody + "/left")},
	}
	for _, x := range []struct {
		path, nowhere, wrong string
		created              bool
	}{
		{path: "/v1/employers/bottega"},
		{path: "/v1/workers/anna"},
		{path: anna + "/contract", nowhere: nobody + "/contract"},
		{path: anna + "/months/2025-07", nowhere: nobody + "/months/2025-07", wrong: anna + "/months/2025-08"},
		{path: anna + "/worked/2025-07-01", nowhere: nobody + "/worked/2025-07-01"},
		{path: "/v1/employers/bottega/communications/c1", nowhere: "/v1/employers/nowhere/communications/c1", created: true},
	} {
		if x.created {
			other := `{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580","rows":[{"worker":"BSSNNA03E54H501G","first":"2025-02-23"}]}`
			all = append(all, entry{201, put(x.path, "=")}, entry{200, put(x.path, "=")}, entry{409, put(x.path, other)})
		} else {
			all = append(all, entry{204, put(x.path, "=")})
		}
		if !strings.Contains(x.path, "/worked/") {
			none := x.path[:strings.LastIndex(x.path, "/")+1]
			if x.nowhere != "" && !x.created {
				none = strings.TrimSuffix(x.nowhere, x.path[strings.LastIndex(x.path, "/"):]) + x.path[strings.LastIndex(x.path, "/"):]
				all = append(all, entry{400, get(strings.Replace(none, "nobody", "no%20body", 1))}, entry{404, get(none)})
			} else {
				all = append(all, entry{400, get(none + "no%20body")}, entry{404, get(none + "nowhere")})
			}
			all = append(all, entry{200, get(x.path)})
		}
		if x.nowhere != "" {
			all = append(all, entry{404, put(x.nowhere, "=")})
		}
		if x.wrong != "" {
			all = append(all, entry{400, put(x.wrong, "=")})
		}
		all = append(all,
			entry{400, put(x.path, `{"unknown":1}`)},
			entry{413, put(x.path, long)},
			entry{415, request{method: "PUT", path: x.path, media: "application/x-www-form-urlencoded", body: "a=b"}},
		)
	}
	return append(all,
		entry{200, get(anna + "/due?month=2025-07")},
		entry{400, get(anna + "/due?month=July")},
		entry{404, get(anna + "/due?month=2025-08")},
		entry{200, request{method: "POST", path: "/v1/import/workers", body: "="}},
		entry{400, request{method: "POST", path: "/v1/import/workers", media: "text/csv", body: "worker\n/\n"}},
		entry{404, request{method: "POST", path: "/v1/import/salaries", media: "text/csv", body: "worker\n"}},
		entry{413, request{method: "POST", path: "/v1/import/workers", media: "text/csv", body: strings.Repeat("\n", longestImport+1)}},
		entry{415, request{method: "POST", path: "/v1/import/workers", body: "{}"}},
		entry{400, request{method: "DELETE", path: "/v1/workers/no%20body"}},
		entry{404, request{method: "DELETE", path: "/v1/workers/nobody"}},
		entry{204, request{method: "DELETE", path: "/v1/workers/fabio"}},
	)
}()

// filled puts the example of the file into a request.
func (q request) filled(t *testing.T) request {
	t.Helper()
	if q.body == "=" {
		q.media, q.body = described.example(t, q.method, q.path)
	}
	return q
}

// TestEveryAnswer sees every status of every operation, and no other.
func TestEveryAnswer(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			seen := map[string]bool{}
			s := start(t, database)
			see := func(status int, q request) {
				path, op, _ := described.operationOf(q.method, q.path)
				if _, ok := op.Responses[strconv.Itoa(status)]; ok || status < 500 {
					s.wants(t, status, q.filled(t))
					seen[fmt.Sprintf("%s %s %d", q.method, path, status)] = true
				}
			}
			for _, x := range everyAnswer {
				see(x.status, x.request)
			}
			// Without a key, with one that may only read, and more often than it may.
			reader, often := s.store.key(t, developer, false), s.store.key(t, developer, true)
			s.limits.Store(hashed(often), rate.NewLimiter(0, 0))
			for path, methods := range described.Paths {
				for method, op := range methods {
					at := strings.NewReplacer("{employer}", "bottega", "{worker}", "anna", "{list}", "workers").Replace(path)
					q := request{method: strings.ToUpper(method), path: at, bearer: "-"}
					if op.Security == nil {
						see(401, q)
						q.bearer = often
						see(429, q)
					}
					if q.bearer = reader; op.Security == nil && method != "get" {
						see(403, q)
					}
				}
			}
			good := func(x struct {
				status int
				request
			}) bool {
				return x.status < 300
			}
			// What is stored is damaged. Each table by itself: what is read first hides the rest.
			for _, damage := range []string{
				`UPDATE decisions SET record = '{}'`,
				`UPDATE months SET facts = '{'`,
				`UPDATE communications SET facts = '{'`,
				`UPDATE calls SET channel = 'smoke'`,
				`UPDATE worked SET days = 'x'`,
				`UPDATE contracts SET facts = '{'`,
				`UPDATE workers SET facts = '{'`,
				`UPDATE employers SET facts = '{'`,
			} {
				_, err := s.store.write.ExecContext(t.Context(), damage)
				require.NoError(t, err)
			}
			for _, x := range everyAnswer {
				if good(x) && !strings.Contains(x.path, "/v1/import/") && (x.method != "DELETE" || strings.Contains(x.path, "fabio")) && (x.method != "PUT" || strings.Contains(x.path, "communications")) {
					q := x.request
					q.path = strings.Replace(q.path, "fabio", "dario", 1) // who is still there
					if q.key != "" {
						q.key = "k500"
					}
					see(500, q)
				}
			}
			// The database is away.
			s.store.close()
			for _, x := range everyAnswer {
				if good(x) {
					see(503, x.request)
				}
			}
			var all []string
			for path, methods := range described.Paths {
				for method, op := range methods {
					for status := range op.Responses {
						all = append(all, strings.ToUpper(method)+" "+path+" "+status)
					}
				}
			}
			assert.ElementsMatch(t, all, slices.Collect(maps.Keys(seen)))
		})
	}
}
