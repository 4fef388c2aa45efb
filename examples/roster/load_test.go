package main

import (
	"maps"
	"strings"
	"testing"
	"testing/fstest"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var morning = time.Date(2025, 2, 20, 8, 0, 0, 0, time.UTC)

// loaded loads the least folder with some files replaced.
func loaded(replaced map[string]string) (*book, []badField) {
	files := fstest.MapFS{}
	for name, text := range least {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	for name, text := range replaced {
		files[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return load(files, morning)
}

// TestRows puts one bad row beside a sound one into each file.
func TestRows(t *testing.T) {
	for _, c := range []struct{ file, header, row, want string }{
		{"employers.csv", "", "bar;;;;;;;;;;", "name: missing"},
		{"employers.csv", "", "shop;Bar;;;;;;;;;", "employer: given twice: the row above stands"},
		{"employers.csv", "", "bar;Bar;56.1O;2007;;;;;;;", "ateco: not an ATECO code, or not its version"},
		{"employers.csv", "", "bar;Bar;56.10.11;2012;;;;;;;", "ateco: not an ATECO code, or not its version"},
		{"employers.csv", "", "bar;Bar;;;perhaps;;;;;;", "sector_activity: not yes or no (sì o no)"},
		{"workers.csv", "", "ada;", "worker: given twice: the row above stands"},
		{"workers.csv", "", ";RSSDAA64C41H501M", "worker: missing"},
		{"workers.csv", "worker;birth;sex;place\n", "bob;30/02/1970;M;H501", "birth: not a day that exists, as 2025-07-23 or 23/07/2025"},
		{"workers.csv", "worker;birth;sex;place\n", "bob;;U;H501", "sex: not M or F"},
		{"workers.csv", "worker;birth;sex;place\n", "bob;;;Roma", "place: not the code of a place, as H501"},
		{"contracts.csv", "", "ada;shop;2025-01-10;2025-01-12;;;;;;;;", "worker: a second contract of this worker with this employer: this program judges one"},
		{"contracts.csv", "", "bob;shop;2025-01-10;2025-01-12;;;;;;;;", "worker: no usable row in workers.csv"},
		{"contracts.csv", "", "ada;bar;2025-01-10;2025-01-12;;;;;;;;", "employer: no usable row in employers.csv"},
		{"contracts.csv", "", "ada;shop;;2025-01-12;;;;;;;;", "signed: missing"},
		{"contracts.csv", "", "ada;shop;2025-01-10;;;;;;;;;", "first: missing"},
		{"contracts.csv", "", "ada;shop;2025-01-10;2025-01-12;;;;;;colour;;", "elements: not an element of the contract"},
		{"contracts.csv", "", "ada;shop;2025-01-10;2025-01-12;first;;;;;;;", "item: not a whole number"},
		{"contracts.csv", "worker;employer;signed;first;period_first;period_last\n", "ada;shop;2025-01-10;2025-01-12;2025-06-01;2025-05-31", "period_first: missing, or after period_last"},
		{"worked.csv", "", "ada;shop;", "first: missing"},
		{"worked.csv", "worker;employer;first;last\n", "ada;shop;2025-02-02;2025-02-01", "first: missing, or after last"},
		{"calls.csv", "", "ada;shop;;portal", "start: missing"},
		{"calls.csv", "", "ada;shop;2025-02-23 09:00;pigeon", "channel: not one of portal, email, sms, app, fax"},
		{"calls.csv", "", "ada;shop;22/02/2025 09:00;portal", "start: given twice: the row above stands"},
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

// A contract that cannot be used takes the calls that need it, and no others.
func TestCallWithoutContract(t *testing.T) {
	workers := least["workers.csv"] + "bob;\n"
	calls := "worker;employer;start\nbob;shop;2025-02-22 10:00\nada;shop;2025-02-22 11:00\n"
	b, bad := loaded(map[string]string{"workers.csv": workers, "calls.csv": calls})
	assert.Equal(t, []badField{{"calls.csv", 2, "worker", "no usable contract with this employer in contracts.csv"}}, bad)
	require.Len(t, b.lines, 1)
	assert.Equal(t, "ada", b.lines[0].worker)
}

// Calls by another channel are planned days of the same worker.
func TestTwoChannels(t *testing.T) {
	b, bad := loaded(map[string]string{"calls.csv": least["calls.csv"] + "ada;shop;2025-02-23 09:00;email\nada;shop;2025-02-24 09:00;email\n"})
	assert.Empty(t, bad)
	require.Len(t, b.lines, 2)
	assert.Len(t, b.lines[1].Starts, 2)
	assert.Equal(t, []int{2, 1}, []int{b.lines[0].Planned.Len(), b.lines[1].Planned.Len()})
	assert.Equal(t, law.Yes, b.lines[0].Sender.PhoneRegistered)
}

// TestUnusableWorker: facts no question can be made of stop one worker, not the others.
func TestUnusableWorker(t *testing.T) {
	replaced := map[string]string{
		"workers.csv":   least["workers.csv"] + "bob;\n",
		"contracts.csv": least["contracts.csv"] + strings.Replace(strings.Split(least["contracts.csv"], "\n")[1], "ada;shop;2024-01-10;2024-01-12;0", "bob;shop;2024-01-10;2024-01-12;47", 1) + "\n",
		"calls.csv":     "worker;employer;start;channel\nbob;shop;2025-02-22 09:00;portal\nada;shop;2025-02-22 09:00;portal\n",
	}
	b, bad := loaded(replaced)
	require.Empty(t, bad)
	f := b.judge(morning, bad)
	assert.Equal(t, unusable, f.status())
	require.Len(t, f.Unusable, 1)
	require.EqualError(t, f.Unusable[0], "calls.csv:2: worker: /contract/activity/item: value: not an item of the table, 1 to 46, or 0")
	require.Len(t, f.Employers, 1)
	require.Len(t, f.Employers[0].Calls, 1)
	assert.Equal(t, "ada", f.Employers[0].Calls[0].Worker)
}

// Each of the columns the README names is one the program reads, and the reverse.
func TestColumns(t *testing.T) {
	sheets := map[string]sheet{}
	for _, s := range []sheet{employersSheet, workersSheet, contractsSheet, workedSheet, callsSheet} {
		sheets[s.name] = s
		b, err := sample.ReadFile("sample/" + s.name)
		require.NoError(t, err)
		header, _, _ := strings.Cut(strings.TrimPrefix(string(b), "\ufeff"), "\n")
		assert.ElementsMatch(t, s.columns, strings.Split(strings.TrimSpace(header), ";"), s.name)
	}
	assert.Len(t, sheets, len(least))
	for name := range maps.Keys(least) {
		assert.Contains(t, sheets, name)
	}
}
