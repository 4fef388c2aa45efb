package cftest

import (
	_ "embed"
	"encoding/json"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

//go:embed questions.json
var questions []byte

// Questions returns what a program that answers the decision protocol must say of
// codes: each vector of [Vectors] as a question cf.parse, then questions cf.compute
// and cf.compare with names, dates and places. questions.json beside the source
// holds the latter for other languages. The caller may change them.
func Questions() []lawtest.Vector {
	var all []lawtest.Vector
	for _, v := range Vectors() {
		all = append(all, v.question())
	}
	var others []lawtest.Vector
	if err := json.Unmarshal(questions, &others); err != nil {
		panic(err) // a slip of this package
	}
	return append(all, others...)
}

func (v Vector) question() lawtest.Vector {
	in := map[string]any{"code": v.Code, "reference": "2026-11-01"}
	if v.Loose {
		in["loose"] = true
	}
	q := lawtest.Vector{Name: "tax code: " + v.Source, Source: v.Source, Ask: "cf.parse", In: encode(in)}
	want := v.Expected
	if want.Error != "" {
		q.Error = &lawtest.Refusal{Code: string(want.Error)}
		return q
	}
	out := map[string]any{
		"form": want.Form, "canonical": want.Canonical, "omocode": want.Omocode,
		"sex": orNull(want.Sex), "place": orNull(want.Place), "births": want.Births,
	}
	if !v.Loose {
		out["code"] = v.Code
	} else if c, err := cf.ParseLoose(v.Code); err == nil {
		out["code"] = c.String()
	}
	q.Out = encode(out)
	return q
}

// orNull is the text, or nothing for the empty one: a member that must be absent.
func orNull(s string) any {
	if s == "" {
		return nil
	}
	return s
}

func encode(v any) json.RawMessage {
	b, err := json.Marshal(v)
	if err != nil {
		panic(err) // a slip of this package
	}
	return b
}
