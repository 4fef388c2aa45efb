package protocol

import (
	"bytes"
	"encoding/json"
	"errors"
	"unicode/utf8"

	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/cf/places"
	"github.com/intermittente/intermittente/limits/law"
)

// MaxLine is the length in bytes of the longest question; a longer one is refused with
// the code too-long.
const MaxLine = 1 << 20

// Bounds of an answer. One that is longer than FreeAnswer bytes and than MaxGrowth times
// its question is refused with the code too-long: what is asked is to be parted, such as a
// roster by its workers.
const (
	FreeAnswer = 4 << 20
	MaxGrowth  = 40
)

// Engine answers questions with what is loaded beside the law. The zero value has
// nothing loaded, and is what [Answer] uses.
type Engine struct {
	Places *places.Register // finds places of birth by their names; nil: only codes of places are taken
}

// Answer answers one question and never fails: what is no question is answered with an
// error. Neither the question nor the answer has a line end. The answer is valid JSON on
// one line, whatever was asked.
func Answer(line []byte) []byte { return Engine{}.Answer(line) }

// Answer answers one question, as the function [Answer] does.
func (e Engine) Answer(line []byte) []byte {
	if len(line) > MaxLine {
		return reply(nil, nil, &refusal{Code: string(law.KindTooLong), Text: law.Text{
			EN: "the question is longer than 1 MiB", IT: "la domanda supera 1 MiB",
		}})
	}
	q, err := readQuestion(line)
	if err != nil {
		return reply(q.id, nil, err)
	}
	out, err := e.ask(q.ask, q.in)
	if len(out) > max(FreeAnswer, MaxGrowth*len(line)) {
		out, err = nil, &refusal{Code: string(law.KindTooLong), Text: law.Text{
			EN: "the answer is longer than 4 MiB and than 40 times the question: part the question",
			IT: "la risposta supera 4 MiB e 40 volte la domanda: la domanda va divisa",
		}}
	}
	return reply(q.id, out, err)
}

// reply writes an answer: out, or the error where there is one.
func reply(id json.RawMessage, out []byte, err error) []byte {
	if id == nil {
		id = json.RawMessage("null")
	}
	b := make([]byte, 0, len(`{"id":,"out":}`)+len(id)+len(out)+256)
	b = append(append(b, `{"id":`...), id...)
	if err == nil {
		return append(append(append(b, `,"out":`...), out...), '}')
	}
	told, _ := json.Marshal(refuse(err)) // strings, numbers and lists of them: it cannot fail
	return append(append(append(b, `,"error":`...), told...), '}')
}

// refusal says why a question was not answered.
type refusal struct {
	Code        string   `json:"code"`
	Path        string   `json:"path,omitempty"`
	Message     string   `json:"message"`
	Text        law.Text `json:"text"`
	Position    int      `json:"position,omitempty"`    // of a tax code, from 1
	Expected    string   `json:"expected,omitempty"`    // control character of a tax code
	Suggestions cf.Codes `json:"suggestions,omitempty"` // codes one typing mistake away
	Candidates  []string `json:"candidates,omitempty"`  // place codes of a name that several places have
	Errors      []fault  `json:"errors,omitempty"`      // every fault, where there are several
}

// fault is one of several reasons.
type fault struct {
	Code string   `json:"code"`
	Path string   `json:"path,omitempty"`
	Text law.Text `json:"text"`
}

// Error writes the code and the English reason.
func (r *refusal) Error() string { return r.Code + ": " + r.Text.EN }

// refuse turns an error of any package into a refusal.
func refuse(err error) *refusal {
	var own *refusal
	var code *cf.Error
	var place *places.Unresolved
	r := &refusal{Code: string(law.KindValue), Message: err.Error(), Text: law.TextOf(err)}
	switch list := law.AllErrors(err); {
	case errors.As(err, &own):
		r = own
		if r.Message == "" {
			r.Message = r.Text.EN
		}
	case errors.As(err, &place):
		r.Text = law.Text(place.Text())
		for _, c := range place.Candidates {
			r.Candidates = append(r.Candidates, c.Place.String())
		}
	case errors.As(err, &code):
		r.Code, r.Path, r.Position = string(code.Kind), "/code", code.Position
		r.Text = law.Text(code.Text())
		if code.Field != "" {
			r.Path = "/" + code.Field
		}
		if code.Expected != 0 {
			r.Expected = string(code.Expected)
		}
	case len(list) > 0:
		r.Code, r.Path, r.Message, r.Text = string(list[0].Kind), list[0].Path, list[0].Error(), list[0].Text()
		if len(list) > 1 {
			for _, e := range list {
				r.Errors = append(r.Errors, fault{string(e.Kind), e.Path, e.Text()})
			}
		}
	}
	return r
}

// question is a line that was read.
type question struct {
	id, in json.RawMessage
	ask    string
}

// readQuestion reads {"id":…,"ask":…,"in":{…}}. What could be read of the id is
// returned with the error too, so that the answer can carry it.
func readQuestion(line []byte) (q question, err error) {
	notJSON := &law.InputError{Kind: law.KindJSON, Detail: law.Text{EN: "not a JSON object", IT: "non è un oggetto JSON"}}
	d := json.NewDecoder(bytes.NewReader(line))
	if t, err := d.Token(); err != nil || t != json.Delim('{') {
		return q, notJSON
	}
	seen := map[string]bool{}
	for d.More() {
		t, err := d.Token()
		if err != nil {
			return q, notJSON
		}
		name, _ := t.(string)
		var raw json.RawMessage
		if err := d.Decode(&raw); err != nil {
			return q, notJSON
		}
		known := name == "id" || name == "ask" || name == "in"
		switch {
		case !known:
			return q, &law.InputError{Kind: law.KindMember, Detail: law.Text{
				EN: "a member other than id, ask and in", IT: "un membro diverso da id, ask e in",
			}}
		case seen[name]:
			return q, &law.InputError{Kind: law.KindMember, Path: "/" + name}
		case name == "id" && utf8.Valid(raw):
			q.id = compact(raw)
		case name == "ask" && json.Unmarshal(raw, &q.ask) != nil:
			return q, &law.InputError{Kind: law.KindJSON, Path: "/ask"}
		case name == "in":
			q.in = raw
		}
		seen[name] = true
	}
	if !json.Valid(line) || !utf8.Valid(line) {
		return q, notJSON
	}
	return q, nil
}

// compact takes the blanks and line ends out of a JSON value.
func compact(raw json.RawMessage) json.RawMessage {
	var b bytes.Buffer
	if json.Compact(&b, raw) != nil {
		return nil
	}
	return b.Bytes()
}
