// Package limitstest is for the tests of programs that count days of on-call work:
// a slow second implementation that goes day by day over plain lists and that
// anyone can check against the law by eye ([Case.Assess], [Case.Plan]), generators
// of histories that crowd around the cap and the leap days ([Cases], [FullCases]),
// and case files in the form of the decision protocol ([Vectors]).
package limitstest

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
