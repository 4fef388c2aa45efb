package cf

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// accented lists, for A to Z, the capitals that are written with that letter,
// alone or with the second one that spelling adds.
var accented = [26]string{
	"ÀÁÂÃÄÅÆĀĂĄǍǞǠǢǺǼȀȂȦḀẠẢẤẦẨẪẬẮẰẲẴẶ",
	"ḂḄḆ",
	"ÇĆĈĊČḈ",
	"ÐĎĐḊḌḎḐḒ",
	"ÈÉÊËĒĔĖĘĚƏȄȆȨḔḖḘḚḜẸẺẼẾỀỂỄỆ",
	"Ḟ",
	"ĜĞĠĢǦǴḠ",
	"ĤĦȞḢḤḦḨḪ",
	"ÌÍÎÏĨĪĬĮİĲǏȈȊḬḮỈỊ",
	"Ĵ",
	"ĶǨḰḲḴ",
	"ĹĻĽĿŁḶḸḺḼ",
	"ḾṀṂ",
	"ÑŃŅŇŊǸṄṆṈṊ",
	"ÒÓÔÕÖØŌŎŐŒƠǑǪǬǾȌȎȪȬȮȰṌṎṐṒỌỎỐỒỔỖỘỚỜỞỠỢ",
	"ṔṖ",
	"",
	"ŔŖŘȐȒṘṚṜṞ",
	"ŚŜŞŠȘṠṢṤṦṨßẞ",
	"ÞŢŤŦȚṪṬṮṰ",
	"ÙÚÛÜŨŪŬŮŰŲƯǓǕǗǙǛȔȖṲṴṶṸṺỤỦỨỪỬỮỰ",
	"ṼṾ",
	"ŴẀẂẄẆẈ",
	"ẊẌ",
	"ÝŶŸȲẎỲỴỶỸ",
	"ŹŻŽẐẒẔ",
}

const (
	diaeresis = '\u0308' // combining marks of decomposed text
	ring      = '\u030A'
)

// latin returns the letter that r, a capital, is written with; 0 for none.
func latin(r rune) byte {
	if r >= 'A' && r <= 'Z' {
		return byte(r)
	}
	for i, set := range accented {
		if strings.ContainsRune(set, r) {
			return 'A' + byte(i)
		}
	}
	return 0
}

// second returns the letter that r, a capital or a mark after prev, adds behind
// its first one; optional when it is also left out in practice. 0 for none.
func second(r rune, prev byte) (letter byte, optional bool) {
	switch r {
	case 'Æ', 'Ǣ', 'Ǽ', 'Œ':
		return 'E', false
	case 'ß', 'ẞ':
		return 'S', false
	case 'Þ':
		return 'H', false
	case 'Ĳ':
		return 'J', false
	case 'Ä', 'Ǟ', 'Ö', 'Ȫ', 'Ṏ', 'Ø', 'Ǿ', 'Ü', 'Ǖ', 'Ǘ', 'Ǚ', 'Ǜ', 'Ṻ':
		return 'E', true
	case 'Å', 'Ǻ':
		return 'A', true
	case diaeresis:
		if prev == 'A' || prev == 'O' || prev == 'U' {
			return 'E', true
		}
	case ring:
		if prev == 'A' {
			return 'A', true
		}
	}
	return 0, false
}

// choices is how many optional letters matter: the first two. Each stands behind
// a vowel, so a third one is the fourth vowel at best, and a triplet has three.
const choices = 2

// triplet codes a surname or, when given is set, the given names: consonants in
// order, then vowels in order, then X (art. 3). Given names with four consonants
// or more take the first, third and fourth (art. 4). Bit i of short leaves out
// optional letter i. It is not ok when the name has no Latin letter, or a digit,
// a letter that is none, or broken UTF-8.
func triplet(name string, given bool, short int) (t [3]byte, ok bool) {
	var consonants [4]byte
	vowels := [3]byte{'X', 'X', 'X'}
	nc, nv := 0, 0
	add := func(c byte) {
		if c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U' {
			if nv < len(vowels) {
				vowels[nv] = c
			}
			nv++
		} else {
			if nc < len(consonants) {
				consonants[nc] = c
			}
			nc++
		}
	}
	var prev byte
	option := 0
	for _, r := range name {
		r = unicode.ToUpper(r)
		if c := latin(r); c != 0 {
			add(c)
			prev = c
		} else if r == utf8.RuneError || unicode.IsNumber(r) || unicode.IsLetter(r) && !unicode.Is(unicode.Lm, r) {
			return t, false // Lm has the letter-like apostrophes
		}
		if c, optional := second(r, prev); c != 0 {
			if !optional || short>>option&1 == 0 {
				add(c)
			}
			if optional {
				option++
			}
		}
	}
	if nc+nv == 0 {
		return t, false
	}
	if given && nc >= 4 {
		return [3]byte{consonants[0], consonants[2], consonants[3]}, true
	}
	n := copy(t[:], consonants[:min(nc, 3)])
	copy(t[n:], vowels[:])
	return t, true
}
