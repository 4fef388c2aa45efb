package main

import (
	"encoding/json"
	"iter"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
)

const anna = "/v1/employers/bottega/workers/anna"

type madeDecision struct {
	Decision string
	Planned  bool
	Record   json.RawMessage
}

type planAnswer struct {
	Workers  []string
	Cites    map[string][]any
	Forecast struct {
		Verdict string
		Calls   []struct {
			Line    int
			Start   string
			Stands  bool
			Verdict string
		}
		Repairs []struct{ Change string }
	}
}

// TestDecision follows one decision: asked, asked again, read, verified, in the plan.
func TestDecision(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			const tuesday = "2025-02-25T09:00:00+01:00"
			first := s.wants(t, 201, decision("d1", question("anna", tuesday, true)))
			made := read[madeDecision](t, first)
			assert.True(t, made.Planned)
			assert.Equal(t, "/v1/decisions/d1", first.header.Get("Location"))
			v, err := preflight.Verify(made.Record)
			require.NoError(t, err)
			assert.True(t, v.Stands())
			assert.Equal(t, string(made.Record), s.wants(t, 200, get("/v1/decisions/d1")).body, "the record is its bytes")

			// The same instant, written with another offset, is the same question.
			again := s.wants(t, 200, decision("d1", question("anna", "2025-02-25T08:00:00Z", true)))
			assert.Equal(t, first.body, again.body)
			s.wants(t, 409, decision("d1", question("anna", tuesday, false)))
			s.wants(t, 409, decision("d1", question("bruno", tuesday, true)))

			planned := func() (starts []string) {
				p := read[planAnswer](t, s.wants(t, 200, get("/v1/employers/bottega/plan?from=2025-02-24")))
				for _, c := range p.Forecast.Calls {
					if p.Workers[c.Line] == "anna" {
						starts = append(starts, c.Start)
					}
				}
				return starts
			}
			assert.Equal(t, []string{tuesday, "2025-03-01T09:00:00+01:00"}, planned())
			s.wants(t, 204, request{method: "DELETE", path: anna + "/calls/" + tuesday})
			assert.Equal(t, []string{"2025-03-01T09:00:00+01:00"}, planned())

			// A call that breaks a rule is decided, recorded and not planned: bruno turns 25.
			broken := read[madeDecision](t, s.wants(t, 201, decision("d2", question("bruno", "2025-03-03T09:00:00+01:00", true))))
			assert.False(t, broken.Planned)
			assert.Contains(t, string(broken.Record), `"verdict":"breach"`)
			assert.Contains(t, s.wants(t, 200, get("/v1/decisions/d2/verification")).body, `"stands":true,"seal":"sound"`)
			assert.Equal(t, 2, s.store.count(t, "decisions"))

			// The rules on the contract know the days worked, too: here all of them.
			_, contract := described.example(t, "PUT", anna+"/contract")
			s.wants(t, 204, put(anna+"/contract", strings.Replace(contract, `"work":{"first":"2024-06-03"}`, `"work":{"first":"2025-02-20","last":"2025-02-21"}`, 1)))
			s.wants(t, 204, put(anna+"/worked/2025-02-20", `{}`))
			s.wants(t, 204, put(anna+"/worked/2025-02-21", `{}`))
			through := s.wants(t, 201, decision("d3", question("anna", "2025-02-21T09:00:00+01:00", false)))
			assert.Contains(t, through.body, `"rule":"eligibility.discontinuity","outcome":"fail"`)
		})
	}
}

// TestLastDay plans a call that is lawful by itself and would take a later one its
// place: dario has two days left and both are planned.
func TestLastDay(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			const dario = "/v1/employers/bottega/workers/dario"
			for _, start := range []string{"2025-02-26T09:00:00+01:00", "2025-02-27T09:00:00+01:00"} {
				s.wants(t, 204, request{method: "DELETE", path: dario + "/calls/" + start})
			}
			made := read[madeDecision](t, s.wants(t, 201, decision("d1", question("dario", "2025-02-21T09:00:00+01:00", true))))
			assert.NotContains(t, string(made.Record), `"verdict":"breach"`)
			assert.False(t, made.Planned, "a later call would lose its place")
			s.wants(t, 204, request{method: "DELETE", path: dario + "/calls/2025-02-25T09:00:00+01:00"})
			made = read[madeDecision](t, s.wants(t, 201, decision("d2", question("dario", "2025-02-21T09:00:00+01:00", true))))
			assert.True(t, made.Planned)

			// A call that does not stand takes nobody's place: a fax that no failure of the portal allows.
			s.wants(t, 204, request{method: "DELETE", path: dario + "/calls/2025-02-21T09:00:00+01:00"})
			s.wants(t, 200, request{
				method: "POST", path: "/v1/import/calls", media: "text/csv",
				body: "worker;employer;start;channel\ndario;bottega;20/02/2025 10:00;fax\ndario;bottega;25/02/2025 09:00;portal\n",
			})
			var stands []bool
			plan := read[planAnswer](t, s.wants(t, 200, get("/v1/employers/bottega/plan")))
			for _, c := range plan.Forecast.Calls {
				if plan.Workers[c.Line] == "dario" {
					stands = append(stands, c.Stands)
				}
			}
			assert.Equal(t, []bool{false, true, true}, stands)
		})
	}
}

// TestMoments sends a planned call and sees what must be sent change.
func TestMoments(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			type agenda struct {
				Moments        []struct{ Worker, Start, What, At string }
				Communications []struct {
					Rows []struct{ Worker, First string }
				}
			}
			look := func() (of []string, toSend []string) {
				a := read[agenda](t, s.wants(t, 200, get("/v1/employers/bottega/moments?days=30")))
				for _, m := range a.Moments {
					if m.Worker == "anna" && m.Start == "2025-02-22T09:00:00+01:00" && m.At != "" {
						of = append(of, m.What+" "+m.At)
					}
				}
				for _, c := range a.Communications {
					for _, r := range c.Rows {
						if r.Worker == "BSSNNA03E54H501G" {
							toSend = append(toSend, r.First)
						}
					}
				}
				return of, toSend
			}
			moments, toSend := look()
			assert.Equal(t, []string{"send-by 2025-02-22T09:00:00+01:00", "cancel-by 2025-02-24T09:00:00+01:00"}, moments)
			assert.Equal(t, []string{"2025-02-22", "2025-03-01", "2025-03-08"}, toSend)

			// Sent, with omocodia in the code: it is the same worker.
			code, err := cf.Parse("BSSNNA03E54H501G")
			require.NoError(t, err)
			next, stop := iter.Pull(code.Omocodes())
			defer stop()
			omocode, _ := next()
			require.NotEqual(t, code, omocode)
			sent := `{"kind":"call","channel":"portal","sent":"2025-02-20T08:00:00+01:00","employer":"07155300580","rows":[{"worker":"` +
				omocode.String() + `","first":"2025-02-22","start":"2025-02-22T09:00:00+01:00"}]}`
			s.wants(t, 201, put("/v1/employers/bottega/communications/c1", sent))
			moments, toSend = look()
			assert.Equal(t, []string{"cancel-by 2025-02-24T09:00:00+01:00"}, moments)
			assert.Equal(t, []string{"2025-03-01", "2025-03-08"}, toSend)

			// Called for this morning, and came: nothing is left to cancel.
			today := strings.NewReplacer("2025-02-20T08", "2025-02-19T08", "2025-02-22", "2025-02-20", "T09:00:00+01:00", "T08:00:00+01:00").Replace(sent)
			s.wants(t, 201, put("/v1/employers/bottega/communications/c3", today))
			s.wants(t, 200, request{
				method: "POST", path: "/v1/import/calls", media: "text/csv",
				body: "worker;employer;start;channel\nanna;bottega;20/02/2025 08:00;portal\n",
			})
			const cancel = `"start":"2025-02-20T08:00:00+01:00","stands":true,"what":"cancel-by","at":"2025-02-22T08:00:00+01:00"`
			assert.Contains(t, s.wants(t, 200, get("/v1/employers/bottega/moments?days=30")).body, cancel)
			s.wants(t, 204, put(anna+"/worked/2025-02-20", `{}`))
			assert.NotContains(t, s.wants(t, 200, get("/v1/employers/bottega/moments?days=30")).body, cancel)

			// Communicated long ago: presumed worked unless it was worked.
			late := strings.NewReplacer("2025-02-20T08", "2025-01-02T08", "2025-02-22", "2025-01-06").Replace(sent)
			s.wants(t, 201, put("/v1/employers/bottega/communications/c2", late))
			presumed := func() int {
				n := read[struct{ Worked, Counted int }](t, s.wants(t, 200, get(anna+"/left")))
				return n.Counted - n.Worked
			}
			s.wants(t, 204, put(anna+"/worked/2025-01-06", `{}`))
			assert.Equal(t, 0, presumed())
			s.wants(t, 204, request{method: "DELETE", path: anna + "/worked/2025-01-06"})
			assert.Equal(t, 1, presumed())
		})
	}
}

// TestMonth asks what is due, before and after a day of work.
func TestMonth(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			_, body := described.example(t, "PUT", anna+"/months/2025-07")
			s.wants(t, 204, put(anna+"/months/2025-07", body))
			due := func() string {
				return read[struct{ Due string }](t, s.wants(t, 200, get(anna+"/due?month=2025-07"))).Due
			}
			// 1650.00 x 14/12 x 20 % = 385.00 a month; of 173 hours the two days of illness
			// take 173 x 2/31, and eight are worked.
			assert.Equal(t, "360.16", due())
			s.wants(t, 204, put(anna+"/worked/2025-07-01", `{"hours":"8.00"}`))
			assert.Equal(t, "342.36", due())
			s.wants(t, 204, put(anna+"/worked/2025-07-01", `{"hours":"8.00"}`))
			assert.Equal(t, "342.36", due(), "storing it again changes nothing")
		})
	}
}

// TestImport stores every file twice, and files with every kind of bad row not at all.
func TestImport(t *testing.T) {
	for kind, fresh := range databases {
		t.Run(kind, func(t *testing.T) {
			database := fresh(t)
			s := start(t, database)
			all := func() (n [5]int) {
				for i, table := range []string{"employers", "workers", "contracts", "worked", "calls"} {
					n[i] = s.store.count(t, table)
				}
				return n
			}
			before := all()
			plan := s.wants(t, 200, get("/v1/employers/bottega/plan?days=30")).body
			require.NoError(t, s.importFolder(t.Context(), developer, sampleFolder))
			assert.Equal(t, before, all())
			assert.Equal(t, plan, s.wants(t, 200, get("/v1/employers/bottega/plan?days=30")).body)

			s.wants(t, 204, put(anna+"/worked/2024-06-08", `{"hours":"6.50"}`))
			require.NoError(t, s.importFolder(t.Context(), developer, sampleFolder))
			assert.Equal(t, "6.5", s.store.days(t, "bottega", "anna", "2024-06", "2024-06")[law.MustDay("2024-06-08")].String(), "a file without hours takes none away")

			for file, rows := range map[string][]string{
				"employers": {"a b;x;;;;;;;;;;;", "c;x;;;;;nine;2007", "c;x;;;;perhaps", "c;x;;;boss"},
				"workers":   {";Rossi;;;;;", "c;Rossi;;;1990-02-30;;", "c;Rossi;;;;X;", "c;Rossi;;;;;Roma", "c;\"Ro\"ssi;;;;;"},
				"contracts": {"anna;bottega;;;;;;;;;;;;;;;", "anna;bottega;2025-01-01;2025-02-01;2025-01-01;;;;;;;;;;;;", "zoe;bottega;2025-01-01;2025-01-02;;;;;;;;;;;;;", "anna;bottega;2025-01-01;2025-01-02;;;;;;;;;;joy;;;", "anna;bottega;2025-01-01;2025-01-02;;;;;;;;;;;-1;;"},
				"worked":    {"zoe;bottega;2025-01-01;", "anna;bottega;;", "anna;bottega;2025-01-02;2025-01-01", "anna;bottega;1900-01-01;2100-01-01"},
				"calls":     {"anna;bottega;;portal", "anna;bottega;30/03/2025 02:30;portal", "anna;bottega;22/02/2025 09:00;pigeon", "anna;nowhere;22/02/2025 09:00;"},
			} {
				b, err := os.ReadFile(filepath.Join(sampleFolder, file+".csv"))
				require.NoError(t, err)
				for _, row := range rows {
					got := s.wants(t, 400, request{method: "POST", path: "/v1/import/" + file, media: "text/csv", body: string(b) + row + "\r\n"})
					said := read[struct {
						Error struct {
							Code     string
							Problems []sheet.Problem
						}
					}](t, got)
					assert.Equal(t, "csv", said.Error.Code)
					bad := slices.DeleteFunc(said.Error.Problems, func(p sheet.Problem) bool { return p.Notice })
					if assert.Len(t, bad, 1, row) {
						assert.Equal(t, strings.Count(string(b), "\n")+1, bad[0].Line, row)
					}
				}
			}
			assert.Equal(t, before, all())
		})
	}
}

// TestPage shows verdicts and reasons, and no code.
func TestPage(t *testing.T) {
	s := start(t, filepath.Join(t.TempDir(), "test.db"))
	s.wants(t, 204, put("/v1/employers/bottega", `{"name":"<script>alert(1)</script>"}`))
	index := s.wants(t, 200, get("/"))
	assert.NotContains(t, index.body, "<script>")
	page := s.wants(t, 200, get("/employers/bottega?days=30"))
	assert.Contains(t, page.body, "anna <code>***************G</code>")
	assert.Contains(t, page.body, "<code>limits.days-cap</code>")
	assert.Contains(t, page.body, ">art. 13, c. 3, d.lgs. 81/2015</a>")
	assert.NotContains(t, page.body, "BSSNNA03E54H501G")
	page = s.wants(t, 200, get("/employers/bottega?days=30&lang=it"))
	for _, word := range []string{`<html lang="it">`, "Chiamate previste, dal 20/02/2025 al 21/03/2025", "Comunicare prima", "22/02/2025 09:00", "violazione", "?days=30&amp;from=2025-02-27&amp;lang=it", "Settimana successiva"} {
		assert.Contains(t, page.body, word)
	}
	for _, word := range []string{"Verdict", "breach<", "2025-02-22", "Why"} {
		assert.NotContains(t, page.body, word)
	}
}

// FuzzParse reads files of any content: rows, or problems that repeat nothing of what
// was in them.
func FuzzParse(f *testing.F) {
	for name := range tables {
		b, err := os.ReadFile(filepath.Join(sampleFolder, name+".csv"))
		require.NoError(f, err)
		f.Add(name, b[:min(len(b), 600)])
	}
	f.Add("worked", []byte("worker;employer;first;last\n\"a;b;\xff;\x00\n;;;;\n"))
	f.Fuzz(func(t *testing.T, name string, b []byte) {
		table, ok := tables[name]
		if !ok {
			table = tables["calls"]
		}
		rows, problems := table.parse(name, developer, b)
		for _, x := range rows {
			assert.NotEmpty(t, x.values)
		}
		for _, p := range problems {
			assert.NotEmpty(t, p.Message.IT)
		}
	})
}
