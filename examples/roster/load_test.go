package main

import (
	"errors"
	"io/fs"
	"os"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var morning = time.Date(2025, 2, 20, 8, 0, 0, 0, time.UTC)

// loaded loads the least folder with some files replaced; "" takes one away.
func loaded(replaced map[string]string) (*book, []sheet.Problem) {
	files := fstest.MapFS{}
	for name, text := range least {
		if other, ok := replaced[name]; ok {
			text = other
		}
		if text != "" {
			files[name] = &fstest.MapFile{Data: []byte(text)}
		}
	}
	return load(files, nil)
}

// judged is what is found of the least folder with some files replaced.
func judged(replaced map[string]string) *outcome {
	b, bad := loaded(replaced)
	return b.judge(morning, bad)
}

// told are the problems as they are printed.
func told(list []sheet.Problem) []string {
	s := []string{}
	for _, p := range list {
		s = append(s, p.Error())
	}
	return s
}

// edit is the least folder with a text of one file replaced.
func edit(t *testing.T, name, from, to string) map[string]string {
	t.Helper()
	require.Contains(t, least[name], from)
	return map[string]string{name: strings.Replace(least[name], from, to, 1)}
}

// TestRows puts one bad row beside a sound one into each file.
func TestRows(t *testing.T) {
	for _, c := range []struct{ file, header, row, want string }{
		{"employers.csv", "", "bar;;;;;;;;;;;", "name: missing"},
		{"employers.csv", "", "shop;Bar;;;;;;;;;;", "employer: given twice with other facts: which of them is meant is not known"},
		{"employers.csv", "", "bar;Bar;;56.1O;2007;;;;;;;", "ateco: not an ATECO code, or not its version"},
		{"employers.csv", "", "bar;Bar;;56.10.11;2012;;;;;;;", "ateco: not an ATECO code, or not its version"},
		{"employers.csv", "", "bar;Bar;;;;perhaps;;;;;;", "sector_activity: not yes or no (sì or no, VERO or FALSO)"},
		{"workers.csv", "", "ada;", "worker: given twice with other facts: which of them is meant is not known"},
		{"workers.csv", "", ";RSSDAA64C41H501M", "worker: missing"},
		{"workers.csv", "worker;birth;sex;place\n", "bob;30/02/1970;M;H501", "birth: not a day that exists, as 2025-07-23 or 23/07/2025"},
		{"workers.csv", "worker;birth;sex;place\n", "bob;;U;H501", "sex: not M or F"},
		{"workers.csv", "worker;birth;sex;place\n", "bob;;;Roma", "place: not the code of a place, as H501"},
		{"contracts.csv", "", "bob;shop;2025-01-10;2025-01-12;;;;;;;;", "worker: not in workers.csv"},
		{"contracts.csv", "", "ada;bar;2025-01-10;2025-01-12;;;;;;;;", "employer: not in employers.csv"},
		{"contracts.csv", "", "ada;shop;;2025-01-12;;;;;;;;", "signed: missing"},
		{"contracts.csv", "", "ada;shop;2025-01-10;;;;;;;;;", "first: missing"},
		{"contracts.csv", "", "ada;shop;2025-01-10;2025-01-12;;;;;;colour;;", "elements: not an element of the contract"},
		{"contracts.csv", "", "ada;shop;2025-01-10;2025-01-12;first;;;;;;;", "item: not a whole number from 0 to 9999"},
		{"contracts.csv", "worker;employer;signed;first;period_first;period_last\n", "ada;shop;2025-01-10;2025-01-12;2025-06-01;2025-05-31", "period_first: missing, or after period_last"},
		{"worked.csv", "", "ada;shop;", "first: missing"},
		{"worked.csv", "worker;employer;first;last\n", "ada;shop;2025-02-02;2025-02-01", "first: missing, or after last"},
		{"calls.csv", "", "ada;shop;;portal", "start: missing"},
		{"calls.csv", "", "ada;shop;2025-02-23 09:00;pigeon", "channel: not one of portal, email, sms, app, fax"},
		{"calls.csv", "", "ada;shop;22/02/2025 09:00;portal", "start: given twice: the row above stands"},
		{"calls.csv", "worker;employer;start;kind\n", "ada;shop;2025-02-23 09:00;move", "kind: not call, cancel or no-show"},
		{"employers.csv", "employer;name;sender\n", "bar;Bar;boss", "sender: not employer or consultant"},
		{"calls.csv", "", "ada;shop;22/02/2025 09:00;email", "start: given twice: the row above stands"},
	} {
		text := least[c.file] + c.row + "\n"
		if c.header != "" {
			text = c.header + c.row + "\n"
		}
		_, bad := loaded(map[string]string{c.file: text})
		require.NotEmpty(t, bad, c.row)
		assert.EqualError(t, bad[0], c.file+":"+map[bool]string{true: "2", false: "3"}[c.header != "" || c.file == "worked.csv"]+": "+c.want)
	}
}

// A file that cannot be read is told once, and nothing that follows from it.
func TestDerived(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  []string
	}{
		"no employers": {map[string]string{"employers.csv": ""}, []string{"employers.csv: cannot be opened"}},
		"no header":    {map[string]string{"workers.csv": "ada;RSSDAA64C41H501M\n"}, []string{"workers.csv:1: the first line does not name the columns: worker"}},
		"a refused worker": {map[string]string{"workers.csv": "worker;birth\nada;03/04/64\n", "worked.csv": least["worked.csv"] + strings.Repeat("ada;shop;2025-01-02\n", 400)},
			[]string{"workers.csv:2: birth: a year of two digits: write it with four"}},
		"a refused contract": {edit(t, "contracts.csv", "2024-01-12", "12/01/24"), []string{"contracts.csv:2: first: a year of two digits: write it with four"}},
	} {
		t.Run(name, func(t *testing.T) {
			f := judged(c.files)
			assert.Equal(t, c.want, told(f.Unusable))
			assert.Equal(t, unusable, f.status())
			require.Len(t, f.Employers, 1)
			require.Len(t, f.Employers[0].Calls, 1, "the call is shown all the same")
			assert.Equal(t, law.VerdictUndetermined, f.Employers[0].Calls[0].Verdict)
			assert.Equal(t, law.VerdictUndetermined, f.Employers[0].Verdict)
			assert.NotEmpty(t, f.Employers[0].Calls[0].Lacks)
			for _, lang := range []string{"en", "it"} { // beside the call, wherever it is read
				var text, page, ics strings.Builder
				require.NoError(t, f.text(&text, lang))
				require.NoError(t, f.page(&page, lang))
				require.NoError(t, f.calendar(&ics, lang))
				without := map[string]string{"en": "Cannot be decided without: ", "it": "Non si può decidere senza: "}[lang]
				assert.Contains(t, text.String(), without+c.want[0][:strings.IndexByte(c.want[0], '.')])
				assert.Contains(t, page.String(), without)
				assert.Contains(t, ics.String(), map[string]string{"en": "SUMMARY:To clarify first: ", "it": "SUMMARY:Prima da chiarire: "}[lang])
			}
		})
	}
}

// Days worked that could not be read leave the cap open for everybody they could
// belong to, and for nobody else.
func TestHistoryIncomplete(t *testing.T) {
	two := map[string]string{
		"workers.csv":   least["workers.csv"] + "bob;BNCBBO64C41H501D\n",
		"contracts.csv": least["contracts.csv"] + strings.Replace(strings.SplitAfter(least["contracts.csv"], "\n")[1], "ada", "bob", 1),
		"calls.csv":     least["calls.csv"] + "bob;shop;2025-02-22 09:00;portal\n",
	}
	const head = "worker;employer;first;last\n"
	for name, c := range map[string]struct {
		worked string
		open   []string // the workers whose cap is open
		lacks  string
	}{
		"sound":            {head + "ada;shop;2025-01-02;\n", nil, ""},
		"trailing":         {"worker;employer;first;last;\nada;shop;2025-01-02;;\n", nil, ""},
		"a refused day":    {head + "ada;shop;2025-02-30;\n", []string{"ada"}, "worked.csv:2: the row cannot be used"},
		"another employer": {head + "ada;bar;2025-01-02;\n", []string{"ada"}, "worked.csv:2: the row cannot be used"},
		"nobody":           {head + "eve;shop;2025-01-02;\n", []string{"ada", "bob"}, "worked.csv:2: the row cannot be used"},
		"too long":         {head + "bob;shop;2025-01-02;;;;7\n", []string{"bob"}, "worked.csv:2: the row cannot be used"},
		"a broken row":     {head + "bob;\"shop;2025-01-02;\n", []string{"bob"}, "worked.csv:2: the row cannot be used"},
		"another column":   {"worker;employer;first;ultmo\nada;shop;2025-01-02;2025-01-09\n", []string{"ada", "bob"}, "worked.csv:1: last: not in the header, and column 4 (D) is not known: it could be this one; name it or take it away"},
		"no file":          {"", []string{"ada", "bob"}, "worked.csv: cannot be opened"},
		"no text":          {"PK\x03\x04", []string{"ada", "bob"}, "worked.csv: a workbook, not a table of text: save the sheet as CSV UTF-8"},
	} {
		t.Run(name, func(t *testing.T) {
			files := map[string]string{"worked.csv": c.worked}
			for k, v := range two {
				files[k] = v
			}
			f := judged(files)
			require.Len(t, f.Employers[0].Calls, 2)
			var open []string
			for _, x := range f.Employers[0].Calls {
				if x.Verdict != law.VerdictUndetermined {
					assert.NotNil(t, x.Remaining)
					continue
				}
				open = append(open, x.Worker)
				assert.True(t, x.HistoryIncomplete)
				assert.False(t, x.Stands)
				assert.Nil(t, x.Remaining)
				assert.Equal(t, "not known", wordsIn("en").left(&x))
				require.NotEmpty(t, x.Lacks)
				assert.Equal(t, c.lacks, x.Lacks[0].Error())
				found := false
				for check := range x.Checks.Of(limits.RuleDaysCap) {
					found = check.Outcome == law.Undetermined
				}
				assert.True(t, found)
			}
			assert.Equal(t, c.open, open)
			assert.Equal(t, open != nil, f.status() == unusable)
		})
	}
}

// What is broken without the rows that are missing is broken with them.
func TestHistoryIncompleteBreach(t *testing.T) {
	f := judged(map[string]string{"worked.csv": "worker;employer;first;last\nada;shop;2024-01-12;2025-02-18\nada;shop;x;\n"})
	assert.Equal(t, law.VerdictBreach, f.Employers[0].Calls[0].Verdict)
}

// Under the sector exemption no days are counted, so none are missed.
func TestHistoryNotNeeded(t *testing.T) {
	f := judged(map[string]string{"worked.csv": "", "employers.csv": strings.Replace(least["employers.csv"], "47.71.10;2007;no;no", "56.10.11;2007;yes;yes", 1)})
	assert.Equal(t, law.VerdictClear, f.Employers[0].Calls[0].Verdict)
}

// The employer's code is in every communication: a wrong one is a breach, none is a
// fact that is missing, and a lost zero is told.
func TestEmployerCode(t *testing.T) {
	for code, want := range map[string]struct {
		verdict law.Verdict
		text    string
	}{
		"07155300580": {law.VerdictClear, ""},
		"7155300580":  {law.VerdictBreach, "(cf.length): employers.csv, row 2, column code."},
		"12345":       {law.VerdictBreach, "cf.length"},
		"07155300581": {law.VerdictBreach, "cf.check"},
		"":            {law.VerdictUndetermined, "employers.csv, row 2, column code"},
	} {
		f := judged(edit(t, "employers.csv", "07155300580", code))
		c := f.Employers[0].Calls[0]
		assert.Equal(t, want.verdict, c.Verdict, code)
		assert.Equal(t, want.verdict, f.Employers[0].Verdict)
		var text strings.Builder
		require.NoError(t, f.text(&text, "en"))
		assert.Contains(t, strings.Join(strings.Fields(text.String()), " "), want.text)
		if code == "7155300580" {
			assert.Equal(t, []string{"employers.csv:2: code: the spreadsheet dropped its leading zero: write the column as text"}, told(f.Unusable))
			assert.Equal(t, someBroken, f.status())
		}
	}
}

// One person under two keys has one allowance.
func TestTwoKeys(t *testing.T) {
	days := "worker;employer;first;last\nada;shop;2024-01-12;2024-08-01\nzoe;shop;2024-08-02;2025-02-18\n"
	f := judged(map[string]string{"workers.csv": least["workers.csv"] + "zoe;RSSDAA64C41H501M\n", "worked.csv": days,
		"calls.csv": least["calls.csv"] + "zoe;shop;2025-02-23 09:00;portal\n"})
	require.Len(t, f.Employers[0].Calls, 2)
	for _, c := range f.Employers[0].Calls {
		assert.Equal(t, "ada", c.Worker)
		assert.Equal(t, law.VerdictBreach, c.Verdict)
		assert.Equal(t, 0, *c.Remaining)
	}
	assert.Equal(t, []string{"workers.csv:3: code: the same person as in a row above: their days and calls are counted together"}, told(f.Unusable))
	assert.Equal(t, someBroken, f.status())
}

// A key given twice for two people tells neither.
func TestOneKeyTwoPeople(t *testing.T) {
	f := judged(map[string]string{"workers.csv": least["workers.csv"] + "ada;BNCBBO64C41H501D\n"})
	assert.Equal(t, law.VerdictUndetermined, f.Employers[0].Calls[0].Verdict)
	assert.Equal(t, unusable, f.status())
	again := judged(map[string]string{"workers.csv": least["workers.csv"] + "ada;RSSDAA64C41H501M\n"})
	assert.Equal(t, []string{"workers.csv:3: worker: the same row again"}, told(again.Unusable))
	assert.Equal(t, allLawful, again.status())
}

// Of two starts on a day the first decides by when to send, and whether it is late.
func TestTwoStarts(t *testing.T) {
	for _, order := range [][2]string{{"10:00", "18:00"}, {"18:00", "10:00"}} {
		text := "worker;employer;start;channel\nada;shop;2025-02-20 " + order[0] + ";portal\nada;shop;2025-02-20 " + order[1] + ";portal\n"
		b, bad := loaded(map[string]string{"calls.csv": text})
		for _, c := range b.judge(morning.Add(-3*time.Hour), bad).Employers[0].Calls {
			assert.Equal(t, "10:00", c.Before.Format("15:04"))
		}
		for _, c := range b.judge(morning.Add(3*time.Hour), bad).Employers[0].Calls {
			assert.Equal(t, law.VerdictBreach, c.Verdict)
			assert.Zero(t, c.Before)
		}
	}
}

// Contracts of one pair that follow one another are told apart by their days.
func TestTwoContracts(t *testing.T) {
	row := strings.SplitAfter(least["contracts.csv"], "\n")[1]
	header := strings.Replace(strings.SplitAfter(least["contracts.csv"], "\n")[0], "first;", "first;last;", 1)
	first := strings.Replace(row, "2024-01-12;", "2024-01-12;2024-12-31;", 1)
	second := strings.Replace(strings.Replace(row, "2024-01-10;2024-01-12;", "2025-01-10;2025-01-12;;", 1), "2024-01-11", "2025-01-11", 1)
	open := strings.Replace(row, "2024-01-12;", "2024-01-12;;", 1)
	for name, c := range map[string]struct {
		rows    string
		verdict law.Verdict
		bad     int
	}{
		"the second runs": {first + second, law.VerdictClear, 0},
		"the first ended": {first, law.VerdictBreach, 0},
		"both run":        {open + second, law.VerdictUndetermined, 0},
		"the same row":    {open + open, law.VerdictClear, 1},
	} {
		f := judged(map[string]string{"contracts.csv": header + c.rows})
		assert.Equal(t, c.verdict, f.Employers[0].Calls[0].Verdict, name)
		assert.Len(t, f.Unusable, c.bad, name)
	}
}

// Calls by several channels are one line: the cap is the worker's.
func TestTwoChannels(t *testing.T) {
	b, bad := loaded(map[string]string{"calls.csv": least["calls.csv"] + "ada;shop;2025-02-23 09:00;e-mail\nada;shop;2025-02-24 09:00;Email\n"})
	assert.Empty(t, bad)
	lines, rest := b.lines(morning)
	assert.Empty(t, rest)
	require.Len(t, lines, 1)
	assert.Len(t, lines[0].Starts, 3)
	assert.Zero(t, lines[0].Planned.Len())
	assert.Equal(t, calls.RoleEmployer, lines[0].Sender.Role)
	var left []int
	for _, c := range b.judge(morning, nil).Employers[0].Calls {
		left = append(left, *c.Remaining)
	}
	assert.Equal(t, []int{400, 399, 398}, left)
}

// TestUnusableWorker: facts no question can be made of stop one worker, not the others.
func TestUnusableWorker(t *testing.T) {
	f := judged(map[string]string{
		"workers.csv":   least["workers.csv"] + "bob;\n",
		"contracts.csv": least["contracts.csv"] + strings.Replace(strings.Split(least["contracts.csv"], "\n")[1], "ada;shop;2024-01-10;2024-01-12;0", "bob;shop;2024-01-10;2024-01-12;47", 1) + "\n",
		"calls.csv":     "worker;employer;start;channel\nbob;shop;2025-02-22 09:00;portal\nada;shop;2025-02-22 09:00;portal\n",
	})
	assert.Equal(t, unusable, f.status())
	assert.Equal(t, []string{"contracts.csv:3: item: not an item of the table, 1 to 46, or 0"}, told(f.Unusable))
	require.Len(t, f.Employers, 1)
	require.Len(t, f.Employers[0].Calls, 2)
	assert.Equal(t, law.VerdictUndetermined, f.Employers[0].Calls[0].Verdict)
	assert.Equal(t, law.VerdictClear, f.Employers[0].Calls[1].Verdict)
}

// Missing facts are told by file, row and column.
func TestMissingFact(t *testing.T) {
	f := judged(edit(t, "employers.csv", "no;yes;no", "no;;no"))
	var text strings.Builder
	require.NoError(t, f.text(&text, "it"))
	assert.Contains(t, text.String(), "Non si può decidere senza: employers.csv, riga 2, colonna\n        risk_assessment.")
	assert.NotContains(t, text.String(), "/contract/")
}

// The README names each column the program reads, under its file.
func TestColumns(t *testing.T) {
	b, err := os.ReadFile("README.md")
	require.NoError(t, err)
	for _, file := range table.All {
		_, row, ok := strings.Cut(string(b), "| `"+file.Name+"` |")
		require.True(t, ok, file.Name)
		row, _, _ = strings.Cut(row, "\n")
		words := strings.FieldsFunc(row, func(r rune) bool { return strings.ContainsRune(" ,*()|", r) })
		for _, c := range file.Columns {
			assert.Contains(t, words, c.Name, file.Name)
			if c.Needed {
				assert.Contains(t, row, "**"+c.Name+"**", file.Name)
			}
		}
	}
}

// Italian headers and values mean the same as English ones.
func TestItalian(t *testing.T) {
	f := judged(map[string]string{
		"workers.csv": "Lavoratore;Codice fiscale;Sesso\nada;RSSDAA64C41H501M;f\n",
		"calls.csv":   "Dipendente;Azienda;Data e ora;Canale;Tipo\nada;shop;22.2.2025 9.00;Portale;Chiamata\n",
		"worked.csv":  "sep=,\nlavoratore,ditta,dal,al\nada,shop,1/9/2024,3/9/2024\n",
	})
	assert.Empty(t, f.Unusable)
	assert.Equal(t, allLawful, f.status())
	assert.Equal(t, 397, *f.Employers[0].Calls[0].Remaining)
}

// broken is a file system whose files cannot be read, or never end.
type broken struct {
	fstest.MapFS
	err error
}

func (b broken) Open(string) (fs.File, error) { return endless{err: b.err}, nil }

type endless struct {
	fs.File
	err error
}

func (e endless) Read(b []byte) (int, error) { return len(b), e.err }
func (e endless) Close() error               { return nil }

func TestUnreadable(t *testing.T) {
	for reason, files := range map[string]fs.FS{
		"cannot be opened":   fstest.MapFS{},
		"cannot be read":     broken{err: errors.New("disk /dev/sda1")},
		"longer than 64 MiB": broken{},
	} {
		_, why := readFile(files, "calls.csv")
		assert.Equal(t, reason, why.EN)
		assert.NotEmpty(t, why.IT)
	}
}

// Long work tells how far it has come, short work nothing.
func TestProgress(t *testing.T) {
	var out strings.Builder
	p := newProgress(&out, "it")
	p.rows("worked.csv", 4096)
	assert.Empty(t, out.String())
	p.next = time.Time{}
	p.rows("worked.csv", 4097)
	p.rows("worked.csv", 8192)
	p.judged(3)
	assert.Equal(t, "worked.csv: 8192 righe lette\n", out.String())
	(*progress)(nil).judged(3)
}

// FuzzLoad loads five files of any content: each call that could be read stands in
// a line once, or is told why not, and nothing panics. What the library makes of a
// line is fuzzed there.
func FuzzLoad(f *testing.F) {
	f.Add(least["employers.csv"], least["workers.csv"], least["contracts.csv"], least["worked.csv"], least["calls.csv"])
	f.Add("employer;name\na;A", "worker\nw", "worker;employer;signed;first\nw;a;2024-01-01;2024-01-01\n", "worker;employer;first\nx;y;z", "worker;employer;start;kind\nw;a;2025-02-21 09:00;\nw;a;2025-02-21 10:00;cancel\n")
	f.Add("employer;name\na;A", "worker\nw", "worker;employer\n", "worker;employer;first\n", "worker;employer;start\nw;a;2025-02-21 09:00;x\n") // refused for a cell too many, and no contract
	f.Fuzz(func(t *testing.T, employers, workers, contracts, worked, planned string) {
		b, bad := loaded(map[string]string{
			"employers.csv": employers, "workers.csv": workers, "contracts.csv": contracts, "worked.csv": worked, "calls.csv": planned,
		})
		for _, p := range bad {
			if p.Message.EN == "" || p.Message.IT == "" {
				t.Fatalf("%+v", p)
			}
		}
		lines, rest := b.lines(morning)
		want := 0
		for _, c := range b.calls {
			if c.kind == table.Call {
				want++
			}
		}
		got := len(rest)
		for _, l := range lines {
			got += len(l.Starts)
		}
		for _, c := range rest {
			if len(c.lacks) == 0 {
				t.Fatalf("%+v", c)
			}
		}
		if got != want {
			t.Fatalf("%d calls of %d", got, want)
		}
	})
}
