package main

import (
	"encoding/csv"
	"fmt"
	"io"
	"strings"

	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
)

// payroll is the file for the payroll program: a voice, a quantity or an amount a
// line, with a comma before the decimals. What is not known has a line without
// either, so that no program takes it for zero. A voice that the table of codes does
// not give is an error, and nothing is then written.
func (o *office) payroll(r *report) (rows [][]string, problems []sheet.Problem) {
	rows = [][]string{{"employer", "worker", "month", "voice", "quantity", "amount", "state"}}
	var missing sheet.Problems
	for _, l := range r.Workers {
		add := func(voice, what, quantity, amount, state string) {
			if voice == "" && state == "known" {
				missing.Add(sheet.Problem{File: "codes.csv", Column: "voice", Message: law.Say("no voice for: %s", "manca la voce per: %s", what)})
			}
			rows = append(rows, []string{l.Employer, l.Worker, r.Month.String(), voice, quantity, comma(amount), state})
		}
		paid := func(what string, value *law.Euro, isAmount bool) {
			switch {
			case value == nil:
				add(o.voices[what], what, "", "", "undetermined")
			case value.IsZero():
			case isAmount:
				add(o.voices[what], what, "", law.FormatAmount(value.Decimal), "known")
			default:
				add(o.voices[what], what, comma(value.String()), "", "known")
			}
		}
		days, extra, open := map[string]bool{}, 0, !l.callKnown
		for _, d := range l.Days {
			days[d.Day.String()] = true
		}
		for _, c := range l.Calls {
			if c.State == presumed {
				extra++
			}
			open = open || c.State == openCall || c.State == unclear && !days[c.Day.String()]
		}
		counted := func(what string, n int, known bool) {
			if !known {
				paid(what, nil, false)
			} else if n > 0 {
				add(o.voices[what], what, fmt.Sprint(n), "", "known")
			}
		}
		counted("days", len(days), l.daysKnown)
		counted("presumed", extra, !open)
		paid("hours", l.Hours, false)
		for _, code := range sorted(l.absent) {
			add(o.codes[code].voice, code, fmt.Sprint(l.absent[code]), "", "known")
		}
		paid("availability", l.Due, true)
		if l.Due != nil {
			paid("restitution", &l.Return, true)
		}
	}
	return rows, missing.List()
}

func comma(s string) string { return strings.Replace(s, ".", ",", 1) }

func writePayroll(w io.Writer, rows [][]string) error {
	c := csv.NewWriter(w)
	c.Comma, c.UseCRLF = ';', true
	return c.WriteAll(rows)
}
