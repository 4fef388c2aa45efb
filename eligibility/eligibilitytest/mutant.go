package eligibilitytest

import (
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Mutant is a lawful contract with one fault.
type Mutant struct {
	Fault    string
	Severity law.Severity
	// Fails are the rules the fault breaks, and the original does not: the rule it
	// is about first. Without any ground, each ground's rule fails too.
	Fails    []law.RuleID
	Contract eligibility.Contract
}

// Mutants returns the faults that can be planted in a contract of [Lawful].
func Mutants(c eligibility.Contract) []Mutant {
	var list []Mutant
	add := func(fault string, s law.Severity, fails []law.RuleID, plant func(*eligibility.Contract)) {
		m := c
		plant(&m)
		list = append(list, Mutant{fault, s, fails, m})
	}
	years := func(n int) date.Date { return law.Anniversary(c.Signed, -n, law.LastOfMonth) }
	only := func(id law.RuleID) []law.RuleID { return []law.RuleID{id} }
	none := func(first law.RuleID) []law.RuleID {
		all := []law.RuleID{first}
		for _, id := range []law.RuleID{
			eligibility.RuleGround, eligibility.RuleYoung, eligibility.RuleSenior, eligibility.RuleAgreement, eligibility.RuleTable,
		} {
			if id != first {
				all = append(all, id)
			}
		}
		return all
	}
	groundless := func(m *eligibility.Contract) {
		m.Birth, m.Activity = years(30), eligibility.Item(0)
		m.Agreement.Needs, m.Agreement.Period, m.Agreement.Periods = law.No, law.Span{}, nil
	}

	add("no ground", law.Breach, none(eligibility.RuleGround), groundless)
	add("signed on the 24th birthday", law.Breach, none(eligibility.RuleYoung), func(m *eligibility.Contract) {
		groundless(m)
		m.Birth = years(24)
	})
	add("signed just before the 55th birthday", law.Breach, none(eligibility.RuleSenior), func(m *eligibility.Contract) {
		groundless(m)
		m.Birth = years(55) + 2
	})
	if law.Anniversary(years(55), 55, law.LastOfMonth) == c.Signed { // nobody turned 55 on this 29 February
		add("signed on the 55th birthday", law.Doubt, only(eligibility.RuleSenior), func(m *eligibility.Contract) {
			groundless(m)
			m.Birth = years(55)
		})
	}
	add("a period of the whole year", law.Breach, none(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		groundless(m)
		m.Agreement.Period = law.Span{First: date.New(c.Signed.Year(), 1, 1), Last: date.New(c.Signed.Year(), 12, 31)}
	})
	add("periods that fill the year together", law.Breach, none(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		groundless(m)
		june, july := eligibility.MonthDay{Month: 6, Day: 30}, eligibility.MonthDay{Month: 7, Day: 1}
		m.Agreement.Periods = []eligibility.Period{
			{EveryYear: eligibility.Yearly{From: eligibility.MonthDay{Month: 1, Day: 1}, To: june}},
			{EveryYear: eligibility.Yearly{From: july, To: eligibility.MonthDay{Month: 12, Day: 31}}},
		}
	})
	add("an agreement of other unions", law.Breach, none(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		groundless(m)
		m.Agreement.Needs, m.Agreement.Representative = law.Yes, law.No
	})
	add("an agreement of unions not known", law.Advice, only(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		m.Agreement.Needs, m.Agreement.Representative = law.Yes, law.Unknown
	})
	add("a lorry driver", law.Breach, none(eligibility.RuleTable), func(m *eligibility.Contract) {
		groundless(m)
		m.Activity = eligibility.Item(8)
		m.Activity.Role = eligibility.Driver
	})
	add("a call on the 25th birthday", law.Breach, only(eligibility.RuleYoungWork), func(m *eligibility.Contract) {
		groundless(m)
		m.Birth = years(23)
		m.On, m.Work.Last = law.Anniversary(m.Birth, 25, law.NextMonth), 0
		m.Terms.UnionInformed = m.On
	})
	add("three days worked from the 25th birthday on", law.Breach, only(eligibility.RuleYoungWork), func(m *eligibility.Contract) {
		groundless(m)
		m.Birth = years(23)
		first := law.Anniversary(m.Birth, 25, law.NextMonth)
		m.On, m.Work.Last, m.Worked = 0, 0, law.Days{law.OneDay(first - 2), {First: first, Last: first + 2}}
	})
	add("a call outside the agreement's period", law.Breach, only(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		groundless(m)
		m.Agreement.Period = law.OneDay(m.Work.First)
		m.On, m.Work.Last = m.Work.First+1, 0
	})
	add("a day worked outside the agreement's period", law.Breach, only(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		groundless(m)
		m.Agreement.Period = law.OneDay(m.Work.First)
		m.On, m.Work.Last, m.Worked = 0, 0, law.Days{law.OneDay(m.Work.First + 1)}
	})
	add("a call before the hours of the week begin", law.Breach, only(eligibility.RuleAgreement), func(m *eligibility.Contract) {
		groundless(m)
		day := int(m.Work.First.Weekday()+6)%7 + 1
		m.Agreement.Periods = []eligibility.Period{{Week: eligibility.Weekly{
			From: eligibility.WeekTime{Day: day, Time: eligibility.ClockOf(13, 0)}, To: eligibility.WeekTime{Day: day},
		}}}
		m.On = m.Work.First
		m.OnStart = law.RomeMidnight(m.On).Add(6 * time.Hour)
	})
	add("a call after the contract", law.Breach, only(eligibility.RuleGround), func(m *eligibility.Contract) {
		m.Agreement.Needs = law.Yes
		m.Work.Last = m.Work.First
		m.On = m.Work.Last + 1
	})
	add("fifteen years old", law.Breach, only(eligibility.RuleMinimumAge), func(m *eligibility.Contract) {
		m.Birth, m.Agreement.Needs = years(16)+1, law.Yes
	})
	add("seventeen, at school", law.Breach, only(eligibility.RuleMinimumAge), func(m *eligibility.Contract) {
		m.Birth, m.SchoolingDone, m.Agreement.Needs = years(17), law.No, law.Yes
	})
	if c.Signed < date.New(2019, 11, 13) {
		add("the agreement bans it", law.Doubt, only(eligibility.RuleAgreementVeto), func(m *eligibility.Contract) {
			m.Agreement.Bans = law.Yes
		})
	}
	add("every day worked", law.Advice, only(eligibility.RuleDiscontinuity), func(m *eligibility.Contract) {
		if m.Work.Open() {
			m.Work.Last = m.Work.First + 9
		}
		m.Worked, m.Agreement.Needs = law.Days{m.Work}, law.Yes // not by the age of the young alone
	})
	add("a public administration", law.Breach, only(eligibility.RulePublicAdministration), func(m *eligibility.Contract) {
		m.Employer.PublicAdministration = law.Yes
	})
	add("instead of strikers", law.Breach, only(eligibility.RuleStrike), func(m *eligibility.Contract) {
		m.Unit.ReplacesStrikers = law.Yes
	})
	add("a collective dismissal just within six months", law.Breach, only(eligibility.RuleCollectiveDismissal), func(m *eligibility.Contract) {
		m.Unit.CollectiveDismissals = []eligibility.Dismissal{
			{Date: law.MonthsAfter(c.Signed, -6) + 3, SameUnit: law.Yes, SameDuties: law.Yes},
		}
	})
	add("a suspension running", law.Breach, only(eligibility.RuleSuspension), func(m *eligibility.Contract) {
		m.Unit.Suspensions = []eligibility.Suspended{{Span: law.OneDay(c.Signed), SameUnit: law.Yes, SameDuties: law.Yes}}
	})
	add("a day worked in a suspension", law.Breach, only(eligibility.RuleSuspension), func(m *eligibility.Contract) {
		m.Agreement.Needs = law.Yes
		day := m.Work.First + 3
		m.On, m.Work.Last, m.Worked = 0, 0, law.Days{law.OneDay(day)}
		m.Unit.Suspensions = []eligibility.Suspended{{Span: law.OneDay(day), SameUnit: law.Yes, SameDuties: law.Yes}}
	})
	add("no risk assessment", law.Breach, only(eligibility.RuleRiskAssessment), func(m *eligibility.Contract) {
		m.Employer.RiskAssessment = law.No
	})
	add("no section on on-call staff", law.Advice, only(eligibility.RuleRiskAssessment), func(m *eligibility.Contract) {
		m.Employer.OnCallSection = law.No
	})
	add("by word of mouth", law.Advice, only(eligibility.RuleWrittenForm), func(m *eligibility.Contract) {
		m.Terms.Written = law.No
	})
	add("no safety measures stated", law.Breach, only(eligibility.RuleContents), func(m *eligibility.Contract) {
		m.Terms.Elements = allElementsBut(eligibility.StatesSafety)
	})
	add("a duty to answer without its indemnity", law.Breach, only(eligibility.RuleContents), func(m *eligibility.Contract) {
		m.Terms.Elements = allElementsBut(eligibility.StatesIndemnity)
	})
	if c.Signed >= date.New(2022, 8, 13) {
		add("no reference hours with a duty to answer", law.Advice, only(eligibility.RuleContents), func(m *eligibility.Contract) {
			m.Terms.Elements = allElementsBut(0)
		})
	}
	add("no notice stated", law.Breach, only(eligibility.RuleNoticeClause), func(m *eligibility.Contract) {
		m.Terms.Notice = &eligibility.Notice{}
	})
	add("representatives never informed", law.Advice, only(eligibility.RuleUnionInformation), func(m *eligibility.Contract) {
		m.Terms.UnionInformed = 0
	})
	add("hire notified at midnight", law.Breach, only(eligibility.RuleHireNotice), func(m *eligibility.Contract) {
		m.Terms.HireNotice = law.RomeMidnight(m.Work.First)
	})
	add("hire never notified", law.Breach, only(eligibility.RuleHireNotice), func(m *eligibility.Contract) {
		m.Terms.HireNotice, m.Terms.HireNotified = time.Time{}, law.No
	})
	add("hire completed on the third day, in tourism", law.Advice, only(eligibility.RuleHireNotice), func(m *eligibility.Contract) {
		m.Terms.HireNotice, m.Terms.LateHire = law.RomeMidnight(m.Work.First+3), eligibility.LateInTourism
	})
	add("hire notified on the sixth day after force majeure", law.Breach, only(eligibility.RuleHireNotice), func(m *eligibility.Contract) {
		m.Terms.HireNotice, m.Terms.LateHire = law.RomeMidnight(m.Work.First+6), eligibility.LateByForceMajeure
	})
	return list
}
