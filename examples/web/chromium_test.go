//go:build browser

package main

import (
	"bufio"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"

	"github.com/stretchr/testify/require"
)

// tab is a tab of a Chromium of its own, spoken to over pipes.
type tab struct {
	t       *testing.T
	in      *os.File
	answers chan reply
	session string
	last    int
	// What the tab asked of the network, by request, and what its policy refused.
	sent, refused map[string]string
}

type reply struct {
	ID     int             `json:"id"`
	Method string          `json:"method"`
	Params json.RawMessage `json:"params"`
	Result json.RawMessage `json:"result"`
	Error  *struct{ Message string }
}

// open starts Chromium with an empty profile, in a window of the given width.
func open(t *testing.T, width int) *tab {
	t.Helper()
	name, err := exec.LookPath("chromium")
	require.NoError(t, err)
	theirs, in, err := os.Pipe()
	require.NoError(t, err)
	out, theirOut, err := os.Pipe()
	require.NoError(t, err)
	profile, err := os.MkdirTemp("", "intermittente-chromium-")
	require.NoError(t, err)
	cmd := exec.Command(name, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--no-first-run",
		"--disable-background-networking", "--disable-component-update", "--disable-extensions", "--remote-debugging-pipe",
		"--hide-scrollbars", "--lang=it", "--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{theirs, theirOut}
	require.NoError(t, cmd.Start())
	require.NoError(t, theirs.Close())
	require.NoError(t, theirOut.Close())
	b := &tab{t: t, in: in, answers: make(chan reply, 4096), sent: map[string]string{}, refused: map[string]string{}}
	go func() {
		defer close(b.answers)
		for r := bufio.NewReader(out); ; {
			line, err := r.ReadBytes(0)
			if err != nil {
				return
			}
			var a reply
			if json.Unmarshal(line[:len(line)-1], &a) == nil {
				b.answers <- a
			}
		}
	}()
	t.Cleanup(func() {
		_ = in.Close() // Chromium ends when its pipe does
		done := make(chan error, 1)
		go func() { done <- cmd.Wait() }()
		select {
		case <-done:
		case <-time.After(10 * time.Second):
			_ = cmd.Process.Kill()
		}
		_ = os.RemoveAll(profile)
	})
	var target struct{ TargetID string }
	b.call("Target.createTarget", map[string]any{"url": "about:blank"}, &target)
	var attached struct{ SessionID string }
	b.call("Target.attachToTarget", map[string]any{"targetId": target.TargetID, "flatten": true}, &attached)
	b.session = attached.SessionID
	for _, domain := range []string{"Page", "Network", "Runtime"} {
		b.call(domain+".enable", nil, nil)
	}
	b.call("Emulation.setDeviceMetricsOverride", map[string]any{"width": width, "height": 900, "deviceScaleFactor": 1, "mobile": width < 500}, nil)
	return b
}

// call asks Chromium for something and waits for the answer.
func (b *tab) call(method string, params map[string]any, into any) {
	b.t.Helper()
	b.last++
	message := map[string]any{"id": b.last, "method": method, "params": params}
	if params == nil {
		message["params"] = map[string]any{}
	}
	if b.session != "" {
		message["sessionId"] = b.session
	}
	line, err := json.Marshal(message)
	require.NoError(b.t, err)
	_, err = b.in.Write(append(line, 0))
	require.NoError(b.t, err)
	timeout := time.After(2 * time.Minute)
	for {
		select {
		case a, ok := <-b.answers:
			require.True(b.t, ok, "Chromium has ended")
			b.note(a)
			if a.ID != b.last {
				continue
			}
			require.Nil(b.t, a.Error, "%s", method)
			if into != nil {
				require.NoError(b.t, json.Unmarshal(a.Result, into))
			}
			return
		case <-timeout:
			require.FailNow(b.t, "no answer", method)
		}
	}
}

// note keeps what is told of the network. A request that the policy refuses is told as
// any other, and then that it failed for that.
func (b *tab) note(a reply) {
	var p struct {
		RequestID     string
		Request       struct{ URL string }
		URL           string
		BlockedReason string
	}
	if json.Unmarshal(a.Params, &p) != nil {
		return
	}
	switch a.Method {
	case "Network.requestWillBeSent":
		b.sent[p.RequestID] = p.Request.URL
	case "Network.webSocketCreated":
		b.sent[p.RequestID] = p.URL
	case "Network.loadingFailed":
		if p.BlockedReason == "csp" {
			b.refused[p.RequestID] = b.sent[p.RequestID]
			delete(b.sent, p.RequestID)
		}
	}
}

// eval evaluates an expression in the page, waits for what it promises, and reads it.
func (b *tab) eval(expression string, into any) {
	b.t.Helper()
	var r struct {
		Result           struct{ Value json.RawMessage }
		ExceptionDetails json.RawMessage
	}
	b.call("Runtime.evaluate", map[string]any{"expression": expression, "awaitPromise": true, "returnByValue": true, "userGesture": true}, &r)
	require.Empty(b.t, string(r.ExceptionDetails), expression)
	if into != nil {
		require.NoError(b.t, json.Unmarshal(r.Result.Value, into), "%s: %s", expression, r.Result.Value)
	}
}

// press presses a key.
func (b *tab) press(key string, code int, text string) {
	b.t.Helper()
	for _, kind := range []string{"keyDown", "keyUp"} {
		b.call("Input.dispatchKeyEvent", map[string]any{"type": kind, "key": key, "code": map[string]string{" ": "Space"}[key], "windowsVirtualKeyCode": code, "text": text}, nil)
	}
}

// visit opens an address and waits until the page is ready.
func (b *tab) visit(url string) {
	b.t.Helper()
	b.call("Page.navigate", map[string]any{"url": url}, nil)
	b.until(`document.documentElement?.dataset.ready !== undefined`)
}

// until waits until an expression is true.
func (b *tab) until(expression string) {
	b.t.Helper()
	b.eval(fmt.Sprintf(`new Promise((resolve, reject) => {
		const end = Date.now() + 30000;
		(function look() {
			if (%s) resolve(true);
			else if (Date.now() > end) reject(new Error("waited in vain"));
			else setTimeout(look, 20);
		})();
	})`, expression), nil)
}

// picture keeps a picture of the page, where PICTURES names a folder: to be looked at.
func (b *tab) picture(name string) {
	b.t.Helper()
	dir := os.Getenv("PICTURES")
	if dir == "" {
		return
	}
	var r struct{ Data string }
	if filepath.Ext(name) == ".pdf" {
		b.call("Page.printToPDF", map[string]any{"preferCSSPageSize": true, "printBackground": true}, &r)
	} else {
		b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true}, &r)
		var size struct {
			CSSContentSize struct{ Width, Height float64 }
		}
		b.call("Page.getLayoutMetrics", nil, &size)
		b.call("Page.captureScreenshot", map[string]any{"captureBeyondViewport": true, "clip": map[string]any{
			"x": 0, "y": 0, "width": size.CSSContentSize.Width, "height": size.CSSContentSize.Height, "scale": 1,
		}}, &r)
	}
	data, err := base64.StdEncoding.DecodeString(r.Data)
	require.NoError(b.t, err)
	require.NoError(b.t, os.WriteFile(filepath.Join(dir, name), data, 0o644))
}
