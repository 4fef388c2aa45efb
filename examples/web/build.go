package main

import (
	"bytes"
	"embed"
	"encoding/base64"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/examples/style"
)

const module = "github.com/intermittente/intermittente"

//go:embed page/* npm/*
var sources embed.FS

// page builds the files of the page.
func page() (map[string][]byte, error) {
	files, err := folder("page")
	if err != nil {
		return nil, err
	}
	files["style.css"] = append(files["style.css"], style.Charts...)
	base64, err := compile("roster")
	if err != nil {
		return nil, err
	}
	// A script, not a file to be fetched: the page may fetch nothing, and a browser
	// opens it from a folder too.
	files["engine.js"] = []byte("\"use strict\";\nconst engine = \"" + base64 + "\";\n")
	files["wasm_exec.js"], err = goFile("lib/wasm/wasm_exec.js")
	return files, err
}

// npmPackage builds the files of the npm package.
func npmPackage() (map[string][]byte, error) {
	files, err := folder("npm")
	if err != nil {
		return nil, err
	}
	base64, err := compile("web/engine")
	if err != nil {
		return nil, err
	}
	files["engine.js"] = []byte("export default \"" + base64 + "\";\n")
	start, err := sources.ReadFile("page/start.js")
	if err != nil {
		return nil, err
	}
	files["start.js"] = append(start, "\nexport { startEngine };\n"...)
	if files["index.d.ts"], err = declarations(protocol.Schema()); err != nil {
		return nil, err
	}
	for name, of := range map[string]string{"wasm_exec.js": "lib/wasm/wasm_exec.js", "LICENSE.go": "LICENSE"} {
		if files[name], err = goFile(of); err != nil {
			return nil, err
		}
	}
	root, err := goCommand("list", "-m", "-f", "{{.Dir}}", module)
	if err != nil {
		return nil, err
	}
	files["LICENSE"], err = os.ReadFile(filepath.Join(strings.TrimSpace(root), "LICENSE"))
	return files, err
}

// folder reads the files of one of our folders.
func folder(name string) (map[string][]byte, error) {
	list, err := fs.ReadDir(sources, name)
	if err != nil {
		return nil, err
	}
	files := map[string][]byte{}
	for _, f := range list {
		if files[f.Name()], err = sources.ReadFile(name + "/" + f.Name()); err != nil {
			return nil, err
		}
	}
	return files, nil
}

// inlined are the packages in which the time is spent. Elsewhere functions are not
// inlined: that packs a tenth smaller.
var inlined = []string{"runtime", "internal/...", "time", "github.com/rickb777/...", module + "/..."}

// compile compiles one of the examples to WebAssembly and answers it as LZMA in base64.
func compile(example string) (string, error) {
	dir, err := os.MkdirTemp("", "intermittente-web-")
	if err != nil {
		return "", err
	}
	defer func() { _ = os.RemoveAll(dir) }() // what stays is in the folder for temporary files
	name := filepath.Join(dir, "engine.wasm")
	args := []string{"build", "-trimpath", "-buildvcs=false", "-ldflags=-s -w", "-o", name, "-gcflags=all=-l"}
	for _, p := range inlined {
		args = append(args, "-gcflags="+p+"=") // the last that fits a package counts
	}
	if _, err := goCommand(append(args, module+"/examples/"+example)...); err != nil {
		return "", err
	}
	wasm, err := os.ReadFile(name)
	if err != nil {
		return "", err
	}
	return base64.StdEncoding.EncodeToString(lzma(wasm)), nil
}

// goFile reads a file of the Go distribution.
func goFile(name string) ([]byte, error) {
	root, err := goCommand("env", "GOROOT")
	if err != nil {
		return nil, err
	}
	return os.ReadFile(filepath.Join(strings.TrimSpace(root), filepath.FromSlash(name)))
}

func goCommand(args ...string) (string, error) {
	cmd := exec.Command("go", args...)
	cmd.Env = append(os.Environ(), "GOOS=js", "GOARCH=wasm", "CGO_ENABLED=0")
	var errs bytes.Buffer
	cmd.Stderr = &errs
	out, err := cmd.Output()
	if err != nil {
		return "", fmt.Errorf("go %s: %w\n%s", args[0], err, &errs)
	}
	return string(out), nil
}

var policyText = regexp.MustCompile(`<meta http-equiv="Content-Security-Policy" content="([^"]*)">`)

// policy reads what a page states about itself.
func policy(html []byte) string {
	if m := policyText.FindSubmatch(html); m != nil {
		return string(m[1])
	}
	return "default-src 'none'"
}
