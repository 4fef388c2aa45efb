package indemnity_test

import (
	"encoding/json"
	"math"
	"slices"
	"testing"
	"time"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/indemnity/indemnitytest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func computeJSON(in []byte) (any, error) {
	var c indemnity.Case
	if err := json.Unmarshal(in, &c); err != nil {
		return nil, err
	}
	return indemnity.Compute(c)
}

func topUpJSON(in []byte) (any, error) {
	var c indemnity.TopUpCase
	if err := json.Unmarshal(in, &c); err != nil {
		return nil, err
	}
	return indemnity.TopUp(c)
}

func TestVectors(t *testing.T) {
	lawtest.Vectors(t, indemnitytest.Vectors(), lawtest.Local(map[string]func([]byte) (any, error){
		"indemnity.compute": computeJSON,
		"indemnity.topup":   topUpJSON,
	}))
}

// TestEveryRuleHasVectors wants each rule passed and failed by a case file.
func TestEveryRuleHasVectors(t *testing.T) {
	all, err := lawtest.Load(indemnitytest.Vectors())
	require.NoError(t, err)
	outcomes := map[law.RuleID]map[string]bool{}
	for _, v := range all {
		for id, e := range v.Checks {
			if outcomes[id] == nil {
				outcomes[id] = map[string]bool{}
			}
			outcomes[id][e.Outcome] = true
		}
	}
	for _, r := range indemnity.Rules() {
		assert.True(t, outcomes[r.ID]["pass"], "%s: no case passes", r.ID)
		assert.True(t, outcomes[r.ID]["fail"], "%s: no case fails", r.ID)
	}
}

// TestEveryRuleLeavesACheck asks the cases of the files and wants every rule of the
// package answered, and no finding graver than its sources.
func TestEveryRuleLeavesACheck(t *testing.T) {
	all, err := lawtest.Load(indemnitytest.Vectors())
	require.NoError(t, err)
	for _, v := range all {
		if v.Error != nil || v.Ask != "indemnity.compute" {
			continue
		}
		s, err := computeJSON(v.In)
		require.NoError(t, err, v.Name)
		lawtest.Complete(t, indemnity.Rules(), s.(indemnity.Statement).Checks)
	}
}

func TestRules(t *testing.T) { lawtest.Contract(t, "indemnity", indemnity.Rules()) }

// TestBreachesRestOnSources: the rules that can be broken were read somewhere, in every
// period.
func TestBreachesRestOnSources(t *testing.T) {
	for _, r := range indemnity.Rules() {
		if r.ID != indemnity.RuleFloor && r.ID != indemnity.RuleContributions {
			continue
		}
		for _, e := range r.Cites.All() {
			assert.Greater(t, e.Evidence, law.EvidenceAssumed, "%s from %s", r.ID, law.FormatDay(e.From))
		}
	}
	for _, v := range vectors(t) {
		if s, ok := answer(v).(indemnity.Statement); ok {
			for f := range s.Checks.Findings() {
				if f.Severity == law.Breach {
					assert.Contains(t, []law.RuleID{indemnity.RuleFloor, indemnity.RuleContributions}, f.Rule, v.Name)
				}
			}
		}
	}
}

// terms are those of the rulebook's month: 403.74 euro, 173 hours.
func terms(tb testing.TB) indemnity.Terms {
	tb.Helper()
	t, _ := year(tb)
	return t
}

func july(events indemnity.Month) indemnity.Month {
	events.Month = law.Month{Year: 2025, Month: time.July}
	return events
}

// TestRefusedInput is what Go callers can get wrong that JSON cannot express.
func TestRefusedInput(t *testing.T) {
	huge := decimal.New(1, math.MaxInt32)
	for name, c := range map[string]struct {
		terms func(*indemnity.Terms)
		month indemnity.Month
		want  law.InputError
	}{
		"no month":              {month: indemnity.Month{}, want: law.InputError{Kind: law.KindMissing, Path: "/month"}},
		"month 13":              {month: indemnity.Month{Month: law.Month{Year: 2025, Month: 13}}, want: law.InputError{Kind: law.KindValue, Path: "/month"}},
		"year 2200":             {month: indemnity.Month{Month: law.Month{Year: 2200, Month: 1}}, want: law.InputError{Kind: law.KindValue, Path: "/month"}},
		"duty neither":          {terms: func(t *indemnity.Terms) { t.Duty = 9 }, want: law.InputError{Kind: law.KindMissing, Path: "/duty"}},
		"basis neither":         {terms: func(t *indemnity.Terms) { t.Basis = 9 }, want: law.InputError{Kind: law.KindValue, Path: "/basis"}},
		"negative minimum":      {terms: func(t *indemnity.Terms) { t.Pay.Minimum = ref(decimal.New(-1, 0)) }, want: law.InputError{Kind: law.KindAmount, Path: "/pay/minimum"}},
		"huge EDR":              {terms: func(t *indemnity.Terms) { t.Pay.EDR = huge }, want: law.InputError{Kind: law.KindAmount, Path: "/pay/edr"}},
		"huge accruals":         {terms: func(t *indemnity.Terms) { t.Pay.Accruals = &huge }, want: law.InputError{Kind: law.KindAmount, Path: "/pay/accruals"}},
		"tiny divisor":          {terms: func(t *indemnity.Terms) { t.Divisor = ref(decimal.New(1, -7)) }, want: law.InputError{Kind: law.KindAmount, Path: "/divisor"}},
		"no divisor":            {terms: func(t *indemnity.Terms) { t.Divisor = nil }, want: law.InputError{Kind: law.KindMissing, Path: "/divisor"}},
		"no contingency":        {terms: func(t *indemnity.Terms) { t.Pay.Contingency = nil }, want: law.InputError{Kind: law.KindMissing, Path: "/pay/contingency"}},
		"a minimum of nothing":  {terms: func(t *indemnity.Terms) { t.Pay.Minimum = &decimal.Decimal{} }, want: law.InputError{Kind: law.KindMissing, Path: "/pay/minimum"}},
		"a divisor of nothing":  {terms: func(t *indemnity.Terms) { t.Divisor = &decimal.Decimal{} }, want: law.InputError{Kind: law.KindValue, Path: "/divisor"}},
		"no monthly hours":      {terms: func(t *indemnity.Terms) { t.MonthlyHours = &decimal.Decimal{} }, want: law.InputError{Kind: law.KindValue, Path: "/monthly_hours"}},
		"negative extra months": {terms: func(t *indemnity.Terms) { n := -1; t.Pay.ExtraMonths = &n }, want: law.InputError{Kind: law.KindValue, Path: "/pay/extra_months"}},
		"13 extra months":       {terms: func(t *indemnity.Terms) { n := 13; t.Pay.ExtraMonths = &n }, want: law.InputError{Kind: law.KindValue, Path: "/pay/extra_months"}},
		"change without a day":  {terms: func(t *indemnity.Terms) { t.PayFrom = []indemnity.PayChange{{Pay: t.Pay}} }, want: law.InputError{Kind: law.KindMissing, Path: "/pay_from/0/from"}},
		"change without pay":    {terms: func(t *indemnity.Terms) { t.PayFrom = []indemnity.PayChange{{From: 1}} }, want: law.InputError{Kind: law.KindMissing, Path: "/pay_from/0/pay"}},
		"contract without a first day": {
			terms: func(t *indemnity.Terms) { t.Contract.Last = 1 },
			want:  law.InputError{Kind: law.KindMissing, Path: "/contract/first"},
		},
		"huge hours":     {month: july(indemnity.Month{Worked: []indemnity.Shift{{Day: day("2025-07-01"), Hours: huge}}}), want: law.InputError{Kind: law.KindAmount, Path: "/worked/0/hours"}},
		"negative hours": {month: july(indemnity.Month{Worked: []indemnity.Shift{{Day: day("2025-07-01"), Hours: decimal.New(-1, 0)}}}), want: law.InputError{Kind: law.KindAmount, Path: "/worked/0/hours"}},
		"a billion hours": {
			month: july(indemnity.Month{Worked: []indemnity.Shift{{Day: day("2025-07-01"), Hours: decimal.New(1, 9)}}}),
			want:  law.InputError{Kind: law.KindValue, Path: "/worked/0/hours"},
		},
		"hours of fifteen figures": { // the most that is read: too many hours, not too long a number
			month: july(indemnity.Month{Worked: []indemnity.Shift{{Day: day("2025-07-01"), Hours: decimal.New(999_999_999_999_999, 0)}}}),
			want:  law.InputError{Kind: law.KindValue, Path: "/worked/0/hours"},
		},
		"negative paid": {month: july(indemnity.Month{Paid: ref(decimal.New(-1, 0))}), want: law.InputError{Kind: law.KindAmount, Path: "/paid"}},
		"negative base": {month: july(indemnity.Month{ContributionBase: ref(decimal.New(-1, 0))}), want: law.InputError{Kind: law.KindAmount, Path: "/contribution_base"}},
		"a refusal on no day": {
			month: july(indemnity.Month{Refusals: []indemnity.Refusal{{}}}),
			want:  law.InputError{Kind: law.KindMissing, Path: "/refusals/0/day"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			in, m := terms(t), c.month
			if c.terms != nil {
				c.terms(&in)
				m = july(m)
			}
			_, err := indemnity.Compute(indemnity.Case{Terms: in, Month: m})
			var got *law.InputError
			require.ErrorAs(t, err, &got)
			assert.Equal(t, c.want.Kind, got.Kind)
			assert.Equal(t, c.want.Path, got.Path)
		})
	}
}

func ref[T any](x T) *T { return &x }

// TestLawOfTheLastDay: the rules asked are those of the contract's last day in the
// month; D.Lgs. 81/2015 is in force from the second of these.
func TestLawOfTheLastDay(t *testing.T) {
	for last, article := range map[string]string{
		"2015-06-24": "art. 36, c. 1, d.lgs. 276/2003",
		"2015-06-25": "art. 16, c. 1, d.lgs. 81/2015",
		"2015-06-26": "art. 16, c. 1, d.lgs. 81/2015",
	} {
		in := terms(t)
		in.Contract = law.Span{First: day("2015-01-01"), Last: day(last)}
		s, err := indemnity.Compute(indemnity.Case{Terms: in, Month: indemnity.Month{Month: law.Month{Year: 2015, Month: time.June}}})
		require.NoError(t, err)
		for c := range s.Checks.Of(indemnity.RuleFloor) {
			require.NotEmpty(t, c.Cites())
			assert.Equal(t, article, c.Cites()[0].String(), last)
		}
	}
}

// TestHours holds the sum of hours to its unit: every way to write 24 hours is a day,
// and the least bit more is not.
func TestHours(t *testing.T) {
	for _, c := range []struct {
		hours decimal.Decimal
		fits  bool
	}{
		{decimal.New(24, 0), true},
		{decimal.New(24_000_000, -6), true},
		{decimal.New(24_000_001, -6), false},
		{decimal.New(25, 0), false},
		{decimal.New(2, 1), true},
		{decimal.New(3, 1), false},
		{decimal.New(1, 8), false},
		{decimal.New(999_999_999_999_999, -6), false},
	} {
		_, err := indemnity.Compute(indemnity.Case{Terms: terms(t), Month: july(indemnity.Month{Worked: []indemnity.Shift{{Day: day("2025-07-01"), Hours: c.hours}}})})
		assert.Equal(t, c.fits, err == nil, c.hours)
	}
}

// TestFarAway wants days at the ends of what a date can hold to be days like others.
func TestFarAway(t *testing.T) {
	for _, s := range []law.Span{
		{First: math.MinInt64, Last: math.MaxInt64},
		{First: math.MinInt64, Last: math.MinInt64 + 1},
		{First: math.MaxInt64 - 1, Last: math.MaxInt64},
		{First: math.MaxInt64},
	} {
		got, err := indemnity.Compute(indemnity.Case{Terms: terms(t), Month: july(indemnity.Month{Impediments: []indemnity.Impediment{{Span: s, Notified: law.No}}})})
		require.NoError(t, err)
		want := "403.74"
		if s.First == math.MinInt64 && s.Last == math.MaxInt64 {
			want = "0.00"
		}
		assert.Equal(t, want, law.FormatAmount(got.Due.Decimal))
	}
}

func TestComputeMonths(t *testing.T) {
	in, months := year(t)
	list, err := indemnity.ComputeMonths(in, months)
	require.NoError(t, err)
	require.Len(t, list, 12)
	// 173 hours less 75 worked: 228.71. March has 25 of its 31 days; June 24 of 30,
	// July 22 of 31, for the 15 days from 25 June.
	want := []string{"228.71", "228.71", "150.56", "228.71", "228.71", "147.96", "111.49", "228.71", "228.71", "228.71", "228.71", "228.71"}
	for i, s := range list {
		assert.Equal(t, want[i], law.FormatAmount(s.Due.Decimal), s.Month)
		assert.Equal(t, months[i].Month, s.Month)
	}
	assert.Equal(t, law.VerdictClear, list[5].Verdict, "both readings lose all that is left of June")
	assert.Equal(t, law.VerdictDoubt, list[6].Verdict)
	assert.Equal(t, law.VerdictClear, list[7].Verdict)

	for f := range list[6].Checks.Findings() {
		if f.Rule == indemnity.RuleForfeit {
			assert.Equal(t, "/impediments", f.Path, "the impediment stands in no list of July's")
		}
	}
}

func TestComputeMonthsRefuses(t *testing.T) {
	in, months := year(t)
	bad := func(err error) law.InputError {
		var e *law.InputError
		require.ErrorAs(t, err, &e)
		return law.InputError{Kind: e.Kind, Path: e.Path}
	}
	_, err := indemnity.ComputeMonths(in, []indemnity.Month{months[1], months[1]})
	assert.Equal(t, law.InputError{Kind: law.KindValue, Path: "/1/month"}, bad(err))
	_, err = indemnity.ComputeMonths(in, []indemnity.Month{months[1], {}})
	assert.Equal(t, law.InputError{Kind: law.KindMissing, Path: "/1/month"}, bad(err))
	months[2].Worked[3].Day = months[3].Month.Span().First
	_, err = indemnity.ComputeMonths(in, months)
	assert.Equal(t, law.InputError{Kind: law.KindValue, Path: "/2/worked/3/day"}, bad(err))
	_, err = indemnity.ComputeMonths(indemnity.Terms{}, months)
	assert.Equal(t, law.InputError{Kind: law.KindMissing, Path: "/duty"}, bad(err))

	list, err := indemnity.ComputeMonths(in, nil)
	require.NoError(t, err)
	assert.Empty(t, list)
}

// TestPaths places a finding where the input has to be looked at.
func TestPaths(t *testing.T) {
	in := terms(t)
	in.Rate = ref(decimal.New(15, -2))
	s, err := indemnity.Compute(indemnity.Case{Terms: in, Month: july(indemnity.Month{
		Impediments: []indemnity.Impediment{
			{Span: span("2025-06-01", "2025-06-02"), Notified: law.No}, // too long ago
			{Span: span("2025-07-01", "2025-07-02"), Notified: law.Yes},
			{Span: span("2025-06-25", "2025-06-25"), Notified: law.No}, // its forfeit reaches July
			{Span: span("2025-07-20", "2025-07-21"), Notified: law.No},
		},
		Refusals: []indemnity.Refusal{
			{Day: day("2025-07-20"), Justified: law.No},
			{Day: day("2025-07-18"), Justified: law.Yes},
			{Day: day("2025-07-19"), Justified: law.No},
		},
		Paid: ref(decimal.New(1, 0)), ContributionBase: ref(decimal.New(2, 0)),
	})})
	require.NoError(t, err)
	paths := map[law.RuleID]string{}
	for f := range s.Checks.Findings() {
		paths[f.Rule] = f.Path
	}
	assert.Equal(t, map[law.RuleID]string{
		indemnity.RuleFloor: "/rate", indemnity.RuleWaiting: "/paid", indemnity.RuleImpediment: "/impediments/3",
		indemnity.RuleForfeit: "/impediments/2", indemnity.RuleRefusal: "/refusals/2", indemnity.RuleContributions: "/contribution_base",
	}, paths)
}

// TestErr finds rules and facts through the joined error, as every package promises.
func TestErr(t *testing.T) {
	in := terms(t)
	in.Rate = ref(decimal.New(15, -2))
	s, err := indemnity.Compute(indemnity.Case{Terms: in, Month: july(indemnity.Month{})})
	require.NoError(t, err)
	err = s.Checks.Err()
	require.ErrorIs(t, err, indemnity.RuleFloor)
	var below indemnity.BelowFloor
	require.ErrorAs(t, err, &below)
	assert.Equal(t, "302.81", law.FormatAmount(below.Agreed.Decimal))
	assert.Equal(t, "403.74", law.FormatAmount(below.Floor.Decimal))
}

// TestInputStays wants what the caller passed unchanged, and every call to answer the
// same.
func TestInputStays(t *testing.T) {
	in, months := year(t)
	before, err := json.Marshal(indemnity.Case{Terms: in, Month: months[5]})
	require.NoError(t, err)
	first, err := indemnity.Compute(indemnity.Case{Terms: in, Month: months[5]})
	require.NoError(t, err)
	second, err := indemnity.Compute(indemnity.Case{Terms: in, Month: months[5]})
	require.NoError(t, err)
	after, err := json.Marshal(indemnity.Case{Terms: in, Month: months[5]})
	require.NoError(t, err)
	assert.Equal(t, string(before), string(after))
	a, err := json.Marshal(first)
	require.NoError(t, err)
	b, err := json.Marshal(second)
	require.NoError(t, err)
	assert.Equal(t, string(a), string(b))
}

// TestGlobals turns the decimal package's switches and wants the same answer.
func TestGlobals(t *testing.T) {
	answer := func() string {
		s, err := computeJSON([]byte(`{"month":"2025-07","duty":true,"pay":{"minimum":"1200.00","contingency":"520.00","edr":"10.33","extra_months":2},
			"divisor":"173","basis":"hours","rate":"0.150","worked":[{"day":"2025-07-01","hours":"8"}],"refusals":[{"day":"2025-07-10","justified":false}],"paid":"400"}`))
		require.NoError(t, err)
		text, err := json.Marshal(s)
		require.NoError(t, err)
		return string(text)
	}
	want := answer()
	places, quotes, zeros := decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros
	t.Cleanup(func() {
		decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros = places, quotes, zeros
	})
	decimal.DivisionPrecision, decimal.MarshalJSONWithoutQuotes, decimal.TrimTrailingZeros = 1, true, !zeros
	assert.Equal(t, want, answer())
}

// Of several impediments without notice the finding points at the first.
func TestForfeitPointsAtTheFirstSilentImpediment(t *testing.T) {
	var c indemnity.Case
	require.NoError(t, json.Unmarshal([]byte(`{"month":"2025-07","duty":true,"pay":{"minimum":"1200.00","contingency":"520.00","extra_months":2},
		"divisor":"173","basis":"days","impediments":[
			{"first":"2025-07-02","last":"2025-07-03","notified":false},{"first":"2025-07-20","last":"2025-07-22","notified":false}]}`), &c))
	s, err := indemnity.Compute(c)
	require.NoError(t, err)
	for f := range s.Checks.Findings() {
		if f.Rule == indemnity.RuleForfeit {
			assert.Equal(t, "/impediments/0", f.Path)
			return
		}
	}
	t.Error("no finding on the forfeit")
}

// TestJoined: the finding says that impediments count as one where this has a part in
// what is lost in the month, and nowhere else.
func TestJoined(t *testing.T) {
	no := func(first, last string) indemnity.Impediment {
		return indemnity.Impediment{Span: span(first, last), Notified: law.No}
	}
	for name, c := range map[string]struct {
		list []indemnity.Impediment
		want bool
	}{
		"one":                {[]indemnity.Impediment{no("2025-07-10", "2025-07-11")}, false},
		"a day between":      {[]indemnity.Impediment{no("2025-07-10", "2025-07-11"), no("2025-07-13", "2025-07-13")}, false},
		"touching":           {[]indemnity.Impediment{no("2025-07-10", "2025-07-11"), no("2025-07-12", "2025-07-13")}, true},
		"touching, back":     {[]indemnity.Impediment{no("2025-07-12", "2025-07-13"), no("2025-07-10", "2025-07-11")}, true},
		"overlapping":        {[]indemnity.Impediment{no("2025-07-10", "2025-07-12"), no("2025-07-12", "2025-07-13")}, true},
		"one in another":     {[]indemnity.Impediment{no("2025-07-10", "2025-07-20"), no("2025-07-12", "2025-07-13")}, true},
		"touching long ago":  {[]indemnity.Impediment{no("2025-06-02", "2025-06-03"), no("2025-06-04", "2025-06-05"), no("2025-07-10", "2025-07-11")}, false},
		"reaching from June": {[]indemnity.Impediment{no("2025-06-20", "2025-06-21"), no("2025-06-22", "2025-06-23")}, true},
		"one of them told": {[]indemnity.Impediment{no("2025-07-10", "2025-07-11"),
			{Span: span("2025-07-12", "2025-07-13"), Notified: law.Yes}}, false},
	} {
		s, err := indemnity.Compute(indemnity.Case{Terms: terms(t), Month: july(indemnity.Month{Impediments: c.list})})
		require.NoError(t, err)
		var f indemnity.Forfeited
		for x := range s.Checks.Findings() {
			if got, ok := x.Facts.(indemnity.Forfeited); ok {
				f = got
			}
		}
		assert.Equal(t, 15, f.Days, name)
		assert.Equal(t, c.want, f.Joined, name)
	}
}

// TestTooLong refuses a list longer than one question may hold, and takes one as long.
func TestTooLong(t *testing.T) {
	shift := indemnity.Shift{Day: day("2025-07-01"), Hours: dec("0.01")}
	stop := indemnity.Impediment{Span: span("2025-07-01", "2025-07-02"), Notified: law.No}
	refusal := indemnity.Refusal{Day: day("2025-07-01"), Justified: law.Yes}
	for n, refused := range map[int]bool{1000: false, 1001: true} {
		changes := terms(t)
		for i := range n {
			changes.PayFrom = append(changes.PayFrom, indemnity.PayChange{From: day("2000-01-01") + date.Date(i), Pay: changes.Pay})
		}
		for path, c := range map[string]indemnity.Case{
			"/worked":      {Terms: terms(t), Month: july(indemnity.Month{Worked: slices.Repeat([]indemnity.Shift{shift}, n)})},
			"/impediments": {Terms: terms(t), Month: july(indemnity.Month{Impediments: slices.Repeat([]indemnity.Impediment{stop}, n)})},
			"/refusals":    {Terms: terms(t), Month: july(indemnity.Month{Refusals: slices.Repeat([]indemnity.Refusal{refusal}, n)})},
			"/pay_from":    {Terms: changes, Month: july(indemnity.Month{})},
		} {
			_, err := indemnity.Compute(c)
			if !refused {
				require.NoError(t, err, path)
				continue
			}
			var in *law.InputError
			require.ErrorAs(t, err, &in)
			assert.Equal(t, law.KindTooLong, in.Kind)
			assert.Equal(t, path, in.Path)
		}
	}
}

// TestNeedsOfEarlierMonths: an impediment of an earlier month of which it is not known
// whether it was notified opens the month it reaches; its place is the list.
func TestNeedsOfEarlierMonths(t *testing.T) {
	list, err := indemnity.ComputeMonths(terms(t), []indemnity.Month{
		{Month: law.Month{Year: 2025, Month: 6}, Impediments: []indemnity.Impediment{
			{Span: law.OneDay(day("2025-06-25"))}, {Span: law.OneDay(day("2025-06-28"))},
		}},
		{Month: law.Month{Year: 2025, Month: 7}},
		{Month: law.Month{Year: 2025, Month: 8}},
	})
	require.NoError(t, err)
	var needs [][]string
	for _, s := range list {
		for c := range s.Checks.Of(indemnity.RuleForfeit) {
			needs = append(needs, c.Needs)
		}
	}
	assert.Equal(t, [][]string{{"/impediments/0/notified", "/impediments/1/notified"}, {"/impediments"}, nil}, needs)
}
