package calls_test

import (
	"testing"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
)

// A night told by its end and one told by its hours are the same to a reconciliation.
func TestShiftsOfATimeSheet(t *testing.T) {
	start, err := law.RomeClock(law.MustDay("2026-03-06"), 22, 0)
	require.NoError(t, err)
	end := start.Add(8 * time.Hour)
	for name, s := range map[string]law.Shift{
		"by its end":              {Worker: "w", Start: start, End: end},
		"by its hours":            {Worker: "w", Start: start, Hours: decimal.NewFromInt(8)},
		"by its end with a break": {Worker: "w", Start: start, End: end, Hours: decimal.NewFromInt(7)},
	} {
		assert.Equal(t, calls.Shifts{{Worker: "w", Day: law.MustDay("2026-03-06"), Start: start, End: end}}, calls.ShiftsOf([]law.Shift{s}), name)
	}
	assert.Equal(t, calls.Shifts{{Worker: "w", Day: law.MustDay("2026-03-06"), Start: start}},
		calls.ShiftsOf([]law.Shift{{Worker: "w", Start: start}, {Worker: "w"}}), "an end nobody told, and no shift")
}
