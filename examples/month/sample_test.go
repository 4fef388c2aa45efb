package main

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

var update = flag.Bool("update", false, "write the sample and the golden files")

// maker writes the sample: three employers, forty workers, and the traps of a month.
type maker struct {
	t     testing.TB
	files fstest.MapFS
	text  map[string]*strings.Builder
	team  []*hand
}

// hand is a worker of the sample.
type hand struct {
	key, employer, surname, name, code, as string // as: the code in the models, where it is another
	also                                   string
	days                                   []int // worked
	called                                 []int // communicated on 30 September
}

func (m *maker) row(file string, fields ...any) {
	if m.text[file] == nil {
		m.text[file] = &strings.Builder{}
	}
	for i, f := range fields {
		if i > 0 {
			m.text[file].WriteByte(';')
		}
		fmt.Fprint(m.text[file], f)
	}
	m.text[file].WriteString("\r\n")
}

func elevenDigits(t testing.TB, serial int, form cf.Form) string {
	for n := range 10000 {
		c, err := cf.Parse(fmt.Sprintf("%07d%04d", serial, n))
		if err == nil && c.Form() == form {
			return c.String()
		}
	}
	t.Fatal("no such number")
	return ""
}

var (
	surnames = strings.Fields("Amato Basile Caruso Conti Costa D'Amìco De_Luca Esposito Fabbri Ferrara Gallo Giordano Greco Leone Lombardi Longo Mancini Mariani Marino Martini Moretti Neri Orlando Parisi Pellegrini Rinaldi Riva Romano Rossetti Ruggiero Sala Sanna Santoro Serra Silvestri Testa Valenti Villa Vitale Zanetti")
	names    = strings.Fields("Anna Bruno Carla Dario Elena Fabio Gina Ivo Laura Marco")
	firms    = [][2]string{{"bar", "Bar Sport S.r.l."}, {"bottega", "Bottega del Corso S.r.l."}, {"deposito", "Deposito Riuniti S.p.A."}}
)

func october(d int) date.Date { return law.MustDay("2026-10-01") + date.Date(d-1) }

func at(t testing.TB, s string) time.Time {
	x, err := time.Parse(time.RFC3339, s)
	require.NoError(t, err)
	return x
}

func makeSample(t testing.TB) fstest.MapFS {
	m := &maker{t: t, files: fstest.MapFS{}, text: map[string]*strings.Builder{}}
	codes := map[string]string{}
	m.row("employers.csv", "employer", "name", "code", "ateco", "ateco_version", "sector_activity", "sector_agreement")
	for i, f := range firms {
		codes[f[0]] = elevenDigits(t, 715530+i, cf.FormEntity)
		m.row("employers.csv", f[0], f[1], codes[f[0]], []string{"56.30.00", "47.71.10", "52.10.10"}[i], 2007, []string{"sì", "no", "no"}[i], []string{"sì", "no", "no"}[i])
	}
	for i, surname := range surnames {
		p := cf.Person{
			Surname: cf.Name(strings.ReplaceAll(surname, "_", " ")), Name: cf.Name(names[i%10]), Birth: law.MustDay("1968-02-03") + date.Date(i*97),
			Sex: []cf.Sex{cf.Female, cf.Male}[i%2], Place: []cf.Place{cf.MustParse("RSSMRA80A01H501U").Place(), cf.MustParse("RSSMRA80A01F205X").Place()}[i%2],
		}
		code, err := cf.Compute(p)
		require.NoError(t, err)
		h := &hand{key: fmt.Sprintf("%03d", i+1), employer: firms[min(i/13, 2)][0], surname: string(p.Surname), name: string(p.Name), code: code.String(), as: code.String()}
		for d := 2 + i%3; d <= 28; d += 4 + i%4 {
			h.days = append(h.days, d)
		}
		h.called = slices.Clone(h.days)
		m.team = append(m.team, h)
	}
	m.traps()
	m.tables()
	m.presences()
	m.sent(codes)
	for name, b := range m.text {
		m.files[name] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return m.files
}

// traps are what goes wrong in a month. Workers are those of the numbers.
func (m *maker) traps() {
	h := func(n int) *hand { return m.team[n-1] }
	h(1).called = append(h(1).called, 29)                           // bar: called for the 29th and not come: can still be cancelled
	h(2).called = append(h(2).called, 12)                           // called, not come, never cancelled
	h(3).days = append(h(3).days, 29)                               // worked, never communicated
	h(4).called = append(h(4).called, 13)                           // cancelled in time
	h(5).called = append(h(5).called, 13)                           // cancelled too late
	h(6).called = append(h(6).called, 15)                           // sick, with a certificate
	h(14).days, h(14).called = []int{2, 3, 4, 5}, []int{2, 3, 4, 5} // shop: 399 days before: over the cap
	h(16).as = slices.Collect(cf.MustParse(h(16).code).Omocodes())[0].String()
	h(17).also = elevenDigits(m.t, 31, cf.FormProvisional)
	h(17).as = h(17).also
	h(18).as = elevenDigits(m.t, 32, cf.FormProvisional) // nobody says whose it is
	h(19).called = nil                                   // called by a mail of the evening, after work began
	h(20).called = nil                                   // its mail went on the same day, before work began
}

func (m *maker) tables() {
	m.row("workers.csv", "matricola", "cognome", "nome", "codice fiscale", "altri codici")
	m.row("contracts.csv", "matricola", "datore", "inizio", "fine", "obbligo di risposta", "base", "minimo", "contingenza", "edr", "mensilità aggiuntive", "percentuale", "divisore")
	m.row("history.csv", "matricola", "datore", "dal", "al")
	for i, h := range m.team {
		n := i + 1
		m.row("workers.csv", h.key, h.surname, h.name, h.code, h.also)
		switch {
		case h.employer != "deposito" || n > 36:
			m.row("contracts.csv", h.key, h.employer, "01/06/2023", "", "no", "", "", "", "", "", "", "")
		case n == 30: // below the floor of 20 %
			m.row("contracts.csv", h.key, h.employer, "01/06/2023", "", "sì", "ore", "1.200,00", "520,00", "10,33", 2, "15%", 173)
		case n == 31: // ends within the month
			m.row("contracts.csv", h.key, h.employer, "01/06/2023", "20/10/2026", "sì", "giorni", "1.200,00", "520,00", "10,33", 2, "", 173)
		default:
			m.row("contracts.csv", h.key, h.employer, "01/06/2023", "", "sì", "ore", "1.200,00", "520,00", "10,33", 2, "", 173)
		}
		last := law.MustDay("2024-03-01") + date.Date(60+13*i%300)
		switch n {
		case 7, 14, 15: // the bar is exempt; the shop is not: 399 days, and 370
			last = law.MustDay("2024-03-01") + date.Date([]int{420, 398, 369}[max(0, n-13)])
		}
		m.row("history.csv", h.key, h.employer, "01/03/2024", last.Format("02/01/2006"))
	}
	m.row("codes.csv", "code", "means", "voice")
	for _, c := range []string{";giorni;0001", ";ore;0010", ";giorni presunti;0012", ";disponibilità;0259", ";restituzione;0261",
		"MAL;malattia;0500", "ALT;impedimento;0510", "RIF;rifiuto ingiustificato;0515", "R;riposo;"} {
		m.row("codes.csv", c)
	}
	m.row("absences.csv", "matricola", "datore", "dal", "al", "certificato", "avviso")
	m.row("absences.csv", "006", "bar", "15/10/2026", "", "sì", "sì")
	m.row("absences.csv", "028", "deposito", "19/10/2026", "21/10/2026", "sì", "no") // ill, and the employer not told in time
	m.row("profile.csv", "file", "column", "header")
	m.row("profile.csv", "presenze-bar.csv", "employer", "=bar")
	m.row("profile.csv", "presenze-bottega.csv", "employer", "=bottega")
	m.row("profile.csv", "presenze-deposito.xlsx", "employer", "=deposito")
	m.row("profile.csv", "presenze-deposito.xlsx", "decimals", "=centesimi")
}

// presences come as a grid from the bar, as rows from the shop, as a workbook from
// the store.
func (m *maker) presences() {
	header := []any{"OTTOBRE 2026"}
	for d := 1; d <= 31; d++ {
		header = append(header, strconv.Itoa(d))
	}
	m.row("presenze-bar.csv", append(slices.Clone(header), "cod 4202")...)
	m.row("presenze-bottega.csv", "Matricola", "Data", "Entrata", "Uscita", "Causale", "Note")
	f := excelize.NewFile()
	header[0] = "Codice fiscale"
	require.NoError(m.t, f.SetSheetRow("Sheet1", "A1", &header))
	line := 1
	for i, h := range m.team {
		n, grid := i+1, make([]any, 32)
		for d := range grid {
			grid[d] = ""
		}
		for _, d := range h.days {
			grid[d] = []any{"7,5", "8", "6:30"}[(d+n)%3]
			if h.employer == "deposito" {
				grid[d] = []any{7.25, 8, 6.5}[(d+n)%3]
			}
			start, end := "18:00", "23:30"
			if n == 21 && d > 20 { // past midnight
				start, end = "22:00", "03:00"
			}
			if h.employer == "bottega" {
				m.row("presenze-bottega.csv", h.key, october(d).Format("02/01/2006"), start, end, "", "")
			}
		}
		grid[0] = h.code
		switch n {
		case 6:
			grid[15] = "MAL"
		case 8:
			grid[20] = "XX" // no code of the office
		case 28:
			grid[19], grid[20], grid[21] = "MAL", "MAL", "MAL"
		case 29:
			grid[30] = "RIF"
		case 32:
			grid[16] = "ALT"
		}
		switch {
		case h.employer == "bar":
			m.row("presenze-bar.csv", append(grid, "592,15")...)
		case h.employer == "deposito" && n != 40: // whom the workbook forgets
			line++
			require.NoError(m.t, f.SetSheetRow("Sheet1", fmt.Sprint("A", line), &grid))
		}
	}
	var b bytes.Buffer
	require.NoError(m.t, f.Write(&b))
	m.files["presenze-deposito.xlsx"] = &fstest.MapFile{Data: b.Bytes()}
}

// sent are the communications: mails of the bar, models of the shop with their times
// in sent.csv, the portal for the store.
func (m *maker) sent(codes map[string]string) {
	m.row("sent.csv", "file", "inviato", "canale", "lavoratore", "datore", "dal", "al", "tipo")
	first := at(m.t, "2026-09-30T11:00:00+02:00")
	n := map[string]int{}
	send := func(firm string, c calls.Communication, when time.Time, told string) {
		for _, model := range uni.Models(c, "paghe@esempio.it") {
			xml, err := uni.Profile{}.Encode(model)
			require.NoError(m.t, err)
			n[firm]++
			name := fmt.Sprintf("%s-%02d", firm, n[firm])
			if firm == "bottega" {
				m.row("sent.csv", name+".xml", told, "email", "", "", "", "", "")
				m.files["sent/"+name+".xml"] = &fstest.MapFile{Data: xml}
				continue
			}
			eml, err := uni.Mail{From: "paghe@esempio.it", Date: when, Model: xml}.Bytes()
			require.NoError(m.t, err)
			m.files["sent/"+name+".eml"] = &fstest.MapFile{Data: eml}
		}
	}
	for _, f := range firms[:2] {
		var wanted []calls.Wanted
		for _, h := range m.team {
			if h.employer == f[0] && len(h.called) > 0 {
				w := calls.Wanted{Worker: h.as}
				for _, d := range h.called {
					w.Days = append(w.Days, law.OneDay(october(d)))
				}
				wanted = append(wanted, w)
			}
		}
		list, err := calls.Plan(calls.Communication{Kind: calls.KindCall, Channel: calls.ChannelEmail, Sent: first, Employer: codes[f[0]]}, wanted)
		require.NoError(m.t, err)
		for _, c := range list {
			send(f[0], c, first, "30/09/2026 11:00")
		}
	}
	one := func(firm string, kind calls.Kind, worker, day int, when, told string) {
		send(firm, calls.Communication{Kind: kind, Channel: calls.ChannelEmail, Sent: at(m.t, when), Employer: codes[firm],
			Rows: calls.Rows{{Worker: m.team[worker-1].as, First: october(day)}}}, at(m.t, when), told)
	}
	one("bar", calls.KindCancel, 4, 13, "2026-10-12T18:00:00+02:00", "")
	one("bar", calls.KindCancel, 5, 13, "2026-10-17T09:00:00+02:00", "")
	for _, d := range m.team[18].days { // two hours after the start
		one("bottega", calls.KindCall, 19, d, "2026-10-01T20:00:00+02:00", october(d).Format("02/01/2006")+" 20:00")
	}
	for _, d := range m.team[19].days {
		one("bottega", calls.KindCall, 20, d, "2026-10-01T12:00:00+02:00", october(d).Format("02/01/2006")+" 12:00")
	}
	for _, h := range m.team[26:] {
		for _, d := range h.called {
			m.row("sent.csv", "", "30/09/2026 11:00", "portale", h.key, "deposito", october(d).Format("02/01/2006"), "", "chiamata")
		}
	}
}

// TestSample: the sample in the folder is the one made here.
func TestSample(t *testing.T) {
	files := makeSample(t)
	if *update {
		require.NoError(t, os.RemoveAll("sample"))
		for name, f := range files {
			require.NoError(t, os.MkdirAll(filepath.Dir(filepath.Join("sample", name)), 0o755))
			require.NoError(t, os.WriteFile(filepath.Join("sample", name), f.Data, 0o600))
		}
	}
	for name, f := range files {
		b, err := os.ReadFile(filepath.Join("sample", name))
		require.NoError(t, err)
		if !strings.HasSuffix(name, ".xlsx") { // its compression may change
			assert.Equal(t, string(f.Data), string(b), name)
		}
	}
	assert.NoError(t, fstest.TestFS(os.DirFS("sample"), "workers.csv"))
}
