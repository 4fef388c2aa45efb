package law

import (
	"strings"
	"unicode/utf16"
	"unicode/utf8"
)

// reader reads JSON from the first byte to the last. What is not JSON at all breaks
// it; what is JSON of another form than asked is a fault, and reading goes on behind it.
type reader struct {
	data   []byte
	pos    int
	depth  int  // of objects and lists
	broken bool // the text is not JSON; pos is at the end

	path   []byte // JSON pointer of the value that is read
	faults InputErrors
	count  int // of faults, also of those that are not kept

	structs []structure // the structs met so far
	fields  []field     // theirs
}

const (
	maxDepth        = 10_000 // what encoding/json takes
	blanks   uint64 = 1<<' ' | 1<<'\t' | 1<<'\n' | 1<<'\r'
)

// fail gives up: the text is not JSON.
func (r *reader) fail() { r.broken, r.pos = true, len(r.data) }

// fault keeps what an error says of the value that is read; nil is none.
func (r *reader) fault(err error) {
	for _, e := range AllErrors(err) {
		if r.count++; r.count <= MaxErrors {
			r.faults = append(r.faults, &InputError{Kind: e.Kind, Path: string(r.path) + e.Path, Detail: e.Detail})
		}
	}
}

// wrongType is the fault of a value of another JSON type than the field's, which is
// passed over.
func (r *reader) wrongType(en, it string) {
	r.fault(&InputError{Kind: KindJSON, Detail: Text{"not " + en, "non è " + it}})
	r.skip()
}

func (r *reader) space() {
	for r.pos < len(r.data) && r.data[r.pos] <= ' ' && blanks>>r.data[r.pos]&1 != 0 {
		r.pos++
	}
}

// peek returns the first byte of the next token, 0 at the end.
func (r *reader) peek() byte {
	r.space()
	if r.pos < len(r.data) {
		return r.data[r.pos]
	}
	return 0
}

// word reads a literal such as null.
func (r *reader) word(s string) {
	if len(r.data)-r.pos < len(s) || string(r.data[r.pos:r.pos+len(s)]) != s {
		r.fail()
		return
	}
	r.pos += len(s)
}

// digits reads at least one digit.
func (r *reader) digits() {
	from := r.pos
	for r.pos < len(r.data) && r.data[r.pos]-'0' <= 9 {
		r.pos++
	}
	if r.pos == from {
		r.fail()
	}
}

// number reads a number and returns it as it is written.
func (r *reader) number() []byte {
	from := r.pos
	if r.data[r.pos] == '-' {
		r.pos++
	}
	if r.pos < len(r.data) && r.data[r.pos] == '0' {
		r.pos++
	} else {
		r.digits()
	}
	if r.pos < len(r.data) && r.data[r.pos] == '.' {
		r.pos++
		r.digits()
	}
	if r.pos < len(r.data) && r.data[r.pos]|' ' == 'e' {
		if r.pos++; r.pos < len(r.data) && (r.data[r.pos] == '+' || r.data[r.pos] == '-') {
			r.pos++
		}
		r.digits()
	}
	return r.data[from:r.pos]
}

// quoted reads a string, whose opening quote is next, and returns what it stands for: a
// part of the input, or a copy where something is escaped.
func (r *reader) quoted() []byte {
	r.pos++
	for i := r.pos; i < len(r.data); i++ {
		switch c := r.data[i]; {
		case c == '"':
			s := r.data[r.pos:i]
			r.pos = i + 1
			return s
		case c == '\\':
			return r.unescape(i)
		case c < ' ':
			r.fail()
			return nil
		}
	}
	r.fail()
	return nil
}

// unescape reads the rest of a string whose first backslash is at i.
func (r *reader) unescape(i int) []byte {
	s := append([]byte(nil), r.data[r.pos:i]...)
	for r.pos = i; r.pos < len(r.data); {
		c := r.data[r.pos]
		r.pos++
		switch {
		case c == '"':
			return s
		case c < ' ':
			r.fail()
		case c != '\\':
			s = append(s, c)
		case r.pos < len(r.data):
			c = r.data[r.pos]
			r.pos++
			if c == 'u' {
				s = utf8.AppendRune(s, r.escapedRune())
				continue
			}
			at := strings.IndexByte(`"\/bfnrt`, c)
			if at < 0 {
				r.fail()
				return nil
			}
			s = append(s, "\"\\/\b\f\n\r\t"[at])
		}
	}
	r.fail()
	return nil
}

// escapedRune reads what follows \u. Half a pair of surrogates stands for no
// character: U+FFFD, as in encoding/json.
func (r *reader) escapedRune() rune {
	c := r.hex(r.pos)
	if c < 0 {
		r.fail()
		return utf8.RuneError
	}
	r.pos += 4
	if !utf16.IsSurrogate(c) {
		return c
	}
	if r.pos+1 < len(r.data) && r.data[r.pos] == '\\' && r.data[r.pos+1] == 'u' {
		if both := utf16.DecodeRune(c, r.hex(r.pos+2)); both != utf8.RuneError {
			r.pos += 6
			return both
		}
	}
	return utf8.RuneError
}

// hex returns the value of the four hexadecimal digits at i, -1 where there are none.
func (r *reader) hex(i int) rune {
	if i+4 > len(r.data) {
		return -1
	}
	n := rune(0)
	for _, c := range r.data[i : i+4] {
		switch {
		case c-'0' <= 9:
			n = n<<4 | rune(c-'0')
		case c|' ' >= 'a' && c|' ' <= 'f':
			n = n<<4 | rune(c|' '-'a'+10)
		default:
			return -1
		}
	}
	return n
}

// members reads an object, whose brace is next; each reads the value of a member.
func (r *reader) members(each func(name []byte)) {
	if r.enter(); r.peek() == '}' {
		r.leave()
		return
	}
	for {
		if r.peek() != '"' {
			r.fail()
			return
		}
		name := r.quoted()
		if r.peek() != ':' {
			r.fail()
			return
		}
		r.pos++
		each(name)
		switch r.peek() {
		case ',':
			r.pos++
		case '}':
			r.leave()
			return
		default:
			r.fail()
			return
		}
	}
}

// elements reads a list, whose bracket is next; each reads the element i.
func (r *reader) elements(each func(i int)) {
	if r.enter(); r.peek() == ']' {
		r.leave()
		return
	}
	for i := 0; ; i++ {
		each(i)
		switch r.peek() {
		case ',':
			r.pos++
		case ']':
			r.leave()
			return
		default:
			r.fail()
			return
		}
	}
}

func (r *reader) enter() {
	r.pos++
	if r.depth++; r.depth > maxDepth {
		r.fail()
	}
}

func (r *reader) leave() {
	r.pos++
	r.depth--
}

// skip passes over a value of any type.
func (r *reader) skip() {
	switch c := r.peek(); {
	case c == '"':
		r.quoted()
	case c == '{':
		r.members(func([]byte) { r.skip() })
	case c == '[':
		r.elements(func(int) { r.skip() })
	case c == '-' || c-'0' <= 9:
		r.number()
	case c == 't':
		r.word("true")
	case c == 'f':
		r.word("false")
	case c == 'n':
		r.word("null")
	default:
		r.fail()
	}
}

// null reports whether the next value is a null, and reads it.
func (r *reader) null() bool {
	if r.peek() != 'n' {
		return false
	}
	r.word("null")
	return true
}

// text reads a string, and reports whether there was one.
func (r *reader) text(en, it string) (s []byte, ok bool) {
	if r.peek() != '"' {
		r.wrongType(en, it)
		return nil, false
	}
	s = r.quoted()
	return s, !r.broken
}

// truth reads true or false, and reports whether there was one.
func (r *reader) truth() (b, ok bool) {
	switch r.peek() {
	case 't':
		r.word("true")
		return true, true
	case 'f':
		r.word("false")
		return false, true
	default:
		r.wrongType("true or false", "vero o falso (true, false)")
		return false, false
	}
}
