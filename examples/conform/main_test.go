package main

import (
	"bytes"
	"encoding/json"
	"os"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain lets this test binary stand in for the program under test.
func TestMain(m *testing.M) {
	switch os.Getenv("CONFORM_ENGINE") {
	case "sound":
		if err := protocol.Lines(os.Stdin, os.Stdout); err != nil {
			os.Exit(1)
		}
	case "wrong":
		var out bytes.Buffer
		for {
			line := make([]byte, 0, 4096)
			b := make([]byte, 1)
			for {
				if n, err := os.Stdin.Read(b); n == 0 || err != nil {
					os.Exit(0)
				}
				if b[0] == '\n' {
					break
				}
				line = append(line, b[0])
			}
			out.Reset()
			out.Write(bytes.ReplaceAll(protocol.Answer(line), []byte(`"remaining":`), []byte(`"left":`)))
			out.WriteByte('\n')
			_, _ = os.Stdout.Write(out.Bytes())
		}
	case "mute":
	default:
		os.Exit(m.Run())
	}
}

func try(t *testing.T, engine string, asks ...string) (missed int, out string, err error) {
	t.Helper()
	t.Setenv("CONFORM_ENGINE", engine)
	exe, err := os.Executable()
	require.NoError(t, err)
	var b bytes.Buffer
	missed, err = run(asks, false, []string{exe}, &b)
	return missed, b.String(), err
}

func TestTheLibraryConforms(t *testing.T) {
	missed, out, err := try(t, "sound")
	require.NoError(t, err)
	assert.Zero(t, missed, out)
	assert.Contains(t, out, " kept     0 missed\n")
	assert.Contains(t, out, "  limits.days-cap ")
}

func TestMissesAreShownWithTheirQuestion(t *testing.T) {
	missed, out, err := try(t, "wrong", "limits.assess")
	require.NoError(t, err)
	assert.Positive(t, missed)
	assert.Contains(t, out, "/remaining: <nil>, expected")
	assert.Contains(t, out, "\tlimits.assess {")
	assert.NotContains(t, out, "calls.assess")
}

func TestAProgramThatStopsIsAnError(t *testing.T) {
	_, _, err := try(t, "mute")
	require.ErrorContains(t, err, "gave no answer")
	_, _, err = try(t, "sound", "limit.assess")
	require.ErrorContains(t, err, `no vectors for "limit.assess"`)
	_, err = run(nil, false, []string{"./no-such-program"}, &bytes.Buffer{})
	require.Error(t, err)
}

func TestListIsJSONLines(t *testing.T) {
	var out bytes.Buffer
	require.NoError(t, printCases(false, &out))
	n := 0
	for line := range strings.Lines(out.String()) {
		var v lawtest.Vector
		require.NoError(t, json.Unmarshal([]byte(line), &v))
		assert.NotEmpty(t, v.Source)
		n++
	}
	assert.Greater(t, n, 800)
}

func TestQuestionsAreAnswered(t *testing.T) {
	var list, out bytes.Buffer
	require.NoError(t, printCases(true, &list))
	n := strings.Count(list.String(), "\n")
	require.NoError(t, protocol.Lines(&list, &out))
	assert.Equal(t, n, strings.Count(out.String(), "\n"))
	assert.NotContains(t, out.String(), `"code":"member","path":"/name"`, "a case is no question")
}
