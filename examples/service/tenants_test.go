package main

import (
	"fmt"
	"net/http"
	"strings"
	"testing"

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

// TestReadingBack walks every list page by page, filters, and reads what was stored.
func TestReadingBack(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		s.fill(t)
		type page struct {
			Items []map[string]any
			Next  string
		}
		for name := range listed {
			all := map[string]bool{}
			for after := "&"; after != "&after="; {
				p := read[page](t, s.wants(t, 200, get("/v1/"+name+"?limit=2"+after)))
				for _, x := range p.Items {
					all[fmt.Sprint(x)] = true
				}
				after = "&after=" + p.Next
			}
			assert.Len(t, all, s.store.count(t, name), name)
		}
		for path, n := range map[string]int{
			"calls?employer=bottega&worker=anna&from=2025-03-01&to=2025-03-01": 1, "calls?worker=anna&from=2025-03-02&to=2025-03-07": 0,
			"worked?worker=anna&from=2025-07-01&to=2025-07-31": 1, "decisions?worker=anna": 1, "decisions?worker=bruno": 0,
			"communications?from=2025-02-20&to=2025-02-20": 1, "communications?from=2025-02-21": 0, "contracts?worker=nobody": 0,
		} {
			assert.Len(t, read[page](t, s.wants(t, 200, get("/v1/"+path))).Items, n, path)
		}
		for _, query := range []string{"limit=0", "limit=1001", "after=a~b~c", "after=%ff~x", "colour=red", "worker=a%20b"} {
			s.wants(t, 400, get("/v1/contracts?"+query))
		}
		_, body := described.example(t, "PUT", "/v1/workers/anna")
		assert.JSONEq(t, body, s.wants(t, 200, get("/v1/workers/anna")).body)

		// Compressed where the client takes it.
		r, err := http.NewRequest(http.MethodGet, s.url+"/openapi.json", http.NoBody)
		require.NoError(t, err)
		r.Header.Set("Accept-Encoding", "gzip")
		got, err := client.Do(r)
		require.NoError(t, err)
		require.NoError(t, got.Body.Close())
		assert.Equal(t, "gzip", got.Header.Get("Content-Encoding"))
	})
}

// TestForget deletes a person with all that tells of her; who was called with her stays.
func TestForget(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		s.fill(t)
		const both = "/v1/employers/bottega/communications/both"
		s.wants(t, 201, put(both, `{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580","persons":[["BSSNNA03E54H501G","00987669009"]],
			"rows":[{"worker":"bssnna03e54h501g","first":"2025-02-22"},{"worker":"CRTBRN00B29F205B","first":"2025-02-22"}]}`))
		s.wants(t, 204, remove("/v1/workers/anna"))
		left := strings.Join(s.store.rows(t, "tenant = 'dev'"), "\n")
		for _, word := range []string{"anna ", "anna]", "Anna", "NNA03E54", "nna03e54", "00987669009"} {
			assert.NotContains(t, left, word)
		}
		assert.Contains(t, s.wants(t, 200, get(both)).body, "CRTBRN00B29F205B")
		s.wants(t, 404, get(anna+"/left"))
		s.wants(t, 404, remove("/v1/workers/anna"))
	})
}

// TestManyCalls plans more calls than one question takes: the days asked bound it, not
// those to come. Citations stand once in an answer.
func TestManyCalls(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		rows := "worker;employer;start;channel\n"
		for i := range mostCalls + 1 {
			rows += fmt.Sprintf("anna;bottega;%02d/04/2025 %02d:%02d;portal\n", 1+i%20, 1+i/20%20+1, i/400%60)
		}
		s.wants(t, 200, csv("calls", rows))
		for _, what := range []string{"plan", "moments"} {
			s.wants(t, 200, get("/v1/employers/bottega/"+what))
			got := s.wants(t, 400, get("/v1/employers/bottega/"+what+"?from=2025-04-01&days=30"))
			assert.Contains(t, got.body, `"code":"too-long","path":"days"`)
			s.wants(t, 200, get("/v1/employers/bottega/"+what+"?from=2025-04-01&days=30&worker=bruno"))
		}
		plan := s.wants(t, 200, get("/v1/employers/bottega/plan")).body
		assert.NotEmpty(t, read[planAnswer](t, response{body: plan}).Cites["limits.days-cap"])
		assert.Less(t, 5*strings.Count(plan, `"cites":[{`), strings.Count(plan, `"outcome":`), "only checks that cite something of their own")
	})
}

// TestEncodings reads what Windows saves, and tries a file without storing it.
func TestEncodings(t *testing.T) {
	s := start(t, newSQLite(t))
	file := csv("workers?dry=true", "Matricola;Cognome;Nome;Reparto\r\nnico;D'Am\xecco;Nicol\xf2;sala\r\n")
	tried := s.wants(t, 200, file).body
	assert.Contains(t, tried, `"rows":1,"stored":false`)
	assert.Contains(t, tried, "la colonna 4 (D) non è nota ed è stata ignorata")
	s.wants(t, 404, get("/v1/workers/nico"))
	s.wants(t, 200, csv("workers", file.body))
	assert.JSONEq(t, `{"surname":"D'Amìco","name":"Nicolò"}`, s.wants(t, 200, get("/v1/workers/nico")).body)
	twoEncodings := strings.Replace(file.body, "sala", "caff\u00e8", 1)
	assert.Contains(t, s.wants(t, 400, csv("workers", twoEncodings)).body, `"line":2`)
}

// TestMigration opens a database that an earlier program made, with rows in it.
func TestMigration(t *testing.T) {
	eachDatabase(t, func(t *testing.T, database string) {
		s := reopen(t, database)
		for _, table := range []string{"decisions", "called", "communications", "calls", "worked", "months", "contracts", "codes", "workers", "employers", "keys", "migrations"} {
			s.do(t, `DROP TABLE `+table)
		}
		first, err := migrations.ReadFile("migrations/0001.sql")
		require.NoError(t, err)
		s.do(t, strings.Split(strings.TrimSpace(string(first)), ";\n")...)
		s.do(t, `CREATE TABLE migrations (number INTEGER PRIMARY KEY)`, `INSERT INTO migrations VALUES (1)`,
			`INSERT INTO employers VALUES ('dev', 'old', '{"name":"Old"}')`, `INSERT INTO workers VALUES ('dev', 'ada', 'BSSNNA03E54H501G', '{"code":"BSSNNA03E54H501G"}')`,
			`INSERT INTO contracts VALUES ('dev', 'old', 'ada', '{"signed":"2024-06-01","work":{"first":"2024-06-03"}}')`,
			`INSERT INTO worked VALUES ('dev', 'old', 'ada', '2024-07', '{"05":"8.00","06":"0"}')`,
			`INSERT INTO calls VALUES ('dev', 'old', 'ada', '2025-02-20T08:00:00Z', 'portal'), ('dev', 'old', 'ada', '2025-02-21T08:00:00Z', '')`)
		s.close()
		again := reopen(t, database)
		assert.Equal(t, 3, again.count(t, "migrations"))
		var p *pair
		require.NoError(t, again.look(t.Context(), func(q *tx) { p = q.pair(whose{"dev", "old", "ada"}) }))
		assert.Equal(t, "[2024-07-05/2024-07-06]", p.worked.String())
		assert.Equal(t, []string{"portal", ""}, []string{p.calls[0].Channel.String(), p.calls[1].Channel.String()})
		assert.Equal(t, 1, again.count(t, "codes WHERE code = 'BSSNNA03E54H501G' AND worker = 'ada'"))
	})
}
