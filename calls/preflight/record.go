package preflight

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"slices"
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// record is what is hashed: the facts, the answer, and the rules that gave it.
type record struct {
	Edition string    `json:"edition"`
	LawDay  date.Date `json:"law_day"`          // the day whose law was applied: that of the start
	Needs   []string  `json:"needs,omitempty"`  // JSON pointers of the facts still needed
	Either  []Either  `json:"either,omitempty"` // the verdict by the one answer that is missing
	In      Case      `json:"in"`
	Out     Report    `json:"out"`
}

// Either is the verdict for both answers to the one yes-or-no fact that is missing.
type Either struct {
	Fact string      `json:"fact"` // JSON pointer
	Yes  law.Verdict `json:"yes"`
	No   law.Verdict `json:"no"`
}

// seal stands between a record's body and its hash.
const seal = `,"sha256":"`

// Decide judges the case and returns the decision record: canonical JSON, the same
// bytes on every platform, that ends with the SHA-256 of all that stands before
// it. The record holds personal data, since it holds the facts.
func Decide(c Case) ([]byte, error) {
	out, err := Run(c)
	if err != nil {
		return nil, err
	}
	missing := needs(out.Checks)
	body, err := json.Marshal(record{law.Edition, law.RomeDay(c.Start), missing, either(c, missing), c, out})
	if err != nil {
		return nil, err
	}
	sum := sha256.Sum256(body)
	body = append(body[:len(body)-1], seal...)
	return append(hex.AppendEncode(body, sum[:]), `"}`...), nil
}

// errNotARecord is what Verify says of bytes that Decide did not make.
var errNotARecord = errors.New("preflight: not a decision record")

// Verify replays a decision record and returns the JSON pointers at which it
// differs from what this edition decides on its facts; the empty pointer when only
// the writing differs. An empty list means that the record stands. The error says
// that the bytes are no record, or hold facts that cannot be read.
func Verify(decision []byte) ([]string, error) {
	const end = len(seal) + 2*sha256.Size + len(`"}`)
	at := max(0, len(decision)-end)
	if tail := decision[at:]; len(tail) != end || !bytes.HasPrefix(tail, []byte(seal)) {
		return nil, errNotARecord
	}
	var parts struct {
		In json.RawMessage `json:"in"`
	}
	if json.Unmarshal(decision, &parts) != nil {
		return nil, errNotARecord
	}
	var c Case
	if err := c.UnmarshalJSON(parts.In); err != nil {
		return nil, law.At(err, "/in")
	}
	replayed, err := Decide(c)
	if err != nil {
		return nil, law.At(err, "/in")
	}
	if bytes.Equal(replayed, decision) {
		return nil, nil
	}
	var was, is any
	if json.Unmarshal(decision, &was) != nil || json.Unmarshal(replayed, &is) != nil {
		return nil, errNotARecord
	}
	if all := differences("", was, is); len(all) > 0 {
		return all, nil
	}
	return []string{""}, nil // the same values, written differently
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

// answered returns the case with a yes-or-no fact set; false for other facts.
func answered(c Case, fact string, a law.Answer) (Case, bool) {
	answers := map[string]*law.Answer{
		"/contract/schooling_done":                 &c.Contract.SchoolingDone,
		"/contract/employer/public_administration": &c.Contract.Employer.PublicAdministration,
		"/contract/employer/risk_assessment":       &c.Contract.Employer.RiskAssessment,
		"/contract/activity/public_establishment":  &c.Contract.Activity.PublicEstablishment,
		"/contract/agreement/needs":                &c.Contract.Agreement.Needs,
		"/contract/agreement/bans":                 &c.Contract.Agreement.Bans,
		"/contract/unit/replaces_strikers":         &c.Contract.Unit.ReplacesStrikers,
		"/contract/contract/written":               &c.Contract.Terms.Written,
		"/contract/contract/duty":                  &c.Contract.Terms.Duty,
		"/employer/sector_activity":                &c.Employer.SectorActivity,
		"/employer/sector_agreement":               &c.Employer.SectorAgreement,
		"/sender/phone_registered":                 &c.Sender.PhoneRegistered,
		"/sender/own_company":                      &c.Sender.OwnCompany,
		"/malfunction_proof":                       &c.MalfunctionProof,
	}
	p, ok := answers[fact]
	if ok {
		*p = a
	}
	return c, ok
}
