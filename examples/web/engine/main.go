//go:build js && wasm

// Command engine is package protocol as WebAssembly: what the npm package runs.
package main

import (
	"os"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/examples/web/bridge"
)

func main() {
	bridge.Serve(os.Args[1], map[string]func([]byte) []byte{"answer": protocol.Answer})
}
