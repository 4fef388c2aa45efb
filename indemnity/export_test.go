package indemnity

import (
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/shopspring/decimal"
)

// SetFloorShare makes another decree of the floor, for one test.
func SetFloorShare(t *testing.T, other law.Timeline[decimal.Decimal]) {
	t.Helper()
	old := floorShare
	floorShare = other
	t.Cleanup(func() { floorShare = old })
}

// SetForfeitDays makes another length of the forfeit, for one test.
func SetForfeitDays(t *testing.T, other law.Timeline[int]) {
	t.Helper()
	old := forfeitDays
	forfeitDays = other
	t.Cleanup(func() { forfeitDays = old })
}

// FloorShare and ForfeitDays are the values to which a test adds another.
func FloorShare() law.Timeline[decimal.Decimal] { return floorShare }

// ForfeitDays returns the length of the forfeit.
func ForfeitDays() law.Timeline[int] { return forfeitDays }
