package eligibility_test

import (
	"encoding/json"
	"testing"
	"time"

	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func amount(t *testing.T, s string) decimal.Decimal {
	t.Helper()
	d, err := decimal.NewFromString(s)
	require.NoError(t, err)
	return d
}

func TestAccrual(t *testing.T) {
	for _, c := range []struct{ fullTime, worked, month, want string }{
		{"1730.33", "40", "173", "400.076301"},  // an additional month, N3: a/M × h
		{"14.42", "40", "173", "3.334104"},      // hours of leave
		{"173", "173", "173", "173.000000"},     // the whole month
		{"2", "0", "173", "0.000000"},           // nothing worked
		{"1", "1", "3", "0.333333"},             // half up, never less than six decimals
		{"1", "2", "3", "0.666667"},             //
		{"0.000001", "86.5", "173", "0.000001"}, // exactly half a millionth
	} {
		got, err := eligibility.Accrual(amount(t, c.fullTime), amount(t, c.worked), amount(t, c.month))
		require.NoError(t, err)
		assert.Equal(t, c.want, got.StringFixed(6), "%s × %s ÷ %s", c.fullTime, c.worked, c.month)
	}
	for path, in := range map[string][3]string{
		"/full_time": {"-1", "1", "1"}, "/worked": {"1", "1e20", "1"}, "/monthly_hours": {"1", "1", "0"},
	} {
		_, err := eligibility.Accrual(amount(t, in[0]), amount(t, in[1]), amount(t, in[2]))
		var bad *law.InputError
		require.ErrorAs(t, err, &bad)
		assert.Equal(t, path, bad.Path)
	}
}

func TestOvertime(t *testing.T) {
	_, ok := eligibility.Overtime(date.New(2026, 1, 5), decimal.New(1, 1<<30))
	assert.False(t, ok, "an exponent that would fill the memory")
	first := date.New(2018, 10, 24)
	for _, c := range []struct {
		on          date.Date
		hours, want string
		inForce     bool
	}{
		{first, "40", "0", true},
		{first, "40.25", "0.25", true},
		{first, "44", "4", true}, // S63
		{first, "39.75", "0", true},
		{first - 1, "44", "0", false},
	} {
		got, ok := eligibility.Overtime(c.on, amount(t, c.hours))
		assert.Equal(t, c.inForce, ok)
		assert.True(t, got.Equal(amount(t, c.want)), "%s: %s", c.hours, got)
	}
}

func TestUniemens(t *testing.T) {
	month := func(y int, m time.Month) law.Month { return law.Month{Year: y, Month: m} }
	for _, c := range []struct {
		flow                         eligibility.Flow
		contribution, worker, status string
	}{
		{eligibility.Flow{Month: month(2024, time.May), ExtraSickness: true}, "G0", "", ""},
		{eligibility.Flow{Month: month(2024, time.June), ExtraSickness: true}, "G0", "IA", ""},
		{eligibility.Flow{Month: month(2024, time.July), ExtraSickness: true, FixedTerm: true}, "H0", "IA", ""}, // T81
		{eligibility.Flow{Month: month(2024, time.July), FixedTerm: true}, "H0", "", ""},
		{eligibility.Flow{Month: month(2025, time.March), Idle: true}, "G0", "", ""},
		{eligibility.Flow{Month: month(2025, time.April), Idle: true}, "G0", "", "NR00"},
		{eligibility.Flow{Month: month(2025, time.April), Idle: true, ExtraSickness: true}, "G0", "IA", "NR00"},
	} {
		got := eligibility.Uniemens(c.flow)
		assert.Equal(t, [3]string{c.contribution, c.worker, c.status}, [3]string{got.Contribution, got.Worker, got.Status}, "%v", c.flow)
		assert.Len(t, got.Cites, len(c.worker)/2+len(c.status)/4)
	}
}

// TestNorms: what is said holds from its day on, and has a source.
func TestNorms(t *testing.T) {
	names := func(list []eligibility.Norm) (names []string) {
		for _, n := range list {
			names = append(names, n.Name)
			assert.NotEmpty(t, n.Cites, n.Name)
		}
		return names
	}
	assert.Empty(t, names(eligibility.Treatment(date.New(2003, 10, 23))))
	old := eligibility.Treatment(date.New(2015, 6, 24))
	assert.Equal(t, []string{"equal-treatment", "pro-rata", "idle-periods"}, names(old))
	assert.Equal(t, "art. 38, c. 1, d.lgs. 276/2003", old[0].Cites[0].String())
	assert.Equal(t, "art. 17, c. 1, d.lgs. 81/2015", eligibility.Treatment(date.New(2015, 6, 25))[0].Cites[0].String())
	assert.Equal(t, []string{"equal-treatment", "pro-rata", "idle-periods"}, names(eligibility.Treatment(date.New(2018, 6, 30))))
	assert.Contains(t, names(eligibility.Treatment(date.New(2018, 7, 1))), "traceable-pay")
	assert.NotContains(t, names(eligibility.Treatment(date.New(2018, 10, 23))), "overtime")
	assert.Len(t, eligibility.Treatment(date.New(2018, 10, 24)), 5)
	assert.Len(t, eligibility.Treatment(date.New(2022, 8, 12)), 5)
	assert.Contains(t, names(eligibility.Treatment(date.New(2022, 8, 13))), "predictable-form")
	assert.Empty(t, eligibility.FixedTerm(date.New(2009, 10, 11)))
	assert.Equal(t, []string{"no-pause", "no-month-cap"}, names(eligibility.FixedTerm(date.New(2009, 10, 12)))) // S67
	assert.Contains(t, names(eligibility.FixedTerm(date.New(2018, 7, 14))), "renewal-contribution")             // U20
}

// TestTerminations is the table, the sixth row put right.
func TestTerminations(t *testing.T) {
	want := map[eligibility.Cause][2]bool{
		eligibility.TermExpiry:             {true, false},
		eligibility.Resignation:            {false, true},
		eligibility.ResignationForCause:    {true, true},
		eligibility.MutualConsent:          {true, true},
		eligibility.DismissalForCause:      {true, true},
		eligibility.DismissalForMisconduct: {false, true},
		eligibility.DismissalForBusiness:   {false, true},
	}
	rows := eligibility.Terminations(law.Verified())
	require.Len(t, rows, len(want))
	for i, r := range rows {
		assert.Equal(t, eligibility.Cause(i+1), r.Cause)
		got := [2]bool{r.FixedTerm, r.OpenEnded}
		assert.Equal(t, want[r.Cause], got, r.Cause.String())
		word, err := r.Cause.MarshalText()
		require.NoError(t, err)
		assert.Equal(t, r.Cause.String(), string(word))
		assert.NotEmpty(t, r.Cites)
	}
	rows[0].Name.EN = "changed"
	assert.Equal(t, "expiry of the term", eligibility.Terminations(law.Verified())[0].Name.EN)
}

// wholeQuestion asks for every part.
func wholeQuestion() eligibility.TreatmentQuestion {
	hours := decimal.New(44, 0)
	return eligibility.TreatmentQuestion{
		On: date.New(2026, 1, 5), Term: eligibility.Fixed, WeeklyHours: &hours,
		Accrual:  &eligibility.AccrualQuestion{FullTime: decimal.New(1442, -2), Worked: decimal.New(40, 0), MonthlyHours: decimal.New(173, 0)},
		Uniemens: &eligibility.Flow{Idle: true, ExtraSickness: true},
	}
}

func treated(t *testing.T) eligibility.TreatmentAnswer {
	t.Helper()
	a, err := eligibility.Treat(wholeQuestion())
	require.NoError(t, err)
	return a
}

func TestTreat(t *testing.T) {
	a := treated(t)
	require.Len(t, a.Terminations, 4)
	assert.Equal(t, "art. 13, c. 1, d.lgs. 81/2015", a.Terminations[0].Cites[0].String())
	assert.Len(t, a.FixedTerm, 3)
	assert.Len(t, a.Treatment, 6)
	assert.Equal(t, "4", a.Overtime.Hours.String())
	assert.Equal(t, 40, a.Overtime.Limit)
	assert.Equal(t, "3.334104", a.Accrual.Accrued.String())
	assert.Equal(t, "art. 17, c. 2, d.lgs. 81/2015", a.Accrual.Cites[0].String())
	assert.Equal(t, eligibility.Codes{Contribution: "H0", Worker: "IA", Status: "NR00", Cites: a.Uniemens.Cites}, *a.Uniemens)
	assert.Equal(t, "art. 1, c. 910, l. 205/2017", a.Pay.Cites[0].String())
	assert.Equal(t, "art. 39, d.l. 112/2008", a.Register.Cites[0].String())

	q := eligibility.TreatmentQuestion{On: date.New(2015, 6, 24), Term: eligibility.Open}
	a, err := eligibility.Treat(q)
	require.NoError(t, err)
	assert.Len(t, a.Terminations, 6, "all but the expiry of the term")
	assert.Empty(t, a.FixedTerm)
	assert.Nil(t, a.Pay)
	assert.Nil(t, a.Overtime)
	q.Term, q.On = 0, date.New(2008, 6, 24)
	a, err = eligibility.Treat(q)
	require.NoError(t, err)
	assert.Len(t, a.Terminations, 7)
	assert.Equal(t, "art. 33, c. 2, d.lgs. 276/2003", a.Terminations[0].Cites[0].String())
	assert.Nil(t, a.Register)
	q.WeeklyHours = wholeQuestion().WeeklyHours
	a, err = eligibility.Treat(q)
	require.NoError(t, err)
	assert.Nil(t, a.Overtime, "nothing was said before 24 October 2018")

	tooMany := decimal.New(1, 12)
	for path, q := range map[string]eligibility.TreatmentQuestion{
		"/on":                    {},
		"/weekly_hours":          {On: q.On, WeeklyHours: &tooMany},
		"/accrual/monthly_hours": {On: q.On, Accrual: &eligibility.AccrualQuestion{}},
	} {
		_, err := eligibility.Treat(q)
		var bad *law.InputError
		require.ErrorAs(t, err, &bad, path)
		assert.Equal(t, path, bad.Path)
	}
	var read eligibility.TreatmentQuestion
	require.Error(t, read.UnmarshalJSON([]byte(`{"on":"2026-01-05","terms":"fixed"}`)))
	require.NoError(t, read.UnmarshalJSON([]byte(`{"on":"2026-01-05","term":"open","weekly_hours":"44","uniemens":{"month":"2025-07"}}`)))
	assert.Equal(t, eligibility.Open, read.Term)
}

// FuzzTreatment: whatever is read is answered or refused, and the answer reads back.
func FuzzTreatment(f *testing.F) {
	f.Add([]byte(`{"on":"2026-01-05","term":"open","weekly_hours":"44","uniemens":{"month":"2025-07","idle":true},"accrual":{"full_time":"14.42","worked":"40","monthly_hours":"173"}}`))
	f.Fuzz(func(t *testing.T, in []byte) {
		var q eligibility.TreatmentQuestion
		if q.UnmarshalJSON(in) != nil {
			return
		}
		a, err := eligibility.Treat(q)
		if err != nil {
			require.NotEmpty(t, law.AllErrors(err))
			return
		}
		b, err := json.Marshal(a)
		require.NoError(t, err)
		var back eligibility.TreatmentAnswer
		require.NoError(t, json.Unmarshal(b, &back))
		again, err := json.Marshal(back)
		require.NoError(t, err)
		require.JSONEq(t, string(b), string(again))
	})
}
