package preflighttest_test

import (
	"encoding/json"
	"fmt"

	"github.com/intermittente/intermittente/calls/preflight/preflighttest"
	"github.com/intermittente/intermittente/limits/law/lawtest"
)

// A vendor holds its own engine to the vectors, here one that knows a single
// question and takes the fine per day. In a test of its own it fails on any miss:
//
//	misses, err := preflighttest.Conform(engine)
//	if err != nil || len(misses) > 0 {
//		t.Fatal(err, misses)
//	}
func ExampleConform() {
	engine := func(_ string, in json.RawMessage) lawtest.Answer {
		var q struct {
			Workers []struct{ Days []string }
		}
		if json.Unmarshal(in, &q) != nil {
			return lawtest.Answer{Error: &lawtest.Refusal{Code: "json"}}
		}
		days := 0
		for _, w := range q.Workers {
			days += len(w.Days)
		}
		return lawtest.Answer{Out: fmt.Appendf(nil, `{"max":"%d.00"}`, 2400*days)}
	}
	misses, err := preflighttest.Conform(engine, "calls.exposure")
	if err != nil {
		fmt.Println(err)
	}
	fmt.Println(misses[0].Vector.Name, misses[0].Differences[0])
	// Output: exposure: two workers, five days each /max: 24000.00, expected 4800.00
}

// Engines with the mistakes seen in programs, guides and forums, and the rules whose
// vectors give them away.
func Example_classicMistakes() {
	for _, m := range classic {
		if m.caught() {
			fmt.Printf("%s: %s\n", m.rule, m.what)
		}
	}
	// Output:
	// limits.days-cap: 1,095 days instead of three years
	// limits.days-cap: a day called and never cancelled is not counted
	// calls.cancelled-in-time: the 48 hours count from the sending
	// calls.exposure: the fine is taken per day
	// calls.before-start: a call sent on the day of the work is in time
	// calls.single-day: a single day ends on itself
	// calls.codes: a tax code is right when its shape is
	// calls.sms-sender: a consultant may text for its clients
	// calls.recipient: any old address will do
	// the official model: ISO dates
	// eligibility.notice-clause: less than a working day of notice is forbidden after 2022 too
	// eligibility.young: the birthday of 24 still counts as under 24
	// eligibility.young-work: the birthday of 25 may still be worked
	// eligibility.senior: 55 years begin a day early
	// eligibility.table: the table of 1923 died with its decree
	// eligibility.agreement-veto: an agreement may forbid on-call work
	// eligibility.collective-dismissal: six months are 180 days
	// indemnity.floor: 20 % of the pay without its extra months
	// indemnity.forfeit: silence about an illness costs nothing more
}
