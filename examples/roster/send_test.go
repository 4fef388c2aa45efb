package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"encoding/csv"
	"encoding/json"
	"fmt"
	"io"
	"io/fs"
	"mime"
	"mime/multipart"
	"net/mail"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// sent is what a run with -send left behind.
type sent struct {
	status    int
	out, errs string
	files     map[string]string // by their names below the folder of -send
}

func send(t *testing.T, dir string, args ...string) sent {
	t.Helper()
	var out, errs bytes.Buffer
	s := sent{status: run(append([]string{"-send", dir}, args...), "en", &out, &errs), files: map[string]string{}}
	s.out, s.errs = out.String(), errs.String()
	require.NoError(t, filepath.WalkDir(dir, func(name string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		b, err := os.ReadFile(name)
		rel, _ := filepath.Rel(dir, name)
		s.files[filepath.ToSlash(rel)] = string(b)
		return err
	}))
	return s
}

// records are those a run kept.
func (s sent) records(t *testing.T, run string) (list []calls.Record) {
	t.Helper()
	require.NoError(t, json.Unmarshal([]byte(s.files[run+"/records.json"]), &list))
	return list
}

func (s sent) names(run string) (list []string) {
	for name := range s.files {
		if rest, ok := strings.CutPrefix(name, run+"/"); ok {
			list = append(list, rest)
		}
	}
	slices.Sort(list)
	return list
}

func TestSendSample(t *testing.T) {
	s := send(t, t.TempDir())
	assert.Equal(t, someBroken, s.status)
	assert.Empty(t, s.errs)
	_, tail, ok := strings.Cut(s.out, "Total: ")
	require.True(t, ok)
	lawtest.Golden(t, "sample.send.txt", "Total: "+tail)
	lawtest.Golden(t, "sample.register.csv", s.files["001/register.csv"])
	assert.Equal(t, []string{
		"bottega-mail-01.eml", "bottega-model-01.xml", "bottega-portal-01.csv", "records.json", "register.csv",
		"trattoria-portal-01.csv", "trattoria-sms-01.txt",
	}, s.names("001"))
	assert.Equal(t, "I MRNHSN81A15Z330C", s.files["001/trattoria-sms-01.txt"])
	workers, err := sample.ReadFile("sample/workers.csv")
	require.NoError(t, err)
	for l := range strings.Lines(string(workers)) {
		if code := strings.Split(l, ";")[3]; code != "code" {
			assert.NotContains(t, s.out+s.files["001/register.csv"], code, "no code outside the files to send")
		}
	}

	// The register holds every file to send, with its hash.
	table := csv.NewReader(strings.NewReader(s.files["001/register.csv"]))
	table.Comma = ';'
	lines, err := table.ReadAll()
	require.NoError(t, err)
	assert.Len(t, lines, len(s.files)-1)
	for _, l := range lines[1:] {
		text, ok := s.files["001/"+l[0]]
		require.True(t, ok, l[0])
		assert.Equal(t, fmt.Sprintf("%x", sha256.Sum256([]byte(text))), l[1])
	}
	model := attached(t, s.files["001/bottega-mail-01.eml"])
	assert.Equal(t, s.files["001/bottega-model-01.xml"], model)
	doc, err := uni.Read([]byte(model))
	require.NoError(t, err)
	assert.Empty(t, doc.Findings)
	assert.Equal(t, "00987659000", doc.Model.Rows[0].Worker)
	for _, r := range s.records(t, "001") {
		assert.Equal(t, calls.StateSent, r.State())
		again, err := json.Marshal(r)
		require.NoError(t, err)
		var back calls.Record
		require.NoError(t, json.Unmarshal(again, &back))
	}
}

func attached(t *testing.T, text string) string {
	t.Helper()
	m, err := mail.ReadMessage(strings.NewReader(text))
	require.NoError(t, err)
	assert.Equal(t, "<intermittenti@pec.lavoro.gov.it>", m.Header.Get("To"))
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

// sendLeast runs with the least folder and the rows of calls.csv given.
func sendLeast(t *testing.T, dir, rows, now string, replaced map[string]string) sent {
	t.Helper()
	files := map[string]string{"calls.csv": "worker;employer;start;channel;kind\n" + rows}
	for k, v := range replaced {
		files[k] = v
	}
	return send(t, dir, "-dir", folder(t, files), "-now", now)
}

const monday = "2025-02-24T08:00:00+01:00"

// What was sent is not sent again; the same instant gives the same files.
func TestSendAgain(t *testing.T) {
	const rows = "ada;shop;2025-02-26 09:00;email;\nada;shop;2025-02-27 09:00;email;call\n"
	dir := t.TempDir()
	first := sendLeast(t, dir, rows, monday, nil)
	assert.Equal(t, allLawful, first.status, first.out)
	assert.Equal(t, []string{"records.json", "register.csv", "shop-mail-01.eml", "shop-model-01.xml"}, first.names("001"))
	assert.Equal(t, first.files, sendLeast(t, t.TempDir(), rows, monday, nil).files)
	again := sendLeast(t, dir, rows, monday, nil)
	assert.Equal(t, first.files, again.files, "nothing new, nothing written")
	assert.Contains(t, again.out, "Nothing was written to send.")
	assert.Contains(t, again.out, "calls.csv:2 ada, shop: communicated before, on 24 February 2025 at 08:00")
	more := sendLeast(t, dir, rows+"ada;shop;2025-02-28 09:00;portal;\n", monday, nil)
	assert.Equal(t, []string{"records.json", "register.csv", "shop-portal-01.csv"}, more.names("002"))
	assert.Equal(t, "\ufeffcodice fiscale;codice comunicazione;inizio;fine;operazione\r\nRSSDAA64C41H501M;;28/02/2025;28/02/2025;chiamata\r\n", more.files["002/shop-portal-01.csv"])
	assert.Len(t, more.records(t, "002"), 2)
}

// A cancellation repeats the row that was sent; days of it that are to stay, and
// have not begun, are called again.
func TestSendCancel(t *testing.T) {
	dir := t.TempDir()
	const rows = "ada;shop;2025-02-26 09:00;email;\nada;shop;2025-02-27 09:00;email;\nada;shop;2025-02-28 09:00;email;\n"
	sendLeast(t, dir, rows, monday, nil)
	s := sendLeast(t, dir, "ada;shop;2025-02-27 09:00;;annullamento\nada;shop;2025-03-03 09:00;email;\n", "2025-02-25T08:00:00+01:00", nil)
	assert.Equal(t, allLawful, s.status, s.out)
	require.Equal(t, []string{
		"records.json", "register.csv", "shop-mail-01.eml", "shop-mail-02.eml", "shop-mail-03.eml",
		"shop-model-01.xml", "shop-model-02.xml", "shop-model-03.xml",
	}, s.names("002"))
	var models []uni.Model
	for _, n := range []string{"1", "2", "3"} {
		doc, err := uni.Read([]byte(s.files["002/shop-model-0"+n+".xml"]))
		require.NoError(t, err)
		models = append(models, doc.Model)
	}
	assert.True(t, models[0].Cancel)
	require.Len(t, models[0].Rows, 1)
	assert.Equal(t, "2025-02-26", law.FormatDay(models[0].Rows[0].First))
	assert.Equal(t, "2025-02-28", law.FormatDay(models[0].Rows[0].Last))
	require.Len(t, models[1].Rows, 2)
	assert.Equal(t, "2025-02-26", law.FormatDay(models[1].Rows[0].First))
	assert.Equal(t, "2025-02-28", law.FormatDay(models[1].Rows[1].First))
	assert.Equal(t, "2025-03-03", law.FormatDay(models[2].Rows[0].First))
	states := map[calls.State]int{}
	for _, r := range s.records(t, "002") {
		states[r.State()]++
	}
	assert.Equal(t, map[calls.State]int{calls.StateSent: 3, calls.StateCancelled: 1}, states)

	// What is cancelled is not cancelled again, and may be called again.
	s = sendLeast(t, dir, "ada;shop;2025-02-27 09:00;;cancel\nada;shop;2025-02-27 10:00;portal;\n", "2025-02-25T09:00:00+01:00", nil)
	assert.Equal(t, someBroken, s.status)
	assert.Contains(t, s.out, "calls.csv:2 ada, shop: nothing that was sent stands for 27 February 2025: there is nothing to\n     cancel")
	assert.Equal(t, []string{"records.json", "register.csv", "shop-portal-01.csv"}, s.names("003"))
}

// A call that was sent is judged as of then: it is not late when its day has come,
// nor to be sent again.
func TestSentBefore(t *testing.T) {
	dir := t.TempDir()
	const rows = "ada;shop;2025-02-26 09:00;portal;\nada;shop;2025-02-28 09:00;portal;\n"
	sendLeast(t, dir, rows, monday, nil)
	for _, now := range []string{"2025-02-26T08:00:00+01:00", "2025-02-27T10:00:00+01:00", "2025-03-10T10:00:00+01:00"} {
		s := sendLeast(t, dir, rows+"ada;shop;2025-03-20 09:00;portal;\n", now, nil)
		assert.Equal(t, allLawful, s.status, s.out)
		assert.Equal(t, 2, strings.Count(s.out, "sent 2025-02-24 08:00\n"))
		assert.Contains(t, s.out, "CLEAR    ada     ***************M  2025-03-20 09:00  398 days  -")
	}
	s := sendLeast(t, t.TempDir(), rows, "2025-02-27T10:00:00+01:00", nil)
	assert.Equal(t, someBroken, s.status, "not known to have been sent: late")
}

// What was sent counts under the cap until it is cancelled, also when its row has
// gone from calls.csv.
func TestSentCounts(t *testing.T) {
	worked := map[string]string{"worked.csv": "worker;employer;first;last\nada;shop;2024-01-20;2025-02-20\n"} // 398 days
	const later = "ada;shop;2025-03-20 09:00;portal;\n"
	for now, verdict := range map[string]string{
		"2025-02-25T08:00:00+01:00": "BREACH   ada     ***************M  2025-03-20 09:00  0 days", // planned
		"2025-03-10T08:00:00+01:00": "DOUBT    ada     ***************M  2025-03-20 09:00  0 days", // presumed
	} {
		dir := t.TempDir()
		sendLeast(t, dir, "ada;shop;2025-02-26 09:00;portal;\nada;shop;2025-02-27 09:00;portal;\n", monday, worked)
		s := sendLeast(t, dir, later, now, worked)
		assert.Contains(t, s.out, verdict)
		s = sendLeast(t, t.TempDir(), later, now, worked)
		assert.Contains(t, s.out, "CLEAR    ada     ***************M  2025-03-20 09:00  2 days")
	}
	dir := t.TempDir()
	sendLeast(t, dir, "ada;shop;2025-02-26 09:00;portal;\nada;shop;2025-02-27 09:00;portal;\n", monday, worked)
	s := sendLeast(t, dir, "ada;shop;2025-02-26 09:00;;cancel\n"+later, "2025-02-25T08:00:00+01:00", worked)
	assert.Contains(t, s.out, "CLEAR    ada     ***************M  2025-03-20 09:00  1 day")
}

// A no-show is cancelled within 48 hours of the day work was due.
func TestSendNoShow(t *testing.T) {
	for now, ok := range map[string]bool{
		"2025-02-26T10:00:00+01:00": true, "2025-02-28T08:59:00+01:00": true, "2025-03-01T00:00:00+01:00": false,
	} {
		dir := t.TempDir()
		sendLeast(t, dir, "ada;shop;2025-02-26 09:00;portal;\n", monday, nil)
		s := sendLeast(t, dir, "ada;shop;2025-02-26 09:00;;assente\n", now, nil)
		assert.Equal(t, ok, len(s.names("002")) > 0, now)
		if ok {
			assert.Equal(t, allLawful, s.status, s.out)
			assert.Contains(t, s.files["002/shop-portal-01.csv"], "26/02/2025;26/02/2025;annullamento")
		} else {
			assert.Contains(t, s.out, "calls.csv:2 ada, shop: calls.cancelled-in-time: ")
		}
	}
}

// One call that cannot go leaves out that call only, by its line, and is kept as a
// draft where a fact is missing.
func TestSendLeavesOut(t *testing.T) {
	const late = "bob;shop;2025-02-23 09:00;email;\nada;shop;2025-02-26 09:00;email;\n"
	two := map[string]string{
		"workers.csv":   least["workers.csv"] + "bob;BNCBBO64C41H501D\n",
		"contracts.csv": least["contracts.csv"] + strings.Replace(strings.SplitAfter(least["contracts.csv"], "\n")[1], "ada", "bob", 1),
	}
	with := func(more map[string]string) map[string]string {
		files := map[string]string{}
		for _, m := range []map[string]string{two, more} {
			for k, v := range m {
				files[k] = v
			}
		}
		return files
	}
	for name, c := range map[string]struct {
		rows  string
		files map[string]string
		want  string
		draft bool
	}{
		"too late":        {late, two, "calls.csv:2 bob, shop: calls.before-start: ", false},
		"an invalid code": {strings.Replace(late, "02-23", "02-26", 1), with(map[string]string{"workers.csv": least["workers.csv"] + "bob;BNCBBO64C41H501X\n"}), "calls.csv:2 bob, shop: calls.codes: ", false},
		"no channel":      {"bob;shop;2025-02-26 09:00;;\nada;shop;2025-02-26 09:00;email;\n", two, "calls.csv:2 bob, shop: no channel is given", false},
		"by fax":          {"bob;shop;2025-02-26 09:00;fax;\nada;shop;2025-02-26 09:00;email;\n", two, "calls.csv:2 bob, shop: ", true},
		"a phone unknown": {"bob;shop;2025-02-24 18:00;sms;\nada;shop;2025-02-26 09:00;email;\n", with(edit(t, "employers.csv", "employer;yes", "employer;")), "calls.csv:2 bob, shop: calls.sms-sender: Cannot be decided without: employers.csv, row 2, column phone_registered.", true},
		"no worker":       {"eve;shop;2025-02-26 09:00;email;\nada;shop;2025-02-26 09:00;email;\n", two, "calls.csv:2 eve, shop: Cannot be decided without: workers.csv (has no row for it)", false},
		"late":            {"bob;shop;2025-02-24 07:00;email;\nada;shop;2025-02-26 09:00;email;\n", two, "calls.csv:2 bob, shop: calls.before-start: ", false},
	} {
		t.Run(name, func(t *testing.T) {
			s := sendLeast(t, t.TempDir(), c.rows, monday, c.files)
			assert.NotEqual(t, allLawful, s.status)
			assert.Contains(t, strings.Join(strings.Fields(s.out), " "), c.want)
			doc, err := uni.Read([]byte(s.files["001/shop-model-01.xml"]))
			require.NoError(t, err)
			require.Len(t, doc.Model.Rows, 1)
			assert.Equal(t, "RSSDAA64C41H501M", doc.Model.Rows[0].Worker)
			drafts := 0
			for _, r := range s.records(t, "001") {
				if r.State() == calls.StateDraft {
					drafts++
				}
			}
			assert.Equal(t, c.draft, drafts == 1)
		})
	}
}

// What is wrong with a call, but not with its communication, keeps nothing back: the
// call is written, and what is wrong is told by its line in the text and in the
// register. -lawful leaves it out.
func TestSendWrong(t *testing.T) {
	over := map[string]string{"worked.csv": "worker;employer;first;last\nada;shop;2024-01-12;2025-02-21\n"} // 407 days
	unread := map[string]string{"worked.csv": "worker;employer;first\nada;shop;x\n"}
	for _, c := range []struct {
		files         map[string]string
		verdict, says string
	}{
		{over, "breach", "calls.csv:2 ada, shop: limits.days-cap: 408 days of work"},
		{unread, "undetermined", "calls.csv:2 ada, shop: limits.days-cap: Cannot be decided without: worked.csv, row 2 (the row cannot be used)."},
	} {
		for _, channel := range []string{"email", "portal"} {
			rows := "ada;shop;2025-02-26 09:00;" + channel + ";\n"
			s := sendLeast(t, t.TempDir(), rows, monday, c.files)
			assert.NotEqual(t, allLawful, s.status)
			out := strings.Join(strings.Fields(s.out), " ")
			assert.Contains(t, out, "ATTENTION: written though they do not stand")
			assert.Contains(t, out, c.says)
			assert.NotContains(t, out, "Left out:")
			assert.Contains(t, s.files["001/register.csv"], c.verdict+";calls.csv:2 limits.days-cap limits.conversion\n")
			assert.Equal(t, calls.StateSent, s.records(t, "001")[0].State())

			dir := t.TempDir()
			files := map[string]string{"calls.csv": "worker;employer;start;channel;kind\n" + rows, "worked.csv": c.files["worked.csv"]}
			s = send(t, dir, "-dir", folder(t, files), "-now", monday, "-lawful")
			assert.Contains(t, strings.Join(strings.Fields(s.out), " "), "Left out: "+c.says)
			assert.Empty(t, s.files)
		}
	}
}

// A shift past midnight is called for both days.
func TestSendNight(t *testing.T) {
	for end, rows := range map[string]string{"02:00": "26/02/2025;27/02/2025", "27/02/2025 02:00": "26/02/2025;27/02/2025", "24:00": "", "00:00": "26/02/2025;26/02/2025", "23:00": "26/02/2025;26/02/2025"} {
		s := send(t, t.TempDir(), "-dir", folder(t, map[string]string{
			"calls.csv": "worker;employer;start;end;channel\nada;shop;2025-02-26 22:00;" + end + ";portal\n",
		}), "-now", monday)
		if rows == "" {
			assert.Equal(t, unusable, s.status)
			continue
		}
		assert.Equal(t, allLawful, s.status, s.out)
		assert.Contains(t, s.files["001/shop-portal-01.csv"], "RSSDAA64C41H501M;;"+rows+";chiamata", end)
	}
}

// What only the sender's address keeps from being written is told by its place.
func TestSendAddress(t *testing.T) {
	const rows = "ada;shop;2025-02-26 09:00;email;\nada;shop;2025-02-27 09:00;portal;\n"
	for email, want := range map[string]string{
		"":                   "calls.csv:2 ada, shop: the model needs the sender's address: employers.csv, row 2, column email",
		"\"a\nBcc: b@c.it\"": "calls.csv:2 ada, shop: employers.csv, row 2: an email or a name that cannot be written in a mail",
	} {
		s := sendLeast(t, t.TempDir(), rows, monday, edit(t, "employers.csv", "shop@example.it", email))
		assert.Equal(t, someBroken, s.status)
		assert.Contains(t, s.out, want)
		assert.Equal(t, []string{"records.json", "register.csv", "shop-portal-01.csv"}, s.names("001"))
	}
}

// Two shifts on one day are one day of work that begins with the first, in whatever
// order they stand.
func TestSendTwoShifts(t *testing.T) {
	for _, order := range [][2]string{{"10:00", "18:00"}, {"18:00", "10:00"}} {
		rows := "ada;shop;2025-03-06 " + order[0] + ";email;\nada;shop;2025-03-06 " + order[1] + ";email;\n"
		s := sendLeast(t, t.TempDir(), rows, monday, nil)
		assert.Contains(t, s.files["001/register.csv"], ";2025-03-06T10:00:00+01:00;1;2025-03-06;2025-03-06;clear")
		s = sendLeast(t, t.TempDir(), rows, "2025-03-06T12:00:00+01:00", nil)
		assert.Equal(t, someBroken, s.status)
		assert.Empty(t, s.files, "the day has begun")
	}
}

// The twelve hours decide which text messages are written.
func TestSendTwelveHours(t *testing.T) {
	for now, want := range map[string]int{
		"2025-02-24T07:59:59+01:00": 0, "2025-02-24T08:00:00+01:00": 1, "2025-02-24T08:00:01+01:00": 1,
	} {
		s := sendLeast(t, t.TempDir(), "ada;shop;2025-02-24 20:00;sms;\n", now, nil)
		n := 0
		for name := range s.files {
			if strings.HasSuffix(name, "sms-01.txt") {
				n++
			}
		}
		assert.Equal(t, want, n, now)
	}
}

// A run that fails leaves nothing behind; what is there is never replaced.
func TestSendWhole(t *testing.T) {
	dir := t.TempDir()
	m := &mailing{Letters: []letter{{files: []written{{"a.txt", []byte("a")}, {"no/b.txt", []byte("b")}}}}}
	require.Error(t, m.store(dir, 1), "a file that cannot be written")
	entries, err := os.ReadDir(dir)
	require.NoError(t, err)
	assert.Empty(t, entries)
	m.Letters[0].files = m.Letters[0].files[:1]
	require.NoError(t, m.store(dir, 1))
	assert.Equal(t, "001", m.Folder)
	require.ErrorContains(t, m.store(dir, 1), "another run wrote it meanwhile")
	entries, err = os.ReadDir(dir)
	require.NoError(t, err)
	assert.Len(t, entries, 1)
	info, err := os.Stat(filepath.Join(dir, "001", "a.txt"))
	require.NoError(t, err)
	assert.Equal(t, os.FileMode(0o600), info.Mode().Perm())
}

// Records that cannot be read stop the sending before anything is written.
func TestSendRecords(t *testing.T) {
	dir := t.TempDir()
	require.NoError(t, os.MkdirAll(filepath.Join(dir, "007"), 0o700))
	require.NoError(t, os.WriteFile(filepath.Join(dir, "007", recordsName), []byte(`[{"sent":1}]`), 0o600))
	s := send(t, dir)
	assert.Equal(t, unusable, s.status)
	assert.Contains(t, s.errs, "roster: 007/records.json: ")
	assert.Len(t, s.files, 1)
	require.NoError(t, os.WriteFile(filepath.Join(dir, "007", recordsName), []byte(`[]`), 0o600))
	assert.NotEmpty(t, send(t, dir).names("008"))
}

// A model made from the form by the user's own viewer sets the manner.
func TestLike(t *testing.T) {
	genuine := filepath.Join(t.TempDir(), "mine.xml")
	text, err := uni.Profile{Envelope: uni.Data, LongEmpty: true}.Encode(uni.Model{})
	require.NoError(t, err)
	require.NoError(t, os.WriteFile(genuine, text, 0o600))
	s := send(t, t.TempDir(), "-like", genuine)
	p, err := uni.Learn([]byte(s.files["001/bottega-model-01.xml"]))
	require.NoError(t, err)
	assert.Equal(t, uni.Profile{Envelope: uni.Data, LongEmpty: true}, p)
	for _, args := range [][]string{{"-like", "main.go"}, {"-like", "none"}} {
		s := send(t, t.TempDir(), args...)
		assert.Equal(t, unusable, s.status)
		assert.Empty(t, s.files)
	}
	var out bytes.Buffer
	assert.Equal(t, unusable, run([]string{"-like", genuine}, "en", &out, &out))
}

// As many calls as there are go into one plan: ten rows a model, a day once.
func TestPack(t *testing.T) {
	by := employer{Employer: table.Employer{Code: "07155300580"}}
	var list []*call
	for i := range 25 {
		start := time.Date(2025, 3, 1+2*(i%12), 8, 0, 0, 0, time.UTC)
		list = append(list, &call{code: []string{"RSSDAA64C41H501M", "BNCBBO64C41H501D"}[i%2], Start: start, Channel: calls.ChannelEmail})
	}
	out, err := pack(by, morning, list)
	require.NoError(t, err)
	days := 0
	for _, c := range out {
		assert.LessOrEqual(t, len(c.Rows), uni.MaxRows)
		a, err := calls.Assess(c)
		require.NoError(t, err)
		assert.NotEqual(t, law.VerdictBreach, a.Verdict)
		for _, r := range c.Rows {
			days += r.Span().Len()
		}
	}
	assert.Equal(t, 12, days, "12 days of one or the other, each once")
}

// Thirty days of a worker fill a communication, whatever the codes they are called by.
func TestPackSeveralCodes(t *testing.T) {
	by := employer{Employer: table.Employer{Code: "07155300580"}}
	var list []*call
	for i := range 40 {
		start := time.Date(2025, 3, 1+i, 8, 0, 0, 0, time.UTC)
		list = append(list, &call{code: []string{"RSSDAA64C41H501M", "BNCBBO64C41H501D"}[i/20], Start: start, Channel: calls.ChannelPortal})
	}
	out, err := pack(by, morning, list)
	require.NoError(t, err)
	assert.Len(t, out, 2)
	for _, c := range out {
		a, err := calls.Assess(c)
		require.NoError(t, err)
		assert.NotEqual(t, law.VerdictBreach, a.Verdict)
		assert.Len(t, c.Persons, 1)
	}
}
