package preflight_test

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// anna is a young worker of a shop; every fact is known.
func anna() preflight.Case {
	var c preflight.Case
	if err := json.Unmarshal([]byte(soundJSON), &c); err != nil {
		panic(err)
	}
	return c
}

func ExampleRun() {
	c := anna()
	c.Channel, c.Sender = calls.ChannelSMS, calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes}
	r, err := preflight.Run(c) // by text message, two days ahead
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Verdict, "last callable", law.FormatDay(r.LastCallable))
	for f := range r.Checks.Findings() {
		if f.Severity == law.Breach {
			fmt.Println(f.Rule, f.Cites[0])
		}
	}
	for _, o := range r.Channels {
		fmt.Println("by", o.Channel, "before", o.Until.Format("2 January 15:04"))
	}
	// Output:
	// breach last callable 2028-05-13
	// calls.sms-window d.m. 27.3.2013
	// by portal before 22 February 09:00
	// by app before 22 February 09:00
	// by email before 22 February 09:00
}

func ExamplePlan() {
	c := anna()
	on := law.RomeDay(c.Start)
	c.Worked = limits.LedgerOf(law.Days{{First: on - 400, Last: on - 2}}) // 399 days
	f, err := preflight.Plan(preflight.Roster{Now: c.Now, Workers: []preflight.Line{
		{Case: c, Starts: preflight.StartsAt(c.Start, c.Start.AddDate(0, 0, 1))},
	}})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, p := range f.Calls {
		fmt.Println(p.Start.Format("2 January"), p.Verdict, *p.Remaining)
	}
	for _, r := range f.Repairs {
		fmt.Println(r.Change, "the call of", r.Start.Format("2 January"), r.Mends)
	}
	// Output:
	// 22 February clear 1
	// 23 February breach 0
	// drop the call of 23 February [limits.days-cap]
}

func ExampleLawChange() {
	changed, err := preflight.LawChange([]preflight.Case{anna()}, date.New(2022, time.August, 12), date.New(2022, time.August, 13))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range changed {
		fmt.Println(c.Before, "before,", c.After, "after:", c.Rules[0].Before.Rule)
	}
	// Output: breach before, clear after: eligibility.notice-clause
}

func ExampleVerify() {
	decision, err := preflight.Decide(anna())
	if err != nil {
		fmt.Println(err)
		return
	}
	record := decision.Bytes() // to be stored
	v, _ := preflight.Verify(record)
	fmt.Println(v.Seal, v.Stands(), v.Text().EN)
	v, _ = preflight.Verify([]byte(strings.Replace(string(record), `"verdict":"clear"`, `"verdict":"doubt"`, 1)))
	fmt.Println(v.Seal, v.Stands(), v.Outcome)
	// Output:
	// sound true The record stands.
	// broken false [/out/verdict]
}
