// Package indemnitytest is for tests of programs that compute the availability
// indemnity: case files in the form of the decision protocol, a generator of months
// and a slow second implementation to hold results against.
package indemnitytest

import (
	"embed"
	"io/fs"
)

//go:embed vectors/*.json
var vectors embed.FS

// Vectors returns the case files, one story each, for lawtest.Vectors and for engines
// in other languages.
func Vectors() fs.FS {
	files, _ := fs.Sub(vectors, "vectors")
	return files
}
