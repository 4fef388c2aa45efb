package lawtest

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/rand"
	"os"
	"testing"

	"github.com/leanovate/gopter"
	"github.com/leanovate/gopter/gen"
	"github.com/rickb777/date/v2"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// echo is what the test program does when it is started as the engine of a test: it
// answers with the facts, refuses the question "refuse", writes no JSON to "broken" and
// ends at "end".
const echo = "LAWTEST_ECHO"

func TestMain(m *testing.M) {
	if os.Getenv(echo) == "" {
		os.Exit(m.Run())
	}
	for in := bufio.NewScanner(os.Stdin); in.Scan(); {
		var q struct {
			Ask string
			In  json.RawMessage
		}
		_ = json.Unmarshal(in.Bytes(), &q)
		switch q.Ask {
		case "refuse":
			fmt.Println(`{"id":"1","error":{"code":"missing","path":"/on","message":"no day"}}`)
		case "broken":
			fmt.Println(`{`)
		case "end":
			os.Exit(3)
		default:
			fmt.Printf("{\"id\":\"1\",\"out\":%s}\n", q.In)
		}
	}
}

func TestCommand(t *testing.T) {
	t.Setenv(echo, "1")
	start := func() (Engine, func() error) {
		ask, stop, err := Command(os.Args[0])
		require.NoError(t, err)
		return ask, stop
	}
	stopped := Answer{Error: &Refusal{Code: "stopped"}}

	ask, stop := start()
	assert.JSONEq(t, `{"a":1}`, string(ask("echo", json.RawMessage(`{"a":1}`)).Out))
	assert.Equal(t, &Refusal{Code: "missing", Path: "/on", Message: "no day"}, ask("refuse", json.RawMessage(`{}`)).Error)
	assert.JSONEq(t, `2`, string(ask("echo", json.RawMessage(`2`)).Out))
	require.NoError(t, stop())

	ask, stop = start()
	assert.Equal(t, stopped, ask("broken", json.RawMessage(`{}`)))
	assert.Equal(t, stopped, ask("echo", json.RawMessage(`{}`)))
	require.ErrorContains(t, stop(), "the program gave no answer to broken: unexpected end of JSON input")

	ask, stop = start()
	assert.Equal(t, stopped, ask("end", json.RawMessage(`{}`)))
	require.ErrorContains(t, stop(), "the program gave no answer to end: EOF")

	ask, stop = start()
	assert.Equal(t, stopped, ask("echo", json.RawMessage(`{`)), "facts that are no JSON")
	require.Error(t, stop())

	_, _, err := Command("no such program")
	assert.Error(t, err)
}

func TestDraw(t *testing.T) {
	lo, hi := date.New(2024, 1, 1), date.New(2025, 12, 31)
	first := Draw[date.Date](rand.New(rand.NewSource(7)), Day(lo, hi))
	assert.Equal(t, first, Draw[date.Date](rand.New(rand.NewSource(7)), Day(lo, hi)), "the same source, the same day")
	r := rand.New(rand.NewSource(7))
	for range 100 {
		d := Draw[date.Date](r, Day(lo, hi))
		assert.True(t, lo <= d && d <= hi)
	}
	even := gen.IntRange(0, 9).SuchThat(func(n int) bool { return n%2 == 0 })
	for range 100 {
		assert.Zero(t, Draw[int](r, even)%2, "what the generator discards is drawn again")
	}
	assert.Panics(t, func() { Draw[int](r, gen.Fail(gopter.NewEmptyResult(nil).ResultType)) })
}
