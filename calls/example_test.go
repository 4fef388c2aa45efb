package calls_test

import (
	"errors"
	"fmt"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// Rome in summer.
var rome = time.FixedZone("", 2*3600)

func ExampleAssess() {
	a, err := calls.Assess(calls.Communication{
		Kind: calls.KindCall, Channel: calls.ChannelPortal, Employer: "00000010157",
		Sent: time.Date(2025, 7, 11, 20, 5, 0, 0, rome),
		Rows: []calls.Row{{
			Worker: "RSSMRA80A01H501U", First: date.New(2025, 7, 11), Start: time.Date(2025, 7, 11, 20, 0, 0, 0, rome),
		}},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	fmt.Println(a.Verdict)
	for f := range a.Checks.Findings() {
		if f.Severity == law.Breach {
			fmt.Println(f.Text().IT, f.Cites[0])
		}
	}
	fmt.Println(errors.Is(a.Checks.Err(), calls.RuleBeforeStart))
	// Output:
	// breach
	// Inviata l'11 luglio 2025 alle 20:05, non prima dell'inizio della prestazione, l'11 luglio 2025 alle 20:00. art. 15, c. 3, d.lgs. 81/2015
	// true
}

func ExampleReconcile() {
	const worker = "RSSMRA80A01H501U"
	a, err := calls.Reconcile(calls.Reconciliation{
		AsOf: time.Date(2025, 7, 31, 12, 0, 0, 0, rome),
		Communications: []calls.Communication{{
			Kind: calls.KindCall, Channel: calls.ChannelPortal, Employer: "00000010157",
			Sent: time.Date(2025, 6, 30, 10, 0, 0, 0, rome),
			Rows: []calls.Row{{Worker: worker, First: date.New(2025, 7, 1), Last: date.New(2025, 7, 3)}},
		}},
		Worked: []calls.Shift{
			{Worker: worker, Day: date.New(2025, 7, 1)}, {Worker: worker, Day: date.New(2025, 7, 2)}, {Worker: worker, Day: date.New(2025, 7, 4)},
		},
	})
	if err != nil {
		fmt.Println(err)
		return
	}
	for _, d := range a.Uncommunicated {
		fmt.Println("not communicated:", d.Day)
	}
	for _, d := range a.Presumed {
		fmt.Println("counts as worked:", d.Day)
	}
	fmt.Println("fine:", law.FormatAmount(a.Exposure.Min.Decimal), "to", law.FormatAmount(a.Exposure.Max.Decimal))
	// Output:
	// not communicated: 2025-07-04
	// counts as worked: 2025-07-03
	// fine: 400.00 to 2400.00
}

func ExampleFormChecks() {
	codes := []string{"RSSMRA80A01H501U", "VRDLGU75D15F205Q", "RSSMRA80A01H50MM"}
	for f := range calls.FormChecks(date.New(2025, 7, 1), codes, nil, func(i int) string { return fmt.Sprintf("/workers/%d", i) }).Findings() {
		fmt.Println(f.Severity, f.Path)
		fmt.Println(f.Text().EN)
	}
	// Output:
	// advice /workers/2
	// Two forms of one tax code (omocodia) are used, in entry 1 of the workers and in entry 3 of the workers: they count as one worker's. Verify, since another person may hold the other form.
}

func ExampleExpose() {
	days := law.Days{{First: date.New(2025, 7, 1), Last: date.New(2025, 7, 5)}}
	e, err := calls.Expose(calls.ExposureQuestion{Workers: []calls.WorkerDays{
		{Worker: "RSSMRA80A01H501U", Days: days}, {Worker: "VRDLGU75D15F205Q", Days: days},
	}})
	fmt.Println(e.Number, law.FormatAmount(e.Min.Decimal), law.FormatAmount(e.Max.Decimal), law.FormatAmount(e.Reduced.Decimal), err)
	// Output: 2 800.00 4800.00 1600.00 <nil>
}

func ExamplePlan() {
	plan, err := calls.Plan(calls.Communication{
		Channel: calls.ChannelEmail, Sent: time.Date(2025, 7, 1, 9, 0, 0, 0, rome), Employer: "00000010157",
	}, []calls.Wanted{{
		Worker: "RSSMRA80A01H501U",
		Days:   law.DaysOf(date.New(2025, 7, 4), date.New(2025, 7, 5), date.New(2025, 7, 7), date.New(2025, 8, 15)),
	}})
	for i, c := range plan {
		for _, r := range c.Rows {
			fmt.Println(i, r.Span())
		}
	}
	fmt.Println(err)
	// Output:
	// 0 2025-07-04/2025-07-05
	// 0 2025-07-07/2025-07-07
	// 1 2025-08-15/2025-08-15
	// <nil>
}

func ExampleDiff() {
	head := calls.Communication{Channel: calls.ChannelPortal, Sent: time.Date(2025, 7, 1, 9, 0, 0, 0, rome), Employer: "00000010157"}
	standing := []calls.Row{{Worker: "RSSMRA80A01H501U", First: date.New(2025, 7, 4), Last: date.New(2025, 7, 6)}}
	send, err := calls.Diff(head, standing, []calls.Wanted{{
		Worker: "RSSMRA80A01H501U", Days: law.DaysOf(date.New(2025, 7, 4), date.New(2025, 7, 6), date.New(2025, 7, 7)),
	}})
	for _, c := range send {
		for _, r := range c.Rows {
			fmt.Println(c.Kind, r.Span())
		}
	}
	fmt.Println(err)
	// Output:
	// cancel 2025-07-04/2025-07-06
	// call 2025-07-04/2025-07-04
	// call 2025-07-06/2025-07-07
	// <nil>
}

func ExampleCancelPart() {
	head := calls.Communication{Channel: calls.ChannelPortal, Sent: time.Date(2025, 7, 1, 9, 0, 0, 0, rome), Employer: "00000010157"}
	row := calls.Row{Worker: "RSSMRA80A01H501U", First: date.New(2025, 7, 4), Last: date.New(2025, 7, 6)}
	send, err := calls.CancelPart(head, row, law.DaysOf(date.New(2025, 7, 6)))
	for _, c := range send {
		fmt.Println(c.Kind, c.Rows[0].Span())
	}
	fmt.Println(err)
	// Output:
	// cancel 2025-07-04/2025-07-06
	// call 2025-07-04/2025-07-05
	// <nil>
}

func ExampleCall_AppendChecks() {
	start := time.Date(2025, 7, 11, 20, 0, 0, 0, rome)
	c := calls.Call{Worker: "RSSMRA80A01H501U", Start: start, Sent: start.Add(-13 * time.Hour), Channel: calls.ChannelSMS}
	for _, check := range c.AppendChecks(nil) {
		fmt.Println(check.Rule(), check.Outcome)
	}
	// Output:
	// calls.before-start pass
	// calls.sms-window fail
	// calls.sms-sender undetermined
	// calls.fax not-applicable
	// calls.codes pass
	// calls.covered not-applicable
	// calls.notice not-applicable
	// calls.hire-found not-applicable
}

func ExampleCancelBy() {
	safe, end := calls.CancelBy(time.Date(2025, 7, 11, 20, 0, 0, 0, rome)) // a Friday
	fmt.Println(safe.Format(time.DateTime), end.Format(time.DateTime))
	// Output: 2025-07-13 20:00:00 2025-07-14 00:00:00
}

func ExampleMailbox() {
	to, ok := calls.Mailbox(date.New(2025, 7, 11))
	fmt.Println(to, ok)
	// Output: intermittenti@pec.lavoro.gov.it true
}

func ExampleRecord() {
	draft := calls.Record{Communication: calls.Communication{
		Kind: calls.KindCall, Channel: calls.ChannelPortal, Employer: "00000010157",
		Rows: []calls.Row{
			{Worker: "RSSMRA80A01H501U", First: date.New(2025, 7, 11)},
			{Worker: "VRDLGU75D15F205Q", First: date.New(2025, 7, 11)},
		},
	}}
	fmt.Println(draft.State())
	sent, err := draft.Send(time.Date(2025, 7, 10, 9, 0, 0, 0, rome))
	fmt.Println(sent.State(), err)
	part, toSend, err := sent.Cancel(time.Date(2025, 7, 10, 18, 0, 0, 0, rome), 1)
	fmt.Println(part.State(), toSend.Kind, len(toSend.Rows), err)
	// Output:
	// draft
	// sent <nil>
	// partly-cancelled cancel 1 <nil>
}
