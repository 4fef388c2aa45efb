package calls

import (
	"slices"
	"strings"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
)

// suspect reports whether a worker known by such a code may well have another one: the
// text is no code, or it is a provisional number.
func suspect(s string) bool {
	c, _, err := cf.Read(s)
	return err != nil || c.Form() == cf.FormProvisional
}

// Persons are codes that name one person: each inner list holds the codes of one, such
// as a provisional number and the definitive code. Without it two codes are two
// workers, unless they are forms of one code.
type Persons [][]string

func (p Persons) validate() error {
	for i, codes := range p {
		for j, c := range codes {
			if c == "" {
				return law.Missing("/persons" + index(i) + index(j))
			}
		}
	}
	return nil
}

// workers numbers the workers of a question, from 0 in the order in which they are met.
type workers struct {
	numbers map[string]int // by code as given
	keys    map[cf.Key]int
	names   []string // the first code given of each
	said    []bool   // the caller says which codes are this worker's
}

// workersOf begins with the persons that the caller knows. Lists that share a code are
// one person's.
func workersOf(persons Persons) *workers {
	w := &workers{numbers: map[string]int{}, keys: map[cf.Key]int{}}
	joined := make([]int, len(persons)) // the list that each list goes with
	root := func(i int) int {
		for joined[i] != i {
			joined[i] = joined[joined[i]]
			i = joined[i]
		}
		return i
	}
	first := map[cf.Key]int{}
	for i, codes := range persons {
		joined[i] = i
		for _, c := range codes {
			if j, ok := first[cf.KeyOf(c)]; ok {
				joined[root(i)] = root(j)
			} else {
				first[cf.KeyOf(c)] = i
			}
		}
	}
	of := map[int]int{}
	for i, codes := range persons {
		n, ok := of[root(i)]
		if !ok {
			n = w.add("", true)
			of[root(i)] = n
		}
		for _, c := range codes {
			w.keys[cf.KeyOf(c)] = n
		}
	}
	return w
}

func (w *workers) add(name string, said bool) int {
	w.names, w.said = append(w.names, name), append(w.said, said)
	return len(w.names) - 1
}

// number returns the number of the worker of a code.
func (w *workers) number(code string) int {
	if n, ok := w.numbers[code]; ok {
		return n
	}
	k := cf.KeyOf(code)
	n, ok := w.keys[k]
	if !ok {
		n = w.add(code, false)
		w.keys[k] = n
	}
	if w.names[n] == "" {
		w.names[n] = code
	}
	w.numbers[code] = n
	return n
}

// ranks returns the place of each worker in the order of the names.
func (w *workers) ranks() []int {
	sorted := make([]int, len(w.names))
	for i := range sorted {
		sorted[i] = i
	}
	slices.SortStableFunc(sorted, func(a, b int) int { return strings.Compare(w.names[a], w.names[b]) })
	rank := make([]int, len(sorted))
	for r, n := range sorted {
		rank[n] = r
	}
	return rank
}
