package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// result is what a run left behind.
type result struct {
	status         int
	stdout, stderr string
	files          map[string]string
}

func do(t *testing.T, folder string, args ...string) result {
	t.Helper()
	var stdout, stderr bytes.Buffer
	r := result{status: run(append([]string{"-out", folder}, args...), &stdout, &stderr), files: map[string]string{}}
	r.stdout, r.stderr = strings.ReplaceAll(stdout.String(), folder, "DIR"), stderr.String()
	entries, err := os.ReadDir(folder)
	if !os.IsNotExist(err) {
		require.NoError(t, err)
	}
	for _, e := range entries {
		b, err := os.ReadFile(filepath.Join(folder, e.Name()))
		require.NoError(t, err)
		r.files[e.Name()] = string(b)
	}
	return r
}

func TestSample(t *testing.T) {
	r := do(t, filepath.Join(t.TempDir(), "march"))
	assert.Equal(t, 2, r.status, "one call is left out")
	assert.Empty(t, r.stderr)
	lawtest.Golden(t, "summary.txt", r.stdout)
	lawtest.Golden(t, "register.csv", r.files["register.csv"])
	assert.Equal(t, "I RSSMRA80A01H501U", r.files["sms-01.txt"])
	assert.Equal(t, "I VRDLGU85T50F205R", r.files["sms-02.txt"])
	assert.Len(t, r.files, 7)
	for _, code := range []string{"RSSMRA", "VRDLGU", "BNCLRA", "NREGNN", "12345670017"} {
		assert.NotContains(t, r.stdout+r.files["register.csv"], code, "no code outside the files to send")
	}

	// The register holds every other file, with its hash.
	table := csv.NewReader(strings.NewReader(r.files["register.csv"]))
	table.Comma = ';'
	lines, err := table.ReadAll()
	require.NoError(t, err)
	assert.Len(t, lines, len(r.files))
	for _, line := range lines[1:] {
		text, ok := r.files[line[0]]
		require.True(t, ok, line[0])
		assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(text))), line[1])
	}

	// Each mail opens, and carries its model.
	rows := 0
	for _, n := range []string{"01", "02"} {
		model := attached(t, r.files["mail-"+n+".eml"])
		assert.Equal(t, r.files["model-"+n+".xml"], model)
		doc, err := uni.Read([]byte(model))
		require.NoError(t, err)
		assert.Empty(t, doc.Findings)
		rows += len(doc.Model.Rows)
	}
	assert.Equal(t, 12, rows, "15 days in 12 rows")
}

func attached(t *testing.T, text string) string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, "<intermittenti@pec.lavoro.gov.it>", m.Header.Get("To"))
	from, err := m.Header.AddressList("From")
	require.NoError(t, err)
	assert.Equal(t, "Caffè dell'Esempio S.r.l.", from[0].Name)
	_, params, err := mime.ParseMediaType(m.Header.Get("Content-Type"))
	require.NoError(t, err)
	parts := multipart.NewReader(m.Body, params["boundary"])
	_, err = parts.NextPart()
	require.NoError(t, err)
	p, err := parts.NextPart()
	require.NoError(t, err)
	b, err := io.ReadAll(base64.NewDecoder(base64.StdEncoding, p))
	require.NoError(t, err)
	return string(b)
}

func TestSameInstantSameFiles(t *testing.T) {
	at := "2026-03-01T20:00:00+01:00"
	one, two := do(t, t.TempDir(), "-now", at), do(t, t.TempDir(), "-now", at)
	assert.Equal(t, one, two)
	other := do(t, t.TempDir(), "-now", "2026-03-01T20:00:01+01:00")
	assert.NotEqual(t, one.files["mail-01.eml"], other.files["mail-01.eml"])
	assert.Equal(t, one.files["model-01.xml"], other.files["model-01.xml"])
}

// The twelve hours decide which messages are written.
func TestTwelveHours(t *testing.T) {
	for now, want := range map[string][]string{
		"2026-03-02T08:59:59+01:00": {"sms-01.txt"},
		"2026-03-02T09:00:00+01:00": {"sms-01.txt", "sms-02.txt"},
		"2026-03-02T09:00:01+01:00": {"sms-01.txt", "sms-02.txt", "sms-03.txt"},
	} {
		r := do(t, t.TempDir(), "-now", now)
		var got []string
		for _, name := range []string{"sms-01.txt", "sms-02.txt", "sms-03.txt"} {
			if _, ok := r.files[name]; ok {
				got = append(got, name)
			}
		}
		assert.Equal(t, want, got, now)
		assert.Equal(t, len(want) < 3, r.status == 2)
	}
}

func TestNothingIsReplaced(t *testing.T) {
	folder := t.TempDir()
	first := do(t, folder)
	again := do(t, folder)
	assert.Equal(t, 1, again.status)
	assert.Contains(t, again.stderr, "register.csv is there already")
	assert.Equal(t, first.files, again.files)
}

// A model made from the form by the user's own viewer sets the manner.
func TestLike(t *testing.T) {
	genuine := filepath.Join(t.TempDir(), "mine.xml")
	text, err := uni.Profile{Envelope: uni.Data, LongEmpty: true}.Encode(uni.Model{})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(genuine, text, 0o600))
	r := do(t, t.TempDir(), "-like", genuine)
	assert.Equal(t, 2, r.status)
	p, err := uni.Learn([]byte(r.files["model-01.xml"]))
	require.NoError(t, err)
	assert.Equal(t, uni.Profile{Envelope: uni.Data, LongEmpty: true}, p)
	assert.Equal(t, r.files["model-01.xml"], attached(t, r.files["mail-01.eml"]))
}

func TestRefuses(t *testing.T) {
	const employer = `{"name":"X","code":"12345670017","email":"a@example.it","sender":{"role":"employer","phone_registered":true}}`
	const head = "worker;hire_code;start;channel\n"
	for name, c := range map[string]struct{ employer, calls, want string }{
		"an unknown member":   {`{"nome":"X"}`, head, "employer.json: /nome: member"},
		"other columns":       {employer, "lavoratore;inizio\n", "calls.csv: the first line"},
		"no instant":          {employer, head + "RSSMRA80A01H501U;;06/03/2026;email\n", "calls.csv, line 2: the start"},
		"another channel":     {employer, head + "RSSMRA80A01H501U;;2026-03-06T18:00:00+01:00;email\nX;;2026-03-06T18:00:00+01:00;fax\n", "calls.csv, line 3: the channel"},
		"too few fields":      {employer, head + "RSSMRA80A01H501U;;x\n", "calls.csv: record on line 2"},
		"a day gone by":       {employer, head + "RSSMRA80A01H501U;;2026-03-01T18:00:00+01:00;email\n", "a day before that of sending"},
		"an address of lines": {strings.Replace(employer, "a@example.it", `a@example.it\nBcc: b@example.it`, 1), head + "RSSMRA80A01H501U;;2026-03-06T18:00:00+01:00;email\n", "uni.value"},
	} {
		t.Run(name, func(t *testing.T) {
			folder := t.TempDir()
			require.NoError(t, os.WriteFile(filepath.Join(folder, "employer.json"), []byte(c.employer), 0o600))
			require.NoError(t, os.WriteFile(filepath.Join(folder, "calls.csv"), []byte(c.calls), 0o600))
			r := do(t, filepath.Join(folder, "out"), "-roster", folder, "-now", sampleNow)
			assert.Equal(t, 1, r.status)
			assert.Contains(t, r.stderr, c.want)
			assert.NotContains(t, r.stderr, "RSSMRA")
			assert.Empty(t, r.files, "nothing is written by halves")
		})
	}
	var out bytes.Buffer
	assert.Equal(t, 1, run(nil, &out, &out))
	assert.Equal(t, 1, run([]string{"-out", t.TempDir(), "-now", "now"}, &out, &out))
	assert.Equal(t, 1, run([]string{"-out", t.TempDir(), "-like", "main.go"}, &out, &out))
	assert.Equal(t, 1, run([]string{"-out", t.TempDir(), "-roster", t.TempDir()}, &out, &out))
	assert.Equal(t, 1, run([]string{"-out", t.TempDir(), "extra"}, &out, &out))
	assert.Equal(t, 0, run([]string{"-h"}, &out, &out))
}
