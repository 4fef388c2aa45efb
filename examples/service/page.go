package main

import (
	"bytes"
	"cmp"
	_ "embed"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"time"

	"github.com/intermittente/intermittente/calls/preflight"
	"github.com/intermittente/intermittente/calls/preflight/protocol"
	"github.com/intermittente/intermittente/cf"
	"github.com/intermittente/intermittente/examples/roster/table"
	"github.com/intermittente/intermittente/examples/style"
	"github.com/intermittente/intermittente/limits/law"
	"github.com/rickb777/date/v2"
)

//go:embed page.html
var pageText string

// lang is the language of a page, "it" or "en".
type lang string

// Say picks the language.
func (l lang) Say(en, it string) string { return law.Text{EN: en, IT: it}.In(string(l)) }

// In is a text of the library.
func (l lang) In(t law.Text) string { return t.In(string(l)) }

// Day writes a day as the language's readers do.
func (l lang) Day(d date.Date) string {
	if d == 0 {
		return "–"
	}
	return law.RomeMidnight(d).Format(l.Say("2006-01-02", "02/01/2006"))
}

// Clock writes an instant.
func (l lang) Clock(t time.Time) string {
	return l.Day(law.RomeDay(t)) + law.InRome(t).Format(" 15:04")
}

var pageTemplate = template.Must(template.New("page").Funcs(template.FuncMap{
	"style": func() template.CSS { return template.CSS(style.Sheet) }, // of this program's own
	"mask": func(code string) string {
		c, _ := cf.Parse(code)
		return c.Mask()
	},
	"before": func(l lang, p preflight.Planned) string {
		for _, m := range p.Moments {
			if m.What == preflight.MomentSendBy && p.Stands {
				return l.Clock(m.At)
			}
		}
		return "–"
	},
	"title":    protocol.Title,
	"stopping": stopping,
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
func html(part string, data any) (any, error) {
	var b bytes.Buffer
	err := pageTemplate.ExecuteTemplate(&b, part, data)
	return answer{status: http.StatusOK, media: "text/html; charset=utf-8", body: b.Bytes()}, err
}

// langOf picks the language of a page: that of the address, else the browser's.
func langOf(in *input) lang {
	l := in.asked("lang")
	if l == "" {
		l = "en"
		if strings.HasPrefix(in.Header.Get("Accept-Language"), "it") {
			l = "it"
		}
	}
	if l != "it" && l != "en" {
		in.fail(wrong("lang", law.OneOf("it", "en")))
	}
	return lang(l)
}

// index lists the employers.
func (s *service) index(in *input) (any, error) {
	l := langOf(in)
	var list []struct {
		Employer string
		Facts    column[table.Employer]
	}
	if err := s.look(in, func(q *tx) { q.all(&list, `SELECT employer, facts FROM employers WHERE tenant = $1`, in.tenant) }); err != nil {
		return nil, err
	}
	names := map[string]string{} // which a template walks in the order of the keys
	for _, x := range list {
		names[x.Employer] = cmp.Or(strings.TrimSpace(x.Facts.of.Name), x.Employer)
	}
	return html("index", map[string]any{"L": l, "Names": names, "Turn": "?lang=" + l.Say("it", "en")})
}

// page shows the plan of some days: each call with its verdict and what decides it.
func (s *service) page(in *input) (any, error) {
	l := langOf(in)
	o, err := s.outlook(in, false)
	if err != nil {
		return nil, err
	}
	link := func(lang string, from date.Date) string {
		q := url.Values{"lang": {lang}, "from": {law.FormatDay(from)}, "days": {strconv.Itoa(o.days.Len())}}
		if v := in.asked("worker"); v != "" {
			q.Set("worker", v)
		}
		return "?" + q.Encode()
	}
	return html("plan", map[string]any{
		"L": l, "Name": cmp.Or(strings.TrimSpace(o.employer.Name), in.PathValue("employer")), "Now": o.now, "Days": o.days,
		"Turn": link(l.Say("it", "en"), o.days.First), "Earlier": link(string(l), o.days.First-7), "Later": link(string(l), o.days.First+7),
		"Workers": o.workers, "Codes": o.codes, "Calls": o.Calls, "Unusable": o.Unusable,
	})
}
