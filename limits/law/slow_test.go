package law_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"errors"
	"reflect"
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// slowDecode is the first reader of the protocol, which stops at the first fault: the
// oracle of law.Decode.
func slowDecode(data []byte, v any) error {
	x := reflect.ValueOf(v).Elem()
	x.SetZero()
	if !utf8.Valid(data) || !json.Valid(data) {
		return &law.InputError{Kind: law.KindJSON, Detail: law.Text{EN: "not a JSON value", IT: "non è un valore JSON"}}
	}
	d := slowReader{json.NewDecoder(bytes.NewReader(data))}
	d.UseNumber()
	if err := d.value(d.next(), x); err != nil {
		x.SetZero()
		return err
	}
	return nil
}

// slowReader reads text that is known to be valid JSON.
type slowReader struct{ *json.Decoder }

// next returns the next token, nil for a null. There always is one.
func (d slowReader) next() json.Token {
	t, _ := d.Token()
	return t
}

// wrongType is the error for a value of another JSON type than the field's.
func wrongType(en, it string) error {
	return &law.InputError{Kind: law.KindJSON, Detail: law.Text{EN: "not " + en, IT: "non è " + it}}
}

// value reads a value that begins with t into v. A null leaves v as it is: zero.
func (d slowReader) value(t json.Token, v reflect.Value) error {
	if t == nil {
		return nil
	}
	switch p := v.Addr().Interface().(type) {
	case *date.Date:
		return scalar(t, p, "a day", "un giorno", law.ParseDay)
	case *decimal.Decimal:
		return scalar(t, p, "a decimal in a string", "un numero decimale fra virgolette", law.ParseAmount)
	case *time.Time:
		return scalar(t, p, "an instant", "un istante", parseInstant)
	case *law.Answer:
		b, ok := t.(bool)
		if !ok {
			return wrongType("true or false", "vero o falso (true, false)")
		}
		*p = law.Is(b)
		return nil
	case *law.Days:
		return d.days(t, p)
	case interface{ SetDays(law.Days) }:
		var list law.Days
		err := d.days(t, &list)
		p.SetDays(list)
		return err
	case *law.Span:
		if err := d.object(t, v); err != nil {
			return err
		}
		return p.Validate()
	case encoding.TextUnmarshaler:
		s, ok := t.(string)
		if !ok {
			return wrongType("a string", "un testo")
		}
		var in *law.InputError
		if err := p.UnmarshalText([]byte(s)); errors.As(err, &in) {
			return in
		} else if err != nil {
			return &law.InputError{Kind: law.KindValue}
		}
		return nil
	}
	return d.plain(t, v)
}

func (d slowReader) plain(t json.Token, v reflect.Value) error {
	switch v.Kind() {
	case reflect.Pointer:
		v.Set(reflect.New(v.Type().Elem()))
		return d.value(t, v.Elem())
	case reflect.Struct:
		return d.object(t, v)
	case reflect.Slice:
		return d.array(t, v)
	case reflect.String:
		s, ok := t.(string)
		if !ok {
			return wrongType("a string", "un testo")
		}
		v.SetString(s)
	case reflect.Bool:
		b, ok := t.(bool)
		if !ok {
			return wrongType("true or false", "vero o falso (true, false)")
		}
		v.SetBool(b)
	case reflect.Int:
		n, ok := t.(json.Number)
		i, err := strconv.ParseInt(n.String(), 10, 32)
		if !ok || err != nil {
			return wrongType("a whole number", "un numero intero")
		}
		v.SetInt(i)
	default:
		return wrongType("a value that can be read", "un valore leggibile")
	}
	return nil
}

func scalar[T any](t json.Token, p *T, en, it string, parse func(string) (T, error)) error {
	s, ok := t.(string)
	if !ok {
		return wrongType(en, it)
	}
	x, err := parse(s)
	if err != nil {
		return err
	}
	*p = x
	return nil
}

// instantForm is RFC 3339 to the letter; the time package also takes a comma, hours
// of one digit and offsets of a day.
var instantForm = regexp.MustCompile(`^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]([01]\d|2[0-3]):[0-5]\d)$`)

func parseInstant(s string) (time.Time, error) {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil || !instantForm.MatchString(s) || t.Year() < 1800 || t.Year() > 2199 {
		return time.Time{}, &law.InputError{Kind: law.KindInstant}
	}
	// The time package puts its own zone on an instant whose offset happens to be
	// that of the machine; the answer must be the same on every machine.
	_, offset := t.Zone()
	return t.In(time.FixedZone("", offset)), nil
}

func (d slowReader) object(t json.Token, v reflect.Value) error {
	if t != json.Delim('{') {
		return wrongType("an object", "un oggetto")
	}
	seen := map[string]bool{}
	for d.More() {
		name, _ := d.next().(string)
		f := field(v, name)
		switch {
		case !f.IsValid():
			return &law.InputError{Kind: law.KindMember, Detail: law.Text{EN: "unknown member", IT: "membro sconosciuto"}}
		case seen[name]:
			return &law.InputError{Kind: law.KindMember, Path: "/" + name}
		}
		seen[name] = true
		if err := d.value(d.next(), f); err != nil {
			return law.At(err, "/"+name)
		}
	}
	d.next() // the closing brace
	return nil
}

// field finds the field whose json tag is name, in v or in what it embeds.
func field(v reflect.Value, name string) reflect.Value {
	t := v.Type()
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct:
			if x := field(v.Field(i), name); x.IsValid() {
				return x
			}
		case tag == name && tag != "" && tag != "-":
			return v.Field(i)
		}
	}
	return reflect.Value{}
}

func (d slowReader) array(t json.Token, v reflect.Value) error {
	if t != json.Delim('[') {
		return wrongType("a list", "un elenco")
	}
	list := reflect.MakeSlice(v.Type(), 0, 0)
	for i := 0; d.More(); i++ {
		item := reflect.New(v.Type().Elem()).Elem()
		t := d.next()
		err := wrongType("an element", "un elemento")
		if t != nil {
			err = d.value(t, item)
		}
		if err != nil {
			return law.At(err, "/"+strconv.Itoa(i))
		}
		list = reflect.Append(list, item)
	}
	d.next() // the closing bracket
	v.Set(list)
	return nil
}

// days reads a list whose elements are days or closed spans.
func (d slowReader) days(t json.Token, p *law.Days) error {
	if t != json.Delim('[') {
		return wrongType("a list", "un elenco")
	}
	list := law.Days{}
	for i := 0; d.More(); i++ {
		var s law.Span
		var err error
		switch t := d.next().(type) {
		case string:
			err = scalar(t, &s.First, "a day", "un giorno", law.ParseDay)
			s.Last = s.First
		case json.Delim:
			err = d.value(t, reflect.ValueOf(&s).Elem())
		default:
			err = wrongType("a day or a span", "un giorno o un periodo")
		}
		if err == nil && s.Open() {
			err = law.Missing("/last")
		}
		if err != nil {
			return law.At(err, "/"+strconv.Itoa(i))
		}
		list = append(list, s)
	}
	d.next() // the closing bracket
	*p = list
	return nil
}
