// Command vendor is the monthly job of a payroll program over 200 made-up workers of one
// shop, from their codes and contracts to the models to send and the decision records. It
// speaks Italian to its user.
package main

import (
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"slices"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/uni"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/eligibility"
	"github.com/intermittente/intermittente/indemnity"
	"github.com/intermittente/intermittente/limits"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

func main() {
	if err := job(os.Stdout); err != nil {
		fmt.Fprintln(os.Stderr, "vendor:", law.TextOf(err).IT)
		os.Exit(1)
	}
}

// worker is what the payroll program knows of one worker.
type worker struct {
	code     string // as typed in years ago
	birth    date.Date
	contract eligibility.Contract
	sheet    []law.Shift // the time sheet since the hire
}

func job(out io.Writer) error {
	say := func(format string, args ...any) { _, _ = fmt.Fprintln(out, law.Say("", format, args...).IT) }
	monday := law.RomeMidnight(law.MustDay("2026-03-23")).Add(9 * time.Hour) // the job runs on the Friday evening before
	shop := limits.Employer{ATECO: "47.71.10", ATECOVersion: 2007, SectorActivity: law.No, SectorAgreement: law.No}
	minimum, contingency, divisor, months := law.MustAmount("1200.00"), law.MustAmount("520.00"), law.MustAmount("168"), 2
	pay := indemnity.Pay{Minimum: &minimum, Contingency: &contingency, EDR: law.MustAmount("10.33"), ExtraMonths: &months}
	workers, err := madeUp(200)
	if err != nil {
		return err
	}
	roster := preflight.Roster{Now: monday.Add(-63 * time.Hour), Employer: "00000010017", Records: true}
	month, due, found := law.Month{Year: 2026, Month: time.February}, law.MustAmount("0"), map[string]int{}
	for i, w := range workers {
		var wrong *cf.Error
		if _, err := cf.Parse(w.code); errors.As(err, &wrong) { // 1. the codes
			say("Lavoratore %d, codice fiscale: %s.", i, wrong.Text().IT)
		}
		asked := w.contract
		asked.Birth = w.birth
		contract, err := eligibility.Assess(asked) // 2. the contracts
		if err != nil {
			return err
		}
		found["contratti, esito "+contract.Verdict.Label().IT]++
		for c := range contract.Checks.Of(eligibility.RuleGround) {
			if c.Outcome == law.Fail {
				say("Lavoratore %d: %s", i, c.Text())
			}
		}
		worked, nights := law.DaysWorked(w.sheet) // 3. the days
		history := limits.History{Worked: limits.LedgerOf(worked), AcrossMidnight: limits.LedgerOf(nights)}
		if count := history.Assess(law.RomeDay(monday), shop); count.Capped && count.Remaining == 0 {
			say("Lavoratore %d: nessuna giornata libera il %s; la prima è il %s.", i, law.RomeDay(monday), count.NextFree)
		}
		statement, err := indemnity.Compute(indemnity.Case{ // 4. the indemnity of February
			Terms: indemnity.Terms{Duty: w.contract.Terms.Duty, Pay: pay, Divisor: &divisor, Basis: indemnity.ByHours},
			Month: indemnity.Month{Month: month, Worked: indemnity.ShiftsOf(w.sheet, month)},
		})
		if err != nil {
			return err
		}
		due = due.Add(statement.Due.Decimal)
		first := monday.AddDate(0, 0, i%5)
		roster.Workers = append(roster.Workers, preflight.Line{
			Case: preflight.Case{Worker: preflight.Worker{Code: w.code, Birth: w.birth}, Contract: w.contract, Employer: shop,
				Worked: history.Worked, AcrossMidnight: history.AcrossMidnight, Channel: calls.ChannelEmail},
			Starts: preflight.StartsAt(first, first.AddDate(0, 0, 1)),
		})
	}
	say("Indennità di disponibilità di %s: %s euro.", month, due)
	plan, err := preflight.Plan(roster) // 5. next week
	if err != nil {
		return err
	}
	for _, call := range plan.Calls {
		found["chiamate della settimana, esito "+call.Verdict.Label().IT]++
		v, err := preflight.Verify(call.Record) // 6. the records, replayed a year later
		if err != nil {
			return err
		}
		found["decisioni archiviate, rilette dopo un anno: "+v.Text().IT]++
	}
	for _, r := range plan.Repairs {
		found["correzioni proposte: "+r.Change.Label().IT]++
	}
	for _, c := range plan.Communications { // 7. the models to send
		written, err := uni.Encode(uni.EncodeQuestion{Communication: c, As: uni.FormModel, Email: "paghe@example.it"})
		if err != nil {
			return err
		}
		found["modelli da inviare, esito "+written.Verdict.Label().IT] += len(written.Models)
	}
	for _, text := range slices.Sorted(maps.Keys(found)) {
		say("%4d %s", found[text], text)
	}
	return nil
}

// madeUp returns synthetic workers: some have no ground or a wrong code, the last ones have worked the most.
func madeUp(n int) ([]worker, error) {
	workers := make([]worker, n)
	place, err := cf.ParsePlace("H501")
	for i := 0; i < n && err == nil; i++ {
		p := cf.Person{Surname: "Prova", Name: "Caso", Sex: cf.Female, Place: place, Birth: law.MustDay("1966-05-01") + date.Date(60*i)}
		var code cf.Code
		code, err = cf.Compute(p)
		hired := law.MustDay("2024-01-08")
		w := worker{code: code.String(), birth: p.Birth, contract: eligibility.Contract{
			Signed: hired, Work: law.Span{First: hired + 1}, Activity: eligibility.Item(14),
			Agreement: eligibility.CollectiveAgreement{Needs: law.No, Bans: law.No},
			Employer:  eligibility.Employer{PublicAdministration: law.No, RiskAssessment: law.Yes},
			Unit:      eligibility.Unit{ReplacesStrikers: law.No, CollectiveDismissals: []eligibility.Dismissal{}, Suspensions: []eligibility.Suspended{}},
			Terms: eligibility.Terms{Written: law.Yes, Duty: law.Is(i%2 == 0), Elements: eligibility.ElementsNeeded(hired, law.Is(i%2 == 0)),
				Notice: &eligibility.Notice{Hours: 24}, HireNotice: law.RomeMidnight(hired).Add(10 * time.Hour)},
		}}
		if i%40 == 7 {
			w.contract.Activity = eligibility.Item(0)
		}
		if i%50 == 49 {
			w.code = w.code[:15] + string('A'+(w.code[15]-'A'+1)%26)
		}
		for d := range (law.Span{First: law.MustDay("2026-03-01") - date.Date(2*i+20), Last: law.MustDay("2026-02-28")}).All() {
			start := law.RomeMidnight(d).Add(time.Duration(9+11*(i%2)) * time.Hour) // the odd ones work from 20:00 to 01:00
			w.sheet = append(w.sheet, law.Shift{Worker: w.code, Start: start, End: start.Add(5 * time.Hour)})
		}
		workers[i] = w
	}
	return workers, err
}
