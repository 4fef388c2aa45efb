package main

import (
	"bytes"
	"encoding/json"
	"flag"
	"io"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

const question = `{"id":"1","ask":"cf.parse","in":{"code":"RSSMRA80A01H501U"}}`

func TestFilesAndStandardInput(t *testing.T) {
	var in, out bytes.Buffer
	require.NoError(t, run(false, false, nil, strings.NewReader(question), &in))
	name := filepath.Join(t.TempDir(), "q.jsonl")
	require.NoError(t, os.WriteFile(name, []byte("\ufeff"+question+"\r\n"), 0o600))
	require.NoError(t, run(false, false, []string{name, name}, strings.NewReader("not read"), &out))
	assert.Equal(t, strings.Repeat(in.String(), 2), out.String())
	assert.Contains(t, out.String(), `"code":"RSSMRA80A01H501U"`)
	assert.ErrorIs(t, run(false, false, []string{name + ".none"}, nil, io.Discard), os.ErrNotExist)
}

func TestSchemaAndVersion(t *testing.T) {
	var schema, version bytes.Buffer
	require.NoError(t, run(true, false, nil, nil, &schema))
	assert.True(t, json.Valid(schema.Bytes()))
	require.NoError(t, run(false, true, nil, nil, &version))
	assert.Equal(t, "edition "+law.Edition+"\nvalues "+preflight.Values()+"\n", version.String())
}

var update = flag.Bool("update", false, "write the answers into README.md")

// TestReadme asks the README's questions and holds its answers to the letter, in the
// short form of [shorten]; -update writes them.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	asked := map[string]bool{}
	pairs := regexp.MustCompile("(?m)^> (.*)\n< (.*)$")
	written := pairs.ReplaceAllStringFunc(string(text), func(pair string) string {
		question := pairs.FindStringSubmatch(pair)[1]
		var q struct{ Ask string }
		require.NoError(t, json.Unmarshal([]byte(question), &q))
		asked[q.Ask] = true
		return "> " + question + "\n< " + shorten(t, string(protocol.Answer([]byte(question))))
	})
	if *update {
		require.NoError(t, os.WriteFile("README.md", []byte(written), 0o644))
		return
	}
	assert.Equal(t, written, string(text), "run with -update and read the diff")
	for _, name := range protocol.Questions() {
		assert.True(t, asked[name], "%s is not shown", name)
	}
}

// shorten leaves of the checks the rule and the outcome of the first that failed beyond
// an advice, or else of the first, of long lists the first element, and drops citations,
// contributions and notes.
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
		for _, long := range []string{"cites", "contributions", "exemption_cites", "diffida", "authority"} {
			delete(v, long)
		}
		for _, list := range []string{"parts", "rules", "terminations", "fixed_term", "treatment", "lines"} {
			if all, ok := v[list].([]any); ok && len(all) > 1 {
				v[list] = all[:1]
			}
		}
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
