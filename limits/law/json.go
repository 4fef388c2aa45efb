package law

import (
	"bytes"
	"encoding"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"time"
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
// is read as [Days], and a struct with an UnmarshalText method from a string or from an
// object. A null member is an absent one, and what is absent ends up
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
		if v.Kind() == reflect.Struct && r.peek() == '{' { // a short form, and the full one
			r.plain(v)
		} else if s, ok := r.text("a string", "un testo"); ok {
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
	hour, minute, second, okClock := splitClock(s[11:19])
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
	return time.Date(y, time.Month(m), d, hour, minute, second, nano, time.FixedZone("", offset)), nil
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
