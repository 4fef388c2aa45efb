package eligibility_test

import (
	"fmt"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

func ExampleAssess() {
	a, err := eligibility.Assess(eligibility.Contract{
		Birth:  date.New(2002, 3, 15),
		Signed: date.New(2026, 3, 14), // the day before the 24th birthday
		Work:   law.Span{First: date.New(2026, 3, 16)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, g := range a.Grounds {
		fmt.Println(g, a.Lawful, a.Verdict)
	}
	for k := range a.Checks.Of(eligibility.RuleRiskAssessment) {
		fmt.Println(k.Outcome, k.Needs, k.Cites()[0])
	}
	// Output:
	// young 2026-03-16/2027-03-14 undetermined
	// undetermined [/employer/risk_assessment] art. 14, c. 1, lett. c), d.lgs. 81/2015
}

func ExampleAssess_breach() {
	signed := law.MustDay("2026-03-01")
	a, err := eligibility.Assess(eligibility.Contract{
		Birth: law.MustDay("2004-03-15"), Signed: signed, Work: law.Span{First: signed + 1},
		On:        law.MustDay("2029-03-15"), // the 25th birthday
		Activity:  eligibility.Item(0),
		Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
		Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
		Unit: eligibility.Unit{
			ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
		},
		Terms: eligibility.Terms{
			Written: law.Yes, Duty: law.No, Elements: eligibility.ElementsNeeded(signed, law.No),
			Notice: &eligibility.Notice{Hours: 4}, HireNotice: law.RomeMidnight(signed),
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for f := range a.Checks.Findings() {
		if f.Severity == law.Breach {
			fmt.Println(f.Rule, f.Path)
			fmt.Println(f.Text().IT)
			fmt.Println(f.Cites)
		}
	}
	// Output:
	// eligibility.young-work /on
	// Con il solo requisito anagrafico l'ultimo giorno lecito è il 14 marzo 2029, vigilia del compimento dei 25 anni: il lavoro del 15 marzo 2029 è successivo. Da allora per l'ispettorato il rapporto è ordinario, a tempo pieno e indeterminato, per la Cassazione manca un valido contratto. Nel giorno del compleanno l'art. 2963 c.c. ancora lo ammetterebbe, la prassi no.
	// [art. 13, c. 2, d.lgs. 81/2015 circ. MLPS 20/2012 CGUE C-143/16 Cass. 4223/2018 vademecum MLPS 22.4.2013 Cass. 28345/2020 Cass. 626/2024 art. 2963, c.c. Cons. Stato, Ad. plen., 21/2011]
}

func ExampleItem() {
	activity := eligibility.Item(8) // transport: only those who load and unload
	activity.Role = eligibility.Driver
	signed := law.MustDay("2026-03-01")
	a, err := eligibility.Assess(eligibility.Contract{
		Birth: law.MustDay("1990-01-01"), Signed: signed, Work: law.Span{First: signed + 1},
		Activity:  activity,
		Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
		Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
		Unit: eligibility.Unit{
			ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
		},
		Terms: eligibility.Terms{
			Written: law.Yes, Duty: law.No, Elements: eligibility.ElementsNeeded(signed, law.No),
			Notice: &eligibility.Notice{Hours: 4}, HireNotice: law.RomeMidnight(signed),
		},
	})
	fmt.Println(len(a.Grounds), a.Verdict, err)
	// Output: 0 breach <nil>
}

func ExampleOccupations() {
	for _, o := range eligibility.Occupations()[4:5] {
		fmt.Println(o.Number, o.Name.IT)
		fmt.Println(o.Scope.IT)
	}
	// Output:
	// 5 camerieri, personale di servizio e di cucina di alberghi, trattorie, esercizi pubblici, carrozze letto e ristorante, piroscafi
	// contano ruolo e luogo; addetti alle pulizie dell'appaltatore in albergo compresi; artigiani da asporto solo se pubblici esercizi
}

func ExampleRules() {
	r := eligibility.Rules()[0]
	c, _ := r.On(date.New(2026, 1, 1))
	fmt.Println(r.ID, r.Title.EN, c.Cites()[0])
	// Output: eligibility.ground A ground allows the contract art. 13, c. 1, d.lgs. 81/2015
}

func ExampleTerminations() {
	for _, t := range eligibility.Terminations(date.New(2026, 1, 1)) {
		if t.FixedTerm {
			fmt.Println(t.Name.EN)
		}
	}
	// Output:
	// expiry of the term
	// resignation for just cause
	// mutual consent
	// dismissal for just cause
}

func ExampleFixedTerm() {
	n := eligibility.FixedTerm(date.New(2026, 1, 1))[1]
	fmt.Println(n.Text.EN, n.Cites)
	// Output: The months do not count towards the longest duration of fixed-term contracts. [interpello MLPS 72/2009 circ. MLPS 4/2005]
}

func ExampleTreatment() {
	for _, n := range eligibility.Treatment(date.New(2026, 1, 1)) {
		fmt.Println(n.Name, n.Cites[0])
	}
	// Output:
	// equal-treatment art. 17, c. 1, d.lgs. 81/2015
	// pro-rata art. 17, c. 2, d.lgs. 81/2015
	// idle-periods art. 13, c. 4, d.lgs. 81/2015
	// traceable-pay art. 1, c. 910, l. 205/2017
	// overtime art. 3, d.lgs. 66/2003
	// predictable-form art. 10, d.lgs. 104/2022
}

func ExampleOvertime() {
	over, inForce := eligibility.Overtime(date.New(2026, 1, 5), decimal.New(44, 0))
	fmt.Println(over, inForce)
	// Output: 4 true
}

func ExampleAccrual() {
	leave := decimal.New(1442, -2) // hours a month at full time
	accrued, err := eligibility.Accrual(leave, decimal.New(40, 0), decimal.New(173, 0))
	fmt.Println(accrued, err)
	// Output: 3.334104 <nil>
}

func ExampleUniemens() {
	c := eligibility.Uniemens(eligibility.Flow{Month: law.Month{Year: 2025, Month: time.July}, ExtraSickness: true})
	fmt.Println(c.Contribution, c.Worker, c.Cites)
	// Output: G0 IA [msg. INPS 2382/2024]
}

// A waiter whose agreement admits the weekend from Friday 13:00.
func ExampleContract_Allows() {
	c := eligibility.Contract{
		Birth: date.New(1990, 1, 1), Signed: date.New(2026, 3, 1), Work: law.Span{First: date.New(2026, 3, 2)},
		Activity: eligibility.Item(0),
		Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No, Periods: []eligibility.Period{{Week: eligibility.Weekly{
			From: eligibility.WeekTime{Day: 5, Time: eligibility.ClockOf(13, 0)},
			To:   eligibility.WeekTime{Day: 1, Time: eligibility.ClockOf(6, 0)},
		}}}},
	}
	friday := date.New(2026, 5, 1)
	for _, hour := range []int{10, 13} {
		start, _ := law.RomeClock(friday, hour, 0)
		ok, err := c.Allows(start, start.Add(5*time.Hour))
		fmt.Println(hour, ok, err)
	}
	// Output:
	// 10 false <nil>
	// 13 true <nil>
}

func ExampleTreat() {
	hours := decimal.New(44, 0)
	a, err := eligibility.Treat(eligibility.TreatmentQuestion{
		On: date.New(2026, 1, 5), Term: eligibility.Fixed, WeeklyHours: &hours,
		Uniemens: &eligibility.Flow{Idle: true},
	})
	fmt.Println(err, len(a.Terminations), a.Overtime.Hours, a.Uniemens.Contribution, a.Uniemens.Status)
	fmt.Println(a.Pay.Text.IT, a.Pay.Cites)
	// Output:
	// <nil> 4 4 H0 NR00
	// La retribuzione si paga con mezzi tracciabili, mai in contanti. [art. 1, c. 910, l. 205/2017]
}
