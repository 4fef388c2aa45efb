package protocol_test

import (
	"bytes"
	"encoding/json"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func answers(t testing.TB, in string) []string {
	t.Helper()
	var out bytes.Buffer
	require.NoError(t, protocol.Lines(strings.NewReader(in), &out))
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// engine asks as another process would: a line in, a line out.
func engine(t testing.TB) lawtest.Engine {
	return func(ask string, in json.RawMessage) lawtest.Answer {
		line, err := json.Marshal(map[string]any{"id": "1", "ask": ask, "in": in})
		require.NoError(t, err)
		var a lawtest.Answer
		require.NoError(t, json.Unmarshal(protocol.Answer(line), &a))
		return a
	}
}

func TestConforms(t *testing.T) {
	misses, err := preflighttest.Conform(engine(t))
	require.NoError(t, err)
	for _, m := range misses {
		t.Error(m)
	}
}

func TestEveryLineIsAnswered(t *testing.T) {
	long := `{"id":"long","ask":"cf.parse","in":{"code":"` + strings.Repeat("A", 2<<20) + `"}}`
	for _, x := range []struct{ name, in, id, code, path string }{
		{"empty", "", "null", "json", ""},
		{"not JSON", "not json", "null", "json", ""},
		{"a list", "[]", "null", "json", ""},
		{"text after the object", `{"id":"1","ask":"cf.parse","in":{}} x`, `"1"`, "json", ""},
		{"cut short", `{"id":"1","ask":"cf.parse"`, `"1"`, "json", ""},
		{"unknown question", `{"id":"1","ask":"cf.guess","in":{}}`, `"1"`, "ask", "/ask"},
		{"no question", `{"id":7}`, "7", "ask", "/ask"},
		{"unknown member", `{"id":"1","ask":"cf.parse","in":{},"out":{}}`, `"1"`, "member", ""},
		{"repeated member", `{"id":"1","ask":"cf.parse","ask":"cf.parse","in":{}}`, `"1"`, "member", "/ask"},
		{"unknown member inside", `{"id":"1","ask":"limits.assess","in":{"on":"2025-07-23","today":1}}`, `"1"`, "member", ""},
		{"repeated member inside", `{"id":"1","ask":"limits.assess","in":{"on":"2025-07-23","on":"2025-07-24"}}`, `"1"`, "member", "/on"},
		{"impossible day", `{"id":"1","ask":"limits.assess","in":{"on":"2025-02-30"}}`, `"1"`, "day", "/on"},
		{"wrong type", `{"id":"1","ask":"limits.assess","in":{"on":20250723}}`, `"1"`, "json", "/on"},
		{"inverted span", `{"id":"1","ask":"limits.assess","in":{"on":"2025-07-23","worked":[{"first":"2025-02-02","last":"2025-02-01"}]}}`, `"1"`, "span", "/worked/0"},
		{"missing", `{"id":"1","ask":"limits.assess","in":{}}`, `"1"`, "missing", "/on"},
		{"without in", `{"id":"1","ask":"limits.assess"}`, `"1"`, "missing", "/on"},
		{"bad amount", `{"id":"1","ask":"limits.headcount","in":{"month":"2025-10","divisor":"1e3"}}`, `"1"`, "amount", "/divisor"},
		{"bad month", `{"id":"1","ask":"limits.headcount","in":{"month":"2025-13","divisor":"173"}}`, `"1"`, "value", "/month"},
		{"bad instant", `{"id":"1","ask":"preflight.run","in":{"now":"2025-02-20T09:00:00"}}`, `"1"`, "instant", "/now"},
		{"bad code", `{"id":"1","ask":"cf.parse","in":{"code":"RSSMRA80A01H501X"}}`, `"1"`, "cf.check", "/code"},
		{"invalid UTF-8", "{\"id\":\"1\",\"ask\":\"cf.parse\",\"in\":{\"code\":\"\xff\"}}", `"1"`, "json", ""},
		{"too long", long, "null", "too-long", ""},
	} {
		t.Run(x.name, func(t *testing.T) {
			lines := answers(t, x.in+"\n"+`{"id":"next","ask":"cf.parse","in":{"code":"RSSMRA80A01H501U"}}`+"\n")
			require.Len(t, lines, 2, "the next line is read")
			var got struct {
				ID    json.RawMessage
				Error struct{ Code, Path string }
			}
			require.NoError(t, json.Unmarshal([]byte(lines[0]), &got))
			assert.Equal(t, x.id, string(got.ID))
			assert.Equal(t, x.code, got.Error.Code)
			assert.Equal(t, x.path, got.Error.Path)
			assert.Contains(t, lines[1], `"id":"next","out":`)
		})
	}
}

func TestLastLineNeedsNoEnd(t *testing.T) {
	q := `{"id":"1","ask":"cf.parse","in":{"code":"RSSMRA80A01H501U"}}`
	assert.Len(t, answers(t, q), 1)
	assert.Equal(t, answers(t, q), answers(t, q+"\r\n"))
	assert.Equal(t, []string{""}, answers(t, ""))
}

// An answer over 4 MiB that is more than 40 times its question is refused; the same rows
// in a question that is longer by itself are answered.
func TestAnAnswerOutOfProportionIsRefused(t *testing.T) {
	rows := func(n int) string {
		row := `{"worker":"RSSMRA80A01H501U","first":"2025-06-01","last":"2025-06-30"}`
		return `{"ask":"calls.assess","in":{"kind":"call","channel":"portal","sent":"2025-05-30T10:00:00+02:00","employer":"00000010157","rows":[` +
			strings.Repeat(row+",", n-1) + row + "]}}"
	}
	ask := func(question string) (answer []byte, ratio float64) {
		answer = protocol.Answer([]byte(question))
		return answer, float64(len(answer)) / float64(len(question))
	}
	few, ratio := ask(rows(300))
	assert.Contains(t, string(few), `"out":`)
	assert.Greater(t, ratio, 40.0, "small enough for any ratio")
	many, _ := ask(rows(3000))
	assert.Contains(t, string(many), `"code":"too-long"`)
	assert.Less(t, len(many), 1000)
	padded, _ := ask(rows(1200) + strings.Repeat(" ", protocol.MaxLine/2))
	assert.Contains(t, string(padded), `"out":`)
	assert.Greater(t, len(padded), protocol.FreeAnswer)
}

// A line that is too long must not be held in memory: 64 MiB of it cost less than 8.
func TestTooLongALineIsNotBuffered(t *testing.T) {
	in := io.MultiReader(io.LimitReader(letters{}, 64<<20), strings.NewReader("\n"))
	var out bytes.Buffer
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	require.NoError(t, protocol.Lines(in, &out))
	runtime.ReadMemStats(&after)
	assert.Contains(t, out.String(), "too-long")
	assert.Less(t, after.TotalAlloc-before.TotalAlloc, uint64(4<<20+protocol.MaxLine*4))
}

type letters struct{}

func (letters) Read(p []byte) (int, error) {
	for i := range p {
		p[i] = 'A'
	}
	return len(p), nil
}

type broken struct{}

func (broken) Read([]byte) (int, error)  { return 0, io.ErrUnexpectedEOF }
func (broken) Write([]byte) (int, error) { return 0, io.ErrClosedPipe }

func TestFailingInputAndOutputAreTold(t *testing.T) {
	assert.ErrorIs(t, protocol.Lines(broken{}, io.Discard), io.ErrUnexpectedEOF)
	assert.ErrorIs(t, protocol.Lines(strings.NewReader("x\n"), broken{}), io.ErrClosedPipe)
}

func FuzzAnswer(f *testing.F) {
	f.Add([]byte(`{"id":"1","ask":"limits.assess","in":{"on":"2025-07-23","worked":["2025-07-01"]}}`))
	f.Add([]byte(`{"id":"1","ask":"calls.decode","in":{"text":"I RSSMRA80A01H501U"}}`))
	f.Add([]byte(`{"id":{},"ask":"preflight.run","in":{"now":"2025-02-20T09:00:00Z"}}`))
	f.Fuzz(func(t *testing.T, line []byte) {
		var a struct {
			Out   json.RawMessage
			Error *struct{ Code string }
		}
		b := protocol.Answer(line)
		if err := json.Unmarshal(b, &a); err != nil || bytes.ContainsRune(b, '\n') {
			t.Fatalf("not one line of JSON: %q %v", b, err)
		}
		if (a.Out == nil) == (a.Error == nil) || a.Error != nil && a.Error.Code == "" {
			t.Fatalf("neither an answer nor a refusal: %q", b)
		}
	})
}
