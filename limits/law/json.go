package law

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"io"
	"reflect"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Decode reads one JSON value into v, a pointer to a struct whose fields carry
// json tags. It is strict where encoding/json is lenient: member names match to
// the letter, unknown and repeated members are refused, text after the value is
// refused, days must exist, amounts are bounded decimal strings, instants carry
// an offset. A null member is an absent one, and what is absent ends up zero,
// whatever v held before. Every error is an [InputError] whose
// path is the JSON pointer of the place.
func Decode(data []byte, v any) error {
	if !utf8.Valid(data) || !json.Valid(data) {
		return &InputError{Kind: KindJSON, Detail: "not a JSON value"}
	}
	d := json.NewDecoder(bytes.NewReader(data))
	d.UseNumber()
	x := reflect.ValueOf(v).Elem()
	x.SetZero()
	return (&decoder{d}).value(x)
}

type decoder struct{ *json.Decoder }

// wrongType is the error for a value of another JSON type than the field's.
func wrongType(want string) error { return &InputError{Kind: KindJSON, Detail: "not " + want} }

// value reads the next value into v. A null leaves v as it is: zero.
func (d *decoder) value(v reflect.Value) error {
	t, err := d.Token()
	if err != nil {
		return wrongType("a JSON value")
	}
	if t == nil {
		return nil
	}
	return d.token(t, v)
}

func (d *decoder) token(t json.Token, v reflect.Value) error {
	switch p := v.Addr().Interface().(type) {
	case *date.Date:
		return scalar(t, p, "a day", ParseDay)
	case *decimal.Decimal:
		return scalar(t, p, "a decimal in a string", ParseAmount)
	case *time.Time:
		return scalar(t, p, "an instant", parseInstant)
	case *Answer:
		b, ok := t.(bool)
		if !ok {
			return wrongType("true or false")
		}
		*p = Is(b)
		return nil
	case *Days:
		return d.days(t, p)
	case *Span:
		if err := d.object(t, v); err != nil {
			return err
		}
		return p.Validate()
	case encoding.TextUnmarshaler:
		s, ok := t.(string)
		if !ok {
			return wrongType("a string")
		}
		var in *InputError
		if err := p.UnmarshalText([]byte(s)); errors.As(err, &in) {
			return in
		} else if err != nil {
			return &InputError{Kind: KindValue}
		}
		return nil
	}
	return d.plain(t, v)
}

func (d *decoder) plain(t json.Token, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return d.token(t, v.Elem())
	case reflect.Struct:
		return d.object(t, v)
	case reflect.Slice:
		return d.array(t, v)
	case reflect.String:
		s, ok := t.(string)
		if !ok {
			return wrongType("a string")
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := t.(bool)
		if !ok {
			return wrongType("true or false")
		}
		v.SetBool(b)
	case reflect.Int:
		n, ok := t.(json.Number)
		i, err := strconv.ParseInt(n.String(), 10, 32)
		if !ok || err != nil {
			return wrongType("a whole number")
		}
		v.SetInt(i)
	default:
		return wrongType("a value that can be read")
	}
	return nil
}

func scalar[T any](t json.Token, p *T, want string, parse func(string) (T, error)) error {
	s, ok := t.(string)
	if !ok {
		return wrongType(want)
	}
	x, err := parse(s)
	if err != nil {
		return err
	}
	*p = x
	return nil
}

func parseInstant(s string) (time.Time, error) {
	var t time.Time
	if t.UnmarshalText([]byte(s)) != nil || t.Year() < minYear || t.Year() > maxYear {
		return time.Time{}, &InputError{Kind: KindInstant}
	}
	return t, nil
}

func (d *decoder) object(t json.Token, v reflect.Value) error {
	if t != json.Delim('{') {
		return wrongType("an object")
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return wrongType("an object")
		}
		name, _ := t.(string)
		f := field(v, name)
		if !f.IsValid() || seen[name] {
			return &InputError{Kind: KindMember, Path: pointer(name)}
		}
		seen[name] = true
		if err := d.value(f); err != nil {
			return At(err, pointer(name))
		}
	}
	return d.end()
}

func (d *decoder) end() error {
	if _, err := d.Token(); err != nil && !errors.Is(err, io.EOF) {
		return wrongType("a JSON value")
	}
	return nil
}

// field finds the field whose json tag is name, in v or in what it embeds.
func field(v reflect.Value, name string) reflect.Value {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && tag == "":
			if x := field(v.Field(i), name); x.IsValid() {
				return x
			}
		case tag == name && tag != "" && tag != "-":
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

func (d *decoder) array(t json.Token, v reflect.Value) error {
	if t != json.Delim('[') {
		return wrongType("a list")
	}
	list := reflect.MakeSlice(v.Type(), 0, 0)
	for i := 0; d.More(); i++ {
		item := reflect.New(v.Type().Elem()).Elem()
		t, err := d.Token()
		if err == nil && t != nil {
			err = d.token(t, item)
		} else {
			err = wrongType("an element")
		}
		if err != nil {
			return At(err, index(i))
		}
		list = reflect.Append(list, item)
	}
	v.Set(list)
	return d.end()
}

// days reads a list whose elements are days or closed spans.
func (d *decoder) days(t json.Token, p *Days) error {
	if t != json.Delim('[') {
		return wrongType("a list")
	}
	list := Days{}
	for i := 0; d.More(); i++ {
		var s Span
		t, err := d.Token()
		if day, ok := t.(string); ok && err == nil {
			s.First, err = ParseDay(day)
			s.Last = s.First
		} else if err == nil {
			err = d.token(t, reflect.ValueOf(&s).Elem())
		}
		if err == nil && s.Open() {
			err = Missing("/last")
		}
		if err != nil {
			return At(err, index(i))
		}
		list = append(list, s)
	}
	*p = list
	return d.end()
}

// pointer writes a member as a step of a JSON pointer. A name of unreasonable
// length is cut: it is not one of ours, and may be anything.
func pointer(name string) string {
	const longest = 40
	if len(name) > longest {
		name = strings.ToValidUTF8(name[:longest], "")
	}
	return "/" + strings.NewReplacer("~", "~0", "/", "~1").Replace(name)
}
