package places

import (
	"bytes"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// link is 0 for none, else one more than twice an era's index, and one more still
// when the era is meant by its other name.
type link int32

func (l link) era() int { return int(l-1) / 2 }

// index puts era i before the eras of its names.
func (r Register) index(i int) {
	var buffer, other [64]byte
	key := upper(fold(buffer[:0], r.all[i].Name))
	r.put(key, link(2*i+1))
	if r.all[i].OtherName != "" {
		if second := upper(fold(other[:0], r.all[i].OtherName)); !bytes.Equal(key, second) {
			r.put(second, link(2*i+2))
		}
	}
}

func (r Register) put(key []byte, l link) {
	r.next[l-1] = r.names[string(key)]
	r.names[string(key)] = l
}

// Named gives every era in which a place had the name, in either of its languages,
// former names included: by place, oldest first. Case, blanks, hyphens and
// apostrophes do not count, nor what stands in brackets. An accent may be left out,
// or written as an apostrophe at the end of a word; one that is given, of whatever
// kind, must be there in some name, or is passed over: "Paterno" gives the eras of
// Paterno and of Paternò, "Paternò" and "Paterno'" those of Paternò alone.
func (r Register) Named(name string) iter.Seq[Era] {
	return func(yield func(Era) bool) {
		var buffer, folded [64]byte
		asked := fold(buffer[:0], name)
		l := r.names[string(upper(append(folded[:0], asked...)))]
		exact := false
		if hasAccent(asked) {
			if found := r.withAccents(l, asked, ""); found != 0 {
				l, exact = found, true
			}
		}
		for l != 0 && yield(r.all[l.era()]) {
			known := r.name(l)
			if l = r.next[l-1]; exact {
				l = r.withAccents(l, asked, known)
			}
		}
	}
}

// name returns the name that l means.
func (r Register) name(l link) string {
	if l%2 == 0 {
		return r.all[l.era()].OtherName
	}
	return r.all[l.era()].Name
}

// withAccents returns the first link from l on whose name has the accents asked
// for, as the name known has; 0 for none.
func (r Register) withAccents(l link, asked []byte, known string) link {
	for ; l != 0; l = r.next[l-1] {
		name := r.name(l)
		if name == known { // the next era of the same place, as a rule
			return l
		}
		var buffer [64]byte
		if bytes.Equal(fold(buffer[:0], name), asked) {
			return l
		}
	}
	return 0
}

// fold appends the letters of a name, up to a bracket: A-Z in capitals, one with an
// accent in lower case, others in capitals as they are.
func fold(to []byte, name string) []byte {
	for i, r := range name {
		switch {
		case r == '(':
			return to
		case r >= 'A' && r <= 'Z':
			to = append(to, byte(r))
		case r >= 'a' && r <= 'z':
			to = append(to, byte(r-'a'+'A'))
		case r == '\'', r == '’', r == '`', r == '´':
			after, _ := utf8.DecodeRuneInString(name[i+utf8.RuneLen(r):])
			if n := len(to); n > 0 && !unicode.IsLetter(after) && strings.IndexByte("AEIOU", to[n-1]) >= 0 {
				to[n-1] += 'a' - 'A'
			}
		case unicode.Is(unicode.Mn, r): // a mark of decomposed text
			if n := len(to); n > 0 && to[n-1] >= 'A' && to[n-1] <= 'Z' {
				to[n-1] += 'a' - 'A'
			}
		case r < utf8.RuneSelf:
			if r >= '0' && r <= '9' {
				to = append(to, byte(r))
			}
		default:
			to = foldLetter(to, unicode.ToUpper(r))
		}
	}
	return to
}

// foldLetter is fold for a letter outside ASCII, of the languages of the archive.
func foldLetter(to []byte, r rune) []byte {
	switch r {
	case 'ß', 'ẞ':
		return append(to, 's', 's')
	case 'Æ':
		return append(to, 'a', 'e')
	case 'Œ':
		return append(to, 'o', 'e')
	case 'À', 'Á', 'Â', 'Ã', 'Ä', 'Å', 'Ă', 'Ą':
		return append(to, 'a')
	case 'È', 'É', 'Ê', 'Ë', 'Ě', 'Ę':
		return append(to, 'e')
	case 'Ì', 'Í', 'Î', 'Ï', 'İ':
		return append(to, 'i')
	case 'Ò', 'Ó', 'Ô', 'Õ', 'Ö', 'Ø', 'Ő':
		return append(to, 'o')
	case 'Ù', 'Ú', 'Û', 'Ü', 'Ů', 'Ű':
		return append(to, 'u')
	case 'Ç', 'Ć', 'Č':
		return append(to, 'c')
	case 'Đ', 'Ď', 'Ð':
		return append(to, 'd')
	case 'Ğ':
		return append(to, 'g')
	case 'Ł', 'Ĺ', 'Ľ':
		return append(to, 'l')
	case 'Ñ', 'Ń', 'Ň':
		return append(to, 'n')
	case 'Ř', 'Ŕ':
		return append(to, 'r')
	case 'Ś', 'Ş', 'Š', 'Ș':
		return append(to, 's')
	case 'Ţ', 'Ť', 'Ț':
		return append(to, 't')
	case 'Ý', 'Ÿ':
		return append(to, 'y')
	case 'Ź', 'Ż', 'Ž':
		return append(to, 'z')
	}
	if unicode.IsLetter(r) {
		to = utf8.AppendRune(to, r)
	}
	return to
}

// upper turns a-z of key into capitals: the accents are lost.
func upper(key []byte) []byte {
	for i, c := range key {
		if c >= 'a' && c <= 'z' {
			key[i] = c - 'a' + 'A'
		}
	}
	return key
}

func hasAccent(key []byte) bool {
	return bytes.ContainsFunc(key, func(r rune) bool { return r >= 'a' && r <= 'z' })
}
