package main

import (
	"encoding/json"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"golang.org/x/time/rate"
)

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
			s.store.do(t, `UPDATE `+table+` = '{'`)
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

type madeDecision struct {
	Planned bool
	Record  json.RawMessage
}

// calls are the calls of a worker on the days asked: when they start, and whether they stand.
func (s *running) calls(t *testing.T, query string) (list []string) {
	t.Helper()
	for _, c := range read[judged](t, s.wants(t, 200, get(employer+"/plan?"+query))).Forecast.Calls {
		list = append(list, fmt.Sprint(law.FormatDay(law.RomeDay(c.Start)), " ", c.Stands))
	}
	return list
}

// decided asks a decision and returns it, with the body of the answer.
func (s *running) decided(t *testing.T, key, body string) (madeDecision, string) {
	t.Helper()
	got := s.wants(t, 201, decision(key, body))
	return read[madeDecision](t, got), got.body
}

// TestDecision follows one decision: asked, asked again, read, verified, in the plan.
func TestDecision(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		const tuesday = "2025-02-25T09:00:00+01:00"
		made, first := s.decided(t, "d1", question("anna", tuesday, true))
		assert.True(t, made.Planned)
		v, err := preflight.Verify(made.Record)
		require.NoError(t, err)
		assert.True(t, v.Stands())
		assert.Equal(t, string(made.Record), s.wants(t, 200, get("/v1/decisions/d1")).body, "the record is its bytes")

		// The same instant, written with another offset, is the same question.
		again := s.wants(t, 200, decision("d1", question("anna", "2025-02-25T08:00:00Z", true)))
		assert.Equal(t, first, again.body)
		assert.Equal(t, "/v1/decisions/d1", again.header.Get("Location"))
		s.wants(t, 409, decision("d1", question("anna", tuesday, false)))
		s.wants(t, 409, decision("d1", question("bruno", tuesday, true)))

		assert.Equal(t, []string{"2025-02-25 true", "2025-03-01 true"}, s.calls(t, "from=2025-02-24&worker=anna"))
		s.wants(t, 204, remove(anna+"/calls/"+tuesday))
		assert.Equal(t, []string{"2025-03-01 true"}, s.calls(t, "from=2025-02-24&worker=anna"))

		// A call that breaks a rule is decided, recorded and not planned: bruno turns 25.
		broken, _ := s.decided(t, "d2", question("bruno", "2025-03-03T09:00:00+01:00", true))
		assert.False(t, broken.Planned)
		assert.Contains(t, string(broken.Record), `"verdict":"breach"`)
		assert.Contains(t, s.wants(t, 200, get("/v1/decisions/d2/verification")).body, `"stands":true,"seal":"sound"`)
		assert.Equal(t, 2, s.store.count(t, "decisions"))

		// The rules on the contract know the days worked, too: here all of them.
		_, contract := described.example(t, "PUT", anna+"/contract")
		s.wants(t, 204, put(anna+"/contract", strings.Replace(contract, `"work":{"first":"2024-06-03"}`, `"work":{"first":"2025-02-20","last":"2025-02-21"}`, 1)))
		s.wants(t, 204, put(anna+"/worked/2025-02-20", `{}`))
		s.wants(t, 204, put(anna+"/worked/2025-02-21", `{}`))
		_, through := s.decided(t, "d3", question("anna", "2025-02-21T09:00:00+01:00", false))
		assert.Contains(t, through, `"rule":"eligibility.discontinuity","outcome":"fail"`)
	})
}

// TestLastDay plans a call that is lawful by itself and would take a later one its
// place: dario has two days left and both are planned.
func TestLastDay(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		for _, start := range []string{"2025-02-26T09:00:00+01:00", "2025-02-27T09:00:00+01:00"} {
			s.wants(t, 204, remove(dario+"/calls/"+start))
		}
		made, _ := s.decided(t, "d1", question("dario", "2025-02-21T09:00:00+01:00", true))
		assert.NotContains(t, string(made.Record), `"verdict":"breach"`)
		assert.False(t, made.Planned, "a later call would lose its place")
		s.wants(t, 204, remove(dario+"/calls/2025-02-25T09:00:00+01:00"))
		made, _ = s.decided(t, "d2", question("dario", "2025-02-21T09:00:00+01:00", true))
		assert.True(t, made.Planned)

		// A call that does not stand takes nobody's place: a fax that no failure of the portal allows.
		s.wants(t, 204, remove(dario+"/calls/2025-02-21T09:00:00+01:00"))
		s.wants(t, 200, csv("calls", "worker;employer;start;channel\ndario;bottega;20/02/2025 10:00;fax\ndario;bottega;25/02/2025 09:00;portal\n"))
		assert.Equal(t, []string{"2025-02-20 false", "2025-02-24 true", "2025-02-25 true"}, s.calls(t, "worker=dario"))
	})
}

// TestMoments sends a planned call and sees what must be sent change.
func TestMoments(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		const agenda = "/v1/employers/bottega/moments?days=30&worker=anna"
		look := func() (found []string) {
			return regexp.MustCompile(`"start":"2025-02-22[^{]*\{"what":"[a-z]+-by","at":"[0-9-]+|"first":"[0-9-]+"`).FindAllString(s.wants(t, 200, get(agenda)).body, -1)
		}
		const saturday = `"start":"2025-02-22T09:00:00+01:00","stands":true,"moment":`
		const sendBy, cancelBy = saturday + `{"what":"send-by","at":"2025-02-22`, saturday + `{"what":"cancel-by","at":"2025-02-24`
		const first, second, third = `"first":"2025-02-22"`, `"first":"2025-03-01"`, `"first":"2025-03-08"`
		assert.Subset(t, look(), []string{sendBy, cancelBy, first, second, third})

		// Sent, under another code of hers and with omocodia in that: it is the same worker.
		_, body := described.example(t, "PUT", "/v1/workers/anna")
		s.wants(t, 204, put("/v1/workers/anna", strings.Replace(body, `"BSSNNA03E54H501G"`, `"00987669009","also":["BSSNNA03E54H501G"]`, 1)))
		const sent = `{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580","rows":[{"worker":"BSSNNA03E54H50MY","first":"2025-02-22","start":"2025-02-22T09:00:00+01:00"}]}`
		s.wants(t, 201, put("/v1/employers/bottega/communications/c1", sent))
		assert.Subset(t, look(), []string{cancelBy, second, third})
		assert.NotContains(t, look(), sendBy)
		assert.NotContains(t, look(), first)

		// Called for this morning, and came: nothing is left to cancel.
		today := strings.NewReplacer("2025-02-20T08", "2025-02-19T08", "2025-02-22", "2025-02-20", "T09:00:00+01:00", "T08:00:00+01:00").Replace(sent)
		s.wants(t, 201, put("/v1/employers/bottega/communications/c3", today))
		s.wants(t, 200, csv("calls", "worker;employer;start;channel\nanna;bottega;20/02/2025 08:00;portal\n"))
		const cancel = `"start":"2025-02-20T08:00:00+01:00","stands":true,"moment":{"what":"cancel-by","at":"2025-02-22T08:00:00+01:00"}`
		assert.Contains(t, s.wants(t, 200, get(agenda)).body, cancel)
		s.wants(t, 204, put(anna+"/worked/2025-02-20", `{}`))
		assert.NotContains(t, s.wants(t, 200, get(agenda)).body, cancel)

		// Communicated long ago: presumed worked unless it was worked.
		late := strings.NewReplacer("2025-02-20T08", "2025-01-02T08", "2025-02-22", "2025-01-06").Replace(sent)
		s.wants(t, 201, put("/v1/employers/bottega/communications/c2", late))
		presumed := func() int {
			n := read[struct{ Worked, Counted int }](t, s.wants(t, 200, get(anna+"/left")))
			return n.Counted - n.Worked
		}
		s.wants(t, 204, put(anna+"/worked/2025-01-06", `{}`))
		assert.Equal(t, 0, presumed())
		s.wants(t, 204, remove(anna+"/worked/2025-01-06"))
		assert.Equal(t, 1, presumed())
	})
}

// TestMonth asks what is due, before and after a day of work.
func TestMonth(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		_, body := described.example(t, "PUT", anna+"/months/2025-07")
		s.wants(t, 204, put(anna+"/months/2025-07", body))
		// 1650.00 x 14/12 x 20 % = 385.00 a month; of 173 hours the two days of illness
		// take 173 x 2/31, and eight are worked. Storing these again changes nothing.
		for _, due := range []string{"360.16", "342.36", "342.36"} {
			assert.Equal(t, due, read[struct{ Due string }](t, s.wants(t, 200, get(anna+"/due?month=2025-07"))).Due)
			s.wants(t, 204, put(anna+"/worked/2025-07-01", `{"hours":"8.00"}`))
		}
	})
}

// TestImport stores every file twice, and files with every kind of bad row not at all.
func TestImport(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		s.wants(t, 204, put(anna+"/worked/2024-06-08", `{"hours":"6.50","across_midnight":true}`)) // a file without hours takes none away
		before := s.store.rows(t, "tenant = 'dev'")
		require.NoError(t, s.importFolder(t.Context(), developer, sampleFolder))
		assert.Equal(t, before, s.store.rows(t, "tenant = 'dev'"))
		for file, rows := range map[string][]string{
			"employers": {"a b;x;;;;;;;;;;;", "c;x;;;;;nine;2007", "c;x;;;;;;;perhaps", "c;x;;;boss", "bottega;Other"},
			"workers":   {";Rossi;;;;;", "c;Rossi;;;1990-02-30;;", "c;Rossi;;;;X;", "c;Rossi;;;;;Roma", "c;\"Ro\"ssi;;;;;", "anna;Rossi", "c;Rossi;;BSSNNA03E54H501G"},
			"contracts": {"anna;bottega;;;;;;;;;;;;;;;", "anna;bottega;2025-01-01;2025-02-01;2025-01-01;;;;;;;;;;;;", "zoe;bottega;2025-01-01;2025-01-02;;;;;;;;;;;;;", "anna;bottega;2025-01-01;2025-01-02;;;;;;;;;;joy;;;", "anna;bottega;2025-01-01;2025-01-02;;;;;;;;;;;-1;;", "anna;bottega;2025-01-01;2025-01-02"},
			"worked":    {"zoe;bottega;2025-01-01;", "anna;bottega;;", "anna;bottega;2025-01-02;2025-01-01", "anna;bottega;1900-01-01;2100-01-01"},
			"calls":     {"anna;bottega;;portal", "anna;bottega;30/03/2025 02:30;portal", "anna;bottega;22/02/2025 09:00;pigeon", "anna;nowhere;22/02/2025 09:00;", "anna;bottega;22/02/2025 09:00;sms"},
		} {
			b := must(os.ReadFile(filepath.Join(sampleFolder, file+".csv")))
			for _, row := range rows {
				bad := problems(t, s.wants(t, 400, csv(file, string(b)+row+"\r\n")))
				if assert.Len(t, bad, 1, row) {
					assert.Contains(t, bad[0], file+".csv:"+strconv.Itoa(strings.Count(string(b), "\n")+1)+":", row)
				}
			}
		}
		var many strings.Builder // more employers than a statement may have parameters
		many.WriteString("worker;employer;first\n")
		for i := range 70_000 {
			fmt.Fprintf(&many, "anna;e%d;2025-01-01\n", i)
		}
		assert.Contains(t, s.wants(t, 400, csv("worked", many.String())).body, `"line":2,"column":"worker"`)
		assert.Equal(t, before, s.store.rows(t, "tenant = 'dev'"))
	})
}

// problems are those of an import, as text; of one that was refused, without notices.
func problems(t *testing.T, got response) (list []string) {
	t.Helper()
	x := read[struct {
		Problems []sheet.Problem
		Error    failure
	}](t, got)
	for _, p := range append(x.Problems, x.Error.Problems...) {
		if got.status == 200 || !p.Notice {
			list = append(list, p.Error())
		}
	}
	return list
}

// TestColumns stores the columns that few offices have, and tells what it cannot store.
func TestColumns(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		for _, x := range []struct{ file, rows, at, stored string }{
			{"employers", "employer;name;email;ateco;ateco_version;sector_activity;sector_agreement;sector_from;sector_before\nbar;Bar;bar@example.com;47.71.10;2007;no;no;2024-06-01;sì\n",
				"/v1/employers/bar", `"history":[{"span":{"first":"1800-01-01","last":"2024-05-31"},"sector_activity":true,"sector_agreement":true}]`},
			{"workers", "worker;code;also\nzoe;00987669009;RSSMRA03E54H501B\n", "/v1/workers/zoe", `"also":["RSSMRA03E54H501B"]`},
			{"contracts", "worker;employer;signed;first;periods;agreement_representative;hire_notified;union_representatives;union_informed;hire_code\n" +
				"zoe;bar;2024-01-10;2024-01-12;01/06-30/09;sì;no;sì;2024-12-01;X1\n", "/v1/employers/bar/workers/zoe/contract",
				`"periods":[{"every_year":{"from":"06-01","to":"09-30"}}],"representative":true},"contract":{"hire_notified":false,"union_informed":"2024-12-01","union_representatives":true}`},
			{"worked", "worker;employer;first;last;across_midnight\nzoe;bar;2024-06-08;2024-06-09;sì\nzoe;bar;2024-06-10;;\n",
				"/v1/worked?worker=zoe", `"days":{"08":{"across_midnight":true},"09":{"across_midnight":true},"10":{}}`},
			{"calls", "worker;employer;start;end;channel\nzoe;bar;22/02/2025 20:00;02:00;sms\n",
				"/v1/calls?worker=zoe", `"facts":{"start":"2025-02-22T20:00:00+01:00","end":"2025-02-23T02:00:00+01:00","channel":"sms"}`},
		} {
			told := problems(t, s.wants(t, 200, csv(x.file, x.rows)))
			assert.Equal(t, x.file == "contracts", slices.Equal(told, []string{"contracts.csv:2: hire_code: this column is not stored here"}), told)
			assert.Contains(t, s.wants(t, 200, get(x.at)).body, x.stored)
		}
		// They reach the rules.
		_, asked := s.decided(t, "d1", `{"employer":"bar","worker":"zoe","start":"2025-02-25T20:00:00+01:00","end":"2025-02-26T02:00:00+01:00"}`)
		for _, fact := range []string{`"employer_history":[{`, `"across_midnight":[{"first":"2024-06-08","last":"2024-06-09"}]`, `"also":["RSSMRA03E54H501B"]`, `"end":"2025-02-26T02:00:00+01:00"`} {
			assert.Contains(t, asked, fact)
		}
		assert.Contains(t, problems(t, s.wants(t, 400, csv("calls", "worker;employer;start;kind\nzoe;bar;22/02/2025 20:00;annulla\n")))[0], "a cancellation is stored as a communication")
		assert.Contains(t, problems(t, s.wants(t, 400, csv("workers", "worker;code\nyara;RSSMRA03E54H501B\n")))[0], "another worker")
	})
}

// TestPage shows verdicts and reasons in one language, and no code.
func TestPage(t *testing.T) {
	s := start(t, newSQLite(t))
	s.wants(t, 204, put("/v1/employers/bottega", `{"name":"<script>alert(1)</script>"}`))
	assert.NotContains(t, s.wants(t, 200, get("/")).body, "<script>")
	for query, words := range map[string][2][]string{
		"": {
			{"anna <code>***************G</code>", "<code>limits.days-cap</code>", ">art. 13, c. 3, d.lgs. 81/2015</a>", "Send before", "2025-02-22 09:00", "breach", "Next week"},
			{"BSSNNA03E54H501G", "Esito", "violazione"},
		},
		"&lang=it": {
			{`<html lang="it">`, "Chiamate previste, 20/02/2025 – 21/03/2025", "Comunicare prima", "22/02/2025 09:00", "violazione", "?days=30&amp;from=2025-02-27&amp;lang=it", "Settimana successiva"},
			{"Verdict", "breach<", "2025-02-22", "Why"},
		},
	} {
		page := s.wants(t, 200, get("/employers/bottega?days=30"+query)).body
		for i, list := range words {
			for _, word := range list {
				assert.Equal(t, i == 0, strings.Contains(page, word), word)
			}
		}
	}
}

// TestReadingBack walks every list page by page, filters, and reads what was stored.
func TestReadingBack(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		s.fill(t)
		for name := range listed {
			all := map[string]bool{}
			for after := "&"; after != "&after="; {
				p := read[listing](t, s.wants(t, 200, get("/v1/"+name+"?limit=2"+after)))
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
			assert.Len(t, read[listing](t, s.wants(t, 200, get("/v1/"+path))).Items, n, path)
		}
		for _, query := range []string{"limit=0", "limit=1001", "after=a~b~c", "after=%ff~x", "colour=red", "worker=a%20b"} {
			s.wants(t, 400, get("/v1/contracts?"+query))
		}
		_, body := described.example(t, "PUT", "/v1/workers/anna")
		assert.JSONEq(t, body, s.wants(t, 200, get("/v1/workers/anna")).body)

		got, err := client.Get(s.url + "/openapi.json")
		require.NoError(t, err)
		require.NoError(t, got.Body.Close())
		assert.True(t, got.Uncompressed, "compressed where the client takes it")
	})
}

// calledTogether is a communication that calls anna and bruno.
const calledTogether = `{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580",
	"persons":[["BSSNNA03E54H501G","00987669009"]],
	"rows":[{"worker":"bssnna03e54h501g","first":"2025-02-22"},{"worker":"CRTBRN00B29F205B","first":"2025-02-22"}]}`

// TestForget deletes a person with all that tells of her; who was called with her stays.
func TestForget(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		s.fill(t)
		const both = employer + "/communications/both"
		s.wants(t, 201, put(both, calledTogether))
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

// TestForgetTogether deletes two persons at once who were called together: neither
// brings the other back.
func TestForgetTogether(t *testing.T) {
	eachStore(t, func(t *testing.T, s *running) {
		for i := range 40 {
			s.wants(t, 201, put(fmt.Sprint(communication, i), calledTogether))
		}
		together(2, func(i int) {
			got, err := s.send(remove("/v1/workers/" + []string{"anna", "bruno"}[i]))
			assert.NoError(t, err)
			assert.Equal(t, 204, got.status)
		})
		assert.Zero(t, s.store.count(t, "communications"))
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
		assert.NotEmpty(t, read[judged](t, response{body: plan}).Cites["limits.days-cap"])
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
		s, err := connect(database)
		require.NoError(t, err)
		s.do(t, string(must(migrations.ReadFile("migrations/0001.sql"))),
			`CREATE TABLE migrations (number INTEGER PRIMARY KEY)`, `INSERT INTO migrations VALUES (1)`,
			`INSERT INTO employers VALUES ('dev', 'old', '{"name":"Old"}')`, `INSERT INTO workers VALUES ('dev', 'ada', 'BSSNNA03E54H501G', '{"code":"BSSNNA03E54H501G"}')`,
			`INSERT INTO contracts VALUES ('dev', 'old', 'ada', '{"signed":"2024-06-01","work":{"first":"2024-06-03"}}')`,
			`INSERT INTO worked VALUES ('dev', 'old', 'ada', '2024-07', '{"05":"8.00","06":"0"}')`,
			`INSERT INTO calls VALUES ('dev', 'old', 'ada', '2025-02-20T08:00:00Z', 'portal'), ('dev', 'old', 'ada', '2025-02-21T08:00:00Z', '')`)
		s.close()
		again := reopen(t, database)
		assert.Equal(t, 3, again.count(t, "migrations"))
		var p *pair
		require.NoError(t, again.look(t.Context(), func(q *tx) { p = q.pair(whose{"dev", "old", "ada"}) }))
		days, _ := p.days.ledgers()
		assert.Equal(t, "[2024-07-05/2024-07-06]", days.String())
		assert.Equal(t, []string{"portal", ""}, []string{p.calls[0].Channel.String(), p.calls[1].Channel.String()})
		assert.Equal(t, 1, again.count(t, "codes WHERE code = 'BSSNNA03E54H501G' AND worker = 'ada'"))
	})
}
