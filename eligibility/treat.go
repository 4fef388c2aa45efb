package eligibility

import (
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// Term says whether a contract has a term. The zero value is unknown.
type Term uint8

// The two kinds.
const (
	Fixed Term = iota + 1 // with a term
	Open                  // without one
)

var termWords = []string{"", "fixed", "open"}

// String returns the word used in JSON.
func (t Term) String() string { return law.Word(t, termWords...) }

// Label names the kind for a reader; the zero value has an empty name.
func (t Term) Label() law.Text {
	return law.Text{EN: law.Word(t, "", "fixed-term", "open-ended"), IT: law.Word(t, "", "a termine", "a tempo indeterminato")}
}

// MarshalText returns the word used in JSON.
func (t Term) MarshalText() ([]byte, error) { return []byte(t.String()), nil }

// UnmarshalText reads the word used in JSON.
func (t *Term) UnmarshalText(b []byte) (err error) {
	*t, err = law.ParseWord[Term](string(b), termWords...)
	return err
}

// TreatmentQuestion asks what a payroll engine needs beside the contract. On is needed;
// each part is answered where its facts are given.
type TreatmentQuestion struct {
	On          date.Date        `json:"on,omitzero"`            // the day whose law is asked; needed
	Term        Term             `json:"term,omitzero"`          // fixed or open
	WeeklyHours *decimal.Decimal `json:"weekly_hours,omitempty"` // hours worked in the week of On, for the overtime
	Accrual     *AccrualQuestion `json:"accrual,omitempty"`      // asks what accrues for the hours worked
	// Uniemens asks for the codes of a month, that of On where none is given. Its
	// fixed_term follows Term where that is given.
	Uniemens *Flow `json:"uniemens,omitempty"`
}

// AccrualQuestion holds what [Accrual] takes.
type AccrualQuestion struct {
	FullTime     decimal.Decimal `json:"full_time"`     // what accrues in a month of full time
	Worked       decimal.Decimal `json:"worked"`        // hours worked in the month
	MonthlyHours decimal.Decimal `json:"monthly_hours"` // hours of a full-time month
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *TreatmentQuestion) UnmarshalJSON(b []byte) error {
	type plain TreatmentQuestion
	return law.Decode(b, (*plain)(q))
}

// TreatmentAnswer is what [Treat] answers, each part with its sources on the day.
type TreatmentAnswer struct {
	// Terminations are the causes that may end the contract; with a known Term, those
	// for it.
	Terminations []Termination `json:"terminations"`
	FixedTerm    []Norm        `json:"fixed_term"` // none for an open-ended contract
	Treatment    []Norm        `json:"treatment"`  // equal treatment in proportion
	// Overtime is nil without the hours, and before 24 October 2018.
	Overtime *OvertimeAnswer `json:"overtime,omitempty"`
	Accrual  *AccrualAnswer  `json:"accrual,omitempty"`  // nil without its facts
	Uniemens *Codes          `json:"uniemens,omitempty"` // nil when it is not asked
	Pay      *Norm           `json:"pay,omitempty"`      // how pay is paid; nil while nothing was said
	Register *Norm           `json:"register,omitempty"` // what is entered in the register of work (LUL); nil before it existed
}

// OvertimeAnswer is the overtime of a week.
type OvertimeAnswer struct {
	Limit int             `json:"limit"` // hours a week without overtime
	Hours decimal.Decimal `json:"hours"` // hours above it
	Cites []law.Citation  `json:"cites"` // where it is written
}

// AccrualAnswer is what accrued in a month.
type AccrualAnswer struct {
	Accrued decimal.Decimal `json:"accrued"` // at most six decimals
	Cites   []law.Citation  `json:"cites"`   // where it is written
}

// Treat answers what is due to an on-call worker on a day, and how the contract may end.
// The error is a [law.InputError]: the day is needed, and amounts are bounded as
// [law.CheckAmount] says.
func Treat(q TreatmentQuestion) (TreatmentAnswer, error) {
	if q.On == 0 {
		return TreatmentAnswer{}, law.Missing("/on")
	}
	a := TreatmentAnswer{
		Terminations: []Termination{}, FixedTerm: []Norm{}, Treatment: Treatment(q.On),
		Pay: traceablePay.on(q.On), Register: register.on(q.On),
	}
	for _, t := range Terminations(q.On) {
		if q.Term == 0 || q.Term == Fixed && t.FixedTerm || q.Term == Open && t.OpenEnded {
			a.Terminations = append(a.Terminations, t)
		}
	}
	if q.Term != Open {
		a.FixedTerm = FixedTerm(q.On)
	}
	if q.WeeklyHours != nil {
		if err := law.CheckAmount(*q.WeeklyHours); err != nil {
			return TreatmentAnswer{}, law.At(err, "/weekly_hours")
		}
		if e, ok := weeklyHours.At(q.On); ok {
			hours, _ := Overtime(q.On, *q.WeeklyHours)
			a.Overtime = &OvertimeAnswer{e.Value, hours, e.Cites}
		}
	}
	if in := q.Accrual; in != nil {
		accrued, err := Accrual(in.FullTime, in.Worked, in.MonthlyHours)
		if err != nil {
			return TreatmentAnswer{}, law.At(err, "/accrual")
		}
		a.Accrual = &AccrualAnswer{Accrued: accrued, Cites: []law.Citation{}}
		if n := treatment[proRata].on(q.On); n != nil {
			a.Accrual.Cites = n.Cites
		}
	}
	if q.Uniemens != nil {
		flow := *q.Uniemens
		if flow.Month == (law.Month{}) {
			flow.Month = law.MonthOf(q.On)
		}
		if q.Term != 0 {
			flow.FixedTerm = q.Term == Fixed
		}
		codes := Uniemens(flow)
		a.Uniemens = &codes
	}
	return a, nil
}
