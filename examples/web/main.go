// Command web serves a page that judges on-call work in the browser: the library and
// examples/roster run there as WebAssembly, and nothing leaves the page.
//
//	go run ./examples/web                 serve the page on this computer
//	go run ./examples/web -out DIR        write the page as files, to be copied anywhere
//	go run ./examples/web -npm DIR        write the npm package
//
// It builds the WebAssembly with the go command, in the module it is part of, and opens
// nothing but the address it serves on, which must be one of the loopback.
package main

import (
	"errors"
	"flag"
	"fmt"
	"mime"
	"net"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"time"
)

func main() {
	flags := flag.NewFlagSet("web", flag.ContinueOnError)
	address := flags.String("addr", "127.0.0.1:8080", "`address` to serve the page on: of the loopback only")
	out := flags.String("out", "", "write the page into this `folder`, and serve nothing")
	npm := flags.String("npm", "", "write the npm package into this `folder`, and serve nothing")
	switch err := flags.Parse(os.Args[1:]); {
	case errors.Is(err, flag.ErrHelp):
		return
	case err != nil:
		os.Exit(2)
	}
	if err := run(*address, *out, *npm); err != nil {
		fmt.Fprintln(os.Stderr, "web:", err)
		os.Exit(1)
	}
}

func run(address, out, npm string) error {
	if out != "" {
		if err := writeTo(out, page); err != nil {
			return err
		}
	}
	if npm != "" {
		if err := writeTo(npm, npmPackage); err != nil {
			return err
		}
	}
	if out != "" || npm != "" {
		return nil
	}
	l, err := listen(address)
	if err != nil {
		return err
	}
	files, err := page()
	if err != nil {
		return errors.Join(err, l.Close())
	}
	fmt.Printf("the page is at http://%s/, until this program is stopped\n", l.Addr())
	s := http.Server{Handler: handler(files), ReadTimeout: time.Minute, WriteTimeout: time.Minute}
	return s.Serve(l)
}

// writeTo writes the files that build makes into a folder.
func writeTo(dir string, build func() (map[string][]byte, error)) error {
	files, err := build()
	if err != nil {
		return err
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for name, b := range files {
		if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
			return err
		}
	}
	return nil
}

// listen listens on an address of the loopback, and refuses any other.
func listen(address string) (net.Listener, error) {
	a, err := net.ResolveTCPAddr("tcp", address)
	if err != nil {
		return nil, err
	}
	if !a.IP.IsLoopback() {
		return nil, fmt.Errorf("%s is not of the loopback: to publish the page, write its files with -out and copy them", address)
	}
	return net.ListenTCP("tcp", a)
}

// handler serves the files and nothing else, to whoever asks for this computer by a name
// of the loopback: a name that leads here from elsewhere is refused.
func handler(files map[string][]byte) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for name, value := range headers(files) {
			w.Header().Set(name, value)
		}
		host := r.Host
		if h, _, err := net.SplitHostPort(host); err == nil {
			host = h
		}
		if ip := net.ParseIP(host); host != "localhost" && (ip == nil || !ip.IsLoopback()) {
			http.Error(w, "not served under this name", http.StatusForbidden)
			return
		}
		name := path.Base(path.Clean("/" + r.URL.Path))
		if r.URL.Path == "/" {
			name = "index.html"
		}
		b, ok := files[name]
		if !ok || r.URL.Path != "/" && r.URL.Path != "/"+name {
			http.NotFound(w, r)
			return
		}
		if r.Method != http.MethodGet && r.Method != http.MethodHead {
			http.Error(w, "only GET", http.StatusMethodNotAllowed)
			return
		}
		w.Header().Set("Content-Type", mime.TypeByExtension(path.Ext(name)))
		_, _ = w.Write(b) // who hung up learns nothing
	})
}

// headers are those of every answer. The policy is the one that the page itself states,
// and that it may stand in no other page's frame, which only a header can say.
func headers(files map[string][]byte) map[string]string {
	return map[string]string{
		"Content-Security-Policy":      policy(files["index.html"]) + "; frame-ancestors 'none'",
		"Cross-Origin-Opener-Policy":   "same-origin",
		"Cross-Origin-Resource-Policy": "same-origin",
		"Permissions-Policy":           "camera=(), geolocation=(), microphone=()",
		"Referrer-Policy":              "no-referrer",
		"X-Content-Type-Options":       "nosniff",
	}
}
