//go:build js && wasm

package main

import (
	"os"

	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/examples/web/bridge"
)

// main is the program in the browser: the page of examples/web calls its functions.
func main() {
	bridge.Serve(os.Args[1], map[string]func([]byte) []byte{
		"answer":   protocol.Answer,
		"schema":   func([]byte) []byte { return protocol.Schema() },
		"fact":     fact,
		"sample":   sampleMonth,
		"month":    monthView,
		"report":   monthReport,
		"calendar": monthCalendar,
	})
}
