package protocol_test

import (
	"bytes"
	"encoding"
	"encoding/json"
	"flag"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"os"
	"path"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

var update = flag.Bool("update", false, "write schema.json instead of comparing it")

const module = "github.com/intermittente/intermittente"

// TestSchemaIsThatOfTheTypes writes the schema from the Go types and the comments of
// their fields, and compares it with the file; -update writes the file.
func TestSchemaIsThatOfTheTypes(t *testing.T) {
	w := &writer{docs: comments(t), defs: map[string]any{}}
	questions, answers := []any{}, map[string]any{}
	for _, e := range protocol.Entries() {
		questions = append(questions, object{
			"title": e.Name, "type": "object", "required": []string{"ask"}, "additionalProperties": false,
			"properties": object{
				"id":  object{"description": "any JSON value; comes back with the answer"},
				"ask": object{"const": e.Name},
				"in":  w.ref(reflect.TypeOf(e.In)),
			},
		})
		answers[e.Name] = w.ref(reflect.TypeOf(e.Out))
	}
	for _, d := range w.defs {
		nullable(d.(object))
	}
	w.defs["error"] = errorSchema
	schema := object{
		"$schema": "https://json-schema.org/draft/2020-12/schema",
		"$id":     "https://" + module + "/calls/preflight/protocol/schema.json",
		"title":   "The decision protocol of intermittente",
		"description": "A question is one of oneOf. Its answer is {\"id\":…,\"out\":…} with the member of answers that has the question's name, " +
			"or {\"id\":…,\"error\":…}. Members may be added to answers; a reader passes over those it does not know.",
		"oneOf":   questions,
		"answers": answers,
		"$defs":   w.defs,
	}
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	require.NoError(t, e.Encode(schema))
	if *update {
		require.NoError(t, os.WriteFile("schema.json", b.Bytes(), 0o644))
	}
	assert.Equal(t, b.String(), string(protocol.Schema()), "schema.json is not that of the types; run with -update and read the diff")
	assert.Empty(t, w.undocumented, "fields without a comment")
}

// TestEveryMemberOfTheCasesIsInTheSchema walks every question and answer of the cases.
func TestEveryMemberOfTheCasesIsInTheSchema(t *testing.T) {
	var schema struct {
		OneOf []struct {
			Title      string
			Properties struct{ In map[string]any }
		}
		Answers map[string]map[string]any
		Defs    map[string]map[string]any `json:"$defs"`
	}
	require.NoError(t, json.Unmarshal(protocol.Schema(), &schema))
	in := map[string]map[string]any{}
	for _, q := range schema.OneOf {
		in[q.Title] = q.Properties.In
	}
	all, err := preflighttest.AllVectors()
	require.NoError(t, err)
	strangers := map[string]bool{}
	for _, v := range all {
		a := engine(t)(v.Ask, v.In)
		if a.Error != nil {
			continue
		}
		for _, x := range []struct {
			schema map[string]any
			json   []byte
		}{{in[v.Ask], v.In}, {schema.Answers[v.Ask], a.Out}} {
			var value any
			require.NoError(t, json.Unmarshal(x.json, &value))
			walk(schema.Defs, x.schema, value, v.Ask, strangers)
		}
	}
	assert.Empty(t, slices.Sorted(maps.Keys(strangers)), "members that the schema does not know")
}

// walk notes the members of a value that a schema does not name.
func walk(defs map[string]map[string]any, s map[string]any, value any, at string, strangers map[string]bool) {
	for {
		name, ok := s["$ref"].(string)
		if !ok {
			break
		}
		s = defs[strings.TrimPrefix(name, "#/$defs/")]
	}
	if list, ok := s["anyOf"].([]any); ok {
		if _, isObject := value.(map[string]any); isObject {
			for _, form := range list {
				if form := form.(map[string]any); form["type"] == "object" || form["$ref"] == "#/$defs/law.Span" {
					walk(defs, form, value, at, strangers)
				}
			}
		}
		return
	}
	switch value := value.(type) {
	case map[string]any:
		members, _ := s["properties"].(map[string]any)
		for name, x := range value {
			m, ok := members[name].(map[string]any)
			if !ok {
				m, ok = s["additionalProperties"].(map[string]any)
			}
			if ok {
				walk(defs, m, x, at+"/"+name, strangers)
			} else if s["additionalProperties"] != true {
				strangers[at+"/"+name] = true
			}
		}
	case []any:
		items, _ := s["items"].(map[string]any)
		for _, x := range value {
			walk(defs, items, x, at+"/*", strangers)
		}
	}
}

type object = map[string]any

// nullable lets a member be null, which is the same as absent.
func nullable(s object) {
	switch typ := s["type"].(type) {
	case string:
		s["type"] = []string{typ, "null"}
	case []string:
		if !slices.Contains(typ, "null") {
			s["type"] = append(slices.Clone(typ), "null")
		}
	}
	if words, ok := s["enum"].([]string); ok {
		list := make([]any, 0, len(words)+1)
		for _, w := range words {
			list = append(list, w)
		}
		s["enum"] = append(list, nil)
	}
	if forms, ok := s["anyOf"].([]any); ok {
		s["anyOf"] = append(forms, object{"type": "null"})
	}
}

var errorSchema = object{
	"type": "object", "description": "why a question was not answered", "required": []string{"code", "message", "text"},
	"properties": object{
		"code":        object{"type": "string", "description": "what is wrong: a stable word"},
		"path":        object{"type": "string", "description": "JSON pointer of the place in the question's in"},
		"message":     object{"type": "string", "description": "in English, with the place"},
		"text":        object{"$ref": "#/$defs/law.Text"},
		"position":    object{"type": "integer", "description": "position in a tax code, from 1"},
		"expected":    object{"type": "string", "description": "the control character expected in a tax code"},
		"suggestions": object{"type": "array", "items": object{"type": "string"}, "description": "valid codes one typing mistake away, most likely first"},
		"candidates":  object{"type": "array", "items": object{"type": "string"}, "description": "the codes of the places that have the name"},
		"errors": object{"type": "array", "description": "every fault of the question, where there are several", "items": object{
			"type": "object", "properties": object{
				"code": object{"type": "string", "description": "a stable word"},
				"path": object{"type": "string", "description": "JSON pointer of the place"},
				"text": object{"$ref": "#/$defs/law.Text"},
			},
		}},
	},
}

// writer collects the schemas of types.
type writer struct {
	docs         map[string]string // comment by "limits.Question.On"
	defs         map[string]any
	undocumented []string
}

// known are the types that stand for one JSON form, whatever their fields.
var known = map[reflect.Type]object{
	reflect.TypeFor[date.Date]():       {"type": "string", "format": "date", "description": "a day that exists, YYYY-MM-DD, from 1800 to 2199"},
	reflect.TypeFor[time.Time]():       {"type": "string", "format": "date-time", "description": "an instant, RFC 3339 with an offset"},
	reflect.TypeFor[decimal.Decimal](): {"type": "string", "pattern": `^-?[0-9]+(\.[0-9]+)?$`, "description": "a decimal in a string"},
	reflect.TypeFor[law.Answer]():      {"type": []string{"boolean", "null"}, "description": "true or false; absent: not known"},
	reflect.TypeFor[law.Month]():       {"type": "string", "pattern": `^[0-9]{4}-[0-9]{2}$`, "description": "a month, YYYY-MM"},
	reflect.TypeFor[json.RawMessage](): {"additionalProperties": true},
	reflect.TypeFor[law.Facts]():       {"type": "object", "additionalProperties": true, "description": "the particulars of a failed rule, by rule"},
	reflect.TypeFor[law.Citation](): {"type": "object", "description": "where it is written", "properties": object{
		"urn":  object{"type": "string", "description": "the act"},
		"text": object{"type": "string", "description": "as Italian lawyers write it"},
		"url":  object{"type": "string", "description": "the article on Normattiva, for acts of the State"},
	}},
	reflect.TypeFor[law.Check](): {"type": "object", "description": "the answer to one rule", "required": []string{"rule", "outcome", "cites"}, "properties": object{
		"rule":     object{"type": "string", "description": "the stable name of the rule"},
		"outcome":  object{"enum": []string{"undetermined", "pass", "fail", "not-applicable", "not-in-force"}},
		"on":       object{"type": "string", "format": "date", "description": "the day it was asked for"},
		"severity": object{"enum": []string{"breach", "doubt", "advice"}, "description": "when it failed"},
		"needs":    object{"type": "array", "items": object{"type": "string"}, "description": "when undetermined: JSON pointers of the missing facts in the question"},
		"path":     object{"type": "string", "description": "when it failed: JSON pointer of the place in the question"},
		"message":  object{"$ref": "#/$defs/law.Text"},
		"facts":    object{"type": "object", "additionalProperties": true, "description": "when it failed: the particulars, by rule"},
		"cites":    object{"type": "array", "items": object{"$ref": "#/$defs/law.Citation"}},
	}},
}

// written are the members of types that write themselves: a name, its JSON type or the
// Go type of its value, and what it says.
var written = map[string][][3]string{
	"uni.Finding": {
		{"kind", "string", "what was found: a stable word"}, {"element", "string", "the element's name; absent for the whole"},
		{"line", "integer", "the line, from 1, when a document was read"}, {"offset", "integer", "the bytes before the place, when a document was read"},
		{"code_kind", "string", "of uni.code: what is wrong with the tax code"}, {"position", "integer", "of uni.code: the character, from 1"},
		{"expected", "string", "of uni.code: the right control character"}, {"message", "law.Text", "what was found"},
	},
	"indemnity.Line": {
		{"kind", "indemnity.LineKind", "what the line is for"}, {"span", "law.Span", "the days of the line"},
		{"base", "string", "a month's indemnity, euro; for a restitution what was paid"}, {"factor", "string", "the share of the base: numerator/denominator"},
		{"amount", "string", "euro, rounded half up to the cent"}, {"exact", "string", "the amount before rounding"},
		{"text", "law.Text", "the line in words"}, {"cites", "law.Citation[]", "where it is written"},
	},
	"limits.HeadcountAnswer": {
		{"edition", "string", "the state of the rules"}, {"verified_until", "date.Date", "later changes of the law are not known"},
		{"semester", "law.Span", "the six months before the month of reference"}, {"hours", "string", "hours worked in it"},
		{"full_time_hours", "string", "the divisor by six"}, {"fte", "string", "the headcount, four decimals, half up"},
		{"fte_26_weeks", "string", "the same by the older denominator of 26 weeks, when asked"}, {"notes", "law.Text[]", "what to know about the answer"},
		{"cites", "law.Citation[]", "where it is written"},
	},
}

// extra are members that a type writes beside its fields.
var extra = map[string]object{
	"limits.Assessment": {"remaining": object{"type": []string{"integer", "null"}, "description": "days still free on the day, itself included; null for an exempt employer"}},
	"limits.Forecast":   {"remaining_after": object{"type": []string{"integer", "null"}, "description": "days free on the day after the last lawful planned day; null for an exempt employer"}},
	"preflight.Forecast": {"lines": object{
		"type": []string{"array", "null"}, "description": "the checks that are the same for every call of a line, said once; one without on is of the day of each call",
		"items": object{"type": "object", "properties": object{
			"line":   object{"type": "integer", "description": "index of the line"},
			"checks": object{"type": "array", "items": object{"$ref": "#/$defs/law.Check"}, "description": "the answer to each rule"},
		}},
	}},
}

// ref returns a reference to the schema of a type, which it writes first.
func (w *writer) ref(t reflect.Type) object {
	for t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	name := t.String()
	if s, ok := known[t]; ok && t.Name() != "" {
		w.defs[name] = maps.Clone(s)
		if t == reflect.TypeFor[law.Check]() {
			w.ref(reflect.TypeFor[law.Text]())
			w.ref(reflect.TypeFor[law.Citation]())
		}
		return object{"$ref": "#/$defs/" + name}
	}
	if members, ok := written[name]; ok {
		w.ref(reflect.TypeFor[law.Text]())
		w.ref(reflect.TypeFor[law.Span]())
		w.ref(reflect.TypeFor[law.Citation]())
		properties := object{}
		for _, m := range members {
			switch item, isList := strings.CutSuffix(m[1], "[]"); {
			case isList:
				properties[m[0]] = object{"type": []string{"array", "null"}, "items": object{"$ref": "#/$defs/" + item}, "description": m[2]}
			case strings.Contains(item, "."):
				properties[m[0]] = object{"$ref": "#/$defs/" + item, "description": m[2]}
			default:
				properties[m[0]] = object{"type": item, "description": m[2]}
			}
		}
		if name == "indemnity.Line" {
			w.ref(reflect.TypeFor[indemnity.LineKind]())
		}
		w.defs[name] = object{"type": "object", "description": w.docs[name], "properties": properties}
		return object{"$ref": "#/$defs/" + name}
	}
	if t == reflect.TypeFor[preflight.Start]() && w.defs[name] == nil {
		w.defs[name] = object{}
		properties := object{}
		w.members(t, properties)
		w.defs[name] = object{"description": w.docs[name], "anyOf": []any{
			w.ref(reflect.TypeFor[time.Time]()), object{"type": "object", "required": []string{"start"}, "properties": properties},
		}}
	}
	if t == reflect.TypeFor[preflight.Start]() {
		return object{"$ref": "#/$defs/" + name}
	}
	if _, isSet := reflect.New(t).Interface().(interface{ SetDays(law.Days) }); isSet || t == reflect.TypeFor[law.Days]() {
		w.defs["days"] = object{"type": []string{"array", "null"}, "description": "days and closed spans, in any order; absent: none", "items": object{"anyOf": []any{
			w.ref(reflect.TypeFor[date.Date]()), w.ref(reflect.TypeFor[law.Span]()),
		}}}
		return object{"$ref": "#/$defs/days"}
	}
	switch t.Kind() {
	case reflect.Struct:
		_, isText := reflect.New(t).Interface().(encoding.TextMarshaler)
		if isText {
			w.defs[name] = object{"type": "string"}
			return object{"$ref": "#/$defs/" + name}
		}
		if _, done := w.defs[name]; !done {
			s := object{"type": "object"}
			w.defs[name] = s
			properties := object{}
			w.members(t, properties)
			maps.Copy(properties, extra[name])
			s["properties"] = properties
			if d := w.docs[name]; d != "" {
				s["description"] = d
			}
		}
		return object{"$ref": "#/$defs/" + name}
	case reflect.Slice, reflect.Array:
		return object{"type": []string{"array", "null"}, "items": w.ref(t.Elem())}
	case reflect.Map:
		return object{"type": "object", "additionalProperties": w.ref(t.Elem())}
	case reflect.Bool:
		return object{"type": []string{"boolean", "null"}}
	case reflect.Int:
		return object{"type": []string{"integer", "null"}}
	case reflect.Uint8:
		if words := enumeration(t); words != nil {
			w.defs[name] = object{"enum": words, "description": w.docs[name]}
			return object{"$ref": "#/$defs/" + name}
		}
		return object{"type": "integer"}
	default:
		return object{"type": []string{"string", "null"}}
	}
}

// members adds the fields of a struct, those of what it embeds among them.
func (w *writer) members(t reflect.Type, properties object) {
	for f := range fields(t) {
		tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
		switch {
		case tag == "-":
		case f.Anonymous && tag == "":
			w.members(f.Type, properties)
		case tag != "":
			name := t.String() + "." + f.Name
			s := maps.Clone(w.ref(f.Type))
			if d := w.docs[name]; d != "" {
				s["description"] = d
			} else {
				w.undocumented = append(w.undocumented, name)
			}
			properties[tag] = s
		}
	}
}

func fields(t reflect.Type) func(func(reflect.StructField) bool) {
	return func(yield func(reflect.StructField) bool) {
		for i := range t.NumField() {
			if !yield(t.Field(i)) {
				return
			}
		}
	}
}

// enumeration lists the words of an enumeration, the empty word left out; nil where the
// type is none.
func enumeration(t reflect.Type) (words []string) {
	for i := range 64 {
		v := reflect.New(t).Elem()
		v.SetUint(uint64(i))
		s, ok := v.Interface().(fmt.Stringer)
		if !ok {
			return nil
		}
		if word := s.String(); word != "" && !slices.Contains(words, word) {
			words = append(words, word)
		}
	}
	return words
}

// comments reads the comments of every exported type and field of the library, in one
// line each, by "limits.Question.On".
func comments(t *testing.T) map[string]string {
	t.Helper()
	docs := map[string]string{}
	root := os.DirFS("../../..")
	for _, dir := range []string{"cf", "cf/places", "limits/law", "limits", "eligibility", "indemnity", "calls", "calls/uni", "calls/preflight", "calls/preflight/protocol"} {
		names, err := fs.Glob(root, dir+"/*.go")
		require.NoError(t, err)
		for _, name := range names {
			if strings.HasSuffix(name, "_test.go") {
				continue
			}
			text, err := fs.ReadFile(root, name)
			require.NoError(t, err)
			file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments)
			require.NoError(t, err)
			for _, d := range file.Decls {
				gen, ok := d.(*ast.GenDecl)
				if !ok {
					continue
				}
				for _, spec := range gen.Specs {
					if typ, ok := spec.(*ast.TypeSpec); ok {
						note(docs, path.Base(dir)+"."+typ.Name.Name, gen.Doc, typ)
					}
				}
			}
		}
	}
	return docs
}

func note(docs map[string]string, name string, doc *ast.CommentGroup, typ *ast.TypeSpec) {
	if doc != nil {
		docs[name] = sentence(doc.Text())
	}
	s, ok := typ.Type.(*ast.StructType)
	if !ok {
		return
	}
	for _, f := range s.Fields.List {
		text := f.Doc.Text()
		if f.Comment.Text() != "" {
			text = f.Comment.Text()
		}
		for _, n := range f.Names {
			docs[name+"."+n.Name] = sentence(text)
		}
	}
}

// sentence puts a comment on one line, without the brackets of its links.
func sentence(s string) string {
	return strings.NewReplacer("[", "", "]", "").Replace(strings.Join(strings.Fields(s), " "))
}
