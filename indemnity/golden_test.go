package indemnity

import (
	"encoding/json"
	"fmt"
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
	var b strings.Builder
	write := func(rules ...law.Rule) {
		for _, r := range rules {
			cites := make([]string, len(r.Cites))
			for i, c := range r.Cites {
				cites[i] = c.String()
			}
			fmt.Fprintf(&b, "%s | %s | %s | %s | %s\n", r.ID, r.Title.EN, r.Title.IT, r.InForce, strings.Join(cites, "; "))
		}
	}
	write(Rules()...)
	fmt.Fprintf(&b, "\nBefore %s:\n", law.FormatDay(art16Day))
	o := bookOn(art16Day - 1)
	write(o.rules()...)
	lawtest.Golden(t, "rules.golden", b.String())
}

func TestGoldenParams(t *testing.T) {
	lawtest.Golden(t, "params.golden", lawtest.Params(t, "floor share of the pay", floorShare)+
		lawtest.Params(t, "days forfeited", forfeitDays)+
		lawtest.Params(t, "share of the minimum pension", pensionShare)+
		lawtest.Params(t, "weekly parameter, that year alone", weekly))
}

// TestWeekly holds each weekly value to the minimum pension it was published with.
func TestWeekly(t *testing.T) {
	pensions := map[int]string{2022: "525.38", 2024: "598.61", 2025: "603.40", 2026: "611.85"}
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
	euro := func(s string) decimal.Decimal {
		d, err := law.ParseAmount(s)
		require.NoError(t, err)
		return d
	}
	july := func(first, last int) law.Span {
		return law.Span{First: date.New(2025, 7, first), Last: date.New(2025, 7, last)}
	}
	var b strings.Builder
	for _, f := range []law.Facts{
		Unbound{euro("50")},
		BelowFloor{euro("0.150"), euro("0.20"), euro("302.81"), euro("403.74")},
		Mispaid{euro("1403.7"), euro("403.74")},
		Unnotified{july(8, 11)},
		Unnotified{law.Span{First: date.New(2025, 7, 8)}},
		Forfeited{15, []law.Span{july(5, 19)}, euro("208.38"), []law.Span{july(10, 24)}, euro("143.26")},
		Refused{date.New(2025, 7, 11), euro("310.39"), euro("210.26"), euro("273.50")},
		Miscontributed{euro("1245"), euro("403.74")},
		BelowParameter{euro("200"), euro("244.74"), euro("44.74"), date.New(2027, 7, 31)},
	} {
		in, err := json.Marshal(f)
		require.NoError(t, err)
		fmt.Fprintf(&b, "%T %s\n  %s\n  %s\n", f, in, f.Text().EN, f.Text().IT)
		assert.Equal(t, f.Text().EN, f.Error())
	}
	for _, l := range []Line{
		{Kind: LineWaiting, Span: july(1, 31), Base: euro("403.74"), Numerator: euro("133.5"), Denominator: euro("173")},
		{Kind: LineWaiting, Span: july(1, 31)},
		{Kind: LineImpediment, Span: july(8, 8)},
		{Kind: LineForfeit, Span: july(11, 25)},
		{Kind: LineRestitution, Span: july(11, 31), Base: euro("1403.74"), Numerator: euro("21"), Denominator: euro("31")},
	} {
		fmt.Fprintf(&b, "%s line\n  %s\n  %s\n", l.Kind, l.Text().EN, l.Text().IT)
	}
	for _, n := range art16.notes {
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
	s, err := Compute(c.Terms, c.Month)
	require.NoError(t, err)
	text, err := json.MarshalIndent(s, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "statement.golden.json", string(text)+"\n")

	up, err := TopUp(TopUpCase{Week: Week{Year: 2026, Pay: decimal.New(200, 0)}})
	require.NoError(t, err)
	text, err = json.MarshalIndent(up, "", "  ")
	require.NoError(t, err)
	lawtest.Golden(t, "topup.golden.json", string(text)+"\n")
}

// TestNewDecree changes the decree's share within a month: the pay of each day follows
// the decree of that day.
func TestNewDecree(t *testing.T) {
	extra := 2
	in := Terms{
		Duty: law.Yes, Basis: ByDays, Divisor: decimal.New(173, 0),
		Pay: Pay{Minimum: decimal.New(1200, 0), Contingency: decimal.New(520, 0), EDR: decimal.New(1033, -2), ExtraMonths: &extra},
	}
	a := account{terms: &in, month: &Month{Month: law.Month{Year: 2025, Month: 7}}}
	require.NoError(t, a.read())
	a.measure(law.NewTimeline(
		law.Entry[decimal.Decimal]{From: firstDay, Value: decimal.New(20, -2)},
		law.Entry[decimal.Decimal]{From: date.New(2025, 7, 11), Value: decimal.New(25, -2)},
		law.Entry[decimal.Decimal]{From: date.New(2025, 7, 31), Value: decimal.New(30, -2)},
	))
	lines, _ := a.wait(a.live)
	var got []string
	for _, l := range lines {
		got = append(got, l.Span.String()+" "+law.FormatAmount(l.Base)+" "+l.Numerator.String())
	}
	assert.Equal(t, []string{
		"2025-07-01/2025-07-10 403.74 10",
		"2025-07-11/2025-07-30 504.68 20",
		"2025-07-31/2025-07-31 605.62 1",
	}, got)
}
