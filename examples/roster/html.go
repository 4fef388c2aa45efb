package main

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"time"

	"github.com/intermittente/intermittente/limits/law"
)

//go:embed page.html
var pageText string

// page writes one page that needs nothing else: no script, no font, no picture from
// elsewhere.
func (f *outcome) page(out io.Writer, lang string) error {
	w := wordsIn(lang)
	t, err := template.New("page").Funcs(template.FuncMap{
		"word":    func(v law.Verdict) string { return w.Verdicts[v] },
		"mark":    func(v law.Verdict) string { return marks[v] },
		"clock":   w.clock,
		"iso":     func(t time.Time) string { return law.InRome(t).Format(time.RFC3339) },
		"left":    func(c call) string { return w.left(&c) },
		"lastDay": func(c call) string { return w.lastDay(&c) },
		"before":  func(c call) string { return w.before(&c) },
		"why":     func(c call) law.Checks { return c.explained() },
		"in":      func(t law.Text) string { return t.In(lang) },
		"totals":  func(e employerReport) string { return w.totals(e) },
		"draw":    func(e employerReport) []chart { return e.draw(w, f.Now) },
	}).Parse(pageText)
	if err != nil {
		return err
	}
	return t.Execute(out, struct {
		*outcome
		W     *words
		Total string
	}{f, w, w.totals(f.Employers...)})
}

// draw draws the counters of an employer under the cap.
func (e *employerReport) draw(w *words, now time.Time) []chart {
	list := make([]chart, len(e.counters))
	for i, c := range e.counters {
		list[i] = c.draw(w, now, fmt.Sprintf("%s-%d", e.id, i+1))
	}
	return list
}
