package cf

import (
	"cmp"
	"slices"
	"strings"
)

// maxSuggestions is the most that Suggest returns.
const maxSuggestions = 10

// Suggest returns the valid codes that are one typing mistake away from s, at most
// ten, most likely first; none for a valid code. s is cleaned as by [Read]: when
// that alone makes it a code, this code is the one answer. Of the others the order
// is
//
//  1. every character that its position does not admit read as the one it looks
//     like (O for 0, I for 1, S for 5, B for 8, Z for 2, G for 6, and the reverse),
//     and the zeros put back that a spreadsheet drops before a number;
//  2. one character read as the one it looks like, though its position admits it;
//  3. two neighbours swapped; one of two equal neighbours left out; one character
//     doubled;
//  4. one character left out, or one too many;
//  5. the control character replaced by the right one;
//  6. one character replaced by its neighbour on the keyboard;
//  7. one character replaced by any other;
//  8. whatever of these gives a code with more letters for digits (omocodia) than
//     s has, or than the others have when s is too short or too long to tell, since
//     few codes have any.
//
// Within each the leftmost mistake comes first, then the alphabet. The same text
// gives the same answer, and its cost has a bound whatever s is.
//
// A suggestion is a formally valid code, perhaps of another person or of nobody:
// show it to who knows the person, never put it in place of s.
func Suggest(s string) Codes {
	if Valid(s) || len(s) > 64 { // 17 characters, with blanks between
		return nil
	}
	text, _ := clean(s)
	if c, err := Parse(text); err == nil {
		return Codes{c}
	}
	f := finder{text: []rune(text)}
	f.lookalikes()
	f.zeros()
	for i := range f.text {
		f.likeness(i)
		f.swap(i)
		f.drop(i)
		f.replace(i)
	}
	for i := range len(f.text) + 1 {
		f.insert(i)
	}
	most := f.letters()
	for i, s := range f.found {
		if s.code.letters() > most {
			f.found[i].rank = slipOmocode
		}
	}
	slices.SortStableFunc(f.found, func(a, b suggestion) int {
		if c := cmp.Compare(a.rank, b.rank); c != 0 {
			return c
		}
		return cmp.Compare(a.at, b.at)
	})
	var all Codes
	for _, s := range f.found {
		if len(all) < maxSuggestions && !slices.Contains(all, s.code) {
			all = append(all, s.code)
		}
	}
	return all
}

// The mistakes, most likely first.
const (
	slipLooks = iota
	slipLooksAdmitted
	slipNeighbours
	slipCount
	slipControl
	slipNear
	slipAny
	slipOmocode
)

type suggestion struct {
	code     Code
	rank, at int
}

type finder struct {
	text  []rune
	found []suggestion
}

// try keeps the text if it is a code.
func (f *finder) try(text []rune, rank, at int) {
	if len(text) != 16 && len(text) != 11 {
		return
	}
	var b [16]byte
	for i, r := range text {
		if r >= 0x80 {
			return
		}
		b[i] = byte(r)
	}
	c, ok := Code{b}, false
	if len(text) == 16 {
		ok = personal(string(b[:]))
	} else {
		ok = numeric(string(b[:11])) == ""
	}
	if !ok {
		return
	}
	f.found = append(f.found, suggestion{c, rank, at})
}

// letters counts the digits written as letters in the text. While its length does
// not tell which places they have, the fewest of what was found count.
func (f *finder) letters() (n int) {
	if len(f.text) == 16 {
		for _, i := range digits {
			if strings.ContainsRune(omocodia, f.text[i]) {
				n++
			}
		}
		return n
	}
	n = len(digits)
	for _, s := range f.found {
		n = min(n, s.code.letters())
	}
	return n
}

// looks pairs what looks alike: a letter and a digit, then two letters.
const (
	looks = "O0I1Z2S5B8G6L1D0Q0"
	twins = "OQODILIJUVMN"
)

// alike returns what r looks like and is read as in a place for digits, or in one
// for letters; 0 for nothing.
func alike(r rune, digit bool) rune {
	for i := 0; i < len(looks); i += 2 {
		l, d := rune(looks[i]), rune(looks[i+1])
		switch {
		case digit && r == l:
			return d
		case !digit && r == d:
			return l
		}
	}
	return 0
}

// keyboard has the rows of keys.
var keyboard = [...]string{"1234567890", "QWERTYUIOP", "ASDFGHJKL", "ZXCVBNM"}

// near reports whether two keys touch.
func near(a, b rune) bool {
	for y, row := range keyboard {
		x := strings.IndexRune(row, a)
		if x < 0 {
			continue
		}
		for dy := -1; dy <= 1; dy++ {
			if y+dy < 0 || y+dy >= len(keyboard) {
				continue
			}
			if at := strings.IndexRune(keyboard[y+dy], b); at >= 0 && max(at-x, x-at) <= 1 {
				return true
			}
		}
	}
	return false
}

// admits reports whether place i, from 0, of a text of n characters admits r.
func admits(n, i int, r rune) bool {
	if n == 11 {
		return r >= '0' && r <= '9'
	}
	return r < 0x80 && positions[i][r] != 0
}

// isDigit reports whether the place is one for digits.
func isDigit(n, i int) bool { return n == 11 || slices.Contains(digits[:], i) }

// lookalikes mends every character that its place does not admit.
func (f *finder) lookalikes() {
	n := len(f.text)
	if n != 16 && n != 11 {
		return
	}
	text, first := slices.Clone(f.text), -1
	for i, r := range text {
		if admits(n, i, r) {
			continue
		}
		if text[i] = alike(r, isDigit(n, i)); text[i] == 0 {
			return
		}
		if first < 0 {
			first = i
		}
	}
	f.try(text, slipLooks, first)
}

// zeros puts back what a spreadsheet drops before a number.
func (f *finder) zeros() {
	if n := len(f.text); n < 11 {
		f.try(append([]rune("00000000000"[:11-n]), f.text...), slipLooks, 0)
	}
}

// with tries the text with r in place i.
func (f *finder) with(i int, r rune, rank int) {
	old := f.text[i]
	f.text[i] = r
	f.try(f.text, rank, i)
	f.text[i] = old
}

// likeness reads the character in place i as what it looks like.
func (f *finder) likeness(i int) {
	const pairs = looks + twins
	for k := 0; k < len(pairs); k += 2 {
		switch a, b := rune(pairs[k]), rune(pairs[k+1]); f.text[i] {
		case a:
			f.with(i, b, slipLooksAdmitted)
		case b:
			f.with(i, a, slipLooksAdmitted)
		}
	}
}

// swap exchanges the characters in places i and i+1.
func (f *finder) swap(i int) {
	if i+1 == len(f.text) {
		return
	}
	t := f.text
	t[i], t[i+1] = t[i+1], t[i]
	f.try(t, slipNeighbours, i)
	t[i], t[i+1] = t[i+1], t[i]
}

// drop leaves out the character in place i.
func (f *finder) drop(i int) {
	if n := len(f.text); n == 17 || n == 12 {
		rank := slipCount
		if i > 0 && f.text[i-1] == f.text[i] {
			rank = slipNeighbours
		}
		f.try(slices.Delete(slices.Clone(f.text), i, i+1), rank, i)
	}
}

// characters is what a code is written with.
const characters = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"

// insert puts a character before place i.
func (f *finder) insert(i int) {
	n := len(f.text) + 1
	if n != 16 && n != 11 {
		return
	}
	text := slices.Insert(slices.Clone(f.text), i, 0)
	for _, r := range characters {
		rank := slipCount
		if i > 0 && text[i-1] == r {
			rank = slipNeighbours
		}
		if admits(n, i, r) {
			text[i] = r
			f.try(text, rank, i)
		}
	}
}

// replace puts another character in place i.
func (f *finder) replace(i int) {
	n := len(f.text)
	if n != 16 && n != 11 {
		return
	}
	for _, r := range characters {
		switch old := f.text[i]; {
		case r == old || !admits(n, i, r):
		case i == n-1:
			f.with(i, r, slipControl)
		case near(old, r):
			f.with(i, r, slipNear)
		default:
			f.with(i, r, slipAny)
		}
	}
}
