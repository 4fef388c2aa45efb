package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/modelcontextprotocol/go-sdk/mcp"
)

// answer is what the protocol said, and what the result of a tool adds to it.
type answer struct {
	Out     json.RawMessage `json:"out,omitempty"`
	Error   json.RawMessage `json:"error,omitempty"`
	Missing []fact          `json:"missing,omitempty"`
	Clock   string          `json:"clock,omitempty"` // the server's, where it stood for a now left out

	// What the summary tells of Out and Error.
	told struct {
		fault
		Errors    []fault
		Edition   string
		Verdict   *law.Verdict
		Checks    law.Checks
		Calls     []plannedCall
		Deadlines calls.Deadlines
		Moments   []preflight.Moment
	}
}

// plannedCall is a call of a plan; its checks point into the line of its worker.
type plannedCall struct {
	Line   int
	Checks law.Checks
}

// fault is a reason why a question was not answered.
type fault struct {
	Code, Path string
	Text       law.Text
}

// fact is one that is missing: its place in the arguments and its name.
type fact struct {
	Path string `json:"path"`
	law.Text
}

// answer puts the arguments to the protocol as they stand, which refuses what is wrong
// with them. Only a now that was left out is added.
func (t *tool) answer(arguments json.RawMessage) *answer {
	a := &answer{}
	in := bytes.TrimSpace(arguments)
	if len(in) == 0 || string(in) == "null" {
		in = []byte("{}")
	}
	var given map[string]json.RawMessage
	_, hasNow := t.in["properties"].(object)["now"]
	if hasNow && json.Unmarshal(in, &given) == nil && given != nil && given["now"] == nil {
		a.Clock = law.InRome(t.clock()).Format(time.RFC3339)
		comma := ","
		if len(given) == 0 {
			comma = ""
		}
		in = slices.Concat(in[:len(in)-1], []byte(comma+`"now":"`+a.Clock+`"}`))
	}
	line := slices.Concat([]byte(`{"ask":"`+t.ask+`","in":`), in, []byte("}"))
	if err := json.Unmarshal(protocol.Answer(line), a); err != nil {
		panic("an answer of the protocol is no JSON: " + err.Error()) // its own tests hold it
	}
	_ = json.Unmarshal(slices.Concat(a.Out, a.Error), &a.told) // what an answer does not have stays empty
	for _, f := range append(a.told.Errors, a.told.fault) {
		if f.Code == string(law.KindMissing) {
			a.miss(f.Path)
		}
	}
	for _, c := range a.told.Calls {
		line := fmt.Sprintf("/workers/%d", c.Line)
		c.Checks.Relocate(func(p string) string { return line + strings.TrimPrefix(p, line) })
		a.told.Checks = append(a.told.Checks, c.Checks...)
	}
	for _, c := range a.told.Checks {
		for _, n := range c.Needs {
			a.miss(n)
		}
	}
	return a
}

func (a *answer) miss(path string) {
	if f := (fact{path, law.FactName(path)}); !slices.Contains(a.Missing, f) {
		a.Missing = append(a.Missing, f)
	}
}

// result writes the summary, then the answer without what asks for no attention; the
// structured result is the whole answer.
func (t *tool) result(a *answer) *mcp.CallToolResult {
	short, whole := *a, any(a)
	var out any
	if decode(a.Out, &out) == nil {
		short.Out, _ = json.Marshal(trim(out)) // it was JSON: it is again
	}
	if t.brief {
		whole = &short
	}
	text, _ := json.Marshal(&short) // as above
	return &mcp.CallToolResult{IsError: a.Error != nil, StructuredContent: whole,
		Content: []mcp.Content{&mcp.TextContent{Text: a.summary().In(t.lang)}, &mcp.TextContent{Text: string(text)}}}
}

// trim copies an answer without the checks that neither failed nor lack a fact, the
// particulars and the messages that say what stands beside them, and all of a citation
// but its text.
func trim(x any) any {
	switch x := x.(type) {
	case []any:
		out := []any{}
		for _, v := range x {
			c, _ := v.(object)
			if done := c["outcome"]; done == nil || done == "fail" || done == "undetermined" {
				out = append(out, trim(v))
			}
		}
		return out
	case object:
		out := object{}
		for name, v := range x {
			switch {
			case x["urn"] != nil && name != "text": // of a citation
			case x["rule"] != nil && (name == "facts" || name == "message" && x["outcome"] == "undetermined"): // of a check
			default:
				out[name] = trim(v)
			}
		}
		return out
	default:
		return x
	}
}

// summary says the verdict, the findings with their sources, what is missing, and the
// deadlines.
func (a *answer) summary() law.Text {
	var lines, findings, missing, deadlines []law.Text
	told := &a.told
	if told.Verdict != nil {
		lines = append(lines, law.Say("Verdict: %s (edition %s of the rules).", "Esito: %s (edizione %s delle regole).", told.Verdict.Label(), told.Edition))
	}
	if at, err := time.Parse(time.RFC3339, a.Clock); err == nil {
		lines = append(lines, law.Say("Now is %s by the server's clock, since no moment was given.",
			"Adesso: %s, secondo l'orologio del server, perché nessun momento è stato indicato.", at))
	}
	if a.Error != nil {
		lines = append(lines, law.Say("Not answered: %s (%s %s).", "Senza risposta: %s (%s %s).", told.Text, told.Code, told.Path))
	}
	for _, f := range told.Errors {
		findings = append(findings, law.Say("%s (%s %s)", "%s (%s %s)", f.Text, f.Code, f.Path))
	}
	for severity := law.Breach; severity <= law.Advice; severity++ {
		for f := range told.Checks.Findings() {
			if f.Severity == severity {
				where := ""
				if f.Path != "" {
					where = " (" + f.Path + ")"
				}
				findings = append(findings, law.Say("%s: %s [%s]%s", "%s: %s [%s]%s", severity.Label(), f.Text(), cited(f.Cites), where))
			}
		}
	}
	for _, f := range a.Missing {
		missing = append(missing, law.Say("%s (%s)", "%s (%s)", f.Text, f.Path))
	}
	for _, d := range told.Deadlines {
		deadlines = append(deadlines, law.Say("%s, %s: %s", "%s, %s: %s", d.What.Label(), d.Worker, d.At))
	}
	for _, m := range told.Moments {
		when := law.Say("%s", "%s", m.Day)
		if m.Day == 0 {
			when = law.Say("%s", "%s", m.At)
		}
		deadlines = append(deadlines, law.Say("%s: %s", "%s: %s", m.What.Label(), when))
	}
	lines = append(lines, list(law.Text{EN: "Findings:", IT: "Rilievi:"}, findings)...)
	lines = append(lines, list(law.Text{EN: "Missing, to be asked and not guessed:", IT: "Mancano, da chiedere e non da supporre:"}, missing)...)
	lines = append(lines, list(law.Text{EN: "Deadlines:", IT: "Scadenze:"}, deadlines)...)
	if len(lines) == 0 {
		lines = []law.Text{{EN: "The answer follows.", IT: "Segue la risposta."}}
	}
	var all law.Text
	for _, l := range lines {
		all.EN, all.IT = all.EN+l.EN+"\n", all.IT+l.IT+"\n"
	}
	return all
}

// maxLines is how many lines of a list the summary tells.
const maxLines = 20

// list writes the title and the lines of a list, each once.
func list(title law.Text, all []law.Text) (lines []law.Text) {
	for _, l := range all {
		if l = law.Say("- %s", "- %s", l); !slices.Contains(lines, l) {
			lines = append(lines, l)
		}
	}
	if len(lines) == 0 {
		return nil
	}
	if more := len(lines) - maxLines; more > 0 {
		lines = append(lines[:maxLines], law.Say("- and %d more", "- e altri %d", more))
	}
	return slices.Insert(lines, 0, title)
}

func cited(cites []law.Citation) string {
	texts := make([]string, len(cites))
	for i, c := range cites {
		texts[i] = c.String()
	}
	return strings.Join(texts, "; ")
}

// decode reads JSON with its numbers as they are written.
func decode(b []byte, v any) error {
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	return d.Decode(v)
}
