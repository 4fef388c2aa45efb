// Package callstest is for the tests of programs that communicate calls: case
// files in the form of the decision protocol, generators of lawful communications
// and of months at work, the same communications with one fault each, a slow second
// implementation of the reconciliation, and checks for planners and engines of
// one's own that find the mistakes most often made: forty-eight hours counted from
// the sending, a fine for each day, an end date on a single day, gaps merged into a
// period, new calls sent before the cancellations.
//
// Every code here is made up.
package callstest

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
