package indemnity_test

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

func ExampleCompute() {
	minimum, contingency, divisor := law.MustAmount("1200.00"), law.MustAmount("520.00"), law.MustAmount("173")
	extraMonths := 2
	terms := indemnity.Terms{
		Duty: law.Yes,
		Pay: indemnity.Pay{
			Minimum:     &minimum,
			Contingency: &contingency,
			EDR:         law.MustAmount("10.33"),
			ExtraMonths: &extraMonths,
		},
		Divisor: &divisor,
		Basis:   indemnity.ByHours,
	}
	statement, err := indemnity.Compute(indemnity.Case{Terms: terms, Month: indemnity.Month{
		Month: law.Month{Year: 2025, Month: time.July},
		Worked: []indemnity.Shift{
			{Day: date.New(2025, time.July, 4), Hours: law.MustAmount("20")},
			{Day: date.New(2025, time.July, 5), Hours: law.MustAmount("20")},
		},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(statement.Verdict)
	for _, line := range statement.Lines {
		fmt.Println(line.Text().IT, law.FormatAmount(line.Amount.Decimal))
	}
	// Output:
	// clear
	// Disponibilità, dal 1° luglio 2025 al 31 luglio 2025: 403,74 × 133 ÷ 173. 310.39
}

func ExampleComputeMonths() {
	minimum, contingency, divisor := law.MustAmount("1200.00"), law.MustAmount("520.00"), law.MustAmount("173")
	accruals := law.MustAmount("288.39")
	terms := indemnity.Terms{
		Duty: law.Yes,
		Pay: indemnity.Pay{
			Minimum:     &minimum,
			Contingency: &contingency,
			EDR:         law.MustAmount("10.33"),
			Accruals:    &accruals,
		},
		Divisor: &divisor,
		Basis:   indemnity.ByDays,
	}
	// Ill on 25 June, and nobody told: the right is lost to 9 July.
	statements, err := indemnity.ComputeMonths(terms, []indemnity.Month{
		{
			Month: law.Month{Year: 2025, Month: time.June},
			Impediments: []indemnity.Impediment{
				{Span: law.OneDay(date.New(2025, time.June, 25)), Notified: law.No},
			},
		},
		{Month: law.Month{Year: 2025, Month: time.July}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, s := range statements {
		fmt.Println(s.Month, s.Verdict, law.FormatAmount(s.Due.Decimal))
	}
	for f := range statements[1].Checks.Findings() {
		fmt.Println(f.Severity, f.Text().EN)
	}
	// Output:
	// 2025-06 clear 322.99
	// 2025-07 doubt 286.53
	// doubt An impediment not notified costs the right for 15 days: 286.53 euro is due when they are counted from its first day, 273.50 from its end.
}

func ExampleCase_UnmarshalJSON() {
	var c indemnity.Case
	err := json.Unmarshal([]byte(`{"month":"2025-07","duty":true,"pay":{"minimum":"1200,00"}}`), &c)
	fmt.Println(err)
	// Output:
	// /pay/minimum: amount: not a plain decimal of at most nine digits and six decimals
}

func ExampleTopUp() {
	pay := law.MustAmount("200.00")
	answer, err := indemnity.TopUp(indemnity.TopUpCase{
		Week: indemnity.Week{Year: 2026, Pay: &pay},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(law.FormatAmount(answer.Difference.Decimal), law.FormatDay(answer.RequestBy))
	// Output:
	// 44.74 2027-07-31
}
