package law

import "github.com/rickb777/date/v2"

// RuleID names a rule for good: "limits.days-cap". It never contains a number the
// law may change. It implements error, so that errors.Is(err, limits.RuleDaysCap)
// finds the rule in [Checks.Err].
type RuleID string

// Error returns the ID.
func (id RuleID) Error() string { return string(id) }

// Rule is one rule of a package: what it is called, since when it is in force, and
// where it is written on each day.
type Rule struct {
	ID    RuleID
	Title Text
	// Cites are the citations of the rule from a day on, strongest first. The rule is
	// in force from the first entry; an entry without citations ends it.
	Cites Timeline[[]Citation]

	cited []CitedRule // of each entry, once the rule is defined
}

// Since builds one entry of [Rule.Cites]: the first day, what was read about it, and
// the citations.
func Since(from date.Date, e Evidence, cites ...Citation) Entry[[]Citation] {
	return Entry[[]Citation]{From: from, Value: cites, Cites: cites, Evidence: e}
}

// Define returns the rule with what its checks share built once: without it they are
// the same, and each costs an allocation. A rule is not changed once it is defined.
func Define(r Rule) Rule {
	r.cited = make([]CitedRule, len(r.Cites.entries))
	for i := range r.cited {
		r.cited[i] = Cited(r.ID, r.Cites.entries[i].Value...)
	}
	return r
}

// On returns the rule as it is cited on a day, and whether it is in force then. A
// rule that is not in force is cited as on its first day, or as it was last cited.
func (r *Rule) On(d date.Date) (on CitedRule, inForce bool) {
	ended := false
	for i := len(r.Cites.entries) - 1; i >= 0; i-- {
		e := &r.Cites.entries[i]
		switch {
		case i > 0 && e.From > d:
			continue
		case len(e.Value) == 0:
			ended = true
		case i < len(r.cited):
			return r.cited[i], !ended && e.From <= d
		default:
			return CitedRule{&cited{id: r.ID, cites: e.Value}}, !ended && e.From <= d
		}
	}
	return CitedRule{&cited{id: r.ID}}, false
}

// Evidence returns what was read of the rule as it stands on a day: the grade of its
// entry. The zero value is [EvidenceAssumed].
func (r *Rule) Evidence(d date.Date) Evidence {
	e, _ := r.Cites.At(d)
	return e.Evidence
}

// CitedRule is a rule with the citations of one day. Its methods build the checks of
// the rule; the day of a check may be another than the one the citations are of. The zero
// value is no rule.
type CitedRule struct{ shared *cited }

// cited is what all checks of a rule share on the days on which it is cited alike.
type cited struct {
	id         RuleID
	cites      []Citation
	head, tail string // the JSON of a check up to its outcome, and from its citations on; or empty
}

// Cited returns a rule with the citations that decide, for checks that are built often.
func Cited(id RuleID, cites ...Citation) CitedRule {
	r := CitedRule{&cited{id: id, cites: cites}}
	r.shared.head, r.shared.tail = string(r.appendHead(nil)), string(r.appendTail(nil))
	return r
}

// Citing returns the rule with other citations, for what is decided elsewhere.
func (r CitedRule) Citing(cites ...Citation) CitedRule {
	return CitedRule{&cited{id: r.ID(), cites: cites}}
}

// ID returns what the rule is called.
func (r CitedRule) ID() RuleID {
	if r.shared == nil {
		return ""
	}
	return r.shared.id
}

// Cites returns the citations that decide, strongest first; shared, not to be changed.
func (r CitedRule) Cites() []Citation {
	if r.shared == nil {
		return nil
	}
	return r.shared.cites
}

// Pass is the check of a rule that was kept.
func (r CitedRule) Pass(on date.Date) Check { return Check{rule: r, Outcome: Pass, On: on} }

// NotApplicable is the check of a rule that does not concern the facts.
func (r CitedRule) NotApplicable(on date.Date) Check {
	return Check{rule: r, Outcome: NotApplicable, On: on}
}

// NotInForce is the check of a rule that did not exist on the day.
func (r CitedRule) NotInForce(on date.Date) Check {
	return Check{rule: r, Outcome: NotInForce, On: on}
}

// Undetermined is the check of a rule whose facts are missing; needs are the JSON
// pointers of those facts in the question that is asked.
func (r CitedRule) Undetermined(on date.Date, needs ...string) Check {
	return Check{rule: r, On: on, Needs: needs}
}

// Fail is the check of a rule that was not kept: how grave, at which place of the
// input (a JSON pointer), and what happened. The cites given decide; without any,
// the rule's own do.
func (r CitedRule) Fail(s Severity, on date.Date, path string, facts Facts, cites ...Citation) Check {
	if len(cites) == 0 {
		return r.Failed(&Finding{Severity: s, Path: path, On: on, Facts: facts})
	}
	x := struct { // one allocation
		Finding
		cited
	}{Finding{Severity: s, Path: path, On: on, Facts: facts}, cited{id: r.ID(), cites: cites}}
	return CitedRule{&x.cited}.Failed(&x.Finding)
}

// Failed is [CitedRule.Fail] with a finding that is already there, for many answers at
// once; it sets the rule and the citations of the finding.
func (r CitedRule) Failed(f *Finding) Check {
	f.Rule, f.Cites = r.ID(), r.Cites()
	return Check{rule: r, Outcome: Fail, On: f.On, Finding: f}
}

// Asked is a row of a package's table of rules: a rule, and the function that asks it
// of a question and appends its checks. The table is the one list of the rules of a
// package.
type Asked[Q any] struct {
	*Rule
	Ask func(Checks, *Q) Checks
}

// RulesOf returns the rules of a table, in its order.
func RulesOf[Q any](table []Asked[Q]) []Rule {
	list := make([]Rule, len(table))
	for i, a := range table {
		list[i] = *a.Rule
	}
	return list
}

// Ask asks every rule of a table and appends the checks, in its order.
func Ask[Q any](checks Checks, table []Asked[Q], q *Q) Checks {
	for i := range table {
		checks = table[i].Ask(checks, q)
	}
	return checks
}
