package indemnity_test

import (
	"testing"
	"time"

	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

func TestShiftsOfATimeSheet(t *testing.T) {
	start, err := law.RomeClock(law.MustDay("2026-03-31"), 22, 0)
	require.NoError(t, err)
	march, april := law.MonthOf(law.RomeDay(start)), law.MonthOf(law.RomeDay(start)+1)
	end := start.Add(8 * time.Hour)
	hours := decimal.NewFromInt
	laidOut := []indemnity.Shift{{Start: start, End: end}}
	onItsDay := []indemnity.Shift{{Day: law.RomeDay(start), Hours: hours(7)}}
	for _, x := range []struct {
		name         string
		shift        law.Shift
		march, april []indemnity.Shift
	}{
		{"by its end", law.Shift{Start: start, End: end}, laidOut, laidOut},
		{"by its hours", law.Shift{Start: start, Hours: hours(8)}, laidOut, laidOut},
		{"by both", law.Shift{Start: start, End: end, Hours: hours(8)}, laidOut, laidOut},
		{"with a break", law.Shift{Start: start, End: end, Hours: hours(7)}, onItsDay, nil},
		{"ends at midnight", law.Shift{Start: start, End: start.Add(2 * time.Hour)}, []indemnity.Shift{{Start: start, End: start.Add(2 * time.Hour)}}, nil},
		{"nothing but a start", law.Shift{Start: start}, []indemnity.Shift{{Day: law.RomeDay(start)}}, nil},
		{"no start", law.Shift{End: end}, nil, nil},
	} {
		assert.Equal(t, x.march, indemnity.ShiftsOf([]law.Shift{x.shift}, march), x.name)
		assert.Equal(t, x.april, indemnity.ShiftsOf([]law.Shift{x.shift}, april), x.name)
	}
}

// The hours of a night shift at the turn of two months are paid once.
func TestANightAtTheTurnOfTwoMonthsIsSharedOut(t *testing.T) {
	start, err := law.RomeClock(law.MustDay("2026-03-31"), 22, 0)
	require.NoError(t, err)
	sheet := []law.Shift{{Start: start, End: start.Add(8 * time.Hour)}}
	minimum, none, divisor, extra := law.MustAmount("1730.00"), decimal.Decimal{}, law.MustAmount("173"), 0
	for month, want := range map[string]string{"2026-03": "342.00", "2026-04": "334.00"} { // 346.00 less 2 hours and 6 at 2.00
		m, err := law.ParseMonth(month)
		require.NoError(t, err)
		s, err := indemnity.Compute(indemnity.Case{
			Terms: indemnity.Terms{
				Duty: law.Yes, Basis: indemnity.ByHours, Divisor: &divisor,
				Pay: indemnity.Pay{Minimum: &minimum, Contingency: &none, ExtraMonths: &extra},
			},
			Month: indemnity.Month{Month: m, Worked: indemnity.ShiftsOf(sheet, m)},
		})
		require.NoError(t, err)
		assert.Equal(t, want, s.Due.StringFixed(2), month)
	}
}
