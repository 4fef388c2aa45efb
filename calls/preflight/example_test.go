package preflight_test

import (
	"fmt"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
)

// A young worker of a shop, called two days ahead by text message. Every fact is known.
func ExampleRun() {
	signed := law.MustDay("2024-06-01")
	saturday := law.RomeMidnight(law.MustDay("2025-02-22"))
	r, err := preflight.Run(preflight.Case{
		Now:    saturday.Add(-39 * time.Hour), // Thursday at nine
		Start:  saturday.Add(9 * time.Hour),
		Worker: preflight.Worker{Code: "BSSNNA03E54H501G"},
		Contract: eligibility.Contract{
			Signed: signed, Work: law.Span{First: signed + 2}, Activity: eligibility.Item(0),
			Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
			Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
			Unit: eligibility.Unit{
				ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
			},
			Terms: eligibility.Terms{
				Written: law.Yes, Duty: law.No, Elements: eligibility.ElementsNeeded(signed, law.No),
				Notice: &eligibility.Notice{Hours: 4}, HireNotice: law.RomeMidnight(signed + 1),
			},
		},
		Employer: limits.Employer{ATECO: "47.71.10", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No},
		Worked:   limits.LedgerOf(law.Days{{First: signed + 2, Last: law.MustDay("2024-08-30")}}),
		Channel:  calls.ChannelSMS,
		Sender:   calls.Sender{Role: calls.RoleEmployer, PhoneRegistered: law.Yes},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(r.Verdict, "last callable", law.FormatDay(r.LastCallable), "days left", *r.Remaining)
	for f := range r.Checks.Findings() {
		if f.Severity == law.Breach {
			fmt.Println(f.Rule, f.Cites[0])
		}
	}
	for _, o := range r.Channels {
		fmt.Println("by", o.Channel, "before", o.Until.Format("2 January 15:04"))
	}
	// Output:
	// breach last callable 2028-05-13 days left 311
	// calls.sms-window d.m. 27.3.2013
	// by portal before 22 February 09:00
	// by app before 22 February 09:00
	// by email before 22 February 09:00
}

// A waiter with one day left is planned for two.
func ExamplePlan() {
	signed := law.MustDay("2023-06-01")
	saturday := law.RomeMidnight(law.MustDay("2025-02-22")).Add(9 * time.Hour)
	f, err := preflight.Plan(preflight.Roster{
		Now:      saturday.AddDate(0, 0, -2),
		Employer: "00000010017",
		Workers: []preflight.Line{{
			Case: preflight.Case{
				Worker: preflight.Worker{Code: "RSSMRA80A01H501U"},
				Contract: eligibility.Contract{
					Signed: signed, Work: law.Span{First: signed + 1}, Activity: eligibility.Item(5),
					Employer: eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
					Unit: eligibility.Unit{
						ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
					},
					Terms: eligibility.Terms{
						Written: law.Yes, Duty: law.No, Elements: eligibility.ElementsNeeded(signed, law.No),
						Notice: &eligibility.Notice{Hours: 4}, HireNotice: law.RomeMidnight(signed),
					},
				},
				Employer: limits.Employer{ATECO: "47.71.10", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No},
				Worked:   limits.LedgerOf(law.Days{{First: law.MustDay("2024-01-19"), Last: law.MustDay("2025-02-20")}}), // 399 days
				Channel:  calls.ChannelPortal,
			},
			Starts: preflight.StartsAt(saturday, saturday.AddDate(0, 0, 1)),
		}},
	})
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

// A contract with four hours of notice, as if it were signed the day before and the day
// on which the law gave up the least notice.
func ExampleLawChange() {
	signed := law.MustDay("2024-06-01")
	saturday := law.RomeMidnight(law.MustDay("2025-02-22")).Add(9 * time.Hour)
	changed, err := preflight.LawChange([]preflight.Case{{
		Now: saturday.AddDate(0, 0, -2), Start: saturday,
		Worker: preflight.Worker{Code: "RSSMRA80A01H501U"},
		Contract: eligibility.Contract{
			Signed: signed, Work: law.Span{First: signed + 2}, Activity: eligibility.Item(5),
			Agreement: eligibility.CollectiveAgreement{Bans: law.No},
			Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
			Unit: eligibility.Unit{
				ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{},
			},
			Terms: eligibility.Terms{
				Written: law.Yes, Duty: law.No, Elements: eligibility.ElementsNeeded(signed, law.No),
				Notice: &eligibility.Notice{Hours: 4}, HireNotice: law.RomeMidnight(signed + 1),
			},
		},
		Employer: limits.Employer{ATECO: "47.71.10", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No},
		Channel:  calls.ChannelPortal,
	}}, law.MustDay("2022-08-12"), law.MustDay("2022-08-13"))
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, c := range changed {
		fmt.Println(c.Before, "before,", c.After, "after:", c.Rules[0].Before.Rule())
	}
	// Output: breach before, clear after: eligibility.notice-clause
}

// A record tells what is missing, is stored, and is replayed later.
func ExampleDecide() {
	saturday := law.RomeMidnight(law.MustDay("2025-02-22")).Add(9 * time.Hour)
	decision, err := preflight.Decide(preflight.Case{
		Now: saturday.AddDate(0, 0, -2), Start: saturday, Worker: preflight.Worker{Code: "RSSMRA80A01H501U"},
		Contract: eligibility.Contract{Signed: law.MustDay("2024-06-01"), Work: law.Span{First: law.MustDay("2024-06-03")}, Activity: eligibility.Item(5)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(decision.Report.Verdict)
	v, err := preflight.Verify(decision.Bytes())
	fmt.Println(v.Stands(), err)
	// Output:
	// undetermined
	// true <nil>
}

// A record whose verdict was changed by hand.
func ExampleVerify() {
	saturday := law.RomeMidnight(law.MustDay("2025-02-22")).Add(9 * time.Hour)
	decision, err := preflight.Decide(preflight.Case{
		Now: saturday.AddDate(0, 0, -2), Start: saturday, Worker: preflight.Worker{Code: "RSSMRA80A01H501U"},
		Contract: eligibility.Contract{Signed: law.MustDay("2024-06-01"), Work: law.Span{First: law.MustDay("2024-06-03")}, Activity: eligibility.Item(5)},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	record := decision.Bytes() // to be stored
	v, _ := preflight.Verify(record)
	fmt.Println(v.Seal, v.Stands(), v.Text().EN)
	v, _ = preflight.Verify([]byte(strings.Replace(string(record), `"verdict":"undetermined"`, `"verdict":"clear"`, 1)))
	fmt.Println(v.Seal, v.Stands(), v.Outcome)
	// Output:
	// sound true The record stands.
	// broken false [/out/verdict]
}
