package cf

import (
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Name is a surname, or the given names, of a person, in any case and spelling.
// The zero value is a name that was not given, which is another thing than
// [NoName]. A string converts to it: Name(s).
//
// As text, and so in JSON, the empty string is NoName, and an absent member is a
// name not given: a struct gives the field the omitzero option.
type Name string

// NoName says that the person has no surname, or no given name, as some
// foreigners have: the Agency then writes XXX in that place of the code. Never
// put it for a name that is merely unknown.
const NoName Name = "\x00"

// MarshalText returns the name in clear, the empty text for [NoName], and
// ErrMissing for the zero value.
func (n Name) MarshalText() ([]byte, error) {
	switch n {
	case "":
		return nil, &Error{Kind: ErrMissing}
	case NoName:
		return []byte{}, nil
	}
	return []byte(n), nil
}

// UnmarshalText takes any text as the name; the empty one is [NoName]. The error
// is ErrValue for the one text that means NoName within a program.
func (n *Name) UnmarshalText(text []byte) error {
	switch s := Name(text); s {
	case "":
		*n = NoName
	case NoName:
		return &Error{Kind: ErrValue}
	default:
		*n = s
	}
	return nil
}

// LogValue tells only whether a name was given.
func (n Name) LogValue() slog.Value {
	switch n {
	case "":
		return slog.StringValue("not given")
	case NoName:
		return slog.StringValue("none")
	}
	return slog.StringValue("given")
}

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

// A letter is one of A to Z that a name is spelled with.
type letter struct {
	is       byte
	optional bool // another usual spelling leaves it out
}

// spell gives visit the letters of a name in order. It reports false when the name
// holds what stands in no name: a digit, a letter of another script, a sign, broken
// UTF-8. Two kinds of letter are optional: the second one of Ä, Å, Ö, Ø and Ü, and
// a consonant outside A to Z, such as Ñ, Ž or Ð, which some registers dropped.
func spell(name Name, visit func(letter)) bool {
	var prev byte
	for i, r := range name {
		size := utf8.RuneLen(r) // of broken UTF-8, what follows does not matter
		r = unicode.ToUpper(r)
		first, extra, optional := latin(r), byte(0), false
		switch {
		case first != 0:
			prev = first
			marked := r > 'Z'
			if marked {
				extra, optional = second(r, 0)
			} else if next := name[min(i+size, len(name)):]; next != "" && next[0] >= utf8.RuneSelf {
				mark, _ := utf8.DecodeRuneInString(string(next))
				marked = unicode.Is(unicode.Mn, mark)
			}
			visit(letter{first, marked && extra == 0 && !isVowel(first)})
		case unicode.Is(unicode.Mn, r):
			extra, optional = second(r, prev)
		case r == utf8.RuneError || !passed(r):
			return false
		}
		if extra != 0 {
			visit(letter{extra, optional})
		}
	}
	return true
}

func isVowel(c byte) bool {
	return c == 'A' || c == 'E' || c == 'I' || c == 'O' || c == 'U'
}

// passed reports whether r is a sign that names are written with and codes pass
// over: blanks, hyphens, apostrophes and what is typed for them, full stop, comma,
// colon, brackets, and the point of Catalan's l·l.
func passed(r rune) bool {
	return unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Ps, unicode.Pe) ||
		strings.ContainsRune("'`´‘’‛′ʹʻʼʽˈ.,:·", r)
}

// triplet codes a surname or, when given is set, the given names: consonants in
// order, then vowels in order, then X (art. 3). Given names with four consonants
// or more take the first, third and fourth (art. 4). Optional letters count. It is
// not ok when the name has no Latin letter or spell refuses it.
func triplet(name Name, given bool) (t [3]byte, ok bool) {
	if name == NoName {
		return [3]byte{'X', 'X', 'X'}, true
	}
	var consonants [4]byte
	vowels := [3]byte{'X', 'X', 'X'}
	nc, nv := 0, 0
	ok = spell(name, func(l letter) {
		switch {
		case !isVowel(l.is):
			if nc < len(consonants) {
				consonants[nc] = l.is
			}
			nc++
		default:
			if nv < len(vowels) {
				vowels[nv] = l.is
			}
			nv++
		}
	})
	if !ok || nc+nv == 0 {
		return t, false
	}
	if given && nc >= 4 {
		return [3]byte{consonants[0], consonants[2], consonants[3]}, true
	}
	n := copy(t[:], consonants[:min(nc, 3)])
	copy(t[n:], vowels[:])
	return t, true
}

// A shape is one way in which a name gives its three characters: which consonants
// and which vowels it must have in which place, 0 for any.
type shape struct {
	consonants [4]byte
	vowels     [3]byte
	nc, nv     int  // how many are needed
	more       bool // consonants beyond nc may follow
	padded     int  // with this many vowels the rest is X; nv when none is
}

// spelledAs reports whether some spelling of the name gives t, every optional
// letter either there or left out. It follows all spellings at once: of each it
// need only know how many consonants and vowels it has so far.
func spelledAs(name Name, given bool, t [3]byte) bool {
	if name == NoName {
		return t == [3]byte{'X', 'X', 'X'}
	}
	if given && follows(name, shape{consonants: [4]byte{t[0], 0, t[1], t[2]}, nc: 4, more: true}) {
		return true
	}
	for nc := range 4 {
		s := shape{nc: nc, nv: 3 - nc, more: nc == 3 && !given}
		copy(s.consonants[:], t[:nc])
		copy(s.vowels[:], t[nc:])
		s.padded = s.nv
		for s.padded > 0 && s.vowels[s.padded-1] == 'X' {
			s.padded--
		}
		if follows(name, s) {
			return true
		}
	}
	return false
}

// follows reports whether a spelling of the name has the shape.
func follows(name Name, s shape) bool {
	// reached has bit nc*4+nv set when a spelling of what was read so far has nc
	// consonants and nv vowels, of which those beyond the needed ones count once.
	reached := uint32(1)
	spell(name, func(l letter) {
		var next uint32
		if l.optional {
			next = reached
		}
		for at := range 20 {
			if reached>>at&1 == 0 {
				continue
			}
			nc, nv := at/4, at%4
			switch vowel := isVowel(l.is); {
			case vowel && nv == s.nv:
				next |= 1 << at
			case vowel && s.vowels[nv] == l.is:
				next |= 1 << (at + 1)
			case vowel:
			case nc == s.nc && s.more:
				next |= 1 << at
			case nc < s.nc && (s.consonants[nc] == 0 || s.consonants[nc] == l.is):
				next |= 1 << (at + 4)
			}
		}
		reached = next
	})
	for nv := max(s.padded, 0); nv <= s.nv; nv++ {
		if (s.nc > 0 || nv > 0) && reached>>(s.nc*4+nv)&1 == 1 {
			return true
		}
	}
	return false
}
