package protocol

import (
	"slices"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Rules returns the rules of every package, in the order of the documentation.
func Rules() []law.Rule {
	return slices.Concat(eligibility.Rules(), limits.Rules(), indemnity.Rules(), calls.Rules())
}

// Title returns the title of a rule; empty for an ID that no rule has.
func Title(id law.RuleID) law.Text {
	for _, r := range Rules() {
		if r.ID == id {
			return r.Title
		}
	}
	return law.Text{}
}

// RulesQuestion asks which rules there are: rules.list.
type RulesQuestion struct {
	On date.Date `json:"on,omitzero"` // the day whose citations are wanted; absent: the newest
}

// RulesAnswer lists the rules.
type RulesAnswer struct {
	Edition       string       `json:"edition"`        // the state of the rules
	VerifiedUntil date.Date    `json:"verified_until"` // later changes of the law are not known
	Rules         []ListedRule `json:"rules"`          // in the order of the documentation
}

// ListedRule is one rule as it stands on the day asked.
type ListedRule struct {
	Rule     law.RuleID       `json:"rule"`     // the stable name
	Title    law.Text         `json:"title"`    // what the rule asks
	From     date.Date        `json:"from"`     // the first day in force
	InForce  bool             `json:"in_force"` // whether it is in force on the day asked
	Evidence law.Evidence     `json:"evidence"` // what was read of the rule as it stands
	Cites    []GradedCitation `json:"cites"`    // where it is written, strongest first
}

// GradedCitation is a citation with what was read of it.
type GradedCitation struct {
	URN      law.Act      `json:"urn"`           // the act
	Text     string       `json:"text"`          // as Italian lawyers write it
	URL      string       `json:"url,omitzero"`  // on Normattiva, for acts of the State
	Evidence law.Evidence `json:"evidence"`      // what was read of the act
	Read     date.Date    `json:"read,omitzero"` // when; absent where nothing was
}

func listRules(q RulesQuestion) (RulesAnswer, error) {
	a := RulesAnswer{Edition: law.Edition, VerifiedUntil: law.Verified()}
	for _, r := range Rules() {
		on := q.On
		if on == 0 {
			periods := r.Cites.All()
			on = periods[len(periods)-1].From
		}
		cited, inForce := r.On(on)
		l := ListedRule{Rule: r.ID, Title: r.Title, From: r.Cites.First(), InForce: inForce, Evidence: r.Evidence(on)}
		for _, c := range cited.Cites() {
			l.Cites = append(l.Cites, GradedCitation{c.Act, c.String(), c.URL(), c.Act.Evidence(), c.Act.Read()})
		}
		a.Rules = append(a.Rules, l)
	}
	return a, nil
}
