package main

import (
	"fmt"
	"io"
	"strconv"
	"strings"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
)

// words are the program's own, beside the messages of the library.
type words struct {
	Verdicts                                              map[law.Verdict]string
	Left, NoCap, LastDay, SendBy, Repairs, Totals, Nobody string
	Worker, Call, Verdict, Why                            string
	Doubt, Breach                                         string
	Title, Judged, Counter, Planned, NoAdvice             string
}

func wordsIn(lang string) words {
	if lang == "it" {
		return words{
			Verdicts: map[law.Verdict]string{law.VerdictClear: "REGOLARE", law.VerdictDoubt: "DUBBIO", law.VerdictBreach: "VIOLAZIONE", law.VerdictUndetermined: "DA CHIARIRE"},
			Left:     "giorni residui", NoCap: "senza limite", LastDay: "ultimo giorno", SendBy: "comunicare entro", Repairs: "Per rendere lecito il piano", Totals: "Totale",
			Worker: "Lavoratore", Call: "Chiamata", Verdict: "Esito", Why: "Motivo", Doubt: "dubbio", Breach: "violazione",
			Title: "Chiamate programmate", Judged: "Situazione al", Counter: "Giornate nei tre anni", Planned: "programmata",
			NoAdvice: "Questo documento non è un parere legale.",
		}
	}
	return words{
		Verdicts: map[law.Verdict]string{law.VerdictClear: "CLEAR", law.VerdictDoubt: "DOUBT", law.VerdictBreach: "BREACH", law.VerdictUndetermined: "UNDETERMINED"},
		Left:     "days left", NoCap: "no cap", LastDay: "last day", SendBy: "send by", Repairs: "To make the plan lawful", Totals: "Total",
		Worker: "Worker", Call: "Call", Verdict: "Verdict", Why: "Why", Doubt: "doubt", Breach: "breach",
		Title: "Planned calls", Judged: "As of", Counter: "Days in the three years", Planned: "planned",
		NoAdvice: "This page is no legal advice.",
	}
}

// text prints a line for each planned call, under it what is doubtful, broken or
// missing, then the repairs and the totals.
func (f *outcome) text(out io.Writer, lang string) error {
	w, total := wordsIn(lang), map[law.Verdict]int{}
	for _, e := range f.Employers {
		fmt.Fprintf(out, "%s\n", e.name)
		for _, p := range e.Calls {
			total[p.Verdict]++
			l := e.lines[p.Line]
			fmt.Fprintf(out, "  %-12s %-28s %s  %-20s %s %-12s %s %s\n", w.Verdicts[p.Verdict], masked(l.worker, l.Worker),
				law.InRome(p.Start).Format("2006-01-02 15:04"), w.left(p), w.LastDay, day(p), w.SendBy, sendBy(p))
			for _, c := range p.Checks {
				if s := c.Severity(); s == law.Breach || s == law.Doubt || c.Outcome == law.Undetermined {
					fmt.Fprintf(out, "      %s: %s\n      [%s]\n", c.Rule, c.Text().In(lang), cites(c))
				}
			}
		}
		if len(e.Repairs) > 0 {
			fmt.Fprintf(out, "  %s:\n", w.Repairs)
		}
		for _, r := range e.Repairs {
			l := e.lines[r.Line]
			fmt.Fprintf(out, "    %s: %s (%s)\n", l.worker, repair(r).In(lang), rules(r.Mends))
		}
		fmt.Fprintln(out)
	}
	fmt.Fprintf(out, "%s:", w.Totals)
	for _, v := range [...]law.Verdict{law.VerdictClear, law.VerdictDoubt, law.VerdictBreach, law.VerdictUndetermined} {
		fmt.Fprintf(out, " %s %d", w.Verdicts[v], total[v])
	}
	_, err := fmt.Fprintln(out)
	return err
}

// left tells the days left on the day of the call, itself included.
func (w words) left(p preflight.Planned) string {
	if p.Remaining == nil {
		return w.NoCap
	}
	return strconv.Itoa(*p.Remaining) + " " + w.Left
}

func day(p preflight.Planned) string {
	if p.LastCallable == 0 {
		return "-"
	}
	return law.FormatDay(p.LastCallable)
}

// sendBy is the start itself, while a channel is open.
func sendBy(p preflight.Planned) string {
	for _, m := range p.Moments {
		if m.What == preflight.SendBy && len(p.Channels) > 0 {
			return m.At.Format("2006-01-02 15:04")
		}
	}
	return "-"
}

func cites(c law.Check) string {
	list := make([]string, len(c.Cites))
	for i, x := range c.Cites {
		list[i] = x.String()
	}
	return strings.Join(list, "; ")
}

func rules(ids []law.RuleID) string {
	list := make([]string, len(ids))
	for i, id := range ids {
		list[i] = string(id)
	}
	return strings.Join(list, ", ")
}

func channel(c calls.Channel) law.Text {
	switch c {
	case calls.ChannelPortal:
		return law.Text{EN: "the portal", IT: "portale"}
	case calls.ChannelApp:
		return law.Text{EN: "the app", IT: "app"}
	case calls.ChannelEmail:
		return law.Text{EN: "e-mail", IT: "e-mail"}
	default:
		return law.Text{EN: "text message", IT: "SMS"}
	}
}

// repair says a change in both languages.
func repair(r preflight.Repair) law.Text {
	switch r.Change {
	case preflight.ChangeChannel:
		return law.Say("send the call of %s by %s", "inviare la chiamata del %s tramite %s", r.Start, channel(r.Channel))
	case preflight.ChangeSplit:
		return law.Say("send %d communications by %s instead of one", "inviare %d comunicazioni tramite %s invece di una", r.Into, channel(r.Channel))
	case preflight.ChangeMove:
		return law.Say("move the call of %s to %s", "spostare la chiamata del %s al %s", r.Start, r.To)
	default:
		return law.Say("drop the call of %s", "rinunciare alla chiamata del %s", r.Start)
	}
}
