//go:build !js

package main

import (
	_ "embed" // the page
	"fmt"
	"html/template"
	"io"
	"time"

	"github.com/intermittente/intermittente/examples/sheet"
	"github.com/intermittente/intermittente/examples/style"
	"github.com/intermittente/intermittente/limits/law"
)

//go:embed page.html
var pageText string

// page writes one page that needs nothing else: no script, no font, no picture from
// elsewhere.
func (f *outcome) page(out io.Writer, lang string) error {
	w := wordsIn(lang)
	t, err := template.New("page").Funcs(template.FuncMap{
		"style":    func() template.CSS { return template.CSS(style.Sheet) }, // of this program's own
		"word":     w.verdict,
		"verdicts": func() []law.Verdict { return verdicts[:] },
		"mark":     func(v law.Verdict) string { return marks[v] },
		"clock":    w.clock,
		"iso":      func(t time.Time) string { return law.InRome(t).Format(time.RFC3339) },
		"left":     func(c call) string { return w.left(&c) },
		"lastDay":  func(c call) string { return w.lastDay(&c) },
		"before":   w.before,
		"count":    count,
		"why":      func(c call) []reason { return c.why() },
		"fine":     func(f *fine) string { return f.text().In(lang) },
		"say":      w.say,
		"when":     func(c call) string { return w.when(&c) },
		"lacks": func(c call) string {
			if c.unjudged() {
				return lackText(c.Lacks).In(lang)
			}
			return ""
		},
		"in":       func(t law.Text) string { return t.In(lang) },
		"problem":  func(p sheet.Problem) string { return p.In(lang) },
		"totals":   func(e employerReport) string { return w.totals(nil, e) },
		"verified": func(e employerReport) string { return w.Advice + ": " + verified(e.Verified).In(lang) },
		"draw":     func(e employerReport) []chart { return e.draw(w, f.Now) },
		"listed":   listed,
		"changes":  func(e employerReport) []repair { return e.Repairs[:min(len(e.Repairs), mostCalls)] },
		"longest": func(e employerReport) string {
			if len(e.Calls) > mostCalls {
				return fmt.Sprintf(w.Longest, mostCalls)
			}
			return ""
		},
		"nearest": func(e employerReport) string {
			if len(e.counters) > mostCharts {
				return fmt.Sprintf(w.Nearest, mostCharts)
			}
			return ""
		},
	}).Parse(pageText)
	if err != nil {
		return err
	}
	return t.Execute(out, struct {
		*outcome
		W     *words
		Total string
	}{f, w, w.totals(f.Unusable, f.Employers...)})
}
