package protocol

import (
	_ "embed" // the schema is data for other languages
	"slices"
)

//go:embed schema.json
var schema []byte

// Schema returns the JSON Schema (draft 2020-12) of the protocol. It is generated from
// the Go types and the comments of their fields; oneOf has the questions, answers the
// results by question, $defs the types.
func Schema() []byte { return slices.Clone(schema) }
