package law

import (
	"encoding/json"
	"errors"
	"iter"
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

// MarshalText returns the word used in JSON.
func (o Outcome) MarshalText() ([]byte, error) { return []byte(o.String()), nil }

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

// MarshalText returns the word used in JSON.
func (s Severity) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

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

// MarshalText returns the word used in JSON.
func (v Verdict) MarshalText() ([]byte, error) { return []byte(v.String()), nil }

// Facts are the particulars of a failed rule: a small struct of the package that
// owns the rule, found with errors.As. Error is its English text.
type Facts interface {
	error
	Text() Text
}

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

// Check is the answer to one rule.
type Check struct {
	Rule    RuleID
	Outcome Outcome
	On      date.Date  // the day it was asked for; zero when none
	Cites   []Citation // what decides; shared, not to be changed
	Needs   []string   // JSON pointers of the missing facts, when undetermined
	Finding *Finding   // when failed
}

// Severity returns the finding's severity, 0 where the rule did not fail.
func (c Check) Severity() Severity {
	if c.Finding == nil {
		return 0
	}
	return c.Finding.Severity
}

// open reports whether the check leaves its rule undecided.
func (c Check) open() bool {
	switch c.Outcome {
	case Pass, NotApplicable, NotInForce:
		return false
	case Fail:
		return c.Severity() == 0
	default:
		return true
	}
}

// Text says what was found or what is missing; it is empty for the other outcomes.
func (c Check) Text() Text {
	switch {
	case c.Finding != nil:
		return c.Finding.Text()
	case c.Outcome == Undetermined && len(c.Needs) > 0:
		return Say("Cannot be decided without: %s.", "Non si può decidere senza: %s.", strings.Join(c.Needs, ", "))
	default:
		return Text{}
	}
}

// MarshalJSON writes the check in the form of the decision protocol.
func (c Check) MarshalJSON() ([]byte, error) {
	out := struct {
		Rule     RuleID     `json:"rule"`
		Outcome  Outcome    `json:"outcome"`
		On       date.Date  `json:"on,omitzero"`
		Severity Severity   `json:"severity,omitzero"`
		Needs    []string   `json:"needs,omitempty"`
		Path     string     `json:"path,omitempty"`
		Message  Text       `json:"message,omitzero"`
		Facts    Facts      `json:"facts,omitempty"`
		Cites    []Citation `json:"cites"`
	}{Rule: c.Rule, Outcome: c.Outcome, On: c.On, Severity: c.Severity(), Needs: c.Needs, Message: c.Text(), Cites: c.Cites}
	if c.Finding != nil {
		out.Path, out.Facts = c.Finding.Path, c.Finding.Facts
	}
	return json.Marshal(out)
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

// Verdict condenses the list: a breach wins over anything undetermined, that over
// a doubt, that over clear. An empty list is undetermined, and so is a failed check
// without a finding.
func (c Checks) Verdict() Verdict {
	open, doubt := len(c) == 0, false
	for i := range c {
		switch c[i].Severity() {
		case Breach:
			return VerdictBreach
		case Doubt:
			doubt = true
		}
		open = open || c[i].open()
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
			all = append(all, &Open{c[i].Rule, c[i].Needs})
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
			if c[i].Rule == id && !yield(c[i]) {
				return
			}
		}
	}
}

// Judgment is the part every assessment has. Embed it in result types.
type Judgment struct {
	Edition string  `json:"edition"`
	Verdict Verdict `json:"verdict"`
	Checks  Checks  `json:"checks"`
}

// Judge condenses checks into a [Judgment].
func Judge(checks Checks) Judgment { return Judgment{Edition, checks.Verdict(), checks} }

// NotVerified is the rule behind the advice of [Stale].
const NotVerified RuleID = "law.verified"

var notVerified = Rule{
	ID:    NotVerified,
	Title: Text{"The values are verified up to the day asked", "I valori sono verificati fino al giorno chiesto"},
	Cites: []Citation{}, // no act says it: it is a fact about the library
}

// Stale appends an advice to the checks when the day asked is later than
// [Verified]: the values are the last known, and nobody has checked them since.
func Stale(checks Checks, on date.Date) Checks {
	if on <= verified {
		return checks
	}
	return append(checks, notVerified.Fail(Advice, on, "", Unverified{verified}))
}

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
