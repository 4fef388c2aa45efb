package lawtest

import (
	"encoding"
	"fmt"
	"reflect"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Resolves reports whether a JSON pointer is the path of a member of a question, a Go
// type that [law.Decode] reads: members by their json tags, elements of lists by their
// index, whatever the length. The empty pointer is the whole question.
func Resolves(question reflect.Type, pointer string) bool {
	if pointer == "" {
		return true
	}
	steps := strings.Split(pointer, "/")
	if steps[0] != "" {
		return false
	}
	t := question
	for _, s := range steps[1:] {
		if t = step(t, s); t == nil {
			return false
		}
	}
	return true
}

// Pointers holds checks to the promise that every pointer is a place in the question
// that was asked, and no need is empty.
func Pointers(t *testing.T, question reflect.Type, checks law.Checks) {
	t.Helper()
	report(t, pointers(question, checks))
}

func pointers(question reflect.Type, checks law.Checks) (complaints []string) {
	for _, c := range checks {
		for _, n := range c.Needs {
			if n == "" || !Resolves(question, n) {
				complaints = append(complaints, fmt.Sprintf("%s: needs %q, which is no member of %s", c.Rule(), n, question))
			}
		}
		if c.Finding != nil && !Resolves(question, c.Finding.Path) {
			complaints = append(complaints, fmt.Sprintf("%s: path %q is no member of %s", c.Rule(), c.Finding.Path, question))
		}
	}
	return complaints
}

var (
	listOfDays = reflect.TypeFor[interface{ SetDays(law.Days) }]()
	plainText  = reflect.TypeFor[encoding.TextUnmarshaler]()
)

// step returns the type one step below t, nil where there is none.
func step(t reflect.Type, name string) reflect.Type {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch t {
	case reflect.TypeFor[date.Date](), reflect.TypeFor[decimal.Decimal](), reflect.TypeFor[time.Time](), reflect.TypeFor[law.Answer]():
		return nil
	}
	if p := reflect.PointerTo(t); p.Implements(listOfDays) {
		t = reflect.TypeFor[law.Days]()
	} else if p.Implements(plainText) && t.Kind() != reflect.Struct {
		return nil // a struct may be read from an object too: its members tell
	}
	switch t.Kind() {
	case reflect.Struct:
		return member(t, name)
	case reflect.Slice:
		if i, err := strconv.Atoi(name); err == nil && i >= 0 && strconv.Itoa(i) == name {
			return t.Elem()
		}
	}
	return nil
}

// member returns the type of the field whose json tag is name, in t or in the structs
// it embeds.
func member(t reflect.Type, name string) reflect.Type {
	for i := range t.NumField() {
		f := t.Field(i)
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case f.Anonymous && tag == "" && f.Type.Kind() == reflect.Struct:
			if m := member(f.Type, name); m != nil {
				return m
			}
		case tag == name && tag != "" && tag != "-":
			return f.Type
		}
	}
	return nil
}
