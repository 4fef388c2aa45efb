package main

import (
	"io"
	"strings"
	"time"
	"unicode"

	"github.com/intermittente/intermittente/limits/law"
)

// calendar writes the legal moments of the calls that stand as an iCalendar file
// (RFC 5545). The same plan gives the same bytes, and a moment keeps its UID from
// one plan to the next.
func (f *outcome) calendar(out io.Writer, lang string) error {
	w := &icsWriter{}
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//intermittente//roster//EN")
	seen := map[string]bool{}
	for _, e := range f.Employers {
		for _, c := range e.Calls {
			if !c.Stands {
				continue
			}
			for _, m := range c.Moments {
				name, when := "DTSTART", utc(m.At)
				if m.Day != 0 {
					name, when = "DTSTART;VALUE=DATE", strings.ReplaceAll(law.FormatDay(m.Day), "-", "")
				}
				id := strings.Join([]string{m.What.String(), when, c.Worker, e.Employer}, "-") + "@roster.intermittente"
				if seen[id] { // the same for each call of a worker
					continue
				}
				seen[id] = true
				w.line("BEGIN", "VEVENT")
				w.line("UID", escape(id))
				w.line("DTSTAMP", utc(f.Now))
				w.line(name, when)
				w.line("SUMMARY", escape(momentText(m.What).In(lang)+" - "+c.Worker+", "+e.Name))
				w.line("TRANSP", "TRANSPARENT") // a reminder: nobody is busy
				w.line("END", "VEVENT")
			}
		}
	}
	w.line("END", "VCALENDAR")
	_, err := io.WriteString(out, w.String())
	return err
}

func utc(t time.Time) string { return t.UTC().Format("20060102T150405Z") }

var escapes = strings.NewReplacer(`\`, `\\`, ";", `\;`, ",", `\,`)

// escape writes a text value; control characters have no place in one.
func escape(s string) string {
	return escapes.Replace(strings.Map(func(r rune) rune {
		if unicode.IsControl(r) {
			return ' '
		}
		return r
	}, s))
}

// icsWriter folds lines at 75 bytes, between characters, and ends them with CRLF.
type icsWriter struct{ strings.Builder }

func (w *icsWriter) line(name, value string) {
	width := 0
	for _, r := range name + ":" + value {
		n := len(string(r))
		if width+n > 75 {
			w.WriteString("\r\n ")
			width = 1
		}
		w.WriteRune(r)
		width += n
	}
	w.WriteString("\r\n")
}
