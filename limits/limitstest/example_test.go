package limitstest_test

import (
	"fmt"
	"slices"
	"testing"

	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/intermittente/intermittente/limits/limitstest"
	"github.com/rickb777/date/v2"
)

// countShifts stands for a vendor's own counter: the days worked in the three years
// up to a day, from a table of shifts with two a day now and then.
func countShifts(shifts []date.Date, on date.Date) int {
	slices.Sort(shifts)
	first := law.Anniversary(on, -3, law.LastOfMonth) + 1
	n := 0
	for i, d := range shifts {
		if d >= first && d < on && (i == 0 || shifts[i-1] != d) {
			n++
		}
	}
	return n
}

// A vendor's test of it: whatever the history, about the cap and on leap days too, it
// agrees with the slow count.
func TestCountShifts(t *testing.T) {
	lawtest.Property(t, "the days worked before a day are counted", func(c limitstest.Case) bool {
		want := c.Assess()
		shifts := slices.Concat(c.Worked, c.AcrossMidnight) // each counts for the day it begins
		return c.On < date.New(2016, 6, 28) || countShifts(shifts, c.On) == want.Worked
	}, limitstest.Cases())
}

func ExampleSlowWindow() {
	on := date.New(2027, 2, 28)
	fmt.Println(law.FormatDay(limitstest.SlowWindow(on)), "is three years before", law.FormatDay(on))
	// Output: 2024-02-29 is three years before 2027-02-28
}
