package portfolio

import (
	"encoding/binary"
	"errors"
	"slices"

	"github.com/rickb777/date/v2"
)

// Mark is one day and what it was, in one number that sorts by day.
type Mark = uint32

// kindBits are the lower bits of a mark, those of the kind.
const kindBits = 3

func split(x Mark) (date.Date, Kind) { return date.Date(x >> kindBits), Kind(x & (1<<kindBits - 1)) }

// Marks is the set of marks of one pair. Sets are merged by union: neither the
// order nor the repetition of events can be seen in an answer. The zero value is
// the empty set.
type Marks struct {
	list []Mark // ascending
}

// Add puts a mark into the set.
func (m *Marks) Add(x Mark) {
	if i, found := slices.BinarySearch(m.list, x); !found {
		m.list = slices.Insert(m.list, i, x)
	}
}

// Union returns the marks of either set, and leaves both as they are.
func (m Marks) Union(o Marks) Marks {
	x, y := m.list, o.list
	all := make([]Mark, 0, len(x)+len(y))
	for len(x) > 0 && len(y) > 0 {
		first := min(x[0], y[0])
		all = append(all, first)
		if x[0] == first {
			x = x[1:]
		}
		if y[0] == first {
			y = y[1:]
		}
	}
	return Marks{append(append(all, x...), y...)}
}

// Encode writes a set as the distances between its marks: one or two bytes each.
func Encode(m Marks) []byte {
	b, last := make([]byte, 0, 2*len(m.list)+2), Mark(0)
	for _, x := range m.list {
		b = binary.AppendUvarint(b, uint64(x-last))
		last = x
	}
	return b
}

var errMarks = errors.New("portfolio: not an encoded set of marks")

// Decode reads what [Encode] wrote, and refuses anything else.
func Decode(b []byte) (Marks, error) {
	const most = uint64(^Mark(0))
	list, last := make([]Mark, 0, len(b)), uint64(0)
	for len(b) > 0 {
		step, n := binary.Uvarint(b)
		if n <= 0 || step == 0 || step > most-last {
			return Marks{}, errMarks
		}
		last += step
		list, b = append(list, Mark(last)), b[n:]
	}
	return Marks{list}, nil
}
