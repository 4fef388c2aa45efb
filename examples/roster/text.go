package main

import (
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"github.com/intermittente/intermittente/limits/law"
)

// text prints a table for each employer, under a call what is doubtful, broken or
// missing, then the repairs and the totals.
func (f *outcome) text(out io.Writer, lang string) error {
	w, b := wordsIn(lang), &strings.Builder{}
	fmt.Fprintf(b, "%s %s\n\n", w.AsOf, w.clock(f.Now))
	for _, e := range f.Employers {
		fmt.Fprintf(b, "%s\n", e.Name)
		rows := [][]string{{w.Verdict, w.Worker, "", w.Call, w.Left, w.LastDay, w.Before}}
		for _, c := range e.Calls {
			rows = append(rows, []string{
				strings.ToUpper(w.Verdicts[c.Verdict]), c.Worker, c.Code, w.clock(c.Start), w.left(&c), w.lastDay(&c), w.before(&c),
			})
		}
		for i, r := range columns(rows) {
			fmt.Fprintf(b, "  %s\n", r)
			if i > 0 {
				for _, x := range e.Calls[i-1].explained() {
					b.WriteString(wrap(string(x.Rule)+": "+x.Text().In(lang), 6, 8))
					b.WriteString(wrap("["+cites(x)+"]", 8, 9))
				}
			}
		}
		if len(e.Repairs) > 0 {
			fmt.Fprintf(b, "\n  %s:\n", w.Repairs)
		}
		for _, r := range e.Repairs {
			s := r.Say.In(lang) + " (" + join(r.Mends, ", ") + ")"
			if r.Worker != "" {
				s = r.Worker + ": " + s
			}
			b.WriteString(wrap(s, 6, 8))
		}
		b.WriteByte('\n')
	}
	fmt.Fprintf(b, "%s: %s\n", w.Total, w.totals(f.Employers...))
	_, err := io.WriteString(out, b.String())
	return err
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
			fmt.Fprintf(&b, "%-*s  ", widths[i], s)
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
	for word := range strings.FieldsSeq(s) {
		n := utf8.RuneCountInString(word)
		if width > rest && width+n > 100 {
			b.WriteString("\n" + strings.Repeat(" ", rest-1))
			width = rest
		}
		b.WriteString(" " + word)
		width += n + 1
	}
	b.WriteByte('\n')
	return b.String()
}

func cites(c law.Check) string {
	list := make([]string, len(c.Cites))
	for i, x := range c.Cites {
		list[i] = x.String()
	}
	return strings.Join(list, "; ")
}
