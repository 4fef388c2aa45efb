package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"testing/fstest"
	"unicode/utf16"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"github.com/xuri/excelize/v2"
)

// program runs the program.
func program(args ...string) (status int, out, errs string) {
	var o, e bytes.Buffer
	status = run(args, "en", &o, &e)
	return status, o.String(), e.String()
}

// judged is the report of files.
func judged(t testing.TB, files fstest.MapFS) *report {
	o, err := load(files, law.Month{Year: 2026, Month: 10}, at(t, sampleNow))
	require.NoError(t, err)
	return o.judge()
}

func golden(t *testing.T, name, got string) {
	t.Helper()
	file := filepath.Join("testdata", name)
	if *update {
		require.NoError(t, os.MkdirAll("testdata", 0o755))
		require.NoError(t, os.WriteFile(file, []byte(got), 0o600))
	}
	want, err := os.ReadFile(file)
	require.NoError(t, err)
	assert.Equal(t, string(want), got, name)
}

func TestGolden(t *testing.T) {
	dir := t.TempDir()
	status, out, _ := program("-json", "-payroll", filepath.Join(dir, "voices.csv"))
	assert.Equal(t, inputRefused, status)
	golden(t, "sample.json", out)
	for _, lang := range []string{"it", "en"} {
		_, out, errs := program("-lang", lang)
		golden(t, "sample."+lang+".txt", out+"\n"+errs)
	}
	voices, err := os.ReadFile(filepath.Join(dir, "voices.csv"))
	require.NoError(t, err)
	golden(t, "sample.voices.csv", string(voices))
}

// TestWorkbook reads the workbook back. Nothing that is written holds a tax code.
func TestWorkbook(t *testing.T) {
	dir := t.TempDir()
	file := filepath.Join(dir, "month.xlsx")
	_, out, errs := program("-lang", "it", "-json", "-xlsx", file, "-payroll", filepath.Join(dir, "v.csv"))
	f, err := excelize.OpenFile(file)
	require.NoError(t, err)
	defer func() { require.NoError(t, f.Close()) }()
	assert.Equal(t, []string{"Riepilogo", "Chiamate", "Giornate", "Indennità", "Motivi"}, f.GetSheetList())
	var all strings.Builder
	for _, name := range f.GetSheetList() {
		rows, err := f.GetRows(name)
		require.NoError(t, err)
		fmt.Fprintln(&all, rows)
		panes, err := f.GetPanes(name)
		require.NoError(t, err)
		assert.True(t, panes.Freeze && panes.YSplit == 2, name)
		layout, err := f.GetPageLayout(name)
		require.NoError(t, err)
		assert.Equal(t, "landscape", *layout.Orientation)
		assert.Greater(t, len(rows), 10)
	}
	names := map[string]int{}
	for _, n := range f.GetDefinedName() {
		names[n.Name]++
	}
	assert.Equal(t, map[string]int{"_xlnm.Print_Titles": 5, "_xlnm._FilterDatabase": 5}, names)
	rows, err := f.GetRows("Riepilogo")
	require.NoError(t, err)
	assert.Len(t, rows, 2+41)
	assert.Equal(t, []string{"Bar Sport S.r.l.", "Caruso Carla", "003", "✗ violazione", "6", "46.50", "esente"}, rows[4][:7])
	by, err := f.GetCellValue("Chiamate", "F10", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	assert.Equal(t, "46326", by, "31 October 2026, at midnight in Rome")
	due, err := f.GetCellValue("Riepilogo", "L30", excelize.Options{RawCellValue: true})
	require.NoError(t, err)
	assert.Equal(t, "310.39", due)
	voices, err := os.ReadFile(filepath.Join(dir, "v.csv"))
	require.NoError(t, err)
	for word := range strings.FieldsFuncSeq(all.String()+out+errs+string(voices), func(r rune) bool { return strings.ContainsRune(" []\n\";:,()", r) }) {
		if len(word) == 16 || len(word) == 11 {
			assert.False(t, cf.Valid(word), "a tax code is written")
		}
	}
}

// layouts are the forms in which presences come: the first grid is that of Iubar's
// import, the first rows those of Maggioli's JXPers, as their public help pages show
// them. All say: 7,5 hours on the 2nd, 8 on the 6th, ill on the 7th.
func layouts(t *testing.T) map[string]map[string]string {
	head, line := []any{"OTTOBRE 2026"}, []any{"RSSMRA80A01H501U"}
	for d := 1; d <= 31; d++ {
		head, line = append(head, fmt.Sprint(d)), append(line, map[int]string{2: "7,5", 6: "8", 7: "MAL"}[d])
	}
	join := func(sep string, fields []any) string {
		var list []string
		for _, f := range fields {
			s := fmt.Sprint(f)
			if strings.Contains(s, sep) {
				s = `"` + s + `"`
			}
			list = append(list, s)
		}
		return strings.Join(list, sep) + "\r\n"
	}
	book := func(rows ...[]any) string {
		f := excelize.NewFile()
		style, err := f.NewStyle(&excelize.Style{NumFmt: 14})
		require.NoError(t, err)
		require.NoError(t, f.SetColStyle("Sheet1", "B", style))
		for i, row := range rows {
			require.NoError(t, f.SetSheetRow("Sheet1", fmt.Sprint("A", i+1), &row))
		}
		if len(rows[0]) < 10 {
			require.NoError(t, f.SetCellStyle("Sheet1", "B2", "B9", style))
		}
		var b bytes.Buffer
		require.NoError(t, f.Write(&b))
		return b.String()
	}
	numbers := slices.Clone(line)
	for i := range numbers {
		switch numbers[i] {
		case "7,5":
			numbers[i] = 7.5
		case "8":
			numbers[i] = 8
		}
	}
	grid := join(";", append(slices.Clone(head), "cod 4202", "cod 1904")) + join(";", append(slices.Clone(line), "592,15", ""))
	wide := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(grid)) {
		wide += string([]byte{byte(u), byte(u >> 8)})
	}
	head2, other := slices.Clone(head), slices.Clone(line)
	head2[0], other[0] = "CF", "rssmra80a01h501u"
	return map[string]map[string]string{
		"grid":          {"presenze.csv": grid},
		"grid, UTF-16":  {"presenze.csv": wide},
		"grid, commas":  {"presenze.csv": join(",", head2) + join(",", other)},
		"grid, tabs":    {"presences-10.csv": join("\t", head2) + join("\t", other)},
		"grid, xlsx":    {"presenze.xlsx": book(head2, numbers)},
		"rows by code":  {"presenze.csv": "Matricola;Inizio Evento;Codice Giustificativo;Quantità del giustificativo;Flg_ricovero\n7;02/10/2026;LAV;7,5;\n7;06/10/2026;LAV;8;\n7;07/10/2026;MAL;;0\n"},
		"rows, clock":   {"presenze.csv": "Matricola;Data;Entrata;Uscita;Causale\n7;2/10/2026;8:30;16.00;\n7;06.10.2026;09:00;17:00:00;\n7;2026-10-07;;;mal\n"},
		"rows, Latin 1": {"presenze.csv": "Matricola;Data;Quantit\xe0;Causale\n7;02/10/2026;7,5;\n7;06/10/2026;8,00;\n7;07/10/2026;;MAL\n"},
		"rows, profile": {"presenze.csv": "Cod.;Quando;Tempo;Perch\xe8\n7;02/10/2026;7,30;\n7;06/10/2026;8,00;\n7;07/10/2026;;MAL\n",
			"profilo.csv": "file;colonna;intestazione\npresenze.csv;worker;Cod.\npresenze.csv;day;Quando\npresenze.csv;hours;Tempo\npresenze.csv;cause;Perchè\npresenze.csv;decimals;=sessantesimi\n"},
		"rows, xlsx": {"presenze.xlsx": book([]any{"Matricola", "Data", "Ore", "Causale"}, []any{"7", 46297, 7.5, ""}, []any{"7", 46301, 8, ""}, []any{"7", 46302, "", "MAL"})},
	}
}

// small is an office of one worker.
func small(extra map[string]string) fstest.MapFS {
	files := fstest.MapFS{}
	for name, text := range map[string]string{
		"employers.csv": "employer;code\nbar;07155300580\n",
		"workers.csv":   "worker;code\n7;RSSMRA80A01H501U\n",
		"contracts.csv": "worker;first;last;duty\n7;01/06/2024;;no\n",
		"history.csv":   "worker;first;last\n",
		"codes.csv":     "code;means;voice\nLAV;lavoro;\nMAL;malattia;5\n;giorni;1\n;ore;2\n",
		"absences.csv":  "worker;first;last;certified;notified\n7;07/10/2026;;sì;sì\n",
		"sent.csv":      "sent;worker;first;last;kind\n30/09/2026 10:00;7;02/10/2026;;\n30/09/2026 10:00;7;06/10/2026;;\n",
		"presenze.csv":  "worker;day;hours\n7;02/10/2026;7,5\n7;06/10/2026;8\n",
	} {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	if extra != nil {
		delete(files, "presenze.csv")
	}
	for name, text := range extra {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return files
}

// TestLayouts: the same month in each layout gives the same ledger and verdict.
func TestLayouts(t *testing.T) {
	for name, files := range layouts(t) {
		r := judged(t, small(files))
		require.Len(t, r.Workers, 1, name)
		l := r.Workers[0]
		var days []string
		for _, d := range l.Days {
			days = append(days, law.FormatDay(d.Day)+" "+d.Hours.String()+" "+string(d.State))
		}
		assert.Equal(t, []string{"2026-10-02 7.5 covered", "2026-10-06 8 covered"}, days, name)
		assert.Equal(t, map[string]int{"MAL": 1}, l.absent, name)
		assert.Equal(t, 398, *l.Cap.Remaining, name)
		assert.Equal(t, law.VerdictClear, l.Verdict, name)
		assert.False(t, slices.ContainsFunc(r.Problems, refused), "%s: %v", name, r.Problems)
		assert.Equal(t, allClear, r.status(), name)
	}
}

// TestNoFalseClear spoils each field of each row of the sample's text files, and
// takes away each file: no worker concerned is then clear, and none is in breach for it.
func TestNoFalseClear(t *testing.T) {
	files := makeSample(t)
	before := map[string]law.Verdict{}
	codes := map[string]string{}
	for _, l := range judged(t, files).Workers {
		before[l.Worker] = l.Verdict
	}
	for line := range strings.Lines(string(files["workers.csv"].Data)) {
		f := strings.Split(line, ";")
		codes[f[3]] = f[0]
	}
	spoil := func(name string, n, field int) {
		lines := strings.SplitAfter(string(files[name].Data), "\r\n")
		f := strings.Split(strings.TrimSuffix(lines[n], "\r\n"), ";")
		who := f[0]
		if name == "sent.csv" {
			who = f[3]
		} else if codes[who] != "" {
			who = codes[who]
		}
		f[field] = "#N/D"
		lines[n] = strings.Join(f, ";") + "\r\n"
		changed := maps.Clone(files)
		changed[name] = &fstest.MapFile{Data: []byte(strings.Join(lines, ""))}
		r := judged(t, changed)
		assert.Equal(t, inputRefused, r.status(), "%s:%d", name, n+1)
		for _, l := range r.Workers {
			if l.Worker == who || who == l.Employer {
				assert.NotEqual(t, law.VerdictClear, l.Verdict, "%s:%d field %d", name, n+1, field)
			}
			if before[l.Worker] != law.VerdictClear {
				assert.NotEqual(t, law.VerdictClear, l.Verdict, "%s:%d field %d: clearer for it", name, n+1, field)
			}
			if before[l.Worker] != law.VerdictBreach {
				assert.NotEqual(t, law.VerdictBreach, l.Verdict, "%s:%d field %d: %s", name, n+1, field, l.Worker)
			}
		}
	}
	for name, fields := range map[string][]int{
		"employers.csv": {2, 3}, "workers.csv": {3}, "contracts.csv": {1, 2, 4}, "history.csv": {0, 1, 2}, "presenze-bar.csv": {0, 5},
		"presenze-bottega.csv": {0, 1, 2, 4}, "sent.csv": {1, 3, 5}, "absences.csv": {2, 4},
	} {
		for n := 1; n < strings.Count(string(files[name].Data), "\r\n"); n += 5 {
			for _, field := range fields {
				if line := strings.Split(string(files[name].Data), "\r\n")[n]; name != "sent.csv" || field == 1 || strings.Split(line, ";")[3] != "" {
					spoil(name, n, field)
				}
			}
		}
	}
	for name := range files {
		changed := maps.Clone(files)
		if strings.HasPrefix(name, "sent/") {
			changed[name] = &fstest.MapFile{Data: []byte("<broken")}
		} else {
			delete(changed, name)
		}
		for _, l := range judged(t, changed).Workers {
			if before[l.Worker] != law.VerdictClear && name != "absences.csv" {
				assert.NotEqual(t, law.VerdictClear, l.Verdict, "%s: %s", name, l.Worker)
			}
			if before[l.Worker] != law.VerdictBreach && name != "absences.csv" && name != "sent.csv" {
				assert.NotEqual(t, law.VerdictBreach, l.Verdict, "%s: %s", name, l.Worker)
			}
		}
	}
}

// TestFilesNotUsed: a file that could hold facts, and cannot be read, leaves nothing clear.
func TestFilesNotUsed(t *testing.T) {
	for file, text := range map[string]string{
		"presenze.ods": "x", "presenze-2.xlsx": "PK\x03\x04", "lavoratori.xlsx": "x", "inviati/modello.pdf": "%PDF", "sent/m.xml": "<a/>", "sent/m.eml": "x",
		"storico.csv": "worker;first;last\n", "workers.csv": "worker;code\n7;RSSMRA80A01H501U\n8;RSSMRA80A01H501U\n", "profilo.csv": "file;column;header\npresenze.csv;decimals;=decimi\n", "profile.csv": "file;column;header\npresenze.csv;wrker;X\n", "absences.csv": "\x00",
		"sent.csv": "file;sent;worker;first;last;kind\n;30/09/2026 10:00;7;02/10/2026;;\n;30/09/2026 10:00;7;06/10/2026;;\nm.xml;30/09/2026 10:00;;;;\n",
	} {
		files := small(nil)
		files[file] = &fstest.MapFile{Data: []byte(text)}
		r := judged(t, files)
		assert.Equal(t, inputRefused, r.status(), file)
		require.Len(t, r.Workers, 1, file)
		assert.Equal(t, law.VerdictUndetermined, r.Workers[0].Verdict, file)
		assert.NotEmpty(t, r.Workers[0].Missing, file)
		assert.NotEmpty(t, r.Workers[0].Todo, file)
	}
}

// TestEdges: each change to the small office, its verdict, the days left and what is told.
func TestEdges(t *testing.T) {
	sent := "file;sent;worker;first;last;kind\n"
	rows := "worker;day;start;end;hours\n7;02/10/2026;18:00;23:00;\n"
	call := ";30/09/2026 10:00;7;02/10/2026;;\n"
	model, err := uni.Profile{}.Encode(uni.Model{Employer: "07155300580", Email: "a@esempio.it", Rows: uni.Rows{{Worker: "RSSMRA80A01H501U", First: october(2)}}})
	require.NoError(t, err)
	for name, c := range map[string]struct {
		files map[string]string
		want  law.Verdict
		left  int // -1: not known
		told  string
	}{
		"a row from the month before":      {map[string]string{"sent.csv": sent + ";20/09/2026 10:00;7;27/09/2026;02/10/2026;\n", "presenze.csv": rows + "7;01/10/2026;18:00;23:00;\n"}, law.VerdictClear, 398, ""},
		"a shift from the month before":    {map[string]string{"sent.csv": sent + call, "presenze.csv": rows + "7;30/09/2026;18:00;02:00;\n"}, law.VerdictClear, 397, ""},
		"a shift told twice":               {map[string]string{"sent.csv": sent + call, "presenze.csv": rows + "7;02/10/2026;18:00;23:00;\n"}, law.VerdictClear, 399, "the same row again"},
		"hours told twice":                 {map[string]string{"presenze.csv": "worker;day;hours\n7;02/10/2026;4\n7;02/10/2026;4\n7;06/10/2026;4\n"}, law.VerdictUndetermined, -1, "one shift, or two?"},
		"two shifts in a day":              {map[string]string{"sent.csv": sent + call, "presenze.csv": rows + "7;02/10/2026;10:00;14:00;\n"}, law.VerdictClear, 399, ""},
		"sent before the second shift":     {map[string]string{"sent.csv": sent + ";02/10/2026 12:00;7;02/10/2026;;\n", "presenze.csv": rows + "7;02/10/2026;10:00;14:00;\n"}, law.VerdictBreach, 399, ""},
		"sent on the day, start not known": {map[string]string{"sent.csv": sent + ";02/10/2026 12:00;7;02/10/2026;;\n", "presenze.csv": "worker;day;hours\n7;02/10/2026;4\n"}, law.VerdictUndetermined, 399, ""},
		"presumed":                         {map[string]string{"sent.csv": sent + call + ";30/09/2026 10:00;7;05/10/2026;;\n", "presenze.csv": rows}, law.VerdictBreach, 398, ""},
		"presumed, an absence not read": {map[string]string{"sent.csv": sent + call + ";30/09/2026 10:00;7;05/10/2026;;\n", "presenze.csv": rows,
			"absences.csv": "worker;first;last;certified\n7;05-10;;sì\n"}, law.VerdictUndetermined, 398, "absences.csv:2: first: "},
		"a model, time not known":    {map[string]string{"sent.csv": sent, "sent/m.xml": string(model), "presenze.csv": rows}, law.VerdictUndetermined, -1, "when it was sent is not known"},
		"a model, time told":         {map[string]string{"sent.csv": sent + "m.xml;30/09/2026 10:00;;;;\n", "sent/m.xml": string(model), "presenze.csv": rows}, law.VerdictClear, 399, ""},
		"more hours than there are":  {map[string]string{"presenze.csv": "worker;day;start;end;hours\n7;02/10/2026;18:00;20:00;4\n"}, law.VerdictUndetermined, -1, "more hours than"},
		"a code that reads as hours": {map[string]string{"codes.csv": "code;means\n8;malattia\n", "presenze.csv": layouts(t)["grid"]["presenze.csv"]}, law.VerdictUndetermined, -1, "hours or a code?"},
	} {
		files := small(nil)
		for file, text := range c.files {
			files[file] = &fstest.MapFile{Data: []byte(text)}
		}
		r := judged(t, files)
		require.Len(t, r.Workers, 1, name)
		l, left, told := r.Workers[0], -1, ""
		if l.Cap.Remaining != nil {
			left = *l.Cap.Remaining
		}
		for _, p := range r.Problems {
			told += p.Error() + "\n"
		}
		assert.Equal(t, c.want, l.Verdict, name)
		assert.Equal(t, c.left, left, name)
		assert.Contains(t, told, c.told, name)
	}
	o, err := load(small(layouts(t)["grid, commas"]), law.Month{Year: 2026, Month: 9}, at(t, sampleNow))
	require.NoError(t, err)
	assert.Empty(t, o.problems.List(), "an empty 31st is no day of September")
	files := small(map[string]string{"presenze.csv": strings.Replace(layouts(t)["grid, commas"]["presenze.csv"], ",\r\n", ",8\r\n", 1)})
	o, err = load(files, law.Month{Year: 2026, Month: 9}, at(t, sampleNow))
	require.NoError(t, err)
	require.Len(t, o.problems.List(), 1)
	assert.Contains(t, o.problems.List()[0].Error(), "31: a day that the month does not have")
}

// TestRecords: what examples/roster keeps of what it sent reads like the same rows.
func TestRecords(t *testing.T) {
	row := func(day int) calls.Row { return calls.Row{Worker: "RSSMRA80A01H501U", First: october(day)} }
	one, err := calls.Record{Communication: calls.Communication{
		Kind: calls.KindCall, Channel: calls.ChannelPortal, Employer: "07155300580", Rows: calls.Rows{row(2), row(6), row(9)},
	}}.Send(at(t, "2026-09-30T10:00:00+02:00"))
	require.NoError(t, err)
	one, cancel, err := one.Cancel(at(t, "2026-10-08T10:00:00+02:00"), 2)
	require.NoError(t, err)
	for name, list := range map[string][]calls.Record{"both": {one, {Communication: cancel}}, "marked": {one}, "draft": {one, {Communication: calls.Communication{Rows: calls.Rows{row(20)}}}}} {
		b, err := json.Marshal(list)
		require.NoError(t, err)
		files := small(nil)
		delete(files, "sent.csv")
		files["sent/records.json"] = &fstest.MapFile{Data: b}
		r := judged(t, files)
		require.Len(t, r.Workers, 1, name)
		assert.Equal(t, law.VerdictClear, r.Workers[0].Verdict, name)
		assert.Equal(t, []callday{{Day: october(2), State: covered}, {Day: october(6), State: covered}, {Day: october(9), State: cancelled}}, r.Workers[0].Calls, name)
	}
}

// TestTraps says what the sample is to show.
func TestTraps(t *testing.T) {
	r := judged(t, makeSample(t))
	of := map[string]line{}
	for _, l := range r.Workers {
		of[l.Worker] = l
	}
	state := func(worker string, day int) state {
		for _, c := range of[worker].Calls {
			if c.Day == october(day) {
				return c.State
			}
		}
		return ""
	}
	assert.Equal(t, openCall, state("001", 29))
	assert.Equal(t, presumed, state("002", 12))
	assert.Equal(t, uncommunicated, state("003", 29))
	assert.Equal(t, cancelled, state("004", 13))
	assert.Equal(t, presumed, state("005", 13))
	assert.Equal(t, presumed, state("006", 15))
	assert.Equal(t, law.VerdictDoubt, of["006"].Verdict, "a certificate makes it a doubt")
	assert.False(t, of["007"].Cap.Applies, "a bar is exempt")
	assert.Nil(t, of["008"].Hours, "a code that nobody knows")
	assert.Equal(t, 0, *of["014"].Cap.Remaining)
	assert.Equal(t, law.VerdictClear, of["016"].Verdict, "an omocode is the same worker")
	assert.Equal(t, law.VerdictClear, of["017"].Verdict, "a provisional number that the table tells")
	assert.Equal(t, law.VerdictBreach, of["018"].Verdict, "one that it does not")
	assert.Equal(t, law.VerdictBreach, of["019"].Verdict, "sent when work had begun")
	assert.Equal(t, law.VerdictClear, of["020"].Verdict, "sent on the day, before the start")
	assert.Equal(t, law.VerdictDoubt, of["021"].Verdict, "past midnight into a day not called")
	assert.Equal(t, "166.75", law.FormatAmount(of["028"].Due.Decimal), "ill, and not told")
	assert.Equal(t, "9.26", law.FormatAmount(of["029"].Return.Decimal), "a refusal")
	assert.Equal(t, law.VerdictBreach, of["030"].Verdict, "below the floor")
	assert.Equal(t, law.VerdictUndetermined, of["031"].Verdict, "work after the contract")
	assert.Equal(t, law.VerdictUndetermined, of["040"].Verdict, "no row")
}

func TestRun(t *testing.T) {
	dir := t.TempDir()
	for name, f := range small(nil) {
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), f.Data, 0o600))
	}
	in := []string{"-dir", dir, "-month", "2026-10", "-now", sampleNow}
	status, out, errs := program(in...)
	assert.Equal(t, allClear, status, out+errs)
	voices := filepath.Join(dir, "voices.out")
	status, _, errs = program(append(in, "-payroll", voices)...)
	assert.Equal(t, allClear, status, errs)
	b, err := os.ReadFile(voices)
	require.NoError(t, err)
	assert.Equal(t, "employer;worker;month;voice;quantity;amount;state\r\nbar;7;2026-10;1;2;;known\r\nbar;7;2026-10;2;15,5;;known\r\n", string(b))

	require.NoError(t, os.Remove(voices))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "codes.csv"), []byte("code;means;voice\n;days;1\n"), 0o600))
	status, _, errs = program(append(in, "-payroll", voices)...)
	assert.Equal(t, inputRefused, status)
	assert.Contains(t, errs, "codes.csv: voice: no voice for: hours")
	assert.NoFileExists(t, voices, "a voice that is not known has no default")

	require.NoError(t, os.WriteFile(filepath.Join(dir, "sent.csv"), []byte("sent;worker;first;last;kind\n"), 0o600))
	status, out, _ = program(in...)
	assert.Equal(t, somethingToDo, status)
	assert.Contains(t, out, "fines from 400 to 2,400 euro")

	for want, args := range map[string][]string{
		"-lang is neither": {"-lang", "de"}, "without a flag": {"x"}, "-month goes with": {"-month", "2026-10"}, "-month is needed": {"-dir", dir},
		"-now is not": {"-now", "now"}, "not defined": {"-x"}, "cannot be read": {"-dir", dir + "/none", "-month", "2026-10"},
		"cannot be written": {"-xlsx", dir + "/none/x.xlsx"},
	} {
		status, _, errs := program(args...)
		assert.Equal(t, inputRefused, status, want)
		assert.Contains(t, errs, want)
	}
	status, _, errs = program("-h")
	assert.Equal(t, allClear, status)
	assert.Contains(t, errs, "Status: 0")
	_, _, errs = program("-lang", "it", "-h")
	assert.Contains(t, errs, "Stato: 0")
}

func TestHours(t *testing.T) {
	for s, want := range map[string]string{
		"8": "8", "7,5": "7.5", "7.5": "7.5", "0": "0", "24": "24", "7:30": "7.5", "7h30": "7.5", "8h": "8", "7,00": "7", "7,75": "7.75", "7:20": "7.333333", "7,333": "7.333",
		"24,5": "", "25": "", "24:01": "", "7:60": "", "7,30": "", "7.05": "", "-1": "", "1e1": "", "7:3": "", "7,": "", ",5": "", "": "", "8 ore": "", "7;5": "",
	} {
		h, why := parseHours(s, untold)
		if want == "" {
			assert.NotEqual(t, sheet.Cause{}, why, s)
		} else {
			assert.Equal(t, want+"|", h.String()+"|"+why.EN, s)
		}
	}
	for s, want := range map[string][2]string{"7,30": {"7.3", "7.5"}, "7,5": {"7.5", "0"}, "7,60": {"7.6", "0"}, "7:30": {"7.5", "7.5"}} {
		a, _ := parseHours(s, hundredths)
		b, _ := parseHours(s, sixtieths)
		assert.Equal(t, want, [2]string{a.String(), b.String()}, s)
	}
	for s, want := range map[string]string{
		"1.234,50": "1234.5", "1234.50": "1234.5", "0,20": "0.2", "20%": "0.2", "15,5 %": "0.155", "€ 12": "12", "0.125": "0.125", "1.234": "", "1.23.4": "", "x": "", "-5": "", "1,2,3": "",
	} {
		d, why := parseNumber(s)
		if want == "" {
			assert.NotEqual(t, sheet.Cause{}, why, s)
		} else {
			assert.Equal(t, want+"|", d.String()+"|"+why.EN, s)
		}
	}
}

// FuzzHours: hours are refused or within a day, and mean the same written with a point.
func FuzzHours(f *testing.F) {
	for _, s := range []string{"8", "7,5", "7:30", "7h30", "24", "0,25", "7,75", "23:59", "99,999"} {
		f.Add(s, byte(0))
	}
	f.Fuzz(func(t *testing.T, s string, way byte) {
		w := []decimals{untold, hundredths, sixtieths}[way%3]
		h, why := parseHours(s, w)
		assert.False(t, h.IsNegative() || h.GreaterThan(day))
		if why != (sheet.Cause{}) {
			assert.True(t, h.IsZero())
			return
		}
		again, why := parseHours(strings.Replace(s, ",", ".", 1), w)
		assert.Equal(t, sheet.Cause{}, why)
		assert.True(t, h.Equal(again))
	})
}

// TestReadsBack: the JSON of the report is valid, and its problems say no code.
func TestReadsBack(t *testing.T) {
	_, out, _ := program("-json")
	var r struct {
		Workers []struct{ Worker string }
	}
	require.NoError(t, json.Unmarshal([]byte(out), &r))
	assert.Len(t, r.Workers, 41)
}

// BenchmarkMonth reads and judges 1,000 workers of one employer.
func BenchmarkMonth(b *testing.B) {
	files := manyWorkers(b, 1000)
	b.ReportAllocs()
	for b.Loop() {
		r := judged(b, files)
		if len(r.Workers) != 1000 || r.Verdict != law.VerdictClear {
			b.Fatal(len(r.Workers), r.Verdict)
		}
	}
}

func BenchmarkWorkbook(b *testing.B) {
	r := judged(b, manyWorkers(b, 1000))
	for b.Loop() {
		if err := r.workbook(io.Discard, "it"); err != nil {
			b.Fatal(err)
		}
	}
}

func manyWorkers(t testing.TB, n int) fstest.MapFS {
	text := map[string]*strings.Builder{}
	m := &maker{t: t, text: text}
	m.row("employers.csv", "employer;code\nbar;07155300580")
	m.row("workers.csv", "worker;code")
	m.row("contracts.csv", "worker;first;last;duty;basis;minimum;contingency;extra_months;divisor")
	m.row("history.csv", "worker;first;last")
	m.row("sent.csv", "sent;worker;first;last;kind")
	m.row("presenze.csv", "worker;day;start;end")
	for i := range n {
		code, err := cf.Compute(cf.Person{Surname: "Rossi", Name: "Anna", Sex: cf.Female, Place: cf.MustParse("RSSMRA80A01H501U").Place(), Birth: law.MustDay("1980-01-01") + october(1+i) - october(1)})
		require.NoError(t, err)
		m.row("workers.csv", i, code)
		m.row("contracts.csv", i, "01/06/2024", "", "sì", "ore", "1.200,00", "520,00", 2, 173)
		m.row("history.csv", i, "01/03/2025", "31/12/2025")
		for d := 1; d <= 28; d += 2 {
			m.row("sent.csv", "30/09/2026 10:00", i, october(d).Format("02/01/2006"), "", "")
			m.row("presenze.csv", i, october(d).Format("02/01/2006"), "18:00", "23:00")
		}
	}
	files := fstest.MapFS{}
	for name, b := range text {
		files[name] = &fstest.MapFile{Data: []byte(b.String())}
	}
	return files
}
