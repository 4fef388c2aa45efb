package preflighttest

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"

	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/eligibility/eligibilitytest"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
)

//go:embed vectors/*.json
var files embed.FS

// Vectors returns the vectors of preflight and of the protocol itself.
func Vectors() fs.FS {
	// Sub fails only on a name that is no path.
	sub, _ := fs.Sub(files, "vectors")
	return sub
}

// AllVectors returns the vectors of every package, in the order of the rulebook.
func AllVectors() ([]lawtest.Vector, error) {
	var all []lawtest.Vector
	for _, vectors := range []fs.FS{
		Vectors(), eligibilitytest.Vectors(), limitstest.Vectors(), indemnitytest.Vectors(), callstest.Vectors(), unitest.Vectors(),
	} {
		list, err := lawtest.Load(vectors)
		if err != nil {
			return nil, err
		}
		all = append(all, list...)
	}
	return all, nil
}

// Conform puts every vector to an engine and returns a line for each miss: the
// vector, its source, and how the answer differs. No line means that the engine
// decides as this library does, as far as the vectors see. With asks given, only
// the vectors of those questions are put: an engine need not answer them all.
func Conform(engine lawtest.Engine, asks ...string) ([]string, error) {
	all, err := AllVectors()
	if err != nil {
		return nil, err
	}
	var misses []string
	for _, v := range all {
		if len(asks) > 0 && !slices.Contains(asks, v.Ask) {
			continue
		}
		for _, miss := range v.Misses(engine) {
			misses = append(misses, fmt.Sprintf("%s (%s): %s", v.Name, v.Source, miss))
		}
	}
	return misses, nil
}
