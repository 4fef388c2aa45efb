package main

import (
	"encoding/binary"
	"math"
	"math/bits"
	"slices"
)

// The engine travels as LZMA, a quarter smaller than as gzip: Go's WebAssembly repeats
// itself from afar. The encoder is our own because it has to look for the cheapest path:
// github.com/ulikunitz/xz, which takes the first good match, makes 2.27 MB of what this
// brings to 1.7. start.js unpacks it. The file is an ordinary .lzma with lc=3, lp=0,
// pb=0; the names below are those of the format's own specification.

// Where each kind of probability begins in the model.
const (
	isMatch    = 0
	isRep      = isMatch + 12
	isRepG0    = isRep + 12
	isRepG1    = isRepG0 + 12
	isRepG2    = isRepG1 + 12
	isRep0Long = isRepG2 + 12
	lenCoder   = isRep0Long + 12
	repCoder   = lenCoder + 274
	posSlot    = repCoder + 274
	posSpecial = posSlot + 4*64
	posAlign   = posSpecial + 115
	literals   = posAlign + 16
	modelSize  = literals + 8*768
)

const (
	longest = 273
	enough  = 96      // a match of this length is not taken in part
	tries   = 32      // earlier places that are compared at each byte
	planned = 4096    // bytes whose cheapest path is sought at once
	hashes  = 1 << 18 // of three bytes
)

// step is a literal, whose distance is 0, a match, or a repeated distance: -1 to -4.
type step struct{ length, distance int }

// place is a byte to be reached: at what price, and what is known there.
type place struct {
	step
	price uint32
	state int
	reps  [4]int
}

type encoder struct {
	in    []byte
	model [modelSize]uint16
	state int
	reps  [4]int

	out   []byte
	low   uint64
	width uint32
	cache byte
	held  int

	pricing bool // bits are not written: their price is added up, in sixteenths of a bit
	price   uint32

	head   []int32 // the last place of three bytes: the root of their tree
	trees  [][2]int32
	found  []step
	places [planned + 1]place
}

// lzma packs b.
func lzma(b []byte) []byte {
	e := &encoder{in: b, reps: [4]int{1, 1, 1, 1}, width: math.MaxUint32, held: 1, head: make([]int32, hashes), trees: make([][2]int32, len(b))}
	for i := range e.model {
		e.model[i] = 1024
	}
	for i := range e.head {
		e.head[i] = -1
	}
	e.out = binary.LittleEndian.AppendUint32([]byte{3}, 1<<max(12, bits.Len(uint(len(b)))))
	e.out = binary.LittleEndian.AppendUint64(e.out, uint64(len(b)))
	for at := 0; at < len(b); at += planned {
		i := at
		for _, s := range e.plan(at, min(at+planned, len(b))) {
			e.write(i, s)
			i += s.length
		}
	}
	for range 5 {
		e.shift()
	}
	return e.out
}

// bitPrices are the logarithms of probabilities, without floats: these may differ from one
// machine to another, and a release must not.
var bitPrices = func() (p [128]uint32) {
	for i := range p {
		w, n := i<<4+8, 0
		for range 4 {
			w, n = w*w, n<<1
			for ; w >= 1<<16; n++ {
				w >>= 1
			}
		}
		p[i] = uint32(11<<4 - 15 - n)
	}
	return p
}()

// bit writes a bit, or counts its price.
func (e *encoder) bit(i int, b uint32) {
	p := &e.model[i]
	if e.pricing {
		e.price += bitPrices[(uint32(*p)^-b&2047)>>4]
		return
	}
	bound := e.width >> 11 * uint32(*p)
	if b == 0 {
		e.width = bound
		*p += (2048 - *p) >> 5
	} else {
		e.low += uint64(bound)
		e.width -= bound
		*p -= *p >> 5
	}
	e.normalize()
}

func (e *encoder) normalize() {
	if e.width < 1<<24 {
		e.width <<= 8
		e.shift()
	}
}

// shift moves eight bits out; those that a carry may still change are held.
func (e *encoder) shift() {
	if uint32(e.low) < 0xff000000 || e.low > math.MaxUint32 {
		carry := byte(e.low >> 32)
		for ; e.held > 0; e.held-- {
			e.out = append(e.out, e.cache+carry)
			e.cache = 0xff
		}
		e.cache = byte(e.low >> 24)
	}
	e.held++
	e.low = uint64(uint32(e.low) << 8)
}

func (e *encoder) direct(n int, v uint32) {
	for n--; n >= 0; n-- {
		e.width >>= 1
		if v>>n&1 == 1 {
			e.low += uint64(e.width)
		}
		e.normalize()
	}
}

func (e *encoder) tree(at, n int, v uint32) {
	m := 1
	for n--; n >= 0; n-- {
		b := v >> n & 1
		e.bit(at+m, b)
		m = m<<1 | int(b)
	}
}

func (e *encoder) reverseTree(at, n int, v uint32) {
	m := 1
	for ; n > 0; n-- {
		e.bit(at+m, v&1)
		m = m<<1 | int(v&1)
		v >>= 1
	}
}

func (e *encoder) length(at, n int) {
	v := uint32(n - 2)
	switch {
	case v < 8:
		e.bit(at, 0)
		e.tree(at+2, 3, v)
	case v < 16:
		e.bit(at, 1)
		e.bit(at+1, 0)
		e.tree(at+10, 3, v-8)
	default:
		e.bit(at, 1)
		e.bit(at+1, 1)
		e.tree(at+18, 8, v-16)
	}
}

func (e *encoder) literal(i, state, rep int) {
	at := literals
	if i > 0 {
		at += 768 * int(e.in[i-1]>>5)
	}
	v := uint32(e.in[i])
	if state < 7 {
		e.tree(at, 8, v)
		return
	}
	like, m, same := uint32(e.in[i-rep]), 1, true
	for n := 7; n >= 0; n-- {
		b, l := v>>n&1, like>>n&1
		if same {
			e.bit(at+int(1+l)<<8+m, b)
			same = b == l
		} else {
			e.bit(at+m, b)
		}
		m = m<<1 | int(b)
	}
}

// kind tells what a step is.
func (e *encoder) kind(state int, s step) {
	if s.distance == 0 {
		e.bit(isMatch+state, 0)
		return
	}
	e.bit(isMatch+state, 1)
	if s.distance > 0 {
		e.bit(isRep+state, 0)
		return
	}
	e.bit(isRep+state, 1)
	if s.distance == -1 {
		e.bit(isRepG0+state, 0)
		e.bit(isRep0Long+state, uint32(min(s.length-1, 1)))
		return
	}
	e.bit(isRepG0+state, 1)
	if s.distance == -2 {
		e.bit(isRepG1+state, 0)
		return
	}
	e.bit(isRepG1+state, 1)
	e.bit(isRepG2+state, uint32(-s.distance-3))
}

// slot is the class of a distance, and how many bits tell which of the class it is.
func slot(distance int) (s, rest int) {
	d := distance - 1
	if d < 4 {
		return d, 0
	}
	rest = bits.Len(uint(d)) - 2
	return rest<<1 + d>>rest, rest
}

func lengthClass(n int) int { return min(n-2, 3) }

func (e *encoder) distance(n, distance int) {
	s, rest := slot(distance)
	e.tree(posSlot+64*lengthClass(n), 6, uint32(s))
	base := (2 | s&1) << rest
	switch v := uint32(distance - 1 - base); {
	case rest == 0:
	case s < 14:
		e.reverseTree(posSpecial+base-s, rest, v)
	default:
		e.direct(rest-4, v>>4)
		e.reverseTree(posAlign, 4, v&15)
	}
}

// after is what is known after a step.
func after(state int, reps [4]int, s step) (int, [4]int) {
	next := [3]int{7, 8, 9} // after a match, a repeated distance, one byte of it
	if state >= 7 {
		next = [3]int{10, 11, 11}
	}
	switch d := s.distance; {
	case d == 0:
		return max(0, state-3-state/10*3), reps
	case d > 0:
		return next[0], [4]int{d, reps[0], reps[1], reps[2]}
	case s.length == 1:
		return next[2], reps
	default:
		d = reps[-d-1]
		copy(reps[1:-s.distance], reps[:])
		reps[0] = d
		return next[1], reps
	}
}

func (e *encoder) write(i int, s step) {
	e.kind(e.state, s)
	switch {
	case s.distance == 0:
		e.literal(i, e.state, e.reps[0])
	case s.distance > 0:
		e.length(lenCoder, s.length)
		e.distance(s.length, s.distance)
	case s.length > 1:
		e.length(repCoder, s.length)
	}
	e.state, e.reps = after(e.state, e.reps, s)
}

// priced is the price of what f writes.
func (e *encoder) priced(f func()) uint32 {
	e.price = 0
	f()
	return e.price
}

// plan is the cheapest way from one byte to another, at the prices of now.
func (e *encoder) plan(start, end int) []step {
	e.pricing = true
	defer func() { e.pricing = false }()
	var lengths, repLengths [longest + 1]uint32
	for n := 2; n <= longest; n++ {
		lengths[n] = e.priced(func() { e.length(lenCoder, n) })
		repLengths[n] = e.priced(func() { e.length(repCoder, n) })
	}
	var slots [4][64]uint32
	for c := range slots {
		for s := range slots[c] {
			slots[c][s] = e.priced(func() { e.tree(posSlot+64*c, 6, uint32(s)) })
		}
	}
	p := e.places[:end-start+1]
	for i := range p {
		p[i].price = math.MaxUint32
	}
	p[0] = place{state: e.state, reps: e.reps}
	for i := range p[:end-start] {
		here, at := &p[i], start+i
		if i > 0 {
			from := &p[i-here.length]
			here.state, here.reps = after(from.state, from.reps, here.step)
		}
		try := func(s step, price uint32) {
			if to := &p[i+s.length]; here.price+price < to.price {
				to.step, to.price = s, here.price+price
			}
		}
		kind := func(s step) uint32 { return e.priced(func() { e.kind(here.state, s) }) }
		try(step{1, 0}, kind(step{1, 0})+e.priced(func() { e.literal(at, here.state, here.reps[0]) }))
		for k, d := range here.reps {
			n := e.same(at, d, end)
			if k == 0 && n > 0 {
				try(step{1, -1}, kind(step{1, -1}))
			}
			price := kind(step{2, -1 - k})
			for l := from(2, n); l <= n; l++ {
				try(step{l, -1 - k}, price+repLengths[l])
			}
		}
		price, l := kind(step{2, 1}), 2
		for _, m := range e.matches(at) {
			s, rest := slot(m.distance)
			m.length = min(m.length, end-at)
			for l = from(l, m.length); l <= m.length; l++ {
				try(step{l, m.distance}, price+lengths[l]+slots[lengthClass(l)][s]+uint32(16*rest))
			}
		}
	}
	var back []step
	for i := end - start; i > 0; i -= p[i].length {
		back = append(back, p[i].step)
	}
	slices.Reverse(back)
	return back
}

// from is the least length that is tried where n bytes are alike.
func from(least, n int) int {
	if n >= enough {
		return n
	}
	return least
}

// same counts the bytes that are alike at a distance.
func (e *encoder) same(at, distance, end int) int {
	if distance > at {
		return 0
	}
	n, most := 0, min(end-at, longest)
	for n < most && e.in[at+n] == e.in[at+n-distance] {
		n++
	}
	return n
}

// matches finds what stood before, each longer than those before it: in a binary tree of
// the places that begin with the same three bytes, ordered by what follows.
func (e *encoder) matches(at int) []step {
	e.found = e.found[:0]
	if at+3 > len(e.in) {
		return nil
	}
	h := (uint32(e.in[at]) | uint32(e.in[at+1])<<8 | uint32(e.in[at+2])<<16) * 2654435761 >> 14
	old := e.head[h]
	e.head[h] = int32(at)
	most := min(len(e.in)-at, longest)
	less, more := &e.trees[at][0], &e.trees[at][1]
	best, lessLen, moreLen := 1, 0, 0
	for n := tries; old >= 0 && n > 0; n-- {
		l := min(lessLen, moreLen)
		for l < most && e.in[int(old)+l] == e.in[at+l] {
			l++
		}
		if l > best {
			best = l
			e.found = append(e.found, step{l, at - int(old)})
		}
		t := &e.trees[old]
		switch {
		case l == most:
			*less, *more = t[0], t[1]
			return e.found
		case e.in[int(old)+l] < e.in[at+l]:
			*less, lessLen = old, l
			less = &t[1]
			old = *less
		default:
			*more, moreLen = old, l
			more = &t[0]
			old = *more
		}
	}
	*less, *more = -1, -1
	return e.found
}
