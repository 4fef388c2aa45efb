package callstest_test

import (
	"fmt"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
)

// A planner of one's own is put to the test by wrapping it like calls.Plan.
func ExamplePlanFaults() {
	fmt.Println(callstest.PlanFaults(calls.Plan))
	// Output: []
}
