package callstest_test

import (
	"errors"
	"fmt"
	"testing"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/callstest"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/intermittente/intermittente/limits/law/lawtest"
	"github.com/rickb777/date/v2"
)

// send stands for a vendor's own gate: what is not lawful is not sent.
func send(c calls.Communication) error {
	a, err := calls.Assess(c)
	if err != nil {
		return err
	}
	return a.Checks.Err()
}

// A vendor's test of it: with any one fault of a breach a communication is held back,
// for the reason the fault has.
func TestSend(t *testing.T) {
	lawtest.Property(t, "one fault is enough", func(c calls.Communication) string {
		for _, m := range callstest.Mutants(c) {
			if m.Severity == law.Breach && !errors.Is(send(m.Communication), m.Rule) {
				return "sent: " + m.Name
			}
		}
		return ""
	}, callstest.Communications())
}

// merge stands for a vendor's own planner, with a mistake often made: one row from the
// first day wanted to the last, whatever lies between.
func merge(head calls.Communication, wanted []calls.Wanted) (calls.Communications, error) {
	head.Kind = calls.KindCall
	for _, w := range wanted {
		var first, last date.Date
		for _, s := range w.Days {
			if first == 0 || s.First < first {
				first = s.First
			}
			last = max(last, s.Last)
		}
		head.Rows = append(head.Rows, calls.Row{Worker: w.Worker, First: first, Last: last})
	}
	return []calls.Communication{head}, nil
}

func ExamplePlanFaults() {
	fmt.Println("this library:", callstest.PlanFaults(calls.Plan))
	fmt.Println("merging:", callstest.PlanFaults(merge)[0])
	// Output:
	// this library: []
	// merging: communication 0: calls.cycle: 79 days of work of one worker in one communication; at most 30 are allowed. Send the rest in another.
}
