package main

import (
	"fmt"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// words are the program's own, beside the messages of the library, in one language.
type words struct {
	Lang                                         string
	Verdicts                                     map[law.Verdict]string
	Title, AsOf, Total, NoAdvice, Nothing        string
	Worker, Call, Verdict, Left, LastDay, Before string
	NoCap, Repairs, Unusable                     string
	Counters, Counter, CounterNote, Cap, Highest string
}

func wordsIn(lang string) *words {
	if lang == "it" {
		return &words{
			Lang: "it",
			Verdicts: map[law.Verdict]string{
				law.VerdictClear: "regolare", law.VerdictDoubt: "dubbio", law.VerdictBreach: "violazione", law.VerdictUndetermined: "da chiarire",
			},
			Title: "Chiamate programmate", AsOf: "Situazione al", Total: "Totale", NoAdvice: "Questa pagina non è un parere legale.",
			Nothing: "Nessuna chiamata in programma.",
			Worker:  "Lavoratore", Call: "Chiamata", Verdict: "Esito", Left: "Residuo", LastDay: "Ultimo giorno", Before: "Comunicare prima",
			NoCap: "senza limite", Repairs: "Per rendere lecito il piano", Unusable: "Righe non utilizzabili",
			Counters: "Giornate di lavoro nei tre anni solari", Counter: "giornate nei tre anni che finiscono quel giorno",
			CounterNote: "Linea continua: giornate lavorate; tratteggiata: con le chiamate lecite del piano.",
			Cap:         "limite", Highest: "massimo con il piano",
		}
	}
	return &words{
		Lang: "en",
		Verdicts: map[law.Verdict]string{
			law.VerdictClear: "clear", law.VerdictDoubt: "doubt", law.VerdictBreach: "breach", law.VerdictUndetermined: "undetermined",
		},
		Title: "Planned calls", AsOf: "As of", Total: "Total", NoAdvice: "This page is no legal advice.",
		Nothing: "No calls are planned.",
		Worker:  "Worker", Call: "Call", Verdict: "Verdict", Left: "Left", LastDay: "Last day", Before: "Send before",
		NoCap: "no cap", Repairs: "To make the plan lawful", Unusable: "Rows that cannot be used",
		Counters: "Days of work in the three solar years", Counter: "days in the three years that end on the day",
		CounterNote: "Solid line: days worked; dashed: with the lawful calls of the plan.",
		Cap:         "cap", Highest: "highest with the plan",
	}
}

// verdicts are in the order in which they are counted and drawn.
var verdicts = [...]law.Verdict{law.VerdictClear, law.VerdictDoubt, law.VerdictBreach, law.VerdictUndetermined}

// marks tell the verdicts apart without colour.
var marks = map[law.Verdict]string{law.VerdictClear: "✓", law.VerdictDoubt: "~", law.VerdictBreach: "✗", law.VerdictUndetermined: "?"}

// day writes a day in figures.
func (w *words) day(d date.Date) string {
	s := law.FormatDay(d)
	if w.Lang == "it" && s != "" {
		return s[8:] + "/" + s[5:7] + "/" + s[:4]
	}
	return s
}

// short writes a day without its year.
func (w *words) short(d date.Date) string {
	s := w.day(d)
	if w.Lang == "it" {
		return s[:5]
	}
	return s[5:]
}

// month writes a month in figures.
func (w *words) month(m law.Month) string {
	if w.Lang == "it" {
		return fmt.Sprintf("%02d/%d", m.Month, m.Year)
	}
	return m.String()
}

// clock writes an instant in figures, as clocks in Rome show it.
func (w *words) clock(t time.Time) string {
	return w.day(law.RomeDay(t)) + " " + law.InRome(t).Format("15:04")
}

// left tells the days left on the day of the call, itself included.
func (w *words) left(c *call) string {
	switch {
	case c.Remaining == nil:
		return w.NoCap
	case *c.Remaining == 1:
		return law.Text{EN: "1 day", IT: "1 giorno"}.In(w.Lang)
	default:
		return law.Say("%d days", "%d giorni", *c.Remaining).In(w.Lang)
	}
}

// lastDay is the last callable day, if one is known.
func (w *words) lastDay(c *call) string {
	if c.LastCallable == 0 {
		return "-"
	}
	return w.day(c.LastCallable)
}

// before is the instant before which to send, while a channel is open.
func (w *words) before(c *call) string {
	if c.until().IsZero() {
		return "-"
	}
	return w.clock(c.until())
}

// totals counts the calls by verdict: "clear 18, doubt 4, breach 8".
func (w *words) totals(employers ...employerReport) string {
	n := map[law.Verdict]int{}
	for _, e := range employers {
		for _, c := range e.Calls {
			n[c.Verdict]++
		}
	}
	var list []string
	for _, v := range verdicts {
		if n[v] > 0 {
			list = append(list, fmt.Sprintf("%s %d", w.Verdicts[v], n[v]))
		}
	}
	if len(list) == 0 {
		return w.Nothing
	}
	return strings.Join(list, ", ")
}

func momentText(m preflight.What) law.Text {
	switch m {
	case preflight.SendBy:
		return law.Text{EN: "Call to be communicated before", IT: "Chiamata da comunicare prima"}
	case preflight.CancelBy:
		return law.Text{EN: "Last moment to cancel a no-show", IT: "Ultimo momento per annullare se assente"}
	case preflight.Age25:
		return law.Text{EN: "25 years old: no more calls", IT: "25 anni: fine delle chiamate"}
	case preflight.Days380:
		return law.Text{EN: "380 days of work reached", IT: "Raggiunte 380 giornate"}
	case preflight.Days400:
		return law.Text{EN: "400 days of work reached", IT: "Raggiunte 400 giornate"}
	case preflight.ContractEnd:
		return law.Text{EN: "End of the contract", IT: "Scadenza del contratto"}
	default:
		return law.Text{EN: "End of the semester (headcount)", IT: "Fine del semestre (organico)"}
	}
}

func channelText(c calls.Channel) law.Text {
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

// repairText says a change.
func repairText(r preflight.Repair) law.Text {
	switch r.Change {
	case preflight.ChangeChannel:
		return law.Say("send the call of %s by %s", "inviare la chiamata del %s tramite %s", r.Start, channelText(r.Channel))
	case preflight.ChangeSplit:
		return law.Say("send %d communications by %s instead of one", "inviare %d comunicazioni tramite %s invece di una", r.Into, channelText(r.Channel))
	case preflight.ChangeMove:
		return law.Say("move the call of %s to %s", "spostare la chiamata del %s al %s", r.Start, r.To)
	default:
		return law.Say("drop the call of %s", "rinunciare alla chiamata del %s", r.Start)
	}
}

func join[T ~string](list []T, sep string) string {
	s := make([]string, len(list))
	for i, x := range list {
		s[i] = string(x)
	}
	return strings.Join(s, sep)
}
