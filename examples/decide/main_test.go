package main

import (
	"bytes"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const question = `{"id":"1","ask":"cf.parse","in":{"code":"RSSMRA80A01H501U"}}`

func TestFilesAndStandardInput(t *testing.T) {
	var in, out bytes.Buffer
	require.NoError(t, files(nil, strings.NewReader(question), &in))
	name := filepath.Join(t.TempDir(), "q.jsonl")
	require.NoError(t, os.WriteFile(name, []byte("\ufeff"+question+"\r\n"), 0o600))
	require.NoError(t, files([]string{name, name}, strings.NewReader("not read"), &out))
	assert.Equal(t, strings.Repeat(in.String(), 2), out.String())
	assert.Contains(t, out.String(), `"code":"RSSMRA80A01H501U"`)
	assert.ErrorIs(t, files([]string{name + ".none"}, nil, io.Discard), os.ErrNotExist)
}

// TestReadme asks the README's questions and holds its answers to the letter, in the
// short form of [shorten].
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	asked := map[string]bool{}
	for _, p := range regexp.MustCompile("(?m)^> (.*)\n< (.*)$").FindAllStringSubmatch(string(text), -1) {
		assert.Equal(t, p[2], shorten(t, string(protocol.Answer([]byte(p[1])))), p[1])
		var q struct{ Ask string }
		require.NoError(t, json.Unmarshal([]byte(p[1]), &q))
		asked[q.Ask] = true
	}
	for _, name := range protocol.Questions() {
		assert.True(t, asked[name], "%s is not shown", name)
	}
}

// shorten leaves of the checks the rule and the outcome of the first that failed beyond
// an advice, or else of the first, and drops citations and contributions.
func shorten(t *testing.T, answer string) string {
	var a map[string]any
	require.NoError(t, json.Unmarshal([]byte(answer), &a))
	drop(a)
	b, err := json.Marshal(a)
	require.NoError(t, err)
	return string(b)
}

func drop(v any) {
	switch v := v.(type) {
	case map[string]any:
		delete(v, "cites")
		delete(v, "contributions")
		for name, x := range v {
			if checks, ok := x.([]any); ok && name == "checks" && len(checks) > 0 {
				v[name] = []any{telling(checks)}
				continue
			}
			drop(x)
		}
	case []any:
		for _, x := range v {
			drop(x)
		}
	}
}

func telling(checks []any) any {
	short := func(c any) map[string]any {
		m := c.(map[string]any)
		s := map[string]any{"rule": m["rule"], "outcome": m["outcome"]}
		if m["severity"] != nil {
			s["severity"] = m["severity"]
		}
		return s
	}
	for _, c := range checks {
		if s := short(c); s["outcome"] == "fail" && s["severity"] != "advice" {
			return s
		}
	}
	return short(checks[0])
}
