package indemnity

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestGoldenRules(t *testing.T) {
	lawtest.Golden(t, "rules.golden", lawtest.RuleLines(Rules()))
}

func TestGoldenParams(t *testing.T) {
	lawtest.Golden(t, "params.golden", lawtest.Params(t, Params()...))
}

// TestWeekly holds each weekly value to the minimum pension it was published with.
func TestWeekly(t *testing.T) {
	pensions := map[int]string{
		2005: "420.43", 2006: "427.58", 2007: "436.14", 2008: "443.56", 2009: "457.76", 2010: "460.97",
		2011: "468.35", 2012: "481.00", 2013: "495.43", 2014: "500.88", 2015: "501.89", 2016: "501.89", 2017: "501.89",
		2018: "507.42", 2019: "513.01", 2020: "515.58", 2021: "515.58", 2022: "525.38", 2023: "567.94",
		2024: "598.61", 2025: "603.40", 2026: "611.85",
	}
	all := weekly.All()
	require.Len(t, all, len(pensions))
	for _, e := range all {
		pension, err := law.ParseAmount(pensions[e.From.Year()])
		require.NoError(t, err)
		share, known := pensionShare.At(e.From)
		require.True(t, known)
		assert.Equal(t, law.FormatAmount(pension.Mul(share.Value)), law.FormatAmount(e.Value), e.From.Year())
	}
}

func TestGoldenMessages(t *testing.T) {
	amount := func(s string) law.Euro { return euro(law.MustAmount(s)) }
	july := func(first, last int) law.Span {
		return law.Span{First: date.New(2025, 7, first), Last: date.New(2025, 7, last)}
	}
	lost, lostAfter := []law.Span{july(5, 19)}, []law.Span{july(10, 24)}
	var b strings.Builder
	for _, f := range []law.Facts{
		Unbound{amount("50")},
		BelowFloor{Share{law.MustAmount("0.150")}, Share{law.MustAmount("0.20")}, amount("302.81"), amount("403.74")},
		Mispaid{amount("1403.7"), amount("403.74")},
		Unnotified{july(8, 11)},
		Unnotified{law.Span{First: date.New(2025, 7, 8)}},
		Forfeited{15, false, lost, amount("208.38"), lostAfter, amount("143.26")},
		Forfeited{15, true, lost, amount("208.38"), lostAfter, amount("143.26")},
		Forfeited{15, false, lost, amount("208.38"), lost, amount("208.38")},
		Refused{date.New(2022, 7, 11), amount("310.39"), amount("210.26"), amount("273.50"), false},
		Refused{date.New(2025, 7, 11), amount("310.39"), amount("210.26"), amount("273.50"), true},
		Refused{date.New(2025, 7, 11), amount("403.74"), amount("273.50"), amount("273.50"), true},
		Miscontributed{amount("1245"), amount("403.74")},
		BelowParameter{amount("200"), amount("244.74"), amount("44.74"), date.New(2027, 7, 31)},
	} {
		in, err := json.Marshal(f)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%T %s\n  %s\n  %s\n", f, in, f.Text().EN, f.Text().IT)
		assert.Equal(t, f.Text().EN, f.Error())
	}
	for _, l := range []Line{
		{Kind: LineWaiting, Span: july(1, 31), Base: law.MustAmount("403.74"), Numerator: law.MustAmount("133.5"), Denominator: law.MustAmount("173")},
		{Kind: LineWaiting, Span: july(1, 31)},
		{Kind: LineImpediment, Span: july(8, 8)},
		{Kind: LineForfeit, Span: july(11, 25)},
		{Kind: LineRestitution, Span: july(11, 31), Base: law.MustAmount("1403.74"), Numerator: law.MustAmount("21"), Denominator: law.MustAmount("31")},
	} {
		fmt.Fprintf(&b, "%s line\n  %s\n  %s\n", l.Kind, l.Text().EN, l.Text().IT)
	}
	for _, n := range notes.Value(art16Day) {
		fmt.Fprintf(&b, "note %s\n  %s\n  %s\n", n.Cites, n.Text.EN, n.Text.IT)
	}
	lawtest.Golden(t, "messages.golden", b.String())
}

func TestGoldenJSON(t *testing.T) {
	var c Case
	require.NoError(t, json.Unmarshal([]byte(`{"month":"2025-07","duty":true,"pay":{"minimum":"1200.00","contingency":"520.00","edr":"10.33","extra_months":2},
		"rate":"0.19","divisor":"173","basis":"hours","worked":[{"day":"2025-07-01","hours":"8"}],
		"impediments":[{"first":"2025-07-07","last":"2025-07-09","notified":false}],
		"refusals":[{"day":"2025-07-25","justified":false}],"paid":"201.40"}`), &c))
	s, err := Compute(c)
	require.NoError(t, err)
	text, err := json.MarshalIndent(s, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "statement.golden.json", string(text)+"\n")

	up, err := TopUp(TopUpCase{Week: Week{Year: 2026, Pay: ref(decimal.New(200, 0))}})
	require.NoError(t, err)
	text, err = json.MarshalIndent(up, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "topup.golden.json", string(text)+"\n")
}

func ref[T any](x T) *T { return &x }

// TestNewDecree changes the decree's share within a month: the pay of each day follows
// the decree of that day.
func TestNewDecree(t *testing.T) {
	SetFloorShare(t, law.NewTimeline(
		law.Entry[decimal.Decimal]{From: firstDay, Value: decimal.New(20, -2)},
		law.Entry[decimal.Decimal]{From: date.New(2025, 7, 11), Value: decimal.New(25, -2)},
		law.Entry[decimal.Decimal]{From: date.New(2025, 7, 31), Value: decimal.New(30, -2)},
	))
	s, err := Compute(Case{
		Terms: Terms{
			Duty: law.Yes, Basis: ByDays, Divisor: ref(decimal.New(173, 0)),
			Pay: Pay{Minimum: ref(decimal.New(1200, 0)), Contingency: ref(decimal.New(520, 0)), EDR: decimal.New(1033, -2), ExtraMonths: ref(2)},
		},
		Month: Month{Month: law.Month{Year: 2025, Month: 7}},
	})
	require.NoError(t, err)
	var got []string
	for _, l := range s.Lines {
		got = append(got, l.Span.String()+" "+law.FormatAmount(l.Base)+" "+l.Numerator.String())
	}
	assert.Equal(t, []string{
		"2025-07-01/2025-07-10 403.74 10",
		"2025-07-11/2025-07-30 504.68 20",
		"2025-07-31/2025-07-31 605.62 1",
	}, got)
}

// TestForfeitFits holds the length of a forfeit to what a calendar can hold.
func TestForfeitFits(t *testing.T) {
	for _, e := range forfeitDays.All() {
		assert.LessOrEqual(t, e.Value, lead)
	}
}

// TestStillOfUse holds what a month keeps of the months before to a fixed number, however
// many they are: a run of months costs as much as its months.
func TestStillOfUse(t *testing.T) {
	var kept []Impediment
	months := law.Month{Year: 2000, Month: 1}
	for i := range 2400 {
		month := months.Add(i).Span()
		kept = stillOfUse(kept, month.First)
		require.LessOrEqual(t, len(kept), 14, "month %d: two running for each answer, and those of two months", i)
		for _, n := range []law.Answer{law.Unknown, law.No, law.Yes, law.No} {
			kept = append(kept, Impediment{Span: law.Span{First: month.First}, Notified: n},
				Impediment{Span: month, Notified: n})
		}
	}
	assert.Equal(t, date.New(2000, 1, 1), kept[0].First, "they run since the first")
}

// TestStillOfUseKeepsTheAnswer compares months that are told everything with months that
// are told what is of use.
func TestStillOfUseKeepsTheAnswer(t *testing.T) {
	terms := Terms{
		Duty: law.Yes, Basis: ByDays, Divisor: ref(decimal.New(173, 0)),
		Pay: Pay{Minimum: ref(decimal.New(1500, 0)), Contingency: ref(decimal.Decimal{}), ExtraMonths: ref(0)},
	}
	month := law.Month{Year: 2025, Month: 7}
	first := month.Span().First
	for _, offsets := range [][]int{{-90, -20, -10}, {-20, -90, -10}, {-3, -2, -1, -90}, {-16, -15, -14}, {-90, -89}, {-1}, {0}} {
		for _, n := range []law.Answer{law.Unknown, law.No, law.Yes} {
			var all []Impediment
			for _, o := range offsets {
				all = append(all, Impediment{Span: law.Span{First: first + date.Date(o)}, Notified: n})
				all = append(all, Impediment{Span: law.OneDay(first + date.Date(o)), Notified: n})
			}
			want, err := compute(&terms, &Month{Month: month}, all)
			require.NoError(t, err)
			got, err := compute(&terms, &Month{Month: month}, stillOfUse(slices.Clone(all), first))
			require.NoError(t, err)
			assert.Equal(t, want.Due.String(), got.Due.String())
			require.Len(t, got.Checks, len(want.Checks))
			for i := range want.Checks {
				assert.Equal(t, want.Checks[i].Outcome, got.Checks[i].Outcome)
				if want.Checks[i].Rule() == RuleForfeit {
					assert.Equal(t, want.Checks[i].Text(), got.Checks[i].Text(), "%v %s", offsets, n)
				}
			}
		}
	}
}
