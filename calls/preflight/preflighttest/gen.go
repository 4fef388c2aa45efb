package preflighttest

import (
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/leanovate/gopter"
	"github.com/rickb777/date/v2"
)

// Cases generates cases with every fact but the worker's names, of employers that
// are not exempt. It shrinks by leaving out planned, presumed and worked days.
func Cases() gopter.Gen {
	return func(p *gopter.GenParameters) *gopter.GenResult {
		return gopter.NewGenResult(DrawCase(p), shrink)
	}
}

// DrawCase draws one case as [Cases] does.
func DrawCase(p *gopter.GenParameters) preflight.Case {
	roll := func(n int) date.Date { return date.Date(p.Rng.Intn(n)) }
	days := limitstest.DrawCase(p)
	on := max(days.On, date.New(2015, time.July, 1))
	signed := on - roll(700)
	c := preflight.Case{
		Now:      law.RomeMidnight(on - roll(4)).Add(9 * time.Hour),
		Start:    law.RomeMidnight(on).Add(18 * time.Hour),
		Worked:   limits.NewLedger(days.Worked...),
		Presumed: limits.NewLedger(days.Presumed...),
		Planned:  limits.NewLedger(days.Planned...),
		Channel:  calls.ChannelPortal,
		Sender:   calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Is(roll(2) == 0)},
		Employer: limits.Employer{
			ATECO: "25.11.00", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.Is(roll(2) == 0),
		},
	}
	if roll(4) == 0 { // a shift past midnight, or that ends with it
		c.End = law.RomeMidnight(on + 1).Add(time.Duration(roll(3)) * time.Hour)
	}
	if roll(4) == 0 {
		c.AcrossMidnight = limits.NewLedger(days.AcrossMidnight...)
	}
	if roll(8) == 0 {
		first := on - 200 - roll(900)
		c.Transferred = limits.LedgerOf(law.Days{{First: first, Last: first + roll(30)}})
	}
	c.HistoryIncomplete = roll(20) == 0
	// Turning 24 about the signing, 25 about the call, 55 about the signing, or neither.
	birth := [...]date.Date{
		law.Anniversary(signed, -24, law.NextMonth) + roll(5) - 2,
		law.Anniversary(on, -25, law.NextMonth) + roll(200) - 20,
		law.Anniversary(signed, -55, law.NextMonth) + roll(5) - 2,
		law.Anniversary(signed, -40, law.LastOfMonth),
		date.New(law.Anniversary(on, -25, law.LastOfMonth).Year()/4*4, time.February, 29),
	}[roll(5)]
	birth = min(birth, law.Anniversary(signed, -18, law.LastOfMonth))
	c.Worker = preflight.Worker{Code: codeOf(birth), Birth: birth}
	c.Contract = eligibility.Contract{
		Signed: signed, Work: law.Span{First: signed + 1 + roll(3)},
		Activity:  eligibility.Item([...]int{0, 0, 3}[roll(3)]),
		Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
		Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
		Unit: eligibility.Unit{
			ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
		},
		Terms: eligibility.Terms{
			Written: law.Yes, Duty: law.No, Notice: &eligibility.Notice{WorkingDays: 1},
			HireNotice: law.RomeMidnight(signed).Add(time.Hour),
		},
	}
	for e := eligibility.StatesDuration; e <= eligibility.StatesInformation; e++ {
		c.Contract.Terms.Elements = append(c.Contract.Terms.Elements, e)
	}
	if roll(3) > 0 {
		c.Contract.Work.Last = max(c.Contract.Work.First, on+roll(400)-40)
	}
	if roll(4) == 0 {
		first := on + roll(60) - 30
		c.Contract.Agreement.Period = law.Span{First: first, Last: first + roll(120)}
	}
	return c
}

// codeOf makes the code of nobody, born on a day.
func codeOf(birth date.Date) string {
	place, err := cf.ParsePlace("Z999")
	if err != nil {
		return ""
	}
	code, err := cf.Compute(cf.Person{Surname: "Prova", Name: "Caso", Birth: birth, Sex: cf.Female, Place: place})
	if err != nil {
		return ""
	}
	return code.String()
}

func shrink(v any) gopter.Shrink {
	c := v.(preflight.Case)
	lists := []*limits.Ledger{&c.Planned, &c.Presumed, &c.AcrossMidnight, &c.Transferred, &c.Worked}
	return func() (any, bool) {
		for _, l := range lists {
			if l.Len() > 0 {
				*l = limits.Ledger{}
				return c, true
			}
		}
		return nil, false
	}
}
