package law

import "github.com/rickb777/date/v2"

// RuleID names a rule for good: "limits.days-cap". It never contains a number the
// law may change. It implements error, so that errors.Is(err, limits.DaysCap)
// finds the rule in [Checks.Err].
type RuleID string

// Error returns the ID.
func (id RuleID) Error() string { return string(id) }

// Rule is one rule of a package: what it is called and where it comes from.
type Rule struct {
	ID      RuleID
	Title   Text
	Cites   []Citation // strongest first; empty only for [NotVerified]
	InForce Span       // the days it governs
}

// Pass is the check of a rule that was kept.
func (r *Rule) Pass(on date.Date) Check {
	return Check{Rule: r.ID, Outcome: Pass, On: on, Cites: r.Cites}
}

// NotApplicable is the check of a rule that does not concern the facts.
func (r *Rule) NotApplicable(on date.Date) Check {
	return Check{Rule: r.ID, Outcome: NotApplicable, On: on, Cites: r.Cites}
}

// NotInForce is the check of a rule that did not exist on the day.
func (r *Rule) NotInForce(on date.Date) Check {
	return Check{Rule: r.ID, Outcome: NotInForce, On: on, Cites: r.Cites}
}

// Undetermined is the check of a rule whose facts are missing; needs are the JSON
// pointers of those facts.
func (r *Rule) Undetermined(on date.Date, needs ...string) Check {
	return Check{Rule: r.ID, Outcome: Undetermined, On: on, Cites: r.Cites, Needs: needs}
}

// Fail is the check of a rule that was not kept: how grave, at which place of the
// input (a JSON pointer), and what happened. The cites given decide; without any,
// the rule's own do.
func (r *Rule) Fail(s Severity, on date.Date, path string, facts Facts, cites ...Citation) Check {
	if len(cites) == 0 {
		cites = r.Cites
	}
	return Check{Rule: r.ID, Outcome: Fail, On: on, Cites: cites, Finding: &Finding{
		Rule: r.ID, Severity: s, Path: path, On: on, Cites: cites, Facts: facts,
	}}
}
