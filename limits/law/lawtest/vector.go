package lawtest

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"reflect"
	"slices"
	"sort"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
)

// Vector is one question of the decision protocol with what is expected of the
// answer. A file holds one story: a list of vectors, such as the day before, the
// day and the day after.
type Vector struct {
	Name   string          `json:"name"`
	Source string          `json:"source"` // where the expectation comes from; "case S31" numbers the question it answers
	Ask    string          `json:"ask"`
	In     json.RawMessage `json:"in"`
	// Out is what the answer must hold: each member given, at any depth; lists in
	// full; null where a member must be null or absent; "*" where there must be a value,
	// whatever it says.
	Out json.RawMessage `json:"out,omitempty"`
	// Checks are the rules expected in the answer; at least one check of the rule
	// must match in all that is given.
	Checks map[law.RuleID]Expected `json:"checks,omitempty"`
	// Error is what an unusable question must be answered.
	Error *Refusal `json:"error,omitempty"`
}

// anything stands in a vector for a value that must be there, whatever it says.
const anything = "*"

// Expected is what a vector says of one rule.
type Expected struct {
	Outcome  string          `json:"outcome"`
	Severity string          `json:"severity,omitempty"`
	On       string          `json:"on,omitempty"`    // the day
	Path     string          `json:"path,omitempty"`  // the JSON pointer
	Needs    []string        `json:"needs,omitempty"` // all of them
	Facts    json.RawMessage `json:"facts,omitempty"` // what the facts must hold, as Out says it of the answer
	Cites    []string        `json:"cites,omitempty"` // texts that must be among the citations
}

// Refusal is the error of an answer. In a vector an empty path is any path, and the
// message is not compared.
type Refusal struct {
	Code    string `json:"code"`
	Path    string `json:"path,omitempty"`
	Message string `json:"message,omitempty"`
}

// Answer is what an engine says to one question: Out, or Error.
type Answer struct {
	Out   json.RawMessage `json:"out,omitempty"`
	Error *Refusal        `json:"error,omitempty"`
}

// Engine answers one question of the protocol.
type Engine func(ask string, in json.RawMessage) Answer

// Local makes an engine of Go functions: the input's JSON in, the value whose
// JSON is the answer out.
func Local(asks map[string]func(in []byte) (any, error)) Engine {
	return func(ask string, in json.RawMessage) Answer {
		f, ok := asks[ask]
		if !ok {
			return Answer{Error: &Refusal{Code: "ask"}}
		}
		v, err := f(in)
		var bad *law.InputError
		switch {
		case errors.As(err, &bad):
			return Answer{Error: &Refusal{Code: string(bad.Kind), Path: bad.Path, Message: bad.Error()}}
		case err != nil:
			return Answer{Error: &Refusal{Message: err.Error()}}
		}
		out, err := json.Marshal(v)
		if err != nil {
			return Answer{Error: &Refusal{Message: err.Error()}}
		}
		return Answer{Out: out}
	}
}

// Load reads every *.json file of a folder, in the order of the names.
func Load(files fs.FS) ([]Vector, error) {
	names, err := fs.Glob(files, "*.json")
	if err != nil {
		return nil, err
	}
	sort.Strings(names)
	var all []Vector
	for _, name := range names {
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, err
		}
		var story []Vector
		d := json.NewDecoder(bytes.NewReader(b))
		d.DisallowUnknownFields()
		if err := d.Decode(&story); err != nil {
			return nil, fmt.Errorf("%s: %w", name, err)
		}
		if d.More() {
			return nil, fmt.Errorf("%s: text after the list", name)
		}
		for i := range story {
			story[i].Name = name[:len(name)-len(".json")] + ": " + story[i].Name
		}
		all = append(all, story...)
	}
	return all, nil
}

// Vectors runs every vector of a folder against an engine, a subtest each.
func Vectors(t *testing.T, files fs.FS, engine Engine) {
	t.Helper()
	all, err := Load(files)
	if err != nil {
		t.Fatal(err)
	}
	if len(all) == 0 {
		t.Fatal("no vectors")
	}
	for _, v := range all {
		t.Run(v.Name, func(t *testing.T) {
			report(t, v.Misses(engine))
		})
	}
}

// Misses asks the engine and says, a line each, where its answer is not the one
// expected; nothing when it is. A vector that names no source or expects nothing
// misses too.
func (v Vector) Misses(engine Engine) []string {
	switch {
	case v.Source == "":
		return []string{"no source"}
	case v.Out == nil && v.Checks == nil && v.Error == nil:
		return []string{"nothing is expected"}
	}
	a := engine(v.Ask, v.In)
	switch {
	case v.Error != nil && a.Error == nil:
		return []string{fmt.Sprintf("answered, but error %s at %q was expected", v.Error.Code, v.Error.Path)}
	case v.Error != nil && (a.Error.Code != v.Error.Code || v.Error.Path != "" && a.Error.Path != v.Error.Path):
		return []string{fmt.Sprintf("error %s at %q, expected %s at %q", a.Error.Code, a.Error.Path, v.Error.Code, v.Error.Path)}
	case v.Error != nil:
		return nil
	case a.Error != nil:
		return []string{fmt.Sprintf("error %s at %q: %s", a.Error.Code, a.Error.Path, a.Error.Message)}
	}
	out := parse(a.Out)
	misses := malformed("", out)
	if len(v.Out) > 0 {
		misses = append(misses, differences("", parse(v.Out), out)...)
	}
	var asked struct {
		Checks []answered `json:"checks"`
	}
	if err := json.Unmarshal(a.Out, &asked); err != nil && len(v.Checks) > 0 {
		return append(misses, "checks cannot be read: "+err.Error())
	}
	rules := make([]string, 0, len(v.Checks))
	for id := range v.Checks {
		rules = append(rules, string(id))
	}
	sort.Strings(rules)
	for _, id := range rules {
		if miss := v.Checks[law.RuleID(id)].miss(id, asked.Checks); miss != "" {
			misses = append(misses, miss)
		}
	}
	return misses
}

type answered struct {
	Rule     string          `json:"rule"`
	Outcome  string          `json:"outcome"`
	Severity string          `json:"severity"`
	On       string          `json:"on"`
	Path     string          `json:"path"`
	Needs    []string        `json:"needs"`
	Facts    json.RawMessage `json:"facts"`
	Cites    []struct {
		Text string `json:"text"`
	} `json:"cites"`
}

// miss returns why no check of the rule matches; "" when one does.
func (e Expected) miss(id string, checks []answered) string {
	why := id + ": no check of this rule"
	for _, c := range checks {
		if c.Rule != id {
			continue
		}
		if why = e.mismatch(c); why == "" {
			return ""
		}
		why = id + ": " + why
	}
	return why
}

func (e Expected) mismatch(c answered) string {
	if c.Outcome != e.Outcome || e.Severity != "" && c.Severity != e.Severity {
		return fmt.Sprintf("%s %s, expected %s %s", c.Outcome, c.Severity, e.Outcome, e.Severity)
	}
	if e.On != "" && c.On != e.On {
		return fmt.Sprintf("on %q, expected %q", c.On, e.On)
	}
	if e.Path != "" && c.Path != e.Path {
		return fmt.Sprintf("path %q, expected %q", c.Path, e.Path)
	}
	if len(e.Facts) > 0 {
		if d := differences("/facts", parse(e.Facts), parse(c.Facts)); len(d) > 0 {
			return strings.Join(d, "; ")
		}
	}
	if e.Needs != nil && !reflect.DeepEqual(e.Needs, c.Needs) {
		return fmt.Sprintf("needs %v, expected %v", c.Needs, e.Needs)
	}
	for _, want := range e.Cites {
		found := false
		for _, cite := range c.Cites {
			found = found || cite.Text == want
		}
		if !found {
			return fmt.Sprintf("%q is not among the citations %v", want, c.Cites)
		}
	}
	return ""
}

// malformed says what no answer lacks, whatever was asked: a text its other language, a
// citation its act and, for an act of the State, its address, an assessment its edition
// and its last verified day, a check what its outcome calls for.
func malformed(path string, v any) (all []string) {
	switch v := v.(type) {
	case map[string]any:
		lacks := func(names ...string) {
			for _, n := range names {
				if s, isText := v[n].(string); v[n] == nil || isText && s == "" {
					all = append(all, fmt.Sprintf("%s: no %s", path, n))
				}
			}
		}
		has := func(name string) bool { return v[name] != nil }
		if has("en") || has("it") {
			lacks("en", "it")
		}
		if urn, _ := v["urn"].(string); has("urn") || has("url") {
			lacks("urn", "text")
			if strings.HasPrefix(urn, "urn:nir:stato:") {
				lacks("url")
			}
		}
		if has("verdict") && has("checks") {
			lacks("edition", "verified_until")
		}
		if has("rule") && has("outcome") {
			lacks("cites")
			switch v["outcome"] {
			case "fail":
				lacks("severity", "message", "facts")
			case "undetermined":
				lacks("needs", "message")
			}
		}
		for _, name := range slices.Sorted(maps.Keys(v)) {
			all = append(all, malformed(path+"/"+name, v[name])...)
		}
	case []any:
		for i, x := range v {
			all = append(all, malformed(fmt.Sprintf("%s/%d", path, i), x)...)
		}
	}
	return all
}

func parse(b []byte) any {
	var v any
	d := json.NewDecoder(bytes.NewReader(b))
	d.UseNumber()
	if err := d.Decode(&v); err != nil {
		return fmt.Sprintf("not JSON: %v", err)
	}
	return v
}

func differences(path string, want, got any) []string {
	if want == anything {
		if got == nil || got == "" {
			return []string{path + ": nothing, expected a value"}
		}
		return nil
	}
	switch w := want.(type) {
	case map[string]any:
		g, ok := got.(map[string]any)
		if !ok {
			return []string{fmt.Sprintf("%s: %v, expected an object", path, got)}
		}
		var all []string
		for k, x := range w {
			all = append(all, differences(path+"/"+k, x, g[k])...)
		}
		sort.Strings(all)
		return all
	case []any:
		g, ok := got.([]any)
		if !ok && got != nil || len(g) != len(w) {
			return []string{fmt.Sprintf("%s: %v, expected %v", path, got, want)}
		}
		var all []string
		for i, x := range w {
			all = append(all, differences(fmt.Sprintf("%s/%d", path, i), x, g[i])...)
		}
		return all
	default:
		if !reflect.DeepEqual(want, got) {
			return []string{fmt.Sprintf("%s: %v, expected %v", path, got, want)}
		}
		return nil
	}
}
