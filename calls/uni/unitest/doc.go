// Package unitest is for the tests of programs that write or read models and text
// messages: case files in the form of the decision protocol, generators of models,
// profiles and spellings of tax codes, and a slow second writer and reader of the fields.
//
// Every code and address here is made up.
package unitest

import (
	"embed"
	"io/fs"
)

//go:embed vectors/*.json
var files embed.FS

// Vectors returns the case files, one story each; lawtest.Vectors runs them.
func Vectors() fs.FS {
	// Sub fails only on a name that is no path.
	sub, _ := fs.Sub(files, "vectors")
	return sub
}
