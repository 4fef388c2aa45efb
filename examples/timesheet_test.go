package examples_test

import (
	"fmt"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

// One time sheet answers four questions: the days of the counter, those across midnight,
// what was communicated, and the hours of the month's indemnity.
func Example_timeSheet() {
	evening := law.RomeMidnight(law.MustDay("2026-03-30")).Add(20 * time.Hour)
	sheet := []law.Shift{
		{Worker: "RSSMRA80A01H501U", Start: evening, Hours: law.MustAmount("3")},
		{Worker: "RSSMRA80A01H501U", Start: evening.AddDate(0, 0, 1), End: evening.AddDate(0, 0, 1).Add(6 * time.Hour)},
	}
	worked, nights := law.DaysWorked(sheet)
	fmt.Println(limits.LedgerOf(worked), limits.LedgerOf(nights))
	for _, s := range calls.ShiftsOf(sheet) {
		fmt.Println(law.FormatDay(s.Day), s.End.Format("2 January 15:04"))
	}
	for _, month := range []time.Month{time.March, time.April} {
		fmt.Println(month, len(indemnity.ShiftsOf(sheet, law.Month{Year: 2026, Month: month})))
	}
	// Output:
	// [2026-03-30/2026-03-31] [2026-03-31/2026-03-31]
	// 2026-03-30 30 March 23:00
	// 2026-03-31 1 April 02:00
	// March 2
	// April 1
}
