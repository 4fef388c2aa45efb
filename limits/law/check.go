package law

import (
	"encoding/json"
	"errors"
	"iter"
	"reflect"
	"strings"

	"github.com/rickb777/date/v2"
)

// Outcome is what became of a rule. The zero value is [Undetermined]: silence is
// not compliance.
type Outcome uint8

// The outcomes.
const (
	Undetermined  Outcome = iota // facts are missing
	Pass                         // kept
	Fail                         // not kept: see the finding
	NotApplicable                // does not concern these facts
	NotInForce                   // did not exist on the day
)

// String returns the word used in JSON.
func (o Outcome) String() string {
	return Word(o, "undetermined", "pass", "fail", "not-applicable", "not-in-force")
}

// Label names the outcome for a reader.
func (o Outcome) Label() Text {
	return [...]Text{
		{"undetermined", "non determinabile"}, {"kept", "rispettata"}, {"not kept", "non rispettata"},
		{"not applicable", "non pertinente"}, {"not in force", "non in vigore"},
	}[min(o, NotInForce)]
}

// MarshalText returns the word used in JSON.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

// UnmarshalText reads the word used in JSON.
func (o *Outcome) UnmarshalText(b []byte) (err error) {
	*o, err = ParseWord[Outcome](string(b), "undetermined", "pass", "fail", "not-applicable", "not-in-force")
	return err
}

// Severity is how grave a failed rule is.
type Severity uint8

// The severities, gravest first; there is no zero severity.
const (
	Breach Severity = iota + 1 // the administrative reading is broken
	Doubt                      // only a stricter serious reading is broken
	Advice                     // worth knowing; never changes a verdict
)

// String returns the word used in JSON.
func (s Severity) String() string { return Word(s, "", "breach", "doubt", "advice") }

// Label names the severity for a reader; the zero value has an empty name.
func (s Severity) Label() Text {
	return [...]Text{{}, {"breach", "violazione"}, {"doubt", "dubbio"}, {"advice", "avvertenza"}}[min(s, Advice)]
}

// MarshalText returns the word used in JSON, empty for the zero value.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads the word used in JSON.
func (s *Severity) UnmarshalText(b []byte) (err error) {
	*s, err = ParseWord[Severity](string(b), "", "breach", "doubt", "advice")
	return err
}

// Verdict condenses a list of checks. The zero value is "undetermined".
type Verdict uint8

// The verdicts.
const (
	VerdictUndetermined Verdict = iota // a fact is missing and nothing is broken
	VerdictClear                       // nothing broken, nothing doubtful, nothing missing
	VerdictDoubt                       // lawful by the administrative reading only
	VerdictBreach                      // at least one rule is broken
)

// String returns the word used in JSON.
func (v Verdict) String() string { return Word(v, "undetermined", "clear", "doubt", "breach") }

// Label names the verdict for a reader.
func (v Verdict) Label() Text {
	return [...]Text{
		{"undetermined", "non determinabile"}, {"clear", "regolare"}, {"doubt", "dubbio"}, {"breach", "violazione"},
	}[min(v, VerdictBreach)]
}

// MarshalText returns the word used in JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// UnmarshalText reads the word used in JSON.
func (v *Verdict) UnmarshalText(b []byte) (err error) {
	*v, err = ParseWord[Verdict](string(b), "undetermined", "clear", "doubt", "breach")
	return err
}

// Facts are the particulars of a failed rule: a small struct of the package that
// owns the rule, found with errors.As, or a [Statement] where there are none. Error is
// its English text. Their JSON is written by AppendJSON(b []byte) ([]byte, error) where
// they have it, by encoding/json otherwise.
type Facts interface {
	error
	Text() Text
}

// SameFacts reports whether two facts are equal, without writing them. Facts that cannot
// be compared, because they hold lists, are not the same.
func SameFacts(a, b Facts) bool {
	return a != nil && b != nil && reflect.TypeOf(a) == reflect.TypeOf(b) && reflect.ValueOf(a).Comparable() && a == b
}

// Statement are the facts of a failure that says only that it happened. Its JSON is an
// empty object: the words stand in the message of the check.
type Statement Text

// Text returns the statement.
func (s Statement) Text() Text { return Text(s) }

// Error returns the English statement.
func (s Statement) Error() string { return s.EN }

// AppendJSON appends an empty object.
func (s Statement) AppendJSON(b []byte) ([]byte, error) { return append(b, "{}"...), nil }

// MarshalJSON writes an empty object.
func (s Statement) MarshalJSON() ([]byte, error) { return s.AppendJSON(nil) }

// Told are the facts of a check that was read back from JSON: the message, and the
// members as they were written.
type Told struct {
	Message Text
	JSON    json.RawMessage
}

// Text returns the message as it was written.
func (t Told) Text() Text { return t.Message }

// Error returns the English message.
func (t Told) Error() string { return t.Message.EN }

// MarshalJSON writes the members as they were read.
func (t Told) MarshalJSON() ([]byte, error) { return t.JSON, nil }

// Finding is a failed rule with all that a reader needs to act on it.
type Finding struct {
	Rule     RuleID
	Severity Severity
	Path     string // JSON pointer into the input; may be empty
	On       date.Date
	Cites    []Citation
	Facts    Facts
}

// Text says what happened, in both languages.
func (f *Finding) Text() Text {
	if f.Facts == nil {
		return Text{}
	}
	return f.Facts.Text()
}

// Error writes the rule and the English message.
func (f *Finding) Error() string { return string(f.Rule) + ": " + f.Text().EN }

// Unwrap gives errors.Is the rule and errors.As the facts.
func (f *Finding) Unwrap() []error { return []error{f.Rule, f.Facts} }

// Check is the answer to one rule. Its pointers are places in the question that was
// asked.
type Check struct {
	rule    CitedRule // shared by the checks of a rule
	Outcome Outcome
	On      date.Date // the day it was asked for; zero when none
	Needs   []string  // JSON pointers of the missing facts, when undetermined
	Finding *Finding  // when failed
}

// Rule returns which rule was asked; empty for the zero value.
func (c Check) Rule() RuleID { return c.rule.ID() }

// Cites returns what decides, strongest first; shared, not to be changed.
func (c Check) Cites() []Citation { return c.rule.Cites() }

// Citing returns the check with other citations: none, for an answer that says those of a
// rule once. The finding keeps its own.
func (c Check) Citing(cites ...Citation) Check {
	c.rule = c.rule.Citing(cites...)
	return c
}

// Severity returns the finding's severity, 0 where the rule did not fail.
func (c Check) Severity() Severity {
	if c.Finding == nil {
		return 0
	}
	return c.Finding.Severity
}

// open reports whether the check leaves its rule undecided.
func (c *Check) open() bool {
	switch c.Outcome {
	case Pass, NotApplicable, NotInForce:
		return false
	case Fail:
		return c.Severity() == 0
	default:
		return true
	}
}

// Text says what was found, or names the facts that are missing; it is empty for the
// other outcomes.
func (c Check) Text() Text {
	switch {
	case c.Finding != nil:
		return c.Finding.Text()
	case c.Outcome == Undetermined && len(c.Needs) > 0:
		return missingText(c.Needs)
	default:
		return Text{}
	}
}

// wireCheck is a check in the form of the decision protocol.
type wireCheck struct {
	Rule     RuleID          `json:"rule"`
	Outcome  Outcome         `json:"outcome"`
	On       date.Date       `json:"on,omitzero"`
	Severity Severity        `json:"severity,omitzero"`
	Needs    []string        `json:"needs,omitempty"`
	Path     string          `json:"path,omitempty"`
	Message  Text            `json:"message,omitzero"`
	Facts    json.RawMessage `json:"facts,omitempty"`
	Cites    []Citation      `json:"cites"`
}

// MarshalJSON writes the check in the form of the decision protocol.
func (c Check) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes. The facts of a failed check come back
// as [Told], or as a [Statement] where they hold nothing but words.
func (c *Check) UnmarshalJSON(b []byte) error {
	var in wireCheck
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*c = Check{rule: Cited(in.Rule, in.Cites...), Outcome: in.Outcome, On: in.On, Needs: in.Needs}
	if in.Outcome != Fail {
		return nil
	}
	f := &Finding{Rule: in.Rule, Severity: in.Severity, Path: in.Path, On: in.On, Cites: in.Cites}
	switch {
	case string(in.Facts) == "{}":
		f.Facts = Statement(in.Message)
	case in.Facts != nil:
		f.Facts = Told{in.Message, in.Facts}
	}
	c.Finding = f
	return nil
}

// Open is the error of a rule that could not be decided.
type Open struct {
	Rule  RuleID
	Needs []string // JSON pointers of the missing facts
}

// Error writes the rule and the missing facts.
func (o *Open) Error() string {
	return string(o.Rule) + ": undetermined, needs " + strings.Join(o.Needs, ", ")
}

// Unwrap gives errors.Is the rule.
func (o *Open) Unwrap() error { return o.Rule }

// Checks is the list of answers to one question.
type Checks []Check

// MarshalJSON writes the list in the form of the decision protocol.
func (c Checks) MarshalJSON() ([]byte, error) { return c.AppendJSON(nil) }

// Verdict condenses the list: a breach wins over anything undetermined, that over
// a doubt, that over clear. An empty list is undetermined, and so is a failed check
// without a finding.
func (c Checks) Verdict() Verdict {
	open, doubt := len(c) == 0, false
	for i := range c {
		x := &c[i]
		if x.Finding == nil { // as for most
			open = open || x.open()
			continue
		}
		switch x.Finding.Severity {
		case Breach:
			return VerdictBreach
		case Doubt:
			doubt = true
		}
		open = open || x.open()
	}
	switch {
	case open:
		return VerdictUndetermined
	case doubt:
		return VerdictDoubt
	default:
		return VerdictClear
	}
}

// Err joins every breach and everything undetermined into one error; nil when
// there are none. errors.Is finds a [RuleID] in it, errors.As the first [Facts] of
// a type; [Checks.Findings] has them all.
func (c Checks) Err() error {
	var all []error
	for i := range c {
		switch {
		case c[i].Severity() == Breach:
			all = append(all, c[i].Finding)
		case c[i].open():
			all = append(all, &Open{c[i].Rule(), c[i].Needs})
		}
	}
	return errors.Join(all...)
}

// Findings yields the failed checks' findings in order.
func (c Checks) Findings() iter.Seq[*Finding] {
	return func(yield func(*Finding) bool) {
		for i := range c {
			if f := c[i].Finding; f != nil && !yield(f) {
				return
			}
		}
	}
}

// Of yields the checks of one rule; a rule may leave several, one a place.
func (c Checks) Of(id RuleID) iter.Seq[Check] {
	return func(yield func(Check) bool) {
		for i := range c {
			if c[i].Rule() == id && !yield(c[i]) {
				return
			}
		}
	}
}

// Relocate moves the checks of one question into a larger one: place turns a JSON
// pointer into the smaller question into one into the larger. Checks are changed in
// place; their findings and lists of needs are copied where a pointer changes, so that
// whatever shares them keeps its own.
func (c Checks) Relocate(place func(pointer string) string) {
	for i := range c {
		x := &c[i]
		if len(x.Needs) > 0 {
			needs := make([]string, len(x.Needs))
			for j, n := range x.Needs {
				needs[j] = place(n)
			}
			x.Needs = needs
		}
		if x.Finding != nil && x.Finding.Path != "" {
			f := *x.Finding
			f.Path = place(f.Path)
			x.Finding = &f
		}
	}
}

// Judgment is the part every assessment has. Embed it in result types.
type Judgment struct {
	Edition string `json:"edition"` // the state of the rules: see [Edition]
	// VerifiedUntil is [Verified]: later changes of the law are not known here.
	VerifiedUntil date.Date `json:"verified_until,omitzero"`
	Verdict       Verdict   `json:"verdict"` // the condensed checks
	Checks        Checks    `json:"checks"`  // the answer to each rule
}

// Judge condenses checks into a [Judgment].
func Judge(checks Checks) Judgment { return Judgment{Edition, verified, checks.Verdict(), checks} }

// NotVerified is the rule behind the advice of [Stale].
const NotVerified RuleID = "law.verified"

// Stale appends an advice to the checks when the day asked is more than twelve months
// later than [Verified]: the values are the last known, and nobody has checked them
// since. For days before that the answer's verified_until is enough.
func Stale(checks Checks, on date.Date) Checks {
	if on <= freshUntil {
		return checks
	}
	rule := Cited(NotVerified) // no act says it: it is a fact about the library
	return append(checks, rule.Fail(Advice, on, "", Unverified{verified}))
}

// freshUntil is the last day that is no more than twelve months later than [Verified].
var freshUntil = Anniversary(verified, 1, LastOfMonth)

// Unverified are the facts of a [NotVerified] advice.
type Unverified struct {
	Verified date.Date `json:"verified"` // the last day the values were checked
}

// Text says since when nobody has checked.
func (u Unverified) Text() Text {
	return Say("The law was last checked on %s; later changes are not considered.",
		"La normativa è stata verificata il %s; modifiche successive non sono considerate.", u.Verified)
}

// Error is the English text.
func (u Unverified) Error() string { return u.Text().EN }
