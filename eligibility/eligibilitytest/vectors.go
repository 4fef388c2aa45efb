package eligibilitytest

import (
	"embed"
	"io/fs"
)

//go:embed vectors/*.json
var vectors embed.FS

// Vectors returns the case files, in the form of the decision protocol: one story a
// file, each a list of lawtest.Vector.
func Vectors() fs.FS {
	sub, err := fs.Sub(vectors, "vectors")
	if err != nil {
		panic(err) // the folder is embedded above
	}
	return sub
}
