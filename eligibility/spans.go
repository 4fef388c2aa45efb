package eligibility

import (
	"cmp"
	"slices"
	"sort"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// merge puts spans in order, joins those that overlap or touch, and returns them in the
// same array.
func merge(list []law.Span) []law.Span {
	slices.SortFunc(list, func(a, b law.Span) int { return cmp.Compare(a.First, b.First) })
	kept := list[:0]
	for _, s := range list {
		switch n := len(kept); {
		case n == 0 || !kept[n-1].Open() && s.First > kept[n-1].Last+1:
			kept = append(kept, s)
		case kept[n-1].Open():
		case s.Open():
			kept[n-1].Last = 0
		default:
			kept[n-1].Last = max(kept[n-1].Last, s.Last)
		}
	}
	return kept
}

// firstIn returns the first day of a list, which is in order and apart, that lies in a
// span; zero where there is none.
func firstIn(list []law.Span, span law.Span) date.Date {
	if span.IsZero() {
		return 0
	}
	i := sort.Search(len(list), func(i int) bool { return list[i].Open() || list[i].Last >= span.First })
	if i == len(list) {
		return 0
	}
	return list[i].Intersect(span).First
}

// without takes the days of one list out of another; both are in order and apart.
func without(list, out []law.Span) []law.Span {
	if len(out) == 0 {
		return list
	}
	kept := []law.Span{}
	next := 0 // the first span of out that may still matter
	for _, s := range list {
		for next < len(out) && !out[next].Open() && out[next].Last < s.First {
			next++
		}
		rest, whole := s, true
		for i := next; i < len(out) && whole && !rest.Intersect(out[i]).IsZero(); i++ {
			o := out[i]
			if rest.First < o.First {
				kept = append(kept, law.Span{First: rest.First, Last: o.First - 1})
			}
			if whole = !o.Open() && (rest.Open() || o.Last < rest.Last); whole {
				rest.First = o.Last + 1
			}
		}
		if whole {
			kept = append(kept, rest)
		}
	}
	return kept
}
