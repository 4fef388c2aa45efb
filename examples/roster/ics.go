package main

import (
	"fmt"
	"io"
	"slices"
	"strings"
	"time"
	"unicode"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/limits/law"
)

// namedWorkers bounds the workers named in one event.
const namedWorkers = 12

// reminder is one event: the same moment for some workers of an employer.
type reminder struct {
	id, when string
	allDay   bool
	what     preflight.MomentKind
	sort     string
	moment   preflight.Moment
	workers  []string
	unclear  []string // those of them of whose call it is not known whether it is lawful
	alarms   []string // how long before
}

// calendar writes the legal moments of the plan as an iCalendar file (RFC 5545):
// one event for each moment of an employer, with the workers it is about, however
// many calls there are. A call in breach is not in it; one that cannot be decided
// is, and says so. The same plan gives the same bytes, and a moment keeps its UID
// from one plan to the next.
func (f *outcome) calendar(out io.Writer, lang string) error {
	w, words := &icsWriter{}, wordsIn(lang)
	w.line("BEGIN", "VCALENDAR")
	w.line("VERSION", "2.0")
	w.line("PRODID", "-//intermittente//roster//EN")
	for i := range f.Employers {
		e := &f.Employers[i]
		for _, r := range e.reminders(f.Now) {
			title := words.moment(r.moment) + " - "
			switch {
			case r.what == preflight.MomentSemesterEnd:
				title = words.moment(r.moment) + " - " + e.Name
			case len(r.workers) == 1:
				title += r.workers[0] + ", " + e.Name
			default:
				title += law.Say("%d workers", "%d lavoratori", len(r.workers)).In(lang) + ", " + e.Name
			}
			text := names(r.workers)
			if len(r.unclear) > 0 {
				unclear := law.Text{EN: "To clarify first", IT: "Prima da chiarire"}.In(lang)
				if len(r.unclear) == len(r.workers) {
					title = unclear + ": " + title
				}
				text += ". " + unclear + ": " + names(r.unclear)
			}
			w.line("BEGIN", "VEVENT")
			w.line("UID", escape(r.id))
			w.line("DTSTAMP", utc(f.Now))
			if r.allDay {
				w.line("DTSTART;VALUE=DATE", r.when)
			} else {
				w.line("DTSTART", r.when)
			}
			w.line("SUMMARY", escape(title))
			if r.what != preflight.MomentSemesterEnd {
				w.line("DESCRIPTION", escape(text))
			}
			w.line("TRANSP", "TRANSPARENT") // a reminder: nobody is busy
			for _, before := range r.alarms {
				w.line("BEGIN", "VALARM")
				w.line("ACTION", "DISPLAY")
				w.line("DESCRIPTION", escape(title))
				w.line("TRIGGER", before)
				w.line("END", "VALARM")
			}
			w.line("END", "VEVENT")
		}
	}
	w.line("END", "VCALENDAR")
	_, err := io.WriteString(out, w.String())
	return err
}

// names lists workers, as many as can be read.
func names(list []string) string {
	if more := len(list) - namedWorkers; more > 0 {
		return strings.Join(list[:namedWorkers], ", ") + fmt.Sprintf(" + %d", more)
	}
	return strings.Join(list, ", ")
}

// reminders gathers the moments of an employer's calls, in order of time.
func (e *employerReport) reminders(now time.Time) []*reminder {
	var list []*reminder
	at := map[string]*reminder{}
	add := func(c *call, m preflight.Moment) {
		r := reminder{what: m.What, moment: m, when: utc(m.At), sort: utc(m.At), alarms: []string{"-P1D", "-PT2H"}}
		about := ""
		if m.Day != 0 {
			r.allDay, r.when, r.alarms = true, strings.ReplaceAll(law.FormatDay(m.Day), "-", ""), []string{"-P14D", "-P1D"}
			r.sort = r.when
			if m.What != preflight.MomentSemesterEnd {
				about = c.Worker + "-"
			}
		}
		r.id = m.What.String() + "-" + r.when + "-" + about + e.Employer + "@roster.intermittente"
		x, ok := at[r.id]
		if !ok {
			x = &r
			at[r.id], list = x, append(list, x)
		}
		if !slices.Contains(x.workers, c.Worker) {
			x.workers = append(x.workers, c.Worker)
		}
		if c.Verdict == law.VerdictUndetermined && !slices.Contains(x.unclear, c.Worker) {
			x.unclear = append(x.unclear, c.Worker)
		}
	}
	for i := range e.Calls {
		c := &e.Calls[i]
		if c.Verdict == law.VerdictBreach {
			continue
		}
		if !c.Before.IsZero() {
			add(c, preflight.Moment{What: preflight.MomentSendBy, At: c.Before})
		}
		for _, m := range c.Moments {
			gone := m.Day == 0 && m.At.Before(now) || m.Day != 0 && m.Day < law.RomeDay(now) // of a call judged as of its sending
			if m.What != preflight.MomentSendBy && !gone {
				add(c, m)
			}
		}
	}
	slices.SortStableFunc(list, func(x, y *reminder) int { return strings.Compare(x.sort, y.sort) })
	return list
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
