package preflight

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"log/slog"
	"reflect"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
)

// Decision is a judged case with its decision record.
type Decision struct {
	Report Report
	record []byte
}

// Bytes returns the decision record: canonical JSON, the same bytes on every platform,
// that ends with the SHA-256 of all that stands before it. It holds personal data, since
// it holds the facts.
//
// The hash proves that the record was not damaged by accident. It proves nothing against
// somebody who can compute a hash: sign the bytes, for instance with crypto/ed25519, and
// keep the signature beside them.
func (d Decision) Bytes() []byte { return d.record }

// LogValue leaves out the record.
func (d Decision) LogValue() slog.Value {
	return slog.GroupValue(slog.String("verdict", d.Report.Verdict.String()), slog.Int("record", len(d.record)))
}

// Either is the verdict for both answers to the one yes-or-no fact that is missing.
type Either struct {
	Fact string      `json:"fact"` // JSON pointer
	Yes  law.Verdict `json:"yes"`
	No   law.Verdict `json:"no"`
}

// seal stands between a record's body and its hash.
const seal = `,"sha256":"`

// Decide judges the case and makes its decision record, from one computation. Facts that
// JSON cannot carry, such as text that is not UTF-8, are refused with a [law.InputError]:
// a record that could not be read back would be none.
func Decide(c Case) (Decision, error) {
	in, err := c.inJSON()
	if err != nil {
		return Decision{}, err
	}
	if err = c.UnmarshalJSON(in); err != nil {
		return Decision{}, err
	}
	if bytes.Contains(in, []byte(`\ufffd`)) { // text that was not UTF-8: it is written as it was read
		if in, err = json.Marshal(c); err != nil {
			return Decision{}, err
		}
	}
	out, err := Run(c)
	if err != nil {
		return Decision{}, err
	}
	return record(c, in, out)
}

// inJSON writes the case, of which JSON must carry every fact.
func (c *Case) inJSON() ([]byte, error) {
	b, err := json.Marshal(c)
	if err != nil {
		return nil, &law.InputError{Kind: law.KindValue, Detail: law.Text{
			EN: "a fact that JSON cannot carry", IT: "un dato che il JSON non può contenere",
		}}
	}
	for _, s := range [...]struct{ path, text string }{
		{"/worker/code", c.Worker.Code}, {"/worker/surname", string(c.Worker.Surname)}, {"/worker/name", string(c.Worker.Name)},
	} {
		if !utf8.ValidString(s.text) {
			return nil, &law.InputError{Kind: law.KindValue, Path: s.path, Detail: law.Text{
				EN: "text that is not UTF-8", IT: "testo che non è UTF-8",
			}}
		}
	}
	return b, nil
}

// record writes the record of a case, given as JSON too, and its answer.
func record(c Case, in []byte, out Report) (Decision, error) {
	missing := needs(out.Checks)
	o := law.OpenObject(out.Checks.Grow(nil, len(in)+recordRoom))
	o.String("edition", law.Edition)
	o.String("values", Values())
	o.Day("law_day", law.RomeDay(c.Start))
	if len(missing) > 0 {
		o.Strings("needs", missing)
	}
	if list := either(c, missing); len(list) > 0 {
		o.Marshal("either", list)
	}
	o.Add(append(o.Name("in"), in...), nil)
	o.Add(out.AppendJSON(o.Name("out")))
	body, err := o.Close()
	if err != nil {
		return Decision{}, err
	}
	sum := sha256.Sum256(body)
	body = append(body[:len(body)-1], seal...)
	return Decision{out, append(hex.AppendEncode(body, sum[:]), `"}`...)}, nil
}

// Room for the JSON of an answer: what most take.
const (
	recordRoom = 2048
	checkRoom  = 600 // each check
)

// errNotARecord is what Verify says of bytes that Decide did not make.
var errNotARecord = &law.InputError{Kind: law.KindJSON, Detail: law.Text{
	EN: "not a decision record", IT: "non è una registrazione di decisione",
}}

// Seal says whether a decision record still has the bytes it was made with.
type Seal uint8

// The states of a seal. The zero value is [SealBroken].
const (
	SealBroken    Seal = iota // the hash is not that of the bytes
	SealRewritten             // the hash is not that of the bytes, but every value is as decided today: a database reordered or re-indented it
	SealSound                 // the hash is that of the bytes
)

func sealWords() []string { return []string{"broken", "rewritten", "sound"} }

// String returns the word used in JSON.
func (s Seal) String() string { return law.Word(s, sealWords()...) }

// Label names the state for a reader.
func (s Seal) Label() law.Text {
	return [...]law.Text{
		{EN: "broken", IT: "rotto"}, {EN: "rewritten, same values", IT: "riscritto, stessi valori"}, {EN: "sound", IT: "integro"},
	}[min(s, SealSound)]
}

// MarshalText returns the word used in JSON.
func (s Seal) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word used in JSON.
func (s *Seal) UnmarshalText(b []byte) (err error) {
	*s, err = law.ParseWord[Seal](string(b), sealWords()...)
	return err
}

// Verification is what [Verify] found in a decision record.
type Verification struct {
	Seal    Seal     `json:"seal"`
	Edition string   `json:"edition"`           // the edition that made the record
	Values  bool     `json:"values"`            // the dated values are those of today's [Values]
	Outcome []string `json:"outcome,omitempty"` // JSON pointers at which the facts, replayed today, are decided otherwise
	Wording []string `json:"wording,omitempty"` // JSON pointers of messages and names that are only worded otherwise
}

// Stands reports whether the record has its seal and the facts are decided today as they
// were then. Wording does not matter.
func (v Verification) Stands() bool { return v.Seal != SealBroken && len(v.Outcome) == 0 }

// Text sums up the verification in one sentence of each language.
func (v Verification) Text() law.Text {
	switch {
	case v.Seal == SealBroken:
		return law.Text{EN: "The record was changed after it was made.", IT: "La registrazione è stata modificata dopo la sua creazione."}
	case len(v.Outcome) > 0:
		return law.Say("The record is as it was made by edition %s; today %d values are decided otherwise.",
			"La registrazione è come fu fatta dall'edizione %s; oggi %d valori sono decisi diversamente.", v.Edition, len(v.Outcome))
	case v.Edition != law.Edition || !v.Values:
		return law.Say("The record of edition %s stands: today's rules decide its facts the same way.",
			"La registrazione dell'edizione %s regge: le regole di oggi decidono i suoi fatti allo stesso modo.", v.Edition)
	default:
		return law.Text{EN: "The record stands.", IT: "La registrazione regge."}
	}
}

// Verify replays a decision record: it tells whether its seal is sound, which edition
// made it, and where today's rules decide its facts otherwise. White space around the
// record does not matter. The error is a [law.InputError]: the bytes are no record, or
// hold facts that cannot be read.
func Verify(decision []byte) (Verification, error) {
	decision = bytes.TrimSpace(decision)
	if again(decision) {
		return Verification{Seal: SealSound, Edition: law.Edition, Values: true}, nil
	}
	var parts struct {
		Edition string          `json:"edition"`
		Values  string          `json:"values"`
		In      json.RawMessage `json:"in"`
		Out     json.RawMessage `json:"out"`
		SHA256  string          `json:"sha256"`
	}
	if json.Unmarshal(decision, &parts) != nil || parts.In == nil || parts.Out == nil || parts.SHA256 == "" {
		return Verification{}, errNotARecord
	}
	var c Case
	if err := c.UnmarshalJSON(parts.In); err != nil {
		return Verification{}, law.At(err, "/in")
	}
	replayed, err := Decide(c)
	if err != nil {
		return Verification{}, law.At(err, "/in")
	}
	v := Verification{Edition: parts.Edition, Values: parts.Values == Values()}
	if sealed(decision) {
		v.Seal = SealSound
	}
	var was, is map[string]any
	if json.Unmarshal(decision, &was) != nil || json.Unmarshal(replayed.record, &is) != nil {
		return Verification{}, errNotARecord
	}
	if v.Seal != SealSound && parts.SHA256 == is["sha256"] && v.Values && v.Edition == law.Edition {
		v.Seal = SealRewritten // if nothing differs below
	}
	for _, own := range []string{"edition", "values", "sha256"} {
		delete(was, own)
		delete(is, own)
	}
	all := differences("", was, is)
	if v.Seal == SealRewritten && len(all) > 0 {
		v.Seal = SealBroken
	}
	for _, p := range all {
		switch {
		case p == "/out/edition" || p == "/out/verified_until":
		case isWording(p):
			v.Wording = append(v.Wording, p)
		default:
			v.Outcome = append(v.Outcome, p)
		}
	}
	return v, nil
}

// again reports whether the facts of a record, decided today, give the same bytes: most
// records that are verified are sound, and then nothing else need be read.
func again(decision []byte) bool {
	_, rest, found := bytes.Cut(decision, []byte(`,"in":`))
	if !found {
		return false
	}
	var in json.RawMessage
	var c Case
	if json.NewDecoder(bytes.NewReader(rest)).Decode(&in) != nil || c.UnmarshalJSON(in) != nil {
		return false
	}
	out, err := Run(c)
	if err != nil {
		return false
	}
	same, err := json.Marshal(c)
	if err != nil || !bytes.Equal(same, in) {
		return false
	}
	d, err := record(c, in, out)
	return err == nil && bytes.Equal(d.record, decision)
}

// sealed reports whether a record ends with the hash of what stands before it.
func sealed(decision []byte) bool {
	const end = len(seal) + 2*sha256.Size + len(`"}`)
	at := len(decision) - end
	if at < 0 || !bytes.HasPrefix(decision[at:], []byte(seal)) {
		return false
	}
	sum := sha256.Sum256(append(bytes.Clone(decision[:at]), '}'))
	return hex.EncodeToString(sum[:]) == string(decision[at+len(seal):len(decision)-len(`"}`)])
}

// isWording reports whether a pointer of a record leads to words for a reader, which may
// be reworded without a change of what is decided.
func isWording(pointer string) bool {
	return strings.HasSuffix(pointer, "/en") || strings.HasSuffix(pointer, "/it")
}

// differences lists the JSON pointers of the leaves in which two values differ.
func differences(path string, a, b any) []string {
	var all []string
	switch a := a.(type) {
	case map[string]any:
		b, ok := b.(map[string]any)
		if !ok {
			return []string{path}
		}
		names := make([]string, 0, len(a))
		for name := range a {
			names = append(names, name)
		}
		for name := range b {
			if _, both := a[name]; !both {
				names = append(names, name)
			}
		}
		slices.Sort(names)
		for _, name := range names {
			all = append(all, differences(path+law.Pointer(name), a[name], b[name])...)
		}
	case []any:
		b, ok := b.([]any)
		if !ok {
			return []string{path}
		}
		for i := range max(len(a), len(b)) {
			var x, y any
			if i < len(a) {
				x = a[i]
			}
			if i < len(b) {
				y = b[i]
			}
			all = append(all, differences(path+"/"+strconv.Itoa(i), x, y)...)
		}
	default:
		if a != b {
			return []string{path}
		}
	}
	return all
}

// needs lists the facts that the undetermined checks miss, each once.
func needs(checks law.Checks) []string {
	var all []string
	for _, c := range checks {
		for _, n := range c.Needs {
			if !slices.Contains(all, n) {
				all = append(all, n)
			}
		}
	}
	return all
}

// either asks again with both answers, where one yes-or-no fact is all that is
// missing.
func either(c Case, needs []string) []Either {
	if len(needs) != 1 {
		return nil
	}
	verdict := func(a law.Answer) (law.Verdict, bool) {
		asked, ok := answered(c, needs[0], a)
		if !ok {
			return 0, false
		}
		r, err := Run(asked)
		return r.Verdict, err == nil
	}
	yes, usable := verdict(law.Yes)
	no, also := verdict(law.No)
	if !usable || !also {
		return nil
	}
	return []Either{{needs[0], yes, no}}
}

// answered returns the case with a yes-or-no fact set; false for other facts. The fact is
// found by the JSON names of the members, so that a new one is found too.
func answered(c Case, fact string, a law.Answer) (Case, bool) {
	v := reflect.ValueOf(&c).Elem()
	for name := range strings.SplitSeq(strings.TrimPrefix(fact, "/"), "/") {
		if v.Kind() != reflect.Struct {
			return c, false
		}
		i := slices.IndexFunc(reflect.VisibleFields(v.Type()), func(f reflect.StructField) bool {
			tag, _, _ := strings.Cut(f.Tag.Get("json"), ",")
			return tag == name
		})
		if i < 0 {
			return c, false
		}
		v = v.FieldByIndex(reflect.VisibleFields(v.Type())[i].Index)
	}
	answer, ok := v.Addr().Interface().(*law.Answer)
	if ok {
		*answer = a
	}
	return c, ok
}
