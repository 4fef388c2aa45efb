package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"flag"
	"maps"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"

	"github.com/google/jsonschema-go/jsonschema"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/modelcontextprotocol/go-sdk/mcp"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// TestMain is the program itself where a test has started it as a server.
func TestMain(m *testing.M) {
	if os.Getenv("MCP_TEST_SERVER") != "" {
		os.Args = os.Args[:1]
		flag.CommandLine = flag.NewFlagSet("mcp", flag.ExitOnError)
		main()
		return
	}
	os.Exit(m.Run())
}

// versions are those before and after a server may ask the user by itself.
var versions = []string{"2025-06-18", multiRound}

func program(t *testing.T) (*exec.Cmd, *bytes.Buffer) {
	t.Helper()
	logged := &bytes.Buffer{}
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env, cmd.Stderr = append(os.Environ(), "MCP_TEST_SERVER=1"), logged
	return cmd, logged
}

// connect starts the program and connects a client to it, over standard input and output.
func connect(t *testing.T, version string, form func(*mcp.ElicitParams) (*mcp.ElicitResult, error)) (*mcp.ClientSession, *bytes.Buffer) {
	t.Helper()
	options := &mcp.ClientOptions{}
	if form != nil {
		options.ElicitationHandler = func(_ context.Context, r *mcp.ElicitRequest) (*mcp.ElicitResult, error) { return form(r.Params) }
	}
	cmd, logged := program(t)
	client := mcp.NewClient(&mcp.Implementation{Name: "script", Version: "1"}, options)
	s, err := client.Connect(t.Context(), &mcp.CommandTransport{Command: cmd}, &mcp.ClientSessionOptions{ProtocolVersion: version})
	require.NoError(t, err)
	t.Cleanup(func() { _ = s.Close() })
	return s, logged
}

type told struct {
	Out struct {
		Verdict string
		Checks  []struct{ Outcome string }
	}
	Error   struct{ Code, Path string }
	Missing []struct{ Path, EN, IT string }
	Clock   string
}

func call(t *testing.T, s *mcp.ClientSession, name, arguments string) (r *mcp.CallToolResult, a told, text string) {
	t.Helper()
	r, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: name, Arguments: json.RawMessage(arguments)})
	require.NoError(t, err)
	b, err := json.Marshal(r.StructuredContent)
	require.NoError(t, err)
	require.NoError(t, json.Unmarshal(b, &a))
	require.Len(t, r.Content, 2)
	return r, a, r.Content[0].(*mcp.TextContent).Text
}

func TestToolsAreTheQuestions(t *testing.T) {
	s, _ := connect(t, "", nil)
	list, err := s.ListTools(t.Context(), nil)
	require.NoError(t, err)
	var names []string
	for _, tool := range list.Tools {
		names = append(names, strings.Replace(tool.Name, "_", ".", 1))
		assert.NotEmpty(t, tool.Title, tool.Name)
		assert.True(t, tool.Annotations.ReadOnlyHint)
		b, err := json.Marshal(tool)
		require.NoError(t, err)
		assert.NotContains(t, string(b), "$ref")
	}
	assert.ElementsMatch(t, protocol.Questions(), names)
	assert.Len(t, titles, len(names))
}

// TestCases asks every case of the library: the answer is that of the protocol, and both
// sides are as the schemas of the tools say.
func TestCases(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	of, schemas := map[string]*tool{}, map[string][2]*jsonschema.Resolved{}
	for _, x := range tools(options{clock: time.Now, lang: "it"}) {
		of[x.ask] = x
		var pair [2]*jsonschema.Resolved
		for i, s := range []object{x.in, x.out} {
			var schema jsonschema.Schema
			b, err := json.Marshal(s)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(b, &schema))
			pair[i], err = schema.Resolve(nil)
			require.NoError(t, err)
		}
		schemas[x.ask] = pair
	}
	for _, v := range all {
		x := of[v.Ask]
		if x == nil {
			require.NotNil(t, v.Error, v.Name)
			continue
		}
		a := x.answer(v.In)
		if a.Clock == "" {
			var want struct{ Out, Error json.RawMessage }
			require.NoError(t, json.Unmarshal(protocol.Answer([]byte(`{"ask":"`+v.Ask+`","in":`+string(v.In)+`}`)), &want))
			require.Equal(t, string(want.Out)+string(want.Error), string(a.Out)+string(a.Error), v.Name)
		}
		var in, out any
		for _, x.brief = range []bool{true, false} {
			b, err := json.Marshal(x.result(a).StructuredContent)
			require.NoError(t, err)
			require.NoError(t, json.Unmarshal(b, &out))
			require.NoError(t, schemas[v.Ask][1].Validate(out), v.Name)
		}
		if a.Error == nil {
			require.NoError(t, json.Unmarshal(v.In, &in))
			require.NoError(t, schemas[v.Ask][0].Validate(present(in)), v.Name)
		}
	}
}

// present leaves out the members that are null, which means absent.
func present(x any) any {
	switch x := x.(type) {
	case object:
		maps.DeleteFunc(x, func(_ string, v any) bool { return present(v) == nil })
	case []any:
		for _, v := range x {
			present(v)
		}
	}
	return x
}

const tonight = `{"now":"2025-07-11T18:00:00+02:00","start":"2025-07-11T20:00:00+02:00","worker":{"birth":"2003-05-14","code":"BSSNNA03E54H501G"},"contract":{"signed":"2024-06-01","work":{"first":"2024-06-03"}}}`

func TestMissingFactsAreListed(t *testing.T) {
	s, logged := connect(t, "", nil)
	r, a, text := call(t, s, "preflight_run", tonight)
	assert.False(t, r.IsError)
	assert.Equal(t, "undetermined", a.Out.Verdict)
	assert.Contains(t, text, "- se sono sostituiti lavoratori in sciopero (/contract/unit/replaces_strikers)\n")
	require.NotEmpty(t, a.Missing)
	assert.Equal(t, "whether the employer is a public administration", a.Missing[0].EN)
	assert.Empty(t, a.Clock)
	whole, err := json.Marshal(r.StructuredContent)
	require.NoError(t, err)
	assert.Less(t, 2*len(r.Content[0].(*mcp.TextContent).Text+r.Content[1].(*mcp.TextContent).Text), len(whole))
	assert.Contains(t, string(whole), "www.normattiva.it")
	assert.NotContains(t, r.Content[1].(*mcp.TextContent).Text, "www.normattiva.it")
	t.Logf("structured %d bytes, summary %d, text %d", len(whole), len(text), len(r.Content[1].(*mcp.TextContent).Text))

	r, a, text = call(t, s, "limits_assess", `{}`)
	assert.True(t, r.IsError)
	assert.Equal(t, "missing", a.Error.Code)
	assert.Contains(t, text, "- il giorno richiesto (/on)\n")

	_, a, text = call(t, s, "preflight_run", `{"start":"2025-07-11T20:00:00+02:00"}`)
	assert.NotEmpty(t, a.Clock, "the server's clock is told")
	assert.Contains(t, text, "secondo l'orologio del server")
	require.NoError(t, s.Close())
	assert.Empty(t, logged.String())
}

func TestMissingFactsAreAsked(t *testing.T) {
	for _, version := range versions {
		t.Run(version, func(t *testing.T) {
			var form *mcp.ElicitParams
			reply := &mcp.ElicitResult{Action: "accept", Content: object{"/contract/unit/replaces_strikers": "no",
				"/contract/employer/risk_assessment": "non so", "/contract/contract/written": "sì", "/contract/contract/hire_notice": ""}}
			var failure error
			s, _ := connect(t, version, func(p *mcp.ElicitParams) (*mcp.ElicitResult, error) { form = p; return reply, failure })
			_, before, _ := call(t, s, "preflight_run", tonight)
			fields := form.RequestedSchema.(object)["properties"].(object)
			assert.Equal(t, "se sono sostituiti lavoratori in sciopero", fields["/contract/unit/replaces_strikers"].(object)["title"])
			assert.Equal(t, []any{"non so", "sì", "no"}, fields["/contract/unit/replaces_strikers"].(object)["enum"])
			assert.NotContains(t, fields, "/contract/unit/suspensions", "a list cannot be asked for in a form")
			for _, f := range before.Missing {
				assert.NotContains(t, []string{"/contract/unit/replaces_strikers", "/contract/contract/written"}, f.Path)
			}
			assert.NotEmpty(t, before.Missing, "what the user does not know stays missing")
			assert.Equal(t, "undetermined", before.Out.Verdict, "nobody on strike is replaced")

			reply = &mcp.ElicitResult{Action: "decline", Content: reply.Content}
			_, after, _ := call(t, s, "preflight_run", tonight)
			assert.Len(t, after.Missing, len(before.Missing)+2)

			reply = &mcp.ElicitResult{Action: "accept", Content: object{"/on": "2025-07-23"}}
			_, a, _ := call(t, s, "limits_assess", `{"worked":["2025-07-22"]}`)
			assert.Empty(t, a.Error.Code, "a needed fact is asked for too")
			reply.Content = object{"/on": "il 23 luglio", "/worked": "tutti"}
			_, a, _ = call(t, s, "limits_assess", `null`)
			assert.Equal(t, "day", a.Error.Code, "only what was asked is read, and judged as every argument")

			reply.Content = object{"/rows/0/start": "2025-07-11T20:00:00+02:00"}
			_, a, _ = call(t, s, "calls_assess", `{"kind":"call","channel":"portal","sent":"2025-07-11T19:00:00+02:00","employer":"00000010017","rows":[{"worker":"RSSMRA80A01H501U","first":"2025-07-11"}]}`)
			assert.Equal(t, "clear", a.Out.Verdict, "a fact in a list: %v", a)
			reply.Content = object{"/week/year": "2026"}
			_, a, _ = call(t, s, "indemnity_topup", `{"week":{"pay":"200.00"}}`)
			assert.Empty(t, a.Error.Code, "a whole number")
			form = nil
			_, a, _ = call(t, s, "limits_assess", `{"on":"2025-07-23","history_incomplete":true}`)
			assert.NotEmpty(t, a.Missing)
			require.NotNil(t, form)
			assert.NotContains(t, form.RequestedSchema.(object)["properties"], "/history_incomplete", "what was said is not asked again")

			reply.Content = object{"/workers/1/contract/contract/written": "sì"}
			_, a, text := call(t, s, "preflight_plan", `{"now":"2025-07-11T18:00:00+02:00","workers":[
				{"worker":{"code":"RSSMRA80A01H501U"},"contract":{"work":{"first":"2024-06-03"},"signed":"2024-06-01"},"starts":["2025-07-11T17:00:00+02:00"]},
				{"worker":{"code":"BSSNNA03E54H501G"},"contract":{"work":{"first":"2024-06-03"},"signed":"2024-06-01"},"starts":["2025-07-12T20:00:00+02:00"]}]}`)
			assert.Contains(t, text, "alle 17:00. [art. 15, c. 3, d.lgs. 81/2015; circ. MLPS 20/2012] (/workers/0/starts/0)\n")
			assert.Contains(t, text, "- se il contratto è scritto (/workers/0/contract/contract/written)\n")
			assert.NotContains(t, text, "/workers/1/contract/contract/written")

			if version != multiRound {
				failure = errors.New("no window")
				_, a, _ = call(t, s, "preflight_run", tonight)
				assert.Len(t, a.Missing, len(after.Missing), "a client that fails to ask gets the list")
			}
		})
	}
}

func TestHostileArgumentsGetErrors(t *testing.T) {
	s, logged := connect(t, "", nil)
	for _, x := range []struct{ name, tool, arguments, code string }{
		{"a list", "limits_assess", `["RSSMRA80A01H501U"]`, "json"},
		{"a word", "preflight_run", `"RSSMRA80A01H501U"`, "json"},
		{"repeated member", "limits_assess", `{"on":"2025-07-23","on":"2025-07-24"}`, "member"},
		{"repeated now", "preflight_run", `{"now":null,"now":"2025-07-11T18:00:00+02:00"}`, "member"},
		{"unknown member", "limits_assess", `{"RSSMRA80A01H501U":1}`, "member"},
		{"an id of the protocol", "limits_assess", `{"on":"2025-07-23","ask":"cf.parse"}`, "member"},
		{"impossible day", "limits_assess", `{"on":"2025-02-30"}`, "day"},
		{"wrong type", "limits_assess", `{"on":20250723}`, "json"},
		{"huge number", "calls_assess", `{"models":1e999}`, "json"},
		{"bad code", "cf_parse", `{"code":"RSSMRA80A01H501X"}`, "cf.check"},
		{"deep", "limits_assess", `{"worked":` + strings.Repeat("[", 900) + strings.Repeat("]", 900) + `}`, "json"},
		{"too long", "cf_parse", `{"code":"` + strings.Repeat("A", 2<<20) + `"}`, "too-long"},
		{"too long with a clock", "preflight_run", `{"worker":{"code":"` + strings.Repeat("A", 2<<20) + `"}}`, "too-long"},
	} {
		t.Run(x.name, func(t *testing.T) {
			r, a, text := call(t, s, x.tool, x.arguments)
			assert.True(t, r.IsError)
			assert.Equal(t, x.code, a.Error.Code, text)
			assert.NotContains(t, text, "RSSMRA80A01H501", "an error repeats no code")
		})
	}
	_, err := s.CallTool(t.Context(), &mcp.CallToolParams{Name: "limits_guess"})
	require.Error(t, err)
	_, err = s.CallTool(t.Context(), &mcp.CallToolParams{Name: "limits_assess", Arguments: json.RawMessage(`{"worked":["2025-07-22"]}`),
		InputResponses: mcp.InputResponseMap{"facts": &mcp.ElicitResult{Action: "accept", Content: object{"/worked/0": 1, "": 2}}}})
	require.NoError(t, err)
	_, a, _ := call(t, s, "limits_assess", `{"on":"2025-07-23"}`)
	assert.Empty(t, a.Error.Code, "the server answers still")
	require.NoError(t, s.Close())
	assert.Empty(t, logged.String(), "nothing that was asked is logged")
}

func TestWhatIsNoMessageEndsTheConnection(t *testing.T) {
	for _, in := range []string{"RSSMRA80A01H501U\n", `{"jsonrpc":"2.0","id":1,"method":"RSSMRA80A01H501U"` + "\n", strings.Repeat("[", 1<<20), `{"jsonrpc":"2.0","id":1,"method":"ping","params":` + strings.Repeat("[", 2000) + strings.Repeat("]", 2000) + "}\n"} {
		cmd, logged := program(t)
		cmd.Stdin = strings.NewReader(in)
		out, err := cmd.Output()
		assert.Error(t, err)
		assert.Empty(t, out)
		assert.Equal(t, "mcp: the connection ended with an error\n", logged.String())
	}
}

// TestReadme holds the tool's words in the sample dialogue to the program.
func TestReadme(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	require.NoError(t, err)
	_, rest, _ := strings.Cut(string(readme), "```json\n")
	arguments, rest, _ := strings.Cut(rest, "```\n")
	_, rest, _ = strings.Cut(rest, "```text\n")
	want, _, ok := strings.Cut(rest, "```\n")
	require.True(t, ok)
	s, _ := connect(t, "", nil)
	_, _, text := call(t, s, "preflight_run", arguments)
	assert.Equal(t, want, text)
}
