package main

import (
	"net/http"
	"net/http/httptest"
	"path"
	"regexp"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestOnlyTheLoopbackIsServed(t *testing.T) {
	for _, address := range []string{":0", "0.0.0.0:0", "[::]:0", "192.0.2.1:0"} {
		_, err := listen(address)
		require.ErrorContains(t, err, "not of the loopback", address)
	}
	_, err := listen("no address")
	require.Error(t, err)
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	require.NoError(t, l.Close())
}

func TestServe(t *testing.T) {
	files, err := folder("page")
	require.NoError(t, err)
	h := handler(files)
	for _, x := range []struct {
		method, host, path string
		status             int
		kind               string
	}{
		{"GET", "127.0.0.1:8080", "/", 200, "text/html; charset=utf-8"},
		{"GET", "localhost:8080", "/index.html", 200, "text/html; charset=utf-8"},
		{"GET", "[::1]:8080", "/style.css", 200, "text/css; charset=utf-8"},
		{"HEAD", "localhost", "/page.js", 200, "text/javascript; charset=utf-8"},
		{"GET", "localhost", "/none.js", 404, ""},
		{"GET", "localhost", "/x/page.js", 404, ""},
		{"GET", "localhost", "/..%2fpage.js", 404, ""},
		{"POST", "localhost", "/", 405, ""},
		{"GET", "example.org", "/", 403, ""},
		{"GET", "127.0.0.1.example.org", "/", 403, ""},
		{"GET", "192.0.2.1", "/", 403, ""},
	} {
		r := httptest.NewRequest(x.method, x.path, http.NoBody)
		r.Host = x.host
		w := httptest.NewRecorder()
		h.ServeHTTP(w, r)
		assert.Equal(t, x.status, w.Code, "%s %s%s", x.method, x.host, x.path)
		if x.kind != "" {
			assert.Equal(t, x.kind, w.Header().Get("Content-Type"))
		}
		assert.Equal(t, policy(files["index.html"])+"; frame-ancestors 'none'", w.Header().Get("Content-Security-Policy"))
		assert.Equal(t, "nosniff", w.Header().Get("X-Content-Type-Options"))
	}
}

// The policy admits nothing but the page's own scripts and style, and no connection at
// all; no file of the page names a place outside.
func TestThePageKeepsToItself(t *testing.T) {
	files, err := folder("page")
	require.NoError(t, err)
	assert.Equal(t, []string{
		"default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "base-uri 'none'", "form-action 'none'",
		"require-trusted-types-for 'script'", "trusted-types 'none'",
	}, strings.Split(policy(files["index.html"]), "; "))
	assert.Equal(t, "default-src 'none'", policy(nil), "a page without a policy may do nothing")
	address := regexp.MustCompile(`(?i:(https?:)?//[a-z0-9-]+\.[a-z])|\burl\(|@import|innerHTML|eval\(`)
	for name, b := range files {
		text := strings.ReplaceAll(string(b), "http://www.w3.org/2000/svg", "") // a name, never asked for
		assert.Empty(t, address.FindAllString(text, -1), name)
	}
	for _, m := range regexp.MustCompile(`(?:src|href)="([^"]*)"`).FindAllStringSubmatch(string(files["index.html"]), -1) {
		assert.True(t, strings.HasPrefix(m[1], "#") || path.Base(m[1]) == m[1], m[1])
	}
}

// Whatever the page says, it says in both languages, side by side.
func TestThePageSpeaksTwoLanguages(t *testing.T) {
	files, err := folder("page")
	require.NoError(t, err)
	html := string(files["index.html"])
	assert.Equal(t, strings.Count(html, `class="it" lang="it"`), strings.Count(html, `class="en" lang="en"`))
	assert.Greater(t, strings.Count(html, `class="it"`), 10)
}

func TestDeclarations(t *testing.T) {
	got, err := declarations([]byte(`{
		"$defs": {
			"a.Word": {"enum": ["x", "y"], "description": "Word is one of two."},
			"a.Thing": {"type": "object", "required": ["word"], "properties": {
				"word": {"$ref": "#/$defs/a.Word"}, "days": {"type": ["array", "null"], "items": {"anyOf": [{"type": "string"}, {"$ref": "#/$defs/a.Thing"}]}},
				"count": {"type": "integer", "description": "how many */ there are"}, "by": {"type": "object", "additionalProperties": {"type": "boolean"}},
				"facts": {"type": "object", "additionalProperties": true}, "any": {}}},
			"error": {"type": "object", "properties": {"code": {"type": "string"}}}
		},
		"oneOf": [{"title": "a.ask", "properties": {"ask": {"const": "a.ask"}, "in": {"$ref": "#/$defs/a.Thing"}}}],
		"answers": {"a.ask": {"$ref": "#/$defs/a.Word"}}
	}`))
	require.NoError(t, err)
	text := string(got)
	for _, want := range []string{
		"/** Word is one of two. */\nexport type AWord = \"x\" | \"y\";\n",
		"export interface AThing {\n  any?: unknown;\n  by?: Record<string, boolean>;\n  /** how many * / there are */\n  count?: number;\n",
		"  days?: Array<string | AThing> | null;\n  facts?: Record<string, unknown>;\n  word: AWord;\n}\n",
		"export interface Refusal {\n  code?: string;\n}\n",
		"export interface Questions {\n  \"a.ask\": AThing;\n}\n",
		"export interface Results {\n  \"a.ask\": AWord;\n}\n",
	} {
		assert.Contains(t, text, want)
	}
	_, err = declarations([]byte("no schema"))
	require.Error(t, err)
}

// The types name every question of the protocol.
func TestDeclarationsOfTheProtocol(t *testing.T) {
	got, err := declarations(protocol.Schema())
	require.NoError(t, err)
	for _, q := range protocol.Questions() {
		assert.Equal(t, 2, strings.Count(string(got), `  "`+q+`": `), q)
	}
}
