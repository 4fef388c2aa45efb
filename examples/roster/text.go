package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
)

// text prints for each employer a table of the calls, under a call what is
// doubtful, broken, missing or worth knowing, then the repairs, the workers and the
// totals.
func (f *outcome) text(out io.Writer, lang string) error {
	w, b := wordsIn(lang), &strings.Builder{}
	fmt.Fprintf(b, "%s %s\n\n", w.AsOf, w.clock(f.Now))
	for _, e := range f.Employers {
		fmt.Fprintf(b, "%s\n", e.Name)
		rows := [][]string{{w.Verdict, w.Worker, "", w.Call, w.Left, w.LastDay, w.Before}}
		for _, c := range e.Calls {
			rows = append(rows, []string{
				strings.ToUpper(w.verdict(c.Verdict)), c.Worker, c.Code, w.clock(c.Start), w.left(&c), w.lastDay(&c), w.when(&c),
			})
		}
		for i, r := range columns(rows) {
			fmt.Fprintf(b, "  %s\n", r)
			if i > 0 {
				e.Calls[i-1].explain(b, w)
			}
		}
		if len(e.Repairs) > 0 {
			fmt.Fprintf(b, "\n  %s:\n", w.Repairs)
		}
		for _, r := range e.Repairs {
			b.WriteString(wrap(w.repair(r)+" ("+join(r.Mends, ", ")+")", 6, 8))
		}
		b.WriteByte('\n')
		for _, r := range columns(e.summary(w)) {
			fmt.Fprintf(b, "  %s\n", r)
		}
		if e.Verified != 0 {
			b.WriteString(wrap(w.Advice+": "+verified(e.Verified).In(lang), 2, 4))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%s: %s\n", w.Total, w.totals(f.Unusable, f.Employers...))
	if f.Sent != nil {
		f.Sent.explain(b, w)
	}
	_, err := io.WriteString(out, b.String())
	return err
}

// explain says under a call why its verdict is what it is, and what is worth
// knowing.
func (c *call) explain(b *strings.Builder, w *words) {
	if c.unjudged() {
		b.WriteString(wrap(lackText(c.Lacks).In(w.Lang), 6, 8))
	}
	if c.Fine != nil {
		b.WriteString(wrap(c.Fine.text().In(w.Lang), 6, 8))
	}
	for _, r := range c.why() {
		b.WriteString(wrap(w.label(r)+join(r.Rules, ", ")+": "+r.Text.In(w.Lang), 6, 8))
		cites := make([]string, len(r.Cites))
		for i, x := range r.Cites {
			cites[i] = x.String()
		}
		b.WriteString(wrap("["+strings.Join(cites, "; ")+"]", 8, 9))
	}
}

// unjudged reports whether rows are missing without which no rule could be asked.
func (c *call) unjudged() bool { return len(c.Checks) == 0 && len(c.Lacks) > 0 }

// summary is a table of the workers.
func (e *employerReport) summary(w *words) [][]string {
	head := []string{w.Worker}
	for _, v := range verdicts {
		head = append(head, w.verdict(v))
	}
	rows := [][]string{append(head, w.First)}
	for _, x := range e.Workers {
		r := []string{x.Worker}
		for _, n := range [...]int{x.Clear, x.Doubt, x.Breach, x.Undetermined} {
			r = append(r, count(n))
		}
		rows = append(rows, append(r, w.before(x.Before)))
	}
	return rows
}

// count writes a number, nothing for none.
func count(n int) string {
	if n == 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// explain says what was written, what is to be known about it, and what was left
// out and why.
func (m *mailing) explain(b *strings.Builder, w *words) {
	say := func(first int, t law.Text) { b.WriteString(wrap(t.In(w.Lang), first, first+2)) }
	b.WriteByte('\n')
	if m.Folder == "" {
		say(1, law.Text{EN: "Nothing was written to send.", IT: "Non è stato scritto nulla da inviare."})
	} else {
		say(1, law.Say("Written to folder %s, to send:", "Scritto nella cartella %s, da inviare:", m.Folder))
	}
	for _, l := range m.Letters {
		fmt.Fprintf(b, "  %s\n", strings.Join(l.Files, ", "))
		t := law.Say("%s, %s, before %s; workers: %d; %s; %s", "%s, %s, prima del %s; lavoratori: %d; %s; %s",
			l.Kind.Label(), l.toText(), l.Before, l.Workers, l.Days, l.Verdict.Label())
		if l.Before.IsZero() {
			t = law.Say("%s, %s; workers: %d; %s", "%s, %s; lavoratori: %d; %s", l.Kind.Label(), l.toText(), l.Workers, l.Days)
		}
		say(6, t)
		for _, x := range l.Say {
			say(6, x)
		}
	}
	for _, list := range []struct {
		rows []leftOut
		head law.Text
	}{
		{m.Wrong, law.Text{
			EN: "ATTENTION: written though they do not stand, since work that takes place uncommunicated is the graver breach. Mend the cause, or do not call, and cancel what was sent:",
			IT: "ATTENZIONE: scritte benché non siano in regola, perché una prestazione non comunicata è la violazione più grave. Rimuovere la causa, oppure non chiamare e annullare quanto inviato:",
		}},
		{m.Left, law.Text{EN: "Left out:", IT: "Escluse:"}},
		{m.Before, law.Text{EN: "Sent before:", IT: "Già inviate:"}},
	} {
		if len(list.rows) > 0 {
			say(1, list.head)
		}
		for _, x := range list.rows {
			say(3, law.Say("calls.csv:%d %s, %s: %s", "calls.csv:%d %s, %s: %s", x.Line, x.Worker, x.Employer, x.Why))
		}
	}
	if m.Folder != "" {
		say(1, law.Say("%s lists every file with its SHA-256. Send each mail by itself and keep what was sent: no receipt comes back, the copy is the proof.",
			"%s elenca ogni file con il suo SHA-256. Inviare ogni e-mail da sola e conservare quanto inviato: non torna alcuna ricevuta, la copia è la prova.", registerName))
	}
	if len(m.States) > 0 {
		parts := [2][]string{}
		for _, s := range m.States {
			parts[0], parts[1] = append(parts[0], fmt.Sprintf("%s %d", s.State.Label().EN, s.Count)), append(parts[1], fmt.Sprintf("%s %d", s.State.Label().IT, s.Count))
		}
		say(1, law.Text{EN: "Communications kept: " + strings.Join(parts[0], ", ") + ".", IT: "Comunicazioni conservate: " + strings.Join(parts[1], ", ") + "."})
	}
}

// columns pads the cells of a table and joins each row.
func columns(rows [][]string) []string {
	widths := make([]int, len(rows[0]))
	for _, r := range rows {
		for i, s := range r {
			widths[i] = max(widths[i], utf8.RuneCountInString(s))
		}
	}
	list := make([]string, len(rows))
	for n, r := range rows {
		var b strings.Builder
		for i, s := range r {
			b.WriteString(s)
			for range widths[i] + 2 - utf8.RuneCountInString(s) {
				b.WriteByte(' ')
			}
		}
		list[n] = strings.TrimRight(b.String(), " ")
	}
	return list
}

// wrap breaks a text at blanks, at 100 columns where it can.
func wrap(s string, first, rest int) string {
	var b strings.Builder
	width := first
	b.WriteString(strings.Repeat(" ", first-1))
	for i, word := range strings.Fields(s) {
		n := utf8.RuneCountInString(word)
		if width > rest && width+n > 100 {
			b.WriteString("\n" + strings.Repeat(" ", rest-1))
			width = rest
		}
		if i > 0 || first > 1 {
			b.WriteByte(' ')
		}
		b.WriteString(word)
		width += n + 1
	}
	b.WriteByte('\n')
	return b.String()
}
