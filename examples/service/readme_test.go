package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestReadme starts the service as README.md says and sends every request that
// stands there.
func TestReadme(t *testing.T) {
	text, err := os.ReadFile("README.md")
	require.NoError(t, err)
	started := regexp.MustCompile(`(?m)^go run \. (.*)$`).FindSubmatch(text)
	require.NotNil(t, started)
	var args []string
	for _, arg := range split(t, string(started[1])) {
		if arg != "-now" && arg != sampleNow { // launch gives them
			args = append(args, arg)
		}
	}
	assert.Equal(t, []string{"-import", sampleFolder}, args)
	p := launch(t, filepath.Join(t.TempDir(), "readme.db"), args...)
	asked := 0
	for line := range strings.Lines(string(text)) {
		command, ok := strings.CutPrefix(strings.TrimSpace(line), "curl ")
		if !ok {
			continue
		}
		q := request{method: "GET"}
		list := split(t, command)
		for i := 0; i < len(list); i++ {
			switch word := list[i]; word {
			case "-X":
				i++
				q.method = list[i]
			case "--oauth2-bearer":
				i++
				assert.Equal(t, "$KEY", list[i])
			case "-d", "--data-binary":
				i++
				if q.body = list[i]; strings.HasPrefix(q.body, "@") {
					b, err := os.ReadFile(q.body[1:])
					require.NoError(t, err)
					q.body = string(b)
				}
				if q.method == "GET" {
					q.method = "POST"
				}
			case "-H":
				i++
				name, value, _ := strings.Cut(list[i], ": ")
				switch name {
				case "Content-Type":
					q.media = value
				case "Idempotency-Key":
					q.key = value
				default:
					t.Errorf("the test knows no header %s", name)
				}
			default:
				path, ok := strings.CutPrefix(word, "localhost:8080")
				require.True(t, ok, word)
				q.path = path
			}
		}
		got, err := send(p.url, q)
		require.NoError(t, err)
		assert.Less(t, got.status, 300, "%s: %s", line, got.body)
		assert.Empty(t, described.holds(q, got), line)
		asked++
	}
	assert.GreaterOrEqual(t, asked, 7)
	require.NoError(t, p.cmd.Process.Kill())
	p.wait(t)
}

// split splits a command as a shell does that knows single quotes.
func split(t *testing.T, command string) (list []string) {
	t.Helper()
	for i, part := range strings.Split(command, "'") {
		if i%2 == 1 {
			list = append(list, part)
			continue
		}
		list = append(list, strings.Fields(part)...)
	}
	return list
}

// TestAdapter holds the file that asks the rules to the size README.md gives it.
func TestAdapter(t *testing.T) {
	b, err := os.ReadFile("adapter.go")
	require.NoError(t, err)
	assert.LessOrEqual(t, strings.Count(string(b), "\n"), 150)
}
