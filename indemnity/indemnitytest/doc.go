// Package indemnitytest is for tests of programs that compute the availability
// indemnity: case files in the form of the decision protocol, a generator of months
// and a slow second implementation to hold results against.
package indemnitytest

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
