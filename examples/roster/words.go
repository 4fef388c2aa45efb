package main

import (
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/intermittente/intermittente/calls"
	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

// words are the program's own, beside the messages of the library, in one language.
type words struct {
	Lang                                         string
	Title, AsOf, Total, NoAdvice, Nothing        string
	Worker, Call, Verdict, Left, LastDay, Before string
	NoCap, NotKnown, Repairs, Unusable, Advice   string
	Send, ByWorker, First, Rows                  string
	Nearest, Longest                             string
	Counters, Counter, CounterNote, Cap, Highest string
}

func wordsIn(lang string) *words {
	if lang == "it" {
		return &words{
			Lang:  "it",
			Title: "Chiamate programmate", AsOf: "Situazione al", Total: "Totale", NoAdvice: "Questa pagina non è un parere legale.",
			Nothing: "Nessuna chiamata in programma.",
			Worker:  "Lavoratore", Call: "Chiamata", Verdict: "Esito", Left: "Residuo", LastDay: "Ultimo giorno", Before: "Comunicare prima",
			NoCap: "senza limite", NotKnown: "non noto", Repairs: "Per rendere lecito il piano", Unusable: "Righe non utilizzabili", Advice: "avviso",
			Send: "da inviare in", ByWorker: "Chiamate per lavoratore", First: "Prima scadenza", Rows: "righe non utilizzabili",
			Nearest:  "Sono disegnati i %d lavoratori più vicini al limite.",
			Longest:  "Oltre %d chiamate la pagina elenca solo quelle da rivedere, al più altrettante: tutte sono nel testo e nel JSON.",
			Counters: "Giornate di lavoro nei tre anni solari", Counter: "giornate nei tre anni che finiscono quel giorno",
			CounterNote: "Linea continua: giornate lavorate; tratteggiata: con le chiamate lecite del piano.",
			Cap:         "limite", Highest: "massimo con il piano",
		}
	}
	return &words{
		Lang:  "en",
		Title: "Planned calls", AsOf: "As of", Total: "Total", NoAdvice: "This page is no legal advice.",
		Nothing: "No calls are planned.",
		Worker:  "Worker", Call: "Call", Verdict: "Verdict", Left: "Left", LastDay: "Last day", Before: "Send before",
		NoCap: "no cap", NotKnown: "not known", Repairs: "To make the plan lawful", Unusable: "Rows that cannot be used", Advice: "advice",
		Send: "to send in", ByWorker: "Calls by worker", First: "First deadline", Rows: "rows that cannot be used",
		Nearest:  "Drawn are the %d workers nearest to the cap.",
		Longest:  "Beyond %d calls the page lists only those to look at, at most as many: all are in the text and in the JSON.",
		Counters: "Days of work in the three solar years", Counter: "days in the three years that end on the day",
		CounterNote: "Solid line: days worked; dashed: with the lawful calls of the plan.",
		Cap:         "cap", Highest: "highest with the plan",
	}
}

// verdicts are in the order in which they are counted and drawn.
var verdicts = [...]law.Verdict{law.VerdictClear, law.VerdictDoubt, law.VerdictBreach, law.VerdictUndetermined}

// marks tell the verdicts apart without colour.
var marks = map[law.Verdict]string{law.VerdictClear: "✓", law.VerdictDoubt: "~", law.VerdictBreach: "✗", law.VerdictUndetermined: "?"}

// verdict names a verdict.
func (w *words) verdict(v law.Verdict) string { return v.Label().In(w.Lang) }

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

// days writes a number of days left.
func (w *words) days(n *int) string {
	switch {
	case n == nil:
		return w.NoCap
	case *n == 1:
		return law.Text{EN: "1 day", IT: "1 giorno"}.In(w.Lang)
	default:
		return law.Say("%d days", "%d giorni", *n).In(w.Lang)
	}
}

// left tells the days left on the day of the call, itself included. Of a call in
// breach there is nothing to tell, unless it is the cap that is broken.
func (w *words) left(c *call) string {
	switch {
	case c.HistoryIncomplete || len(c.Lacks) > 0 && c.Remaining == nil:
		return w.NotKnown
	case c.Verdict == law.VerdictBreach && (c.Remaining == nil || *c.Remaining > 0):
		return "-"
	default:
		return w.days(c.Remaining)
	}
}

// lastDay is the last callable day, if one is known.
func (w *words) lastDay(c *call) string {
	if c.LastCallable == 0 {
		return "-"
	}
	return w.day(c.LastCallable)
}

// before is the instant before which to send; a call in breach is not to be sent.
func (w *words) before(t time.Time) string {
	if t.IsZero() {
		return "-"
	}
	return w.clock(t)
}

// when is the instant before which to send a call, or that at which it was sent.
func (w *words) when(c *call) string {
	if !c.Sent.IsZero() {
		return law.Text{EN: "sent ", IT: "inviata "}.In(w.Lang) + w.clock(c.Sent)
	}
	return w.before(c.Before)
}

// repair says a change, with the call it changes.
func (w *words) repair(r repair) string {
	return r.Worker + ", " + w.clock(r.Start) + ": " + r.Say.In(w.Lang)
}

// moment names what happens at a moment, with the time that its name leaves open.
func (w *words) moment(m preflight.Moment) string {
	s := []rune(m.What.Label().In(w.Lang))
	s[0] = unicode.ToUpper(s[0])
	if m.Day == 0 {
		return string(s) + " " + law.InRome(m.At).Format("15:04")
	}
	return string(s)
}

// totals counts the calls by verdict, the communications they go in and the rows
// left out: "clear 18, doubt 4, breach 8; to send in 3 communications by e-mail".
func (w *words) totals(unusable []sheet.Problem, employers ...employerReport) string {
	n := map[law.Verdict]int{}
	sends := []sendCount{}
	for _, e := range employers {
		for _, c := range e.Calls {
			n[c.Verdict]++
		}
		for _, s := range e.Send {
			i := slices.IndexFunc(sends, func(x sendCount) bool { return x.Channel == s.Channel })
			if i < 0 {
				i, sends = len(sends), append(sends, sendCount{Channel: s.Channel})
			}
			sends[i].Communications += s.Communications
		}
	}
	var list []string
	for _, v := range verdicts {
		if n[v] > 0 {
			list = append(list, fmt.Sprintf("%s %d", w.verdict(v), n[v]))
		}
	}
	if len(list) == 0 {
		list = []string{w.Nothing}
	}
	text := strings.Join(list, ", ")
	if s := w.sends(sends); s != "" {
		text += "; " + s
	}
	rows := 0
	for _, p := range unusable {
		if !p.Notice {
			rows += max(p.Count, 1)
		}
	}
	if rows > 0 {
		text = strings.TrimSuffix(text, ".") + fmt.Sprintf("; %s: %d", w.Rows, rows)
	}
	return text
}

// sends says in how many communications the calls that stand go.
func (w *words) sends(list []sendCount) string {
	parts := make([]string, len(list))
	for i, s := range list {
		text := law.Say("%d communications by %s", "%d comunicazioni tramite %s", s.Communications, s.Channel.Label())
		if s.Communications == 1 {
			text = law.Say("1 communication by %s", "1 comunicazione tramite %s", s.Channel.Label())
		}
		parts[i] = text.In(w.Lang)
	}
	if len(parts) == 0 {
		return ""
	}
	return w.Send + " " + strings.Join(parts, ", ")
}

// say is a reason on a page, where an advice says that it is one.
func (w *words) say(r reason) string {
	if r.advice {
		return w.Advice + ": " + r.Text.In(w.Lang)
	}
	return r.Text.In(w.Lang)
}

// label says how much a reason weighs: nothing for what decides, else that it is an
// advice.
func (w *words) label(r reason) string {
	if r.advice {
		return w.Advice + ", "
	}
	return ""
}

// text says what an uncommunicated call costs.
func (f *fine) text() law.Text {
	return law.Say("If the work takes place: an administrative fine of %s to %s euro for each worker.", "Se la prestazione ha luogo: sanzione amministrativa da %s a %s euro per ciascun lavoratore.", f.Min.Decimal, f.Max.Decimal)
}

// verified says until when the law was looked at, where calls fall after it.
func verified(d date.Date) law.Text {
	return law.Say("The values of the law were last checked on %s: for the days after it check them again.",
		"I valori di legge sono stati verificati l'ultima volta il %s: per i giorni successivi vanno ricontrollati.", d)
}

func join[T ~string](list []T, sep string) string {
	s := make([]string, len(list))
	for i, x := range list {
		s[i] = string(x)
	}
	return strings.Join(s, sep)
}

// toText says where a letter goes.
func (l *letter) toText() law.Text {
	if l.Channel == calls.ChannelEmail || l.Channel == calls.ChannelSMS {
		return law.Text{EN: "to " + l.To, IT: "a " + l.To}
	}
	t := l.Channel.Label()
	return law.Text{EN: "by " + t.EN, IT: "tramite " + t.IT}
}
