package indemnity_test

import (
	"strconv"
	"testing"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
)

// year is a year of ten calls a month, with an impediment in March and one in June
// that was not notified.
func year(tb testing.TB) (indemnity.Terms, []indemnity.Month) {
	tb.Helper()
	months := make([]indemnity.Month, 12)
	for i := range months {
		m := law.Month{Year: 2025, Month: 1}.Add(i)
		months[i].Month = m
		for day := 0; day < 20; day += 2 {
			months[i].Worked = append(months[i].Worked, indemnity.Shift{
				Day: m.Span().First + date.Date(day), Hours: decimal.New(75, -1),
			})
		}
	}
	months[2].Impediments = []indemnity.Impediment{{Span: span("2025-03-10", "2025-03-15"), Notified: law.Yes}}
	months[5].Impediments = []indemnity.Impediment{{Span: span("2025-06-25", "2025-06-27"), Notified: law.No}}
	return indemnity.Terms{
		Duty:    law.Yes,
		Pay:     indemnity.Pay{Minimum: ref(dec("1200.00")), Contingency: ref(dec("520.00")), EDR: dec("10.33"), ExtraMonths: ref(2)},
		Divisor: ref(dec("173")), Basis: indemnity.ByHours,
	}, months
}

func dec(s string) decimal.Decimal { return law.MustAmount(s) }

func day(s string) date.Date { return law.MustDay(s) }

func span(first, last string) law.Span {
	return law.Span{First: day(first), Last: day(last)}
}

// BenchmarkYear is the year of one worker: 10,000 of them are to take a second.
func BenchmarkYear(b *testing.B) {
	terms, months := year(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := indemnity.ComputeMonths(terms, months); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkMonth(b *testing.B) {
	terms, months := year(b)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := indemnity.Compute(indemnity.Case{Terms: terms, Month: months[0]}); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkJSON writes the statement of a month: it is to cost no more than computing it
// does.
func BenchmarkJSON(b *testing.B) {
	terms, months := year(b)
	s, err := indemnity.Compute(indemnity.Case{Terms: terms, Month: months[5]})
	if err != nil {
		b.Fatal(err)
	}
	var text []byte
	b.ReportAllocs()
	for b.Loop() {
		if text, err = s.AppendJSON(text[:0]); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkMonths is a run of months, each with an impediment that is still running: the
// cost of a month may not grow with the months before it.
func BenchmarkMonths(b *testing.B) {
	terms, _ := year(b)
	for _, n := range []int{100, 1000, 2300} {
		months := make([]indemnity.Month, n)
		for i := range months {
			m := law.Month{Year: 2004, Month: 4}.Add(i)
			months[i] = indemnity.Month{Month: m, Impediments: []indemnity.Impediment{{Span: law.Span{First: m.Span().Last}, Notified: law.No}}}
		}
		b.Run(strconv.Itoa(n), func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				if _, err := indemnity.ComputeMonths(terms, months); err != nil {
					b.Fatal(err)
				}
			}
		})
	}
}

// TestAllocations keeps a month cheap: what is left is the decimal package's own.
func TestAllocations(t *testing.T) {
	terms, months := year(t)
	got := testing.AllocsPerRun(100, func() { _, _ = indemnity.Compute(indemnity.Case{Terms: terms, Month: months[0]}) })
	assert.LessOrEqual(t, int(got), 62)
}
