package unitest

import (
	"embed"
	"io/fs"
)

//go:embed vectors/*.json
var files embed.FS

// Vectors returns the case files: lists of lawtest.Vector, a story a file.
func Vectors() fs.FS {
	sub, err := fs.Sub(files, "vectors")
	if err != nil {
		panic(err) // a slip of this package
	}
	return sub
}
