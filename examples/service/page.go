package main

import (
	"bytes"
	"database/sql"
	_ "embed"
	"html/template"
	"net/http"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

//go:embed page.html
var pageText string

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"instant": func(t time.Time) string { return law.InRome(t).Format("2006-01-02 15:04") },
	"day": func(d date.Date) string {
		if d == 0 {
			return "–"
		}
		return law.FormatDay(d)
	},
	"mask": func(code string) string {
		c, _ := cf.Parse(code)
		return c.Mask()
	},
	"stopping": stopping,
	"cites": func(c law.Check) string {
		list := make([]string, len(c.Cites))
		for i, x := range c.Cites {
			list[i] = x.String()
		}
		return strings.Join(list, "; ")
	},
}).Parse(pageText))

// stopping are the checks a reader has to see: broken, doubtful, undecided.
func stopping(p preflight.Planned) (list []law.Check) {
	for _, c := range p.Checks {
		if s := c.Severity(); s == law.Breach || s == law.Doubt || c.Outcome == law.Undetermined {
			list = append(list, c)
		}
	}
	return list
}

// html fills one part of page.html. What it loads comes from nowhere else, and it
// runs no script.
func html(part string, data any) (answer, error) {
	var b bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&b, part, data)
	return answer{status: http.StatusOK, media: "text/html; charset=utf-8", body: b.Bytes()}, err
}

// index lists the employers.
func (s *service) index(r *http.Request) (answer, error) {
	type entry struct{ Key, Name string }
	var list []entry
	err := s.store.look(r.Context(), func(tx *sql.Tx) error {
		return each(r.Context(), tx, func(scan func(...any) error) error {
			var x entry
			var text string
			if err := scan(&x.Key, &text); err != nil {
				return err
			}
			var e employer
			if law.Decode([]byte(text), &e) != nil {
				return errStored
			}
			x.Name = e.Name
			list = append(list, x)
			return nil
		}, `SELECT employer, facts FROM employers ORDER BY employer`)
	})
	if err != nil {
		return answer{}, err
	}
	return html("index", list)
}

// page shows the plan of some days: each call with its verdict and what decides it.
func (s *service) page(r *http.Request) (answer, error) {
	now := s.now()
	span, err := s.span(r)
	if err != nil {
		return answer{}, err
	}
	lang := r.URL.Query().Get("lang")
	if lang != "" && lang != "it" && lang != "en" {
		return answer{}, &law.InputError{Kind: law.KindValue, Path: "lang", Detail: "not it or en"}
	}
	pairs, err := s.planned(r, now)
	if err != nil {
		return answer{}, err
	}
	f, err := plan(now, span, pairs, false)
	if err != nil {
		return answer{}, err
	}
	return html("plan", struct {
		Employer, Lang string
		Now            time.Time
		Days           law.Span
		Lines          []line
		Calls          []preflight.Planned
	}{r.PathValue("employer"), lang, now, span, f.Lines, f.Calls})
}
