package main

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// result is what a run left behind.
type result struct {
	status    int
	out, errs string
	ics, page string
}

func do(t *testing.T, args ...string) result {
	t.Helper()
	var out, errs bytes.Buffer
	dir := t.TempDir()
	ics, page := filepath.Join(dir, "plan.ics"), filepath.Join(dir, "plan.html")
	r := result{status: run(append(args, "-ics", ics, "-html", page), "en", &out, &errs), out: out.String(), errs: errs.String()}
	for name, into := range map[string]*string{ics: &r.ics, page: &r.page} {
		b, err := os.ReadFile(name)
		if r.status != unusable || err == nil {
			require.NoError(t, err)
		}
		*into = string(b)
	}
	return r
}

func TestSample(t *testing.T) {
	for _, lang := range []string{"en", "it"} {
		r := do(t, "-lang", lang)
		assert.Equal(t, someBroken, r.status)
		assert.Empty(t, r.errs)
		lawtest.Golden(t, "sample."+lang+".txt", r.out)
		lawtest.Golden(t, "sample."+lang+".ics", r.ics)
		lawtest.Golden(t, "sample."+lang+".html", r.page)
	}
	r := do(t, "-json")
	assert.Equal(t, someBroken, r.status)
	lawtest.Golden(t, "sample.json", r.out)
	assert.True(t, json.Valid([]byte(r.out)))
}

// No output names anybody: not by the code, not by the surname.
func TestNobodyIsNamed(t *testing.T) {
	b, err := sample.ReadFile("sample/workers.csv")
	require.NoError(t, err)
	lines := strings.Split(strings.TrimSpace(string(b)), "\n")
	header := strings.Split(strings.TrimPrefix(lines[0], "\ufeff"), ";")
	require.Equal(t, []string{"surname", "name", "code"}, header[1:4])
	for _, args := range [][]string{{"-lang", "en"}, {"-lang", "it"}, {"-json"}} {
		r := do(t, args...)
		for name, text := range map[string]string{"out": r.out, "err": r.errs, "ics": r.ics, "html": r.page} {
			text = strings.ReplaceAll(text, "\r\n ", "")
			for _, l := range lines[1:] {
				fields := strings.Split(l, ";")
				assert.NotContains(t, text, fields[3], "%s %v", name, args)
				assert.NotContains(t, text, fields[1], "%s %v", name, args)
			}
		}
	}
}

// The least folder there can be: one worker of 60 in a shop, one call.
var least = map[string]string{
	"employers.csv": "employer;name;code;ateco;ateco_version;sector_activity;sector_agreement;public_administration;risk_assessment;replaces_strikers;collective_dismissals;suspensions;email;sender;phone_registered\n" +
		"shop;Shop;07155300580;47.71.10;2007;no;no;no;yes;no;no;no;shop@example.it;employer;yes\n",
	"workers.csv": "worker;code\nada;RSSDAA64C41H501M\n",
	"contracts.csv": "worker;employer;signed;first;item;agreement_needs;agreement_bans;written;duty;elements;notice_hours;hire_notice\n" +
		"ada;shop;2024-01-10;2024-01-12;0;no;no;yes;no;duration ground place-and-availability pay call-and-notice recording payment-times safety variable-nature individual-information;4;2024-01-11 10:00\n",
	"worked.csv": "worker;employer;first\n",
	"calls.csv":  "worker;employer;start;channel\nada;shop;2025-02-22 09:00;portal\n",
}

// folder writes the least folder, with some of its files replaced.
func folder(t *testing.T, replaced map[string]string) string {
	t.Helper()
	dir := t.TempDir()
	for name, text := range least {
		if other, ok := replaced[name]; ok {
			text = other
		}
		require.NoError(t, os.WriteFile(filepath.Join(dir, name), []byte(text), 0o600))
	}
	return dir
}

func TestStatus(t *testing.T) {
	for name, c := range map[string]struct {
		files   map[string]string
		args    []string
		status  int
		says    string // on standard output
		errs    string // the whole of standard error
		nothing bool   // no folder at all
	}{
		"clear":   {status: allLawful, says: "CLEAR    ada"},
		"nothing": {files: map[string]string{"calls.csv": "worker;employer;start\n"}, status: allLawful, says: "No calls are planned."},
		"doubt": {files: map[string]string{ // signed on the 55th birthday
			"workers.csv":   "worker;code\nada;DMNCRL70B58L219J\n",
			"contracts.csv": strings.NewReplacer("2024-01-10;2024-01-12", "2025-02-18;2025-02-20", "2024-01-11", "2025-02-19").Replace(least["contracts.csv"]),
		}, status: allLawful, says: "DOUBT    ada"},
		"too late":     {files: edit(t, "calls.csv", "2025-02-22 09:00", "2025-02-20 08:59"), status: someBroken, says: "BREACH   ada"},
		"undetermined": {files: edit(t, "employers.csv", "no;yes;no", "no;;no"), status: someBroken, says: "UNDETERMINED  ada"},
		"no code":      {files: edit(t, "workers.csv", "RSSDAA64C41H501M", "RSSDAA64"), status: someBroken, says: "BREACH   ada      "},
		"an instant before there were communications": {
			args: []string{"-now", "2012-01-02T09:00:00+01:00"}, says: "DOUBT    ada",
		},
		"a bad row, the others judged": {
			files: map[string]string{"calls.csv": least["calls.csv"] + "ada;shop;tomorrow;portal\n"}, status: unusable, says: "CLEAR    ada",
			errs: "calls.csv:3: start: not a day and a time, as 23/07/2025 18:30 or 2025-07-23 18:30\n",
		},
		"facts that make no question": {
			files: edit(t, "contracts.csv", ";0;no", ";99;no"), status: unusable, says: "UNDETERMINED  ada",
			errs: "contracts.csv:2: item: not an item of the table, 1 to 46, or 0\n",
		},
		"no folder":   {nothing: true, args: []string{"-dir", "testdata/none"}, status: unusable, errs: "employers.csv: cannot be opened\nworkers.csv: cannot be opened\ncontracts.csv: cannot be opened\nworked.csv: cannot be opened\ncalls.csv: cannot be opened\n"},
		"language":    {args: []string{"-lang", "de"}, status: unusable, errs: "roster: -lang is neither it nor en\n"},
		"instant":     {args: []string{"-now", "today"}, status: unusable, errs: "roster: -now is not an instant as 2025-02-20T09:00:00+01:00\n"},
		"no flag":     {args: []string{"more"}, status: unusable, errs: "roster: arguments without a flag\n"},
		"unwritable":  {args: []string{"-html", "testdata"}, status: unusable, errs: "roster: open testdata: is a directory\n"},
		"unwritable2": {args: []string{"-ics", "testdata"}, status: unusable, errs: "roster: open testdata: is a directory\n"},
	} {
		t.Run(name, func(t *testing.T) {
			args := []string{"-now", sampleNow}
			if !c.nothing {
				args = append(args, "-dir", folder(t, c.files))
			}
			var out, errs bytes.Buffer
			assert.Equal(t, c.status, run(append(args, c.args...), "en", &out, &errs), "%s%s", &out, &errs)
			assert.Contains(t, out.String(), c.says)
			assert.Equal(t, c.errs, errs.String())
		})
	}
}

func TestFlags(t *testing.T) {
	var out, errs bytes.Buffer
	assert.Equal(t, allLawful, run([]string{"-help"}, "en", &out, &errs))
	assert.Contains(t, errs.String(), "-html file")
	assert.Equal(t, unusable, run([]string{"-nothing"}, "en", &out, &errs))
	assert.Empty(t, out.String())
	errs.Reset()
	assert.Equal(t, allLawful, run([]string{"-h", "-lang=it"}, "en", &out, &errs))
	assert.Contains(t, errs.String(), "in cui scrivere la pagina")
	errs.Reset()
	assert.Equal(t, unusable, run([]string{"-now", "x"}, "it", &out, &errs))
	assert.Equal(t, "roster: -now non è un istante come "+sampleNow+"\n", errs.String())
}

func TestLocale(t *testing.T) {
	for want, env := range map[string]map[string]string{
		"it": {"LANG": "it_IT.UTF-8"}, "en": {"LANG": "it_IT.UTF-8", "LC_ALL": "C"},
	} {
		assert.Equal(t, want, locale(func(name string) string { return env[name] }))
	}
	assert.Equal(t, "it", locale(func(name string) string { return map[string]string{"LC_MESSAGES": "it_CH"}[name] }))
	assert.Equal(t, "en", locale(func(string) string { return "" }))
}
