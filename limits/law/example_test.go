package law_test

import (
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

func ExampleParseDay() {
	day, err := law.ParseDay("2024-02-29")
	fmt.Println(law.FormatDay(day), err)
	_, err = law.ParseDay("2023-02-29")
	fmt.Println(err)
	// Output:
	// 2024-02-29 <nil>
	// day: not a day that exists, written YYYY-MM-DD, between 1800 and 2199
}

func ExampleAnniversary() {
	birth := date.New(2000, time.February, 29)
	fmt.Println(law.Anniversary(birth, 25, law.LastOfMonth))
	fmt.Println(law.Anniversary(birth, 25, law.NextMonth))

	// The three years that end on a day begin the day after its anniversary.
	day := date.New(2025, time.July, 23)
	fmt.Println(law.Anniversary(day, -3, law.LastOfMonth) + 1)
	// Output:
	// 2025-02-28
	// 2025-03-01
	// 2022-07-24
}

func ExampleSpan() {
	contract, _ := law.NewSpan(date.New(2025, time.June, 15), 0) // open-ended
	july := law.Month{Year: 2025, Month: time.July}.Span()
	both := contract.Intersect(july)
	fmt.Println(contract, both, both.Len(), contract.Contains(date.New(2025, time.June, 14)))
	// Output: 2025-06-15/.. 2025-07-01/2025-07-31 31 false
}

func ExampleRomeMidnight() {
	// On the last Sunday of March Rome's day has 23 hours.
	first := law.RomeMidnight(date.New(2025, time.March, 30))
	next := law.RomeMidnight(date.New(2025, time.March, 31))
	fmt.Println(first.Format(time.RFC3339), next.Format(time.RFC3339), next.Sub(first))
	// Output: 2025-03-30T00:00:00+01:00 2025-03-31T00:00:00+02:00 23h0m0s
}

// shift is an input type: UnmarshalJSON makes encoding/json read it strictly.
type shift struct {
	Day     date.Date       `json:"day"`
	Hours   decimal.Decimal `json:"hours"`
	Covered law.Answer      `json:"covered,omitzero"` // absent: not known
}

func (s *shift) UnmarshalJSON(b []byte) error {
	type plain shift
	return law.Decode(b, (*plain)(s))
}

func ExampleDecode() {
	var s shift
	err := json.Unmarshal([]byte(`{"day":"2025-07-01","hours":"7.50"}`), &s)
	fmt.Println(s.Day, s.Hours.StringFixed(2), s.Covered, err)

	err = json.Unmarshal([]byte(`{"day":"2025-06-31","hours":"7.50"}`), &s)
	var bad *law.InputError
	if errors.As(err, &bad) {
		fmt.Println(bad.Kind, bad.Path)
	}
	fmt.Println(json.Unmarshal([]byte(`{"day":"2025-07-01","ours":"7.50"}`), &s))
	// Output:
	// 2025-07-01 7.50 unknown <nil>
	// day /day
	// member: unknown member
}

func ExampleCitation() {
	c := law.Of(law.DLgs81of2015, "13", "3")
	fmt.Println(c)
	fmt.Println(c.URL())
	fmt.Println(law.Of(law.Circ35of2013))
	// Output:
	// art. 13, c. 3, d.lgs. 81/2015
	// https://www.normattiva.it/uri-res/N2Ls?urn:nir:stato:decreto.legislativo:2015-06-15;81~art13
	// circ. MLPS 35/2013
}

func ExampleTimeline() {
	underAge := law.NewTimeline(
		law.Entry[int]{From: date.New(2008, time.June, 25), Value: 25},
		law.Entry[int]{From: date.New(2012, time.July, 18), Value: 24},
	)
	for _, day := range []date.Date{date.New(2008, 6, 24), date.New(2012, 7, 17), date.New(2012, 7, 18)} {
		e, ok := underAge.At(day)
		fmt.Println(e.Value, ok)
	}
	// Output:
	// 0 false
	// 25 true
	// 24 true
}

// overCap are the facts of a failure, as a rule package writes them.
type overCap struct {
	Worked int `json:"worked"`
}

func (f overCap) Text() law.Text {
	return law.Say("%d days worked, over 400.", "%d giornate lavorate, oltre 400.", f.Worked)
}
func (f overCap) Error() string { return f.Text().EN }

func ExampleChecks_Err() {
	const theCap, theAge law.RuleID = "test.days-cap", "test.age"
	day := law.MustDay("2025-07-23")
	checks := law.Checks{
		law.Cited(theCap, law.Of(law.DLgs81of2015, "13", "3")).Fail(law.Breach, day, "/worked", overCap{401}),
		law.Cited(theAge).Undetermined(day, "/birth"),
	}
	err := checks.Err()
	fmt.Println(err)
	fmt.Println(checks.Verdict(), errors.Is(err, theCap))
	var over overCap
	if errors.As(err, &over) {
		fmt.Println(over.Worked - 400)
	}
	// Output:
	// test.days-cap: 401 days worked, over 400.
	// test.age: undetermined, needs /birth
	// breach true
	// 1
}

func ExampleSay() {
	text := law.Say("%s are due by %s.", "%s sono dovuti entro il %s.",
		law.Cents(decimal.RequireFromString("2018.715")), date.New(2025, time.August, 11))
	fmt.Println(text.EN)
	fmt.Println(text.In("it"))
	// Output:
	// 2,018.72 are due by 11 August 2025.
	// 2.018,72 sono dovuti entro l'11 agosto 2025.
}
