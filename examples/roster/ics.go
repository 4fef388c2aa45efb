package main

import (
	"fmt"
	"io"
	"strings"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
)

// calendar writes the legal moments of the calls that stand as an iCalendar file
// (RFC 5545). The same plan gives the same bytes.
func (f *outcome) calendar(out io.Writer, lang string) error {
	w := &icsWriter{out: out}
	w.line("BEGIN:VCALENDAR")
	w.line("VERSION:2.0")
	w.line("PRODID:-//intermittente//roster//EN")
	seen := map[string]bool{}
	for _, e := range f.Employers {
		for _, p := range e.Calls {
			if !p.Stands {
				continue
			}
			l := e.lines[p.Line]
			for _, m := range p.Moments {
				id := fmt.Sprintf("%s-%s-%s-%s%s", m.What, l.worker, l.employer, law.FormatDay(m.Day), utc(m))
				if seen[id] { // the same for each call of a worker
					continue
				}
				seen[id] = true
				w.line("BEGIN:VEVENT")
				w.line("UID:" + escape(id))
				w.line("DTSTAMP:" + f.Now.UTC().Format("20060102T150405Z"))
				if m.Day != 0 {
					w.line("DTSTART;VALUE=DATE:" + strings.ReplaceAll(law.FormatDay(m.Day), "-", ""))
				} else {
					w.line("DTSTART:" + utc(m))
				}
				w.line("SUMMARY:" + escape(momentText(m.What).In(lang)+" - "+l.worker))
				w.line("END:VEVENT")
			}
		}
	}
	w.line("END:VCALENDAR")
	return w.err
}

func utc(m preflight.Moment) string {
	if m.Day != 0 {
		return ""
	}
	return m.At.UTC().Format("20060102T150405Z")
}

func momentText(w preflight.What) law.Text {
	switch w {
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

func escape(s string) string {
	return strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`, "\n", `\n`).Replace(s)
}

// icsWriter folds lines at 75 bytes, between characters, and ends them with CRLF.
type icsWriter struct {
	out io.Writer
	err error
}

func (w *icsWriter) line(s string) {
	var b strings.Builder
	width := 0
	for _, r := range s {
		n := len(string(r))
		if width+n > 75 {
			b.WriteString("\r\n ")
			width = 1
		}
		b.WriteRune(r)
		width += n
	}
	b.WriteString("\r\n")
	if w.err == nil {
		_, w.err = io.WriteString(w.out, b.String())
	}
}
