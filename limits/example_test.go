package limits_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"time"

	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// 400 days worked in a row from 1 January 2024, by a shop.
var (
	worked = limits.LedgerOf(law.Days{{First: date.New(2024, time.January, 1), Last: date.New(2025, time.February, 3)}})
	shop   = limits.Employer{ATECO: "47.11.40", ATECOVersion: 2007, SectorActivity: law.No}
)

func ExampleAssess() {
	a, err := limits.Assess(limits.Question{Worked: worked, On: date.New(2025, time.July, 23), Employer: shop})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Verdict, a.Worked, "of", a.Cap, "from", a.Window.First)
	fmt.Println("free from", a.NextFree)
	for f := range a.Checks.Findings() {
		fmt.Println(f.Text().IT)
		fmt.Println(f.Cites[0])
	}
	// Output:
	// breach 400 of 400 from 2022-07-24
	// free from 2027-01-01
	// 401 giornate di lavoro (dal 24 luglio 2022 al 23 luglio 2025) a fronte di un massimo di 400; il primo giorno libero è il 1° gennaio 2027.
	// art. 13, c. 3, d.lgs. 81/2015
}

func ExampleHistory_Assess() {
	h := limits.History{Worked: worked}
	err := h.Assess(date.New(2025, time.July, 23), shop).Checks.Err()
	var x limits.Exceeded
	fmt.Println(errors.Is(err, limits.RuleDaysCap), errors.As(err, &x), x.Worked)
	fmt.Println(h.Assess(date.New(2027, time.January, 1), shop).Verdict)
	// Output:
	// true true 401
	// clear
}

func ExamplePlan() {
	var q limits.PlanQuestion
	err := json.Unmarshal([]byte(`{
		"worked": [{"first":"2024-01-01","last":"2025-02-02"}],
		"planned": ["2026-12-30","2026-12-31","2027-01-01"],
		"employer": {"ateco":"47.11.40","sector_activity":false}
	}`), &q)
	if err != nil {
		fmt.Println(err)
		return
	}
	f, err := limits.Plan(q)
	fmt.Println(f.Verdict, f.FirstBreach, f.Lawful, f.RemainingAfter, err)
	// Output: breach 2026-12-31 [2026-12-30 2027-01-01] 1 <nil>
}

func ExampleHistory_Plan() {
	h := limits.History{Worked: worked.Without(date.New(2024, time.May, 1), date.New(2024, time.May, 2))}
	week := limits.LedgerOf(law.Days{{First: date.New(2025, time.July, 21), Last: date.New(2025, time.July, 25)}})
	f := h.Plan(week, shop)
	fmt.Println("may be called on", f.Lawful, "and not on", f.FirstBreach)
	// Output: may be called on [2025-07-21 2025-07-22] and not on 2025-07-23
}

func ExampleHistory_NextFree() {
	day, leaving := limits.History{Worked: worked}.NextFree(date.New(2025, time.July, 23))
	fmt.Println(day, "because these leave the window:", leaving)
	// Output: 2027-01-01 because these leave the window: [2024-01-01/2024-01-01]
}

func ExampleHistory_LastFree() {
	h := limits.History{Worked: worked}
	fmt.Println(h.LastFree(law.Span{First: date.New(2025, time.February, 1), Last: date.New(2026, time.December, 31)}))
	fmt.Println(h.LastFree(law.Span{First: date.New(2025, time.February, 4), Last: date.New(2026, time.December, 31)}) == 0)
	// Output:
	// 2025-02-03
	// true
}

func ExampleHistory_Displaced() {
	h := limits.History{Worked: worked.Without(date.New(2024, time.May, 1), date.New(2024, time.May, 2))}
	planned := limits.NewLedger(date.New(2025, time.July, 21), date.New(2025, time.July, 25))
	fmt.Println("a call on 14 July takes the place of", h.Displaced(planned, date.New(2025, time.July, 14)))
	// Output: a call on 14 July takes the place of [2025-07-25]
}

// A bar that becomes a shop: whether the days worked in the bar count is in doubt.
func ExampleEmployerPeriod() {
	a, err := limits.Assess(limits.Question{
		Worked: worked,
		On:     date.New(2025, time.July, 23),
		EmployerHistory: []limits.EmployerPeriod{
			{Span: law.Span{First: date.New(2020, time.January, 1), Last: date.New(2024, time.December, 31)}, Employer: limits.Employer{ATECO: "56.30.00"}},
			{Span: law.Span{First: date.New(2025, time.January, 1)}, Employer: shop},
		},
	})
	fmt.Println(a.Verdict, a.Worked, "of which in the bar", a.Exempt, a.Remaining, err)
	// Output: doubt 400 of which in the bar 366 0 <nil>
}

func ExampleHistory_Series() {
	h := limits.History{Worked: worked, Presumed: limits.NewLedger(date.New(2026, time.December, 30))}
	for p := range h.Series(law.Span{First: date.New(2026, time.December, 30), Last: date.New(2027, time.January, 2)}) {
		fmt.Println(p.Day, p.Worked, p.Counted, p.Remaining)
	}
	// Output:
	// 2026-12-30 400 400 0
	// 2026-12-31 400 401 0
	// 2027-01-01 399 400 0
	// 2027-01-02 398 399 1
}

func ExamplePortfolio() {
	team := map[string]limits.History{"A": {Worked: worked}, "B": {}}
	left := map[string]int{}
	for worker, a := range limits.Portfolio(maps.All(team), date.New(2025, time.July, 23), shop) {
		left[worker] = a.Remaining
	}
	fmt.Println(left)
	// Output: map[A:0 B:400]
}

func ExampleWindow() {
	fmt.Println(limits.Window(date.New(2025, time.July, 23)))
	fmt.Println(limits.Window(date.New(2024, time.February, 29)))
	// Output:
	// 2022-07-24/2025-07-23
	// 2021-03-01/2024-02-29
}

func ExampleLedger() {
	first := limits.NewLedger(date.New(2025, time.July, 1), date.New(2025, time.July, 2))
	renewed := limits.LedgerOf(law.Days{{First: date.New(2025, time.July, 2), Last: date.New(2025, time.July, 4)}})
	both := first.Union(renewed)
	fmt.Println(both.Len(), both.Count(law.Span{First: date.New(2025, time.July, 3)}), both.Has(date.New(2025, time.July, 5)))
	fmt.Println(both)
	// Output:
	// 4 2 false
	// [2025-07-01/2025-07-04]
}

func ExampleLedgerOf() {
	l := limits.LedgerOf(law.Days{{First: date.New(2025, time.July, 1), Last: date.New(2025, time.July, 31)}})
	fmt.Println(l.Len(), l.With(date.New(2025, time.August, 1)).Len(), l.Len())
	// Output: 31 32 31
}

func ExampleEmployer_Exempt() {
	bar := limits.Employer{ATECO: "47.11.40", SectorActivity: law.Yes}
	fmt.Println(bar.Exempt())
	bar.SectorAgreement = law.Yes
	fmt.Println(bar.Exempt())
	// Output:
	// unknown
	// yes
}

func ExampleSectorCodes() {
	own := append(limits.SectorCodes(2025), "91.3")
	fmt.Println(limits.Employer{ATECO: "91.30.00", SectorCodes: own}.Exempt())
	// Output: yes
}

func ExampleHeadcount() {
	a, err := limits.Headcount(limits.HeadcountQuestion{
		Month:       law.Month{Year: 2025, Month: time.October},
		Hours:       []limits.MonthHours{{Month: law.Month{Year: 2025, Month: time.April}, Hours: decimal.NewFromInt(260)}},
		Divisor:     decimal.NewFromInt(173),
		WeeklyHours: decimal.NewFromInt(40),
	})
	fmt.Println(a.Semester, a.FTE.StringFixed(4), a.FTE26Weeks.Decimal.StringFixed(4), err)
	// Output: 2025-04-01/2025-09-30 0.2505 0.2500 <nil>
}

func ExampleRules() {
	for _, r := range limits.Rules() {
		fmt.Println(r.ID, "-", r.Title.IT)
	}
	// Output:
	// limits.days-cap - Le giornate di lavoro per lo stesso datore in tre anni non superano il limite
	// limits.first-day - Contano solo le giornate prestate dopo l'entrata in vigore della legge
	// limits.sector-exemption - Turismo, pubblici esercizi e spettacolo sono esclusi dal limite
	// limits.conversion - Oltre il limite il rapporto è a tempo pieno e indeterminato
}
