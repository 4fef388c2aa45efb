package law

import (
	"bytes"
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
	"unicode/utf8"

	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Decode reads one JSON value into v, a pointer: as a rule to a struct whose fields
// carry json tags, nested structs included, whatever methods they have. It is
// strict where encoding/json is lenient: member names match to the letter, unknown
// and repeated members are refused, text after the value is refused, days must
// exist, amounts are bounded decimal strings, instants carry an offset, whole
// numbers fit 32 bits. A type with a SetDays method, such as a set of worked days,
// is read as [Days]. A null member is an absent one, and what is absent ends up
// zero, whatever v held before; so does everything after an error.
//
// The error is an [InputError] whose path is the JSON pointer of the place, or
// [InputErrors] where several places are wrong, the first [MaxErrors] in the order of
// the input. The name of an unknown member is not repeated, since it may be anything:
// the pointer is that of the object.
func Decode(data []byte, v any) error {
	x := reflect.ValueOf(v).Elem()
	x.SetZero()
	r := reader{data: data}
	if utf8.Valid(data) {
		r.value(x)
		r.space()
	}
	switch {
	case r.broken || r.pos != len(data):
		x.SetZero()
		return &InputError{Kind: KindJSON, Detail: Text{"not a JSON value", "non è un valore JSON"}}
	case r.count == 0:
		return nil
	}
	x.SetZero()
	if len(r.faults) == 1 {
		return r.faults[0]
	}
	return r.faults
}

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

// structure is a struct that can be read: its fields are reader.fields[from:to].
type structure struct {
	typ      reflect.Type
	from, to int
}

// field is a member of a struct: its name and its index, or its indices where it is
// the field of an embedded struct.
type field struct {
	name  string
	index int
	path  []int
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

// value reads a value into v. A null leaves v as it is: zero.
func (r *reader) value(v reflect.Value) {
	if r.null() {
		return
	}
	var err error
	switch p := v.Addr().Interface().(type) {
	case *date.Date:
		if s, ok := r.text("a day", "un giorno"); ok {
			*p, err = ParseDay(string(s))
		}
	case *decimal.Decimal:
		if s, ok := r.text("a decimal in a string", "un numero decimale fra virgolette"); ok {
			*p, err = ParseAmount(string(s))
		}
	case *time.Time:
		if s, ok := r.text("an instant", "un istante"); ok {
			*p, err = parseInstant(string(s))
		}
	case *Answer:
		if b, ok := r.truth(); ok {
			*p = Is(b)
		}
	case *Days:
		*p = r.days()
	case interface{ SetDays(Days) }:
		p.SetDays(r.days())
	case *Span:
		r.span(p, v)
	case encoding.TextUnmarshaler:
		if s, ok := r.text("a string", "un testo"); ok {
			if err = p.UnmarshalText(s); err != nil && AllErrors(err) == nil {
				err = &InputError{Kind: KindValue}
			}
		}
	default:
		r.plain(v)
	}
	if err != nil {
		r.fault(err)
	}
}

func (r *reader) plain(v reflect.Value) {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		r.value(v.Elem())
	case reflect.Struct:
		r.object(v)
	case reflect.Slice:
		r.list(v)
	case reflect.String:
		if s, ok := r.text("a string", "un testo"); ok {
			v.SetString(string(s))
		}
	case reflect.Bool:
		if b, ok := r.truth(); ok {
			v.SetBool(b)
		}
	case reflect.Int:
		r.whole(v)
	default:
		r.wrongType("a value that can be read", "un valore leggibile")
	}
}

// whole reads a whole number of 32 bits.
func (r *reader) whole(v reflect.Value) {
	if c := r.peek(); c == '-' || c-'0' <= 9 {
		from := r.pos
		n, err := strconv.ParseInt(string(r.number()), 10, 32)
		if err == nil {
			v.SetInt(n)
			return
		}
		if !r.broken {
			r.pos = from
		}
	}
	r.wrongType("a whole number", "un numero intero")
}

// object reads an object into a struct.
func (r *reader) object(v reflect.Value) {
	if r.peek() != '{' {
		r.wrongType("an object", "un oggetto")
		return
	}
	s := r.structure(v.Type())
	var room [2]uint64
	seen, next := room[:], s.from
	r.members(func(name []byte) {
		i := r.find(s, next, name)
		if i < 0 {
			r.fault(&InputError{Kind: KindMember, Detail: Text{"unknown member", "membro sconosciuto"}})
			r.skip()
			return
		}
		here, word, bit := len(r.path), (i-s.from)/64, uint64(1)<<((i-s.from)%64)
		for word >= len(seen) {
			seen = append(seen, 0)
		}
		f := &r.fields[i]
		r.path = append(append(r.path, '/'), f.name...)
		switch {
		case seen[word]&bit != 0:
			r.fault(&InputError{Kind: KindMember})
			r.skip()
		case f.path != nil:
			r.value(v.FieldByIndex(f.path))
		default:
			r.value(v.Field(f.index))
		}
		seen[word] |= bit
		r.path, next = r.path[:here], i+1
	})
}

// find returns the index of the field with a name, -1 where there is none. It begins
// with the field next, since members mostly come in the order of the fields.
func (r *reader) find(s structure, next int, name []byte) int {
	for i := next; i < s.to; i++ {
		if r.fields[i].name == string(name) {
			return i
		}
	}
	for i := s.from; i < next; i++ {
		if r.fields[i].name == string(name) {
			return i
		}
	}
	return -1
}

// structure returns the fields of a struct type. They are looked up once a call.
func (r *reader) structure(t reflect.Type) structure {
	for i := range r.structs {
		if r.structs[i].typ == t {
			return r.structs[i]
		}
	}
	s := structure{typ: t, from: len(r.fields)}
	r.fields = slices.Grow(r.fields, t.NumField())
	r.collect(t, s.from, nil)
	s.to = len(r.fields)
	r.structs = append(r.structs, s)
	return s
}

// collect appends the fields of a struct type that carry a json tag, and those of the
// structs it embeds without one. Of two fields with one name the first counts.
func (r *reader) collect(t reflect.Type, from int, outer []int) {
	embeds := outer != nil
	for i := range t.NumField() {
		f := t.Field(i)
		tag := nameOf(f.Tag)
		switch {
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct:
			embeds = true
			r.collect(f.Type, from, append(outer[:len(outer):len(outer)], i))
		case tag == "" || tag == "-":
		case !embeds:
			r.fields = append(r.fields, field{name: tag, index: i})
		case r.find(structure{from: from, to: len(r.fields)}, from, []byte(tag)) < 0:
			r.fields = append(r.fields, field{tag, i, append(outer[:len(outer):len(outer)], i)})
		}
	}
}

// nameOf returns the member's name in a json tag: what stands before the first comma.
func nameOf(tag reflect.StructTag) string {
	name, found := strings.CutPrefix(string(tag), `json:"`) // as a rule the only tag
	if i := strings.IndexAny(name, `,"\\`); found && i >= 0 && name[i] != '\\' {
		return name[:i]
	}
	name, _, _ = strings.Cut(tag.Get("json"), ",")
	return name
}

// index appends the place of an element to the path, and returns where to cut it again.
func (r *reader) index(i int) (here int) {
	here = len(r.path)
	r.path = strconv.AppendInt(append(r.path, '/'), int64(i), 10)
	return here
}

// list reads a list into a slice.
func (r *reader) list(v reflect.Value) {
	if r.peek() != '[' {
		r.wrongType("a list", "un elenco")
		return
	}
	v.Set(reflect.MakeSlice(v.Type(), 0, 0))
	r.elements(func(i int) {
		here := r.index(i)
		v.Grow(1)
		v.SetLen(i + 1)
		if r.peek() == 'n' {
			r.wrongType("an element", "un elemento")
		} else {
			r.value(v.Index(i))
		}
		r.path = r.path[:here]
	})
}

// days reads a list whose elements are days or closed spans.
func (r *reader) days() Days {
	if r.peek() != '[' {
		r.wrongType("a list", "un elenco")
		return nil
	}
	end := max(0, bytes.IndexByte(r.data[r.pos:], ']'))
	list := make(Days, 0, min(bytes.Count(r.data[r.pos:r.pos+end], []byte{','})+1, end))
	r.elements(func(i int) {
		list = append(list, Span{})
		s, c, err := &list[i], r.peek(), error(nil)
		if c == '"' {
			if s.First, err = ParseDay(string(r.quoted())); err == nil {
				s.Last = s.First
				return
			}
		}
		here, before := r.index(i), r.count
		switch c {
		case '"':
			r.fault(err)
		case '{', '[':
			if r.span(s, reflect.ValueOf(s).Elem()); r.count == before && s.Open() {
				r.fault(Missing("/last"))
			}
		default:
			r.wrongType("a day or a span", "un giorno o un periodo")
		}
		r.path = r.path[:here]
	})
	return list
}

// span reads a span, v, which p points at, and validates it.
func (r *reader) span(p *Span, v reflect.Value) {
	before := r.count
	if r.object(v); r.count == before {
		r.fault(p.Validate())
	}
}

// parseInstant reads RFC 3339 to the letter; the time package also takes a comma, hours
// of one digit and offsets of a day. The instant gets a zone of its own offset, never the
// machine's: the answer must be the same on every machine.
func parseInstant(s string) (time.Time, error) {
	wrong := &InputError{Kind: KindInstant}
	if len(s) < len("2006-01-02T15:04:05Z") || s[10] != 'T' {
		return time.Time{}, wrong
	}
	y, m, d, ok := splitDay(s[:10])
	hour, min, sec, okClock := splitClock(s[11:19])
	if !ok || !okClock || y < minYear || y > maxYear || m < 1 || m > 12 || d < 1 || d > daysIn(y, time.Month(m)) {
		return time.Time{}, wrong
	}
	rest, nano := s[19:], 0
	if rest[0] == '.' {
		scale, i := 100_000_000, 1
		for ; i < len(rest) && rest[i]-'0' <= 9; i++ {
			nano += int(rest[i]-'0') * scale
			scale /= 10
		}
		if i == 1 || i > 10 {
			return time.Time{}, wrong
		}
		rest = rest[i:]
	}
	offset := 0
	if rest != "Z" {
		if len(rest) != len("+02:00") || rest[0] != '+' && rest[0] != '-' {
			return time.Time{}, wrong
		}
		h, m, _, ok := splitClock(rest[1:] + ":00")
		if !ok {
			return time.Time{}, wrong
		}
		if offset = h*3600 + m*60; rest[0] == '-' {
			offset = -offset
		}
	}
	return time.Date(y, time.Month(m), d, hour, min, sec, nano, time.FixedZone("", offset)), nil
}

// splitClock reads a time of day written HH:MM:SS.
func splitClock(s string) (hour, minute, second int, ok bool) {
	if s[2] != ':' || s[5] != ':' {
		return 0, 0, 0, false
	}
	for _, i := range [...]int{0, 1, 3, 4, 6, 7} {
		if s[i] < '0' || s[i] > '9' {
			return 0, 0, 0, false
		}
	}
	two := func(i int) int { return int(s[i]-'0')*10 + int(s[i+1]-'0') }
	hour, minute, second = two(0), two(3), two(6)
	return hour, minute, second, hour < 24 && minute < 60 && second < 60
}

// Pointer writes the name of a refused member as a step of a JSON pointer. A name
// that does not look like a member's is not repeated, and the pointer is that of
// the object: objects keyed by a person's tax code exist.
func Pointer(name string) string {
	const letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ_-"
	if len(name) > 40 || strings.Trim(name, letters) != "" {
		return ""
	}
	return "/" + name
}
