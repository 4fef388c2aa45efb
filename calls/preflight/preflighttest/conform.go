package preflighttest

import (
	"embed"
	"fmt"
	"io/fs"
	"slices"
	"strings"

	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/calls/uni/unitest"
	"github.com/intermittente/intermittente/cf/cftest"
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

// AllVectors returns the vectors of every package, in the order of the protocol's
// questions.
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
	return append(all, cftest.Questions()...), nil
}

// Miss is a vector that an engine did not answer as expected.
type Miss struct {
	Vector      lawtest.Vector
	Differences []string // a line for each place at which the answer differs
}

// String names the vector and its source, then the differences and the question.
func (m Miss) String() string {
	return fmt.Sprintf("%s (%s): %s\n\t%s %s", m.Vector.Name, m.Vector.Source, strings.Join(m.Differences, "; "), m.Vector.Ask, m.Vector.In)
}

// Conform puts every vector to an engine and returns those it missed. None means that
// the engine decides as this library does, as far as the vectors see. With asks given,
// only the vectors of those questions are put: an engine need not answer them all. The
// error names an ask for which there is no vector, and those there are.
func Conform(engine lawtest.Engine, asks ...string) ([]Miss, error) {
	all, err := AllVectors()
	if err != nil {
		return nil, err
	}
	var known []string
	for _, v := range all {
		if !slices.Contains(known, v.Ask) {
			known = append(known, v.Ask)
		}
	}
	for _, ask := range asks {
		if !slices.Contains(known, ask) {
			return nil, fmt.Errorf("preflighttest: no vectors for %q; there are some for %s", ask, strings.Join(known, ", "))
		}
	}
	var misses []Miss
	for _, v := range all {
		if len(asks) > 0 && !slices.Contains(asks, v.Ask) {
			continue
		}
		if d := v.Misses(engine); len(d) > 0 {
			misses = append(misses, Miss{v, d})
		}
	}
	return misses, nil
}
