package main

import (
	"crypto/rand"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// fill stores something of each kind.
func (s *running) fill(t *testing.T) {
	t.Helper()
	for _, x := range everyAnswer {
		if x.status < 300 && x.method != http.MethodDelete {
			s.wants(t, x.status, x.filled(t))
		}
	}
}

// TestTenants sends every request with the key of another tenant, with none, and with
// some that are no longer or not quite a key.
func TestTenants(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		s.fill(t)
		before := s.store.rows(t, "tenant = 'dev'")
		other, logs := s.store.key(t, "other", true), newLog(t)
		name, revoked, err := s.store.addKey(t.Context(), developer, true)
		require.NoError(t, err)
		for _, command := range [][]string{{"revoke", name}, {"list"}, {"add", "other", "read"}} {
			require.NoError(t, s.store.keysCommand(t.Context(), command, logs))
		}
		assert.Contains(t, logs.String(), name+"\tdev\twrites: true\trevoked: true")
		assert.NotContains(t, logs.String()+fmt.Sprint(query[map[string]any](t, s.store, `SELECT * FROM keys`)), revoked)
		for _, x := range everyAnswer {
			q := x.filled(t)
			for _, q.bearer = range []string{"-", revoked, other + "x", strings.ToLower(other)} {
				if !keyless[q.method+" "+q.path] {
					assert.NotEmpty(t, s.wants(t, 401, q).header.Get("WWW-Authenticate"))
				}
			}
			q.bearer = other
			got := s.ask(t, q)
			switch {
			case q.path == "/openapi.json": // whose examples are those of the sample
			case strings.HasPrefix(q.path, "/v1/employers/") && q.path != "/v1/employers/bottega" && x.status < 300:
				assert.Equal(t, 404, got.status, q.path)
			default:
				assert.Contains(t, []int{200, 201, 204, 400, 404, 413, 415}, got.status)
			}
			if q.path != "/openapi.json" {
				assert.Empty(t, secrets.FindAllString(strings.ReplaceAll(got.body, "employer", ""), 3), q.path)
			}
			for _, table := range []string{"employers", "codes", "workers"} { // its own now: away with it
				s.store.do(t, `DELETE FROM `+table+` WHERE tenant = 'other'`)
			}
		}
		assert.Equal(t, before, s.store.rows(t, "tenant = 'dev'"), "another tenant changed it")
		assert.Empty(t, s.store.rows(t, "tenant = 'other'"))
	})
}

// TestLimit asks more often than a key may; other keys go on.
func TestLimit(t *testing.T) {
	s := start(t, newSQLite(t))
	s.perSecond = 1
	q := get("/v1/employers")
	q.bearer = s.store.key(t, developer, false)
	s.wants(t, 200, q)
	s.wants(t, 200, q)
	assert.Equal(t, "1", s.wants(t, 429, q).header.Get("Retry-After"))
	s.wants(t, 200, get("/v1/employers"))
	assert.Contains(t, s.wants(t, 200, get("/metrics")).body, `intermittente_request_seconds_count{route="GET /v1/{list}",status="429"} 1`)
}

// TestHostileBodies sends what no client should: each is refused with a word of its
// own, nothing is stored, and the service goes on.
func TestHostileBodies(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		before := s.store.rows(t, "tenant <> ''")
		for body, code := range map[string]string{
			` `:                            "json",
			`[]`:                           "",
			`"x"`:                          "",
			`{`:                            "json",
			`{}{}`:                         "json",
			`{"employer":"bottega"`:        "json",
			"{\"name\":\"\xff\"}":          "json",
			"{\"a\x00\":1}":                "json",
			`{"__proto__":{}}`:             "member",
			`{"NAME":"x"}`:                 "member",
			strings.Repeat("[", 100_000):   "json",
			strings.Repeat(`{"a":`, 20000): "json",
			strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000): "",
			`{"name":"a","name":"b"}`:    "",
			`{"start":1e400}`:            "",
			strings.Repeat("9", 200_000): "",
		} {
			for _, x := range everyAnswer {
				if x.body == "=" && x.status < 300 && x.path != "/v1/import/workers" {
					x.body = body
					assert.Contains(t, s.wants(t, 400, x.request).body, `"code":"`+code, "%s %.40q", x.path, body)
				}
			}
		}
		for body, path := range map[string]string{
			`"worker":"anna","worker":"bruno","start":"2025-02-24T09:00:00+01:00"`:                  "/worker",
			`"worker":"a\u0000","start":"2025-02-24T09:00:00+01:00"`:                                "/worker",
			`"worker":"x' OR '1'='1","start":"2025-02-24T09:00:00+01:00"`:                           "/worker",
			`"worker":"anna","start":"2025-02-30T09:00:00+01:00"`:                                   "/start",
			`"worker":"anna","start":"2025-02-24T09:00:00"`:                                         "/start",
			`"worker":"anna","start":"2025-02-24T09:00:00+01:00","end":"2025-02-26T09:00:00+01:00"`: "/end",
			`"worker":"anna","start":"2025-02-24T09:00:00+01:00","channel":"pigeon"`:                "/channel",
			`"worker":"anna","start":"2025-02-24T09:00:00+01:00","plan":"yes"`:                      "/plan",
		} {
			assert.Contains(t, s.wants(t, 400, decision("hostile", `{"employer":"bottega",`+body+`}`)).body, `"path":"`+path+`"`, body)
		}
		for _, hours := range []string{`"24.01"`, `"-1"`, `"1e9"`, `8`, `"NaN"`, `"8.00","hours":"8.00"`} {
			assert.Contains(t, s.wants(t, 400, put(anna+"/worked/2015-01-01", `{"hours":`+hours+`}`)).body, `"path":"/hours"`, hours)
		}
		for _, q := range []request{
			decision(strings.Repeat("k", 65), "{}"), put("/v1/workers/"+strings.Repeat("w", 65), "{}"), put("/v1/workers/%2e%2e%2fx", "{}"),
			put("/v1/workers/anna%00", "{}"), put("/v1/workers/%27%3BDROP", "{}"), get(anna + "/left?on=%00"), get("/v1/employers/bottega/plan?days=-1"),
			get("/v1/employers/bottega/plan?from=9999-12-31"), get(anna + "/due?month=2025-13"), csv("calls", "\xff\xfe\x00"),
			csv("worked", "worker;employer;first;last\n\"a;b;\xff;\x00\n;;;;\n"),
			put(anna+"/contract", `{"signed":"2024-06-01","work":{"first":"2024-06-03"},"birth":"2003-05-14"}`),
			put(employer, `{"name":"x","history":[{"span":{"first":"2020-01-01"}},{"span":{"first":"2021-01-01"}}]}`),
			csv("worked", "worker;employer;first;last\n"+strings.Repeat("anna;bottega;2020-01-01;2022-09-26\n", mostDays/1000+1)),
		} {
			s.wants(t, 400, q)
		}
		assert.Equal(t, before, s.store.rows(t, "tenant <> ''"))
	})
}

// TestHostileConnections sends bodies without a length, headers without an end and
// methods that are none.
func TestHostileConnections(t *testing.T) {
	s := start(t, newSQLite(t))
	r, err := http.NewRequest(http.MethodPut, s.url+"/v1/workers/anna", io.LimitReader(rand.Reader, 64<<20))
	require.NoError(t, err)
	r.Header = http.Header{"Content-Type": {"application/json"}, "Authorization": {"Bearer " + s.bearer}}
	if got, err := client.Do(r); err == nil { // the connection may be closed while the client still writes
		assert.Equal(t, http.StatusRequestEntityTooLarge, got.StatusCode)
		require.NoError(t, got.Body.Close())
	}
	for _, x := range []expected{
		{404, get("/nothing")}, {404, get("/v1/nothing")}, {405, request{method: "PATCH", path: "/v1/workers/anna"}}, {405, remove("/v1/decisions/k1")},
	} {
		got, err := s.send(x.request)
		require.NoError(t, err)
		assert.Equal(t, x.status, got.status)
		assert.NoError(t, described.holds(get("/readyz"), response{400, got.header, got.body}), "one form of all errors")
		assert.Equal(t, x.status == 405, got.header.Get("Allow") != "")
	}

	// The bounds are set, and bite: with short ones a slow client is cut off.
	slow := httptest.NewUnstartedServer(nil)
	slow.Config = s.server()
	assert.Positive(t, min(slow.Config.ReadHeaderTimeout, slow.Config.ReadTimeout, slow.Config.WriteTimeout, slow.Config.IdleTimeout))
	slow.Config.ReadHeaderTimeout, slow.Config.ReadTimeout = 100*time.Millisecond, 200*time.Millisecond
	slow.Start()
	defer slow.Close()
	for _, half := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n",
		"PUT /v1/workers/anna HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + s.bearer + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
		"GET / HTTP/1.1\r\nHost: x\r\nX: " + strings.Repeat("x", 64<<10),
	} {
		c, err := net.Dial("tcp", slow.Listener.Addr().String())
		require.NoError(t, err)
		require.NoError(t, c.SetDeadline(time.Now().Add(20*time.Second)))
		_, err = io.WriteString(c, half)
		require.NoError(t, err)
		said, err := io.ReadAll(c) // to the end of the connection
		var late net.Error
		assert.False(t, err != nil && assert.ErrorAs(t, err, &late) && late.Timeout(), "not cut off")
		assert.NotContains(t, string(said), "HTTP/1.1 2")
		require.NoError(t, c.Close())
	}
}

// TestLog looks for personal data in the log where it would most likely get in: in
// errors of the database and of the input. Every test does so for its own log.
func TestLog(t *testing.T) {
	s := start(t, newSQLite(t))
	s.wants(t, 201, decision("BSSNNA03E54H501G", question("anna", "2025-02-24T09:00:00+01:00", true)))
	s.wants(t, 400, put("/v1/workers/anna", `{"BSSNNA03E54H501G":1}`))
	s.wants(t, 400, put("/v1/workers/anna", `{"code":"BSSNNA03E54H501G","birth":"Bassi"}`))
	s.store.do(t, `DROP TABLE called`, `DROP TABLE communications`,
		`CREATE TABLE communications (tenant TEXT, employer TEXT, communication TEXT, sent TEXT, facts TEXT CHECK (facts = 'x'), PRIMARY KEY (tenant, employer, communication))`)
	_, body := described.example(t, "PUT", "/v1/employers/bottega/communications/anna")
	s.wants(t, 503, put("/v1/employers/bottega/communications/anna", body))
	log := s.logs.String()
	for _, told := range []string{`"worker":"***************G"`, `"route":"PUT /v1/employers/{employer}/communications/{communication}"`, `"sqlite":275`} {
		assert.Contains(t, log, told)
	}
	assert.NotEmpty(t, secrets.FindAllString(`{"worker":"anna"}`, 1), "the search finds nothing")
}
