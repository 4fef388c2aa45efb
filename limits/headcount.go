package limits

import (
	"encoding/json"
	"strconv"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
)

// HeadcountQuestion asks how much an on-call worker counts in the headcount
// (organico): limits.headcount of the decision protocol. Hours are decimal hours.
type HeadcountQuestion struct {
	Month       law.Month       `json:"month"`                 // the month of reference, June 2015 or later
	Hours       []MonthHours    `json:"hours"`                 // nil is unknown, empty is none
	Divisor     decimal.Decimal `json:"divisor"`               // monthly hours of full time by the collective agreement: 173
	WeeklyHours decimal.Decimal `json:"weekly_hours,omitzero"` // weekly hours of full time, for the older method; zero: not asked
	Threshold   decimal.Decimal `json:"threshold,omitzero"`    // a headcount the result is held against; zero: none
}

// MonthHours are the hours really worked in a month. Hours of availability or of
// leave are not.
type MonthHours struct {
	Month law.Month       `json:"month"` // the month
	Hours decimal.Decimal `json:"hours"` // hours worked in it
}

// UnmarshalJSON reads the strict form of the decision protocol.
func (q *HeadcountQuestion) UnmarshalJSON(b []byte) error {
	type plain HeadcountQuestion
	return law.Decode(b, (*plain)(q))
}

// HeadcountAnswer is how much the worker counts. Compare its decimals with Equal,
// never with ==. For a firm add up the hours of workers with one divisor, or the
// shares, and round only the total, as the rule that asks for it says.
type HeadcountAnswer struct {
	Edition       string
	VerifiedUntil date.Date           // [law.Verified]
	Semester      law.Span            // the six months before the month of reference
	Hours         decimal.Decimal     // hours worked in it
	FullTimeHours decimal.Decimal     // divisor × 6
	FTE           decimal.Decimal     // Hours ÷ FullTimeHours, four decimals, half up
	FTE26Weeks    decimal.NullDecimal // Hours ÷ (weekly hours × 26), likewise; only when asked
	Notes         []law.Text          // the threshold lies between the two; the month is before INPS's message; nobody has checked since
	Cites         []law.Citation
}

// AppendJSON appends the form of the decision protocol to b: hours have two decimals,
// shares four.
func (a HeadcountAnswer) AppendJSON(b []byte) ([]byte, error) {
	o := law.OpenObject(b)
	o.String("edition", a.Edition)
	if a.VerifiedUntil != 0 {
		o.Day("verified_until", a.VerifiedUntil)
	}
	o.Add(a.Semester.AppendJSON(o.Name("semester")))
	o.Add(law.Euro{Decimal: a.Hours}.AppendJSON(o.Name("hours")))
	o.Add(law.Euro{Decimal: a.FullTimeHours}.AppendJSON(o.Name("full_time_hours")))
	o.String("fte", a.FTE.StringFixed(shareDecimals))
	if a.FTE26Weeks.Valid {
		o.String("fte_26_weeks", a.FTE26Weeks.Decimal.StringFixed(shareDecimals))
	}
	if len(a.Notes) > 0 {
		o.Add(law.AppendList(o.Name("notes"), a.Notes, law.Text.AppendJSON))
	}
	o.Add(law.AppendList(o.Name("cites"), a.Cites, law.Citation.AppendJSON))
	return o.Close()
}

// MarshalJSON writes the form of the decision protocol.
func (a HeadcountAnswer) MarshalJSON() ([]byte, error) { return a.AppendJSON(nil) }

// UnmarshalJSON reads what MarshalJSON writes.
func (a *HeadcountAnswer) UnmarshalJSON(b []byte) error {
	var in struct {
		Edition       string              `json:"edition"`
		VerifiedUntil date.Date           `json:"verified_until"`
		Semester      law.Span            `json:"semester"`
		Hours         law.Euro            `json:"hours"`
		FullTimeHours law.Euro            `json:"full_time_hours"`
		FTE           decimal.Decimal     `json:"fte"`
		FTE26Weeks    decimal.NullDecimal `json:"fte_26_weeks"`
		Notes         []law.Text          `json:"notes"`
		Cites         []law.Citation      `json:"cites"`
	}
	if err := json.Unmarshal(b, &in); err != nil {
		return err
	}
	*a = HeadcountAnswer{
		in.Edition, in.VerifiedUntil, in.Semester, in.Hours.Decimal, in.FullTimeHours.Decimal,
		in.FTE, in.FTE26Weeks, in.Notes, in.Cites,
	}
	return nil
}

const shareDecimals = 4

// Headcount answers a question: an on-call worker counts in proportion to the
// hours really worked in the semester (art. 18 of d.lgs. 81/2015), the six months
// before the month of reference, over six times the monthly divisor (INPS msg.
// 1322/2025). Hours of other months are left aside. The error is an
// [law.InputError]: a fact is missing, zero or out of bounds, or a month is given
// twice.
func Headcount(q HeadcountQuestion) (HeadcountAnswer, error) {
	if err := q.validate(); err != nil {
		return HeadcountAnswer{}, err
	}
	a := HeadcountAnswer{
		Edition:       law.Edition,
		VerifiedUntil: law.Verified(),
		Semester:      law.Span{First: q.Month.Add(-semesterMonths).Span().First, Last: q.Month.Span().First - 1},
		FullTimeHours: q.Divisor.Mul(decimal.NewFromInt(semesterMonths)),
		Cites:         headcountCites,
	}
	for _, h := range q.Hours {
		if a.Semester.Contains(h.Month.Span().First) {
			a.Hours = a.Hours.Add(h.Hours)
		}
	}
	a.FTE = a.Hours.DivRound(a.FullTimeHours, shareDecimals)
	if !q.WeeklyHours.IsZero() {
		weeks := q.WeeklyHours.Mul(decimal.NewFromInt(semesterWeeks))
		a.FTE26Weeks = decimal.NewNullDecimal(a.Hours.DivRound(weeks, shareDecimals))
		// The comparison multiplies, so it is exact where the shares are rounded.
		if t := q.Threshold; !t.IsZero() && a.Hours.Cmp(t.Mul(a.FullTimeHours)) != a.Hours.Cmp(t.Mul(weeks)) {
			a.Notes = append(a.Notes, law.Say(
				"The threshold %s lies between %s by six monthly divisors, the method of INPS, and %s by 26 weeks, the older one.",
				"La soglia %s sta tra %s con sei divisori mensili, il metodo INPS, e %s con 26 settimane, quello precedente.",
				t, a.FTE, a.FTE26Weeks.Decimal))
		}
	}
	if q.Month.Span().First < semesterFrom.Span().First {
		a.Notes = append(a.Notes, law.Say(
			"INPS asked for the six months before in a message of 18 April 2025, for months from %s: for this earlier month the method is the same, but the message did not exist.",
			"L'INPS ha indicato i sei mesi precedenti con un messaggio del 18 aprile 2025, per i mesi da %s: per questo mese anteriore il metodo è lo stesso, ma il messaggio non esisteva.",
			semesterFrom))
	}
	for stale := range law.Stale(nil, q.Month.Span().First).Findings() {
		a.Notes = append(a.Notes, stale.Facts.Text())
	}
	return a, nil
}

func (q *HeadcountQuestion) validate() error {
	if err := checkMonth(q.Month, "/month"); err != nil {
		return err
	}
	switch {
	case q.Month.Span().First < headcountFrom.Span().First:
		return &law.InputError{Kind: law.KindValue, Path: "/month", Detail: law.Text{
			EN: "before art. 18 of d.lgs. 81/2015, in force from June 2015",
			IT: "prima dell'art. 18 del d.lgs. 81/2015, in vigore da giugno 2015",
		}}
	case q.Hours == nil:
		return law.Missing("/hours")
	case q.Divisor.IsZero():
		return law.Missing("/divisor")
	}
	seen := make(map[law.Month]bool, len(q.Hours))
	for i, h := range q.Hours {
		at := "/hours/" + strconv.Itoa(i)
		if err := checkMonth(h.Month, at+"/month"); err != nil {
			return err
		}
		if seen[h.Month] {
			return &law.InputError{Kind: law.KindValue, Path: at + "/month", Detail: law.Text{EN: "a month given twice", IT: "un mese indicato due volte"}}
		}
		seen[h.Month] = true
		if err := law.CheckAmount(h.Hours); err != nil {
			return law.At(err, at+"/hours")
		}
	}
	for _, x := range [...]struct {
		value decimal.Decimal
		path  string
	}{{q.Divisor, "/divisor"}, {q.WeeklyHours, "/weekly_hours"}, {q.Threshold, "/threshold"}} {
		if err := law.CheckAmount(x.value); err != nil {
			return law.At(err, x.path)
		}
	}
	return nil
}

func checkMonth(m law.Month, path string) error {
	switch {
	case m == law.Month{}:
		return law.Missing(path)
	case law.MonthOf(m.Span().First) != m:
		return &law.InputError{Kind: law.KindValue, Path: path, Detail: law.Text{EN: "not a month", IT: "non è un mese"}}
	default:
		return nil
	}
}
