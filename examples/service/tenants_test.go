package main

import (
	"fmt"
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// rows writes out the rows of every table that match a condition.
func (s *store) rows(t *testing.T, where string) (list []string) {
	t.Helper()
	for _, table := range []string{"employers", "workers", "contracts", "months", "worked", "calls", "communications", "called", "decisions"} {
		found, err := s.read.QueryContext(t.Context(), `SELECT * FROM `+table+` WHERE `+where)
		require.NoError(t, err)
		columns, err := found.Columns()
		require.NoError(t, err)
		for found.Next() {
			values, into := make([]any, len(columns)), make([]any, len(columns))
			for i := range values {
				into[i] = &values[i]
			}
			require.NoError(t, found.Scan(into...))
			list = append(list, fmt.Sprintf("%s %s", table, values))
		}
		require.NoError(t, found.Err())
		require.NoError(t, found.Close())
	}
	slices.Sort(list)
	return list
}

// TestTenants sends every request with the key of another tenant, with none, and with
// some that are no longer or not quite a key.
func TestTenants(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			s := start(t, fresh(t))
			for _, x := range everyAnswer {
				if x.status < 300 && x.method != http.MethodDelete {
					s.wants(t, x.status, x.filled(t)) // so that there is something of each kind
				}
			}
			before := s.store.rows(t, "tenant = 'dev'")
			other := s.store.key(t, "other", true)
			logs := &logBook{}
			name, revoked, err := s.store.addKey(t.Context(), developer, true)
			require.NoError(t, err)
			require.NoError(t, s.store.keysCommand(t.Context(), []string{"revoke", name}, logs))
			require.NoError(t, s.store.keysCommand(t.Context(), []string{"list"}, logs))
			assert.Contains(t, logs.String(), name+"\tdev\twrites: true\trevoked: true")
			assert.NotContains(t, logs.String()+strings.Join(s.store.rows(t, "tenant <> ''"), ""), revoked)
			require.NoError(t, s.store.keysCommand(t.Context(), []string{"add", "other", "read"}, logs))
			for _, x := range everyAnswer {
				q := x.filled(t)
				for _, key := range []string{"-", revoked, other + "x", strings.ToLower(other)} {
					if q.bearer = key; !keyless[q.method+" "+q.path] {
						got := s.wants(t, 401, q)
						assert.NotEmpty(t, got.header.Get("WWW-Authenticate"))
					}
				}
				q.bearer = other
				got := s.ask(t, q)
				assert.Contains(t, []int{200, 201, 204, 400, 404, 413, 415}, got.status)
				if q.method == http.MethodGet && strings.HasPrefix(q.path, "/v1/") && q.path != "/v1/employers" {
					assert.GreaterOrEqual(t, got.status, 400, q.path)
				}
				if q.path == "/openapi.json" {
					continue // whose examples are those of the sample
				}
				assert.Empty(t, secrets.FindAllString(strings.ReplaceAll(got.body, "employer", ""), 3), q.path)
				if strings.HasPrefix(q.path, "/v1/employers/") && q.path != "/v1/employers/bottega" && x.status < 300 {
					assert.Equal(t, 404, got.status, q.path)
				}
				if q.path == "/v1/employers/bottega" { // its own now: away with it
					_, err := s.store.write.ExecContext(t.Context(), `DELETE FROM employers WHERE tenant = 'other'`)
					require.NoError(t, err)
				}
				_, err := s.store.write.ExecContext(t.Context(), `DELETE FROM workers WHERE tenant = 'other'`)
				require.NoError(t, err)
			}
			assert.Equal(t, before, s.store.rows(t, "tenant = 'dev'"), "another tenant changed it")
			assert.Empty(t, s.store.rows(t, "tenant = 'other'"))
		})
	}
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
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			s := start(t, fresh(t))
			for _, x := range everyAnswer {
				if x.status < 300 && x.method != http.MethodDelete {
					s.wants(t, x.status, x.filled(t))
				}
			}
			type page struct {
				Items []map[string]any
				Next  string
			}
			for name := range listings {
				var all []string
				for after := ""; ; {
					p := read[page](t, s.wants(t, 200, get("/v1/"+name+"?limit=2"+after)))
					for _, x := range p.Items {
						all = append(all, fmt.Sprint(x))
					}
					if p.Next == "" {
						break
					}
					after = "&after=" + p.Next
				}
				assert.Len(t, slices.Compact(slices.Sorted(slices.Values(all))), s.store.count(t, name), name)
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
			r, err := http.NewRequest(http.MethodGet, s.url+"/v1/employers/bottega/plan?days=30", http.NoBody)
			require.NoError(t, err)
			key, _ := bearers.Load(s.url)
			r.Header.Set("Authorization", "Bearer "+key.(string))
			r.Header.Set("Accept-Encoding", "gzip")
			got, err := client.Do(r)
			require.NoError(t, err)
			require.NoError(t, got.Body.Close())
			assert.Equal(t, "gzip", got.Header.Get("Content-Encoding"))

			// Anna goes, and with her all that tells of her; who was called with her stays.
			with := `{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580","rows":[{"worker":"bssnna03e54h501g","first":"2025-02-22"},{"worker":"CRTBRN00B29F205B","first":"2025-02-22"}]}`
			s.wants(t, 201, put("/v1/employers/bottega/communications/both", with))
			s.wants(t, 204, request{method: "DELETE", path: "/v1/workers/anna"})
			left := strings.Join(s.store.rows(t, "tenant = 'dev'"), "\n")
			for _, word := range []string{"anna ", "Anna", "NNA03E54", "nna03e54"} {
				assert.NotContains(t, left, word)
			}
			assert.Contains(t, s.wants(t, 200, get("/v1/employers/bottega/communications/both")).body, "CRTBRN00B29F205B")
			s.wants(t, 404, get(anna+"/left"))
			s.wants(t, 404, request{method: "DELETE", path: "/v1/workers/anna"})
		})
	}
}

// TestManyCalls plans more calls than one question takes: the days asked bound it, not
// those to come.
func TestManyCalls(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			s := start(t, fresh(t))
			rows := "worker;employer;start;channel\n"
			for i := range mostCalls + 1 {
				rows += fmt.Sprintf("anna;bottega;%02d/04/2025 %02d:%02d;portal\n", 1+i%20, 1+i/20%20+1, i/400%60)
			}
			s.wants(t, 200, request{method: "POST", path: "/v1/import/calls", media: "text/csv", body: rows})
			for _, what := range []string{"plan", "moments"} {
				s.wants(t, 200, get("/v1/employers/bottega/"+what))
				got := s.wants(t, 400, get("/v1/employers/bottega/"+what+"?from=2025-04-01&days=30"))
				assert.Contains(t, got.body, `"code":"too-long","path":"days"`)
				s.wants(t, 200, get("/v1/employers/bottega/"+what+"?from=2025-04-01&days=30&worker=bruno"))
			}
			plan := read[planAnswer](t, s.wants(t, 200, get("/v1/employers/bottega/plan")))
			assert.NotEmpty(t, plan.Cites["limits.days-cap"])
		})
	}
}

// TestEncodings reads what Windows saves, and tries a file without storing it.
func TestEncodings(t *testing.T) {
	s := start(t, newSQLite(t))
	file := request{method: "POST", path: "/v1/import/workers?dry=true", media: "text/csv", body: "Matricola;Cognome;Nome;Reparto\r\nnico;D'Am\xecco;Nicol\xf2;sala\r\n"}
	tried := s.wants(t, 200, file).body
	assert.Contains(t, tried, `"rows":1,"stored":false`)
	assert.Contains(t, tried, "la colonna 4 (D) non è nota ed è stata ignorata")
	s.wants(t, 404, get("/v1/workers/nico"))
	file.path = "/v1/import/workers"
	s.wants(t, 200, file)
	assert.JSONEq(t, `{"surname":"D'Amìco","name":"Nicolò"}`, s.wants(t, 200, get("/v1/workers/nico")).body)
	file.body = strings.Replace(file.body, "sala", "caff\u00e8", 1) // two encodings in one file
	assert.Contains(t, s.wants(t, 400, file).body, `"line":2`)
	file.body = "worker;code\nnico;BSSNNA03E54H501G\n"
	assert.Contains(t, s.wants(t, 400, file).body, "archiviato un altro lavoratore")
}

// TestMigration opens a database that an earlier program made.
func TestMigration(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := reopen(t, database)
			for _, undo := range []string{
				`DROP INDEX calls_start`, `DROP INDEX workers_code`, `DROP INDEX contracts_worker`, `DROP INDEX decisions_pair`, `DROP INDEX called_code`,
				`DELETE FROM migrations WHERE number = 2`, `INSERT INTO employers (tenant, employer, facts) VALUES ('dev', 'old', '{}')`,
			} {
				_, err := s.write.ExecContext(t.Context(), undo)
				require.NoError(t, err)
			}
			s.close()
			again := reopen(t, database)
			assert.Equal(t, 2, again.count(t, "migrations"))
			assert.Equal(t, 1, again.count(t, "employers"))
			_, err := again.write.ExecContext(t.Context(), `DROP INDEX calls_start`)
			require.NoError(t, err)
		})
	}
}
