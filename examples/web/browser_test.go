//go:build browser

package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// The pages of these tests are those that test.sh wrote with -out, opened from their
// folder and served.

func pageFolder(t *testing.T) string {
	t.Helper()
	dir := os.Getenv("PAGE")
	require.NotEmpty(t, dir, "PAGE names the folder of the page: see test.sh")
	return dir
}

func fileAddress(t *testing.T) string {
	t.Helper()
	return (&url.URL{Scheme: "file", Path: filepath.Join(pageFolder(t), "index.html")}).String()
}

func serve(t *testing.T) string {
	t.Helper()
	files := map[string][]byte{}
	list, err := os.ReadDir(pageFolder(t))
	require.NoError(t, err)
	for _, f := range list {
		files[f.Name()], err = os.ReadFile(filepath.Join(pageFolder(t), f.Name()))
		require.NoError(t, err)
	}
	l, err := listen("127.0.0.1:0")
	require.NoError(t, err)
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: handler(files)}}
	s.Start()
	t.Cleanup(s.Close)
	return s.URL + "/"
}

func TestEveryCaseInTheBrowser(t *testing.T) {
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	questions, want := []string{}, []string{}
	for i, v := range all {
		q, err := json.Marshal(map[string]any{"id": i, "ask": v.Ask, "in": v.In})
		require.NoError(t, err)
		questions, want = append(questions, string(q)), append(want, string(protocol.Answer(q)))
	}
	list, err := json.Marshal(questions)
	require.NoError(t, err)
	b := open(t, 1280)
	b.visit(serve(t))
	var got []string
	start := time.Now()
	b.eval(`JSON.parse(`+string(quoted(t, string(list)))+`).map((q) => decoder.decode(functions.answer(encoder.encode(q))))`, &got)
	t.Logf("%d cases in Chromium, %s", len(got), time.Since(start).Round(time.Millisecond))
	require.Len(t, got, len(want))
	for i := range want {
		if got[i] != want[i] {
			t.Errorf("%s\n%s\nnot\n%s", questions[i], got[i], want[i])
		}
	}
}

// What lzma packs, the page unpacks: lengths and distances of every kind.
func TestUnpack(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	noise := make([]byte, 1<<18)
	for i := range noise {
		noise[i] = byte(r.Uint32())
	}
	var near []byte // what is repeated is changed here and there, at distances that come again
	for i := 0; i < 50000; i += 7 {
		near = append(near, noise[i%97:i%97+i%31]...)
		near = append(near, byte(i>>9))
	}
	b := open(t, 1280)
	b.visit(fileAddress(t))
	for name, want := range map[string][]byte{
		"nothing": {}, "a byte": {7}, "two": {0, 0}, "a run": make([]byte, 100000), "noise": noise, "near": near,
		"far": slices.Concat(noise, near, noise[:planned*3+1], make([]byte, longest+1), noise[1<<17:]),
	} {
		var got []byte
		b.eval(fmt.Sprintf(`(() => { let s = ""; for (const c of unpack(%q)) s += String.fromCharCode(c); return btoa(s); })()`, base64.StdEncoding.EncodeToString(lzma(want))), &got)
		assert.True(t, bytes.Equal(want, got), name)
	}
}

func quoted(t *testing.T, s string) []byte {
	t.Helper()
	b, err := json.Marshal(s)
	require.NoError(t, err)
	return b
}

// The page tries all it can to reach a server that listens, and none of it arrives:
// from a folder by its own policy alone, served by that and the headers.
func TestNothingLeavesThePage(t *testing.T) {
	var hits atomic.Int32
	l, err := net.Listen("tcp", "127.0.0.1:0")
	require.NoError(t, err)
	outside := &httptest.Server{Listener: l, Config: &http.Server{Handler: http.HandlerFunc(func(http.ResponseWriter, *http.Request) { hits.Add(1) })}}
	outside.Start()
	defer outside.Close()
	try := strings.NewReplacer("OUTSIDE", outside.URL, "SOCKET", strings.Replace(outside.URL, "http:", "ws:", 1)).Replace(`(async () => {
		const tried = {};
		const note = async (name, f) => { try { tried[name] = String(await f()); } catch (e) { tried[name] = "refused"; } };
		const loads = (e, name) => new Promise((resolve) => { e.onload = () => resolve("loaded"); e.onerror = () => resolve("refused"); document.body.append(e); setTimeout(() => resolve("refused"), 1000); });
		await note("fetch", async () => { await fetch("OUTSIDE/fetch"); return "sent"; });
		await note("request", () => new Promise((resolve) => { const r = new XMLHttpRequest(); r.onload = () => resolve("sent"); r.onerror = () => resolve("refused"); r.open("GET", "OUTSIDE/request"); r.send(); }));
		await note("socket", () => new Promise((resolve) => { const s = new WebSocket("SOCKET"); s.onopen = () => resolve("sent"); s.onerror = () => resolve("refused"); }));
		await note("beacon", () => { navigator.sendBeacon("OUTSIDE/beacon", "x"); return "refused"; });
		await note("picture", () => { const i = new Image(); const p = loads(i); i.src = "OUTSIDE/picture"; return p; });
		await note("script", () => { const s = document.createElement("script"); s.src = "OUTSIDE/script"; return loads(s); });
		await note("style", () => { const s = document.createElement("link"); s.rel = "stylesheet"; s.href = "OUTSIDE/style"; return loads(s); });
		await note("frame", () => { const f = document.createElement("iframe"); f.src = "OUTSIDE/frame"; document.body.append(f); return new Promise((r) => setTimeout(() => r("refused"), 500)); });
		await note("form", () => { const f = document.createElement("form"); f.action = "OUTSIDE/form"; f.method = "post"; document.body.append(f); f.submit(); return new Promise((r) => setTimeout(() => r("refused"), 500)); });
		await note("worker", () => { new Worker("OUTSIDE/worker"); return "started"; });
		await note("html", () => { document.body.innerHTML = "<img src='OUTSIDE/html'>"; return "set"; });
		return tried;
	})()`)
	for _, address := range []string{fileAddress(t), serve(t)} {
		b := open(t, 1280)
		b.visit(address)
		b.eval(`$("try").click()`, nil)
		b.until(`$("report-title") !== null`)
		var tried map[string]string
		b.eval(try, &tried)
		assert.Len(t, tried, 11)
		for name, what := range tried {
			assert.Equal(t, "refused", what, name)
		}
		b.eval(`new Promise((resolve) => setTimeout(resolve, 500))`, nil)
		own := address[:strings.LastIndexByte(address, '/')+1]
		for _, r := range b.sent {
			assert.True(t, strings.HasPrefix(r, own) || strings.HasPrefix(r, "data:"), r)
		}
		assert.GreaterOrEqual(t, len(b.sent), 6, "the log sees requests: the page's own files")
		assert.NotEmpty(t, b.refused, "and what the policy refused")
	}
	assert.Zero(t, hits.Load(), "requests that arrived")
}

// The month of the sample shows what the program prints of it.
func TestMonth(t *testing.T) {
	var report struct {
		Employers []struct {
			Calls   []struct{ Verdict string }
			Repairs []struct{ Say struct{ IT string } }
		}
	}
	printed, err := os.ReadFile(filepath.Join("..", "roster", "testdata", "sample.json"))
	require.NoError(t, err)
	require.NoError(t, json.NewDecoder(bytes.NewReader(printed)).Decode(&report))
	var want, repairs []string
	for _, e := range report.Employers {
		for _, c := range e.Calls {
			want = append(want, "v "+c.Verdict)
		}
		for _, r := range e.Repairs {
			repairs = append(repairs, r.Say.IT)
		}
	}
	for _, width := range []int{1280, 390} {
		b := open(t, width)
		b.visit(fileAddress(t))
		suffix := fmt.Sprintf("-%d.png", width)
		b.eval(`$("to-it").click()`, nil)
		b.picture("start" + suffix)
		b.eval(`$("try").click()`, nil)
		b.until(`$("report-title") !== null`)
		var got []string
		b.eval(`[...document.querySelectorAll("#report .v")].map((e) => e.className)`, &got)
		assert.Equal(t, want, got)
		var text string
		b.eval(`$("report").textContent`, &text)
		for _, r := range repairs {
			assert.Contains(t, text, r)
		}
		var charts, wide int
		b.eval(`document.querySelectorAll("#report svg[role=img] > title").length`, &charts)
		assert.Positive(t, charts, "counters drawn")
		b.eval(`document.documentElement.scrollWidth`, &wide)
		assert.LessOrEqual(t, wide, width, "nothing is wider than the screen")
		var focused string
		b.eval(`document.activeElement.id`, &focused)
		assert.Equal(t, "report-title", focused, "who uses the keyboard goes on from the report")
		b.picture("month" + suffix)
		if width > 1000 {
			b.picture("month.pdf")
		}
		b.eval(`$("to-en").click()`, nil)
		b.eval(`$("report").textContent`, &text)
		assert.Contains(t, text, "Do not call.")
	}
}

// TestSpeed measures and holds nothing: how long after its address the page has given its
// first answer, and what a hundred calls cost.
func TestSpeed(t *testing.T) {
	b := open(t, 1280)
	b.call("Performance.enable", map[string]any{"timeDomain": "threadTicks"}, nil)
	busy := func() time.Duration {
		var m struct {
			Metrics []struct {
				Name  string
				Value float64
			}
		}
		b.call("Performance.getMetrics", nil, &m)
		for _, x := range m.Metrics {
			if x.Name == "TaskDuration" {
				return time.Duration(x.Value * float64(time.Second)).Round(time.Millisecond)
			}
		}
		return 0
	}
	b.visit(serve(t))
	var ready string
	b.eval(`document.documentElement.dataset.ready`, &ready)
	t.Logf("first answer after %s ms, %s of the thread", ready, busy())
	b.eval(`(() => {
		const sample = run("sample");
		for (const [name, text] of Object.entries(sample.files)) give(name, Uint8Array.from(atob(text), (c) => c.charCodeAt(0)), ["", ""]);
		let calls = "worker;employer;start;channel\n";
		for (const worker of ["anna", "bruno", "carla", "dario", "elena"])
			for (let day = 1; day <= 20; day++) calls += worker + ";bottega;" + String(day).padStart(2, "0") + "/03/2025 09:00;portal\n";
		give("calls.csv", encoder.encode(calls), ["", ""]);
		$("as-of").value = "2025-02-20T09:00";
	})()`, nil)
	for _, time := range []string{"the first time", "again"} {
		before := busy()
		b.eval(`$("report").replaceChildren(); judgeMonth()`, nil)
		b.until(`$("report-title") !== null`)
		var state string
		b.eval(`$("state").textContent`, &state)
		t.Logf("%s %s, %s of the thread", state, time, busy()-before)
	}
}

// A file dropped under another name is taken for the table its name tells, a text that
// is pasted for that of its place, and a row that cannot be used is told with its place.
func TestFilesAreTaken(t *testing.T) {
	b := open(t, 1280)
	b.visit(fileAddress(t))
	b.eval(`takeFiles([new File(["lavoratore;datore;inizio\nada;bar;2025-13-01 09:00\n"], "Chiamate marzo.CSV")])`, nil)
	for name, text := range map[string]string{"workers.csv": "worker\tcode\nada\t\n", "employers.csv": "datore;denominazione\nbar;Bar\n"} {
		b.eval(fmt.Sprintf(`(() => { const a = $("paste-%s"); a.value = %s; a.dispatchEvent(new Event("input")); })()`, name, quoted(t, text)), nil)
	}
	b.eval(`takeFiles([new File(["x"], "boh.csv")])`, nil)
	var state string
	b.eval(`$("state").textContent`, &state)
	assert.Contains(t, state, "boh.csv")
	b.eval(`$("files").requestSubmit()`, nil)
	b.until(`$("report-title") !== null`)
	var text string
	b.eval(`$("report").textContent`, &text)
	assert.Contains(t, text, "calls.csv:2: start")
	assert.Contains(t, text, "contracts.csv: ")
	assert.NotContains(t, text, "workers.csv: ")
}

// given are the facts of one call, each told when the page asks for it.
var given = map[string]string{
	"/start": "2025-02-22T09:00", "/now": "2025-02-20T09:00", "/worked": "01/02/2025\n03/02/2025 05/02/2025", "/worker/birth": "2003-05-14", "/worker/code": "BSSNNA03E54H501G",
	"/contract/signed": "2024-06-01", "/contract/work": "2024-06-03", "/channel": "portal",
}

// The page asks for nothing that the answer does not miss, by its name, and comes to a
// verdict.
func TestOneCall(t *testing.T) {
	for _, width := range []int{1280, 390} {
		b := open(t, width)
		b.visit(fileAddress(t) + "#call")
		b.eval(`$("to-it").click()`, nil)
		var asked []string
		b.eval(`[...fields.keys()]`, &asked)
		assert.ElementsMatch(t, []string{"/worked", "/start"}, asked, "at first")
		b.eval(`(() => { $("more").value = "/now"; $("more").dispatchEvent(new Event("change")); })()`, nil)
		for round := 0; round < 60; round++ {
			var open []string
			b.eval(`[...fields].filter(([, f]) => f.read() === undefined).map(([p]) => p)`, &open)
			if len(open) == 0 {
				break
			}
			if round == 3 {
				b.picture(fmt.Sprintf("call-asking-%d.png", width))
			}
			next, value := open[0], ""
			for _, p := range open {
				if v, ok := given[p]; ok {
					next, value = p, v
					break
				}
			}
			b.eval(fmt.Sprintf(`(() => {
				const f = fields.get(%q), value = %s;
				const input = f.node.querySelector("input[type=radio][value=false], input, select, textarea");
				if (["radio", "checkbox"].includes(input.type)) (f.node.querySelector("input[value=false]") ?? input).click();
				else {
					input.value = value || { date: "2024-06-01", "datetime-local": "2024-06-02T17:30", "select-one": input.options?.[1]?.value }[input.type] || "0";
					input.dispatchEvent(new Event("change"));
				}
				if (f.read() === undefined) throw new Error("not taken: " + f.node.textContent);
			})()`, next, quoted(t, value)), nil)
		}
		var question, verdict string
		b.eval(`$("question").value`, &question)
		b.eval(`document.querySelector("#verdict .v").className`, &verdict)
		b.picture(fmt.Sprintf("call-%d.png", width))
		assert.NotEqual(t, "v undetermined", verdict)
		var labels []string
		b.eval(`[...$("given").children].map((n) => n.querySelector("label, legend").querySelector(".it").textContent)`, &labels)
		for _, l := range labels {
			assert.NotContains(t, l, "/", "facts are asked by their names")
		}
		var wide int
		b.eval(`document.documentElement.scrollWidth`, &wide)
		assert.LessOrEqual(t, wide, width)
		b.eval(`$("question").value = "{}"; $("ask").click()`, nil)
		var answer string
		b.eval(`$("answer").value`, &answer)
		assert.Contains(t, answer, `"code": "ask"`)
	}
}

// Who has no mouse meets what the eye meets, in its order, sees where they are, and opens
// it with Enter or the space bar.
func TestKeyboard(t *testing.T) {
	b := open(t, 1280)
	b.visit(fileAddress(t))
	b.eval(`$("to-it").click()`, nil)
	// to goes on with Tab to the element with an id, and tells those met, each once: a
	// field for a date has several stops.
	to := func(id string) []string {
		t.Helper()
		var met []string
		for range 60 {
			b.press("Tab", 9, "")
			var now struct {
				Name string
				Seen bool
			}
			b.eval(`(() => {
				const e = document.activeElement, box = e.getBoundingClientRect();
				// Within a field for a date Chromium marks the part.
				return { name: e.id || e.textContent.trim(), seen: box.width > 0 && (e.type === "datetime-local" || getComputedStyle(e).outlineStyle !== "none") };
			})()`, &now)
			assert.True(t, now.Seen, "%s shows that it has the focus", now.Name)
			if !slices.Contains(met, now.Name) {
				met = append(met, now.Name)
			}
			if now.Name == id {
				return met
			}
		}
		t.Fatalf("Tab does not come to %s: %q", id, met)
		return nil
	}
	var want []string
	b.eval(`[...document.querySelectorAll("header, #month")].flatMap((part) => [...part.querySelectorAll("a, button, input, textarea")]).filter((e) => e.checkVisibility()).map((e) => e.id || e.textContent.trim())`, &want)
	assert.Equal(t, want, to("try"), "the order is that of the page, and nothing is left out")
	b.press("Enter", 13, "\r")
	b.until(`document.activeElement.id === "report-title"`)

	b.visit(fileAddress(t))
	to("to-en")
	b.press(" ", 32, " ")
	b.until(`document.documentElement.lang === "en"`)
	b.eval(`document.querySelector("nav a[href='#call']").id = "to-call"`, nil)
	to("to-call")
	b.press("Enter", 13, "\r")
	b.until(`!$("call").hidden && $("month").hidden`)
}
