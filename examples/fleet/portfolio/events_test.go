package portfolio

import (
	"encoding/json"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestParseEvent(t *testing.T) {
	want := Event{"01234560587", "RSSMRA80A01H501U", date.New(2026, time.February, 28), Planned}
	for _, line := range []string{
		`01234560587,RSSMRA80A01H501U,2026-02-28,planned`,
		`{"employer":"01234560587","worker":"RSSMRA80A01H501U","day":"2026-02-28","kind":"planned"}`,
	} {
		got, err := ParseEvent(line)
		require.NoError(t, err)
		assert.Equal(t, want, got)
	}
	for line, message := range map[string]string{
		`E,RSSMRA80A01H501U,2026-02-29,worked`:                                               "/day: day: ",
		`E,RSSMRA80A01H501U,28/02/2026,worked`:                                               "/day: day: ",
		`E,RSSMRA80A01H501U,,worked`:                                                         "/day: day: ",
		`E,RSSMRA80A01H501U,2026-02-28,Worked`:                                               "/kind: value: ",
		`E,RSSMRA80A01H501U,2026-02-28,`:                                                     "/kind: value: ",
		`E,,2026-02-28,worked`:                                                               "/worker: missing: ",
		`,RSSMRA80A01H501U,2026-02-28,worked`:                                                "/employer: missing: ",
		"E,RSSMRA80A01H501U\t,2026-02-28,worked":                                             "/worker: value: ",
		`E,RSSMRA80A01H501U,2026-02-28`:                                                      "value: neither ",
		`E,RSSMRA80A01H501U,2026-02-28,worked,`:                                              "value: neither ",
		`"E","RSSMRA80A01H501U","2026-02-28","worked"`:                                       "value: neither ",
		`{"employer":"E","worker":"RSSMRA80A01H501U","day":"2026-02-29","kind":"worked"}`:    "/day: day: ",
		`{"employer":"E","worker":"RSSMRA80A01H501U","day":"2026-02-28","kind":"work"}`:      "/kind: value: ",
		`{"employer":"E","worker":"RSSMRA80A01H501U","day":"2026-02-28"}`:                    "/kind: missing: ",
		`{"employer":"E","worker":"RSSMRA80A01H501U","kind":"worked"}`:                       "/day: missing: ",
		`{"employer":"E","worker":"RSSMRA80A01H501U","days":"2026-02-28"}`:                   "member: unknown member",
		`{"employer":"E\tF","worker":"RSSMRA80A01H501U","day":"2026-02-28","kind":"worked"}`: "/employer: value: ",
		`{"employer":"E"`: "json: ",
	} {
		got, err := ParseEvent(line)
		var in *law.InputError
		require.ErrorAs(t, err, &in, line)
		assert.Zero(t, got, line)
		assert.Contains(t, err.Error(), message, line)
		assert.NotContains(t, err.Error(), "RSSMRA", "no personal data in errors")
	}
}

func TestKey(t *testing.T) {
	// Two forms of one tax code are one worker; any other name is only itself.
	assert.Equal(t, Event{Employer: "E", Worker: "RSSMRA80A01H501U"}.Key(), Event{Employer: "E", Worker: "RSSMRA80A01H5LMX"}.Key())
	// So is a code in lower case, with blanks, or with a spreadsheet's apostrophe.
	assert.Equal(t, Event{Employer: "01234560587", Worker: "RSSMRA80A01H501U"}.Key(), Event{Employer: "'01234560587", Worker: " rssmra80a01 h501u"}.Key())
	assert.NotEqual(t, Event{Employer: "E", Worker: "W1"}.Key(), Event{Employer: "E", Worker: "w1"}.Key())
	assert.NotEqual(t, Event{Employer: "E1", Worker: "W"}.Key(), Event{Employer: "E", Worker: "1W"}.Key())
}

func TestMistyped(t *testing.T) {
	for _, c := range []struct {
		employer, worker string
		want             bool
	}{
		{"01234560587", "RSSMRA80A01H501U", false},
		{"01234560587", "RSSMRA80A01H501X", true},
		{"01234560587", "rssmra80a01h501x", true},
		{"01234560588", "RSSMRA80A01H501U", true},
		{"E", "W1", false},
		{"E", "0000000000000042", false}, // a number of one's own
		{"E", "SEDE-ROMA-000042", false},
		{"E", "12345678901", false},
	} {
		assert.Equal(t, c.want, Mistyped(Event{Employer: c.employer, Worker: c.worker}.Key()), "%s %s", c.employer, c.worker)
	}
}

func TestSectors(t *testing.T) {
	s := Sectors{}
	require.NoError(t, s.Add(`{"employer":"E","ateco":"56.10.11","ateco_version":2007}`))
	e := s["E"]
	assert.Equal(t, law.Yes, e.Exempt())
	for line, message := range map[string]string{
		`{"ateco":"56.10.11"}`:                       "/employer: missing: ",
		`{"employer":"E"}`:                           "/employer: member: ",
		`{"employer":"F","ateco":"561011"}`:          "/ateco: value: ",
		`{"employer":"G","sector":true}`:             "member: unknown member",
		`{"employer":"H","ateco_version":2012}`:      "/ateco_version: value: ",
		`{"employer":"I","sector_activity":"maybe"}`: "/sector_activity: json: ",
	} {
		assert.ErrorContains(t, s.Add(line), message, line)
	}
}

// FuzzParseEvent: whatever a line says, an event taken from it is whole and reads the
// same when written; an error repeats nothing of the line.
func FuzzParseEvent(f *testing.F) {
	f.Add(`01234560587,RSSMRA80A01H501U,2026-02-28,planned`)
	f.Add(`{"employer":"01234560587","worker":"RSSMRA80A01H501U","day":"2026-02-28","kind":"across-midnight"}`)
	f.Add("E,W\t,2024-02-29,worked")
	f.Add(Header)
	f.Fuzz(func(t *testing.T, line string) {
		e, err := ParseEvent(line)
		if err != nil {
			var bad *law.InputError
			require.ErrorAs(t, err, &bad)
			assert.Equal(t, Event{}, e)
			return
		}
		if !utf8.ValidString(line) {
			return // JSON cannot say it
		}
		b, err := json.Marshal(e)
		require.NoError(t, err)
		again, err := ParseEvent(string(b))
		require.NoError(t, err)
		assert.Equal(t, e.Key(), again.Key())
		assert.Equal(t, e.Mark(), again.Mark())
	})
}
