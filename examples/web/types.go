package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
)

// schema is what is read of a JSON Schema: no more than that of the protocol has.
type schema struct {
	Ref         string            `json:"$ref"`
	Description string            `json:"description"`
	Type        words             `json:"type"`
	Enum        []*string         `json:"enum"` // nil for null
	Const       string            `json:"const"`
	AnyOf       []schema          `json:"anyOf"`
	OneOf       []schema          `json:"oneOf"`
	Items       *schema           `json:"items"`
	Properties  map[string]schema `json:"properties"`
	Required    []string          `json:"required"`
	Additional  *additional       `json:"additionalProperties"`
	Title       string            `json:"title"`
	Answers     map[string]schema `json:"answers"`
	Defs        map[string]schema `json:"$defs"`
}

// words is a word or a list of words.
type words []string

func (w *words) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(b, []byte("[")) {
		return json.Unmarshal(b, (*[]string)(w))
	}
	*w = make(words, 1)
	return json.Unmarshal(b, &(*w)[0])
}

// additional is true, false or a schema.
type additional struct {
	any bool
	of  *schema
}

func (a *additional) UnmarshalJSON(b []byte) error {
	if bytes.HasPrefix(b, []byte("{")) {
		a.of = &schema{}
		return json.Unmarshal(b, a.of)
	}
	return json.Unmarshal(b, &a.any)
}

// declarations writes the TypeScript types of the protocol from its JSON Schema.
func declarations(b []byte) ([]byte, error) {
	var s schema
	if err := json.Unmarshal(b, &s); err != nil {
		return nil, err
	}
	var out bytes.Buffer
	out.WriteString("// Written from the JSON Schema of the protocol by `go run ./examples/web -npm`.\n\n")
	for _, name := range slices.Sorted(maps.Keys(s.Defs)) {
		d := s.Defs[name]
		comment(&out, "", d.Description)
		if d.Properties != nil {
			fmt.Fprintf(&out, "export interface %s %s\n\n", typeName(name), d.members(""))
		} else {
			fmt.Fprintf(&out, "export type %s = %s;\n\n", typeName(name), d.typescript(""))
		}
	}
	out.WriteString("/** The facts of each question. */\nexport interface Questions {\n")
	for _, q := range s.OneOf {
		fmt.Fprintf(&out, "  %q: %s;\n", q.Title, q.Properties["in"].typescript("  "))
	}
	out.WriteString("}\n\n/** The result of each question. */\nexport interface Results {\n")
	for _, q := range s.OneOf {
		fmt.Fprintf(&out, "  %q: %s;\n", q.Title, s.Answers[q.Title].typescript("  "))
	}
	out.WriteString(`}

/** The name of a question. */
export type Ask = keyof Questions;

/** A question: its name, its facts, and any value that is to come back with the answer. */
export interface Question<A extends Ask = Ask> {
  id?: unknown;
  ask: A;
  in?: Questions[A];
}

/** The answer to a question: its result, or why there is none. */
export type Answer<A extends Ask = Ask> =
  | { id: unknown; out: Results[A]; error?: undefined }
  | { id: unknown; out?: undefined; error: Refusal };

/** Answers one question. It never throws for what the question says. */
export function answer<A extends Ask>(question: Question<A>): Answer<A>;

/** Answers one line of the protocol with one line: JSON text in, JSON text out. */
export function answerLine(question: string): string;
`)
	return out.Bytes(), nil
}

// typeName names a type: LimitsQuestion for limits.Question.
func typeName(name string) string {
	if name == "error" {
		return "Refusal" // TypeScript has an Error
	}
	var b strings.Builder
	for _, part := range strings.FieldsFunc(name, func(r rune) bool { return strings.ContainsRune(".[]/*,", r) }) {
		b.WriteString(strings.ToUpper(part[:1]) + part[1:])
	}
	return b.String()
}

func comment(b *bytes.Buffer, indent, text string) {
	if text != "" {
		fmt.Fprintf(b, "%s/** %s */\n", indent, strings.ReplaceAll(text, "*/", "* /"))
	}
}

// members writes the members of an object.
func (s schema) members(indent string) string {
	var b bytes.Buffer
	b.WriteString("{\n")
	for _, name := range slices.Sorted(maps.Keys(s.Properties)) {
		p := s.Properties[name]
		comment(&b, indent+"  ", p.Description)
		mark := "?"
		if slices.Contains(s.Required, name) {
			mark = ""
		}
		fmt.Fprintf(&b, "%s  %s%s: %s;\n", indent, name, mark, p.typescript(indent+"  "))
	}
	b.WriteString(indent + "}")
	return b.String()
}

// typescript writes a type.
func (s schema) typescript(indent string) string {
	switch {
	case s.Ref != "":
		return typeName(s.Ref[strings.LastIndexByte(s.Ref, '/')+1:])
	case s.Const != "":
		return strconv.Quote(s.Const)
	case s.Enum != nil:
		// A question may say null for a word it does not tell; who writes TypeScript leaves
		// the member out, and no answer has it.
		var list []string
		for _, w := range s.Enum {
			if w != nil {
				list = append(list, strconv.Quote(*w))
			}
		}
		return strings.Join(list, " | ")
	case s.AnyOf != nil:
		return union(s.AnyOf, indent)
	case s.OneOf != nil:
		return union(s.OneOf, indent)
	case s.Type == nil:
		return "unknown"
	}
	list := make([]string, len(s.Type))
	for i, t := range s.Type {
		list[i] = s.one(t, indent)
	}
	return strings.Join(list, " | ")
}

func union(of []schema, indent string) string {
	list := make([]string, len(of))
	for i, s := range of {
		list[i] = s.typescript(indent)
	}
	return strings.Join(list, " | ")
}

func (s schema) one(kind, indent string) string {
	switch kind {
	case "integer", "number":
		return "number"
	case "array":
		if s.Items == nil {
			return "unknown[]"
		}
		return "Array<" + s.Items.typescript(indent) + ">"
	case "object":
		switch {
		case s.Properties != nil:
			return s.members(indent)
		case s.Additional != nil && s.Additional.of != nil:
			return "Record<string, " + s.Additional.of.typescript(indent) + ">"
		default:
			return "Record<string, unknown>"
		}
	default: // string, boolean, null
		return kind
	}
}
