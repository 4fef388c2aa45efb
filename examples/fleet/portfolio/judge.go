package portfolio

import (
	"strings"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Answer is what the portfolio says of one employer and one worker. Days left and
// the next free day are safe under every reading of the law.
type Answer struct {
	Employer  string      `json:"employer"`
	Worker    string      `json:"worker"`
	On        date.Date   `json:"on"`
	Verdict   law.Verdict `json:"verdict"`            // may one more day be worked on that day
	Worked    int         `json:"worked"`             // days of work in the three years, before that day
	Remaining *int        `json:"remaining"`          // days left, that day included; null when exempt
	NextFree  date.Date   `json:"next_free,omitzero"` // first day from then on that may be worked
	Converted date.Date   `json:"converted,omitzero"` // first day worked over the cap
	Plan      *PlanAnswer `json:"plan,omitempty"`     // null without a planned day
}

// PlanAnswer judges the days planned from the day asked on.
type PlanAnswer struct {
	Days        int         `json:"days"`
	Verdict     law.Verdict `json:"verdict"`
	FirstBreach date.Date   `json:"first_breach,omitzero"`
	Refused     law.Days    `json:"refused,omitempty"` // planned days that may not be worked
}

// Judge answers for the pair a key stands for ([Event.Key]). It depends on its
// arguments alone; every rule it applies is the library's.
func Judge(key string, m Marks, on date.Date, known Sectors) Answer {
	answer := Answer{On: on}
	answer.Employer, answer.Worker, _ = strings.Cut(key, tab)
	e := known[answer.Employer]
	var days [AcrossMidnight + 1][]date.Date
	for _, x := range m.list {
		if d, kind := split(x); kind != Planned || d >= on { // a plan for a day gone by is no fact
			days[kind] = append(days[kind], d)
		}
	}
	h := limits.History{
		Worked:         limits.NewLedger(days[Worked]...),
		Presumed:       limits.NewLedger(days[Presumed]...),
		AcrossMidnight: limits.NewLedger(days[AcrossMidnight]...),
		Transferred:    limits.NewLedger(days[Transferred]...),
	}
	a := h.Assess(on, e)
	answer.Verdict, answer.Worked, answer.NextFree, answer.Converted = a.Verdict, a.Worked, a.NextFree, a.Converted
	if a.Capped {
		answer.Remaining = &a.Remaining
	}
	if planned := limits.NewLedger(days[Planned]...); planned.Len() > 0 {
		f := h.Plan(planned, e)
		answer.Plan = &PlanAnswer{
			Days: planned.Len(), Verdict: f.Verdict, FirstBreach: f.FirstBreach,
			Refused: planned.Without(f.Lawful...).Days(),
		}
	}
	return answer
}

// Sectors is what is known of the employers, by name: of one that is missing
// nothing, and a breach of it is undetermined.
type Sectors map[string]limits.Employer

// Add reads a line: a JSON object with the name and the members of
// [limits.Employer]. An employer comes once.
func (s Sectors) Add(line string) error {
	var x struct {
		Name string `json:"employer"`
		limits.Employer
	}
	if err := law.Decode([]byte(line), &x); err != nil {
		return err
	}
	if x.Name == "" {
		return law.Missing("/employer")
	}
	name := canonical(x.Name)
	if _, twice := s[name]; twice {
		return &law.InputError{Kind: law.KindMember, Path: "/employer", Detail: law.Text{
			EN: "an employer given twice", IT: "datore di lavoro indicato due volte",
		}}
	}
	s[name] = x.Employer
	return x.Employer.Validate()
}
