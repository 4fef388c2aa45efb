package main

import (
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestHostileBodies sends what no client should: each is refused with a word of its
// own, nothing is stored, and the service goes on.
func TestHostileBodies(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			tables := []string{"employers", "workers", "contracts", "months", "worked", "calls", "communications", "called", "decisions"}
			count := func() (n []int) {
				for _, table := range tables {
					n = append(n, s.store.count(t, table))
				}
				return n
			}
			before := count()
			deep := strings.Repeat(`{"a":`, 5000) + "1" + strings.Repeat("}", 5000)
			bodies := map[string]string{
				``:                             "media",
				` `:                            "json",
				`null`:                         "",
				`[]`:                           "json",
				`"x"`:                          "json",
				`{`:                            "json",
				`{}{}`:                         "json",
				`{"employer":"bottega"`:        "json",
				"{\"name\":\"\xff\"}":          "json",
				"{\"a\x00\":1}":                "json",
				`{"__proto__":{}}`:             "member",
				`{"NAME":"x"}`:                 "member",
				deep:                           "",
				strings.Repeat("[", 100_000):   "json",
				strings.Repeat(`{"a":`, 20000): "json",
				`{"name":"a","name":"b"}`:      "",
				`{"start":1e400}`:              "",
				strings.Repeat("9", 200_000):   "json",
			}
			paths := []string{
				"/v1/employers/bottega", "/v1/workers/anna", anna + "/contract", anna + "/months/2025-07",
				"/v1/employers/bottega/communications/x",
			}
			for body, want := range bodies {
				for _, path := range paths {
					if body == `null` && (path == "/v1/employers/bottega" || path == "/v1/workers/anna") {
						continue // an employer, a worker of whom nothing is known
					}
					got := s.ask(t, put(path, body))
					if body == "" {
						assert.Equal(t, 415, got.status)
					} else {
						assert.Equal(t, 400, got.status, "%s %.40q: %s", path, body, got.body)
					}
					if want != "" {
						assert.Contains(t, got.body, `"code":"`+want+`"`, "%s %.40q", path, body)
					}
				}
				if body != "" {
					got := s.ask(t, decision("hostile", body))
					assert.Equal(t, 400, got.status, "%.40q", body)
				}
			}
			for body, path := range map[string]string{
				`{"employer":"bottega","worker":"anna","worker":"bruno","start":"2025-02-24T09:00:00+01:00"}`:   "/worker",
				`{"employer":"bottega","worker":"a\u0000","start":"2025-02-24T09:00:00+01:00"}`:                 "/worker",
				`{"employer":"x' OR '1'='1","worker":"anna","start":"2025-02-24T09:00:00+01:00"}`:               "/employer",
				`{"employer":"bottega","worker":"anna","start":"2025-02-30T09:00:00+01:00"}`:                    "/start",
				`{"employer":"bottega","worker":"anna","start":"2025-02-24T09:00:00"}`:                          "/start",
				`{"employer":"bottega","worker":"anna","start":"2025-02-24T09:00:00+01:00","channel":"pigeon"}`: "/channel",
				`{"employer":"bottega","worker":"anna","start":"2025-02-24T09:00:00+01:00","plan":"yes"}`:       "/plan",
			} {
				got := s.wants(t, 400, decision("hostile", body))
				assert.Contains(t, got.body, `"path":"`+path+`"`, body)
			}
			for body, path := range map[string]string{
				`{"hours":"24.01"}`: "/hours", `{"hours":"-1"}`: "/hours", `{"hours":"1e9"}`: "/hours",
				`{"hours":8}`: "/hours", `{"hours":"NaN"}`: "/hours", `{"hours":"8.00","hours":"8.00"}`: "/hours",
			} {
				got := s.wants(t, 400, put(anna+"/worked/2015-01-01", body))
				assert.Contains(t, got.body, `"path":"`+path+`"`, body)
			}
			for _, q := range []request{
				{method: "POST", path: "/v1/decisions", body: "{}", key: strings.Repeat("k", 65)},
				put("/v1/workers/"+strings.Repeat("w", 65), "{}"),
				put("/v1/workers/%2e%2e%2fx", "{}"),
				put("/v1/workers/anna%00", "{}"),
				put("/v1/workers/%27%3BDROP", "{}"),
				get(anna + "/left?on=%00"),
				get("/v1/employers/bottega/plan?days=-1"),
				get("/v1/employers/bottega/plan?from=9999-12-31"),
				get(anna + "/due?month=2025-13"),
			} {
				s.wants(t, 400, q)
			}
			assert.Equal(t, before, count())
			s.wants(t, 200, get("/readyz"))
		})
	}
}

// TestHostileConnections sends bodies without a length, headers without an end and
// methods that are none.
func TestHostileConnections(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), "test.db"))
	r, err := http.NewRequest(http.MethodPut, s.url+"/v1/workers/anna", io.LimitReader(endless{}, 64<<20))
	require.NoError(t, err)
	r.Header.Set("Content-Type", "application/json")
	key, _ := bearers.Load(s.url)
	r.Header.Set("Authorization", "Bearer "+key.(string))
	got, err := client.Do(r)
	if err == nil { // the connection may be closed while the client still writes
		assert.Equal(t, http.StatusRequestEntityTooLarge, got.StatusCode)
		require.NoError(t, got.Body.Close())
	}
	for _, x := range []struct {
		status int
		request
	}{
		{404, get("/nothing")},
		{404, get("/v1/nothing")},
		{405, request{method: "PATCH", path: "/v1/workers/anna"}},
		{405, request{method: "DELETE", path: "/v1/decisions/k1"}},
	} {
		got, err := send(s.url, x.request)
		require.NoError(t, err)
		assert.Equal(t, x.status, got.status)
		assert.Empty(t, described.check("#/components/schemas/Error", got.body))
		assert.Equal(t, x.status == 405, got.header.Get("Allow") != "")
	}

	// The bounds are set, and bite: with short ones a slow client is cut off.
	bounds := s.server()
	for _, d := range []time.Duration{bounds.ReadHeaderTimeout, bounds.ReadTimeout, bounds.WriteTimeout, bounds.IdleTimeout} {
		assert.Positive(t, d)
	}
	slow := httptest.NewUnstartedServer(nil)
	slow.Config = bounds
	slow.Config.ReadHeaderTimeout, slow.Config.ReadTimeout = 100*time.Millisecond, 200*time.Millisecond
	slow.Start()
	defer slow.Close()
	for _, half := range []string{
		"GET / HTTP/1.1\r\nHost: x\r\n",
		"PUT /v1/workers/anna HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + key.(string) + "\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{",
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
	s.wants(t, 200, get("/readyz"))
}

// endless is a body that does not end.
type endless struct{}

// Read fills p.
func (endless) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = ' '
	}
	return len(p), nil
}

// TestLog looks for personal data in the log where it would most likely get in: in
// errors of the database and of the input. Every test does so for its own log.
func TestLog(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), "test.db"))
	s.wants(t, 201, decision("BSSNNA03E54H501G", question("anna", "2025-02-24T09:00:00+01:00", true)))
	s.wants(t, 400, put("/v1/workers/anna", `{"BSSNNA03E54H501G":1}`))
	s.wants(t, 400, put("/v1/workers/anna", `{"code":"BSSNNA03E54H501G","birth":"Bassi"}`))
	_, err := s.store.write.ExecContext(t.Context(), `DROP TABLE called; DROP TABLE communications; CREATE TABLE communications (tenant TEXT, employer TEXT, communication TEXT, sent TEXT, facts TEXT CHECK (facts = 'x'), PRIMARY KEY (tenant, employer, communication))`)
	require.NoError(t, err)
	_, body := described.example(t, "PUT", "/v1/employers/bottega/communications/anna")
	s.wants(t, 503, put("/v1/employers/bottega/communications/anna", body))
	log := s.logs.String()
	assert.Contains(t, log, `"worker":"***************G"`)
	assert.Contains(t, log, `"route":"PUT /v1/employers/{employer}/communications/{communication}"`)
	assert.Contains(t, log, `"sqlite":275`)
	assert.NotEmpty(t, secrets.FindAllString(`{"worker":"anna"}`, 1), "the search finds nothing")
	for _, secret := range []string{"BSSNNA03E54H501G", "Bassi", "07155300580", "Bottega del Corso S.r.l.", "Corso S.r.l"} {
		assert.NotContains(t, log, secret)
	}
}
