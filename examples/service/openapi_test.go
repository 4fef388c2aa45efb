package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/getkin/kin-openapi/openapi3"
	"github.com/getkin/kin-openapi/openapi3filter"
	"github.com/getkin/kin-openapi/routers"
	"github.com/getkin/kin-openapi/routers/gorillamux"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/time/rate"
)

// spec is openapi.json, and finds the operations in it.
type spec struct {
	*openapi3.T
	routers.Router
}

var described = func() spec {
	doc, err := openapi3.NewLoader().LoadFromData(openAPI)
	if err != nil {
		panic(err)
	}
	router, err := gorillamux.NewRouter(doc)
	if err != nil {
		panic(err)
	}
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

// TestRoutes holds the routes to the file, and the file to the routes; then it breaks an
// answer that holds, so that the checks can fail.
func TestRoutes(t *testing.T) {
	require.NoError(t, described.Validate(t.Context()))
	routes, operations := []string{"GET /metrics"}, []string{}
	for pattern := range (&service{}).routes() {
		routes = append(routes, strings.TrimSuffix(pattern, "{$}"))
	}
	for path, item := range described.Paths.Map() {
		for method := range item.Operations() {
			operations = append(operations, method+" "+path)
		}
	}
	assert.ElementsMatch(t, routes, operations)
	const good = `{"error":{"code":"json","message":"x","text":{"en":"x","it":"x"}}}`
	answer := response{status: 400, header: http.Header{"Content-Type": {"application/json"}}, body: good}
	assert.NoError(t, described.holds(get("/readyz"), answer))
	for _, change := range [][2]string{{`"code":"json",`, ``}, {`"json"`, `"x"`}, {`"code"`, `"more":1,"code"`}, {`"message":"x"`, `"message":1`}} {
		answer.body = strings.Replace(good, change[0], change[1], 1)
		assert.Error(t, described.holds(get("/readyz"), answer), change)
	}
	answer.status = 201
	assert.Error(t, described.holds(get("/readyz"), answer))
}

// expected is a request and the status of its answer.
type expected struct {
	status int
	request
}

// with expects one status of several requests.
func with(status int, list ...request) (all []expected) {
	for _, q := range list {
		all = append(all, expected{status, q})
	}
	return all
}

const (
	employer      = "/v1/employers/bottega"
	anna          = employer + "/workers/anna"
	dario         = employer + "/workers/dario"
	nobody        = employer + "/workers/nobody"
	communication = employer + "/communications/c1"
)

// puts stores a body under every kind of key.
func puts(body string) (list []request) {
	for _, path := range []string{employer, "/v1/workers/anna", anna + "/contract", anna + "/months/2025-07", anna + "/worked/2025-07-01", communication} {
		list = append(list, put(path, body))
	}
	return list
}

// everyAnswer is a request for each status of each operation, in order, but for those
// that all operations share and for a database that is broken or away. Bodies "=" are
// the examples.
var everyAnswer = slices.Concat(
	with(200, get("/"), get("/livez"), get("/readyz"), get("/metrics"), get("/openapi.json"), get("/employers/bottega?days=30&lang=it")),
	with(400, get("/?lang=fr"), get("/employers/bottega?lang=fr"), remove(anna+"/worked/2025-02-30"), remove(anna+"/calls/tomorrow")),
	with(404, get("/employers/nowhere"), remove(nobody+"/worked/2025-02-28"), remove(nobody+"/calls/2025-02-22T09:00:00Z")),
	with(204, remove(anna+"/worked/2025-02-28"), remove(anna+"/calls/2025-03-08T08:00:00Z")),
	with(201, decision("k1", "=")),
	with(200, decision("k1", "=")),
	with(400, decision("", "=")),
	with(404, decision("k2", question("nobody", "2025-02-24T09:00:00+01:00", false))),
	with(409, decision("k1", question("anna", "2025-02-25T09:00:00+01:00", false))),
	with(413, decision("k3", strings.Repeat(" ", longestBody+1))),
	with(415, request{method: "POST", path: "/v1/decisions", key: "k3", media: "text/plain", body: "x"}),
	with(200, get(employer+"/plan?from=2025-02-20&days=30"), get(employer+"/moments"), get(anna+"/left?on=2025-03-01")),
	with(400, get(employer+"/plan?days=63"), get("/v1/employers/bot%2Ftega/moments"), get(anna+"/left?on=1st")),
	with(404, get("/v1/employers/nowhere/plan"), get("/v1/employers/nowhere/moments"), get(nobody+"/left")),
	with(204, puts("=")[:5]...),
	with(201, put(communication, "=")),
	with(200, put(communication, "=")),
	with(400, append(puts(`{"unknown":1}`), put(anna+"/months/2025-08", "="))...),
	with(404, put(nobody+"/contract", "="), put(nobody+"/months/2025-07", "="), put(nobody+"/worked/2025-07-01", "="), put("/v1/employers/nowhere/communications/c1", "=")),
	with(409, put("/v1/workers/twice", `{"code":"BSSNNA03E54H501G"}`), put(communication,
		`{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580","rows":[{"worker":"BSSNNA03E54H501G","first":"2025-02-23"}]}`)),
	with(413, puts(strings.Repeat(" ", longestBody+1))...),
	with(415, request{method: "PUT", path: anna + "/contract", media: "application/x-www-form-urlencoded", body: "a=b"}),
	with(200, get(employer), get("/v1/workers/anna"), get(anna+"/contract"), get(anna+"/months/2025-07"), get(communication), get("/v1/decisions/k1"), get("/v1/decisions/k1/verification")),
	with(400, get("/v1/employers/no%20body"), get("/v1/workers/no%20body"), get(employer+"/workers/no%20body/contract"), get(anna+"/months/20%2025"), get("/v1/decisions/k%201/verification")),
	with(404, get("/v1/employers/nobody"), get("/v1/workers/nobody"), get(nobody+"/contract"), get(anna+"/months/2025-08"), get(communication+"0"), get("/v1/decisions/k9/verification")),
	with(200, get("/v1/employers"), get("/v1/decisions?limit=1")),
	with(400, get("/v1/employers?from=2025-01-01")),
	with(404, get("/v1/salaries")),
	with(200, get(anna+"/due?month=2025-07")),
	with(400, get(anna+"/due?month=July")),
	with(404, get(anna+"/due?month=2025-08")),
	with(200, request{method: "POST", path: "/v1/import/workers", body: "="}),
	with(400, csv("workers", "worker\n/\n")),
	with(404, csv("salaries", "worker\n")),
	with(413, csv("workers", strings.Repeat("\n", longestImport+1))),
	with(415, request{method: "POST", path: "/v1/import/workers", body: "{}"}),
	with(400, remove("/v1/workers/no%20body")),
	with(404, remove("/v1/workers/nobody")),
	with(204, remove("/v1/workers/fabio")),
)

// filled puts the example of the file into a request.
func (q request) filled(t *testing.T) request {
	t.Helper()
	if q.body == "=" {
		q.media, q.body = described.example(t, q.method, q.path)
	}
	return q
}

// TestEveryAnswer sees every answer of every operation.
func TestEveryAnswer(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		seen := map[string]bool{}
		see := func(status int, q request) {
			s.wants(t, status, q.filled(t))
			in, err := described.operation(q)
			require.NoError(t, err)
			seen[fmt.Sprint(q.method, in.Route.Path, status)] = true
		}
		for _, x := range everyAnswer {
			see(x.status, x.request)
		}
		// With a key that may only read, or more often than it may.
		reader, often := s.store.key(t, developer, false), s.store.key(t, developer, true)
		s.limits.Store(hashed(often), rate.NewLimiter(0, 0))
		for _, x := range everyAnswer {
			if pattern := x.method + " " + x.path; keyless[pattern] {
				continue
			}
			if x.bearer = often; x.body != "=" {
				see(429, x.request)
			}
			if x.bearer = reader; x.method != http.MethodGet {
				see(403, x.request)
			}
		}
		// What is stored is damaged. Each table by itself: what is read first hides the rest.
		for table, q := range map[string]request{
			"decisions SET record":     get("/v1/decisions/k1/verification"),
			"months SET facts":         get(anna + "/due?month=2025-07"),
			"communications SET facts": get("/v1/communications"),
			"calls SET facts":          get("/v1/employers/bottega/plan"),
			"worked SET days":          remove(anna + "/worked/2025-07-01"),
			"contracts SET facts":      decision("k500", "="),
			"workers SET facts":        remove("/v1/workers/dario"),
			"employers SET facts":      get("/"),
		} {
			_, err := s.store.write.ExecContext(t.Context(), `UPDATE `+table+` = '{'`)
			require.NoError(t, err)
			see(500, q)
		}
		s.store.close() // the database is away
		for _, x := range everyAnswer {
			if x.status < 300 && !keyless[x.method+" "+x.path] || x.path == "/readyz" {
				see(503, x.request)
			}
		}
		for path, item := range described.Paths.Map() {
			for method, op := range item.Operations() {
				for status := range op.Responses.Map() {
					assert.True(t, status == "default" || seen[method+path+status], "%s %s %s was not seen", method, path, status)
				}
			}
		}
	})
}
